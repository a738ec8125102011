import fc from 'fast-check';
import { estimateCost, type CostEstimate } from '../../src/lustre/cost';
import type { PriceBook } from '../../src/lustre/prices';
import type { LustreProperties } from '../../src/lustre/properties';
import { accepted } from './arbitraries';
import { ELASTIC, HDD, PERSISTENT_2, RESTORED, SCRATCH_1, SCRATCH_2 } from './configurations';
import vectors from './fixtures/price-vectors.json';

const estimate = (
  properties: LustreProperties,
  region = 'us-east-2',
  more: object = {},
): CostEstimate => {
  const cost = estimateCost(properties, { region, ...more });
  if (cost === undefined) throw new Error('no estimate');
  return cost;
};

const cents = (usd: number): number => Math.round(usd * 100);

test.each(vectors)('$region $properties: $usdPerMonth USD, as published', (vector) => {
  const { monthly } = estimate(vector.properties as LustreProperties, vector.region);
  expect(monthly).toBe(vector.usdPerMonth);
});

describe('components', () => {
  test('scratch has one', () => {
    expect(estimate(SCRATCH_2)).toMatchObject({ monthly: 672, breakdown: { Storage: 672 } });
    expect(estimate(SCRATCH_1).monthly).toBe(504);
  });

  test('the tier shows above the cheapest one', () => {
    expect(estimate(PERSISTENT_2)).toMatchObject({
      monthly: 11520,
      breakdown: { Storage: 2784, ThroughputTier: 8736 },
    });
    expect(estimate({ ...PERSISTENT_2, PerUnitStorageThroughput: 125 }).breakdown).toEqual({
      Storage: 2784,
    });
  });

  test('the read cache of HDD shows above the same tier without', () => {
    expect(estimate(HDD)).toMatchObject({
      monthly: 4811.4,
      breakdown: { Storage: 1215, ThroughputTier: 2818.8, ReadCache: 777.6 },
    });
    expect(estimate({ ...HDD, DriveCacheType: 'NONE' }).breakdown).toEqual({
      Storage: 1215,
      ThroughputTier: 2818.8,
    });
  });

  test.each([
    [{ Mode: 'AUTOMATIC' as const, Iops: 24000 }, undefined],
    [{ Mode: 'USER_PROVISIONED' as const, Iops: 12000 }, undefined],
    [{ Mode: 'USER_PROVISIONED' as const, Iops: 24000 }, 660],
  ])('metadata IOPS above the automatic 12000: %j', (MetadataConfiguration, expected) => {
    expect(estimate({ ...PERSISTENT_2, MetadataConfiguration }).breakdown.MetadataIops).toBe(
      expected,
    );
  });

  test('elastic storage: throughput, read cache, metadata IOPS', () => {
    expect(estimate(ELASTIC, 'us-east-1')).toMatchObject({
      monthly: 4210,
      breakdown: { ThroughputCapacity: 2080, ReadCache: 1800, MetadataIops: 330 },
    });
    const own = { SizingMode: 'USER_PROVISIONED' as const, SizeGiB: 33 };
    expect(estimate({ ...ELASTIC, DataReadCacheConfiguration: own }).breakdown.ReadCache).toBe(
      2.97,
    );
    const none = { SizingMode: 'NO_CACHE' as const };
    expect(estimate({ ...ELASTIC, DataReadCacheConfiguration: none }).breakdown).not.toHaveProperty(
      'ReadCache',
    );
  });
});

describe('basis', () => {
  test.each<[string, LustreProperties, string, string]>([
    [
      'the price list',
      HDD,
      'us-east-2',
      'AWS Price List for us-east-2, 2026-10-09, confidence high.',
    ],
    [
      'published prices',
      SCRATCH_2,
      'us-east-1',
      'Published prices for us-east-1, 2024 to 2026, confidence medium.',
    ],
    [
      'another region',
      HDD,
      'us-west-2',
      'Prices of us-east-2 carried over to us-west-2, 2026-10-09, not confirmed.',
    ],
    [
      'a region without prices',
      SCRATCH_2,
      'eu-central-1',
      'No price is known for eu-central-1, that of us-east-1 is used: published prices, 2024 to 2026, confidence medium.',
    ],
    [
      'elastic storage',
      ELASTIC,
      'us-east-1',
      'Published prices for us-east-1, 2025 to 2026, confidence low. Stored data and requests are billed by use and not counted.',
    ],
    [
      'two sources',
      { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 24000 } },
      'us-west-2',
      'Storage: prices of us-east-2 carried over to us-west-2, 2026-10-09, not confirmed. Metadata IOPS: no price is known for us-west-2, that of us-east-1 is used: published prices, 2025 to 2026, confidence medium.',
    ],
    [
      'a tier newer than the book',
      { ...PERSISTENT_2, PerUnitStorageThroughput: 2000 },
      'us-east-2',
      'Storage: AWS Price List for us-east-2, 2026-10-09, confidence high. Not counted, as no price is known: what tier 2000 adds.',
    ],
  ])('says %s', (_, properties, region, basis) => {
    expect(estimate(properties, region).basis).toBe(basis);
  });

  test('says that there is a discount', () => {
    const { basis, monthly } = estimate(SCRATCH_2, 'us-east-1', { discountPercent: 12.5 });
    expect(basis).toMatch(/Less a discount of 12\.5 %\.$/);
    expect(monthly).toBe(588);
  });
});

test('newer prices go over the book, item by item', () => {
  const price = { usd: 0.2, asOf: '2026-12-01', source: 'price-list', confidence: 'high' } as const;
  const book: PriceBook = { currency: 'USD', regions: { 'eu-west-1': { 'SCRATCH_2 SSD': price } } };
  expect(estimate(SCRATCH_2, 'eu-west-1', { book })).toEqual({
    monthly: 960,
    breakdown: { Storage: 960 },
    basis: 'AWS Price List for eu-west-1, 2026-12-01, confidence high.',
    confidence: 'high',
  });
  expect(estimate(SCRATCH_1, 'eu-west-1', { book }).monthly).toBe(504);
});

test('a part of a region is not compared with another region', () => {
  const price = { usd: 0.1, asOf: '2026-12-01', source: 'price-list', confidence: 'high' } as const;
  const book: PriceBook = {
    currency: 'USD',
    regions: { 'eu-west-1': { 'PERSISTENT_2 SSD 1000': price } },
  };
  expect(estimate(PERSISTENT_2, 'eu-west-1', { book }).breakdown).toEqual({ Storage: 1920 });
});

test.each<[string, LustreProperties]>([
  ['all', RESTORED],
  ['the tier', { ...RESTORED, StorageCapacity: 2400 }],
  ['the capacity', { ...RESTORED, PerUnitStorageThroughput: 250 }],
  ['the drive cache', { ...RESTORED, StorageCapacity: 6000, PerUnitStorageThroughput: 12 }],
])('there is no estimate of a backup that brings %s', (_, properties) => {
  expect(estimateCost(properties, { region: 'us-east-1' })).toBeUndefined();
});

test('whatever is accepted has an estimate whose lines add up to the cent, at any discount, in any region', () => {
  const region = fc.constantFrom('us-east-1', 'us-east-2', 'us-west-2', 'us-west-1', 'cn-north-1');
  const discount = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(accepted, region, discount, (properties, where, discountPercent) => {
      const { monthly, breakdown, basis } = estimate(properties, where, { discountPercent });
      const lines = Object.values(breakdown) as number[];
      expect(lines.reduce((sum, line) => sum + cents(line), 0)).toBe(cents(monthly));
      for (const line of [monthly, ...lines]) {
        expect(line).toBeGreaterThanOrEqual(0);
        expect(cents(line) / 100).toBe(line);
      }
      expect(monthly).toBeLessThanOrEqual(estimate(properties, where).monthly);
      expect(basis.length).toBeLessThanOrEqual(300);
    }),
  );
});
