/**
 * Changes of the read cache of INTELLIGENT_TIERING, by
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-ssd-read-cache.html: "You must increase or decrease the size of
 * your SSD read cache by a minimum of 10% every time you modify it."
 */
import { planUpdate } from '../../src/lustre/changes/changes';
import type { DataReadCacheConfiguration, LustreProperties } from '../../src/lustre/properties';
import { ELASTIC } from './configurations';

const own = (SizeGiB: number): DataReadCacheConfiguration => ({
  SizingMode: 'USER_PROVISIONED',
  SizeGiB,
});
const proportional: DataReadCacheConfiguration = {
  SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY',
};
const none: DataReadCacheConfiguration = { SizingMode: 'NO_CACHE' };

const plan = (
  from: DataReadCacheConfiguration,
  to: DataReadCacheConfiguration,
  more: LustreProperties = {},
  rollback = false,
) => {
  const current = { ...ELASTIC, DataReadCacheConfiguration: from };
  const desired = { ...current, DataReadCacheConfiguration: to, ...more };
  return planUpdate({ current, previous: current, desired }, { rollback });
};

test.each<[string, DataReadCacheConfiguration, DataReadCacheConfiguration]>([
  ['the same', own(1000), own(1000)],
  ['10 % more', own(1000), own(1100)],
  ['10 % less', own(1000), own(900)],
  ['a cache that is added', none, own(32)],
  ['a cache that is removed', own(32), none],
  ['half of what is proportional', proportional, own(10_000)],
  ['the proportional size by another name', proportional, own(20_000)],
])('%s is taken', (_, from, to) => {
  expect(plan(from, to).refusals).toEqual([]);
});

test.each<[string, DataReadCacheConfiguration, DataReadCacheConfiguration, string]>([
  [
    '9 % more',
    own(1000),
    own(1099),
    'DataReadCacheConfiguration changes the read cache from 1000 to 1099 GiB, and FSx accepts changes of at least 10%, six hours apart: use at most 900 or at least 1100, or keep 1000.',
  ],
  [
    'one GiB less',
    own(1005),
    own(1004),
    'DataReadCacheConfiguration changes the read cache from 1005 to 1004 GiB, and FSx accepts changes of at least 10%, six hours apart: use at most 904 or at least 1106, or keep 1005.',
  ],
  [
    'nearly what is proportional',
    own(19_000),
    proportional,
    'DataReadCacheConfiguration changes the read cache from 19000 to 20000 GiB, and FSx accepts changes of at least 10%, six hours apart: use at most 17100 or at least 20900, or keep 19000.',
  ],
])('%s is refused', (_, from, to, message) => {
  const { refusals } = plan(from, to);
  expect(refusals).toMatchObject([{ rule: 'read-cache-step', message }]);
});

test('a cache that grows with its servers is no step of its own', () => {
  const current: LustreProperties = {
    ...ELASTIC,
    ThroughputCapacity: 44_000,
    DataReadCacheConfiguration: own(11_000),
  };
  const desired = {
    ...current,
    ThroughputCapacity: 48_000,
    DataReadCacheConfiguration: own(12_000),
  };
  expect(planUpdate({ current, previous: current, desired }).refusals).toEqual([]);
});

test('a rollback that would be too small a step leaves the cache as it is', () => {
  expect(plan(own(1100), own(1000), {}, true)).toEqual({ refusals: [], steps: [] });
  expect(plan(own(1100), own(1000)).refusals).toMatchObject([{ rule: 'read-cache-step' }]);
});
