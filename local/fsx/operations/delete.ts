import type { Account } from '../state/account';
import { isScratch } from '../rules/catalog';
import { currentValues, lifecycle } from './describe';
import { badRequest, fileSystemNotFound } from '../errors';
import { addBackup } from './backups';
import { activeTasksOf } from './describe-task';
import { checkUnlinked } from './links';
import { findFileSystem } from './lookup';
import { checkOtherTypes } from '../rules/configuration';
import { checkTags } from '../rules/tags';
import { DELETION, DELETION_BEHIND_BACKUP } from '../state/durations';
import { findByToken, recordToken } from '../state/client-tokens';
import type { DeleteFileSystemInput, FileSystemLifecycle, Tag } from '../types';

export interface DeleteFileSystemOutput {
  FileSystemId: string;
  Lifecycle: FileSystemLifecycle;
  LustreResponse?: { FinalBackupId: string; FinalBackupTags?: Tag[] };
}

/**
 * DeleteFileSystem returns DELETING; later the file system is not found. A final backup is made if requested, and is kept;
 * automatic backups are deleted.
 *
 * For a file system that is already DELETING, the response is the same, and one that is CREATING or UPDATING can be deleted:
 * what FSx does in these cases is not recorded.
 */
export function deleteFileSystem(
  account: Account,
  input: DeleteFileSystemInput,
): DeleteFileSystemOutput {
  const { state, clock } = account;
  const id = input.FileSystemId;
  const record = findFileSystem(account, id);
  if (!record) {
    if (!state.others.get(id)) throw fileSystemNotFound(id);
    state.others.remove(id);
    return { FileSystemId: id, Lifecycle: 'DELETING' };
  }
  findByToken(account, 'delete', input);
  if (!record.deletion) {
    const now = clock.now();
    checkOtherTypes(input, 'delete');
    const wantsBackup = checkFinalBackup(account, input);
    if (activeTasksOf(account, id).length > 0) {
      throw badRequest(
        `Unable to delete file system '${id}'. A data repository task is in a PENDING or EXECUTING state.`,
      );
    }
    const tags = input.LustreConfiguration?.FinalBackupTags;
    const backup = wantsBackup ? addBackup(account, record, 'USER_INITIATED', tags) : undefined;
    delete record.forced;
    record.deletion = {
      requestedAt: now,
      goneAt: backup
        ? backup.availableAt + clock.scaled(DELETION_BEHIND_BACKUP)
        : now + clock.scaled(DELETION),
      ...(backup ? { finalBackupId: backup.id } : {}),
      ...(backup && backup.tags.length > 0 ? { finalBackupTags: backup.tags } : {}),
    };
    state.fileSystems.changed(record);
    recordToken(account, 'delete', input, id);
  }
  const { finalBackupId, finalBackupTags } = record.deletion;
  return {
    FileSystemId: id,
    Lifecycle: 'DELETING',
    ...(finalBackupId === undefined
      ? {}
      : {
          LustreResponse: {
            FinalBackupId: finalBackupId,
            ...(finalBackupTags ? { FinalBackupTags: finalBackupTags } : {}),
          },
        }),
  };
}

/** Whether to make a final backup. Refused if there cannot be one. */
function checkFinalBackup(account: Account, input: DeleteFileSystemInput): boolean {
  const configuration = input.LustreConfiguration;
  const record = findFileSystem(account, input.FileSystemId);
  if (!configuration || !record) return false;
  const now = account.clock.now();
  const lustre = currentValues(record, now).LustreConfiguration ?? {};
  const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
  if (isScratch(deployment)) {
    throw badRequest(
      `LustreConfiguration cannot be applied to delete a file system with DeploymentType: ${deployment}.`,
    );
  }
  const wanted = configuration.SkipFinalBackup === false;
  if (configuration.FinalBackupTags && !wanted) {
    throw badRequest('FinalBackupTags can only be specified when SkipFinalBackup is false.');
  }
  if (!wanted) return false;
  checkTags(configuration.FinalBackupTags ?? []);
  checkUnlinked(account, record, now);
  const state = lifecycle(record, now);
  if (state !== 'AVAILABLE' && state !== 'UPDATING') {
    throw badRequest(
      `Unable to take a final backup of file system '${record.id}' in the ${state} state.`,
    );
  }
  return true;
}
