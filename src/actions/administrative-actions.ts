/** The updates that FSx shows among the administrative actions of a file system. [API AdministrativeAction] */
import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import type { LustreProperties } from '../lustre/properties';
import { isEquivalentProperty } from '../lustre/properties/equality';

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

/**
 * One that was requested at that time or later, milliseconds since 1970, and has ended FAILED.
 * @param properties what it was to change; absent: anything.
 */
export function failedUpdate(
  fileSystem: FileSystem,
  requestedFrom: number,
  properties?: LustreProperties,
): AdministrativeAction | undefined {
  return updatesOf(fileSystem).find(
    (update) =>
      update.Status === 'FAILED' &&
      requestTime(update) >= requestedFrom &&
      (!properties || isFor(update, properties)),
  );
}

/** RequestTime of the newest one that is to set one of these properties, milliseconds since 1970; 0 without any. */
export function newestUpdateFor(fileSystem: FileSystem, properties: LustreProperties): number {
  const own = updatesOf(fileSystem).filter((update) => isFor(update, properties));
  return Math.max(0, ...own.map(requestTime));
}

/** Whether an update sets one of these properties to this value; one without target values may be any. */
function isFor(
  { TargetFileSystemValues: target }: AdministrativeAction,
  properties: LustreProperties,
): boolean {
  if (!target) return true;
  const { LustreConfiguration: lustre = {} } = target;
  const values: Readonly<Record<string, unknown>> = {
    ...target,
    ...lustre,
    ...lustre.DataRepositoryConfiguration,
  };
  return (Object.keys(properties) as (keyof LustreProperties)[]).some(
    (name) =>
      values[name] !== undefined && isEquivalentProperty(name, properties[name], values[name]),
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
