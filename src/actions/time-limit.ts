import { HandlerError } from '../handler-error';
import { LONGEST_MESSAGE } from '../lustre/violations';
import { cut } from '../lustre/wording';
import type { CallbackContext, HandlerRequest, InProgress } from './action';

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
  const { callback, delaySeconds, message } = outcome;
  // An earlier version has not noted the beginning of an update or a creation.
  const { begun = Date.now() - askedFor(previous) * 1000 } = { ...callback, ...previous };
  const limit = minutes * 60;
  const elapsed = (Date.now() - begun) / 1000 + delaySeconds;
  // CloudFormation has long ended an operation that began before that, so a clock was wrong.
  const byClock = elapsed > 2 * limit ? 0 : elapsed;
  if (Math.max(askedFor(callback), byClock) <= limit - MARGIN)
    return { ...outcome, callback: { ...callback, begun } };
  const advice = adviceOn(outcome, `the ${String(minutes / 60)} hours that CloudFormation allows`);
  const doing = cut(message, LONGEST_MESSAGE - advice.length - 1);
  throw new HandlerError('NotStabilized', `${doing} ${advice}`);
}

/** The seconds for which CloudFormation was asked to wait: it has waited at least so long. */
const askedFor = ({ waited = 0, cooling = 0 }: CallbackContext): number => waited + cooling;

function adviceOn({ callback, model: { FileSystemId: id = '' } }: InProgress, time: string) {
  // CloudFormation deletes what a failed creation leaves, except where the stack does not roll back.
  return callback.started
    ? `The file system was not created within ${time}. Check file system ${id} in the FSx console, and delete it there if the stack does not roll back. If its state does not change, contact AWS Support.`
    : `This has not ended within ${time}, and may still end: check file system ${id} in the FSx console, and retry the operation when its state has changed. If it does not change, contact AWS Support.`;
}
