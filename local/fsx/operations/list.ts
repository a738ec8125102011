import type { Account, FileSystemRecord } from '../state/account';
import { describe, exists } from './describe';
import { pick } from '../state/ids';
import { placeOf } from '../state/records';
import { fileSystemNotFound } from '../errors';
import { findFileSystem } from './lookup';
import { byPlace, page } from './paging';
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
    'file systems',
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
  const { moment, records } = describedState(account);
  const record = records ? records.find((each) => each.id === id) : findFileSystem(account, id);
  if (record && exists(record, moment)) return describe(account, record, { now: moment });
  const other = account.state.others.get(id);
  if (other) return other;
  throw fileSystemNotFound(id);
}

function* lustreBehind(account: Account, behind: string) {
  const { moment, records } = describedState(account);
  const placed = records
    ? records
        .map((record) => ({ place: placeOf(record.id), record }))
        .sort(byPlace)
        .filter(({ place }) => place > behind)
    : account.state.fileSystems.behind(behind);
  for (const { place, record } of placed) {
    if (exists(record, moment))
      yield { place, item: () => describe(account, record, { now: moment }) };
  }
}

function* othersBehind(account: Account, behind: string) {
  for (const { place, record } of account.state.others.behind(behind)) {
    yield { place, item: () => record };
  }
}

/** The moment that a description shows, and the records at that moment if descriptions lag. */
function describedState(account: Account): { moment: number; records?: FileSystemRecord[] } {
  const { clock, history, state } = account;
  const lag = state.world.descriptionLagSeconds;
  if (lag === 0) return { moment: clock.now() };
  state.descriptions += 1;
  const moment = clock.now() - pick(lag * 1000 + 1, state.seed, 'lag', state.descriptions);
  return { moment, records: history.at(moment, [...state.fileSystems]) };
}
