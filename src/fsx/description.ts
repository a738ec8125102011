import type { FileSystem } from '@aws-sdk/client-fsx';
import { isObject } from '../lustre/json';
import { LEFT_OUT } from '../lustre/properties/left-out';
import type { LustreAttributes, LustreProperties } from '../lustre/properties';
import type { NamesWhere } from '../lustre/properties/property-table';

/** A described file system, as properties and attributes of this type. */
export interface Description {
  properties: LustreProperties;
  attributes: LustreAttributes;
}

/**
 * Converts a description of a Lustre file system to properties of this type. Nothing is null, and every value is one that a
 * template may set. Values that FSx means by omitting a property are included, empty lists too: a template may set them,
 * CloudFormation compares the model with the template, and a read handler does not see the template. FSx never returns
 * SecurityGroupIds and BackupId.
 */
export function describeFileSystem(fileSystem: FileSystem): Description {
  const lustre = fileSystem.LustreConfiguration ?? {};
  const repository = lustre.DataRepositoryConfiguration ?? {};
  const { MetadataConfiguration: metadata, DataReadCacheConfiguration: cache } = lustre;
  const log = lustre.LogConfiguration;
  const squash = lustre.RootSquashConfiguration;
  const properties = {
    // INTELLIGENT_TIERING has no StorageCapacity.
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
    AutoImportPolicy:
      repository.AutoImportPolicy ?? (repository.ImportPath && LEFT_OUT.AutoImportPolicy),
    ImportedFileChunkSize: repository.ImportedFileChunkSize,
    AutomaticBackupRetentionDays:
      lustre.AutomaticBackupRetentionDays ?? LEFT_OUT.AutomaticBackupRetentionDays,
    // FSx assigns a window to every persistent file system, but a template must not set one without automatic backups.
    DailyAutomaticBackupStartTime: lustre.AutomaticBackupRetentionDays
      ? lustre.DailyAutomaticBackupStartTime
      : undefined,
    CopyTagsToBackups: lustre.CopyTagsToBackups ?? LEFT_OUT.CopyTagsToBackups,
    WeeklyMaintenanceStartTime: lustre.WeeklyMaintenanceStartTime,
    DataCompressionType: lustre.DataCompressionType ?? LEFT_OUT.DataCompressionType,
    DriveCacheType:
      lustre.DriveCacheType ??
      (fileSystem.StorageType === 'HDD' ? LEFT_OUT.DriveCacheType : undefined),
    KmsKeyId: fileSystem.KmsKeyId,
    FileSystemTypeVersion: fileSystem.FileSystemTypeVersion,
    EfaEnabled: lustre.EfaEnabled ?? LEFT_OUT.EfaEnabled,
    // With Mode AUTOMATIC, FSx returns the current IOPS, which a template must not set.
    MetadataConfiguration: metadata && {
      Mode: metadata.Mode,
      Iops: metadata.Mode === 'USER_PROVISIONED' ? metadata.Iops : undefined,
    },
    LogConfiguration: {
      Level: log?.Level ?? LEFT_OUT.LogConfiguration.Level,
      Destination: log?.Destination && logGroupArn(log.Destination),
    },
    RootSquashConfiguration: {
      RootSquash: squash?.RootSquash ?? LEFT_OUT.RootSquashConfiguration.RootSquash,
      NoSquashNids: squash?.NoSquashNids ?? LEFT_OUT.RootSquashConfiguration.NoSquashNids,
    },
    Tags: (fileSystem.Tags ?? LEFT_OUT.Tags)
      .filter(({ Key }) => !Key?.startsWith('aws:'))
      .map(({ Key, Value }) => ({ Key, Value: Value ?? '' })),
  } satisfies Record<NamesWhere<'described', 'given' | 'left out'>, unknown>;
  const attributes = {
    FileSystemId: fileSystem.FileSystemId,
    ResourceARN: fileSystem.ResourceARN,
    DNSName: fileSystem.DNSName,
    MountName: lustre.MountName,
    // Absent while there are none.
    NetworkInterfaceIds: fileSystem.NetworkInterfaceIds?.length
      ? fileSystem.NetworkInterfaceIds
      : undefined,
    VpcId: fileSystem.VpcId,
    OwnerId: fileSystem.OwnerId,
    MountCommand: mountCommand(fileSystem.DNSName, lustre.MountName),
  };
  return {
    properties: given(properties) as LustreProperties,
    attributes: given(attributes) as LustreAttributes,
  };
}

/** Whether a file system survives a failure of its servers. Scratch file systems do not, and have no options for backups. */
export function isPersistent({ LustreConfiguration }: FileSystem): boolean {
  return LustreConfiguration?.DeploymentType?.startsWith('PERSISTENT') ?? false;
}

/** The mount command of the FSx for Lustre user guide, for the mount point /fsx. */
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

/**
 * FSx returns the ARN of the log stream. The template has that of the log group, with or without the `:*` that Fn::GetAtt
 * appends.
 */
function logGroupArn(destination: string): string {
  return destination.replace(/:(log-stream:.*|\*)$/, '');
}

/** The value without members that are undefined, null, or empty objects, at any depth. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const members = Object.entries(value)
    .map(([name, member]) => [name, given(member)] as const)
    .filter(([, member]) => member !== undefined && !isEmpty(member));
  return Object.fromEntries(members);
}

const isEmpty = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;
