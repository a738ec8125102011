import type { Place, Range } from '../template/source-tree';

/** A problem in a template. Its position is that of the property or, if that is missing, of what should contain it. */
export interface Finding extends Range {
  readonly file: string;
  readonly logicalId: string;
  /** Property or path as in the template, such as `LustreConfiguration.DeploymentType`. */
  readonly property: string;
  /** Name of the rule: in kebab-case, and stable. */
  readonly rule: string;
  /** What is wrong, what is allowed, and what to do. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** Alternative changes that each solve the problem: values of properties, by their paths; null removes a property. */
  readonly repairs: readonly Readonly<Record<string, unknown>>[];
  /** The conditions under which it occurs; absent if it always does. */
  readonly when?: string;
}

/** Something that could not be checked, or that is wrong for a combination of parameters that the author may not allow. */
export interface Note extends Place {
  readonly file: string;
  readonly logicalId: string;
  readonly message: string;
  /** Whether the note is always shown, and not only on request. */
  readonly always?: true;
}
