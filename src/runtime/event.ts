/** Copies events, so that nothing in them can throw or change later. */

/** The largest payload of a Lambda invocation. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_CHARACTERS = 6 * 1024 * 1024;

/** Deeper than any model of this type, and shallow enough for recursive functions. */
const MAX_DEPTH = 100;

/** An event that cannot be used. The message says why, and contains nothing of the event. */
export class UnusableEvent extends Error {
  override readonly name = 'UnusableEvent';
}

/**
 * A copy of an event, made of plain objects, lists and scalars.
 *
 * @throws UnusableEvent if it is larger than Lambda allows, nested too deeply, or cannot be read.
 */
export function copyEvent(event: unknown): unknown {
  let left = MOST_CHARACTERS;
  const copied = (value: unknown, depth: number, within?: string): unknown => {
    left -= typeof value === 'string' ? value.length : 1;
    if (left < 0) throw new UnusableEvent('it is larger than 6 MB');
    if (typeof value !== 'object' || value === null) return value;
    // The callback contexts that this type writes are shallow. Deeper parts are not its own, and are dropped.
    if (depth > MAX_DEPTH && within === 'callbackContext') return undefined;
    if (depth > MAX_DEPTH) throw new UnusableEvent('it is nested too deeply');
    if (Array.isArray(value)) return value.map((item) => copied(item, depth + 1, within));
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]: [string, unknown]) => {
        left -= name.length;
        return [name, copied(member, depth + 1, within ?? name)];
      }),
    );
  };
  try {
    return copied(event, 0);
  } catch (error) {
    // A message that a getter throws may contain anything.
    throw error instanceof UnusableEvent ? error : new UnusableEvent('it cannot be read');
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
