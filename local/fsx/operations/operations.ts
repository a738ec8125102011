import type { Account } from '../state/account';
import {
  createAssociation,
  deleteAssociation,
  describeAssociations,
  updateAssociation,
} from './associations';
import { copyBackup, createBackup, deleteBackup, describeBackups } from './backups';
import { checkRequest } from '../api/constraints';
import { createFileSystem, createFileSystemFromBackup } from './create';
import { deleteFileSystem } from './delete';
import { describeFileSystems } from './list';
import { catchUp } from './catch-up';
import {
  describeFileCaches,
  describeFileSystemAliases,
  describeS3AccessPointAttachments,
  describeSharedVpcConfiguration,
  describeSnapshots,
  describeStorageVirtualMachines,
  describeVolumes,
} from './other-types';
import type { Outcome } from './outcome';
import { recordHistory } from './recorded';
import { REQUESTS, type Operation } from '../api/shapes';
import { listTagsForResource, tagResource, untagResource } from './tags';
import { cancelTask, createTask, describeTasks } from './tasks';
import type {
  CancelTaskInput,
  CopyBackupInput,
  CreateAssociationInput,
  CreateBackupInput,
  CreateFileSystemInput,
  CreateFromBackupInput,
  CreateTaskInput,
  DeleteAssociationInput,
  DeleteBackupInput,
  DeleteFileSystemInput,
  DescribeAliasesInput,
  DescribeAssociationsInput,
  DescribeBackupsInput,
  DescribeFileSystemsInput,
  DescribeTasksInput,
  ListTagsInput,
  TagResourceInput,
  UntagResourceInput,
  UpdateAssociationInput,
  UpdateFileSystemInput,
} from '../types';
import { updateFileSystem } from './update';

type Anything = Readonly<Record<string, unknown>>;

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
  CreateDataRepositoryAssociation: CreateAssociationInput;
  DescribeDataRepositoryAssociations: DescribeAssociationsInput;
  UpdateDataRepositoryAssociation: UpdateAssociationInput;
  DeleteDataRepositoryAssociation: DeleteAssociationInput;
  CreateDataRepositoryTask: CreateTaskInput;
  DescribeDataRepositoryTasks: DescribeTasksInput;
  CancelDataRepositoryTask: CancelTaskInput;
  CopyBackup: CopyBackupInput;
  DescribeVolumes: Anything;
  DescribeFileCaches: Anything;
  DescribeSnapshots: Anything;
  DescribeStorageVirtualMachines: Anything;
  DescribeS3AccessPointAttachments: Anything;
  DescribeSharedVpcConfiguration: Anything;
  DescribeFileSystemAliases: DescribeAliasesInput;
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
  CreateDataRepositoryAssociation: createAssociation,
  DescribeDataRepositoryAssociations: describeAssociations,
  UpdateDataRepositoryAssociation: updateAssociation,
  DeleteDataRepositoryAssociation: deleteAssociation,
  CreateDataRepositoryTask: createTask,
  DescribeDataRepositoryTasks: describeTasks,
  CancelDataRepositoryTask: cancelTask,
  CopyBackup: copyBackup,
  DescribeVolumes: describeVolumes,
  DescribeFileCaches: describeFileCaches,
  DescribeSnapshots: describeSnapshots,
  DescribeStorageVirtualMachines: describeStorageVirtualMachines,
  DescribeS3AccessPointAttachments: describeS3AccessPointAttachments,
  DescribeSharedVpcConfiguration: describeSharedVpcConfiguration,
  DescribeFileSystemAliases: describeFileSystemAliases,
};

/** Operations with other names change nothing. */
export const changesState = (operation: Operation): boolean => !/^(Describe|List)/.test(operation);

/**
 * Performs one operation: all of FSx behind the HTTP protocol. It either changes the account and returns a response, or
 * throws an FsxError and leaves the account unchanged.
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
