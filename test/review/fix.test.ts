/** Repairs made in the text of a template: what is changed, what is not, and that all else stays. */
import fc from 'fast-check';
import { applyEdits } from '../../src/review/conversion/edits';
import { check } from '../../src/review/check';
import { findFileSystems } from '../../src/review/file-systems';
import { fixOrNone } from '../../src/review/fixes/fix';
import { fixAll } from '../../src/review/fixes/fix-all';
import { commentsOf } from '../../src/template/comments';
import { Template } from '../../src/template/template';
import { withProperties, SUBNET } from './findings';
import { anyText } from './mistakes';

const GOOD = `StorageCapacity: 1200\n${SUBNET}`;

/** The properties of the fixed text, as lines, of a template with one file system. */
const fixed = (properties: string, sections = ''): string[] =>
  fixAll(withProperties(properties, sections))
    .text.split('\n')
    .slice(4)
    .filter((line) => line.startsWith('      '))
    .map((line) => line.slice(6));

const left = (properties: string, sections = ''): string[] =>
  fixAll(withProperties(properties, sections)).left.map(
    ({ finding: { property }, why }) => `${property}: ${why}`,
  );

test.each<[string, string, string[]]>([
  ['a value', 'DataCompressionType: lz4 # c', ['DataCompressionType: LZ4 # c']],
  ['in double quotes', 'DataCompressionType: "lz4"', ['DataCompressionType: "LZ4"']],
  ['in single quotes', "DataCompressionType: 'lz4'", ["DataCompressionType: 'LZ4'"]],
  ['a number', 'ImportPath: s3://bkt\nImportedFileChunkSize: 0', ['ImportPath: s3://bkt', 'ImportedFileChunkSize: 1']], // oxfmt-ignore
  ['a name', 'data_compression_type: LZ4 # c', ['DataCompressionType: LZ4 # c']],
  ['a name in quotes', '"data_compression_type": LZ4', ['"DataCompressionType": LZ4']],
  ['a name whose value a function gives', 'security_group_ids: [!Ref Group]', ['SecurityGroupIds: [!Ref Group]']], // oxfmt-ignore
  ['what the type returns', 'DNSName: x # c', ['# c']],
  ['what has no value', 'KmsKeyId: # c', ['# c']],
  ['one text for a list', 'SecurityGroupIds: sg-01234567', ['SecurityGroupIds: [sg-01234567]']],
  ['a member', 'LogConfiguration:\n  Level: warn_only # c', ['LogConfiguration:', '  Level: WARN_ONLY # c']], // oxfmt-ignore
  ['a member in braces', 'LogConfiguration: {Level: warn_only}', ['LogConfiguration: {Level: WARN_ONLY}']], // oxfmt-ignore
  ['the name of a member', 'LogConfiguration: {level: WARN_ONLY}', ['LogConfiguration: {Level: WARN_ONLY}']], // oxfmt-ignore
  [
    'an item of a list',
    'RootSquashConfiguration:\n  RootSquash: "1:1"\n  NoSquashNids:\n    - 10.0.1.6 # a\n    - !Ref Nid',
    ['RootSquashConfiguration:', '  RootSquash: "1:1"', '  NoSquashNids:', '    - 10.0.1.6@tcp # a', '    - !Ref Nid'], // oxfmt-ignore
  ],
  [
    'an item too many',
    'Tags:\n  - Key: a # 1\n    Value: !Ref X\n  - Key: b # 2\n    Value: x # 3\n  - {Key: b, Value: x}',
    ['Tags:', '  - Key: a # 1', '    Value: !Ref X', '  - Key: b # 2', '    Value: x # 3'],
  ],
  ['an item too many in brackets', 'Tags: [{Key: b, Value: x}, {Key: b, Value: x}]', ['Tags: [{Key: b, Value: x}]']], // oxfmt-ignore
  ['a time that YAML takes for a number', 'WeeklyMaintenanceStartTime: 6:00:00', ["WeeklyMaintenanceStartTime: '6:00:00'"]], // oxfmt-ignore
  [
    'a path as a name',
    'LogConfiguration.Level: DISABLED # c',
    ['# c', 'LogConfiguration:', '  Level: DISABLED'],
  ],
  ['a path as a name beside its object', 'LogConfiguration: # a\n  Destination: !Ref X\nLogConfiguration.Level: WARN_ONLY', ['LogConfiguration: # a', '  Destination: !Ref X', '  Level: WARN_ONLY']], // oxfmt-ignore
  ['paths of one object', 'log_configuration.destination: !Ref X\nStorageType: SSD\nlogLevel: WARN_ONLY', ['LogConfiguration:', '  Destination: !Ref X', '  Level: WARN_ONLY', 'StorageType: SSD']], // oxfmt-ignore
  ['items as names', 'SecurityGroupIds[1]: sg-01234568\nSecurityGroupIds[0]: sg-01234567', ['SecurityGroupIds: [sg-01234567, sg-01234568]']], // oxfmt-ignore
  ['names that are right together only', 'deployment_type: PERSISTENT_1\nper_unit_storage_throughput: 50', ['DeploymentType: PERSISTENT_1', 'PerUnitStorageThroughput: 50']], // oxfmt-ignore
  ['a name whose value is wrong', 'data_compression_type: lz4', ['DataCompressionType: LZ4']],
  ['several texts for a list', 'SecurityGroupIds: "sg-01234567, sg-89abcdef"', ['SecurityGroupIds: [sg-01234567, sg-89abcdef]']], // oxfmt-ignore
  ['a number with its unit', 'ImportPath: s3://bkt\nImportedFileChunkSize: 1GiB', ['ImportPath: s3://bkt', 'ImportedFileChunkSize: 1024']], // oxfmt-ignore
  ['a range of addresses in brackets', 'RootSquashConfiguration: {RootSquash: "1:1", NoSquashNids: "[10-11].0.1.[1-5]@tcp"}', ['RootSquashConfiguration: {RootSquash: "1:1", NoSquashNids: ["[10-11].0.1.[1-5]@tcp"]}']], // oxfmt-ignore
  ['a tag whose key is called Name', 'Tags: [{Name: a, Value: x}]', ['Tags: [{Key: a, Value: x}]']],
  ['a tag of a name alone', 'Tags: [{Name: x}]', ['Tags: [{Key: Name, Value: x}]']],
  ['a map of tags that are written as in JSON', 'Tags: {"a":"b", \'c\' :d}', ['Tags: [{ "Key": "a", "Value":"b" }, { "Key": \'c\', "Value" :d }]']], // oxfmt-ignore
  ['a bucket', 'ImportPath: my-bucket', ['ImportPath: s3://my-bucket']],
])('%s is put right', (_, properties, expected) => {
  expect(fixed(`${GOOD}\n${properties}`)).toEqual([...GOOD.split('\n'), ...expected]);
});

describe('each of several items is removed by a repair of its own', () => {
  /** The properties after each repair of each finding, without those that there are otherwise. */
  function carriedOut(properties: string): string[][] {
    const template = Template.read('template', withProperties(properties, 'Parameters: {A: {Type: String}, B: {Type: String, Default: x}}')); // oxfmt-ignore
    const fileSystems = findFileSystems(template, {});
    const findings = check(template.text).findings.filter(({ repairs }) => repairs.length > 0);
    return findings.map((finding) =>
      finding.repairs.map((repair) => {
        const fix = fixOrNone(template, fileSystems, finding, repair);
        const text = applyEdits(template.text, fix?.edits ?? []);
        return text.split('\n').filter((line) => /^ +(SubnetIds|Tags):/.test(line)).map((line) => line.trim()).join(' '); // oxfmt-ignore
      }),
    );
  }

  test('subnets', () => {
    const subnets =
      'SubnetIds: [!Ref A, !Sub "subnet-${A}", !GetAtt X.Y, !Ref A, subnet-0a1b2c3d4e5f60718]';
    expect(carriedOut(`StorageCapacity: 1200\n${subnets}`)).toEqual([
      [
        'SubnetIds: [!Ref A]',
        'SubnetIds: [!Sub "subnet-${A}"]',
        'SubnetIds: [!GetAtt X.Y]',
        'SubnetIds: [subnet-0a1b2c3d4e5f60718]',
      ],
    ]); // oxfmt-ignore
  });

  test('one subnet twice', () => {
    const one = 'subnet-0a1b2c3d4e5f60718';
    expect(carriedOut(`StorageCapacity: 1200\nSubnetIds: [${one}, ${one}]`)).toEqual([
      [`SubnetIds: [${one}]`],
    ]);
  });

  test.each([
    ['of one key', '{Key: a, Value: !Ref A}, {Key: a, Value: !Ref B}', [['{Key: a, Value: !Ref A}', '{Key: a, Value: !Ref B}']]],
    ['three of one key', '{Key: a, Value: x}, {Key: a, Value: y}, {Key: a, Value: x}', [['{Key: a, Value: x}', '{Key: a, Value: y}']]],
    ['with a reserved key', '{Key: aws:a, Value: x}, {Key: aws:a, Value: x}', [['{Key: aws:a, Value: x}', '{Key: a, Value: x}, {Key: aws:a, Value: x}'], ['{Key: aws:a, Value: x}', '{Key: aws:a, Value: x}, {Key: a, Value: x}']]],
  ])('tags %s', (_, tags, left) => {
    const expected = left.map((each) => each.map((list) => `${SUBNET} Tags: [${list}]`));
    expect(carriedOut(`${GOOD}\nTags: [${tags}]`)).toEqual(expected);
  }); // oxfmt-ignore
});

test('a size beside a mode that takes none goes', () => {
  const cache = 'DataReadCacheConfiguration:\n  SizingMode: NO_CACHE\n  SizeGiB: 32 # c';
  const elastic = `DeploymentType: PERSISTENT_2\nStorageType: INTELLIGENT_TIERING\nThroughputCapacity: 4000\nMetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 6000}\n${SUBNET}\n${cache}`; // oxfmt-ignore
  expect(fixed(elastic).slice(-3)).toEqual([
    'DataReadCacheConfiguration:',
    '  SizingMode: NO_CACHE',
    '  # c',
  ]);
});

describe('not touched is', () => {
  const PARAMETERS = 'Parameters: {Size: {Type: Number, Default: 5}, Kind: {Type: String, Default: lz4}, P: {Type: String}}\nConditions: {A: !Equals [!Ref P, a]}\nMappings: {M: {a: {b: lz4}}}'; // oxfmt-ignore

  test.each([
    ['what has two repairs', `StorageCapacity: 5000\n${SUBNET}`, []],
    ['what has none', 'SubnetIds: [subnet-1]\nStorageCapacity: 1200', []],
    ['a default', `${GOOD}\nDataCompressionType: !Ref Kind`, ['DataCompressionType: DataCompressionType is the result of Ref']], // oxfmt-ignore
    ['a mapping', `${GOOD}\nDataCompressionType: !FindInMap [M, a, b]`, ['DataCompressionType: DataCompressionType is the result of Fn::FindInMap']], // oxfmt-ignore
    ['a branch', `${GOOD}\nDataCompressionType: !If [A, lz4, LZ4]`, ['DataCompressionType: it applies only where A is true']], // oxfmt-ignore
    ['every branch', `${GOOD}\nDataCompressionType: !If [A, lz4, lz4]`, ['DataCompressionType: it applies only where A is true', 'DataCompressionType: it applies only where A is false']], // oxfmt-ignore
    ['what has an anchor', `${GOOD}\nDataCompressionType: &z lz4`, ['DataCompressionType: an anchor or an alias shares DataCompressionType with other places']], // oxfmt-ignore
    ['what would be missed', `StorageCapacity:\n${SUBNET}`, ['StorageCapacity: the change would cause another finding']], // oxfmt-ignore
    [
      'a path as a name whose item a function gives',
      `${GOOD}\nSecurityGroupIds[0]: !Ref P`,
      ['["SecurityGroupIds[0]"]: Ref sets ["SecurityGroupIds[0]"]'],
    ],
    [
      'a path as a name whose member is there',
      `${GOOD}\nLogConfiguration: {Level: DISABLED}\nLogConfiguration.Level: DISABLED`,
      [],
    ],
    [
      'a number that YAML reads in octal',
      'DeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nAutomaticBackupRetentionDays: 7\nDailyAutomaticBackupStartTime: 0500\n' +
        GOOD,
      ['DailyAutomaticBackupStartTime: YAML reads 0500 as 320'],
    ],
    [
      'a path as a name whose member a function gives in some deployments',
      `${GOOD}\nLogConfiguration:\n  Level: !If [A, !Ref AWS::NoValue, DISABLED]\nLogConfiguration.Level: WARN_ONLY\nLogConfiguration.Destination: !Ref P`,
      ['["LogConfiguration.Level"]: it applies only where A is true', '["LogConfiguration.Destination"]: Fn::If sets LogConfiguration.Level'], // oxfmt-ignore
    ],
    [
      'a path as a name whose object a function gives',
      `${GOOD}\nLogConfiguration: !If [A, {Level: DISABLED}, {Level: DISABLED}]\nLogConfiguration.Destination: !Ref P`,
      ['["LogConfiguration.Destination"]: Fn::If sets LogConfiguration'],
    ],
    ['what switches encryption on', `${GOOD}\nEncryption: true`, []],
    ['what switches something on where a text belongs', `${GOOD}\nEncryptionKey: true\nAutoImport: "yes"\nLogging: false`, []], // oxfmt-ignore
    ['a word for no key', `${GOOD}\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nKmsKeyId: none`, []], // oxfmt-ignore
    ['a word for a bucket', `${GOOD}\nImportPath: disabled`, []],
    ['a throughput in bits per second', `${GOOD}\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50Mbps`, []], // oxfmt-ignore
    ['several tags of their names alone', `${GOOD}\nTags: [{Name: x, Team: y}]`, []],
    [
      'a log group that might be accepted',
      `${GOOD}\nLogConfiguration: {Level: WARN_ONLY, Destination: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx-x"}`,
      [],
    ],
    ['a number of bytes', `StorageCapacity: 1288490188800\n${SUBNET}`, []],
    ['a name that is not alone', `${GOOD}\nstorage_capacity: 1200`, []],
  ])('%s', (_, properties, why) => {
    const text = withProperties(properties, PARAMETERS);
    expect(fixAll(text).text).toBe(text);
    expect(left(properties, PARAMETERS)).toEqual(why);
  });

  test('what the template silences', () => {
    const text = withProperties(`${GOOD}\nDNSName: x # pangea-lustre: ignore read-only`);
    expect(fixAll(text)).toEqual({ text, changes: [], left: [] });
  });
});

test('what is changed is told with its line', () => {
  const { changes } = fixAll(withProperties(`${GOOD}\nDNSName: x\nDataCompressionType: lz4`), {
    file: 't.yaml',
  });
  expect(changes).toEqual([
    { file: 't.yaml', line: 7, property: 'DNSName', from: 'x' },
    { file: 't.yaml', line: 8, property: 'DataCompressionType', from: 'lz4', to: 'LZ4' },
  ]);
});

test('a loop is changed once for all its rounds', () => {
  const text = [
    'Transform: AWS::LanguageExtensions',
    'Resources:',
    '  Fn::ForEach::Each:',
    '    - Name',
    '    - [A, B]',
    '    - Fs${Name}:',
    '        Type: Pangea::FSx::LustreFileSystem',
    '        Properties:',
    '          storageCapacity: 1200',
    `          ${SUBNET}`,
    '          KmsKeyId: "${Name}x!"',
    '',
  ].join('\n');
  expect(fixAll(text).text).toBe(text.replace('storageCapacity', 'StorageCapacity'));
});

test('JSON stays JSON', () => {
  const text = (type: string, more: string) =>
    `{\n  "Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {\n    "StorageCapacity": 1200,${more}\n    "SubnetIds": ["subnet-0a1b2c3d4e5f60718"],\n    "DataCompressionType":"${type}"\n  }}}\n}\n`;
  expect(fixAll(text('lz4', '\n    "VpcId": "x",')).text).toBe(text('LZ4', ''));
});

const OPTIONS = {};
const keysOf = (text: string): string[] =>
  check(text, OPTIONS).findings.map(({ property, rule }) => `${property} ${rule}`);

test('however it is written, what is fixed is clean, comments stay, and so does the rest', () => {
  let made = 0;
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: result, changes, left: kept } = fixAll(text, OPTIONS);
      if (changes.length === 0) expect(result).toBe(text);
      made += changes.length;
      // Nothing new, and of what had one repair only what is told.
      const before = keysOf(text);
      for (const key of keysOf(result)) expect(before).toContain(key);
      const single = check(result, OPTIONS).findings.filter(({ repairs }) => repairs.length === 1);
      expect(single.map(({ property }) => property)).toEqual(
        expect.arrayContaining(kept.map(({ finding }) => finding.property)),
      );
      expect(single).toHaveLength(kept.length);
      expect(fixAll(result, OPTIONS).text).toBe(result);
      // Comments, and every line outside the properties.
      const comments = (of: string) => commentsOf(of).map((each) => each.text).sort(); // oxfmt-ignore
      expect(comments(result)).toEqual(comments(text));
      expect(outsideOf(result)).toEqual(outsideOf(text));
    }),
    { numRuns: 150 },
  );
  expect(made).toBeGreaterThan(100);
});

/** The text before the file system, and from the next resource on. */
function outsideOf(text: string): [string, string] {
  const template = Template.read('t', text);
  const [from, to] = ['Fs', 'Last'].map((name) => template.resource(name)?.at);
  return [text.slice(0, from), text.slice(to)];
}

test('every repair that is edits of the text makes its finding go away', () => {
  let made = 0;
  fc.assert(
    fc.property(anyText, (text) => {
      const template = Template.read('template', text);
      const fileSystems = findFileSystems(template, OPTIONS);
      for (const finding of check(text, OPTIONS).findings) {
        const { property, rule, message } = finding;
        for (const repair of finding.repairs) {
          const fix = fixOrNone(template, fileSystems, finding, repair);
          if (!fix) continue;
          made++;
          const after = check(applyEdits(text, fix.edits), OPTIONS).findings;
          const again = after.filter((each) => each.property === property && each.rule === rule && each.message === message); // oxfmt-ignore
          expect({ text, repair, again }).toEqual({ text, repair, again: [] });
        }
      }
    }),
    { numRuns: 100 },
  );
  expect(made).toBeGreaterThan(100);
});
