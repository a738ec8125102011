/** What to do about a failure, by its name alone or by FSx's words. */
import { fromFsx } from '../../src/fsx/errors';

const told = (name: string, message = 'No.'): string =>
  fromFsx({ name, message, $metadata: { httpStatusCode: 400 } }, 'UpdateFileSystem').message;

test.each([
  ['UnknownOperationException', 'The endpoint is not FSx'],
  ['UnknownOperation', 'The endpoint is not FSx'],
  ['InvalidAction', 'The endpoint is not FSx'],
  [
    'InvalidImportPath',
    'ImportPath must be s3://BUCKET or s3://BUCKET/PREFIX, with a bucket that exists',
  ],
  [
    'InvalidDataRepositoryType',
    'ImportPath must be s3://BUCKET or s3://BUCKET/PREFIX, with a bucket',
  ],
  [
    'InvalidExportPath',
    'ExportPath must be s3://BUCKET or s3://BUCKET/PREFIX in the bucket of ImportPath',
  ],
  ['BackupInProgress', 'Retry the operation when aws fsx describe-backups shows no backup'],
  ['InternalServerError', 'This is an error in FSx: retry the operation.'],
  ['ThrottlingException', 'This account exceeds the FSx request rate in this region'],
  ['ExpiredToken', 'The credentials of this invocation have expired.'],
  ['RequestExpired', 'The clock of the computer that runs the handlers is wrong'],
  ['IncompleteSignature', 'Either the secret key is wrong'],
  ['AuthFailure', 'Retry the operation with valid AWS credentials.'],
  ['MissingAuthenticationToken', 'The handlers have no AWS credentials'],
  ['OptInRequired', 'An administrator of the account must enable this region'],
  ['InvalidRegion', 'Create the stack in a region that FSx for Lustre supports.'],
])('%s', (name, advice) => {
  expect(told(name)).toContain(`No. ${advice}`);
});

test.each([
  ['A backup is in progress.', 'Retry the operation when aws fsx describe-backups shows no backup'],
  ['The backup is not yet available.', 'A backup can be restored when'],
])('%s', (words, advice) => {
  expect(told('BadRequest', words)).toContain(`${words} ${advice}`);
});
