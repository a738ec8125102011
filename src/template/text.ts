/** Text in a template: identifiers of Fn::ForEach, dynamic references, and composed text. */
import { TooMuchWork } from '../lustre/explore';
import { Unknown, type Knowledge } from '../lustre/unknown';
import type { Stack } from './stack';
import { QUOTAS } from './limits';
import {
  callKey,
  isUnknown,
  scalar,
  scalarText,
  unknown,
  placed,
  unknownIn,
  valueText,
  type Origin,
  type UnknownValue,
  type Value,
} from './values';

/** The values of the identifiers of the Fn::ForEach around a node. */
export type Bindings = ReadonlyMap<string, Value>;

/** Replaces the identifiers of Fn::ForEach in a text. `&{Name}` allows letters and digits only. */
export function bind(text: string, bindings: Bindings): string {
  if (bindings.size === 0 || !text.includes('{')) return text;
  let length = text.length;
  return text.replace(/([$&])\{([^{}!]+)\}/g, (whole, sign: string, name: string) => {
    const value = scalarText(bindings.get(name) ?? scalar(null, 0));
    if (value === undefined) return whole;
    length += value.length;
    limitText(length);
    return sign === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}

/** A composed text must not be larger than a template may be. @throws TooMuchWork */
function limitText(length: number): void {
  if (length > QUOTAS.templateBytes.most) throw new TooMuchWork();
}

/**
 * The value of a text. It is unknown if the text contains a dynamic reference, or an identifier with an unknown value.
 * CloudFormation resolves dynamic references last, so for a `stack` they are ordinary text.
 */
export function evaluateText(text: string, bindings: Bindings, at: number, stack?: Stack): Value {
  const bound = bind(text, bindings);
  if (!stack && isDynamic(bound))
    return unknown(bound, whyDynamic(bound), at, aroundDynamic(bound));
  if (bindings.size === 0) return scalar(bound, at);
  const open = [...bindings].find(([name]) => bound.includes(`\${${name}}`));
  return open?.[1].kind === 'unknown'
    ? placed(new Unknown(bound, open[1].unknown.known), at)
    : scalar(bound, at);
}

const DYNAMIC = '{{resolve:';

/** Whether a text contains a dynamic reference. */
export const isDynamic = (text: string): boolean => text.includes(DYNAMIC);

/** Why a dynamic reference is unknown. */
export const whyDynamic = (text: string): string =>
  `${dynamicReference(text) ?? 'a dynamic reference'} is resolved by CloudFormation`;

/** The first complete dynamic reference of a text. A regular expression would search for the end from each start. */
function dynamicReference(text: string): string | undefined {
  for (let start = text.indexOf(DYNAMIC); start >= 0;) {
    const end = text.indexOf('}', start);
    if (end < 0) return undefined;
    if (text.startsWith('}}', end)) return text.slice(text.lastIndexOf(DYNAMIC, end), end + 2);
    start = text.indexOf(DYNAMIC, end);
  }
  return undefined;
}

/** The texts around the dynamic references of a text, and these as unknown values. One that is not complete goes to the end. */
function aroundDynamic(text: string): Knowledge {
  const parts: (string | Unknown)[] = [];
  let end = 0;
  for (let start = text.indexOf(DYNAMIC); start >= 0; start = text.indexOf(DYNAMIC, end)) {
    const close = text.indexOf('}}', start);
    if (start > end) parts.push(text.slice(end, start));
    end = close < 0 ? text.length : close + 2;
    parts.push(new Unknown(text.slice(start, end)));
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts.length > 1 ? { parts } : {};
}

/**
 * A composed text, with its unknown parts. If a part is the default of a parameter, the result also has the text in which
 * that part is unknown.
 */
export function concatenated(given: readonly (string | Value)[], at: number, stack?: Stack): Value {
  const composed = joined(given, at, stack);
  if (stack || composed.kind !== 'scalar') return composed;
  const partOrigin = given.flatMap((part) => originOf(part) ?? []).at(0);
  const value = partOrigin ? { ...composed, partOrigin } : composed;
  const opened = given.map(openOf);
  if (opened.every((each) => each === undefined)) return value;
  const open = joined(
    given.map((part, index) => opened[index] ?? part),
    at,
  );
  if (!isUnknown(open)) return value;
  return given.some(isIncomplete) ? { ...value, open, isIncomplete: true } : { ...value, open };
}

/** Where a part of a text is written, if that is another place. */
function originOf(part: string | Value): Origin | undefined {
  if (typeof part === 'string' || part.kind !== 'scalar' || part.value === '') return undefined;
  return part.origin ?? part.partOrigin;
}

/** The unknown value that a default stands for where the caller provides it; undefined if the part has none. */
function openOf(part: string | Value): UnknownValue | undefined {
  if (typeof part === 'string' || part.kind !== 'scalar') return undefined;
  const { origin, open, at } = part;
  if (open || origin?.parameter === undefined) return open;
  return unknown(`\${${origin.parameter}}`, whyOpen(origin, valueText(part)), at);
}

/** Why the default of a parameter counts as unknown. */
export const whyOpen = ({ text }: Origin, given: string): string =>
  given.trim() === '' ? `${text} is empty` : `${text}, ${given}, is a placeholder`;

/** Whether a part is an empty default, or contains one. */
function isIncomplete(part: string | Value): boolean {
  if (typeof part === 'string' || part.kind !== 'scalar') return false;
  if (part.open) return part.isIncomplete ?? false;
  return part.origin?.parameter !== undefined && scalarText(part)?.trim() === '';
}

function joined(given: readonly (string | Value)[], at: number, stack?: Stack): Value {
  const parts: (string | Unknown)[] = [];
  let length = 0;
  for (const part of given.flatMap(textParts)) {
    length += typeof part === 'string' ? part.length : part.text.length + part.key.length;
    limitText(length);
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  const [only = '', ...more] = parts;
  // A composed text may contain a dynamic reference.
  if (more.length === 0)
    return typeof only === 'string' ? evaluateText(only, new Map(), at, stack) : placed(only, at);
  const values = parts.map((part) =>
    typeof part === 'string' ? scalar(part, at) : placed(part, at),
  );
  const text = values.map(valueText).join('');
  const cause = values.find(isUnknown)?.unknown;
  const why = cause?.why ?? '';
  const refused = cause?.known.refused;
  // A part of a dynamic reference is no part of its value.
  const known = isDynamic(text)
    ? { parts: beforeDynamic(parts) }
    : { key: callKey('Fn::Join', values), parts, refused };
  return unknown(text, why, at, known);
}

/** The parts before the first dynamic reference, and what follows as one unknown value. */
function beforeDynamic(parts: readonly (string | Unknown)[]): (string | Unknown)[] {
  const first = parts.findIndex((part) => typeof part === 'string' && isDynamic(part));
  const part = parts[first];
  if (typeof part !== 'string') return [new Unknown('a dynamic reference')];
  const before = part.slice(0, part.indexOf(DYNAMIC));
  return [...parts.slice(0, first), ...(before === '' ? [] : [before]), new Unknown('a dynamic reference')]; // oxfmt-ignore
}

function textParts(value: string | Value): readonly (string | Unknown)[] {
  const text = typeof value === 'string' ? value : scalarText(value);
  if (text !== undefined || typeof value === 'string') return [text ?? ''];
  if (isUnknown(value)) return value.unknown.known.parts ?? [value.unknown];
  const shown = valueText(value);
  return [new Unknown(shown, { why: unknownIn(value)?.why ?? `${shown} is not text` })];
}
