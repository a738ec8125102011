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

/** The SDK advises the owner of a Node 20 to move on, at each cold start and on the console. The lock file decides here. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
