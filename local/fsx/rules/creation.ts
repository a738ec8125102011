import { partition, type Account } from '../state/account';
import {
  capacityRule,
  checkVersionName,
  isScratch,
  isSsdIops,
  isTieringIops,
  offersCapacity,
  optionOf,
  tiers,
} from './catalog';
import { badRequest, FsxError, incompatibleParameter } from '../errors';
import { checkLog, checkOtherTypes, checkRootSquash } from './configuration';
import { checkNetwork } from './network';
import { checkTags } from './tags';
import { checkRepository } from './repository';
import { isKeyName } from '../resource-names';
import type { CreateFileSystemInput, CreateLustre, DeploymentType, StorageType } from '../types';

/**
 * What FSx refuses at creation, with its recorded messages. If a refusal is documented but its message is not recorded, the
 * message is this project's, and the error is BadRequest, which FSx uses for nearly all refusals.
 */
export function checkCreation(
  account: Account,
  input: Omit<CreateFileSystemInput, 'FileSystemType'>,
): void {
  const lustre = input.LustreConfiguration ?? {};
  const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
  const storage = input.StorageType ?? 'SSD';
  checkOtherTypes(input, 'create');
  checkStorageType(deployment, storage);
  checkVersion(input, deployment);
  checkMetadata(lustre, deployment, storage, input.FileSystemTypeVersion);
  checkEfa(lustre, deployment);
  checkThroughput(lustre, deployment, storage);
  checkCapacity(input, lustre, deployment, storage);
  checkDriveCache(lustre, deployment, storage);
  checkRepository(account, lustre, deployment, storage);
  checkBackups(lustre, deployment);
  checkKey(account, input.KmsKeyId, deployment);
  checkLog(account, lustre.LogConfiguration);
  checkRootSquash(lustre.RootSquashConfiguration);
  checkTags(input.Tags ?? []);
  checkNetwork(account, input);
}

function checkStorageType(deployment: DeploymentType, storage: StorageType): void {
  if (storage === 'HDD' && deployment !== 'PERSISTENT_1') {
    throw badRequest(
      `StorageType HDD is not supported for file systems with DeploymentType: ${deployment}.`,
    );
  }
  if (storage === 'INTELLIGENT_TIERING' && deployment !== 'PERSISTENT_2') {
    throw badRequest(
      'Invalid Deployment type specified for INTELLIGENT TIERING file systems. DeploymentType must be PERSISTENT_2.',
    );
  }
}

function checkVersion(
  input: Pick<CreateFileSystemInput, 'FileSystemTypeVersion'>,
  deployment: DeploymentType,
): void {
  const version = input.FileSystemTypeVersion;
  if (version === undefined) return;
  checkVersionName(version);
  if (version === '2.10' && deployment === 'PERSISTENT_2') {
    throw badRequest(
      `FileSystemTypeVersion 2.10 is not supported for file systems with DeploymentType: ${deployment}.`,
    );
  }
}

function checkMetadata(
  lustre: CreateLustre,
  deployment: DeploymentType,
  storage: StorageType,
  version: string | undefined,
): void {
  const metadata = lustre.MetadataConfiguration;
  if (!metadata) {
    if (storage !== 'INTELLIGENT_TIERING') return;
    throw badRequest(
      'MetadataConfiguration must be provided for storage type INTELLIGENT_TIERING.',
    );
  }
  if (deployment !== 'PERSISTENT_2') {
    throw badRequest(`Cannot specify metadata configuration for deployment type '${deployment}'.`);
  }
  if (version !== undefined && version !== '2.15') {
    throw badRequest(
      "A FileSystemTypeVersion of '2.15' is required for PERSISTENT_2 file systems when specifying a metadata configuration",
    );
  }
  checkMetadataValues(metadata.Mode, metadata.Iops, storage);
}

/** Mode and Iops of a metadata configuration, at creation and in an update. */
export function checkMetadataValues(
  mode: string | undefined,
  iops: number | undefined,
  storage: StorageType,
): void {
  if (mode === 'AUTOMATIC') {
    if (storage === 'INTELLIGENT_TIERING') {
      throw badRequest(
        'Metadata configuration mode AUTOMATIC is not supported for storage type INTELLIGENT_TIERING.',
      );
    }
    if (iops !== undefined) {
      throw badRequest('Metadata Iops cannot be specified when the mode is AUTOMATIC.');
    }
    return;
  }
  if (iops === undefined) {
    throw badRequest('Metadata Iops must be specified when the mode is USER_PROVISIONED.');
  }
  const valid = storage === 'INTELLIGENT_TIERING' ? isTieringIops(iops) : isSsdIops(iops);
  if (!valid) {
    const values =
      storage === 'INTELLIGENT_TIERING'
        ? '6000 and 12000'
        : '1500, 3000, 6000, 12000, and multiples of 12000 up to a maximum of 192000';
    throw badRequest(`Invalid metadata Iops: ${iops}. Valid values are ${values}.`);
  }
}

function checkEfa(lustre: CreateLustre, deployment: DeploymentType): void {
  if (!lustre.EfaEnabled) return;
  if (deployment !== 'PERSISTENT_2' || !lustre.MetadataConfiguration) {
    throw badRequest(
      'EFA is only supported for PERSISTENT_2 filesystems with metadata configuration.',
    );
  }
}

function checkThroughput(
  lustre: CreateLustre,
  deployment: DeploymentType,
  storage: StorageType,
): void {
  const valid = tiers(deployment, storage);
  const given = lustre.PerUnitStorageThroughput;
  if (valid.length === 0) {
    if (given === undefined) return;
    throw badRequest(
      `PerUnitStorageThroughput cannot be specified for a lustre file system with DeploymentType ${deployment} and StorageType ${storage}.`,
    );
  }
  if (given === undefined || !valid.includes(given)) {
    throw new FsxError('InvalidPerUnitStorageThroughput', tierMessage(valid));
  }
}

export const tierMessage = (valid: readonly number[]): string =>
  `The storage throughput (MB/s/TiB) value should be one of [${valid.join(',')}].`;

function checkCapacity(
  input: Omit<CreateFileSystemInput, 'FileSystemType'>,
  lustre: CreateLustre,
  deployment: DeploymentType,
  storage: StorageType,
): void {
  if (storage === 'INTELLIGENT_TIERING') {
    checkTiering(input, lustre);
    return;
  }
  for (const name of ['ThroughputCapacity', 'DataReadCacheConfiguration'] as const) {
    if (lustre[name] !== undefined) {
      throw badRequest(`${name} is only supported for storage type INTELLIGENT_TIERING.`);
    }
  }
  if (input.StorageCapacity === undefined) {
    throw badRequest('StorageCapacity must be specified.');
  }
  const option = optionOf({
    deployment,
    storage,
    tier: lustre.PerUnitStorageThroughput,
    efa: lustre.EfaEnabled,
  });
  checkOffered(option, input.StorageCapacity);
}

export function checkOffered(option: ReturnType<typeof optionOf>, capacity: number): void {
  if (offersCapacity(option, capacity)) return;
  throw badRequest(
    `Invalid Lustre FS storage capacity: ${capacity}. Must be ${capacityRule(option)}.`,
  );
}

function checkTiering(
  input: Omit<CreateFileSystemInput, 'FileSystemType'>,
  lustre: CreateLustre,
): void {
  if (input.StorageCapacity !== undefined) {
    throw badRequest('StorageCapacity cannot be specified for storage type INTELLIGENT_TIERING.');
  }
  if (lustre.ThroughputCapacity === undefined) {
    throw badRequest('ThroughputCapacity must be provided for storage type INTELLIGENT_TIERING.');
  }
  if (!lustre.DataReadCacheConfiguration) {
    throw badRequest(
      'DataReadCacheConfiguration must be provided for storage type INTELLIGENT_TIERING.',
    );
  }
  checkThroughputCapacity(lustre.ThroughputCapacity);
  checkReadCache(lustre.DataReadCacheConfiguration, lustre.ThroughputCapacity);
}

export function checkThroughputCapacity(capacity: number): void {
  if (capacity % 4000 === 0) return;
  throw badRequest(`Invalid ThroughputCapacity: ${capacity}. Must be a multiple of 4000.`);
}

/** 32 to 131,072 GiB for every 4,000 MBps, with USER_PROVISIONED only. */
export function checkReadCache(
  cache: NonNullable<CreateLustre['DataReadCacheConfiguration']>,
  throughput: number,
): void {
  if (cache.SizingMode === undefined) {
    throw badRequest('SizingMode must be provided in DataReadCacheConfiguration.');
  }
  if (cache.SizingMode !== 'USER_PROVISIONED') {
    if (cache.SizeGiB === undefined) return;
    throw badRequest('SizeGiB is only supported for the sizing mode USER_PROVISIONED.');
  }
  const units = throughput / 4000;
  const size = cache.SizeGiB ?? 0;
  if (size < 32 * units || size > 131072 * units) {
    throw badRequest(
      `Invalid SizeGiB: ${size}. Must be between ${32 * units} and ${131072 * units} for ThroughputCapacity ${throughput}.`,
    );
  }
}

function checkDriveCache(
  lustre: CreateLustre,
  deployment: DeploymentType,
  storage: StorageType,
): void {
  if (storage === 'HDD') {
    if (lustre.DriveCacheType !== undefined) return;
    throw badRequest(
      'DriveCacheType must be provided for storage type HDD. Supported values are [NONE,READ]',
    );
  }
  if (lustre.DriveCacheType !== undefined) {
    throw incompatibleParameter(
      'DriveCacheType',
      `The cache type can not be specified for a lustre file system with DeploymentType ${deployment} and StorageType ${storage}.`,
    );
  }
}

function checkBackups(lustre: CreateLustre, deployment: DeploymentType): void {
  const retention = lustre.AutomaticBackupRetentionDays ?? 0;
  if (
    isScratch(deployment) &&
    (retention > 0 || lustre.DailyAutomaticBackupStartTime !== undefined)
  ) {
    throw badRequest(
      `Automatic backups are not supported for file systems with DeploymentType: ${deployment}.`,
    );
  }
  // CopyTagsToBackups: "Not available for use with file systems that are linked to a data repository."
  if (lustre.ImportPath !== undefined && (retention > 0 || lustre.CopyTagsToBackups)) {
    throw badRequest('Backups cannot be created on S3-linked file systems');
  }
}

/**
 * A key for a scratch file system is accepted, because no refusal is recorded, but neither used nor checked: scratch file
 * systems have keys of the service, and a recipe of AWS gives `aws/fsx`, which is not a valid name of a key.
 */
function checkKey(account: Account, key: string | undefined, deployment: DeploymentType): void {
  if (key === undefined || isScratch(deployment) || isUsableKey(account, key)) return;
  throw badRequest(`The KMS key ${key} does not exist or cannot be used.`);
}

/** Whether a key with this id, alias or ARN exists in the region. It may be one of another account. */
export function isUsableKey(account: Account, key: string): boolean {
  const missing = account.state.world.missingKmsKeys;
  return (
    isKeyName(key) &&
    (!key.startsWith('arn:') || key.startsWith(keysOf(account.region))) &&
    !missing.some((name) => key === name || key.endsWith(`:${name}`) || key.endsWith(`/${name}`))
  );
}

/** The beginning of the ARNs of keys in the region, up to their account. */
const keysOf = (region: string): string => `arn:${partition(region).name}:kms:${region}:`;
