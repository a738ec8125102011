/**
 * The servers of a file system, each of which takes an IP address of its subnet. [LG using-fsx-lustre, IP addresses for file
 * systems: https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#ip-addesses-for-fs]
 */
import { automaticMetadataIops, METADATA_SERVER_IOPS, READ_CACHE } from './catalog';
import { capacityOf, rowFor } from './offerings';
import type { LustreProperties } from '../properties';

export interface Servers {
  readonly metadata: number;
  readonly storage: number;
}

/** Undefined where the properties do not tell, as with BackupId and no capacity. */
export function serversOf(properties: LustreProperties): Servers | undefined {
  const storage = storageServers(properties);
  return storage === undefined ? undefined : { metadata: metadataServers(properties), storage };
}

/** How many IP addresses the file system takes in its subnet; undefined where the properties do not tell. */
export function addressesOf(properties: LustreProperties): number | undefined {
  const servers = serversOf(properties);
  return servers && servers.metadata + servers.storage;
}

function storageServers(properties: LustreProperties): number | undefined {
  const { StorageCapacity, ThroughputCapacity } = properties;
  if (ThroughputCapacity !== undefined) return Math.ceil(ThroughputCapacity / READ_CACHE.server);
  const row = rowFor(properties);
  if (row === undefined || StorageCapacity === undefined) return undefined;
  // The steps that a capacity grows in are whole servers.
  return Math.ceil(StorageCapacity / capacityOf(row, properties).multipleOf);
}

function metadataServers({ MetadataConfiguration, StorageCapacity = 0 }: LustreProperties): number {
  if (MetadataConfiguration === undefined) return 1;
  const { Mode, Iops = 0 } = MetadataConfiguration;
  const iops = Mode === 'AUTOMATIC' ? automaticMetadataIops(StorageCapacity) : Iops;
  return Math.max(1, Math.ceil(iops / METADATA_SERVER_IOPS));
}
