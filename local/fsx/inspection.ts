import type { Account, FileSystemRecord } from './account';
import { describe, lifecycle, merge } from './describe';
import { findFileSystem } from './lookup';
import { fold, removeFileSystem, settle } from './settling';
import type { FileSystem, FileSystemLifecycle, FileSystemValues, Tag } from './types';

/** A file system with what FSx never returns. */
export interface InspectedFileSystem extends FileSystem {
  SecurityGroupIds: string[];
  BackupId?: string;
  ClientRequestToken?: string;
  /** Data repository tasks that are running. */
  Tasks: number;
}

/** Something that happens to a file system without its owner asking for it. */
export interface Change {
  values?: FileSystemValues;
  tags?: Tag[];
  /** A state to be in, with a message for FailureDetails; null gives it back its own. */
  lifecycle?: FileSystemLifecycle | null;
  message?: string;
}

/** The Lustre file systems of the account, and what can be done to them from outside. */
export interface FileSystems {
  all(): InspectedFileSystem[];
  get(id: string): InspectedFileSystem | undefined;
  /** Deletes a file system behind everybody's back. */
  remove(id: string): void;
  change(id: string, change: Change): void;
  startTask(id: string): void;
  stopTask(id: string): void;
}

export function inspect(account: Account, save: () => void): FileSystems {
  const known = (id: string): FileSystemRecord => {
    settle(account);
    const record = findFileSystem(account, id);
    if (!record) throw new RangeError(`There is no Lustre file system ${id}.`);
    return record;
  };
  const act = (id: string, action: (record: FileSystemRecord) => void) => {
    action(known(id));
    save();
  };
  return {
    all: () => {
      settle(account);
      return account.state.fileSystems.map((record) => inspected(account, record));
    },
    get: (id) => {
      settle(account);
      const record = findFileSystem(account, id);
      return record && inspected(account, record);
    },
    remove: (id) => {
      act(id, (record) => {
        removeFileSystem(account, record);
      });
    },
    change: (id, change) => {
      act(id, (record) => {
        apply(record, change, account.clock.now());
      });
    },
    startTask: (id) => {
      act(id, (record) => {
        record.tasks += 1;
      });
    },
    stopTask: (id) => {
      act(id, (record) => {
        record.tasks = Math.max(0, record.tasks - 1);
      });
    },
  };
}

const STATES: readonly FileSystemLifecycle[] = [
  'AVAILABLE',
  'CREATING',
  'FAILED',
  'DELETING',
  'MISCONFIGURED',
  'UPDATING',
  'MISCONFIGURED_UNAVAILABLE',
];

function apply(record: FileSystemRecord, change: Change, now: number): void {
  if (change.lifecycle && !STATES.includes(change.lifecycle)) {
    throw new RangeError(`lifecycle must be null or one of ${STATES.join(', ')}.`);
  }
  if (change.values) {
    fold(record, now);
    record.values = merge(record.values, change.values);
  }
  if (change.tags) record.tags = change.tags;
  if (change.lifecycle === null) delete record.forced;
  else if (change.lifecycle !== undefined || change.message !== undefined) {
    record.forced = {
      lifecycle: change.lifecycle ?? lifecycle(record, now),
      ...(change.message === undefined ? {} : { message: change.message }),
    };
  }
}

function inspected(account: Account, record: FileSystemRecord): InspectedFileSystem {
  const { input } = record;
  return structuredClone({
    ...describe(account, record, { now: account.clock.now() }),
    SecurityGroupIds: input.SecurityGroupIds ?? [],
    ...('BackupId' in input ? { BackupId: input.BackupId } : {}),
    ...(input.ClientRequestToken === undefined
      ? {}
      : { ClientRequestToken: input.ClientRequestToken }),
    Tasks: record.tasks,
  });
}
