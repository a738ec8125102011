/** What the execution role of deploy/register.yaml allows, and what it does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, property, stringMatching } from 'fast-check';
import schema from '../../schema.json';
import { ACCOUNT, deployed, IRELAND, type Place } from './deployed';
import { allows, type Context, type Statement } from './policy';

const FILE = 'deploy/register.yaml';
const PACKAGE = { Package: 's3://artifacts/type.zip' };
const PLACES: Place[] = [
  IRELAND,
  { partition: 'aws-cn', region: 'cn-north-1' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1' },
];
const suffix = ({ partition }: Place) =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';

function statementsOf(S3Buckets: string, place?: Place): Statement[] {
  const { ExecutionRole } = deployed(FILE, { ...PACKAGE, S3Buckets }, place).resources;
  const [policy] = (ExecutionRole?.properties.Policies ?? []) as [
    { PolicyDocument: { Statement: Statement[] } },
  ];
  return policy.PolicyDocument.Statement;
}

type Row = readonly [action: string, resource: string, context: Context];
/** Rows of one length: jest takes an argument that a row lacks for a callback. */
const complete = (rows: readonly (readonly [string, string, Context?])[]): Row[] =>
  rows.map(([action, resource, context = {}]) => [action, resource, context]);

/** A request that must be allowed for each permission of schema.json, where the bucket `data` is given. */
function needed(place: Place): Row[] {
  const { partition, region } = place;
  const arn = (service: string, rest: string, account = ACCOUNT) =>
    `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const fileSystem = arn('fsx', 'file-system/fs-0123456789abcdef0');
  const backup = arn('fsx', 'backup/backup-0123456789abcdef0');
  const key = arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab');
  const keyElsewhere = arn('kms', 'key/mrk-1234abcd12ab34cd56ef1234567890ab', '210987654321');
  const group = arn('logs', 'log-group:/aws/fsx/lustre');
  const stream = `${group}:log-stream:datarepo_fs-0123456789abcdef0`;
  const role = (path: string) => `arn:${partition}:iam::${ACCOUNT}:role/aws-service-role/${path}`;
  const ofFsx = role('fsx.amazonaws.com/AWSServiceRoleForAmazonFSx');
  const ofLink = role(
    's3.data-source.lustre.fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_fs-0123456789abcdef0',
  );
  const [bucket, object] = [`arn:${partition}:s3:::data`, `arn:${partition}:s3:::data/a/b`];
  const throughFsx = { 'aws:CalledVia': ['cloudformation.amazonaws.com', `fsx.${suffix(place)}`] };
  const withKey = { 'kms:ViaService': `fsx.${region}.${suffix(place)}` };
  const forFsx = { ...withKey, 'kms:GrantIsForAWSResource': 'true' };
  return complete([
    ['fsx:CreateFileSystem', fileSystem],
    ['fsx:CreateFileSystemFromBackup', fileSystem],
    ['fsx:CreateFileSystemFromBackup', backup],
    ['fsx:UpdateFileSystem', fileSystem],
    ['fsx:DeleteFileSystem', fileSystem],
    ['fsx:DeleteFileSystem', backup],
    ['fsx:CreateBackup', fileSystem],
    ['fsx:CreateBackup', backup],
    ['fsx:TagResource', fileSystem],
    ['fsx:TagResource', backup],
    ['fsx:UntagResource', fileSystem],
    ['fsx:DescribeFileSystems', '*'],
    ['pricing:GetProducts', '*'],
    ['logs:DescribeLogGroups', '*'],
    ['ec2:DescribeSecurityGroups', '*', throughFsx],
    ['ec2:DescribeSubnets', '*', throughFsx],
    ['ec2:DescribeVpcs', '*', throughFsx],
    ['ec2:GetSecurityGroupsForVpc', arn('ec2', 'vpc/vpc-1', '210987654321'), throughFsx],
    ['iam:CreateServiceLinkedRole', ofFsx],
    ['iam:CreateServiceLinkedRole', ofLink],
    ['iam:AttachRolePolicy', ofLink],
    ['iam:PutRolePolicy', ofLink],
    ['kms:DescribeKey', key, withKey],
    ['kms:Decrypt', key, withKey],
    ['kms:GenerateDataKeyWithoutPlaintext', key, withKey],
    ['kms:CreateGrant', key, forFsx],
    ['kms:CreateGrant', keyElsewhere, forFsx],
    ['logs:CreateLogGroup', group],
    ['logs:CreateLogStream', stream],
    ['logs:PutLogEvents', stream],
    ['s3:GetBucketAcl', bucket],
    ['s3:GetBucketLocation', bucket],
    ['s3:GetBucketNotification', bucket],
    ['s3:GetBucketPolicy', bucket],
    ['s3:ListBucket', bucket],
    ['s3:GetObject', object],
    ['s3:PutObject', object],
    // FSx names s3:Get* and s3:List*, and nobody but FSx knows which of them it calls.
    ['s3:GetEncryptionConfiguration', bucket],
    ['s3:GetObjectTagging', object],
    ['s3:ListBucketVersions', bucket],
  ]);
}

const isLink = ([action, resource]: Row) =>
  action.startsWith('s3:') || resource.includes('s3.data-source.');
const permissions = Object.values(schema.handlers).flatMap((handler) => handler.permissions);

describe.each(PLACES)('in $region', (place) => {
  const rows = needed(place);
  const [none, data, all] = ['', 'data', '*'].map((buckets) => statementsOf(buckets, place));

  test('there is a request for every permission of schema.json', () => {
    const requested = rows.map(([action]) => action);
    expect(requested).toEqual(expect.arrayContaining(permissions));
  });

  test.each(rows)('%s on %s is allowed', (action, resource, context) => {
    expect(allows(data ?? [], action, resource, context)).toBe(true);
  });

  test.each(rows)('without buckets, %s on %s is allowed only where no link needs it', (...row) => {
    expect(allows(none ?? [], ...row)).toBe(!isLink(row));
  });

  test.each(rows.filter(([, , context]) => Object.keys(context).length > 0))(
    '%s on %s is not allowed in a direct call',
    (action, resource) => {
      expect(allows(all ?? [], action, resource)).toBe(false);
    },
  );
});

const EVERY = ['', 'data', '*'].map((buckets) => statementsOf(buckets));

test.each(
  complete([
    ['fsx:DeleteBackup', `arn:aws:fsx:eu-west-1:${ACCOUNT}:backup/backup-0123456789abcdef0`],
    ['fsx:DeleteFileSystem', 'arn:aws:fsx:eu-west-1:210987654321:file-system/fs-0123456789abcdef0'],
    ['fsx:UpdateFileSystem', `arn:aws:fsx:us-east-1:${ACCOUNT}:file-system/fs-0123456789abcdef0`],
    ['fsx:UntagResource', `arn:aws:fsx:eu-west-1:${ACCOUNT}:backup/backup-0123456789abcdef0`],
    ['fsx:TagResource', `arn:aws:fsx:eu-west-1:${ACCOUNT}:volume/fs-1/fsvol-1`],
    ['ec2:DescribeNetworkInterfaces', '*', { 'aws:CalledVia': 'fsx.amazonaws.com' }],
    ['ec2:DescribeSubnets', '*', { 'aws:CalledVia': 'cloudformation.amazonaws.com' }],
    ['ec2:CreateNetworkInterface', '*', { 'aws:CalledVia': 'fsx.amazonaws.com' }],
    [
      'iam:CreateServiceLinkedRole',
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ec2.amazonaws.com/A`,
    ],
    ['iam:AttachRolePolicy', `arn:aws:iam::${ACCOUNT}:role/Admin`],
    ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/Admin`],
    ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/aws-service-role/fsx.amazonaws.com/A`],
    [
      'iam:PutRolePolicy',
      'arn:aws:iam::210987654321:role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/A',
    ],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/Admin`],
    [
      'iam:DeleteServiceLinkedRole',
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/fsx.amazonaws.com/A`,
    ],
    [
      'kms:CreateGrant',
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
      // A grant to anybody, though asked for through FSx.
      { 'kms:ViaService': 'fsx.eu-west-1.amazonaws.com', 'kms:GrantIsForAWSResource': 'false' },
    ],
    [
      'kms:Decrypt',
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
      { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    ],
    [
      'kms:Decrypt',
      `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`,
      { 'kms:ViaService': 'fsx.us-east-1.amazonaws.com' },
    ],
    [
      'kms:ScheduleKeyDeletion',
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
      { 'kms:ViaService': 'fsx.eu-west-1.amazonaws.com' },
    ],
    ['logs:CreateLogGroup', `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/lambda/f`],
    ['logs:PutLogEvents', `arn:aws:logs:eu-west-1:210987654321:log-group:/aws/fsx/lustre`],
    ['logs:DeleteLogGroup', `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/fsx/lustre`],
    ['s3:DeleteObject', 'arn:aws:s3:::data/a'],
    ['s3:PutBucketPolicy', 'arn:aws:s3:::data'],
    ['s3:PutBucketNotification', 'arn:aws:s3:::data'],
    ['s3:PutObjectAcl', 'arn:aws:s3:::data/a'],
    ['s3:CreateBucket', 'arn:aws:s3:::data'],
    ['cloudformation:SetTypeConfiguration', '*'],
    ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/Admin`],
  ]),
)('%s on %s is never allowed, with every bucket either', (...row) => {
  for (const statements of EVERY) expect(allows(statements, ...row)).toBe(false);
});

describe('S3Buckets', () => {
  const bucketName = stringMatching(/^[a-z0-9][a-z0-9.-]{1,20}[a-z0-9]$/);
  const reaches = (statements: Statement[], bucket: string) =>
    allows(statements, 's3:ListBucket', `arn:aws:s3:::${bucket}`) &&
    allows(statements, 's3:GetObject', `arn:aws:s3:::${bucket}/a/b`) &&
    allows(statements, 's3:PutObject', `arn:aws:s3:::${bucket}/FSxLustre20260101T000000Z/a`);

  test('every bucket that is given is reached, and no other', () => {
    assert(
      property(array(bucketName, { minLength: 1, maxLength: 8 }), bucketName, (given, other) => {
        const statements = statementsOf(given.join(','));
        expect(given.filter((bucket) => !reaches(statements, bucket))).toEqual([]);
        const unknown = [other, ...given.flatMap((name) => [`${name}x`, `x${name}`])];
        for (const bucket of unknown.filter((name) => !given.includes(name))) {
          expect(allows(statements, 's3:ListBucket', `arn:aws:s3:::${bucket}`)).toBe(false);
          expect(allows(statements, 's3:GetObject', `arn:aws:s3:::${bucket}/a`)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('blanks after commas are no part of a name', () => {
    expect(reaches(statementsOf('one, two'), 'two')).toBe(true);
  });

  test('a bucket from before March 2018, which may have capital letters, underscores and a long name, is reached', () => {
    for (const bucket of ['Training_Data', `Old.${'x'.repeat(251)}`])
      expect(reaches(statementsOf(bucket), bucket)).toBe(true);
    expect(() => statementsOf('x'.repeat(256))).toThrow('S3Buckets');
  });

  test('a beginning with * is every bucket that begins so', () => {
    const statements = statementsOf('training-*,results');
    expect(reaches(statements, 'training-a')).toBe(true);
    expect(reaches(statements, 'results')).toBe(true);
    for (const other of ['training', 'my-training-a', 'results-a'])
      expect(allows(statements, 's3:GetObject', `arn:aws:s3:::${other}/a`)).toBe(false);
  });

  test('* is every bucket, and the only way to have them all', () => {
    expect(reaches(statementsOf('*'), 'anything')).toBe(true);
    const wildcards = (buckets: string) =>
      statementsOf(buckets).flatMap(({ Resource }) =>
        [Resource].flat().filter((one) => /^arn:[^:]*:s3:.*\*.*\*|^arn:[^:]*:s3:::\*/.test(one)),
      );
    expect(wildcards('*')).not.toEqual([]);
    expect(statementsOf('').filter(({ Sid }) => Sid === 'LinkedBuckets')).toEqual([]);
  });

  test.each([
    's3://data',
    'data/prefix',
    'da ta',
    'arn:aws:s3:::data',
    'da*ta',
    '*data',
    'one,*two',
    'data**',
    'a*',
    'ab',
  ])('%s is refused', (buckets) => {
    expect(() => statementsOf(buckets)).toThrow('S3Buckets');
  });
});

test('only what knows no resources is allowed on all, and no action has a wildcard but those of FSx', () => {
  const statements = statementsOf('data');
  const onAll = statements.filter(({ Resource }) => [Resource].flat().includes('*'));
  expect(onAll.map(({ Sid }) => Sid)).toEqual(['Looks', 'NetworkThroughFSx']);
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => action.includes('*'))).toEqual(['s3:Get*', 's3:List*']);
  const beyond = actions.filter((action) => !action.includes('*') && !permissions.includes(action));
  expect(beyond).toEqual([]);
});

test('manual/permissions.md has a row for every permission of schema.json, and no other', () => {
  const page = readFileSync(join(__dirname, '../../manual/permissions.md'), 'utf8');
  const [, table = ''] = page.split('## What each permission is for');
  const rows =
    table
      .split('\n## ')[0]
      ?.match(/^\| .*$/gm)
      ?.slice(1) ?? [];
  const told = rows.flatMap((row) => row.split('|')[1]?.match(/[a-z0-9]+:[A-Za-z]+/g) ?? []);
  expect(told.sort()).toEqual([...new Set(permissions)].sort());
});

describe('roles', () => {
  const ROLES = {
    ExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/handlers`,
    LogDeliveryRoleArn: `arn:aws:iam::${ACCOUNT}:role/team/logs`,
    ConfigurationRoleArn: `arn:aws:iam::${ACCOUNT}:role/configuration`,
  };
  const rolesOf = (given: Record<string, string>) =>
    Object.entries(deployed(FILE, given).resources).filter(
      ([, { type }]) => type === 'AWS::IAM::Role',
    );

  test('have no boundary and no path of their own unless asked for', () => {
    const roles = rolesOf(PACKAGE);
    expect(roles.map(([id]) => id)).toEqual([
      'ExecutionRole',
      'LogDeliveryRole',
      'ConfigurationRole',
    ]);
    for (const [, { properties }] of roles) {
      expect(properties).toMatchObject({ Path: '/' });
      expect(properties).not.toHaveProperty('PermissionsBoundary');
    }
  });

  test('all of them have the boundary and the path that are given', () => {
    const given = {
      PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/team/boundary`,
      Path: '/team/lustre/',
    };
    const { Path, PermissionsBoundary } = given;
    const roles = rolesOf({ ...PACKAGE, PermissionsBoundary, RolePath: Path });
    expect(roles).toHaveLength(3);
    for (const [, { properties }] of roles) expect(properties).toMatchObject(given);
  });

  test('that exist are used, and none is created', () => {
    const { outputs, resources } = deployed(FILE, { ...PACKAGE, ...ROLES });
    expect(rolesOf({ ...PACKAGE, ...ROLES })).toEqual([]);
    expect(resources.Version?.properties).toMatchObject({
      ExecutionRoleArn: ROLES.ExecutionRoleArn,
      LoggingConfig: { LogRoleArn: ROLES.LogDeliveryRoleArn },
    });
    expect(resources.ConfigurationFunction?.properties.Role).toBe(ROLES.ConfigurationRoleArn);
    expect(outputs.ExecutionRoleArn?.Value).toBe(ROLES.ExecutionRoleArn);
  });

  test('that are created are used', () => {
    const { outputs, resources } = deployed(FILE, PACKAGE);
    expect(resources.Version?.properties).toMatchObject({
      ExecutionRoleArn: 'ExecutionRole.Arn',
      LoggingConfig: { LogRoleArn: 'LogDeliveryRole.Arn' },
    });
    expect(resources.ConfigurationFunction?.properties.Role).toBe('ConfigurationRole.Arn');
    expect(outputs.ExecutionRoleArn?.Value).toBe('ExecutionRole.Arn');
  });

  test('without a package there is the execution role alone, for cfn submit --role-arn', () => {
    const { outputs, resources } = deployed(FILE, { Package: '', S3Buckets: 'data' });
    expect(Object.keys(resources)).toEqual(['ExecutionRole']);
    expect(Object.keys(outputs)).toEqual(['ExecutionRoleArn']);
  });

  test.each([
    ['PermissionsBoundary', 'boundary'],
    ['PermissionsBoundary', `arn:aws:iam::${ACCOUNT}:role/boundary`],
    ['RolePath', 'team'],
    ['RolePath', '/team'],
    ['RolePath', '//team with blanks/'],
    ['ExecutionRoleArn', 'handlers'],
    ['ExecutionRoleArn', `arn:aws:iam::${ACCOUNT}:policy/handlers`],
    ['Package', 'https://artifacts/type.zip'],
  ])('%s is not %s', (name, value) => {
    expect(() => deployed(FILE, { ...PACKAGE, [name]: value })).toThrow(name);
  });
});

describe('the table of manual/permissions.md on what resource-role.yaml grants', () => {
  const page = readFileSync(join(__dirname, '../../manual/permissions.md'), 'utf8');
  const [, section = ''] = /## What resource-role\.yaml grants\n([^]*?)\n## /.exec(page) ?? [];
  const rows = [...section.matchAll(/^\| (`[^|]*)\|/gm)].map(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, action = '']) => action),
  );
  const written = readFileSync(join(__dirname, '../../resource-role.yaml'), 'utf8');
  const granted = [...written.matchAll(/^ +- "([a-z0-9]+:\w+)"$/gm)].map(([, action]) => action);

  test('has every permission of the file, once', () => {
    expect(rows.flat().sort()).toEqual(granted.sort());
  });

  test('is right about the file: all of them are on every resource', () => {
    expect(written.match(/ Resource: .*/g)).toEqual([' Resource: "*"']);
    expect(written).not.toMatch(/kms:ViaService|aws:CalledVia/);
  });

  test('is right about deploy/register.yaml: no role may be changed but those of S3 links', () => {
    const changing = EVERY.flat().filter(({ Action }) =>
      [Action].flat().some((action) => /^iam:(Put|Attach)RolePolicy$/.test(action)),
    );
    expect([...new Set(changing.flatMap(({ Resource }) => Resource))]).toEqual([
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/*`,
    ]);
  });
});
