/** Every repair that the first case of each rule and property is offered, written a second time. */
import { checkModel } from '../../src/lustre/rules/rules';
import type { Repair } from '../../src/lustre/violations';
import { CASES } from './rule-cases';

// oxfmt-ignore
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  'storage-deployment StorageType': ['DeploymentType PERSISTENT_1', 'StorageType SSD'],
  'format StorageType': ['StorageType SSD', 'StorageType HDD', 'StorageType INTELLIGENT_TIERING'],
  'format DeploymentType': ['DeploymentType SCRATCH_1', 'DeploymentType SCRATCH_2'],
  'required PerUnitStorageThroughput': ['PerUnitStorageThroughput 50', 'PerUnitStorageThroughput 100', 'PerUnitStorageThroughput 200'],
  'throughput-tier PerUnitStorageThroughput': ['PerUnitStorageThroughput 100', 'PerUnitStorageThroughput 200', 'DeploymentType PERSISTENT_2'],
  'not-applicable PerUnitStorageThroughput': ['no PerUnitStorageThroughput', 'DeploymentType PERSISTENT_1 + StorageType SSD'],
  'required DriveCacheType': ['DriveCacheType NONE', 'DriveCacheType READ'],
  'not-applicable DriveCacheType': ['no DriveCacheType', 'DeploymentType PERSISTENT_1 + StorageType HDD'],
  'not-applicable StorageCapacity': ['no StorageCapacity', 'DeploymentType SCRATCH_1 + StorageType SSD', 'DeploymentType SCRATCH_2 + StorageType SSD', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_1 + StorageType HDD', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'required ThroughputCapacity': [],
  'required DataReadCacheConfiguration': ['DataReadCacheConfiguration {"SizingMode":"NO_CACHE"}', 'DataReadCacheConfiguration {"SizingMode":"PROPORTIONAL_TO_THROUGHPUT_CAPACITY"}'],
  'required MetadataConfiguration': ['MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":6000}', 'MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":12000}'],
  'throughput-capacity ThroughputCapacity': ['ThroughputCapacity 4000', 'ThroughputCapacity 8000'],
  'required DataReadCacheConfiguration.SizingMode': [],
  'read-cache-mode DataReadCacheConfiguration.SizeGiB': ['DataReadCacheConfiguration {"SizingMode":"NO_CACHE"}'],
  'required DataReadCacheConfiguration.SizeGiB': [],
  'read-cache-size DataReadCacheConfiguration.SizeGiB': ['DataReadCacheConfiguration {"SizingMode":"USER_PROVISIONED","SizeGiB":64}'],
  'metadata-mode MetadataConfiguration.Mode': ['MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":6000}', 'MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":12000}', 'StorageType SSD'],
  'metadata-iops MetadataConfiguration.Iops': ['MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":6000}'],
  'not-applicable ImportPath': ['no ImportPath', 'DeploymentType SCRATCH_1 + StorageType SSD', 'DeploymentType SCRATCH_2 + StorageType SSD', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_1 + StorageType HDD'],
  'not-applicable ThroughputCapacity': ['no ThroughputCapacity', 'DeploymentType PERSISTENT_2 + StorageType INTELLIGENT_TIERING'],
  'not-applicable DataReadCacheConfiguration': ['no DataReadCacheConfiguration', 'DeploymentType PERSISTENT_2 + StorageType INTELLIGENT_TIERING'],
  'required SubnetIds': [],
  'one-subnet SubnetIds': ['SubnetIds ["subnet-01234567"]', 'SubnetIds ["subnet-89abcdef"]'],
  'format SubnetIds[0]': [],
  'length SecurityGroupIds': [],
  'format ImportPath': [],
  'format ExportPath': [],
  's3-bucket ExportPath': ['ExportPath s3://bucket/in', 'no ExportPath'],
  's3-link ExportPath': ['ImportPath s3://bucket', 'no ExportPath'],
  's3-link AutoImportPolicy': ['no AutoImportPolicy'],
  's3-link ImportedFileChunkSize': ['no ImportedFileChunkSize'],
  'range ImportedFileChunkSize': ['ImportedFileChunkSize 1'],
  'not-applicable ExportPath': ['no ExportPath', 'DeploymentType SCRATCH_1 + StorageType SSD', 'DeploymentType SCRATCH_2 + StorageType SSD', 'DeploymentType PERSISTENT_1 + StorageType SSD'],
  's3-restore ImportPath': ['no ImportPath', 'no BackupId'],
  'not-applicable AutomaticBackupRetentionDays': ['AutomaticBackupRetentionDays 0', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'range AutomaticBackupRetentionDays': ['AutomaticBackupRetentionDays 90'],
  's3-backups AutomaticBackupRetentionDays': ['AutomaticBackupRetentionDays 0', 'no ImportPath'],
  's3-backups SkipFinalBackup': ['no SkipFinalBackup', 'no ImportPath'],
  'backup-window DailyAutomaticBackupStartTime': ['AutomaticBackupRetentionDays 7', 'no DailyAutomaticBackupStartTime'],
  'not-applicable DailyAutomaticBackupStartTime': ['no DailyAutomaticBackupStartTime', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'format DailyAutomaticBackupStartTime': ['DailyAutomaticBackupStartTime 05:00'],
  'not-applicable SkipFinalBackup': ['SkipFinalBackup true', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'final-backup-tags FinalBackupTags': ['SkipFinalBackup false', 'no FinalBackupTags'],
  'not-applicable FinalBackupTags': ['no FinalBackupTags', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'not-applicable KmsKeyId': ['no KmsKeyId', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'format KmsKeyId': [],
  'lustre-version FileSystemTypeVersion': ['FileSystemTypeVersion 2.12', 'FileSystemTypeVersion 2.15'],
  'format FileSystemTypeVersion': [],
  'format MetadataConfiguration.Mode': ['MetadataConfiguration {"Mode":"AUTOMATIC"}', 'MetadataConfiguration {"Mode":"USER_PROVISIONED"}'],
  'required MetadataConfiguration.Iops': ['MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":1500}', 'MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":3000}', 'MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":6000}', 'MetadataConfiguration {"Mode":"USER_PROVISIONED","Iops":12000}'],
  'metadata-mode MetadataConfiguration.Iops': ['MetadataConfiguration {"Mode":"AUTOMATIC"}'],
  'required MetadataConfiguration.Mode': [],
  'not-applicable MetadataConfiguration': ['no MetadataConfiguration', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'not-applicable EfaEnabled': ['EfaEnabled false', 'DeploymentType PERSISTENT_2 + StorageType SSD'],
  'efa-metadata EfaEnabled': ['MetadataConfiguration {"Mode":"AUTOMATIC"}', 'EfaEnabled false'],
  'required LogConfiguration.Level': [],
  'log-destination LogConfiguration.Destination': ['LogConfiguration {"Level":"DISABLED"}', 'LogConfiguration {"Level":"WARN_ERROR","Destination":"arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/mine"}'],
  'log-group LogConfiguration.Destination': [],
  'format LogConfiguration.Destination': [],
  'root-squash RootSquashConfiguration.RootSquash': ['RootSquashConfiguration {"RootSquash":"65534:65534"}', 'RootSquashConfiguration {"RootSquash":"0:0"}'],
  'format RootSquashConfiguration.RootSquash': [],
  'format RootSquashConfiguration.NoSquashNids[0]': [],
  'length Tags': [],
  'format Tags[0].Key': [],
  'required Tags[0].Value': [],
  'required Tags[0].Key': [],
  'format Tags[0].Value': [],
  'tag-unique Tags[1].Key': ['Tags [{"Key":"a","Value":"1"}]', 'Tags [{"Key":"a","Value":"2"}]'],
  'tag-reserved Tags[0].Key': ['Tags []', 'Tags [{"Key":"x","Value":"1"}]'],
  'not-applicable BackupId': ['no BackupId', 'DeploymentType PERSISTENT_1 + StorageType SSD', 'DeploymentType PERSISTENT_1 + StorageType HDD', 'DeploymentType PERSISTENT_2 + StorageType SSD', 'DeploymentType PERSISTENT_2 + StorageType INTELLIGENT_TIERING'],
  'storage-capacity StorageCapacity': ['StorageCapacity 4800', 'StorageCapacity 7200', 'StorageCapacity 6000', 'StorageCapacity 3600', 'StorageCapacity 5400'],
  'format BackupId': [],
  'format WeeklyMaintenanceStartTime': ['WeeklyMaintenanceStartTime 7:05:00'],
  'format DataCompressionType': ['DataCompressionType NONE', 'DataCompressionType LZ4'],
};

/** Without a repair: what is missing or malformed can be anything, and so can the name of a log group. */
const OPEN = /^(required|format|length|log-group) /;

const words = (repair: Repair): string =>
  Object.entries(repair)
    .map(([name, value]) => {
      if (value === undefined) return `no ${name}`;
      return `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
    })
    .join(' + ');

function offered(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, model] of Object.values(CASES).flat())
    for (const { property, repairs = [], rule } of checkModel(model).violations) {
      const name = `${rule} ${property}`;
      if (!found.has(name)) found.set(name, repairs.map(words));
    }
  return found;
}

test('the table has each rule and property, and nothing else', () => {
  expect([...offered().keys()].sort()).toEqual(Object.keys(OFFERED).sort());
});

test.each(Object.entries(OFFERED))('%s', (name, expected) => {
  expect(offered().get(name)).toEqual(expected);
  if (!OPEN.test(name)) expect(expected).not.toEqual([]);
});
