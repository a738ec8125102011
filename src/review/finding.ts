import type { Place, Range } from '../template/source-tree';
import type { Template } from '../template/template';

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

type Found = Pick<Finding, 'logicalId' | 'property' | 'rule' | 'message'> & Partial<Finding>;

/** What was found at a place: an error without repairs, unless it says otherwise. */
export function findingAt(
  template: Template,
  { at, end }: { at: number; end?: number },
  found: Found,
): Finding {
  const { logicalId, property, rule, message, severity = 'error', repairs = [], when } = found;
  return {
    file: template.file,
    logicalId,
    property,
    ...template.rangeAt(at, end),
    rule,
    message,
    severity,
    repairs,
    ...(when && { when }),
  };
}

/** Something that could not be checked, or that is wrong for a combination of parameters that the author may not allow. */
export interface Note extends Place {
  readonly file: string;
  readonly logicalId: string;
  readonly message: string;
  /** Whether the note is always shown, and not only on request. */
  readonly always?: true;
}
