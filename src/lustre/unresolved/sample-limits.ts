/** Sample values for an unknown number of which the limits are known, such as a parameter with MinValue and MaxValue. */
import { smallest, type AllowedNumbers } from '../catalog/allowed-numbers';
import { METADATA_IOPS, OFFERINGS, THROUGHPUT_CAPACITY } from '../catalog/catalog';
import type { Unknown } from '../unknown';

/** The capacities of all tiers, with and without EFA. */
const CAPACITIES: readonly AllowedNumbers[] = OFFERINGS.flatMap(({ tiers }) =>
  tiers.flatMap(({ capacity, efaCapacity }) => [capacity, ...(efaCapacity ? [efaCapacity] : [])]),
);

/** The numbers that FSx allows for a property, in any deployment. */
const STEPS: Readonly<Partial<Record<string, readonly AllowedNumbers[]>>> = {
  StorageCapacity: CAPACITIES,
  ThroughputCapacity: [THROUGHPUT_CAPACITY],
  'MetadataConfiguration.Iops': Object.values(METADATA_IOPS),
};

/** Samples within the limits of a number. If FSx allows none of these, the limits themselves. */
export function withinLimits(
  samples: readonly unknown[],
  unknown: Unknown,
  path: string,
): readonly unknown[] {
  const { least = 0, most = least } = unknown.known;
  if (unknown.known.least === undefined && unknown.known.most === undefined) return samples;
  const isPossible = (sample: unknown): boolean => unknown.mayBe(String(sample));
  const usual = samples.filter(isPossible);
  if (usual.length > 0) return usual;
  const allowed = (STEPS[path] ?? [])
    .flatMap((steps) => smallest(steps, least) ?? [])
    .filter(isPossible);
  return allowed.length > 0 ? [...new Set(allowed)] : [...new Set([least, most])];
}
