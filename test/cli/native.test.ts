/** Native file systems, checked by the same rules. */
import { brief, checked } from './checked';

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
    'misspelt and misplaced names',
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
])('%s', async (_, properties, expected) => {
  const { findings } = await checked(native(properties), {}, true);
  expect(findings.map(brief)).toEqual(expected);
});

test('only where it is asked for, and only Lustre', async () => {
  const text = native(`StorageCapacity: 5000\n${SUBNETS}`);
  expect(await checked(text)).toMatchObject({ findings: [], passedOver: 1 });
  const windows = text.replace('LUSTRE', 'WINDOWS');
  expect(await checked(windows, {}, true)).toMatchObject({
    findings: [],
    fileSystems: 0,
    passedOver: 0,
  });
});

test('its attributes are its own', async () => {
  const text = native(
    `StorageCapacity: 1200\n${SUBNETS}`,
    'Outputs: {A: {Value: !GetAtt Fs.LustreMountName}, B: {Value: !GetAtt Fs.MountName}}',
  );
  const { findings } = await checked(text, {}, true);
  expect(findings.map(({ message }) => message)).toEqual([
    'Fs has no attribute MountName: did you mean LustreMountName?',
  ]);
});
