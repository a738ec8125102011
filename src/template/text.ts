/** Text in a template: the identifiers of Fn::ForEach in it, dynamic references, and text that is put together. */
import { TooMuchWork } from '../lustre/explore';
import { Unknown } from '../lustre/unknown';
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
  type UnknownValue,
  type Value,
} from './values';

/** The values of the identifiers of the Fn::ForEach around a node. */
export type Bindings = ReadonlyMap<string, Value>;

/** Text with the identifiers of Fn::ForEach put in; `&{Name}` takes letters and digits only. */
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

/** No text is made that is larger than a template may be. @throws TooMuchWork */
function limitText(length: number): void {
  if (length > QUOTAS.templateBytes.most) throw new TooMuchWork();
}

/**
 * The value of a text: unknown where it holds a dynamic reference, or an identifier whose value is not known.
 * CloudFormation itself resolves dynamic references last: to a `stack` they are text.
 */
export function evaluateText(text: string, bindings: Bindings, at: number, stack?: Stack): Value {
  const bound = bind(text, bindings);
  if (!stack && bound.includes(DYNAMIC)) return unknown(bound, whyDynamic(bound), at);
  const open = [...bindings].find(([name]) => bound.includes(`\${${name}}`));
  return open?.[1].kind === 'unknown'
    ? placed(new Unknown(bound, open[1].unknown.known), at)
    : scalar(bound, at);
}

const DYNAMIC = '{{resolve:';

export const isDynamic = (text: string): boolean => text.includes(DYNAMIC);

/** Why a dynamic reference is not known. */
export const whyDynamic = (text: string): string =>
  `${dynamicReference(text) ?? 'a dynamic reference'} is resolved by CloudFormation`;

/** The first dynamic reference of a text that ends. Not a regular expression, which would look for the end from each start. */
function dynamicReference(text: string): string | undefined {
  for (let start = text.indexOf(DYNAMIC); start >= 0;) {
    const end = text.indexOf('}', start);
    if (end < 0) return undefined;
    if (text.startsWith('}}', end)) return text.slice(text.lastIndexOf(DYNAMIC, end), end + 2);
    start = text.indexOf(DYNAMIC, end);
  }
  return undefined;
}

/**
 * Text that is put together; where parts of it are not known, with those. Where an empty default is a part, it comes with the
 * text in which that part is open.
 */
export function concatenated(given: readonly (string | Value)[], at: number, stack?: Stack): Value {
  const value = joined(given, at, stack);
  if (stack || value.kind !== 'scalar' || !given.some(openOf)) return value;
  const open = joined(
    given.map((part) => openOf(part) ?? part),
    at,
  );
  return isUnknown(open) ? { ...value, open } : value;
}

/** What a part is where its empty default stands for what the caller gives; undefined where it has none. */
function openOf(part: string | Value): UnknownValue | undefined {
  if (typeof part === 'string' || part.kind !== 'scalar') return undefined;
  const { origin, open, at } = part;
  if (open || origin?.parameter === undefined || scalarText(part)?.trim() !== '') return open;
  return unknown(`\${${origin.parameter}}`, `${origin.text} is empty`, at);
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
  // Text that was put together may hold a dynamic reference.
  if (more.length === 0)
    return typeof only === 'string' ? evaluateText(only, new Map(), at, stack) : placed(only, at);
  const values = parts.map((part) =>
    typeof part === 'string' ? scalar(part, at) : placed(part, at),
  );
  const text = values.map(valueText).join('');
  const why = values.find(isUnknown)?.unknown.why ?? '';
  // What a dynamic reference stands for is not like its text.
  return unknown(text, why, at, isDynamic(text) ? {} : { key: callKey('Fn::Join', values), parts });
}

function textParts(value: string | Value): readonly (string | Unknown)[] {
  const text = typeof value === 'string' ? value : scalarText(value);
  if (text !== undefined || typeof value === 'string') return [text ?? ''];
  if (isUnknown(value)) return value.unknown.known.parts ?? [value.unknown];
  const shown = valueText(value);
  return [new Unknown(shown, { why: unknownIn(value)?.why ?? `${shown} is not text` })];
}
