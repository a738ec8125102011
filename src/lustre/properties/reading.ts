/** Converts values to the form of their shapes. */
import type { Json } from '../json';
import { meantForm } from './meant-form';
import type { Place } from './name-meaning';
import { pathOf } from '../paths';
import { expectation, type ListShape, type ObjectShape, type Shape } from './shapes';
import { LONGEST_LIST, Unknown } from '../unknown';
import type { Repair, Violation } from '../violations';
import { flowText, formatValue } from '../wording';

/** The texts that are read as a whole number, and as a number that may have a fraction. */
const INTEGER_TEXT = /^[+-]?\d+(\.0+)?$/;
const DECIMAL_TEXT = /^[+-]?\d+(\.\d+)?$/;

/** The texts that are read as true or false. */
const BOOLEAN_TEXT = /^(true|false)$/i;

/** The pattern of the texts that are read as a value of a shape; undefined for lists and objects. */
export function textPattern(shape: Shape): RegExp | undefined {
  switch (shape.type) {
    case 'integer':
      return INTEGER_TEXT;
    case 'decimal':
      return DECIMAL_TEXT;
    case 'boolean':
      return BOOLEAN_TEXT;
    case 'text':
      return shape.pattern;
    default:
      return undefined;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** The most violations of form that are reported. Each comes with a search for what was meant, which takes time. */
const MOST_VIOLATIONS = 256;

function report({ violations }: Reading, violation: () => Violation): void {
  if (violations.length < MOST_VIOLATIONS) violations.push(violation());
}

/** Marks a value that could not be converted. */
const MALFORMED = Symbol('malformed');

/** The violations found so far, and how to treat unknown names. */
export interface Reading {
  readonly violations: Violation[];
  readonly advice: (name: string, place: Place, members: Json) => string;
  /** The properties that an unknown name stands for. Absent: none. */
  readonly meant?: (name: string, place: Place) => readonly string[];
  /** The changes of members that repair an unknown name; undefined removes one. Absent: no repairs. */
  readonly repair?: (name: string, place: Place, members: Json) => Json | undefined;
  /** The value to use for an unknown one. Absent: none. */
  readonly unknown?: ReadUnknown | undefined;
}

/** Creates the repair that replaces the value being read. */
type Replace = (to: unknown) => Repair;

/** A value in the form of a shape that represents an unknown one. */
export type ReadUnknown = (unknown: Unknown, shape: Shape, path: string) => unknown;

/**
 * Converts a value to the form of its shape, and reports what cannot be converted under its path. Undefined if the value is
 * absent or malformed.
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
  report(reading, () => {
    const meant = meantIn(shape, value, path);
    const hint = meant === undefined ? '' : `; write ${flowText(meant)}`;
    return {
      rule: 'type',
      property: path,
      value,
      message: `${path} ${formatValue(value)} is not valid: expected ${meant === undefined ? expectation(shape) : shape.expected}${hint}.`,
      kind: 'contradiction',
      repairs: meant === undefined ? [] : [replace(meant)],
    };
  });
  return undefined;
}

/** For a list that is too long, only that is reported: each item could have violations and repairs of its own. */
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

/** What was probably meant by a value in the wrong form, if it has the right one. */
function meantIn(shape: Shape, value: unknown, path: string): unknown {
  const meant = meantForm(shape, value);
  if (meant === undefined) return undefined;
  const violations: Violation[] = [];
  const parsed = convert(shape, meant, path, { violations, advice: () => '' }, () => ({}));
  const isRight = parsed !== MALFORMED && !violations.some(({ rule }) => rule === 'type');
  return isRight ? meant : undefined;
}

function convert(
  shape: Shape,
  value: unknown,
  path: string,
  reading: Reading,
  replace: Replace,
): unknown {
  switch (shape.type) {
    case 'integer':
      return toNumber(value, INTEGER_TEXT, Number.isSafeInteger);
    case 'decimal':
      return toNumber(value, DECIMAL_TEXT, Number.isFinite);
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
      // A key that is not a string may fail to convert to one.
      const members = [...(value as Map<unknown, unknown>)];
      if (!members.every((member): member is [string, unknown] => typeof member[0] === 'string'))
        return MALFORMED;
      return readMembers(shape, Object.fromEntries(members), path, reading, { replace });
    }
  }
}

/** The members of an object that have a shape. The others are reported as unknown names, except those to ignore. */
export function readMembers(
  shape: ObjectShape,
  value: Readonly<Record<string, unknown>>,
  within: string,
  reading: Reading,
  { ignored = NOTHING, replace }: { ignored?: ReadonlySet<string>; replace?: Replace } = {},
): object {
  const parsed: Record<string, unknown> = {};
  const put = (changes: Json): Repair => (replace ? replace(changed(value, changes)) : changes);
  for (const [name, member] of Object.entries(value)) {
    const memberShape = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (memberShape) {
      const path = pathOf(within, name);
      const result = read(memberShape, member, path, reading, (to) => put({ [name]: to }));
      if (result !== undefined) parsed[name] = result;
    } else if (member != null && !ignored.has(name)) {
      const place = { known: Object.keys(shape.members), within };
      report(reading, () => unknownName(name, place, value, reading, put));
    }
  }
  return parsed;
}

function unknownName(
  name: string,
  place: Place,
  members: Json,
  { advice, repair, meant }: Reading,
  put: (changes: Json) => Repair,
): Violation {
  const { within } = place;
  const path = within === '' ? name : `${within}.${name}`;
  const changes = repair?.(name, place, members);
  return {
    rule: 'unknown-property',
    property: pathOf(within, name),
    value: members[name],
    message: `${formatValue(path)} is not a property of this type: ${advice(name, place, members)}`,
    kind: 'contradiction',
    ...(meant && { meant: meant(name, place) }),
    repairs: changes ? [put(changes)] : [],
  };
}

/** Members after some changes. A new one takes the place of the first that is removed. */
function changed(members: Json, changes: Json): Json {
  const added = Object.entries(changes).filter(([name]) => !Object.hasOwn(members, name));
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]): [string, unknown][] => {
      if (!Object.hasOwn(changes, name)) return [[name, value]];
      return changes[name] === undefined ? added.splice(0) : [[name, changes[name]]];
    }),
  );
}

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
  // Adding zero turns -0 into 0.
  const number = Number(value) + 0;
  return valid(number) ? number : MALFORMED;
}

function toBoolean(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return MALFORMED;
  if (value === '') return undefined;
  return BOOLEAN_TEXT.test(value) ? value.toLowerCase() === 'true' : MALFORMED;
}
