/** What an editor offers and shows, wherever the pointer is and however the template is written. */
import { completionsAt, withoutPlaces } from '../../src/review/authoring/completion';
import { conversionOffer } from '../../src/review/authoring/code-actions';
import { hoverAt } from '../../src/review/authoring/hover';
import { TemplateDraft, type AuthoringOptions } from '../../src/review/authoring/template-draft';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { NATIVE_BESIDE, NATIVE_NESTED } from '../../src/review/resource-types';
import { CREATION_RULES, describeRules, TEMPLATE_RULES, UPDATE_RULES } from '../../src/review/rule-table'; // oxfmt-ignore
import { fileSystem, inFlowStyle, NATIVE, OURS, resources } from './yaml';

const OPTIONS: AuthoringOptions = {
  review: { region: 'us-east-1', date: '2026-11-26' },
  costs: { region: 'us-east-1' },
};
const WITHOUT_NATIVE: AuthoringOptions = {
  ...OPTIONS,
  review: { ...OPTIONS.review, native: false },
};

const fs = (...properties: string[]): string => fileSystem(OURS, ...properties);
const native = (...properties: string[]): string => fileSystem(NATIVE, 'FileSystemType: LUSTRE', ...properties); // oxfmt-ignore
const flow = (properties: string): string => inFlowStyle(OURS, properties);
const inJson = (properties: string, type = 'Pangea::FSx::LustreFileSystem'): string =>
  `{"Resources": {"Fs": {"Type": "${type}", "Properties": {${properties}}}}}`;
const P2 = ['DeploymentType: PERSISTENT_2', 'PerUnitStorageThroughput: 125'];
const TIERING = ['DeploymentType: PERSISTENT_2', 'StorageType: INTELLIGENT_TIERING'];
const STAGES = 'Parameters: {Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}, Any: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Stage, prod], IsAny: !Equals [!Ref Any, x]}\n'; // oxfmt-ignore

const TYPED: Readonly<Record<string, readonly [marked: string, options?: AuthoringOptions]>> = {
  'nothing at all': ['|'],
  'a text without resources': ['Parameters: {A: {Type: |}}'],
  'another section that speaks of Resources': ['Metadata: {Resources: |}'],
  'resources on the line': ['Resources: |'],
  'a logical id': ['Resources:\n  F|'],
  'a logical id behind others': [`${fs('StorageCapacity: 1200')}  |`],
  'a logical id in quotes': ["Resources:\n  '|'"],
  'a logical id in JSON': ['{"Resources": {"|"}}'],
  'a value of a resource': ['Resources:\n  Fs: |'],
  'a type': ['Resources:\n  Fs:\n    Type: |'],
  'an attribute of a resource': ['Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    |'],
  'metadata': ['Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Metadata:\n      |'],
  'properties on the line': ['Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties: |'],
  'properties of another type': ['Resources:\n  Fs:\n    Type: AWS::SNS::Topic\n    Properties:\n      |'],
  'properties of no type': ['Resources:\n  Fs:\n    Properties:\n      |'],
  'properties of a native type that is left alone': [native('Sto|'), WITHOUT_NATIVE],
  'what cannot be read': ['Resources: [}|'],
  'what is no template': ['- Resources\n- |'],
  'in a comment': [fs('StorageCapacity: 1200 # Sto|')],
  'in a text in quotes': [fs('KmsKeyId: "alias/a b|c"')],
  'names: before others': [fs('|', 'StorageCapacity: 1200')],
  'names: between others': [fs('StorageCapacity: 1200', '|', 'DeploymentType: PERSISTENT_2')],
  'names: that are required': [fs('DeploymentType: PERSISTENT_2', '|')],
  'names: with CRLF': [fs('StorageCapacity: 1200', '|').replaceAll('\n', '\r\n')],
  'names: followed by a colon': [fs('Sto|: 1200')],
  'names: followed by a space and a colon': [fs('Sto| : 1200')],
  'names: in quotes that are open': [fs("'Sto|")],
  'names: in double quotes': [fs('"Sto|"')],
  'names: in quotes, followed by a colon': [fs('"Sto|": 1200')],
  'names: in braces': [flow('{Sto|}')],
  'names: in braces behind others': [flow('{StorageCapacity: 1200, |}')],
  'names: in JSON': [inJson('"Sto|"')],
  'names: in JSON behind others': [inJson('"StorageCapacity": 1200, "|"')],
  'names: in JSON, followed by a colon': [inJson('"|": 1')],
  'names: in JSON with spaces': [inJson('"|"').replace('{"Res', '\n  {\n  "Res')],
  'names: in braces that are no JSON': [`{Resources: {Fs: {Type: 'Pangea::FSx::LustreFileSystem', Properties: {|}}}}`],
  'names: of INTELLIGENT_TIERING': [fs(...TIERING, '|')],
  'names: of a type that is not known': [`${STAGES}${fs('DeploymentType: !Ref Any', '|')}`],
  'names: of two types': [`${STAGES}${fs('DeploymentType: !If [IsProd, PERSISTENT_2, SCRATCH_1]', '|')}`],
  'names: of a native one': [native('|')],
  'names: of a native one, inside': [native('LustreConfiguration:', '  DeploymentType: SCRATCH_2', '  |')],
  'names: of a native one, inside braces': [native('LustreConfiguration: {|}')],
  'names: of a native one, in JSON': [inJson('"FileSystemType": "LUSTRE", "|"', 'AWS::FSx::FileSystem')],
  'names: of members': [fs('MetadataConfiguration:', '  |')],
  'names: of members on the line': [fs('MetadataConfiguration: |')],
  'names: of members that are required': [fs(...P2, 'MetadataConfiguration:', '  Mode: USER_PROVISIONED', '  |')],
  'names: of members in braces': [fs('LogConfiguration: {|}')],
  'names: of members in JSON': [inJson('"LogConfiguration": {"|"}')],
  'names: of members of a native one': [native('LustreConfiguration:', '  MetadataConfiguration:', '    |')],
  'names: of items': [fs('Tags:', '  - |')],
  'names: of items, after the first': [fs('Tags:', '  - Key: a', '    |')],
  'names: of items in brackets': [fs('Tags: [{|}]')],
  'names: of a text': [fs('KmsKeyId:', '  |')],
  'names: of what is merged': [`Metadata: {A: &a {StorageCapacity: 1200}}\n${fs('<<: *a', '|')}`],
  'names: in a loop': [`Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A]', "    - 'Fs${N}':", '        Type: Pangea::FSx::LustreFileSystem', '        Properties:', '          |')}`],
  'names: after a mistake below': [`${fs('Sto|')}Outputs: [}`],
  'values: words': [fs('DeploymentType: |')],
  'values: words that have begun': [fs('DataCompressionType: L|')],
  'values: words in a region': [fs('DeploymentType: |'), { ...OPTIONS, review: { region: 'me-south-1', date: '2026-11-26' } }],
  'values: words in no region': [fs('DeploymentType: |'), { ...OPTIONS, review: {} }],
  'values: words in quotes': [fs("DataCompressionType: '|'")],
  'values: words in double quotes': [fs('DataCompressionType: "L|"')],
  'values: words in JSON': [inJson('"DataCompressionType": "|"')],
  'values: truths': [fs('EfaEnabled: t|')],
  'values: truths of PERSISTENT_2': [fs(...P2, 'CopyTagsToBackups: |')],
  'values: truths in quotes': [fs("EfaEnabled: '|'")],
  'values: truths in JSON': [inJson('"EfaEnabled": "|"')],
  'values: capacities': [fs('StorageCapacity: |')],
  'values: capacities near a number': [fs('StorageCapacity: 5000|')],
  'values: capacities near a small number': [fs('StorageCapacity: 1|')],
  'values: capacities near a large number': [fs('StorageCapacity: 99999999|')],
  'values: capacities near nothing': [fs('StorageCapacity: 0|')],
  'values: capacities near a word': [fs('StorageCapacity: x|')],
  'values: capacities near one that is allowed': [fs('StorageCapacity: 4800|')],
  'values: capacities of PERSISTENT_1 HDD': [fs('DeploymentType: PERSISTENT_1', 'StorageType: HDD', 'PerUnitStorageThroughput: 12', 'StorageCapacity: |')],
  'values: capacities of HDD at any tier': [fs('DeploymentType: PERSISTENT_1', 'StorageType: HDD', 'StorageCapacity: 7000|')],
  'values: capacities with EFA': [fs(...P2, 'EfaEnabled: true', 'StorageCapacity: |')],
  'values: capacities in JSON': [inJson('"StorageCapacity": |')],
  'values: capacities in quotes': [fs("StorageCapacity: '|'")],
  'values: capacities of a native one': [native('StorageCapacity: |')],
  'values: capacities of two types': [`${STAGES}${fs('DeploymentType: !If [IsProd, SCRATCH_2, SCRATCH_1]', 'StorageCapacity: |')}`],
  'values: tiers': [fs('DeploymentType: PERSISTENT_2', 'StorageCapacity: 2400', 'PerUnitStorageThroughput: |')],
  'values: tiers of HDD': [fs('DeploymentType: PERSISTENT_1', 'StorageType: HDD', 'PerUnitStorageThroughput: |')],
  'values: tiers of no type': [fs('PerUnitStorageThroughput: |')],
  'values: throughput': [fs(...TIERING, 'ThroughputCapacity: |')],
  'values: throughput near a number': [fs(...TIERING, 'ThroughputCapacity: 9000|')],
  'values: throughput of another': [fs('ThroughputCapacity: |')],
  'values: IOPS': [fs('StorageCapacity: 1200', ...P2, 'MetadataConfiguration:', '  Mode: USER_PROVISIONED', '  Iops: |')],
  'values: IOPS of a large one': [fs('StorageCapacity: 48000', ...P2, 'MetadataConfiguration:', '  Mode: USER_PROVISIONED', '  Iops: |')],
  'values: IOPS of INTELLIGENT_TIERING': [fs(...TIERING, 'MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: |}')],
  'values: IOPS that are automatic': [fs(...P2, 'MetadataConfiguration: {Mode: AUTOMATIC, Iops: |}')],
  'values: modes': [fs(...P2, 'MetadataConfiguration: {Mode: |}')],
  'values: a cache': [fs(...TIERING, 'ThroughputCapacity: 4000', 'DataReadCacheConfiguration: {SizingMode: USER_PROVISIONED, SizeGiB: |}')],
  'values: kinds of caches': [fs(...TIERING, 'ThroughputCapacity: 4000', 'DataReadCacheConfiguration: {SizingMode: |}')],
  'values: a drive cache': [fs('DeploymentType: PERSISTENT_1', 'StorageType: HDD', 'StorageCapacity: 6000', 'PerUnitStorageThroughput: 12', 'DriveCacheType: |')],
  'values: versions': [fs('FileSystemTypeVersion: |')],
  'values: versions of PERSISTENT_2': [fs(...P2, 'FileSystemTypeVersion: |')],
  'values: versions with metadata': [fs(...P2, 'MetadataConfiguration: {Mode: AUTOMATIC}', 'FileSystemTypeVersion: |')],
  'values: versions of a native one': [native('FileSystemTypeVersion: |')],
  'values: levels': [fs('LogConfiguration: {Level: |}')],
  'values: inside a native one': [native('LustreConfiguration:', '  DataCompressionType: |')],
  'values: in a list': [fs('SubnetIds: [|]')],
  'values: in a list of lines': [fs('SubnetIds:', '  - |')],
  'values: of a text': [fs('KmsKeyId: alias/aws:x|')],
  'values: of a name that is none': [fs('Colour: |')],
  'values: in a list of a name that is none': [fs('Colour: [|]')],
  'values: of an attribute': [fs('MountCommand: |')],
  'values: of a function': [fs('StorageCapacity: !Ref |')],
  'values: of days': [fs(...P2, 'AutomaticBackupRetentionDays: |')],
  'values: of a type of a native one': [native('|').replace('LUSTRE', '|')],
  'values: with a capacity that is not known': [`${STAGES}${fs('StorageCapacity: !Ref Any', 'DeploymentType: PERSISTENT_2', 'PerUnitStorageThroughput: |')}`],
  'values: of a file system that is not created': [`${STAGES}${fs('StorageCapacity: |').replace('    Type', '    Condition: IsProd\n    Type')}`],
}; // oxfmt-ignore

test.each(Object.entries(TYPED))('what may be written: %s', (_, [marked, options = OPTIONS]) => {
  const at = marked.indexOf('|');
  let reads = 0;
  const found = completionsAt(marked.replace('|', ''), at, options, () => reads++);
  expect([
    `${reads} reads`,
    ...(found
      ? [
          `${found.at - at} to ${found.end - at}${found.dependOnTyped ? ', depends on what is typed' : ''}`,
          ...found.items.map(({ kind, label, detail = '', documentation = '', snippet }) =>
            [kind, label, detail, documentation.slice(0, 24), snippet].join(' | '),
          ),
        ]
      : []),
  ]).toMatchSnapshot();
});

test('a snippet for editors that have no places', () => {
  expect(withoutPlaces('${1:Fs}: {B: ${2:c\\}d} $3 $12\\} \\$ \\\\')).toBe('Fs: {B: c}d  } $ \\');
});

const shown = (text: string, options = OPTIONS): string[] => {
  const draft = new TemplateDraft(text, options);
  const found = new Map<string, string>();
  for (let offset = 0; offset <= text.length; offset++) {
    const hover = hoverAt(draft, offset);
    if (!hover) continue;
    const place = `${hover.at}-${hover.end} ${text.slice(hover.at, hover.end)}: ${hover.markdown}`;
    found.set(place, `${found.get(place) ?? ''},${offset}`);
  }
  return [...found].map(([what, offsets]) => {
    const all = offsets.slice(1).split(',').map(Number);
    const ranges = all.filter((each) => !all.includes(each - 1)).map((from) => {
      let to = from;
      while (all.includes(to + 1)) to++;
      return `${from}-${to}`;
    });
    return `${ranges.join(' ')} → ${what}`;
  }); // oxfmt-ignore
};

const POINTED: Readonly<Record<string, readonly [text: string, options?: AuthoringOptions]>> = {
  'a file system': [fs('SubnetIds: [subnet-01234567]', 'StorageCapacity: 1200 # size')],
  'a file system that is wrong': [fs('SubnetIds: [a]', 'StorageCapacity: 5')],
  'a file system of two costs': [`${STAGES}${fs('SubnetIds: [subnet-01234567]', 'StorageCapacity: !If [IsProd, 2400, 1200]').replace('    Type', '    Condition: IsAny\n    Type')}`],
  'a file system that depends': [`${STAGES}${fs('SubnetIds: [subnet-01234567]', 'StorageCapacity: !If [IsAny, 2400, 1200]')}`],
  'a file system of which little is known': [`${STAGES}${fs('SubnetIds: [subnet-01234567]', 'StorageCapacity: !Ref Any')}`],
  'a file system with all costs': [fs('SubnetIds: [subnet-01234567]', 'StorageCapacity: 12000', ...P2, 'MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 12000}')],
  'a file system that is never created': [`Conditions: {Off: !Equals [a, b]}\n${fs('StorageCapacity: 1200').replace('    Type', '    Condition: Off\n    Type')}`],
  'lists and functions': [`${STAGES}${fs('SubnetIds:', '  - subnet-01234567', 'Tags: [{Key: a, Value: b}]', 'LogConfiguration: !If [IsProd, {Level: WARN_ONLY}, {Level: ERROR_ONLY}]', 'KmsKeyId: !Sub "${Any}"', 'RootSquashConfiguration: !Transform {Name: X, Parameters: {RootSquash: a}}')}`],
  'names that are none': [fs('Colour: green', 'StorageCapacity: 1200', 'LogConfiguration: {Colour: red}')],
  'a configuration of the native type in ours': [fs('LustreConfiguration: {StorageCapacity: 1200}', 'StorageCapacity: 1200')],
  'what is merged and shared': [`Metadata: {A: &a {StorageCapacity: 1200}, B: &b LZ4}\n${fs('<<: *a', 'DataCompressionType: *b')}`],
  'JSON': [inJson('"StorageCapacity": 1200, "LogConfiguration": {"Level": "WARN_ONLY"}')],
  'a native one': [native('StorageCapacity: 1200', 'LustreConfiguration:', '  DeploymentType: PERSISTENT_2', '  MetadataConfiguration: {Mode: AUTOMATIC}')],
  'a native one that is left alone': [native('StorageCapacity: 1200'), WITHOUT_NATIVE],
  'a text that has an end that cannot be read': [`${fs('StorageCapacity: 1200')}Outputs: [}`],
  'what cannot be read': ['Resources: [}'],
  'two': [resources('  A: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 1200}}', '  Topic: {Type: AWS::SNS::Topic}', '  B:', '    Properties: {StorageCapacity: 1200}', '    Type: Pangea::FSx::LustreFileSystem')],
}; // oxfmt-ignore

test.each(Object.entries(POINTED))('what the pointer shows: %s', (_, [text, options]) => {
  expect(shown(text, options)).toMatchSnapshot();
});

/** What is shown of each property, without what the schema says of it. */
const ofEach = (names: readonly string[], textOf: (name: string) => string): string[] =>
  names.map((name) => {
    const text = textOf(name);
    const hover = hoverAt(new TemplateDraft(text, OPTIONS), text.indexOf(`${name}:`));
    return `${name}: ${hover?.markdown.split('\n\n').slice(1).join(' || ') ?? '-'}`;
  });

test.each<[name: string, others: string[]]>([
  ['SCRATCH_2', ['DeploymentType: SCRATCH_2']],
  ['PERSISTENT_2', P2],
  ['PERSISTENT_1 HDD', ['DeploymentType: PERSISTENT_1', 'StorageType: HDD', 'PerUnitStorageThroughput: 40']], // oxfmt-ignore
  ['INTELLIGENT_TIERING', TIERING],
  ['any', ['DeploymentType: !ImportValue x']],
])('what the pointer shows of each property of %s', (_, others) => {
  const beside = (name: string) => others.filter((line) => !line.startsWith(`${name}:`));
  expect({
    ours: ofEach(PROPERTY_NAMES, (name) => fs(...beside(name), others.find((line) => line.startsWith(`${name}:`)) ?? `${name}: x`)), // oxfmt-ignore
    members: ofEach(['Mode', 'Iops', 'SizingMode', 'SizeGiB', 'Level', 'Destination', 'RootSquash', 'NoSquashNids', 'Key', 'Value'], () =>
      fs(...others, 'StorageCapacity: 12000', 'MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 12000}', 'DataReadCacheConfiguration: {SizingMode: USER_PROVISIONED, SizeGiB: 320}', 'LogConfiguration: {Level: x, Destination: y}', 'RootSquashConfiguration: {RootSquash: x, NoSquashNids: []}', 'Tags: [{Key: a, Value: b}]'),
    ),
  }).toMatchSnapshot(); // oxfmt-ignore
});

test('what the pointer shows of each property of a native one', () => {
  expect([
    ...ofEach(NATIVE_BESIDE, (name) => native(`${name}: x`)),
    ...ofEach(NATIVE_NESTED, (name) => native('LustreConfiguration:', `  ${name}: x`)),
  ]).toMatchSnapshot();
});

describe('a draft', () => {
  const told = (text: string, options = OPTIONS): unknown => {
    let reads = 0;
    const draft = new TemplateDraft(text, options, () => reads++);
    const { mayBeOurs, reviewed, fileSystems, rows, fixed } = draft;
    return {
      mayBeOurs,
      findings: reviewed.findings.map(({ logicalId, rule }) => `${logicalId} ${rule}`),
      failure: reviewed.failure,
      hasTree: draft.tree !== undefined,
      hasTemplate: draft.template !== undefined,
      fileSystems: fileSystems.map(({ logicalId }) => logicalId),
      rows: rows.map(({ logicalId, estimate }) => `${logicalId} ${estimate.cost?.monthly ?? '-'}`),
      fixed: fixed === text ? 'the same' : fixed,
      reads,
    };
  };
  const BOTH = `${native('StorageCapacity: 5000').replace('Fs:', 'Native:')}${fs('StorageCapacity: 5000', 'DataCompressionType: lz4').replace('Resources:\n', '')}`; // oxfmt-ignore

  test.each<[name: string, text: string, options: AuthoringOptions]>([
    ['nothing', '', OPTIONS],
    ['no template', 'a: b # FSx', OPTIONS],
    ['no text of ours', 'Resources: {A: {Type: AWS::SNS::Topic}}', OPTIONS],
    ['a text that speaks of FSx', 'Resources: {A: {Type: AWS::SNS::Topic}} # FSx', OPTIONS],
    ['an escaped name', 'Resources: {A: {Type: "Pangea::\\x46Sx::LustreFileSystem"}}', OPTIONS],
    ['what cannot be read', 'Resources: [} # FSx', OPTIONS],
    ['what cannot be read to its end', `${fs('StorageCapacity: 1200', 'KmsKeyId:')}Outputs: [}`, OPTIONS],
    ['a list', '- FSx', OPTIONS],
    ['both types', BOTH, OPTIONS],
    ['both types, without the native one', BOTH, WITHOUT_NATIVE],
    ['the native one alone, without it', native('StorageCapacity: 5000'), WITHOUT_NATIVE],
    ['what no deployment creates', `Conditions: {Off: !Equals [a, b]}\n${fs('StorageCapacity: 5').replace('    Type', '    Condition: Off\n    Type')}`, OPTIONS],
    ['a text of more than 2 MB', `${fs('StorageCapacity: 1200')}#${'x'.repeat(2_097_152)}`, OPTIONS],
  ])('of %s', (_, text, options) => {
    expect(told(text, options)).toMatchSnapshot();
  }); // oxfmt-ignore

  test('of 2 MB is read', () => {
    const text = `${fs('StorageCapacity: 1200')}#`;
    const { tree } = new TemplateDraft(text + 'x'.repeat(2_097_152 - text.length), OPTIONS);
    expect(tree).toBeDefined();
  });

  test.each<[name: string, text: string]>([
    ['that can be', native('StorageCapacity: 1200')],
    ['that cannot be', native('LustreConfiguration: []', 'BackupId:')],
    ['that a function gives', `${STAGES}${native().replace('LUSTRE', '!If [IsProd, LUSTRE, LUSTRE]')}`],
    ['of a loop', `Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A]', "    - 'Fs${N}': {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}")}`],
  ])('the conversion %s', (_, text) => {
    const { template, fileSystems } = new TemplateDraft(text, OPTIONS);
    const [first] = fileSystems;
    if (!template || !first) throw new Error('There is one.');
    expect(conversionOffer(template, first, OPTIONS.review)).toMatchSnapshot();
  }); // oxfmt-ignore
});

test('when each rule holds', () => {
  const rows = [...CREATION_RULES, ...UPDATE_RULES, ...TEMPLATE_RULES];
  expect(rows.map(([rule, held]) => `${rule}: ${held}`)).toMatchSnapshot();
});

test('the rules, for programs', () => {
  expect(
    describeRules().map(({ rule, of, severities, isDeferrable, description, help }) =>
      [of, rule, severities.join(' or '), isDeferrable ? 'deferrable' : '', description, help].join(' | '),
    ),
  ).toMatchSnapshot(); // oxfmt-ignore
});
