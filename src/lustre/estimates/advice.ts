/** The file systems that meet a need: for each offering, the smallest one that does. */
import { smallest } from '../catalog/allowed-numbers';
import {
  automaticMetadataIops,
  OFFERINGS,
  READ_CACHE,
  THROUGHPUT_CAPACITY,
  TIERING_SERVER_TIB,
  type Durability,
  type Offering,
  type OfferingName,
} from '../catalog/catalog';
import { FEATURES, type Feature, type FeatureName } from '../catalog/features';
import { capacityOf, type OfferedTier } from '../catalog/offerings';
import {
  availability,
  describeRegion,
  efaAvailability,
  type Availability,
} from '../catalog/regions';
import type { DeploymentType, DriveCacheType, LustreProperties } from '../properties';
import { joinWithAnd, joinWithOr, money } from '../wording';
import { estimateCost, whyNoCost, type CostEstimate, type CostOptions } from './cost';
import { estimateThroughput, type Throughput } from './throughput';

/** What a file system must provide. */
export interface Need {
  /** GiB. */
  readonly capacity: number;
  /** MB/s, baseline. */
  readonly throughput: number;
  /** Whether only offerings count that keep their data when a server fails. */
  readonly persistent?: boolean;
  /** The deployment types that count. Absent: all. */
  readonly deployments?: readonly DeploymentType[];
  /** Features that the file system must have. */
  readonly features?: readonly FeatureName[];
  /** The fewest metadata operations per second. */
  readonly metadataIops?: number;
  /**
   * The highest cost, USD a month. A file system without a known price does not satisfy it. Costs that depend on use do not
   * count.
   */
  readonly maximumCost?: number;
}

/** A configuration that satisfies a need. */
export interface Advice {
  /** Without SubnetIds, and without properties whose default applies. */
  readonly properties: LustreProperties;
  readonly offering: Offering;
  readonly throughput: Throughput;
  /** Undefined if no price is known. */
  readonly cost: CostEstimate | undefined;
  /** Whether stored data is billed by usage and not part of the cost, as with INTELLIGENT_TIERING. */
  readonly billedByUse: boolean;
  /** What decided the size, and the characteristics of the storage, in sentences. */
  readonly why: string;
}

/**
 * The valid configurations that meet a need, cheapest first. Those with costs that depend on use, or without a price, are
 * last. Offerings that the region lacks, or probably lacks, are omitted; a region that is not in the table of regions leaves
 * out none.
 */
export const advise = (need: Need, options: CostOptions): Advice[] =>
  anyCost(need, options)
    .filter((each) => isAffordable(each, need))
    .sort(byCost);

/**
 * The advice that no other of the list beats, in the same order. One beats another if its cost is no higher, its baseline
 * throughput and its durability are no lower, and one of the three is better; if all three are equal, the higher burst wins.
 * Advice without a price, or with costs that depend on use, beats nothing.
 */
export const unbeaten = (advice: readonly Advice[]): Advice[] =>
  advice.filter((each) => !advice.some((other) => beats(other, each)));

/** The first advice of a list that beats the given one; undefined if none does. */
export const beatenBy = (each: Advice, advice: readonly Advice[]): Advice | undefined =>
  advice.find((other) => beats(other, each));

function beats(one: Advice, other: Advice): boolean {
  if (one.cost === undefined || other.cost === undefined || one.billedByUse) return false;
  const differences = [
    other.cost.monthly - one.cost.monthly,
    one.throughput.baseline - other.throughput.baseline,
    DURABILITIES.indexOf(one.offering.durability) - DURABILITIES.indexOf(other.offering.durability),
  ];
  if (differences.some((difference) => difference < 0)) return false;
  return (
    differences.some((difference) => difference > 0) ||
    one.throughput.burst > other.throughput.burst
  );
}

/** Why there is no advice, in sentences: neither FSx nor the region offers a suitable file system, or it costs too much. */
export function whyNoAdvice(need: Need, options: CostOptions): string {
  const { region } = options;
  const contradiction = contradictionIn(need);
  if (contradiction !== undefined) return contradiction;
  const kind = describeKind(need);
  if (offeringsOf(need).length === 0) return `FSx offers no ${kind}.`;
  const others = anyCost(need, options);
  if (others.length > 0) return whyTooDear(others, region);
  if (candidatesFor(need).length === 0) return `FSx offers no ${kind} of that size.`;
  const size = offeringsIn(region, need).length > 0 ? ' of that size' : '';
  return `${region} offers no ${kind}${size}; other regions do. ${describeRegion(region)}`;
}

/** The requirements that an offering does not meet, in sentences. Empty if only its size or its cost speaks against it. */
export function lacksOf(offering: Offering, need: Need, { region }: CostOptions): string[] {
  const { persistent, metadataIops, deployments } = need;
  return [
    ...(persistent && offering.durability === 'none'
      ? ['It loses its data when a server fails.']
      : []),
    ...featuresOf(need).flatMap(({ isOn, availableIn, words }) => {
      if (!isOn(offering)) return [`It does not have ${words}.`];
      return isAbsent(availableIn?.(region)) ? [`${region} does not have ${words}.`] : [];
    }),
    ...(metadataIops !== undefined && metadataFor(offering, metadataIops) === undefined
      ? [`It does not have ${metadataIops} metadata IOPS.`]
      : []),
    ...(isAbsent(availability(region, offering)) ? [`${region} does not have it.`] : []),
    ...(deployments?.includes(offering.deployment) === false
      ? [`Only ${joinWithOr(deployments)} was requested.`]
      : []),
  ];
}

function whyTooDear(advice: readonly Advice[], region: string): string {
  const costs = advice.flatMap(({ cost, billedByUse }) =>
    cost ? [{ monthly: cost.monthly, billedByUse }] : [],
  );
  const [cheapest] = costs.sort((one, other) => one.monthly - other.monthly);
  if (!cheapest)
    return `No configuration that meets the need has a known cost. ${whyNoCost(region) ?? ''}`.trimEnd();
  const without = cheapest.billedByUse ? ', without its storage, which is billed by usage' : '';
  return `The cheapest that meets the need costs ${money(cheapest.monthly)} USD a month${without}.`;
}

/** The need without the size: `SCRATCH_2 file system with EFA`. */
function describeKind(need: Need): string {
  const { deployments = [], persistent, metadataIops } = need;
  const features = [
    ...featuresOf(need).map(({ words }) => words),
    ...(metadataIops === undefined ? [] : [`${metadataIops} metadata IOPS`]),
  ];
  const kind = deployments.length > 0 ? joinWithOr(deployments) : '';
  return [
    persistent ? 'persistent' : '',
    kind,
    'file system',
    features.length > 0 ? `with ${joinWithAnd(features)}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What satisfies a need at any cost. */
function anyCost(need: Need, options: CostOptions): Advice[] {
  const here = offeringsIn(options.region, need);
  return candidatesFor(need)
    .filter(
      ({ offering, properties: { PerUnitStorageThroughput: tier } }) =>
        here.includes(offering) && !isAbsent(availability(options.region, offering, tier)),
    )
    .flatMap(({ properties, decided, offering }) => {
      const throughput = estimateThroughput(properties);
      if (throughput === undefined) return [];
      return {
        properties,
        offering,
        throughput,
        cost: estimateCost(properties, options),
        billedByUse: offering.storage === 'INTELLIGENT_TIERING',
        why: `${decided} ${DURABILITY[offering.durability]}${characterOf(offering, options.region)}`,
      };
    });
}

const isAffordable = ({ cost }: Advice, { maximumCost }: Need): boolean =>
  maximumCost === undefined || (cost !== undefined && cost.monthly <= maximumCost);

const featuresOf = ({ features = [] }: Need): readonly Feature[] =>
  FEATURES.filter(({ name }) => features.includes(name));

/** Why two of the features of a need exclude each other; undefined if none do. */
function contradictionIn(need: Need): string | undefined {
  const features = featuresOf(need);
  return features.find(({ excludes }) => features.some(({ name }) => name === excludes?.feature))
    ?.excludes?.why;
}

/** The offerings that meet a need apart from its size. */
const offeringsOf = (need: Need): readonly Offering[] =>
  OFFERINGS.filter(
    (offering) =>
      (!need.persistent || offering.durability !== 'none') &&
      (need.deployments?.includes(offering.deployment) ?? true) &&
      contradictionIn(need) === undefined &&
      (need.metadataIops === undefined || metadataFor(offering, need.metadataIops) !== undefined) &&
      featuresOf(need).every(({ isOn }) => isOn(offering)),
  );

/** The offerings of `offeringsOf` that a region has. */
const offeringsIn = (region: string, need: Need): readonly Offering[] =>
  offeringsOf(need).filter(
    (offering) =>
      !isAbsent(availability(region, offering)) &&
      featuresOf(need).every(({ availableIn }) => !isAbsent(availableIn?.(region))),
  );

const isAbsent = (availability: Availability = 'yes'): boolean =>
  availability === 'no' || availability === 'unlikely';

const candidatesFor = (need: Need): Candidate[] =>
  offeringsOf(need).flatMap((offering) => candidates(offering, need));

/** Without prices, the smaller one comes first, because it is likely to be cheaper. */
const byCost = (a: Advice, b: Advice): number =>
  Number(a.billedByUse) - Number(b.billedByUse) ||
  costOf(a) - costOf(b) ||
  (a.cost ? 0 : sizeOf(a) - sizeOf(b) || a.throughput.baseline - b.throughput.baseline) ||
  b.throughput.burst - a.throughput.burst;

/** Sorts behind every price. Not Infinity, whose differences are NaN. */
const costOf = ({ cost }: Advice): number => cost?.monthly ?? Number.MAX_VALUE;
const sizeOf = ({ properties: { StorageCapacity = 0 } }: Advice): number => StorageCapacity;

/** In ascending order. */
const DURABILITIES: readonly Durability[] = ['none', 'zone', 'zones'];

const DURABILITY: Readonly<Record<Durability, string>> = {
  none: 'For temporary data: no replication, no backups',
  zone: 'Replicated in its zone',
  zones: 'Replicated across several zones',
};

/** Further characteristics of each kind of storage, by the name of its offering. [LG using-fsx-lustre] */
const CHARACTER: Readonly<Record<OfferingName, string>> = {
  SCRATCH_1: ', and it cannot grow.',
  SCRATCH_2: ', but high bursts.',
  'PERSISTENT_1 SSD': '; links to S3 by ImportPath.',
  'PERSISTENT_1 HDD': '; hard disks, for large sequential reads and writes.',
  'PERSISTENT_2 SSD': '; the newest servers: metadata IOPS, EFA, data repository associations.',
  'PERSISTENT_2 INTELLIGENT_TIERING':
    '; storage scales automatically and is billed by usage, which the cost does not include.',
};

/** Of those that name EFA, for regions that lack it. */
const WITHOUT_EFA: Readonly<Partial<Record<OfferingName, string>>> = {
  'PERSISTENT_2 SSD':
    '; the newest servers: metadata IOPS and data repository associations, but no EFA in this region.',
};

const characterOf = ({ name }: Offering, region: string): string =>
  (isAbsent(efaAvailability(region)) ? WITHOUT_EFA[name] : undefined) ?? CHARACTER[name];

interface Candidate {
  readonly offering: Offering;
  readonly properties: LustreProperties;
  readonly decided: string;
}

function candidates(offering: Offering, need: Need): Candidate[] {
  const asked = featuresOf(need).reduce<LustreProperties>(
    (all, { properties }) => ({ ...all, ...properties(offering) }),
    {},
  );
  if (offering.storage === 'INTELLIGENT_TIERING') return elastic(offering, need, asked);
  const caches: readonly (DriveCacheType | undefined)[] =
    offering.storage === 'HDD' ? ['NONE', 'READ'] : [undefined];
  return offering.tiers.flatMap((tier) =>
    caches.flatMap((cache) => provisioned({ offering, tier }, cache, need, asked)),
  );
}

function provisioned(
  row: OfferedTier,
  cache: DriveCacheType | undefined,
  need: Need,
  asked: LustreProperties,
): Candidate[] {
  const { offering, tier } = row;
  const { throughput, disk } = tier;
  const steps = capacityOf(row, asked);
  const forThroughput = Math.ceil((need.throughput * 1000) / disk.baseline);
  const enough = smallest(steps, need.capacity);
  const StorageCapacity = smallest(steps, Math.max(need.capacity, forThroughput));
  if (enough === undefined || StorageCapacity === undefined) return [];
  const { metadataIops } = need;
  const writes = disk.write === undefined ? '' : ` (${disk.write} for writes)`;
  const rate = `${disk.baseline} MB/s per TiB${writes}`;
  return [
    {
      offering,
      properties: {
        StorageCapacity,
        DeploymentType: offering.deployment,
        StorageType: offering.storage,
        ...(throughput !== undefined && { PerUnitStorageThroughput: throughput }),
        ...(cache !== undefined && { DriveCacheType: cache }),
        ...asked,
        ...(metadataIops !== undefined && metadataFor(offering, metadataIops, StorageCapacity)),
      },
      decided:
        StorageCapacity > enough
          ? `Sized by throughput: at ${rate} it takes ${forThroughput} GiB.`
          : `Sized by capacity: the throughput is sufficient at ${rate}.`,
    },
  ];
}

/**
 * The smallest MetadataConfiguration that gives the metadata IOPS: AUTOMATIC with a capacity (GiB), if it suffices. Undefined
 * if the offering has none, or not as many.
 */
function metadataFor(
  { metadata }: Offering,
  least: number,
  capacity = 0,
): Pick<LustreProperties, 'MetadataConfiguration'> | undefined {
  if (metadata?.automatic && automaticMetadataIops(capacity) >= least)
    return { MetadataConfiguration: { Mode: 'AUTOMATIC' } };
  const Iops = metadata && smallest(metadata.iops, least);
  return Iops === undefined
    ? undefined
    : { MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops } };
}

/** The smallest valid configuration: no read cache, and the fewest metadata IOPS. */
function elastic(offering: Offering, need: Need, asked: LustreProperties): Candidate[] {
  const { server } = READ_CACHE;
  const forCapacity = Math.ceil(need.capacity / (TIERING_SERVER_TIB * 1024)) * server;
  const enough = smallest(THROUGHPUT_CAPACITY, need.throughput);
  const ThroughputCapacity = smallest(THROUGHPUT_CAPACITY, Math.max(need.throughput, forCapacity));
  if (enough === undefined || ThroughputCapacity === undefined) return [];
  return [
    {
      offering,
      properties: {
        DeploymentType: offering.deployment,
        StorageType: offering.storage,
        ThroughputCapacity,
        DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' },
        ...metadataFor(offering, need.metadataIops ?? 1),
        ...asked,
      },
      decided:
        ThroughputCapacity > enough
          ? `Sized by capacity: ${server} MB/s are needed for every ${TIERING_SERVER_TIB} TiB.`
          : `Throughput is provisioned in steps of ${THROUGHPUT_CAPACITY.multipleOf} MB/s.`,
    },
  ];
}
