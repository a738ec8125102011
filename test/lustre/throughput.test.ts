import fc from 'fast-check';
import type { LustreProperties } from '../../src/lustre/properties';
import { estimateThroughput } from '../../src/lustre/estimates/throughput';
import { accepted } from './arbitraries';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  RESTORED,
  SCRATCH_1,
  SCRATCH_2,
} from './configurations';

const ssd = (StorageCapacity: number, tier: number): LustreProperties => ({
  ...(tier < 125 ? PERSISTENT_1 : PERSISTENT_2),
  StorageCapacity,
  PerUnitStorageThroughput: tier,
});
const hdd = (StorageCapacity: number, tier: number, DriveCacheType: 'NONE' | 'READ') => ({
  ...HDD,
  StorageCapacity,
  PerUnitStorageThroughput: tier,
  DriveCacheType,
});

test.each<[string, LustreProperties, number, number]>([
  // AWS's own examples.
  ['2.4 TiB at 50 gives 120 MB/s', ssd(2400, 50), 120, 576],
  ['4.8 TiB at 50 gives 240 MB/s and bursts to 1152', ssd(4800, 50), 240, 1152],
  [
    '1.2 TiB of SCRATCH_2 gives 240 MB/s and bursts to 1300 per TiB',
    { ...SCRATCH_2, StorageCapacity: 1200 },
    240,
    1560,
  ],
  ['1.2 TiB of SCRATCH_1 gives 240 MB/s', { ...SCRATCH_1, StorageCapacity: 1200 }, 240, 240],
  // The other rows of the catalog.
  ['1.2 TiB at 125', ssd(1200, 125), 150, 600],
  ['1.2 TiB at 250', ssd(1200, 250), 300, 600],
  ['1.2 TiB at 500', ssd(1200, 500), 600, 600],
  ['1.2 TiB at 1000', ssd(1200, 1000), 1200, 1200],
  ['9.6 TiB at 200', { ...PERSISTENT_1, StorageCapacity: 9600 }, 1920, 2304],
  ['HDD at 12', hdd(6000, 12, 'NONE'), 72, 480],
  // 200 MB/s per TiB of SSD cache, which is 20 % of the capacity: 40 per TiB, less than the disks' own 80 and 250.
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/ssd-storage.html
  ['HDD at 12 with read cache', hdd(6000, 12, 'READ'), 72, 480],
  ['HDD at 40', hdd(1800, 40, 'NONE'), 72, 450],
  ['HDD at 40 with read cache', hdd(48600, 40, 'READ'), 1944, 12150],
  ['elastic storage', { ...ELASTIC, ThroughputCapacity: 8000 }, 8000, 8000],
  // A fraction stays what it is.
  ['1.2 TiB at 12', { ...HDD, StorageCapacity: 1200, PerUnitStorageThroughput: 12 }, 14.4, 96],
  // What a backup brings shows in the tier.
  [
    'restored at 250',
    { ...RESTORED, StorageCapacity: 2400, PerUnitStorageThroughput: 250 },
    600,
    1200,
  ],
  ['a tier newer than the catalog', ssd(1200, 2000), 2400, 2400],
])('%s', (_, properties, baseline, burst) => {
  expect(estimateThroughput(properties)).toEqual({ baseline, burst });
});

test.each<[string, LustreProperties]>([
  ['a backup that brings all', RESTORED],
  ['a backup that brings the tier', { ...RESTORED, StorageCapacity: 2400 }],
  ['a backup that brings the capacity', { ...RESTORED, PerUnitStorageThroughput: 250 }],
])('%s has no estimate', (_, properties) => {
  expect(estimateThroughput(properties)).toBeUndefined();
});

test('whatever is accepted has an estimate, and bursts above its baseline or not at all', () => {
  fc.assert(
    fc.property(accepted, (properties) => {
      const throughput = estimateThroughput(properties);
      expect(throughput?.baseline).toBeGreaterThan(0);
      expect(throughput?.burst).toBeGreaterThanOrEqual(throughput?.baseline ?? Infinity);
    }),
  );
});
