/** Names that a template refers to and does not have: CloudFormation refuses the template before it creates anything. */
import { check } from '../../src/review/check';
import { SUBNET, withProperties } from './findings';

const told = (text: string, parameters: Record<string, string> = {}, region?: string): string[] =>
  check(text, {
    parameters: new Map(Object.entries(parameters)),
    ...(region !== undefined && { region }),
  }).findings.map(
    ({ line, column, logicalId, rule, message, when }) =>
      `${line}:${column} ${logicalId} ${rule}: ${message}${when === undefined ? '' : ` (${when})`}`,
  );

const SIZE = `StorageCapacity: 1200\n${SUBNET}`;
const ENV = 'Parameters: {Env: {Type: String, Default: dev}}';
const SIZES = 'Mappings: {Sizes: {dev: {GiB: 1200}, prod: {GiB: 2400}}}';
const tag = (value: string): string => `${SIZE}\nTags: [{Key: a, Value: ${value}}]`;

test.each<[string, string, string[]]>([
  [
    'a pseudo parameter',
    withProperties(tag("!Ref 'AWS::Regoin'")),
    [
      '7:30 Fs unknown-reference: AWS::Regoin is not a pseudo parameter, and CloudFormation refuses it: did you mean AWS::Region?',
    ],
  ],
  [
    'a pseudo parameter in a text',
    withProperties(tag("!Sub 'x ${AWS::Account}'")),
    [
      '7:38 Fs unknown-reference: AWS::Account is not a pseudo parameter, and CloudFormation refuses it: did you mean AWS::AccountId?',
    ],
  ],
  ['every pseudo parameter that there is', withProperties(tag("!Sub '${AWS::AccountId}${AWS::Partition}${AWS::Region}${AWS::StackId}${AWS::StackName}${AWS::URLSuffix}'")), []], // oxfmt-ignore
  [
    'an attribute of a parameter',
    withProperties(tag('!GetAtt Env.Name'), ENV),
    ['7:30 Fs unknown-reference: The template has no resource Env, and CloudFormation refuses it.'],
  ],
  [
    'the condition of an Fn::If',
    withProperties(
      `StorageCapacity: !If [Large, 2400, 1200]\n${SUBNET}`,
      "Conditions: {IsLarge: !Equals [!Ref 'AWS::Region', x]}",
    ),
    [
      '5:29 Fs unknown-reference: The template has no condition Large, and CloudFormation refuses it: did you mean IsLarge?',
    ],
  ],
  [
    'the condition of an Fn::If inside of another, in JSON',
    '{"Conditions": {"A": {"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}}, "Resources": {"Fs": {"Type": "AWS::FSx::FileSystem", "Properties": {"FileSystemType": "LUSTRE", "StorageCapacity": {"Fn::If": ["A", {"Fn::If": ["B", 1200, 2400]}, 1200]}, "SubnetIds": ["subnet-0a1b2c3d4e5f60718"], "LustreConfiguration": {"DeploymentType": "SCRATCH_2"}}}}}',
    [
      '1:214 Fs unknown-reference: The template has no condition B, and CloudFormation refuses it: did you mean A?',
    ],
  ],
  [
    'the condition of the file system',
    withProperties(SIZE).replace('    Properties:', '    Condition: Large\n    Properties:'),
    [
      '4:16 Fs unknown-reference: The template has no condition Large, and CloudFormation refuses it.',
    ],
  ],
  [
    'what the file system depends on',
    withProperties(SIZE).replace('    Properties:', '    DependsOn: [Fs, Rules]\n    Properties:'),
    [
      '4:5 Fs resource-attribute: Fs depends on itself, and CloudFormation refuses that: omit it from DependsOn.',
      '4:21 Fs unknown-reference: The template has no resource Rules, and CloudFormation refuses it.',
    ],
  ],
  [
    'a parameter in a condition that another condition needs',
    withProperties(
      `StorageCapacity: !If [A, 2400, 1200]\n${SUBNET}`,
      'Conditions:\n  A: !Not [{Condition: B}]\n  B: !Equals [!Ref Stage, x]\n  C: !Equals [!Ref Other, x]',
    ),
    [
      '9:15 B unknown-reference: The template has no parameter Stage, and CloudFormation refuses it.',
    ],
  ],
  [
    'a condition in a condition',
    withProperties(
      `StorageCapacity: !If [A, 2400, 1200]\n${SUBNET}`,
      'Conditions:\n  A: !Or [!Condition Bee, !Condition A]',
    ),
    ['8:22 A unknown-reference: The template has no condition Bee, and CloudFormation refuses it.'],
  ],
  [
    'a resource in an output',
    withProperties(
      SIZE,
      'Outputs: {Name: {Value: !GetAtt FileSystem.DNSName}, Good: {Value: !GetAtt Fs.DNSName}}',
    ),
    [
      '7:25 Name unknown-reference: The template has no resource FileSystem, and CloudFormation refuses it.',
    ],
  ],
  [
    'the condition of an output',
    withProperties(SIZE, 'Outputs: {Name: {Condition: Large, Value: !GetAtt Fs.DNSName}}'),
    [
      '7:29 Name unknown-reference: The template has no condition Large, and CloudFormation refuses it.',
    ],
  ],
  [
    'a mapping',
    withProperties(`StorageCapacity: !FindInMap [Size, dev, GiB]\n${SUBNET}`, SIZES),
    [
      '5:7 Fs unknown-reference: CloudFormation refuses this: there is no Size.dev.GiB in Mappings.',
    ],
  ],
  [
    'a mapping, where there are none',
    withProperties(`StorageCapacity: !FindInMap [Size, dev, GiB]\n${SUBNET}`),
    [
      '5:7 Fs unknown-reference: CloudFormation refuses this: there is no Size.dev.GiB in Mappings.',
    ],
  ],
  [
    'a key of a mapping, in a text',
    withProperties(tag("!Sub ['x${V}', {V: !FindInMap [Sizes, dev, Name]}]"), SIZES),
    [
      '7:23 Fs unknown-reference: CloudFormation refuses this: there is no Sizes.dev.Name in Mappings.',
    ],
  ],
  [
    'an item of a list that no mapping has',
    withProperties(
      `StorageCapacity: 1200\nSubnetIds: [!Select [0, !FindInMap [Sizes, dev, Subnets]]]`,
      SIZES,
    ),
    [
      '6:19 Fs unknown-reference: CloudFormation refuses this: there is no Sizes.dev.Subnets in Mappings.',
    ],
  ],
  [
    'a key that has another value to fall back on',
    `Transform: AWS::LanguageExtensions\n${withProperties(`StorageCapacity: !FindInMap [Sizes, test, GiB, {DefaultValue: 1200}]\n${SUBNET}`, SIZES)}`,
    [],
  ],
  [
    'names that a macro may add',
    `Transform: Company::Macro\n${withProperties(`StorageCapacity: !FindInMap [Size, dev, GiB]\nSubnetIds: [!If [Large, !Ref One, !Ref Other]]`)}`,
    [],
  ],
  [
    'names that may be included',
    withProperties(
      `StorageCapacity: !If [Large, 2400, 1200]\n${SUBNET}`,
      "Conditions: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: 's3://b/c.yaml'}}}",
    ),
    [],
  ],
  [
    'a resource of a module',
    withProperties('StorageCapacity: 1200\nSubnetIds: [!Ref NetSubnet]').replace(
      'Resources:',
      'Resources:\n  Net: {Type: Company::Net::Subnets::MODULE}',
    ),
    [],
  ],
])('%s', (_, text, expected) => {
  expect(told(text)).toEqual(expected);
});

describe('a key of a mapping by a parameter', () => {
  const text = withProperties(
    `StorageCapacity: !FindInMap [Sizes, !Ref Env, GiB]\n${SUBNET}`,
    `${ENV}\n${SIZES}`,
  );
  const missing = '5:7 Fs unknown-reference: CloudFormation refuses this: there is no';

  test('that is given', () => {
    expect(told(text, { Env: 'test' })).toEqual([`${missing} Sizes.test.GiB in Mappings.`]);
    expect(told(text, { Env: 'prod' })).toEqual([]);
  });

  test('by its default', () => {
    expect(told(text.replace('Default: dev', 'Default: qa'), {})).toEqual([
      `${missing} Sizes.qa.GiB in Mappings.`,
    ]);
  });

  test('whose default is empty, because the caller gives it', () => {
    expect(told(text.replace('Default: dev', "Default: ''"), {})).toEqual([]);
  });

  test('by the region', () => {
    const regions = text
      .replace('!Ref Env', "!Ref 'AWS::Region'")
      .replace('dev:', 'us-east-1:')
      .replace('prod:', 'eu-west-1:');
    expect(told(regions, {}, 'eu-west-1')).toEqual([]);
    expect(told(regions, {}, 'ap-south-1')).toEqual([
      `${missing} Sizes.ap-south-1.GiB in Mappings.`,
    ]);
  });
});

test('what no parameter or resource is called is not said to be created', () => {
  const { notes } = check(withProperties('StorageCapacity: 1200\nSubnetIds: [!GetAtt Nett.Id]'));
  expect(notes.map(({ message }) => message)).toEqual([
    'SubnetIds[0] is not known, because the template has no resource Nett: rules that need it were not checked.',
  ]);
});

describe('a resource that a condition takes away', () => {
  const text = (properties: string, fileSystem = '', sections = ''): string =>
    [
      sections,
      'Parameters:',
      '  Linked: {Type: String, Default: "yes", AllowedValues: ["yes", "no"]}',
      '  Made: {Type: String, Default: "yes", AllowedValues: ["yes", "no"]}',
      'Conditions:',
      '  IsLinked: !Equals [!Ref Linked, "yes"]',
      '  IsMade: !Equals [!Ref Made, "yes"]',
      'Resources:',
      '  Bucket: {Type: AWS::S3::Bucket, Condition: IsLinked}',
      '  Subnet: {Type: AWS::EC2::Subnet, Condition: IsMade, Properties: {VpcId: vpc-01234567}}',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      fileSystem,
      `    Properties: {StorageCapacity: 1200, ${properties}}`,
    ].join('\n');
  const refused = (name: string, id: string, where: string): string =>
    `Fs.${name} ${id} is not created, and CloudFormation refuses references to it. Refer to it in Fn::If only, or give both resources the same condition. (${where})`;

  test.each<[string, string, string[]]>([
    ['in a text', text(`${SUBNET}, ImportPath: !Sub "s3://\${Bucket}/in"`), [refused('Bucket', 'Bucket', 'IsLinked is false')]],
    ['in a list, by its attribute', text('SubnetIds: [!GetAtt Subnet.SubnetId]'), [refused('Subnet.SubnetId', 'Subnet', 'IsMade is false')]],
    ['in a branch for it', text(`${SUBNET}, ImportPath: !If [IsLinked, !Sub "s3://\${Bucket}", !Ref AWS::NoValue]`), []],
    ['in a branch for another condition', text(`${SUBNET}, ImportPath: !If [IsMade, !Sub "s3://\${Bucket}", !Ref AWS::NoValue]`), [refused('Bucket', 'Bucket', 'IsMade is true and IsLinked is false')]],
    ['of a file system with the same condition', text(`${SUBNET}, ImportPath: !Sub "s3://\${Bucket}"`, '    Condition: IsLinked'), []],
    ['that it depends on only', text(SUBNET, '    DependsOn: Bucket'), []],
    ['which a macro may change', text('SubnetIds: [!Ref Subnet]', '', 'Transform: Mine'), []],
  ])('%s', (_, template, expected) => {
    const found = check(template).findings.map(
      ({ logicalId, property, message, when = 'always' }) => `${logicalId}.${property} ${message} (${when})`,
    );
    expect(found).toEqual(expected);
  }); // oxfmt-ignore
});

// Its last letter was once taken for a period.
test('Fn::GetAtt without an attribute names the whole resource', () => {
  const { notes } = check(withProperties('StorageCapacity: 1200\nSubnetIds: [!GetAtt Nett]'));
  expect(notes.map(({ message }) => message)).toEqual([
    'SubnetIds[0] is not known, because the template has no resource Nett: rules that need it were not checked.',
  ]);
});

describe('a name of an Fn::ForEach whose collection is not known', () => {
  const text = (name: string): string => `Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}}
Conditions: {'Fn::ForEach::C': [N, !Ref Names, {'Is\${N}': !Equals [!Ref 'AWS::Region', x]}]}
Resources:
  'Fn::ForEach::All':
    - N
    - !Ref Names
    - 'Fs\${N}x': {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 1200, ${SUBNET}}}
Outputs: {Id: {Condition: IsProd, Value: !Ref ${name}}}`;

  test('may be any that fits', () => {
    expect(told(text('FsProdx'))).toEqual([]);
  });

  test('is none that does not fit', () => {
    expect(told(text('FsProd'))).toEqual([
      '9:42 Id unknown-reference: The template has no parameter or resource FsProd, and CloudFormation refuses it.',
    ]);
  });
});
