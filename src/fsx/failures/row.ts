import type { HandlerErrorCode } from '../../handler-error';
import type { Failure } from './failure';

/** One kind of failure, its handler error code, and what to do about it. */
export interface Row {
  /** Names of the errors, or who responded. Without either: every refusal by AWS (HTTP status below 500). */
  errors?: readonly string[];
  answeredBy?: Failure['answeredBy'];
  /** A pattern for the message. FSx may change its messages, so the pattern has few words. */
  says?: RegExp;
  /** A further condition. */
  when?: (failure: Failure) => boolean;
  code: HandlerErrorCode;
  /** The advice, in sentences; absent if FSx's message suffices. */
  advice?: string | ((failure: Failure) => string);
}

/** Whether a failure is of this kind. */
export function isOf({ errors, answeredBy, says, when }: Row, failure: Failure): boolean {
  if (!errors && !answeredBy && !isRefusal(failure)) return false;
  return (
    (errors?.some((name) => failure.names.includes(name)) ?? true) &&
    (answeredBy === undefined || answeredBy === failure.answeredBy) &&
    (says?.test(failure.said) ?? true) &&
    (when?.(failure) ?? true)
  );
}

/** The advice for a failure. */
export function adviceOf({ advice }: Row, failure: Failure): string | undefined {
  return typeof advice === 'function' ? advice(failure) : advice;
}

function isRefusal({ answeredBy, status = 0 }: Failure): boolean {
  return answeredBy === 'aws' && status >= 400 && status < 500;
}
