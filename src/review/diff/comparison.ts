/** Compares values of two templates as CloudFormation does. */
import { isObject } from '../../lustre/json';
import { fits, Unknown } from '../../lustre/unknown';
import type { Node } from '../../template/node';

/** `unknown`: the values may turn out to be the same. */
export type Difference = 'none' | 'unknown' | 'certain';

/** How to compare unknown values. */
export interface Comparison {
  /** The difference of an expression that is the same before and after the update, but may have another value. */
  readonly ofSame: (unknown: Unknown) => Difference;
  /** The difference of two references that are not written the same way. Absent: it is not known. */
  readonly ofOthers?: (before: Unknown, after: Unknown) => Difference;
}

/**
 * The difference of two values. As in CloudFormation, 4800 equals '4800', and a list in another order is a different list.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function differenceOf(before: unknown, after: unknown, how: Comparison): Difference {
  if (before instanceof Unknown || after instanceof Unknown)
    return unknownDifference(before, after, how);
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return 'certain';
    return greatest(before.map((item, index) => differenceOf(item, after[index], how)));
  }
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return greatest([...names].map((name) => differenceOf(before[name], after[name], how)));
  }
  return scalarText(before) === scalarText(after) ? 'none' : 'certain';
}

function unknownDifference(before: unknown, after: unknown, how: Comparison): Difference {
  if (before instanceof Unknown && after instanceof Unknown) {
    if (before.key === after.key) return how.ofSame(before);
    if (before.known.mayBeAbsent && after.known.mayBeAbsent) return 'unknown';
    return composedDifference(partsOf(before), partsOf(after), how);
  }
  const [unknown, known] = before instanceof Unknown ? [before, after] : [after as Unknown, before];
  if (known === undefined) return unknown.known.mayBeAbsent ? 'unknown' : 'certain';
  if (typeof known === 'object') return 'unknown';
  return unknown.mayBe(scalarText(known) ?? '') ? 'unknown' : 'certain';
}

/** A character of a composed text, or an unknown part of it. */
type Part = string | Unknown;

const partsOf = (value: Unknown): readonly Part[] =>
  value.known.parts?.flatMap((part) =>
    typeof part === 'string' ? part.split('') : partsOf(part),
  ) ?? [value];

/** The difference of two composed texts. What both begin or end with makes none, so the rest decides. */
function composedDifference(
  before: readonly Part[],
  after: readonly Part[],
  how: Comparison,
): Difference {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && isSamePart(before[start], after[start], how)) start++;
  let end = 0;
  while (end < least - start && isSamePart(before.at(-1 - end), after.at(-1 - end), how)) end++;
  const one = before.slice(start, before.length - end);
  const other = after.slice(start, after.length - end);
  const [first, second] = [one[0], other[0]];
  if (one.length === 1 && other.length === 1 && isUnknown(first) && isUnknown(second))
    return partDifference(first, second, how);
  const [text, another] = [textOf(one), textOf(other)];
  if (text !== undefined && another !== undefined) return text === another ? 'none' : 'certain';
  if (another !== undefined) return fits(one, another) ? 'unknown' : 'certain';
  if (text !== undefined) return fits(other, text) ? 'unknown' : 'certain';
  const differs = (left: Part | undefined, right: Part | undefined): boolean =>
    !isUnknown(left) && !isUnknown(right) && left !== right;
  return differs(first, second) || differs(one.at(-1), other.at(-1)) ? 'certain' : 'unknown';
}

/** The text of parts that are all known. */
function textOf(parts: readonly Part[]): string | undefined {
  const texts = parts.filter((part) => typeof part === 'string');
  return texts.length === parts.length ? texts.join('') : undefined;
}

const isUnknown = (part: Part | undefined): part is Unknown => part instanceof Unknown;

const isSamePart = (before: Part | undefined, after: Part | undefined, how: Comparison): boolean =>
  isUnknown(before) && isUnknown(after)
    ? partDifference(before, after, how) === 'none'
    : before === after;

const partDifference = (before: Unknown, after: Unknown, how: Comparison): Difference =>
  before.key === after.key ? how.ofSame(before) : (how.ofOthers?.(before, after) ?? 'unknown');

const ORDER: readonly Difference[] = ['none', 'unknown', 'certain'];

const greatest = (differences: readonly Difference[]): Difference =>
  ORDER[Math.max(0, ...differences.map((each) => ORDER.indexOf(each)))] ?? 'none';

const scalarText = (value: unknown): string | undefined =>
  value === undefined
    ? undefined
    : typeof value === 'object'
      ? JSON.stringify(value)
      : `${value as string | number | boolean}`;

/** Whether two nodes have the same content. */
export function isSameNode(one: Node | undefined, other: Node | undefined): boolean {
  if (!one || !other) return one === other;
  if (one.kind === 'scalar') return other.kind === 'scalar' && one.value === other.value;
  if (one.kind === 'list')
    return (
      other.kind === 'list' &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => isSameNode(item, other.items[index]))
    );
  return (
    other.kind === 'map' &&
    one.entries.length === other.entries.length &&
    one.entries.every(({ key, value }) =>
      isSameNode(value, other.entries.find((each) => each.key === key)?.value),
    )
  );
}
