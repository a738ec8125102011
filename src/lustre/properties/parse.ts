/**
 * From a model as CloudFormation sends it, where every scalar may be a string, an integer a bigint and a collection a Set
 * or Map, to plain properties. Nothing else reads models.
 */
import { nameAdvice, nameRepair } from './name-advice';
import type { LustreProperties } from '../properties';
import { read, readMembers, type ReadUnknown } from './reading';
import {
  ATTRIBUTE_NAMES,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  type ObjectShape,
  type Shape,
} from './shapes';
import type { Violation } from '../violations';

const IGNORED: ReadonlySet<string> = new Set(ATTRIBUTE_NAMES);

/**
 * Turns a model into plain properties. What cannot be turned is left out of them and is a violation, as is an unknown
 * name; the type's read-only attributes are passed over. Null and undefined mean absent, and so does empty text where a
 * number or true or false is expected.
 */
export function parseProperties(
  input: Readonly<Record<string, unknown>>,
  unknown?: ReadUnknown,
): {
  properties: LustreProperties;
  violations: Violation[];
} {
  const violations: Violation[] = [];
  const reading = { violations, advice: nameAdvice, rename: nameRepair, unknown };
  const properties = readMembers(MODEL, input, '', reading, { ignored: IGNORED });
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

/** A value of one property, or of a part of one, in the form of its shape; as `read`. */
export const parseAs = (
  shape: Shape,
  value: unknown,
  path: string,
  violations: Violation[],
  unknown?: ReadUnknown,
): unknown => read(shape, value, path, { violations, advice: nameAdvice, unknown });
