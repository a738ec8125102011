/** Converts the properties of a template to the model that the rules check, and paths of the model to offsets. */
import { pathOf, stepsOf } from '../lustre/paths';
import type { Unknown } from '../lustre/unknown';
import { scalarText, type ObjectValue, type Value } from '../template/values';
import {
  NATIVE_BESIDE,
  NATIVE_NESTED,
  NATIVE_TYPE,
  NESTED,
  type ResourceType,
} from './resource-types';

/**
 * The properties as a model of this type, without nesting, for both resource types.
 *
 * @param isAsWritten With the texts of numbers that YAML reads as other ones: 0500 instead of 320.
 */
export function modelOf(
  properties: ObjectValue,
  type: ResourceType,
  isAsWritten = false,
): Record<string, unknown> {
  const flat = type.name === NATIVE_TYPE ? flattened(properties) : properties;
  return plain(flat, isAsWritten) as Record<string, unknown>;
}

/** Moves the members of LustreConfiguration up one level. Other names of the native type are checked by `checkFileSystem`. */
function flattened(properties: ObjectValue): ObjectValue {
  const nested = properties.members.get(NESTED)?.value;
  const own = [...properties.members].filter(([name]) => isOneOf(NATIVE_BESIDE, name));
  const inside =
    nested?.kind === 'object'
      ? [...nested.members].filter(([name]) => isOneOf(NATIVE_NESTED, name))
      : [];
  return { ...properties, members: new Map([...own, ...inside]) };
}

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name);

/** A value without offsets. */
export function plain(value: Value, isAsWritten = false): unknown {
  switch (value.kind) {
    case 'scalar':
      return isAsWritten ? (value.written ?? value.value) : value.value;
    case 'list':
      return value.items.map((item) => plain(item, isAsWritten));
    case 'object':
      return Object.fromEntries(
        [...value.members].map(([name, each]) => [name, plain(each.value, isAsWritten)]),
      );
    case 'unknown':
      return value.unknown;
    case 'no value':
      return undefined;
  }
}

/** The offset of a property or member. For a missing one, that of what should contain it. */
export const offsetOf = (properties: ObjectValue, path: string): number =>
  alongPath(properties, path).at(-1)?.at ?? properties.at;

/**
 * Where a value is written, in words, if a function took it or a part of it from another place, such as a parameter;
 * undefined if it is written in place.
 */
export function originOf(
  properties: ObjectValue,
  path: string,
): { readonly at: number; readonly said: string } | undefined {
  const along = alongPath(properties, path);
  const last = along.at(-1);
  const list = along.findLast((value) => value.kind === 'list');
  const whole = (last?.kind === 'scalar' ? last.origin : undefined) ?? list?.origin;
  if (whole) return { at: whole.at, said: `The value is ${whole.text}` };
  const part = last?.kind === 'scalar' ? last.partOrigin : undefined;
  if (!part) return undefined;
  const said = part.parameter === undefined ? 'A part of the value is' : 'The value contains';
  return { at: part.at, said: `${said} ${part.text}` };
}

/** The number at a property or member as the template has it, if YAML reads it as another one: 0500 is 320. */
export function writtenAt(properties: ObjectValue, path: string): string | undefined {
  const found = alongPath(properties, path).at(-1);
  return found?.kind === 'scalar' ? found.written : undefined;
}

/** The text that is written at a property or member, outside all functions; undefined if there is none. */
export function textAt(properties: ObjectValue, path: string): string | undefined {
  const values = alongPath(properties, path);
  const found = values.at(-1);
  const isWhole = values.length === stepsOf(path).length + 1;
  return isWhole && found?.kind === 'scalar' && !found.origin ? scalarText(found) : undefined;
}

/** The values along the path to a property or member, as far as they exist. */
function alongPath(properties: ObjectValue, path: string): Value[] {
  const found: Value[] = [properties];
  for (const step of stepsOf(path)) {
    const value = found.at(-1);
    const next =
      typeof step === 'number'
        ? value?.kind === 'list' && value.items[step]
        : value?.kind === 'object' && value.members.get(step)?.value;
    if (!next) break;
    found.push(next);
  }
  return found;
}

/** A value that is unknown, or null. */
interface Missing {
  readonly path: string;
  readonly value: Unknown | 'null';
  readonly at: number;
}

/** Every value inside that is missing: unknown, or null. */
export function missingValues(value: Value): Missing[] {
  const found: Missing[] = [];
  const visit = (each: Value, path: string): void => {
    if (each.kind === 'unknown') found.push({ path, value: each.unknown, at: each.at });
    if (each.kind === 'scalar' && each.value === null)
      found.push({ path, value: 'null', at: each.at });
    if (each.kind === 'list')
      for (const [index, item] of each.items.entries()) visit(item, pathOf(path, index));
    if (each.kind === 'object')
      for (const [name, member] of each.members) visit(member.value, pathOf(path, name));
  };
  visit(value, '');
  return found;
}
