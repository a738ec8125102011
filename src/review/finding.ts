import type { Place, Range } from '../template/read';

/** Something in a template that will not work; its place is that of the property, or of what lacks it. */
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
  /** Changes each of which makes this finding go away: values of properties, by their paths; null leaves one out. */
  readonly repairs: readonly Readonly<Record<string, unknown>>[];
  /** The conditions under which it happens, where it does not always. */
  readonly when?: string;
}

/** What could not be checked, because only the deployment decides, or nobody may ever choose it. */
export interface Note extends Place {
  readonly file: string;
  readonly logicalId: string;
  readonly message: string;
  /** It is told even if nobody asked. */
  readonly always?: true;
}
