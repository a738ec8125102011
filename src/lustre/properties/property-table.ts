/**
 * How requests and updates treat each property, one row for each. Actions and requests derive their lists from this table,
 * and a missing property or column does not compile.
 *
 * Tables with the same keys are separate because other code loads them: `PROPERTY_SHAPES` (the forms of values),
 * `applicability.ts` (which offerings accept a property, and where AWS::FSx::FileSystem has it), and `LEFT_OUT` (what FSx
 * means by omitting a property).
 */
import type { LustreProperties } from '../properties';

/**
 * The calls of an update, in order. Changes that can be undone come first, so that a refusal half-way leaves as little as
 * possible behind. Metadata IOPS must reach the automatic value of the new capacity before the capacity can grow, and FSx
 * accepts one of these subjects in a call.
 */
export const STEP_NAMES = [
  'settings',
  'throughput',
  'metadata',
  'storage',
  'throughput-capacity',
  'version',
] as const;

/** The name of a call of an update. */
export type StepName = (typeof STEP_NAMES)[number];

/** How requests, updates and descriptions treat one property. */
export interface PropertyRow {
  /**
   * Where requests of FSx have it, under the same name: beside LustreConfiguration or inside it. `tags` and `backup` are
   * separate members of a creation; `deletion` is a member of DeleteFileSystem only.
   */
  readonly request: 'beside' | 'inside' | 'tags' | 'backup' | 'deletion';
  /** The call that changes it. `create-only`: UpdateFileSystem has no such member. `none`: FSx is not called. */
  readonly update: StepName | 'create-only' | 'tags' | 'none';
  /**
   * The effect of removing it from a template. `reset`: the file system gets the value that FSx has without the property.
   * `stays`: the file system keeps its value. Removing a property never deletes backups, moves a window, shrinks, slows down
   * or upgrades anything.
   */
  readonly takenOut: 'reset' | 'stays';
  /**
   * How DescribeFileSystems returns it. `given`: as it is. `left out`: FSx may omit it to mean the value in `LEFT_OUT`.
   * `never`: not at all, which makes it a write-only property.
   */
  readonly described: 'given' | 'left out' | 'never';
  /** How to compare values that FSx writes in several ways. Absent: member by member. */
  readonly compared?: 'key' | 'log group' | 'root squash';
}

/** In the order of `PROPERTY_SHAPES`, which is that of violations. `update`: [API UpdateFileSystemLustreConfiguration]. */
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
    // A USER_PROVISIONED read cache keeps its size per 4000 MB/s, so both change in the same call.
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

/** The names of the properties with this value in a column. */
export type NamesWhere<Column extends keyof PropertyRow, Value> = {
  [Name in keyof Table]: Table[Name] extends Readonly<Record<Column, Value>> ? Name : never;
}[keyof Table];

/** The row of a property whose name is known at run time only. */
export const rowOf = (name: keyof LustreProperties): PropertyRow => PROPERTIES[name];

/** The names of the properties with a value in a column, in the order of the table. */
export function namesWhere<
  Column extends keyof PropertyRow,
  const Value extends PropertyRow[Column],
>(column: Column, value: Value): readonly NamesWhere<Column, Value>[] {
  return (Object.keys(PROPERTIES) as (keyof Table)[]).filter(
    (name) => rowOf(name)[column] === value,
  ) as NamesWhere<Column, Value>[];
}
