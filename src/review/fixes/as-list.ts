/** Writes a single item as a list, and tags that are a map, as Terraform and Kubernetes have them, as Key and Value. */
import { isObject } from '../../lustre/json';
import { lineStart, lineStarts, newlineOf } from '../../template/lines';
import type { Entry, MapNode, Node } from '../../template/node';
import { listNode, mapNode, ManualConversionRequired, type Edit } from '../conversion/edits';
import { scalarRead, valueText, type Writing } from '../conversion/member-edits';
import { beginsLine, endOf, isFlow } from '../conversion/source-text';
import { isNull, nodeOf } from './wanted';

/** The edits that make a list of its only item. All comments stay. */
export function itemEdits(text: string, item: Node): Edit[] {
  const { at } = item;
  const end = endOf(item);
  const before = (to: number, text: string): Edit => ({ at: to, end: to, text });
  if (item.kind !== 'map' || isFlow(text, item)) return [before(at, '['), before(end, ']')];
  const isIndented = (start: number): boolean =>
    start > at && start < end && !/[\r\n]/.test(text[start] ?? '');
  const lines = lineStarts(text).filter(isIndented);
  return [before(at, '- '), ...lines.map((start) => before(start, '  '))];
}

/** Whether the members of a map are tags by their keys, and a repair wants exactly these. */
export const areTags = (map: MapNode, wanted: readonly unknown[]): boolean =>
  map.entries.length === wanted.length &&
  map.entries.every(
    ({ key, value, merged }) =>
      !merged && !isNull(value) && wanted.some((tag) => isObject(tag) && tag.Key === key),
  );

/** The node of a tag. */
export const tagOf = ({ key, value }: Entry): MapNode =>
  mapNode([
    ['Key', nodeOf(key)],
    ['Value', value],
  ]);

/** The node of the list. */
export const tagListOf = (map: MapNode): Node => listNode(map.entries.map(tagOf));

/** The edits that make the list of the map. All values and comments stay. @throws ManualConversionRequired */
export function tagListEdits(writing: Writing, map: MapNode): Edit[] {
  const { text, json } = writing;
  if (!isFlow(text, map)) {
    if (!map.entries.every(({ at }) => beginsLine(text, at)))
      throw new ManualConversionRequired('its members are on the same line');
    return map.entries.map((each) => tagEdit(writing, map, each, ['- ', '  ']));
  }
  const space = json ? '' : ' ';
  const end = endOf(map);
  return [
    { at: map.at, end: map.at + 1, text: '[' },
    ...map.entries.flatMap((each) => [
      tagEdit(writing, map, each, [`{${space}`, '']),
      { at: endOf(each.value), end: endOf(each.value), text: `${space}}` },
    ]),
    { at: end - 1, end, text: ']' },
  ];
}

/** Characters after a key that are looked at for its colon and what follows it. */
const LONGEST_COLON = 16;

/** The edit that makes Key and Value of the key of a member. @throws ManualConversionRequired */
export function tagEdit(
  { text, json }: Writing,
  map: MapNode,
  { at, key, keyEnd, value }: Entry,
  [before, beforeNext] = ['', ''],
): Edit {
  const written = text.slice(at, keyEnd);
  const keyText = scalarRead(written) === key ? written : valueText(key, json);
  // After a key in quotes, a flow map may have its value without a space: {"a":"b"}.
  const isTight = /^[ \t]*:\S/.test(text.slice(keyEnd, at + LONGEST_COLON + written.length));
  const name = (of: string): string => (json || isTight ? JSON.stringify(of) : of);
  const head = `${before}${name('Key')}: ${keyText}`;
  if (isFlow(text, map)) return { at, end: keyEnd, text: `${head}, ${name('Value')}` };
  if (/[\r\n]/.test(text.slice(at, endOf(value))))
    throw new ManualConversionRequired('its values are on several lines');
  const indent = ' '.repeat(at - lineStart(text, at));
  return { at, end: keyEnd, text: `${head}${newlineOf(text)}${indent}${beforeNext}Value` };
}
