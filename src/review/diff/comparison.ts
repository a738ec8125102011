/** Compares values of two templates as CloudFormation does. */
import { isObject } from '../../lustre/json';
import { Unknown } from '../../lustre/unknown';
import type { Node } from '../../template/node';
import { scalarText, type Comparison, type Difference } from './difference';
import { unknownDifference } from './unknown-difference';

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

const ORDER: readonly Difference[] = ['none', 'unknown', 'certain'];

const greatest = (differences: readonly Difference[]): Difference =>
  ORDER[Math.max(0, ...differences.map((each) => ORDER.indexOf(each)))] ?? 'none';

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
