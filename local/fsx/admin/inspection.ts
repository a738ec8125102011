import { checkMembers, flag, json, text, type Members, type Subject } from '../api/members';
import type { Account, FileSystemRecord } from '../state/account';
import { recordHistory } from '../operations/recorded';
import { isValid } from '../state/state-schema';
import { describe, exists, lifecycle, merge } from '../operations/describe';
import { addLink } from '../operations/associations';
import { associationsOf } from '../operations/describe-association';
import { activeTasksOf } from '../operations/describe-task';
import { findFileSystem } from '../operations/lookup';
import { addEndlessTask } from '../operations/tasks';
import { fold, removeFileSystem, catchUp } from '../operations/catch-up';
import type { FileSystem, FileSystemValues, Tag } from '../types';

/** A file system with properties that FSx does not return. */
export interface InspectedFileSystem extends FileSystem {
  SecurityGroupIds: string[];
  BackupId?: string;
  ClientRequestToken?: string;
  /** The number of data repository tasks that have not ended. */
  Tasks: number;
  /** The number of data repository associations. */
  Associations: number;
}

/** A change of a file system that its owner did not request. */
interface Change {
  values?: FileSystemValues;
  tags?: Tag[];
  /**
   * A state, with a message for FailureDetails: one of FSx's, one that FSx may add later, or '' for none. null restores its
   * own state.
   */
  lifecycle?: string | null;
  message?: string;
  /** Whether FSx accepts updates in that state. Default: only in AVAILABLE and UPDATING. */
  updatable?: boolean;
}

/** The Lustre file systems of the account, and external changes of them. */
export interface FileSystems {
  readonly size: number;
  all(): InspectedFileSystem[];
  get(id: string): InspectedFileSystem | undefined;
  /** Deletes a file system without a request to FSx. */
  remove(id: string): void;
  change(id: string, change: Change): void;
  startTask(id: string): void;
  stopTask(id: string): void;
  addAssociation(id: string): void;
  removeAssociation(id: string): void;
}

export function inspect(account: Account, save: () => void): FileSystems {
  const known = (id: string): FileSystemRecord => {
    catchUp(account, id);
    const record = findFileSystem(account, id);
    if (!record) throw new RangeError(`There is no Lustre file system ${id}.`);
    return record;
  };
  const act = (id: string, action: (record: FileSystemRecord) => void) => {
    const record = known(id);
    recordHistory(account, () => {
      action(record);
      if (account.state.fileSystems.get(id)) account.state.fileSystems.changed(record);
    });
    save();
  };
  return {
    get size() {
      catchUp(account);
      return account.state.fileSystems.size;
    },
    all: () => {
      catchUp(account);
      const now = account.clock.now();
      return [...account.state.fileSystems]
        .filter((record) => exists(record, now))
        .map((record) => inspected(account, record));
    },
    get: (id) => {
      catchUp(account);
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
        addEndlessTask(account, record);
      });
    },
    stopTask: (id) => {
      act(id, (record) => {
        const { tasks } = account.state;
        const [task] = activeTasksOf(account, record.id);
        if (task) tasks.remove(task.id);
      });
    },
    addAssociation: (id) => {
      act(id, (record) => {
        addLink(account, record);
      });
    },
    removeAssociation: (id) => {
      act(id, (record) => {
        const association = associationsOf(account, record.id).at(-1);
        if (association) account.state.associations.remove(association.id);
      });
    },
  };
}

const SUBJECT: Subject = {
  wrong: 'Not a change of a file system',
  unknown: 'Not a change of a file system: it cannot have',
};

const CHANGE: Members<Change> = {
  values: {
    must: 'values of a file system, of the types that FSx describes them with',
    holds: (value) => json.holds(value) && isValid('FileSystemValues', value),
  },
  tags: {
    must: 'a list of at most 50 objects with Key and Value',
    holds: (value) => Array.isArray(value) && value.length <= 50 && isValid('Tags', value),
  },
  // Has the form of FSx's states. An empty text stands for none.
  lifecycle: {
    must: 'null, a state such as MISCONFIGURED, or empty',
    holds: (value) =>
      value === null || (typeof value === 'string' && /^([A-Z][A-Z_]{0,63})?$/.test(value)),
  },
  message: text(10_000),
  updatable: flag,
};

function apply(record: FileSystemRecord, change: Change, now: number): void {
  checkMembers(SUBJECT, CHANGE, change);
  if (change.values) {
    fold(record, now);
    record.values = merge(record.values, structuredClone(change.values));
  }
  if (change.tags) record.tags = structuredClone(change.tags);
  if (change.lifecycle === null) delete record.forced;
  else if (change.lifecycle !== undefined || change.message !== undefined) {
    record.forced = {
      lifecycle: change.lifecycle ?? lifecycle(record, now),
      ...(change.message === undefined ? {} : { message: change.message }),
      ...(change.updatable === undefined ? {} : { updatable: change.updatable }),
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
    Tasks: activeTasksOf(account, record.id).length,
    Associations: associationsOf(account, record.id).length,
  });
}
