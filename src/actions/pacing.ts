/** Adapts the callback delays: they grow while FSx throttles, and shrink again afterward. */
import type { HandlerRequest, InProgress } from './action';

/** The factors of the delay: after an invocation that FSx throttled, and after one that it did not. */
const GROWTH = 3;
const DECAY = 0.9;
/** Seconds. At ten calls a second for an account, 1,800 stacks can each have this delay. */
const LONGEST_PACE = 180;
/** The delay is multiplied by a number in this range, so that stacks that were throttled together do not retry together. */
const JITTER = { from: 0.75, to: 1.25 };

/**
 * The result of an invocation, with a longer delay while FSx throttles. If FSx has not throttled for a while, the delay is
 * that of the result itself.
 *
 * @param shortest The shortest duration of the operation in seconds. While FSx throttles, it is not polled before.
 */
export function paced(
  outcome: InProgress,
  { callback, fsx, token }: HandlerRequest,
  shortest = 0,
): InProgress {
  const { wasThrottled } = fsx;
  const { callback: left, delaySeconds: asked } = outcome;
  const { waited = 0 } = left;
  const pace = paceAfter(callback.pace ?? 0, asked, wasThrottled);
  const isSlow = pace > asked;
  const jittered = pace * jitterOf(`${token}/${String(waited)}`);
  const remaining = Math.max(0, shortest - (waited - asked));
  const delaySeconds = isSlow ? Math.round(Math.max(asked, remaining + jittered)) : asked;
  return {
    ...outcome,
    delaySeconds,
    callback: {
      ...left,
      waited: waited + delaySeconds - asked,
      // The result of an action may contain the value of the previous invocation.
      pace: isSlow ? pace : undefined,
      throttledFrom: wasThrottled ? (callback.throttledFrom ?? waited) : undefined,
    },
  };
}

function paceAfter(pace: number, asked: number, wasThrottled: boolean): number {
  return wasThrottled
    ? Math.min(LONGEST_PACE, Math.max(pace, asked) * GROWTH)
    : Math.round(pace * DECAY);
}

/** The same number for the same text, evenly distributed over different texts. */
function jitterOf(text: string): number {
  const { from, to } = JITTER;
  return from + (to - from) * fractionOf(text);
}

/** FNV-1a with 32 bits (RFC 9923), followed by mixing, because often only the last characters of two texts differ. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
