import type { FileSystem } from '@aws-sdk/client-fsx';
import type { LustreAttributes, LustreProperties } from '../lustre/properties';

export interface Description {
  properties: LustreProperties;
  attributes: LustreAttributes;
}

/**
 * What DescribeFileSystems says of a Lustre file system, under the names of this type: nothing null, nothing empty,
 * nothing that a template could not have asked for in these words. FSx never returns SecurityGroupIds and BackupId.
 */
export function describeFileSystem(fileSystem: FileSystem): Description {
  const lustre = fileSystem.LustreConfiguration ?? {};
  const repository = lustre.DataRepositoryConfiguration ?? {};
  const { MetadataConfiguration: metadata, DataReadCacheConfiguration: cache } = lustre;
  const log = lustre.LogConfiguration;
  const squash = lustre.RootSquashConfiguration;
  const properties = {
    // An INTELLIGENT_TIERING file system has no capacity of its own.
    StorageCapacity: fileSystem.StorageCapacity === 0 ? undefined : fileSystem.StorageCapacity,
    StorageType: fileSystem.StorageType,
    DeploymentType: lustre.DeploymentType,
    SubnetIds: fileSystem.SubnetIds,
    PerUnitStorageThroughput: lustre.PerUnitStorageThroughput,
    ThroughputCapacity: lustre.ThroughputCapacity,
    DataReadCacheConfiguration: cache && {
      SizingMode: cache.SizingMode,
      SizeGiB: cache.SizingMode === 'USER_PROVISIONED' ? cache.SizeGiB : undefined,
    },
    ImportPath: repository.ImportPath,
    ExportPath: repository.ExportPath,
    AutoImportPolicy: repository.AutoImportPolicy,
    ImportedFileChunkSize: repository.ImportedFileChunkSize,
    // FSx leaves out what a deployment does not have; a template may say so explicitly.
    AutomaticBackupRetentionDays: lustre.AutomaticBackupRetentionDays ?? 0,
    // FSx assigns a window to every persistent file system; a template may not name one without backups.
    DailyAutomaticBackupStartTime: lustre.AutomaticBackupRetentionDays
      ? lustre.DailyAutomaticBackupStartTime
      : undefined,
    CopyTagsToBackups: lustre.CopyTagsToBackups ?? false,
    WeeklyMaintenanceStartTime: lustre.WeeklyMaintenanceStartTime,
    DataCompressionType: lustre.DataCompressionType,
    DriveCacheType: lustre.DriveCacheType,
    KmsKeyId: fileSystem.KmsKeyId,
    FileSystemTypeVersion: fileSystem.FileSystemTypeVersion,
    EfaEnabled: lustre.EfaEnabled ?? false,
    // FSx tells the current IOPS in AUTOMATIC mode too, where a template may not give them.
    MetadataConfiguration: metadata && {
      Mode: metadata.Mode,
      Iops: metadata.Mode === 'USER_PROVISIONED' ? metadata.Iops : undefined,
    },
    LogConfiguration: log && {
      Level: log.Level,
      Destination: log.Destination && logGroupArn(log.Destination),
    },
    RootSquashConfiguration: squash && {
      RootSquash: squash.RootSquash,
      NoSquashNids: squash.NoSquashNids,
    },
    Tags: fileSystem.Tags?.filter(({ Key }) => !Key?.startsWith('aws:')).map(({ Key, Value }) => ({
      Key,
      Value: Value ?? '',
    })),
  };
  const attributes = {
    FileSystemId: fileSystem.FileSystemId,
    ResourceARN: fileSystem.ResourceARN,
    DNSName: fileSystem.DNSName,
    MountName: lustre.MountName,
    NetworkInterfaceIds: fileSystem.NetworkInterfaceIds,
    VpcId: fileSystem.VpcId,
    OwnerId: fileSystem.OwnerId,
    MountCommand: mountCommand(fileSystem.DNSName, lustre.MountName),
  };
  return {
    properties: present(properties) as LustreProperties,
    attributes: present(attributes) as LustreAttributes,
  };
}

/** Whether a file system outlives a failure of its servers; scratch ones have no backups and take no choice about them. */
export function isPersistent({ LustreConfiguration }: FileSystem): boolean {
  return LustreConfiguration?.DeploymentType?.startsWith('PERSISTENT') ?? false;
}

/** The mount command of the FSx for Lustre user guide, mounting at /fsx. */
function mountCommand(
  dnsName: string | undefined,
  mountName: string | undefined,
): string | undefined {
  return (
    dnsName &&
    mountName &&
    `sudo mount -t lustre -o relatime,flock ${dnsName}@tcp:/${mountName} /fsx`
  );
}

/** FSx names the log stream it writes to; the template named the group, with or without the `:*` of GetAtt Arn. */
function logGroupArn(destination: string): string {
  return destination.replace(/:(log-stream:.*|\*)$/, '');
}

/** The value without members that are undefined, null, or empty lists and objects, at any depth. */
function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const members = Object.entries(value)
    .map(([name, member]) => [name, present(member)] as const)
    .filter(([, member]) => member !== undefined && !isEmpty(member));
  return Object.fromEntries(members);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
