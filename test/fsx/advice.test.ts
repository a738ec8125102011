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

describe('words of AWS that say the same in another way', () => {
  test.each([
    [
      'OptInRequired',
      'The AWS Access Key Id needs a subscription for the service',
      'enable this region',
    ],
    [
      'SubscriptionRequiredException',
      'The AWS Access Key Id needs a subscription for the service',
      'enable this region',
    ],
    [
      'InvalidRegion',
      'The key policy of that Region is not available.',
      'a region that FSx for Lustre supports',
    ],
    ['BadRequest', 'The specified bucket does not exist', 'a bucket that exists'],
    ['NoSuchBucket', 'NoSuchBucket: The specified bucket does not exist', 'a bucket that exists'],
    ['BadRequest', 'The bucket data was not found in this Region.', 'a bucket that exists'],
    [
      'BadRequest',
      'The subnet is in an unsupported Availability Zone use1-az3.',
      'another Availability Zone',
    ],
    ['BadRequest', 'The Availability Zone use1-az3 is unsupported.', 'another Availability Zone'],
    [
      'BadRequest',
      'One or more subnets were invalid: subnet-01234567.',
      'The subnet in SubnetIds must exist',
    ],
    ['BadRequest', 'Insufficient available hardware capacity.', 'This is not a quota'],
    ['BadRequest', 'There is not enough available hardware capacity.', 'This is not a quota'],
    ['BadRequest', 'We are out of SSD capacity in this zone.', 'This is not a quota'],
    ['BadRequest', 'The zone has capacity constraints.', 'This is not a quota'],
    ['BadRequest', 'Capacity is currently not available.', 'This is not a quota'],
    ['BadRequest', 'Lack of available capacity.', 'This is not a quota'],
  ])('%s: %s', (name, words, advice) => {
    expect(told(name, words)).toContain(advice);
    expect(told(name, words)).not.toContain('KmsKeyId');
  });

  test('a capacity out of range is no shortage', () => {
    const words = 'StorageCapacity is out of range: the capacity must be a multiple of 2400.';
    expect(told('BadRequest', words)).not.toContain('This is not a quota');
  });
});
