/**
 * What each property is to requests and updates, in one row. Actions and requests take their lists from here, and a property
 * or a column that is missing does not compile.
 *
 * Tables with the same keys stand beside this one, by who loads them: the forms of values, `PROPERTY_SHAPES`; which
 * offering takes a property and where the native type has it, `PROPERTY_FITS`; and what FSx means by leaving a property out,
 * `LEFT_OUT`.
 */
import type { LustreProperties } from '../properties';

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

export interface PropertyRow {
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
  /** How two values are compared that FSx writes in several ways; member by member where absent. */
  readonly compared?: 'key' | 'log group' | 'root squash';
}

/**
 * In the order of `PROPERTY_SHAPES`, which is that of violations.
 *
 * Updates: [API UpdateFileSystemLustreConfiguration].
 */
export const PROPERTIES = {
  StorageCapacity: {
    request: 'beside',
    update: 'storage',
    takenOut: 'stays',
    described: 'given',
  },
  StorageType: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
  },
  DeploymentType: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
  },
  SubnetIds: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
  },
  SecurityGroupIds: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'never',
  },
  PerUnitStorageThroughput: {
    request: 'inside',
    update: 'throughput',
    takenOut: 'stays',
    described: 'given',
  },
  ThroughputCapacity: {
    request: 'inside',
    update: 'throughput-capacity',
    takenOut: 'stays',
    described: 'given',
  },
  DataReadCacheConfiguration: {
    request: 'inside',
    // A read cache of the user's own size keeps its size per 4000 MB/s, so both change together.
    update: 'throughput-capacity',
    takenOut: 'stays',
    described: 'given',
  },
  ImportPath: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
  },
  ExportPath: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
  },
  AutoImportPolicy: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
  },
  ImportedFileChunkSize: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
  },
  AutomaticBackupRetentionDays: {
    request: 'inside',
    update: 'settings',
    takenOut: 'stays',
    described: 'left out',
  },
  DailyAutomaticBackupStartTime: {
    request: 'inside',
    update: 'settings',
    takenOut: 'stays',
    described: 'given',
  },
  CopyTagsToBackups: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'left out',
  },
  WeeklyMaintenanceStartTime: {
    request: 'inside',
    update: 'settings',
    takenOut: 'stays',
    described: 'given',
  },
  DataCompressionType: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
  },
  DriveCacheType: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'left out',
  },
  KmsKeyId: {
    request: 'beside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'given',
    compared: 'key',
  },
  FileSystemTypeVersion: {
    request: 'beside',
    update: 'version',
    takenOut: 'stays',
    described: 'given',
  },
  EfaEnabled: {
    request: 'inside',
    update: 'create-only',
    takenOut: 'stays',
    described: 'left out',
  },
  MetadataConfiguration: {
    request: 'inside',
    update: 'metadata',
    takenOut: 'stays',
    described: 'given',
  },
  LogConfiguration: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
    compared: 'log group',
  },
  RootSquashConfiguration: {
    request: 'inside',
    update: 'settings',
    takenOut: 'reset',
    described: 'left out',
    compared: 'root squash',
  },
  BackupId: {
    request: 'backup',
    update: 'create-only',
    takenOut: 'stays',
    described: 'never',
  },
  SkipFinalBackup: {
    request: 'deletion',
    update: 'none',
    takenOut: 'reset',
    described: 'never',
  },
  FinalBackupTags: {
    request: 'deletion',
    update: 'none',
    takenOut: 'reset',
    described: 'never',
  },
  Tags: {
    request: 'tags',
    update: 'tags',
    takenOut: 'reset',
    described: 'left out',
  },
} satisfies Readonly<Record<keyof LustreProperties, PropertyRow>>;

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
