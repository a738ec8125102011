/** What is wrong with the properties of a file system. */
import type { Json } from '../../lustre/json';
import { valueText, type Value } from '../../template/values';
import type { Finding } from '../finding';

/** A problem at an offset. */
export interface Problem {
  readonly property: string;
  readonly rule: string;
  readonly message: string;
  /** Absent: `error`. */
  readonly severity?: Finding['severity'];
  readonly repairs?: Finding['repairs'];
  readonly at: number;
  /** The properties that an unknown name stands for. */
  readonly meant?: readonly string[];
  /** Whether the value that it is about is not fully known. */
  readonly isOpen?: boolean;
  /**
   * Whether it is only so because a parameter without AllowedValues has none of the values that the template compares it with.
   * Nobody may ever give such a value, so that this is a note, not a finding.
   */
  readonly isByElimination?: true;
  /**
   * Whether the property may be valid, because AWS may have changed the type since this version. Such a problem is a note,
   * not a finding.
   */
  readonly unchecked?: true;
}

/** The problem of a value that is not an object. */
export const wrongShape = (property: string, value: Value): Problem => ({
  property,
  rule: 'type',
  message: `${property} ${valueText(value)} is not valid: expected an object.`,
  at: value.at,
});

/** Changes of members as a repair: values by their paths, null for what is removed. */
export const pathsOf = (
  changes: Json,
  path: (name: string) => string,
): Finding['repairs'][number] =>
  Object.fromEntries(Object.entries(changes).map(([name, value]) => [path(name), value ?? null]));
