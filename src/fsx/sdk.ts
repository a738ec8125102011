/**
 * The parts of the SDK that are used, in a separate module that is loaded at the first call to FSx. A request that is refused
 * before that does not load it.
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
