import type { Account } from '../state/account';
import { describe, exists } from './describe';
import { fileSystemNotFound } from '../errors';
import { findFileSystem } from './lookup';
import { page } from './paging';
import type { DescribeFileSystemsInput, FileSystem } from '../types';

/** DescribeFileSystems: file systems of all types together. */
export function describeFileSystems(
  account: Account,
  input: DescribeFileSystemsInput,
): { FileSystems: FileSystem[]; NextToken?: string } {
  if (input.FileSystemIds && input.FileSystemIds.length > 0) {
    return { FileSystems: [...new Set(input.FileSystemIds)].map((id) => described(account, id)) };
  }
  const { items, next } = page(
    account,
    input,
    (place) => lustreBehind(account, place),
    (place) => othersBehind(account, place),
  );
  return {
    FileSystems: items.map((view) => view()),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

function described(account: Account, id: string): FileSystem {
  const record = findFileSystem(account, id);
  if (record) return describe(account, record, { now: account.clock.now() });
  const other = account.state.others.get(id);
  if (other) return other;
  throw fileSystemNotFound(id);
}

function* lustreBehind(account: Account, behind: string) {
  const now = account.clock.now();
  for (const { place, record } of account.state.fileSystems.behind(behind)) {
    if (exists(record, now)) yield { place, item: () => describe(account, record, { now }) };
  }
}

function* othersBehind(account: Account, behind: string) {
  for (const { place, record } of account.state.others.behind(behind)) {
    yield { place, item: () => record };
  }
}
