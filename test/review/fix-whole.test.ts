/** What repairs, offers of repairs, and silenced rules write, however the template is written. */
import { check } from '../../src/review/check';
import { changedPart, ignoreOffer, repairOffers } from '../../src/review/authoring/code-actions';
import { applyEdits, ManualConversionRequired } from '../../src/review/conversion/edits';
import { findFileSystems } from '../../src/review/file-systems';
import type { Finding } from '../../src/review/finding';
import { fixOf, NotFixable } from '../../src/review/fixes/fix';
import { fixAll } from '../../src/review/fixes/fix-all';
import { Template } from '../../src/template/template';
import { rewritten } from './rewritten';
import { fileSystem, inFlowStyle, NATIVE, OURS, resources } from './yaml';

const REVIEW = { region: 'us-east-1', date: '2026-11-26' };
const SUBNET = 'SubnetIds: [subnet-01234567]';

const ours = (...properties: string[]): string => fileSystem(OURS, SUBNET, ...properties);
const sized = (...properties: string[]): string => ours('StorageCapacity: 1200', ...properties);
const flow = (properties: string): string => inFlowStyle(OURS, properties);
const inFlow = (...members: string[]): string => flow(`{${[SUBNET, 'StorageCapacity: 1200', ...members].join(', ')}}`); // oxfmt-ignore
const native = (...properties: string[]): string =>
  fileSystem(NATIVE, 'FileSystemType: LUSTRE', 'StorageCapacity: 1200', SUBNET, ...properties);
const json = (properties: object, space?: number): string =>
  JSON.stringify({ Resources: { Fs: { Type: 'Pangea::FSx::LustreFileSystem', Properties: { StorageCapacity: 1200, SubnetIds: ['subnet-01234567'], ...properties } } } }, undefined, space); // oxfmt-ignore
const CONDITION = 'Parameters: {Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\nConditions: {IsProd: !Equals [!Ref Stage, prod]}\n'; // oxfmt-ignore
const EFA = ['DeploymentType: PERSISTENT_2', 'PerUnitStorageThroughput: 125', 'EfaEnabled: true'];
const P2 = ['DeploymentType: PERSISTENT_2', 'PerUnitStorageThroughput: 125'];

const inBlock = (...lines: string[]): string =>
  resources(
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    ...lines.map((line) => `    ${line}`),
    '    Properties:',
    `      ${SUBNET}`,
    '      StorageCapacity: 1200',
    '      KmsKeyId: !Sub |',
    '        alias/${Nope}',
  );

const CASES: Readonly<Record<string, string>> = {
  'a value': sized('DataCompressionType: lz4 # small'),
  'a value in quotes': sized("DataCompressionType: 'lz4'"),
  'a value in double quotes': sized('DataCompressionType: "lz4"'),
  'a value that needs quotes': sized('WeeklyMaintenanceStartTime: sun:05:00'),
  'a value in quotes with a colon': sized('WeeklyMaintenanceStartTime: "sun:05:00"'),
  'a value over lines': sized('DataCompressionType: >-', '  lz4'),
  'a value over lines in quotes': sized('DataCompressionType: "lz', '  4"'),
  'a value with an anchor': sized('DataCompressionType: &a lz4'),
  'a value by an alias': `Metadata: {A: &a lz4}\n${sized('DataCompressionType: *a')}`,
  'a value that is merged': `Metadata: {A: &a {DataCompressionType: lz4}}\n${sized('<<: *a')}`,
  'a value in braces': inFlow('DataCompressionType: lz4'),
  'a value in JSON': json({ DataCompressionType: 'lz4' }, 2),
  'a value in compact JSON': json({ DataCompressionType: 'lz4' }),
  'a value with CRLF': sized('DataCompressionType: lz4 # small').replaceAll('\n', '\r\n'),
  'a number': ours('StorageCapacity: 5000'),
  'a number in quotes': ours("StorageCapacity: '5000'"),
  'a number in JSON': json({ StorageCapacity: 5000 }),
  'a number that is text in JSON': json({ StorageCapacity: '5000' }, 1),
  'no number': fileSystem(OURS, SUBNET),
  'an empty value': sized('KmsKeyId:'),
  'an empty value before others': ours('KmsKeyId: # none', 'StorageCapacity: 1200'),
  'an empty value in braces': inFlow('KmsKeyId: '),
  'null': sized('KmsKeyId: null', 'Tags: ~'),
  'null in JSON': json({ KmsKeyId: null }, 2),
  'an empty value inside': sized('LogConfiguration:', '  Level: WARN_ONLY', '  Destination:'),
  'empty values in a list': sized('SecurityGroupIds:', '  - sg-01234567', '  -'),
  'an empty value in tags': sized('Tags:', '  - Key: a', '    Value:'),
  'a name': sized('data_compression_type: LZ4 # small'),
  'a name in quotes': sized("'data_compression_type': LZ4"),
  'a name in double quotes': sized('"data_compression_type": LZ4'),
  'a name in braces': inFlow('data_compression_type: LZ4'),
  'a name in JSON': json({ data_compression_type: 'LZ4' }, 2),
  'a name, and a wrong value': sized('data_compression_type: lz4'),
  'a name of what is there': sized('data_compression_type: LZ4', 'DataCompressionType: LZ4'),
  'a name whose value is an object': sized('log_configuration:', '  level: WARN_ONLY # which', '  # where', '  destination: x'),
  'a name whose value is in braces': sized('log_configuration: {level: WARN_ONLY}'),
  'a name whose value a function gives': sized('data_compression_type: !Ref AWS::StackName'),
  'a name with an anchor': sized('data_compression_type: &a LZ4'),
  'what is left out': sized('VpcId: vpc-01234567 # where'),
  'what is left out in braces': inFlow('VpcId: vpc-01234567'),
  'what is left out first in braces': flow(`{VpcId: vpc-01234567, StorageCapacity: 1200, ${SUBNET}}`),
  'what is left out over lines': sized('DNSName:', '  # first', '  A: b', '  # last', 'Tags: []'),
  'what is left out in JSON': json({ VpcId: 'vpc-01234567' }, 2),
  'what is left out of a function': sized('VpcId: !Ref Vpc'),
  'what is left out that returns': sized('MountCommand: x', 'DNSName: y'),
  'what is left out, with an anchor inside': sized('DNSName: {A: &a b}'),
  'what is left out of what is merged': `Metadata: {A: &a {DNSName: x}}\n${sized('<<: *a')}`,
  'what is left out behind a question mark': sized('? DNSName', ': x'),
  'what is added': ours('StorageCapacity: 1200', 'DeploymentType: PERSISTENT_2'),
  'what is added at the end of the text': ours('StorageCapacity: 1200', 'DeploymentType: PERSISTENT_2').trimEnd(),
  'what is added behind comments': ours('DeploymentType: PERSISTENT_2', 'StorageCapacity: 1200 # size', '  # last', '# after'),
  'what is added in braces': inFlow('DeploymentType: PERSISTENT_2'),
  'what is added in braces over lines': flow(`{\n      ${SUBNET},\n      StorageCapacity: 1200,\n      DeploymentType: PERSISTENT_2\n    }`),
  'what is added in braces behind a comment': flow(`{${SUBNET}, StorageCapacity: 1200, # size\n      DeploymentType: PERSISTENT_2}`),
  'what is added to JSON': json({ DeploymentType: 'PERSISTENT_2' }, 2),
  'what is added to compact JSON': json({ DeploymentType: 'PERSISTENT_2' }),
  'what is added with CRLF': ours('StorageCapacity: 1200', 'DeploymentType: PERSISTENT_2').replaceAll('\n', '\r\n'),
  'what is added to what is merged': `Metadata: {A: &a {StorageCapacity: 1200}}\n${ours('<<: *a', 'DeploymentType: PERSISTENT_2')}`,
  'what is added in braces to what is merged': `Metadata: {A: &a {StorageCapacity: 1200}}\n${flow(`{${SUBNET}, DeploymentType: PERSISTENT_2, <<: *a}`)}`,
  'an object that is added': ours('StorageCapacity: 38400', ...EFA),
  'an object that is added in braces': flow(`{${[SUBNET, 'StorageCapacity: 38400', ...EFA].join(', ')}}`),
  'an object that is added to JSON': json({ StorageCapacity: 38400, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125, EfaEnabled: true }, 2),
  'a member that is added': ours('StorageCapacity: 1200', ...P2, 'MetadataConfiguration:', '  Mode: USER_PROVISIONED'),
  'a member that is added in braces': ours('StorageCapacity: 1200', ...P2, 'MetadataConfiguration: {Mode: USER_PROVISIONED}'),
  'a member that is added to nothing': ours('StorageCapacity: 1200', ...P2, 'MetadataConfiguration: {}', 'LogConfiguration: { }'),
  'a member that is left out': ours('StorageCapacity: 1200', ...P2, 'MetadataConfiguration:', '  Mode: AUTOMATIC', '  Iops: 1500'),
  'a member that is wrong': ours('StorageCapacity: 12000', ...P2, 'MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 1500}'),
  'a tier': ours('StorageCapacity: 1200', 'DeploymentType: PERSISTENT_2', 'PerUnitStorageThroughput: 200'),
  'a tier of HDD': ours('StorageCapacity: 6000', 'DeploymentType: PERSISTENT_1', 'StorageType: HDD', 'PerUnitStorageThroughput: 50'),
  'what does not go': sized('KmsKeyId: alias/a', 'AutomaticBackupRetentionDays: 7', 'DriveCacheType: READ'),
  'what does not go, of S3': ours('StorageCapacity: 1200', ...P2, 'ImportPath: s3://bucket', 'ExportPath: s3://other/x'),
  'what does not go, and a function gives': ours('StorageCapacity: 1200', ...P2, 'ImportPath: !Sub s3://bucket'),
  'an item for a list': sized('SecurityGroupIds: sg-01234567'),
  'an item for a list in JSON': json({ SecurityGroupIds: 'sg-01234567' }),
  'an item for a list by a reference': sized('SecurityGroupIds: !Ref Group'),
  'an item in a list': sized("RootSquashConfiguration: {RootSquash: '1:1', NoSquashNids: ['10.0.1.6', 10.0.1.7@tcp]}"),
  'an item in a list of lines': sized('RootSquashConfiguration:', "  RootSquash: '1:1'", '  NoSquashNids:', '    - 10.0.1.6 # one', "    - '10.0.1.7'"),
  'items that are twice': sized('Tags:', '  - {Key: a, Value: b}', '  - Key: c', '    # inside', '    Value: d', '  - {Key: a, Value: b} # twice'),
  'items that are twice in brackets': sized('Tags: [{Key: a, Value: b}, {Key: c, Value: d}, {Key: a, Value: b}]'),
  'items that are twice in JSON': json({ Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c', Value: 'd' }, { Key: 'a', Value: 'b' }] }, 2),
  'items that are twice with other values': sized('Tags: [{Key: a, Value: b}, {Key: a, Value: c}]'),
  'items that are twice, with an anchor': sized('Tags: [{Key: a, Value: &b b}, {Key: c, Value: *b}, {Key: a, Value: b}]'),
  'items that are twice, over lines with a comment': sized('Tags:', '  - Key: a', '    Value: b', '  - Key: a', '    # inside', '    Value: b'),
  'groups that are twice': sized('SecurityGroupIds: [sg-01234567, sg-01234567, sg-89abcdef]'),
  'subnets that are two': fileSystem(OURS, 'StorageCapacity: 1200', 'SubnetIds:', '  - subnet-01234567', '  - subnet-89abcdef'),
  'a branch': `${CONDITION}${sized('DataCompressionType: !If [IsProd, lz4, LZ4]')}`,
  'both branches': `${CONDITION}${sized('DataCompressionType: !If [IsProd, lz4, lz4]')}`,
  'a branch of a branch': `${CONDITION}${sized('DataCompressionType: !If [IsProd, LZ4, !If [IsProd, NONE, lz4]]')}`,
  'a branch of an object': `${CONDITION}${sized('LogConfiguration: !If [IsProd, {Level: warn_only}, {Level: WARN_ONLY}]')}`,
  'properties by a branch': `${CONDITION}${fileSystem(OURS, "'Fn::If':", '  - IsProd', `  - {${SUBNET}, StorageCapacity: 5}`, `  - {${SUBNET}, StorageCapacity: 1200}`)}`,
  'a value that a function gives': sized('DataCompressionType: !Sub lz4'),
  'a value that a parameter gives': `Parameters: {Kind: {Type: String, Default: lz4}}\n${sized('DataCompressionType: !Ref Kind')}`,
  'a value that a mapping gives': `Mappings: {A: {b: {C: lz4}}}\n${sized('DataCompressionType: !FindInMap [A, b, C]')}`,
  'a list that a function gives': sized("SecurityGroupIds: !Split [',', 'sg-01234567,sg-01234567']"),
  'a secret': sized("WeeklyMaintenanceStartTime: '{{resolve:ssm:x}}'", 'DataCompressionType: lz4'),
  'a loop': `Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A, B]', "    - 'Fs${N}':", '        Type: Pangea::FSx::LustreFileSystem', '        Properties:', `          ${SUBNET}`, '          StorageCapacity: 1200', '          DataCompressionType: lz4', "          Tags: [{Key: a, Value: '${N}'}, {Key: a, Value: '${N}'}]")}`,
  'a value of a loop': `Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [lz4]', "    - 'Fs${N}':", '        Type: Pangea::FSx::LustreFileSystem', '        Properties:', `          ${SUBNET}`, '          StorageCapacity: 1200', "          DataCompressionType: '${N}'")}`,
  'a resource with an anchor': sized('DataCompressionType: lz4').replace('Fs:', 'Fs: &a'),
  'properties with an anchor': sized('DataCompressionType: lz4').replace('Properties:', 'Properties: &a'),
  'an object with an anchor': sized('LogConfiguration: &a {Level: warn_only}'),
  'no properties': resources('  Fs: {Type: Pangea::FSx::LustreFileSystem}'),
  'no properties in them': flow('{}'),
  'several at once': sized('data_compression_type: lz4', 'KmsKeyId:', 'DNSName: x', 'Tags: [{Key: a, Value: b}, {Key: a, Value: b}]', 'LogConfiguration: {level: warn_only, Destination: null}'),
  'several at once in JSON': json({ data_compression_type: 'lz4', KmsKeyId: null, DNSName: 'x', LogConfiguration: { level: 'warn_only', Destination: null } }, 2),
  'several at once of a native one': native('data_compression_type: LZ4', 'DNSName: x', 'LustreConfiguration:', '  DeploymentType: scratch_2', '  kms_key_id: alias/a', '  DataCompressionType:'),
  'a native one in braces': native('LustreConfiguration: {DeploymentType: PERSISTENT_2, data_compression_type: LZ4}'),
  'a native one with nothing inside': native('LustreConfiguration: {}', 'DataCompressionType: LZ4'),
  'a native one with what belongs inside': native('DeploymentType: SCRATCH_2', 'LustreConfiguration:', '  DataCompressionType: LZ4', '  KmsKeyId: alias/a'),
  'a native one that needs what is inside': native('StorageType: HDD'),
  'what is all that there is': fileSystem(OURS, 'VpcId: vpc-01234567'),
  'what is all that there is in braces': flow('{VpcId: vpc-01234567}'),
  'a list that is all wrong': sized('Tags:', '  - {Key: aws:a, Value: b}', '  - {Key: aws:c, Value: b}'),
  'Tags that are a map': sized('Tags: {a: b}'),
  'Tags that are a map of lines': sized('Tags:', '  a: b', '  c: d'),
  'Tags that are a map with comments': sized('Tags:', '  Name: x # 1', '  # 2', '  Team: !Ref AWS::Region', "  'cost center': '0123'", '  2024: yes', '  yes: "a: b"', 'DataCompressionType: LZ4'),
  'Tags that are a map of functions over lines': sized('Tags:', '  Name:', '    Ref: AWS::Region', '  Team: a'),
  'Tags that are a map in braces': sized('Tags: {Name: x, "Team": !Sub "${AWS::Region}-a" }'),
  'Tags that are a map in braces over lines': sized('Tags: {', '    Name: x, # 1', '    Team: y', '  }'),
  'Tags that are a map in JSON': json({ Tags: { Name: 'x', Team: { Ref: 'AWS::Region' } } }, 2),
  'Tags that are a map with an anchor': sized('Tags:', '  Name: &n x', '  Team: *n'),
  'Tags that are a map of a native one': native('Tags: {Name: x}'),
  'a tag that is no list': sized('Tags:', '  Key: a # 1', '', '  Value: b', 'KmsKeyId: # 2'),
  'a tag that is no list, in braces': sized('Tags: {Key: a, Value: !Ref AWS::Region}'),
  'a tag that is no list, in JSON': json({ Tags: { Key: 'a', Value: 'b' } }),
  'tags by their names': sized('Tags:', '  - Name: x', '  - Team: !Ref AWS::Region # 1', '  - {Stage: y}'),
  'tags by their names in one item': sized('Tags: [{Name: x, Team: y}]'),
  'tags by their names in JSON': json({ Tags: [{ Name: 'x' }, { Key: 'a', Value: 'b' }] }, 2),
  'tags as letters': sized('Tags: [{k: a, v: b}]'),
  'a truth': sized('EfaEnabled: "no"', 'CopyTagsToBackups: maybe'),
  'a number with a unit': ours('StorageCapacity: 1200 GiB'),
  'a version': sized('FileSystemTypeVersion: 2.15', 'DataCompressionType: lz4'),
  'a window': sized('WeeklyMaintenanceStartTime: 8:05:00', 'DailyAutomaticBackupStartTime: 5:00'),
}; // oxfmt-ignore

const where = ({ line, column, property, rule, when }: Finding): string =>
  `${line}:${column} ${property} ${rule}${when === undefined ? '' : ` (${when})`}`;

function told(text: string): unknown {
  const template = Template.read('template', text);
  const { findings } = check(text, REVIEW);
  const fileSystems = findFileSystems(template, REVIEW);
  const checked = { template, fileSystems, findings, options: REVIEW };
  const carried = (finding: Finding): unknown[] =>
    finding.repairs.map((repair) => {
      try {
        const { edits, changes } = fixOf(template, fileSystems, finding, repair);
        return [...rewritten(text, applyEdits(text, edits)), ...changes.map((change) => JSON.stringify(change))]; // oxfmt-ignore
      } catch (error) {
        if (error instanceof NotFixable || error instanceof ManualConversionRequired)
          return `${JSON.stringify(repair)}: ${error.message}`;
        throw error;
      }
    });
  const offered = (finding: Finding): unknown[] =>
    [...repairOffers(checked, finding), ignoreOffer(checked, finding) ?? []]
      .flat()
      .map(({ title, edits }) => [title, ...rewritten(text, applyEdits(text, edits))]);
  const fixed = fixAll(text, REVIEW);
  return {
    ...Object.fromEntries(findings.map((finding) => [where(finding), { carried: carried(finding), offered: offered(finding) }])), // oxfmt-ignore
    fixed: rewritten(text, fixed.text),
    changes: fixed.changes.map((change) => JSON.stringify(change)),
    left: fixed.left.map(({ finding, why }) => `${where(finding)}: ${why}`),
  };
}

test.each(Object.entries(CASES))('%s', (_, text) => {
  expect(told(text)).toMatchSnapshot();
});

const SILENCED: Readonly<Record<string, string>> = {
  'lines': ours('StorageCapacity: 5000'),
  'lines with CRLF': ours('StorageCapacity: 5000').replaceAll('\n', '\r\n'),
  'a comment above': ours('# pangea-lustre: ignore one-subnet', 'StorageCapacity: 5000'),
  'a comment above, and more': ours('# pangea-lustre: ignore one-subnet, format -- as before', 'StorageCapacity: 5000'),
  'a comment above, with spaces': ours('#  pangea-lustre:  ignore   one-subnet ,  format  ', 'StorageCapacity: 5000'),
  'a comment above, without spaces': ours('#pangea-lustre:ignore one-subnet,format', 'StorageCapacity: 5000'),
  'a comment above that says something else': ours('# pangea-lustre: see', 'StorageCapacity: 5000'),
  'a comment on the line above': ours('DataCompressionType: LZ4 # pangea-lustre: ignore one-subnet', 'StorageCapacity: 5000'),
  'a line of a text': fileSystem(OURS, 'SubnetIds: ["subnet-01234567"]', 'StorageCapacity: !Sub |', '  5000'),
  'braces over lines': flow(`{${SUBNET},\n      StorageCapacity: 5000}`),
  'JSON': json({ StorageCapacity: 5000 }, 2),
  'compact JSON': json({ StorageCapacity: 5000 }),
  'JSON with metadata': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {"A": 1},\n      "Properties"'),
  'JSON with metadata of ours': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {"PangeaLustre": {"A": 1}},\n      "Properties"'),
  'JSON with a list': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {"PangeaLustre": {"Ignore": ["one-subnet"]}},\n      "Properties"'),
  'JSON with a list of lines': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {"PangeaLustre": {"Ignore": [\n        "one-subnet"\n      ]}},\n      "Properties"'),
  'JSON with an empty list': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {"PangeaLustre": {"Ignore": []}},\n      "Properties"'),
  'JSON with a text': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {"PangeaLustre": {"Ignore": "one-subnet"}},\n      "Properties"'),
  'JSON with metadata that is none': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": 1,\n      "Properties"'),
  'JSON with empty metadata': json({ StorageCapacity: 5000 }, 2).replace('"Properties"', '"Metadata": {},\n      "Properties"'),
  'a line of its own that is not': resources('  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {SubnetIds: [subnet-01234567], StorageCapacity: "5000', '    "}}'),
  'a line of a block': inBlock(),
  'a line of a block, with metadata': inBlock('Metadata: {A: 1}'),
  'a line of a block, with metadata on lines': inBlock('Metadata:', '  A: 1'),
  'a line of a block, with empty metadata': inBlock('Metadata: {}'),
  'a line of a block, with empty metadata and a comment': inBlock('Metadata: { # none', '  }'),
  'a line of a block, with metadata of ours': inBlock('Metadata: {PangeaLustre: {A: 1}}'),
  'a line of a block, with a list': inBlock('Metadata: {PangeaLustre: {Ignore: [one-subnet]}}'),
  'a line of a block, with a list of lines': inBlock('Metadata:', '  PangeaLustre:', '    Ignore:', '      - one-subnet'),
  'a line of a block, with a list of lines and CRLF': inBlock('Metadata:', '  PangeaLustre:', '    Ignore:', '      - one-subnet').replaceAll('\n', '\r\n'),
  'a line of a block, with an anchor': inBlock('Metadata: &a {A: 1}'),
  'a line of a text without quotes': resources('  Fs:', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', `      ${SUBNET}`, '      StorageCapacity: 1200', '      KmsKeyId: !Sub alias', '        ${Nope}'),
  'two on one line': flow(`{${SUBNET}, StorageCapacity: 5000, DataCompressionType: lz4}`),
}; // oxfmt-ignore

test.each(Object.entries(SILENCED))('silenced: %s', (_, text) => {
  const template = Template.read('template', text);
  const { findings } = check(text, REVIEW);
  const fileSystems = findFileSystems(template, REVIEW);
  const checked = { template, fileSystems, findings, options: REVIEW };
  expect(
    findings.map((finding) => {
      const offer = ignoreOffer(checked, finding);
      return [where(finding), ...(offer ? [offer.title, ...rewritten(text, applyEdits(text, offer.edits))] : ['-'])]; // oxfmt-ignore
    }),
  ).toMatchSnapshot();
});

test.each<[before: string, after: string, edit: ReturnType<typeof changedPart>]>([
  ['abc', 'abc', undefined],
  ['abc', 'axc', { at: 1, end: 2, text: 'x' }],
  ['abc', 'abcd', { at: 3, end: 3, text: 'd' }],
  ['aa', 'aaa', { at: 2, end: 2, text: 'a' }],
  ['aaa', 'aa', { at: 2, end: 3, text: '' }],
  ['', 'a', { at: 0, end: 0, text: 'a' }],
  ['abab', 'ab', { at: 2, end: 4, text: '' }],
])('the part in which %j and %j differ', (before, after, edit) => {
  expect(changedPart(before, after)).toEqual(edit);
});
