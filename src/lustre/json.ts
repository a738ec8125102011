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

/** The text of JSON that another tool has written, without a byte order mark. PowerShell redirects output in UTF-16. */
export function jsonText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isBig = first === 0xfe && second === 0xff;
  const isLittle = first === 0xff && second === 0xfe;
  return new TextDecoder(isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8').decode(bytes);
}
