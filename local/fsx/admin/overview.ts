import type { Account, AssociationRecord, FileSystemRecord, TaskRecord } from '../state/account';
import { describe, exists } from '../operations/describe';
import { describeBackup } from '../operations/backups';
import { describeTask, taskExists } from '../operations/describe-task';
import { associationExists, describeAssociation } from '../operations/describe-association';
import { catchUp } from '../operations/catch-up';
import type {
  ActionStatus,
  Backup,
  DataRepositoryAssociation,
  DataRepositoryTask,
  FileSystem,
} from '../types';

/** The progress of an operation, and its end in epoch milliseconds. */
export interface Progress {
  percent: number;
  endsAt: number;
}

/** A description with the progress that descriptions do not have. */
export interface Seen<T> {
  description: T;
  progress?: Progress;
}

export interface SeenAction {
  type: string;
  status: ActionStatus;
  requestedAt: number;
  /** The target values, as JSON. */
  target?: string;
  failure?: string;
  progress?: Progress;
}

export interface SeenFileSystem extends Seen<FileSystem> {
  /** Newest first. */
  actions: SeenAction[];
  associations: Seen<DataRepositoryAssociation>[];
  /** Newest first. */
  tasks: Seen<DataRepositoryTask>[];
}

/** Everything in the account, with the progress of running operations. */
export interface Overview {
  region: string;
  accountId: string;
  /** Epoch milliseconds. */
  now: number;
  /** Newest first; file systems of other types are last. */
  fileSystems: SeenFileSystem[];
  backups: Seen<Backup>[];
}

export function overview(account: Account): Overview {
  catchUp(account);
  const { region, accountId, clock, state } = account;
  const now = clock.now();
  const records = [...state.fileSystems].filter((record) => exists(record, now));
  return {
    region,
    accountId,
    now,
    fileSystems: [
      ...records
        .toSorted((one, other) => other.createdAt - one.createdAt)
        .map((record) => seenFileSystem(account, record)),
      ...[...state.others].map((description) => ({
        description,
        actions: [],
        associations: [],
        tasks: [],
      })),
    ],
    backups: [...state.backups]
      .toSorted((one, other) => other.requestedAt - one.requestedAt)
      .map((record) => ({
        description: describeBackup(account, record),
        ...progressOf(now, record.requestedAt, record.availableAt),
      })),
  };
}

function seenFileSystem(account: Account, record: FileSystemRecord): SeenFileSystem {
  const { state, clock } = account;
  const now = clock.now();
  const { createdAt, readyAt, deletion } = record;
  const tasks = state.tasks.inGroup(record.id).filter((task) => taskExists(account, task));
  const associations = state.associations
    .inGroup(record.id)
    .filter((association) => associationExists(account, association));
  return {
    description: describe(account, record, { now }),
    ...(deletion
      ? progressOf(now, deletion.requestedAt, deletion.goneAt)
      : progressOf(now, createdAt, readyAt)),
    actions: actionsOf(account, record),
    associations: associations.map((association) => seenAssociation(account, association)),
    tasks: tasks
      .toSorted((one, other) => other.createdAt - one.createdAt)
      .map((task) => seenTask(account, task)),
  };
}

function actionsOf(account: Account, record: FileSystemRecord): SeenAction[] {
  const now = account.clock.now();
  const { AdministrativeActions: actions = [] } = describe(account, record, { now });
  return actions.map((action) => {
    const update = record.updates.find(
      ({ requestedAt }) => requestedAt / 1000 === action.RequestTime,
    );
    const optimizes = action.AdministrativeActionType === 'STORAGE_OPTIMIZATION';
    const { appliedAt = now, completedAt = now, startedAt = now } = update ?? {};
    const span = optimizes ? [appliedAt, completedAt] : [startedAt, appliedAt];
    return {
      type: action.AdministrativeActionType,
      status: action.Status,
      requestedAt: action.RequestTime * 1000,
      ...(action.TargetFileSystemValues === undefined
        ? {}
        : { target: inOneLine(action.TargetFileSystemValues) }),
      ...(action.FailureDetails === undefined ? {} : { failure: action.FailureDetails.Message }),
      ...progressOf(now, span[0] ?? now, span[1] ?? now),
    };
  });
}

function seenAssociation(
  account: Account,
  record: AssociationRecord,
): Seen<DataRepositoryAssociation> {
  const now = account.clock.now();
  const { createdAt, readyAt, update, deletion } = record;
  const spans: [number, number][] = [[createdAt, readyAt]];
  if (update) spans.push([update.requestedAt, update.appliedAt]);
  if (deletion) spans.push([deletion.requestedAt, deletion.goneAt]);
  const [start, end] = spans.at(-1) ?? [now, now];
  return { description: describeAssociation(account, record), ...progressOf(now, start, end) };
}

function seenTask(account: Account, record: TaskRecord): Seen<DataRepositoryTask> {
  const now = account.clock.now();
  const { createdAt, endedAt, canceledAt } = record;
  const end = canceledAt ?? endedAt;
  return {
    description: describeTask(account, record),
    ...(end === undefined ? {} : progressOf(now, createdAt, end)),
  };
}

/** JSON on one line, with spaces at which it can be wrapped. */
const inOneLine = (value: object): string => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');

/** Empty if the operation has ended. */
function progressOf(now: number, start: number, end: number): { progress?: Progress } {
  if (now >= end) return {};
  const done = Math.max(0, (now - start) / (end - start));
  return { progress: { percent: Math.floor(done * 100), endsAt: end } };
}
