import type { Account } from '../state/account';
import { badRequest, fileSystemNotFound, FsxError } from '../errors';
import { findFileSystem } from './lookup';
import { invalidToken } from './paging';
import type { DescribeAliasesInput } from '../types';

/**
 * Operations for resources of other file system types, in an account that has none. They exist so that tools that query all
 * of FSx work.
 */

/**
 * An operation that lists resources of which there are none. @param noun The name of such a resource in the error for an
 * unknown id.
 */
const none =
  (list: string, ids: string, error: string, noun: string) =>
  (_: Account, input: Readonly<Record<string, unknown>>): object => {
    const { [ids]: given = [], NextToken: token } = input;
    const [first] = given as string[];
    if (first !== undefined) throw new FsxError(error, `${noun} '${first}' does not exist.`);
    if (typeof token === 'string') throw invalidToken(token);
    return { [list]: [] };
  };

export const describeVolumes = none('Volumes', 'VolumeIds', 'VolumeNotFound', 'Volume');
export const describeFileCaches = none(
  'FileCaches',
  'FileCacheIds',
  'FileCacheNotFound',
  'File cache',
);
export const describeSnapshots = none('Snapshots', 'SnapshotIds', 'SnapshotNotFound', 'Snapshot');
export const describeStorageVirtualMachines = none(
  'StorageVirtualMachines',
  'StorageVirtualMachineIds',
  'StorageVirtualMachineNotFound',
  'Storage virtual machine',
);
export const describeS3AccessPointAttachments = none(
  'S3AccessPointAttachments',
  'Names',
  'S3AccessPointAttachmentNotFound',
  'S3 access point attachment',
);

export const describeSharedVpcConfiguration = (): object => ({
  EnableFsxRouteTableUpdatesFromParticipantAccounts: 'false',
});

/** Only Windows file systems have DNS aliases. */
export function describeFileSystemAliases(
  account: Account,
  { FileSystemId: id }: DescribeAliasesInput,
): object {
  const other = account.state.others.get(id);
  if (other?.FileSystemType === 'WINDOWS') return { Aliases: [] };
  if (!other && !findFileSystem(account, id)) throw fileSystemNotFound(id);
  throw badRequest('DNS aliases are only supported for WINDOWS file systems.');
}
