/** Rewrites Properties that are written in braces, as those of JSON are. */
import { ManualConversionRequired, type Edit } from './edits';
import { beginsLine, commentsIn, dedent, endOf, indentAt, newlineOf } from './source-text';
import { FILE_SYSTEM_TYPE, isDropped, NESTED } from '../resource-types';
import type { Entry, MapNode } from '../../template/node';

/** An entry, with the place behind it. */
interface Part {
  readonly entry: Entry;
  readonly at: number;
  readonly end: number;
}

export const partsOf = ({ entries }: MapNode): Part[] =>
  entries.map((entry) => ({ entry, at: entry.at, end: endOf(entry.value) }));

/** `added` takes the place of FileSystemType. */
export function flowEdits(text: string, properties: MapNode, added: readonly string[]): Edit[] {
  const parts = partsOf(properties);
  const goes = ({ entry: { key, value } }: Part): boolean =>
    (isDropped(key) && !(key === FILE_SYSTEM_TYPE && added.length > 0)) ||
    (key === NESTED && value.kind === 'map' && value.entries.length === 0);
  return parts.flatMap((part, index): Edit[] => {
    const { key, value } = part.entry;
    if (goes(part)) {
      if (index > 0 && goes(parts[index - 1] ?? part)) return [];
      const stays = parts.findIndex((each, place) => place > index && !goes(each));
      const gone = parts.slice(index, stays < 0 ? undefined : stays);
      return [removal(text, gone, parts[index - 1], parts[stays])];
    }
    if (key === FILE_SYSTEM_TYPE) return [replacement(text, part, parts, added)];
    return key === NESTED && value.kind === 'map' ? lift(text, part, value) : [];
  });
}

/** Members side by side are left out, with one of the commas around them; comments stay. */
function removal(
  text: string,
  gone: readonly Part[],
  before: Part | undefined,
  next: Part | undefined,
): Edit {
  const [first] = gone;
  const last = gone.at(-1);
  if (!first || !last) throw new Error('nothing to leave out');
  const at = next || !before ? first.at : before.end;
  const end = next ? next.at : last.end;
  const starts = [at, ...gone.map((part) => part.end)];
  const ends = [...gone.map((part) => part.at), end];
  for (const { entry } of gone) refuseComments(text, entry);
  const comments = starts.flatMap((start, index) => commentsIn(text, start, ends[index] ?? end));
  const line = newlineOf(text) + indentAt(text, (next ?? last).at);
  return { at, end, text: withSpace(text, at, comments.map((comment) => comment + line).join('')) };
}

/** Between a key and its value there is no place to move a comment from. */
function refuseComments(text: string, { at, key, value }: Entry): void {
  if (value.kind === 'scalar' && commentsIn(text, at, value.at).length > 0)
    throw new ManualConversionRequired(`a comment stands inside its ${key}`);
}

/** A comment needs a space before it. */
const withSpace = (text: string, at: number, comments: string): string =>
  comments === '' || /\s/.test(text[at - 1] ?? '') ? comments : ` ${comments}`;

function replacement(
  text: string,
  { entry, at, end }: Part,
  [first, second]: readonly Part[],
  added: readonly string[],
): Edit {
  refuseComments(text, entry);
  const between = first && second ? text.slice(first.end, second.at) : ', ';
  const separator = beginsLine(text, at)
    ? `,${newlineOf(text)}${indentAt(text, at)}`
    : /^, *$/.test(between)
      ? between
      : ', ';
  return { at, end, text: added.join(separator) };
}

/** Takes the braces of a member away, and its name; what it holds stays, further to the left. */
function lift(text: string, { at }: Part, nested: MapNode): Edit[] {
  const parts = partsOf(nested);
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return [];
  // A line inside braces may not begin further to the left than it does, unless its own name did.
  const lineAt = (place: number): string =>
    newlineOf(text) + indentAt(text, beginsLine(text, at) ? at : place);
  const opening = commentsIn(text, at, first.at).map((comment) => comment + lineAt(first.at));
  const closing = commentsIn(text, last.end, nested.end).map((comment) => comment + lineAt(nested.end)); // prettier-ignore
  return [
    { at, end: first.at, text: withSpace(text, at, opening.join('')) },
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
