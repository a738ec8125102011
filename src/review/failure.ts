/** Why a template cannot be reviewed. */
import { TooMuchWork } from '../lustre/explore';
import { Unreadable, type Place } from '../template/source-tree';

/** A file that could not be read. */
export interface Failure extends Partial<Place> {
  readonly file: string;
  readonly message: string;
}

/** The failure for an error about the file. Other errors are rethrown. */
export function failureOf(error: unknown, file: string): Failure {
  if (error instanceof RangeError) return { file, message: meaningOf(error) };
  if (error instanceof TooMuchWork) return { file, message: error.message };
  if (!(error instanceof Unreadable)) throw error;
  return { file, message: error.message, ...error.place };
}

/**
 * The stack overflows only on input that no author writes, such as a chain of thousands of conditions. Longer input exhausts
 * the memory.
 */
const meaningOf = ({ message }: RangeError): string =>
  message.includes('call stack')
    ? 'this is nested too deeply'
    : `this is too large to be checked (${message})`;
