/** Native file systems: checked by the same rules, and converted. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { NATIVE_BESIDE, NATIVE_NESTED, withNativeDefaults } from '../../src/cli/dialect';
import { convertTemplate } from '../../src/cli/convert';
import { Template } from '../../src/cli/template/template';
import { withDefaults, type LustreProperties } from '../../src/lustre/properties';
import { checkModel } from '../../src/lustre/rules';
import { accepted } from '../lustre/arbitraries';
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

const convert = async (text: string): Promise<string> =>
  convertTemplate(await Template.read('t', text)).text;

test('comments, blank lines and all else stay', async () => {
  const text = [
    '# top',
    'Resources:',
    '  Fs: # the file system',
    '    Type: AWS::FSx::FileSystem',
    '    DeletionPolicy: Retain',
    '    Properties:',
    '      FileSystemType: LUSTRE # always',
    '      StorageCapacity:   1200',
    '      SubnetIds:',
    '      - !Ref Subnet',
    '      LustreConfiguration: # nested',
    '        # newest',
    '        DeploymentType: PERSISTENT_2',
    '',
    '        PerUnitStorageThroughput: 250 # MB/s',
    '  Other: {Type: AWS::SNS::Topic}',
    'Outputs:',
    '  Mount: {Value: !Sub "${Fs.DNSName}@tcp:/${ Fs.LustreMountName }"}',
    '  Id: {Value: !GetAtt [Fs, Id]}',
    '  Name: {Value: !GetAtt Fs.LustreMountName}',
    '',
  ].join('\n');
  expect((await convert(text)).split('\n')).toEqual([
    '# top',
    'Resources:',
    '  Fs: # the file system',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    DeletionPolicy: Retain',
    '    Properties:',
    "      FileSystemTypeVersion: '2.12'",
    '      StorageCapacity:   1200',
    '      SubnetIds:',
    '      - !Ref Subnet',
    '      # nested',
    '      # newest',
    '      DeploymentType: PERSISTENT_2',
    '',
    '      PerUnitStorageThroughput: 250 # MB/s',
    '  Other: {Type: AWS::SNS::Topic}',
    'Outputs:',
    '  Mount: {Value: !Sub "${Fs.DNSName}@tcp:/${Fs.MountName}"}',
    '  Id: {Value: !GetAtt [Fs, FileSystemId]}',
    '  Name: {Value: !GetAtt Fs.MountName}',
    '',
  ]);
});

test.each([
  ['its Properties are chosen by a function', 'Properties: !If [A, {FileSystemType: LUSTRE}, {}]'],
  [
    'its LustreConfiguration is chosen by a function',
    'Properties: {FileSystemType: LUSTRE, LustreConfiguration: !If [A, {}, {}]}',
  ],
])('where %s it is left to people', async (reason, properties) => {
  const text = `Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    ${properties}\n`;
  const converted = convert(text);
  if (properties.includes('LustreConfiguration')) await expect(converted).rejects.toThrow(reason);
  else expect(await converted).toBe(text);
});

test.each([
  ['{DeploymentType: !Ref Type}', /^FileSystemTypeVersion is left out/],
  ['{DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125}', /2\.12 and as 2\.15/],
])('a version that nobody can know is told: %s', async (configuration, note) => {
  const text = native(`StorageCapacity: 1200\n${SUBNETS}\nLustreConfiguration: ${configuration}`);
  const { converted } = convertTemplate(await Template.read('t', text));
  expect(converted[0]?.note).toMatch(note);
});

const pick = (properties: LustreProperties, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));

test('what is converted is what FSx would have made of the native one', async () => {
  await fc.assert(
    fc.asyncProperty(
      accepted,
      fc.constantFrom('block', 'flow', 'json'),
      fc.boolean(),
      async (properties, style, implicit) => {
        const { DeploymentType, FileSystemTypeVersion, ...rest } = properties;
        const given: LustreProperties = implicit
          ? { ...rest, ...(DeploymentType !== 'SCRATCH_1' && DeploymentType && { DeploymentType }) }
          : { ...rest, ...(DeploymentType && { DeploymentType }), ...(FileSystemTypeVersion && { FileSystemTypeVersion }) }; // prettier-ignore
        const template = {
          Resources: {
            Fs: {
              Type: 'AWS::FSx::FileSystem',
              Properties: {
                FileSystemType: 'LUSTRE',
                ...pick(given, NATIVE_BESIDE),
                LustreConfiguration: pick(given, NATIVE_NESTED),
              },
            },
          },
        };
        const text =
          style === 'json'
            ? JSON.stringify(template, undefined, 2)
            : stringify(template, { collectionStyle: style === 'flow' ? 'flow' : 'any' });
        const model = await modelIn(await convert(text));
        const known = { ...pick(given, [...NATIVE_BESIDE, ...NATIVE_NESTED]) } as LustreProperties;
        const wanted = withNativeDefaults(known);
        expect(withDefaults(checkModel(model).properties)).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

/** The properties of the one file system of a template, as they are written. */
async function modelIn(text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  const { Resources } = parse(text) as {
    Resources: { Fs: { Type: string; Properties: Record<string, unknown> } };
  };
  expect(Resources.Fs.Type).toBe('Pangea::FSx::LustreFileSystem');
  return Resources.Fs.Properties;
}
