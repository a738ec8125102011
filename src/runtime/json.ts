import { isObject, type Json } from '../lustre/json';

/** The value when it is an object, and an empty one otherwise. */
export function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The value when it is text with something in it. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The same without null and undefined, at any depth: CloudFormation takes a null for a value, and calls it drift. A bigint,
 * which JSON cannot hold, becomes a number.
 */
export function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isGiven).map(given);
  if (typeof value === 'bigint') return Number(value);
  if (!isObject(value) || typeof value.toJSON === 'function') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => isGiven(member))
      .map(([name, member]) => [name, given(member)]),
  );
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
