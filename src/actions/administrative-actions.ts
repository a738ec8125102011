/** The updates among the administrative actions of a file system. [API AdministrativeAction] */
import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import type { LustreProperties } from '../lustre/properties';
import { isEquivalentProperty } from '../lustre/properties/equality';

/** Whether an update is pending or in progress. Optimization, which runs for hours to days afterward, does not count. */
export function isUpdating(fileSystem: FileSystem): boolean {
  return updatesOf(fileSystem).some(
    ({ Status }) => Status === 'PENDING' || Status === 'IN_PROGRESS',
  );
}

/** RequestTime of the newest update, in milliseconds since 1970 by FSx's clock; 0 without any. */
export function newestUpdate(fileSystem: FileSystem): number {
  return Math.max(0, ...updatesOf(fileSystem).map(requestTime));
}

/**
 * An update that was requested at or after a time (milliseconds since 1970), and has ended FAILED.
 *
 * @param properties The properties that it was to change. Absent: any.
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

/** RequestTime of the newest update that sets one of these properties, in milliseconds since 1970; 0 without any. */
export function newestUpdateFor(fileSystem: FileSystem, properties: LustreProperties): number {
  const own = updatesOf(fileSystem).filter((update) => isFor(update, properties));
  return Math.max(0, ...own.map(requestTime));
}

/** Whether an update sets one of these properties to this value. An update without target values may set any. */
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
