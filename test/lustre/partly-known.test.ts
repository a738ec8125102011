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
      'DataReadCacheConfiguration.SizeGiB read-cache-mode: DataReadCacheConfiguration.SizeGiB "${Size}" does not go with SizingMode NO_CACHE',
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
      'MetadataConfiguration not-applicable: MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":"${Iops}"} does not go with SCRATCH_2',
    ],
  ],
  [
    'a retention that is one of some',
    { ...SCRATCH_2, AutomaticBackupRetentionDays: unknown('Days', { among: ['7', '30'] }) },
    [
      'AutomaticBackupRetentionDays not-applicable: AutomaticBackupRetentionDays "${Days}" does not go with SCRATCH_2',
    ],
  ],
  [
    'a property that every deployment requires',
    { DeploymentType: unknown('Kind'), SubnetIds: SCRATCH_2.SubnetIds },
    ['StorageCapacity required: StorageCapacity is required, whatever DeploymentType will be.'],
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
  ['a version of which the first number is known', { ...SCRATCH_2, FileSystemTypeVersion: partly('2.', unknown()) }], // oxfmt-ignore
])('%s may be right', (_, model) => {
  expect(said(model)).toEqual([]);
});
