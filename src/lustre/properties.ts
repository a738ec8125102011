/**
 * The properties of `Pangea::FSx::LustreFileSystem` once they are parsed: numbers are numbers, booleans are booleans,
 * nothing is null. Names are those of the FSx API, flat.
 */

/** As CloudFormation knows it. */
export const TYPE_NAME = 'Pangea::FSx::LustreFileSystem';

export type StorageType = 'SSD' | 'HDD' | 'INTELLIGENT_TIERING';
export type DeploymentType = 'SCRATCH_1' | 'SCRATCH_2' | 'PERSISTENT_1' | 'PERSISTENT_2';
export type DriveCacheType = 'NONE' | 'READ';

export interface Tag {
  Key: string;
  Value: string;
}

/** SSD read cache of an INTELLIGENT_TIERING file system. */
export interface DataReadCacheConfiguration {
  SizingMode?: 'NO_CACHE' | 'USER_PROVISIONED' | 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY';
  /** GiB; only with USER_PROVISIONED. */
  SizeGiB?: number;
}

export interface MetadataConfiguration {
  Mode?: 'AUTOMATIC' | 'USER_PROVISIONED';
  /** Metadata operations per second; only with USER_PROVISIONED. */
  Iops?: number;
}

export interface LogConfiguration {
  Level?: 'DISABLED' | 'WARN_ONLY' | 'ERROR_ONLY' | 'WARN_ERROR';
  /** ARN of a CloudWatch Logs log group whose name begins with /aws/fsx. */
  Destination?: string;
}

export interface RootSquashConfiguration {
  /** UID:GID that root is mapped to; 0:0 turns root squash off. */
  RootSquash?: string;
  NoSquashNids?: string[];
}

/** What a template may set. */
export interface LustreProperties {
  /** GiB. */
  StorageCapacity?: number;
  StorageType?: StorageType;
  DeploymentType?: DeploymentType;
  SubnetIds?: string[];
  SecurityGroupIds?: string[];
  /** MB/s per TiB of storage. */
  PerUnitStorageThroughput?: number;
  /** MB/s, INTELLIGENT_TIERING only. */
  ThroughputCapacity?: number;
  DataReadCacheConfiguration?: DataReadCacheConfiguration;
  ImportPath?: string;
  ExportPath?: string;
  AutoImportPolicy?: 'NONE' | 'NEW' | 'NEW_CHANGED' | 'NEW_CHANGED_DELETED';
  /** MiB. */
  ImportedFileChunkSize?: number;
  /** Days; 0 turns automatic backups off. */
  AutomaticBackupRetentionDays?: number;
  /** HH:MM, UTC. */
  DailyAutomaticBackupStartTime?: string;
  CopyTagsToBackups?: boolean;
  /** d:HH:MM, UTC, 1 is Monday. */
  WeeklyMaintenanceStartTime?: string;
  DataCompressionType?: 'NONE' | 'LZ4';
  DriveCacheType?: DriveCacheType;
  KmsKeyId?: string;
  FileSystemTypeVersion?: string;
  EfaEnabled?: boolean;
  MetadataConfiguration?: MetadataConfiguration;
  LogConfiguration?: LogConfiguration;
  RootSquashConfiguration?: RootSquashConfiguration;
  BackupId?: string;
  SkipFinalBackup?: boolean;
  FinalBackupTags?: Tag[];
  Tags?: Tag[];
}

/** USD a month by component; the members that do not apply are absent, the others add up to the total. */
export interface MonthlyCostBreakdown {
  Storage?: number;
  ThroughputTier?: number;
  MetadataIops?: number;
  ReadCache?: number;
  ThroughputCapacity?: number;
}

/**
 * What the type returns and a template may not set. Estimates are text, plain decimal numbers: CloudFormation refuses an
 * output that is a number, after it has created the file system.
 */
export interface LustreAttributes {
  FileSystemId?: string;
  ResourceARN?: string;
  DNSName?: string;
  MountName?: string;
  NetworkInterfaceIds?: string[];
  VpcId?: string;
  OwnerId?: string;
  /** MB/s, such as 1440 or 14.4. */
  EstimatedBaselineThroughput?: string;
  /** MB/s, such as 6240 or 14.4. */
  EstimatedBurstThroughput?: string;
  /** USD with two decimals, such as 672.00. */
  EstimatedMonthlyCost?: string;
  /** The same of each component. */
  EstimatedMonthlyCostBreakdown?: Partial<Record<keyof MonthlyCostBreakdown, string>>;
  EstimatedCostBasis?: string;
  MountCommand?: string;
}

/** What this type chooses where a template names none; FSx itself would take SCRATCH_1 and, there, Lustre 2.10. */
export const CREATION_DEFAULTS = {
  StorageType: 'SSD',
  DeploymentType: 'SCRATCH_2',
  FileSystemTypeVersion: '2.15',
} as const satisfies LustreProperties;

type Name = keyof LustreProperties;

/** Reads a property of a file system. */
export type Read = <Of extends Name>(name: Of) => LustreProperties[Of] | undefined;

/** What each property has that is left out; undefined where nothing. Others that it depends on are read, with defaults. */
export type Defaults = {
  readonly [Of in Name]?: (read: Read) => LustreProperties[Of] | undefined;
};

/** A default of a file system that is created. A backup brings its own, so with BackupId nothing is filled in. */
export const ofCreation =
  <T>(value: (read: Read) => T) =>
  (read: Read): T | undefined =>
    read('BackupId') === undefined ? value(read) : undefined;

/** Those of this type. */
export const TYPE_DEFAULTS = Object.fromEntries(
  Object.entries(CREATION_DEFAULTS).map(([name, value]) => [name, ofCreation(() => value)]),
) as Defaults;

/** Reads a property, or its default where it is left out. */
export function readingDefaults(given: (name: Name) => unknown, defaults: Defaults): Read {
  const read = (name: Name): unknown => given(name) ?? defaults[name]?.(read as Read);
  return read as Read;
}

/** The properties with their defaults; those of this type where no others are given. */
export function withDefaults(
  properties: LustreProperties,
  defaults: Defaults = TYPE_DEFAULTS,
): LustreProperties {
  const read = readingDefaults((name) => properties[name], defaults);
  const filled: Partial<Record<string, unknown>> = {};
  for (const name of Object.keys(defaults) as Name[]) {
    const value = read(name);
    if (value !== undefined) filled[name] = value;
  }
  return { ...filled, ...properties };
}
