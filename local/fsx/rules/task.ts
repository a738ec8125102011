import { badRequest } from '../errors';
import { folderOf, isWithin } from './association';
import type { CompletionReport, CreateTaskInput, S3Configuration } from '../types';

/**
 * What FSx refuses of a data repository task, and what makes a task fail (AWS FSx API reference, CreateDataRepositoryTask;
 * FSx for Lustre user guide). https://docs.aws.amazon.com/fsx/latest/LustreGuide/data-repository-tasks.html
 */

/** A link of the file system by an association, or by ImportPath, which links the whole file system. */
export interface TaskLink {
  associationId?: string;
  fileSystemPath: string;
  /** The target of exports. */
  dataRepositoryPath: string;
  s3?: S3Configuration;
}

/** Requirements on a request that do not depend on the file system. */
export function checkTask(input: CreateTaskInput): void {
  if (input.Type === 'AUTO_RELEASE_DATA') {
    throw badRequest('AUTO_RELEASE_DATA tasks are only supported for Amazon File Cache.');
  }
  if (input.CapacityToRelease !== undefined) {
    throw badRequest('CapacityToRelease is only supported for Amazon File Cache.');
  }
  if (input.ReleaseConfiguration && input.Type !== 'RELEASE_DATA_FROM_FILESYSTEM') {
    throw badRequest(
      'ReleaseConfiguration is only supported for RELEASE_DATA_FROM_FILESYSTEM tasks.',
    );
  }
  const since = input.ReleaseConfiguration?.DurationSinceLastAccess;
  if (since && (since.Unit === undefined || since.Value === undefined)) {
    throw badRequest('DurationSinceLastAccess must have a Unit and a Value.');
  }
}

/** Requirements on the links of the file system. */
export function checkTaskLinks(input: CreateTaskInput, links: readonly TaskLink[]): void {
  if (links.length === 0) {
    throw badRequest(
      'A data repository task cannot be created on a file system that is not linked to a data repository.',
    );
  }
  // For ImportPath, only exports are recorded.
  if (
    input.Type !== 'EXPORT_TO_REPOSITORY' &&
    links.every(({ associationId }) => associationId === undefined)
  ) {
    throw badRequest(
      `${input.Type} tasks are only supported on file systems with a data repository association.`,
    );
  }
  // "Automatic export and export data repository tasks can't be used simultaneously on a file system."
  if (
    input.Type === 'EXPORT_TO_REPOSITORY' &&
    links.some(({ s3 }) => (s3?.AutoExportPolicy?.Events ?? []).length > 0)
  ) {
    throw badRequest(
      'An export data repository task cannot be created while automatic export is enabled. Disable automatic export first.',
    );
  }
  checkReport(input.Report, links);
}

function checkReport(report: CompletionReport, links: readonly TaskLink[]): void {
  if (!report.Enabled) return;
  const missing = (['Path', 'Format', 'Scope'] as const).find((name) => report[name] === undefined);
  if (missing !== undefined) {
    throw badRequest(`Report ${missing} must be specified when the report is enabled.`);
  }
  const { Path: path = '' } = report;
  if (links.some(({ dataRepositoryPath }) => isWithin(path, dataRepositoryPath))) return;
  throw badRequest("The report Path must be located within the file system's data repository.");
}

/**
 * The links of a task, and the path that makes it fail: "If a path that you provide isn't valid, the task fails." A path is
 * valid if it is inside a link, or a link is inside it.
 */
export function scopeOf(
  input: CreateTaskInput,
  links: readonly TaskLink[],
): { links: readonly TaskLink[]; wrongPath?: string } {
  const { Paths: paths = [] } = input;
  if (paths.length === 0) return { links };
  const wrongPath = paths.find((path) => links.every((link) => !reaches(input, path, link)));
  return {
    links: links.filter((link) => paths.some((path) => reaches(input, path, link))),
    ...(wrongPath === undefined ? {} : { wrongPath }),
  };
}

function reaches({ Type: type }: CreateTaskInput, path: string, link: TaskLink): boolean {
  const imports = type === 'IMPORT_METADATA_FROM_REPOSITORY';
  const end = imports ? link.dataRepositoryPath : link.fileSystemPath;
  const place = imports ? path : inFileSystem(path);
  return place !== undefined && (isWithin(place, end) || isWithin(end, place));
}

/** Paths are relative to the mount point, and `/` is the whole file system. */
function inFileSystem(path: string): string | undefined {
  if (path === '/') return path;
  const parts = folderOf(path).slice(0, -1).split('/');
  return parts.some((part) => ['', '.', '..'].includes(part)) ? undefined : `/${path}`;
}
