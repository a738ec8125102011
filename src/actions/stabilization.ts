import { HandlerError, type HandlerErrorCode } from '../handler-error';
import type { CallbackContext, HandlerRequest, Model, ActionResult } from './action';

/**
 * Seconds between two polls, by the seconds waited so far. An operation ends within minutes (creation: five to eight) or runs
 * for an hour (an increase of capacity). On average, the handler notices the end half a delay later.
 */
const DELAYS: readonly { until: number; delay: number }[] = [
  { until: 60, delay: 10 },
  { until: 1200, delay: 15 },
  { until: Infinity, delay: 20 },
];

/** Consecutive transient errors, apart from throttling, after which an operation fails with FSx's message. */
export const MAX_TRANSIENT_ERRORS = 20;

/** Seconds of throttling, without an accepted call in between, after which an operation fails. */
const LONGEST_THROTTLED = 5 * 3600;

/** Seconds until the next poll. */
export function callbackDelaySeconds(waited: number): number {
  return DELAYS.find(({ until }) => waited < until)?.delay ?? 20;
}

/** A progress event with IN_PROGRESS and a callback delay. */
export function inProgress(
  model: Model,
  message: string,
  callback: CallbackContext,
  delay = callbackDelaySeconds(callback.waited ?? 0),
): ActionResult {
  const { waited = 0 } = callback;
  return {
    status: 'IN_PROGRESS',
    model,
    message,
    callback: { ...callback, waited: waited + delay },
    delaySeconds: delay,
  };
}

/**
 * Runs a part of an operation that can be repeated safely. While FSx throttles, fails or cannot be reached, the operation
 * waits and retries, up to the limits above.
 */
export async function retryWhileTransient(
  invocation: HandlerRequest,
  model: Model,
  part: () => Promise<ActionResult>,
): Promise<ActionResult> {
  const { setbacks = 0, ...callback } = invocation.callback;
  try {
    return await part();
  } catch (error) {
    if (!(error instanceof HandlerError) || !mayPass(error, invocation)) throw error;
    const isThrottled = error.code === 'Throttling';
    const isOver = isThrottled
      ? throttledFor(callback) >= LONGEST_THROTTLED
      : setbacks >= MAX_TRANSIENT_ERRORS;
    if (isOver) throw error;
    return inProgress(model, `Trying again: ${error.plain}`, {
      ...callback,
      setbacks: isThrottled ? setbacks : setbacks + 1,
    });
  }
}

/**
 * A rollback also outlasts responses that are not from FSx, such as those of a proxy, and credentials that have expired: only
 * FSx can refuse it. The next invocation may have new credentials.
 */
function mayPass({ code, isTransient }: HandlerError, { rollback }: HandlerRequest): boolean {
  return isTransient || (rollback && NOT_REFUSED.has(code));
}

const NOT_REFUSED: ReadonlySet<HandlerErrorCode> = new Set([
  'GeneralServiceException',
  'InvalidCredentials',
]);

/**
 * How to wait before making a refused call a second time: the message, and the changes of the callback context. The reason of
 * the refusal may be something that a lagging description does not show yet. Undefined after the second refusal.
 */
export function secondTry(
  { plain }: HandlerError,
  { refusedAt, waited = 0 }: CallbackContext,
): [message: string, changes: CallbackContext] | undefined {
  if (refusedAt !== undefined) return undefined;
  return [`Trying once more: ${plain}`, { refusedAt: waited }];
}

/** Whether FSx refused a call so recently that descriptions may not show the reason yet. */
export function wasJustRefused(callback: CallbackContext): boolean {
  const { refusedAt } = callback;
  return refusedAt !== undefined && !hasSettled(callback, refusedAt);
}

/** The duration of throttling so far, in seconds. */
function throttledFor({ waited = 0, throttledFrom = waited }: CallbackContext): number {
  return waited - throttledFrom;
}

/**
 * The longest lag of a description, in seconds, with a margin: what FSx accepted longer ago is in every description, at least
 * as in progress. AWS documents no lag; see manual/development/reliability.md.
 */
export const SETTLE_SECONDS = 60;

/** Whether SETTLE_SECONDS, or another time, has passed since a value of `waited`. */
export function hasSettled(
  { waited = 0 }: CallbackContext,
  since: number,
  seconds = SETTLE_SECONDS,
): boolean {
  return waited - since >= seconds;
}
