import { checkMembers, oneOf, text, type Members, type Subject } from '../api/members';
import type { Account } from '../state/account';
import { catchUp } from '../operations/catch-up';
import { associationExists, describeAssociation } from '../operations/describe-association';
import { describeTask, taskExists } from '../operations/describe-task';
import {
  ASSOCIATION_LIFECYCLES,
  type AssociationLifecycle,
  type DataRepositoryAssociation,
  type DataRepositoryTask,
} from '../types';

/** A change of an association that its owner did not request. */
interface AssociationChange {
  /** A state; null restores its own. */
  lifecycle?: AssociationLifecycle | null;
  /** For FailureDetails. */
  message?: string;
}

/** The data repository associations and tasks of the account, and external changes of them. */
export interface Links {
  associations(): DataRepositoryAssociation[];
  tasks(): DataRepositoryTask[];
  changeAssociation(id: string, change: AssociationChange): DataRepositoryAssociation;
}

export function inspectLinks(account: Account, save: () => void): Links {
  const { state } = account;
  return {
    associations: () => {
      catchUp(account);
      return [...state.associations]
        .filter((record) => associationExists(account, record))
        .map((record) => describeAssociation(account, record));
    },
    tasks: () => {
      catchUp(account);
      return [...state.tasks]
        .filter((record) => taskExists(account, record))
        .map((record) => describeTask(account, record));
    },
    changeAssociation: (id, change) => {
      catchUp(account);
      const record = state.associations.get(id);
      if (!record || !associationExists(account, record)) {
        throw new RangeError(`There is no data repository association ${id}.`);
      }
      checkMembers(SUBJECT, CHANGE, change, ['lifecycle']);
      const { lifecycle, message } = change;
      if (lifecycle === null || lifecycle === undefined) delete record.forced;
      else record.forced = { lifecycle, ...(message === undefined ? {} : { message }) };
      state.associations.changed(record);
      save();
      return describeAssociation(account, record);
    },
  };
}

const SUBJECT: Subject = {
  wrong: 'Not a change of an association',
  unknown: 'Not a change of an association: it cannot have',
};
const state = oneOf(ASSOCIATION_LIFECYCLES);
const CHANGE: Members<AssociationChange> = {
  lifecycle: {
    must: `null or ${state.must}`,
    holds: (value) => value === null || state.holds(value),
  },
  message: text(10_000),
};
