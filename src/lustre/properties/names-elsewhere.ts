/**
 * Names of other tools and types, and what they correspond to. Names that differ from this type's in case, underscores or
 * hyphens only, as most of those of Terraform, ParallelCluster and the CSI driver do, are not listed: `nameAdvice` handles
 * them.
 */
import type { LustreAttributes } from '../properties';

/** What a name corresponds to. */
export type Belonging =
  /** Properties of this type, by their paths; `as` says how the value differs. */
  | { readonly properties: readonly string[]; readonly as?: string }
  /** What this type returns. */
  | { readonly attribute: keyof LustreAttributes }
  /** Another resource type; `which` says what that is for. */
  | { readonly resource: string; readonly which: string }
  /** Attributes of the resource, beside Properties. */
  | { readonly beside: readonly string[] }
  /** Nowhere: what to do about it, and whether that is to omit it and nothing else. */
  | { readonly advice: string; readonly drop?: true }
  /** An object whose members are properties of this type. */
  | { readonly advice: string; readonly holdsProperties: true };

/** The names of one tool or type. */
export interface Origin {
  readonly from: string;
  /** Where its names are documented. */
  readonly source: string;
  /**
   * Each name as it is written there. A name that means something else inside an object of this type has the object as a
   * prefix; `Tags[]` stands for every list of tags.
   */
  readonly names: Readonly<Record<string, Belonging>>;
}

const property = (path: string, as?: string): Belonging => ({
  properties: [path],
  ...(as !== undefined && { as }),
});
const properties = (...paths: readonly string[]): Belonging => ({ properties: paths });
const attribute = (name: keyof LustreAttributes): Belonging => ({ attribute: name });
const beside = (...names: readonly string[]): Belonging => ({ beside: names });
const advice = (what: string): Belonging => ({ advice: what });
const drop = (why: string): Belonging => ({ advice: `${why}. Omit it`, drop: true });

/** Gives several names the same meaning. */
const all = (names: readonly string[], belonging: Belonging): Record<string, Belonging> =>
  Object.fromEntries(names.map((name) => [name, belonging]));

const ONE_SUBNET = property('SubnetIds', 'a list with one subnet ID');
const GROUP_IDS = property('SecurityGroupIds', 'a list of IDs');
const LISTED_TAGS = property('Tags', 'a list of Key and Value');
const NAME_TAG = property('Tags', 'with a tag whose Key is Name');
const ROOT_SQUASH = property('RootSquashConfiguration.RootSquash', 'UID:GID');
const FLAT: Belonging = {
  advice: 'move its members up one level, beside the other properties',
  holdsProperties: true,
};
const KEEP = beside('DeletionPolicy', 'UpdateReplacePolicy');
const CLIENTS = advice(
  'it configures how clients mount. Omit it; MountCommand returns the mount command',
);
const ENCRYPTED = advice('FSx encrypts every file system. Omit it; KmsKeyId selects the key');
const SWITCHED_BACKUPS = property('AutomaticBackupRetentionDays', 'where 0 turns backups off');
const IMPORT_PATH = property(
  'ImportPath',
  's3://BUCKET/PREFIX; on PERSISTENT_2, AWS::FSx::DataRepositoryAssociation has it',
);
const THROUGHPUT = advice(
  'DeploymentType and PerUnitStorageThroughput determine the throughput. Omit it',
);
const REPORTED = drop('FSx reports it');
const IPV4 = drop('clients reach FSx for Lustre over IPv4');
const BY_SUBNET = drop('the subnet determines it');

const ASSOCIATION: Belonging = {
  resource: 'AWS::FSx::DataRepositoryAssociation',
  which: 'a separate resource that links the file system to S3',
};
const FILE_CACHE: Belonging = {
  resource: 'AWS::FSx::FileCache',
  which: 'a separate resource that creates an Amazon File Cache',
};
const ofType = (type: string): Belonging => ({
  resource: 'AWS::FSx::FileSystem',
  which: `for file systems of the type ${type}; this type is always LUSTRE`,
});

/** The names of other tools and types, in the order of the manual's table. */
export const NAMES_ELSEWHERE: readonly Origin[] = [
  {
    from: 'AWS::FSx::FileSystem',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filesystem.html',
    names: {
      LustreConfiguration: FLAT,
      FileSystemType: drop('this type is always LUSTRE'),
      NetworkType: IPV4,
      Id: attribute('FileSystemId'),
      LustreMountName: attribute('MountName'),
      RootVolumeId: drop('only FSx for OpenZFS has a root volume'),
      ...all(
        [
          'WindowsConfiguration',
          'ActiveDirectoryId',
          'SelfManagedActiveDirectoryConfiguration',
          'Aliases',
          'AuditLogConfiguration',
          'FsrmConfiguration',
        ],
        ofType('WINDOWS'),
      ),
      ...all(
        ['OntapConfiguration', 'FsxAdminPassword', 'HAPairs', 'ThroughputCapacityPerHAPair'],
        ofType('ONTAP'),
      ),
      ...all(
        ['OpenZFSConfiguration', 'CopyTagsToVolumes', 'RootVolumeConfiguration', 'Options'],
        ofType('OPENZFS'),
      ),
      ReadCacheConfiguration: property('DataReadCacheConfiguration', 'with its own members'),
      ...all(
        ['EndpointIpAddressRange', 'EndpointIpv6AddressRange', 'RouteTableIds'],
        ofType('ONTAP or OPENZFS'),
      ),
      ...all(['PreferredSubnetId', 'DiskIopsConfiguration'], ofType('WINDOWS, ONTAP or OPENZFS')),
    },
  },
  {
    from: 'AWS::FSx::DataRepositoryAssociation',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-datarepositoryassociation.html',
    names: all(
      [
        'DataRepositoryAssociations',
        'DataRepositoryAssociation',
        'DataRepositoryAssociationIds',
        'AssociationId',
        'DataRepositoryPath',
        'DeleteDataInFileSystem',
        'FileSystemPath',
        'BatchImportMetaDataOnCreate',
        'S3',
        'S3DataRepositoryConfiguration',
        'AutoExportPolicy',
        'AutoExport',
        'ExportPolicy',
        'Events',
      ],
      ASSOCIATION,
    ),
  },
  {
    from: 'AWS::FSx::FileCache',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filecache.html',
    names: all(
      [
        'FileCacheType',
        'FileCacheTypeVersion',
        'FileCacheId',
        'CopyTagsToDataRepositoryAssociations',
        'DataRepositorySubdirectories',
      ],
      FILE_CACHE,
    ),
  },
  {
    from: 'CloudFormation',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html',
    names: {
      DeletionPolicy: beside('DeletionPolicy'),
      UpdateReplacePolicy: beside('UpdateReplacePolicy'),
      DependsOn: beside('DependsOn'),
      Condition: beside('Condition'),
      Metadata: beside('Metadata'),
      CreationPolicy: drop('CloudFormation already waits for the file system'),
      UpdatePolicy: drop('CloudFormation has it for other resource types only'),
      Type: beside('Type'),
      Properties: {
        advice: 'a resource has Properties only once. Move its members up one level',
        holdsProperties: true,
      },
      'Tags[].PropagateAtLaunch': drop('only Auto Scaling groups have it'),
    },
  },
  {
    from: 'FSx API',
    source: 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_FileSystem.html',
    names: {
      ...all(['LustreFileSystemConfiguration', 'DataRepositoryConfiguration'], FLAT),
      ...all(['Arn', 'FileSystemArn'], attribute('ResourceARN')),
      ...all(['Lifecycle', 'FailureDetails', 'AdministrativeActions', 'CreationTime'], REPORTED),
      ClientRequestToken: drop('the type creates one for each operation'),
      EfaSupport: property('EfaEnabled'),
      ...all(['Backup', 'SourceBackupId'], property('BackupId')),
    },
  },
  {
    from: 'Terraform and Pulumi',
    source:
      'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_lustre_file_system',
    names: {
      tags_all: LISTED_TAGS,
      timeouts: drop('the type waits as long as FSx needs'),
      region: drop('the stack determines the region'),
      prevent_destroy: KEEP,
      'DataReadCacheConfiguration.size': property('DataReadCacheConfiguration.SizeGiB'),
      'DataReadCacheConfiguration.mode': property('DataReadCacheConfiguration.SizingMode'),
    },
  },
  {
    from: 'AWS CDK',
    source:
      'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_fsx.LustreFileSystemProps.html',
    names: {
      vpc: BY_SUBNET,
      vpcSubnet: ONE_SUBNET,
      securityGroup: GROUP_IDS,
      storageCapacityGiB: property('StorageCapacity', 'in GiB'),
      kmsKey: property('KmsKeyId', 'the ID, alias or ARN of the key'),
      importedFileChunkSizeMiB: property('ImportedFileChunkSize', 'in MiB'),
      automaticBackupRetention: property('AutomaticBackupRetentionDays', 'a number of days'),
      removalPolicy: KEEP,
    },
  },
  {
    from: 'AWS ParallelCluster',
    source: 'https://docs.aws.amazon.com/parallelcluster/latest/ug/SharedStorage-v3.html',
    names: {
      SharedStorage: advice(
        'it belongs in the configuration of a cluster, whose FsxLustreSettings take the FileSystemId of this resource',
      ),
      FsxLustreSettings: FLAT,
      Name: NAME_TAG,
      MountDir: CLIENTS,
      AdditionalSecurityGroups: GROUP_IDS,
    },
  },
  {
    from: 'AWS ParallelCluster 2',
    source: 'https://docs.aws.amazon.com/parallelcluster/v2/ug/fsx-section.html',
    names: {
      shared_dir: CLIENTS,
      fsx_backup_id: property('BackupId'),
      fsx_fs_id: attribute('FileSystemId'),
      fsx_kms_key_id: property('KmsKeyId'),
    },
  },
  {
    from: 'Amazon RDS, EBS and EFS',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html',
    names: {
      ...all(
        ['AllocatedStorage', 'Size', 'SizeGB', 'VolumeSize'],
        property('StorageCapacity', 'in GiB'),
      ),
      AvailabilityZoneName: BY_SUBNET,
      BackupRetentionPeriod: property('AutomaticBackupRetentionDays'),
      BackupPolicy: SWITCHED_BACKUPS,
      CopyTagsToSnapshot: property('CopyTagsToBackups'),
      DeletionProtection: KEEP,
      ...all(['Encrypted', 'StorageEncrypted'], ENCRYPTED),
      EngineVersion: property('FileSystemTypeVersion'),
      FileSystemTags: LISTED_TAGS,
      FinalSnapshotIdentifier: property('FinalBackupTags', 'as a tag whose Key is Name'),
      KmsMasterKeyId: property('KmsKeyId'),
      ...all(['PerformanceMode', 'ThroughputMode'], THROUGHPUT),
      ...all(
        ['PreferredBackupWindow', 'BackupWindow'],
        property('DailyAutomaticBackupStartTime', 'HH:MM in UTC'),
      ),
      ...all(
        ['PreferredMaintenanceWindow', 'MaintenanceWindow'],
        property('WeeklyMaintenanceStartTime', 'd:HH:MM in UTC'),
      ),
      ProvisionedThroughputInMibps: property('PerUnitStorageThroughput', 'in MB/s per TiB'),
      SkipFinalSnapshot: property('SkipFinalBackup'),
      ...all(['SnapshotId', 'SnapshotIdentifier'], property('BackupId', 'the ID of a backup')),
      TagSpecifications: LISTED_TAGS,
    },
  },
  {
    from: 'FSx for Lustre CSI driver',
    source: 'https://github.com/kubernetes-sigs/aws-fsx-csi-driver/tree/master/examples/kubernetes',
    names: {
      subnetId: ONE_SUBNET,
      s3ImportPath: property('ImportPath'),
      s3ExportPath: property('ExportPath'),
      extraTags: LISTED_TAGS,
      metadataConfigurationMode: property('MetadataConfiguration.Mode'),
      metadataIops: property('MetadataConfiguration.Iops'),
      metadataMode: property('MetadataConfiguration.Mode'),
      dataReadCacheSizingMode: property('DataReadCacheConfiguration.SizingMode'),
      dataReadCacheSizeGiB: property('DataReadCacheConfiguration.SizeGiB'),
      reclaimPolicy: KEEP,
      mountOptions: CLIENTS,
      ...all(['storage', 'capacity'], property('StorageCapacity', 'in GiB')),
      ...all(
        [
          'DataReadCacheConfiguration.storage',
          'DataReadCacheConfiguration.capacity',
          'DataReadCacheConfiguration.sizeGB',
        ],
        property('DataReadCacheConfiguration.SizeGiB'),
      ),
      ...all(
        ['provisioner', 'allowVolumeExpansion', 'volumeBindingMode', 'accessModes'],
        drop('it belongs in a Kubernetes StorageClass or PersistentVolumeClaim'),
      ),
    },
  },
  {
    from: 'SageMaker HyperPod',
    source: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_FSxLustreConfig.html',
    names: {
      FSxLustreConfig: FLAT,
      SizeInGiB: property('StorageCapacity', 'in GiB'),
      'DataReadCacheConfiguration.SizeInGiB': property('DataReadCacheConfiguration.SizeGiB'),
    },
  },
  {
    from: 'FSx console',
    source: 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/getting-started.html',
    names: {
      FileSystemName: NAME_TAG,
      DeploymentAndStorageClass: properties('DeploymentType', 'StorageType'),
      StorageClass: property('StorageType'),
      ThroughputPerUnitOfStorage: property('PerUnitStorageThroughput', 'in MB/s per TiB'),
      LustreVersion: property('FileSystemTypeVersion'),
      SSDReadCache: property('DataReadCacheConfiguration'),
      VirtualPrivateCloud: BY_SUBNET,
      AvailabilityZone: BY_SUBNET,
      ...all(['Subnet', 'Subnets'], ONE_SUBNET),
      ...all(
        ['VPCSecurityGroups', 'VpcSecurityGroupIds', 'SecurityGroups', 'SecurityGroupId'],
        GROUP_IDS,
      ),
      Encryption: ENCRYPTED,
      ...all(['EncryptionKey', 'KmsKeyArn'], property('KmsKeyId')),
      ...all(
        ['DataRepositoryImportExport', 'ImportMetadataFromRepository', 'ImportSettings'],
        ASSOCIATION,
      ),
      ...all(['ImportBucket', 'ImportPrefix', 'S3Bucket', 'BucketName'], IMPORT_PATH),
      ...all(['ExportBucket', 'ExportPrefix'], property('ExportPath', 's3://BUCKET/PREFIX')),
      ...all(['MountPoint', 'MountPath'], CLIENTS),
      ImportPolicy: property('AutoImportPolicy', 'or AWS::FSx::DataRepositoryAssociation'),
      AutoImport: property('AutoImportPolicy'),
      ...all(['Logging', 'LoggingConfiguration'], property('LogConfiguration')),
      ...all(['DailyAutomaticBackup', 'Backups'], SWITCHED_BACKUPS),
      DailyAutomaticBackupWindow: property('DailyAutomaticBackupStartTime'),
      AutomaticBackupRetentionPeriod: property('AutomaticBackupRetentionDays'),
      WeeklyMaintenanceWindow: property('WeeklyMaintenanceStartTime'),
      ExceptionsToRootSquash: property('RootSquashConfiguration.NoSquashNids'),
      ...all(['UserID', 'GroupID', 'Uid', 'Gid'], ROOT_SQUASH),
      ClientAddresses: property('RootSquashConfiguration.NoSquashNids'),
      ...all(
        ['LogGroup', 'LogGroupName', 'LogGroupArn', 'LogDestination', 'AuditLogDestination'],
        property('LogConfiguration.Destination', 'the ARN of the log group'),
      ),
      LogLevel: property('LogConfiguration.Level'),
    },
  },
  {
    from: 'the tagging APIs of other services',
    source:
      'https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html',
    names: {
      ...all(['Key', 'Value'], property('Tags', 'a list of Key and Value')),
      'Tags[].TagKey': property('Tags[].Key'),
      'Tags[].TagValue': property('Tags[].Value'),
      'Tags[].Name': property('Tags[].Key'),
    },
  },
];
