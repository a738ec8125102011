/**
 * The data types of the operations, as far as Lustre uses them (AWS FSx API reference, "Data Types"). Times are epoch
 * seconds, as in JSON 1.1.
 */
export type FileSystemType = 'LUSTRE' | 'WINDOWS' | 'ONTAP' | 'OPENZFS';
export type StorageType = 'SSD' | 'HDD' | 'INTELLIGENT_TIERING';
export type DeploymentType = 'SCRATCH_1' | 'SCRATCH_2' | 'PERSISTENT_1' | 'PERSISTENT_2';
type MetadataMode = 'AUTOMATIC' | 'USER_PROVISIONED';
export type FileSystemLifecycle =
  | 'AVAILABLE'
  | 'CREATING'
  | 'FAILED'
  | 'DELETING'
  | 'MISCONFIGURED'
  | 'UPDATING'
  | 'MISCONFIGURED_UNAVAILABLE';
export type ActionStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'UPDATED_OPTIMIZING'
  | 'COMPLETED'
  | 'FAILED';

export interface Tag {
  Key: string;
  Value: string;
}

export interface MetadataConfiguration {
  Mode?: MetadataMode;
  Iops?: number;
}
interface ReadCacheConfiguration {
  SizingMode?: 'NO_CACHE' | 'USER_PROVISIONED' | 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY';
  SizeGiB?: number;
}
export interface LogConfiguration {
  Level: 'DISABLED' | 'WARN_ONLY' | 'ERROR_ONLY' | 'WARN_ERROR';
  Destination?: string;
}
export interface RootSquashConfiguration {
  RootSquash?: string;
  NoSquashNids?: string[];
}

/** The members of UpdateFileSystemLustreConfiguration. */
export interface UpdatableLustre {
  WeeklyMaintenanceStartTime?: string;
  DailyAutomaticBackupStartTime?: string;
  AutomaticBackupRetentionDays?: number;
  AutoImportPolicy?: string;
  DataCompressionType?: string;
  LogConfiguration?: LogConfiguration;
  RootSquashConfiguration?: RootSquashConfiguration;
  PerUnitStorageThroughput?: number;
  MetadataConfiguration?: MetadataConfiguration;
  ThroughputCapacity?: number;
  DataReadCacheConfiguration?: ReadCacheConfiguration;
}
/** The members of CreateFileSystemLustreConfiguration. */
export interface CreateLustre extends UpdatableLustre {
  DeploymentType?: DeploymentType;
  ImportPath?: string;
  ExportPath?: string;
  ImportedFileChunkSize?: number;
  CopyTagsToBackups?: boolean;
  DriveCacheType?: string;
  EfaEnabled?: boolean;
}

/** The configurations of other file system types. Only their presence matters. */
export interface OtherConfigurations {
  WindowsConfiguration?: object;
  OntapConfiguration?: object;
  OpenZFSConfiguration?: object;
}

interface CreationCommon extends OtherConfigurations {
  ClientRequestToken?: string;
  SubnetIds: string[];
  SecurityGroupIds?: string[];
  Tags?: Tag[];
  KmsKeyId?: string;
  StorageCapacity?: number;
  StorageType?: StorageType;
  FileSystemTypeVersion?: string;
  NetworkType?: string;
  LustreConfiguration?: CreateLustre;
}
export interface CreateFileSystemInput extends CreationCommon {
  FileSystemType: FileSystemType;
}
export interface CreateFromBackupInput extends CreationCommon {
  BackupId: string;
}
export interface PageInput {
  MaxResults?: number;
  NextToken?: string;
}
export interface DescribeFileSystemsInput extends PageInput {
  FileSystemIds?: string[];
}
export interface UpdateFileSystemInput extends OtherConfigurations {
  FileSystemId: string;
  ClientRequestToken?: string;
  StorageCapacity?: number;
  StorageType?: StorageType;
  FileSystemTypeVersion?: string;
  NetworkType?: string;
  LustreConfiguration?: UpdatableLustre;
}
export interface DeleteFileSystemInput extends OtherConfigurations {
  FileSystemId: string;
  ClientRequestToken?: string;
  LustreConfiguration?: { SkipFinalBackup?: boolean; FinalBackupTags?: Tag[] };
}
export interface TagResourceInput {
  ResourceARN: string;
  Tags: Tag[];
}
export interface UntagResourceInput {
  ResourceARN: string;
  TagKeys: string[];
}
export interface ListTagsInput extends PageInput {
  ResourceARN: string;
}
export interface CreateBackupInput {
  FileSystemId?: string;
  VolumeId?: string;
  ClientRequestToken?: string;
  Tags?: Tag[];
}
export interface CopyBackupInput {
  SourceBackupId: string;
  SourceRegion?: string;
  KmsKeyId?: string;
  CopyTags?: boolean;
  Tags?: Tag[];
  ClientRequestToken?: string;
}
export interface DescribeBackupsInput extends PageInput {
  BackupIds?: string[];
  Filters?: Filter[];
}
export interface DeleteBackupInput {
  BackupId: string;
  ClientRequestToken?: string;
}

export type EventType = 'NEW' | 'CHANGED' | 'DELETED';
interface EventPolicy {
  Events?: EventType[];
}
/** S3DataRepositoryConfiguration: which changes are imported from S3 and exported to it. */
export interface S3Configuration {
  AutoImportPolicy?: EventPolicy;
  AutoExportPolicy?: EventPolicy;
}
export interface Filter {
  Name?: string;
  Values?: string[];
}
export interface DescribeAliasesInput extends PageInput {
  FileSystemId: string;
}
export interface CreateAssociationInput {
  FileSystemId: string;
  FileSystemPath?: string;
  DataRepositoryPath: string;
  BatchImportMetaDataOnCreate?: boolean;
  ImportedFileChunkSize?: number;
  S3?: S3Configuration;
  ClientRequestToken?: string;
  Tags?: Tag[];
}
export interface DescribeAssociationsInput extends PageInput {
  AssociationIds?: string[];
  Filters?: Filter[];
}
export interface UpdateAssociationInput {
  AssociationId: string;
  ClientRequestToken?: string;
  ImportedFileChunkSize?: number;
  S3?: S3Configuration;
}
export interface DeleteAssociationInput {
  AssociationId: string;
  ClientRequestToken?: string;
  DeleteDataInFileSystem?: boolean;
}
export type TaskType =
  | 'EXPORT_TO_REPOSITORY'
  | 'IMPORT_METADATA_FROM_REPOSITORY'
  | 'RELEASE_DATA_FROM_FILESYSTEM'
  | 'AUTO_RELEASE_DATA';
export interface CompletionReport {
  Enabled: boolean;
  Path?: string;
  Format?: string;
  Scope?: string;
}
export interface ReleaseConfiguration {
  DurationSinceLastAccess?: { Unit?: string; Value?: number };
}
export interface CreateTaskInput {
  Type: TaskType;
  FileSystemId: string;
  Paths?: string[];
  Report: CompletionReport;
  ClientRequestToken?: string;
  Tags?: Tag[];
  CapacityToRelease?: number;
  ReleaseConfiguration?: ReleaseConfiguration;
}
export interface DescribeTasksInput extends PageInput {
  TaskIds?: string[];
  Filters?: Filter[];
}
export interface CancelTaskInput {
  TaskId: string;
}

export const ASSOCIATION_LIFECYCLES = [
  'CREATING',
  'AVAILABLE',
  'MISCONFIGURED',
  'UPDATING',
  'DELETING',
  'FAILED',
] as const;
export type AssociationLifecycle = (typeof ASSOCIATION_LIFECYCLES)[number];
/** The values of an association that an update can change. */
export interface AssociationValues {
  ImportedFileChunkSize: number;
  S3?: S3Configuration;
}
export interface DataRepositoryAssociation extends AssociationValues {
  AssociationId: string;
  ResourceARN: string;
  FileSystemId: string;
  Lifecycle: AssociationLifecycle;
  FailureDetails?: { Message: string };
  FileSystemPath: string;
  DataRepositoryPath: string;
  BatchImportMetaDataOnCreate: boolean;
  Tags: Tag[];
  CreationTime: number;
}
export type TaskLifecycle =
  | 'PENDING'
  | 'EXECUTING'
  | 'FAILED'
  | 'SUCCEEDED'
  | 'CANCELED'
  | 'CANCELING';
export interface DataRepositoryTask {
  TaskId: string;
  Lifecycle: TaskLifecycle;
  Type: TaskType;
  CreationTime: number;
  StartTime?: number;
  EndTime?: number;
  ResourceARN: string;
  Tags: Tag[];
  FileSystemId: string;
  Paths?: string[];
  FailureDetails?: { Message: string };
  Status?: {
    TotalCount: number;
    SucceededCount: number;
    FailedCount: number;
    LastUpdatedTime: number;
  };
  Report: CompletionReport;
  ReleaseConfiguration?: ReleaseConfiguration;
}

export interface DataRepositoryConfiguration {
  Lifecycle?: string;
  ImportPath?: string;
  ExportPath?: string;
  ImportedFileChunkSize?: number;
  AutoImportPolicy?: string;
  FailureDetails?: { Message: string };
}
/** LustreFileSystemConfiguration, as a description returns it. */
export interface LustreConfiguration {
  DeploymentType?: DeploymentType;
  MountName?: string;
  WeeklyMaintenanceStartTime?: string;
  DailyAutomaticBackupStartTime?: string;
  AutomaticBackupRetentionDays?: number;
  CopyTagsToBackups?: boolean;
  PerUnitStorageThroughput?: number;
  ThroughputCapacity?: number;
  DriveCacheType?: string;
  DataCompressionType?: string;
  EfaEnabled?: boolean;
  LogConfiguration?: LogConfiguration;
  RootSquashConfiguration?: RootSquashConfiguration;
  MetadataConfiguration?: MetadataConfiguration;
  DataReadCacheConfiguration?: ReadCacheConfiguration;
  DataRepositoryConfiguration?: DataRepositoryConfiguration;
}
/** The values of a description that an update can change; also TargetFileSystemValues. */
export interface FileSystemValues {
  StorageCapacity?: number;
  StorageType?: StorageType;
  FileSystemTypeVersion?: string;
  LustreConfiguration?: LustreConfiguration;
}
export interface AdministrativeAction {
  AdministrativeActionType: 'FILE_SYSTEM_UPDATE' | 'STORAGE_OPTIMIZATION';
  RequestTime: number;
  Status: ActionStatus;
  ProgressPercent?: number;
  TargetFileSystemValues?: FileSystemValues;
  FailureDetails?: { Message: string };
}
export interface FileSystem extends FileSystemValues {
  OwnerId: string;
  CreationTime: number;
  FileSystemId: string;
  FileSystemType: FileSystemType;
  /** One of FSx's states, unless the control API has set another one or none. */
  Lifecycle?: FileSystemLifecycle | (string & {});
  FailureDetails?: { Message: string };
  VpcId: string;
  SubnetIds: string[];
  NetworkInterfaceIds?: string[];
  DNSName: string;
  KmsKeyId?: string;
  ResourceARN: string;
  Tags: Tag[];
  AdministrativeActions?: AdministrativeAction[];
  NetworkType?: string;
  WindowsConfiguration?: object;
  OntapConfiguration?: object;
  OpenZFSConfiguration?: object;
}
export interface Backup {
  BackupId: string;
  Lifecycle:
    | 'AVAILABLE'
    | 'COPYING'
    | 'CREATING'
    | 'TRANSFERRING'
    | 'PENDING'
    | 'DELETED'
    | 'FAILED';
  Type: 'AUTOMATIC' | 'USER_INITIATED';
  ProgressPercent: number;
  CreationTime: number;
  KmsKeyId?: string;
  ResourceARN: string;
  Tags: Tag[];
  FileSystem: Partial<FileSystem>;
  OwnerId: string;
  SourceBackupId?: string;
  SourceBackupRegion?: string;
  ResourceType: 'FILE_SYSTEM';
}
