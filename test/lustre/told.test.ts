/** What a user reads beside violations: later changes, interruptions, advice, estimates, sizes. */
import { capacityIn, rateIn } from '../../src/lustre/estimates/quantities';
import {
  describeConfiguration,
  describeNeed,
  pricesOf,
  pricesSentence,
} from '../../src/lustre/estimates/wording';
import { advise, lacksOf, type Need } from '../../src/lustre/estimates/advice';
import { estimateCost, type CostEstimate } from '../../src/lustre/estimates/cost';
import { OFFERINGS } from '../../src/lustre/catalog/catalog';
import { regionProblem } from '../../src/lustre/catalog/regions';
import {
  interruptionPhrase,
  interruptionsOf,
  startsCooldown,
} from '../../src/lustre/changes/interruptions';
import { laterChanges } from '../../src/lustre/changes/later';
import type { LustreProperties } from '../../src/lustre/properties';
import { STEP_NAMES } from '../../src/lustre/properties/property-table';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  RESTORED,
  SCRATCH_1,
  SCRATCH_2,
} from './configurations';

const IOPS = { Mode: 'USER_PROVISIONED', Iops: 12000 } as const;
const KINDS: Readonly<Record<string, LustreProperties>> = {
  SCRATCH_1,
  SCRATCH_2,
  'a capacity that no tier has': { ...SCRATCH_2, StorageCapacity: 3000 },
  'the smallest': { ...SCRATCH_2, StorageCapacity: 1200, DataCompressionType: 'LZ4' },
  PERSISTENT_1,
  'the lowest tier': { ...PERSISTENT_1, PerUnitStorageThroughput: 50 },
  HDD,
  PERSISTENT_2,
  'a tier that the catalog lacks': { ...PERSISTENT_2, PerUnitStorageThroughput: 2000 },
  'its own IOPS': { ...PERSISTENT_2, StorageCapacity: 4800, PerUnitStorageThroughput: 500, MetadataConfiguration: IOPS }, // oxfmt-ignore
  'automatic IOPS': { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'AUTOMATIC' } },
  'the most IOPS': { ...PERSISTENT_2, MetadataConfiguration: { ...IOPS, Iops: 192000 } },
  EFA: { ...PERSISTENT_2, EfaEnabled: true, StorageCapacity: 38400, MetadataConfiguration: IOPS },
  ELASTIC,
  'the largest': { ...ELASTIC, ThroughputCapacity: 2_000_000 },
  'its own read cache': {
    ...ELASTIC,
    DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 400 },
  },
  'no read cache': { ...ELASTIC, DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' } },
  RESTORED,
  'a backup with its size': { ...RESTORED, StorageCapacity: 2400 },
  nothing: {},
};

test.each(Object.entries(KINDS))('what can be changed later: %s', (_, properties) => {
  const told = laterChanges(properties).map(
    ({ name, to, possible, words, duration }) =>
      `${name}${to ? ` ${JSON.stringify(to)}` : ''}: ${possible ? 'possible' : 'not possible'}. ${words}${duration === undefined ? '' : ` (${duration})`}`,
  );
  expect(told).toMatchSnapshot();
});

test('a read cache of its own size grows with the throughput', () => {
  const cache = { SizingMode: 'USER_PROVISIONED' as const, SizeGiB: 400 };
  const changes = laterChanges({ ...ELASTIC, DataReadCacheConfiguration: cache });
  expect(changes.find(({ name }) => name === 'More throughput')).toMatchObject({
    possible: true,
    to: { ThroughputCapacity: 8000, DataReadCacheConfiguration: { ...cache, SizeGiB: 800 } },
  });
});

test('what a step means for clients, the worst first', () => {
  const cache = (SizeGiB: number) => ({ SizingMode: 'USER_PROVISIONED' as const, SizeGiB });
  const told = (properties: LustreProperties, current: LustreProperties = {}) => {
    const step = { name: 'throughput-capacity' as const, properties };
    return [interruptionPhrase(step, current), ...interruptionsOf(step, current).map(({ erases }) => erases)]; // oxfmt-ignore
  };
  const hour = 'clients may wait for up to an hour';
  const cold = 'reads are slower until the read cache is refilled';
  const contents = 'the contents of the read cache; the data is kept';
  const own = { DataReadCacheConfiguration: cache(400) };
  const both = { ThroughputCapacity: 8000, DataReadCacheConfiguration: cache(800) };
  expect(told({ DataReadCacheConfiguration: cache(800) }, own)).toEqual([cold, contents]);
  expect(told({ ThroughputCapacity: 8000 }, own)).toEqual([hour, undefined]);
  expect(told(both, own)).toEqual([hour, undefined]);
  expect(told(both, ELASTIC)).toEqual([`${hour}, and ${cold}`, undefined, contents]);
  expect(told(both)).toEqual([`${hour}, and ${cold}`, undefined, contents]);
});

test('the steps that FSx rests after', () => {
  const rests = STEP_NAMES.filter(startsCooldown);
  expect(rests).toEqual(['throughput', 'metadata', 'storage', 'throughput-capacity']);
});

test('what is no region', () => {
  const names = ['us-east-1', 'eu-west-9', 'us-est-1', 'virginia', ''];
  expect(names.map(regionProblem)).toEqual([
    undefined,
    undefined,
    'us-est-1 is not a region: did you mean us-east-1?',
    'virginia is not a region: use one such as eu-west-1.',
    ' is not a region: use one such as eu-west-1.',
  ]);
});

test('a configuration in a few words', () => {
  const words = Object.entries(KINDS).map(([kind, each]) => [kind, describeConfiguration(each)]);
  expect(Object.fromEntries(words)).toMatchSnapshot();
  expect(describeConfiguration({ PerUnitStorageThroughput: 50 })).toBe('at 50 MB/s/TiB');
  expect(describeConfiguration({ DriveCacheType: 'NONE' })).toBe('');
});

const NEEDS: readonly Need[] = [
  { capacity: 20480, throughput: 4000 },
  { capacity: 1200.5, throughput: 0.5, persistent: true, metadataIops: 6000 },
  { capacity: 1200, throughput: 100, deployments: ['SCRATCH_2', 'PERSISTENT_2'] },
  { capacity: 1200, throughput: 100, deployments: [], features: [] },
  { capacity: 1200, throughput: 100, features: ['efa', 's3'], maximumCost: 1234.5 },
  { capacity: 4800, throughput: 1000, features: ['backups', 'growth'] },
  { capacity: 600_000, throughput: 1, persistent: true, metadataIops: 100_000 },
];

test('needs in a few words', () => {
  expect(NEEDS.map(describeNeed)).toMatchSnapshot();
});

test.each(['us-east-1', 'il-central-1', 'cn-north-1', 'us-gov-west-1'])(
  'what is advised, and what each offering lacks, in %s',
  (region) => {
    const found = NEEDS.map((need) => ({
      need: describeNeed(need),
      advice: advise(need, { region }).map(
        ({ properties, cost, throughput, why, billedByUse }) =>
          `${JSON.stringify(properties)}: ${cost?.monthly ?? 'no price'}, ${throughput.baseline}, ${billedByUse}, ${why}`,
      ),
      lacks: Object.fromEntries(
        OFFERINGS.map((offering) => [offering.name, lacksOf(offering, need, { region })]),
      ),
    }));
    expect(found).toMatchSnapshot();
  },
);

test('what several estimates are based on', () => {
  const costs = (region: string, kinds: readonly LustreProperties[]) =>
    kinds.flatMap((each) => estimateCost(each, { region }) ?? []);
  const said = (region: string, ...kinds: readonly LustreProperties[]) => {
    const found: CostEstimate[] = costs(region, kinds);
    return [pricesSentence(found, region), pricesOf(found.map(({ priceBasis }) => priceBasis))];
  };
  expect({
    alike: said('us-east-2', SCRATCH_2, SCRATCH_2),
    mixed: said('us-west-2', SCRATCH_2, HDD),
    'the unsure one first': said('us-west-2', HDD, SCRATCH_2),
    'of another region': said('eu-west-3', SCRATCH_2, PERSISTENT_2),
    'of several regions': said('us-west-2', { ...PERSISTENT_2, MetadataConfiguration: IOPS, StorageCapacity: 4800 }, HDD), // oxfmt-ignore
    'of none': said('cn-north-1', SCRATCH_2),
    'of nothing': said('us-east-1'),
  }).toMatchSnapshot();
});

test.each([
  ['4800', 4800],
  [' 4800 ', 4800],
  ['1.5TiB', 1536],
  ['2 PiB', 2 * 2 ** 20],
  ['20gib', 20],
  ['1GB', 1e9 / 2 ** 30],
  ['50TB', 50e12 / 2 ** 30],
  ['1pb', 1e15 / 2 ** 30],
])('%s is a size', (text, value) => {
  expect(capacityIn(text)).toEqual({ value });
});

test.each([
  ['4000', 4000],
  ['500MB/s', 500],
  ['4 GB/s', 4000],
  ['4GBps', 4000],
  ['2tb/S', 2e6],
  ['1MiB/s', 1.048576],
  ['1GiB/s', 1073.741824],
  ['1TiBps', 2 ** 40 / 1e6],
])('%s is a rate', (text, value) => {
  expect(rateIn(text)).toEqual({ value });
});

test('a number has the unit that it is asked in', () => {
  expect([capacityIn('2', 'TiB'), rateIn('2', 'GB/s')]).toEqual([{ value: 2048 }, { value: 2000 }]);
});

test('what is no size and no rate', () => {
  const texts = ['', '0', '-1', '1e3', '1.', '.5', 'x1', '1 2', '1TiB!', '0.0', '1MiB', '1MB', '1 xB', '1Gbit/s', '1Gb/s', '1Gbps', '1GB/h', '1GB/sec', '1XB/s']; // oxfmt-ignore
  const said = texts.map((text) => [text, capacityIn(text), rateIn(text)]);
  expect(said).toMatchSnapshot();
});
