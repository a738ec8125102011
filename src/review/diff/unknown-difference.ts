/** Compares values that are not known before a deployment, by what is known of them. */
import { fits, Unknown } from '../../lustre/unknown';
import { scalarText, type Comparison, type Difference } from './difference';

/** The difference of two values, at least one of which is unknown. */
export function unknownDifference(before: unknown, after: unknown, how: Comparison): Difference {
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
