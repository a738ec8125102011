/** What a conversion writes, tells and refuses, however the template is written. */
import { convert, ManualConversionRequired, type ConversionOptions } from '../../src/review/conversion/convert'; // oxfmt-ignore
import { rewritten } from './rewritten';
import { fileSystem, inFlowStyle, NATIVE, resources } from './yaml';

const CONDITIONS = [
  'Parameters:',
  '  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}',
  '  Kind: {Type: String, Default: LUSTRE}',
  'Conditions:',
  '  IsProd: !Equals [!Ref Stage, prod]',
  '  IsDev: !Not [!Condition IsProd]',
].join('\n');
const fs = (...properties: string[]): string => fileSystem(NATIVE, ...properties);
const lustre = (...properties: string[]): string => fs('FileSystemType: LUSTRE', ...properties);
const SCRATCH = ['StorageCapacity: 1200', 'LustreConfiguration: {DeploymentType: SCRATCH_2}'];
const inStages = (text: string): string => `${CONDITIONS}\n${text}`;
const outputs = (...lines: string[]): string =>
  `${lustre(...SCRATCH)}Outputs:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const json = (properties: object, space?: number): string =>
  JSON.stringify({ Resources: { Fs: { Type: 'AWS::FSx::FileSystem', Properties: properties } } }, undefined, space); // oxfmt-ignore
const LUSTRE = { FileSystemType: 'LUSTRE', StorageCapacity: 1200 };
const CONFIGURATION = { LustreConfiguration: { DeploymentType: 'SCRATCH_2', DataCompressionType: 'LZ4' } }; // oxfmt-ignore

const BLOCK: Readonly<Record<string, string>> = {
  'nothing but its type': lustre(),
  'comments everywhere': lustre(
    'NetworkType: IPV4 # of the network',
    '# before',
    'LustreConfiguration: # nested',
    '  # first',
    '  DeploymentType: SCRATCH_2 # kind',
    '',
    '  # second',
    '  DataCompressionType: LZ4',
    '  # last inside',
    '# after',
    'StorageCapacity: 1200',
  ),
  'a comment at its type': fs('FileSystemType: LUSTRE # of Lustre', ...SCRATCH),
  'a comment under its type': fs('FileSystemType: # of Lustre', '  LUSTRE', ...SCRATCH),
  'a deeper indent': lustre('LustreConfiguration:', '      DeploymentType: SCRATCH_2', '      DataCompressionType: LZ4', '      # inside', '  # less', 'StorageCapacity: 1200'),
  'values of several lines': lustre('LustreConfiguration:', '  DeploymentType: PERSISTENT_2', '  MetadataConfiguration:', '    Mode: USER_PROVISIONED', '    Iops: 1500', '  WeeklyMaintenanceStartTime: >-', '    1:05:00', '  PerUnitStorageThroughput: 125'),
  'the configuration first': fs('LustreConfiguration:', '  DeploymentType: SCRATCH_2', 'FileSystemType: LUSTRE'),
  'the configuration last, and no line break': lustre('LustreConfiguration:', '  DeploymentType: SCRATCH_2').trimEnd(),
  'a comment at the very end': lustre('LustreConfiguration:', '  DeploymentType: SCRATCH_2', '  # end').trimEnd(),
  'an empty configuration': lustre('LustreConfiguration: {} # none', 'StorageCapacity: 1200'),
  'a configuration in quotes': lustre('"LustreConfiguration":', '  "DeploymentType": "SCRATCH_2"'),
  'a configuration in single quotes, and a space': lustre("'LustreConfiguration' :", '  DeploymentType: SCRATCH_2'),
  'a configuration with a question mark': lustre('? LustreConfiguration', ': DeploymentType: SCRATCH_2'),
  'a configuration with two spaces and a comment': lustre('LustreConfiguration:  # nested', '  DeploymentType: SCRATCH_2'),
  'a configuration with an escape': lustre('"Lustre\\x43onfiguration":', '  DeploymentType: SCRATCH_2'),
  'a configuration with a tag': lustre('LustreConfiguration: !!map', '  DeploymentType: SCRATCH_2'),
  'a network with a question mark': lustre('? NetworkType', ': IPV4'),
  'braces': lustre('LustreConfiguration: {DeploymentType: SCRATCH_2, DataCompressionType: LZ4}'),
  'braces with one member': lustre('LustreConfiguration: { DeploymentType: SCRATCH_2 } # nested'),
  'braces over lines, with comments': lustre('LustreConfiguration: { # open', '    DeploymentType: SCRATCH_2, # kind', '    # compressed', '    DataCompressionType: LZ4 # last', '  }', 'StorageCapacity: 1200'),
  'braces without spaces': lustre('LustreConfiguration: {"DeploymentType":"SCRATCH_2","DataCompressionType":"LZ4"}'),
  'CRLF': lustre('LustreConfiguration: # nested', '  DeploymentType: SCRATCH_2 # kind', 'NetworkType: IPV4').replaceAll('\n', '\r\n'),
  'CRLF and braces': lustre('LustreConfiguration: {DeploymentType: SCRATCH_2, # kind', ' DataCompressionType: LZ4}').replaceAll('\n', '\r\n'),
  'two': resources('  A: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}', '  B: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200}}'),
  'a type in quotes': resources('  Fs:', '    Type: "AWS::FSx::FileSystem"', '    Properties: {FileSystemType: LUSTRE}'),
  'a type on the next line': resources('  Fs:', '    Type: >-', '      AWS::FSx::FileSystem', '    Properties: {FileSystemType: LUSTRE}'),
  'a type with an escape': resources('  Fs:', '    Type: "AWS:\\u003aFSx::FileSystem"', '    Properties: {FileSystemType: LUSTRE}'),
}; // oxfmt-ignore

const flow = (properties: string): string => inFlowStyle(NATIVE, properties);
const FLOW: Readonly<Record<string, string>> = {
  'its type alone': flow('{FileSystemType: LUSTRE}'),
  'its type first': flow('{FileSystemType: LUSTRE, StorageCapacity: 1200, LustreConfiguration: {DeploymentType: SCRATCH_2}}'),
  'its type in the middle': flow('{StorageCapacity: 1200, FileSystemType: LUSTRE, BackupId: x}'),
  'its type last': flow('{StorageCapacity: 1200, BackupId: x, FileSystemType: LUSTRE}'),
  'its network beside its type': flow('{StorageCapacity: 1200, FileSystemType: LUSTRE, NetworkType: IPV4, LustreConfiguration: {DeploymentType: PERSISTENT_2}}'),
  'its type, and an empty configuration': flow('{FileSystemType: LUSTRE, LustreConfiguration: {}, StorageCapacity: 1200}'),
  'an empty configuration last': flow('{FileSystemType: LUSTRE, StorageCapacity: 1200, LustreConfiguration: {}}'),
  'the configuration first': flow('{LustreConfiguration: { DeploymentType: SCRATCH_2, DataCompressionType: LZ4 }, FileSystemType: LUSTRE}'),
  'what is added, with two spaces': flow('{StorageCapacity: 1200,  SubnetIds: [a],  FileSystemType: LUSTRE}'),
  'what is added, without spaces': flow('{"StorageCapacity":1200,"FileSystemType":"LUSTRE"}'),
  'what is added, over lines': flow('{\n      StorageCapacity: 1200,\n      FileSystemType: LUSTRE,\n      SubnetIds: [a]}'),
  'comments between': flow('{ # open\n      StorageCapacity: 1200, # size\n      # type\n      FileSystemType: LUSTRE, # of Lustre\n      NetworkType: IPV4, # of the network\n      LustreConfiguration: { # nested\n        DeploymentType: SCRATCH_2, # kind\n        DataCompressionType: LZ4 # last\n      } # end\n    }'),
  'comments without lines of their own': flow('{ FileSystemType: LUSTRE, LustreConfiguration: { # nested\n      DeploymentType: SCRATCH_2 } }'),
  'a comment in a network': flow('{FileSystemType: LUSTRE, NetworkType: # which\n      IPV4, StorageCapacity: 1200}'),
  'a comment in its type': flow('{StorageCapacity: 1200, FileSystemType: # which\n      LUSTRE}'),
  'a comma at the end': flow('{StorageCapacity: 1200, FileSystemType: LUSTRE,}'),
  'deep lines': flow('{\n      FileSystemType: LUSTRE,\n      LustreConfiguration: {\n          DeploymentType: PERSISTENT_2,\n          MetadataConfiguration: {\n            Mode: AUTOMATIC\n          },\n        PerUnitStorageThroughput: 125\n      }\n    }'),
  'JSON on one line': json({ ...LUSTRE, ...CONFIGURATION }),
  'JSON with an indent': json({ ...LUSTRE, ...CONFIGURATION, NetworkType: 'IPV4' }, 2),
  'JSON with an indent, its type last': json({ ...CONFIGURATION, StorageCapacity: 1200, FileSystemType: 'LUSTRE' }, 4),
  'JSON without a configuration': json(LUSTRE, 2),
  'JSON without a space': json(LUSTRE),
  'JSON with spaces around a colon': json(LUSTRE).replace('"FileSystemType":', '"FileSystemType" : '),
  'JSON behind a mark': `\uFEFF${json({ ...LUSTRE, ...CONFIGURATION }, 2)}\n`,
  'JSON with CRLF': json({ ...LUSTRE, ...CONFIGURATION }, 2).replaceAll('\n', '\r\n'),
  'JSON with what is no value': json({ ...LUSTRE, LustreConfiguration: { DeploymentType: { Ref: 'AWS::NoValue' } } }, 2),
  'JSON with a choice': JSON.stringify({ Conditions: { C: { 'Fn::Equals': ['a', 'b'] } }, Resources: { Fs: { Type: 'AWS::FSx::FileSystem', Properties: { ...LUSTRE, BackupId: { 'Fn::If': ['C', 'backup-01234567', { Ref: 'AWS::NoValue' }] } } } } }, undefined, 1),
  'JSON with a reference': `${json(LUSTRE, 2).slice(0, -2)},\n  "Outputs": {"A": {"Value": {"Fn::GetAtt": ["Fs", "LustreMountName"]}}, "B": {"Value": {"Fn::Sub": "\${Fs.Id}"}}}\n}`,
}; // oxfmt-ignore

const DEFAULTS: Readonly<Record<string, string>> = {
  'no deployment type': lustre('LustreConfiguration: {DataCompressionType: LZ4}'),
  'a version that is given': lustre("FileSystemTypeVersion: '2.12'", ...SCRATCH),
  'SCRATCH_1': lustre('LustreConfiguration: {DeploymentType: SCRATCH_1}'),
  'PERSISTENT_1': lustre('LustreConfiguration: {DeploymentType: PERSISTENT_1}'),
  'PERSISTENT_2': lustre('LustreConfiguration: {DeploymentType: PERSISTENT_2}'),
  'PERSISTENT_2 with metadata': lustre('LustreConfiguration: {DeploymentType: PERSISTENT_2, MetadataConfiguration: {Mode: AUTOMATIC}}'),
  'PERSISTENT_2 with metadata that may be': inStages(lustre('LustreConfiguration: {DeploymentType: PERSISTENT_2, MetadataConfiguration: !If [IsProd, {Mode: AUTOMATIC}, !Ref AWS::NoValue]}')),
  'a type that does not exist': lustre('LustreConfiguration: {DeploymentType: SCRATCH_X}'),
  'a type in a text': lustre('LustreConfiguration: {DeploymentType: !Sub SCRATCH_2}'),
  'a type of one condition': inStages(lustre('LustreConfiguration: {DeploymentType: !If [IsProd, PERSISTENT_2, SCRATCH_2]}')),
  'a type of one condition with one version': inStages(lustre('LustreConfiguration: {DeploymentType: !If [IsProd, SCRATCH_1, SCRATCH_2]}')),
  'a type of two conditions': inStages(lustre('LustreConfiguration: {DeploymentType: !If [IsProd, PERSISTENT_2, !If [IsDev, SCRATCH_2, PERSISTENT_2]]}')),
  'a type of the same condition twice': inStages(lustre('LustreConfiguration: {DeploymentType: !If [IsProd, !If [IsProd, PERSISTENT_2, !Ref AWS::NoValue], SCRATCH_2]}')),
  'a type that is left out': lustre('LustreConfiguration: {DeploymentType: !Ref AWS::NoValue}'),
  'a type that may be left out': inStages(lustre('LustreConfiguration:', '  DeploymentType: !If', '    - IsProd', '    - PERSISTENT_2', '    - !Ref AWS::NoValue')),
  'a type that may be left out, and a comment': inStages(lustre('LustreConfiguration:', '  DeploymentType: !If', '    - IsProd', '    - PERSISTENT_2', '    - Ref: # none', '        AWS::NoValue')),
  'a type without a value': lustre('LustreConfiguration:', '  DeploymentType:'),
  'a type that a function may leave out': lustre('LustreConfiguration: {DeploymentType: !Select [0, [!Ref AWS::NoValue, SCRATCH_2]]}'),
  'a type that a macro gives': lustre('LustreConfiguration: {DeploymentType: {Fn::Transform: {Name: X}}}'),
  'a type of an odd condition': lustre('LustreConfiguration: {DeploymentType: !If [!Ref X, SCRATCH_2, SCRATCH_1]}'),
  'a type of no branch': lustre("LustreConfiguration: {DeploymentType: {'Fn::If': x}}"),
  'a type of one branch': inStages(lustre('LustreConfiguration: {DeploymentType: !If [IsProd, SCRATCH_2]}')),
  'a backup': lustre('BackupId: backup-01234567'),
  'a backup that is none': lustre('BackupId: !Ref AWS::NoValue'),
  'a backup that may be': inStages(lustre('BackupId: !If [IsProd, backup-01234567, !Ref AWS::NoValue]')),
  'a backup that may be, and a type that may be': inStages(lustre('BackupId: !If [IsProd, backup-01234567, !Ref AWS::NoValue]', 'LustreConfiguration: {DeploymentType: !If [IsProd, PERSISTENT_2, !Ref AWS::NoValue]}')),
  'a backup, and a type of another condition': inStages(lustre('BackupId: !If [IsProd, backup-01234567, !Ref AWS::NoValue]', 'LustreConfiguration: {DeploymentType: !If [IsDev, PERSISTENT_2, SCRATCH_2]}')),
  'a backup of either condition': inStages(lustre('BackupId: !If [IsProd, backup-01234567, backup-89abcdef]')),
  'a backup that a parameter gives': inStages(lustre('BackupId: !Ref Kind', ...SCRATCH)),
  'a condition by an alias': `${CONDITIONS}\nMetadata: {A: &c IsProd}\n${lustre('BackupId: !If [*c, backup-01234567, !Ref AWS::NoValue]')}`,
  'what a mapping gives': `Mappings: {Kinds: {dev: {A: SCRATCH_2, B: 2}, prod: {A: PERSISTENT_2, B: 3}}}\n${inStages(lustre('LustreConfiguration: {DeploymentType: !FindInMap [Kinds, !Ref Stage, A]}'))}`,
  'what a mapping gives as no type': `Mappings: {Kinds: {dev: {A: SCRATCH_2}, prod: {A: other}}}\n${inStages(lustre('LustreConfiguration: {DeploymentType: !FindInMap [Kinds, !Ref Stage, A]}'))}`,
  'a version that is left out': lustre('FileSystemTypeVersion: !Ref AWS::NoValue', ...SCRATCH),
  'a version that may be left out': inStages(lustre("FileSystemTypeVersion: !If [IsProd, '2.15', !Ref AWS::NoValue]", ...SCRATCH)),
}; // oxfmt-ignore

const NOTES: Readonly<Record<string, string>> = {
  'a network of both': lustre('NetworkType: DUAL', ...SCRATCH),
  'a network of IPv4': lustre('NetworkType: IPV4', ...SCRATCH),
  'a network that is chosen': inStages(lustre('NetworkType: !Ref Kind', ...SCRATCH)),
  'names that are none': lustre('Colour: green', 'storage_capacity: 1200', 'LustreConfiguration: {DeploymentType: SCRATCH_2, deployment_type: x}'),
  'no file system': resources('  Topic: {Type: AWS::SNS::Topic}'),
  'a file system of another type': fs('FileSystemType: WINDOWS'),
  'a file system without properties': resources('  Fs: {Type: AWS::FSx::FileSystem}'),
  'a type that is chosen': inStages(fs('FileSystemType: !Ref Kind')),
  'a type that is chosen among others': inStages(fs('FileSystemType: !If [IsProd, WINDOWS, ONTAP]')),
  'a type in a text of its own': inStages(fs('FileSystemType: "${Kind}"')),
  'properties that are chosen': inStages(fs("'Fn::If': [IsProd, {FileSystemType: LUSTRE}, {FileSystemType: LUSTRE}]")),
  'properties that are chosen, of others': inStages(fs("'Fn::If': [IsProd, {FileSystemType: WINDOWS}, {FileSystemType: ONTAP}]")),
  'properties of a macro': fs("'Fn::Transform': {Name: X}"),
  'properties of a type and a macro': lustre("'Fn::Transform': {Name: X}"),
  'a loop': `Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A]', "    - 'Fs${N}': {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}")}`,
  'a loop of another type': `Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A]', "    - 'Fs${N}': {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: WINDOWS}}")}`,
  'a loop, and one beside it that cannot be': `Transform: AWS::LanguageExtensions\n${lustre('LustreConfiguration: []')}  'Fn::ForEach::Each':\n    - N\n    - [A]\n    - 'Fs\${N}': {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: '\${N}'}}\n`,
  'no properties that are a map': resources('  Fs:', '    Type: AWS::FSx::FileSystem', '    Properties: {FileSystemType: LUSTRE, StorageCapacity}'),
  'a member without a value': lustre('LustreConfiguration: {DeploymentType: SCRATCH_2, DataCompressionType}'),
  'a configuration that is chosen': inStages(lustre('LustreConfiguration: !If [IsProd, {DeploymentType: SCRATCH_2}, {DeploymentType: SCRATCH_1}]')),
  'a configuration that is a list': lustre('LustreConfiguration: [a]'),
  'a configuration that is a macro': lustre('LustreConfiguration: {DeploymentType: SCRATCH_2, Fn::Transform: {Name: X}}'),
  'what is given twice': lustre('DataCompressionType: LZ4', 'LustreConfiguration: {DeploymentType: SCRATCH_2, DataCompressionType: LZ4, StorageCapacity: 1}', 'StorageCapacity: 1'),
  'a type by an alias': `Metadata: {A: &t AWS::FSx::FileSystem}\n${lustre(...SCRATCH).replace('Type: AWS::FSx::FileSystem', 'Type: *t')}`,
  'a type with an anchor': lustre(...SCRATCH).replace('Type: AWS', 'Type: &t AWS'),
  'properties with an anchor': lustre(...SCRATCH).replace('Properties:', 'Properties: &p'),
  'a resource with an anchor': lustre(...SCRATCH).replace('Fs:', 'Fs: &r'),
  'a configuration with an anchor': lustre('LustreConfiguration: &c {DeploymentType: SCRATCH_2}'),
  'a network with an anchor': lustre('NetworkType: &n IPV4', ...SCRATCH),
  'a value with an anchor': lustre('StorageCapacity: &s 1200', 'LustreConfiguration: {DeploymentType: &d SCRATCH_2}', 'Tags: [{Key: a, Value: *d}]'),
  'properties that are merged': `Metadata: {A: &m {StorageCapacity: 1200}}\n${lustre('<<: *m', ...SCRATCH)}`,
  'properties that are merged and not written': `Metadata: {A: &m {SubnetIds: [a]}}\n${lustre('<<: *m', ...SCRATCH)}`,
  'a configuration that is merged': `Metadata: {A: &m {DataCompressionType: LZ4}}\n${lustre('LustreConfiguration:', '  <<: *m', '  DeploymentType: SCRATCH_2')}`,
  'a type that may be left out, by an alias': inStages(lustre('BackupId: &n !Ref AWS::NoValue', 'LustreConfiguration: {DeploymentType: *n}')),
  'several of them': resources('  A: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, LustreConfiguration: []}}', '  B: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, BackupId: }}', '  C: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}'),
}; // oxfmt-ignore

const LOOP = (name: string, value: string): string =>
  `Transform: AWS::LanguageExtensions\n${outputs("'Fn::ForEach::Each':", '  - N', `  - [${name}]`, `  - "Out\${N}": {Value: ${value}}`)}`; // oxfmt-ignore
const REFERENCES: Readonly<Record<string, string>> = {
  'all attributes': outputs('A: {Value: !GetAtt Fs.LustreMountName}', 'B: {Value: !GetAtt [Fs, Id]}', "C: {Value: {'Fn::GetAtt': [Fs, DNSName]}}", "D: {Value: {'Fn::GetAtt': Fs.ResourceARN}}", 'E: {Value: !Ref Fs}', 'F: {Value: !GetAtt Other.Id}', 'G: {Value: !GetAtt [Other, Id]}', 'H: {Value: !GetAtt Fs.Id.More}', 'I: {Value: !GetAtt [Fs, Id, More]}'),
  'in quotes': outputs('A: {Value: !GetAtt "Fs.LustreMountName"}', "B: {Value: !GetAtt ['Fs', 'LustreMountName']}"),
  'with an escape': outputs('A: {Value: !GetAtt "Fs.Lustre\\x4dountName"}'),
  'in texts': outputs("A: {Value: !Sub '${Fs.LustreMountName} ${Fs.Id}${ Fs.LustreMountName } ${Fs.DNSName} ${Other.Id} ${!Fs.Id} ${Fs}'}", "B: {Value: !Sub ['${Fs.Id} ${Fs.LustreMountName}', {Fs.Id: x}]}", 'C: {Value: !Sub plain}'),
  'in texts of several lines': outputs('A:', '  Value: !Sub |', '    mount ${Fs.LustreMountName}', '    and ${Fs.Id}'),
  'in texts with an escape': outputs('A: {Value: !Sub "${Fs.\\x49d}"}'),
  'in a text that is shared': outputs("A: {Value: {'Fn::Sub': &s '${Fs.Id}'}}", "B: {Value: {'Fn::Sub': *s}}"),
  'in conditions': inStages(outputs('A: {Value: !If [IsProd, !GetAtt Fs.Id, !Sub "${Fs.Id}"]}')),
  'an attribute that is lost': outputs('A: {Value: !GetAtt Fs.RootVolumeId}'),
  'an attribute that is lost, in a text': outputs("A: {Value: !Sub '${Fs.RootVolumeId}'}", "B: {Value: !Sub ['${Fs.RootVolumeId}', {Fs.RootVolumeId: x}]}"),
  'an attribute that a parameter names': inStages(outputs('A: {Value: !GetAtt [Fs, !Ref Kind]}')),
  'a resource that a parameter names': inStages(outputs('A: {Value: !GetAtt [!Ref Kind, Id]}', 'B: {Value: !GetAtt [!Ref Kind, DNSName]}')),
  'both, which a text joins': outputs("A: {Value: {'Fn::GetAtt': {'Fn::Join': ['.', [Fs, Id]]}}}", "B: {Value: {'Fn::GetAtt': {'Fn::Join': ['', [Fs]]}}}", "C: {Value: {'Fn::GetAtt': {'Fn::Join': ['.', [Fs, DNSName]]}}}", "D: {Value: {'Fn::GetAtt': []}}"),
  'a reference in a loop': LOOP('Id, DNSName', '!GetAtt "Fs.${N}"'),
  'a reference in a loop, as a list': LOOP('LustreMountName', '!GetAtt [Fs, !Ref N]'),
  'a text in a loop': LOOP('Id', '!Sub "${Fs.${N}}"'),
  'a text in a loop, of another': LOOP('Id', '!Sub "${Other.${N}} ${!Fs.${N}}"'),
  'a text in a loop that names all': LOOP('A', '!Sub "${Fs.Id} ${N}"'),
  'a text that a parameter gives': inStages(outputs("A: {Value: {'Fn::Sub': !Ref Kind}}", "B: {Value: {'Fn::Sub': []}}")),
}; // oxfmt-ignore

const told = (text: string, options?: ConversionOptions): unknown => {
  try {
    const { text: after, converted, left } = convert(text, options);
    return [
      ...rewritten(text, after),
      ...converted.map(({ logicalId, notes }) => [logicalId, ...notes].join(' | ')),
      ...left.map(({ logicalId, why }) => `left: ${logicalId}: ${why}`),
    ];
  } catch (error) {
    if (!(error instanceof ManualConversionRequired)) throw error;
    expect(error.message).toBe(error.obstacles.join('; '));
    return error.obstacles;
  }
};

describe.each([
  ['lines', BLOCK],
  ['braces', FLOW],
  ['defaults', DEFAULTS],
  ['notes and obstacles', NOTES],
  ['references', REFERENCES],
])('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (_, text) => {
    expect(told(text)).toMatchSnapshot();
  });
});

test('one of several', () => {
  const text = resources(
    '  A: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, LustreConfiguration: []}}',
    '  B: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200}}',
  );
  expect(['A', 'B', 'C'].map((logicalId) => told(text, { logicalId }))).toMatchSnapshot();
});

test('what the region lacks', () => {
  const staged = inStages(
    lustre('LustreConfiguration: {DeploymentType: !If [IsProd, PERSISTENT_2, PERSISTENT_1]}'),
  );
  const both = lustre('LustreConfiguration: {DeploymentType: PERSISTENT_2}') + '  B: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}\n'; // oxfmt-ignore
  const options = { region: 'me-south-1', date: '2026-11-26' };
  expect([told(staged, options), told(both, options), told(both, { ...options, region: 'us-east-1' })]).toMatchSnapshot(); // oxfmt-ignore
});

test('what is no template', () => {
  expect(() => convert('a: b')).toThrow('it has no Resources');
});
