import { DRIVE_CACHE } from '../catalog/catalog';
import { rowFor } from '../catalog/offerings';
import type { LustreProperties } from '../properties';

/** Throughput to disk, MB/s. */
export interface Throughput {
  baseline: number;
  burst: number;
}

/**
 * The throughput of a file system in MB/s, by AWS's formula: StorageCapacity / 1000 x MB/s per TiB, where 1200 GiB counts as
 * 1.2 TiB (2400 at 50 gives 120). Both numbers are throughput to disk, which every access reaches, not that of cached data:
 *
 * - baseline: PerUnitStorageThroughput; 200 per TiB on scratch; ThroughputCapacity on INTELLIGENT_TIERING. That of reads where
 * writes are slower, as on SCRATCH_2. An SSD read cache does not raise it, because it speeds up reads of cached data only.
 * - burst: the disk burst of "Performance characteristics of SSD and HDD storage classes" in the FSx for Lustre User Guide;
 * that of reads where reads and writes differ, or that of the SSD read cache of HDD if it is higher. SCRATCH_2 has a network
 * burst only. Where AWS documents none, the burst is the baseline.
 *
 * Undefined if the properties do not determine it, as with BackupId and neither tier nor capacity.
 */
export function estimateThroughput(properties: LustreProperties): Throughput | undefined {
  const { StorageCapacity, PerUnitStorageThroughput, ThroughputCapacity, DriveCacheType } =
    properties;
  if (ThroughputCapacity !== undefined)
    return { baseline: ThroughputCapacity, burst: ThroughputCapacity };

  const row = rowFor(properties);
  const disk = row?.tier.disk;
  // The value of PerUnitStorageThroughput is the baseline, also for a tier that the catalog does not have yet.
  const perTiB = disk?.baseline ?? PerUnitStorageThroughput;
  if (StorageCapacity === undefined || perTiB === undefined) return undefined;

  // Multiplies before it divides, because 14.4 must be 14.4.
  const total = (each: number): number => (StorageCapacity * each) / 1000;
  const cached = DriveCacheType === 'READ' ? (DRIVE_CACHE.throughput * DRIVE_CACHE.share) / 100 : 0;
  return { baseline: total(perTiB), burst: total(Math.max(disk?.burst ?? perTiB, cached)) };
}
