/** Native file systems, checked by the same rules. */
import { check } from '../../src/review/check';
import { brief } from './findings';

const native = (properties: string, outputs = ''): string =>
  [
    'Resources:',
    '  Fs:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties:',
    '      FileSystemType: LUSTRE',
    ...properties.split('\n').map((line) => `      ${line}`),
    outputs,
  ].join('\n');

const SUBNETS = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';

test.each<[string, string, string[]]>([
  [
    'its default is SCRATCH_1',
    `StorageCapacity: 4800\n${SUBNETS}`,
    ['6:7 Fs.StorageCapacity storage-capacity'],
  ],
  ['SCRATCH_1 has 3600', `StorageCapacity: 3600\n${SUBNETS}`, []],
  [
    'nested properties have their own places',
    `StorageCapacity: 1200\n${SUBNETS}\nLustreConfiguration:\n  DeploymentType: PERSISTENT_1\n  PerUnitStorageThroughput: 300`,
    ['10:9 Fs.LustreConfiguration.PerUnitStorageThroughput throughput-tier'],
  ],
  [
    'PERSISTENT_2 has a newer version by default',
    `StorageCapacity: 1200\n${SUBNETS}\nLustreConfiguration: {DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, MetadataConfiguration: {Mode: AUTOMATIC}}`,
    [],
  ],
  [
    'what is missing is missing from the resource',
    `${SUBNETS}\nLustreConfiguration: {DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 50}`,
    ['2:3 Fs.StorageCapacity required'],
  ],
  [
    'misspelled and misplaced names',
    `StorageCapacity: 1200\n${SUBNETS}\nDeploymentType: SCRATCH_2\nLustreConfiguration: {DeplomentType: SCRATCH_2, KmsKeyId: x}`,
    [
      '8:7 Fs.DeploymentType unknown-property',
      '9:29 Fs.LustreConfiguration.DeplomentType unknown-property',
      '9:55 Fs.LustreConfiguration.KmsKeyId unknown-property',
    ],
  ],
  [
    'what only CloudFormation sees is not checked',
    `StorageCapacity: 5000\n${SUBNETS}\nLustreConfiguration: !Transform {Name: Lustre}`,
    [],
  ],
])('%s', (_, properties, expected) => {
  const { findings } = check(native(properties));
  expect(findings.map(brief)).toEqual(expected);
});

describe('names that AWS may have added since', () => {
  const LUSTRE = 'DeploymentType: SCRATCH_2';
  const reviewed = (properties: string) =>
    check(native(`StorageCapacity: 1200\n${SUBNETS}\n${properties}`));

  test.each([
    [`LustreConfiguration: {${LUSTRE}, Quokka: 1}`, 'LustreConfiguration.Quokka'],
    [
      `LustreConfiguration: {${LUSTRE}, RootSquashConfiguration: {RootSquash: "1:1"}}`,
      'LustreConfiguration.RootSquashConfiguration',
    ],
    [
      `LustreConfiguration: {${LUSTRE}, LogConfiguration: {Level: DISABLED, Quokka: 1}}`,
      'LustreConfiguration.LogConfiguration.Quokka',
    ],
    [`LustreConfiguration: {${LUSTRE}}\nQuokka: 1`, 'Quokka'],
  ])('%s is told, and not held against it', (properties, name) => {
    const { findings, notes } = reviewed(properties);
    expect(findings).toEqual([]);
    expect(notes).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(
          `${name} is not checked: this version does not know it`,
        ) as string,
        always: true,
      }),
    ]);
  });

  test.each([
    ['Tags: [{Key: "aws:x", Value: y, Quokka: 1}]', 'tag-reserved'],
    [`LustreConfiguration: {${LUSTRE}, LogConfiguration: {Level: WARN, Quokka: 1}}`, 'format'],
    [`LustreConfiguration: {${LUSTRE}, LogConfiguration: {Quokka: 1}}`, 'required'],
    [
      'LustreConfiguration: {DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 7, Quokka: 1}}',
      'metadata-iops',
    ],
  ])('what stands beside it is checked: %s', (properties, rule) => {
    const { findings, notes } = reviewed(properties);
    expect(findings.map((each) => each.rule)).toEqual([rule]);
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('Quokka is not checked')]); // oxfmt-ignore
  });

  test.each([
    ['a misspelling', `LustreConfiguration: {${LUSTRE}, LogConfigurations: {Level: DISABLED}}`],
    ['a name of another tool', `LustreConfiguration: {${LUSTRE}, LogGroupName: x}`],
    ['a name that AWS would not write so', `LustreConfiguration: {${LUSTRE}, quokka: 1}`],
    [
      'a misspelled member',
      `LustreConfiguration: {${LUSTRE}, LogConfiguration: {Levle: DISABLED}}`,
    ],
    ['what belongs inside', `LustreConfiguration: {${LUSTRE}}\nRootSquashConfiguration: {}`],
    ['what only this type has', `LustreConfiguration: {${LUSTRE}, SkipFinalBackup: true}`],
  ])('%s is refused', (_, properties) => {
    const { findings } = reviewed(properties);
    expect(findings.map(({ rule }) => rule)).toEqual(['unknown-property']);
  });
});

test('LogConfiguration is a property of the native type, and checked', () => {
  const logging = (level: string) =>
    native(
      `StorageCapacity: 1200\n${SUBNETS}\nLustreConfiguration: {DeploymentType: SCRATCH_2, LogConfiguration: {Level: ${level}}}`,
    );
  expect(check(logging('WARN_ERROR'))).toMatchObject({ findings: [], notes: [] });
  const { findings } = check(logging('ALL'));
  expect(findings.map(brief)).toEqual([
    '8:75 Fs.LustreConfiguration.LogConfiguration.Level format',
  ]);
});

test.each([
  ['[a]', ['8:7 Fs.LustreConfiguration type']],
  ['foo', ['8:7 Fs.LustreConfiguration type']],
  ['', []],
])('LustreConfiguration: %s', (configuration, expected) => {
  const text = native(`StorageCapacity: 1200\n${SUBNETS}\nLustreConfiguration: ${configuration}`);
  const { findings } = check(text);
  expect(findings.filter(({ rule }) => rule !== 'null-value').map(brief)).toEqual(expected);
});

describe('where a function gives its type', () => {
  const typed = (type: string, properties: string): string =>
    native(properties, 'Conditions: {L: !Equals [!Ref AWS::Region, x]}').replace('LUSTRE', type);

  test('it is checked only where it is Lustre', () => {
    const text = typed(
      '!If [L, LUSTRE, WINDOWS]',
      `StorageCapacity: !If [L, 1200, 32]\n${SUBNETS}`,
    );
    expect(check(text).findings).toEqual([]);
    const { findings } = check(text.replace('1200', '5000'));
    expect(findings.map(brief)).toEqual(['6:32 Fs.StorageCapacity storage-capacity']);
  });

  test('it is found where only other ways are Lustre', () => {
    const text = typed('!If [L, WINDOWS, LUSTRE]', `StorageCapacity: 5000\n${SUBNETS}`);
    const { findings } = check(text);
    expect(findings.map(brief)).toEqual(['6:7 Fs.StorageCapacity storage-capacity']);
    expect(check(text.replace('LUSTRE', 'ONTAP'))).toMatchObject({
      fileSystems: 0,
    });
  });

  test('what may be any type is not checked, and told', () => {
    const text = typed('!Ref T', `StorageCapacity: 32\n${SUBNETS}\nWindowsConfiguration: {}`);
    const { findings, notes } = check(`${text}\nParameters: {T: {Type: String}}`);
    expect(findings).toEqual([]);
    expect(notes.map(({ message }) => message)).toEqual([
      'It was not checked: its properties are not known, because its FileSystemType is not (the parameter T has no default).',
    ]);
  });
});

// https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html, NetworkType
test.each<[string, string, string[]]>([
  ['the network of both protocols', 'NetworkType: DUAL', ['Fs.NetworkType not-applicable warning']],
  ['the network of Lustre', 'NetworkType: IPV4', []],
  ['a network that is not known', 'NetworkType: !Ref AWS::StackName', []],
  ['the configuration of Windows', 'WindowsConfiguration: {ThroughputCapacity: 8}', ['Fs.WindowsConfiguration not-applicable error']],
  ['the configuration of ONTAP', 'OntapConfiguration: {}', ['Fs.OntapConfiguration not-applicable error']],
  ['the configuration of OpenZFS', 'OpenZFSConfiguration: {}', ['Fs.OpenZFSConfiguration not-applicable error']],
  ['none of them', 'OpenZFSConfiguration: !Ref AWS::NoValue', []],
])('%s of a file system of another type', (_, line, expected) => {
  const text = native(`StorageCapacity: 1200\n${SUBNETS}\n${line}`);
  expect(
    check(text).findings.map(
      ({ logicalId, property, rule, severity }) => `${logicalId}.${property} ${rule} ${severity}`,
    ),
  ).toEqual(expected);
}); // oxfmt-ignore

test('only Lustre', () => {
  const text = native(`StorageCapacity: 5000\n${SUBNETS}`);
  expect(check(text)).toMatchObject({ findings: [{ rule: 'storage-capacity' }], fileSystems: 1 });
  const windows = text.replace('LUSTRE', 'WINDOWS');
  expect(check(windows)).toMatchObject({ findings: [], fileSystems: 0, notCreated: 0 });
});

test('its attributes are its own', () => {
  const text = native(
    `StorageCapacity: 1200\n${SUBNETS}`,
    'Outputs: {A: {Value: !GetAtt Fs.LustreMountName}, B: {Value: !GetAtt Fs.MountName}}',
  );
  const { findings } = check(text);
  expect(findings.map(({ message }) => message)).toEqual([
    'Fs has no attribute MountName: did you mean LustreMountName?',
  ]);
});
