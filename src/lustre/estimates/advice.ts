/** Which file systems satisfy a need: for each kind that FSx offers, the smallest that does. */
import {
  METADATA_IOPS,
  OFFERINGS,
  THROUGHPUT_CAPACITY,
  type Durability,
  type Offering,
  type OfferingName,
  type Tier,
} from '../catalog/catalog';
import { estimateCost, type CostEstimate, type CostOptions } from './cost';
import type { DriveCacheType, LustreProperties } from '../properties';
import { availability, describeRegion } from '../catalog/regions';
import { smallest } from '../catalog/allowed-numbers';
import { estimateThroughput, type Throughput } from './throughput';

export interface Need {
  /** GiB. */
  readonly capacity: number;
  /** MB/s, all the time. */
  readonly throughput: number;
  /** Only what keeps its data when a server fails. */
  readonly persistent?: boolean;
}

export interface Advice {
  /** Without SubnetIds, which are the network's, and without what has a default. */
  readonly properties: LustreProperties;
  readonly throughput: Throughput;
  /** Undefined where no price is known. */
  readonly cost: CostEstimate | undefined;
  /** Whether use adds to the cost: stored data of INTELLIGENT_TIERING. */
  readonly billedByUse: boolean;
  /** What decided its size, and what kind of storage it is. */
  readonly why: string;
}

/**
 * The valid configurations that satisfy a need, cheapest first; those that use adds to, or without a price, last. None that
 * the region lacks, or is not likely to have; all, for a region that the table of regions does not have.
 */
export function advise(need: Need, options: CostOptions): Advice[] {
  return candidatesFor(need)
    .filter(({ offering, properties: { PerUnitStorageThroughput: tier } }) =>
      ['yes', 'unknown'].includes(availability(options.region, offering, tier)),
    )
    .flatMap(({ properties, decided, offering }) => {
      const throughput = estimateThroughput(properties);
      if (throughput === undefined) return [];
      return {
        properties,
        throughput,
        cost: estimateCost(properties, options),
        billedByUse: offering.storage === 'INTELLIGENT_TIERING',
        why: `${decided} ${DURABILITY[offering.durability]}${CHARACTER[offering.name]}`,
      };
    })
    .sort(byCost);
}

/** Why there is no advice: the region does not have what would do, or nothing would. */
export function whyNoAdvice(need: Need, { region }: Pick<CostOptions, 'region'>): string {
  return candidatesFor(need).length === 0
    ? 'FSx offers no file system as large as that.'
    : `${region} offers no file system as large as that, other regions do. ${describeRegion(region)}`;
}

const candidatesFor = (need: Need): Candidate[] =>
  OFFERINGS.filter(
    ({ deployment }) => !need.persistent || deployment.startsWith('PERSISTENT'),
  ).flatMap((offering) => candidates(offering, need));

/** Without a price the smaller one comes first, as the one that is likely to be cheaper. */
const byCost = (a: Advice, b: Advice): number =>
  Number(a.billedByUse) - Number(b.billedByUse) ||
  costOf(a) - costOf(b) ||
  (a.cost ? 0 : sizeOf(a) - sizeOf(b) || a.throughput.baseline - b.throughput.baseline) ||
  b.throughput.burst - a.throughput.burst;

/** Beyond every price, and still a number that can be subtracted. */
const costOf = ({ cost }: Advice): number => cost?.monthly ?? Number.MAX_VALUE;
const sizeOf = ({ properties: { StorageCapacity = 0 } }: Advice): number => StorageCapacity;

const DURABILITY: Readonly<Record<Durability, string>> = {
  none: 'For temporary data: no replication, no backups',
  zone: 'Replicated in its zone',
  zones: 'Replicated over several zones',
};

/** What else speaks for and against each kind of storage, by the name of its offering. [LG using-fsx-lustre] */
const CHARACTER: Readonly<Record<OfferingName, string>> = {
  SCRATCH_1: ', and it can never grow.',
  SCRATCH_2: ', but high bursts.',
  'PERSISTENT_1 SSD': '; links to S3 by ImportPath.',
  'PERSISTENT_1 HDD': '; disks, for large sequential reads and writes.',
  'PERSISTENT_2 SSD': '; the newest servers: metadata IOPS, EFA, data repository associations.',
  'PERSISTENT_2 INTELLIGENT_TIERING':
    '; storage grows by itself and is billed by use, which is not in the cost.',
};

interface Candidate {
  readonly offering: Offering;
  readonly properties: LustreProperties;
  readonly decided: string;
}

function candidates(offering: Offering, need: Need): Candidate[] {
  if (offering.storage === 'INTELLIGENT_TIERING') return elastic(offering, need);
  const caches: readonly (DriveCacheType | undefined)[] =
    offering.storage === 'HDD' ? ['NONE', 'READ'] : [undefined];
  return offering.tiers.flatMap((tier) =>
    caches.flatMap((cache) => provisioned(offering, tier, cache, need)),
  );
}

function provisioned(
  offering: Offering,
  { throughput: tier, capacity: steps, disk }: Tier,
  cache: DriveCacheType | undefined,
  need: Need,
): Candidate[] {
  const forThroughput = Math.ceil((need.throughput * 1000) / disk.baseline);
  const enough = smallest(steps, need.capacity);
  const StorageCapacity = smallest(steps, Math.max(need.capacity, forThroughput));
  if (enough === undefined || StorageCapacity === undefined) return [];
  const rate = `${disk.baseline} MB/s per TiB`;
  return [
    {
      offering,
      properties: {
        StorageCapacity,
        DeploymentType: offering.deployment,
        StorageType: offering.storage,
        ...(tier !== undefined && { PerUnitStorageThroughput: tier }),
        ...(cache !== undefined && { DriveCacheType: cache }),
      },
      decided:
        StorageCapacity > enough
          ? `Throughput decides: at ${rate} it takes ${forThroughput} GiB.`
          : `Capacity decides: at ${rate} it gives the throughput.`,
    },
  ];
}

/** The least that is valid: no read cache, and the fewest metadata IOPS. */
function elastic(offering: Offering, need: Need): Candidate[] {
  const ThroughputCapacity = smallest(THROUGHPUT_CAPACITY, need.throughput);
  const Iops = smallest(METADATA_IOPS.INTELLIGENT_TIERING, 1);
  if (ThroughputCapacity === undefined || Iops === undefined) return [];
  return [
    {
      offering,
      properties: {
        DeploymentType: offering.deployment,
        StorageType: offering.storage,
        ThroughputCapacity,
        DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' },
        MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops },
      },
      decided: `Throughput is bought in steps of ${THROUGHPUT_CAPACITY.multipleOf} MB/s.`,
    },
  ];
}
