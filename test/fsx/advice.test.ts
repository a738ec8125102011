/** What to do about a failure, by its name alone or by FSx's words. */
import { fromFsx } from '../../src/fsx/errors';

const told = (name: string, message = 'No.'): string =>
  fromFsx({ name, message, $metadata: { httpStatusCode: 400 } }, 'UpdateFileSystem').message;

test.each([
  ['UnknownOperationException', 'The endpoint that answered is not FSx'],
  ['UnknownOperation', 'The endpoint that answered is not FSx'],
  ['InvalidAction', 'The endpoint that answered is not FSx'],
  [
    'InvalidImportPath',
    'ImportPath takes s3://BUCKET or s3://BUCKET/PREFIX of a bucket that exists',
  ],
  ['InvalidDataRepositoryType', 'ImportPath takes s3://BUCKET or s3://BUCKET/PREFIX of a bucket'],
  [
    'InvalidExportPath',
    'ExportPath takes s3://BUCKET or s3://BUCKET/PREFIX of the bucket in ImportPath',
  ],
  ['BackupInProgress', 'Run the operation again when aws fsx describe-backups shows no backup'],
  ['InternalServerError', 'The fault is with FSx: run the operation again.'],
  ['ThrottlingException', 'This account calls FSx too often in this region'],
  ['ExpiredToken', 'The credentials of this invocation have expired.'],
  ['RequestExpired', 'The clock of the computer that runs the handlers is wrong'],
  ['IncompleteSignature', 'Either the secret key is wrong'],
  ['AuthFailure', 'Run the operation again with valid AWS credentials.'],
  ['MissingAuthenticationToken', 'The handlers have no AWS credentials'],
  ['OptInRequired', 'An administrator of the account has to enable this region'],
  ['InvalidRegion', 'Create the stack in a region that FSx for Lustre supports.'],
])('%s', (name, advice) => {
  expect(told(name)).toContain(`No. ${advice}`);
});

test.each([
  [
    'A backup is in progress.',
    'Run the operation again when aws fsx describe-backups shows no backup',
  ],
  ['The backup is not yet available.', 'A backup can be restored as soon as'],
])('%s', (words, advice) => {
  expect(told('BadRequest', words)).toContain(`${words} ${advice}`);
});
