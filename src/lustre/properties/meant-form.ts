/** Guesses of the value that the author of one in the wrong form meant: `1200GiB`, `"yes"`, `a,b` for a list, tags as a map. */
import type { Shape, TextShape } from './shapes';
import { isKnownObject, Unknown } from '../unknown';

/** The value in the form of a shape; undefined without a plausible guess. A guess is not always valid. */
export function meantForm(shape: Shape, value: unknown): unknown {
  const [only, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
  if (shape.type !== 'list' && Array.isArray(value))
    return others.length === 0 ? onlyItem(shape, only) : undefined;
  switch (shape.type) {
    case 'integer':
      return typeof value === 'string' ? meantNumber(value, shape.expected) : undefined;
    case 'boolean':
      return WORDS.get(String(value).trim().toLowerCase());
    case 'list':
      if (shape.items.type !== 'text') return meantTags(value);
      return meantItems(value, shape.items, shape.single ? 1 : Infinity);
    default:
      return undefined;
  }
}

/** The only item of a list, if it may be what is expected instead of the list. */
function onlyItem(shape: Shape, value: unknown): unknown {
  if (shape.type === 'object') return isKnownObject(value) ? value : undefined;
  if (shape.type === 'integer') return typeof value === 'number' ? value : undefined;
  return typeof value === 'string' && shape.type === 'text' ? valid(shape, value) : undefined;
}

/** A text if it is valid for a shape, or else the valid one that was meant. */
const valid = ({ values, pattern, meant }: TextShape, value: string): string | undefined =>
  (values?.includes(value) ?? true) && (pattern?.test(value) ?? true) ? value : meant?.(value);

const WORDS = new Map([
  ...['true', 'yes', 'on', '1', 'enabled'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0', 'disabled'].map((word) => [word, false] as const),
]);

/** What the units that are written after a number stand for, by the unit in the words of the shape. A TiB is 1000 GiB to FSx. */
const UNITS: readonly (readonly [unit: string, factors: Readonly<Record<string, number>>])[] = [
  ['(GiB)', { '': 1, g: 1, gb: 1, gib: 1, gi: 1, t: 1000, tb: 1000, tib: 1000, ti: 1000 }],
  ['(MiB)', { '': 1, m: 1, mb: 1, mib: 1, mi: 1, g: 1024, gb: 1024, gib: 1024, gi: 1024 }],
  ['(MB/s', { '': 1, mb: 1, 'mb/s': 1, 'mb/s/tib': 1, 'gb/s': 1000 }],
  ['(days)', { '': 1, d: 1, day: 1, days: 1 }],
  ['(operations', { '': 1, iops: 1, k: 1000 }],
];

/** A unit as the table has it. In lower case, `bps` is taken for bits per second. */
const unitOf = (unit: string): string =>
  /[MG]b/.test(unit) ? unit : unit.replace(/Bps$/, 'B/s').toLowerCase();

function meantNumber(value: string, expected: string): number | undefined {
  const form = /^\s*(\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,6})?)\s*([a-z/]{0,12})\s*$/i;
  const [, digits = '', unit = ''] = form.exec(value) ?? [];
  const [, factors] = UNITS.find(([of]) => expected.includes(of)) ?? [];
  const factor = factors && Object.entries(factors).find(([name]) => name === unitOf(unit))?.[1];
  if (digits === '' || factor === undefined) return undefined;
  const number = Math.round(Number(digits.replaceAll(',', '')) * factor * 1e6) / 1e6;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The items of a text that separates them by commas or spaces, or is a list in JSON. Undefined if they are not valid. */
function meantItems(value: unknown, item: TextShape, most: number): string[] | undefined {
  if (typeof value !== 'string' || value.length > 4096) return undefined;
  const inner = /^\s*\[(.*)\]\s*$/s.exec(value)?.[1];
  const texts = [inner, value].map((text) => itemsOf(text ?? '').map((one) => valid(item, one)));
  return texts.find(
    (each): each is string[] =>
      each.length > 0 && each.length <= most && each.every((one) => one !== undefined),
  );
}

const itemsOf = (text: string): string[] =>
  text
    .split(/[,\s]+/)
    .map((item) => item.replace(/^(["'])(.*)\1$/, '$2'))
    .filter((item) => item !== '');

/** A list of Key and Value from one tag, from a map of keys and values, or from texts such as `key=value`. */
function meantTags(value: unknown): object[] | undefined {
  if (typeof value === 'string') return tagsInText(value);
  if (!isKnownObject(value)) return undefined;
  const members = Object.entries(value);
  if ('Key' in value || 'key' in value)
    return [Object.fromEntries(members.map(([name, each]) => [TAG_NAMES.get(name) ?? name, each]))];
  const isText = (each: unknown): boolean => typeof each !== 'object' || each instanceof Unknown;
  if (members.length === 0 || !members.every(([, each]) => isText(each))) return undefined;
  return members.map(([Key, Value]) => ({ Key, Value }));
}

const TAG_NAMES = new Map([
  ['key', 'Key'],
  ['value', 'Value'],
]);

/** Tags from `name=value,name=value`, or one from `Key=name,Value=value`, as the AWS CLI takes it. */
function tagsInText(text: string): object[] | undefined {
  const pairs = text.split(',').map((pair) => /^\s*([^=\s][^=]{0,127})=([^=]{0,256})$/.exec(pair));
  if (!pairs.every((pair) => pair !== null)) return undefined;
  const tags = pairs.map(([, Key = '', Value = '']) => ({ Key: Key.trim(), Value: Value.trim() }));
  const names = tags.map(({ Key }) => Key.toLowerCase());
  if (!names.some((name) => TAG_NAMES.has(name))) return tags;
  const [key, value] = tags.map(({ Value }) => Value);
  return String(names) === 'key,value' ? [{ Key: key, Value: value }] : undefined;
}
