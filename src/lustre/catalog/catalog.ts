/**
 * What Amazon FSx for Lustre offers, as data. Every number is here once; rules, messages, estimates and `manual/rules.md`
 * read it. To add a tier, add a row; manual/development/architecture.md lists the further steps.
 *
 * Sources, in brackets: [API] Amazon FSx API Reference, by shape and member; [LG page] FSx for Lustre User Guide.
 */
import type { DataReadCacheConfiguration, DeploymentType, StorageType } from '../properties';
import type { AllowedNumbers } from './allowed-numbers';

/** The disk throughput that AWS documents, in MB/s per TiB. Without `burst`, the burst is the baseline. */
export interface DiskThroughput {
  readonly baseline: number;
  /** The baseline of writes, where that of reads is higher. */
  readonly write?: number;
  readonly burst?: number;
}

/** The capacities and the throughput for one value of PerUnitStorageThroughput. */
export interface Tier {
  /** PerUnitStorageThroughput, MB/s per TiB; undefined on scratch, which has no such choice. */
  readonly throughput?: number;
  /** Allowed StorageCapacity, GiB. */
  readonly capacity: AllowedNumbers;
  /** Allowed StorageCapacity with EfaEnabled, GiB: EFA needs a whole number of servers. */
  readonly efaCapacity?: AllowedNumbers;
  readonly disk: DiskThroughput;
}

/** `none`: a failed server loses its data. `zone`: replicated within one Availability Zone. `zones`: across several. */
export type Durability = 'none' | 'zone' | 'zones';

interface OfferingRow {
  readonly deployment: DeploymentType;
  readonly storage: StorageType;
  /** The name in messages, and the key of the tables that have an entry for each offering. */
  readonly name: string;
  /** By PerUnitStorageThroughput. One row where there is no such choice; none where capacity is elastic. */
  readonly tiers: readonly Tier[];
  /** The oldest Lustre version that it supports. [API CreateFileSystemRequest.FileSystemTypeVersion] */
  readonly oldestVersion: string;
  /** The Lustre version that FSx uses if none is given. [API CreateFileSystemRequest.FileSystemTypeVersion] */
  readonly defaultVersion: string;
  /** The default without a MetadataConfiguration according to AWS's documentation, where recorded creations differ from it. */
  readonly documentedDefault?: string;
  /** Where replicas of the data are when a server or an Availability Zone fails. [LG using-fsx-lustre] */
  readonly durability: Durability;
  /** Whether StorageCapacity can be increased. [API UpdateFileSystemRequest.StorageCapacity] */
  readonly grows: boolean;
  /**
   * Whether it supports data repository associations. [LG create-dra-linked-data-repo]; INTELLIGENT_TIERING cannot be linked
   * to S3 [LG using-fsx-lustre].
   */
  readonly associations: boolean;
  /** Allowed ThroughputCapacity, MB/s, where throughput is a property of its own instead of following from a tier. */
  readonly throughputCapacity?: AllowedNumbers;
  /** Allowed MetadataConfiguration, where the offering has one. */
  readonly metadata?: MetadataChoice;
}

/** The allowed values of MetadataConfiguration. */
export interface MetadataChoice {
  /** Allowed Iops with Mode USER_PROVISIONED. */
  readonly iops: AllowedNumbers;
  /** Whether Mode AUTOMATIC is allowed. */
  readonly automatic: boolean;
}

// Capacities, GiB. [API CreateFileSystemRequest.StorageCapacity]
const SCRATCH_1_CAPACITY: AllowedNumbers = { also: [1200, 2400], multipleOf: 3600 };
const SSD_CAPACITY: AllowedNumbers = { also: [1200], multipleOf: 2400 };
const multiplesOf = (multipleOf: number): AllowedNumbers => ({ also: [], multipleOf });

/** MetadataConfiguration.Iops. [API CreateFileSystemLustreMetadataConfiguration.Iops] */
export const METADATA_IOPS: Readonly<Record<'SSD' | 'INTELLIGENT_TIERING', AllowedNumbers>> = {
  SSD: { also: [1500, 3000, 6000], multipleOf: 12000, maximum: 192000 },
  INTELLIGENT_TIERING: { also: [6000], multipleOf: 12000, maximum: 12000 },
};

/** ThroughputCapacity, MB/s. [API ThroughputCapacityMbps, LG managing-throughput-capacity] */
export const THROUGHPUT_CAPACITY: AllowedNumbers = {
  also: [],
  multipleOf: 4000,
  maximum: 2_000_000,
};

/** [LG using-fsx-lustre] lists the pairs; all other pairs of deployment and storage type are refused. */
const ROWS = [
  {
    deployment: 'SCRATCH_1',
    storage: 'SSD',
    name: 'SCRATCH_1',
    oldestVersion: '2.10',
    defaultVersion: '2.10',
    durability: 'none',
    grows: false,
    associations: false,
    // [LG older-deployment-types]: designed for 200 MB/s per TiB; no burst is documented.
    tiers: [{ capacity: SCRATCH_1_CAPACITY, disk: { baseline: 200 } }],
  },
  {
    deployment: 'SCRATCH_2',
    storage: 'SSD',
    name: 'SCRATCH_2',
    oldestVersion: '2.10',
    defaultVersion: '2.10',
    durability: 'none',
    grows: true,
    associations: true,
    // [LG ssd-storage]: "200 (read) 100 (write)", bursting to 1300. That is the network burst, the only one documented.
    tiers: [{ capacity: SSD_CAPACITY, disk: { baseline: 200, write: 100, burst: 1300 } }],
  },
  {
    deployment: 'PERSISTENT_1',
    storage: 'SSD',
    name: 'PERSISTENT_1 SSD',
    oldestVersion: '2.10',
    defaultVersion: '2.10',
    durability: 'zone',
    grows: true,
    associations: true,
    // Tiers: [API CreateFileSystemLustreConfiguration.PerUnitStorageThroughput]. Disk throughput: [LG ssd-storage].
    tiers: [
      { throughput: 50, capacity: SSD_CAPACITY, disk: { baseline: 50, burst: 240 } },
      { throughput: 100, capacity: SSD_CAPACITY, disk: { baseline: 100, burst: 240 } },
      { throughput: 200, capacity: SSD_CAPACITY, disk: { baseline: 200, burst: 240 } },
    ],
  },
  {
    deployment: 'PERSISTENT_1',
    storage: 'HDD',
    name: 'PERSISTENT_1 HDD',
    oldestVersion: '2.10',
    defaultVersion: '2.10',
    durability: 'zone',
    grows: true,
    associations: true,
    // The bursts are those of reads; those of writes are 50 and 150. [LG ssd-storage]
    tiers: [
      { throughput: 12, capacity: multiplesOf(6000), disk: { baseline: 12, burst: 80 } },
      { throughput: 40, capacity: multiplesOf(1800), disk: { baseline: 40, burst: 250 } },
    ],
  },
  {
    deployment: 'PERSISTENT_2',
    storage: 'SSD',
    name: 'PERSISTENT_2 SSD',
    oldestVersion: '2.12',
    // The API reference says 2.12. A recorded creation with neither a version nor a metadata configuration got 2.15.
    defaultVersion: '2.15',
    documentedDefault: '2.12',
    durability: 'zone',
    grows: true,
    associations: true,
    metadata: { iops: METADATA_IOPS.SSD, automatic: true },
    // EFA capacities: [LG efa-file-systems]. Tiers and disk throughput as above; 500 and 1000 do not burst.
    tiers: [
      {
        throughput: 125,
        capacity: SSD_CAPACITY,
        efaCapacity: multiplesOf(38400),
        disk: { baseline: 125, burst: 500 },
      },
      {
        throughput: 250,
        capacity: SSD_CAPACITY,
        efaCapacity: multiplesOf(19200),
        disk: { baseline: 250, burst: 500 },
      },
      {
        throughput: 500,
        capacity: SSD_CAPACITY,
        efaCapacity: multiplesOf(9600),
        disk: { baseline: 500 },
      },
      {
        throughput: 1000,
        capacity: SSD_CAPACITY,
        efaCapacity: multiplesOf(4800),
        disk: { baseline: 1000 },
      },
    ],
  },
  {
    deployment: 'PERSISTENT_2',
    storage: 'INTELLIGENT_TIERING',
    name: 'PERSISTENT_2 INTELLIGENT_TIERING',
    // INTELLIGENT_TIERING requires a metadata configuration, which requires 2.15.
    oldestVersion: '2.15',
    defaultVersion: '2.15',
    durability: 'zones',
    grows: false,
    associations: false,
    throughputCapacity: THROUGHPUT_CAPACITY,
    metadata: { iops: METADATA_IOPS.INTELLIGENT_TIERING, automatic: false },
    tiers: [],
  },
] as const satisfies readonly OfferingRow[];

/** The name of an offering. A table with these keys does not compile if an offering is missing. */
export type OfferingName = (typeof ROWS)[number]['name'];

/** A combination of deployment type and storage type that FSx offers. */
export interface Offering extends OfferingRow {
  readonly name: OfferingName;
}

/** All offerings, in the order in which documents list them. */
export const OFFERINGS: readonly Offering[] = ROWS;

/** The most data repository associations of one file system. [LG create-dra-linked-data-repo] */
export const MOST_ASSOCIATIONS = 8;

/** The oldest Lustre version with data repository associations. [LG create-dra-linked-data-repo] */
export const ASSOCIATION_VERSION = '2.12';

/**
 * The SSD read cache of HDD storage, DriveCacheType READ. Its size is a share of StorageCapacity [API DriveCacheType]. Its
 * throughput is per TiB of the cache, not of the file system: the column is "MBps/TiB of storage or SSD cache provisioned"
 * [LG ssd-storage].
 */
export const DRIVE_CACHE = {
  /** Percent. */
  share: 20,
  /** MB/s per TiB of cache. */
  throughput: 200,
} as const;

/** In ascending order. [API CreateFileSystemRequest.FileSystemTypeVersion] */
export const LUSTRE_VERSIONS: readonly string[] = ['2.10', '2.12', '2.15'];

/** Compares Lustre versions for sorting: negative if `left` is older, 0 if they are equal. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let part = 0; part < Math.max(a.length, b.length); part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The oldest Lustre version with MetadataConfiguration. [API CreateFileSystemRequest.FileSystemTypeVersion] */
export const METADATA_VERSION = '2.15';

/** The metadata IOPS of one metadata server. [LG using-fsx-lustre, IP addresses for file systems] */
export const METADATA_SERVER_IOPS = 12_000;

/** Metadata IOPS of Mode AUTOMATIC, each from a StorageCapacity (GiB) upwards. [LG managing-metadata-performance] */
export const AUTOMATIC_IOPS: readonly { readonly from: number; readonly iops: number }[] = [
  { from: 0, iops: 1500 },
  { from: 2400, iops: 3000 },
  { from: 4800, iops: 6000 },
  { from: 12000, iops: 12000 },
];

/** Above the table: 12000 more IOPS for every 24000 GiB. [LG managing-metadata-performance] */
export const AUTOMATIC_IOPS_STEP = { perCapacity: 24000, iops: 12000 } as const;

/**
 * Metadata IOPS of Mode AUTOMATIC for a StorageCapacity in GiB. AWS documents no rounding between the steps; this rounds
 * down.
 */
export function automaticMetadataIops(capacity: number): number {
  const listed = AUTOMATIC_IOPS.findLast(({ from }) => capacity >= from)?.iops ?? 0;
  const { perCapacity, iops } = AUTOMATIC_IOPS_STEP;
  const stepped = Math.floor(capacity / perCapacity) * iops;
  return Math.min(Math.max(listed, stepped), METADATA_IOPS.SSD.maximum ?? Infinity);
}

/** The SSD read cache of INTELLIGENT_TIERING, for every `server` MB/s of throughput. [API LustreReadCacheConfiguration] */
export const READ_CACHE = {
  /** MB/s of one server. */
  server: 4000,
  /** The smallest cache with USER_PROVISIONED, GiB per server. */
  smallest: 32,
  largest: 131_072,
  /** With PROPORTIONAL_TO_THROUGHPUT_CAPACITY: GiB for each MB/s. */
  proportion: 5,
  /** The smallest change of its size, in percent of the current size. [LG managing-ssd-read-cache] */
  leastStep: 10,
} as const;

/**
 * The size of the read cache in GiB, with a ThroughputCapacity in MB/s; undefined if the configuration does not determine it.
 */
export function readCacheSize(
  cache: DataReadCacheConfiguration | undefined,
  throughput: number | undefined,
): number | undefined {
  switch (cache?.SizingMode) {
    case 'NO_CACHE':
      return 0;
    case 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY':
      return throughput && throughput * READ_CACHE.proportion;
    default:
      return cache?.SizeGiB;
  }
}

/**
 * The most data that one server of INTELLIGENT_TIERING holds, TiB: "a maximum of 512 TiB of storage per OSS". [LG
 * using-fsx-lustre, IP addresses for file systems]
 */
export const TIERING_SERVER_TIB = 512;

/** The longest retention of automatic backups, in days. [API AutomaticBackupRetentionDays] */
export const LONGEST_RETENTION = 90;
