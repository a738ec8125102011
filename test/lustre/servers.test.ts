/**
 * IP addresses, by https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#ip-addesses-for-fs: one for each
 * metadata server and one for each storage server.
 */
import fc from 'fast-check';
import { rowsOf, capacityOf } from '../../src/lustre/catalog/offerings';
import { OFFERINGS } from '../../src/lustre/catalog/catalog';
import type { LustreProperties } from '../../src/lustre/properties';
import { addressesOf, serversOf } from '../../src/lustre/catalog/servers';
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

const automatic = { Mode: 'AUTOMATIC' } as const;
const provisioned = (Iops: number) => ({ Mode: 'USER_PROVISIONED' as const, Iops });

test.each<[string, LustreProperties, number, number]>([
  // Number of file servers of the guide's table of scratch file systems, 2, 2, 3, 5 and 22.
  ['scratch, 1.2 TiB', { ...SCRATCH_2, StorageCapacity: 1200 }, 1, 1],
  ['scratch, 2.4 TiB', { ...SCRATCH_2, StorageCapacity: 2400 }, 1, 1],
  ['scratch, 4.8 TiB', { ...SCRATCH_2, StorageCapacity: 4800 }, 1, 2],
  ['scratch, 9.6 TiB', { ...SCRATCH_2, StorageCapacity: 9600 }, 1, 4],
  ['scratch, 50.4 TiB', { ...SCRATCH_2, StorageCapacity: 50_400 }, 1, 21],
  ['SCRATCH_1 of two thirds of a server', { ...SCRATCH_1, StorageCapacity: 2400 }, 1, 1],
  ['SCRATCH_1 of two servers', { ...SCRATCH_1, StorageCapacity: 7200 }, 1, 2],
  ['PERSISTENT_1 SSD', PERSISTENT_1, 1, 4],
  ['HDD at 12', { ...HDD, StorageCapacity: 12_000, PerUnitStorageThroughput: 12 }, 1, 2],
  ['HDD at 40', HDD, 1, 27],
  ['PERSISTENT_2 without metadata configuration', PERSISTENT_2, 1, 8],
  ['12000 IOPS', { ...PERSISTENT_2, MetadataConfiguration: automatic }, 1, 8],
  ['24000 IOPS', { ...PERSISTENT_2, MetadataConfiguration: provisioned(24_000) }, 2, 8],
  [
    'automatic 24000 IOPS',
    { ...PERSISTENT_2, StorageCapacity: 48_000, MetadataConfiguration: automatic },
    2,
    20,
  ],
  ['EFA', { ...PERSISTENT_2, EfaEnabled: true, MetadataConfiguration: automatic }, 1, 4],
  ['INTELLIGENT_TIERING', { ...ELASTIC, ThroughputCapacity: 12_000 }, 1, 3],
])('%s', (_, properties, metadata, storage) => {
  expect(serversOf(properties)).toEqual({ metadata, storage });
  expect(addressesOf(properties)).toBe(metadata + storage);
});

test.each([
  ['a backup that brings all', RESTORED],
  ['a backup that brings the tier', { ...RESTORED, StorageCapacity: 2400 }],
])('not known of %s', (_, properties) => {
  expect(addressesOf(properties)).toBeUndefined();
});

/** Storage per server (OSS) in TiB, as the guide lists it. */
test.each([
  ['SCRATCH_1', undefined, 3600],
  ['SCRATCH_2', undefined, 2400],
  ['PERSISTENT_1 SSD', 50, 2400],
  ['PERSISTENT_1 SSD', 200, 2400],
  ['PERSISTENT_1 HDD', 12, 6000],
  ['PERSISTENT_1 HDD', 40, 1800],
  ['PERSISTENT_2 SSD', 125, 2400, 38_400],
  ['PERSISTENT_2 SSD', 250, 2400, 19_200],
  ['PERSISTENT_2 SSD', 500, 2400, 9600],
  ['PERSISTENT_2 SSD', 1000, 2400, 4800],
])('a server of %s at %p holds %i GiB', (name, tier, size, withEfa = size) => {
  const row = OFFERINGS.filter((offering) => offering.name === name)
    .flatMap(rowsOf)
    .find((each) => each.tier.throughput === tier);
  expect(row && capacityOf(row, {}).multipleOf).toBe(size);
  expect(row && capacityOf(row, { EfaEnabled: true }).multipleOf).toBe(withEfa);
});

test('whatever is accepted takes at least two addresses', () => {
  fc.assert(
    fc.property(accepted, (properties) => {
      expect(addressesOf(properties)).toBeGreaterThanOrEqual(2);
    }),
  );
});
