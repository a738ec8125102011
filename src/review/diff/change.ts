/** The result of a diff: what an update of a template does to its Lustre file systems. */
import type { Place } from '../../template/source-tree';

/**
 * `replace`: a new file system replaces the old one. `refused`: CloudFormation, the type or FSx refuses the update, and
 * nothing changes. `unknown`: it depends on values that are not known before the deployment.
 */
export type ChangeKind =
  | 'none'
  | 'create'
  | 'delete'
  | 'in-place'
  | 'replace'
  | 'refused'
  | 'unknown';

/** Why a file system changes, and what to do about it. */
export interface Reason {
  /** Property or path as in the template, or an attribute of the resource, such as `DeletionPolicy`. */
  readonly property: string;
  readonly message: string;
}

/** One call of the FSx API. */
export interface ChangeStep {
  readonly name: string;
  /** The changed properties with their new values. A value that is not fully known is a text. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Minutes that it takes at most, or usually at most; null if AWS documents no duration. */
  readonly minutes: number | null;
  /** What running clients notice. */
  readonly interruption: string;
  /** How long it takes, as text. */
  readonly duration: string;
  /** What FSx refuses for six hours afterward; absent if AWS documents no such cooldown. */
  readonly rest?: string;
  /** What it deletes, other than the data of the file system. */
  readonly erases?: string;
}

/** A property with different values before and after. */
export interface PropertyChange {
  /** As in the template. */
  readonly property: string;
  /** As text; absent if the property is not given. */
  readonly before?: string;
  readonly after?: string;
}

/** A number before and after the update: 0 without a file system, null if it is not known. */
export interface Amounts {
  readonly before: number | null;
  readonly after: number | null;
}

/** What an update does to a file system. */
export interface Verdict {
  readonly change: ChangeKind;
  /** Whether data is lost, or may be. */
  readonly dataLoss: boolean;
  /** What happens to the data, as a sentence. */
  readonly verdict: string;
  readonly reasons: readonly Reason[];
  readonly steps: readonly ChangeStep[];
  readonly differences: readonly PropertyChange[];
  /** Baseline throughput, MB/s. */
  readonly throughput: Amounts;
  /** USD. */
  readonly monthlyCost: Amounts;
  /** USD a month for file systems that a policy keeps outside the stack; null if it is not known. Absent if none is kept. */
  readonly keptMonthlyCost?: number | null;
  /** What the prices are based on, one sentence for each basis. */
  readonly costBasis: readonly string[];
}

/** The verdict on a file system under certain conditions or parameters. */
export interface Branch extends Verdict {
  readonly when: string;
}

/** What an update does to one file system. If that depends on conditions, the worst of its branches. */
export interface Change extends Verdict {
  readonly logicalId: string;
  /** The resource type. */
  readonly type: string;
  /** The template, or the Terraform plan. */
  readonly file: string;
  /** The position of the file system in the new template; absent if only the old one has it. */
  readonly place?: Place;
  /** The conditions under which the verdict applies; absent if it always does. */
  readonly when?: string;
  /** All branches, worst first; absent if there is only one. */
  readonly branches?: readonly Branch[];
}

/** Orders verdicts by severity: a higher number first. */
export function gravity({ change, dataLoss, steps }: Verdict): number {
  if (dataLoss) return change === 'unknown' ? 8 : 9;
  switch (change) {
    case 'refused':
      return 7;
    case 'unknown':
      return 6;
    case 'replace':
      return 5;
    case 'delete':
      return 4;
    case 'in-place':
      return steps.length > 0 ? 3 : 1;
    case 'create':
      return 2;
    case 'none':
      return 0;
  }
}
