import type { Account } from '../state/account';
import { badRequest } from '../errors';
import { bucketOf, NO_ACCESS } from './repository';
import type { CreateAssociationInput, FileSystemValues } from '../types';

/**
 * What FSx refuses of a data repository association (AWS FSx API reference, CreateDataRepositoryAssociation; FSx for Lustre
 * user guide). https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html
 */

/** "You can configure a maximum of 8 data repository associations"; "a maximum of 8 DRA requests can be queued". */
const MOST_ASSOCIATIONS = 8;
export const MOST_QUEUED = 8;

/** Recorded for Lustre 2.10, and assumed for other file systems that do not support associations. */
const UNSUPPORTED = 'This file system does not support data repository associations.';

/** The two paths of an association. */
export interface Link {
  fileSystemPath: string;
  dataRepositoryPath: string;
}

/** Requirements on the file system. */
export function checkLinkable({
  StorageType: storage,
  FileSystemTypeVersion: version,
  LustreConfiguration: lustre = {},
}: FileSystemValues): void {
  if (
    lustre.DeploymentType === 'SCRATCH_1' ||
    storage === 'INTELLIGENT_TIERING' ||
    version === '2.10'
  ) {
    throw badRequest(UNSUPPORTED);
  }
  if (lustre.DataRepositoryConfiguration) {
    throw badRequest(
      'A data repository association cannot be created on a file system that is linked to S3 by ImportPath.',
    );
  }
  if ((lustre.AutomaticBackupRetentionDays ?? 0) > 0) {
    throw badRequest(
      'Data repositories cannot be linked to file systems that have file system backups enabled. Disable backups before linking to a data repository.',
    );
  }
}

/** Requirements on the paths of a new association, given the existing ones. */
export function checkLink(
  account: Account,
  input: CreateAssociationInput,
  others: readonly Link[],
): Link {
  const { FileSystemPath: fileSystemPath, DataRepositoryPath: dataRepositoryPath } = input;
  // The model does not require it. It is not recorded what FSx links without it.
  if (fileSystemPath === undefined) throw badRequest('FileSystemPath must be specified.');
  checkFileSystemPath(fileSystemPath);
  checkDataRepositoryPath(account, dataRepositoryPath);
  if (others.length >= MOST_ASSOCIATIONS) {
    throw badRequest(
      `A file system can have at most ${MOST_ASSOCIATIONS} data repository associations.`,
    );
  }
  const link = { fileSystemPath, dataRepositoryPath };
  for (const [name, path] of [
    ['FileSystemPath', (each: Link) => each.fileSystemPath],
    ['DataRepositoryPath', (each: Link) => each.dataRepositoryPath],
  ] as const) {
    const other = others.map(path).find((each) => overlap(each, path(link)));
    if (other === undefined) continue;
    throw badRequest(
      `${name} '${shortened(path(link))}' overlaps with '${shortened(other)}' of another data repository association.`,
    );
  }
  return link;
}

/** Two paths of 4,096 characters each do not fit into a message of 256. */
const shortened = (path: string): string => (path.length > 60 ? `${path.slice(0, 57)}...` : path);

function checkFileSystemPath(path: string): void {
  if (!path.startsWith('/')) {
    throw badRequest(`FileSystemPath must begin with a forward slash: ${shortened(path)}`);
  }
  const parts = folderOf(path).slice(1, -1).split('/');
  if (path !== '/' && parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw badRequest(`Invalid FileSystemPath: ${shortened(path)}`);
  }
}

function checkDataRepositoryPath(account: Account, path: string): void {
  const bucket = bucketOf(path);
  if (bucket === undefined) {
    throw badRequest(
      `Invalid DataRepositoryPath: ${shortened(path)}. It must have the form s3://bucket-name/prefix/.`,
    );
  }
  if (account.state.world.missingBuckets.includes(bucket)) throw badRequest(NO_ACCESS);
}

/** "FSx for Lustre will append a trailing "/" to your data repository path if you don't provide one." */
export const folderOf = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/** Whether a path is a directory, or inside it. */
export const isWithin = (path: string, folder: string): boolean =>
  folderOf(path).startsWith(folderOf(folder));

/** `/ns1` overlaps with `/ns1/ns2`, and `/` with every path. */
const overlap = (one: string, other: string): boolean =>
  isWithin(one, other) || isWithin(other, one);
