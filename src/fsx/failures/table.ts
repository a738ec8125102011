import type { HandlerErrorCode } from '../../handler-error';
import { ACCESS, ACCESS_BY_NAME } from './access';
import { CONNECTION, CREDENTIALS, REGION, REGION_BY_NAME, THROTTLED } from './connection';
import { ENCRYPTION } from './encryption';
import type { Failure } from './failure';
import { LIMIT, OFFERING, SHORTAGE } from './limits';
import { NETWORK } from './network';
import { REPOSITORY } from './repository';
import { isOf, type Row } from './row';
import { BACKUP_NOT_FOUND, RESOURCE_STATE } from './resource-state';

/**
 * Every way in which a call to FSx can fail, and what to do about it. The first matching row applies. Specific error names
 * come first, then messages, then the other error names.
 *
 * The names are those of the FSx API model, of AWS's common errors and of Node. They cover all operations of FSx, including
 * those that this type does not call. https://docs.aws.amazon.com/fsx/latest/APIReference/CommonErrors.html
 */
const TABLE: readonly Row[] = [
  SHORTAGE,
  ...CONNECTION,
  LIMIT,
  THROTTLED,
  ...CREDENTIALS,
  ...REGION_BY_NAME,
  { errors: ['FileSystemNotFound', 'ResourceNotFound'], code: 'NotFound' },
  BACKUP_NOT_FOUND,
  {
    errors: [
      'InternalServerError',
      'InternalFailure',
      'InternalError',
      'ServiceUnavailable',
      'ServiceUnavailableException',
    ],
    code: 'ServiceInternalError',
    advice:
      'This is an error in FSx: retry the operation. If it persists, check the AWS Health Dashboard, and contact AWS Support with the request ID.',
  },
  ...ACCESS,
  ...NETWORK,
  ...ENCRYPTION,
  ...REPOSITORY,
  OFFERING,
  ...RESOURCE_STATE,
  REGION,
  ACCESS_BY_NAME,
  {
    errors: ['UnknownOperationException', 'UnknownOperation', 'InvalidAction'],
    code: 'GeneralServiceException',
    advice:
      'The endpoint is not FSx, or does not support this operation: correct AWS_ENDPOINT_URL_FSX or AWS_ENDPOINT_URL if one is set.',
  },
  {
    errors: [
      'BadRequest',
      'InvalidPerUnitStorageThroughput',
      'MissingFileSystemConfiguration',
      'UnsupportedOperation',
      'NotServiceResourceError',
      'ResourceDoesNotSupportTagging',
      'ActiveDirectoryError',
      'ValidationException',
      'ValidationError',
      'SerializationException',
      // Errors of keys, access points, volumes, caches and data repositories. This type calls none of their operations.
      'InvalidRequest',
      'InvalidSourceKmsKey',
      'InvalidDestinationKmsKey',
      'InvalidAccessPoint',
      'AccessPointAlreadyOwnedByYou',
      'S3AccessPointAttachmentNotFound',
      'DataRepositoryAssociationNotFound',
      'DataRepositoryTaskNotFound',
      'DataRepositoryTaskEnded',
      'FileCacheNotFound',
      'MissingFileCacheConfiguration',
      'MissingVolumeConfiguration',
      'SnapshotNotFound',
      'StorageVirtualMachineNotFound',
      'VolumeNotFound',
    ],
    code: 'InvalidRequest',
  },
];

/** The row of a failure; undefined if none matches. */
export function rowOf(failure: Failure): Row | undefined {
  return TABLE.find((row) => isOf(row, failure));
}

/** The error code for the HTTP status alone, if no row matches. */
export function codeByStatus({ status }: Failure): HandlerErrorCode {
  if (status === 429) return 'Throttling';
  if (status === 401) return 'InvalidCredentials';
  if (status === 403) return 'AccessDenied';
  return status !== undefined && status >= 500 ? 'ServiceInternalError' : 'GeneralServiceException';
}
