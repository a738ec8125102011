/**
 * The servers of a file system. Each uses an IP address of the subnet. [LG using-fsx-lustre, IP addresses for file systems:
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#ip-addesses-for-fs]
 */
import { automaticMetadataIops, METADATA_SERVER_IOPS, READ_CACHE } from './catalog';
import { capacityOf, rowFor } from './offerings';
import type { LustreProperties } from '../properties';

/** The number of servers of each kind. */
export interface Servers {
  readonly metadata: number;
  readonly storage: number;
}

/** Undefined if the properties do not determine it, for example with BackupId and no capacity. */
export function serversOf(properties: LustreProperties): Servers | undefined {
  const storage = storageServers(properties);
  return storage === undefined ? undefined : { metadata: metadataServers(properties), storage };
}

/** The number of IP addresses that the file system uses in its subnet; undefined if the properties do not determine it. */
export function addressesOf(properties: LustreProperties): number | undefined {
  const servers = serversOf(properties);
  return servers && servers.metadata + servers.storage;
}

function storageServers(properties: LustreProperties): number | undefined {
  const { StorageCapacity, ThroughputCapacity } = properties;
  if (ThroughputCapacity !== undefined) return Math.ceil(ThroughputCapacity / READ_CACHE.server);
  const row = rowFor(properties);
  if (row === undefined || StorageCapacity === undefined) return undefined;
  // The increments of StorageCapacity are whole servers.
  return Math.ceil(StorageCapacity / capacityOf(row, properties).multipleOf);
}

function metadataServers({ MetadataConfiguration, StorageCapacity = 0 }: LustreProperties): number {
  if (MetadataConfiguration === undefined) return 1;
  const { Mode, Iops = 0 } = MetadataConfiguration;
  const iops = Mode === 'AUTOMATIC' ? automaticMetadataIops(StorageCapacity) : Iops;
  return Math.max(1, Math.ceil(iops / METADATA_SERVER_IOPS));
}
