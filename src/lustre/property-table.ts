/**
 * What each property is, in one row: where it stands in FSx's requests and in the native resource type, what an update and
 * a template without it do, and which offerings take it. The lists that actions, requests, rules and reviews work by are
 * taken from here, and a property, a column or an offering that is missing does not compile.
 *
 * Two tables with the same keys stand beside this one, and do not compile without a new property either: the forms of
 * values, `PROPERTY_SHAPES`, and what FSx means by leaving a property out, `LEFT_OUT`.
 */
import type { OfferingName } from './catalog';
import type { LustreProperties } from './properties';

/**
 * The calls of an update in their order. What can be taken back comes first, what cannot comes last, so that a refusal
 * half-way leaves as little as possible behind. Metadata IOPS must have reached the automatic value of the new capacity
 * before the capacity may grow, and FSx takes one of these subjects in a call.
 */
export const STEP_NAMES = [
  'settings',
  'throughput',
  'metadata',
  'storage',
  'throughput-capacity',
  'version',
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** Whether a property goes with an offering; `doubtful` is documented for others only, without a refusal on record. */
export type Fit = 'required' | 'optional' | 'doubtful' | 'refused';

/** How a property goes with each offering. There is no default: a new offering asks for its word in every row. */
export type Fits = Readonly<Record<OfferingName, Fit>>;

export type PropertyRow<Value = unknown> = Columns<Value> & (GoesEverywhere | IsRefused);

interface GoesEverywhere {
  readonly fits: Readonly<Record<OfferingName, 'optional'>>;
  readonly why?: undefined;
}

interface IsRefused {
  readonly fits: Fits;
  /** Why it is refused, or doubtful, where it is so. */
  readonly why: string;
}

interface Columns<Value> {
  /**
   * Where requests of FSx have it, under the same name: beside LustreConfiguration or inside it; `tags` and `backup` are
   * members of their own of a creation, `deletion` is for DeleteFileSystem alone.
   */
  readonly request: 'beside' | 'inside' | 'tags' | 'backup' | 'deletion';
  /** The call that changes it; `create-only` where no member of UpdateFileSystem does; `none` where FSx is not told. */
  readonly update: StepName | 'create-only' | 'tags' | 'none';
  /**
   * What taking it out of a template does: `reset` goes back to what FSx has where nothing is given, `stays` leaves the file
   * system as it is. Leaving out a property never deletes backups, moves a window, shrinks, slows or upgrades anything.
   */
  readonly takenOut: 'reset' | 'stays';
  /**
   * How DescribeFileSystems tells it: `given` as it is, `left out` where FSx may leave it out and means a value of `LEFT_OUT`
   * by that, `never` where it does not tell it, which makes it write-only.
   */
  readonly described: 'given' | 'left out' | 'never';
  /**
   * Where AWS::FSx::FileSystem has it: beside LustreConfiguration, inside it, or not at all; `not yet` where CreateFileSystem
   * takes it inside LustreConfiguration, so that AWS may add it to the type any day.
   */
  readonly native: 'beside' | 'inside' | 'not yet' | 'none';
  /** Whether throughput or cost depend on it. */
  readonly priced: boolean;
  /** A value that asks for nothing, and is accepted everywhere. */
  readonly inert?: Value;
  /** How two values are compared that FSx writes in several ways; member by member where absent. */
  readonly compared?: 'key' | 'log group' | 'root squash';
}

const EVERYWHERE: Readonly<Record<OfferingName, 'optional'>> = {
  SCRATCH_1: 'optional',
  SCRATCH_2: 'optional',
  'PERSISTENT_1 SSD': 'optional',
  'PERSISTENT_1 HDD': 'optional',
  'PERSISTENT_2 SSD': 'optional',
  'PERSISTENT_2 INTELLIGENT_TIERING': 'optional',
};

const PERSISTENT: Fits = {
  SCRATCH_1: 'refused',
  SCRATCH_2: 'refused',
  'PERSISTENT_1 SSD': 'optional',
  'PERSISTENT_1 HDD': 'optional',
  'PERSISTENT_2 SSD': 'optional',
  'PERSISTENT_2 INTELLIGENT_TIERING': 'optional',
};

const S3_LINK: Fits = {
  SCRATCH_1: 'optional',
  SCRATCH_2: 'optional',
  'PERSISTENT_1 SSD': 'optional',
  'PERSISTENT_1 HDD': 'optional',
  'PERSISTENT_2 SSD': 'refused',
  'PERSISTENT_2 INTELLIGENT_TIERING': 'refused',
};

const INTELLIGENT_TIERING: Fits = {
  SCRATCH_1: 'refused',
  SCRATCH_2: 'refused',
  'PERSISTENT_1 SSD': 'refused',
  'PERSISTENT_1 HDD': 'refused',
  'PERSISTENT_2 SSD': 'refused',
  'PERSISTENT_2 INTELLIGENT_TIERING': 'required',
};

/**
 * In the order of `PROPERTY_SHAPES`, which is that of violations.
 *
 * Fits: [API CreateFileSystemLustreConfiguration, member by member]. Updates: [API UpdateFileSystemLustreConfiguration].
 * The native type: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-fsx-filesystem-lustreconfiguration.html
 */
export const PROPERTIES = {
  StorageCapacity: {
    request: 'beside',
    update: 'storage',
    takenOut: 'stays',
    described: 'given',
    native: 'beside',
    priced: true,
    fits: {
      SCRATCH_1: 'required',
      SCRATCH_2: 'required',
      'PERSISTENT_1 SSD': 'required',
      'PERSISTENT_1 HDD': 'required',
      'PERSISTENT_2 SSD': 'required',
      'PERSISTENT_2 INTELLIGENT_TIERING': 'refused',
    },
    why: 'its storage is elastic',
  },
  StorageType: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'beside',
    priced: true,
    fits: EVERYWHERE,
  },
  DeploymentType: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: true,
    fits: EVERYWHERE,
  },
  SubnetIds: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'beside',
    priced: false,
    fits: EVERYWHERE,
  },
  SecurityGroupIds: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'never',
    native: 'beside',
    priced: false,
    fits: EVERYWHERE,
  },
  PerUnitStorageThroughput: {
    request: 'inside',
    update: 'throughput',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: true,
    fits: {
      SCRATCH_1: 'refused',
      SCRATCH_2: 'refused',
      'PERSISTENT_1 SSD': 'required',
      'PERSISTENT_1 HDD': 'required',
      'PERSISTENT_2 SSD': 'required',
      'PERSISTENT_2 INTELLIGENT_TIERING': 'refused',
    },
    why: 'its throughput is not chosen per TiB',
  },
  ThroughputCapacity: {
    request: 'inside',
    update: 'throughput-capacity',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: true,
    fits: INTELLIGENT_TIERING,
    why: 'its throughput follows from StorageCapacity',
  },
  DataReadCacheConfiguration: {
    request: 'inside',
    // A read cache of the user's own size keeps its size per 4000 MB/s, so both change together.
    update: 'throughput-capacity',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: true,
    fits: INTELLIGENT_TIERING,
    why: 'it has no read cache of this kind',
  },
  ImportPath: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: false,
    fits: S3_LINK,
    why: 'S3 is linked there by a data repository association (AWS::FSx::DataRepositoryAssociation, not on INTELLIGENT_TIERING)',
  },
  ExportPath: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: false,
    fits: S3_LINK,
    why: 'it belongs to ImportPath',
  },
  AutoImportPolicy: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
    native: 'inside',
    priced: false,
    fits: S3_LINK,
    why: 'it belongs to ImportPath',
  },
  ImportedFileChunkSize: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: false,
    fits: S3_LINK,
    why: 'it belongs to ImportPath',
  },
  AutomaticBackupRetentionDays: {
    request: 'inside',
    update: 'settings',
    takenOut: 'stays',
    described: 'left out',
    native: 'inside',
    priced: false,
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
    inert: 0,
  },
  DailyAutomaticBackupStartTime: {
    request: 'inside',
    update: 'settings',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: false,
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
  },
  CopyTagsToBackups: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'left out',
    native: 'inside',
    priced: false,
    fits: EVERYWHERE,
  },
  WeeklyMaintenanceStartTime: {
    request: 'inside',
    update: 'settings',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: false,
    fits: EVERYWHERE,
  },
  DataCompressionType: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
    native: 'inside',
    priced: false,
    fits: EVERYWHERE,
  },
  DriveCacheType: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'left out',
    native: 'inside',
    priced: true,
    fits: {
      SCRATCH_1: 'refused',
      SCRATCH_2: 'refused',
      'PERSISTENT_1 SSD': 'refused',
      'PERSISTENT_1 HDD': 'required',
      'PERSISTENT_2 SSD': 'refused',
      'PERSISTENT_2 INTELLIGENT_TIERING': 'refused',
    },
    why: 'the drive cache is for HDD storage',
  },
  KmsKeyId: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    native: 'beside',
    priced: false,
    // [LG encryption-at-rest] says that a persistent file system takes a key and that scratch is encrypted with keys of FSx's
    // own. No refusal is on record, and a recipe that AWS publishes creates SCRATCH_1 with a key:
    // https://github.com/aws-samples/aws-hpc-recipes/blob/main/recipes/pcluster/nist_800_223/assets/2_storage.yml
    fits: {
      SCRATCH_1: 'doubtful',
      SCRATCH_2: 'doubtful',
      'PERSISTENT_1 SSD': 'optional',
      'PERSISTENT_1 HDD': 'optional',
      'PERSISTENT_2 SSD': 'optional',
      'PERSISTENT_2 INTELLIGENT_TIERING': 'optional',
    },
    why: 'AWS documents it for persistent file systems, and says that scratch is encrypted with keys that FSx keeps',
    compared: 'key',
  },
  FileSystemTypeVersion: {
    request: 'beside',
    update: 'version',
    takenOut: 'stays',
    described: 'given',
    native: 'beside',
    priced: false,
    fits: EVERYWHERE,
  },
  EfaEnabled: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'left out',
    native: 'inside',
    priced: false,
    fits: {
      SCRATCH_1: 'refused',
      SCRATCH_2: 'refused',
      'PERSISTENT_1 SSD': 'refused',
      'PERSISTENT_1 HDD': 'refused',
      'PERSISTENT_2 SSD': 'optional',
      'PERSISTENT_2 INTELLIGENT_TIERING': 'optional',
    },
    why: 'EFA needs the newer servers',
    inert: false,
  },
  MetadataConfiguration: {
    request: 'inside',
    update: 'metadata',
    takenOut: 'stays',
    described: 'given',
    native: 'inside',
    priced: true,
    fits: {
      SCRATCH_1: 'refused',
      SCRATCH_2: 'refused',
      'PERSISTENT_1 SSD': 'refused',
      'PERSISTENT_1 HDD': 'refused',
      'PERSISTENT_2 SSD': 'optional',
      'PERSISTENT_2 INTELLIGENT_TIERING': 'required',
    },
    why: 'its metadata performance is fixed',
  },
  LogConfiguration: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
    // AWS added it in 2026.
    native: 'inside',
    priced: false,
    fits: EVERYWHERE,
    compared: 'log group',
  },
  RootSquashConfiguration: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
    native: 'not yet',
    priced: false,
    fits: EVERYWHERE,
    compared: 'root squash',
  },
  BackupId: {
    request: 'backup',
    update: 'create-only',
    takenOut: 'stays',
    described: 'never',
    native: 'beside',
    priced: true,
    fits: PERSISTENT,
    why: 'a backup is restored to a persistent file system',
  },
  SkipFinalBackup: {
    request: 'deletion',
    update: 'none',
    takenOut: 'reset',
    described: 'never',
    native: 'none',
    priced: false,
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
    inert: true,
  },
  FinalBackupTags: {
    request: 'deletion',
    update: 'none',
    takenOut: 'reset',
    described: 'never',
    native: 'none',
    priced: false,
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
  },
  Tags: {
    request: 'tags',
    update: 'tags',
    takenOut: 'reset',
    described: 'left out',
    native: 'beside',
    priced: false,
    fits: EVERYWHERE,
  },
} satisfies {
  readonly [Name in keyof LustreProperties]-?: PropertyRow<LustreProperties[Name]>;
};

type Table = typeof PROPERTIES;

/** The names of the properties whose row has this in a column. */
export type NamesWhere<Column extends keyof PropertyRow, Value> = {
  [Name in keyof Table]: Table[Name] extends Readonly<Record<Column, Value>> ? Name : never;
}[keyof Table];

/** The row of a property, by any name. */
export const rowOf = (name: keyof LustreProperties): PropertyRow => PROPERTIES[name];

/** The names of the properties whose row has a value in a column, in the order of the table. */
export function namesWhere<
  Column extends keyof PropertyRow,
  const Value extends PropertyRow[Column],
>(column: Column, value: Value): readonly NamesWhere<Column, Value>[] {
  return (Object.keys(PROPERTIES) as (keyof Table)[]).filter(
    (name) => rowOf(name)[column] === value,
  ) as NamesWhere<Column, Value>[];
}
