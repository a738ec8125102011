/** The option --fail-on of `diff`, such as replacement,refusal,deletion,increase>500. */
import type { Change, Verdict } from '../../review/diff/change';
import { increaseOf } from '../../review/diff/totals';
import { closest, joinWithAnd, joinWithOr } from '../../lustre/wording';
import { UsageError, type Options } from './arguments';

/**
 * Whether a verdict is a reason to fail. One that may turn out to be such a verdict counts, so that nothing passes only
 * because it is unknown.
 */
const OCCASIONS: Readonly<Record<string, (verdict: Verdict) => boolean>> = {
  replacement: ({ change, dataLoss }) => change === 'replace' || (change === 'unknown' && dataLoss),
  refusal: ({ change }) => change === 'refused',
  deletion: ({ change }) => change === 'delete',
  'data-loss': ({ dataLoss }) => dataLoss,
  unknown: ({ change }) => change === 'unknown',
};

/** What --fail-on finds in the changes. */
export interface Judged {
  /** Why the command fails; empty if it does not. */
  readonly reasons: readonly string[];
  /** What could not be decided. */
  readonly notes: readonly string[];
}

export type FailOn = (changes: readonly Change[]) => Judged;

/** Parses --fail-on. @throws UsageError */
export function failOn(options: Options): FailOn {
  const words = (options.get('fail-on') ?? []).flatMap((value) => value.split(','));
  const tests = words.map((word) => testOf(word.trim()));
  return (changes) => {
    const judged = tests.map((test) => test(changes));
    return {
      reasons: judged.flatMap(({ reasons }) => reasons),
      notes: judged.flatMap(({ notes }) => notes),
    };
  };
}

function testOf(word: string): FailOn {
  const [, amount] = /^increase(?:>(\d+(?:\.\d+)?))?$/.exec(word) ?? [undefined, undefined];
  if (word.startsWith('increase')) {
    if (word !== 'increase' && amount === undefined)
      throw new UsageError(`--fail-on ${word} is not known: use increase>500, in USD a month.`);
    return (changes) => exceeded(changes, Number(amount ?? 0));
  }
  const occasion = Object.hasOwn(OCCASIONS, word) ? OCCASIONS[word] : undefined;
  if (!occasion) {
    const known = [...Object.keys(OCCASIONS), 'increase>500'];
    const near = closest(word, known);
    throw new UsageError(
      `--fail-on ${word} is not known: ${near ? `did you mean ${near}?` : `use ${joinWithOr(known)}.`}`,
    );
  }
  return (changes) => ({
    reasons: changes
      .filter((change) => [change, ...(change.branches ?? [])].some(occasion))
      .map(({ file, logicalId }) => `--fail-on ${word} applies to ${logicalId} in ${file}`),
    notes: [],
  });
}

/** A file system that changes at an unknown cost is told, because its cost may rise by any amount. */
function exceeded(changes: readonly Change[], limit: number): Judged {
  const { usd, unknown } = increaseOf(changes.filter(({ change }) => change !== 'none'));
  const option = `--fail-on increase>${limit}`;
  const names = joinWithAnd(unknown);
  const reason = `${option}: the cost rises by ${usd.toFixed(2)} USD a month`;
  const without = unknown.length > 0 ? `, without ${names}, whose cost is not known` : '';
  if (usd > limit) return { reasons: [`${reason}${without}`], notes: [] };
  const note = `${option} does not count ${names}, whose cost is not known: specify the missing values, or review it.`;
  return { reasons: [], notes: unknown.length > 0 ? [note] : [] };
}
