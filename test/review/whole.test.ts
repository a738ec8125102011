/** Everything that a user reads about a template: what is found, offered, estimated, compared and converted, word by word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../src/review/check';
import { completionsAt } from '../../src/review/authoring/completion';
import {
  conversionOffer,
  ignoreOffer,
  repairOffers,
} from '../../src/review/authoring/code-actions';
import { hoverAt } from '../../src/review/authoring/hover';
import { TemplateDraft } from '../../src/review/authoring/template-draft';
import { convert } from '../../src/review/conversion/convert';
import { diff } from '../../src/review/diff/diff';
import { estimate } from '../../src/review/estimate';
import { fixAll } from '../../src/review/fixes/fix-all';

const REVIEW = { region: 'us-east-1', date: '2026-11-26' };
const COSTS = { region: 'us-east-1' };

const SUBNET = 'subnet-0a1b2c3d4e5f60718';
const fs = (...properties: string[]): string[] => [
  '  Fs:',
  '    Type: Pangea::FSx::LustreFileSystem',
  '    Properties:',
  `      SubnetIds: [${SUBNET}]`,
  ...properties.map((line) => `      ${line}`),
];
const native = (...properties: string[]): string[] => [
  '  Fs:',
  '    Type: AWS::FSx::FileSystem',
  '    Properties:',
  '      FileSystemType: LUSTRE',
  `      SubnetIds: [${SUBNET}]`,
  ...properties.map((line) => `      ${line}`),
];
const template = (...lines: string[]): string => ['Resources:', ...lines, ''].join('\n');
const P2 = [
  'DeploymentType: PERSISTENT_2',
  'StorageCapacity: 1200',
  'PerUnitStorageThroughput: 125',
];
const SCRATCH = ['StorageCapacity: 1200'];
const STAGES = [
  'Parameters:',
  '  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}',
  '  Size: {Type: Number, Default: 1200}',
  '  Kind: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_1, SCRATCH_2, PERSISTENT_1]}',
  'Conditions:',
  '  IsProd: !Equals [!Ref Stage, prod]',
].join('\n');
const staged = (...lines: string[]): string => `${STAGES}\n${template(...lines)}`;
const link = (name: string, path: string, ...more: string[]): string[] => [
  `  ${name}:`,
  '    Type: AWS::FSx::DataRepositoryAssociation',
  `    Properties: {FileSystemId: !Ref Fs, FileSystemPath: ${path}, DataRepositoryPath: s3://bucket/${name}${more.join('')}}`,
];
const group = (...rules: string[]): string[] => [
  '  Group:',
  '    Type: AWS::EC2::SecurityGroup',
  '    Properties:',
  '      GroupDescription: x',
  '      VpcId: vpc-1',
  ...rules.map((rule) => `      ${rule}`),
];

const TEMPLATES: Readonly<Record<string, string>> = {
  sound: template(...fs(...P2)),
  'nothing of ours': template('  Topic: {Type: AWS::SNS::Topic}'),
  'mistakes of all kinds': template(
    ...fs(
      'StorageCapacity: 5000',
      'DeploymentType: scratch_2',
      'data_compression_type: LZ4',
      'KmsKeyId: alias/x',
      'MountCommand: x',
      'Colour: green',
      'WeeklyMaintenanceStartTime: sun:05:00',
      'SecurityGroupIds: sg-01234567',
      'EfaEnabled: maybe',
    ),
  ),
  'a native file system with mistakes': template(
    ...native(
      'StorageCapacity: 5000',
      'StorageType: HDD',
      'LustreConfiguration:',
      '  DeploymentType: PERSISTENT_1',
      '  PerUnitStorageThroughput: 300',
      '  Colour: green',
      'Colour: green',
    ),
  ),
  'a native file system with nothing': template(
    '  Fs: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}',
  ),
  'no properties': template('  Fs: {Type: Pangea::FSx::LustreFileSystem}'),
  'what is missing': template(
    '  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {DeploymentType: PERSISTENT_2}}',
  ),
  'a branch that is wrong': staged(...fs('StorageCapacity: !If [IsProd, 5000, 1200]')),
  'a parameter that is wrong': staged(
    ...fs('StorageCapacity: !Ref Size', 'DeploymentType: !Ref Kind', 'KmsKeyId: alias/x'),
  ),
  'a parameter of no known value': `Parameters: {Size: {Type: Number}}\n${template(...fs('StorageCapacity: !Ref Size'))}`,
  'a file system under a condition': staged(
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Condition: IsProd',
    `    Properties: {SubnetIds: [${SUBNET}], StorageCapacity: 5}`,
  ),
  'a mapping': `Mappings: {Sizes: {dev: {Size: 5}, prod: {Size: 1200}}}\n${staged(...fs('StorageCapacity: !FindInMap [Sizes, !Ref Stage, Size]'))}`,
  'references that are wrong': `${template(...fs(...SCRATCH))}Outputs:\n  A: {Value: !GetAtt Fs.DnsName}\n  B: {Value: !Sub 'x \${Fs.Mount}'}\n  C: {Value: !GetAtt Fs.DNSName}\n  D: {Value: !Ref Fs}\n`,
  'a native reference': `${template(...native('StorageCapacity: 1200'))}Outputs:\n  A: {Value: !GetAtt Fs.MountCommand}\n  B: {Value: !GetAtt Fs.LustreMountName}\n`,
  'links that are sound': template(...fs(...SCRATCH), ...link('Link', '/data')),
  'links that are wrong': template(
    ...fs('StorageCapacity: 1200', 'ImportPath: s3://bucket'),
    ...link('Link', '/data'),
    ...link('Other', '/data/x'),
  ),
  'links with backups': template(
    ...fs(...P2, 'AutomaticBackupRetentionDays: 7', 'SkipFinalBackup: false'),
    ...link('Link', '/data'),
  ),
  'links of SCRATCH_1': template(
    ...fs('StorageCapacity: 1200', 'DeploymentType: SCRATCH_1'),
    ...link('Link', '/data'),
  ),
  'nine links': template(
    ...fs(...SCRATCH),
    ...Array.from({ length: 9 }, (_, i) => link(`Link${i}`, `/a${i}`)).flat(),
  ),
  'a group that is closed': template(
    ...fs('StorageCapacity: 1200', 'SecurityGroupIds: [!Ref Group]'),
    ...group(
      'SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}]',
    ),
  ),
  'a group that opens half': template(
    ...fs('StorageCapacity: 1200', 'SecurityGroupIds: [!Ref Group]'),
    ...group(
      'SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 988, ToPort: 988, CidrIp: 10.0.0.0/8}]',
    ),
  ),
  'a group that is open': template(
    ...fs('StorageCapacity: 1200', 'SecurityGroupIds: [!Ref Group]'),
    ...group(
      'SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 988, ToPort: 1023, CidrIp: 10.0.0.0/8}]',
    ),
  ),
  'a group for EFA': template(
    ...fs(
      'DeploymentType: PERSISTENT_2',
      'StorageCapacity: 38400',
      'PerUnitStorageThroughput: 125',
      'EfaEnabled: true',
      'MetadataConfiguration: {Mode: AUTOMATIC}',
      'SecurityGroupIds: [!Ref Group]',
    ),
    ...group('SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 0.0.0.0/0}]'),
  ),
  'more than the quotas': template(
    ...fs(
      'DeploymentType: PERSISTENT_2',
      'StorageCapacity: 2400000',
      'PerUnitStorageThroughput: 1000',
    ),
  ),
  'a restored backup': template(
    ...fs('BackupId: backup-01234567', 'DeploymentType: SCRATCH_2', 'ImportPath: s3://bucket'),
  ),
  'a backup for all': template(...fs('BackupId: backup-01234567')),
  'silenced rules': template(
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Metadata: {pangea-lustre: {ignore: [storage-capacity, no-rule]}}',
    `    Properties: {SubnetIds: [${SUBNET}], StorageCapacity: 5000}`,
  ),
  'choices that cost': template(
    ...fs(
      'DeploymentType: PERSISTENT_1',
      'StorageType: HDD',
      'StorageCapacity: 6000',
      'PerUnitStorageThroughput: 12',
      'DriveCacheType: NONE',
    ),
  ),
  'no deletion policy': template(
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    DeletionPolicy: Snapshot',
    '    UpdateReplacePolicy: Retain',
    `    Properties: {SubnetIds: [${SUBNET}], StorageCapacity: 1200}`,
  ),
  'a loop': `Transform: AWS::LanguageExtensions\n${template("  'Fn::ForEach::Each':", '    - N', '    - [A, B]', "    - 'Fs${N}':", '        Type: Pangea::FSx::LustreFileSystem', `        Properties: {SubnetIds: [${SUBNET}], StorageCapacity: 5}`)}`,
  JSON: JSON.stringify(
    {
      Resources: {
        Fs: {
          Type: 'Pangea::FSx::LustreFileSystem',
          Properties: {
            StorageCapacity: 5000,
            SubnetIds: [SUBNET],
            DataCompressionType: 'lz4',
            DNSName: 'x',
          },
        },
      },
    },
    undefined,
    2,
  ),
};

const EXAMPLES = [
  'hpc-scratch.yaml',
  'ml-training-persistent2.yaml',
  'media-hdd.yaml',
  'monitoring.yaml',
];
const EXAMPLE_TEXTS = EXAMPLES.map(
  (name) => [name, readFileSync(join(__dirname, '..', '..', 'examples', name), 'utf8')] as const,
);

const json = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (part instanceof Map ? [...part] : part));

/** The lines that one text has and another has not. */
function changed(before: string, after: string): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
  ];
}

const applied = (
  text: string,
  edits: readonly { at: number; end: number; text: string }[],
): string =>
  [...edits]
    .sort((a, b) => b.at - a.at)
    .reduce((rest, { at, end, text: to }) => rest.slice(0, at) + to + rest.slice(end), text);

function checkedOf(text: string) {
  const draft = new TemplateDraft(text, { review: REVIEW, costs: COSTS });
  const { fileSystems, reviewed, template: read } = draft;
  if (!read) throw new Error('It cannot be read.');
  return { template: read, fileSystems, findings: reviewed.findings, options: REVIEW };
}

describe.each(Object.entries(TEMPLATES))('%s', (_, text) => {
  test('what is found', () => {
    const { findings, notes } = check(text, REVIEW);
    expect({
      findings: findings.map(
        ({
          line,
          column,
          endLine,
          endColumn,
          logicalId,
          property,
          rule,
          severity,
          message,
          when,
          repairs,
        }) => [
          `${line}:${column}-${endLine}:${endColumn} ${severity} ${rule} ${logicalId}.${property}${when === undefined ? '' : ` (${when})`}: ${message}`,
          ...repairs.map(json),
        ],
      ),
      notes: notes.map(
        ({ line, column, message, always }) =>
          `${line}:${column}${always ? ' always' : ''} ${message}`,
      ),
    }).toMatchSnapshot();
  });

  test('what is offered', () => {
    const checked = checkedOf(text);
    const { fileSystems, findings, template: read } = checked;
    const offers = findings.flatMap((finding) =>
      [...repairOffers(checked, finding), ignoreOffer(checked, finding) ?? []].flat(),
    );
    const conversions = fileSystems
      .filter(({ type }) => type.name === 'AWS::FSx::FileSystem')
      .map((each) => conversionOffer(read, each, REVIEW));
    const shown = (offer: (typeof conversions)[number]) =>
      'why' in offer ? offer : [offer.title, ...changed(text, applied(text, offer.edits))];
    expect({
      offers: offers.map(shown),
      conversions: conversions.map(shown),
      fixed: changed(text, fixAll(text, REVIEW).text),
      changes: fixAll(text, REVIEW).changes.map(json),
    }).toMatchSnapshot();
  });

  test('what is estimated', () => {
    expect(JSON.parse(json(estimate(text, { ...REVIEW, ...COSTS })))).toMatchSnapshot();
  });

  test('what the pointer shows', () => {
    const draft = new TemplateDraft(text, { review: REVIEW, costs: COSTS });
    const shown = new Map<string, string>();
    for (let offset = 0; offset < text.length; offset += 3) {
      const hover = hoverAt(draft, offset);
      if (hover)
        shown.set(
          `${hover.at}-${hover.end} ${text.slice(hover.at, hover.end).split('\n')[0] ?? ''}`,
          hover.markdown,
        );
    }
    expect([...shown]).toMatchSnapshot();
  });
});

test.each(EXAMPLE_TEXTS)('the example %s', (_, text) => {
  const { findings, notes } = check(text, REVIEW);
  expect(
    json({ findings, notes, estimate: estimate(text, { ...REVIEW, ...COSTS }) }).split(/(?<=\}),/),
  ).toMatchSnapshot();
});

const TYPED: readonly (readonly [string, string])[] = [
  ['a name', template(...fs('|'))],
  ['a name that has begun', template(...fs('Sto|'))],
  ['a value of words', template(...fs('DeploymentType: |'))],
  ['a value that has begun', template(...fs('DeploymentType: PERS|'))],
  ['a number', template(...fs('StorageCapacity: |'))],
  ['a number that has begun', template(...fs('StorageCapacity: 12|'))],
  ['a tier', template(...fs('DeploymentType: PERSISTENT_2', 'PerUnitStorageThroughput: |'))],
  ['a truth', template(...fs('EfaEnabled: |'))],
  ['a name inside', template(...fs('MetadataConfiguration:', '  |'))],
  ['a value inside', template(...fs('MetadataConfiguration:', '  Mode: |'))],
  [
    'IOPS inside',
    template(...fs(...P2, 'MetadataConfiguration:', '  Mode: USER_PROVISIONED', '  Iops: |')),
  ],
  ['a level', template(...fs('LogConfiguration: {Level: |}'))],
  ['in a list', template(...fs('Tags:', '  - |'))],
  ['a file system', 'Resources:\n  |'],
  ['a native name', template(...native('|'))],
  ['a native name inside', template(...native('LustreConfiguration:', '  |'))],
  ['a native value inside', template(...native('LustreConfiguration:', '  DeploymentType: |'))],
  [
    'in JSON',
    '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"|"}}}}',
  ],
  [
    'a value in JSON',
    '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"DeploymentType": "|"}}}}',
  ],
  ['elsewhere', 'Parameters:\n  |\nResources: {}'],
  [
    'of another type',
    template('  Topic:', '    Type: AWS::SNS::Topic', '    Properties:', '      |'),
  ],
];

test.each(TYPED)('what may be written: %s', (_, marked) => {
  const at = marked.indexOf('|');
  const found = completionsAt(marked.replace('|', ''), at, {
    review: REVIEW,
    costs: COSTS,
  });
  expect(
    found && {
      ...found,
      at: found.at - at,
      end: found.end - at,
      items: found.items.map(({ kind, label, detail = '', documentation = '', snippet }) =>
        [kind, label, detail, documentation, snippet].join(' | '),
      ),
    },
  ).toMatchSnapshot();
});

describe('a repair that leaves a finding behind', () => {
  const titles = (...properties: string[]): string[] => {
    const checked = checkedOf(template(...fs(...properties)));
    const pair = checked.findings.find(({ rule }) => rule === 'storage-deployment');
    return pair ? repairOffers(checked, pair).map(({ title }) => title) : [];
  };

  // INTELLIGENT_TIERING needs a ThroughputCapacity, which nobody can guess.
  test('is not offered beside one that does not', () => {
    expect(titles(...P2, 'StorageType: HDD')).toEqual([
      'Use PERSISTENT_1, add DriveCacheType NONE, change StorageCapacity to 5400 and change PerUnitStorageThroughput to 40',
      'Use SSD',
    ]);
  });
});

const BASE = [...P2, 'Tags: [{Key: a, Value: b}]', 'DataCompressionType: NONE'];
const but = (from: string, to: string): string => template(...fs(...BASE)).replace(from, to);
const encryptedBy = (keySpec: string): string =>
  template(
    ...fs(
      'StorageCapacity: 1200',
      'KmsKeyId: !Ref Key',
      'DeploymentType: PERSISTENT_2',
      'PerUnitStorageThroughput: 125',
    ),
    `  Key: {Type: AWS::KMS::Key, Properties: {KeySpec: ${keySpec}}}`,
  );

const CHANGES: Readonly<
  Record<string, readonly [before: string | undefined, after: string | undefined]>
> = {
  nothing: [template(...fs(...BASE)), template(...fs(...BASE))],
  created: [undefined, template(...fs(...BASE))],
  'created with a mistake': ['Resources: {}', but('1200', '1300')],
  deleted: [template(...fs(...BASE)), 'Resources: {}'],
  'deleted with a backup': [
    but('DataCompressionType: NONE', 'SkipFinalBackup: false'),
    'Resources: {}',
  ],
  'deleted and retained': [
    but('    Properties', '    DeletionPolicy: Retain\n    Properties'),
    'Resources: {}',
  ],
  'of another name': [template(...fs(...BASE)), but('  Fs:', '  Other:')],
  'of another type': [template(...native('StorageCapacity: 1200')), template(...fs(...SCRATCH))],
  'more capacity': [template(...fs(...BASE)), but('1200', '2400')],
  'less capacity': [but('1200', '2400'), template(...fs(...BASE))],
  'a capacity that does not exist': [template(...fs(...BASE)), but('1200', '1300')],
  'another tier': [template(...fs(...BASE)), but('125', '250')],
  compression: [template(...fs(...BASE)), but('NONE', 'LZ4')],
  tags: [template(...fs(...BASE)), but('Key: a', 'Key: c')],
  'another deployment': [
    template(...fs(...SCRATCH)),
    template(...fs('StorageCapacity: 1200', 'DeploymentType: SCRATCH_1')),
  ],
  'another deployment, retained': [
    template(...fs(...SCRATCH)),
    template(...fs('StorageCapacity: 1200', 'DeploymentType: SCRATCH_1')).replace(
      '    Properties',
      '    UpdateReplacePolicy: Retain\n    Properties',
    ),
  ],
  'another subnet': [template(...fs(...BASE)), but(SUBNET, 'subnet-01234567')],
  'another subnet, of a native one': [
    template(...native('StorageCapacity: 1200')),
    template(...native('StorageCapacity: 1200')).replace(SUBNET, 'subnet-01234567'),
  ],
  'another capacity, of a native one': [
    template(...native('StorageCapacity: 1200')),
    template(...native('StorageCapacity: 2400')),
  ],
  'another throughput, of a native one': [
    template(
      ...native(
        'StorageCapacity: 1200',
        'LustreConfiguration: {DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125}',
      ),
    ),
    template(
      ...native(
        'StorageCapacity: 1200',
        'LustreConfiguration: {DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250}',
      ),
    ),
  ],
  'metadata that is added': [
    template(...fs(...BASE)),
    template(...fs(...BASE, 'MetadataConfiguration: {Mode: AUTOMATIC}')),
  ],
  'a version': [
    template(...fs(...BASE, "FileSystemTypeVersion: '2.12'")),
    template(...fs(...BASE, "FileSystemTypeVersion: '2.15'")),
  ],
  'a version, back': [
    template(...fs(...BASE, "FileSystemTypeVersion: '2.15'")),
    template(...fs(...BASE, "FileSystemTypeVersion: '2.12'")),
  ],
  'a branch': [
    staged(...fs('StorageCapacity: !If [IsProd, 2400, 1200]')),
    staged(...fs('StorageCapacity: !If [IsProd, 4800, 1200]')),
  ],
  'a branch that shrinks': [
    staged(...fs('StorageCapacity: !If [IsProd, 4800, 1200]')),
    staged(...fs('StorageCapacity: !If [IsProd, 2400, 2400]')),
  ],
  'a parameter': [
    staged(...fs('StorageCapacity: !Ref Size')),
    staged(...fs('StorageCapacity: !Ref Size')).replace('Default: 1200', 'Default: 2400'),
  ],
  'a reference to what is replaced': [encryptedBy('SYMMETRIC_DEFAULT'), encryptedBy('RSA_2048')],
};

test.each(Object.entries(CHANGES))('what becomes of it: %s', (_, [before, after]) => {
  expect(JSON.parse(json(diff(before, after, { ...REVIEW, cost: COSTS })))).toMatchSnapshot();
});

const CONVERTED: Readonly<Record<string, string>> = {
  little: template(...native('StorageCapacity: 1200')),
  all: template(
    ...native(
      'StorageCapacity: 1200',
      'StorageType: SSD',
      "FileSystemTypeVersion: '2.15'",
      'KmsKeyId: alias/x',
      'SecurityGroupIds: [sg-01234567]',
      'Tags: [{Key: a, Value: b}]',
      'LustreConfiguration:',
      '  DeploymentType: PERSISTENT_2',
      '  # A comment',
      '  PerUnitStorageThroughput: 125',
      '  AutomaticBackupRetentionDays: 7',
      '  DailyAutomaticBackupStartTime: "05:00"',
      '  CopyTagsToBackups: true',
      '  WeeklyMaintenanceStartTime: "1:05:00"',
      '  DataCompressionType: LZ4',
      '  EfaEnabled: false',
      '  MetadataConfiguration: {Mode: AUTOMATIC}',
    ),
  ),
  'in one line':
    'Resources: {Fs: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200, LustreConfiguration: {DeploymentType: SCRATCH_2, DataCompressionType: LZ4}}}}\n',
  JSON: `${JSON.stringify({ Resources: { Fs: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'LUSTRE', StorageCapacity: 1200, LustreConfiguration: { DeploymentType: 'SCRATCH_2' } } } } }, undefined, 2)}\n`,
  outputs: `${template(...native('StorageCapacity: 1200'))}Outputs:\n  A: {Value: !GetAtt Fs.LustreMountName}\n  B: {Value: !GetAtt Fs.DNSName}\n  C: {Value: !Sub '\${Fs}.fsx.\${AWS::Region}.amazonaws.com'}\n  D: {Value: !GetAtt Fs.RootVolumeId}\n`,
  'another kind': template(
    '  Fs: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: WINDOWS, StorageCapacity: 1200}}',
  ),
  'of a kind that a parameter chooses': `Parameters: {Kind: {Type: String}}\n${template('  Fs: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: !Ref Kind, StorageCapacity: 1200}}')}`,
  'a configuration that is chosen': staged(
    ...native(
      'StorageCapacity: 1200',
      'LustreConfiguration: !If [IsProd, {DeploymentType: SCRATCH_1}, {DeploymentType: SCRATCH_2}]',
    ),
  ),
};

test.each(Object.entries(CONVERTED))('what a conversion makes: %s', (_, text) => {
  const converted = () => {
    try {
      const { text: after, ...rest } = convert(text, REVIEW);
      return { ...rest, changed: changed(text, after) };
    } catch (error) {
      return String(error);
    }
  };
  expect(converted()).toMatchSnapshot();
});
