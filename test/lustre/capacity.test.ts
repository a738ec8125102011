import {
  automaticMetadataIops,
  compareVersions,
  METADATA_IOPS,
} from '../../src/lustre/catalog/catalog';
import { capacityRule } from '../../src/lustre/catalog/offerings';
import type { LustreProperties } from '../../src/lustre/properties';
import { checkModel } from '../../src/lustre/rules/rules';
import { allows, describeAllowed, nearest } from '../../src/lustre/catalog/allowed-numbers';
import { ELASTIC, HDD, PERSISTENT_1, PERSISTENT_2, SCRATCH_1, SCRATCH_2 } from './configurations';

const efa = (tier: number): LustreProperties => ({
  ...PERSISTENT_2,
  PerUnitStorageThroughput: tier,
  EfaEnabled: true,
  MetadataConfiguration: { Mode: 'AUTOMATIC' },
});

// oxfmt-ignore
const TABLE: readonly [name: string, base: LustreProperties, valid: number[], invalid: number[]][] = [
  ['SCRATCH_1', SCRATCH_1, [1200, 2400, 3600, 7200, 10800, 360_000], [600, 4800, 6000, 9600, 12000]],
  ['SCRATCH_2', SCRATCH_2, [1200, 2400, 4800, 7200, 12000, 115_200, 460_800], [600, 1000, 3600, 5000, 6000]],
  ...[50, 100, 200].map((PerUnitStorageThroughput): (typeof TABLE)[number] => [`PERSISTENT_1 SSD ${PerUnitStorageThroughput}`, { ...PERSISTENT_1, PerUnitStorageThroughput }, [1200, 2400, 14400], [600, 3600, 6000]]),
  ['PERSISTENT_1 HDD 12', { ...HDD, PerUnitStorageThroughput: 12 }, [6000, 12000, 48000, 102_000], [1800, 1200, 48600, 9000]],
  ['PERSISTENT_1 HDD 40', HDD, [1800, 3600, 18000, 46800, 48600], [1200, 6000, 48000, 5000]],
  ...[125, 250, 500, 1000].map((PerUnitStorageThroughput): (typeof TABLE)[number] => [`PERSISTENT_2 SSD ${PerUnitStorageThroughput}`, { ...PERSISTENT_2, PerUnitStorageThroughput }, [1200, 2400, 4800, 460_800], [600, 3600, 5000]]),
  ['EFA 125', efa(125), [38400, 76800], [1200, 2400, 19200]],
  ['EFA 250', efa(250), [19200, 38400], [1200, 9600, 20000]],
  ['EFA 500', efa(500), [9600, 19200], [1200, 4800, 12000]],
  ['EFA 1000', efa(1000), [4800, 9600, 14400], [1200, 2400, 7200]],
];

describe.each(TABLE)('%s', (_, base, valid, invalid) => {
  test.each(valid)('%d is valid', (StorageCapacity) => {
    expect(checkModel({ ...base, StorageCapacity }).violations).toEqual([]);
  });
  test.each(invalid)('%d is not', (StorageCapacity) => {
    const { violations } = checkModel({ ...base, StorageCapacity });
    expect(violations).toMatchObject([
      { rule: 'storage-capacity', value: StorageCapacity, kind: 'table' },
    ]);
  });
});

test('a capacity that no tier of HDD has is refused without a tier, and one that some tier has is not', () => {
  const base = { ...HDD, PerUnitStorageThroughput: undefined };
  const rules = (StorageCapacity: number) =>
    checkModel({ ...base, StorageCapacity }).violations.map(({ rule }) => rule);
  expect(rules(5000)).toEqual(['storage-capacity', 'required']);
  expect(rules(48000)).toEqual(['required']);
  expect(rules(48600)).toEqual(['required']);
});

test('both repairs are told: the nearest capacities, and where the given one is valid', () => {
  const [violation] = checkModel({ ...HDD, StorageCapacity: 48000 }).violations;
  expect(violation?.message).toBe(
    'StorageCapacity 48000 is not valid for PERSISTENT_1 HDD at 40 MB/s/TiB: use a multiple of 1800, nearest 46800 or 48600. It is valid at 12 MB/s/TiB.',
  );
  expect(violation?.repairs).toEqual([
    { StorageCapacity: 46800 },
    { StorageCapacity: 48600 },
    { PerUnitStorageThroughput: 12 },
  ]);
});

test('the rule of a capacity, for those who grow one', () => {
  expect(capacityRule(SCRATCH_2)).toEqual({ also: [1200], multipleOf: 2400 });
  expect(capacityRule(HDD)).toEqual({ also: [], multipleOf: 1800 });
  expect(capacityRule(efa(500))).toEqual({ also: [], multipleOf: 9600 });
  expect(capacityRule({ ...HDD, PerUnitStorageThroughput: 0 })).toBeUndefined();
  expect(capacityRule(ELASTIC)).toBeUndefined();
});

describe('steps', () => {
  const ssd = METADATA_IOPS.SSD;
  test('in words', () => {
    expect(describeAllowed(ssd)).toBe('1500, 3000, 6000 or a multiple of 12000 up to 192000');
    expect(describeAllowed(METADATA_IOPS.INTELLIGENT_TIERING)).toBe('6000 or 12000');
  });
  test.each([
    [0, [1500]],
    [2000, [1500, 3000]],
    [9000, [6000, 12000]],
    [12000, [12000]],
    [13000, [12000, 24000]],
    [500_000, [192_000]],
  ])('next to %d are %j', (value, expected) => {
    expect(nearest(ssd, value)).toEqual(expected);
  });
  test('nothing beyond the 32 bits of the API', () => {
    const rule = { also: [1200], multipleOf: 2400 };
    expect(nearest(rule, 2 ** 31 - 1)).toEqual([2_147_481_600]);
    expect(allows(rule, 2_147_484_000)).toBe(false);
    expect(nearest(rule, -5)).toEqual([1200]);
  });
});

// The values that the FSx for Lustre User Guide prints.
test.each([
  [1200, 1500],
  [2400, 3000],
  [4800, 6000],
  [9600, 6000],
  [12000, 12000],
  [45600, 12000],
  [48000, 24000],
  [72000, 36000],
  [60000, 24000],
  [960_000, 192_000],
])('%d GiB has %d metadata IOPS in AUTOMATIC mode', (capacity, iops) => {
  expect(automaticMetadataIops(capacity)).toBe(iops);
});

test('versions are compared by number', () => {
  expect(['2.15', '2.9', '2.10', '2', '2.12'].toSorted(compareVersions)).toEqual([
    '2',
    '2.9',
    '2.10',
    '2.12',
    '2.15',
  ]);
});
