/**
 * The constraints in the AWS FSx API reference for every supported request member: required members, lengths, ranges,
 * patterns, enumerations. Members that are not listed are ignored, as AWS's JSON services do. Patterns apply to the whole
 * value, and lengths count Unicode characters. If FSx's own pattern would take more than linear time, has another meaning in
 * JavaScript than in Java, or is written in another way, `documented` is FSx's pattern, for messages.
 */
export type Shape =
  | {
      kind: 'string';
      min?: number;
      max?: number;
      pattern?: RegExp;
      documented?: string;
      enum?: readonly string[];
    }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'boolean' }
  | { kind: 'list'; of: Shape; min?: number; max: number }
  | { kind: 'structure'; members: Readonly<Record<string, Shape>>; required: readonly string[] }
  /** A structure of another file system type: only its presence matters. */
  | { kind: 'foreign' };
export type Structure = Extract<Shape, { kind: 'structure' }>;

const text = (min: number, max: number, pattern: RegExp, documented?: string): Shape => ({
  kind: 'string',
  min,
  max,
  pattern,
  ...(documented === undefined ? {} : { documented }),
});
const oneOf = (...values: string[]): Shape => ({ kind: 'string', enum: values });
const integer = (min: number, max: number): Shape => ({ kind: 'integer', min, max });
const list = (of: Shape, max: number, min?: number): Shape =>
  min === undefined ? { kind: 'list', of, max } : { kind: 'list', of, max, min };
const structure = (members: Record<string, Shape>, ...required: string[]): Structure => ({
  kind: 'structure',
  members,
  required,
});
const flag: Shape = { kind: 'boolean' };
const foreign: Shape = { kind: 'foreign' };

const LARGEST_INTEGER = 2147483647;
const capacity = integer(0, LARGEST_INTEGER);
const token = text(1, 63, /^[A-z0-9_.-]{0,63}$/, '[A-za-z0-9_.-]{0,63}$');
const fileSystemId = text(11, 21, /^(fs-[0-9a-f]{8,})$/);
const backupId = text(12, 128, /^(backup-[0-9a-f]{8,})$/);
const associationId = text(13, 23, /^(dra-[0-9a-f]{8,})$/);
const taskId = text(12, 128, /^(task-[0-9a-f]{17,})$/);
const volumeId = text(23, 23, /^(fsvol-[0-9a-f]{17,})$/);
const subnetIds = list(text(15, 24, /^(subnet-[0-9a-f]{8,})$/), 50);
const securityGroupIds = list(text(11, 20, /^(sg-[0-9a-f]{8,})$/), 50);
// In Java, a dot matches any character except line terminators.
const kmsKeyId = text(1, 2048, /^[^\n\r\u0085\u2028\u2029]+$/, '^.{1,2048}$');
const version = text(1, 20, /^[0-9][^\n\r\u0085\u2028\u2029]*$/, '^[0-9](.[0-9]*)*$');
const path = text(
  3,
  4357,
  // oxlint-disable-next-line no-control-regex -- as documented
  /^[^\u0000\u0085\u2028\u2029\r\n]+$/,
  '^[^\\u0000\\u0085\\u2028\\u2029\\r\\n]{3,4357}$',
);
const fileSystemPath = text(
  1,
  4096,
  // oxlint-disable-next-line no-control-regex -- as documented
  /^[^\u0000\u0085\u2028\u2029\r\n]+$/,
  '^[^\\u0000\\u0085\\u2028\\u2029\\r\\n]{1,4096}$',
);
const taskPath = text(
  0,
  4096,
  // oxlint-disable-next-line no-control-regex -- as documented
  /^[^\u0000\u0085\u2028\u2029\r\n]*$/,
  '^[^\\u0000\\u0085\\u2028\\u2029\\r\\n]{0,4096}$',
);
const weeklyTime = text(7, 7, /^[1-7]:([01]\d|2[0-3]):?([0-5]\d)$/);
const dailyTime = text(5, 5, /^([01]\d|2[0-3]):?([0-5]\d)$/);
const arn = text(
  8,
  1024,
  /^arn:[^:]{1,63}:[^:]{0,63}:[^:]{0,63}:(?:|\d{12}):[^/][^\n\r\u0085\u2028\u2029]*$/,
  '^arn:[^:]{1,63}:[^:]{0,63}:[^:]{0,63}:(?:|\\d{12}):[^/].{0,1023}$',
);
// Partition and region have letters, digits and single hyphens. The part after the account must not begin with a slash.
const resourceArn = text(
  8,
  512,
  /^arn:[a-z0-9]+(?:-[a-z0-9]+)*:fsx:[a-z0-9]+(?:-[a-z0-9]+)*:\d{12}:(?!\/)[^\n\r\u0085\u2028\u2029]*$/,
  '^arn:(?=[^:]+:fsx:[^:]+:\\d{12}:)((|(?=[a-z0-9-.]{1,63})(?!\\d{1,3}(\\.\\d{1,3}){3})(?![^:]*-{2})(?![^:]*-\\.)(?![^:]*\\.-)[a-z0-9].*(?<!-)):){4}(?!/).{0,1024}$',
);
const tagText = /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u;
const tagKey = text(1, 128, tagText);
const tags = list(structure({ Key: tagKey, Value: text(0, 256, tagText) }, 'Key', 'Value'), 50, 1);
const networkType = oneOf('IPV4', 'DUAL');
const storageType = oneOf('SSD', 'HDD', 'INTELLIGENT_TIERING');
const page = {
  MaxResults: integer(1, LARGEST_INTEGER),
  NextToken: text(
    1,
    255,
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    '^(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=)?$',
  ),
};

const filterValues = list(
  text(1, 128, /^[0-9a-zA-Z*.\\/?\-_]*$/, '^[0-9a-zA-Z\\*\\.\\\\/\\?\\-\\_]*$'),
  20,
);
const filterOf = (...names: string[]): Structure =>
  structure({ Name: oneOf(...names), Values: filterValues });
const filters = list(
  filterOf(
    'file-system-id',
    'backup-type',
    'file-system-type',
    'volume-id',
    'data-repository-type',
    'file-cache-id',
    'file-cache-type',
  ),
  10,
);
const fileChunkSize = integer(1, 512000);
const eventPolicy = structure({ Events: list(oneOf('NEW', 'CHANGED', 'DELETED'), 3) });
const s3 = structure({ AutoImportPolicy: eventPolicy, AutoExportPolicy: eventPolicy });

const metadataMembers = {
  Iops: integer(1500, 192000),
  Mode: oneOf('AUTOMATIC', 'USER_PROVISIONED'),
};
const updatable = {
  WeeklyMaintenanceStartTime: weeklyTime,
  DailyAutomaticBackupStartTime: dailyTime,
  AutomaticBackupRetentionDays: integer(0, 90),
  AutoImportPolicy: oneOf('NONE', 'NEW', 'NEW_CHANGED', 'NEW_CHANGED_DELETED'),
  DataCompressionType: oneOf('NONE', 'LZ4'),
  LogConfiguration: structure(
    { Level: oneOf('DISABLED', 'WARN_ONLY', 'ERROR_ONLY', 'WARN_ERROR'), Destination: arn },
    'Level',
  ),
  RootSquashConfiguration: structure({
    RootSquash: text(3, 21, /^([0-9]{1,10}):([0-9]{1,10})$/),
    NoSquashNids: list(
      text(
        11,
        43,
        /^([0-9[\]-]*\.){3}([0-9[\]-]*)@tcp$/,
        '^([0-9\\[\\]\\-]*\\.){3}([0-9\\[\\]\\-]*)@tcp$',
      ),
      64,
    ),
  }),
  PerUnitStorageThroughput: integer(12, 1000),
  ThroughputCapacity: integer(4000, 2000000),
  DataReadCacheConfiguration: structure({
    SizingMode: oneOf('NO_CACHE', 'USER_PROVISIONED', 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'),
    SizeGiB: capacity,
  }),
};
const createLustre = structure({
  ...updatable,
  DeploymentType: oneOf('SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'),
  ImportPath: path,
  ExportPath: path,
  ImportedFileChunkSize: fileChunkSize,
  CopyTagsToBackups: flag,
  DriveCacheType: oneOf('NONE', 'READ'),
  EfaEnabled: flag,
  MetadataConfiguration: structure(metadataMembers, 'Mode'),
});
const updateLustre = structure({
  ...updatable,
  MetadataConfiguration: structure(metadataMembers),
});

const creation = {
  ClientRequestToken: token,
  StorageCapacity: capacity,
  StorageType: storageType,
  SubnetIds: subnetIds,
  SecurityGroupIds: securityGroupIds,
  Tags: tags,
  KmsKeyId: kmsKeyId,
  LustreConfiguration: createLustre,
  WindowsConfiguration: foreign,
  OpenZFSConfiguration: foreign,
  FileSystemTypeVersion: version,
  NetworkType: networkType,
};

/** The input of each operation. */
export const REQUESTS = {
  CreateFileSystem: structure(
    {
      FileSystemType: oneOf('WINDOWS', 'LUSTRE', 'ONTAP', 'OPENZFS'),
      OntapConfiguration: foreign,
      ...creation,
    },
    'FileSystemType',
    'SubnetIds',
  ),
  CreateFileSystemFromBackup: structure(
    { BackupId: backupId, ...creation },
    'BackupId',
    'SubnetIds',
  ),
  DescribeFileSystems: structure({ FileSystemIds: list(fileSystemId, 50), ...page }),
  UpdateFileSystem: structure(
    {
      FileSystemId: fileSystemId,
      ClientRequestToken: token,
      StorageCapacity: capacity,
      StorageType: storageType,
      FileSystemTypeVersion: version,
      NetworkType: networkType,
      LustreConfiguration: updateLustre,
      WindowsConfiguration: foreign,
      OntapConfiguration: foreign,
      OpenZFSConfiguration: foreign,
    },
    'FileSystemId',
  ),
  DeleteFileSystem: structure(
    {
      FileSystemId: fileSystemId,
      ClientRequestToken: token,
      LustreConfiguration: structure({ SkipFinalBackup: flag, FinalBackupTags: tags }),
      WindowsConfiguration: foreign,
      OpenZFSConfiguration: foreign,
    },
    'FileSystemId',
  ),
  TagResource: structure({ ResourceARN: resourceArn, Tags: tags }, 'ResourceARN', 'Tags'),
  UntagResource: structure(
    { ResourceARN: resourceArn, TagKeys: list(tagKey, 50, 1) },
    'ResourceARN',
    'TagKeys',
  ),
  ListTagsForResource: structure({ ResourceARN: resourceArn, ...page }, 'ResourceARN'),
  CreateBackup: structure({
    FileSystemId: fileSystemId,
    VolumeId: volumeId,
    ClientRequestToken: token,
    Tags: tags,
  }),
  DescribeBackups: structure({
    BackupIds: list(backupId, 50),
    Filters: filters,
    ...page,
  }),
  DeleteBackup: structure({ BackupId: backupId, ClientRequestToken: token }, 'BackupId'),
  CopyBackup: structure(
    {
      ClientRequestToken: token,
      SourceBackupId: backupId,
      SourceRegion: text(1, 20, /^[a-z0-9-]{1,20}$/),
      KmsKeyId: kmsKeyId,
      CopyTags: flag,
      Tags: tags,
    },
    'SourceBackupId',
  ),
  CreateDataRepositoryAssociation: structure(
    {
      FileSystemId: fileSystemId,
      FileSystemPath: fileSystemPath,
      DataRepositoryPath: path,
      BatchImportMetaDataOnCreate: flag,
      ImportedFileChunkSize: fileChunkSize,
      S3: s3,
      ClientRequestToken: token,
      Tags: tags,
    },
    'FileSystemId',
    'DataRepositoryPath',
  ),
  DescribeDataRepositoryAssociations: structure({
    AssociationIds: list(associationId, 50),
    Filters: filters,
    MaxResults: integer(1, 25),
    NextToken: page.NextToken,
  }),
  UpdateDataRepositoryAssociation: structure(
    {
      AssociationId: associationId,
      ClientRequestToken: token,
      ImportedFileChunkSize: fileChunkSize,
      S3: s3,
    },
    'AssociationId',
  ),
  DeleteDataRepositoryAssociation: structure(
    { AssociationId: associationId, ClientRequestToken: token, DeleteDataInFileSystem: flag },
    'AssociationId',
  ),
  CreateDataRepositoryTask: structure(
    {
      Type: oneOf(
        'EXPORT_TO_REPOSITORY',
        'IMPORT_METADATA_FROM_REPOSITORY',
        'RELEASE_DATA_FROM_FILESYSTEM',
        'AUTO_RELEASE_DATA',
      ),
      FileSystemId: fileSystemId,
      Paths: list(taskPath, 100),
      Report: structure(
        {
          Enabled: flag,
          Path: path,
          Format: oneOf('REPORT_CSV_20191124'),
          Scope: oneOf('FAILED_FILES_ONLY'),
        },
        'Enabled',
      ),
      ClientRequestToken: token,
      Tags: tags,
      CapacityToRelease: integer(1, LARGEST_INTEGER),
      ReleaseConfiguration: structure({
        DurationSinceLastAccess: structure({
          Unit: oneOf('DAYS'),
          Value: integer(0, Number.MAX_SAFE_INTEGER),
        }),
      }),
    },
    'Type',
    'FileSystemId',
    'Report',
  ),
  DescribeDataRepositoryTasks: structure({
    TaskIds: list(taskId, 50),
    Filters: list(
      filterOf(
        'file-system-id',
        'task-lifecycle',
        'data-repository-association-id',
        'file-cache-id',
      ),
      3,
    ),
    ...page,
  }),
  CancelDataRepositoryTask: structure({ TaskId: taskId }, 'TaskId'),
  DescribeVolumes: structure({
    VolumeIds: list(volumeId, 50),
    Filters: list(filterOf('file-system-id', 'storage-virtual-machine-id'), 2),
    ...page,
  }),
  DescribeFileCaches: structure({
    FileCacheIds: list(text(11, 21, /^(fc-[0-9a-f]{8,})$/), 50),
    ...page,
  }),
  DescribeSnapshots: structure({
    SnapshotIds: list(text(11, 28, /^((fs)?volsnap-[0-9a-f]{8,})$/), 50),
    Filters: list(filterOf('file-system-id', 'volume-id'), 2),
    ...page,
    IncludeShared: flag,
  }),
  DescribeStorageVirtualMachines: structure({
    StorageVirtualMachineIds: list(text(21, 21, /^(svm-[0-9a-f]{17,})$/), 50),
    Filters: list(filterOf('file-system-id'), 1),
    ...page,
  }),
  DescribeS3AccessPointAttachments: structure({
    Names: list(text(3, 50, /^(?=[a-z0-9])[a-z0-9-]{1,48}[a-z0-9]$/), 50),
    Filters: list(filterOf('file-system-id', 'volume-id', 'type'), 2),
    ...page,
  }),
  DescribeSharedVpcConfiguration: structure({}),
  DescribeFileSystemAliases: structure(
    { ClientRequestToken: token, FileSystemId: fileSystemId, ...page },
    'FileSystemId',
  ),
} as const satisfies Record<string, Structure>;

export type Operation = keyof typeof REQUESTS;
export const OPERATIONS = Object.keys(REQUESTS) as Operation[];
export const isOperation = (name: string): name is Operation => Object.hasOwn(REQUESTS, name);

/** Operations of the FSx API that are only for other types than Lustre (AWS FSx API reference, "Actions"). */
export const UNMODELED: readonly string[] = [
  'AssociateFileSystemAliases',
  'CopySnapshotAndUpdateVolume',
  'CreateAndAttachS3AccessPoint',
  'CreateFileCache',
  'CreateSnapshot',
  'CreateStorageVirtualMachine',
  'CreateVolume',
  'CreateVolumeFromBackup',
  'DeleteFileCache',
  'DeleteSnapshot',
  'DeleteStorageVirtualMachine',
  'DeleteVolume',
  'DetachAndDeleteS3AccessPoint',
  'DisassociateFileSystemAliases',
  'ReleaseFileSystemNfsV3Locks',
  'RestoreVolumeFromSnapshot',
  'StartMisconfiguredStateRecovery',
  'UpdateFileCache',
  'UpdateSharedVpcConfiguration',
  'UpdateSnapshot',
  'UpdateStorageVirtualMachine',
  'UpdateVolume',
];
