/** What a finding tells beside its message: where it begins and ends, and what would repair it. */
import { check } from '../../src/review/check';
import type { Finding } from '../../src/review/finding';
import { withProperties } from './findings';

const SUBNETS = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';

/** The part of a text that a finding is about. */
function marked(text: string, { line, column, endLine, endColumn }: Finding): string {
  const lines = text.split('\n').slice(line - 1, endLine);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, endColumn - 1) ?? '';
  return lines.join('\n').slice(column - 1);
}

const marks = (text: string): string[] =>
  check(text).findings.map((finding) => marked(text, finding));

const repairs = (text: string): Finding['repairs'][] =>
  check(text).findings.map((finding) => finding.repairs);

test.each<[string, string, string[]]>([
  [
    'a property is marked by its name',
    `"StorageCapacity": 5000\n${SUBNETS}`,
    ['"StorageCapacity"'],
  ],
  ['what is missing by the logical id', 'StorageCapacity: 1200', ['Fs']],
  ['an item all of it', 'StorageCapacity: 1200\nSubnetIds: ["sub net"]', ['"sub net"']],
  [
    'a branch of an Fn::If all of it',
    `StorageCapacity: !If [A, 1200, !If [B, 1200, 5000]]\n${SUBNETS}`,
    ['5000'],
  ],
  [
    'a branch in lines of its own',
    `StorageCapacity: 1200\n${SUBNETS}\nTags: !If\n  - A\n  - Key: a\n    Value: b # c\n  - []`,
    ['Key'],
  ],
  [
    'a function all of it',
    `StorageCapacity: 1200\n${SUBNETS}\nKmsKeyId: alias/x\nTags: [{Key: a, Value: !GetAtt Fs.DnsName}]`,
    ['KmsKeyId', '!GetAtt Fs.DnsName'],
  ],
  [
    'a reference in a text alone',
    `StorageCapacity: 1200\n${SUBNETS}\nTags: [{Key: a, Value: !Sub 'x \${Fs.DnsName} y'}]`,
    ['${Fs.DnsName}'],
  ],
  [
    'a value that an alias gives where it is written',
    `StorageCapacity: 1200\nTags: [{Key: &k "sub net", Value: a}]\nSubnetIds: [*k]`,
    ['"sub net"'],
  ],
])('%s', (_, properties, expected) => {
  const conditions =
    "Conditions: {A: !Equals [!Ref 'AWS::Region', a], B: !Equals [!Ref 'AWS::Region', b]}";
  expect(marks(withProperties(properties, conditions))).toEqual(expected);
});

describe('a repair', () => {
  test('gives a property its value, or leaves it out', () => {
    const text = withProperties(`StorageCapacity: 5000\nKmsKeyId: alias/x\n${SUBNETS}`);
    expect(repairs(text)).toEqual([
      [{ StorageCapacity: 4800 }, { StorageCapacity: 7200 }],
      [expect.objectContaining({ KmsKeyId: null }), expect.anything(), expect.anything()],
    ]);
  });

  test('is in the places of the native type', () => {
    const text = [
      'Resources:',
      '  Fs:',
      '    Type: AWS::FSx::FileSystem',
      '    Properties:',
      '      FileSystemType: LUSTRE',
      '      StorageCapacity: 1200',
      `      ${SUBNETS}`,
      '      LustreConfiguration: {DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 300}',
    ].join('\n');
    expect(repairs(text)).toEqual([
      expect.arrayContaining([{ 'LustreConfiguration.PerUnitStorageThroughput': 200 }]),
    ]);
  });

  test('that depends on what is not known is not given', () => {
    const [tier12, open] = ['12', '!Ref Tier'].map((tier) =>
      repairs(
        withProperties(
          `DeploymentType: PERSISTENT_1\nStorageType: HDD\nDriveCacheType: NONE\nPerUnitStorageThroughput: ${tier}\nStorageCapacity: 5000\n${SUBNETS}`,
          'Parameters: {Tier: {Type: Number}}',
        ),
      ),
    );
    expect(tier12).toEqual([[{ StorageCapacity: 6000 }]]);
    expect(open).toEqual([[]]);
  });
});

describe('a number that YAML reads as another one', () => {
  const backups = 'DeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50\nAutomaticBackupRetentionDays: 7\nStorageCapacity: 1200\n'; // oxfmt-ignore
  const time = 'DailyAutomaticBackupStartTime';

  test.each<[string, string, string[], Finding['repairs']]>([
    ['a time without its colon', `${backups}${time}: 0500`, [`${time} 0500 is not valid: use HH:MM in UTC; write 05:00. YAML reads 0500 as 320.`], [{ [time]: '05:00' }]],
    ['a time without its zero', `${backups}${time}: 5:20`, [`${time} 5:20 is not valid: use HH:MM in UTC; write 05:20. YAML reads 5:20 as 320.`], [{ [time]: '05:20' }]],
    ['a time without quotes', `${backups}${time}: 10:20`, [`${time} 620 is not valid: write 10:20 in quotes, because YAML reads it as 620.`], [{ [time]: '10:20' }]],
    ['a pair of ids without quotes', 'StorageCapacity: 1200\nRootSquashConfiguration: {RootSquash: 1:1}', ['RootSquashConfiguration.RootSquash 61 is not valid: write 1:1 in quotes, because YAML reads it as 61.'], [{ RootSquashConfiguration: { RootSquash: '1:1' } }]],
    ['a capacity with a zero before it', 'StorageCapacity: 02400', ['StorageCapacity 1280 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 2400. YAML reads 02400 as 1280.'], [{ StorageCapacity: 1200 }, { StorageCapacity: 2400 }]],
    ['digits of a time', `${backups}${time}: 500`, [`${time} 500 is not valid: use HH:MM in UTC; write 08:20 or 05:00 in quotes, because YAML reads 8:20 as 500.`], [{ [time]: '08:20' }, { [time]: '05:00' }]],
    ['a default of a parameter', `${backups}${time}: !Ref Start`, [`${time} 0500 is not valid: use HH:MM in UTC; write 05:00. YAML reads 0500 as 320. The value is the default of the parameter Start, line 11.`], [{ [time]: '05:00' }]],
  ])('is told as it is written: %s', (_, properties, messages, offered) => {
    const { findings } = check(withProperties(`${properties}\n${SUBNETS}`, properties.includes('!Ref') ? 'Parameters: {Start: {Type: String, Default: 0500}}' : '')); // oxfmt-ignore
    expect(findings.map(({ message }) => message)).toEqual(messages);
    expect(findings.flatMap((finding) => finding.repairs)).toEqual(offered);
  }); // oxfmt-ignore
});

describe('what the shapes of public templates showed', () => {
  test('an empty default in a text is a value that the caller gives', () => {
    const template = (path: string) =>
      `Parameters: {Bucket: {Type: String, Default: ''}}\n${withProperties(
        `StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]\nImportPath: ${path}`,
      )}`;
    for (const path of ['!Sub s3://${Bucket}/in', "!Join ['', ['s3://', !Sub '${Bucket}', /in]]"])
      expect(check(template(path)).findings).toEqual([]);
    // What is known of it is held against it.
    const [finding] = check(template('!Sub s4://${Bucket}/in')).findings;
    expect(finding?.message).toContain('"s4://${Bucket}/in" is not valid');
  });

  test('what is missing is told once, whatever it is missing for', () => {
    const template = [
      'Parameters: {Kind: {Type: String}, Size: {Type: String}}',
      'Conditions:',
      "  HasKind: !Not [!Equals [!Ref Kind, '']]",
      "  HasSize: !Not [!Equals [!Ref Size, '']]",
      withProperties(
        'DeploymentType: !If [HasKind, !Ref Kind, SCRATCH_2]\nStorageCapacity: !If [HasSize, 1200, !Ref AWS::NoValue]\nSubnetIds: [subnet-0a1b2c3d4e5f60718]',
      ),
    ].join('\n');
    expect(check(template).findings.map(({ message, when }) => [message, when])).toEqual([
      ['StorageCapacity is required.', 'HasSize is false'],
    ]);
  });

  test('a condition that is not asked everywhere does not say alone where something is so', () => {
    const template = [
      'Parameters: {A: {Type: String, Default: x}, B: {Type: String, Default: x}}',
      'Conditions: {IsA: !Equals [!Ref A, a], IsB: !Equals [!Ref B, b]}',
      withProperties(
        'StorageCapacity: !If [IsA, !If [IsB, 1200, 5000], 2400]\nSubnetIds: [subnet-0a1b2c3d4e5f60718]',
      ),
    ].join('\n');
    expect(check(template).findings.map(({ when }) => when)).toEqual([
      'IsA is true and IsB is false',
    ]);
  });
});
