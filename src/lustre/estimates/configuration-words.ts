/** A file system in a few words. */
import type { LustreProperties } from '../properties';
import { amount } from '../wording';

/** What a file system is, in a few words: `PERSISTENT_2 SSD, 19,200 GiB at 1000 MB/s/TiB`. */
export function describeConfiguration(properties: LustreProperties): string {
  const { DeploymentType, StorageType, StorageCapacity, PerUnitStorageThroughput } = properties;
  const { ThroughputCapacity, DriveCacheType, MetadataConfiguration, BackupId } = properties;
  const kind = [DeploymentType, DeploymentType?.startsWith('SCRATCH') ? '' : StorageType]
    .filter(Boolean)
    .join(' ');
  const tier =
    PerUnitStorageThroughput === undefined ? '' : ` at ${PerUnitStorageThroughput} MB/s/TiB`;
  return [
    kind || (BackupId === undefined ? '' : 'as the backup'),
    StorageCapacity === undefined ? tier.trim() : `${amount(StorageCapacity)} GiB${tier}`,
    ThroughputCapacity === undefined ? '' : `${amount(ThroughputCapacity)} MB/s`,
    DriveCacheType === 'READ' ? 'read cache' : '',
    MetadataConfiguration?.Iops === undefined ? '' : `${amount(MetadataConfiguration.Iops)} IOPS`,
  ]
    .filter(Boolean)
    .join(', ');
}
