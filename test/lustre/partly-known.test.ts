/** Values of which a part is known: their beginning, their end, what they are like. */
import fc from 'fast-check';
import { checkPartial } from '../../src/lustre/unresolved/check';
import type { Model } from '../../src/lustre/unresolved/model';
import { Unknown, type Knowledge } from '../../src/lustre/unknown';
import { accepted } from './arbitraries';
import { PERSISTENT_1, PERSISTENT_2, SCRATCH_2 } from './configurations';

const unknown = (name = 'X', known: Knowledge = {}): Unknown => new Unknown(`\${${name}}`, known);

const partly = (...parts: (string | Unknown)[]): Unknown =>
  new Unknown(parts.map((part) => (typeof part === 'string' ? part : part.text)).join(''), {
    parts,
  });

const ELASTIC = {
  DeploymentType: 'PERSISTENT_2',
  StorageType: 'INTELLIGENT_TIERING',
  ThroughputCapacity: 4000,
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
  SubnetIds: ['subnet-0123456789abcdef0'],
};

const said = (model: object): string[] =>
  checkPartial(model as Model).map(
    ({ property, rule, message }) => `${property} ${rule}: ${message}`,
  );

/** A value with some of its leaves hidden, whole or in part, as the numbers say. */
function hide(value: unknown, numbers: Iterator<number>, path = 'X'): unknown {
  const next = () => Number(numbers.next().value ?? 0);
  if (Array.isArray(value))
    return value.map((item, index) => hide(item, numbers, `${path}${index}`));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, hide(member, numbers, path + name)]),
    );
  const kind = next() % 5;
  if (value === undefined || kind > 2) return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const cut = next() % (text.length + 1);
  if (kind === 0) return unknown(path);
  const parts = kind === 1 ? [text.slice(0, cut), unknown(path)] : [unknown(path), text.slice(cut)];
  return partly(...parts.filter((part) => part !== ''));
}

test('nothing is refused in what FSx accepts, whatever of its values is not known', () => {
  const numbers = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(accepted, numbers, (properties, choices) => {
      expect(said(hide(properties, choices.values()) as object)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test.each<[string, object, string[]]>([
  [
    'a size of the read cache beside a mode without one',
    {
      ...ELASTIC,
      DataReadCacheConfiguration: { SizingMode: 'NO_CACHE', SizeGiB: unknown('Size') },
    },
    [
      'DataReadCacheConfiguration.SizeGiB read-cache-mode: DataReadCacheConfiguration.SizeGiB "${Size}" cannot be used with SizingMode NO_CACHE',
    ],
  ],
  [
    'a log group of a log that is off',
    { ...PERSISTENT_2, LogConfiguration: { Level: 'DISABLED', Destination: unknown('Group.Arn') } },
    ['LogConfiguration.Destination log-destination: '],
  ],
  [
    'metadata of a size that is not known, where there are none',
    { ...SCRATCH_2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: unknown('Iops') } },
    [
      'MetadataConfiguration not-applicable: MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":"${Iops}"} cannot be used with SCRATCH_2',
    ],
  ],
  [
    'a retention that is one of some',
    { ...SCRATCH_2, AutomaticBackupRetentionDays: unknown('Days', { among: ['7', '30'] }) },
    [
      'AutomaticBackupRetentionDays not-applicable: AutomaticBackupRetentionDays "${Days}" cannot be used with SCRATCH_2',
    ],
  ],
  [
    'a property that every deployment requires',
    { DeploymentType: unknown('Kind'), SubnetIds: SCRATCH_2.SubnetIds },
    ['StorageCapacity required: StorageCapacity is required for any DeploymentType.'],
  ],
  [
    'a window without backups, whatever it is',
    { ...PERSISTENT_1, DailyAutomaticBackupStartTime: unknown('Window') },
    ['DailyAutomaticBackupStartTime backup-window: DailyAutomaticBackupStartTime "${Window}" '],
  ],
  [
    'an export to another bucket, whatever the prefix',
    {
      ...SCRATCH_2,
      ImportPath: partly('s3://input-bucket/', unknown('Prefix')),
      ExportPath: partly('s3://output-bucket/', unknown('Prefix')),
    },
    ['ExportPath s3-bucket: '],
  ],
  [
    'an export to a bucket that begins otherwise',
    {
      ...SCRATCH_2,
      ImportPath: partly('s3://input-', unknown('Stage'), '/data'),
      ExportPath: partly('s3://output-', unknown('Stage')),
    },
    ['ExportPath s3-bucket: ExportPath "s3://output-${Stage}" is not '],
  ],
  [
    'a path that cannot begin so',
    { ...SCRATCH_2, ImportPath: partly('my-bucket/', unknown('Prefix')) },
    ['ImportPath format: ImportPath "my-bucket/${Prefix}" is not valid: use an S3 path'],
  ],
  [
    'a path that is the name of a bucket',
    { ...SCRATCH_2, ImportPath: unknown('Bucket', { like: ['example-bucket', 'other-bucket'] }) },
    ['ImportPath format: ImportPath "${Bucket}" is not valid: use an S3 path'],
  ],
  [
    'a deployment that cannot begin so',
    { ...SCRATCH_2, DeploymentType: partly('PERSIST_', unknown('Number')) },
    ['DeploymentType format: DeploymentType "PERSIST_${Number}" is not valid'],
  ],
  [
    'a day of the week that there is not',
    { ...SCRATCH_2, WeeklyMaintenanceStartTime: partly('8:', unknown('Time')) },
    ['WeeklyMaintenanceStartTime format: WeeklyMaintenanceStartTime "8:${Time}" is not valid'],
  ],
  [
    'an hour of the day that there is not',
    { ...PERSISTENT_1, AutomaticBackupRetentionDays: 7, DailyAutomaticBackupStartTime: partly('24:', unknown('Minutes')) }, // oxfmt-ignore
    ['DailyAutomaticBackupStartTime format: '],
  ],
  [
    'minutes that there are not',
    { ...PERSISTENT_1, AutomaticBackupRetentionDays: 7, DailyAutomaticBackupStartTime: partly(unknown('Hour'), ':60') }, // oxfmt-ignore
    ['DailyAutomaticBackupStartTime format: '],
  ],
  [
    'an ARN that is not of a key',
    { ...PERSISTENT_1, KmsKeyId: partly('arn:aws:iam::', unknown('Account'), ':role/', unknown('Role')) }, // oxfmt-ignore
    ['KmsKeyId format: KmsKeyId "arn:aws:iam::${Account}:role/${Role}" is not valid'],
  ],
  [
    'a log group whose name FSx does not take',
    { ...SCRATCH_2, LogConfiguration: { Level: 'WARN_ONLY', Destination: partly('arn:aws:logs:us-east-1:', unknown('Account'), ':log-group:/', unknown('Team'), '/lustre') } }, // oxfmt-ignore
    [],
  ],
  [
    'a log group of another service',
    { ...SCRATCH_2, LogConfiguration: { Level: 'WARN_ONLY', Destination: partly('arn:aws:logs:us-east-1:', unknown('Account'), ':log-group:/aws/lambda/', unknown('Name')) } }, // oxfmt-ignore
    ['LogConfiguration.Destination format: '],
  ],
  [
    'a user that is a name',
    { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: partly('root:', unknown('Group')) } },
    ['RootSquashConfiguration.RootSquash format: '],
  ],
  [
    'an address of another network',
    { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: [partly(unknown('Address'), '@o2ib')] } }, // oxfmt-ignore
    ['RootSquashConfiguration.NoSquashNids[0] format: '],
  ],
  [
    'an id of something else',
    { ...SCRATCH_2, SecurityGroupIds: [partly('subnet-', unknown('Id'))] },
    ['SecurityGroupIds[0] format: '],
  ],
  [
    'a version with a word at its end',
    { ...SCRATCH_2, FileSystemTypeVersion: partly(unknown('Version'), '-latest') },
    ['FileSystemTypeVersion format: '],
  ],
  [
    'a deployment that cannot end so',
    { ...SCRATCH_2, DeploymentType: partly(unknown('Kind'), '_3') },
    ['DeploymentType format: DeploymentType "${Kind}_3" is not valid'],
  ],
  [
    'a number with its unit',
    { ...SCRATCH_2, StorageCapacity: partly(unknown('Size'), 'GiB') },
    ['StorageCapacity type: StorageCapacity "${Size}GiB" is not valid: expected a whole number'],
  ],
  [
    'true or false with more',
    { ...SCRATCH_2, SkipFinalBackup: partly('is ', unknown('Skipped')) },
    ['SkipFinalBackup type: '],
  ],
  [
    'the character of a tag that FSx does not take',
    { ...SCRATCH_2, Tags: [{ Key: 'a', Value: partly(unknown('One'), ';', unknown('Two')) }] },
    ['Tags[0].Value format: '],
  ],
  [
    'a text that is already too long',
    { ...SCRATCH_2, Tags: [{ Key: 'a', Value: partly('x'.repeat(257), unknown('More')) }] },
    ['Tags[0].Value format: '],
  ],
  [
    'a number as a path',
    { ...SCRATCH_2, ImportPath: unknown('Count', { isNumber: true }) },
    ['ImportPath format: ImportPath "${Count}" is not valid'],
  ],
  [
    'a number as true or false',
    { ...PERSISTENT_2, SkipFinalBackup: unknown('Count', { isNumber: true }) },
    ['SkipFinalBackup type: '],
  ],
  [
    'a tag key that is reserved however it goes on',
    { ...SCRATCH_2, Tags: [{ Key: partly('aws:', unknown('Name')), Value: 'x' }] },
    ['Tags[0].Key tag-reserved: '],
  ],
  [
    'the same tag key twice',
    { ...SCRATCH_2, Tags: [{ Key: unknown('Key'), Value: 'x' }, { Key: unknown('Key'), Value: 'y' }] }, // oxfmt-ignore
    ['Tags[1].Key tag-unique: '],
  ],
  [
    'the same tag key twice, among more tags of which a part is known than can be combined',
    {
      ...SCRATCH_2,
      Tags: [
        { Key: 'Name', Value: partly(unknown('AWS::StackName'), '-lustre') },
        { Key: 'Env', Value: partly('env-', unknown('AWS::StackName')) },
        { Key: 'Cost', Value: partly('cost-', unknown('AWS::Region')) },
        { Key: 'Team', Value: partly(unknown('A'), '-', unknown('B'), '-', unknown('C')) },
        { Key: 'Name', Value: 'x' },
      ],
    },
    ['Tags[4].Key tag-unique: '],
  ],
])('%s', (_, model, expected) => {
  const found = said(model);
  expect(found.map((text, index) => text.slice(0, expected[index]?.length))).toEqual(expected);
});

test.each<[string, object]>([
  [
    'a bucket of which a part is known',
    { ...SCRATCH_2, ImportPath: 's3://bucket-1/in', ExportPath: partly('s3://buck', unknown(), '/out') }, // oxfmt-ignore
  ],
  [
    'a bucket that is not known, twice',
    { ...SCRATCH_2, ImportPath: partly('s3://', unknown('B'), '/in'), ExportPath: partly('s3://', unknown('B'), '/out') }, // oxfmt-ignore
  ],
  ['two tag keys', { ...SCRATCH_2, Tags: [{ Key: unknown('A'), Value: 'x' }, { Key: unknown('B'), Value: 'x' }] }], // oxfmt-ignore
  ['tag keys that begin alike', { ...SCRATCH_2, Tags: ['A', 'B', 'C'].map((name) => ({ Key: partly('k-', unknown(name)), Value: 'x' })) }], // oxfmt-ignore
  ['a version that is a number', { ...SCRATCH_2, FileSystemTypeVersion: unknown('V', { isNumber: true }) }], // oxfmt-ignore
  ['a day that is a number', { ...SCRATCH_2, WeeklyMaintenanceStartTime: partly(unknown('D', { isNumber: true }), ':05:00') }], // oxfmt-ignore
  ['a capacity of which the end is known', { ...SCRATCH_2, StorageCapacity: partly(unknown(), '00') }], // oxfmt-ignore
  ['a version of which the first number is known', { ...SCRATCH_2, FileSystemTypeVersion: partly('2.', unknown()) }], // oxfmt-ignore
])('%s may be right', (_, model) => {
  expect(said(model)).toEqual([]);
});
