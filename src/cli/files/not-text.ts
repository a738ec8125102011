/** Files that are named as templates and are no text in UTF-8. */
import { NoTemplate, Unreadable } from '../../template/source-tree';

/** @throws Unreadable for UTF-16, and for bytes that are no text, which would be reported as a mistake in the YAML. */
export function refuseOtherThanText(bytes: Buffer): void {
  if (isUtf16(bytes)) throw new Unreadable('this is UTF-16: save it as UTF-8');
  if (bytes.includes(0)) throw new NoTemplate('this is not a text file');
}

/** Detects UTF-16 by its byte order mark, or by a character of ASCII with a zero byte among the first two. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return hasMark || [bytes.subarray(0, 2), bytes.subarray(2, 4)].some(isWideAscii);
}

const isWideAscii = (pair: Buffer): boolean =>
  /^(?:\0[\t\n\r\x20-\x7e]|[\t\n\r\x20-\x7e]\0)$/.test(pair.toString('latin1'));
