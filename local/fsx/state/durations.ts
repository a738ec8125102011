import type { DeploymentType } from '../types';

/**
 * How long FSx takes, in milliseconds of real time.
 *
 * Measured on real file systems where public records exist: creation of persistent file systems 6 to 7 minutes, an increase
 * of capacity more than 30 minutes in UPDATING, a version upgrade 12 minutes. The FSx for Lustre user guide documents
 * "minutes" for metadata, "hours to days" for optimization, and six hours between changes of capacity or throughput. Other
 * durations are plausible assumptions.
 */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const DAY = 24 * HOUR;

export const CREATION: Readonly<Record<DeploymentType, number>> = {
  SCRATCH_1: 5 * MINUTE,
  SCRATCH_2: 5 * MINUTE,
  PERSISTENT_1: 7 * MINUTE,
  PERSISTENT_2: 7 * MINUTE,
};

export type UpdateKind =
  | 'storage'
  | 'throughput'
  | 'metadata'
  | 'version'
  | 'configuration'
  | 'settings';

/** From the request until the action is IN_PROGRESS. */
export const PENDING_FOR = 20 * SECOND;
/** From the request until the new values are shown. Settings without an action change immediately. */
export const APPLIED_AFTER: Readonly<Record<UpdateKind, number>> = {
  storage: 32 * MINUTE,
  throughput: 20 * MINUTE,
  metadata: 5 * MINUTE,
  version: 12 * MINUTE,
  configuration: 40 * SECOND,
  settings: 0,
};

/** Rebalancing takes longer for a larger capacity. */
export const optimizationOf = (capacityGiB: number) =>
  Math.max(HOUR, (capacityGiB / 1200) * 20 * MINUTE);

/** After the servers of a file system have been replaced: "or until the throughput optimization process has completed". */
export const THROUGHPUT_OPTIMIZATION = HOUR;

/** Between two changes of capacity or throughput, and between two of metadata. */
export const COOLDOWN = 6 * HOUR;

export const DELETION = 4 * MINUTE;
/** After the end of the final backup. */
export const DELETION_BEHIND_BACKUP = 2 * MINUTE;

/** The stages of a backup after its request: PENDING, CREATING, TRANSFERRING, AVAILABLE. */
export const BACKUP_CREATING_AFTER = 5 * SECOND;
export const BACKUP_TRANSFERRING_AFTER = MINUTE;
export const BACKUP_AVAILABLE_AFTER = 10 * MINUTE;

/** How long a copy of a backup is COPYING. Its source cannot be deleted until a moment later. */
export const BACKUP_COPIED_AFTER = 10 * MINUTE;
export const SOURCE_HELD_FOR = MINUTE;

/** Data repository associations. FSx works on one such request of a file system at a time. */
export const ASSOCIATION_CREATION = 3 * MINUTE;
export const ASSOCIATION_UPDATE = MINUTE;
export const ASSOCIATION_DELETION = 2 * MINUTE;

/** The stages of a data repository task after its request: PENDING, then EXECUTING; and CANCELING. */
export const TASK_PENDING = 30 * SECOND;
export const TASK_EXECUTING = 5 * MINUTE;
export const TASK_CANCELING = 30 * SECOND;
/**
 * "Task status is updated every 30 seconds", and "information is kept for 14 days after the task finishes".
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/data-repo-task-status.html
 */
export const TASK_STATUS_EVERY = 30 * SECOND;
export const TASK_KEPT = 14 * DAY;
