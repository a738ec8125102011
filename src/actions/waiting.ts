import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../fsx/errors';
import type { Callback, Invocation, Model, Outcome } from './invocation';

/**
 * How long to wait before looking again, by how long has been waited: sparse while FSx cannot be ready, dense when it
 * can. A creation takes five to eight minutes, so the looks are 15 seconds apart from four minutes on; an answer then
 * comes 7.5 seconds after FSx is ready, on average.
 */
const DELAYS: Readonly<
  Record<'create' | 'update' | 'delete', readonly { until: number; delay: number }[]>
> = {
  create: [
    { until: 60, delay: 20 },
    { until: 240, delay: 45 },
    { until: Infinity, delay: 15 },
  ],
  update: [
    { until: 60, delay: 10 },
    { until: Infinity, delay: 20 },
  ],
  delete: [
    { until: 60, delay: 10 },
    { until: Infinity, delay: 20 },
  ],
};

/** Transient errors in a row after which an operation gives up and says what FSx says. */
const MOST_SETBACKS = 20;

type Waiting = keyof typeof DELAYS;

/** Seconds until the next look. */
export function delaySeconds(operation: Waiting, waited: number): number {
  return DELAYS[operation].find(({ until }) => waited < until)?.delay ?? 20;
}

/** Not done yet: look again later. */
export function wait(
  operation: Waiting,
  model: Model,
  message: string,
  callback: Callback,
): Outcome {
  const waited = callback.waited ?? 0;
  const delay = delaySeconds(operation, waited);
  return {
    status: 'IN_PROGRESS',
    model,
    message,
    callback: { ...callback, waited: waited + delay },
    delaySeconds: delay,
  };
}

/**
 * Runs a part of an operation that is safe to repeat; when FSx is throttling, failing or out of reach, the operation
 * waits and goes on instead of failing, for a while.
 */
export async function untroubled(
  operation: Waiting,
  invocation: Invocation,
  model: Model,
  part: () => Promise<Outcome>,
): Promise<Outcome> {
  const { setbacks = 0, ...callback } = invocation.callback;
  try {
    return await part();
  } catch (error) {
    if (!(error instanceof HandlerError) || !error.isTransient || setbacks >= MOST_SETBACKS)
      throw error;
    return wait(operation, model, `Trying again: ${error.message}`, {
      ...callback,
      setbacks: setbacks + 1,
    });
  }
}

/** What FSx says about a file system that failed. */
export function failureDetails(fileSystem: FileSystem): string {
  const repository = fileSystem.LustreConfiguration?.DataRepositoryConfiguration;
  const details = [fileSystem.FailureDetails?.Message, repository?.FailureDetails?.Message].filter(
    Boolean,
  );
  return details.length > 0 ? details.join(' ') : 'FSx gives no details.';
}
