/** The lines of a text. They end with LF, CRLF or CR, as in YAML and in the language server protocol. */

/** The text with LF for each CR that ends a line by itself, so that every offset stays. The package `yaml` knows no such CR. */
export const withLineFeeds = (text: string): string =>
  text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;

/** The offsets at which lines begin. */
export const lineStarts = (text: string): number[] => [
  0,
  ...Array.from(text.matchAll(/\r\n?|\n/g), ({ 0: { length }, index }) => index + length),
];

/** The offset at which the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !endsLine(text, start - 1)) start--;
  return start;
}

const endsLine = (text: string, at: number): boolean =>
  text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');

/** The offset after the line and its line break. */
export function lineEnd(text: string, at: number): number {
  const end = /\r\n?|\n/g;
  end.lastIndex = at;
  return end.test(text) ? end.lastIndex : text.length;
}

/** The line break that new lines of a text get: the one that the text has, or CRLF if it has several. */
export const newlineOf = (text: string): string =>
  /\r\n/.exec(text)?.[0] ?? /[\r\n]/.exec(text)?.[0] ?? '\n';
