/**
 * Parses a model as CloudFormation sends it, in which every scalar may be a string, an integer a bigint and a collection a
 * Set or Map, into plain properties. Nothing else reads models.
 */
import { nameAdvice } from './name-advice';
import { namesMeant } from './name-meaning';
import { nameRepair } from './name-repair';
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
 * Parses a model into plain properties. A value that cannot be parsed is omitted and reported as a violation, as is an
 * unknown name. The type's read-only properties are ignored. Null and undefined mean absent, and so does an empty string
 * where a number or a boolean is expected.
 */
export function parseProperties(
  input: Readonly<Record<string, unknown>>,
  unknown?: ReadUnknown,
): {
  properties: LustreProperties;
  violations: Violation[];
} {
  const violations: Violation[] = [];
  const reading = {
    violations,
    advice: nameAdvice,
    meant: namesMeant,
    repair: nameRepair,
    unknown,
  };
  const properties = readMembers(MODEL, input, '', reading, { ignored: IGNORED });
  // Unknown names come first: they often explain why a property is missing.
  violations.sort((a, b) => placeOf(a) - placeOf(b));
  return { properties, violations };
}

const PLACES = new Map<string, number>(PROPERTY_NAMES.map((name, place) => [name, place]));

/** The index of a property in `PROPERTY_NAMES`, which is the order of violations. Unknown names have -1. */
export const placeOf = ({ property }: Violation): number => PLACES.get(head(property)) ?? -1;

const MODEL: ObjectShape = { type: 'object', members: PROPERTY_SHAPES, expected: 'an object' };

/** The property of a path: `Tags` of `Tags[0].Key`. */
export const head = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path;

/** The properties that a violation is about: its own, and those that an unknown name stands for or gives its value to. */
export const headsOf = ({ property, rule, meant = [], repairs = [] }: Violation): string[] => [
  head(property),
  ...meant,
  ...(rule === 'unknown-property' ? repairs : []).flatMap((repair) =>
    Object.keys(repair).filter((name) => repair[name] !== undefined),
  ),
];

/** Parses a value of one property, or of a part of one, by its shape; see `read`. */
export const parseAs = (
  shape: Shape,
  value: unknown,
  path: string,
  violations: Violation[],
  unknown?: ReadUnknown,
): unknown => read(shape, value, path, { violations, advice: nameAdvice, unknown });
