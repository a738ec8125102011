import {
  newId,
  type Account,
  type AssociationRecord,
  type FileSystemRecord,
  type TaskRecord,
} from '../state/account';
import { currentValues, lifecycle } from './describe';
import { associationLifecycle, associationsOf, associationValues } from './describe-association';
import { activeTasksOf, describeTask, isActive, taskExists, taskLifecycle } from './describe-task';
import { badRequest, FsxError, taskNotFound } from '../errors';
import { fileSystemOf } from './lookup';
import type { Outcome } from './outcome';
import { filteredPage, type Filters } from './paging';
import { checkTask, checkTaskLinks, scopeOf, type TaskLink } from '../rules/task';
import { checkTags } from '../rules/tags';
import { TASK_CANCELING, TASK_EXECUTING, TASK_PENDING } from '../state/durations';
import { findByToken, recordToken } from '../state/client-tokens';
import { pick } from '../state/ids';
import { endlessTask } from '../state/unrequested';
import type {
  CancelTaskInput,
  CreateTaskInput,
  DataRepositoryTask,
  DescribeTasksInput,
  TaskLifecycle,
} from '../types';

/** Data repository tasks, which move data between a file system and its linked data repositories. */

/** CreateDataRepositoryTask returns PENDING. A file system has one task at a time. */
export function createTask(
  account: Account,
  input: CreateTaskInput,
  outcome: Outcome,
): { DataRepositoryTask: DataRepositoryTask } {
  const known = findByToken(account, 'task', input);
  if (known !== undefined) return answer(account, findTask(account, known));
  const fileSystem = fileSystemOf(account, input.FileSystemId);
  const now = account.clock.now();
  checkTask(input);
  const state = lifecycle(fileSystem, now);
  if (state !== 'AVAILABLE' && state !== 'UPDATING') {
    throw badRequest(
      `Unable to create a data repository task on a file system in the ${state} state.`,
    );
  }
  const links = linksOf(account, fileSystem);
  checkTaskLinks(input, links);
  if (activeTasksOf(account, fileSystem.id).length > 0) {
    throw new FsxError(
      'DataRepositoryTaskExecuting',
      'An existing data repository task is currently executing on the file system. Wait until the existing task has completed, then create the new task.',
    );
  }
  checkTags(input.Tags ?? []);
  const { links: scope, wrongPath } = scopeOf(input, links);
  const failure =
    outcome.endsFailed ??
    (wrongPath === undefined ? undefined : `The path '${wrongPath.slice(0, 100)}' is not valid.`);
  const record = addTask(account, fileSystem.id, now, {
    type: input.Type,
    ...(input.Paths === undefined ? {} : { paths: input.Paths }),
    report: input.Report,
    ...(input.ReleaseConfiguration === undefined ? {} : { release: input.ReleaseConfiguration }),
    associationIds: scope.flatMap(({ associationId }) => associationId ?? []),
    ...(failure === undefined ? {} : { failure }),
    tags: input.Tags ?? [],
  });
  recordToken(account, 'task', input, record.id);
  return answer(account, record);
}

const answer = (account: Account, record: TaskRecord) => ({
  DataRepositoryTask: describeTask(account, record),
});

/** The existing links. One that is being created or deleted, or has failed, is not used. */
function linksOf(account: Account, fileSystem: FileSystemRecord): TaskLink[] {
  const now = account.clock.now();
  const repository = currentValues(fileSystem, now).LustreConfiguration
    ?.DataRepositoryConfiguration;
  const associations = associationsOf(account, fileSystem.id).filter((record) =>
    ['AVAILABLE', 'UPDATING', 'MISCONFIGURED'].includes(associationLifecycle(account, record)),
  );
  return [
    ...(repository?.ExportPath === undefined
      ? []
      : [{ fileSystemPath: '/', dataRepositoryPath: repository.ExportPath }]),
    ...associations.map((record) => {
      const { S3: s3 } = associationValues(record, now);
      return {
        associationId: record.id,
        fileSystemPath: record.fileSystemPath,
        dataRepositoryPath: record.dataRepositoryPath,
        ...(s3 === undefined ? {} : { s3 }),
      };
    }),
  ];
}

/** The local FSx stores no data, so the number of files of a task is made up. */
const FEWEST_FILES = 100;
const FILES_BEYOND = 9_900;

function addTask(
  account: Account,
  fileSystemId: string,
  createdAt: number,
  rest: Omit<TaskRecord, 'id' | 'fileSystemId' | 'createdAt' | 'startedAt' | 'endedAt' | 'files'>,
): TaskRecord {
  const { clock } = account;
  const id = newId(account, 'task');
  const startedAt = createdAt + clock.scaled(TASK_PENDING);
  const record: TaskRecord = {
    id,
    fileSystemId,
    createdAt,
    startedAt,
    endedAt: startedAt + clock.scaled(TASK_EXECUTING),
    files: FEWEST_FILES + pick(FILES_BEYOND, 'files', id),
    ...rest,
  };
  account.state.tasks.add(record);
  return record;
}

/** The import after the creation of an association with BatchImportMetaDataOnCreate. */
export function addImport(account: Account, association: AssociationRecord): void {
  addTask(account, association.fileSystemId, association.readyAt, {
    type: 'IMPORT_METADATA_FROM_REPOSITORY',
    paths: [association.dataRepositoryPath],
    report: { Enabled: false },
    associationIds: [association.id],
    tags: [],
  });
}

/** A task that no request has created. */
export function addEndlessTask(account: Account, fileSystem: FileSystemRecord): void {
  const associationIds = associationsOf(account, fileSystem.id).map(({ id }) => id);
  const id = newId(account, 'task');
  account.state.tasks.add(endlessTask(id, fileSystem.id, account.clock.now(), associationIds));
}

function findTask(account: Account, id: string): TaskRecord {
  const record = account.state.tasks.get(id);
  if (!record || !taskExists(account, record)) throw taskNotFound(id);
  return record;
}

const filtersAt = (now: number): Filters<TaskRecord> => ({
  'file-system-id': (record, value) => record.fileSystemId === value,
  'task-lifecycle': (record, value) => taskLifecycle(record, now) === value,
  'data-repository-association-id': (record, value) => record.associationIds.includes(value),
});

export function describeTasks(
  account: Account,
  input: DescribeTasksInput,
): { DataRepositoryTasks: DataRepositoryTask[]; NextToken?: string } {
  if (input.TaskIds && input.TaskIds.length > 0) {
    const found = [...new Set(input.TaskIds)].map((id) => findTask(account, id));
    return { DataRepositoryTasks: found.map((record) => describeTask(account, record)) };
  }
  // The operation's errors include FileSystemNotFound, which only a filter can cause.
  for (const { Name: name, Values: values = [] } of input.Filters ?? []) {
    if (name === 'file-system-id') for (const id of values) fileSystemOf(account, id);
  }
  const { items, next } = filteredPage(
    account,
    'tasks',
    input,
    account.state.tasks,
    filtersAt(account.clock.now()),
    (record) => taskExists(account, record),
  );
  return {
    DataRepositoryTasks: items.map((record) => describeTask(account, record)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

/** CancelDataRepositoryTask returns CANCELING. Files in progress are still processed. */
export function cancelTask(
  account: Account,
  input: CancelTaskInput,
): { TaskId: string; Lifecycle: TaskLifecycle } {
  const record = findTask(account, input.TaskId);
  const now = account.clock.now();
  if (!isActive(record, now)) {
    throw new FsxError(
      'DataRepositoryTaskEnded',
      'The data repository task could not be canceled because the task has already ended.',
    );
  }
  if (record.canceledAt === undefined) {
    record.canceledAt = now + account.clock.scaled(TASK_CANCELING);
    account.state.tasks.changed(record);
  }
  return { TaskId: record.id, Lifecycle: taskLifecycle(record, now) };
}
