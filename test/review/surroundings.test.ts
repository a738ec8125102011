/** What decides in a template, beside the properties, whether a file system works. */
import { check } from '../../src/review/check';

const SUBNET = '[subnet-0123456789abcdef0]';

const found = (text: string, parameters: Record<string, string> = {}): string[] =>
  check(text, { parameters: new Map(Object.entries(parameters)) }).findings.map(
    ({ logicalId, property, rule, severity, when, line }) =>
      `${line} ${logicalId}.${property} ${rule}${severity === 'warning' ? ' warning' : ''}${when ? ` (${when})` : ''}`,
  );

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/troubleshooting-misconfigured-data-repository.html */
describe('a bucket that FSx follows', () => {
  const QUEUE = "{QueueConfigurations: [{Event: 's3:ObjectCreated:*', Queue: arn}]}";
  const bucket = (notifications: string): string[] => [
    'Conditions: {Noisy: !Equals [!Ref "AWS::Region", us-east-1]}',
    'Resources:',
    '  Data:',
    '    Type: AWS::S3::Bucket',
    `    Properties: {${notifications === '' ? '' : `NotificationConfiguration: ${notifications}`}}`,
  ];
  const byPath = (notifications: string, policy: string, path = '!Sub "s3://${Data}/in"') =>
    [
      ...bucket(notifications),
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      `    Properties: {SubnetIds: ${SUBNET}, StorageCapacity: 1200, ImportPath: ${path}${policy}}`,
    ].join('\n');
  const byLink = (notifications: string, s3: string) =>
    [
      ...bucket(notifications),
      '  Fs:',
      '    Type: AWS::FSx::FileSystem',
      `    Properties: {FileSystemType: LUSTRE, FileSystemTypeVersion: '2.15', SubnetIds: ${SUBNET}, StorageCapacity: 1200, LustreConfiguration: {DeploymentType: SCRATCH_2}}`,
      '  Link:',
      '    Type: AWS::FSx::DataRepositoryAssociation',
      `    Properties: {FileSystemId: !Ref Fs, FileSystemPath: /data, DataRepositoryPath: !Sub "s3://\${Data}"${s3}}`,
    ].join('\n');
  const NEW = ', AutoImportPolicy: NEW';
  const EVENTS = ', S3: {AutoImportPolicy: {Events: [NEW, CHANGED]}}';

  test.each<[string, string, string[]]>([
    ['has no notifications beside that of ImportPath', byPath(QUEUE, NEW), ['8 Fs.AutoImportPolicy followed-bucket warning']],
    ['has none beside that of an association', byLink(QUEUE, EVENTS), ['11 Link.S3.AutoImportPolicy followed-bucket warning']],
    ['has none of another kind', byPath("{LambdaConfigurations: [{Event: 's3:ObjectRemoved:Delete', Function: arn}]}", NEW), ['8 Fs.AutoImportPolicy followed-bucket warning']],
    ['has none in one region', byPath(`!If [Noisy, ${QUEUE}, !Ref "AWS::NoValue"]`, NEW), ['8 Fs.AutoImportPolicy followed-bucket warning (Noisy is true)']],
    ['may have those of other events', byPath("{TopicConfigurations: [{Event: 's3:ObjectRestore:*', Topic: arn}]}", NEW), []],
    ['may have EventBridge', byLink('{EventBridgeConfiguration: {EventBridgeEnabled: true}}', EVENTS), []],
    ['may have no notifications', byPath('', NEW), []],
    ['is another one', byPath(QUEUE, NEW, 's3://another/in'), []],
    ['is not followed with NONE', byPath(QUEUE, ', AutoImportPolicy: NONE'), []],
    ['is not followed without a policy', byPath(QUEUE, ''), []],
    ['is not followed by an association that only exports', byLink(QUEUE, ', S3: {AutoExportPolicy: {Events: [NEW]}}'), []],
    ['is not followed by an association without events', byLink(QUEUE, ', S3: {AutoImportPolicy: {Events: []}}'), []],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  }); // oxfmt-ignore
});

test('an association whose properties Fn::ForEach makes lacks no path', () => {
  const made = (name: string) =>
    `Properties: {FileSystemId: !Ref Fs, 'Fn::ForEach::Paths': [Path, [${name}], {'\${Path}': /data}], DataRepositoryPath: s3://bucket}`;
  const template = (properties: string) => `Transform: AWS::LanguageExtensions
Resources:
  Fs:
    Type: Pangea::FSx::LustreFileSystem
    Properties: {StorageCapacity: 1200, SubnetIds: ${SUBNET}}
  Link:
    Type: AWS::FSx::DataRepositoryAssociation
    ${properties}`;
  expect(found(template(made('FileSystemPath')))).toEqual([]);
  expect(found(template('Properties: {FileSystemId: !Ref Fs}'))).not.toEqual([]);
});

describe('a data repository association', () => {
  const linked = (properties: string, ...paths: string[]): string =>
    [
      'Parameters: {Kind: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_1, SCRATCH_2]}}',
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      `    Properties: {SubnetIds: ${SUBNET}, ${properties}}`,
      ...paths.flatMap((path, index) => [
        `  Link${index}:`,
        '    Type: AWS::FSx::DataRepositoryAssociation',
        `    Properties: {FileSystemId: !Ref Fs, FileSystemPath: ${path}, DataRepositoryPath: s3://bucket/x${index}}`,
      ]),
    ].join('\n');

  test.each<[string, string, string[]]>([
    ['goes with SCRATCH_2', linked('StorageCapacity: 1200', '/data'), []],
    [
      'not with SCRATCH_1',
      linked('StorageCapacity: 1200, DeploymentType: SCRATCH_1', '/data'),
      ['8 Link0.FileSystemId association-unsupported'],
    ],
    [
      'not with Lustre 2.10',
      linked("StorageCapacity: 1200, FileSystemTypeVersion: '2.10'", '/data'),
      ['8 Link0.FileSystemId association-unsupported'],
    ],
    [
      'not with INTELLIGENT_TIERING',
      linked('StorageType: INTELLIGENT_TIERING, DeploymentType: PERSISTENT_2, ThroughputCapacity: 4000, MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 6000}, DataReadCacheConfiguration: {SizingMode: NO_CACHE}', '/data'), // oxfmt-ignore
      ['8 Link0.FileSystemId association-unsupported'],
    ],
    [
      'not with ImportPath',
      linked('StorageCapacity: 1200, ImportPath: s3://bucket', '/data'),
      ['5 Fs.ImportPath association-import-path'],
    ],
    [
      'not with backups',
      linked('StorageCapacity: 1200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, AutomaticBackupRetentionDays: 7', '/data'), // oxfmt-ignore
      ['5 Fs.AutomaticBackupRetentionDays association-backups'],
    ],
    [
      'not with a final backup',
      linked('StorageCapacity: 1200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, SkipFinalBackup: false', '/data'), // oxfmt-ignore
      ['5 Fs.SkipFinalBackup association-backups'],
    ],
    [
      'not inside the folder of another',
      linked('StorageCapacity: 1200', '/ns1/', '/ns1/ns2', '/ns10'),
      ['11 Link1.FileSystemPath association-overlap'],
    ],
    [
      'not inside the folder of another, whatever its name will be',
      linked('StorageCapacity: 1200', '!Sub "/${Kind}"', '!Sub "/${Kind}/ns2"', '!Sub "/${Kind}2"'),
      ['11 Link1.FileSystemPath association-overlap'],
    ],
    [
      'not told of a version that Lustre does not have',
      linked('StorageCapacity: 1200, FileSystemTypeVersion: 2.10', '/data'),
      ['5 Fs.FileSystemTypeVersion lustre-version'],
    ],
    [
      'not to the same data as another',
      linked('StorageCapacity: 1200', '/a', '/b').replace(
        's3://bucket/x1',
        '!Sub "s3://bucket/x0/${Kind}"',
      ),
      ['11 Link1.DataRepositoryPath association-overlap'],
    ],
    [
      'not in a folder without its slash',
      linked('StorageCapacity: 1200', 'data'),
      ['8 Link0.FileSystemPath association-format'],
    ],
    [
      'not without its two paths',
      linked('StorageCapacity: 1200', '/data')
        .replace('FileSystemPath: /data, DataRepositoryPath: s3://bucket/x0', 'S3: {}')
        .concat('\n  Link1: {Type: AWS::FSx::DataRepositoryAssociation, Properties: {FileSystemId: !Ref Fs, FileSystemPath: /x, DataRepositoryPath: !Ref AWS::NoValue}}'), // oxfmt-ignore
      [
        '8 Link0.FileSystemPath association-format',
        '8 Link0.DataRepositoryPath association-format',
        '9 Link1.DataRepositoryPath association-format',
      ],
    ],
    [
      'without paths that a macro may add',
      linked('StorageCapacity: 1200', '/data').replace(
        'FileSystemPath: /data, DataRepositoryPath: s3://bucket/x0',
        "'Fn::Transform': {Name: Paths}",
      ),
      [],
    ],
    [
      'not more than eight times',
      linked('StorageCapacity: 1200', ...Array.from({ length: 9 }, (_, index) => `/a${index}`)),
      ['32 Link8.FileSystemId association-count'],
    ],
    [
      'not of a deployment that may be chosen, as a warning at the choice',
      linked('StorageCapacity: 1200, DeploymentType: !Ref Kind', '/data'),
      ['1 Link0.FileSystemId association-unsupported warning'],
    ],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('not of a deployment that is chosen', () => {
    const text = linked('StorageCapacity: 1200, DeploymentType: !Ref Kind', '/data');
    expect(found(text, { Kind: 'SCRATCH_1' })).toEqual([
      '8 Link0.FileSystemId association-unsupported',
    ]);
  });

  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html
  describe('with its paths', () => {
    const between = (...paths: [string, string][]): string =>
      [
        'Parameters: {Prefix: {Type: String}, Folder: {Type: String}}',
        'Resources:',
        '  Bucket: {Type: AWS::S3::Bucket}',
        '  Other: {Type: AWS::S3::Bucket}',
        `  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 1200, SubnetIds: ${SUBNET}}}`,
        ...paths.map(
          ([folder, repository], index) =>
            `  Link${index}: {Type: AWS::FSx::DataRepositoryAssociation, Properties: {FileSystemId: !Ref Fs, FileSystemPath: ${folder}, DataRepositoryPath: ${repository}}}`,
        ),
      ].join('\n');

    test.each<[string, string, string, boolean]>([
      ['the same prefix', 's3://bucket/a', 's3://bucket/a/', true],
      ['a prefix inside another', 's3://bucket/my-prefix/', 's3://bucket/my-prefix/my-sub-prefix', true],
      ['a bucket and its prefix', 's3://bucket/a', 's3://bucket', true],
      ['a prefix of the template inside another', '!Sub "s3://${Bucket}/a"', '!Sub "s3://${Bucket}/a/b"', true],
      ['a bucket of the template and its prefix', '!Sub "s3://${Bucket}"', '!Sub "s3://${Bucket}/a"', true],
      ['a prefix of a parameter inside itself', '!Sub "s3://bucket/${Prefix}"', '!Sub "s3://bucket/${Prefix}/b"', true],
      ['two prefixes', 's3://bucket/a', 's3://bucket/ab', false],
      ['two buckets', 's3://bucket', 's3://bucket2', false],
      ['two buckets of the template', '!Sub "s3://${Bucket}"', '!Sub "s3://${Other}/a"', false],
      ['a bucket of the template and another', '!Sub "s3://${Bucket}"', 's3://bucket', false],
      ['prefixes of two parameters', '!Sub "s3://bucket/${Prefix}"', '!Sub "s3://bucket/${Folder}"', false],
    ])('%s', (_, one, other, overlap) => {
      expect(found(between(['/a', one], ['/b', other]))).toEqual(
        overlap ? ['7 Link1.DataRepositoryPath association-overlap'] : [],
      );
    }); // oxfmt-ignore

    test.each<[string, string, string, string | undefined]>([
      ['the root', '/', 's3://bucket', undefined],
      ['a folder of a parameter', '!Sub "/${Folder}"', 's3://bucket', undefined],
      ['a path of a parameter', '!Ref Folder', '!Ref Prefix', undefined],
      ['the longest folder', `/${'a'.repeat(4095)}`, 's3://bucket', undefined],
      ['a folder that is too long', `/${'a'.repeat(4096)}`, 's3://bucket', 'FileSystemPath'],
      ['a folder without a slash', 'ns1', 's3://bucket', 'FileSystemPath'],
      ['an empty folder', '""', 's3://bucket', 'FileSystemPath'],
      ['a composed folder without a slash', '!Sub "ns1/${Folder}"', 's3://bucket', 'FileSystemPath'],
      ['a bucket without its scheme', '/a', 'bucket', 'DataRepositoryPath'],
      ['a bucket of the template without its scheme', '/a', '!Ref Bucket', 'DataRepositoryPath'],
      ['the ARN of a bucket of the template', '/a', '!GetAtt Bucket.Arn', 'DataRepositoryPath'],
      ['no bucket', '/a', 's3://', 'DataRepositoryPath'],
      ['a name that no bucket has', '/a', 's3://b_%/x', 'DataRepositoryPath'],
      ['the longest path', '/a', `s3://bucket/${'a'.repeat(4345)}`, undefined],
      ['a path that is too long', '/a', `s3://bucket/${'a'.repeat(4346)}`, 'DataRepositoryPath'],
    ])('%s', (_, folder, repository, wrong) => {
      expect(found(between([folder, repository]))).toEqual(
        wrong === undefined ? [] : [`6 Link0.${wrong} association-format`],
      );
    }); // oxfmt-ignore
  });

  // The caller gives what such a default stands for, as for the properties of a file system.
  test.each<[string, string, string]>([
    ['empty', "''", '!Ref'],
    ['empty in a composed path', "''", '!Sub s3://'],
    ['a placeholder', 's3://<bucket>/prefix', '!Ref'],
    ['a placeholder in a composed path', '<bucket>', '!Sub s3://'],
  ])('is not refused for paths whose defaults are %s', (_, standard, write) => {
    const of = (name: string, before = '') =>
      write === '!Ref' ? `!Ref ${name}` : `!Sub "${before}\${${name}}"`;
    const text = [
      `Parameters: {A: {Type: String, Default: ${standard}}, B: {Type: String, Default: ${standard}}, F: {Type: String, Default: ''}, G: {Type: String, Default: ''}}`,
      'Resources:',
      `  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 1200, SubnetIds: ${SUBNET}}}`,
      ...[
        ['A', 'F'],
        ['B', 'G'],
      ].map(
        ([path = '', folder = '']) =>
          `  Of${path}: {Type: AWS::FSx::DataRepositoryAssociation, Properties: {FileSystemId: !Ref Fs, FileSystemPath: ${of(folder, '/')}, DataRepositoryPath: ${of(path, 's3://')}}}`,
      ),
    ].join('\n');
    expect(found(text)).toEqual([]);
    const given = { A: 's3://bucket/a', B: 's3://bucket/a', F: '/f', G: '/g' };
    expect(write === '!Ref' ? found(text, given) : ['5']).toEqual([expect.stringMatching(/^5/)]);
  });

  test.each<[string, string, string]>([
    ['outputs of two stacks', '!GetStackOutput {StackName: a, OutputName: x}', '!GetStackOutput {StackName: b, OutputName: x}'],
    ['zones of two regions', '!Select [0, !GetAZs us-east-1]', '!Select [0, !GetAZs eu-west-1]'],
    ['what a macro makes of two values', '{Fn::Transform: {Name: M, Parameters: {Of: 1}}}', '{Fn::Transform: {Name: M, Parameters: {Of: 2}}}'],
  ])('is not taken for another by %s', (_, one, other) => {
    const path = (value: string) => `!Join ['', [/, ${value}]]`;
    expect(found(linked('StorageCapacity: 1200', path(one), path(other)))).toEqual([]);
    expect(found(linked('StorageCapacity: 1200', path(one), path(one)))).toEqual([
      '11 Link1.FileSystemPath association-overlap',
    ]);
  }); // oxfmt-ignore

  test('is not any resource that has a file system and a folder', () => {
    const text = linked('StorageCapacity: 1200, DeploymentType: SCRATCH_1', '/data');
    const [only] = [text.replace('!Ref Fs', 'fs-0123456789abcdef0')];
    const other = '  Other: {Type: Custom::Copy, Properties: {ServiceToken: a, FileSystemId: !Ref Fs, FileSystemPath: /data}}'; // oxfmt-ignore
    expect(found([only, other].join('\n'))).toEqual([]);
  });

  test('not of a native file system, which has Lustre 2.10 by default', () => {
    const text = linked('StorageCapacity: 1200, FileSystemType: LUSTRE, LustreConfiguration: {DeploymentType: SCRATCH_2}', '/x'); // oxfmt-ignore
    expect(found(text.replace('Pangea::FSx::Lustre', 'AWS::FSx::'))).toEqual([
      '8 Link0.FileSystemId association-unsupported',
    ]);
  });
});

test('a data repository association that two parameters make wrong is told in a note', () => {
  const { findings, notes } = check(`
Parameters:
  Kind: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_1, SCRATCH_2]}
  Linked: {Type: String, Default: "no", AllowedValues: ["yes", "no"]}
Conditions: {IsLinked: !Equals [!Ref Linked, "yes"], IsOld: !Equals [!Ref Kind, SCRATCH_1]}
Resources:
  Fs:
    Type: Pangea::FSx::LustreFileSystem
    Properties: {StorageCapacity: 1200, SubnetIds: ${SUBNET}, DeploymentType: !If [IsOld, SCRATCH_1, SCRATCH_2]}
  Link:
    Type: AWS::FSx::DataRepositoryAssociation
    Condition: IsLinked
    Properties: {FileSystemId: !Ref Fs, FileSystemPath: /a, DataRepositoryPath: 's3://bucket/a'}`);
  expect(findings).toEqual([]);
  expect(notes.map(({ logicalId, message }) => `${logicalId} ${message}`)).toContainEqual(
    expect.stringMatching(/^Link Fs cannot have a data repository association, .* This applies only where IsOld is true and IsLinked is true: exclude/), // oxfmt-ignore
  );
});

test('the rules of a security group are those of the branch of Fn::If, and not known if a macro adds to them', () => {
  const RULES = "SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 10.0.0.0/8}]";
  const template = (properties: string) => `Conditions:
  IsOpen: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: ${properties}
  Fs:
    Type: Pangea::FSx::LustreFileSystem
    Properties: {StorageCapacity: 1200, SubnetIds: ${SUBNET}, SecurityGroupIds: [!Ref Group]}`;
  const OPEN = `{GroupDescription: Lustre, ${RULES}}`;
  const CLOSED = '{GroupDescription: Lustre}';
  const refused = (when: string) => [`9 Fs.SecurityGroupIds security-group-ports (${when})`];
  expect(found(template(`!If [IsOpen, ${OPEN}, ${OPEN}]`))).toEqual([]);
  expect(found(template(`!If [IsOpen, ${OPEN}, ${CLOSED}]`))).toEqual(refused('IsOpen is false'));
  const include =
    "'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://bucket/rules}}";
  expect(found(template(`{GroupDescription: Lustre, ${include}}`))).toEqual([]);
});

describe('a security group', () => {
  const guarded = (group: string, ...others: string[]): string =>
    [
      'Parameters: {Vpc: {Type: AWS::EC2::VPC::Id}}',
      'Resources:',
      '  Group:',
      '    Type: AWS::EC2::SecurityGroup',
      `    Properties: {GroupDescription: Lustre, VpcId: !Ref Vpc${group}}`,
      ...others,
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      `    Properties: {StorageCapacity: 1200, SubnetIds: ${SUBNET}, SecurityGroupIds: [!GetAtt Group.GroupId]}`,
    ].join('\n');
  const own = (from: number, to: number, name: string): string[] => [
    `  ${name}:`,
    '    Type: AWS::EC2::SecurityGroupIngress',
    `    Properties: {GroupId: !Ref Group, SourceSecurityGroupId: !Ref Group, IpProtocol: tcp, FromPort: ${from}, ToPort: ${to}}`,
  ];

  test.each<[string, string, string[]]>([
    ['without any rule', guarded(''), ['8 Fs.SecurityGroupIds security-group-ports']],
    [
      'that lets SSH in alone',
      guarded(', SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}]'), // oxfmt-ignore
      ['8 Fs.SecurityGroupIds security-group-ports'],
    ],
    [
      'that lets 988 in alone',
      guarded('', ...own(988, 988, 'Lnet')),
      ['11 Fs.SecurityGroupIds security-group-ports warning'],
    ],
    ['that lets both in', guarded('', ...own(988, 988, 'Lnet'), ...own(1018, 1023, 'Clients')), []],
    ['that lets everything in', guarded(", SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 10.0.0.0/8}]"), []], // oxfmt-ignore
    [
      'that lets nothing out',
      guarded(", SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 10.0.0.0/8}], SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]"), // oxfmt-ignore
      ['8 Fs.SecurityGroupIds security-group-ports'],
    ],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected.map((each) => each.replace(/^8 /, '8 ')));
  });

  test.each<[string, string, string[]]>([
    ['that lets only the group of the clients in', '!Ref Clients', ['9 Fs.SecurityGroupIds security-group-ports']], // oxfmt-ignore
    ['that lets only another group in, by its id', '!GetAtt Clients.GroupId', ['9 Fs.SecurityGroupIds security-group-ports']], // oxfmt-ignore
    ['that lets itself in', '!GetAtt Group.GroupId', []],
    ['that lets in a group that is not in the template', 'sg-01234567', []],
  ])('%s', (_, source, expected) => {
    const rule = `, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 988, ToPort: 1023, SourceSecurityGroupId: ${source}}]`;
    const clients =
      '  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients}}';
    expect(found(guarded(rule, clients))).toEqual(expected);
  });

  test.each<[string, string[], number]>([
    ['for the ports alone', own(988, 1023, 'All'), 1],
    ['for all traffic of IP addresses', ['  In: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: -1, CidrIp: 0.0.0.0/0}}'], 1], // oxfmt-ignore
    ['for all inbound traffic of itself', ['  In: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: -1, SourceSecurityGroupId: !Ref Group}}'], 1], // oxfmt-ignore
    ['for all traffic of itself', ['  In: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: "-1", SourceSecurityGroupId: !Ref Group}}', '  Out: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !Ref Group, IpProtocol: "-1", DestinationSecurityGroupId: !GetAtt Group.GroupId}}'], 0], // oxfmt-ignore
  ])('of a file system with EFA, %s', (_, rules, told) => {
    const text = guarded('', ...rules).replace('StorageCapacity: 1200', 'StorageCapacity: 19200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, EfaEnabled: true, MetadataConfiguration: {Mode: AUTOMATIC}'); // oxfmt-ignore
    const messages = check(text).findings.map(({ message }) => message);
    expect(messages).toHaveLength(told);
    if (told > 0)
      expect(messages[0]).toContain('does not allow all traffic to and from the members');
    const native = text.replace('Pangea::FSx::LustreFileSystem', 'AWS::FSx::FileSystem').replace('19200, ', '19200, FileSystemType: LUSTRE, LustreConfiguration: {').replace('Mode: AUTOMATIC}', 'Mode: AUTOMATIC}}'); // oxfmt-ignore
    expect(check(native).findings.map(({ message }) => message)).toEqual(messages);
  });

  test('is not opened by a rule of the clients for it', () => {
    const clients = [
      '  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients}}',
      '  Rule: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Clients, SourceSecurityGroupId: !Ref Group, IpProtocol: tcp, FromPort: 988, ToPort: 1023}}',
    ];
    expect(found(guarded('', ...clients))).toEqual(['10 Fs.SecurityGroupIds security-group-ports']);
  });

  const SWITCHES = [
    '  New: {Type: String, Default: "yes", AllowedValues: ["yes", "no"]}',
    '  Extra: {Type: String, Default: "no", AllowedValues: ["yes", "no"]}',
    'Conditions:',
    '  IsNew: !Equals [!Ref New, "yes"]',
    '  IsOld: !Equals [!Ref New, "no"]',
    '  HasExtra: !Equals [!Ref Extra, "yes"]',
  ];
  const switched = (text: string): string =>
    text.replace('{Vpc: {Type: AWS::EC2::VPC::Id}}', ['', '  Vpc: {Type: AWS::EC2::VPC::Id}', ...SWITCHES].join('\n')); // oxfmt-ignore
  const conditional = (rule: readonly string[], condition: string): string[] => [
    ...rule,
    `    Condition: ${condition}`,
  ];
  const LNET = 'no inbound TCP traffic on port 988';

  test.each<[string, string, string[]]>([
    ['of a file system that is not created by default', guarded('').replace('LustreFileSystem', 'LustreFileSystem\n    Condition: HasExtra'), [`${LNET} always`]],
    ['that is one of two', guarded('').replace('[!GetAtt Group.GroupId]', '[!If [IsNew, !Ref Group, sg-01234567]]'), [`${LNET} where IsNew is true`]],
    ['that is one of two lists', guarded('').replace('[!GetAtt Group.GroupId]', '!If [IsNew, [!Ref Group], [sg-01234567]]'), [`${LNET} where IsNew is true`]],
    ['beside none', guarded('').replace('[!GetAtt Group.GroupId]', '[!If [HasExtra, sg-01234567, !Ref AWS::NoValue], !Ref Group]'), [`${LNET} where HasExtra is false`]],
    ['with a rule that a condition takes away', guarded('', ...conditional(own(988, 1023, 'All'), 'IsNew')), [`${LNET} where IsNew is false`]],
    ['with a rule inside that a condition takes away', guarded(', SecurityGroupIngress: [!If [HasExtra, !Ref AWS::NoValue, {IpProtocol: "-1", CidrIp: 10.0.0.0/8}]]'), [`${LNET} where HasExtra is true`]],
    ['with a rule in each case', guarded('', ...conditional(own(988, 1023, 'One'), 'IsNew'), ...conditional(own(988, 1023, 'Other'), 'IsOld')), []],
    ['with a rule that two parameters take away', guarded(', SecurityGroupIngress: [!If [HasExtra, !If [IsOld, !Ref AWS::NoValue, {IpProtocol: "-1", CidrIp: 10.0.0.0/8}], {IpProtocol: "-1", CidrIp: 10.0.0.0/8}]]'), []],
  ])('%s, in the deployments that are concerned', (_, text, expected) => {
    const told = check(switched(text)).findings.map(
      ({ message, when }) => `${/no .*? 988/.exec(message)?.[0]} ${when ? `where ${when}` : 'always'}`,
    );
    expect(told).toEqual(expected);
  }); // oxfmt-ignore

  test('that two parameters close is told in a note', () => {
    const rule = '{IpProtocol: "-1", CidrIp: 10.0.0.0/8}';
    const { findings, notes } = check(switched(guarded(`, SecurityGroupIngress: [!If [HasExtra, !If [IsOld, !Ref AWS::NoValue, ${rule}], ${rule}]]`))); // oxfmt-ignore
    expect(findings).toEqual([]);
    expect(notes.filter(({ always }) => always).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Group allows no inbound .* This applies only where HasExtra is true and IsOld is true: exclude/), // oxfmt-ignore
    ]);
  });

  test('that is given twice is named once', () => {
    const text = guarded('').replace(
      '[!GetAtt Group.GroupId]',
      '[!Ref Group, !GetAtt Group.GroupId]',
    );
    expect(check(text).findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Group allows no inbound/),
    ]);
  });

  test.each<[string, string[], string | undefined]>([
    ['by two rules together', own(1018, 1020, 'Low'), undefined],
    ['but for the first of them', [], 'on ports 1018-1020, which'],
    ['but for one', own(1018, 1019, 'Low'), 'on port 1020, which'],
    ['but for two apart', own(1019, 1019, 'Low'), 'on ports 1018, 1020, which'],
  ])('whose ports are open %s', (_, rules, closed) => {
    const text = guarded('', ...own(988, 988, 'Lnet'), ...own(1021, 1023, 'High'), ...rules);
    const messages = check(text).findings.map(({ message }) => message);
    expect(messages).toEqual(
      closed === undefined ? [] : [expect.stringContaining(`inbound TCP traffic ${closed}`)],
    );
  });

  test('is passed over where another group may let Lustre through', () => {
    const text = guarded('').replace('[!GetAtt Group.GroupId]', '[!GetAtt Group.GroupId, sg-01234567]'); // oxfmt-ignore
    expect(found(text)).toEqual([]);
  });
});

describe('names and values of other resources', () => {
  const of = (properties: string, ...resources: string[]): string =>
    [
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      `    Properties: {StorageCapacity: 2400, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, ${properties}}`,
      ...resources,
    ].join('\n');
  test.each<[string, string, string[]]>([
    ['a subnet that there is not', of('SubnetIds: [!Ref Subnett]', '  Subnet: {Type: AWS::EC2::Subnet}'), ['4 Fs.Subnett unknown-reference']], // oxfmt-ignore
    ['a subnet that there is', of('SubnetIds: [!Ref Subnet]', '  Subnet: {Type: AWS::EC2::Subnet}'), []], // oxfmt-ignore
    ['what a macro may add', `Transform: AWS::Serverless-2016-10-31\n${of('SubnetIds: [!Ref Subnet]')}`, []], // oxfmt-ignore
    ['a pseudo parameter', of(`SubnetIds: ${SUBNET}, Tags: [{Key: a, Value: !Sub '\${AWS::Region}'}]`), []], // oxfmt-ignore
    ['the name of a bucket as a path', of(`SubnetIds: ${SUBNET}, DeploymentType: SCRATCH_2, ImportPath: !Ref B`, '  B: {Type: AWS::S3::Bucket}').replace('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, ', ''), ['4 Fs.ImportPath format']], // oxfmt-ignore
    ['the name of a log group as its ARN', of(`SubnetIds: ${SUBNET}, LogConfiguration: {Level: WARN_ERROR, Destination: !Ref G}`, '  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/fsx/x}}'), ['4 Fs.LogConfiguration.Destination format']], // oxfmt-ignore
    ['the ARN of a log group', of(`SubnetIds: ${SUBNET}, LogConfiguration: {Level: WARN_ERROR, Destination: !GetAtt G.Arn}`, '  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/fsx/x}}'), []], // oxfmt-ignore
    ['a log group whose name FSx does not take', of(`SubnetIds: ${SUBNET}, LogConfiguration: {Level: WARN_ERROR, Destination: !GetAtt G.Arn}`, '  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: lustre}}'), ['4 Fs.LogConfiguration.Destination format']], // oxfmt-ignore
    ['a log group whose name CloudFormation makes', of(`SubnetIds: ${SUBNET}, LogConfiguration: {Level: WARN_ERROR, Destination: !GetAtt G.Arn}`, '  G: {Type: AWS::Logs::LogGroup}'), ['4 Fs.LogConfiguration.Destination format']], // oxfmt-ignore
    ['a log group that is named after itself', of(`SubnetIds: ${SUBNET}, LogConfiguration: {Level: WARN_ERROR, Destination: !GetAtt G.Arn}`, '  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Ref G}}'), []], // oxfmt-ignore
    [
      'the id of a key',
      of(`SubnetIds: ${SUBNET}, KmsKeyId: !Ref K`, '  K: {Type: AWS::KMS::Key}'),
      [],
    ],
    ['an export to another bucket of the template', of(`SubnetIds: ${SUBNET}, ImportPath: !Sub 's3://\${A}/in', ExportPath: !Join ['', ['s3://', !Ref B, /out]]`, '  A: {Type: AWS::S3::Bucket}', '  B: {Type: AWS::S3::Bucket}').replace('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, ', ''), ['4 Fs.ExportPath s3-bucket']], // oxfmt-ignore
    ['an export to the same bucket of the template', of(`SubnetIds: ${SUBNET}, ImportPath: !Sub 's3://\${A}', ExportPath: !Join ['', ['s3://', !Ref A, /out]]`, '  A: {Type: AWS::S3::Bucket}').replace('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, ', ''), []], // oxfmt-ignore
    ['an export to a bucket of which only the beginning is that of another', of(`SubnetIds: ${SUBNET}, ImportPath: !Sub 's3://\${A}', ExportPath: !Sub 's3://\${B}-x/out'`, '  A: {Type: AWS::S3::Bucket}', '  B: {Type: AWS::S3::Bucket}').replace('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, ', ''), []], // oxfmt-ignore
    ['a subnet as a security group', of(`SubnetIds: ${SUBNET}, SecurityGroupIds: [!Ref S]`, '  S: {Type: AWS::EC2::Subnet}'), ['4 Fs.SecurityGroupIds[0] format']], // oxfmt-ignore
    ['a VPC as a subnet', `Parameters: {V: {Type: AWS::EC2::VPC::Id}}\n${of('SubnetIds: [!Ref V]')}`, ['5 Fs.SubnetIds[0] format']], // oxfmt-ignore
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each<[string, string, string, string]>([
    ['a bucket', 'ImportPath: !Ref R', 'AWS::S3::Bucket', 'Write !Sub s3://${R}.'],
    ['the ARN of a bucket', 'ImportPath: !GetAtt R.Arn', 'AWS::S3::Bucket', 'Write !Sub s3://${R}.'], // oxfmt-ignore
    ['a bucket for the results', 'ImportPath: s3://b, ExportPath: !Ref R', 'AWS::S3::Bucket', 'Write !Sub s3://${R}.'], // oxfmt-ignore
    ['a log group', 'LogConfiguration: {Level: WARN_ERROR, Destination: !Ref R}', 'AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/fsx/x}', 'Write !GetAtt R.Arn.'], // oxfmt-ignore
    ['the zone of a subnet', 'SubnetIds: [!GetAtt R.AvailabilityZone]', 'AWS::EC2::Subnet', 'Write !Ref R.'], // oxfmt-ignore
    ['the VPC of a group', 'SecurityGroupIds: [!GetAtt R.VpcId]', 'AWS::EC2::SecurityGroup', 'Write !GetAtt R.GroupId.'], // oxfmt-ignore
  ])('%s in place of what it has: what to write', (_, property, type, advice) => {
    const subnet = property.startsWith('Subnet') ? '' : `, SubnetIds: ${SUBNET}`;
    const text = `Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties: {StorageCapacity: 2400, ${property}${subnet}}\n  R: {Type: ${type}}`;
    const message = check(text).findings.find(({ rule }) => rule === 'format')?.message;
    expect(message).toMatch(
      new RegExp(`is not valid: use [^;]*\\. ${advice.replace(/[$.{}!/]/g, '\\$&')}$`),
    );
    const native = text.replace('Pangea::FSx::LustreFileSystem', 'AWS::FSx::FileSystem').replace('{StorageCapacity', '{FileSystemType: LUSTRE, StorageCapacity'); // oxfmt-ignore
    const nested = native.replace(/(ImportPath|LogConf)(.*?)(, SubnetIds)/, 'LustreConfiguration: {$1$2}$3'); // oxfmt-ignore
    expect(check(nested).findings.find(({ rule }) => rule === 'format')?.message).toContain(advice);
  });

  test('a log group whose name FSx does not take is no way out', () => {
    const text = of(`SubnetIds: ${SUBNET}, LogConfiguration: {Level: WARN_ERROR, Destination: !Ref G}`, '  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: lustre}}'); // oxfmt-ignore
    expect(
      check(text)
        .findings.map(({ message }) => message)
        .join(),
    ).not.toContain('!GetAtt');
  });
});

test('which file systems take associations is told from the catalog', () => {
  const messages = (properties: string) =>
    check(`Resources:
  Fs:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      SubnetIds: [subnet-0a1b2c3d4e5f60718]
      ${properties}
  Link:
    Type: AWS::FSx::DataRepositoryAssociation
    Properties: { FileSystemId: !Ref Fs, FileSystemPath: /a, DataRepositoryPath: s3://bucket-of-mine }
`).findings.flatMap(({ rule, message }) => (rule === 'association-unsupported' ? message : []));
  expect(messages('LustreConfiguration: { DeploymentType: SCRATCH_1 }')).toEqual([
    'Fs cannot have a data repository association, because it has SCRATCH_1: use SCRATCH_2, PERSISTENT_1 or PERSISTENT_2.',
  ]);
});
