/**
 * Rules for the bodies of the control API, as tables: each member with the values that it may have. Everything is checked,
 * because it remains in the memory of the server and in the state file.
 */

/** The requirement, as words after "must be", and whether a value meets it. */
export interface Rule {
  must: string;
  holds: (value: unknown) => boolean;
}

/** A rule for every member, required or not. */
export type Members<T> = Readonly<Record<keyof T, Rule>>;

type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const integer = (least: number, most: number): Rule => ({
  must: `an integer from ${least} to ${most}`,
  holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});

export const number = (least: number, most: number): Rule => ({
  must: `a number from ${least} to ${most}`,
  holds: (value) => typeof value === 'number' && value >= least && value <= most,
});

export const flag: Rule = { must: 'true or false', holds: (value) => typeof value === 'boolean' };

export const text = (longest: number): Rule => ({
  must: `text of at most ${longest} characters`,
  holds: (value) => typeof value === 'string' && value.length <= longest,
});

export const matching = (pattern: RegExp, must: string): Rule => ({
  must,
  holds: (value) => typeof value === 'string' && pattern.test(value),
});

export const oneOf = (values: readonly string[]): Rule => ({
  must: `one of ${values.join(', ')}`,
  holds: (value) => typeof value === 'string' && values.includes(value),
});

export const listOf = (item: Rule, longest: number, must: string): Rule => ({
  must,
  holds: (value) =>
    Array.isArray(value) && value.length <= longest && value.every((each) => item.holds(each)),
});

export const either = (one: Rule, other: Rule, must: string): Rule => ({
  must,
  holds: (value) => one.holds(value) || other.holds(value),
});

/** Any JSON object within the nesting limit of requests. */
export const json: Rule = {
  must: 'an object',
  holds: (value) => isObject(value) && isShallow(value),
};

/** The beginning of a message about an invalid member, and about an unknown one. */
export interface Subject {
  wrong: string;
  unknown: string;
}

/**
 * Checks an object against a table.
 *
 * @throws RangeError with one sentence about the first invalid or unknown member.
 */
export function checkMembers(
  subject: Subject,
  table: Readonly<Record<string, Rule>>,
  value: unknown,
  required: readonly string[] = [],
): void {
  if (!isObject(value)) throw new RangeError(`${subject.wrong}: it must be an object.`);
  const absent = required.find((name) => value[name] === undefined);
  if (absent !== undefined) {
    throw new RangeError(`${subject.wrong}: ${absent} must be ${table[absent]?.must ?? 'there'}.`);
  }
  for (const [name, member] of Object.entries(value)) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!rule) {
      const known = Object.keys(table).join(', ');
      throw new RangeError(`${subject.unknown} ${shown(name)}; use ${known}.`);
    }
    if (member !== undefined && !rule.holds(member)) {
      throw new RangeError(`${subject.wrong}: ${name} must be ${rule.must}.`);
    }
  }
}

/** A member's name, shortened for a message. */
const shown = (name: string): string =>
  /^[\w-]{1,60}$/.test(name) ? name : JSON.stringify(name.slice(0, 60));

/** The deepest nesting of a request. FSx's own requests have four levels. */
const DEEPEST = 50;

/** Whether the nesting of a value is within the limit. Comparing, copying and writing values are recursive. */
export function isShallow(value: unknown, deepest = DEEPEST): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    level = level.flatMap((item): unknown[] =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
  }
  return true;
}
