import type { HandlerErrorCode } from '../../handler-error';
import type { Failure } from './failure';

/** What a kind of failure means, and who has to do what about it. */
export interface Row {
  /** Names of the errors; without them, every refusal of AWS (HTTP status below 500), whatever its name. */
  errors?: readonly string[];
  /** What the message is about. FSx may change its words, so this looks for few of them. */
  says?: RegExp;
  /** Anything else that must hold. */
  when?: (failure: Failure) => boolean;
  code: HandlerErrorCode;
  /** Sentences; none where FSx's own words say it all. */
  advice?: string | ((failure: Failure) => string);
}

/** Whether a failure is of a row's kind. */
export function isOf({ errors, says, when }: Row, failure: Failure): boolean {
  const named = errors
    ? failure.names.some((name) => errors.includes(name))
    : when !== undefined || isRefusal(failure);
  return named && (says?.test(failure.said) ?? true) && (when?.(failure) ?? true);
}

/** The sentences for a failure. */
export function adviceOf({ advice }: Row, failure: Failure): string | undefined {
  return typeof advice === 'function' ? advice(failure) : advice;
}

function isRefusal({ answeredBy, status = 0 }: Failure): boolean {
  return answeredBy === 'aws' && status >= 400 && status < 500;
}
