/**
 * What is used of the SDK, in a module of its own: it is loaded at the first call to FSx. What is refused before that call
 * never pays for it.
 */
export {
  CreateFileSystemCommand,
  CreateFileSystemFromBackupCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  FSxClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
} from '@aws-sdk/client-fsx';
