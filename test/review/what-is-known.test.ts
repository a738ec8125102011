/** What a value can be before the deployment: by the type of a parameter, a reference, its limits, and the text around it. */
import { check } from '../../src/review/check';
import { estimate } from '../../src/review/estimate';
import { SUBNET, withProperties } from './findings';

const RESOURCES = `
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !Ref Vpc}}
  Bucket: {Type: AWS::S3::Bucket}
  Stream: {Type: AWS::KinesisFirehose::DeliveryStream}
  Backup: {Type: AWS::FSx::Backup, Properties: {FileSystemId: fs-0123456789abcdef0}}
`;

const found = (properties: string, parameter = 'Type: String'): string[] =>
  check(
    withProperties(properties, `${RESOURCES}Parameters: {P: {${parameter}}, Q: {Type: String}}`),
  ).findings.map(({ rule, message }) => `${rule}: ${message}`);

const SUBNETS = "Type: 'List<AWS::EC2::Subnet::Id>'";
const GROUPS = "Type: 'List<AWS::EC2::SecurityGroup::Id>'";
const P2 = 'DeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125';

test.each<[string, string, string, string]>([
  ['a subnet from a list of groups', 'SubnetIds: [!Select [0, !Ref P]]', GROUPS, 'format: SubnetIds[0] "${P[0]}" is not valid: use a subnet ID'], // oxfmt-ignore
  ['a list of groups as subnets', 'SubnetIds: !Ref P', GROUPS, 'format: SubnetIds[0] "${P}" is not valid: use a subnet ID'], // oxfmt-ignore
  ['a list as an item of a list', 'SubnetIds: [!Ref P]', SUBNETS, 'type: SubnetIds[0] "${P}" is not valid: expected a subnet ID'], // oxfmt-ignore
  ['a list as a path', `${SUBNET}\nImportPath: !Ref P`, 'Type: CommaDelimitedList', 'type: ImportPath "${P}" is not valid: expected an S3 path'], // oxfmt-ignore
  ['a list of texts as tags', `${SUBNET}\nTags: !Ref P`, 'Type: CommaDelimitedList', 'type: Tags[0] "${P}" is not valid: expected a tag'], // oxfmt-ignore
  ['a zone as a subnet', 'SubnetIds: [!Select [0, !GetAZs ""]]', '', 'format: SubnetIds[0] "Fn::GetAZs[0]" is not valid'], // oxfmt-ignore
  ['the region as a subnet', 'SubnetIds: [!Ref AWS::Region]', '', 'format: SubnetIds[0] "${AWS::Region}" is not valid'], // oxfmt-ignore
  ['Ref of a group in a VPC as a subnet', 'SubnetIds: [!Ref Group]', '', 'format: SubnetIds[0] "${Group}" is not valid'], // oxfmt-ignore
  ['the name of a delivery stream', `${SUBNET}\n${P2}\nLogConfiguration: {Level: WARN_ERROR, Destination: !Ref Stream}`, '', 'format: LogConfiguration.Destination "${Stream}" is not valid'], // oxfmt-ignore
  ['the ARN of a delivery stream', `${SUBNET}\n${P2}\nLogConfiguration: {Level: WARN_ERROR, Destination: !GetAtt Stream.Arn}`, '', 'format: LogConfiguration.Destination "${Stream.Arn}" is not valid'], // oxfmt-ignore
  ['the ARN of a bucket in a path', `${SUBNET}\nImportPath: !Sub "s3://\${Bucket.Arn}/x"`, '', 's3-bucket-name: ImportPath "s3://${Bucket.Arn}/x" is not valid: use the name of the bucket. Write !Sub s3://${Bucket}/x.'], // oxfmt-ignore
  ['a path that begins with another text', `${SUBNET}\nImportPath: 'https://{{resolve:ssm:bucket}}/x'`, '', 'format: ImportPath "https://{{resolve:ssm:bucket}}/x" is not valid'], // oxfmt-ignore
  ['the same in Fn::Sub', `${SUBNET}\nImportPath: !Sub 'https://{{resolve:ssm:\${Q}}}/x'`, '', 'format: ImportPath "https://{{resolve:ssm:${Q}}}/x" is not valid'], // oxfmt-ignore
  ['an id that begins with another text', `${SUBNET}\nSecurityGroupIds: ['subnet-{{resolve:ssm:x}}']`, '', 'format: SecurityGroupIds[0] "subnet-{{resolve:ssm:x}}" is not valid'], // oxfmt-ignore
  ['a path before an import', `${SUBNET}\nImportPath: !Join ['', ['http://', !ImportValue x]]`, '', 'format: ImportPath "http://Fn::ImportValue x" is not valid'], // oxfmt-ignore
  ['the id of another kind by default', 'SubnetIds: [!Ref P]', 'Type: String, Default: vpc-0123456789abcdef0', 'format: SubnetIds[0] vpc-0123456789abcdef0 is not valid: use a subnet ID, such as subnet-0123456789abcdef0. The value is the default of the parameter P'], // oxfmt-ignore
])('%s is refused', (_, properties, parameter, expected) => {
  const declared = parameter === '' ? 'Type: String' : parameter;
  expect(found(`StorageCapacity: 1200\n${properties}`, declared)).toContainEqual(
    expect.stringContaining(expected),
  );
});

test('the ARN of a backup is refused, with the attribute to use', () => {
  expect(found(`${SUBNET}\nBackupId: !Ref Backup`)).toEqual([
    'format: BackupId "${Backup}" is not valid: use a backup ID, such as backup-0123456789abcdef0. Write !GetAtt Backup.BackupId.',
  ]);
  expect(found(`${SUBNET}\nBackupId: !GetAtt Backup.BackupId`)).toEqual([]);
});

test.each<[string, string, string]>([
  ['a list of subnets', 'SubnetIds: !Ref P', SUBNETS],
  ['an item of a list of subnets', 'SubnetIds: [!Select [1, !Ref P]]', SUBNETS],
  ['a list of unknown texts', 'SubnetIds: !Ref P', 'Type: CommaDelimitedList'],
  ['a path with a dynamic reference', `${SUBNET}\nImportPath: 's3://{{resolve:ssm:bucket}}/x'`, 'Type: String'], // oxfmt-ignore
  ['a dynamic reference alone', 'SubnetIds: ["{{resolve:ssm:subnet}}"]', 'Type: String'],
  ['one that is not complete', `${SUBNET}\nImportPath: !Sub 's3://{{resolve:ssm:\${Q}}}'`, 'Type: String'], // oxfmt-ignore
  ['a path before an import', `${SUBNET}\nImportPath: !Join ['', ['s3://', !ImportValue x]]`, 'Type: String'], // oxfmt-ignore
])('%s is not', (_, properties, parameter) => {
  expect(found(`StorageCapacity: 1200\n${properties}`, parameter)).toEqual([]);
});

describe('a number between limits', () => {
  test.each<[string, string, string[]]>([
    ['below every capacity', `${SUBNET}\nStorageCapacity: !Ref P|MinValue: 100, MaxValue: 1000`, ['storage-capacity: StorageCapacity "${P}" is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200.']], // oxfmt-ignore
    ['between two capacities', `${SUBNET}\nStorageCapacity: !Ref P|MinValue: 1201, MaxValue: 2399`, ['storage-capacity: StorageCapacity "${P}" is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 2400.']], // oxfmt-ignore
    ['as texts', `${SUBNET}\nStorageCapacity: !Ref P|MinValue: '1201', MaxValue: '2399'`, ['storage-capacity: StorageCapacity "${P}" is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 2400.']], // oxfmt-ignore
    ['with a capacity', `${SUBNET}\nStorageCapacity: !Ref P|MinValue: 1201, MaxValue: 2400`, []],
    ['with capacities of other deployments', `${SUBNET}\nStorageCapacity: !Ref P\nDeploymentType: PERSISTENT_1\nStorageType: HDD\nDriveCacheType: NONE\nPerUnitStorageThroughput: 40|MinValue: 1, MaxValue: 1800`, []], // oxfmt-ignore
    ['of days without 0', `StorageCapacity: 1200\n${SUBNET}\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nImportPath: s3://abc\nAutomaticBackupRetentionDays: !Ref P|MinValue: 1`, ['s3-backups: AutomaticBackupRetentionDays "${P}" cannot be used with ImportPath: FSx does not back up S3-linked file systems. Set it to 0, or omit ImportPath.']], // oxfmt-ignore
    ['of days with 0', `StorageCapacity: 1200\n${SUBNET}\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nImportPath: s3://abc\nAutomaticBackupRetentionDays: !Ref P|MinValue: 0`, []], // oxfmt-ignore
    ['above every IOPS', `StorageCapacity: 1200\n${SUBNET}\n${P2}\nMetadataConfiguration: {Mode: USER_PROVISIONED, Iops: !Ref P}|MinValue: 200000`, ['metadata-iops: MetadataConfiguration.Iops "${P}" is not valid for SSD: use 1500, 3000, 6000 or a multiple of 12000 up to 192000, nearest 192000.']], // oxfmt-ignore
    ['above some IOPS', `StorageCapacity: 1200\n${SUBNET}\n${P2}\nMetadataConfiguration: {Mode: USER_PROVISIONED, Iops: !Ref P}|MinValue: 7000`, []], // oxfmt-ignore
  ])('%s', (_, written, expected) => {
    const [properties = '', limits = ''] = written.split('|');
    expect(found(properties, `Type: Number, ${limits}`)).toEqual(expected);
  });
});

test('what every value lacks is told with the values that are allowed', () => {
  expect(
    found(`StorageCapacity: 1200\n${SUBNET}\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: !Ref P`, 'Type: Number, AllowedValues: [50, 100, 200]'), // oxfmt-ignore
  ).toEqual([
    'throughput-tier: PerUnitStorageThroughput "${P}" is not valid for PERSISTENT_2 SSD: use 125, 250, 500 or 1000 (MB/s per TiB).',
  ]);
});

describe('a file system whose type is chosen', () => {
  const template = (declared: string, capacity: number): string =>
    [
      `Parameters: {Kind: {${declared}}}`,
      'Resources:',
      '  Fs:',
      '    Type: AWS::FSx::FileSystem',
      `    Properties: {FileSystemType: !Ref Kind, StorageCapacity: ${capacity}, ${SUBNET}}`,
    ].join('\n');
  const CHOICE = 'Type: String, Default: WINDOWS, AllowedValues: [WINDOWS, LUSTRE]';

  test.each([CHOICE, 'Type: String, AllowedValues: [WINDOWS, LUSTRE]'])(
    'is checked where it is LUSTRE: %s',
    (declared) => {
      const { findings, notCreated } = check(template(declared, 1300));
      expect(findings.map(({ rule }) => rule)).toEqual(['storage-capacity']);
      expect(notCreated).toBe(0);
      expect(check(template(declared, 1200)).findings).toEqual([]);
    },
  );

  test('is estimated, and the row says when it is one', () => {
    const { rows, total } = estimate(template(CHOICE, 1200), { region: 'us-east-1' });
    expect(rows).toMatchObject([
      { logicalId: 'Fs', when: 'Kind is LUSTRE', notByDefault: true, violations: [] },
    ]);
    expect(total.usd).toBe(0);
  });

  test.each(['Default: WINDOWS, AllowedValues: [WINDOWS, ONTAP]', 'Default: WINDOWS'])(
    'is none where LUSTRE is not among the choices: %s',
    (declared) => {
      const { findings, fileSystems } = check(template(`Type: String, ${declared}`, 1300));
      expect({ findings, fileSystems }).toEqual({ findings: [], fileSystems: 0 });
    },
  );
});
