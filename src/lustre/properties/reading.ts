/** From any value to the form of its shape. */
import type { Place } from './name-advice';
import { expectation, type ListShape, type ObjectShape, type Shape } from './shapes';
import { LONGEST_LIST, Unknown } from '../unknown';
import type { Repair, Violation } from '../violations';
import { formatValue } from '../wording';

const NOTHING: ReadonlySet<string> = new Set();

/** Violations of the form that are told: nobody mends more at once, and what to write instead is looked for at each. */
const MOST_VIOLATIONS = 256;

function report({ violations }: Reading, violation: () => Violation): void {
  if (violations.length < MOST_VIOLATIONS) violations.push(violation());
}

/** Marks a value that could not be turned. */
const MALFORMED = Symbol('malformed');

/** Where what cannot be turned is reported, and what is said of an unknown name. */
export interface Reading {
  readonly violations: Violation[];
  readonly advice: (name: string, place: Place) => string;
  /** What an unknown name stands for; null where it is to be left out. Nothing is repaired where absent. */
  readonly rename?: (name: string, place: Place) => string | null | undefined;
  /** What is read for a value that is not known; nothing where absent. */
  readonly unknown?: ReadUnknown | undefined;
}

/** Makes the repair that puts a value in the place of the one that is read. */
type Replace = (to: unknown) => Repair;

/** A value in the form of a shape, to stand for one that is not known. */
export type ReadUnknown = (unknown: Unknown, shape: Shape, path: string) => unknown;

/**
 * Turns any value into the form of its shape, reporting what cannot be turned under its path. Undefined where the value
 * is absent or malformed.
 */
export function read(
  shape: Shape,
  value: unknown,
  path: string,
  reading: Reading,
  replace: Replace = (to) => ({ [path]: to }),
): unknown {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Unknown) return reading.unknown?.(value, shape, path);
  if (shape.type === 'list' && Array.isArray(value) && value.length > LONGEST_LIST) {
    report(reading, () => tooLong(shape, value, path));
    return undefined;
  }
  const parsed = convert(shape, value, path, reading, replace);
  if (parsed !== MALFORMED) return parsed;
  report(reading, () => ({
    rule: 'type',
    property: path,
    value,
    message: `${path} ${formatValue(value)} is not valid: expected ${expectation(shape)}.`,
    kind: 'contradiction',
    // One text where a list of texts is expected is the only one of it.
    repairs: isOnlyItem(shape, value) ? [replace([value])] : [],
  }));
  return undefined;
}

/** Of so long a list nothing else is said: each item would be a violation of its own, with its repairs. */
const tooLong = (
  { maximum, expected }: ListShape,
  { length }: readonly unknown[],
  property: string,
): Violation => ({
  rule: 'length',
  property,
  value: length,
  message: `${property} has ${length} entries: use ${maximum === undefined ? expected : `at most ${maximum}`}.`,
  kind: 'contradiction',
});

const isOnlyItem = (shape: Shape, value: unknown): boolean =>
  shape.type === 'list' &&
  shape.items.type === 'text' &&
  typeof value === 'string' &&
  value !== '' &&
  !/[,\s]/.test(value);

function convert(
  shape: Shape,
  value: unknown,
  path: string,
  reading: Reading,
  replace: Replace,
): unknown {
  switch (shape.type) {
    case 'integer':
      return toNumber(value, /^[+-]?\d+(\.0+)?$/, Number.isSafeInteger);
    case 'decimal':
      return toNumber(value, /^[+-]?\d+(\.\d+)?$/, Number.isFinite);
    case 'boolean':
      return toBoolean(value);
    case 'text':
      return isScalar(value) ? String(value) : MALFORMED;
    case 'list': {
      if (!Array.isArray(value) && !(value instanceof Set)) return MALFORMED;
      const given = [...(value as Iterable<unknown>)];
      const items = given.map((item, index) =>
        read(shape.items, item, `${path}[${index}]`, reading, (to) =>
          replace(given.with(index, to)),
        ),
      );
      return items.filter((item) => item !== undefined);
    }
    case 'object': {
      if (typeof value !== 'object' || value === null) return MALFORMED;
      if (Array.isArray(value) || value instanceof Set) return MALFORMED;
      if (!(value instanceof Map))
        return readMembers(shape, value as Record<string, unknown>, path, reading, { replace });
      // A key that is not text may not even become text.
      const members = [...(value as Map<unknown, unknown>)];
      if (!members.every((member): member is [string, unknown] => typeof member[0] === 'string'))
        return MALFORMED;
      return readMembers(shape, Object.fromEntries(members), path, reading, { replace });
    }
  }
}

/** The members of an object that have a shape; the others are unknown names, but for those that are passed over. */
export function readMembers(
  shape: ObjectShape,
  value: Readonly<Record<string, unknown>>,
  within: string,
  reading: Reading,
  { ignored = NOTHING, replace }: { ignored?: ReadonlySet<string>; replace?: Replace } = {},
): object {
  const parsed: Record<string, unknown> = {};
  const prefix = within === '' ? '' : `${within}.`;
  /** Puts a name and a value in the place of a name; no name where it is left out. */
  const put = (name: string, to: string | null, member?: unknown): Repair => {
    if (!replace) return { [name]: undefined, ...(to !== null && { [to]: member }) };
    const members = Object.entries(value).flatMap(([each, other]): [string, unknown][] =>
      each !== name ? [[each, other]] : to === null ? [] : [[to, member]],
    );
    return replace(Object.fromEntries(members));
  };
  for (const [name, member] of Object.entries(value)) {
    const memberShape = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (memberShape === undefined) {
      if (member != null && !ignored.has(name)) {
        report(reading, () => {
          const place = { known: Object.keys(shape.members), within };
          const renamed = reading.rename?.(name, place);
          const isRepaired = renamed !== undefined && (renamed === null || value[renamed] == null);
          return {
            ...unknownName(prefix + name, member, reading.advice(name, place)),
            repairs: isRepaired ? [put(name, renamed, member)] : [],
          };
        });
      }
      continue;
    }
    const result = read(memberShape, member, prefix + name, reading, (to) => put(name, name, to));
    if (result !== undefined) parsed[name] = result;
  }
  return parsed;
}

const unknownName = (property: string, value: unknown, advice: string): Violation => ({
  rule: 'unknown-property',
  property,
  value,
  message: `${formatValue(property)} is not a property of this type: ${advice}`,
  kind: 'contradiction',
});

function isScalar(value: unknown): value is string | number | bigint | boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

function toNumber(value: unknown, form: RegExp, valid: (value: number) => boolean): unknown {
  if (value === '') return undefined;
  if (typeof value === 'string' && !form.test(value)) return MALFORMED;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
    return MALFORMED;
  }
  // Adding zero makes -0 a plain 0.
  const number = Number(value) + 0;
  return valid(number) ? number : MALFORMED;
}

function toBoolean(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return MALFORMED;
  if (value === '') return undefined;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : MALFORMED;
}
