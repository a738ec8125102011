import type { Account, FileSystemRecord } from '../state/account';
import { exists } from './describe';
import { fileSystemNotFound } from '../errors';

/** The Lustre file system of that id, unless it never was or is gone. */
export function findFileSystem(account: Account, id: string): FileSystemRecord | undefined {
  const now = account.clock.now();
  return account.state.fileSystems.find((record) => record.id === id && exists(record, now));
}

export function fileSystemOf(account: Account, id: string): FileSystemRecord {
  const record = findFileSystem(account, id);
  if (!record) throw fileSystemNotFound(id);
  return record;
}
