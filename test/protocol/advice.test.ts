/** What a user is told to do, by what FSx says: an answer of FSx comes in, a stack event goes out. */
import type { Fault, Environment as Surroundings } from '../../local/fsx/server';
import type { ProgressEvent, Properties } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeAll(async () => (world = await startWorld()));
afterAll(() => world.close());
afterEach(() => {
  world.fsx.faults.clear();
});

const HOUR = 3_600_000;
const SCRATCH = { StorageCapacity: 1200, DeploymentType: 'SCRATCH_2', SubnetIds: [SUBNET] };
const P1 = { ...SCRATCH, DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 };
const P2 = { ...SCRATCH, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 };
const EFA = {
  ...P2,
  StorageCapacity: 38400,
  EfaEnabled: true,
  MetadataConfiguration: { Mode: 'AUTOMATIC' },
};
const LOG = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/missing';

/** Matches no text. */
const NOTHING = /(?!)/;

function expectTold(
  answer: ProgressEvent,
  errorCode: string,
  words: readonly (string | RegExp)[],
  never = NOTHING,
): void {
  expect(answer).toMatchObject({ status: 'FAILED', errorCode });
  for (const word of words)
    if (typeof word === 'string') expect(answer.message).toContain(word);
    else expect(answer.message).toMatch(word);
  expect(answer.message).not.toMatch(never);
  expect(answer.message?.length).toBeLessThanOrEqual(1024);
}

const PORTS = /\b(988|1018|1023)\b/;
const WRONG_SUBNET = /\b(988|1018|1023)\b|SecurityGroupIds/;
const WRONG_GROUP = /\b(988|1018|1023)\b|SubnetIds/;
const GROUP = 'sg-00000000000000404';

describe('by what exists around FSx', () => {
  const cases: readonly [string, Properties, string, (string | RegExp)[], RegExp?][] = [
    [
      'a subnet that does not exist',
      { ...SCRATCH, SubnetIds: ['subnet-00000000000000404'] },
      'InvalidRequest',
      ['subnet-00000000000000404', 'exist in this region', 'belong to this account or be shared'],
      WRONG_SUBNET,
    ],
    [
      'a security group that does not exist',
      { ...SCRATCH, SecurityGroupIds: [GROUP] },
      'InvalidRequest',
      [GROUP, 'exist in this account and region', 'the VPC of the subnet'],
      WRONG_GROUP,
    ],
    [
      'closed ports',
      { ...SCRATCH, SecurityGroupIds: ['sg-00000000000000988'] },
      'InvalidRequest',
      ['TCP 988 and 1018-1023', 'DependsOn', 'the default group of the VPC'],
      /must exist in/,
    ],
    [
      'a group that EFA cannot use',
      { ...EFA, SecurityGroupIds: ['sg-00000000000000efa'] },
      'InvalidRequest',
      [
        'Insufficient security group permissions to create an EFA-enabled file system.',
        'all traffic, inbound and outbound, to and from themselves',
        'security groups of the clients',
        'even 0.0.0.0/0, does not count',
        '/16',
        'DependsOn',
      ],
      PORTS,
    ],
    [
      'a key that does not exist',
      { ...P2, KmsKeyId: 'alias/missing' },
      'InvalidRequest',
      ['alias/missing', 'exists in the region of the file system'],
    ],
    [
      'a bucket that does not exist, or cannot be accessed',
      { ...SCRATCH, ImportPath: 's3://missing-bucket/x' },
      'AccessDenied',
      [
        's3:PutObject',
        'bucket must exist',
        'execution role of the type',
        'bucket policy',
        'key policy',
      ],
    ],
    [
      'a log group that does not exist',
      { ...P1, LogConfiguration: { Level: 'WARN_ONLY', Destination: LOG } },
      'InvalidRequest',
      ['/aws/fsx/missing', 'LogConfiguration.Destination must be the ARN', 'region and account'],
    ],
    [
      'a backup that does not exist',
      { SubnetIds: [SUBNET], BackupId: 'backup-0123456789abcdef0' },
      'InvalidRequest',
      ['backup-0123456789abcdef0', 'in this account and region', 'copy-backup'],
    ],
  ];
  test.each(cases)('%s', async (_, properties, errorCode, words, never = NOTHING) => {
    expectTold(await world.registry().create(properties), errorCode, words, never);
  });
});

describe('by the limit that is reached', () => {
  test.each<[Surroundings['quotas'], string[]]>([
    [
      { fileSystems: 0 },
      ['"Lustre Scratch file systems"', '"Lustre Persistent 2 file systems"', 'FILE_SYSTEM_COUNT'],
    ],
    [
      { storageGiB: 1199 },
      ['"Lustre Scratch storage capacity"', 'TOTAL_STORAGE', 'Service Quotas'],
    ],
  ])('%j', async (quotas, words) => {
    world.fsx.setWorld({ quotas });
    const answer = await world.registry().create(SCRATCH);
    world.fsx.setWorld({ quotas: {} });
    expectTold(answer, 'ServiceLimitExceeded', words);
  });

  test.each([
    ['TOTAL_THROUGHPUT_CAPACITY', '"Lustre Persistent Intelligent-Tiering throughput capacity"'],
    ['TOTAL_USER_INITIATED_BACKUPS', '"Lustre backups"'],
    ['TOTAL_USER_TAGS', 'at most 50 tags'],
    ['TOTAL_IN_PROGRESS_COPY_BACKUPS', 'copies in progress'],
    ['SOMETHING_NEW', 'in this region: (SOMETHING_NEW).'],
  ])('%s', async (limit, words) => {
    world.fsx.faults.add({ fault: 'serviceLimit', limit });
    expectTold(await world.registry().create(SCRATCH), 'ServiceLimitExceeded', [words]);
  });
});

const user = (rest: string) =>
  `User: arn:aws:sts::123456789012:assumed-role/execution-role/session is not authorized to perform: ${rest}`;
const ON = 'on resource: arn:aws:fsx:us-east-1:123456789012:file-system/*';
const create = 'fsx:CreateFileSystem';
const NO_HELP = /no permission .* overrides|no Allow overrides/;

describe('by what FSx says', () => {
  type Answer = Pick<Fault, 'code' | 'message' | 'members' | 'status'>;
  /** What it is about; the answer of FSx; the code and the words of the stack event, and what must not be in it. */
  const cases: readonly [string, Answer, string, (string | RegExp)[], RegExp?][] = [
    [
      'the key of a bucket, which is not that of the file system',
      { code: 'BadRequest', message: 'The bucket uses a KMS key. Access denied to the S3 object.' },
      'AccessDenied',
      ['if a KMS key encrypts it'],
      /KmsKeyId/,
    ],
    [
      'a backup that is being deleted',
      { code: 'BadRequest', message: 'Backup backup-0123456789abcdef0 is being deleted.' },
      'InvalidRequest',
      ['backup-0123456789abcdef0 is being deleted.'],
      /describe-file-systems/,
    ],
    // Network
    [
      'a subnet by its member',
      { code: 'InvalidNetworkSettings', message: 'No.', members: { InvalidSubnetId: SUBNET } },
      'InvalidRequest',
      [`FSx refuses ${SUBNET}. The subnet in SubnetIds must exist`],
      WRONG_SUBNET,
    ],
    [
      'a subnet by the words of EC2',
      { code: 'BadRequest', message: `The subnet ID '${SUBNET}' does not exist` },
      'InvalidRequest',
      ['The subnet in SubnetIds must exist'],
      WRONG_SUBNET,
    ],
    [
      'a group by the name of EC2',
      { code: 'InvalidGroup.NotFound', message: `The security group '${GROUP}' does not exist` },
      'InvalidRequest',
      ['The security groups in SecurityGroupIds must exist'],
      WRONG_GROUP,
    ],
    [
      'closed ports, in another case and with a member',
      {
        code: 'InvalidNetworkSettings',
        message: 'The security groups do not permit LUSTRE LNET NETWORK TRAFFIC ON PORT 988',
        members: { InvalidSecurityGroupId: GROUP },
      },
      'InvalidRequest',
      [`FSx refuses ${GROUP}.`, 'TCP 988'],
      /must exist in/,
    ],
    [
      'a group of another VPC',
      {
        code: 'InvalidNetworkSettings',
        message: `Security group ${GROUP} and subnet ${SUBNET} belong to different networks.`,
      },
      'InvalidRequest',
      ['must belong to the VPC of the subnet'],
      PORTS,
    ],
    [
      'network settings that are wrong in a way that is not on record',
      { code: 'InvalidNetworkSettings', message: 'Something is wrong.' },
      'InvalidRequest',
      ['must exist in this account and region', 'TCP 988'],
    ],
    [
      'a subnet that is full',
      { code: 'BadRequest', message: `There are not enough free addresses in subnet ${SUBNET}` },
      'InvalidRequest',
      ['one IP address for each file server'],
      PORTS,
    ],
    [
      'a zone that FSx is not in',
      { code: 'BadRequest', message: 'FSx is not supported in Availability Zone use1-az3.' },
      'InvalidRequest',
      ['a subnet in another Availability Zone'],
    ],
    // Access
    [
      'a Deny in a service control policy',
      {
        code: 'AccessDeniedException',
        message: user(
          `${create} ${ON} with an explicit deny in a service control policy: arn:aws:organizations::777788889999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid123`,
        ),
      },
      'AccessDenied',
      [
        'p-examplepolicyid123',
        'no permission in this account overrides it',
        `The administrator of the organization must allow ${create}`,
      ],
      /resource-role\.yaml/,
    ],
    [
      'no service control policy that allows',
      {
        code: 'AccessDeniedException',
        message: user(`${create} because no service control policy allows the ${create} action`),
      },
      'AccessDenied',
      ['no permission in this account overrides it', 'administrator of the organization'],
    ],
    [
      'a service control policy about what no other place helps with',
      {
        code: 'AccessDeniedException',
        message: user(`fsx:TagResource ${ON} with an explicit deny in a service control policy`),
      },
      'AccessDenied',
      ['must allow fsx:TagResource for this account and region.'],
      /create the file system where/,
    ],
    [
      'a service control policy about a final backup',
      {
        code: 'AccessDeniedException',
        message: user(`fsx:CreateBackup ${ON} with an explicit deny in a service control policy`),
      },
      'AccessDenied',
      ['must allow fsx:CreateBackup for this account and region.'],
      /create the file system where/,
    ],
    [
      'a resource control policy',
      {
        code: 'AccessDeniedException',
        message: user(
          `s3:GetObject on resource: arn:aws:s3:::b/k with an explicit deny in a resource control policy`,
        ),
      },
      'AccessDenied',
      ['A resource control policy of the AWS organization', 'must allow s3:GetObject'],
      /resource-role\.yaml/,
    ],
    [
      'a permissions boundary that does not allow',
      {
        code: 'AccessDeniedException',
        message: user(
          `${create} ${ON} because no permissions boundary allows the ${create} action`,
        ),
      },
      'AccessDenied',
      ['no permission of the role overrides it', `allow ${create} in the boundary`],
    ],
    [
      'a permissions boundary that denies',
      {
        code: 'AccessDeniedException',
        message: user(`${create} ${ON} with an explicit deny in a permissions boundary`),
      },
      'AccessDenied',
      [`remove the Deny of ${create} from the boundary`],
    ],
    [
      'a session policy',
      {
        code: 'AccessDeniedException',
        message: user(`${create} because no session policy allows the ${create} action`),
      },
      'AccessDenied',
      ['A session policy limits the credentials', `allow ${create} in it`],
    ],
    [
      'the policy of a VPC endpoint',
      {
        code: 'AccessDeniedException',
        message: user(`${create} because no VPC endpoint policy allows the ${create} action`),
      },
      'AccessDenied',
      ['The owner of the endpoint', create],
    ],
    [
      'a Deny in a session policy',
      {
        code: 'AccessDeniedException',
        message: user(`${create} ${ON} with an explicit deny in a session policy`),
      },
      'AccessDenied',
      [`remove the Deny of ${create} from it`],
      /resource-role\.yaml/,
    ],
    [
      'a Deny in the policy of a VPC endpoint',
      {
        code: 'AccessDeniedException',
        message: user(`${create} ${ON} with an explicit deny in a VPC endpoint policy`),
      },
      'AccessDenied',
      [`remove the Deny of ${create} from its policy`],
      /resource-role\.yaml/,
    ],
    [
      'a Deny in the policy of a resource',
      {
        code: 'AccessDeniedException',
        message: user(`${create} ${ON} with an explicit deny in a resource-based policy`),
      },
      'AccessDenied',
      [`remove the Deny of ${create} for the execution role`],
      /resource-role\.yaml/,
    ],
    [
      'a Deny in the trust policy of a role',
      {
        code: 'AccessDeniedException',
        message: user(`${create} ${ON} with an explicit deny in the role trust policy`),
      },
      'AccessDenied',
      [`remove the Deny of ${create} from the trust policy of the role`],
      /resource-role\.yaml/,
    ],
    [
      'a trust policy that does not allow',
      {
        code: 'AccessDeniedException',
        message: user(
          'sts:AssumeRole because no role trust policy allows the sts:AssumeRole action',
        ),
      },
      'AccessDenied',
      ['allow sts:AssumeRole in the trust policy of the role'],
      /resource-role\.yaml/,
    ],
    [
      'a Deny in the role',
      {
        code: 'AccessDeniedException',
        message: user(`${create} ${ON} with an explicit deny in an identity-based policy`),
      },
      'AccessDenied',
      ['no Allow overrides', 'remove that Deny'],
    ],
    [
      'a permission that the role lacks',
      {
        code: 'AccessDeniedException',
        message: user(
          `${create} ${ON} because no identity-based policy allows the ${create} action`,
        ),
      },
      'AccessDenied',
      [
        `The execution role of the type lacks ${create}`,
        'the type was registered with',
        'resource-role.yaml',
      ],
      NO_HELP,
    ],
    [
      'a permission, and nothing of the policy',
      { code: 'AccessDenied', message: user(`fsx:TagResource ${ON}`) },
      'AccessDenied',
      ['Tags, including stack tags', 'lacks fsx:TagResource'],
    ],
    [
      'a Deny, and nothing of the policy',
      { code: 'AccessDeniedException', message: user(`${create} ${ON} with an explicit deny`) },
      'AccessDenied',
      ['A Deny overrides every Allow', 'service control policies of the organization'],
    ],
    [
      'a denial without any reason',
      { code: 'AccessDeniedException', message: 'Access denied.' },
      'AccessDenied',
      [
        'The execution role of the type requires this permission.',
        'fsx:TagResource',
        'look for a Deny',
      ],
    ],
    [
      'a denial that is encoded',
      {
        code: 'UnauthorizedOperation',
        message: `You are not authorized to perform this operation. Encoded authorization failure message: ${'4Gij-ab_'.repeat(90)}`,
        status: 403,
      },
      'AccessDenied',
      ['aws sts decode-authorization-message', 'CloudTrail'],
      /4Gij/,
    ],
    [
      'the service-linked role',
      {
        code: 'BadRequest',
        message: user(
          'iam:CreateServiceLinkedRole on resource: arn:aws:iam::123456789012:role/aws-service-role/fsx.amazonaws.com/AWSServiceRoleForAmazonFSx',
        ),
      },
      'AccessDenied',
      ['FSx creates the role AWSServiceRoleForAmazonFSx', 'lacks iam:CreateServiceLinkedRole'],
    ],
    [
      'the service-linked role, in other words',
      { code: 'BadRequest', message: 'Unable to create the service-linked role of Amazon FSx.' },
      'AccessDenied',
      ['AWSServiceRoleForAmazonFSx', 'requires iam:CreateServiceLinkedRole'],
    ],
    [
      'the policy of the service-linked role for a bucket',
      { code: 'BadRequest', message: user('iam:PutRolePolicy on resource: role x') },
      'AccessDenied',
      ['AWSServiceRoleForFSxS3Access_fs-...', 'lacks iam:PutRolePolicy'],
    ],
    [
      'the service-linked role for a bucket',
      {
        code: 'BadRequest',
        message:
          'Amazon FSx is unable to create Service-Linked-Role to access the S3 bucket. Ensure the IAM role or user you are using has the required permissions.',
      },
      'AccessDenied',
      ['AWSServiceRoleForFSxS3Access_fs-...', 'iam:AttachRolePolicy and iam:PutRolePolicy'],
    ],
    [
      'a tag policy',
      {
        code: 'BadRequest',
        message:
          "The tag policy does not allow the specified value for the following tag key: 'team'.",
      },
      'InvalidRequest',
      ['A tag policy of the AWS organization', 'administrator of the organization'],
    ],
    // Keys
    [
      'a grant on a key',
      {
        code: 'AccessDeniedException',
        message: user(
          'kms:CreateGrant on resource: arn:aws:kms:us-east-1:123456789012:key/1 because no resource-based policy allows the kms:CreateGrant action',
        ),
      },
      'AccessDenied',
      ['the key in KmsKeyId', 'the key policy of a KMS key', 'must allow kms:CreateGrant'],
    ],
    [
      'a key that is disabled',
      { code: 'BadRequest', message: 'arn:aws:kms:us-east-1:123456789012:key/1 is disabled.' },
      'InvalidRequest',
      ['aws kms enable-key'],
    ],
    [
      'a key that is to be deleted',
      {
        code: 'KMSInvalidStateException',
        message: 'arn:aws:kms:us-east-1:123456789012:key/1 is pending deletion.',
      },
      'InvalidRequest',
      ['aws kms cancel-key-deletion'],
    ],
    [
      'a key without material',
      { code: 'BadRequest', message: 'The KMS key is pending import.' },
      'InvalidRequest',
      ['must import it'],
    ],
    [
      'a key of another region',
      { code: 'BadRequest', message: 'The KMS key must be in the same region.' },
      'InvalidRequest',
      ['a key of this region in KmsKeyId', 'multi-Region'],
    ],
    [
      'an alias that does not exist',
      {
        code: 'BadRequest',
        message: 'Alias arn:aws:kms:us-east-1:123456789012:alias/x is not found.',
      },
      'InvalidRequest',
      ['alias/NAME'],
    ],
    [
      'an asymmetric key',
      { code: 'BadRequest', message: 'KMS key usage of an asymmetric key.' },
      'InvalidRequest',
      ['only symmetric encryption keys'],
    ],
    [
      'a key, in a way that is not on record',
      { code: 'BadRequest', message: 'Something is wrong with the KMS key.' },
      'InvalidRequest',
      ['kms:CreateGrant, kms:DescribeKey, kms:Decrypt and kms:GenerateDataKeyWithoutPlaintext'],
    ],
    // The bucket
    [
      'no access to the import path',
      { code: 'BadRequest', message: 'Access denied for import path.' },
      'AccessDenied',
      ['bucket must exist', 'execution role of the type'],
    ],
    [
      'a bucket of another region',
      { code: 'BadRequest', message: 'The S3 bucket is in a different Region.' },
      'InvalidRequest',
      ['AutoImportPolicy to NONE'],
    ],
    [
      'an import path',
      { code: 'InvalidImportPath', message: 'The path is not valid.' },
      'InvalidRequest',
      ['ImportPath must be s3://BUCKET or s3://BUCKET/PREFIX'],
    ],
    [
      'an export path',
      { code: 'InvalidExportPath', message: 'The path is not valid.' },
      'InvalidRequest',
      ['ExportPath must be s3://BUCKET', 'the bucket of ImportPath'],
    ],
    [
      'backups of what is linked to S3',
      { code: 'BadRequest', message: 'Backups cannot be created on S3-linked file systems' },
      'InvalidRequest',
      ['omit SkipFinalBackup and AutomaticBackupRetentionDays', 'remove the link first'],
    ],
    // Hardware and offerings
    [
      'too little hardware',
      {
        code: 'BadRequest',
        message: 'Insufficient capacity in the requested Availability Zone.',
      },
      'ServiceLimitExceeded',
      ['This is not a quota', 'in a few minutes', 'a subnet in another zone', 'less capacity'],
    ],
    [
      'too little hardware, in the words of the guide',
      {
        code: 'SomethingNew',
        message:
          'FSx for Lustre does not currently have enough available hardware capacity in the requested Availability Zone to fulfill your request.',
      },
      'ServiceLimitExceeded',
      ['This is not a quota'],
    ],
    [
      'a tier that is not offered here',
      {
        code: 'BadRequest',
        message:
          'Invalid Lustre deployment configuration: the provided throughput is invalid or does not meet the storage capacity requirement',
      },
      'InvalidRequest',
      [
        'does not offer this tier or deployment type in us-east-1 or in the Availability Zone of the subnet',
        "According to AWS's table of 2026-06-18, us-east-1 has PERSISTENT_2 SSD, PERSISTENT_2 INTELLIGENT_TIERING, PERSISTENT_1 SSD, PERSISTENT_1 HDD and SCRATCH_2. An Availability Zone, especially a Local Zone, may offer less.",
      ],
      /This is not a quota/,
    ],
    [
      'a region that FSx does not offer something in',
      { code: 'BadRequest', message: 'PERSISTENT_2 is not supported in this Region.' },
      'InvalidRequest',
      ['not offer this in every region', "According to AWS's table of 2026-06-18, us-east-1 has"],
    ],
    [
      'a region that FSx does not know',
      { code: 'InvalidRegion', message: 'No.' },
      'InvalidRequest',
      ['a region that FSx for Lustre supports'],
    ],
    [
      'a region that the account has not enabled',
      { code: 'OptInRequired', message: 'You are not subscribed to this service.', status: 403 },
      'AccessDenied',
      ['enable this region'],
    ],
    // What is going on
    [
      'an update that is under way',
      {
        code: 'BadRequest',
        message:
          'Unable to perform the storage capacity update. There is an update already in progress.',
      },
      'InvalidRequest',
      ['one update of a file system at a time', 'AdministrativeActions'],
    ],
    [
      'an update that was less than six hours ago',
      { code: 'BadRequest', message: 'At least 6 hours must have passed since the last increase.' },
      'InvalidRequest',
      ['every six hours', 'optimization'],
    ],
    [
      'a data repository task',
      { code: 'BadRequest', message: 'A data repository task is in a PENDING or EXECUTING state.' },
      'InvalidRequest',
      ['aws fsx cancel-data-repository-task'],
    ],
    [
      'a data repository task, by name',
      { code: 'DataRepositoryTaskExecuting', message: 'No.' },
      'InvalidRequest',
      ['aws fsx cancel-data-repository-task'],
    ],
    [
      'a file system that is being deleted',
      { code: 'BadRequest', message: 'File system fs-1 is in the DELETING state.' },
      'InvalidRequest',
      ['A deletion cannot be canceled.'],
    ],
    [
      'a backup that is being made, by name',
      { code: 'BackupInProgress', message: 'No.' },
      'ResourceConflict',
      ['aws fsx describe-backups shows no backup'],
    ],
    [
      'a backup that is being made',
      { code: 'BadRequest', message: 'Another backup is already under way.' },
      'InvalidRequest',
      ['aws fsx describe-backups shows no backup'],
    ],
    [
      'a backup that is not ready',
      { code: 'BadRequest', message: "Backup 'backup-1' is not available." },
      'InvalidRequest',
      ['shows it as AVAILABLE'],
    ],
    [
      'a token with other parameters',
      {
        code: 'IncompatibleParameterError',
        message: 'The client request token was already used in a request with other parameters.',
        members: { Parameter: 'StorageCapacity' },
      },
      'InvalidRequest',
      [
        'the same client request token with a different StorageCapacity',
        'Start a new operation',
        'FSx console',
      ],
    ],
    [
      'parameters that do not fit each other',
      {
        code: 'IncompatibleParameterError',
        message: 'The cache type can not be specified for a lustre file system with it.',
        members: { Parameter: 'DriveCacheType' },
      },
      'InvalidRequest',
      ['DriveCacheType cannot be used with the other properties'],
      /token|as a new operation/,
    ],
    // Credentials
    [
      'credentials that have expired',
      {
        code: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      },
      'InvalidCredentials',
      ['have expired', 'MaxSessionDuration'],
    ],
    [
      'credentials that are not valid',
      {
        code: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      },
      'InvalidCredentials',
      ['valid AWS credentials', 'opt-in region'],
    ],
    [
      'no credentials',
      { code: 'MissingAuthenticationTokenException', message: 'No.', status: 403 },
      'InvalidCredentials',
      ['register the type with an execution role'],
    ],
    [
      'a signature that does not match',
      {
        code: 'InvalidSignatureException',
        message: 'The request signature we calculated does not match the signature you provided.',
        status: 403,
      },
      'InvalidCredentials',
      ['changes the requests'],
      /clock/,
    ],
    [
      'an endpoint that is not of FSx',
      { code: 'UnknownOperationException', message: 'No.' },
      'GeneralServiceException',
      ['AWS_ENDPOINT_URL_FSX'],
    ],
  ];
  test.each(cases)('%s', async (_, answer, errorCode, words, never = NOTHING) => {
    world.fsx.faults.add({ fault: 'error', ...answer });
    expectTold(await world.registry().create(SCRATCH), errorCode, words, never);
  });

  // The SDK tries these again, so they take longer than the others.
  test.each<[string, Omit<Fault, 'times'>, string, string[]]>([
    [
      'throttling',
      { fault: 'throttling' },
      'Throttling',
      ['exceeds the FSx request rate in this region'],
    ],
    [
      'a fault of FSx',
      { fault: 'internalError' },
      'ServiceInternalError',
      ['AWS Health Dashboard', 'contact AWS Support with the request ID'],
    ],
    [
      'a clock that is wrong',
      {
        fault: 'error',
        code: 'InvalidSignatureException',
        message: 'Signature expired: 20261125T101500Z is now earlier than 20261125T102000Z',
      },
      'InvalidCredentials',
      ['clock', 'wrong by several minutes'],
    ],
    ['a connection that breaks', { fault: 'cutBefore' }, 'NetworkFailure', ['FSx did not respond']],
  ])('%s', async (_, fault, errorCode, words) => {
    world.fsx.faults.add({ ...fault, times: 'always' });
    expectTold(await world.registry().list(), errorCode, words);
  });

  test('a page of HTML', async () => {
    world.fsx.faults.add({ fault: 'unavailable', status: 403 });
    expectTold(
      await world.registry().create(SCRATCH),
      'GeneralServiceException',
      ['HTTP status 403 with a response that is not from FSx (text/html).', 'a proxy'],
      /JSON|token/,
    );
  });
});

describe('by the reason that FSx gives in a description', () => {
  test('a creation that FSx ends as FAILED', async () => {
    const message = 'Insufficient capacity in the requested Availability Zone.';
    world.fsx.faults.add({ fault: 'endsFailed', message });
    expectTold(await world.registry().create(SCRATCH), 'NotStabilized', [
      message,
      'This is not a quota',
    ]);
  });

  test('an update that FSx ends as FAILED', async () => {
    const fs = model(await world.registry().create(SCRATCH));
    const message = 'FSx does not currently have sufficient capacity.';
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'UpdateFileSystem', message });
    expectTold(
      await world.registry().update({ ...SCRATCH, StorageCapacity: 2400 }, fs),
      'NotStabilized',
      [message, 'This is not a quota'],
    );
  });
});

test('a second change within six hours is refused with what to wait for', async () => {
  const fs = model(await world.registry().create(SCRATCH));
  const grown = { ...SCRATCH, StorageCapacity: 2400 };
  const updated = model(await world.registry().update(grown, { ...SCRATCH, ...fs }));
  expectTold(
    await world.registry().update({ ...SCRATCH, StorageCapacity: 4800 }, { ...grown, ...updated }),
    'InvalidRequest',
    ['At least 6 hours must pass', 'every six hours'],
  );
  world.fsx.clock.advance(7 * HOUR);
});
