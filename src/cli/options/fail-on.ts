/** The option --fail-on of `diff`, such as replacement,refusal,deletion,increase>500. */
import type { Change, Verdict } from '../../review/diff/change';
import { increaseOf } from '../../review/diff/totals';
import { closest, joinWithOr } from '../../lustre/wording';
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

/** Returns why the command fails; empty if it does not. */
export type FailOn = (changes: readonly Change[]) => readonly string[];

/** Parses --fail-on. @throws UsageError */
export function failOn(options: Options): FailOn {
  const words = (options.get('fail-on') ?? []).flatMap((value) => value.split(','));
  const tests = words.map((word) => testOf(word.trim()));
  return (changes) => tests.flatMap((test) => test(changes));
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
  return (changes) =>
    changes
      .filter((change) => [change, ...(change.branches ?? [])].some(occasion))
      .map(({ logicalId }) => `--fail-on ${word}: ${logicalId}`);
}

function exceeded(changes: readonly Change[], limit: number): readonly string[] {
  const { usd, unknown } = increaseOf(changes);
  const note = unknown.length > 0 ? `, without ${unknown.join(', ')}, whose cost is not known` : '';
  return usd > limit
    ? [`--fail-on increase>${limit}: the cost rises by ${usd.toFixed(2)} USD a month${note}`]
    : [];
}
