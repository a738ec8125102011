import { arn, type Account, type TaskRecord } from '../state/account';
import { seconds } from './describe';
import { findFileSystem } from './lookup';
import { TASK_KEPT, TASK_STATUS_EVERY } from '../state/durations';
import type { DataRepositoryTask, TaskLifecycle } from '../types';

/** The description of a data repository task. It depends on its record and the time. */

export function taskLifecycle(record: TaskRecord, now: number): TaskLifecycle {
  const { startedAt, endedAt = Infinity, canceledAt, failure } = record;
  if (canceledAt !== undefined) return now < canceledAt ? 'CANCELING' : 'CANCELED';
  if (now < startedAt) return 'PENDING';
  if (now < endedAt) return 'EXECUTING';
  return failure === undefined ? 'SUCCEEDED' : 'FAILED';
}

/** While a task is active, FSx does not delete its file system and accepts no other task. */
export const isActive = (record: TaskRecord, now: number): boolean =>
  ['PENDING', 'EXECUTING', 'CANCELING'].includes(taskLifecycle(record, now));

/** When a task ends; undefined if it is not known yet. */
const endOf = ({ canceledAt, endedAt }: TaskRecord): number | undefined => canceledAt ?? endedAt;

/** When a task is no longer described. */
export const forgottenAt = ({ clock }: Account, record: TaskRecord): number =>
  (endOf(record) ?? Infinity) + clock.scaled(TASK_KEPT);

/** A task is described from its creation until some time after its end, as long as its file system exists. */
export function taskExists(account: Account, record: TaskRecord): boolean {
  const now = account.clock.now();
  return (
    record.createdAt <= now &&
    now < forgottenAt(account, record) &&
    findFileSystem(account, record.fileSystemId) !== undefined
  );
}

export const activeTasksOf = (account: Account, fileSystemId: string): TaskRecord[] =>
  account.state.tasks
    .inGroup(fileSystemId)
    .filter((record) => taskExists(account, record) && isActive(record, account.clock.now()));

export function describeTask(account: Account, record: TaskRecord): DataRepositoryTask {
  const now = account.clock.now();
  const lifecycle = taskLifecycle(record, now);
  const end = endOf(record);
  const { startedAt, paths, failure, release } = record;
  const status = statusOf(account, record);
  return {
    TaskId: record.id,
    Lifecycle: lifecycle,
    Type: record.type,
    CreationTime: seconds(record.createdAt),
    ...(status === undefined ? {} : { StartTime: seconds(startedAt) }),
    ...(end === undefined || now < end ? {} : { EndTime: seconds(end) }),
    ResourceARN: taskArn(account, record.id),
    Tags: record.tags,
    FileSystemId: record.fileSystemId,
    ...(paths === undefined ? {} : { Paths: paths }),
    ...(lifecycle === 'FAILED' && failure !== undefined
      ? { FailureDetails: { Message: failure } }
      : {}),
    ...(status === undefined ? {} : { Status: status }),
    Report: record.report,
    ...(release === undefined ? {} : { ReleaseConfiguration: release }),
  };
}

/** The counts at the last status update; undefined if the task has not started. */
function statusOf(account: Account, record: TaskRecord): DataRepositoryTask['Status'] {
  const { clock } = account;
  const { startedAt, endedAt = Infinity, canceledAt = Infinity, failure, files } = record;
  const now = Math.min(clock.now(), canceledAt);
  if (now < startedAt || canceledAt <= startedAt) return undefined;
  const every = clock.scaled(TASK_STATUS_EVERY);
  const updated = startedAt + Math.floor((now - startedAt) / every) * every;
  const shown = now >= endedAt ? endedAt : updated;
  const done = Math.floor(files * Math.min(1, (shown - startedAt) / (endedAt - startedAt)));
  const failed = failure === undefined || now < endedAt ? 0 : 1;
  return {
    TotalCount: files,
    SucceededCount: done - failed,
    FailedCount: failed,
    LastUpdatedTime: seconds(shown),
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonfsx.html */
export const taskArn = (account: Account, id: string): string => arn(account, 'fsx', `task/${id}`);
