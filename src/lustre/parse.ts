/**
 * The door: a model as CloudFormation sends it, where every scalar may be a string, integers may be bigint and
 * collections may be Set or Map, becomes plain properties. Behind it there is one shape.
 */
import { nameAdvice, type Place } from './name-advice';
import type { LustreProperties } from './properties';
import {
  ATTRIBUTE_NAMES,
  expectation,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  type ObjectShape,
  type Shape,
} from './shapes';
import type { Violation } from './violations';
import { show } from './wording';

const IGNORED: ReadonlySet<string> = new Set(ATTRIBUTE_NAMES);
const NOTHING: ReadonlySet<string> = new Set();

/**
 * Turns a model into plain properties. What cannot be turned is left out of them and is a violation, as is an unknown
 * name; the type's read-only attributes are passed over. Null and undefined mean absent, and so does empty text where a
 * number or true or false is expected.
 */
export function parseProperties(input: Readonly<Record<string, unknown>>): {
  properties: LustreProperties;
  violations: Violation[];
} {
  const violations: Violation[] = [];
  const properties = parseMembers(MODEL, input, '', { violations, advice: nameAdvice }, IGNORED);
  // Unknown names come first: they often explain a property that is missing.
  violations.sort((a, b) => placeOf(a) - placeOf(b));
  return { properties, violations };
}

const PLACES = new Map<string, number>(PROPERTY_NAMES.map((name, place) => [name, place]));

/** The place of the property in the table of properties, which is the order of violations; unknown ones stand before. */
export const placeOf = ({ property }: Violation): number => PLACES.get(head(property)) ?? -1;

const MODEL: ObjectShape = { type: 'object', members: PROPERTY_SHAPES, expected: 'an object' };

/** `Tags` of `Tags[0].Key`. */
export const head = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path;

/** Marks a value that could not be turned. */
const MALFORMED = Symbol('malformed');

/** Where what cannot be turned is reported, and what is said of an unknown name. */
interface Reading {
  readonly violations: Violation[];
  readonly advice: (name: string, place: Place) => string;
}

/**
 * Turns any value into the form of its shape, reporting what cannot be turned under its path. Undefined where the value
 * is absent or malformed.
 */
export function parseAs(
  shape: Shape,
  value: unknown,
  path: string,
  violations: Violation[],
  advice: Reading['advice'] = nameAdvice,
): unknown {
  return read(shape, value, path, { violations, advice });
}

function read(shape: Shape, value: unknown, path: string, reading: Reading): unknown {
  if (value === undefined || value === null) return undefined;
  const parsed = convert(shape, value, path, reading);
  if (parsed !== MALFORMED) return parsed;
  reading.violations.push({
    rule: 'type',
    property: path,
    value,
    message: `${path} ${show(value)} is not valid: expected ${expectation(shape)}.`,
    kind: 'contradiction',
  });
  return undefined;
}

function convert(shape: Shape, value: unknown, path: string, reading: Reading): unknown {
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
      const items = [...(value as Iterable<unknown>)].map((item, index) =>
        read(shape.items, item, `${path}[${index}]`, reading),
      );
      return items.filter((item) => item !== undefined);
    }
    case 'object': {
      if (typeof value !== 'object' || value === null) return MALFORMED;
      if (Array.isArray(value) || value instanceof Set) return MALFORMED;
      const members: unknown = value instanceof Map ? Object.fromEntries(value) : value;
      return parseMembers(shape, members as Record<string, unknown>, path, reading);
    }
  }
}

function parseMembers(
  shape: ObjectShape,
  value: Readonly<Record<string, unknown>>,
  within: string,
  reading: Reading,
  ignored: ReadonlySet<string> = NOTHING,
): object {
  const parsed: Record<string, unknown> = {};
  const prefix = within === '' ? '' : `${within}.`;
  for (const [name, member] of Object.entries(value)) {
    const memberShape = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (memberShape === undefined) {
      if (member != null && !ignored.has(name)) {
        const advice = reading.advice(name, { known: Object.keys(shape.members), within });
        reading.violations.push(unknownName(prefix + name, member, advice));
      }
      continue;
    }
    const result = read(memberShape, member, prefix + name, reading);
    if (result !== undefined) parsed[name] = result;
  }
  return parsed;
}

const unknownName = (property: string, value: unknown, advice: string): Violation => ({
  rule: 'unknown-property',
  property,
  value,
  message: `${show(property)} is not a property of this type: ${advice}`,
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
