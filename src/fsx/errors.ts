import { HandlerError } from '../handler-error';
import { LONGEST_MESSAGE } from '../lustre/violations';
import { cutInTheMiddle } from '../lustre/wording';
import type { Credentials } from '../sdk/client-settings';
import { NO_MESSAGE, readFailure, type Failure } from './failures/failure';
import { adviceOf } from './failures/row';
import { codeByStatus, rowOf } from './failures/table';

export { mayHaveActed } from './failures/connection';

/** UTF-16 code units that a message leaves for the sentence that FSx may have acted. */
const RESERVED = 240;

/** What is known about a failed call, apart from its error. */
export interface Circumstances {
  /** Whether FSx may have acted on the call nevertheless. */
  mayHaveActed?: boolean;
  /** The credentials of the call. They are removed from the message. */
  credentials?: Credentials | undefined;
  /** The region of the call. The advice says what FSx offers there. */
  region?: string;
}

/**
 * Converts anything that an FSx call throws to a handler error. FSx's message is kept, and advice is added if there is any.
 * An error response of FSx never becomes InternalFailure.
 */
export function fromFsx(
  thrown: unknown,
  operation: string,
  { mayHaveActed = false, credentials, region }: Circumstances = {},
): HandlerError {
  if (thrown instanceof HandlerError) return thrown;
  const failure = readFailure(thrown, credentials, region);
  const row = rowOf(failure);
  const room = mayHaveActed ? LONGEST_MESSAGE - RESERVED : LONGEST_MESSAGE;
  const text = (advice?: string) => message(failure, operation, advice, { room });
  const advice = (row && adviceOf(row, failure)) ?? withoutReason(failure);
  return new HandlerError(row?.code ?? codeByStatus(failure), text(advice), {
    cause: thrown,
    mayHaveActed,
    plain: text(),
  });
}

/** The advice on an error of FSx whose name is all that is known of it; undefined for others. */
function withoutReason({ answeredBy, said }: Failure): string | undefined {
  return answeredBy === 'aws' && said === NO_MESSAGE
    ? 'FSx gives no reason: look up the call in CloudTrail, or contact AWS Support with the ID of the request.'
    : undefined;
}

/** UTF-16 code units of reasons. Leaves room for the advice; FSx's own reasons have at most 256 characters. */
const LONGEST_REASON = 520;

/**
 * The reasons in a description (FailureDetails) as sentences, with advice if the reasons are specific enough.
 *
 * @param arn The ARN of the file system, which has its region.
 */
export function withAdvice(reasons: readonly string[], arn = ''): string {
  const said = cutInTheMiddle([...new Set(reasons.map(sentence))].join(' '), LONGEST_REASON);
  const failure: Failure = {
    answeredBy: 'aws',
    names: ['BadRequest'],
    said,
    status: 400,
    requestId: undefined,
    members: {},
    region: arn.split(':')[3],
  };
  const row = rowOf(failure);
  return [said, row && adviceOf(row, failure)].filter(Boolean).join(' ');
}

/** FSx's message, shortened in the middle if necessary, followed by the complete advice. */
function message(
  { answeredBy, names, requestId, said }: Failure,
  operation: string,
  advice: string | undefined,
  { room }: { room: number },
): string {
  const name = answeredBy === 'aws' || answeredBy === 'nobody' ? nameOf(names) : undefined;
  const source = [name, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  const rest = [advice, source && `(${source})`].filter(Boolean).map((part) => ` ${part}`);
  const start = `FSx ${operation}: `;
  const left = room - start.length - rest.join('').length;
  return start + cutInTheMiddle(sentence(said), left) + rest.join('');
}

function nameOf(names: readonly string[]): string {
  return names.find((name) => name !== 'Error') ?? 'Error';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
