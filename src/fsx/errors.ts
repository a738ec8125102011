import { HandlerError } from '../handler-error';
import { LONGEST_MESSAGE } from '../lustre/violations';
import { cutInTheMiddle } from '../lustre/wording';
import type { Credentials } from '../sdk/client-settings';
import { readFailure, type Failure } from './failures/failure';
import { adviceOf } from './failures/row';
import { codeByStatus, rowOf } from './failures/table';

export { wasNeverSent } from './failures/connection';

/** UTF-16 code units of a message that are left to who adds that FSx may have acted. */
const RESERVED = 240;

export interface Circumstances {
  /** Whether FSx may have acted on the call all the same. */
  mayHaveActed?: boolean;
  /** What the call was signed with: no message holds it. */
  credentials?: Credentials | undefined;
  /** Where FSx was asked: what it has there is part of the advice. */
  region?: string;
}

/**
 * The one way from anything thrown by an FSx call to a handler error. FSx's own words are kept; what to do is added where
 * it is known. Never InternalFailure for something that FSx said.
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
  return new HandlerError(row?.code ?? codeByStatus(failure), text(row && adviceOf(row, failure)), {
    cause: thrown,
    mayHaveActed,
    plain: text(),
  });
}

/** UTF-16 code units of reasons that leave room for what to do; FSx's own are 256 characters at most. */
const LONGEST_REASON = 520;

/**
 * Reasons that FSx gives in a description (FailureDetails), as sentences, with what to do about it where they alone say
 * enough. `arn` is that of the file system, which tells its region.
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

/** FSx's words, cut in the middle where all does not fit, then the advice, whole. */
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
