/** Everything that a user reads about a violation, whole, with what is offered to make it go away. */
import { checkModel, type CheckOptions } from '../../src/lustre/rules/rules';
import { severityOf } from '../../src/lustre/violations';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  RESTORED,
  SCRATCH_1,
  SCRATCH_2,
} from './configurations';
import { cache, CASES, EFA, LINK, provisioned, type Model } from './rule-cases';

function told(model: Model, options: CheckOptions = {}): unknown[] {
  return checkModel(model, options).violations.map((violation) => {
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

const two = (...tags: [string, string][]) => tags.map(([Key, Value]) => ({ Key, Value }));

test.each<[string, Model]>([
  ['a capacity of SCRATCH_1', { ...SCRATCH_2, StorageCapacity: 3600 }],
  ['a capacity of SCRATCH_2', { ...SCRATCH_1, StorageCapacity: 4800 }],
  ['a capacity of the other tier', { ...HDD, StorageCapacity: 6000 }],
  ['a capacity of both', { ...HDD, StorageCapacity: 1801, PerUnitStorageThroughput: undefined }],
  ['a capacity without EFA', { ...PERSISTENT_2, ...EFA, StorageCapacity: 21600 }],
  ['a capacity neither with EFA nor without', { ...PERSISTENT_2, ...EFA, StorageCapacity: 5000 }],
  ['no capacity with EFA', { ...PERSISTENT_2, ...EFA, StorageCapacity: undefined }],
  ['a capacity of no tier', { ...PERSISTENT_1, StorageCapacity: 0 }],
  ['no capacity', { ...PERSISTENT_1, StorageCapacity: undefined }],
  ['no capacity of any kind', { SubnetIds: SCRATCH_2.SubnetIds }],
  ['no capacity of HDD', { ...HDD, StorageCapacity: undefined, PerUnitStorageThroughput: undefined }],
  ['a capacity of a backup', { ...RESTORED, StorageCapacity: 1 }],
  ['a capacity of a backup on HDD', { ...RESTORED, StorageType: 'HDD', StorageCapacity: 1 }],
  ['a tier of a backup', { ...RESTORED, PerUnitStorageThroughput: 3 }],
  ['a tier above all', { ...PERSISTENT_2, PerUnitStorageThroughput: 5000 }],
  ['a tier below all', { ...PERSISTENT_2, ...LINK, PerUnitStorageThroughput: 1 }],
  ['a tier that is none', { ...PERSISTENT_1, PerUnitStorageThroughput: 0 }],
  ['metadata with a link', { ...PERSISTENT_1, ...LINK, ...provisioned(6000) }],
  ['metadata IOPS below all', { ...PERSISTENT_2, ...provisioned(1) }],
  ['metadata IOPS of zero', { ...PERSISTENT_2, ...provisioned(0) }],
  ['EFA on elastic storage without metadata', { ...ELASTIC, EfaEnabled: true, MetadataConfiguration: undefined }],
  ['EFA of any kind', { ...PERSISTENT_2, StorageType: undefined, EfaEnabled: true }],
  ['a large cache of any throughput', { ...ELASTIC, ThroughputCapacity: 5, ...cache('USER_PROVISIONED', 1e9) }],
  ['a cache below all', { ...ELASTIC, ...cache('USER_PROVISIONED', 1) }],
  ['version 2.1 with metadata', { ...PERSISTENT_2, ...EFA, FileSystemTypeVersion: '2.1' }],
  ['an unknown version', { ...PERSISTENT_2, FileSystemTypeVersion: '2.16' }],
  ['version 2.12 with metadata on SCRATCH_2', { ...SCRATCH_2, ...provisioned(6000), FileSystemTypeVersion: '2.12' }],
  ['two keys that differ in value', { ...SCRATCH_2, Tags: two(['a', '1'], ['a', '1'], ['b', '2']) }],
  ['reserved keys', { ...SCRATCH_2, Tags: two(['aws:aws:x', '1'], ['x', '2'], ['AWS:', '3'], ['xaws:', '4']) }],
  ['tags of nothing', { ...PERSISTENT_1, SkipFinalBackup: true, FinalBackupTags: two(['aws:x', '1']) }],
  ['a wrong window on scratch', { ...SCRATCH_2, DailyAutomaticBackupStartTime: 'noon' }],
  ['a window and tags on scratch', { ...SCRATCH_2, DailyAutomaticBackupStartTime: '05:00', FinalBackupTags: two(['a', 'b']) }],
  ['a window with a link', { ...PERSISTENT_1, ...LINK, DailyAutomaticBackupStartTime: '05:00' }],
  ['an export without a bucket', { ...SCRATCH_2, ExportPath: 's3://' }],
  ['an export that is no path', { ...SCRATCH_2, ExportPath: 'see s3://bucket' }],
  ['a link to an address', { ...SCRATCH_2, ImportPath: 's3://10.0.0.1/in', ExportPath: 's3://-x/out' }],
  ['a wrong key on scratch', { ...SCRATCH_2, KmsKeyId: 'a b' }],
  ['a long key on scratch', { ...SCRATCH_2, KmsKeyId: 'a'.repeat(2049) }],
  ['a key by its bare name', { ...PERSISTENT_2, KmsKeyId: 'mine' }],
  ['a log group by its name', { ...SCRATCH_2, LogConfiguration: { Level: 'WARN_ONLY', Destination: '/aws/fsx/a' } }],
  ['a client by its block', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: ['10.0.0.0/24', '10.0.0.1@tcp'] } }],
  ['65 clients', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: Array(65).fill('10.0.0.1@tcp') } }],
  ['257 subnets', { ...SCRATCH_2, SubnetIds: Array(257).fill('nonsense') }],
  ['257 groups', { ...SCRATCH_2, SecurityGroupIds: Array(257).fill('nonsense') }],
  ['groups as a text', { ...SCRATCH_2, SecurityGroupIds: 'sg-01234567' }],
  ['groups with a comma', { ...SCRATCH_2, SecurityGroupIds: 'sg-01234567,sg-01234568' }],
  ['groups as nothing', { ...SCRATCH_2, SecurityGroupIds: '' }],
  ['a group that is a list', { ...SCRATCH_2, SecurityGroupIds: [['sg-01234567']] }],
  ['a tag that is none', { ...SCRATCH_2, Tags: ['a', null, { Key: 'k', Value: 'v' }, { key: 'k', Value: null }] }],
  ['a tag with a wrong name', { ...SCRATCH_2, Tags: [{ key: 'a', Value: 'b' }] }],
  ['a name and the right one', { ...SCRATCH_2, storage_capacity: 1200, Subnets: 'x' }],
  ['a number of time', { ...SCRATCH_2, WeeklyMaintenanceStartTime: '21600' }],
  ['a number of no time', { ...SCRATCH_2, WeeklyMaintenanceStartTime: '9999999' }],
  ['a number that begins with zero', { ...SCRATCH_2, WeeklyMaintenanceStartTime: '021600' }],
  ['a number for an id', { ...SCRATCH_2, BackupId: '300' }],
  ['a deployment type with a blank', { ...SCRATCH_2, DeploymentType: 'SCRATCH 2' }],
  ['a storage type that is both', { ...SCRATCH_2, StorageType: 'XDD' }],
  ['a Map with a key that is none', { ...SCRATCH_2, MetadataConfiguration: new Map([[1, 2]]) }],
  ['infinity', { ...SCRATCH_2, StorageCapacity: Infinity }],
  ['many wrong names', { ...SCRATCH_2, ...Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`Colour${i}`, i])) }],
])('what else is said of %s', (_, model) => {
  expect(told(model)).toMatchSnapshot();
}); // oxfmt-ignore

test('no more than 256 mistakes are told, and -0 is 0', () => {
  const names = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`Colour${i}`, i]));
  expect(told({ ...SCRATCH_2, ...names })).toHaveLength(256);
  const { properties } = checkModel({ AutomaticBackupRetentionDays: '-0', StorageCapacity: '1200.00' }); // oxfmt-ignore
  expect(properties.AutomaticBackupRetentionDays).toBe(0);
  expect(properties.StorageCapacity).toBe(1200);
});

const PLACES = ['us-east-1', 'il-central-1', 'mx-central-1', 'me-south-1', 'us-gov-west-1', 'cn-north-1', 'ca-west-1', 'nowhere-1']; // oxfmt-ignore

test.each<[string, Model]>([
  ['SCRATCH_1', SCRATCH_1],
  ['SCRATCH_2 with a link', { ...SCRATCH_2, ...LINK }],
  ['SCRATCH_2 on HDD', { ...SCRATCH_2, StorageType: 'HDD' }],
  ['PERSISTENT_1 on INTELLIGENT_TIERING', { ...ELASTIC, DeploymentType: 'PERSISTENT_1' }],
  ['PERSISTENT_1 with an old version', { ...PERSISTENT_1, FileSystemTypeVersion: '2.10' }],
  ['HDD', HDD],
  ['PERSISTENT_2', PERSISTENT_2],
  ['PERSISTENT_2 of a low tier', { ...PERSISTENT_2, StorageCapacity: 6000, PerUnitStorageThroughput: 125 }],
  ['PERSISTENT_2 of no tier', { ...PERSISTENT_2, PerUnitStorageThroughput: 300 }],
  ['PERSISTENT_2 with EFA', { ...PERSISTENT_2, ...EFA }],
  ['EFA on SCRATCH_2', { ...SCRATCH_2, EfaEnabled: true }],
  ['a tier on SCRATCH_2', { ...SCRATCH_2, PerUnitStorageThroughput: 200 }],
  ['no tier', { ...PERSISTENT_2, PerUnitStorageThroughput: undefined }],
  ['INTELLIGENT_TIERING', ELASTIC],
  ['INTELLIGENT_TIERING with automatic metadata', { ...ELASTIC, MetadataConfiguration: { Mode: 'AUTOMATIC' } }],
  ['a backup of INTELLIGENT_TIERING', { ...RESTORED, DeploymentType: 'PERSISTENT_2', StorageType: 'INTELLIGENT_TIERING' }],
  ['a backup', RESTORED],
  ['a wrong deployment type', { ...SCRATCH_2, DeploymentType: 'SCRATCH_3' }],
  ['a wrong storage type', { ...PERSISTENT_2, StorageType: 'NVME' }],
])('what is said of %s in each kind of region', (_, model) => {
  const said = new Map<string, string[]>();
  for (const region of PLACES) {
    const text = JSON.stringify(told(model, { region }));
    said.set(text, [...(said.get(text) ?? []), region]);
  }
  const alike = [...said].map(([text, regions]) => [regions.join(' '), JSON.parse(text) as unknown]);
  expect(Object.fromEntries(alike)).toMatchSnapshot();
}); // oxfmt-ignore

test('a table that is older than a year only warns', () => {
  const severities = (date?: string) =>
    checkModel(SCRATCH_2, { region: 'cn-north-1', ...(date !== undefined && { date }) }).violations.map(severityOf); // oxfmt-ignore
  expect([severities(), severities('2026-11-26'), severities('2030-01-01')]).toEqual([
    ['error'],
    ['error'],
    ['warning'],
  ]);
});
