/** The form of every value, for all deployment types: allowed values, patterns, lengths, ranges, required members. */
import {
  expectation,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  type Shape,
  type TextShape,
} from '../properties/shapes';
import { pathOf } from '../paths';
import type { Refuse, Rule } from './context';
import type { Repair } from '../violations';
import { allClosest, formatValue, joinWithOr, lengthOf, LONGEST_NEAR } from '../wording';

/** One rule for each property. */
export const formats: readonly Rule[] = PROPERTY_NAMES.map((name) => ({ properties }, refuse) => {
  const value = properties[name];
  if (value === undefined) return;
  checkShape(PROPERTY_SHAPES[name], value, name, (to) => ({ [name]: to }), refuse);
});

/** Creates the repair that replaces the checked value. */
type Replace = (to: unknown) => Repair;

/** Checks a parsed value and its members against a shape. */
export function checkShape(
  shape: Shape,
  value: unknown,
  path: string,
  replace: Replace,
  refuse: Refuse,
) {
  switch (shape.type) {
    case 'integer':
    case 'decimal':
      if (shape.type === 'integer' && shape.tabled) return;
      checkRange(shape, value as number, path, replace, refuse);
      return;
    case 'text':
      checkText(shape, value as string, path, replace, refuse);
      return;
    case 'list': {
      const items = value as readonly unknown[];
      if (shape.maximum !== undefined && items.length > shape.maximum) {
        refuse({
          rule: 'length',
          property: path,
          value: items.length,
          // The author must choose which of them to remove.
          message: `${path} has ${items.length} entries: use at most ${shape.maximum}.`,
        });
      }
      items.forEach((item, index) => {
        const put: Replace = (to) => replace(items.with(index, to));
        checkShape(shape.items, item, `${path}[${index}]`, put, refuse);
      });
      return;
    }
    case 'object': {
      const members = value as Readonly<Record<string, unknown>>;
      for (const [name, member] of Object.entries(shape.members)) {
        const memberPath = pathOf(path, name);
        if (members[name] !== undefined) {
          const put: Replace = (to) => replace({ ...members, [name]: to });
          checkShape(member, members[name], memberPath, put, refuse);
        } else if (shape.required?.includes(name)) {
          refuse({
            rule: 'required',
            property: memberPath,
            message: `${memberPath} is required: use ${expectation(member)}.`,
          });
        }
      }
      return;
    }
    case 'boolean':
  }
}

function checkRange(
  { minimum, maximum, expected }: { minimum: number; maximum: number; expected: string },
  value: number,
  path: string,
  replace: Replace,
  refuse: Refuse,
): void {
  if (value >= minimum && value <= maximum) return;
  const limit = value < minimum ? minimum : maximum;
  refuse({
    rule: 'range',
    property: path,
    value,
    message: `${path} ${formatValue(value)} is not valid: use ${expected} from ${minimum} to ${maximum}, nearest ${limit}.`,
    // AWS has raised maximums before, but no documented minimum has been lowered.
    kind: value < minimum ? 'contradiction' : 'table',
    repairs: [replace(limit)],
  });
}

function checkText(
  shape: TextShape,
  value: string,
  path: string,
  replace: Replace,
  refuse: Refuse,
): void {
  if (matches(shape, value)) return;
  const near = nearValues(value, shape.values ?? []);
  const time = sexagesimal(shape, value);
  // A user ID may be meant as well as a pair of IDs that YAML took for a number.
  const quoted = shape.meant ? time : undefined;
  const meant = meantBy(shape, value);
  const instead = meant ?? shape.written?.(value);
  const ending =
    near.length > 0
      ? `; did you mean ${joinWithOr(near)}?`
      : time !== undefined
        ? inQuotes(quoted ?? '1:1', meant, value)
        : instead === undefined
          ? '.'
          : `; write ${instead}.`;
  const given = value === '' ? 'is empty' : `${formatValue(value)} is not valid`;
  const use = isTooLong(shape, value)
    ? `at most ${shape.length?.[1] ?? 0} characters`
    : instead === undefined
      ? expectation(shape)
      : shape.expected;
  // There is no repair if several values are equally near, or if there is only an example, which is not the user's value.
  const choices = near.length > 0 ? near : (shape.values ?? []);
  refuse({
    rule: 'format',
    property: path,
    value,
    message: `${path} ${given}: use ${use}${ending}`,
    repairs: [...[quoted ?? [], meant ?? []].flat(), ...choices].map(replace),
  });
}

/** Advice for a number that YAML may have read from a time, or whose digits may be the time that is meant. */
const inQuotes = (time: string, digits: string | undefined, value: string): string =>
  digits === undefined
    ? `; write it in quotes, because YAML reads ${time.replace(/^0/, '')} as a number.`
    : `; write ${joinWithOr([time, digits])} in quotes, because YAML reads ${time.replace(/^0/, '')} as ${value}.`;

/** The values that are most similar to a text, or to its end, as in `LustreDeploymentType.SCRATCH_2`, or that have it as a part. */
function nearValues(text: string, values: readonly string[]): readonly string[] {
  const value = text.slice(text.lastIndexOf('.') + 1);
  const near = allClosest(value, values);
  if (near.length > 0 || value.length < 4 || value.length > LONGEST_NEAR) return near;
  const part = value.toUpperCase();
  return values.filter((each) => `_${each}_`.includes(`_${part}_`) || each.startsWith(part));
}

/** The valid text that was probably meant. Undefined for a text that is much longer than any valid one. */
export function meantBy(shape: TextShape, value: string): string | undefined {
  if (value.length > (shape.length?.[1] ?? 0) + 64) return undefined;
  const meant = shape.meant?.(value);
  return meant !== undefined && matches(shape, meant) ? meant : undefined;
}

/** Whether a text has the form of a shape. */
export function matches({ values, pattern, length }: TextShape, value: string): boolean {
  // The length is checked first, so that no pattern runs on a text longer than it is made for.
  if (length && !isWithin(length, value)) return false;
  return (values?.includes(value) ?? true) && (pattern?.test(value) ?? true);
}

/** Whether only the length of a text is wrong. */
const isTooLong = ({ length, pattern }: TextShape, value: string): boolean =>
  length !== undefined && lengthOf(value) > length[1] && (pattern?.test(value) ?? true);

function isWithin([fewest, most]: readonly [number, number], value: string): boolean {
  if (value.length < fewest) return false;
  // A text never has more characters than code units, so most texts need no counting.
  if (value.length <= most && fewest <= 1) return true;
  const characters = lengthOf(value);
  return characters >= fewest && characters <= most;
}

/** The text before YAML 1.1 read it as a number of base 60, as it does with an unquoted 6:00:00; undefined if it was not. */
function sexagesimal(shape: TextShape, value: string): string | undefined {
  if (!/^(0|[1-9]\d{0,6})$/.test(value)) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  const [high, low] = [Math.floor(Number(value) / 60), Number(value) % 60];
  const written = [
    `${two(high)}:${two(low)}`,
    `${Math.floor(high / 60)}:${two(high % 60)}:${two(low)}`,
  ];
  return written.find(
    (time) => shape.pattern && shape.example?.includes(':') && matches(shape, time),
  );
}
