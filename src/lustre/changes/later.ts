/** What can be changed about a file system once it exists, and what its clients notice then. */
import { nearest, smallest, type AllowedNumbers } from '../catalog/allowed-numbers';
import { automaticMetadataIops } from '../catalog/catalog';
import { capacityRule, offeringsFor, tiersOf } from '../catalog/offerings';
import { withDefaults, type LustreProperties } from '../properties';
import { planUpdate } from './changes';
import { insteadOf } from './create-only';
import { interruptionPhrase, interruptionsOf } from './interruptions';

/** A later change, planned on the file system to learn whether it is possible. */
export interface LaterChange {
  /** Such as `More capacity`. */
  readonly name: string;
  /** The changed properties; absent where FSx accepts them at creation only. */
  readonly to?: LustreProperties;
  readonly possible: boolean;
  /** What clients notice, or why the change is not possible. */
  readonly words: string;
  /** How long it takes, if it is possible. */
  readonly duration?: string;
}

/** The later changes that make sense for a file system, each planned as an update. */
export function laterChanges(properties: LustreProperties): LaterChange[] {
  const current = withDefaults(properties);
  return [
    ...TRIALS.flatMap(({ name, change }) => {
      const to = change(current);
      return to === undefined ? [] : [tried(name, current, to)];
    }),
    {
      name: 'Another deployment type, storage type or key',
      possible: false,
      words: `CloudFormation replaces the file system. ${insteadOf('DeploymentType')}`,
    },
  ];
}

function tried(name: string, current: LustreProperties, to: LustreProperties): LaterChange {
  const desired = { ...current, ...to };
  const { refusals, steps } = planUpdate({ current, previous: current, desired });
  const [refusal] = refusals;
  if (refusal) return { name, to, possible: false, words: refusal.message };
  const interruptions = steps.flatMap((step) => interruptionsOf(step, current));
  return {
    name,
    to,
    possible: true,
    words: [...new Set(steps.map((step) => interruptionPhrase(step, current)))].join('; then '),
    duration: [...new Set(interruptions.map(({ duration }) => duration))].join('; then '),
  };
}

interface Trial {
  readonly name: string;
  /** Undefined if there is no such change. */
  readonly change: (current: LustreProperties) => LustreProperties | undefined;
}

const TRIALS: readonly Trial[] = [
  { name: 'More capacity', change: (current) => capacityFrom(current, above) },
  { name: 'Less capacity', change: (current) => capacityFrom(current, below) },
  { name: 'More throughput', change: (current) => throughputFrom(current, above, 'up') },
  { name: 'Less throughput', change: (current) => throughputFrom(current, below, 'down') },
  {
    name: 'More metadata IOPS',
    change: (current) => {
      const [offering] = offeringsFor(current);
      const { MetadataConfiguration: metadata, StorageCapacity = 0 } = current;
      if (offering?.metadata === undefined) return undefined;
      const now = metadata?.Iops ?? automaticMetadataIops(StorageCapacity);
      const Iops = above(offering.metadata.iops, now);
      return Iops === undefined
        ? undefined
        : { MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops } };
    },
  },
  {
    name: 'Compression',
    change: ({ DataCompressionType = 'NONE' }) =>
      DataCompressionType === 'NONE' ? { DataCompressionType: 'LZ4' } : undefined,
  },
];

type Beside = (steps: AllowedNumbers, value: number) => number | undefined;

const above: Beside = (steps, value) => smallest(steps, value + 1);
const below: Beside = (steps, value) => nearest(steps, value - 1).find((step) => step < value);

function capacityFrom(current: LustreProperties, beside: Beside): LustreProperties | undefined {
  const { StorageCapacity } = current;
  const steps = capacityRule(current);
  const to = steps && StorageCapacity !== undefined ? beside(steps, StorageCapacity) : undefined;
  return to === undefined ? undefined : { StorageCapacity: to };
}

function throughputFrom(
  current: LustreProperties,
  beside: Beside,
  direction: 'up' | 'down',
): LustreProperties | undefined {
  const { ThroughputCapacity: from, PerUnitStorageThroughput: tier } = current;
  const [offering] = offeringsFor(current);
  if (offering === undefined) return undefined;
  if (from !== undefined && offering.throughputCapacity) {
    const to = beside(offering.throughputCapacity, from);
    return to === undefined
      ? undefined
      : { ThroughputCapacity: to, ...withItsServers(current, to / from) };
  }
  if (tier === undefined) return undefined;
  const tiers = tiersOf(offering);
  const to =
    direction === 'up' ? tiers.find((each) => each > tier) : tiers.findLast((each) => each < tier);
  return to === undefined ? undefined : { PerUnitStorageThroughput: to };
}

/** The read cache of USER_PROVISIONED keeps its size per server, so it grows in the same update. */
function withItsServers(
  { DataReadCacheConfiguration: cache }: LustreProperties,
  factor: number,
): LustreProperties {
  return cache?.SizeGiB === undefined
    ? {}
    : { DataReadCacheConfiguration: { ...cache, SizeGiB: cache.SizeGiB * factor } };
}
