/** Positions in the text of a template. */
import type { Edit } from './edits';
import { lineEnd, lineStart } from '../../template/lines';
import type { Node } from '../../template/node';

/** The indentation of the line at an offset. */
export function indentAt(text: string, at: number): string {
  return /[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? '';
}

/** Whether only indentation precedes an offset on its line. */
export const beginsLine = (text: string, at: number): boolean =>
  indentAt(text, at).length === at - lineStart(text, at);

/** Whether a collection is in flow style (braces or brackets). */
export const isFlow = (text: string, { at }: Node): boolean => text[at] === '{' || text[at] === '[';

/** Whether a text is JSON, which may begin with a byte order mark. YAML may also begin with a brace. */
export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** The end of a node where it occurs, which may be an alias. */
export const endOf = ({ alias, end }: Node): number => alias?.end ?? end;

/** The comments in a part of a text that contains no quoted text. */
export const commentsIn = (text: string, from: number, to: number): string[] =>
  // Includes the character before, because the part may begin with a comment.
  text.slice(Math.max(0, from - 1), to).match(/(?<=\s)#[^\r\n]*/g) ?? [];

/** Moves the lines that begin in a part of a text to another indentation, which must be a prefix of theirs. */
export function dedent(
  text: string,
  from: number,
  to: number,
  inner: string,
  outer: string,
): Edit[] {
  const edits: Edit[] = [];
  for (let at = lineEnd(text, from); at < to; at = lineEnd(text, at)) {
    const [indent = ''] = /[ \t]*/.exec(text.slice(at, lineEnd(text, at))) ?? [];
    const extra = indent.startsWith(inner)
      ? inner.length
      : indent.startsWith(outer)
        ? indent.length
        : outer.length;
    if (extra > outer.length) edits.push({ at: at + outer.length, end: at + extra, text: '' });
  }
  return edits;
}
