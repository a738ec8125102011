import type { Account, FileSystemRecord } from '../state/account';
import { exists } from './describe';
import { fileSystemNotFound } from '../errors';

/** The Lustre file system with an ID; undefined if it does not exist, or no longer exists. */
export function findFileSystem(account: Account, id: string): FileSystemRecord | undefined {
  const record = account.state.fileSystems.get(id);
  return record && exists(record, account.clock.now()) ? record : undefined;
}

export function fileSystemOf(account: Account, id: string): FileSystemRecord {
  const record = findFileSystem(account, id);
  if (!record) throw fileSystemNotFound(id);
  return record;
}
