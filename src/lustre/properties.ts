/**
 * The parsed properties of `Pangea::FSx::LustreFileSystem`: numbers are numbers, booleans are booleans, and nothing is null.
 * The names are those of the FSx API, without its nesting.
 */

/** The name of the type in the CloudFormation registry. */
export const TYPE_NAME = 'Pangea::FSx::LustreFileSystem';

/** StorageType of CreateFileSystem, without those of other file system types. */
export type StorageType = 'SSD' | 'HDD' | 'INTELLIGENT_TIERING';
/** DeploymentType of CreateFileSystemLustreConfiguration. */
export type DeploymentType = 'SCRATCH_1' | 'SCRATCH_2' | 'PERSISTENT_1' | 'PERSISTENT_2';
/** DriveCacheType of CreateFileSystemLustreConfiguration: the SSD read cache of HDD storage. */
export type DriveCacheType = 'NONE' | 'READ';

/** A tag of the file system, or of its final backup. */
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

/** Metadata performance of PERSISTENT_2. */
export interface MetadataConfiguration {
  Mode?: 'AUTOMATIC' | 'USER_PROVISIONED';
  /** Metadata operations per second; only with USER_PROVISIONED. */
  Iops?: number;
}

/** Logging of data repository events. */
export interface LogConfiguration {
  Level?: 'DISABLED' | 'WARN_ONLY' | 'ERROR_ONLY' | 'WARN_ERROR';
  /** ARN of a CloudWatch Logs log group whose name begins with /aws/fsx/. */
  Destination?: string;
}

/** Root squash: maps the root user of clients to another user. */
export interface RootSquashConfiguration {
  /** UID:GID that root is mapped to; 0:0 turns root squash off. */
  RootSquash?: string;
  NoSquashNids?: string[];
}

/** The properties that a template may set. */
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

/** USD a month by component. Components that do not apply are absent; the others add up to the total. */
export interface MonthlyCostBreakdown {
  Storage?: number;
  ThroughputTier?: number;
  MetadataIops?: number;
  ReadCache?: number;
  ThroughputCapacity?: number;
}

/**
 * The read-only properties. Estimates are decimal numbers as text: CloudFormation refuses an output whose value is a number,
 * after it has created the file system.
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
  /** EstimatedMonthlyCost by component, each as text. */
  EstimatedMonthlyCostBreakdown?: Partial<Record<keyof MonthlyCostBreakdown, string>>;
  EstimatedCostBasis?: string;
  MountCommand?: string;
}

/** The defaults of this type. Those of FSx would be SCRATCH_1 and, on it, Lustre 2.10. */
export const CREATION_DEFAULTS = {
  StorageType: 'SSD',
  DeploymentType: 'SCRATCH_2',
  FileSystemTypeVersion: '2.15',
} as const satisfies LustreProperties;

type Name = keyof LustreProperties;

/** Reads a property of a file system. */
export type Read = <Of extends Name>(name: Of) => LustreProperties[Of] | undefined;

/**
 * The default of each property; undefined if it has none. A default reads the properties that it depends on, with their
 * defaults.
 */
export type Defaults = {
  readonly [Of in Name]?: (read: Read) => LustreProperties[Of] | undefined;
};

/**
 * A default of creation. A restored file system takes its properties from the backup, so with BackupId there are no defaults.
 */
export const ofCreation =
  <T>(value: (read: Read) => T) =>
  (read: Read): T | undefined =>
    read('BackupId') === undefined ? value(read) : undefined;

/** The defaults of `CREATION_DEFAULTS`, as functions. */
export const TYPE_DEFAULTS = Object.fromEntries(
  Object.entries(CREATION_DEFAULTS).map(([name, value]) => [name, ofCreation(() => value)]),
) as Defaults;

/** Reads a property, or its default if it is not given. */
export function readingDefaults(given: (name: Name) => unknown, defaults: Defaults): Read {
  const read = (name: Name): unknown => given(name) ?? defaults[name]?.(read as Read);
  return read as Read;
}

/** Adds the defaults to properties; by default, those of this type. */
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
