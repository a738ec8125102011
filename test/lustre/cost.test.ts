import fc from 'fast-check';
import { estimateCost, sum, type CostEstimate } from '../../src/lustre/estimates/cost';
import type { PriceBook } from '../../src/lustre/estimates/prices';
import type { LustreProperties } from '../../src/lustre/properties';
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

/**
 * GB-months at the prices of AWS's regional price lists as public projects quote them (July and August 2026), and at the
 * published prices of the book: properties, region, USD a month.
 */
test.each<[string, LustreProperties, number]>([
  ['us-west-1', { ...SCRATCH_2, StorageCapacity: 1200 }, 184.8],
  ['us-west-1', { ...PERSISTENT_1, StorageCapacity: 2400, PerUnitStorageThroughput: 200 }, 856.8],
  ['us-west-1', { ...PERSISTENT_2, StorageCapacity: 4800, PerUnitStorageThroughput: 250 }, 1353.6],
  ['eu-central-1', { ...SCRATCH_2, StorageCapacity: 4800 }, 801.6],
  ['eu-central-1', { ...SCRATCH_1, StorageCapacity: 3600 }, 601.2],
  ['eu-central-1', { ...PERSISTENT_1, StorageCapacity: 9600, PerUnitStorageThroughput: 200 }, 3216],
  [
    'eu-central-1',
    { ...PERSISTENT_2, StorageCapacity: 1200, PerUnitStorageThroughput: 250 },
    322.8,
  ],
  ['ap-south-1', { ...SCRATCH_2, StorageCapacity: 7200 }, 1008],
  ['ap-south-1', { ...PERSISTENT_2, StorageCapacity: 2400, PerUnitStorageThroughput: 250 }, 576],
  ['ap-northeast-2', { ...PERSISTENT_2, StorageCapacity: 19200 }, 12921.6],
  [
    'ap-northeast-2',
    {
      ...PERSISTENT_2,
      StorageCapacity: 2400,
      MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
    },
    // 2400 x 0.673 + 3000 IOPS above the automatic 3000 x 0.062
    1801.2,
  ],
  ['us-east-2', { ...SCRATCH_2, StorageCapacity: 1200 }, 168],
  ['us-west-2', { ...PERSISTENT_2, StorageCapacity: 9600, PerUnitStorageThroughput: 250 }, 2016],
])('%s %j costs %f USD', (region, properties, usd) => {
  expect(estimate(properties, region).monthly).toBe(usd);
});

test('in China, where AWS bills in CNY, there is no estimate', () => {
  for (const region of ['cn-north-1', 'cn-northwest-1'])
    expect(estimateCost(PERSISTENT_1, { region })).toBeUndefined();
});

describe('basis', () => {
  test.each<[string, LustreProperties, string, string]>([
    ['the price list', HDD, 'us-east-2', 'AWS Price List for us-east-2, 2026-10-09.'],
    [
      'published prices',
      SCRATCH_2,
      'us-east-1',
      'Published prices for us-east-1, 2024 to 2026, probably correct, but not verified with AWS.',
    ],
    [
      'another region',
      HDD,
      'us-west-2',
      'Prices of us-east-2 applied to us-west-2, 2026-10-09, an assumption, not a published AWS price.',
    ],
    [
      'a region without prices',
      SCRATCH_2,
      'eu-west-3',
      'No price is known for eu-west-3, so the price of us-east-1 is used: published prices, 2024 to 2026, probably correct, but not verified with AWS.',
    ],
    [
      'elastic storage',
      ELASTIC,
      'us-east-1',
      'Published prices for us-east-1, 2025 to 2026, from a single source, not verified with AWS. Stored data and requests are billed by usage and not included.',
    ],
    [
      'two sources',
      {
        ...PERSISTENT_2,
        PerUnitStorageThroughput: 500,
        MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 24000 },
      },
      'us-west-2',
      'Storage: prices of us-east-2 applied to us-west-2, 2026-10-09, an assumption, not a published AWS price. Metadata IOPS: no price is known for us-west-2, so the price of us-east-1 is used: published prices, 2025 to 2026, probably correct, but not verified with AWS.',
    ],
    [
      'a tier newer than the book',
      { ...PERSISTENT_2, PerUnitStorageThroughput: 2000 },
      'us-east-2',
      'Storage: AWS Price List for us-east-2, 2026-10-09. Not included, because no price is known: what tier 2000 adds.',
    ],
  ])('says %s', (_, properties, region, basis) => {
    expect(estimate(properties, region).basis).toBe(basis);
  });

  test('says that there is a discount', () => {
    const { basis, monthly } = estimate(SCRATCH_2, 'us-east-1', { discountPercent: 12.5 });
    expect(basis).toMatch(/Less a discount of 12\.5%\.$/);
    expect(monthly).toBe(588);
  });

  test('is there as data: the region asked for, the one used, date, source, how sure, and the discount', () => {
    expect(estimate(SCRATCH_2, 'eu-west-3', { discountPercent: 10 }).priceBasis).toEqual({
      region: 'eu-west-3',
      sources: [
        {
          parts: ['storage'],
          region: 'us-east-1',
          date: '2024 to 2026',
          confidence: 'probably correct, but not verified with AWS',
          source: 'book',
          origin: 'published',
        },
      ],
      notCounted: [],
      billedByUse: false,
      discount: 10,
    });
    const metadata = { Mode: 'USER_PROVISIONED' as const, Iops: 24000 };
    expect(
      estimate({ ...PERSISTENT_2, MetadataConfiguration: metadata }, 'us-west-2').priceBasis
        .sources,
    ).toMatchObject([
      { parts: ['storage'], region: 'us-west-2', carriedOverFrom: 'us-east-2' },
      { parts: ['metadata IOPS'], region: 'us-east-1' },
    ]);
  });

  test('says whether the prices are of the book, of the price list or of a file', () => {
    const price = {
      usd: 0.2,
      asOf: '2026-12-01',
      source: 'price-list',
      confidence: 'high',
    } as const;
    const regions = { 'eu-west-1': { 'SCRATCH_2 SSD': price } };
    const basis = (book?: PriceBook) =>
      estimate(SCRATCH_2, 'eu-west-1', book && { book }).priceBasis.sources[0]?.source;
    expect(basis()).toBe('book');
    expect(basis({ currency: 'USD', regions })).toBe('price list');
    const file: PriceBook = { currency: 'USD', origin: 'file', regions };
    expect(basis(file)).toBe('file');
    expect(estimate(SCRATCH_2, 'eu-west-1', { book: file }).basis).toBe(
      'The specified price list for eu-west-1, 2026-12-01.',
    );
  });
});

test('newer prices go over the book, item by item', () => {
  const price = { usd: 0.2, asOf: '2026-12-01', source: 'price-list', confidence: 'high' } as const;
  const book: PriceBook = { currency: 'USD', regions: { 'eu-west-1': { 'SCRATCH_2 SSD': price } } };
  expect(estimate(SCRATCH_2, 'eu-west-1', { book })).toMatchObject({
    monthly: 960,
    breakdown: { Storage: 960 },
    basis: 'AWS Price List for eu-west-1, 2026-12-01.',
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

describe('prices of a book', () => {
  const price = { asOf: '2026-12-01', source: 'price-list', confidence: 'high' } as const;
  const bookOf = (prices: Readonly<Record<string, number>>): PriceBook => ({
    currency: 'USD',
    regions: {
      'eu-west-1': Object.fromEntries(
        Object.entries(prices).map(([item, usd]) => [item, { ...price, usd }]),
      ),
    },
  });
  const at = (prices: Readonly<Record<string, number>>, properties: LustreProperties) =>
    estimate(properties, 'eu-west-1', { book: bookOf(prices) }).breakdown;
  const NEW = { ...PERSISTENT_2, StorageCapacity: 1000, PerUnitStorageThroughput: 2000 };

  test('the cheapest tier is the storage, wherever it stands', () => {
    const tiers = { 'PERSISTENT_2 SSD 125': 0.3, 'PERSISTENT_2 SSD 250': 0.2, 'PERSISTENT_2 SSD 500': 0.4 }; // oxfmt-ignore
    expect(at(tiers, { ...NEW, PerUnitStorageThroughput: 500 })).toEqual({
      Storage: 200,
      ThroughputTier: 200,
    });
    // Those of another region are cheaper, and are not compared.
    const all = { ...tiers, 'PERSISTENT_2 SSD 1000': 0.9 };
    expect(at(all, NEW)).toEqual({ Storage: 200 });
    expect(at({ ...all, 'PERSISTENT_2 SSD 1000': 0.1 }, NEW)).toEqual({ Storage: 100 });
  });

  test('a cache that costs less than none adds nothing', () => {
    const hdd = { 'PERSISTENT_1 HDD 12 NONE': 0.05, 'PERSISTENT_1 HDD 12 READ': 0.04, 'PERSISTENT_1 HDD 40 NONE': 0.06 }; // oxfmt-ignore
    const cached = { ...HDD, StorageCapacity: 6000, PerUnitStorageThroughput: 12 };
    expect(at(hdd, cached)).toEqual({ Storage: 240 });
    expect(at({ ...hdd, 'PERSISTENT_1 HDD 12 READ': 0.07 }, cached)).toEqual({
      Storage: 300,
      ReadCache: 120,
    });
  });

  test('a read cache of no size, and IOPS of no number, cost nothing', () => {
    const own = { SizingMode: 'USER_PROVISIONED' as const };
    const elastic = { ...ELASTIC, DataReadCacheConfiguration: own, MetadataConfiguration: {} };
    expect(Object.keys(estimate(elastic).breakdown)).toEqual(['ThroughputCapacity']);
    const bare: LustreProperties = { ThroughputCapacity: 4000 };
    expect(Object.keys(estimate(bare).breakdown)).toEqual(['ThroughputCapacity']);
    expect(estimate({ ...PERSISTENT_2, MetadataConfiguration: { Mode: 'USER_PROVISIONED' } }).breakdown).not.toHaveProperty('MetadataIops'); // oxfmt-ignore
  });

  test('the confidence is the lowest of the parts', () => {
    const confidences = (properties: LustreProperties, region: string) =>
      estimate(properties, region).confidence;
    const iops = { MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 24000 } } as const;
    expect([
      confidences(HDD, 'us-east-2'),
      confidences(SCRATCH_2, 'us-east-1'),
      confidences(ELASTIC, 'us-east-1'),
      confidences({ ...PERSISTENT_2, ...iops }, 'us-west-2'),
      confidences({ ...PERSISTENT_2, ...iops }, 'us-east-2'),
      confidences(NEW, 'us-east-2'),
    ]).toEqual(['high', 'medium', 'low', 'unsure', 'high', 'unsure']);
  });

  test('a discount is told to the hundredth of a percent', () => {
    const discounted = estimate(SCRATCH_2, 'us-east-2', { discountPercent: 12.3456 });
    expect([discounted.priceBasis.discount, discounted.monthly]).toEqual([12.35, 589.04]);
    expect(estimate(SCRATCH_2, 'us-east-2', { discountPercent: 100 }).monthly).toBe(0);
  });

  test('sums are exact', () => {
    expect([sum([]), sum([0.1, 0.2]), sum([1.005, 2])]).toEqual([0, 0.3, 3]);
  });
});

test.each<[string, LustreProperties]>([
  ['all', RESTORED],
  ['the tier', { ...RESTORED, StorageCapacity: 2400 }],
  ['the capacity', { ...RESTORED, PerUnitStorageThroughput: 250 }],
  ['the offering of a new tier', { ...RESTORED, StorageCapacity: 2400, PerUnitStorageThroughput: 999 }], // oxfmt-ignore
  ['the drive cache', { ...RESTORED, StorageCapacity: 6000, PerUnitStorageThroughput: 12 }],
])('there is no estimate of a backup that brings %s', (_, properties) => {
  expect(estimateCost(properties, { region: 'us-east-1' })).toBeUndefined();
});

test('a backup of which all is given has an estimate', () => {
  const { DriveCacheType, ...uncached } = HDD;
  expect(estimate({ ...RESTORED, ...HDD })).toEqual(estimate(HDD));
  expect(estimate({ ...RESTORED, ...PERSISTENT_2 })).toEqual(estimate(PERSISTENT_2));
  expect([DriveCacheType, estimateCost({ ...RESTORED, ...uncached }, { region: 'us-east-2' })]).toEqual(['READ', undefined]); // oxfmt-ignore
});

test('whatever is accepted has an estimate whose lines add up to the cent, at any discount, in any region', () => {
  const region = fc.constantFrom('us-east-1', 'us-east-2', 'us-west-2', 'us-west-1', 'eu-west-3');
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
      expect(basis.length).toBeLessThanOrEqual(360);
    }),
  );
});
