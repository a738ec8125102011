/** When CloudFormation is to invoke an action again. A separate file, because most reads and lists end at once. */
import type { HandlerRequest, InProgress } from './action';
import { paced } from './pacing';
import { inTime } from './time-limit';

/** What is known about the duration of an operation. */
export interface Durations {
  /** The shortest one in seconds; absent if it is not known. */
  shortest?: number;
  /** The longest one in minutes: `timeoutInMinutes` of the schema. */
  timeoutMinutes?: number;
}

/**
 * The result of an invocation, with the delay that suits FSx's throttling.
 *
 * @throws HandlerError NotStabilized if the next invocation would come after the time of the operation.
 */
export function nextInvocation(
  outcome: InProgress,
  invocation: HandlerRequest,
  { shortest, timeoutMinutes = Infinity }: Durations,
): InProgress {
  return inTime(paced(outcome, invocation, shortest), invocation, timeoutMinutes);
}
