import { arn, type Account } from '../state/account';
import { automaticIops, isScratch } from './catalog';
import { mountName, pick, uuid } from '../state/ids';
import { bucketOf } from './repository';
import type {
  CreateFileSystemInput,
  CreateLustre,
  DataRepositoryConfiguration,
  DeploymentType,
  FileSystemValues,
  LogConfiguration,
  LustreConfiguration,
  MetadataConfiguration,
  StorageType,
} from '../types';

/**
 * The default values of FSx for properties that a request does not give: SCRATCH_1, Lustre 2.10, no backups, and others (AWS
 * FSx API reference, CreateFileSystem and CreateFileSystemLustreConfiguration; FSx for Lustre user guide).
 */
export function valuesAtCreation(
  account: Account,
  id: string,
  input: Omit<CreateFileSystemInput, 'FileSystemType'>,
): FileSystemValues {
  const lustre = input.LustreConfiguration ?? {};
  const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
  const storage = input.StorageType ?? 'SSD';
  const capacity = input.StorageCapacity;
  return {
    ...(capacity === undefined ? {} : { StorageCapacity: capacity }),
    StorageType: storage,
    FileSystemTypeVersion: input.FileSystemTypeVersion ?? defaultVersion(deployment),
    LustreConfiguration: {
      DeploymentType: deployment,
      MountName: deployment === 'SCRATCH_1' ? 'fsx' : mountName(id),
      WeeklyMaintenanceStartTime: lustre.WeeklyMaintenanceStartTime ?? someWeeklyTime(id),
      ...backups(id, lustre, deployment, storage),
      ...given(lustre, ['PerUnitStorageThroughput', 'ThroughputCapacity', 'DriveCacheType']),
      DataCompressionType: lustre.DataCompressionType ?? 'NONE',
      ...(deployment === 'PERSISTENT_2' ? { EfaEnabled: lustre.EfaEnabled ?? false } : {}),
      LogConfiguration: logConfiguration(account, id, lustre.LogConfiguration),
      ...given(lustre, ['RootSquashConfiguration', 'DataReadCacheConfiguration']),
      ...metadata(lustre.MetadataConfiguration, capacity),
      ...repository(account, lustre),
    },
  };
}

const given = <Name extends keyof CreateLustre & keyof LustreConfiguration>(
  lustre: CreateLustre,
  names: readonly Name[],
): Pick<LustreConfiguration, Name> =>
  Object.fromEntries(
    names.filter((name) => lustre[name] !== undefined).map((name) => [name, lustre[name]]),
  ) as Pick<LustreConfiguration, Name>;

/** As recorded. The API reference documents 2.12 for PERSISTENT_2 without a metadata configuration. */
const defaultVersion = (deployment: DeploymentType): string =>
  deployment === 'PERSISTENT_2' ? '2.15' : '2.10';

/** The start of a 30-minute window that FSx chooses. */
const someWeeklyTime = (id: string): string =>
  `${pick(7, 'day', id) + 1}:${someDailyTime('weekly', id)}`;
const someDailyTime = (purpose: string, id: string): string =>
  `${String(pick(24, purpose, 'hour', id)).padStart(2, '0')}:${pick(2, purpose, 'half', id) ? '30' : '00'}`;

/** Persistent file systems have backups. On INTELLIGENT_TIERING, a default retention of 30 days was observed. */
function backups(
  id: string,
  lustre: CreateLustre,
  deployment: DeploymentType,
  storage: StorageType,
): LustreConfiguration {
  const copy = { CopyTagsToBackups: lustre.CopyTagsToBackups ?? false };
  // A recorded description of a file system with ImportPath has neither of the other two members.
  if (isScratch(deployment) || lustre.ImportPath !== undefined) return copy;
  const retention = storage === 'INTELLIGENT_TIERING' ? 30 : 0;
  return {
    ...copy,
    DailyAutomaticBackupStartTime:
      lustre.DailyAutomaticBackupStartTime ?? someDailyTime('backup', id),
    AutomaticBackupRetentionDays: lustre.AutomaticBackupRetentionDays ?? retention,
  };
}

/**
 * Without a destination, events go to the log group /aws/fsx/lustre. FSx returns the log stream that it created in the group.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/fsx/lustre_file_system.go (logStateFunc)
 */
export function logConfiguration(
  account: Account,
  fileSystemId: string,
  log: LogConfiguration | undefined,
): LogConfiguration {
  if (!log || log.Level === 'DISABLED') return { Level: 'DISABLED' };
  const group = log.Destination ?? arn(account, 'logs', 'log-group:/aws/fsx/lustre');
  return {
    Level: log.Level,
    Destination: `${group.replace(/:\*$/, '')}${LOG_STREAM}${fileSystemId}`,
  };
}

const LOG_STREAM = ':log-stream:datarepo_';

/** The request for a described log configuration. */
export function requestedLog({
  Level: level,
  Destination: shown,
}: LogConfiguration): LogConfiguration {
  const [group] = (shown ?? '').split(LOG_STREAM);
  return { Level: level, ...(group ? { Destination: group } : {}) };
}

function metadata(
  configuration: MetadataConfiguration | undefined,
  capacity: number | undefined,
): LustreConfiguration {
  if (!configuration) return {};
  const iops = configuration.Iops ?? automaticIops(capacity ?? 0);
  return {
    MetadataConfiguration: { Mode: configuration.Mode ?? 'AUTOMATIC', Iops: iops },
  };
}

/** Members that were given flat are returned nested. */
function repository(account: Account, lustre: CreateLustre): LustreConfiguration {
  if (lustre.ImportPath === undefined) return {};
  const configuration: DataRepositoryConfiguration = {
    ImportPath: lustre.ImportPath,
    ExportPath: lustre.ExportPath ?? defaultExportPath(lustre.ImportPath, account.clock.now()),
    ImportedFileChunkSize: lustre.ImportedFileChunkSize ?? 1024,
    AutoImportPolicy: lustre.AutoImportPolicy ?? 'NONE',
  };
  return { DataRepositoryConfiguration: configuration };
}

/** `s3://import-bucket/FSxLustre20181105T222312Z` */
const defaultExportPath = (importPath: string, now: number): string => {
  const timestamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `s3://${bucketOf(importPath) ?? ''}/FSxLustre${timestamp}`;
};

/**
 * The key as FSx returns it: always its ARN, for a given id, ARN or alias, and by default. Scratch file systems are encrypted
 * with a key of the service and return none.
 */
export function keyArn(
  account: Account,
  deployment: DeploymentType,
  key: string | undefined,
): string | undefined {
  if (isScratch(deployment)) return undefined;
  if (key === undefined) return aliasArn(account, 'alias/aws/fsx');
  if (/^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(key)) return key;
  const alias = /^(?:arn:[^:]+:kms:[^:]*:[^:]*:)?(alias\/.+)$/.exec(key)?.[1];
  return alias === undefined ? arn(account, 'kms', `key/${key}`) : aliasArn(account, alias);
}

const aliasArn = (account: Account, alias: string): string =>
  arn(account, 'kms', `key/${uuid(account.region, account.accountId, alias)}`);
