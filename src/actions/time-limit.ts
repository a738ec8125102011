import { HandlerError } from '../handler-error';
import { LONGEST_MESSAGE } from '../lustre/violations';
import { cut } from '../lustre/wording';
import type { HandlerRequest, InProgress } from './action';

/** Seconds that an operation leaves of its time, because CloudFormation may invoke it later than it was asked to. */
const MARGIN = 300;

/**
 * The result of an invocation, unless the next one would come after the time of the operation. CloudFormation would then fail
 * the operation with a message that does not say what FSx is doing.
 *
 * @param minutes The time of the operation: `timeoutInMinutes` of the schema.
 * @throws HandlerError NotStabilized if the time is over.
 */
export function inTime(
  outcome: InProgress,
  { callback: previous }: Pick<HandlerRequest, 'callback'>,
  minutes: number,
): InProgress {
  const { callback, delaySeconds, message, model } = outcome;
  const { begun = Date.now() } = { ...callback, ...previous };
  const limit = minutes * 60;
  const elapsed = (Date.now() - begun) / 1000 + delaySeconds;
  // CloudFormation has long ended an operation that began before that, so a clock was wrong.
  const byClock = elapsed > 2 * limit ? 0 : elapsed;
  if (Math.max(callback.waited ?? 0, byClock) <= limit - MARGIN)
    return { ...outcome, callback: { ...callback, begun } };
  const advice = `This has not ended within the ${String(minutes / 60)} hours that CloudFormation allows, and may still end: check file system ${model.FileSystemId ?? ''} in the FSx console, and retry the operation when its state has changed. If it does not change, contact AWS Support.`;
  const doing = cut(message, LONGEST_MESSAGE - advice.length - 1);
  throw new HandlerError('NotStabilized', `${doing} ${advice}`);
}
