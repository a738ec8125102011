import { DRIVE_CACHE } from '../catalog/catalog';
import { rowFor } from '../catalog/offerings';
import type { LustreProperties } from '../properties';

/** MB/s. */
export interface Throughput {
  baseline: number;
  burst: number;
}

/**
 * What the file system gives, in MB/s, by AWS's rule: StorageCapacity / 1000 x MB/s per TiB, where 1200 GiB counts as
 * 1.2 TiB (2400 at 50 gives 120). Both are throughput to disk, which every access reaches, not that of data in memory:
 *
 * - baseline: PerUnitStorageThroughput; 200 per TiB on scratch; ThroughputCapacity on INTELLIGENT_TIERING. An SSD read
 *   cache does not raise it, as only what is cached is read faster.
 * - burst: the designed disk burst of "Performance characteristics of SSD and HDD storage classes" in the FSx for Lustre
 *   User Guide, of reads where reads and writes differ, or that of the SSD read cache of HDD where it is greater. SCRATCH_2
 *   has a network burst only; where AWS states none, the burst is the baseline.
 *
 * Undefined where the properties do not tell, as with BackupId and neither tier nor capacity.
 */
export function estimateThroughput(properties: LustreProperties): Throughput | undefined {
  const { StorageCapacity, PerUnitStorageThroughput, ThroughputCapacity, DriveCacheType } =
    properties;
  if (ThroughputCapacity !== undefined)
    return { baseline: ThroughputCapacity, burst: ThroughputCapacity };

  const row = rowFor(properties);
  const disk = row?.tier.disk;
  // A tier newer than the catalog gives what its name says.
  const perTiB = disk?.baseline ?? PerUnitStorageThroughput;
  if (StorageCapacity === undefined || perTiB === undefined) return undefined;

  // One division of whole numbers, so that 14.4 is 14.4.
  const total = (each: number): number => (StorageCapacity * each) / 1000;
  const cached = DriveCacheType === 'READ' ? (DRIVE_CACHE.throughput * DRIVE_CACHE.share) / 100 : 0;
  return { baseline: total(perTiB), burst: total(Math.max(disk?.burst ?? perTiB, cached)) };
}
