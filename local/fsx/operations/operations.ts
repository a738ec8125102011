import type { Account } from '../state/account';
import { createBackup, deleteBackup, describeBackups } from './backups';
import { checkRequest } from '../api/constraints';
import { createFileSystem, createFileSystemFromBackup, type Outcome } from './create';
import { deleteFileSystem } from './delete';
import { describeFileSystems } from './list';
import { catchUp } from './catch-up';
import { recordHistory } from './recorded';
import { REQUESTS, type Operation } from '../api/shapes';
import { listTagsForResource, tagResource, untagResource } from './tags';
import type {
  CreateBackupInput,
  CreateFileSystemInput,
  CreateFromBackupInput,
  DeleteBackupInput,
  DeleteFileSystemInput,
  DescribeBackupsInput,
  DescribeFileSystemsInput,
  ListTagsInput,
  TagResourceInput,
  UntagResourceInput,
  UpdateFileSystemInput,
} from '../types';
import { updateFileSystem } from './update';

interface Inputs {
  CreateFileSystem: CreateFileSystemInput;
  CreateFileSystemFromBackup: CreateFromBackupInput;
  DescribeFileSystems: DescribeFileSystemsInput;
  UpdateFileSystem: UpdateFileSystemInput;
  DeleteFileSystem: DeleteFileSystemInput;
  TagResource: TagResourceInput;
  UntagResource: UntagResourceInput;
  ListTagsForResource: ListTagsInput;
  CreateBackup: CreateBackupInput;
  DescribeBackups: DescribeBackupsInput;
  DeleteBackup: DeleteBackupInput;
}
type Handlers = {
  [Name in Operation]: (account: Account, input: Inputs[Name], outcome: Outcome) => object;
};

const HANDLERS: Handlers = {
  CreateFileSystem: createFileSystem,
  CreateFileSystemFromBackup: createFileSystemFromBackup,
  DescribeFileSystems: describeFileSystems,
  UpdateFileSystem: updateFileSystem,
  DeleteFileSystem: deleteFileSystem,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
  CreateBackup: createBackup,
  DescribeBackups: describeBackups,
  DeleteBackup: deleteBackup,
};

const READ_ONLY: readonly Operation[] = [
  'DescribeFileSystems',
  'DescribeBackups',
  'ListTagsForResource',
];
export const changesState = (operation: Operation): boolean => !READ_ONLY.includes(operation);

/**
 * Carries out one operation: the whole of FSx behind the HTTP edge. It either changes the account
 * and answers, or throws an FsxError and leaves the account as it was.
 */
export function perform(
  account: Account,
  operation: Operation,
  body: unknown,
  outcome: Outcome = {},
): object {
  const input = checkRequest(REQUESTS[operation], body);
  catchUp(account, (input as { FileSystemId?: string }).FileSystemId);
  const handler = HANDLERS[operation] as (
    account: Account,
    input: unknown,
    outcome: Outcome,
  ) => object;
  const carryOut = () => handler(account, input, outcome);
  return changesState(operation) ? recordHistory(account, carryOut) : carryOut();
}
