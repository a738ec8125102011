/** How far two values differ, and how values are compared. */
import type { Unknown } from '../../lustre/unknown';

/** `unknown`: the values may turn out to be the same. */
export type Difference = 'none' | 'unknown' | 'certain';

/** How to compare unknown values. */
export interface Comparison {
  /** The difference of an expression that is the same before and after the update, but may have another value. */
  readonly ofSame: (unknown: Unknown) => Difference;
  /** The difference of two references that are not written the same way. Absent: it is not known. */
  readonly ofOthers?: (before: Unknown, after: Unknown) => Difference;
}

/** The text of a number, boolean or text, by which CloudFormation compares them; that of an object or a list as JSON. */
export const scalarText = (value: unknown): string | undefined =>
  value === undefined
    ? undefined
    : typeof value === 'object'
      ? JSON.stringify(value)
      : `${value as string | number | boolean}`;
