import {
  arn,
  newId,
  type Account,
  type BackupRecord,
  type FileSystemRecord,
} from '../state/account';
import { isScratch } from '../rules/catalog';
import { currentValues, describe, lifecycle, seconds } from './describe';
import { backupNotFound, badRequest, FsxError, serviceLimitExceeded } from '../errors';
import { checkUnlinked } from './links';
import { fileSystemOf } from './lookup';
import { page } from './paging';
import { checkTags } from '../rules/tags';
import {
  BACKUP_AVAILABLE_AFTER,
  BACKUP_CREATING_AFTER,
  BACKUP_TRANSFERRING_AFTER,
} from '../state/durations';
import { findByToken, forgetToken, recordToken } from '../state/client-tokens';
import type {
  Backup,
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
    .some((backup) => backup.type === 'USER_INITIATED' && now < backup.availableAt);
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

/** Own tags replace those that CopyTagsToBackups would copy. */
export function addBackup(
  account: Account,
  record: FileSystemRecord,
  type: Backup['Type'],
  ownTags?: Tag[],
  at = account.clock.now(),
): BackupRecord {
  const { state, clock } = account;
  const quota = state.world.quotas.userInitiatedBackups;
  if (type === 'USER_INITIATED' && quota !== undefined && userInitiated(account) >= quota) {
    throw serviceLimitExceeded(
      'TOTAL_USER_INITIATED_BACKUPS',
      `Your account can have at most ${quota} user-initiated backups in this region.`,
    );
  }
  const whole = describe(account, record, { now: at });
  const copied = whole.LustreConfiguration?.CopyTagsToBackups ? record.tags : [];
  const backup: BackupRecord = {
    id: newId(account, 'backup'),
    type,
    requestedAt: at,
    creatingAt: at + clock.scaled(BACKUP_CREATING_AFTER),
    transferringAt: at + clock.scaled(BACKUP_TRANSFERRING_AFTER),
    availableAt: at + clock.scaled(BACKUP_AVAILABLE_AFTER),
    fileSystemId: record.id,
    fileSystem: withoutMoments(whole),
    ...(record.kmsKeyId === undefined ? {} : { kmsKeyId: record.kmsKeyId }),
    tags: structuredClone(ownTags ?? copied),
  };
  state.backups.add(backup);
  return backup;
}

const userInitiated = ({ state }: Account): number =>
  [...state.backups].filter(({ type }) => type === 'USER_INITIATED').length;

/** What a backup keeps of the file system: its configuration, not its state. */
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

function describeBackup(account: Account, backup: BackupRecord): Backup {
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
    ResourceType: 'FILE_SYSTEM',
  };
}

function backupLifecycle(backup: BackupRecord, now: number): Backup['Lifecycle'] {
  if (now >= backup.availableAt) return 'AVAILABLE';
  if (now >= backup.transferringAt) return 'TRANSFERRING';
  return now >= backup.creatingAt ? 'CREATING' : 'PENDING';
}

function progress(backup: BackupRecord, now: number): number {
  const span = backup.availableAt - backup.transferringAt;
  const done = (now - backup.transferringAt) / span;
  return Math.floor(Math.min(1, Math.max(0, done)) * 100);
}

type Matcher = (backup: BackupRecord, value: string) => boolean;

/** Filters that can match a backup of a Lustre file system; the others match none. */
const FILTERS: Readonly<Record<string, Matcher>> = {
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
  const filters = input.Filters ?? [];
  const matches = (backup: BackupRecord) =>
    filters.every(({ Name: name = '', Values: values = [] }) =>
      values.some((value) => FILTERS[name]?.(backup, value) ?? false),
    );
  const { items, next } = page(account, input, (place) => matchingBehind(account, place, matches));
  return {
    Backups: items.map((backup) => describeBackup(account, backup)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

function* matchingBehind(
  account: Account,
  behind: string,
  matches: (backup: BackupRecord) => boolean,
) {
  for (const { place, record } of account.state.backups.behind(behind)) {
    if (matches(record)) yield { place, item: record };
  }
}

/** Gone at once: "The DeleteBackup call returns instantly." */
export function deleteBackup(
  account: Account,
  input: DeleteBackupInput,
): { BackupId: string; Lifecycle: 'DELETED' } {
  const backup = findBackup(account, input.BackupId);
  if (account.clock.now() < backup.availableAt) {
    throw new FsxError('BackupInProgress', `Backup '${backup.id}' is still being created.`);
  }
  account.state.backups.remove(backup.id);
  forgetToken(account, backup.id);
  return { BackupId: backup.id, Lifecycle: 'DELETED' };
}
