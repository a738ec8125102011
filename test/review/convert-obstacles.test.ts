/** What `convert` keeps of a version, what it tells, and that it leaves no attribute behind. */
import { ManualConversionRequired, convert } from '../../src/review/conversion/convert';
import { pangea } from '../cli/command';

const KINDS = [
  'Parameters:',
  '  Kind: {Type: String, Default: SCRATCH, AllowedValues: [SSD, SCRATCH]}',
  '  Old: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_1, SCRATCH_2, PERSISTENT_1]}',
  '  Any: {Type: String, Default: SCRATCH_2}',
  '  Free: {Type: String, AllowedValues: [SCRATCH_1, SCRATCH_2]}',
  'Mappings:',
  '  Kinds:',
  '    SSD: {Old: PERSISTENT_1, New: PERSISTENT_2}',
  '    SCRATCH: {Old: SCRATCH_2, New: SCRATCH_2}',
  'Conditions:',
  '  IsScratch: !Equals [!Ref Kind, SCRATCH]',
];

const native = (configuration: string, sections: readonly string[] = KINDS): string =>
  [
    ...sections,
    'Resources:',
    '  Fs:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties:',
    '      FileSystemType: LUSTRE',
    `      LustreConfiguration: ${configuration}`,
    '',
  ].join('\n');

const versionIn = (text: string): string | undefined =>
  /FileSystemTypeVersion: (.*)/.exec(text)?.[1];

test.each<[string, string, string, string[]?]>([
  ['a mapping', '{DeploymentType: !FindInMap [Kinds, !Ref Kind, Old]}', "'2.10'"],
  ['a parameter with choices', '{DeploymentType: !Ref Old}', "'2.10'"],
  ['a parameter without default', '{DeploymentType: !Ref Free}', "'2.10'"],
  ['text of a mapping', '{DeploymentType: !Sub ["${It}", {It: !FindInMap [Kinds, !Ref Kind, Old]}]}', "'2.10'"], // oxfmt-ignore
  [
    'a mapping whose versions a condition tells apart',
    '{DeploymentType: !FindInMap [Kinds, !Ref Kind, New], MetadataConfiguration: {Mode: AUTOMATIC}}',
    "!If [IsScratch, '2.10', '2.15']",
  ],
  [
    'a mapping in a branch that is known',
    '{DeploymentType: !If [IsScratch, SCRATCH_1, !FindInMap [Kinds, !Ref Kind, Old]]}',
    "'2.10'",
  ],
  [
    'a parameter with choices, in a template without conditions',
    '{DeploymentType: !Ref Old}',
    "'2.10'",
    KINDS.filter((line) => !line.includes('IsScratch') && line !== 'Conditions:'),
  ],
])('a version that %s determines is kept', (_, configuration, version, sections = KINDS) => {
  const { text, converted } = convert(native(configuration, sections));
  expect(versionIn(text)).toBe(version);
  expect(converted).toEqual([{ logicalId: 'Fs', notes: [] }]);
});

test.each([
  ['a parameter that may be anything', '{DeploymentType: !Ref Any}'],
  ['an import', '{DeploymentType: !ImportValue Kind}'],
  ['a mapping of several versions', '{DeploymentType: !FindInMap [Kinds, !Ref Kind, New]}'],
])('a version that depends on %s is told', (_, configuration) => {
  const sections = KINDS.filter((line) => !line.includes('IsScratch') && line !== 'Conditions:');
  const { text, converted } = convert(native(configuration, sections));
  expect(versionIn(text)).toBeUndefined();
  expect(converted[0]?.notes).toEqual([
    expect.stringContaining('specify the version of the file system'),
  ]);
});

const outputs = (...lines: readonly string[]): string =>
  [native('{DeploymentType: SCRATCH_2}'), ...lines, ''].join('\n');
const loop = (value: string, collection = '[DNSName, LustreMountName]'): string =>
  outputs(
    'Outputs:',
    '  Fn::ForEach::Each:',
    '    - Attribute',
    `    - ${collection}`,
    '    - "Out${Attribute}":',
    `        Value: ${value}`,
  );

describe('an attribute is not left behind without a word', () => {
  test.each([
    ['in a loop', loop('!GetAtt [Fs, !Ref Attribute]')],
    ['in a loop, in short', loop('!GetAtt "Fs.${Attribute}"')],
    ['in the text of a loop', loop('!Sub "${Fs.${Attribute}}"')],
    ['in a loop over what a parameter lists', loop('!GetAtt [Fs, !Ref Attribute]', '!Ref Any')],
    ['joined', outputs('Outputs: {A: {Value: !GetAtt [Fs, !Join ["", [Lustre, MountName]]]}}')],
    ['joined whole', outputs('Outputs: {A: {Value: {"Fn::GetAtt": {"Fn::Join": [".", [Fs, LustreMountName]]}}}}')], // oxfmt-ignore
    ['substituted', outputs('Outputs: {A: {Value: !GetAtt [Fs, !Sub LustreMountName]}}')],
    ['that a parameter names', outputs('Outputs: {A: {Value: !GetAtt [Fs, !Ref Any]}}')],
    ['of what a parameter names', outputs('Outputs: {A: {Value: !GetAtt [!Ref Any, LustreMountName]}}')], // oxfmt-ignore
    [
      'in user data, nested',
      outputs(
        'Outputs:',
        '  Fn::ForEach::Outer:',
        '    - Outer',
        '    - [a]',
        '    - Fn::ForEach::Each:',
        '        - Attribute',
        '        - [LustreMountName]',
        '        - "Out${Attribute}":',
        '            Value:',
        '              Fn::Base64:',
        '                Fn::Join: ["", ["mount ", !GetAtt [Fs, !Ref Attribute]]]',
      ),
    ],
  ])('%s', (_, text) => {
    expect(() => convert(text)).toThrow(ManualConversionRequired);
    expect(() => convert(text)).toThrow(/LustreMountName by a computed name: it is MountName in this type|Fs\.Id by a computed name/); // oxfmt-ignore
  });

  test('that this type lacks', () => {
    const text = outputs('Outputs: {A: {Value: !GetAtt Fs.RootVolumeId}}');
    expect(() => convert(text)).toThrow(/reads Fs.RootVolumeId, which this type does not have/);
  });

  test.each([
    ['a loop over names that stay', loop('!GetAtt [Fs, !Ref Attribute]', '[DNSName, ResourceARN]')],
    ['another resource', outputs('Outputs: {A: {Value: !GetAtt [Other, !Ref Any]}}')],
    ['a name of its own', outputs('Outputs: {A: {Value: !Sub ["${Fs.RootVolumeId}", {Fs.RootVolumeId: x}]}}')], // oxfmt-ignore
  ])('and %s is no obstacle', (_, text) => {
    expect(convert(text).converted).toHaveLength(1);
  });

  test('plain references are renamed wherever they stand', () => {
    const { text } = convert(
      outputs(
        '  Instance:',
        '    Type: AWS::EC2::Instance',
        '    DependsOn: Fs',
        '    Properties:',
        '      UserData:',
        '        Fn::Base64: !Sub |',
        '          mount -t lustre ${Fs.DNSName}@tcp:/${Fs.LustreMountName} /fsx # ${Fs}',
        'Outputs:',
        '  Name: {Value: !GetAtt Fs.LustreMountName, Export: {Name: !Sub "${AWS::StackName}-mount"}}',
      ),
    );
    expect(text).not.toContain('LustreMountName');
    expect(text).toContain('${Fs.DNSName}@tcp:/${Fs.MountName} /fsx # ${Fs}');
    expect(text).toContain('!GetAtt Fs.MountName, Export');
  });
});

test('every obstacle is told at once', () => {
  const text = [
    ...KINDS,
    'Resources:',
    '  A:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties:',
    '      FileSystemType: LUSTRE',
    '      BackupId:',
    '      LustreConfiguration: !If [IsScratch, {DeploymentType: SCRATCH_2}, !Ref AWS::NoValue]',
    '  B:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties: {FileSystemType: LUSTRE, LustreConfiguration: []}',
    '  C:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties: {FileSystemType: !If [IsScratch, LUSTRE, LUSTRE]}',
    '  D:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties: {FileSystemType: LUSTRE}',
    'Outputs: {A: {Value: !GetAtt [D, !Ref Any]}, B: {Value: !GetAtt [D, RootVolumeId]}}',
    '',
  ].join('\n');
  const { code, out, err } = pangea(['convert'], { input: text });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const told = err.trim().split('\n');
  const hand = 'must be converted manually:';
  expect(told).toEqual(
    [
      `A ${hand} its BackupId has no value.`,
      `A ${hand} its LustreConfiguration is set by a function.`,
      `B ${hand} its LustreConfiguration is not a map.`,
      `it ${hand} Fn::GetAtt on line 28 may read D.Id by a computed name: it is FileSystemId in this type.`,
      `it ${hand} Fn::GetAtt on line 28 may read D.LustreMountName by a computed name: it is MountName in this type.`,
      `it ${hand} Fn::GetAtt on line 28 may read D.RootVolumeId, which this type does not have.`,
      `it ${hand} Fn::GetAtt on line 28 reads D.RootVolumeId, which this type does not have.`,
      `C ${hand} its FileSystemType is set by a function, and may be LUSTRE.`,
    ].map((line) => expect.stringContaining(line) as string),
  );
});
