/** What an update of a template does to its Lustre file systems, as data. */
import type { Place } from '../../template/source-tree';

/**
 * `replace`: a new file system takes the place of the old one. `refused`: CloudFormation, the type or FSx will not have it,
 * and everything stays as it was. `unknown`: what is not known before the deployment decides.
 */
export type ChangeKind =
  'none' | 'create' | 'delete' | 'in-place' | 'replace' | 'refused' | 'unknown';

/** Why, and what to do about it. */
export interface Reason {
  /** Property or path as the template has it, or an attribute of the resource, such as `DeletionPolicy`. */
  readonly property: string;
  readonly message: string;
}

/** One call of FSx. */
export interface ChangeStep {
  readonly name: string;
  /** The properties that it changes, with their new values; as text where some of it is not known. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Minutes that it takes at most, or usually at most; null where AWS states no figure. */
  readonly minutes: number | null;
  /** What running clients notice. */
  readonly interruption: string;
  /** How long it takes, in words. */
  readonly duration: string;
  /** What FSx does not take again for six hours; absent where AWS names nothing. */
  readonly rest?: string;
  /** What is lost by it, other than data of the file system. */
  readonly erases?: string;
}

/** A property that differs. */
export interface PropertyChange {
  /** As the template has it. */
  readonly property: string;
  /** As text; absent where it is left out. */
  readonly before?: string;
  readonly after?: string;
}

/** Before and after the update: 0 where there is no file system, null where it is not known. */
export interface Amounts {
  readonly before: number | null;
  readonly after: number | null;
}

/** What happens to a file system, the same wherever it is so. */
export interface Verdict {
  readonly change: ChangeKind;
  /** Whether data is lost, or may be. */
  readonly dataLoss: boolean;
  /** What happens to the data, in a sentence. */
  readonly verdict: string;
  readonly reasons: readonly Reason[];
  readonly steps: readonly ChangeStep[];
  readonly differences: readonly PropertyChange[];
  /** Baseline, MB/s. */
  readonly throughput: Amounts;
  /** USD. */
  readonly monthlyCost: Amounts;
  /** USD a month of what a policy keeps outside the stack; null where it is not known. Absent where nothing is kept. */
  readonly keptMonthlyCost?: number | null;
  /** Whose prices: one sentence for each basis. */
  readonly costBasis: readonly string[];
}

/** The verdict on a file system where some conditions or parameters hold. */
export interface Branch extends Verdict {
  readonly when: string;
}

/** What happens to one file system: in the worst of its branches, where there are several. */
export interface Change extends Verdict {
  readonly logicalId: string;
  /** Of the resource. */
  readonly type: string;
  /** The template, or the plan. */
  readonly file: string;
  /** Where the file system stands in the new template; absent where it is only in the old one. */
  readonly place?: Place;
  /** Where the verdict is so; absent where always. */
  readonly when?: string;
  /** All branches, the worst first; absent where there is only one. */
  readonly branches?: readonly Branch[];
}

/** In falling order of what a reader has to know first. */
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
