/** The need that the options of `advise` describe. */
import { OFFERINGS } from '../../lustre/catalog/catalog';
import { FEATURES } from '../../lustre/catalog/features';
import type { Need } from '../../lustre/estimates/advice';
import { allClosest, joinWithOr } from '../../lustre/wording';
import { UsageError, type Arguments, type Options } from './arguments';
import { capacityOf, rateOf } from './option-values';

/** @throws UsageError */
export function needOf({ positional, options }: Arguments): Need {
  const [word] = positional;
  if (word !== undefined) throw new UsageError(`advise does not take a file: remove ${word}.`);
  const capacity = options.one('capacity');
  const throughput = options.one('throughput');
  if (capacity === undefined || throughput === undefined) {
    throw new UsageError(
      'Specify --capacity and --throughput, for example --capacity 20TiB --throughput 4GB/s.',
    );
  }
  const deployments = namesIn(options, 'deployment', DEPLOYMENTS);
  const features = namesIn(options, 'needs', FEATURE_NAMES);
  const iops = options.one('metadata-iops');
  const maximum = options.one('max-cost');
  return {
    capacity: capacityOf(capacity),
    throughput: rateOf(throughput),
    persistent: options.has('persistent'),
    ...(deployments && { deployments }),
    ...(features && { features }),
    ...(iops !== undefined && { metadataIops: iopsOf(iops) }),
    ...(maximum !== undefined && { maximumCost: costOf(maximum) }),
  };
}

const DEPLOYMENTS = [...new Set(OFFERINGS.map(({ deployment }) => deployment))];
const FEATURE_NAMES = FEATURES.map(({ name }) => name);

/** Names separated by commas, in any letter case; undefined if the option is not given. @throws UsageError */
function namesIn<Name extends string>(
  options: Options,
  option: string,
  known: readonly Name[],
): readonly Name[] | undefined {
  const words = options
    .get(option)
    ?.flatMap((value) => value.split(',').map((word) => word.trim()));
  return words?.map((word) => {
    const name = known.find((each) => each.toLowerCase() === word.toLowerCase());
    if (name !== undefined) return name;
    const near = allClosest(word, known);
    const hint =
      near.length > 0 ? `did you mean ${joinWithOr(near)}?` : `use ${joinWithOr(known)}.`;
    throw new UsageError(`--${option} ${word} is not known: ${hint}`);
  });
}

/** @throws UsageError */
function iopsOf(text: string): number {
  const iops = /^\d+(?:,\d{3})*$/.test(text) ? Number(text.replaceAll(',', '')) : 0;
  if (iops > 0) return iops;
  throw new UsageError(`--metadata-iops ${text} is not valid: use a whole number, such as 12000.`);
}

/** USD a month, with or without thousands separators. @throws UsageError */
function costOf(text: string): number {
  const cost = /^\d+(?:,\d{3})*(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : NaN;
  if (cost >= 0) return cost;
  throw new UsageError(`--max-cost ${text} is not valid: use USD a month, such as 5000.`);
}
