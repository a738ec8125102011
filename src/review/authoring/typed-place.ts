/** Where a word is being typed: the word, its path in the template, and the style to write in. */
import type { Step } from '../../lustre/paths';
import { lineEnd, lineStart } from '../../template/lines';
import type { ListNode, MapNode, Node } from '../../template/node';
import { readDraft, Unreadable, type DraftTree } from '../../template/source-tree';
import { isFlow } from '../conversion/source-text';
import { NESTED } from '../resource-types';
import { shapeAt } from './valid-values';

/** Replaces the typed word, so that it can be found in the parsed text. */
const MARK = 'PangeaLustreTypedHere';

/**
 * The word being typed at an offset. Undefined if the text cannot be parsed, the offset is inside a quoted text or a comment,
 * or no word can stand there. The tree is that of the text without the word.
 */
export function typedPlaceAt(
  text: string,
  offset: number,
): { tree: DraftTree; place: TypedPlace; typed: Typed; writing: Writing } | undefined {
  const typed = wordAt(text, offset);
  if (isBeforeComment(text, typed) || isBeforeValue(text, typed)) return undefined;
  const marked = draftOrNone(withMark(text, typed));
  const place = marked && placeOf(marked.root, []);
  if (!place) return undefined;
  const writing = writingAt(text, typed, place);
  if (marked.problem && isWhole(text, writing)) return undefined;
  const tree = { ...marked, root: withoutMark(marked.root) };
  return { tree, place, typed, writing };
}

/** Whether the offset is in the indentation of a comment. */
const isBeforeComment = (text: string, { at, end }: Typed): boolean =>
  at === end && /(^|[\r\n])[ \t]*$/.test(text.slice(0, at)) && /^[ \t]*#/.test(text.slice(end));

/** Whether the value that could be typed here is there already. In JSON, where it would be read as a key. */
const isBeforeValue = (text: string, { at, end }: Typed): boolean =>
  looksLikeJson(text) &&
  text.slice(0, at).trimEnd().endsWith(':') &&
  /^\s*([{[\w-]|"(?:[^"\\]|\\.)*"(?!\s*:))/.test(text.slice(end));

/** Whether a text has no syntax error without the word. If it has one with any word, none can stand there. */
function isWhole(text: string, { at, end }: Writing): boolean {
  const draft = draftOrNone(text.slice(0, at) + text.slice(end));
  return draft !== undefined && draft.problem === undefined;
}

/** The text with the mark instead of the word, completed so that YAML reads it as intended: with a closing quote or a colon. */
function withMark(text: string, { at, end }: Typed): string {
  const quote = quoteBefore(text, at);
  const isClosed = quote !== '' && text[end] === quote;
  const [before, after] = [text.slice(0, at), text.slice(isClosed ? end + 1 : end)];
  // YAML would take a word alone on its line for a text, which continues on the next line if it has no quotes.
  const isAlone = ALONE.test(before) && /^[ \t]*([\r\n]|$)/.test(after) && !looksLikeJson(text);
  const marked = `${MARK}${quote}${isAlone ? ':' : ''}`;
  if (!looksLikeJson(text)) return `${before}${marked}${after}`;
  const opened = at - quote.length;
  const comma = lacksComma(text, opened) ? ',' : '';
  return `${text.slice(0, opened)}${comma}${quote}${marked}${separatorBefore(after)}${after}`;
}

/** The beginning of a line, up to the word that stands alone on it. */
const ALONE = /(^|[\r\n])[ \t-]*["']?$/;

/** Whether a text is meant as JSON. It may be incomplete. */
const looksLikeJson = (text: string): boolean => /^\s*\{\s*"/.test(text);

/** The opening quote before a word, if there is one. */
const quoteBefore = (text: string, at: number): string =>
  /["']/.exec(text[at - 1] ?? '')?.[0] ?? '';

interface Typed {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

const WORD = /[\w./@+-]+(?::[\w./@+-]+)*/g;

/** The word around an offset; empty if there is none. */
function wordAt(text: string, offset: number): Typed {
  const from = lineStart(text, offset);
  const line = text.slice(from, lineEnd(text, offset));
  for (const { index, 0: word } of line.matchAll(WORD)) {
    const at = from + index;
    if (at <= offset && offset <= at + word.length && !/^-+$/.test(word))
      return { at, end: at + word.length, text: word };
  }
  return { at: offset, end: offset, text: '' };
}

function draftOrNone(text: string): DraftTree | undefined {
  try {
    return readDraft(text);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The position of the mark. */
export interface TypedPlace {
  readonly steps: readonly Step[];
  /** Whether a key is being typed, and not a value. */
  readonly isKey: boolean;
  /** The map that the key is added to, if it exists already. */
  readonly map?: MapNode;
  /** The value that the key has already: what is indented below it. */
  readonly value?: Node;
  /** The map or list that the value is in. */
  readonly holder?: MapNode | ListNode;
}

const isNull = (node: Node): boolean => node.kind === 'scalar' && node.value === null;

const isMark = (node: Node): boolean => node.kind === 'scalar' && node.value === MARK;

function placeOf(
  node: Node,
  steps: readonly Step[],
  holder?: MapNode | ListNode,
): TypedPlace | undefined {
  if (isMark(node)) return { steps, isKey: isObjectPlace(steps), ...(holder && { holder }) };
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) {
      const found = placeOf(item, [...steps, index], node);
      if (found) return found;
    }
    return undefined;
  }
  if (node.kind !== 'map') return undefined;
  for (const each of node.entries) {
    if (each.merged) continue;
    if (each.key === MARK)
      return { steps, isKey: true, map: node, ...(!isNull(each.value) && { value: each.value }) };
    const found = placeOf(each.value, [...steps, each.key], node);
    if (found) return found;
  }
  return undefined;
}

/** Whether keys belong at the position, although there is only a word so far: `Properties:` with a word on the next line. */
function isObjectPlace([first, logicalId, section, ...steps]: readonly Step[]): boolean {
  if (first !== 'Resources' || logicalId === undefined) return true;
  if (section !== 'Properties') return false;
  return (
    steps.length === 0 ||
    steps.at(-1) === NESTED ||
    shapeAt(withoutNested(steps))?.type === 'object'
  );
}

const withoutNested = (steps: readonly Step[]): readonly Step[] =>
  steps[0] === NESTED ? steps.slice(1) : steps;

/** How to write what is inserted. */
export interface Writing {
  readonly at: number;
  readonly end: number;
  readonly json: boolean;
  /** Flow style: in braces, with commas. */
  readonly flow: boolean;
  /** The quotes around the word. */
  readonly quote: string;
  /** Whether a colon already follows. */
  readonly isFollowed: boolean;
  /** Whether a key is written where the object that it belongs to is missing: `LogConfiguration: ` with a word on its line. */
  readonly needsObject: boolean;
  /** A comma if one is missing before the next member. */
  readonly separator: '' | ',';
  /** The end of the member before, if a comma is missing there. In JSON only. */
  readonly commaAt?: number;
}

function writingAt(text: string, { at, end }: Typed, place: TypedPlace): Writing {
  const quote = quoteBefore(text, at);
  const isClosed = quote !== '' && text[end] === quote;
  const json = looksLikeJson(text);
  const [from, to] = [at - quote.length, end + (isClosed ? 1 : 0)];
  const around = place.map ?? place.holder;
  const flow = json || (around !== undefined && isFlow(text, around));
  return {
    at: from,
    end: to,
    json,
    flow,
    quote,
    isFollowed: /^[ \t]*:/.test(text.slice(to)),
    needsObject: place.isKey && !place.map && place.holder !== undefined,
    separator: flow ? separatorBefore(text.slice(to)) : '',
    ...(json && lacksComma(text, from) && { commaAt: text.slice(0, from).trimEnd().length }),
  };
}

/** A comma if the rest of a text in flow style begins with another member. */
const separatorBefore = (rest: string): '' | ',' => (/^\s*[^\s,:}\]#]/.test(rest) ? ',' : '');

/** Whether a member ends before an offset without a comma. */
const lacksComma = (text: string, at: number): boolean => /[^\s{[,:]\s*$/.test(text.slice(0, at));

/** The template before the word was typed. */
function withoutMark(node: Node): Node {
  if (node.kind === 'list')
    return { ...node, items: node.items.filter((item) => !isMark(item)).map(withoutMark) };
  if (node.kind !== 'map') return node;
  const entries = node.entries.filter(({ key, value }) => key !== MARK && !isMark(value));
  return { ...node, entries: entries.map((each) => ({ ...each, value: withoutMark(each.value) })) };
}
