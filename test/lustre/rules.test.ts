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

type Model = Record<string, unknown>;

/** What is given, and every rule and property that refuses it. */
type Case = readonly [name: string, model: Model, ...refusals: string[]];

const AUTOMATIC = { MetadataConfiguration: { Mode: 'AUTOMATIC' } };
const EFA = { EfaEnabled: true, ...AUTOMATIC };
const LINK = { ImportPath: 's3://bucket/in' };
const provisioned = (Iops?: number) => ({
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops },
});
const cache = (SizingMode: string, SizeGiB?: number) => ({
  DataReadCacheConfiguration: { SizingMode, SizeGiB },
});
const GROUP = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/mine';

// prettier-ignore
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'deployment and storage type': [
    ['HDD on SCRATCH_2', { ...SCRATCH_2, StorageType: 'HDD' }, 'storage-deployment StorageType'],
    ['HDD on PERSISTENT_2', { ...PERSISTENT_2, StorageType: 'HDD' }, 'storage-deployment StorageType'],
    ['INTELLIGENT_TIERING on PERSISTENT_1', { ...ELASTIC, DeploymentType: 'PERSISTENT_1' }, 'storage-deployment StorageType'],
    ['a storage type AWS does not have', { ...SCRATCH_2, StorageType: 'NVME' }, 'format StorageType'],
    ['a deployment type AWS does not have', { ...SCRATCH_2, DeploymentType: 'SCRATCH_3' }, 'format DeploymentType'],
    ['no deployment type', { SubnetIds: SCRATCH_2.SubnetIds, StorageCapacity: 1200 }],
  ],
  'throughput tier': [
    ...[50, 100, 200].map((tier): Case => [`P1 SSD ${tier}`, { ...PERSISTENT_1, PerUnitStorageThroughput: tier }]),
    ...[125, 250, 500, 1000].map((tier): Case => [`P2 SSD ${tier}`, { ...PERSISTENT_2, PerUnitStorageThroughput: tier }]),
    ['P1 HDD 12', { ...HDD, StorageCapacity: 6000, PerUnitStorageThroughput: 12 }],
    ['P1 SSD without', { ...PERSISTENT_1, PerUnitStorageThroughput: undefined }, 'required PerUnitStorageThroughput'],
    ['P2 SSD without', { ...PERSISTENT_2, PerUnitStorageThroughput: '' }, 'required PerUnitStorageThroughput'],
    ['P1 HDD without', { ...HDD, PerUnitStorageThroughput: null }, 'required PerUnitStorageThroughput'],
    ['P1 SSD of P2', { ...PERSISTENT_1, PerUnitStorageThroughput: 125 }, 'throughput-tier PerUnitStorageThroughput'],
    ['P1 SSD of HDD', { ...PERSISTENT_1, PerUnitStorageThroughput: 40 }, 'throughput-tier PerUnitStorageThroughput'],
    ['P2 SSD of P1', { ...PERSISTENT_2, PerUnitStorageThroughput: 200 }, 'throughput-tier PerUnitStorageThroughput'],
    ['P1 HDD of SSD', { ...HDD, PerUnitStorageThroughput: 50 }, 'throughput-tier PerUnitStorageThroughput'],
    ['scratch with', { ...SCRATCH_2, PerUnitStorageThroughput: 200 }, 'not-applicable PerUnitStorageThroughput'],
    ['SCRATCH_1 with', { ...SCRATCH_1, PerUnitStorageThroughput: 50 }, 'not-applicable PerUnitStorageThroughput'],
    ['elastic with', { ...ELASTIC, PerUnitStorageThroughput: 125 }, 'not-applicable PerUnitStorageThroughput'],
  ],
  'drive cache': [
    ['HDD without', { ...HDD, DriveCacheType: undefined }, 'required DriveCacheType'],
    ['HDD NONE', { ...HDD, DriveCacheType: 'NONE' }],
    ['SSD READ', { ...PERSISTENT_1, DriveCacheType: 'READ' }, 'not-applicable DriveCacheType'],
    ['SSD NONE', { ...PERSISTENT_2, DriveCacheType: 'NONE' }, 'not-applicable DriveCacheType'],
    ['scratch READ', { ...SCRATCH_2, DriveCacheType: 'READ' }, 'not-applicable DriveCacheType'],
  ],
  'intelligent tiering': [
    ['valid', ELASTIC],
    ['no cache', { ...ELASTIC, ...cache('NO_CACHE') }],
    ['own cache', { ...ELASTIC, ...cache('USER_PROVISIONED', 32) }],
    ['own cache of two servers', { ...ELASTIC, ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 262144) }],
    ['12000 metadata IOPS', { ...ELASTIC, ...provisioned(12000) }],
    // https://docs.aws.amazon.com/fsx/latest/LustreGuide/efa-file-systems.html
    ['EFA', { ...ELASTIC, EfaEnabled: true }],
    ['more than the quota', { ...ELASTIC, ThroughputCapacity: 400_000 }],
    ['capacity', { ...ELASTIC, StorageCapacity: 4800 }, 'not-applicable StorageCapacity'],
    ['no throughput', { ...ELASTIC, ThroughputCapacity: undefined }, 'required ThroughputCapacity'],
    ['no cache configuration', { ...ELASTIC, DataReadCacheConfiguration: undefined }, 'required DataReadCacheConfiguration'],
    ['no metadata configuration', { ...ELASTIC, MetadataConfiguration: undefined }, 'required MetadataConfiguration'],
    ['throughput between steps', { ...ELASTIC, ThroughputCapacity: 6000 }, 'throughput-capacity ThroughputCapacity'],
    ['throughput too high', { ...ELASTIC, ThroughputCapacity: 2_004_000 }, 'throughput-capacity ThroughputCapacity'],
    ['empty cache configuration', { ...ELASTIC, DataReadCacheConfiguration: {} }, 'required DataReadCacheConfiguration.SizingMode'],
    ['size without its mode', { ...ELASTIC, ...cache('NO_CACHE', 64) }, 'read-cache-mode DataReadCacheConfiguration.SizeGiB'],
    ['mode without its size', { ...ELASTIC, ...cache('USER_PROVISIONED') }, 'required DataReadCacheConfiguration.SizeGiB'],
    ['cache too small', { ...ELASTIC, ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 63) }, 'read-cache-size DataReadCacheConfiguration.SizeGiB'],
    ['cache too large', { ...ELASTIC, ...cache('USER_PROVISIONED', 131073) }, 'read-cache-size DataReadCacheConfiguration.SizeGiB'],
    ['automatic metadata', { ...ELASTIC, ...AUTOMATIC }, 'metadata-mode MetadataConfiguration.Mode'],
    ['metadata IOPS of SSD', { ...ELASTIC, ...provisioned(3000) }, 'metadata-iops MetadataConfiguration.Iops'],
    ['S3 link', { ...ELASTIC, ...LINK }, 'not-applicable ImportPath'],
    ['throughput on SSD', { ...PERSISTENT_2, ThroughputCapacity: 4000 }, 'not-applicable ThroughputCapacity'],
    ['read cache on SSD', { ...PERSISTENT_2, ...cache('NO_CACHE') }, 'not-applicable DataReadCacheConfiguration'],
  ],
  subnets: [
    ['none', { ...SCRATCH_2, SubnetIds: undefined }, 'required SubnetIds'],
    ['an empty list', { ...SCRATCH_2, SubnetIds: [] }, 'required SubnetIds'],
    ['two', { ...SCRATCH_2, SubnetIds: ['subnet-01234567', 'subnet-89abcdef'] }, 'one-subnet SubnetIds'],
    ['as a set', { ...SCRATCH_2, SubnetIds: new Set(['subnet-01234567']) }],
    ['malformed', { ...SCRATCH_2, SubnetIds: ['subnet-0XYZ'] }, 'format SubnetIds[0]'],
    ['security groups', { ...SCRATCH_2, SecurityGroupIds: ['sg-01234567', 'sg-0123456789abcdef0'] }],
    ['51 security groups', { ...SCRATCH_2, SecurityGroupIds: Array<string>(51).fill('sg-01234567') }, 'length SecurityGroupIds'],
  ],
  'S3 link': [
    ...[SCRATCH_1, SCRATCH_2, PERSISTENT_1, HDD].map((base): Case => [`on ${base.DeploymentType}`, { ...base, ...LINK, ExportPath: 's3://bucket/out', AutoImportPolicy: 'NEW_CHANGED', ImportedFileChunkSize: 2048 }]),
    ['bucket alone', { ...SCRATCH_2, ImportPath: 's3://bucket' }],
    ['very long path', { ...SCRATCH_2, ImportPath: `s3://bucket/${'x'.repeat(4000)}` }],
    ['too long path', { ...SCRATCH_2, ImportPath: `s3://bucket/${'x'.repeat(4400)}` }, 'format ImportPath'],
    ['no S3 path', { ...SCRATCH_2, ImportPath: 'https://bucket' }, 'format ImportPath'],
    ['export outside the import prefix', { ...SCRATCH_2, ...LINK, ExportPath: 's3://bucket' }],
    ['export to another bucket', { ...SCRATCH_2, ...LINK, ExportPath: 's3://other/in' }, 's3-bucket ExportPath'],
    ['export alone', { ...SCRATCH_2, ExportPath: 's3://bucket' }, 's3-link ExportPath'],
    ['policy alone', { ...PERSISTENT_1, AutoImportPolicy: 'NEW' }, 's3-link AutoImportPolicy'],
    ['chunk size alone', { ...HDD, ImportedFileChunkSize: 1024 }, 's3-link ImportedFileChunkSize'],
    ['chunk size 0', { ...HDD, ...LINK, ImportedFileChunkSize: 0 }, 'range ImportedFileChunkSize'],
    ['chunk size too large', { ...HDD, ...LINK, ImportedFileChunkSize: 512_001 }, 'range ImportedFileChunkSize'],
    ['on PERSISTENT_2', { ...PERSISTENT_2, ...LINK, ExportPath: 's3://bucket' }, 'not-applicable ImportPath', 'not-applicable ExportPath'],
    ['with Lustre 2.15', { ...PERSISTENT_1, ...LINK, FileSystemTypeVersion: '2.15' }],
    ['with a backup', { ...RESTORED, ...LINK }, 's3-restore ImportPath'],
  ],
  backups: [
    ...[PERSISTENT_1, HDD, PERSISTENT_2, ELASTIC].map((base): Case => [`on ${base.DeploymentType} ${base.StorageType}`, { ...base, AutomaticBackupRetentionDays: 90, DailyAutomaticBackupStartTime: '05:00', CopyTagsToBackups: true }]),
    ['off on scratch', { ...SCRATCH_2, AutomaticBackupRetentionDays: 0, SkipFinalBackup: true }],
    ['on scratch', { ...SCRATCH_2, AutomaticBackupRetentionDays: 7 }, 'not-applicable AutomaticBackupRetentionDays'],
    ['91 days', { ...PERSISTENT_1, AutomaticBackupRetentionDays: 91 }, 'range AutomaticBackupRetentionDays'],
    ['-1 days', { ...PERSISTENT_1, AutomaticBackupRetentionDays: -1 }, 'range AutomaticBackupRetentionDays'],
    ['with an S3 link', { ...PERSISTENT_1, ...LINK, AutomaticBackupRetentionDays: 7 }, 's3-backups AutomaticBackupRetentionDays'],
    ['off with an S3 link', { ...PERSISTENT_1, ...LINK, AutomaticBackupRetentionDays: 0 }],
    ['final with an S3 link', { ...PERSISTENT_1, ...LINK, SkipFinalBackup: false }, 's3-backups SkipFinalBackup'],
    ['window without retention', { ...PERSISTENT_1, DailyAutomaticBackupStartTime: '05:00' }, 'backup-window DailyAutomaticBackupStartTime'],
    ['window with retention 0', { ...PERSISTENT_2, AutomaticBackupRetentionDays: 0, DailyAutomaticBackupStartTime: '05:00' }, 'backup-window DailyAutomaticBackupStartTime'],
    ['window on scratch', { ...SCRATCH_2, DailyAutomaticBackupStartTime: '05:00' }, 'not-applicable DailyAutomaticBackupStartTime'],
    ['window of a restored file system', { ...RESTORED, DailyAutomaticBackupStartTime: '05:00' }],
    ['window on elastic storage', { ...ELASTIC, DailyAutomaticBackupStartTime: '05:00' }],
    ['malformed window', { ...PERSISTENT_1, AutomaticBackupRetentionDays: 1, DailyAutomaticBackupStartTime: '5:00' }, 'format DailyAutomaticBackupStartTime'],
    ['copied tags without retention', { ...PERSISTENT_1, CopyTagsToBackups: true }],
    ['copied tags with an S3 link', { ...PERSISTENT_1, ...LINK, CopyTagsToBackups: true }],
    ['final backup on scratch', { ...SCRATCH_2, SkipFinalBackup: false }, 'not-applicable SkipFinalBackup'],
    ['final backup tags', { ...PERSISTENT_1, SkipFinalBackup: false, FinalBackupTags: [{ Key: 'a', Value: 'b' }] }],
    ['final backup tags without a final backup', { ...PERSISTENT_1, FinalBackupTags: [{ Key: 'a', Value: 'b' }] }, 'final-backup-tags FinalBackupTags'],
    ['final backup tags on scratch', { ...SCRATCH_2, FinalBackupTags: [{ Key: 'a', Value: 'b' }] }, 'not-applicable FinalBackupTags'],
  ],
  encryption: [
    ['on PERSISTENT_1', { ...PERSISTENT_1, KmsKeyId: 'alias/mine' }],
    ['on scratch', { ...SCRATCH_1, KmsKeyId: 'alias/mine' }, 'not-applicable KmsKeyId'],
    ['empty', { ...PERSISTENT_2, KmsKeyId: '' }, 'format KmsKeyId'],
  ],
  'Lustre version': [
    ...['2.10', '2.12', '2.15'].map((version): Case => [`${version} on SCRATCH_1`, { ...SCRATCH_1, FileSystemTypeVersion: version }]),
    ...['2.12', '2.15'].map((version): Case => [`${version} on PERSISTENT_2`, { ...PERSISTENT_2, FileSystemTypeVersion: version }]),
    ['2.10 on PERSISTENT_2', { ...PERSISTENT_2, FileSystemTypeVersion: '2.10' }, 'lustre-version FileSystemTypeVersion'],
    ['2.12 with metadata', { ...PERSISTENT_2, ...AUTOMATIC, FileSystemTypeVersion: '2.12' }, 'lustre-version FileSystemTypeVersion'],
    ['unknown', { ...SCRATCH_2, FileSystemTypeVersion: '2.11' }, 'lustre-version FileSystemTypeVersion'],
    ['no version at all', { ...SCRATCH_2, FileSystemTypeVersion: 'latest' }, 'format FileSystemTypeVersion'],
    ['an unquoted 2.15', { ...SCRATCH_2, FileSystemTypeVersion: 2.15 }],
    ['an unquoted 2.10', { ...SCRATCH_2, FileSystemTypeVersion: 2.1 }, 'lustre-version FileSystemTypeVersion'],
  ],
  'metadata configuration': [
    ['automatic', { ...PERSISTENT_2, ...AUTOMATIC }],
    ...[1500, 3000, 6000, 12000, 24000, 192000].map((iops): Case => [`${iops} IOPS`, { ...PERSISTENT_2, ...provisioned(iops) }]),
    ...[1000, 4500, 9000, 18000, 204000].map((iops): Case => [`${iops} IOPS`, { ...PERSISTENT_2, ...provisioned(iops) }, 'metadata-iops MetadataConfiguration.Iops']),
    ['no IOPS', { ...PERSISTENT_2, ...provisioned() }, 'required MetadataConfiguration.Iops'],
    ['IOPS in automatic mode', { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 6000 } }, 'metadata-mode MetadataConfiguration.Iops'],
    ['no mode', { ...PERSISTENT_2, MetadataConfiguration: { Iops: 6000 } }, 'required MetadataConfiguration.Mode'],
    ['on PERSISTENT_1', { ...PERSISTENT_1, ...AUTOMATIC }, 'not-applicable MetadataConfiguration'],
    ['on scratch', { ...SCRATCH_2, ...provisioned(5) }, 'not-applicable MetadataConfiguration'],
  ],
  EFA: [
    ['with metadata', { ...PERSISTENT_2, ...EFA }],
    ['off on scratch', { ...SCRATCH_2, EfaEnabled: false }],
    ['on scratch', { ...SCRATCH_2, EfaEnabled: 'true' }, 'not-applicable EfaEnabled'],
    ['on PERSISTENT_1', { ...PERSISTENT_1, EfaEnabled: true }, 'not-applicable EfaEnabled'],
    ['without metadata', { ...PERSISTENT_2, EfaEnabled: true }, 'efa-metadata EfaEnabled'],
    ['restored', { ...RESTORED, EfaEnabled: true }],
  ],
  'logs and root squash': [
    ['log group', { ...SCRATCH_2, LogConfiguration: { Level: 'WARN_ERROR', Destination: GROUP } }],
    ['ARN as GetAtt gives it', { ...SCRATCH_2, LogConfiguration: { Level: 'WARN_ONLY', Destination: `${GROUP}:*` } }],
    ['no destination', { ...PERSISTENT_2, LogConfiguration: { Level: 'ERROR_ONLY' } }],
    ['no level', { ...PERSISTENT_2, LogConfiguration: { Destination: GROUP } }, 'required LogConfiguration.Level'],
    ['destination of disabled logs', { ...SCRATCH_2, LogConfiguration: { Level: 'DISABLED', Destination: GROUP } }, 'log-destination LogConfiguration.Destination'],
    ['other log group', { ...SCRATCH_2, LogConfiguration: { Level: 'WARN_ONLY', Destination: GROUP.replace('/aws/fsx', '/mine') } }, 'format LogConfiguration.Destination'],
    ['root squash', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '65534:65534', NoSquashNids: ['10.0.1.6@tcp', '10.0.[2-10].[1-255]@tcp'] } }],
    ['root squash off', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '0:0' } }],
    ['root user, other group', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '0:100' } }, 'root-squash RootSquashConfiguration.RootSquash'],
    ['number too large', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: '4294967295:1' } }, 'root-squash RootSquashConfiguration.RootSquash'],
    ['no user', { ...SCRATCH_2, RootSquashConfiguration: { RootSquash: 'nobody' } }, 'format RootSquashConfiguration.RootSquash'],
    ['no address', { ...SCRATCH_2, RootSquashConfiguration: { NoSquashNids: ['10.0.1.6@o2ib'] } }, 'format RootSquashConfiguration.NoSquashNids[0]'],
  ],
  tags: [
    ['letters of any language', { ...SCRATCH_2, Tags: [{ Key: 'größe', Value: 'très/grand +-=@:._' }] }],
    ['empty value', { ...SCRATCH_2, Tags: [{ Key: 'a', Value: '' }] }],
    ['none', { ...SCRATCH_2, Tags: [] }],
    ['51', { ...SCRATCH_2, Tags: Array.from({ length: 51 }, (_, key) => ({ Key: `k${key}`, Value: key })) }, 'length Tags'],
    ['empty key', { ...SCRATCH_2, Tags: [{ Key: '', Value: 'b' }] }, 'format Tags[0].Key'],
    ['no value', { ...SCRATCH_2, Tags: [{ Key: 'a' }] }, 'required Tags[0].Value'],
    ['no key', { ...SCRATCH_2, Tags: [{ Value: 'a' }] }, 'required Tags[0].Key'],
    ['long value', { ...SCRATCH_2, Tags: [{ Key: 'a', Value: 'x'.repeat(257) }] }, 'format Tags[0].Value'],
    ['character', { ...SCRATCH_2, Tags: [{ Key: 'a', Value: '<b>' }] }, 'format Tags[0].Value'],
    ['twice', { ...SCRATCH_2, Tags: [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }] }, 'tag-unique Tags[1].Key'],
    ['reserved', { ...SCRATCH_2, Tags: [{ Key: 'aws:x', Value: '1' }] }, 'tag-reserved Tags[0].Key'],
  ],
  backup: [
    ['alone', RESTORED],
    ['with all that it would bring', { ...PERSISTENT_2, ...RESTORED }],
    ['of HDD', { ...RESTORED, DeploymentType: 'PERSISTENT_1', StorageType: 'HDD', StorageCapacity: 6000 }],
    ['of elastic storage', { ...RESTORED, StorageType: 'INTELLIGENT_TIERING' }],
    ['to scratch', { ...RESTORED, DeploymentType: 'SCRATCH_2' }, 'not-applicable BackupId'],
    ['a tier no one has', { ...RESTORED, PerUnitStorageThroughput: 300 }, 'throughput-tier PerUnitStorageThroughput'],
    ['a capacity no one has', { ...RESTORED, StorageCapacity: 5000 }, 'storage-capacity StorageCapacity'],
    ['malformed', { ...RESTORED, BackupId: 'fs-0123456789abcdef0' }, 'format BackupId'],
  ],
  'maintenance and compression': [
    ['valid', { ...SCRATCH_1, WeeklyMaintenanceStartTime: '7:23:59', DataCompressionType: 'LZ4' }],
    ['Sunday is 7', { ...SCRATCH_2, WeeklyMaintenanceStartTime: '0:05:00' }, 'format WeeklyMaintenanceStartTime'],
    ['another compression', { ...SCRATCH_2, DataCompressionType: 'ZSTD' }, 'format DataCompressionType'],
  ],
};

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
    expect(violations).toMatchObject([{ repairs: [{ StorageCapacity: 2_147_481_600 }] }]);
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

describe('a backup window without backups', () => {
  const window = { ...PERSISTENT_1, DailyAutomaticBackupStartTime: '05:00' };
  test('needs a retention, or goes', () => {
    expect(checkModel(window).violations).toMatchObject([
      {
        message:
          'DailyAutomaticBackupStartTime 05:00 needs automatic backups: set AutomaticBackupRetentionDays to 1 to 90, or leave the start time out.',
        repairs: [{ AutomaticBackupRetentionDays: 7 }, {}],
      },
    ]);
  });
  test('only goes where there is an S3 link, which rules backups out', () => {
    expect(checkModel({ ...window, ...LINK }).violations).toMatchObject([
      {
        message:
          'DailyAutomaticBackupStartTime 05:00 needs automatic backups, and AutomaticBackupRetentionDays does not go with ImportPath: leave the start time out.',
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
      'KmsKeyId alias/mine might not go with SCRATCH_1: AWS documents it for persistent file systems, and says that scratch is encrypted with keys that FSx keeps. AWS does not document whether FSx refuses it. Leave it out, or use PERSISTENT_1 SSD or PERSISTENT_2 SSD.',
    );
  });

  // https://github.com/aws-samples/aws-hpc-recipes/blob/main/recipes/pcluster/nist_800_223/assets/2_storage.yml
  test('the recipe of AWS, whose key is none, is warned of both', () => {
    const { violations } = checkModel({ ...SCRATCH_1, KmsKeyId: 'aws/fsx' });
    expect(violations.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['format', 'warning'],
      ['not-applicable', 'warning'],
    ]);
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
