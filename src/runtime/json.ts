import { isObject, type Json } from '../lustre/json';

/** The value if it is an object, else an empty object. */
export function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The value if it is a string that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The value without null and undefined, at any depth: CloudFormation treats null as a value, and reports it as drift. A
 * bigint, which JSON cannot represent, becomes a number.
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
