/** Rewrites Properties in block style. */
import { ManualConversionRequired, type Edit } from './edits';
import { partsOf } from './flow-edits';
import { beginsLine, commentsIn, dedent, endOf, indentAt, isFlow } from './source-text';
import { lineEnd, lineStart, newlineOf } from '../../template/lines';
import { FILE_SYSTEM_TYPE, isDropped, NESTED } from '../resource-types';
import type { Entry, MapNode, Node } from '../../template/node';

/**
 * @param added Lines that replace FileSystemType.
 * @throws ManualConversionRequired
 */
export function blockEdits(text: string, properties: MapNode, added: readonly string[]): Edit[] {
  return properties.entries.flatMap((entry): Edit[] => {
    const { key, value } = entry;
    if (!isDropped(key) && key !== NESTED) return [];
    if (!beginsLine(text, entry.at))
      throw new ManualConversionRequired(`its ${key} is in an unsupported form`);
    if (key === FILE_SYSTEM_TYPE) return [replacement(text, entry, added)];
    if (isDropped(key) || value.kind !== 'map' || value.entries.length === 0)
      return [replacement(text, entry, [])];
    return isFlow(text, value) ? spread(text, entry, value) : lift(text, entry, value);
  });
}

/** Replaces the lines of a member. Its comments stay, including those inside its value. */
export function replacement(
  text: string,
  { at, value }: Entry,
  added: readonly string[],
  inside: readonly string[] = [],
): Edit {
  const end = lineEnd(text, endOf(value));
  const comments = [
    ...commentsIn(text, at, value.at),
    ...inside,
    ...commentsIn(text, endOf(value), end),
  ];
  const lines = [...comments, ...added].map((line) => indentAt(text, at) + line + newlineOf(text));
  return { at: lineStart(text, at), end, text: lines.join('') };
}

/** Moves the members of LustreConfiguration to the column of LustreConfiguration itself. */
function lift(text: string, { at }: Entry, nested: MapNode): Edit[] {
  const [first] = nested.entries;
  const keyEnd = lineEnd(text, at);
  const key = text.slice(at, keyEnd).trimEnd();
  if (first === undefined || !/^["']?\w+["']?[ ]*:([ \t]+#.*)?$/.test(key))
    throw new ManualConversionRequired(`its ${NESTED} is in an unsupported form`);
  const [outer, inner] = [indentAt(text, at), indentAt(text, first.at)];
  const comments = commentsIn(text, at, keyEnd);
  return [
    {
      at: lineStart(text, at),
      end: keyEnd,
      text: comments.map((comment) => outer + comment + newlineOf(text)).join(''),
    },
    ...dedent(text, keyEnd - 1, commentedEnd(text, nested, inner), inner, outer),
  ];
}

/** The end of a map or value, including the comments after it that are at least as far indented. */
export function commentedEnd(text: string, map: Node, indent: string): number {
  const comments = new RegExp(`[^\\r\\n]*(?:(?:\\r\\n?|\\n)${indent}[ ]*#[^\\r\\n]*)+`, 'y');
  comments.lastIndex = endOf(map);
  return comments.test(text) ? comments.lastIndex : endOf(map);
}

/** Writes each member of a LustreConfiguration in flow style on a line of its own. */
function spread(text: string, { at }: Entry, nested: MapNode): Edit[] {
  const parts = partsOf(nested);
  const line = newlineOf(text) + indentAt(text, at);
  return parts.flatMap((part, index): Edit[] => {
    const before = parts[index - 1];
    const comments = commentsIn(text, before?.end ?? at, part.at);
    const gap = before
      ? { at: before.end, end: part.at, text: trailing(comments, line) + line }
      : { at, end: part.at, text: comments.map((comment) => comment + line).join('') };
    const closing = {
      at: part.end,
      end: nested.end,
      text: trailing(commentsIn(text, part.end, nested.end), line),
    };
    return [gap, ...spaced(text, part.entry), ...(index === parts.length - 1 ? [closing] : [])];
  });
}

const trailing = (comments: readonly string[], line: string): string =>
  comments.length === 0 ? '' : ` ${comments.join(line)}`;

/** In flow style, a quoted key needs no space after its colon; in block style, it does. */
const spaced = (text: string, { value: { at, alias } }: Entry): Edit[] =>
  alias === undefined && text[at - 1] === ':' ? [{ at, end: at, text: ' ' }] : [];
