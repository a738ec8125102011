/** A JSON object with unknown members. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object and not a list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
