/** What an update comes to: the calls in their order, or everything that is said against it. */
import { planUpdate, type PlanOptions } from '../../src/lustre/changes/changes';
import type { LustreProperties } from '../../src/lustre/properties';
import { ELASTIC, HDD, PERSISTENT_1, PERSISTENT_2, SCRATCH_1, SCRATCH_2 } from './configurations';

interface Change {
  /** What FSx describes, and the template gave. */
  base?: object;
  /** What FSx describes beside it, and no template gave. */
  others?: object;
  /** What the previous template gave beside it. */
  previous?: object;
  desired?: object;
  options?: PlanOptions;
}

/** A model has no properties without a value. */
const given = (properties: object): LustreProperties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

function plan({ base = PERSISTENT_2, others, previous, desired, options }: Change): unknown {
  const { refusals, steps } = planUpdate(
    {
      current: given({ ...base, ...previous, ...others }),
      previous: given({ ...base, ...previous }),
      desired: given({ ...base, ...previous, ...desired }),
    },
    options,
  );
  return {
    refused: refusals.map(
      ({ kind, message, property, rule }) => `${rule} ${property}, ${kind}: ${message}`,
    ),
    steps: steps.map(({ name, properties }) => `${name} ${JSON.stringify(properties)}`),
  };
}

const own = (Iops?: number) => ({ MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops } });
const AUTOMATIC = { MetadataConfiguration: { Mode: 'AUTOMATIC' } };
const cache = (SizingMode: string, SizeGiB?: number) => ({
  DataReadCacheConfiguration: { SizingMode, SizeGiB },
});
const squash = (RootSquash?: string, NoSquashNids?: string[]) => ({
  RootSquashConfiguration: { RootSquash, NoSquashNids },
});
const log = (Level?: string, Destination?: string) => ({
  LogConfiguration: { Level, Destination },
});
const GROUP = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/mine';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
const OWN_CACHE = { ...ELASTIC, ...cache('USER_PROVISIONED', 1000) };
const BACKUPS = { AutomaticBackupRetentionDays: 7, DailyAutomaticBackupStartTime: '05:00' };
const rollback = { rollback: true };

const CHANGES: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  'nothing and all': {
    nothing: {},
    'all at once': {
      desired: {
        StorageCapacity: 38400,
        PerUnitStorageThroughput: 500,
        DataCompressionType: 'LZ4',
        FileSystemTypeVersion: '2.15',
        WeeklyMaintenanceStartTime: '1:05:00',
      },
      others: { FileSystemTypeVersion: '2.12' },
    },
  },
  capacity: {
    more: { desired: { StorageCapacity: 38400 } },
    less: { desired: { StorageCapacity: 9600 } },
    none: { desired: { StorageCapacity: undefined } },
    'where none is known': {
      others: { StorageCapacity: undefined },
      desired: { StorageCapacity: 38400 },
    },
    'of SCRATCH_1': { base: SCRATCH_1, desired: { StorageCapacity: 7200 } },
    'of SCRATCH_1, that the template leaves out': {
      base: SCRATCH_1,
      desired: { StorageCapacity: undefined },
    },
    'of SCRATCH_1, less': { base: SCRATCH_1, desired: { StorageCapacity: 2400 } },
    'of SCRATCH_2': { base: SCRATCH_2, desired: { StorageCapacity: 7200 } },
    'that does not exist': { desired: { StorageCapacity: 38401 } },
    'that does not exist, left to FSx': {
      desired: { StorageCapacity: 38401 },
      options: { deferToFsx: true },
    },
    'that somebody has raised': { others: { StorageCapacity: 38400 } },
    'that somebody has raised, and that the template lowers': {
      others: { StorageCapacity: 38400 },
      desired: { StorageCapacity: 14400 },
    },
    'taken back after it grew': {
      others: { StorageCapacity: 38400 },
      desired: { StorageCapacity: 9600 },
      options: rollback,
    },
    'with too few IOPS': { previous: own(12000), desired: { StorageCapacity: 48000 } },
    'with just enough IOPS': { previous: own(24000), desired: { StorageCapacity: 48000 } },
    'with IOPS that rise too little': {
      previous: own(12000),
      desired: { StorageCapacity: 96000, ...own(24000) },
    },
    'with IOPS that rise enough': {
      previous: own(12000),
      desired: { StorageCapacity: 48000, ...own(24000) },
    },
    'with too few IOPS, left to FSx': {
      previous: own(12000),
      desired: { StorageCapacity: 48000 },
      options: { deferToFsx: true },
    },
    'with automatic IOPS': { previous: AUTOMATIC, desired: { StorageCapacity: 96000 } },
    'where none is known, of SCRATCH_1': {
      base: SCRATCH_1,
      others: { StorageCapacity: undefined },
      desired: { StorageCapacity: 7200 },
    },
    'the same, of SCRATCH_1': { base: SCRATCH_1, desired: { DataCompressionType: 'LZ4' } },
    'where none is known, with few IOPS': {
      previous: own(1500),
      others: { StorageCapacity: undefined },
      desired: { StorageCapacity: 48000 },
    },
    'with IOPS that are not known': { previous: own(), desired: { StorageCapacity: 48000 } },
    'less, with few IOPS': { previous: own(1500), desired: { StorageCapacity: 9600 } },
    'the same, with few IOPS': { previous: own(1500), desired: { DataCompressionType: 'LZ4' } },
  },
  throughput: {
    more: {
      base: { ...PERSISTENT_2, PerUnitStorageThroughput: 125 },
      desired: { PerUnitStorageThroughput: 250 },
    },
    less: { desired: { PerUnitStorageThroughput: 125 } },
    'of HDD': { base: HDD, desired: { PerUnitStorageThroughput: 12, StorageCapacity: 54000 } },
    'of EFA': {
      previous: { EfaEnabled: true, ...AUTOMATIC },
      desired: { PerUnitStorageThroughput: 500 },
    },
    'of HDD, that is another': { base: HDD, others: { PerUnitStorageThroughput: 12 } },
    'of HDD, taken back': {
      base: HDD,
      others: { PerUnitStorageThroughput: 12 },
      options: rollback,
    },
    'of EFA, the same': {
      previous: { EfaEnabled: true, ...AUTOMATIC },
      desired: { DataCompressionType: 'LZ4' },
    },
    'where none is known': { others: { PerUnitStorageThroughput: undefined, StorageType: 'HDD' } },
    none: { base: HDD, desired: { PerUnitStorageThroughput: undefined } },
  },
  'elastic throughput': {
    more: { base: ELASTIC, desired: { ThroughputCapacity: 8000 } },
    less: { base: { ...ELASTIC, ThroughputCapacity: 8000 }, desired: { ThroughputCapacity: 4000 } },
    'where none is known': { base: ELASTIC, others: { ThroughputCapacity: undefined } },
    none: { base: ELASTIC, desired: { ThroughputCapacity: undefined } },
    'that somebody has raised': {
      base: OWN_CACHE,
      others: { ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 2000) },
    },
    'that somebody has raised, with another cache': {
      base: OWN_CACHE,
      others: { ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 2000) },
      desired: cache('USER_PROVISIONED', 4000),
    },
    'that a new template says as it is': {
      base: { ...ELASTIC, ThroughputCapacity: undefined },
      others: { ThroughputCapacity: 4000 },
      desired: { ThroughputCapacity: 4000 },
    },
    'that somebody has raised, under a template without': {
      base: { ...OWN_CACHE, ThroughputCapacity: undefined },
      others: { ThroughputCapacity: 8000 },
      desired: { ThroughputCapacity: 4000 },
    },
    'taken back': {
      base: { ...OWN_CACHE, ThroughputCapacity: 8000 },
      desired: { ThroughputCapacity: 4000, ...cache('USER_PROVISIONED', 500) },
      options: rollback,
    },
  },
  'a read cache': {
    'that grows with the throughput': {
      base: OWN_CACHE,
      desired: { ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 2000) },
    },
    'that stays while the throughput grows': {
      base: OWN_CACHE,
      desired: { ThroughputCapacity: 8000 },
    },
    'that grows otherwise than the throughput': {
      base: OWN_CACHE,
      desired: { ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 1900) },
    },
    'that is added while the throughput grows': {
      base: { ...ELASTIC, ...cache('NO_CACHE') },
      desired: { ThroughputCapacity: 8000, ...cache('USER_PROVISIONED', 1900) },
    },
    'that goes while the throughput grows': {
      base: OWN_CACHE,
      desired: { ThroughputCapacity: 8000, ...cache('NO_CACHE') },
    },
    'that follows while the throughput grows': {
      base: OWN_CACHE,
      desired: { ThroughputCapacity: 8000, ...cache('PROPORTIONAL_TO_THROUGHPUT_CAPACITY') },
    },
    'a tenth larger': { base: OWN_CACHE, desired: cache('USER_PROVISIONED', 1100) },
    'less than a tenth larger': { base: OWN_CACHE, desired: cache('USER_PROVISIONED', 1099) },
    'a tenth smaller': { base: OWN_CACHE, desired: cache('USER_PROVISIONED', 900) },
    'less than a tenth smaller': { base: OWN_CACHE, desired: cache('USER_PROVISIONED', 901) },
    added: { base: { ...ELASTIC, ...cache('NO_CACHE') }, desired: cache('USER_PROVISIONED', 32) },
    removed: { base: OWN_CACHE, desired: cache('NO_CACHE') },
    'a little larger than the proportional one': {
      base: ELASTIC,
      desired: cache('USER_PROVISIONED', 20_100),
    },
    'much larger than the proportional one': {
      base: ELASTIC,
      desired: cache('USER_PROVISIONED', 30_000),
    },
    'proportional after one of about that size': {
      base: { ...ELASTIC, ...cache('USER_PROVISIONED', 20_100) },
      desired: cache('PROPORTIONAL_TO_THROUGHPUT_CAPACITY'),
    },
    'less than a tenth larger, by a hair': {
      base: { ...ELASTIC, ...cache('USER_PROVISIONED', 2000) },
      desired: cache('USER_PROVISIONED', 2199),
    },
    'a little larger, and a throughput that the template leaves out': {
      base: OWN_CACHE,
      desired: { ThroughputCapacity: undefined, ...cache('USER_PROVISIONED', 1050) },
    },
    'that the template leaves out while the throughput grows': {
      base: { ...ELASTIC, DataReadCacheConfiguration: undefined },
      others: cache('USER_PROVISIONED', 1000),
      desired: { ThroughputCapacity: 8000 },
    },
    'of a throughput that is not known': {
      base: OWN_CACHE,
      others: { ThroughputCapacity: undefined },
      desired: { ThroughputCapacity: 8000 },
    },
    'that somebody has changed': { base: OWN_CACHE, others: cache('USER_PROVISIONED', 2000) },
    'that somebody has changed a little': {
      base: OWN_CACHE,
      others: cache('USER_PROVISIONED', 1050),
    },
    'proportional to what is not known': {
      base: { ...ELASTIC, ThroughputCapacity: undefined },
      desired: cache('USER_PROVISIONED', 20_100),
    },
  },
  metadata: {
    added: { desired: AUTOMATIC },
    'taken out': { previous: AUTOMATIC, desired: { MetadataConfiguration: undefined } },
    'more than automatic': { previous: AUTOMATIC, desired: own(24000) },
    'as automatic': { previous: AUTOMATIC, desired: own(12000) },
    'less than automatic': { previous: AUTOMATIC, desired: own(6000) },
    more: { previous: own(12000), desired: own(24000) },
    less: { previous: own(24000), desired: own(12000) },
    'back to automatic': { previous: own(24000), desired: AUTOMATIC },
    'back to automatic, which is the same': { previous: own(12000), desired: AUTOMATIC },
    'back to automatic, of no known capacity': {
      previous: own(24000),
      others: { StorageCapacity: undefined },
      desired: { ...AUTOMATIC, StorageCapacity: undefined },
    },
    'of no known IOPS': { previous: own(), desired: own(1500) },
    'back to automatic, of no known IOPS': { previous: own(), desired: AUTOMATIC },
    'fewer than a larger capacity needs, and the template leaves them out': {
      others: own(6000),
      desired: { StorageCapacity: 38400 },
    },
    'fewer than automatic, and a capacity that the template leaves out': {
      previous: own(3000),
      desired: { StorageCapacity: undefined },
    },
    'that somebody has raised': { previous: own(12000), others: own(24000) },
    'back to automatic, with IOPS': {
      previous: own(12000),
      desired: { MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 6000 } },
    },
    'without IOPS': { previous: own(24000), desired: own() },
  },
  version: {
    up: { previous: { FileSystemTypeVersion: '2.12' }, desired: { FileSystemTypeVersion: '2.15' } },
    down: {
      previous: { FileSystemTypeVersion: '2.15' },
      desired: { FileSystemTypeVersion: '2.12' },
    },
    'the same': { previous: { FileSystemTypeVersion: '2.15' } },
    'that somebody has raised': {
      previous: { FileSystemTypeVersion: '2.12' },
      others: { FileSystemTypeVersion: '2.15' },
    },
    'that is there already': {
      others: { FileSystemTypeVersion: '2.15' },
      desired: { FileSystemTypeVersion: '2.15' },
    },
    'that a new template asks for': {
      others: { FileSystemTypeVersion: '2.15' },
      desired: { FileSystemTypeVersion: '2.12' },
    },
    'that is not known': { desired: { FileSystemTypeVersion: '2.15' } },
  },
  'what FSx takes at creation only': {
    'another of each': {
      base: {
        ...PERSISTENT_1,
        KmsKeyId: KEY,
        BackupId: 'backup-01234567',
        ImportPath: 's3://bucket/a',
        ExportPath: 's3://bucket/b',
        ImportedFileChunkSize: 1024,
        CopyTagsToBackups: true,
        SecurityGroupIds: ['sg-01234567'],
      },
      desired: {
        DeploymentType: 'SCRATCH_2',
        StorageType: 'HDD',
        SubnetIds: ['subnet-01234567'],
        KmsKeyId: KEY.replace(/.$/, '0'),
        BackupId: 'backup-01234568',
        ImportPath: 's3://bucket/c',
        ExportPath: 's3://bucket/d',
        ImportedFileChunkSize: 2048,
        CopyTagsToBackups: false,
        SecurityGroupIds: ['sg-01234568'],
        DriveCacheType: 'READ',
        EfaEnabled: true,
      },
    },
    'where nothing is known': {
      base: {},
      desired: {
        DeploymentType: 'SCRATCH_2',
        SecurityGroupIds: ['sg-01234568'],
        BackupId: 'backup-01234568',
        EfaEnabled: true,
        CopyTagsToBackups: true,
        KmsKeyId: KEY,
      },
    },
    'where nothing is known, and nothing is wanted': {
      base: {},
      desired: { EfaEnabled: false, CopyTagsToBackups: false, DriveCacheType: 'NONE' },
    },
    'as somebody has made it': { others: { KmsKeyId: KEY }, desired: { KmsKeyId: KEY } },
    'as the template before says, and FSx does not': {
      base: PERSISTENT_2,
      previous: { CopyTagsToBackups: true },
      others: { CopyTagsToBackups: false },
    },
    'others that FSx never describes': {
      previous: { SecurityGroupIds: ['sg-01234567'] },
      others: { SecurityGroupIds: undefined },
      desired: { SecurityGroupIds: ['sg-01234568'] },
    },
    'others than FSx describes, and the template before did not give': {
      others: { KmsKeyId: KEY },
      desired: { KmsKeyId: KEY.replace(/.$/, '0') },
    },
    'an alias of the key': { previous: { KmsKeyId: KEY }, desired: { KmsKeyId: 'alias/mine' } },
    'the ARN of an alias of the key': {
      previous: { KmsKeyId: KEY },
      desired: { KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/mine' },
    },
    'the id of the key': {
      previous: { KmsKeyId: KEY },
      desired: { KmsKeyId: KEY.slice(-36).toUpperCase() },
    },
    'another key that is called as an alias': {
      previous: { KmsKeyId: KEY },
      desired: { KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/alias/mine' },
    },
    'groups in another order': {
      previous: { SecurityGroupIds: ['sg-01234567', 'sg-01234568'] },
      desired: { SecurityGroupIds: ['sg-01234568', 'sg-01234567', 'sg-01234567'] },
    },
    'fewer groups': {
      previous: { SecurityGroupIds: ['sg-01234567', 'sg-01234568'] },
      desired: { SecurityGroupIds: ['sg-01234568'] },
    },
  },
  backups: {
    'with other settings': {
      previous: BACKUPS,
      desired: { AutomaticBackupRetentionDays: 8, DailyAutomaticBackupStartTime: '06:00' },
    },
    'that somebody has changed': {
      previous: BACKUPS,
      others: { AutomaticBackupRetentionDays: 30, DailyAutomaticBackupStartTime: '06:00' },
    },
    'that somebody has changed, and the template changes otherwise': {
      previous: BACKUPS,
      others: { AutomaticBackupRetentionDays: 30 },
      desired: { AutomaticBackupRetentionDays: 8 },
    },
    'taken back': {
      previous: BACKUPS,
      others: { AutomaticBackupRetentionDays: 30, DailyAutomaticBackupStartTime: '06:00' },
      options: rollback,
    },
    'taken out': {
      previous: BACKUPS,
      desired: {
        AutomaticBackupRetentionDays: undefined,
        DailyAutomaticBackupStartTime: undefined,
      },
    },
    'new in the template': { others: { AutomaticBackupRetentionDays: 0 }, desired: BACKUPS },
    'off in the template for the first time, on by somebody': {
      others: { AutomaticBackupRetentionDays: 30 },
      desired: { AutomaticBackupRetentionDays: 0 },
    },
    'with a window that FSx has assigned': {
      others: { DailyAutomaticBackupStartTime: '06:00' },
      desired: { DataCompressionType: 'LZ4' },
    },
    'off already, and a window is left': {
      previous: { ...BACKUPS, AutomaticBackupRetentionDays: 0 },
      others: { DailyAutomaticBackupStartTime: undefined },
      desired: { DataCompressionType: 'LZ4' },
    },
    'that somebody has turned off': {
      previous: BACKUPS,
      others: { AutomaticBackupRetentionDays: 0, DailyAutomaticBackupStartTime: undefined },
      desired: { DataCompressionType: 'LZ4' },
    },
    'off, and without a window': {
      previous: BACKUPS,
      desired: { AutomaticBackupRetentionDays: 0, DailyAutomaticBackupStartTime: undefined },
    },
    'a new window without backups': { desired: { DailyAutomaticBackupStartTime: '05:00' } },
    'off, with a window': { previous: BACKUPS, desired: { AutomaticBackupRetentionDays: 0 } },
  },
  settings: {
    'taken out': {
      base: PERSISTENT_1,
      previous: {
        DataCompressionType: 'LZ4',
        AutoImportPolicy: 'NEW',
        ImportPath: 's3://bucket',
        ...log('WARN_ONLY', GROUP),
        ...squash('1:1', ['10.0.0.1@tcp']),
        WeeklyMaintenanceStartTime: '1:05:00',
      },
      desired: {
        DataCompressionType: undefined,
        AutoImportPolicy: undefined,
        LogConfiguration: undefined,
        RootSquashConfiguration: undefined,
        WeeklyMaintenanceStartTime: undefined,
      },
    },
    'that the template never had': {
      others: { DataCompressionType: 'LZ4', ...log('WARN_ONLY', GROUP) },
    },
    'taken out, and gone already': {
      previous: { DataCompressionType: 'LZ4' },
      others: { DataCompressionType: undefined },
      desired: { DataCompressionType: undefined },
    },
    'logs with the ARN of Fn::GetAtt': {
      previous: log('WARN_ONLY', GROUP),
      desired: log('WARN_ONLY', `${GROUP}:*`),
    },
    'logs with another ARN': {
      previous: log('WARN_ONLY', GROUP),
      desired: log('WARN_ONLY', `${GROUP}:*a`),
    },
    'logs without a group': { previous: log('WARN_ONLY', GROUP), desired: log('WARN_ONLY') },
    'logs that are off': { others: { LogConfiguration: undefined }, desired: log('DISABLED') },
    'logs with another level': {
      previous: log('WARN_ONLY', GROUP),
      desired: log('ERROR_ONLY', GROUP),
    },
    'squash with other clients': {
      previous: squash('1:1', ['10.0.0.1@tcp']),
      desired: squash('1:1', ['10.0.0.2@tcp']),
    },
    'squash with no clients': { previous: squash('1:1', ['10.0.0.1@tcp']), desired: squash('1:1') },
    'squash without users': {
      previous: squash('1:1', ['10.0.0.1@tcp']),
      desired: { RootSquashConfiguration: { NoSquashNids: ['10.0.0.2@tcp'] } },
    },
    'squash off, with other clients': {
      previous: squash('0:0', ['10.0.0.1@tcp']),
      desired: squash('0:0', ['10.0.0.2@tcp']),
    },
    'squash on': {
      others: { RootSquashConfiguration: undefined },
      desired: squash('1:1', ['10.0.0.2@tcp']),
    },
    'squash off': { previous: squash('1:1'), desired: squash('0:0') },
    'clients that are spared from the squash of somebody else': {
      others: squash('1:1'),
      desired: { RootSquashConfiguration: { NoSquashNids: ['10.0.0.2@tcp'] } },
    },
    'squash of nobody': {
      others: { RootSquashConfiguration: undefined },
      desired: { RootSquashConfiguration: {} },
    },
    'a policy of import that is taken out, and gone': {
      base: SCRATCH_2,
      previous: { AutoImportPolicy: 'NEW' },
      others: { AutoImportPolicy: undefined },
      desired: { AutoImportPolicy: undefined },
    },
    'squash of somebody else, under a template without': {
      others: squash('1:1', ['10.0.0.2@tcp']),
    },
    'a policy of import': {
      base: PERSISTENT_1,
      previous: { ImportPath: 's3://bucket' },
      desired: { AutoImportPolicy: 'NEW' },
    },
    'wrong ones, which are told by their rules': {
      desired: { DriveCacheType: undefined, ImportPath: 's3://bucket', AutoImportPolicy: 'NEW' },
    },
    'what is wrong already': {
      base: { ...PERSISTENT_2, PerUnitStorageThroughput: 300 },
      desired: { DataCompressionType: 'LZ4' },
    },
  },
};

describe.each(Object.entries(CHANGES))('%s', (_, changes) => {
  test.each(Object.entries(changes))('%s', (_, change) => {
    expect(plan(change)).toMatchSnapshot();
  });
});

test.each<[object, unknown]>([
  [cache('USER_PROVISIONED', 1050), 1050],
  [cache('PROPORTIONAL_TO_THROUGHPUT_CAPACITY'), 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'],
])('the refused value of a read cache is what the template says: %j', (desired, value) => {
  const size = value === 1050 ? 1000 : 20_100;
  const current = { ...ELASTIC, ...cache('USER_PROVISIONED', size) } as LustreProperties;
  const states = { current, previous: current, desired: { ...current, ...desired } };
  expect(planUpdate(states).refusals).toMatchObject([{ rule: 'read-cache-step', value }]);
});
