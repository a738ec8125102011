/** Templates that are small, or of a size that CloudFormation takes, and mean far more than they hold. */

/** A template of a kind that grows with a size. */
export interface Kind {
  readonly name: string;
  /** The sizes at which it is as large as CloudFormation takes, and at which it is merely odd. */
  readonly sizes: readonly number[];
  readonly template: (size: number) => string;
  /** Words of the command line that go with it. */
  readonly words?: readonly string[];
}

const times = (count: number, line: (index: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, index) => line(index)).join(between);

const TYPE = 'Type: Pangea::FSx::LustreFileSystem';

/** A file system whose properties are given, and what else the template has. */
const withProperties = (properties: string, rest = ''): string =>
  `Transform: AWS::LanguageExtensions\nResources:\n  Fs:\n    ${TYPE}\n    Properties:\n      StorageCapacity: 1200\n      SubnetIds: [subnet-0a1b2c3d4e5f60718]\n${indented(properties, 6)}\n${rest}\n`;

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');

const BODY = `${TYPE}, Properties: {StorageCapacity: 5000, SubnetIds: [subnet-0a1b2c3d4e5f60718]}`;

/** Loops in loops, each over `width` items, around a map. */
function loops(depth: number, width: number, body: string): string {
  const items = times(width, (index) => `a${index}`, ',');
  let text = body;
  for (let level = depth; level > 0; level--)
    text = `{"Fn::ForEach::L${level}": [V${level}, [${items}], ${text}]}`;
  return text;
}

const name = (depth: number): string => times(depth, (index) => `\${V${index + 1}}`, '');

/** Texts that are nearly of a form, for every property that has one. */
const NEARLY: Readonly<Record<string, (size: number) => string>> = {
  KmsKeyId: (size) => `arn:aws:kms:us-east-1:${'1'.repeat(size)}!`,
  WeeklyMaintenanceStartTime: (size) => `1:${'0'.repeat(size)}:!`,
  DailyAutomaticBackupStartTime: (size) => `${'0'.repeat(size)}:!`,
  ImportPath: (size) => `s3://${'a.'.repeat(size / 2)}!`,
  ExportPath: (size) => `s3://b/${'a/'.repeat(size / 2)}\t!`,
  BackupId: (size) => `backup-${'0'.repeat(size)}!`,
  FileSystemTypeVersion: (size) => `2.${'1'.repeat(size)}!`,
  SubnetIds: (size) => `subnet-${'0'.repeat(size)}!`,
  SecurityGroupIds: (size) => `sg-${'0'.repeat(size)}!`,
  StorageCapacity: (size) => `${'0'.repeat(size)}1!`,
  DriveCacheType: (size) => `${'READ '.repeat(size / 5)}!`,
};

export const KINDS: readonly Kind[] = [
  {
    name: 'loops in loops around resources',
    sizes: [2, 5, 7, 10],
    template: (depth) =>
      `Transform: AWS::LanguageExtensions\nResources: ${loops(depth, 10, `{"Fs${name(depth)}": {${BODY}}}`)}\n`,
  },
  {
    name: 'loops in loops around properties',
    sizes: [2, 5, 7, 10],
    template: (depth) => withProperties(`Tags: ${loops(depth, 10, `{"K${name(depth)}": 1}`)}`),
  },
  {
    name: 'loops in loops around outputs',
    sizes: [2, 5, 7, 10],
    template: (depth) =>
      withProperties(
        '',
        `Outputs: ${loops(depth, 10, `{"O${name(depth)}": {Value: !GetAtt Fs.DNSName}}`)}`,
      ),
  },
  {
    name: 'loops in loops around conditions',
    sizes: [2, 5, 7, 10],
    template: (depth) =>
      withProperties(
        'KmsKeyId: !If [C, a, b]',
        `Conditions: ${loops(depth, 10, `{"C${name(depth)}": {"Fn::Equals": [!Ref "AWS::Region", "a"]}}`)}`,
      ),
  },
  {
    name: 'a loop over many in a loop over many',
    sizes: [30, 100, 1000, 5000],
    template: (width) =>
      `Transform: AWS::LanguageExtensions\nResources: ${loops(2, width, `{"Fs${name(2)}": {${BODY}}}`)}\n`,
  },
  {
    name: 'a loop over many around a native file system',
    sizes: [500, 5000, 20000],
    words: ['--native'],
    template: (width) =>
      `Transform: AWS::LanguageExtensions\nResources: ${loops(1, width, `{"Fs${name(1)}": {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: !Ref T, LustreConfiguration: {DeploymentType: SCRATCH_9}}}}`)}\n`,
  },
  {
    name: 'loops with one item each, nested deeply',
    sizes: [50, 200, 400],
    template: (depth) =>
      `Transform: AWS::LanguageExtensions\nResources: ${loops(depth, 1, `{"Fs${name(depth)}": {${BODY}}}`)}\n`,
  },
  {
    name: 'anchors',
    sizes: [500, 5000, 50000],
    template: (count) =>
      withProperties('', `Metadata:\n${times(count, (at) => `  A${at}: &a${at} x`)}`),
  },
  {
    name: 'anchors, each with an alias',
    sizes: [500, 1000, 30000],
    template: (count) =>
      withProperties(
        '',
        `Metadata:\n${times(count, (at) => `  A${at}: &a${at} x\n  B${at}: *a${at}`)}`,
      ),
  },
  {
    name: 'aliases of one anchor',
    sizes: [500, 5000, 200000],
    template: (count) =>
      withProperties('', `Metadata:\n  A: &a x\n  B: [${times(count, () => '*a', ',')}]`),
  },
  {
    name: 'aliases of lists of aliases',
    sizes: [3, 6, 9, 30],
    template: (depth) =>
      withProperties(`Tags: *a${depth}`, '').replace(
        'Resources:',
        `Metadata:\n  A0: &a0 [x, x, x, x, x, x, x, x, x]\n${times(depth, (at) => `  A${at + 1}: &a${at + 1} [${times(9, () => `*a${at}`, ',')}]`)}\nResources:`,
      ),
  },
  {
    name: 'aliases of maps of aliases, two at a time',
    sizes: [10, 20, 100, 400],
    template: (depth) =>
      withProperties(`MetadataConfiguration: *a${depth}`).replace(
        'Resources:',
        `Metadata:\n  A0: &a0 {k: v}\n${times(depth, (at) => `  A${at + 1}: &a${at + 1} {a: *a${at}, b: *a${at}}`)}\nResources:`,
      ),
  },
  {
    name: 'an alias inside of its own anchor',
    sizes: [1],
    template: () => withProperties('Tags: &a [*a, *a]'),
  },
  {
    name: 'merge keys in a chain',
    sizes: [10, 100, 900, 5000],
    template: (count) =>
      withProperties(`MetadataConfiguration: *m${count}`).replace(
        'Resources:',
        `Metadata:\n  M0: &m0 {k0: v}\n${times(count, (at) => `  M${at + 1}: &m${at + 1} {<<: *m${at}, k${at + 1}: v}`)}\nResources:`,
      ),
  },
  {
    name: 'a merge key with a list of maps',
    sizes: [100, 900, 20000],
    template: (count) =>
      withProperties(`MetadataConfiguration: {<<: [${times(count, () => '*m', ',')}]}`).replace(
        'Resources:',
        `Metadata:\n  M: &m {${times(100, (at) => `k${at}: v`, ',')}}\nResources:`,
      ),
  },
  {
    name: 'NIDs that are none',
    sizes: [100, 5000, 30000],
    template: (count) =>
      withProperties(
        `RootSquashConfiguration:\n  RootSquash: '1:1'\n  NoSquashNids: [${times(count, (at) => `bad nid ${at}`, ',')}]`,
      ),
  },
  {
    name: 'tags that are refused',
    sizes: [50, 5000, 20000],
    template: (count) =>
      withProperties(`Tags: [${times(count, () => `{Key: aws:k, Value: v}`, ',')}]`),
  },
  {
    name: 'tags without values',
    sizes: [50, 5000, 50000],
    template: (count) => withProperties(`Tags: [${times(count, (at) => `{Key: k${at}}`, ',')}]`),
  },
  {
    name: 'unknown values in a list',
    sizes: [50, 1000, 20000],
    template: (count) =>
      withProperties(`SecurityGroupIds: [${times(count, (at) => `!Ref S${at}`, ',')}]`),
  },
  {
    name: 'dynamic references that do not end',
    sizes: [100, 5000, 50000],
    template: (count) => withProperties(`KmsKeyId: '${'{{resolve:'.repeat(count)}'`),
  },
  {
    name: 'dynamic references',
    sizes: [60, 5000, 30000],
    template: (count) => withProperties(`KmsKeyId: '${'{{resolve:ssm:/a/b:1}}'.repeat(count)}'`),
  },
  {
    name: 'placeholders that do not end',
    sizes: [100, 10000, 300000],
    template: (count) => withProperties(`KmsKeyId: !Sub '${'${'.repeat(count)}'`),
  },
  {
    name: 'placeholders that do not end, in a loop',
    sizes: [100, 10000, 200000],
    template: (count) =>
      `Transform: AWS::LanguageExtensions\nResources: {"Fn::ForEach::L": [V, [a, b], {"Fs\${V}": {${TYPE}, Properties: {KmsKeyId: "${'${'.repeat(count)}"}}}]}\n`,
  },
  {
    name: 'Fn::Sub with many variables',
    sizes: [100, 2000, 15000],
    template: (count) =>
      withProperties(
        `KmsKeyId: !Sub ['${times(count, (at) => `\${V${at}}`, '')}', {${times(count, (at) => `V${at}: !Ref P${at}`, ', ')}}]`,
      ),
  },
  {
    name: 'Fn::Sub with many references',
    sizes: [100, 10000, 80000],
    template: (count) =>
      withProperties(`KmsKeyId: !Sub '${times(count, (at) => `\${P${at}}`, '')}'`),
  },
  {
    name: 'Fn::Sub in Fn::Sub, each twice',
    sizes: [5, 12, 16],
    template: (depth) => {
      let text = '!Ref P';
      for (let level = 0; level < depth; level++)
        text = `{"Fn::Sub": ["\${A}\${A}", {A: ${text}}]}`;
      return withProperties(`KmsKeyId: ${text}`);
    },
  },
  {
    name: 'Fn::Sub in Fn::Sub, each ten times',
    sizes: [3, 6, 9, 100],
    template: (depth) => {
      let text = 'abcdefghij';
      for (let level = 0; level < depth; level++)
        text = `{"Fn::Sub": ["${'${A}'.repeat(10)}", {A: ${text}}]}`;
      return withProperties(`KmsKeyId: ${text}`);
    },
  },
  {
    name: 'Fn::Split, Fn::Join and Fn::Select in turn',
    sizes: [10, 100, 140],
    template: (depth) => {
      let text = '"a,b"';
      for (let level = 0; level < depth; level++)
        text = `!Select [0, !Split [",", !Join [",", [${text}, ${level % 20 === 0 ? (text.slice(0, 200).includes('!') ? '"c"' : text) : '"c"'}]]]]`;
      return withProperties(`KmsKeyId: ${text}`);
    },
  },
  {
    name: 'Fn::Join of a list that is split into letters',
    sizes: [1000, 100000, 400000],
    template: (length) =>
      withProperties(
        `KmsKeyId: !Join ["${'xy'.repeat(100)}", !Split ["a", "${'a'.repeat(length)}"]]`,
      ),
  },
  {
    name: 'Fn::FindInMap in Fn::FindInMap',
    sizes: [10, 100, 140],
    template: (depth) => {
      let text = 'k0';
      for (let level = 0; level < depth; level++) text = `!FindInMap [M, ${text}, n]`;
      return withProperties(
        `KmsKeyId: ${text}`,
        `Mappings:\n  M:\n${times(depth, (at) => `    k${at}: {n: k${at + 1}}`)}`,
      );
    },
  },
  {
    name: 'Fn::FindInMap of a parameter in a large mapping',
    sizes: [50, 200, 5000],
    template: (count) =>
      withProperties(
        'KmsKeyId: !FindInMap [M, !Ref P, !Ref Q]',
        `Parameters: {P: {Type: String}, Q: {Type: String}}\nMappings:\n  M:\n${times(count, (at) => `    k${at}: {a: 1, b: 2, c: 3}`)}`,
      ),
  },
  {
    name: 'conditions in a chain',
    sizes: [50, 200, 2000],
    template: (count) =>
      withProperties(
        `KmsKeyId: !If [C${count}, a, b]`,
        `Parameters: {P: {Type: String}}\nConditions:\n  C0: !Equals [!Ref P, x]\n${times(count, (at) => `  C${at + 1}: !Not [!Condition C${at}]`)}`,
      ),
  },
  {
    name: 'conditions, each of the two before',
    sizes: [20, 200, 400],
    template: (count) =>
      withProperties(
        `KmsKeyId: !If [C${count}, a, b]`,
        `Parameters: {P: {Type: String}}\nConditions:\n  C0: !Equals [!Ref P, x]\n  C1: !Equals [!Ref P, y]\n${times(count - 1, (at) => `  C${at + 2}: !And [!Condition C${at}, !Condition C${at + 1}]`)}`,
      ),
  },
  {
    name: 'Fn::If in Fn::If, on conditions of their own',
    sizes: [10, 60, 200],
    template: (count) => {
      let text = 'a';
      for (let at = 0; at < count; at++) text = `!If [C${at}, ${text}, b${at}]`;
      return withProperties(
        `KmsKeyId: ${text}`,
        `Parameters:\n${times(count, (at) => `  P${at}: {Type: String}`)}\nConditions:\n${times(count, (at) => `  C${at}: !Equals [!Ref P${at}, x]`)}`,
      );
    },
  },
  {
    name: 'many file systems, each with many conditions',
    sizes: [4, 100, 400],
    template: (count) => {
      const names = Array.from({ length: 12 }, (_, index) => index);
      return `Parameters:\n${times(12, (at) => `  P${at}: {Type: String}`)}\nConditions:\n${times(12, (at) => `  C${at}: !Equals [!Ref P${at}, x]`)}\nResources:\n${times(count, (at) => `  Fs${at}:\n    ${TYPE}\n    Properties:\n      StorageCapacity: !If [C0, 1200, 1201]\n      SubnetIds: [s]\n      Tags:\n${names.map((c) => `        - !If [C${c}, {Key: k${c}, Value: v}, !Ref AWS::NoValue]`).join('\n')}`)}\n`;
    },
  },
  {
    name: 'values that a parameter is compared with',
    sizes: [50, 500, 5000],
    template: (count) =>
      withProperties(
        `Tags: [${times(count, (at) => `!If [C${at}, {Key: k${at}, Value: v}, !Ref AWS::NoValue]`, ',')}]`,
        `Parameters: {P: {Type: String}}\nConditions:\n${times(count, (at) => `  C${at}: !Equals [!Ref P, v${at}]`)}`,
      ),
  },
  {
    name: 'texts of many parts that are compared',
    sizes: [5, 50, 500],
    template: (count) =>
      withProperties(
        'KmsKeyId: !If [C, a, b]',
        `Parameters:\n${times(count, (at) => `  P${at}: {Type: String}`)}\nConditions:\n  C: !Equals [!Join ["", [${times(count, (at) => `!Ref P${at}`, ',')}]], "${'a'.repeat(count * 4)}"]`,
      ),
  },
  {
    name: 'a text of two parts that is compared with a long one',
    sizes: [100, 4000, 100000],
    template: (length) =>
      withProperties(
        'KmsKeyId: !If [C, a, b]',
        `Parameters: {P: {Type: Number}, Q: {Type: Number}, R: {Type: Number}}\nConditions:\n  C: !Equals [!Sub "\${P}\${Q}\${R}", "${'1'.repeat(length)}"]`,
      ),
  },
  {
    name: 'allowed values',
    sizes: [100, 5000, 50000],
    template: (count) =>
      withProperties(
        'StorageCapacity2: !Ref P\nKmsKeyId: !If [C, a, b]\nPerUnitStorageThroughput: !Ref P',
        `Parameters: {P: {Type: String, AllowedValues: [${times(count, (at) => `"v${at}"`, ',')}]}}\nConditions: {C: !Equals [!Ref P, v1]}`,
      ),
  },
  {
    name: 'allowed values of properties that rules ask for together',
    sizes: [10, 40, 120],
    template: (count) =>
      withProperties(
        'DeploymentType: !Ref A\nPerUnitStorageThroughput: !Ref B\nStorageType: !Ref C\nThroughputCapacity: !Ref D\nDriveCacheType: !Ref E\nMetadataConfiguration: {Mode: USER_PROVISIONED, Iops: !Ref B}',
        `Parameters:\n${times(5, (at) => `  ${'ABCDE'.charAt(at)}: {Type: String, AllowedValues: [SCRATCH_1, PERSISTENT_1, PERSISTENT_2, SSD, HDD, ${times(count, (each) => `"${each * 12}"`, ',')}]}`)}`,
      ).replace('StorageCapacity: 1200', 'StorageCapacity: !Ref B'),
  },
  {
    name: 'rules of the template',
    sizes: [10, 200, 5000],
    template: (count) =>
      withProperties(
        'KmsKeyId: !If [C, a, b]',
        `Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\nRules:\n${times(count, (at) => `  R${at}: {RuleCondition: !Equals [!Ref P, x], Assertions: [{Assert: {"Fn::Contains": [[a, b, x], !Ref P]}}]}`)}`,
      ),
  },
  {
    name: 'a rule that is nested',
    sizes: [10, 100, 200],
    template: (depth) => {
      let text = '!Equals [!Ref P, x]';
      for (let level = 0; level < depth; level++)
        text = `{"Fn::And": [${text}, {"Fn::Equals": [a, a]}]}`;
      return withProperties(
        '',
        `Parameters: {P: {Type: String}}\nRules: {R: {Assertions: [{Assert: ${text}}]}}`,
      );
    },
  },
  {
    name: 'deep flow lists',
    sizes: [100, 490, 5000, 400000],
    template: (depth) => withProperties(`Tags: ${'['.repeat(depth)}${']'.repeat(depth)}`),
  },
  {
    name: 'deep flow lists that do not end',
    sizes: [490, 5000, 400000],
    template: (depth) => withProperties(`Tags: ${'['.repeat(depth)}`),
  },
  {
    name: 'deep JSON',
    sizes: [100, 490, 5000, 150000],
    template: (depth) =>
      `{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}}}`,
  },
  {
    name: 'deep block YAML',
    sizes: [100, 400, 1300],
    template: (depth) =>
      withProperties(`Tags:\n${times(depth, (at) => `${' '.repeat(at + 1)}a:`)}`),
  },
  {
    name: 'list items in list items',
    sizes: [100, 490, 5000, 400000],
    template: (depth) => withProperties(`Tags:\n  ${'- '.repeat(depth)}x`),
  },
  {
    name: 'keys that are questions',
    sizes: [100, 490, 5000, 400000],
    template: (depth) => withProperties(`Tags:\n  ${'? '.repeat(depth)}x`),
  },
  {
    name: 'deep functions',
    sizes: [50, 240, 490],
    template: (depth) => {
      let text = 'x';
      for (let level = 0; level < depth; level++) text = `!Join ["", [${text}]]`;
      return withProperties(`KmsKeyId: ${text}`);
    },
  },
  {
    name: 'many properties that do not exist',
    sizes: [100, 5000, 60000],
    template: (count) => withProperties(times(count, (at) => `StorageCapacty${at}: 1`)),
  },
  {
    name: 'many native properties that do not exist',
    sizes: [100, 5000, 50000],
    words: ['--native'],
    template: (count) =>
      `Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      LustreConfiguration:\n${times(count, (at) => `        deploymentTyp${at}: 1`)}\n`,
  },
  {
    name: 'many resources',
    sizes: [500, 5000, 20000],
    template: (count) => `Resources:\n${times(count, (at) => `  F${at}: {${TYPE}}`)}\n`,
  },
  {
    name: 'many parameters',
    sizes: [200, 5000, 30000],
    template: (count) =>
      withProperties(
        `Tags: [${times(Math.min(count, 15000), (at) => `{Key: !Ref P${at}, Value: v}`, ',')}]`,
        `Parameters:\n${times(count, (at) => `  P${at}: {Type: String}`)}`,
      ),
  },
  {
    name: 'many outputs with attributes that do not exist',
    sizes: [200, 5000, 20000],
    template: (count) =>
      withProperties(
        '',
        `Outputs:\n${times(count, (at) => `  O${at}: {Value: !GetAtt Fs.Nme${at}}`)}`,
      ),
  },
  {
    name: 'attributes that do not exist in one text',
    sizes: [200, 5000, 60000],
    template: (count) =>
      withProperties(
        '',
        `Outputs:\n  O: {Value: !Sub "${times(count, (at) => `\${Fs.N${at}}`, '')}"}`,
      ),
  },
  {
    name: 'names that are long',
    sizes: [255, 5000, 450000],
    template: (length) =>
      `Resources:\n  ${'F'.repeat(length)}:\n    ${TYPE}\n    Properties: {${'P'.repeat(length)}: 1, StorageCapacity: 5000}\n`,
  },
  {
    name: 'a long name and many findings',
    sizes: [255, 5000, 200000],
    template: (length) =>
      `Resources:\n  ${'F'.repeat(length)}:\n    ${TYPE}\n    Properties:\n${times(length / 10, (at) => `      Strange${at}: 1`)}\n`,
  },
  {
    name: 'a key of many words',
    sizes: [1000, 900000],
    template: (length) => withProperties(`"${'a '.repeat(length / 2)}": 1`),
  },
  {
    name: 'many errors of the reader',
    sizes: [100, 100000],
    template: (count) => withProperties(times(count, () => '"a": "b" "c"')),
  },
  {
    name: 'many documents',
    sizes: [10, 100000],
    template: (count) => withProperties('') + '---\na: b\n'.repeat(count),
  },
  {
    name: 'many comments',
    sizes: [1000, 400000],
    template: (count) => withProperties('') + '#\n'.repeat(count),
  },
  {
    name: 'empty lines',
    sizes: [1000, 1000000],
    template: (count) => withProperties('') + '\n'.repeat(count),
  },
  {
    name: 'blanks',
    sizes: [1000, 1000000],
    template: (count) => withProperties(`KmsKeyId: a${' '.repeat(count)}b`),
  },
  {
    name: 'a folded text of many lines',
    sizes: [1000, 200000],
    template: (count) => withProperties(`KmsKeyId: >\n${times(count, () => ' a')}`),
  },
  {
    name: 'a quoted text of many lines',
    sizes: [1000, 100000],
    template: (count) => withProperties(`KmsKeyId: "\n${times(count, () => ' a')}"`),
  },
  {
    name: 'tags of YAML',
    sizes: [100, 100000],
    template: (count) =>
      withProperties('', `Metadata: [${times(count, (at) => `!T${at} x`, ',')}]`),
  },
  ...Object.entries(NEARLY).map(([property, text]): Kind => ({
    name: `${property} that is nearly one`,
    sizes: [1000, 400000],
    template: (size) => {
      const value = `"${text(size).replaceAll('\t', '\\t')}"`;
      return withProperties('')
        .replace(/ {6}\n/, '')
        .replace(new RegExp(`( {6})${property}: .*\n`), '')
        .replace(
          '    Properties:\n',
          `    Properties:\n      ${property}: ${property.endsWith('s') ? `[${value}]` : value}\n`,
        );
    },
  })),
];
