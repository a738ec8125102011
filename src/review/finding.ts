import type { Place, Range } from '../template/source-tree';

/** A problem in a template. Its place is that of the property, or of the resource that lacks it. */
export interface Finding extends Range {
  readonly file: string;
  readonly logicalId: string;
  /** Property or path as the template has it, such as `LustreConfiguration.DeploymentType`. */
  readonly property: string;
  /** Name of the rule: kebab-case, stable. */
  readonly rule: string;
  /** What is wrong, what is allowed, what to do. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** Changes, each of which solves the problem: values of properties, by their paths; null leaves a property out. */
  readonly repairs: readonly Readonly<Record<string, unknown>>[];
  /** The conditions under which it happens, where it does not always. */
  readonly when?: string;
}

/** Something that could not be checked, or that is wrong only for a combination of parameters that may not be allowed. */
export interface Note extends Place {
  readonly file: string;
  readonly logicalId: string;
  readonly message: string;
  /** It is shown to everyone, not only on request. */
  readonly always?: true;
}
