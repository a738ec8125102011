import type { Row } from './row';

const TASK =
  'Wait until aws fsx describe-data-repository-tasks shows the task as done, or cancel it with aws fsx cancel-data-repository-task, and retry the operation.';
const BACKUP =
  'Retry the operation when aws fsx describe-backups shows no backup of the file system as PENDING, CREATING or TRANSFERRING.';

/**
 * Operations in progress on a file system or backup. These stay InvalidRequest, by which an update recognizes that FSx may be
 * busy.
 */
export const RESOURCE_STATE: readonly Row[] = [
  {
    // "Unable to perform the storage capacity update. There is an update already in progress." (BadRequest, recorded)
    says: /update (is )?already in progress|another update|already being updated/i,
    code: 'InvalidRequest',
    advice:
      'FSx performs one update of a file system at a time. Retry the operation when aws fsx describe-file-systems shows none of its AdministrativeActions PENDING or IN_PROGRESS.',
  },
  {
    // "At least 6 hours must have passed since the last increase was requested"
    // https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-storage-capacity.html
    says: /\b(6|six) hours/i,
    code: 'InvalidRequest',
    advice:
      'FSx allows a change of storage capacity, throughput capacity, metadata IOPS or read cache every six hours, and only after the optimization that follows the last one is complete. Retry the operation then.',
  },
  {
    // "Delete refused: a data repository task is PENDING or EXECUTING" (API reference, DeleteFileSystem)
    errors: ['DataRepositoryTaskExecuting'],
    code: 'InvalidRequest',
    advice: TASK,
  },
  { errors: ['BadRequest'], says: /data repository task/i, code: 'InvalidRequest', advice: TASK },
  {
    says: /^(?!.*\bbackup\b).*(being deleted|\bDELETING\b)/i,
    code: 'InvalidRequest',
    advice:
      'A deletion cannot be canceled. Wait until aws fsx describe-file-systems no longer shows the file system, or create another one under another logical ID.',
  },
  {
    // "Another backup is already under way. Wait for completion before initiating additional backups of this file system."
    // (API reference, BackupInProgress). A backup that is being copied or restored cannot be deleted.
    errors: ['BackupInProgress', 'BackupBeingCopied', 'BackupRestoring'],
    code: 'ResourceConflict',
    advice: BACKUP,
  },
  {
    errors: ['BadRequest'],
    says: /\bbackup\b.*(in progress|under way)/i,
    code: 'InvalidRequest',
    advice: BACKUP,
  },
  {
    says: /\bbackup\b.*not (yet )?(available|ready)/i,
    code: 'InvalidRequest',
    advice: 'A backup can be restored when aws fsx describe-backups shows it as AVAILABLE.',
  },
  {
    // "If a file system with the specified client request token exists and the parameters don't match, this call returns
    // IncompatibleParameterError" (API reference, CreateFileSystem)
    errors: ['IncompatibleParameterError'],
    says: /token|idempoten/i,
    code: 'InvalidRequest',
    advice: ({ members: { Parameter } }) =>
      `An earlier attempt used the same client request token with a different ${Parameter ?? 'value of a parameter'}. Start a new operation, and check the FSx console for a file system from the first attempt: delete it if it is not needed.`,
  },
  {
    // "The cache type can not be specified for a lustre file system with Deploy..." (IncompatibleParameterError, recorded)
    errors: ['IncompatibleParameterError'],
    code: 'InvalidRequest',
    advice: ({ members: { Parameter } }) =>
      `${Parameter ?? 'The parameter'} cannot be used with the other properties: omit it, or change them.`,
  },
];

/** Not NotFound, which would mean that the file system does not exist. */
export const BACKUP_NOT_FOUND: Row = {
  errors: ['BackupNotFound', 'SourceBackupUnavailable'],
  code: 'InvalidRequest',
  advice:
    'BackupId must name a backup in this account and region: aws fsx describe-backups lists them. Automatic backups are deleted with their file system; a backup in another region can be copied here with aws fsx copy-backup.',
};
