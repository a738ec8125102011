import type { FSxClient } from '@aws-sdk/client-fsx';

/** An attempt at a call that FSx did not answer well. */
export interface FailedAttempt {
  /** FSx has refused it, unread, because there were too many. */
  isThrottled: boolean;
}

type Provider = FSxClient['config']['retryStrategy'];

/**
 * Asks before each further attempt of a client whether it is to be made. The SDK has decided by then that it can be, and
 * how long to wait before it.
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
