/** Everything that a user reads about a violation, whole, with what is offered to make it go away. */
import { checkModel } from '../../src/lustre/rules/rules';
import { severityOf } from '../../src/lustre/violations';
import { PERSISTENT_1, PERSISTENT_2, SCRATCH_2 } from './configurations';
import { CASES, LINK, type Model } from './rule-cases';

function told(model: Model): unknown[] {
  return checkModel(model).violations.map((violation) => {
    const { kind, message, repairs = [] } = violation;
    return [
      `${severityOf(violation)}, ${kind}: ${message}`,
      ...repairs.map((repair) =>
        JSON.stringify(repair, (_, value: unknown) => (value === undefined ? '(left out)' : value)),
      ),
    ];
  });
}

test.each(Object.entries(CASES))('what is said of %s', (_, cases) => {
  const wrong = cases.filter(([, , ...refusals]) => refusals.length > 0);
  expect(Object.fromEntries(wrong.map(([name, model]) => [name, told(model)]))).toMatchSnapshot();
});

/** What is well formed, by property, with what is put before, behind or into it to be refused. */
const WELL_FORMED: readonly [
  Model,
  (text: string) => Model,
  readonly string[],
  readonly string[],
][] = [
  [
    SCRATCH_2,
    (id) => ({ SubnetIds: [id] }),
    ['subnet-01234567', 'subnet-0123456789abcdef0'],
    [
      'subnet-0123456',
      'subnet-0123456789abcdef01',
      'subnet-0123456g',
      'xsubnet-01234567',
      'SUBNET-01234567',
    ],
  ],
  [
    SCRATCH_2,
    (id) => ({ SecurityGroupIds: [id] }),
    ['sg-01234567'],
    ['sg-0123456', 'sg-0123456789abcdef01', 'xsg-01234567', 'sg-0123456g'],
  ],
  [
    PERSISTENT_1,
    (time) => ({ AutomaticBackupRetentionDays: 1, DailyAutomaticBackupStartTime: time }),
    ['00:00', '23:59', '19:30'],
    ['24:00', '23:60', '5:00', '123:00', '05:000', '05-00', '300', '1:00'],
  ],
  [
    SCRATCH_2,
    (time) => ({ WeeklyMaintenanceStartTime: time }),
    ['1:00:00', '7:23:59', '4:19:30'],
    [
      '0:00:00',
      '8:00:00',
      '11:00:00',
      '1:24:00',
      '1:00:60',
      '1:00:000',
      '1:0:00',
      '100:00',
      '1:00',
    ],
  ],
  [
    SCRATCH_2,
    (version) => ({ FileSystemTypeVersion: version }),
    ['2.15', '2.10'],
    ['v2.15', '2.15x', '2.', '.15', ''],
  ],
  [
    PERSISTENT_2,
    (key) => ({ KmsKeyId: key }),
    [
      'alias/a',
      '01234567-89ab-cdef-0123-456789abcdef',
      'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
    ],
    ['', '-a', 'a b', 'x'.repeat(2049)],
  ],
  [
    SCRATCH_2,
    (path) => ({ ImportPath: path }),
    ['s3://bucket', 's3://bucket/prefix/'],
    ['s3:/bucket', 's3://', 's3://b', 'xs3://bucket', 's3://bucket/\n'],
  ],
  [
    SCRATCH_2,
    (path) => ({ ...LINK, ExportPath: path }),
    ['s3://bucket', 's3://bucket/prefix/'],
    ['s3:/bucket', 's3://', 'xs3://bucket'],
  ],
  [
    SCRATCH_2,
    (RootSquash) => ({ RootSquashConfiguration: { RootSquash } }),
    ['0:0', '1:4294967294'],
    [
      '1',
      '1:',
      ':1',
      '1:1:1',
      'x1:1',
      '1:1x',
      '-1:1',
      '4294967295:1',
      '1:4294967295',
      '0:1',
      '1:0',
    ],
  ],
  [
    SCRATCH_2,
    (nid) => ({ RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: [nid] } }),
    ['10.0.1.6@tcp', '10.0.[2-10].[1-255]@tcp'],
    [
      '10.0.1@tcp',
      '10.0.1.6',
      '10.0.1.6@tcpx',
      'x10.0.1.6@tcp',
      '10.0.1.256@tcp',
      '10.0.1.6@o2ib',
      '10.0.[2-].1@tcp',
      '',
    ],
  ],
  [
    SCRATCH_2,
    (Key) => ({ Tags: [{ Key, Value: 'b' }] }),
    ['a', 'a b+-=._:/@', 'x'.repeat(128)],
    ['', 'x'.repeat(129), 'a<', 'a\n', 'aws:a', 'AWS:a'],
  ],
  [
    SCRATCH_2,
    (Destination) => ({ LogConfiguration: { Level: 'WARN_ONLY', Destination } }),
    ['arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/a'],
    [
      '/aws/fsx/a',
      'arn:aws:logs:us-east-1:12345678901:log-group:/aws/fsx/a',
      'xarn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/a',
    ],
  ],
  [
    { SubnetIds: SCRATCH_2.SubnetIds },
    (BackupId) => ({ BackupId }),
    ['backup-01234567', 'backup-0123456789abcdef0'],
    ['backup-0123456', 'xbackup-01234567', 'backup-0123456g'],
  ],
];

test.each(WELL_FORMED)(
  'what is well formed is taken, and nothing around it: %#',
  (base, given, right, wrong) => {
    for (const text of right) expect([text, told({ ...base, ...given(text) })]).toEqual([text, []]);
    const refused = wrong.map((text) => [text.slice(0, 60), told({ ...base, ...given(text) })]);
    expect(refused).toMatchSnapshot();
  },
);

test.each([
  ['a number that is none', { StorageCapacity: 'much' }],
  ['a number with a unit', { StorageCapacity: '1200 GiB' }],
  ['a number with a separator', { StorageCapacity: '1,200' }],
  ['a fraction', { StorageCapacity: 1200.5 }],
  ['a number with a plus', { StorageCapacity: '+1200' }],
  ['a number that is too large', { StorageCapacity: 2 ** 31 }],
  ['a truth that is none', { EfaEnabled: 'yes' }],
  ['a number for a truth', { EfaEnabled: 1 }],
  ['a text for a list', { SubnetIds: 'subnet-01234567' }],
  ['a list for a text', { DeploymentType: ['SCRATCH_2'] }],
  ['an object for a text', { DeploymentType: { Ref: 'A' } }],
  ['a text for an object', { MetadataConfiguration: 'AUTOMATIC' }],
  ['a list for an object', { MetadataConfiguration: [] }],
  ['a time that YAML has read', { WeeklyMaintenanceStartTime: 11100 }],
  [
    'a time of day that YAML has read',
    { DailyAutomaticBackupStartTime: 300, AutomaticBackupRetentionDays: 1 },
  ],
  [
    'a time of day that no time is',
    { DailyAutomaticBackupStartTime: 1440, AutomaticBackupRetentionDays: 1 },
  ],
  ['a version that YAML has read', { FileSystemTypeVersion: 2.1 }],
  ['a name that FSx has', { LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }],
  ['a name with a wrong case', { storagecapacity: 1200 }],
  ['a name with a typing error', { StorageCapcity: 1200 }],
  ['a name that is none', { Colour: 'green' }],
  ['a name inside that is none', { MetadataConfiguration: { Mode: 'AUTOMATIC', Colour: 'green' } }],
  ['a value with a wrong case', { DataCompressionType: 'lz4' }],
  ['a value with a typing error', { DataCompressionType: 'LZ' }],
  ['nothing', { DataCompressionType: '' }],
])('what is said of %s', (_, model) => {
  expect(told({ ...PERSISTENT_2, ...model })).toMatchSnapshot();
});
