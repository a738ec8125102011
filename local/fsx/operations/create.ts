import { newId, type Account, type FileSystemRecord } from '../state/account';
import { findBackup } from './backups';
import { isScratch } from '../rules/catalog';
import { checkCreation } from '../rules/creation';
import { keyArn, requestedLog, valuesAtCreation } from '../rules/defaults';
import { checkRestore } from '../rules/restore';
import { describe } from './describe';
import { badRequest } from '../errors';
import { fileSystemOf } from './lookup';
import type { Outcome } from './outcome';
import { checkQuotas } from './quotas';
import { CREATION } from '../state/durations';
import { findByToken, recordToken } from '../state/client-tokens';
import type {
  CreateFileSystemInput,
  CreateFromBackupInput,
  CreateLustre,
  FileSystem,
  LustreConfiguration,
} from '../types';

/** The scope of client request tokens for all creations of file systems. */
const SCOPE = 'file-system';

export function createFileSystem(
  account: Account,
  input: CreateFileSystemInput,
  outcome: Outcome,
): { FileSystem: FileSystem } {
  const known = findByToken(account, SCOPE, input);
  if (known !== undefined) return answer(account, fileSystemOf(account, known));
  if (input.FileSystemType !== 'LUSTRE') {
    throw badRequest(
      `The local FSx creates LUSTRE file systems only, not ${input.FileSystemType}.`,
    );
  }
  checkCreation(account, input);
  return answer(account, add(account, input, input, outcome));
}

/**
 * The configuration of the original file system applies unless the request overrides it (AWS FSx API reference,
 * CreateFileSystemFromBackup).
 */
export function createFileSystemFromBackup(
  account: Account,
  input: CreateFromBackupInput,
  outcome: Outcome,
): { FileSystem: FileSystem } {
  const known = findByToken(account, SCOPE, input);
  if (known !== undefined) return answer(account, fileSystemOf(account, known));
  const backup = findBackup(account, input.BackupId);
  if (account.clock.now() < backup.availableAt) {
    throw badRequest(`Backup '${input.BackupId}' is not available.`);
  }
  const source = backup.fileSystem;
  const saved = source.LustreConfiguration ?? {};
  const { StorageCapacity: capacity, FileSystemTypeVersion: version = '2.10' } = source;
  checkRestore(input, source);
  const complete: Omit<CreateFileSystemInput, 'FileSystemType'> = {
    ...input,
    ...(capacity === undefined ? {} : { StorageCapacity: capacity }),
    ...(source.StorageType === undefined ? {} : { StorageType: source.StorageType }),
    FileSystemTypeVersion: input.FileSystemTypeVersion ?? version,
    LustreConfiguration: { ...restored(saved), ...input.LustreConfiguration },
  };
  checkCreation(account, complete);
  return answer(account, add(account, input, complete, outcome));
}

/** A described configuration in the form of a request. */
function restored(saved: LustreConfiguration): CreateLustre {
  const { MetadataConfiguration: metadata, LogConfiguration: log, ...rest } = saved;
  const settings: Record<string, unknown> & { EfaEnabled?: boolean } = { ...rest };
  for (const assigned of ['MountName', 'DataRepositoryConfiguration']) {
    Reflect.deleteProperty(settings, assigned);
  }
  if (saved.EfaEnabled === false) delete settings.EfaEnabled;
  return {
    ...(settings as CreateLustre),
    ...(log && log.Level !== 'DISABLED' ? { LogConfiguration: requestedLog(log) } : {}),
    ...(metadata
      ? {
          MetadataConfiguration:
            metadata.Mode === 'AUTOMATIC' ? { Mode: 'AUTOMATIC' as const } : metadata,
        }
      : {}),
  };
}

function add(
  account: Account,
  input: CreateFileSystemInput | CreateFromBackupInput,
  complete: Omit<CreateFileSystemInput, 'FileSystemType'>,
  outcome: Outcome,
): FileSystemRecord {
  const lustre = complete.LustreConfiguration ?? {};
  const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
  checkQuotas(account, {
    deployment,
    fileSystems: 1,
    storageGiB: complete.StorageCapacity ?? 0,
    throughputMbps: lustre.ThroughputCapacity ?? 0,
  });
  const id = newId(account, 'fs');
  const now = account.clock.now();
  const readyAt = now + account.clock.scaled(CREATION[deployment]);
  const key = keyArn(account, deployment, input.KmsKeyId);
  const record: FileSystemRecord = {
    id,
    input,
    createdAt: now,
    readyAt,
    ...(outcome.endsFailed === undefined ? {} : { creationFailure: outcome.endsFailed }),
    values: valuesAtCreation(account, id, complete),
    ...(key === undefined ? {} : { kmsKeyId: key }),
    tags: input.Tags ?? [],
    updates: [],
    ...(isScratch(deployment) ? {} : { backedUpAt: readyAt }),
  };
  account.state.fileSystems.add(record);
  recordToken(account, SCOPE, input, id);
  return record;
}

const answer = (account: Account, record: FileSystemRecord) => ({
  FileSystem: describe(account, record, { now: account.clock.now() }),
});
