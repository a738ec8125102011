import type { ScalarNode } from './node';
import type { Unusual } from './flow';

const HEADER = /[|>]([+-]?)[ ]*(?:(?<= )#[^\n]*)?(?:\n|$)/y;

/** The text under a `|` or `>` that stands at an offset, and where the next line begins. */
export function readBlockScalar(
  text: string,
  at: number,
  parent: number,
  unusual: Unusual,
): { node: ScalarNode; next: number } {
  HEADER.lastIndex = at;
  const header = HEADER.exec(text);
  if (!header) return unusual();
  const lines: string[] = [];
  let next = HEADER.lastIndex;
  let end = next;
  let indent = -1;
  while (next < text.length) {
    const lineEnd = text.indexOf('\n', next);
    const line = text.slice(next, lineEnd < 0 ? text.length : lineEnd);
    const column = line.search(/[^ ]/);
    if (column < 0) {
      // Spaces beyond the indentation belong to the text.
      if (indent < 0 ? line !== '' : line.length > indent) unusual();
      lines.push('');
    } else {
      if (indent < 0) indent = column;
      if (column < indent) {
        if (column > parent) unusual();
        break;
      }
      if (column <= parent) {
        indent = -1;
        break;
      }
      lines.push(line.slice(indent));
      end = next + line.length;
    }
    next += line.length + 1;
  }
  next = Math.min(next, text.length);
  if (indent < 0) unusual();
  const trailing = lines.length - 1 - lines.findLastIndex((line) => line !== '');
  const body = lines.slice(0, lines.length - trailing);
  const folded = text[at] === '>' ? fold(body, unusual) : body.join('\n');
  const newlines = header[1] === '-' ? 0 : header[1] === '+' ? 1 + trailing : 1;
  // Without a newline at the end of the file there is none to keep.
  if (header[1] !== '-' && !text.endsWith('\n') && next === text.length) unusual();
  return { node: { kind: 'scalar', value: folded + '\n'.repeat(newlines), at, end }, next };
}

/** Lines become words of one line; an empty line is a line break. */
function fold(lines: readonly string[], unusual: Unusual): string {
  let text = '';
  let empty = 0;
  for (const line of lines) {
    if (line === '') {
      empty++;
      continue;
    }
    if (/^\s/.test(line)) unusual();
    text += (text === '' ? '\n'.repeat(empty) : empty > 0 ? '\n'.repeat(empty) : ' ') + line;
    empty = 0;
  }
  return text;
}
