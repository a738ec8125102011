/** The totals of all changes. */
import { sum } from '../../lustre/estimates/cost';
import type { Change, Verdict } from './change';

/** The cost after the update, including file systems that a policy keeps. */
const costAfter = ({ monthlyCost: { after }, keptMonthlyCost = 0 }: Verdict): number | null =>
  after === null || keptMonthlyCost === null ? null : after + keptMonthlyCost;

/** USD a month of all file systems before and after. File systems without a known cost are omitted from both sums, and named. */
export function costOf(changes: readonly Change[]): {
  readonly before: number;
  readonly after: number;
  readonly unknown: readonly string[];
} {
  const known = changes.filter(
    (each) => each.monthlyCost.before !== null && costAfter(each) !== null,
  );
  return {
    before: sum(known.map(({ monthlyCost }) => monthlyCost.before ?? 0)),
    after: sum(known.map((each) => costAfter(each) ?? 0)),
    unknown: changes.filter((each) => !known.includes(each)).map(({ logicalId }) => logicalId),
  };
}

/**
 * The largest possible increase of the cost, USD a month: for each file system, that of the branch with the largest increase.
 */
export function increaseOf(changes: readonly Change[]): {
  readonly usd: number;
  readonly unknown: readonly string[];
} {
  const increases = changes.map(({ logicalId, branches, ...own }) => {
    const all = (branches ?? [own]).map((each) => {
      const [before, after] = [each.monthlyCost.before, costAfter(each)];
      return before === null || after === null ? null : after - before;
    });
    const known = all.filter((each) => each !== null);
    return { logicalId, usd: known.length > 0 ? Math.max(...known) : 0, isKnown: known.length === all.length }; // oxfmt-ignore
  });
  return {
    usd: sum(increases.map(({ usd }) => usd)),
    unknown: increases.filter(({ isKnown }) => !isKnown).map(({ logicalId }) => logicalId),
  };
}

/** What happens to a file system, in a few words. */
export function changeWords(verdict: Verdict): string {
  const { change, dataLoss } = verdict;
  if (!dataLoss) return wordsOf(verdict);
  return `${wordsOf(verdict)}: ${change === 'unknown' ? 'DATA MAY BE LOST' : 'DATA LOST'}`;
}

function wordsOf({ change, dataLoss, keptMonthlyCost }: Verdict): string {
  const isKept = keptMonthlyCost !== undefined;
  const backup = dataLoss ? '' : ', with a final backup';
  switch (change) {
    case 'none':
      return 'unchanged';
    case 'create':
      return 'created';
    case 'delete':
      return isKept ? 'retained' : `deleted${backup}`;
    case 'in-place':
      return 'updated in place';
    case 'replace':
      return isKept ? 'replaced, the old one retained' : `replaced${backup}`;
    case 'refused':
      return 'refused';
    case 'unknown':
      return 'not known';
  }
}

/** What happens to all file systems, as a sentence that begins with the data. */
export function summaryOf(changes: readonly Change[]): string {
  const lost = changes.filter(({ dataLoss, change }) => dataLoss && change !== 'unknown');
  const mayBe = changes.filter(({ dataLoss, change }) => dataLoss && change === 'unknown');
  const of = `of ${changes.length} file system${changes.length === 1 ? '' : 's'}`;
  if (changes.length === 0) return 'There is no Lustre file system.';
  if (lost.length > 0) return `DATA LOST in ${lost.length} ${of}.`;
  if (mayBe.length > 0) return `DATA MAY BE LOST in ${mayBe.length} ${of}.`;
  const changed = changes.filter(({ change }) => change !== 'none').length;
  return changed === 0
    ? `Nothing changes: ${of.slice(3)}.`
    : `No data is lost: ${changed} ${of} change${changed === 1 ? 's' : ''}.`;
}
