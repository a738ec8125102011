/** The rules in Rego on templates: what the engine resolves, and what it leaves open. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../templates/engine';
import { PROPERTY_NAMES, PROPERTY_SHAPES } from '../../src/lustre/properties/shapes';
import { TYPES, regoFindings, resourceOf } from './rego-judge';

/** Logical id, severity, rule, place and message of each finding. */
const found = (template: unknown): string[] =>
  regoFindings(template).map(
    ({ entity, severity, ruleId, propertyPath, message }) =>
      `${entity?.logicalId} ${severity} ${ruleId.replace('pangea-lustre.', '')} ${propertyPath}: ${message}`,
  );

/** A template of one file system, of our type, with further sections. */
const template = (properties: string, sections = '') => `${sections}
Resources:
  Fs:
    Type: Pangea::FSx::LustreFileSystem
    Properties:
      SubnetIds: [!Ref Subnet]
${properties
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
`;

const SUBNET = 'Parameters:\n  Subnet: { Type: String }\n';

test('the examples pass', () => {
  const files = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files)
    expect([file, ...found(readFileSync(join(ROOT, 'examples', file), 'utf8'))]).toEqual([file]);
});

test('a finding has its rule, severity, place and line', () => {
  const [finding, ...others] = regoFindings(template('StorageCapacity: 1300', SUBNET));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    ruleId: 'pangea-lustre.storage-capacity',
    severity: 'ERROR',
    source: 'CUSTOM',
    entity: { logicalId: 'Fs', entityType: 'Resource' },
    propertyPath: 'Properties.StorageCapacity',
    startLine: 9,
    startColumn: 7,
    message:
      'StorageCapacity 1300 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 2400.',
  });
});

describe('other file systems are passed over', () => {
  test.each([
    ['of another kind', 'FileSystemType: ONTAP, StorageCapacity: 1'],
    ['of a kind that is not known', 'FileSystemType: !Ref Kind, StorageCapacity: 1'],
    [
      'whose configuration is not known',
      'FileSystemType: LUSTRE, LustreConfiguration: !ImportValue x',
    ],
  ])('%s', (_, properties) => {
    const parameters = 'Parameters:\n  Kind: { Type: String }\n';
    const resource = `  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties: { ${properties} }\n`;
    expect(found(`${parameters}Resources:\n${resource}`)).toEqual([]);
  });
});

describe('conditions', () => {
  const CONDITIONS = `Conditions:
  Large: !Equals [!Ref AWS::StackName, large]
  Small: !Not [!Condition Large]
`;

  test('a branch that is wrong is told with its condition', () => {
    const [finding, ...others] = regoFindings(
      template('StorageCapacity: !If [Large, 1300, 1200]', SUBNET + CONDITIONS),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ conditionScenario: { Large: true } });
    expect(finding?.message).toMatch(/^StorageCapacity 1300 .* This is so where Large is true\.$/);
  });

  test('two branches that never come together are not held against each other', () => {
    const properties = `StorageCapacity: 1200
DeploymentType: !If [Large, PERSISTENT_1, SCRATCH_2]
PerUnitStorageThroughput: !If [Small, !Ref AWS::NoValue, 50]`;
    expect(found(template(properties, SUBNET + CONDITIONS))).toEqual([]);
  });

  test('a branch that is left out is left out', () => {
    const properties = `StorageCapacity: 1200
DeploymentType: PERSISTENT_1
PerUnitStorageThroughput: !If [Large, !Ref AWS::NoValue, 50]
Tags: [!If [Large, !Ref AWS::NoValue, { Key: a, Value: b }]]`;
    expect(found(template(properties, SUBNET + CONDITIONS))).toEqual([
      'Fs ERROR required Properties.PerUnitStorageThroughput: PerUnitStorageThroughput is required for PERSISTENT_1 SSD: use 50, 100 or 200 (MB/s per TiB). This is so where Large is true.',
    ]);
  });

  test('what is wrong in every branch is told without', () => {
    expect(
      found(template('StorageCapacity: !If [Large, 1300, 1300]', SUBNET + CONDITIONS)),
    ).toEqual([expect.stringMatching(/nearest 1200 or 2400\.$/)]);
  });

  test('a value under a condition and its contrary ends no run of the engine, and is not told', () => {
    const sections = `${SUBNET}  Size: { Type: Number, Default: 1400 }\n${CONDITIONS}`;
    const capacity = '!If [Large, 2400, !If [Large, !Ref Size, 1300]]';
    expect(found(template(`StorageCapacity: ${capacity}`, sections))).toEqual([
      expect.stringMatching(/^Fs ERROR storage-capacity .* 1300 .* where Large is false\.$/),
    ]);
  });

  test('a resource that a condition creates is checked where it is created', () => {
    const text = template('StorageCapacity: !If [Large, 1200, 1300]', SUBNET + CONDITIONS).replace(
      '    Properties:',
      '    Condition: Large\n    Properties:',
    );
    expect(found(text)).toEqual([]);
  });
});

describe('a parameter that decides a condition and has a value in the same file system', () => {
  const SECTIONS = `
Parameters:
  Subnet: { Type: String }
  Kind: { Type: String, Default: PERSISTENT_2, AllowedValues: [SCRATCH_2, PERSISTENT_2, PERSISTENT_1] }
  Free: { Type: String, Default: PERSISTENT_2 }
  Size: { Type: Number, Default: 0 }
  Form: { Type: String, Default: none, AllowedValues: [solid, disk, none] }
Mappings:
  Forms:
    disk: { Deployment: PERSISTENT_1, Storage: HDD, Tier: 12, Smallest: 6000 }
    none: { Deployment: SCRATCH_2, Storage: SSD, Tier: 0, Smallest: 1200 }
    solid: { Deployment: PERSISTENT_1, Storage: SSD, Tier: 50, Smallest: 1200 }
Conditions:
  IsScratch: !Equals [!Ref Kind, SCRATCH_2]
  IsPersistent: !Not [!Condition IsScratch]
  IsOld: !And [!Condition IsPersistent, !Equals [PERSISTENT_1, !Ref Kind]]
  IsOneOf: !Or [!Equals [!Ref Kind, SCRATCH_1], !Condition IsScratch]
  IsFreeScratch: !Equals [!Ref Free, SCRATCH_2]
  IsSmallest: !Equals [!Ref Size, 0]
  HasNoTier: !Equals [!Ref Form, none]
Resources:`;
  const of = (name: string, ...properties: readonly string[]): string =>
    [
      `  ${name}:`,
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties:',
      '      SubnetIds: [!Ref Subnet]',
      ...properties.map((line) => `      ${line}`),
    ].join('\n');
  const TIER = '!If [IsOld, 50, 125]';

  test('is not told for values that never come together', () => {
    const resources = [
      of('ByCondition', 'StorageCapacity: 1200', 'DeploymentType: !Ref Kind', `PerUnitStorageThroughput: !If [IsScratch, !Ref AWS::NoValue, ${TIER}]`),
      of('ByOr', 'StorageCapacity: 1200', 'DeploymentType: !Ref Kind', `PerUnitStorageThroughput: !If [IsOneOf, !Ref AWS::NoValue, ${TIER}]`),
      of('WithoutAllowedValues', 'StorageCapacity: 1200', 'DeploymentType: !Ref Free', 'PerUnitStorageThroughput: !If [IsFreeScratch, !Ref AWS::NoValue, 125]'),
      of('ByMapping',
        'DeploymentType: !FindInMap [Forms, !Ref Form, Deployment]',
        'StorageType: !FindInMap [Forms, !Ref Form, Storage]',
        'StorageCapacity: !If [IsSmallest, !FindInMap [Forms, !Ref Form, Smallest], !Ref Size]',
        'PerUnitStorageThroughput: !If [HasNoTier, !Ref AWS::NoValue, !FindInMap [Forms, !Ref Form, Tier]]'),
    ]; // oxfmt-ignore
    expect(found([SECTIONS, ...resources, ''].join('\n'))).toEqual([]);
  });

  test('is told where they do', () => {
    const resources = [
      of('ByCondition', 'StorageCapacity: 1200', 'DeploymentType: !Ref Kind', `PerUnitStorageThroughput: !If [IsPersistent, !Ref AWS::NoValue, 125]`),
      of('ByMapping',
        'DeploymentType: !FindInMap [Forms, !Ref Form, Deployment]',
        'StorageType: SSD',
        'StorageCapacity: !If [HasNoTier, 1300, 2400]',
        'PerUnitStorageThroughput: !If [HasNoTier, !Ref AWS::NoValue, 50]'),
    ]; // oxfmt-ignore
    expect(found([SECTIONS, ...resources, ''].join('\n'))).toEqual([
      expect.stringMatching(/^ByCondition ERROR not-applicable .* where IsPersistent is false\.$/),
      expect.stringMatching(/^ByCondition ERROR required .* where IsPersistent is true\.$/),
      expect.stringMatching(/^ByMapping ERROR storage-capacity .* 1300 .* where HasNoTier is true/),
    ]);
  });
});

describe('parameters', () => {
  const choice = (values: string, usual = '') =>
    `${SUBNET}  Choice: { Type: String, AllowedValues: [${values}]${usual && `, Default: ${usual}`} }\n`;

  test('a default that is refused is an error', () => {
    const sections = `${SUBNET}  Size: { Type: Number, Default: 1300 }\n`;
    expect(found(template('StorageCapacity: !Ref Size', sections))).toEqual([
      expect.stringMatching(/^Fs ERROR storage-capacity Properties\.StorageCapacity: /),
    ]);
    expect(found(template('StorageCapacity: !Ref Choice', choice('1200, 1300', '1300')))).toEqual([
      expect.stringMatching(/^Fs ERROR storage-capacity /),
    ]);
  });

  test('a value that can never be chosen is a warning', () => {
    const sections = choice('1200, 1300, 2400', '1200');
    expect(found(template('StorageCapacity: !Ref Choice', sections))).toEqual([
      'Fs WARN storage-capacity Properties.StorageCapacity: 1300 is never valid for Choice: StorageCapacity 1300 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 2400.',
    ]);
  });

  test('a value that another choice mends is left to the deployment', () => {
    const sections = `${choice('PERSISTENT_1, PERSISTENT_2', 'PERSISTENT_1')}  Tier: { Type: Number, AllowedValues: [50, 125], Default: 50 }\n`;
    const properties = `StorageCapacity: 1200
DeploymentType: !Ref Choice
PerUnitStorageThroughput: !Ref Tier`;
    expect(found(template(properties, sections))).toEqual([]);
  });

  test('what every choice has is an error, without a default too', () => {
    expect(found(template('StorageCapacity: !Ref Choice', choice('1300, 1400')))).toEqual([
      expect.stringMatching(/^Fs ERROR storage-capacity .* 1300 /),
      expect.stringMatching(/^Fs ERROR storage-capacity .* 1400 /),
    ]);
  });

  test('what the deployment looks up is not known', () => {
    const sections = `${SUBNET}  Size: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /size }\n`;
    expect(found(template('StorageCapacity: !Ref Size', sections))).toEqual([]);
  });

  test('a default that is empty, or that no id can be, is for the caller to replace', () => {
    const sections = `Parameters:
  Subnet: { Type: 'AWS::EC2::Subnet::Id', Default: '' }
  Subnets: { Type: CommaDelimitedList, Default: '' }
  Groups: { Type: CommaDelimitedList, Default: sg-changeme }
  Key: { Type: String, Default: your-key }
  Path: { Type: String, Default: '' }
  Size: { Type: String, Default: '' }
`;
    const properties = `StorageCapacity: !Ref Size
SecurityGroupIds: !Ref Groups
DeploymentType: PERSISTENT_1
PerUnitStorageThroughput: 50
ImportPath: !Ref Path
AutomaticBackupRetentionDays: 7
KmsKeyId: !Sub 'arn:\${AWS::Partition}:kms:eu-west-1:123456789012:key/\${Key}'`;
    expect(found(template(properties, sections))).toEqual([]);
    const list = template(properties, sections).replace('[!Ref Subnet]', '!Ref Subnets');
    expect(found(list)).toEqual([]);
    expect(found(list.replace("Subnets: { Type: CommaDelimitedList, Default: '' }", "Subnets: { Type: CommaDelimitedList, Default: 'subnet-1, subnet-2' }"))).toEqual([]); // oxfmt-ignore
    const given = template(properties, sections).replace('!Ref Path', "''");
    expect(found(given)).toEqual([
      expect.stringMatching(/^Fs ERROR format Properties\.ImportPath: /),
      expect.stringMatching(/^Fs ERROR s3-backups /),
    ]);
  });

  test('very many choices take the defaults alone', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    const sections = `${SUBNET}${names.map((name) => `  ${name}: { Type: String, Default: x, AllowedValues: [x, y, z, 1] }\n`).join('')}`;
    const properties = `StorageCapacity: 1300
Tags:
${names.map((name) => `  - { Key: ${name}, Value: !Ref ${name} }`).join('\n')}`;
    expect(found(template(properties, sections))).toEqual([
      expect.stringMatching(/^Fs ERROR storage-capacity /),
    ]);
  });
});

describe('values that are not known', () => {
  const OPEN = `${SUBNET}  Open: { Type: String }\n`;

  test.each([
    ['a capacity', 'StorageCapacity: !Ref Open'],
    ['a deployment', 'StorageCapacity: 1200\nDeploymentType: !Ref Open\nKmsKeyId: !Ref Open'],
    [
      'a tier',
      'StorageCapacity: 1200\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: !Ref Open',
    ],
    [
      'EFA',
      'StorageCapacity: 38400\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125\nEfaEnabled: !Ref Open',
    ],
    ['a backup', 'BackupId: !Ref Open'],
    [
      'lists',
      'StorageCapacity: 1200\nSecurityGroupIds: !Split [",", !Ref Open]\nTags: [{ Key: !Ref Open, Value: !Sub "${Open}-x" }]',
    ],
    ['an object', 'StorageCapacity: 1200\nLogConfiguration: !FindInMap [M, !Ref Open, b]'],
    [
      'subnets',
      'StorageCapacity: 1200\nSubnetIds: !Ref Open'.replace('SubnetIds', 'SecurityGroupIds'),
    ],
    [
      'days',
      'StorageCapacity: 1200\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nAutomaticBackupRetentionDays: !Ref Open\nDailyAutomaticBackupStartTime: "05:00"',
    ],
    [
      'a function that nobody knows',
      'StorageCapacity: 1200\nSecurityGroupIds: [{ "Fn::Nope": 1 }]',
    ],
    ['a value that may ask for nothing', 'StorageCapacity: 1200\nEfaEnabled: !Ref Open'],
  ])('%s may be right', (_, properties) => {
    const mapping = 'Mappings:\n  M: { a: { b: c } }\n';
    expect(found(template(properties, OPEN + mapping))).toEqual([]);
  });

  test.each([
    [
      'of no tier',
      'StorageCapacity: 1300\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: !Ref Open',
      'storage-capacity',
    ],
    [
      'with or without EFA',
      'StorageCapacity: 1300\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125\nEfaEnabled: !Ref Open',
      'storage-capacity',
    ],
    ['of no deployment', 'StorageCapacity: 1300\nDeploymentType: !Ref Open', 'storage-capacity'],
    ['given at all', 'StorageCapacity: 1200\nThroughputCapacity: !Ref Open', 'not-applicable'],
    ['beside ImportPath', 'StorageCapacity: 1200\nExportPath: !Ref Open', 's3-link'],
    ['two of them', 'StorageCapacity: 1200\nSubnetIds: [!Ref Open, !Ref Open]', 'one-subnet'],
  ])('what is wrong whatever they are is told: %s', (_, properties, rule) => {
    const text = template(properties, OPEN);
    const once = text.includes('SubnetIds: [!Ref Open')
      ? text.replace('      SubnetIds: [!Ref Subnet]\n', '')
      : text;
    expect(found(once)).toEqual([expect.stringContaining(`Fs ERROR ${rule} `)]);
  });
});

test.each([
  ['a tag', (letter: string) => `Tags: [{ Key: ${letter.repeat(128)}, Value: ${letter.repeat(256)} }]`],
  ['a longer tag', (letter: string) => `Tags: [{ Key: ${letter.repeat(129)}, Value: a }]`],
])('characters are counted, not the code units of their encoding: %s', (_, tags) => {
  const [letters, others] = ['a', '\u{1d4b3}'].map((letter) =>
    found(template(`StorageCapacity: 1200\n${tags(letter)}`, SUBNET)).map((line) => line.slice(0, 40)),
  );
  expect(others).toEqual(letters);
}); // oxfmt-ignore

describe('of our type alone', () => {
  test('a name that it does not have, and an attribute', () => {
    const properties = `StorageCapacity: 1200
storage_type: SSD
Sise: 4
MountCommand: mount
LogConfiguration: { Level: DISABLED, Size: 4, storageType: SSD }
Tags: [{ key: a, Value: b }]`;
    expect(found(template(properties, SUBNET)).sort()).toEqual([
      'Fs ERROR read-only Properties.MountCommand: MountCommand is read-only: the resource type returns it. Remove it, and use Fn::GetAtt to read it.',
      'Fs ERROR unknown-property Properties.LogConfiguration.Size: LogConfiguration.Size is not a property of this type: omit it.',
      'Fs ERROR unknown-property Properties.LogConfiguration.storageType: LogConfiguration.storageType is not a property of this type: omit it.',
      'Fs ERROR unknown-property Properties.Sise: Sise is not a property of this type: omit it.',
      'Fs ERROR unknown-property Properties.Tags.0.key: "Tags[0].key" is not a property of this type: use Key.',
      'Fs ERROR unknown-property Properties.storage_type: storage_type is not a property of this type: use StorageType.',
    ]);
  });

  test('a bucket that cannot be', () => {
    const properties = 'StorageCapacity: 1200\nImportPath: s3://192.168.0.1/in';
    expect(found(template(properties, SUBNET))).toEqual([
      expect.stringMatching(/^Fs ERROR s3-bucket-name Properties\.ImportPath: /),
    ]);
  });
});

test.each([
  ['no properties', { Type: 'Pangea::FSx::LustreFileSystem' }, 2],
  ['properties that are a list', { Type: 'Pangea::FSx::LustreFileSystem', Properties: [] }, 2],
  ['properties that are a text', { Type: 'AWS::FSx::FileSystem', Properties: 'x' }, 0],
  ['no type', { Properties: {} }, 0],
  ['a type that is a list', { Type: [], Properties: {} }, 0],
  [
    'values of every wrong kind',
    {
      Type: 'Pangea::FSx::LustreFileSystem',
      Properties: {
        StorageCapacity: [{}],
        SubnetIds: { a: 1 },
        Tags: 'x',
        EfaEnabled: 2,
        DeploymentType: {},
        LogConfiguration: [[]],
        MetadataConfiguration: 'x',
      },
    },
    7,
  ],
])('%s ends no run of the engine', (_, resource, count) => {
  expect(found({ Resources: { Fs: resource } })).toHaveLength(count);
});

test('no value of a property ends a run of the engine, which would end cdk synth', () => {
  const members = Object.values(PROPERTY_SHAPES).flatMap((shape) =>
    shape.type === 'object' ? Object.keys(shape.members) : [],
  );
  const scalar = fc.oneof(
    fc.constantFrom(
      null,
      '',
      'LUSTRE',
      'SCRATCH_2',
      'PERSISTENT_2',
      'HDD',
      '1e9',
      '-0',
      '٣',
      1e300,
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...members, 'Key', 'Value', 'Ref', 'Fn::If', 'Fn::Sub', 'Fn::GetAtt', ''),
        tie('value'),
        { maxKeys: 3 },
      ),
    ),
  }));
  const model = fc.dictionary(fc.constantFrom(...PROPERTY_NAMES, 'Nope'), value, { maxKeys: 8 });
  const models = fc.sample(model, { numRuns: 200, seed: 20_261_126 });
  const odd = fc.sample(value, { numRuns: 50, seed: 20_261_126 });
  const resources = [
    ...TYPES.flatMap((type) => models.map((each) => resourceOf(each, type))),
    ...odd.flatMap((LustreConfiguration) => [
      {
        Type: 'AWS::FSx::FileSystem',
        Properties: { FileSystemType: 'LUSTRE', LustreConfiguration },
      },
      { Type: 'Pangea::FSx::LustreFileSystem', Properties: LustreConfiguration },
    ]),
  ];
  const Parameters = {
    A: { Type: 'String', AllowedValues: 5 },
    B: 7,
    C: { AllowedValues: [[], null] },
  };
  for (let from = 0; from < resources.length; from += 100) {
    const Resources = Object.fromEntries(
      resources.slice(from, from + 100).map((each, index) => [`R${index}`, each]),
    );
    expect(found({ Parameters, Resources }).length).toBeGreaterThan(0);
  }
});

test.each<[string, unknown]>([
  ['with a text around it', { 'Fn::Sub': 'alias/${Env}' }],
  ['as a variable of Fn::Sub', { 'Fn::Sub': ['alias/${X}', { X: { Ref: 'Env' } }] }],
  ['beside another one', { 'Fn::Sub': 'alias/${Env}-${Name}' }],
  ['with its only value', { 'Fn::Sub': 'alias/${Only}' }],
])('a value of AllowedValues %s leaves the other findings', (_, KmsKeyId) => {
  const listed = (...AllowedValues: string[]) => ({ Type: 'String', AllowedValues });
  const template = {
    Parameters: { Env: listed('dev', 'prod'), Name: listed('a', 'b'), Only: listed('a') },
    Resources: {
      Fs: {
        Type: 'Pangea::FSx::LustreFileSystem',
        Properties: { StorageCapacity: 1300, SubnetIds: ['subnet-0123456789abcdef0'], KmsKeyId },
      },
    },
  };
  const rules = regoFindings(template).map(({ ruleId }) => ruleId);
  expect(rules).toContain('pangea-lustre.storage-capacity');
});
