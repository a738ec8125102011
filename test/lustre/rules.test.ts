import { checkModel } from '../../src/lustre/rules/rules';
import { errorsOf, severityOf } from '../../src/lustre/violations';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  RESTORED,
  SCRATCH_1,
  SCRATCH_2,
} from './configurations';
import { AUTOMATIC, cache, CASES, EFA, LINK, provisioned, type Model } from './rule-cases';

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  const rows = cases.map(([name, model, ...refusals]) => ({ name, model, refusals }));
  test.each(rows)('$name', ({ model, refusals }) => {
    const { violations } = checkModel(model);
    expect(violations.map(({ rule, property }) => `${rule} ${property}`)).toEqual(refusals);
  });
});

test('all violations are reported at once, in the order of the properties', () => {
  const { violations } = checkModel({
    Tags: [{ Key: 'aws:x', Value: '' }],
    KmsKeyId: 'alias/mine',
    StorageCapacity: 'much',
    SubnetIds: [],
    PerUnitStorageThroughput: 200,
    Sise: 4,
  });
  expect(violations.map(({ property }) => property)).toEqual([
    'Sise',
    'StorageCapacity',
    'SubnetIds',
    'PerUnitStorageThroughput',
    'KmsKeyId',
    'Tags[0].Key',
  ]);
});

describe('a number that is not positive is refused once, whatever is deferred, and every repair is a valid value', () => {
  test.each<[string, Model, string[]]>([
    ['StorageCapacity', { ...SCRATCH_2, StorageCapacity: 0 }, ['1200']],
    ['StorageCapacity', { ...HDD, StorageCapacity: -5 }, ['1800']],
    ['PerUnitStorageThroughput', { ...PERSISTENT_1, PerUnitStorageThroughput: 0 }, ['50']],
    ['ThroughputCapacity', { ...ELASTIC, ThroughputCapacity: 0 }, ['4000']],
    ['MetadataConfiguration.Iops', { ...PERSISTENT_2, ...provisioned(0) }, ['1500']],
    ['DataReadCacheConfiguration.SizeGiB', { ...ELASTIC, ...cache('USER_PROVISIONED', 0) }, ['32']],
    [
      'DataReadCacheConfiguration.SizeGiB',
      { ...RESTORED, ...cache('USER_PROVISIONED', 0) },
      ['32'],
    ],
  ])('%s of %j', (property, model, nearest) => {
    for (const deferToFsx of [false, true]) {
      const { properties, violations } = checkModel(model, { deferToFsx });
      expect(violations).toMatchObject([{ property, kind: 'contradiction' }]);
      expect(violations[0]?.message).toContain(`nearest ${nearest.join(' or ')}`);
      for (const repair of violations[0]?.repairs ?? [])
        expect(checkModel({ ...properties, ...repair }).violations).toEqual([]);
    }
  });

  test('nor is a number beyond 32 bits sent to one that is not valid', () => {
    const { violations } = checkModel({ ...SCRATCH_2, StorageCapacity: 2 ** 31 });
    expect(violations).toMatchObject([{ repairs: [] }]);
  });

  test('a read cache beside a ThroughputCapacity that is deferred', () => {
    const model = { ...ELASTIC, ThroughputCapacity: 2000, ...cache('USER_PROVISIONED', 0) };
    expect(checkModel(model, { deferToFsx: true }).violations).toMatchObject([
      { rule: 'read-cache-size', kind: 'contradiction' },
    ]);
  });
});

describe('a missing StorageCapacity is told with the rule it is under', () => {
  test.each<[string, Model, string]>([
    ['SCRATCH_2', SCRATCH_2, 'SCRATCH_2: use 1200 or a multiple of 2400 GiB.'],
    ['HDD at 40', HDD, 'PERSISTENT_1 HDD: use a multiple of 1800 GiB.'],
    ['EFA', { ...PERSISTENT_2, ...EFA }, 'PERSISTENT_2 SSD: use a multiple of 4800 GiB.'],
    [
      'HDD without a tier',
      { ...HDD, PerUnitStorageThroughput: undefined },
      'PERSISTENT_1 HDD: use a multiple of 6000 GiB (at 12 MB/s/TiB), or a multiple of 1800 GiB (at 40 MB/s/TiB).',
    ],
  ])('%s', (_, base, message) => {
    const { violations } = checkModel({ ...base, StorageCapacity: undefined });
    expect(violations[0]?.message).toBe(`StorageCapacity is required for ${message}`);
  });
});

test.each<[string, string, string]>([
  ['DailyAutomaticBackupStartTime', '05:00:00', '05:00'],
  ['DailyAutomaticBackupStartTime', '0', '00:00'],
  ['WeeklyMaintenanceStartTime', 'sunday:05:00-sunday:05:30', '7:05:00'],
  ['ImportPath', `bucket/${'x'.repeat(100)}`, `s3://bucket/${'x'.repeat(100)}`],
])('%s %s is understood', (property, value, meant) => {
  const days = property === 'ImportPath' ? 0 : 1;
  const model = { ...PERSISTENT_1, AutomaticBackupRetentionDays: days, [property]: value };
  expect(checkModel(model).violations).toMatchObject([
    { rule: 'format', repairs: [{ [property]: meant }] },
  ]);
});

describe('a backup window without backups', () => {
  const window = { ...PERSISTENT_1, DailyAutomaticBackupStartTime: '05:00' };
  test('needs a retention, or goes', () => {
    expect(checkModel(window).violations).toMatchObject([
      {
        message:
          'DailyAutomaticBackupStartTime 05:00 requires automatic backups: set AutomaticBackupRetentionDays to 1 to 90, or omit the start time.',
        repairs: [{ AutomaticBackupRetentionDays: 7 }, {}],
      },
    ]);
  });
  test('only goes where there is an S3 link, which rules backups out', () => {
    expect(checkModel({ ...window, ...LINK }).violations).toMatchObject([
      {
        message:
          'DailyAutomaticBackupStartTime 05:00 requires automatic backups, and AutomaticBackupRetentionDays cannot be used with ImportPath: omit the start time.',
        repairs: [{ DailyAutomaticBackupStartTime: undefined }],
      },
    ]);
  });
});

describe('KmsKeyId on scratch is a warning, as no refusal is on record', () => {
  test.each<[string, Model]>([
    ['SCRATCH_1', SCRATCH_1],
    ['SCRATCH_2', SCRATCH_2],
    ['no DeploymentType', { ...SCRATCH_2, DeploymentType: undefined }],
  ])('%s', (_, base) => {
    const { violations } = checkModel({ ...base, KmsKeyId: 'alias/mine' });
    expect(violations).toMatchObject([{ rule: 'not-applicable', severity: 'warning' }]);
    expect(errorsOf(violations)).toEqual([]);
  });

  test('says what AWS documents, and that FSx decides', () => {
    expect(checkModel({ ...SCRATCH_1, KmsKeyId: 'alias/mine' }).violations[0]?.message).toBe(
      'KmsKeyId alias/mine might not be supported with SCRATCH_1: AWS documents KMS keys for persistent file systems only; FSx manages the keys of scratch file systems. AWS does not document whether FSx refuses it. Omit it, or use PERSISTENT_1 SSD or PERSISTENT_2 SSD.',
    );
  });

  // https://github.com/aws-samples/aws-hpc-recipes/blob/main/recipes/pcluster/nist_800_223/assets/2_storage.yml
  test('the recipe of AWS, whose key is none, is warned once', () => {
    const { violations } = checkModel({ ...SCRATCH_1, KmsKeyId: 'aws/fsx' });
    expect(violations.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['not-applicable', 'warning'],
    ]);
  });

  test('what is no key is a warning at any length that FSx takes, unless a deployment type may take a key', () => {
    for (const KmsKeyId of ['!', '!'.repeat(2048)])
      expect(errorsOf(checkModel({ ...SCRATCH_2, KmsKeyId }).violations)).toEqual([]);
    const { violations } = checkModel({ ...SCRATCH_2, StorageType: 'HDD', KmsKeyId: '!' });
    expect(errorsOf(violations).map(({ rule }) => rule)).toEqual(['storage-deployment', 'format']);
  });

  test('what FSx never takes as a key is an error everywhere', () => {
    for (const base of [SCRATCH_2, PERSISTENT_1])
      for (const KmsKeyId of ['', 'x'.repeat(2049)])
        expect(errorsOf(checkModel({ ...base, KmsKeyId }).violations)).toMatchObject([
          { rule: 'format' },
        ]);
    expect(errorsOf(checkModel({ ...PERSISTENT_1, KmsKeyId: 'aws/fsx' }).violations)).toHaveLength(
      1,
    );
  });

  test('what is refused on record is an error', () => {
    const { violations } = checkModel({ ...SCRATCH_2, EfaEnabled: true });
    expect(violations.map(severityOf)).toEqual(['error']);
  });
});

describe('DEFER_TO_FSX', () => {
  test.each<[string, Model]>([
    ['a new tier', { ...PERSISTENT_2, PerUnitStorageThroughput: 2000 }],
    ['a new capacity', { ...SCRATCH_2, StorageCapacity: 600 }],
    ['a new version', { ...PERSISTENT_2, ...AUTOMATIC, FileSystemTypeVersion: '2.16' }],
    ['new IOPS', { ...PERSISTENT_2, ...provisioned(384000) }],
    ['a longer retention', { ...PERSISTENT_1, AutomaticBackupRetentionDays: 365 }],
    ['new throughput', { ...ELASTIC, ThroughputCapacity: 2000 }],
  ])('leaves %s to FSx', (_, model) => {
    expect(checkModel(model).violations).not.toEqual([]);
    expect(checkModel(model, { deferToFsx: true }).violations).toEqual([]);
  });

  test('still refuses contradictions', () => {
    const model = {
      ...SCRATCH_2,
      StorageCapacity: 5000,
      KmsKeyId: 'alias/mine',
      PerUnitStorageThroughput: 200,
    };
    const { violations } = checkModel(model, { deferToFsx: true });
    expect(violations.map(({ property }) => property)).toEqual([
      'PerUnitStorageThroughput',
      'KmsKeyId',
    ]);
  });
});
