import { isRegion } from '../../flags';
import {
  arn,
  newId,
  partition,
  type Account,
  type BackupRecord,
  type FileSystemRecord,
  type UpdateRecord,
} from '../state/account';
import { isScratch } from '../rules/catalog';
import { isUsableKey } from '../rules/creation';
import { keyArn } from '../rules/defaults';
import { currentValues, describe, lifecycle, seconds } from './describe';
import { backupNotFound, badRequest, FsxError, serviceLimitExceeded } from '../errors';
import { checkUnlinked } from './links';
import { fileSystemOf } from './lookup';
import { filteredPage, type Filters } from './paging';
import { checkTagCount, checkTags } from '../rules/tags';
import {
  BACKUP_AVAILABLE_AFTER,
  BACKUP_CREATING_AFTER,
  BACKUP_COPIED_AFTER,
  BACKUP_TRANSFERRING_AFTER,
  PENDING_FOR,
  SOURCE_HELD_FOR,
} from '../state/durations';
import { findByToken, forgetToken, recordToken } from '../state/client-tokens';
import type {
  Backup,
  CopyBackupInput,
  CreateBackupInput,
  DeleteBackupInput,
  DescribeBackupsInput,
  Tag,
} from '../types';

/** Backups of persistent file systems that are not linked to S3. */
export function createBackup(account: Account, input: CreateBackupInput): { Backup: Backup } {
  if (input.VolumeId !== undefined) {
    throw new FsxError('VolumeNotFound', `Volume '${input.VolumeId}' does not exist.`);
  }
  if (input.FileSystemId === undefined) throw badRequest('FileSystemId must be specified.');
  const known = findByToken(account, 'backup', input);
  if (known !== undefined) return { Backup: describeBackup(account, findBackup(account, known)) };
  const record = fileSystemOf(account, input.FileSystemId);
  const now = account.clock.now();
  const lustre = currentValues(record, now).LustreConfiguration ?? {};
  const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
  if (isScratch(deployment)) {
    throw badRequest(
      `Backups are not supported for file systems with DeploymentType: ${deployment}.`,
    );
  }
  checkUnlinked(account, record, now);
  const state = lifecycle(record, now);
  if (state !== 'AVAILABLE' && state !== 'UPDATING') {
    throw badRequest(`Unable to create a backup of a file system in the ${state} state.`);
  }
  const running = account.state.backups
    .inGroup(record.id)
    .some(
      ({ type, sourceId, availableAt }) =>
        type === 'USER_INITIATED' && sourceId === undefined && now < availableAt,
    );
  if (running) {
    throw new FsxError(
      'BackupInProgress',
      'Another backup is already under way. Wait for completion before initiating additional backups of this file system.',
    );
  }
  checkTags(input.Tags ?? []);
  const backup = addBackup(account, record, 'USER_INITIATED', input.Tags);
  recordToken(account, 'backup', input, backup.id);
  return { Backup: describeBackup(account, backup) };
}

/** Tags of the request replace those that CopyTagsToBackups would copy. */
export function addBackup(
  account: Account,
  record: FileSystemRecord,
  type: Backup['Type'],
  ownTags?: Tag[],
  at = account.clock.now(),
): BackupRecord {
  const { state, clock } = account;
  if (type === 'USER_INITIATED') checkQuota(account);
  const begins = untilOptimizing(record, at);
  const whole = describe(account, record, { now: at });
  const copied = whole.LustreConfiguration?.CopyTagsToBackups ? record.tags : [];
  const backup: BackupRecord = {
    id: newId(account, 'backup'),
    type,
    requestedAt: at,
    creatingAt: begins + clock.scaled(BACKUP_CREATING_AFTER),
    transferringAt: begins + clock.scaled(BACKUP_TRANSFERRING_AFTER),
    availableAt: begins + clock.scaled(BACKUP_AVAILABLE_AFTER),
    fileSystemId: record.id,
    fileSystem: withoutMoments(whole),
    ...(record.kmsKeyId === undefined ? {} : { kmsKeyId: record.kmsKeyId }),
    tags: structuredClone(ownTags ?? copied),
  };
  state.backups.add(backup);
  delayGrowth(account, record, backup.availableAt);
  return backup;
}

function checkQuota(account: Account): void {
  const quota = account.state.world.quotas.userInitiatedBackups;
  if (quota === undefined || userInitiated(account) < quota) return;
  throw serviceLimitExceeded(
    'TOTAL_USER_INITIATED_BACKUPS',
    `Your account can have at most ${quota} user-initiated backups in this region.`,
  );
}

/**
 * How backups and increases of the same file system wait for each other. A backup waits for an increase that is IN_PROGRESS,
 * until it is optimizing. An increase waits for a backup that is being created, until it is transferred. An increase that is
 * still PENDING waits for every backup that is requested before it has started.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-storage-capacity.html#storage-capacity-changes-and-backups
 */
const growthOf = (record: FileSystemRecord, now: number): UpdateRecord | undefined =>
  record.updates.find(({ kinds, appliedAt }) => kinds.includes('storage') && now < appliedAt);

/** When a backup that is requested at a moment starts. */
function untilOptimizing(record: FileSystemRecord, at: number): number {
  const growth = growthOf(record, at);
  return growth && growth.startedAt <= at ? growth.appliedAt : at;
}

/** When an increase that is requested now starts; undefined if it need not wait. */
export function untilTransferring(account: Account, record: FileSystemRecord): number | undefined {
  const now = account.clock.now();
  const moments = account.state.backups
    .inGroup(record.id)
    .filter(({ sourceId, transferringAt }) => sourceId === undefined && now < transferringAt)
    .map(({ transferringAt }) => transferringAt);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** Delays an increase that has not started until a backup allows it. */
function delayGrowth(account: Account, record: FileSystemRecord, until: number): void {
  const { clock, state } = account;
  const growth = growthOf(record, clock.now());
  if (!growth || growth.startedAt <= clock.now()) return;
  const delay = until + clock.scaled(PENDING_FOR) - growth.startedAt;
  if (delay <= 0) return;
  growth.waitsUntil = until;
  for (const moment of ['startedAt', 'appliedAt', 'completedAt'] as const) growth[moment] += delay;
  growth.cooldownUntil = Math.max(growth.cooldownUntil, growth.completedAt);
  state.fileSystems.changed(record);
}

const userInitiated = ({ state }: Account): number =>
  [...state.backups].filter(({ type }) => type === 'USER_INITIATED').length;

/** The configuration of the file system, without its state, as a backup stores it. */
function withoutMoments(fileSystem: ReturnType<typeof describe>): BackupRecord['fileSystem'] {
  const kept: BackupRecord['fileSystem'] = structuredClone(fileSystem);
  for (const name of ['AdministrativeActions', 'NetworkInterfaceIds', 'FailureDetails'] as const) {
    Reflect.deleteProperty(kept, name);
  }
  return kept;
}

export function findBackup(account: Account, id: string): BackupRecord {
  const backup = account.state.backups.get(id);
  if (!backup) throw backupNotFound(id);
  return backup;
}

export const backupArn = (account: Account, id: string): string =>
  arn(account, 'fsx', `backup/${id}`);

export function describeBackup(account: Account, backup: BackupRecord): Backup {
  const now = account.clock.now();
  return {
    BackupId: backup.id,
    Lifecycle: backupLifecycle(backup, now),
    Type: backup.type,
    ProgressPercent: progress(backup, now),
    CreationTime: seconds(backup.requestedAt),
    ...(backup.kmsKeyId === undefined ? {} : { KmsKeyId: backup.kmsKeyId }),
    ResourceARN: backupArn(account, backup.id),
    Tags: backup.tags,
    FileSystem: backup.fileSystem,
    OwnerId: account.accountId,
    ...(backup.sourceId === undefined
      ? {}
      : { SourceBackupId: backup.sourceId, SourceBackupRegion: account.region }),
    ResourceType: 'FILE_SYSTEM',
  };
}

function backupLifecycle(backup: BackupRecord, now: number): Backup['Lifecycle'] {
  if (now >= backup.availableAt) return 'AVAILABLE';
  if (backup.sourceId !== undefined) return 'COPYING';
  if (now >= backup.transferringAt) return 'TRANSFERRING';
  return now >= backup.creatingAt ? 'CREATING' : 'PENDING';
}

function progress(backup: BackupRecord, now: number): number {
  const span = backup.availableAt - backup.transferringAt;
  const done = (now - backup.transferringAt) / span;
  return Math.floor(Math.min(1, Math.max(0, done)) * 100);
}

const FILTERS: Filters<BackupRecord> = {
  'file-system-id': (backup, value) => backup.fileSystemId === value,
  'backup-type': (backup, value) => backup.type === value,
  'file-system-type': (_, value) => value === 'LUSTRE',
};

export function describeBackups(
  account: Account,
  input: DescribeBackupsInput,
): { Backups: Backup[]; NextToken?: string } {
  if (input.BackupIds && input.BackupIds.length > 0) {
    const backups = [...new Set(input.BackupIds)].map((id) => findBackup(account, id));
    return { Backups: backups.map((backup) => describeBackup(account, backup)) };
  }
  const { items, next } = filteredPage(account, 'backups', input, account.state.backups, FILTERS);
  return {
    Backups: items.map((backup) => describeBackup(account, backup)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

/** The backup is deleted immediately: "The DeleteBackup call returns instantly." */
export function deleteBackup(
  account: Account,
  input: DeleteBackupInput,
): { BackupId: string; Lifecycle: 'DELETED' } {
  const backup = findBackup(account, input.BackupId);
  if (account.clock.now() < backup.availableAt) {
    throw new FsxError('BackupInProgress', `Backup '${backup.id}' is still being created.`);
  }
  checkUnused(account, backup);
  account.state.backups.remove(backup.id);
  forgetToken(account, backup.id);
  return { BackupId: backup.id, Lifecycle: 'DELETED' };
}

/** "You cannot delete a source backup if it is being copied", nor one that is being restored. */
function checkUnused(account: Account, { id }: BackupRecord): void {
  const { state, clock } = account;
  const now = clock.now();
  const held = clock.scaled(SOURCE_HELD_FOR);
  for (const { sourceId, availableAt } of state.backups) {
    if (sourceId !== id || now >= availableAt + held) continue;
    throw new FsxError('BackupBeingCopied', "You can't delete a backup while it's being copied.", {
      BackupId: id,
    });
  }
  for (const { id: fileSystemId, input, readyAt } of state.fileSystems) {
    if (!('BackupId' in input) || input.BackupId !== id || now >= readyAt) continue;
    throw new FsxError(
      'BackupRestoring',
      "You can't delete a backup while it's being used to restore a file system.",
      { FileSystemId: fileSystemId },
    );
  }
}

/** "You can have up to five backup copy requests in progress to a single destination Region per account." */
const MOST_COPIES = 5;

/**
 * CopyBackup within the region. Backups of other regions are not found, because the local FSx has one region.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/copy-backups.html
 */
export function copyBackup(account: Account, input: CopyBackupInput): { Backup: Backup } {
  const known = findByToken(account, 'copy', input);
  if (known !== undefined) return { Backup: describeBackup(account, findBackup(account, known)) };
  const { region, state, clock } = account;
  const { SourceBackupId: id, SourceRegion: from = region } = input;
  if (!isRegion(from) || partition(from).name !== partition(region).name) {
    throw new FsxError(
      'InvalidRegion',
      `The source region '${from}' is not valid or is in a different partition.`,
    );
  }
  if (from !== region) throw backupNotFound(id);
  const source = findBackup(account, id);
  const now = clock.now();
  checkSource(source, now);
  checkKey(account, input.KmsKeyId);
  const copies = [...state.backups].filter(
    ({ sourceId, availableAt }) => sourceId !== undefined && now < availableAt,
  );
  if (copies.length >= MOST_COPIES) {
    throw serviceLimitExceeded(
      'TOTAL_IN_PROGRESS_COPY_BACKUPS',
      `Your account can have at most ${MOST_COPIES} backup copies in progress in this region.`,
    );
  }
  checkQuota(account);
  const own = input.Tags ?? [];
  checkTags(own);
  const copied = input.CopyTags
    ? source.tags.filter(({ Key: key }) => !own.some((tag) => tag.Key === key))
    : [];
  const tags = structuredClone([...copied, ...own]);
  checkTagCount(tags);
  const availableAt = now + clock.scaled(BACKUP_COPIED_AFTER);
  const kmsKeyId = keyArn(account, 'PERSISTENT_1', input.KmsKeyId);
  const copy: BackupRecord = {
    ...structuredClone(source),
    id: newId(account, 'backup'),
    type: 'USER_INITIATED',
    requestedAt: now,
    creatingAt: now,
    transferringAt: now,
    availableAt,
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    sourceId: id,
    tags,
  };
  state.backups.add(copy);
  recordToken(account, 'copy', input, copy.id);
  return { Backup: describeBackup(account, copy) };
}

function checkSource(source: BackupRecord, now: number): void {
  if (backupLifecycle(source, now) !== 'AVAILABLE') {
    throw new FsxError(
      'SourceBackupUnavailable',
      "The request was rejected because the lifecycle status of the source backup isn't AVAILABLE.",
      { BackupId: source.id },
    );
  }
  if (source.fileSystem.StorageType === 'INTELLIGENT_TIERING') {
    throw new FsxError(
      'UnsupportedOperation',
      'Backups of file systems using the Intelligent-Tiering storage class do not support backup copies.',
    );
  }
}

function checkKey(account: Account, key: string | undefined): void {
  if (key === undefined || isUsableKey(account, key)) return;
  throw new FsxError(
    'InvalidDestinationKmsKey',
    `The KMS key ${key.slice(0, 100)} of the destination backup is not valid.`,
  );
}
