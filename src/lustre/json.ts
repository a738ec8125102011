/** A JSON object with unknown members. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object and not a list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object without the members with these names. */
export function without<T extends object>(members: T, names: Iterable<string>): Partial<T> {
  const left = new Set(names);
  return Object.fromEntries(
    Object.entries(members).filter(([name]) => !left.has(name)),
  ) as Partial<T>;
}

/** The members of an object that are not undefined. */
export const defined = <T extends object>(members: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Defined<T>;

type Defined<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };
