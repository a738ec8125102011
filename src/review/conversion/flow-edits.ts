/** Rewrites Properties in flow style (in braces), as in JSON. */
import { ManualConversionRequired, type Edit } from './edits';
import { beginsLine, commentsIn, dedent, endOf, indentAt } from './source-text';
import { FILE_SYSTEM_TYPE, isDropped, NESTED } from '../resource-types';
import { newlineOf } from '../../template/lines';
import type { Entry, MapNode } from '../../template/node';

/** An entry or an item, and the offset after it. */
export interface Part {
  readonly at: number;
  readonly end: number;
}

interface EntryPart extends Part {
  readonly entry: Entry;
}

export const partsOf = ({ entries }: MapNode): EntryPart[] =>
  entries.map((entry) => ({ entry, at: entry.at, end: endOf(entry.value) }));

/** @param added Members that replace FileSystemType. */
export function flowEdits(text: string, properties: MapNode, added: readonly string[]): Edit[] {
  const parts = partsOf(properties);
  const isRemoved = ({ entry: { key, value } }: EntryPart): boolean =>
    (isDropped(key) && !(key === FILE_SYSTEM_TYPE && added.length > 0)) ||
    (key === NESTED && value.kind === 'map' && value.entries.length === 0);
  for (const part of parts) if (isRemoved(part)) refuseComments(text, part.entry);
  const kept = parts.filter((part) => !isRemoved(part));
  return [
    ...removals(text, parts, isRemoved),
    ...kept.flatMap((part): Edit[] => {
      const { key, value } = part.entry;
      if (key === FILE_SYSTEM_TYPE) {
        refuseComments(text, part.entry);
        return [replacement(text, part, parts, added)];
      }
      return key === NESTED && value.kind === 'map'
        ? lift(text, part, value, placeOf(part, parts, isRemoved))
        : [];
    }),
  ];
}

/** The offset of a part after the parts directly before it have been removed: that of the first of them. */
function placeOf<P extends Part>(
  part: P,
  parts: readonly P[],
  isRemoved: (part: P) => boolean,
): number {
  const before = parts.slice(0, parts.indexOf(part));
  const kept = before.findLastIndex((each) => !isRemoved(each));
  return (before[kept + 1] ?? part).at;
}

/** Removes some parts of a map or list. Adjacent ones are removed together. */
export function removals<P extends Part>(
  text: string,
  parts: readonly P[],
  isRemoved: (part: P) => boolean,
): Edit[] {
  return parts.flatMap((part, index): Edit[] => {
    const before = parts[index - 1];
    if (!isRemoved(part) || (before && isRemoved(before))) return [];
    const stays = parts.findIndex((each, place) => place > index && !isRemoved(each));
    const gone = parts.slice(index + 1, stays < 0 ? undefined : stays);
    return [removal(text, [part, ...gone], before, parts[stays])];
  });
}

/** Removes adjacent members and one of the commas around them. Comments stay. */
function removal(
  text: string,
  gone: readonly [Part, ...Part[]],
  before: Part | undefined,
  next: Part | undefined,
): Edit {
  const [first] = gone;
  const last = gone.at(-1) ?? first;
  const at = next || !before ? first.at : before.end;
  const end = next ? next.at : last.end;
  const starts = [at, ...gone.map((part) => part.end)];
  const ends = [...gone.map((part) => part.at), end];
  const comments = starts.flatMap((start, index) => commentsIn(text, start, ends[index] ?? end));
  const line = newlineOf(text) + indentAt(text, (next ?? last).at);
  return { at, end, text: withSpace(text, at, comments.map((comment) => comment + line).join('')) };
}

/** Comments between a key and its value cannot be moved. */
function refuseComments(text: string, { at, key, value }: Entry): void {
  if (value.kind === 'scalar' && commentsIn(text, at, value.at).length > 0)
    throw new ManualConversionRequired(`its ${key} contains a comment`);
}

/** A comment needs a space before it. */
const withSpace = (text: string, at: number, comments: string): string =>
  comments === '' || /\s/.test(text[at - 1] ?? '') ? comments : ` ${comments}`;

/** Replaces a member with other members. */
export function replacement(
  text: string,
  { at, end }: Part,
  [first, second]: readonly Part[],
  added: readonly string[],
): Edit {
  const between = first && second ? text.slice(first.end, second.at) : ', ';
  const separator = beginsLine(text, at)
    ? `,${newlineOf(text)}${indentAt(text, at)}`
    : /^, *$/.test(between)
      ? between
      : ', ';
  return { at, end, text: added.join(separator) };
}

/** Removes the name and the braces of a member. Its own members stay at `place`, less indented. */
function lift(text: string, { at }: Part, nested: MapNode, place: number): Edit[] {
  const parts = partsOf(nested);
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return [];
  // A line inside braces must not be less indented than before, unless its own name was.
  const lineAt = (place: number): string =>
    newlineOf(text) + indentAt(text, beginsLine(text, at) ? at : place);
  const opening = commentsIn(text, at, first.at).map((comment) => comment + lineAt(first.at));
  const closing = commentsIn(text, last.end, nested.end).map(
    (comment) => comment + lineAt(nested.end),
  );
  return [
    { at, end: first.at, text: withSpace(text, place, opening.join('')) },
    ...(beginsLine(text, at) && beginsLine(text, first.at)
      ? dedent(text, first.at, last.end, indentAt(text, first.at), indentAt(text, at))
      : []),
    {
      at: last.end,
      end: nested.end,
      text: closing.length === 0 ? '' : ` ${closing.join('')}`,
    },
  ];
}
