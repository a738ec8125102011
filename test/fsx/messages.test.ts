/** Everything that a user reads about a failed call, whole, by what FSx or somebody else has said. */
import { fromFsx, withAdvice } from '../../src/fsx/errors';

interface Said {
  name?: string;
  status?: number;
  members?: object;
  region?: string;
}

/** The code and the message of a failure, without what is the same for all. */
function told(message: string, { name = 'BadRequest', status = 400, ...said }: Said = {}): string {
  const { members = {}, region = 'us-east-1' } = said;
  const thrown = { name, message, $metadata: { httpStatusCode: status }, ...members };
  const error = fromFsx(thrown, 'CreateFileSystem', { region });
  return `${error.code}: ${error.message.replace('FSx CreateFileSystem: ', '')}`;
}

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1';
const USER = 'User: arn:aws:sts::123456789012:assumed-role/R/S is not authorized to perform:';

/** By kind; each line is told as a BadRequest. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'nothing known': ['It is not so', 'It is not so.', 'Why so?', 'No!', 'Stop. ', 'One\nTwo', ''],
  permissions: [
    ...[
      'fsx:CreateFileSystem',
      'iam:CreateServiceLinkedRole',
      'iam:PutRolePolicy',
      'iam:AttachRolePolicy',
      'iam:PassRole',
      'kms:CreateGrant',
      's3:GetObject',
      'logs:CreateLogStream',
      'ec2:DescribeSubnets',
      'fsx:TagResource',
      'fsx:UntagResource',
      'fsx:CreateBackup',
      'fsx:CreateBackups',
      'xiam:PutRolePolicy',
      'iam:PutRolePolicyNow',
      'iam:CreateServiceLinkedRoles',
      'xkms:A1b',
      'xs3:A1b',
      'xlogs:A1b',
      'xec2:A1b',
      'xfsx:CreateBackup',
      'xfsx:TagResource',
      'fsx:TagResources',
    ].map((action) => `${USER} ${action} on resource: *`),
    ...[
      'service control policy',
      'resource control policy',
      'permissions boundary',
      'session policy',
      'VPC endpoint policy',
      'resource-based policy',
      'role trust policy',
      'identity-based policy',
    ].flatMap((policy) => [
      `${USER} fsx:CreateFileSystem with an explicit deny in a ${policy}`,
      `${USER} fsx:CreateFileSystem because no ${policy} allows the fsx:CreateFileSystem action`,
      `Because no ${policy} allows it`,
    ]),
    `${USER} fsx:CreateFileSystem with an explicit deny`,
    'This is an explicit deny',
    'You are not authorized to perform this operation.',
    'There is no policy here that forbids it',
    'You are not authorized to perform this operation. Encoded authorization failure message: Abc',
    'The encoded authorization message is long',
    'Amazon FSx is unable to create Service-Linked-Role to access the S3 bucket.',
    'There is no service linked role',
    "The tag policy does not allow the specified value for the following tag key: 'a'.",
  ],
  network: [
    'Insufficient security group permissions to create an EFA-enabled file system.',
    'EFA needs a security group',
    'The Lustre LNET network is closed',
    'Open port 988',
    'Open ports 988',
    'Open port 9881',
    'The LNETS are closed',
    'The security group must permit the traffic',
    'The security group must allow the connectivity',
    'The security group must allow this port',
    'The ports must allow a security group',
    'The security group does not know of ports',
    'The security group sg-0123abcd does not permit traffic',
    'Security group sg-1 and subnet subnet-1 belong to different networks.',
    'The security group is not in the VPC',
    'The security group must be of the same VPC',
    'The security group is of a different VPC',
    'The security group is of another VPC',
    'The security group is of a VPC',
    'There is not enough free address space',
    'insufficient available addresses',
    'The subnet does not have enough IP addresses',
    'too few IP addresses',
    'no free address',
    'no address of the office',
    'some free address',
    'no free slot',
    'The Availability Zone does not support it',
    'The Availability Zone is not available',
    'This is not supported in the availability zone',
    'This is not available in any availability zone',
    'The availability zone does not know it',
    "The subnet ID 'subnet-0123abcd' does not exist",
    "The subnets 'subnet-0123abcd, subnet-0123abce' do not exist",
    'subnet-0123abcd was not found',
    'InvalidSubnetID.NotFound, a subnet',
    'The subnet cannot be found',
    'The subnet could not be found',
    'The subnet is invalid',
    'The subnet is not valid',
    'The subnet is malformed',
    'The subnet is fine',
    "The security group 'sg-0123abcd' does not exist",
    'sg-0123abcd is invalid',
    'InvalidGroup.NotFound',
    'subnet-0123abcd and sg-0123abcd were not found',
    'subnet-0123abcd, again subnet-0123abcd, is not valid',
    'A network is not valid',
  ],
  keys: [
    ...[
      `${KEY} is pending deletion.`,
      `${KEY} is pending import`,
      `${KEY} is disabled.`,
      `${KEY} is not enabled`,
      `${KEY} is in another region`,
      `Key '${KEY}' does not exist`,
      `Alias alias/a is not found.`,
      `${KEY} is invalid`,
      `The key ${KEY} cannot be found`,
      `${KEY} is asymmetric`,
      `${KEY} must be symmetric`,
      `The key usage of ${KEY} is wrong`,
      `The key spec of ${KEY} is wrong`,
      `${KEY} does not work`,
    ],
    ...['KMS', 'customer master key', 'customer managed key', 'key arn:x', 'key id', 'key policy'],
    ...['key state', 'alias/a', 'a key', 'KMSX', 'monkey id', 'key ideal', 'customer key', 'alias'],
    'The KMS key of the bucket does not work',
    'The KMS key of S3 does not work',
  ],
  repository: [
    'Amazon FSx is unable to validate access to the S3 bucket.',
    'Access denied for import path.',
    'Access denied for the export path.',
    'Access denied for my path.',
    'The bucket says access denied',
    'S3 says forbidden',
    'The bucket cannot be accessed',
    "Automatic import doesn't support cross-Region configurations of a bucket.",
    'The region of S3 differs',
    'S3 is in another region',
    'The import path is in another region',
    'AutoImport works in one region',
    'Auto import works in one region',
    'The region of the bucket differs',
    'The region of the import path differs',
    'The region does not take auto import',
    'Backups cannot be created on S3-linked file systems',
    'A backup of a data repository is none',
    'There is no backup of what is linked',
    'A backupless S3',
    'The log group does not exist',
    'CloudWatch Logs are off',
    'The log destination is wrong',
    'The logging destination is wrong',
    'The log is wrong',
  ],
  capacity: [
    'FSx for Lustre does not currently have enough available hardware capacity in the requested zone',
    'insufficient capacity',
    'insufficient hardware capacity',
    "We don't have sufficient capacity",
    'We do not have enough capacity',
    'not enough capacity',
    'not enough SSD capacity',
    'no capacity',
    'no hardware capacity',
    'capacity not available',
    'capacity is not available',
    'capacity was unavailable',
    'InsufficientCapacity',
    'The capacity is 1200',
    'There is piano capacity',
    'the provided throughput is invalid',
    'It does not meet the storage capacity requirement',
  ],
  'state of what there is': [
    'There is an update already in progress.',
    'An update is already in progress',
    'There is another update',
    'It is already being updated',
    'It was updated',
    'At least 6 hours must have passed',
    'Wait six hours',
    'Wait 16 hours',
    'A data repository task is running',
    'It is being deleted',
    'It is DELETING',
    'The backup is being deleted',
    'A backup is in progress',
    'A backup is under way',
    'Backups are in progress',
    'The backup is not available',
    'The backup is not yet ready',
    'The backup is not here',
  ],
  regions: [
    'It is not supported in this region',
    'It is not currently available in the region',
    'It is not available in a region',
    'It is supported in this region',
    'It is not in this region',
    'unsupported region',
  ],
};

test.each(Object.entries(WORDS))('what FSx says of %s', (_, words) => {
  expect(
    byAnswer(words.map((message) => [message, told(message).replace(message, '*')])),
  ).toMatchSnapshot();
});

/** Each answer once, with all that leads to it. */
function byAnswer(pairs: readonly (readonly [said: string, answer: string])[]) {
  const answers = new Map<string, string[]>();
  for (const [said, answer] of pairs) answers.set(answer, [...(answers.get(answer) ?? []), said]);
  return [...answers].map(([answer, said]) => ({ answer, said }));
}

test.each(Object.entries(WORDS))('what a fault of FSx says of %s', (_, words) => {
  const answers = words.map((message) => told(message, { name: 'Novel', status: 500 }));
  // A fault of its own is none of the request, whatever it says; a lack of hardware is.
  expect(new Set(answers.map((answer) => answer.split(':')[0]))).toMatchSnapshot();
});

const NAMES = [
  'AccessDenied',
  'BackupInProgress',
  'BackupNotFound',
  'CredentialsProviderError',
  'DataRepositoryTaskExecuting',
  'ExpiredToken',
  'FileSystemNotFound',
  'IncompleteSignature',
  'IncompatibleParameterError',
  'InternalFailure',
  'InvalidAction',
  'InvalidClientTokenId',
  'InvalidDataRepositoryType',
  'InvalidExportPath',
  'InvalidGroupId.Malformed',
  'InvalidImportPath',
  'InvalidNetworkSettings',
  'InvalidRegion',
  'InvalidSecurityGroupID.NotFound',
  'InvalidSecurityGroupId.NotFound',
  'InvalidSignatureException',
  'InvalidSubnet',
  'InvalidSubnetId.NotFound',
  'Novel',
  'OptInRequired',
  'RequestTimeTooSkewed',
  'ServiceLimitExceeded',
  'SignatureDoesNotMatch',
  'ThrottlingException',
  'TimeoutError',
  'ENOTFOUND',
  'EPROTO',
  'Error',
];

test('what an error says by its name', () => {
  const pairs = NAMES.map(
    (name) => [name, told('Not so', { name }).replace(`(${name})`, '(*)')] as const,
  );
  expect(byAnswer(pairs)).toMatchSnapshot();
});

test.each([
  ['InvalidSignatureException', 'Signature expired: it is earlier than that'],
  ['SignatureDoesNotMatch', 'Signature not yet current'],
  ['SignatureDoesNotMatch', 'There is a skew'],
  ['IncompatibleParameterError', 'The token was used'],
  ['IncompatibleParameterError', 'It is not idempotent'],
])('what %s says of "%s"', (name, message) => {
  expect(told(message, { name })).toMatchSnapshot();
  expect(told(message, { name, members: { Parameter: 'StorageType' } })).toMatchSnapshot();
});

test.each([
  'FILE_SYSTEM_COUNT',
  'TOTAL_STORAGE',
  'TOTAL_THROUGHPUT_CAPACITY',
  'TOTAL_USER_INITIATED_BACKUPS',
  'TOTAL_USER_TAGS',
  'TOTAL_IN_PROGRESS_COPY_BACKUPS',
  'A_NEW_ONE',
])('what is said of the limit %s', (Limit) => {
  expect(told('No more', { name: 'ServiceLimitExceeded', members: { Limit } })).toMatchSnapshot();
});

test.each([
  [{ InvalidSubnetId: 'subnet-0123abcd' }],
  [{ InvalidSecurityGroupId: 'sg-0123abcd' }],
  [{ InvalidRouteTableId: 'rtb-0123abcd' }],
  [{ InvalidSubnetId: 'subnet-0123abcd', InvalidSecurityGroupId: 'sg-0123abcd' }],
  [{ InvalidSubnetId: '' }],
])('what is said of the members %j', (members) => {
  const name = 'InvalidNetworkSettings';
  expect(told('Not so', { name, members })).toMatchSnapshot();
  expect(told('Not subnet-0123abcd', { name, members })).toMatchSnapshot();
  expect(told('LNET is closed', { name, members })).toMatchSnapshot();
});

test.each([407, 302, 429, 408, 500, 503, 599])(
  'what is said of HTML with HTTP status %i',
  (status) => {
    const thrown = {
      name: 'SyntaxError',
      message: 'Unexpected token < in JSON',
      $metadata: { httpStatusCode: status },
      $response: { headers: { 'content-type': 'text/html; charset=utf-8' } },
    };
    expect(fromFsx(thrown, 'CreateFileSystem').message).toMatchSnapshot();
  },
);

test.each([
  [[]],
  [['The bucket says access denied']],
  [['One', 'One', 'Two.']],
  [['At least 6 hours must have passed', 'No reason']],
  [['x'.repeat(600)]],
])('reasons in a description: %j', (reasons) => {
  expect(withAdvice(reasons)).toMatchSnapshot();
});

test.each([
  ['hanging up', 'AWS SDK error wrapper for Error: socket hang up ECONNRESET', 'ECONNRESET'],
  ['a name', 'AWS SDK error wrapper for TypeError: No.', 'TypeError'],
])('%s, which the SDK has wrapped', (_, message, name) => {
  const error = fromFsx({ name: 'Error', message }, 'CreateFileSystem');
  expect(error.message).toContain(`(${name})`);
  expect(error.message).not.toContain('wrapper');
});
