/** The bytes of a file that is written back. */
import { Unreadable } from '../template/source-tree';

/**
 * The whole text of a file and its byte order mark, if any: all of it is written back.
 * @throws Unreadable where it is not UTF-8, and would be written back as something else.
 */
export function decoded(bytes: Buffer): { mark: string; text: string } {
  const whole = decode(bytes);
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { mark, text: whole.slice(mark.length) };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable('this is not text in UTF-8');
  }
}
