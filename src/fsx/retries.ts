import type { FSxClient } from '@aws-sdk/client-fsx';

/** A failed attempt at a call. */
export interface FailedAttempt {
  /** Whether FSx refused it because of too many requests. */
  isThrottled: boolean;
}

type Provider = FSxClient['config']['retryStrategy'];

/**
 * Decides before each further attempt of a client whether to make it. By then, the SDK has decided that it could be made, and
 * after which delay.
 */
export function decideRetries(
  client: FSxClient,
  isTriedAgain: (attempt: FailedAttempt) => boolean,
): void {
  const { config } = client;
  const decided = decide(config.retryStrategy, isTriedAgain);
  config.retryStrategy = () => decided;
}

async function decide(
  provider: Provider,
  isTriedAgain: (attempt: FailedAttempt) => boolean,
): ReturnType<Provider> {
  const strategy = await provider();
  if (!('refreshRetryTokenForRetry' in strategy)) return strategy;
  const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
  strategy.refreshRetryTokenForRetry = (token, failure) =>
    isTriedAgain({ isThrottled: failure.errorType === 'THROTTLING' })
      ? refresh(token, failure)
      : Promise.reject(new Error('No attempts are left.'));
  return strategy;
}
