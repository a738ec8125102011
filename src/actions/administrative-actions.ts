/** The updates that FSx shows among the administrative actions of a file system. [API AdministrativeAction] */
import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';

/** Whether one is waiting for its turn or under way; optimization, which runs for hours to days afterwards, is none. */
export function isUpdating(fileSystem: FileSystem): boolean {
  return updatesOf(fileSystem).some(
    ({ Status }) => Status === 'PENDING' || Status === 'IN_PROGRESS',
  );
}

/** RequestTime of the newest one, milliseconds since 1970 by FSx's clock; 0 without any. */
export function newestUpdate(fileSystem: FileSystem): number {
  return Math.max(0, ...updatesOf(fileSystem).map(requestTime));
}

/** One that was requested at that time or later, milliseconds since 1970, and has ended FAILED. */
export function failedUpdate(
  fileSystem: FileSystem,
  requestedFrom: number,
): AdministrativeAction | undefined {
  return updatesOf(fileSystem).find(
    (update) => update.Status === 'FAILED' && requestTime(update) >= requestedFrom,
  );
}

function updatesOf({ AdministrativeActions = [] }: FileSystem): AdministrativeAction[] {
  return AdministrativeActions.filter(
    ({ AdministrativeActionType }) => AdministrativeActionType === 'FILE_SYSTEM_UPDATE',
  );
}

function requestTime({ RequestTime }: AdministrativeAction): number {
  return RequestTime?.getTime() ?? 0;
}
