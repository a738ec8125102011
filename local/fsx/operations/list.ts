import type { Account } from '../state/account';
import { describe, exists } from './describe';
import { pick } from '../state/ids';
import { fileSystemNotFound } from '../errors';
import { page } from './paging';
import type { DescribeFileSystemsInput, FileSystem } from '../types';

/** DescribeFileSystems: file systems of all types together. */
export function describeFileSystems(
  account: Account,
  input: DescribeFileSystemsInput,
): { FileSystems: FileSystem[]; NextToken?: string } {
  const now = describedMoment(account);
  const views = new Map<string, () => FileSystem>();
  for (const record of account.history.at(now, account.state.fileSystems)) {
    if (exists(record, now)) views.set(record.id, () => describe(account, record, { now }));
  }
  for (const other of account.state.others) views.set(other.FileSystemId, () => other);
  if (input.FileSystemIds && input.FileSystemIds.length > 0) {
    return {
      FileSystems: [...new Set(input.FileSystemIds)].map((id) => {
        const view = views.get(id);
        if (!view) throw fileSystemNotFound(id);
        return view();
      }),
    };
  }
  const { items, next } = page(account, input, [...views], ([id]) => id);
  return {
    FileSystems: items.map(([, view]) => view()),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

/** The moment that a description shows: now, or an earlier one where descriptions lag. */
function describedMoment({ clock, state }: Account): number {
  const { descriptionLagSeconds: lag } = state.world;
  if (lag === 0) return clock.now();
  state.descriptions = (state.descriptions ?? 0) + 1;
  return clock.now() - pick(lag * 1000 + 1, state.seed, 'lag', state.descriptions);
}
