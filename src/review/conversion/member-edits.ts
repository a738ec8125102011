/** Edits of members of maps and items of lists, in any style. Comments and quotes stay. */
import { isObject } from '../../lustre/json';
import { Unknown } from '../../lustre/unknown';
import { commentedEnd, replacement as replaceLines } from './block-edits';
import { ManualConversionRequired, type Edit } from './edits';
import { partsOf, removals, replacement as replacePart, type Part } from './flow-edits';
import { beginsLine, endOf, isFlow } from './source-text';
import { commentsOf } from '../../template/comments';
import { lineEnd, lineStart, newlineOf } from '../../template/lines';
import type { Entry, ListNode, MapNode, Node, Scalar, ScalarNode } from '../../template/node';
import { plainValue } from '../../template/yaml-scalars';

/** A value that is written as it already is in the text. */
export class Written {
  constructor(
    readonly text: string,
    readonly node: Node,
  ) {}
}

/** The text, and the style that it is written in. */
export interface Writing {
  readonly text: string;
  readonly json: boolean;
}

/** Replaces a scalar, and keeps the style of its quotes. @throws ManualConversionRequired */
export function scalarInPlace(
  { text, json }: Writing,
  { at, end }: ScalarNode,
  value: Scalar,
): string {
  const written = text.slice(at, end);
  if (/^[|>]/.test(written) || /[\r\n]/.test(written))
    throw new ManualConversionRequired('it spans several lines');
  if (written.startsWith('"')) return JSON.stringify(String(value));
  if (written.startsWith("'")) return quoted(String(value));
  return scalarText(value, json);
}

/** The value of a scalar written this way. */
export const scalarRead = (written: string): Scalar =>
  written.startsWith('"')
    ? (JSON.parse(written) as string)
    : written.startsWith("'")
      ? written.slice(1, -1).replaceAll("''", "'")
      : plainValue(written);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function scalarText(value: Scalar, json: boolean): string {
  if (json || typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[A-Za-z0-9][\w./:@+-]*$/.test(value) && !value.endsWith(':');
  return isPlain && typeof plainValue(value) === 'string' ? value : quoted(value);
}

/** A value on one line. @throws ManualConversionRequired if a text cannot be written on one line. */
export function valueText(value: unknown, json: boolean): string {
  if (value instanceof Written) return value.text;
  if (value instanceof Unknown)
    throw new ManualConversionRequired('its value is known only at deployment');
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, json)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${scalarText(name, json)}: ${valueText(member, json)}`,
    );
    return members.length === 0
      ? '{}'
      : json
        ? `{${members.join(', ')}}`
        : `{ ${members.join(', ')} }`;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return scalarText(value, json);
  throw new ManualConversionRequired('its new value cannot be written');
}

/** Replaces a key, and keeps the style of its quotes. */
export function keyEdit({ text, json }: Writing, { at, keyEnd }: Entry, name: string): Edit {
  const written = text.slice(at, keyEnd);
  const put = written.startsWith("'")
    ? quoted(name)
    : json || written.startsWith('"')
      ? JSON.stringify(name)
      : name;
  return { at, end: keyEnd, text: put };
}

type Member = readonly [name: string, value: unknown];

/** Removes members of a map, and adds others. @throws ManualConversionRequired */
export function memberEdits(
  writing: Writing,
  map: MapNode,
  gone: readonly Entry[],
  added: readonly Member[],
): Edit[] {
  const { text } = writing;
  if (gone.length === 0 && added.length === 0) return [];
  return isFlow(text, map)
    ? flowMembers(writing, map, gone, added)
    : blockMembers(writing, map, gone, added);
}

function flowMembers(
  { text, json }: Writing,
  map: MapNode,
  gone: readonly Entry[],
  added: readonly Member[],
): Edit[] {
  // Members that << adds are written elsewhere, and << itself is not a part of the map.
  if (map.entries.some(({ merged }) => merged))
    throw new ManualConversionRequired('<< adds members to it');
  const parts = partsOf(map);
  const lines = added.map(
    ([name, value]) => `${scalarText(name, json)}: ${valueText(value, json)}`,
  );
  const isRemoved = (each: (typeof parts)[number]): boolean => gone.includes(each.entry);
  const [first] = gone;
  if (first === undefined || lines.length === 0)
    return [...removals(text, parts, isRemoved), ...insertion(text, map, parts, lines)];
  const place = parts.find(({ entry }) => entry === first);
  return [
    ...(place ? [replacePart(text, place, parts, lines)] : []),
    ...removals(text, parts, (each) => isRemoved(each) && each !== place),
  ];
}

/** Adds new members after the last one. */
function insertion(
  text: string,
  { at, end }: MapNode,
  parts: readonly Part[],
  lines: readonly string[],
): Edit[] {
  if (lines.length === 0) return [];
  const last = parts.at(-1);
  if (!last) {
    const isEmpty = /^\{\s*\}$/.test(text.slice(at, end));
    if (!isEmpty) throw new ManualConversionRequired('it is in an unsupported form');
    return [{ at, end, text: `{ ${lines.join(', ')} }` }];
  }
  const before = parts.at(-2);
  const between = before ? text.slice(before.end, last.at) : ', ';
  const separator = /^\s*,\s*$/.test(between) ? between : ', ';
  return [{ at: last.end, end: last.end, text: lines.map((line) => separator + line).join('') }];
}

function blockMembers(
  writing: Writing,
  map: MapNode,
  gone: readonly Entry[],
  added: readonly Member[],
): Edit[] {
  const { text } = writing;
  const isAll = map.entries.every((each) => gone.includes(each));
  if (isAll && added.length === 0) throw new ManualConversionRequired('it would become empty');
  const indent = columnOf(text, map);
  const lines = added.flatMap(([name, value]) => blockLines(name, value, writing));
  if (gone.length === 0) return [blockInsertion(text, map, indent, lines)];
  return gone.map((entry, index) => {
    if (!beginsLine(text, entry.at))
      throw new ManualConversionRequired('it is in an unsupported form');
    return replaceLines(text, entry, index === 0 ? lines : [], commentsInside(text, entry.value));
  });
}

/** Spaces up to the column of a map in block style. */
function columnOf(text: string, { entries }: MapNode): string {
  const at = entries.find(({ merged }) => !merged)?.at ?? 0;
  return ' '.repeat(at - lineStart(text, at));
}

/** A member on lines of its own; objects are written in block style. */
function blockLines(name: string, value: unknown, writing: Writing): string[] {
  const key = scalarText(name, writing.json);
  if (!isObject(value) || value instanceof Written || Object.keys(value).length === 0)
    return [`${key}: ${valueText(value, writing.json)}`];
  const members = Object.entries(value).flatMap(([each, member]) =>
    blockLines(each, member, writing),
  );
  return [`${key}:`, ...members.map((line) => `  ${line}`)];
}

function blockInsertion(
  text: string,
  { entries }: MapNode,
  indent: string,
  lines: readonly string[],
): Edit {
  const last = entries.findLast(({ merged }) => !merged);
  if (!last) throw new ManualConversionRequired('it is in an unsupported form');
  const line = newlineOf(text);
  const end = lineEnd(text, commentedEnd(text, last.value, `${indent} `));
  const isOpen = end === text.length && !/[\r\n]$/.test(text);
  const put = lines.map((each) => indent + each);
  return { at: end, end, text: isOpen ? line + put.join(line) : put.join(line) + line };
}

const commentsInside = (text: string, value: Node): string[] =>
  value.kind === 'scalar'
    ? []
    : commentsOf(text)
        .filter(({ at }) => at > value.at && at < endOf(value))
        .map(({ text: comment }) => comment);

/** Removes items of a list. @throws ManualConversionRequired */
export function itemRemovals(
  { text }: Writing,
  list: ListNode,
  isRemoved: (index: number) => boolean,
): Edit[] {
  const parts = list.items.map((item, index) => ({ at: item.at, end: endOf(item), index }));
  if (isFlow(text, list)) return removals(text, parts, ({ index }) => isRemoved(index));
  if (parts.every(({ index }) => isRemoved(index)))
    throw new ManualConversionRequired('it would become empty');
  return parts.filter(({ index }) => isRemoved(index)).map((part) => dashedRemoval(text, part));
}

function dashedRemoval(text: string, part: Part): Edit {
  const from = lineStart(text, part.at);
  const end = lineEnd(text, part.end);
  if (!/^[ \t]*-[ \t]+$/.test(text.slice(from, part.at)))
    throw new ManualConversionRequired('it is in an unsupported form');
  const inner = commentsOf(text).filter(({ at }) => at > part.at && at < end);
  const indent = /^[ \t]*/.exec(text.slice(from))?.[0] ?? '';
  const put = inner.map((comment) => indent + comment.text + newlineOf(text)).join('');
  return { at: from, end, text: put };
}
