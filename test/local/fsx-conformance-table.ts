import {
  HDD,
  LINKED,
  lustre,
  METADATA,
  PERSISTENT_1,
  PERSISTENT_2,
  SCRATCH_1,
  SCRATCH_2,
  SUBNET,
  TIERING,
  top,
} from './support';

/**
 * Each behavior of the local FSx beside the fact that it comes from:
 * - `recorded`: an answer of the real FSx that is on public record, and here the message is FSx's
 * - `reference`: the AWS FSx API reference
 * - `guide`: the FSx for Lustre user guide
 * - `applied`: what public test suites create on real AWS
 */
export type Fact = 'recorded' | 'reference' | 'guide' | 'applied';
export type Input = Record<string, unknown>;

const EFA = lustre(top(PERSISTENT_2, { StorageCapacity: 38400 }), {
  EfaEnabled: true,
  MetadataConfiguration: { Mode: 'AUTOMATIC' },
});
const metadata = (values: Input) => lustre(PERSISTENT_2, { MetadataConfiguration: values });
const capacity = (input: typeof SCRATCH_1, value: number) => top(input, { StorageCapacity: value });
const tiered = (input: typeof SCRATCH_1, tier: number | undefined, value = 1200) =>
  lustre(capacity(input, value), { PerUnitStorageThroughput: tier });
const hdd = (tier: number, value: number) => tiered(HDD, tier, value);
const scratch = (changes: Input) => lustre(SCRATCH_2, changes);
const tiering = (changes: Input) => lustre(TIERING, changes);
const cache = (values: Input) => tiering({ DataReadCacheConfiguration: values });
const log = (Level: string, Destination: string) =>
  lustre(PERSISTENT_1, { LogConfiguration: { Level, Destination } });
const logs = 'arn:aws:logs:us-east-1:123456789012:log-group:';
const squash = (RootSquash: string) => scratch({ RootSquashConfiguration: { RootSquash } });
const tags = (...keys: string[]) =>
  top(SCRATCH_2, { Tags: keys.map((Key) => ({ Key, Value: 'x' })) });
const many = (count: number) => tags(...Array.from({ length: count }, (_, index) => `k${index}`));

const KEY = '0123abcd-0123-4567-89ab-0123456789ab';

const NOT_P2 = 'DeploymentType must be PERSISTENT_2.';
const TIERS = (list: string) =>
  `The storage throughput (MB/s/TiB) value should be one of [${list}].`;
const size = (value: number, rule: string) =>
  `Invalid Lustre FS storage capacity: ${value}. Must be ${rule}.`;
const P1_METADATA = "Cannot specify metadata configuration for deployment type 'PERSISTENT_1'.";
const P2_LINK =
  /^Linking a Persistent 2 file system to an S3 bucket using the LustreConfiguration is not supported/;
export const S3_BACKUP = 'Backups cannot be created on S3-linked file systems';
const NO_EFA = 'EFA is only supported for PERSISTENT_2 filesystems with metadata configuration.';

export const updateOf = (changes: Input) => ({ LustreConfiguration: changes });
const FINAL = { SkipFinalBackup: false };

/** CreateFileSystem input. */
// oxfmt-ignore
export const ACCEPTED_CREATIONS: [string, Fact, object][] = [
  ['SCRATCH_1 at 1200', 'reference', SCRATCH_1],
  ['SCRATCH_1 at 2400', 'reference', capacity(SCRATCH_1, 2400)],
  ['SCRATCH_1 at 3600', 'applied', capacity(SCRATCH_1, 3600)],
  ['SCRATCH_2 at 7200', 'reference', capacity(SCRATCH_2, 7200)],
  ['SCRATCH_2 far above the default quota', 'reference', capacity(SCRATCH_2, 460800)],
  ['PERSISTENT_1 at 100', 'reference', tiered(PERSISTENT_1, 100, 2400)],
  ['PERSISTENT_1 at 200', 'reference', tiered(PERSISTENT_1, 200, 19200)],
  ['HDD at tier 12', 'reference', hdd(12, 6000)],
  ['HDD of 1800 at tier 40', 'recorded', hdd(40, 1800)],
  ['HDD of 48600 at tier 40 with READ', 'reference', lustre(hdd(40, 48600), { DriveCacheType: 'READ' })],
  ['PERSISTENT_2 at 1000', 'reference', tiered(PERSISTENT_2, 1000, 19200)],
  ['metadata AUTOMATIC', 'reference', metadata({ Mode: 'AUTOMATIC' })],
  ['metadata of 12000 IOPS', 'reference', metadata({ Mode: 'USER_PROVISIONED', Iops: 12000 })],
  ['metadata of 192000 IOPS', 'reference', metadata({ Mode: 'USER_PROVISIONED', Iops: 192000 })],
  ['EFA at tier 125', 'guide', EFA],
  ['EFA at tier 1000', 'applied', tiered(EFA, 1000, 4800)],
  ['INTELLIGENT_TIERING', 'reference', TIERING],
  ['EFA on INTELLIGENT_TIERING', 'guide', tiering({ EfaEnabled: true })],
  ['a proportional read cache', 'reference', cache({ SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY' })],
  ['S3 on SCRATCH_2 with 2.15', 'applied', top(scratch({ ImportPath: 's3://bucket' }), { FileSystemTypeVersion: '2.15' })],
  ['S3 with 1024 MiB chunks and an export path', 'reference', lustre(LINKED, { ExportPath: 's3://bucket/out', ImportedFileChunkSize: 1024 })],
  ['CopyTagsToBackups without retention', 'applied', lustre(PERSISTENT_1, { CopyTagsToBackups: true })],
  ['retention 0 on an S3 link', 'reference', lustre(LINKED, { AutomaticBackupRetentionDays: 0 })],
  ['90 days of backups', 'reference', lustre(PERSISTENT_2, { AutomaticBackupRetentionDays: 90 })],
  ['PERSISTENT_2 with 2.12', 'reference', top(PERSISTENT_2, { FileSystemTypeVersion: '2.12' })],
  ['a maintenance window without its second colon', 'reference', scratch({ WeeklyMaintenanceStartTime: '1:05:30' })],
  ['a log group below /aws/fsx', 'reference', log('WARN_ONLY', `${logs}/aws/fsx/mine`)],
  [
    'root squash',
    'reference',
    scratch({
      RootSquashConfiguration: {
        RootSquash: '65534:65534',
        NoSquashNids: ['10.0.[1-2].3@tcp'],
      },
    }),
  ],
  ['root squash off', 'reference', squash('0:0')],
  ['50 tags', 'reference', many(50)],
  ['letters of other languages in tags', 'reference', tags('größe/日本 x')],
  ['a key of another account', 'reference', top(PERSISTENT_2, { KmsKeyId: `arn:aws:kms:us-east-1:999999999999:key/${KEY}` })],
  ['a key on SCRATCH_1', 'applied', top(SCRATCH_1, { KmsKeyId: 'aws/fsx' })],
  ['members that FSx does not know', 'reference', { ...SCRATCH_1, Unheard: 1, LustreConfiguration: { Of: {} } }],
  ['null as absent', 'reference', { ...SCRATCH_1, KmsKeyId: null, LustreConfiguration: { ImportPath: null } }],
];

/** CreateFileSystem input, error, message. */
// oxfmt-ignore
export const REFUSED_CREATIONS: [string, Fact, object, string, string | RegExp][] = [
  ['SCRATCH_2 at 3600', 'recorded', capacity(SCRATCH_2, 3600), 'BadRequest', size(3600, '1200 or a multiple of 2400')],
  ['SSD at 5000', 'recorded', tiered(PERSISTENT_1, 50, 5000), 'BadRequest', size(5000, '1200 or a multiple of 2400')],
  ['600 GiB', 'guide', capacity(PERSISTENT_2, 600), 'BadRequest', size(600, '1200 or a multiple of 2400')],
  ['capacity 0', 'reference', capacity(SCRATCH_2, 0), 'BadRequest', size(0, '1200 or a multiple of 2400')],
  ['SCRATCH_1 at 4800', 'reference', capacity(SCRATCH_1, 4800), 'BadRequest', size(4800, '1200, 2400 or a multiple of 3600')],
  ['HDD of 48000 at tier 40', 'reference', hdd(40, 48000), 'BadRequest', size(48000, 'a multiple of 1800')],
  ['HDD of 1800 at tier 12', 'reference', hdd(12, 1800), 'BadRequest', size(1800, 'a multiple of 6000')],
  ['EFA at 4800 and tier 125', 'guide', capacity(EFA, 4800), 'BadRequest', size(4800, 'a multiple of 38400')],
  ['no capacity', 'reference', top(SCRATCH_2, { StorageCapacity: undefined }), 'BadRequest', /StorageCapacity/],
  ['PERSISTENT_1 without a tier', 'recorded', tiered(PERSISTENT_1, undefined), 'InvalidPerUnitStorageThroughput', TIERS('50,100,200')],
  ['PERSISTENT_1 at 300', 'recorded', tiered(PERSISTENT_1, 300), 'InvalidPerUnitStorageThroughput', TIERS('50,100,200')],
  ['PERSISTENT_2 at 200', 'recorded', tiered(PERSISTENT_2, 200), 'InvalidPerUnitStorageThroughput', TIERS('125,250,500,1000')],
  ['HDD at 50', 'reference', hdd(50, 6000), 'InvalidPerUnitStorageThroughput', TIERS('12,40')],
  ['SCRATCH_2 with a tier', 'reference', tiered(SCRATCH_2, 200), 'BadRequest', /PerUnitStorageThroughput/],
  ['HDD on PERSISTENT_2', 'recorded', top(PERSISTENT_2, { StorageType: 'HDD' }), 'BadRequest', 'StorageType HDD is not supported for file systems with DeploymentType: PERSISTENT_2.'],
  ['INTELLIGENT_TIERING on PERSISTENT_1', 'recorded', top(PERSISTENT_1, { StorageType: 'INTELLIGENT_TIERING' }), 'BadRequest', `Invalid Deployment type specified for INTELLIGENT TIERING file systems. ${NOT_P2}`],
  ['HDD without a drive cache', 'recorded', lustre(HDD, { DriveCacheType: undefined }), 'BadRequest', 'DriveCacheType must be provided for storage type HDD. Supported values are [NONE,READ]'],
  ['a drive cache on SSD', 'recorded', lustre(PERSISTENT_1, { DriveCacheType: 'READ' }), 'IncompatibleParameterError', /^The cache type can not be specified for a lustre file system with Deploy/],
  ['metadata on PERSISTENT_1', 'recorded', lustre(PERSISTENT_1, { MetadataConfiguration: { Mode: 'AUTOMATIC' } }), 'BadRequest', P1_METADATA],
  ['metadata with 2.12', 'recorded', top(METADATA, { FileSystemTypeVersion: '2.12' }), 'BadRequest', /^A FileSystemTypeVersion of '2.15' is required .* when specifying a metadata configuration$/],
  ['Iops with AUTOMATIC', 'reference', metadata({ Mode: 'AUTOMATIC', Iops: 3000 }), 'BadRequest', /AUTOMATIC/],
  ['USER_PROVISIONED without Iops', 'reference', metadata({ Mode: 'USER_PROVISIONED' }), 'BadRequest', /Iops must be specified/],
  ['13000 IOPS', 'reference', metadata({ Mode: 'USER_PROVISIONED', Iops: 13000 }), 'BadRequest', /multiples of 12000/],
  ['metadata without Mode', 'reference', metadata({ Iops: 3000 }), 'BadRequest', /^1 validation error detected: Value null at 'lustreConfiguration.metadataConfiguration.mode' failed to satisfy constraint: Member must not be null$/],
  ['EFA without metadata', 'recorded', lustre(EFA, { MetadataConfiguration: undefined }), 'BadRequest', NO_EFA],
  ['EFA on PERSISTENT_1', 'recorded', lustre(PERSISTENT_1, { EfaEnabled: true }), 'BadRequest', NO_EFA],
  ['INTELLIGENT_TIERING with a capacity', 'reference', capacity(TIERING, 1200), 'BadRequest', /StorageCapacity/],
  ['INTELLIGENT_TIERING without throughput', 'reference', tiering({ ThroughputCapacity: undefined }), 'BadRequest', /ThroughputCapacity/],
  ['6000 MBps', 'reference', tiering({ ThroughputCapacity: 6000 }), 'BadRequest', /multiple of 4000/],
  ['INTELLIGENT_TIERING without a cache', 'reference', tiering({ DataReadCacheConfiguration: undefined }), 'BadRequest', /DataReadCacheConfiguration/],
  ['INTELLIGENT_TIERING without metadata', 'reference', tiering({ MetadataConfiguration: undefined }), 'BadRequest', /MetadataConfiguration/],
  ['INTELLIGENT_TIERING with 3000 IOPS', 'reference', tiering({ MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } }), 'BadRequest', /6000 and 12000/],
  ['INTELLIGENT_TIERING with AUTOMATIC', 'reference', tiering({ MetadataConfiguration: { Mode: 'AUTOMATIC' } }), 'BadRequest', /AUTOMATIC/],
  ['a cache of 31 GiB', 'reference', cache({ SizingMode: 'USER_PROVISIONED', SizeGiB: 31 }), 'BadRequest', /between 32 and 131072/],
  ['a size with NO_CACHE', 'reference', cache({ SizingMode: 'NO_CACHE', SizeGiB: 320 }), 'BadRequest', /USER_PROVISIONED/],
  ['a read cache on SSD', 'reference', scratch({ DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' } }), 'BadRequest', /INTELLIGENT_TIERING/],
  ['ThroughputCapacity on SSD', 'reference', lustre(PERSISTENT_2, { ThroughputCapacity: 4000 }), 'BadRequest', /INTELLIGENT_TIERING/],
  ['ImportPath on PERSISTENT_2', 'recorded', lustre(PERSISTENT_2, { ImportPath: 's3://bucket' }), 'BadRequest', P2_LINK],
  ['AutoImportPolicy on PERSISTENT_2', 'recorded', lustre(PERSISTENT_2, { AutoImportPolicy: 'NEW' }), 'BadRequest', P2_LINK],
  ['ExportPath alone', 'reference', scratch({ ExportPath: 's3://bucket' }), 'BadRequest', /ExportPath .* ImportPath/],
  ['ImportedFileChunkSize alone', 'reference', scratch({ ImportedFileChunkSize: 1 }), 'BadRequest', /ImportedFileChunkSize .* ImportPath/],
  ['an import path that is none', 'reference', scratch({ ImportPath: 'bucket/data' }), 'InvalidImportPath', /s3:\/\/bucket\/prefix/],
  ['an export path elsewhere', 'reference', lustre(LINKED, { ExportPath: 's3://other/out' }), 'InvalidExportPath', /same S3 bucket/],
  ['a bucket that does not exist', 'guide', scratch({ ImportPath: 's3://missing-bucket/x' }), 'BadRequest', 'Amazon FSx is unable to validate access to the S3 bucket. Ensure the IAM role or user you are using has s3:Get*, s3:List* and s3:PutObject permissions to the S3 bucket prefix.'],
  ['backups on an S3 link', 'recorded', lustre(LINKED, { AutomaticBackupRetentionDays: 7 }), 'BadRequest', S3_BACKUP],
  ['copied tags on scratch with an S3 link', 'reference', scratch({ ImportPath: 's3://bucket', CopyTagsToBackups: true }), 'BadRequest', S3_BACKUP],
  ['copied tags on an S3 link', 'reference', lustre(LINKED, { CopyTagsToBackups: true }), 'BadRequest', S3_BACKUP],
  ['backups on SCRATCH_2', 'guide', scratch({ AutomaticBackupRetentionDays: 7 }), 'BadRequest', /Automatic backups/],
  ['91 days', 'reference', lustre(PERSISTENT_1, { AutomaticBackupRetentionDays: 91 }), 'BadRequest', /^1 validation error detected: Value '91' at 'lustreConfiguration.automaticBackupRetentionDays' failed to satisfy constraint: Member must have value less than or equal to 90$/],
  ['a key that does not exist', 'reference', top(PERSISTENT_2, { KmsKeyId: 'alias/missing' }), 'BadRequest', /alias\/missing/],
  ['a key of another region', 'reference', top(PERSISTENT_2, { KmsKeyId: `arn:aws:kms:eu-west-1:123456789012:key/${KEY}` }), 'BadRequest', /eu-west-1/],
  ['a key of another partition', 'reference', top(PERSISTENT_2, { KmsKeyId: `arn:aws-cn:kms:us-east-1:123456789012:key/${KEY}` }), 'BadRequest', /aws-cn/],
  ['2.10 on PERSISTENT_2', 'reference', top(PERSISTENT_2, { FileSystemTypeVersion: '2.10' }), 'BadRequest', /2\.10/],
  ['a version that does not exist', 'reference', top(SCRATCH_2, { FileSystemTypeVersion: '2.14' }), 'BadRequest', /2\.14/],
  ['two subnets', 'reference', top(SCRATCH_2, { SubnetIds: [SUBNET, SUBNET] }), 'BadRequest', /one subnet/],
  ['no subnet', 'reference', top(SCRATCH_2, { SubnetIds: [] }), 'BadRequest', /one subnet/],
  ['DUAL', 'reference', top(SCRATCH_2, { NetworkType: 'DUAL' }), 'BadRequest', /DUAL/],
  ['a subnet that does not exist', 'reference', top(SCRATCH_2, { SubnetIds: ['subnet-00000000000000404'] }), 'InvalidNetworkSettings', /does not exist/],
  ['a security group that does not exist', 'reference', top(SCRATCH_2, { SecurityGroupIds: ['sg-00000000000000404'] }), 'InvalidNetworkSettings', /does not exist/],
  ['closed ports', 'recorded', top(SCRATCH_2, { SecurityGroupIds: ['sg-00000000000000988'] }), 'InvalidNetworkSettings', 'The file system cannot be created because the default security group in the subnet provided or the provided security groups do not permit Lustre LNET network traffic on port 988'],
  ['EFA with a group that does not allow all traffic', 'recorded', top(EFA, { SecurityGroupIds: ['sg-00000000000000efa'] }), 'InvalidNetworkSettings', 'Insufficient security group permissions to create an EFA-enabled file system. Update security group to allow all internal inbound and outbound traffic.'],
  ['a log group elsewhere', 'reference', log('WARN_ONLY', `${logs}/mine`), 'BadRequest', /\/aws\/fsx/],
  ['a log group that does not exist', 'reference', log('WARN_ONLY', `${logs}/aws/fsx/missing`), 'BadRequest', /does not exist/],
  ['a destination with DISABLED', 'reference', log('DISABLED', `${logs}/aws/fsx/a`), 'BadRequest', /DISABLED/],
  ['root squash of one id', 'reference', squash('0:1'), 'BadRequest', /both zero/],
  ['root squash of a large id', 'reference', squash('4294967295:1'), 'BadRequest', /4294967294/],
  ['51 tags', 'reference', many(51), 'BadRequest', /length less than or equal to 50$/],
  ['a tag twice', 'reference', tags('a', 'a'), 'BadRequest', /Duplicate tag keys/],
  ['a reserved tag', 'reference', tags('aws:a'), 'BadRequest', /aws:/],
  ['another type', 'reference', top(SCRATCH_2, { FileSystemType: 'ONTAP' }), 'BadRequest', /LUSTRE/],
  ['the configuration of another type', 'recorded', { ...SCRATCH_2, WindowsConfiguration: {} }, 'BadRequest', 'WindowsConfiguration cannot be applied to create a LUSTRE file system.'],
  ['nothing', 'recorded', {}, 'BadRequest', "2 validation errors detected: Value null at 'fileSystemType' failed to satisfy constraint: Member must not be null; Value null at 'subnetIds' failed to satisfy constraint: Member must not be null"],
  ['a short subnet id', 'reference', top(SCRATCH_2, { SubnetIds: ['subnet-1'] }), 'BadRequest', /'subnetIds.1.member' .* length greater than or equal to 15$/],
  ['an enumeration in lower case', 'reference', scratch({ DeploymentType: 'scratch_2' }), 'BadRequest', /Member must satisfy enum value set: \[SCRATCH_1, SCRATCH_2, PERSISTENT_1, PERSISTENT_2\]$/],
  ['a window of 24:00', 'reference', scratch({ WeeklyMaintenanceStartTime: '1:24:00' }), 'BadRequest', /regular expression pattern/],
];

/** CreateFileSystem input, then UpdateFileSystem members, error, message. */
// oxfmt-ignore
export const REFUSED_UPDATES: [string, Fact, object, object, string, string | RegExp][] = [
  ['growing SCRATCH_1', 'reference', SCRATCH_1, { StorageCapacity: 2400 }, 'BadRequest', /SCRATCH_1/],
  ['the same capacity', 'reference', capacity(SCRATCH_2, 2400), { StorageCapacity: 2400 }, 'BadRequest', /must be greater than the current/],
  ['shrinking', 'reference', capacity(SCRATCH_2, 4800), { StorageCapacity: 2400 }, 'BadRequest', /must be greater than the current/],
  ['3600', 'reference', SCRATCH_2, { StorageCapacity: 3600 }, 'BadRequest', size(3600, 'a multiple of 2400')],
  ['HDD to 9000 at tier 12', 'reference', HDD, { StorageCapacity: 9000 }, 'BadRequest', size(9000, 'a multiple of 6000')],
  ['capacity of INTELLIGENT_TIERING', 'reference', TIERING, { StorageCapacity: 2400 }, 'BadRequest', /INTELLIGENT_TIERING/],
  ['capacity and metadata in one call', 'applied', METADATA, { StorageCapacity: 2400, ...updateOf({ MetadataConfiguration: { Iops: 3000 } }) }, 'BadRequest', /same request/],
  ['capacity before its metadata IOPS', 'applied', METADATA, { StorageCapacity: 2400 }, 'BadRequest', /at least 3000 metadata IOPS/],
  ['a tier of the other deployment', 'recorded', PERSISTENT_1, updateOf({ PerUnitStorageThroughput: 125 }), 'BadRequest', TIERS('50,100,200')],
  ['the tier of HDD', 'recorded', HDD, updateOf({ PerUnitStorageThroughput: 40 }), 'BadRequest', /^Throughput scaling is not supported .*HDD/],
  ['the tier of EFA', 'guide', EFA, updateOf({ PerUnitStorageThroughput: 250 }), 'BadRequest', /EFA/],
  ['a tier on scratch', 'reference', SCRATCH_2, updateOf({ PerUnitStorageThroughput: 200 }), 'BadRequest', /Throughput scaling/],
  ['metadata that was not there', 'recorded', PERSISTENT_2, updateOf({ MetadataConfiguration: { Mode: 'AUTOMATIC' } }), 'BadRequest', 'Updating metadata configuration is not supported on file systems created without specifying a metadata configuration.'],
  ['fewer IOPS', 'reference', metadata({ Mode: 'USER_PROVISIONED', Iops: 6000 }), updateOf({ MetadataConfiguration: { Iops: 3000 } }), 'BadRequest', /cannot be decreased/],
  ['AUTOMATIC below the present IOPS', 'reference', metadata({ Mode: 'USER_PROVISIONED', Iops: 6000 }), updateOf({ MetadataConfiguration: { Mode: 'AUTOMATIC' } }), 'BadRequest', /cannot be decreased/],
  ['AUTOMATIC above the present IOPS', 'guide', capacity(metadata({ Mode: 'USER_PROVISIONED', Iops: 1500 }), 4800), updateOf({ MetadataConfiguration: { Mode: 'AUTOMATIC' } }), 'BadRequest', /match those of AUTOMATIC, 6000: it has 1500\.$/],
  ['less throughput', 'reference', tiering({ ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' } }), updateOf({ ThroughputCapacity: 4000 }), 'BadRequest', /cannot be decreased/],
  ['a step of the cache below 10 percent', 'guide', TIERING, updateOf({ DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 351 } }), 'BadRequest', /minimum of 10%: it has 320 GiB/],
  ['more throughput with a smaller cache per server', 'reference', TIERING, updateOf({ ThroughputCapacity: 8000 }), 'BadRequest', /SizeGiB must be 640/],
  ['more throughput with another cache than the proportional one', 'guide', cache({ SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY' }), updateOf({ ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 1000 } }), 'BadRequest', /SizeGiB must be 40000/],
  ['more throughput with a first cache', 'guide', cache({ SizingMode: 'NO_CACHE' }), updateOf({ ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 1000 } }), 'BadRequest', /read cache cannot be added/],
  ['an older version', 'reference', top(SCRATCH_2, { FileSystemTypeVersion: '2.15' }), { FileSystemTypeVersion: '2.12' }, 'BadRequest', /newer than the current version, 2\.15: 2\.12/],
  ['the same version', 'reference', top(SCRATCH_2, { FileSystemTypeVersion: '2.15' }), { FileSystemTypeVersion: '2.15' }, 'BadRequest', /newer than the current version, 2\.15: 2\.15/],
  ['a policy without a link', 'reference', SCRATCH_2, updateOf({ AutoImportPolicy: 'NEW' }), 'BadRequest', /ImportPath/],
  ['retention on an S3 link', 'applied', LINKED, updateOf({ AutomaticBackupRetentionDays: 0 }), 'BadRequest', S3_BACKUP],
  ['retention on scratch', 'guide', SCRATCH_2, updateOf({ AutomaticBackupRetentionDays: 1 }), 'BadRequest', /Automatic backups/],
  ['the storage type', 'reference', PERSISTENT_1, { StorageType: 'HDD' }, 'BadRequest', /StorageType/],
  ['nothing', 'reference', SCRATCH_2, {}, 'MissingFileSystemConfiguration', /configuration/],
  ['nothing of Lustre', 'reference', SCRATCH_2, updateOf({}), 'BadRequest', /No property/],
  ['the configuration of another type', 'recorded', SCRATCH_2, { WindowsConfiguration: {} }, 'BadRequest', 'WindowsConfiguration cannot be applied to update a LUSTRE file system.'],
];

/** CreateFileSystem input, UpdateFileSystem members, what is described in the end. */
// oxfmt-ignore
export const UPDATES: [string, Fact, object, object, object][] = [
  ['SCRATCH_2 to 7200', 'reference', SCRATCH_2, { StorageCapacity: 7200 }, { StorageCapacity: 7200 }],
  ['HDD to 12000', 'reference', HDD, { StorageCapacity: 12000 }, { StorageCapacity: 12000 }],
  ['a higher tier', 'recorded', PERSISTENT_2, updateOf({ PerUnitStorageThroughput: 250 }), updateOf({ PerUnitStorageThroughput: 250 })],
  ['a lower tier', 'reference', tiered(PERSISTENT_1, 200), updateOf({ PerUnitStorageThroughput: 50 }), updateOf({ PerUnitStorageThroughput: 50 })],
  ['AUTOMATIC IOPS with the capacity', 'guide', metadata({ Mode: 'AUTOMATIC' }), { StorageCapacity: 12000 }, updateOf({ MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 12000 } })],
  ['AUTOMATIC to USER_PROVISIONED', 'reference', metadata({ Mode: 'AUTOMATIC' }), updateOf({ MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 } }), updateOf({ MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 } })],
  ['USER_PROVISIONED to AUTOMATIC of the same IOPS', 'guide', METADATA, updateOf({ MetadataConfiguration: { Mode: 'AUTOMATIC' } }), updateOf({ MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 1500 } })],
  [
    'throughput with its cache',
    'guide',
    TIERING,
    updateOf({
      ThroughputCapacity: 8000,
      DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 640 },
    }),
    updateOf({
      ThroughputCapacity: 8000,
      DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 640 },
    }),
  ],
  ['throughput with the size of the proportional cache', 'guide', cache({ SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY' }), updateOf({ ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 40000 } }), updateOf({ ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 40000 } })],
  ['2.10 to 2.15', 'reference', SCRATCH_2, { FileSystemTypeVersion: '2.15' }, { FileSystemTypeVersion: '2.15' }],
  [
    'a log level',
    'reference',
    PERSISTENT_1,
    updateOf({ LogConfiguration: { Level: 'ERROR_ONLY' } }),
    updateOf({
      LogConfiguration: {
        Level: 'ERROR_ONLY',
        Destination: expect.stringMatching(`^${logs}/aws/fsx/lustre:log-stream:datarepo_fs-`) as string,
      },
    }),
  ],
  ['root squash', 'reference', SCRATCH_2, updateOf({ RootSquashConfiguration: { RootSquash: '1:2' } }), updateOf({ RootSquashConfiguration: { RootSquash: '1:2' } })],
];

/** CreateFileSystem input, LustreConfiguration of DeleteFileSystem, message. */
// oxfmt-ignore
export const REFUSED_DELETIONS: [string, Fact, object, Input, string | RegExp][] = [
  ['a configuration on SCRATCH_2', 'applied', SCRATCH_2, { SkipFinalBackup: true }, /SCRATCH_2/],
  ['an empty configuration on SCRATCH_1', 'applied', SCRATCH_1, {}, /SCRATCH_1/],
  ['a final backup on an S3 link', 'reference', LINKED, FINAL, S3_BACKUP],
  ['tags without a final backup', 'reference', PERSISTENT_1, { FinalBackupTags: [{ Key: 'a', Value: 'b' }] }, /SkipFinalBackup/],
];

/** CreateFileSystemFromBackup members, error, message. */
// oxfmt-ignore
export const REFUSED_RESTORES: [string, Fact, Input, string, RegExp][] = [
  ['another capacity', 'guide', { StorageCapacity: 2400 }, 'BadRequest', /same storage capacity as the original: StorageCapacity must be 1200/],
  ['another deployment', 'guide', { LustreConfiguration: { DeploymentType: 'PERSISTENT_1' } }, 'BadRequest', /same deployment type as the original: DeploymentType must be PERSISTENT_2/],
  ['another storage', 'guide', { StorageType: 'HDD' }, 'BadRequest', /same storage class as the original: StorageType must be SSD/],
  ['another tier', 'guide', { LustreConfiguration: { PerUnitStorageThroughput: 250 } }, 'BadRequest', /same throughput capacity as the original: PerUnitStorageThroughput must be 125/],
  ['bought throughput', 'guide', { LustreConfiguration: { ThroughputCapacity: 4000 } }, 'BadRequest', /same throughput capacity as the original: ThroughputCapacity must be/],
  ['another compression', 'guide', { LustreConfiguration: { DataCompressionType: 'LZ4' } }, 'BadRequest', /same data compression type as the original: DataCompressionType must be NONE/],
  ['a metadata configuration', 'guide', { LustreConfiguration: { MetadataConfiguration: { Mode: 'AUTOMATIC' } } }, 'BadRequest', /cannot specify a metadata configuration/],
  ['an older version', 'reference', { FileSystemTypeVersion: '2.12' }, 'BadRequest', /2\.15 or newer/],
  ['EFA', 'guide', { LustreConfiguration: { EfaEnabled: true } }, 'BadRequest', /same EFA support as the original: EfaEnabled must be false/],
  ['a drive cache', 'guide', { LustreConfiguration: { DriveCacheType: 'READ' } }, 'BadRequest', /same drive cache type as the original/],
  ['an S3 link', 'guide', { LustreConfiguration: { ImportPath: 's3://bucket' } }, 'BadRequest', /restored from a backup cannot be linked to S3/],
  ['an unknown backup', 'reference', { BackupId: 'backup-0123456789' }, 'BackupNotFound', /backup-0123456789/],
  ['no backup', 'reference', { BackupId: null }, 'BadRequest', /'backupId'/],
];

const LINK = { FileSystemPath: '/data', DataRepositoryPath: 's3://bucket/data' };
const TWELVE = top(SCRATCH_2, { FileSystemTypeVersion: '2.12' });
const NO_LINKS = 'This file system does not support data repository associations.';

/** CreateFileSystem input, members of CreateDataRepositoryAssociation. */
// oxfmt-ignore
export const LINKS: [string, Fact, object, Input][] = [
  ['PERSISTENT_2', 'applied', PERSISTENT_2, LINK],
  ['SCRATCH_2 of 2.12', 'reference', TWELVE, LINK],
  ['PERSISTENT_1 of 2.15', 'reference', top(PERSISTENT_1, { FileSystemTypeVersion: '2.15' }), LINK],
  ['the whole file system', 'reference', PERSISTENT_2, { ...LINK, FileSystemPath: '/' }],
  ['the paths of the guide', 'guide', PERSISTENT_2, { FileSystemPath: '/ns1/path1/', DataRepositoryPath: 's3://amzn-bucket/myprefix/' }],
];

/** CreateFileSystem input, members of CreateDataRepositoryAssociation, message; the error is BadRequest. */
// oxfmt-ignore
export const REFUSED_LINKS: [string, Fact, object, Input, string | RegExp][] = [
  ['Lustre 2.10', 'recorded', SCRATCH_2, LINK, NO_LINKS],
  ['SCRATCH_1', 'reference', SCRATCH_1, LINK, NO_LINKS],
  ['INTELLIGENT_TIERING', 'reference', TIERING, LINK, NO_LINKS],
  ['backups', 'guide', lustre(PERSISTENT_2, { AutomaticBackupRetentionDays: 1 }), LINK, /Disable backups before linking to a data repository\.$/],
  ['an ImportPath', 'reference', top(LINKED, { FileSystemTypeVersion: '2.15' }), LINK, /ImportPath/],
  ['a path without a slash', 'reference', PERSISTENT_2, { ...LINK, FileSystemPath: 'data' }, /forward slash/],
  ['a path out of the file system', 'reference', PERSISTENT_2, { ...LINK, FileSystemPath: '/../etc' }, /Invalid FileSystemPath/],
  ['an empty folder', 'reference', PERSISTENT_2, { ...LINK, FileSystemPath: '/a//b' }, /Invalid FileSystemPath/],
  ['no path', 'guide', PERSISTENT_2, { ...LINK, FileSystemPath: undefined }, /must be specified/],
  ['a repository that is not in S3', 'reference', PERSISTENT_2, { ...LINK, DataRepositoryPath: 'bucket/data' }, /Invalid DataRepositoryPath/],
  ['a bucket of another name than buckets have', 'reference', PERSISTENT_2, { ...LINK, DataRepositoryPath: 's3://A_B' }, /Invalid DataRepositoryPath/],
  ['a bucket that does not exist', 'guide', PERSISTENT_2, { ...LINK, DataRepositoryPath: 's3://missing-bucket' }, /^Amazon FSx is unable to validate access to the S3 bucket\./],
  ['a chunk of 512001 MiB', 'reference', PERSISTENT_2, { ...LINK, ImportedFileChunkSize: 512001 }, /'importedFileChunkSize' .* less than or equal to 512000$/],
  ['an event that is none', 'reference', PERSISTENT_2, { ...LINK, S3: { AutoImportPolicy: { Events: ['MOVED'] } } }, /'s3.autoImportPolicy.events.1.member' .* \[NEW, CHANGED, DELETED\]$/],
  ['a reserved tag', 'reference', PERSISTENT_2, { ...LINK, Tags: [{ Key: 'aws:a', Value: '' }] }, /aws:/],
];

const TASK = { Type: 'EXPORT_TO_REPOSITORY', Report: { Enabled: false } };
const REPORT = {
  Enabled: true,
  Path: 's3://bucket/data/reports',
  Format: 'REPORT_CSV_20191124',
  Scope: 'FAILED_FILES_ONLY',
};
const RELEASE = 'RELEASE_DATA_FROM_FILESYSTEM';

/** Members of CreateDataRepositoryTask on a file system that is linked to s3://bucket/data. */
// oxfmt-ignore
export const TASKS: [string, Fact, Input][] = [
  ['an export', 'guide', TASK],
  ['an import with a report', 'guide', { Type: 'IMPORT_METADATA_FROM_REPOSITORY', Paths: ['s3://bucket/data/2026'], Report: REPORT }],
  ['a release', 'guide', { ...TASK, Type: RELEASE, ReleaseConfiguration: { DurationSinceLastAccess: { Unit: 'DAYS', Value: 10 } } }],
];

/** The same, with the message; the error is BadRequest. */
// oxfmt-ignore
export const REFUSED_TASKS: [string, Fact, Input, RegExp][] = [
  ['a task of file caches', 'reference', { ...TASK, Type: 'AUTO_RELEASE_DATA' }, /Amazon File Cache/],
  ['a capacity to release', 'reference', { ...TASK, CapacityToRelease: 10 }, /Amazon File Cache/],
  ['a release configuration on another task', 'reference', { ...TASK, ReleaseConfiguration: {} }, /RELEASE_DATA_FROM_FILESYSTEM/],
  ['a duration without a unit', 'reference', { ...TASK, Type: RELEASE, ReleaseConfiguration: { DurationSinceLastAccess: { Value: 1 } } }, /Unit/],
  ['a report without a path', 'reference', { ...TASK, Report: { ...REPORT, Path: undefined } }, /Path/],
  ['a report without a format', 'reference', { ...TASK, Report: { ...REPORT, Format: undefined } }, /Format/],
  ['a report without a scope', 'reference', { ...TASK, Report: { ...REPORT, Scope: undefined } }, /Scope/],
  ['a report elsewhere', 'reference', { ...TASK, Report: { ...REPORT, Path: 's3://bucket/database' } }, /located within/],
  ['no report', 'reference', { Type: 'EXPORT_TO_REPOSITORY' }, /'report'/],
  ['a reserved tag', 'reference', { ...TASK, Tags: [{ Key: 'aws:a', Value: '' }] }, /aws:/],
];

/** CopyBackup members, error, message. */
// oxfmt-ignore
export const REFUSED_COPIES: [string, Fact, Input, string, RegExp][] = [
  ['an unknown backup', 'reference', { SourceBackupId: 'backup-0123456789' }, 'BackupNotFound', /backup-0123456789/],
  ['a backup of another region', 'reference', { SourceRegion: 'eu-west-1' }, 'BackupNotFound', /does not exist/],
  ['a region of another partition', 'guide', { SourceRegion: 'cn-north-1' }, 'InvalidRegion', /different partition/],
  ['no region', 'reference', { SourceRegion: 'nowhere' }, 'InvalidRegion', /nowhere/],
  ['a key that does not exist', 'reference', { KmsKeyId: 'alias/missing' }, 'InvalidDestinationKmsKey', /alias\/missing/],
  ['a reserved tag', 'reference', { Tags: [{ Key: 'aws:a', Value: '' }] }, 'BadRequest', /aws:/],
];

/** CreateFileSystem input, members of the LustreConfiguration that is described, those that are not. */
// oxfmt-ignore
export const DESCRIPTIONS: [string, Fact, object, object, string[]][] = [
  ['the stream that FSx makes in a log group', 'applied', log('WARN_ONLY', `${logs}/aws/fsx/mine`), { LogConfiguration: { Level: 'WARN_ONLY', Destination: expect.stringMatching(`^${logs}/aws/fsx/mine:log-stream:datarepo_fs-0[0-9a-f]{16}$`) as string } }, []],
  ['the same of an ARN as CloudFormation gives it', 'applied', log('WARN_ONLY', `${logs}/aws/fsx/mine:*`), { LogConfiguration: { Destination: expect.stringMatching(`^${logs}/aws/fsx/mine:log-stream:`) as string } }, []],
  ['nothing of backups on PERSISTENT_1 that is linked to S3', 'recorded', LINKED, { CopyTagsToBackups: false }, ['AutomaticBackupRetentionDays', 'DailyAutomaticBackupStartTime']],
  ['both on one that is not', 'reference', PERSISTENT_1, { AutomaticBackupRetentionDays: 0, DailyAutomaticBackupStartTime: expect.any(String) as string }, []],
];

/** What lists nothing: operation, list, the member for ids with one of them, and the error of an id. */
// oxfmt-ignore
export const EMPTY_LISTS: [string, Fact, string, Input, string][] = [
  ['DescribeVolumes', 'reference', 'Volumes', { VolumeIds: ['fsvol-0123456789abcdef0'] }, 'VolumeNotFound'],
  ['DescribeFileCaches', 'reference', 'FileCaches', { FileCacheIds: ['fc-0123456789abcdef0'] }, 'FileCacheNotFound'],
  ['DescribeSnapshots', 'reference', 'Snapshots', { SnapshotIds: ['fsvolsnap-0123456789abcdef0'] }, 'SnapshotNotFound'],
  ['DescribeStorageVirtualMachines', 'reference', 'StorageVirtualMachines', { StorageVirtualMachineIds: ['svm-0123456789abcdef0'] }, 'StorageVirtualMachineNotFound'],
  ['DescribeS3AccessPointAttachments', 'reference', 'S3AccessPointAttachments', { Names: ['mine'] }, 'S3AccessPointAttachmentNotFound'],
];
