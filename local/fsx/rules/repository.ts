import type { Account } from '../state/account';
import { badRequest, FsxError } from '../errors';
import { isBucketName } from '../resource-names';
import type { CreateLustre, DeploymentType, StorageType } from '../types';

const COMPANIONS = ['ExportPath', 'ImportedFileChunkSize', 'AutoImportPolicy'] as const;

/**
 * Recorded for a bucket that cannot be accessed, and assumed for one that does not exist.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/s3-validation-error.html
 */
export const NO_ACCESS =
  'Amazon FSx is unable to validate access to the S3 bucket. Ensure the IAM role or user you are using has s3:Get*, s3:List* and s3:PutObject permissions to the S3 bucket prefix.';

/** The bucket of `s3://bucket/optional/prefix`; undefined for other texts. */
export function bucketOf(path: string): string | undefined {
  const [, bucket = ''] = /^s3:\/\/([^/]+)/.exec(path) ?? [];
  return isBucketName(bucket) ? bucket : undefined;
}

/** The S3 link: ImportPath and the three properties that require it. */
export function checkRepository(
  account: Account,
  lustre: CreateLustre,
  deployment: DeploymentType,
  storage: StorageType,
): void {
  const { ImportPath: importPath, ExportPath: exportPath } = lustre;
  if (deployment === 'PERSISTENT_2') {
    if (importPath !== undefined || COMPANIONS.some((name) => lustre[name] !== undefined)) {
      throw badRequest(
        `Linking a Persistent 2 file system to an S3 bucket using the LustreConfiguration is not supported. Create a data repository association instead.${storage === 'INTELLIGENT_TIERING' ? ' Storage type INTELLIGENT_TIERING supports neither.' : ''}`,
      );
    }
    return;
  }
  if (importPath === undefined) {
    const lonely = COMPANIONS.find((name) => lustre[name] !== undefined);
    if (lonely) throw badRequest(`${lonely} can only be specified together with ImportPath.`);
    return;
  }
  const bucket = bucketOf(importPath);
  if (bucket === undefined) {
    throw new FsxError(
      'InvalidImportPath',
      `The import path '${importPath}' is not valid. It must have the form s3://bucket/prefix.`,
    );
  }
  if (account.state.world.missingBuckets.includes(bucket)) {
    throw badRequest(NO_ACCESS);
  }
  if (exportPath !== undefined && bucketOf(exportPath) !== bucket) {
    throw new FsxError(
      'InvalidExportPath',
      `The export path '${exportPath}' must use the same S3 bucket as the import path: ${bucket}.`,
    );
  }
}
