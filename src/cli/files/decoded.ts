/** Decodes a file that will be written back. */
import { Unreadable } from '../../template/source-tree';

/**
 * The text of a file without its byte order mark, and the mark.
 *
 * @throws Unreadable if it is not UTF-8, because it could not be written back unchanged.
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
