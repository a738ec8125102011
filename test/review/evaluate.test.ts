/** What is known of a template before its deployment, told by what is found in it. */
import { check } from '../../src/review/check';
import { brief, withProperties } from './findings';

const SUBNETS = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';

interface Case {
  name: string;
  properties: string;
  sections?: string;
  parameters?: Record<string, string>;
  region?: string;
  expected: string[];
}

const CASES: Case[] = [
  {
    name: 'a value as it stands',
    properties: `StorageCapacity: 5000\n${SUBNETS}`,
    expected: ['5:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'the default of a parameter',
    properties: `StorageCapacity: !Ref Size\n${SUBNETS}`,
    sections: 'Parameters: {Size: {Type: Number, Default: 5000}}',
    expected: ['5:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'a value given for a parameter',
    properties: `StorageCapacity: !Ref Size\n${SUBNETS}`,
    sections: 'Parameters: {Size: {Type: Number, Default: 1200}}',
    parameters: { Size: '5000' },
    expected: ['5:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'a parameter without default is not missing',
    properties: `DeploymentType: PERSISTENT_2\nStorageCapacity: 1200\nPerUnitStorageThroughput: !Ref Tier\n${SUBNETS}`,
    sections: 'Parameters: {Tier: {Type: Number}}',
    expected: [],
  },
  {
    name: 'a list parameter',
    properties: 'StorageCapacity: 1200\nSubnetIds: !Ref Subnets',
    sections:
      'Parameters: {Subnets: {Type: CommaDelimitedList, Default: "subnet-01234567,subnet-89abcdef"}}',
    expected: ['6:7 Fs.SubnetIds one-subnet'],
  },
  {
    name: 'a parameter that Systems Manager holds',
    properties: `StorageCapacity: !Ref Size\n${SUBNETS}`,
    sections: 'Parameters: {Size: {Type: "AWS::SSM::Parameter::Value<String>", Default: /size}}',
    expected: [],
  },
  {
    name: 'a dynamic reference',
    properties: `StorageCapacity: '{{resolve:ssm:/size}}'\n${SUBNETS}`,
    expected: [],
  },
  {
    name: 'another resource, an import and a pseudo parameter',
    properties:
      'StorageCapacity: !ImportValue Size\nKmsKeyId: !GetAtt Key.Arn\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nSubnetIds: [!Ref Subnet]\nTags: [{Key: a, Value: !Ref "AWS::StackName"}]',
    expected: [],
  },
  {
    name: 'AWS::NoValue is absent',
    properties: 'StorageCapacity: 1200\nSubnetIds: !Ref AWS::NoValue',
    expected: ['2:3 Fs.SubnetIds required'],
  },
  {
    name: 'AWS::NoValue leaves a list',
    properties: 'StorageCapacity: 1200\nSubnetIds: [!Ref AWS::NoValue, subnet-0a1b2c3d4e5f60718]',
    expected: [],
  },
  {
    name: 'Fn::Sub',
    properties: `StorageCapacity: !Sub '\${Size}00'\n${SUBNETS}`,
    sections: 'Parameters: {Size: {Type: Number, Default: 50}}',
    expected: ['5:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'Fn::Sub with variables of its own, and a literal',
    properties: `ImportPath: !Sub ['http://\${B}/\${!x}', {B: bucket}]\nStorageCapacity: 1200\n${SUBNETS}`,
    expected: ['5:7 Fs.ImportPath format'],
  },
  {
    name: 'Fn::Sub of what is not known',
    properties: `ImportPath: !Sub 's3://\${Bucket}'\nStorageCapacity: 1200\n${SUBNETS}`,
    expected: [],
  },
  {
    name: 'Fn::Sub whose beginning can never be right',
    properties: `ImportPath: !Sub 'http://\${Bucket}'\nStorageCapacity: 1200\n${SUBNETS}`,
    expected: ['5:7 Fs.ImportPath format'],
  },
  {
    name: 'Fn::Join, Fn::Split, Fn::Select',
    properties: `StorageCapacity: !Join ['', [50, !Select [1, !Split ['-', 'a-01']]]]\n${SUBNETS}`,
    expected: ['5:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'Fn::FindInMap by a default',
    properties: `StorageCapacity: !FindInMap [Sizes, !Ref Stage, Size]\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: dev}}\nMappings: {Sizes: {dev: {Size: 5000}, prod: {Size: 1200}}}',
    expected: ['5:7 Fs.StorageCapacity storage-capacity (Stage is dev)'],
  },
  {
    name: 'Fn::FindInMap by a default: the other rows',
    properties: `StorageCapacity: !FindInMap [Sizes, !Ref Stage, Size]\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: dev}}\nMappings: {Sizes: {dev: {Size: 1200}, prod: {Size: 5000}}}',
    expected: ['5:7 Fs.StorageCapacity storage-capacity (Stage is prod)'],
  },
  {
    name: 'Fn::FindInMap by a parameter without default: every row',
    properties: `StorageCapacity: !FindInMap [Sizes, !Ref Stage, Size]\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String}}\nMappings: {Sizes: {dev: {Size: 1200}, prod: {Size: 5000}}}',
    expected: ['5:7 Fs.StorageCapacity storage-capacity (Stage is prod)'],
  },
  {
    name: 'Fn::FindInMap by the region',
    properties: `StorageCapacity: !FindInMap [Sizes, !Ref 'AWS::Region', Size]\n${SUBNETS}`,
    sections: 'Mappings: {Sizes: {us-east-1: {Size: 1200}, eu-west-1: {Size: 5000}}}',
    region: 'us-east-1',
    expected: [],
  },
  {
    name: 'Fn::FindInMap with a default of its own',
    properties: `StorageCapacity: !FindInMap [Sizes, none, Size, {DefaultValue: 5000}]\n${SUBNETS}`,
    sections: 'Mappings: {Sizes: {dev: {Size: 1200}}}',
    expected: ['5:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'each branch of an Fn::If',
    properties: `StorageCapacity: !If\n  - Large\n  - 5000\n  - 5001\n${SUBNETS}`,
    sections: 'Conditions: {Large: !Equals [!Ref "AWS::AccountId", "1"]}',
    expected: [
      '7:11 Fs.StorageCapacity storage-capacity (Large is true)',
      '8:11 Fs.StorageCapacity storage-capacity (Large is false)',
    ],
  },
  {
    name: 'branches that agree',
    properties: `DeploymentType: !If [Keep, PERSISTENT_1, SCRATCH_2]\nPerUnitStorageThroughput: !If [Keep, 200, !Ref AWS::NoValue]\nAutomaticBackupRetentionDays: !If [Keep, 7, 0]\nStorageCapacity: 1200\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: dev}}\nConditions: {Keep: !Equals [!Ref Stage, prod]}',
    expected: [],
  },
  {
    name: 'branches that do not agree',
    properties: `DeploymentType: !If [Keep, PERSISTENT_1, SCRATCH_2]\nPerUnitStorageThroughput: 200\nStorageCapacity: 1200\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: dev}}\nConditions: {Keep: !Equals [!Ref Stage, prod]}',
    expected: ['6:7 Fs.PerUnitStorageThroughput not-applicable (Keep is false)'],
  },
  {
    name: 'two conditions of the same parameter',
    properties: `DeploymentType: !If [Dev, SCRATCH_2, PERSISTENT_1]\nPerUnitStorageThroughput: !If [Prod, 200, !If [Dev, !Ref AWS::NoValue, 100]]\nStorageCapacity: 1200\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: dev}}\nConditions: {Dev: !Equals [!Ref Stage, dev], Prod: !Equals [prod, !Ref Stage]}',
    expected: [],
  },
  {
    name: 'a condition that a given parameter decides',
    properties: `StorageCapacity: !If [Large, 5000, 1200]\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: prod}}\nConditions: {Large: !Equals [!Ref Stage, prod]}',
    parameters: { Stage: 'dev' },
    expected: [],
  },
  {
    name: 'a condition that allowed values decide',
    properties: `StorageCapacity: !If [Other, 5000, 1200]\n${SUBNETS}`,
    sections:
      'Parameters: {Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\nConditions: {Other: !Not [!Or [!Equals [!Ref Stage, dev], !Equals [!Ref Stage, prod]]]}',
    expected: [],
  },
  {
    name: 'the parameter behind its own condition',
    properties: `DeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nKmsKeyId: !If [HasKey, !Ref Key, !Ref AWS::NoValue]\nStorageCapacity: 1200\n${SUBNETS}`,
    sections:
      "Parameters: {Key: {Type: String, Default: ''}}\nConditions: {HasKey: !Not [!Equals [!Ref Key, '']]}",
    expected: [],
  },
  {
    name: 'And, Or, Not and a condition of a condition',
    properties: `StorageCapacity: !If [Both, 5000, 1200]\n${SUBNETS}`,
    sections: [
      'Parameters: {A: {Type: String}, B: {Type: String, Default: x}}',
      'Conditions:',
      '  IsA: !Equals [!Ref A, a]',
      '  Both: !And [!Condition IsA, !Not [!Equals [!Ref B, x]]]',
    ].join('\n'),
    expected: ['5:35 Fs.StorageCapacity storage-capacity (Both is true)'],
  },
  {
    name: 'an Fn::If in a list',
    properties:
      'StorageCapacity: 1200\nSubnetIds:\n  - subnet-0a1b2c3d4e5f60718\n  - !If [Two, subnet-0f1e2d3c4b5a69788, !Ref AWS::NoValue]',
    sections: 'Conditions: {Two: !Equals [!Ref "AWS::AccountId", "1"]}',
    expected: ['6:7 Fs.SubnetIds one-subnet (Two is true)'],
  },
  {
    name: 'a condition that does not exist, or goes in circles',
    properties: `StorageCapacity: !If [Circle, 5000, 1200]\nKmsKeyId: !If [None, alias/a, !Ref AWS::NoValue]\n${SUBNETS}`,
    sections: 'Conditions: {Circle: !Not [!Condition Circle]}',
    expected: [
      '5:37 Fs.StorageCapacity storage-capacity (Circle is true)',
      '6:28 Fs.KmsKeyId not-applicable (None is true)',
    ],
  },
  {
    name: 'the long forms',
    properties: `StorageCapacity: {'Fn::If': [Large, {Ref: Size}, 1200]}\n${SUBNETS}`,
    sections:
      'Parameters: {Size: {Type: Number, Default: 5000}}\nConditions: {Large: {"Fn::Equals": [{Ref: "AWS::Region"}, x]}}',
    expected: ['5:43 Fs.StorageCapacity storage-capacity (Large is true)'],
  },
  {
    name: 'a list whose length counts',
    properties: `StorageCapacity: !If [One, 5000, 1200]\n${SUBNETS}`,
    sections: 'Conditions: {One: !Equals [!Length [a], 1]}',
    expected: ['5:34 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'a function that only CloudFormation carries out',
    properties: `StorageCapacity: !Transform {Name: Size}\n${SUBNETS}`,
    expected: [],
  },
  {
    name: 'members that only a macro sees',
    properties: "'Fn::Transform': {Name: Properties}\nStorageCapacity: 5000",
    expected: [],
  },
  {
    name: 'members that only a macro sees, further in',
    properties: `DeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125\nMetadataConfiguration: {Mode: AUTOMATIC, 'Fn::Transform': {Name: Metadata}}\nStorageCapacity: 5000\n${SUBNETS}`,
    expected: ['8:7 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'a word that looks like a number without end',
    properties: `Tags: [{Key: commit, Value: 12e4567}]\nStorageCapacity: 1200\n${SUBNETS}`,
    expected: [],
  },
  {
    name: 'an Fn::ForEach inside the properties',
    properties: `Fn::ForEach::Sizes:\n  - Name\n  - [StorageCapacity]\n  - '\${Name}': 5000\n${SUBNETS}`,
    expected: ['8:11 Fs.StorageCapacity storage-capacity'],
  },
  {
    name: 'null',
    properties: `StorageCapacity:\nSubnetIds: [subnet-0a1b2c3d4e5f60718]`,
    expected: ['5:7 Fs.StorageCapacity null-value'],
  },
  {
    name: 'what YAML 1.1 takes for a number',
    properties: `WeeklyMaintenanceStartTime: 6:00:00\nStorageCapacity: 1_200\n${SUBNETS}`,
    expected: ['5:7 Fs.WeeklyMaintenanceStartTime format'],
  },
];

test.each(CASES)('$name', ({ properties, sections = '', parameters = {}, region, expected }) => {
  const { findings } = check(withProperties(properties, sections), {
    parameters: new Map(Object.entries(parameters)),
    ...(region !== undefined && { region }),
  });
  // The resources that the properties refer to are left out of these templates.
  const others = findings.filter(({ rule }) => rule !== 'unknown-reference');
  expect(others.map(brief)).toEqual(expected);
});

test.each([
  ['eu-west-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('%s is in the partition %s', (region, partition, suffix) => {
  const { findings } = check(
    withProperties(
      `DeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 200\nStorageCapacity: !If [Right, 1200, 5000]\n${SUBNETS}`,
      `Conditions: {Right: !And [!Equals [!Ref 'AWS::Partition', ${partition}], !Equals [!Ref 'AWS::URLSuffix', ${suffix}]]}`,
    ),
    { region },
  );
  expect(findings).toEqual([]);
});

test.each(['[a]', 'foo', '[]'])('Properties: %s are told', (properties) => {
  const { findings } = check(
    `Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties: ${properties}`,
  );
  expect(findings.map(({ property, rule, message }) => [property, rule, message])).toEqual([
    ['Properties', 'type', `Properties ${properties} is not valid: expected an object.`],
  ]);
});

test('whole properties in an Fn::If', () => {
  const { findings } = check(
    [
      'Conditions: {Large: !Equals [!Ref "AWS::Region", x]}',
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: !If',
      '      - Large',
      '      - StorageCapacity: 5000',
      `        ${SUBNETS}`,
      '      - StorageCapacity: 1200',
    ].join('\n'),
  );
  expect(findings.map(brief)).toEqual([
    '7:9 Fs.StorageCapacity storage-capacity (Large is true)',
    '9:9 Fs.SubnetIds required (Large is false)',
  ]);
});

test('a resource is checked where its condition holds', () => {
  const template = (condition: string) =>
    [
      'Parameters: {Size: {Type: Number, Default: 0}}',
      `Conditions: {Wanted: ${condition}}`,
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Condition: Wanted',
      '    Properties:',
      '      StorageCapacity: !Ref Size',
      `      ${SUBNETS}`,
    ].join('\n');
  const wanted = check(template("!Not [!Equals [!Ref Size, '0']]"));
  expect(wanted.findings).toEqual([]);
  const never = check(template('!Equals [a, b]'));
  expect(never.findings).toEqual([]);
  expect(never.notes.map(({ message }) => message)).toEqual([
    'No deployment of the template creates it, so it was not checked.',
  ]);
});

test('each round of an Fn::ForEach is a resource', () => {
  const { findings, fileSystems } = check(
    [
      'Parameters: {Names: {Type: CommaDelimitedList, Default: "1200,50 00"}, Compression: {Type: String}}',
      'Resources:',
      '  Fn::ForEach::All:',
      '    - Size',
      '    - !Ref Names',
      '    - Fs&{Size}:',
      '        Type: Pangea::FSx::LustreFileSystem',
      '        Properties:',
      "          StorageCapacity: !Sub '${Size}'",
      `          ${SUBNETS}`,
      '          DataCompressionType: !Ref Compression',
    ].join('\n'),
  );
  expect(fileSystems).toBe(2);
  expect(findings.map(brief)).toEqual(['9:11 Fs5000.StorageCapacity type']);
});

test('an Fn::ForEach over what is not known is checked once', () => {
  const { findings, fileSystems } = check(
    [
      'Parameters: {Names: {Type: CommaDelimitedList}}',
      'Resources:',
      '  Fn::ForEach::All:',
      '    - Name',
      '    - !Ref Names',
      "    - 'Fs${Name}':",
      '        Type: Pangea::FSx::LustreFileSystem',
      '        Properties:',
      '          StorageCapacity: 5000',
      "          SubnetIds: [!Sub '${Name}']",
    ].join('\n'),
  );
  expect(fileSystems).toBe(1);
  expect(findings.map(brief)).toEqual(['9:11 Fs${Name}.StorageCapacity storage-capacity']);
});

test('more combinations than can be checked are told', () => {
  const names = Array.from({ length: 9 }, (_, index) => `C${index}`);
  const conditions = names.map((name) => `  ${name}: !Equals [!Ref "AWS::AccountId", ${name}]`);
  const tags = names.map(
    (name) => `  - !If [${name}, {Key: ${name}, Value: x}, !Ref AWS::NoValue]`,
  );
  const parameters = names.map((name) => `  P${name}: {Type: String}`);
  const sections = [
    'Parameters:',
    ...parameters,
    'Conditions:',
    ...conditions.map((line) =>
      line.replace('"AWS::AccountId"', line.trim().slice(0, 2).replace('C', 'PC')),
    ),
  ].join('\n');
  const { notes } = check(
    withProperties(`StorageCapacity: 1200\n${SUBNETS}\nTags:\n${tags.join('\n')}`, sections),
  );
  expect(notes.map(({ message }) => message)).toContain(
    'More than 256 combinations of conditions: the others were not checked.',
  );
});

test('what is not known is told, with the reason', () => {
  const { notes } = check(
    withProperties(
      [
        'StorageCapacity: !Ref Size',
        'KmsKeyId: !GetAtt Key.Arn',
        'BackupId: !ImportValue Backup',
        'SubnetIds: [!Ref Subnet]',
        "ImportPath: '{{resolve:ssm:/path}}'",
      ].join('\n'),
      'Parameters: {Size: {Type: Number}}',
    ).replace(
      'Resources:',
      'Resources:\n  Key: {Type: AWS::KMS::Key}\n  Subnet: {Type: AWS::EC2::Subnet}',
    ),
  );
  expect(notes.map(({ message }) => message.replace(/: rules.*/, ''))).toEqual([
    'StorageCapacity is not known, because the parameter Size has no default',
    'KmsKeyId is not known, because Key.Arn is known when it is created',
    'BackupId is not known, because Backup is imported from another stack',
    'SubnetIds[0] is not known, because Subnet is created at deployment',
    'ImportPath is not known, because {{resolve:ssm:/path}} is resolved by CloudFormation',
  ]);
});
