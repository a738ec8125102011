/** Native file systems converted: what is rewritten, what stays as it is, and what is left to people. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { applyEdits, ManualConversionRequired } from '../../src/review/conversion/edits';
import { NATIVE_BESIDE, NATIVE_NESTED, NATIVE_DEFAULTS } from '../../src/review/resource-types';
import { convert as conversion, type Conversion } from '../../src/review/conversion/convert';
import { outcomesOf, findFileSystems } from '../../src/review/file-systems';
import { modelOf } from '../../src/review/resource-model';
import type { Node } from '../../src/template/node';
import { Template } from '../../src/template/template';
import { withDefaults, type LustreProperties } from '../../src/lustre/properties';
import { checkModel } from '../../src/lustre/rules/rules';
import { accepted } from '../lustre/arbitraries';
import { folder, pangea } from '../cli/command';
import { anyHand, handwritten, type Json } from '../template/handwriting';

const convert = (text: string): string => conversion(text).text;

/** A template with one native file system, whose further properties begin on line 6. */
const native = (properties: readonly string[], sections: readonly string[] = []): string =>
  [
    'Resources:',
    '  Fs:',
    '    Type: AWS::FSx::FileSystem',
    '    Properties:',
    '      FileSystemType: LUSTRE',
    ...properties.map((line) => `      ${line}`),
    ...sections,
    '',
  ].join('\n');

/** The properties of a converted file system, as they are written. */
const propertiesOf = (text: string): string[] =>
  text
    .slice(text.indexOf('    Properties:\n') + '    Properties:\n'.length)
    .split('\n')
    .filter((line) => line.startsWith('      '))
    .map((line) => line.slice(6));

test('comments, blank lines and all else stay', () => {
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
  expect(convert(text).split('\n')).toEqual([
    '# top',
    'Resources:',
    '  Fs: # the file system',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    DeletionPolicy: Retain',
    '    Properties:',
    '      # always',
    "      FileSystemTypeVersion: '2.15'",
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
    '  Mount: {Value: !Sub "${Fs.DNSName}@tcp:/${ Fs.MountName }"}',
    '  Id: {Value: !GetAtt [Fs, FileSystemId]}',
    '  Name: {Value: !GetAtt Fs.MountName}',
    '',
  ]);
});

describe('anchors, aliases and merges', () => {
  const RESOURCE = '    Type: AWS::FSx::FileSystem\n    Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200}\n'; // oxfmt-ignore

  test.each<[string, string]>([
    ['a resource that stands in two places', `Resources:\n  Fs: &f\n${RESOURCE}  Fs2: *f\n`],
    [
      'properties that are merged',
      `Shared: &x\n  FileSystemType: LUSTRE\n  StorageCapacity: 1200\nResources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties: {<<: *x}\n`,
    ],
    [
      'members that are merged into a configuration',
      `Shared: &x {DeploymentType: SCRATCH_2}\n${native(['LustreConfiguration:', '  <<: *x', '  DataCompressionType: LZ4'])}`,
    ],
    [
      'a configuration that another file system shares',
      native(
        ['LustreConfiguration: &lc {DeploymentType: SCRATCH_2}'],
        [
          '  Fs2:',
          '    Type: AWS::FSx::FileSystem',
          '    Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200, LustreConfiguration: *lc}',
        ],
      ),
    ],
    [
      'a word whose anchor would go with it',
      native(['StorageCapacity: 1200'], ['Outputs: {A: {Value: *type}}']).replace(
        'FileSystemType: LUSTRE',
        'FileSystemType: &type LUSTRE',
      ),
    ],
    [
      'a type that is an alias',
      `Kind: &kind AWS::FSx::FileSystem\n${native([]).replace('Type: AWS::FSx::FileSystem', 'Type: *kind')}`,
    ],
    ['Resources that are an alias', `Other: &r\n  Fs:\n${RESOURCE}Resources: *r\n`],
  ])('%s are left to people', (_, text) => {
    expect(() => conversion(text)).toThrow('must be converted manually');
  });

  test('values that are shared stay shared', () => {
    const text = native(
      ['StorageCapacity: &size 1200', 'LustreConfiguration: {DeploymentType: &type SCRATCH_2, DataCompressionType: *lz4}'], // oxfmt-ignore
      ['Outputs: {A: {Value: *size}, B: {Value: *type}}'],
    );
    const converted = convert(`Lz4: &lz4 LZ4\n${text}`);
    expect(propertiesOf(converted)).toEqual([
      "FileSystemTypeVersion: '2.10'",
      'StorageCapacity: &size 1200',
      'DeploymentType: &type SCRATCH_2',
      'DataCompressionType: *lz4',
    ]);
  });

  test('a reference that is written once for several is renamed once', () => {
    const outputs = 'Outputs: {A: {Value: &v !GetAtt Fs.Id}, B: {Value: *v}}';
    expect(convert(native(['StorageCapacity: 1200'], [outputs]))).toContain(
      'Outputs: {A: {Value: &v !GetAtt Fs.FileSystemId}, B: {Value: *v}}',
    );
  });

  test('edits of the same place are refused', () => {
    const edit = { at: 1, end: 3, text: 'x' };
    expect(applyEdits('abcd', [{ at: 3, end: 3, text: '!' }, edit])).toBe('ax!d');
    expect(() => applyEdits('abcd', [edit, edit])).toThrow('two of its changes overlap');
    expect(() => applyEdits('abcd', [edit, { at: 2, end: 4, text: '' }])).toThrow(
      'two of its changes overlap',
    );
    const put = { at: 1, end: 1, text: 'x' };
    expect(() => applyEdits('abcd', [put, put])).toThrow('two of its changes overlap');
  });
});

describe('what may be AWS::NoValue', () => {
  const NO = '!Ref AWS::NoValue';

  test.each<[string, string[], string[]]>([
    [
      'a backup',
      [`BackupId: !If [HasB, !Ref B, ${NO}]`],
      [
        `DeploymentType: !If [HasB, ${NO}, SCRATCH_1]`,
        `FileSystemTypeVersion: !If [HasB, ${NO}, '2.10']`,
        `BackupId: !If [HasB, !Ref B, ${NO}]`,
      ],
    ],
    [
      'no backup at all',
      [`BackupId: ${NO}`],
      ['DeploymentType: SCRATCH_1', "FileSystemTypeVersion: '2.10'", `BackupId: ${NO}`],
    ],
    ['a backup that is always there', ['BackupId: !If [X, !Ref B, !Ref C]'], ['BackupId: !If [X, !Ref B, !Ref C]']], // oxfmt-ignore
    [
      'a version',
      [`FileSystemTypeVersion: !If [X, '2.15', ${NO}]`, 'LustreConfiguration: {DeploymentType: SCRATCH_2}'], // oxfmt-ignore
      ["FileSystemTypeVersion: !If [X, '2.15', '2.10']", 'DeploymentType: SCRATCH_2'],
    ],
    [
      'a deployment',
      ['LustreConfiguration:', '  DeploymentType:', '    Fn::If:', '      - X', '      - SCRATCH_2', '      - Ref: AWS::NoValue'], // oxfmt-ignore
      [
        "FileSystemTypeVersion: '2.10'",
        'DeploymentType:',
        '  Fn::If:',
        '    - X',
        '    - SCRATCH_2',
        '    - SCRATCH_1',
      ],
    ],
    [
      'deployments of two versions',
      ['LustreConfiguration: {DeploymentType: !If [X, PERSISTENT_2, SCRATCH_2]}'],
      [
        "FileSystemTypeVersion: !If [X, '2.15', '2.10']",
        'DeploymentType: !If [X, PERSISTENT_2, SCRATCH_2]',
      ],
    ],
    [
      'metadata',
      ['LustreConfiguration:', '  DeploymentType: PERSISTENT_2', `  MetadataConfiguration: !If [X, {Mode: AUTOMATIC}, ${NO}]`], // oxfmt-ignore
      [
        "FileSystemTypeVersion: '2.15'",
        'DeploymentType: PERSISTENT_2',
        `MetadataConfiguration: !If [X, {Mode: AUTOMATIC}, ${NO}]`,
      ],
    ],
    [
      'several of them, by the same condition and by others',
      [`BackupId: !If [A, !Ref B, ${NO}]`, `LustreConfiguration: {DeploymentType: !If [A, ${NO}, !If [C, SCRATCH_2, ${NO}]]}`], // oxfmt-ignore
      [
        `FileSystemTypeVersion: !If [A, ${NO}, '2.10']`,
        `BackupId: !If [A, !Ref B, ${NO}]`,
        `DeploymentType: !If [A, ${NO}, !If [C, SCRATCH_2, SCRATCH_1]]`,
      ],
    ],
  ])('%s gets the default of FSx where it is left out', (_, properties, expected) => {
    expect(propertiesOf(convert(native(properties)))).toEqual(expected);
  });

  test('the default stands in JSON too', () => {
    const Properties = {
      FileSystemType: 'LUSTRE',
      BackupId: { 'Fn::If': ['HasB', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] },
    };
    const text = JSON.stringify({
      Resources: { Fs: { Type: 'AWS::FSx::FileSystem', Properties } },
    });
    const { Resources } = JSON.parse(convert(text)) as typeof Properties & {
      Resources: { Fs: { Properties: object } };
    };
    expect(Resources.Fs.Properties).toEqual({
      DeploymentType: { 'Fn::If': ['HasB', { Ref: 'AWS::NoValue' }, 'SCRATCH_1'] },
      FileSystemTypeVersion: { 'Fn::If': ['HasB', { Ref: 'AWS::NoValue' }, '2.10'] },
      BackupId: Properties.BackupId,
    });
  });

  test('where it cannot be followed the file system is left to people', () => {
    const backup = `BackupId: !FindInMap [A, B, C, {DefaultValue: ${NO}}]`;
    expect(() => conversion(native([backup]))).toThrow(
      'Fs must be converted manually: its BackupId is set by a function that may omit it',
    );
    const configuration = `LustreConfiguration: ${NO}`;
    expect(() => conversion(native([configuration]))).toThrow('manually');
  });

  test.each([
    ['{DeploymentType: !Ref Type}', /^FileSystemTypeVersion is omitted, .* specify the version/],
    [`{DeploymentType: !If [X, !Ref Type, SCRATCH_2]}`, /^FileSystemTypeVersion is omitted, and/],
    [
      '{DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125}',
      /^FileSystemTypeVersion is 2\.15, which FSx uses, as recorded, .* AWS documents 2\.12: compare/,
    ],
    [
      `{DeploymentType: PERSISTENT_2, MetadataConfiguration: !If [X, {Mode: AUTOMATIC}, ${NO}]}`,
      /^FileSystemTypeVersion is 2\.15, /,
    ],
  ])('a version that nobody can know is told: %s', (configuration, note) => {
    const { converted } = conversion(native([`LustreConfiguration: ${configuration}`]));
    expect(converted[0]?.notes).toEqual([expect.stringMatching(note)]);
  });
});

test('what every object has is no attribute', () => {
  const outputs =
    'Outputs: {A: {Value: !GetAtt Fs.toString}, B: {Value: !Sub "${Fs.constructor}"}}';
  expect(convert(native(['StorageCapacity: 1200'], [outputs]))).toContain(outputs);
});

test('what Fn::Sub names itself is no attribute', () => {
  const outputs = 'Outputs: {A: {Value: !Sub ["${Fs.Id} ${!Fs.Id}", {Fs.Id: x}]}}';
  expect(convert(native(['StorageCapacity: 1200'], [outputs]))).toContain(outputs);
});

describe('JSON', () => {
  const LINES = [
    '{',
    '  "Mappings": {"M": {"10": {"b": 1, "a": 12345678901234567890}, "9": {"a": "\\u00e9"}}},',
    '  "Resources": {',
    '    "Fs": {',
    '      "Type": "AWS::FSx::FileSystem",',
    '      "Properties": {',
    '        "FileSystemType": "LUSTRE",',
    '        "StorageCapacity": 1.2e3,',
    '        "LustreConfiguration": {',
    '          "DataCompressionType": "LZ4",',
    '          "DataReadCacheConfiguration": {',
    '            "SizeGiB": 32',
    '          }',
    '        },',
    '        "SubnetIds": ["a", "b"]',
    '      }',
    '    }',
    '  },',
    '  "Outputs": {"A": {"Value": {"Fn::GetAtt": ["Fs", "Id"]}}}',
    '}',
  ];
  const CONVERTED = [
    ...LINES.slice(0, 4),
    '      "Type": "Pangea::FSx::LustreFileSystem",',
    '      "Properties": {',
    '        "DeploymentType": "SCRATCH_1",',
    '        "FileSystemTypeVersion": "2.10",',
    '        "StorageCapacity": 1.2e3,',
    '        "DataCompressionType": "LZ4",',
    '        "DataReadCacheConfiguration": {',
    '          "SizeGiB": 32',
    '        },',
    ...LINES.slice(14, 18),
    '  "Outputs": {"A": {"Value": {"Fn::GetAtt": ["Fs", "FileSystemId"]}}}',
    '}',
  ];

  test.each([
    ['\n', '  '],
    ['\r\n', '  '],
    ['\n', '\t'],
  ])('all else stays, with the line ends %j and the indentation %j', (newline, indent) => {
    const written = (lines: readonly string[]) =>
      lines
        .map((line) => line.replace(/^ +/, (spaces) => indent.repeat(spaces.length / 2)))
        .join(newline);
    expect(convert(written(LINES))).toBe(written(CONVERTED));
  });

  test('on one line', () => {
    const text =
      '{"Resources":{"Fs":{"Type":"AWS::FSx::FileSystem","Properties":{"StorageCapacity":1200,"LustreConfiguration":{},"NetworkType":"IPV4","FileSystemType":"LUSTRE"}}}}';
    expect(convert(text)).toBe(
      '{"Resources":{"Fs":{"Type":"Pangea::FSx::LustreFileSystem","Properties":{"StorageCapacity":1200,"DeploymentType":"SCRATCH_1","FileSystemTypeVersion":"2.10"}}}}',
    );
  });
});

describe('what is not written as one plain resource', () => {
  test.each<[string, string, string]>([
    [
      'a type that a parameter gives',
      native([]).replace('LUSTRE', '!Ref T'),
      'Fs must be converted manually: its FileSystemType is set by a function, and may be LUSTRE',
    ],
    [
      'Properties that a condition chooses',
      'Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties: !If [A, {FileSystemType: LUSTRE}, {}]\n',
      'Fs must be converted manually: its Properties are set by a function, and may be LUSTRE',
    ],
    [
      'a loop',
      "Resources:\n  'Fn::ForEach::Loop':\n    - Id\n    - [a, b]\n    - Fs${Id}:\n        Type: AWS::FSx::FileSystem\n        Properties: {FileSystemType: LUSTRE}\n",
      'Fn::ForEach::Loop must be converted manually: it is not written as a separate resource',
    ],
  ])('%s is told', (_, input, message) => {
    const { code, out, err } = pangea(['convert'], { input });
    expect({ code, out, err }).toEqual({
      code: 2,
      out: input,
      err: `pangea-lustre: stdin: ${message}.\n`,
    });
  });

  test('another kind of file system is none', () => {
    const text = native([]).replace('LUSTRE', 'WINDOWS');
    expect(conversion(text)).toEqual({ text, converted: [], left: [] });
  });
});

test.each([
  [
    'its Properties are set by a function',
    'Properties: {FileSystemType: LUSTRE, "Fn::Transform": {Name: M}}',
  ],
  [
    'its LustreConfiguration is set by a function',
    'Properties: {FileSystemType: LUSTRE, LustreConfiguration: !If [A, {}, {}]}',
  ],
  [
    'its LustreConfiguration is not a map',
    'Properties: {FileSystemType: LUSTRE, LustreConfiguration: []}',
  ],
  ['its BackupId has no value', 'Properties: {FileSystemType: LUSTRE, BackupId: null}'],
  [
    'StorageCapacity is set twice',
    'Properties: {FileSystemType: LUSTRE, StorageCapacity: 1, LustreConfiguration: {StorageCapacity: 2}}',
  ],
])('where %s it is left to people', (reason, properties) => {
  const text = `Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    ${properties}\n`;
  expect(() => conversion(text)).toThrow(`Fs must be converted manually: ${reason}`);
});

test('a file system that refers to another is converted together with it', () => {
  const text = native(
    ['LustreConfiguration:', '  DeploymentType: SCRATCH_2', '  ExportPath: !Sub "s3://b/${B.LustreMountName}"'], // oxfmt-ignore
    [
      '  B:',
      '    Type: AWS::FSx::FileSystem',
      '    Properties: {FileSystemType: LUSTRE, LustreConfiguration: {DeploymentType: SCRATCH_2, ImportPath: !GetAtt C.Id}}',
      '  C: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, BackupId: !GetAtt B.Id}}',
    ],
  );
  const converted = convert(text);
  expect(converted).toContain('\n      ExportPath: !Sub "s3://b/${B.MountName}"\n');
  expect(converted).toContain('ImportPath: !GetAtt C.FileSystemId}');
  expect(converted).toContain('{BackupId: !GetAtt B.FileSystemId}');
});

describe('comments', () => {
  test('behind what is taken apart or left out they stay', () => {
    const text = native([
      'NetworkType: IPV4 # network',
      'LustreConfiguration: {DeploymentType: SCRATCH_2, DataCompressionType: LZ4} # keep me',
      'StorageCapacity: 1200',
    ]).replace('LUSTRE', 'LUSTRE # x');
    expect(propertiesOf(convert(text))).toEqual([
      '# x',
      "FileSystemTypeVersion: '2.10'",
      '# network',
      'DeploymentType: SCRATCH_2',
      'DataCompressionType: LZ4 # keep me',
      'StorageCapacity: 1200',
    ]);
  });

  test('they move with what they stand under', () => {
    const text = native([
      'LustreConfiguration:',
      '  # a',
      '# b',
      '  DeploymentType: SCRATCH_2',
      '  # c',
      '# d',
      'StorageCapacity: 1200',
    ]);
    expect(propertiesOf(convert(text))).toEqual([
      "FileSystemTypeVersion: '2.10'",
      '# a',
      '# b',
      'DeploymentType: SCRATCH_2',
      '# c',
      '# d',
      'StorageCapacity: 1200',
    ]);
  });

  test('inside braces they stay', () => {
    const configuration = [
      'LustreConfiguration: { # a',
      '  # b',
      '  DeploymentType: SCRATCH_2, # c',
      '  # d',
      '  "DataCompressionType":LZ4 # e',
      '  # f',
      '} # g',
    ];
    expect(propertiesOf(convert(native(configuration)))).toEqual([
      "FileSystemTypeVersion: '2.10'",
      '# a',
      '# b',
      'DeploymentType: SCRATCH_2 # c',
      '# d',
      '"DataCompressionType": LZ4 # e',
      '# f # g',
    ]);
  });

  test('inside the braces of Properties they stay', () => {
    const text = [
      'Resources:',
      '  Fs:',
      '    Type: AWS::FSx::FileSystem',
      '    Properties: {',
      '      BackupId: b, # a',
      '      LustreConfiguration: { # c',
      '        DataCompressionType: LZ4 # d',
      '      }, # e',
      '      FileSystemType: LUSTRE, # f',
      '      NetworkType: IPV4 # g',
      '    }',
      '',
    ].join('\n');
    const converted = convert(text);
    expect(parse(converted)).toEqual({
      Resources: {
        Fs: {
          Type: 'Pangea::FSx::LustreFileSystem',
          Properties: { BackupId: 'b', DataCompressionType: 'LZ4' },
        },
      },
    });
    for (const letter of 'acdefg') expect(converted).toMatch(new RegExp(`\\s# ${letter}\\n`));
  });
});

test('a comment behind the brace of what is lifted keeps its space where FileSystemType before it goes', () => {
  const { text } = conversion(`Resources:
  Fs:
    Type: AWS::FSx::FileSystem
    Properties: {FileSystemType: LUSTRE, LustreConfiguration: { # why
        ImportPath: s3://bucket-of-mine
      }, SubnetIds: [a], BackupId: backup-1}
`);
  expect(text).toContain('Properties: { # why\n');
});

test('lines end as they did', () => {
  const text = native([
    'StorageCapacity: 1200 # x',
    'LustreConfiguration: # y',
    '  DeploymentType: SCRATCH_2 # z',
    '  RootSquashConfiguration: {RootSquash: "0:0"}',
  ]);
  const crlf = (lines: string): string => lines.replaceAll('\n', '\r\n');
  expect(convert(crlf(text))).toBe(crlf(convert(text)));
  const flow = native(['LustreConfiguration: {DeploymentType: SCRATCH_2, ImportPath: x} # y']);
  expect(convert(crlf(flow))).toBe(crlf(convert(flow)));
});

test('a byte order mark stays, and what is no text is not rewritten', () => {
  const text = native(['StorageCapacity: 1200']);
  const at = folder({ 'mark.yaml': `\uFEFF${text}` });
  expect(pangea(['convert', '--write', 'mark.yaml'], { cwd: at }).code).toBe(0);
  const written = readFileSync(join(at, 'mark.yaml'), 'utf8');
  expect(written.startsWith('\uFEFFResources:')).toBe(true);
  expect(written).toContain('Pangea::FSx::LustreFileSystem');
  expect(pangea(['convert'], { input: `\uFEFF${text}` }).out).toBe(written);
  writeFileSync(join(at, 'latin.yaml'), Buffer.from(`${text}# caf\xe9\n`, 'latin1'));
  expect(pangea(['convert', '--write', 'latin.yaml'], { cwd: at })).toEqual({
    code: 2,
    out: '',
    err: 'pangea-lustre: latin.yaml: this is not text in UTF-8.\n',
  });
});

test('a network that this type does not have is told', () => {
  const noted = (type: string) => conversion(native([`NetworkType: ${type}`])).converted[0]?.notes;
  expect(noted('DUAL')).toEqual([
    'NetworkType is removed, because this type does not have it: clients use IPv4.',
  ]);
  expect(noted('IPV4')).toEqual([]);
});

const NO_VALUE = { Ref: 'AWS::NoValue' };

/** A value, or nothing, or what conditions choose of them. */
const conditional = (...values: Json[]): fc.Arbitrary<Json> =>
  fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom<Json>(...values, NO_VALUE),
      fc
        .tuple(fc.constantFrom('A', 'B'), tie('value'), tie('value'))
        .map(([name, yes, no]): Json => ({ 'Fn::If': [name, yes, no] })),
    ),
  })).value;

/** Text, some of it about file systems of the same template. */
const text = fc.constantFrom<Json>(
  { 'Fn::GetAtt': ['Fs', 'LustreMountName'] },
  { 'Fn::Sub': 's3://${Fs2.LustreMountName}/${Fs.DNSName}${A}' },
  { 'Fn::Sub': ['${Fs.Id}${x}', { x: { 'Fn::GetAtt': ['Fs2', 'Id'] } }] },
  "# it's: \u00e9",
);

const fileSystem = fc
  .record(
    {
      NetworkType: fc.constantFrom('IPV4', 'DUAL'),
      BackupId: conditional('backup-1', { Ref: 'P' }),
      FileSystemTypeVersion: conditional('2.10', '2.15', { Ref: 'P' }),
      KmsKeyId: text,
      SubnetIds: fc.constant(['a', 'b']),
      LustreConfiguration: fc.record(
        {
          DeploymentType: conditional('SCRATCH_2', 'PERSISTENT_2', { Ref: 'P' }),
          ImportPath: text,
          DataReadCacheConfiguration: fc.constant({ SizingMode: 'NO_CACHE' }),
          MetadataConfiguration: conditional({ Mode: 'AUTOMATIC' }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .chain((properties) => {
    const given = Object.entries({ FileSystemType: 'LUSTRE', ...properties });
    return fc.shuffledSubarray(given, { minLength: given.length });
  })
  .map((entries) => ({ Type: 'AWS::FSx::FileSystem', Properties: Object.fromEntries(entries) }));

const anyTemplate = fc
  .tuple(fileSystem, fileSystem, fc.boolean(), text)
  .map(([Fs, other, same, Value]) => ({
    Metadata: { Properties: Fs.Properties, '10': '1', '9': ['\u00e9', 1.5] },
    Parameters: { P: { Type: 'String' }, Q: { Type: 'String' } },
    Conditions: { A: { 'Fn::Equals': [{ Ref: 'Q' }, 'a'] }, B: { 'Fn::Equals': [{ Ref: 'Q' }, 'b'] } }, // oxfmt-ignore
    Resources: { Fs, Topic: { Type: 'AWS::SNS::Topic' }, Fs2: same ? Fs : other },
    Outputs: { Out: { Value } },
  }));

test('however it is written, it says the same or is left to people', () => {
  fc.assert(
    fc.property(anyTemplate, fc.option(anyHand), fc.boolean(), (template, hand, crlf) => {
      const plain = JSON.parse(JSON.stringify(template)) as Json;
      const lines = hand ? handwritten(plain, hand) : JSON.stringify(plain, undefined, 2);
      const written = crlf ? lines.replaceAll('\n', '\r\n') : lines;
      const outcome = conversionOrError(written);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(ManualConversionRequired);
        if (!hand?.anchors) expect(outcome.message).toContain('contains a comment');
        return;
      }
      expect(outcome.converted).toHaveLength(2);
      expectTheRest(written, outcome.text);
      for (const { logicalId, notes } of outcome.converted)
        expectTheSame(logicalId, written, outcome.text, notes.join(' '));
    }),
    { numRuns: 60 },
  );
});

function conversionOrError(text: string): Conversion | Error {
  try {
    return conversion(text);
  } catch (error) {
    return error as Error;
  }
}

/** Beside the file systems all is as it was, but for the names of attributes; comments and line ends too. */
function expectTheRest(before: string, after: string): void {
  const rest = (template: string): unknown => {
    const { root } = Template.read('t', template);
    const { Resources, ...sections } = plainOf(root) as Record<string, Record<string, unknown>>;
    return { sections, names: Object.keys(Resources ?? {}), Topic: Resources?.Topic };
  };
  expect(rest(after)).toEqual(withNewNames(rest(before)));
  for (const [comment] of before.matchAll(/# c\d+\./g))
    expect(after.split(comment)).toHaveLength(2);
  if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
}

/** In every deployment FSx is asked for the same file system, but where a note says that its version is left out. */
function expectTheSame(id: string, before: string, after: string, notes: string) {
  const [native, ours] = [deployed(before, id), deployed(after, id)];
  expect(ours.map(({ when }) => when).sort()).toEqual(native.map(({ when }) => when).sort());
  for (const { when, properties } of native) {
    const wanted = withNewNames(properties) as LustreProperties;
    const found = ours.find((each) => each.when === when)?.properties;
    if (
      !/^(SCRATCH|PERSISTENT)_/.test(wanted.DeploymentType ?? 'SCRATCH_') &&
      notes.includes('FileSystemTypeVersion is omitted, and')
    )
      expect({ ...found, FileSystemTypeVersion: '' }).toEqual({ ...wanted, FileSystemTypeVersion: '' }); // oxfmt-ignore
    else expect(found).toEqual(wanted);
  }
}

function deployed(text: string, id: string) {
  const template = Template.read('t', text);
  const fileSystems = findFileSystems(template, {});
  const found = fileSystems.find(({ logicalId }) => logicalId === id);
  if (!found) throw new Error(`no ${id}`);
  return outcomesOf(template, found, {}).created.map(({ properties, conditions }) => {
    if (properties.kind !== 'object') throw new Error('its properties are not known');
    const model = JSON.parse(JSON.stringify(modelOf(properties, found.type))) as LustreProperties; // oxfmt-ignore
    const when = JSON.stringify([...conditions].sort());
    return { when, properties: withDefaults(model, found.type.defaults) };
  });
}

function plainOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  const members = node.entries.map(({ key, value }) => [key, plainOf(value)] as const);
  return Object.fromEntries(
    // Both ways to write the argument mean the same.
    members.map(([key, value]) => [key, key === 'Fn::GetAtt' && typeof value === 'string' ? value.split('.') : value]), // oxfmt-ignore
  );
}

const withNewNames = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('LustreMountName', 'MountName')
      .replace(/(Fs2?)(\.|",")Id\b/g, '$1$2FileSystemId'),
  );

const pick = (properties: LustreProperties, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));

test('what is converted is what FSx would have made of the native one', () => {
  fc.assert(
    fc.property(
      accepted,
      fc.constantFrom('block', 'flow', 'json'),
      fc.boolean(),
      (properties, style, implicit) => {
        const { DeploymentType, FileSystemTypeVersion, ...rest } = properties;
        const given: LustreProperties = implicit
          ? { ...rest, ...(DeploymentType !== 'SCRATCH_1' && DeploymentType && { DeploymentType }) }
          : { ...rest, ...(DeploymentType && { DeploymentType }), ...(FileSystemTypeVersion && { FileSystemTypeVersion }) }; // oxfmt-ignore
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
        const model = modelIn(convert(text));
        const known = { ...pick(given, [...NATIVE_BESIDE, ...NATIVE_NESTED]) } as LustreProperties;
        const wanted = withDefaults(known, NATIVE_DEFAULTS);
        expect(withDefaults(checkModel(model).properties)).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

/** The properties of the one file system of a template, as they are written. */
function modelIn(text: string): Record<string, unknown> {
  const { Resources } = parse(text) as {
    Resources: { Fs: { Type: string; Properties: Record<string, unknown> } };
  };
  expect(Resources.Fs.Type).toBe('Pangea::FSx::LustreFileSystem');
  return Resources.Fs.Properties;
}
