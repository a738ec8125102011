import fc from 'fast-check';
import { OFFERINGS } from '../../src/lustre/catalog/catalog';
import { parsePriceList, pricesFrom } from '../../src/lustre/estimates/price-list';
import {
  FALLBACK_REGION,
  mergePriceBooks,
  PRICE_BOOK,
  storageItem,
} from '../../src/lustre/estimates/prices';
import offer from './fixtures/AmazonFSx-us-west-2.json';

const listed = (usd: number) => ({
  usd,
  asOf: '2026-11-15',
  source: 'price-list',
  confidence: 'high',
});

/** What the fixture holds, as far as it is clear. */
const WEST = {
  'SCRATCH_1 SSD': listed(0.14),
  'SCRATCH_2 SSD': listed(0.14),
  'PERSISTENT_1 SSD 50': listed(0.14),
  'PERSISTENT_1 SSD 100': listed(0.19),
  'PERSISTENT_1 SSD 200': listed(0.29),
  'PERSISTENT_2 SSD 250': listed(0.215),
  'PERSISTENT_1 HDD 12 NONE': listed(0.026),
  MetadataIops: listed(0.055),
  ThroughputCapacity: listed(0.52),
};

/** The same offer as GetProducts answers it: each product with its terms, as JSON text. */
const getProducts = () => {
  const terms: Record<string, unknown> = offer.terms.OnDemand;
  return {
    FormatVersion: 'aws_v1',
    NextToken: 'next',
    PriceList: Object.values(offer.products).map((product) =>
      JSON.stringify({
        product,
        serviceCode: 'AmazonFSx',
        terms: { OnDemand: terms[product.sku] },
        version: offer.version,
        publicationDate: offer.publicationDate,
      }),
    ),
  };
};

describe('the price list', () => {
  test('as a bulk file', () => {
    expect(parsePriceList(offer)).toEqual({ currency: 'USD', regions: { 'us-west-2': WEST } });
  });

  test('as an answer of GetProducts, and as the elements of several', () => {
    expect(parsePriceList(getProducts())).toEqual(parsePriceList(offer));
    expect(parsePriceList(getProducts().PriceList)).toEqual(parsePriceList(offer));
    expect(
      parsePriceList(getProducts().PriceList.map((text) => JSON.parse(text) as unknown)),
    ).toEqual(parsePriceList(offer));
  });

  test.each([
    ['two products with the same labels', 'PERSISTENT_1 HDD 40 NONE'],
    ['labels that may mean either', 'PERSISTENT_1 HDD 12 READ'],
    ['a price in steps', 'PERSISTENT_2 SSD 1000'],
    ['a price per hour', 'PERSISTENT_2 SSD 500'],
  ])('does not guess: %s', (_, item) => {
    expect(parsePriceList(offer).regions['us-west-2']).not.toHaveProperty(item);
  });

  describe('tells HDD with and without read cache apart by cacheType', () => {
    /** The offer, each product with the cacheType that goes with its usage type. */
    const labelled = (cacheTypes: Record<string, string>) => {
      const copy = structuredClone(offer) as {
        products: Record<string, { attributes: Record<string, string> }>;
      };
      for (const { attributes } of Object.values(copy.products))
        for (const [ending, cacheType] of Object.entries(cacheTypes))
          if (attributes.usagetype?.endsWith(ending)) attributes.cacheType = cacheType;
      return parsePriceList(copy).regions['us-west-2'];
    };

    test.each(['N/A', 'NONE', 'None'])('%s and READ', (none) => {
      const prices = labelled({ 'HDD.12': none, 'HDD.40': none, 'HDD.40.Cache': 'READ' });
      expect(prices).toMatchObject({
        'PERSISTENT_1 HDD 12 NONE': listed(0.026),
        'PERSISTENT_1 HDD 40 NONE': listed(0.083),
        'PERSISTENT_1 HDD 40 READ': listed(0.099),
      });
      expect(prices).not.toHaveProperty('PERSISTENT_1 HDD 12 READ');
    });

    test.each([
      ['two products with the same cacheType', { 'HDD.40': 'READ', 'HDD.40.Cache': 'READ' }],
      ['a cacheType that nobody knows', { 'HDD.40': 'WRITE', 'HDD.40.Cache': 'BOTH' }],
    ])('does not guess: %s', (_, cacheTypes) => {
      const prices = Object.keys(labelled(cacheTypes) ?? {});
      expect(prices.filter((item) => item.startsWith('PERSISTENT_1 HDD 40'))).toEqual([]);
    });
  });

  test.each([
    ['nothing', undefined],
    ['text', 'not a price list'],
    ['another service', { offerCode: 'AmazonS3', products: { A: { attributes: {} } }, terms: {} }],
    ['elements that are no JSON', { PriceList: ['{', '1', null] }],
    ['products without terms', { ...offer, terms: {} }],
    ['another currency', JSON.parse(JSON.stringify(offer).replaceAll('"USD"', '"CNY"'))],
  ])('of %s has no prices', (_, list: unknown) => {
    expect(parsePriceList(list)).toEqual({ currency: 'USD', regions: {} });
  });
});

describe('a price list that the user gives', () => {
  const s3 = { offerCode: 'AmazonS3', products: { A: { attributes: {} } }, terms: {} };
  const windows = {
    ...offer,
    products: {
      A: { attributes: { fileSystemType: 'Windows', regionCode: 'us-west-2' } },
    },
  };

  test.each<[string, string]>([
    ['a file of a region', JSON.stringify(offer)],
    ['an answer of GetProducts', JSON.stringify(getProducts())],
  ])('is a book: %s', (_, text) => {
    const found = { book: { currency: 'USD', origin: 'file', regions: { 'us-west-2': WEST } } };
    expect(pricesFrom(text)).toEqual(found);
    expect(pricesFrom(text, 'us-west-2')).toEqual(found);
  });

  test.each<[string, string, string]>([
    ['text', 'prices', 'It is not JSON.'],
    ['nothing', '', 'It is not JSON.'],
    ...[{}, [], null, 7, { regions: {} }, { PriceList: [] }].map(
      (value): [string, string, string] => [
        JSON.stringify(value),
        JSON.stringify(value),
        'It is not a price list: take https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonFSx/current/REGION/index.json, or the output of aws pricing get-products.',
      ],
    ),
    [
      'another service',
      JSON.stringify(s3),
      'It is the price list of AmazonS3, not that of AmazonFSx.',
    ],
    ['other file systems', JSON.stringify(windows), 'It has no product of FSx for Lustre.'],
    [
      'another currency',
      JSON.stringify(offer).replaceAll('"USD"', '"CNY"'),
      'It has products of FSx for Lustre, but no price in USD that can be read.',
    ],
  ])('is told to be none: %s', (_, text, problem) => {
    expect(pricesFrom(text)).toEqual({ problem });
  });

  test('of another region is told with its region', () => {
    expect(pricesFrom(JSON.stringify(offer), 'eu-west-1')).toEqual({
      problem: 'It has the prices of us-west-2, not those of eu-west-1.',
    });
  });

  test('whatever the text, there is a book or one sentence', () => {
    const texts = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(texts, (text) => {
        const found = pricesFrom(text);
        expect('book' in found ? '.' : found.problem).toMatch(/^[^.]*(\.[^ ][^.]*)*\.$/);
      }),
    );
  });
});

describe('a product is taken for what it is', () => {
  const product = (attributes: object, unit: string, USD: string, dimensions = 1) => ({
    product: { attributes: { fileSystemType: 'Lustre', regionCode: 'eu-west-1', ...attributes } },
    serviceCode: 'AmazonFSx',
    publicationDate: '2026-11-15T17:45:32Z',
    terms: {
      OnDemand: {
        T: {
          priceDimensions: Object.fromEntries(
            Array.from({ length: dimensions }, (_, i) => [i, { unit, pricePerUnit: { USD } }]),
          ),
        },
      },
    },
  });
  const items = (...products: object[]) =>
    Object.keys(parsePriceList(products).regions['eu-west-1'] ?? {});
  const of = (attributes: object, unit = 'GB-Mo', USD = '0.1') => items(product(attributes, unit, USD)); // oxfmt-ignore
  const SCRATCH = ['SCRATCH_1 SSD', 'SCRATCH_2 SSD'];
  const ssd = { storageType: 'SSD', usagetype: 'EU-Storage' };

  test('scratch by its usage type, where it has no tier', () => {
    for (const usagetype of ['EU-Storage', 'Storage', 'A-B-Storage'])
      expect(of({ ...ssd, usagetype })).toEqual(SCRATCH);
    for (const usagetype of ['EUStorage', 'EU-Storages', 'EU-Storage.SSD', 'EU-storage', ''])
      expect(of({ ...ssd, usagetype })).toEqual([]);
    expect(of({ usagetype: 'EU-Storage' })).toEqual([]);
    expect(of({ ...ssd, storageType: 'HDD' })).toEqual([]);
    expect(of({ ...ssd, throughputCapacity: 'none' })).toEqual(SCRATCH);
    expect(of({ ...ssd, throughputCapacity: '50 MB/s/TiB' })).toEqual(['PERSISTENT_1 SSD 50']);
    expect(of({ storageType: 'SSD' })).toEqual([]);
  });

  test('a tier by its number', () => {
    const tier = (throughputCapacity: string, storageType = 'SSD', more = {}) =>
      of({ storageType, throughputCapacity, ...more });
    expect(tier('125')).toEqual(['PERSISTENT_2 SSD 125']);
    expect(['1250', '12', 'x125', ''].map((each) => tier(each))).toEqual([[], [], [], []]);
    expect(tier('12', 'HDD')).toEqual(['PERSISTENT_1 HDD 12 NONE']);
    expect(tier('12', 'HDD', { cacheType: 'read' })).toEqual(['PERSISTENT_1 HDD 12 READ']);
    expect(tier('12', 'HDD', { cacheType: 'NONE' })).toEqual(['PERSISTENT_1 HDD 12 NONE']);
    expect(tier('125', 'HDD')).toEqual([]);
  });

  test('metadata IOPS and throughput by their usage types, in their units', () => {
    const iops = ['EU-MetadataIOPS', 'MetadataIOPS', 'EU-metadataiops', 'EUMetadataIOPS', 'EU-MetadataIOPS.P2']; // oxfmt-ignore
    expect(iops.map((usagetype) => of({ usagetype }, 'IOPS-Mo').length)).toEqual([1, 1, 1, 0, 0]);
    const rates = ['EU-ThroughputCapacity.P2', 'ThroughputCapacity.p2', 'EUThroughputCapacity.P2', 'EU-ThroughputCapacity.P21', 'EU-ThroughputCapacity-P2']; // oxfmt-ignore
    expect(rates.map((usagetype) => of({ usagetype }, 'MBps-Mo').length)).toEqual([1, 1, 0, 0, 0]);
    const units: [object, string[], string[]][] = [
      [ssd, ['GB-Mo', 'GB-Month', 'gb-mo'], ['xGB-Mo', 'GB-Months', 'GB-Mon', 'GB-Hrs', '']],
      [{ usagetype: 'MetadataIOPS' }, ['IOPS-Mo', 'IOPS-Month'], ['xIOPS-Mo', 'IOPS-Mox', 'GB-Mo']],
      [{ usagetype: 'ThroughputCapacity.P2' }, ['MBps-Mo', 'MiBps-Mo', 'mibps-month'], ['xMBps-Mo', 'MBps-Mox', 'MBps-Hrs']], // oxfmt-ignore
    ];
    for (const [attributes, right, wrong] of units) {
      const taken = [...right, ...wrong].filter((unit) => of(attributes, unit).length > 0);
      expect(taken).toEqual(right);
    }
  });

  test('by one price above zero', () => {
    const prices = ['0.1', '1', '0', '-1', '', 'free', 'Infinity'];
    expect(prices.filter((usd) => of(ssd, 'GB-Mo', usd).length > 0)).toEqual(['0.1', '1']);
    expect(items(product(ssd, 'GB-Mo', '0.1', 2))).toEqual([]);
    expect(items(product(ssd, 'GB-Mo', '0.1', 0))).toEqual([]);
    expect(items(product(ssd, 'GB-Mo', '0.1'), product(ssd, 'GB-Mo', '0.2'))).toEqual([]);
  });

  test('in its region, if it is of Lustre', () => {
    expect(of({ ...ssd, fileSystemType: 'Windows' })).toEqual([]);
    const two = parsePriceList([
      product(ssd, 'GB-Mo', '0.1'),
      product({ ...ssd, regionCode: 'eu-west-2' }, 'GB-Mo', '0.2'),
      product({ ...ssd, regionCode: '' }, 'GB-Mo', '0.3'),
      product({ ...ssd, regionCode: 'eu-west-3' }, 'GB-Hrs', '0.3'),
    ]);
    const usd = Object.entries(two.regions).map(([region, each]) => [region, each['SCRATCH_2 SSD']?.usd]); // oxfmt-ignore
    expect(usd).toEqual([
      ['eu-west-1', 0.1],
      ['eu-west-2', 0.2],
    ]);
    expect(two.regions['eu-west-1']?.['SCRATCH_1 SSD']).toEqual({ ...listed(0.1) });
  });

  test('a list of several services or regions is told with all of them', () => {
    const named = (serviceCode: string, regionCode: string) => ({
      ...product({ ...ssd, regionCode }, 'GB-Mo', '0.1'),
      serviceCode,
    });
    const problem = (list: object, region?: string) => {
      const found = pricesFrom(JSON.stringify(list), region);
      return 'problem' in found ? found.problem : 'none';
    };
    expect(problem([named('A', 'r'), named('B', 'r')])).toBe('It is the price list of A and B, not that of AmazonFSx.'); // oxfmt-ignore
    expect(problem([named('A', 'r'), named('AmazonFSx', 's')])).toBe('none');
    expect(problem([named('AmazonFSx', 'r'), named('AmazonFSx', 's')], 'q')).toBe('It has the prices of r and s, not those of q.'); // oxfmt-ignore
    expect(problem([named('AmazonFSx', 'r'), named('AmazonFSx', 's')], 's')).toBe('none');
    expect(problem([named('AmazonFSx', '')], 'q')).toBe('It has no product of FSx for Lustre.');
    expect(problem({ offerCode: 'AmazonFSx' })).toBe('It has no product of FSx for Lustre.');
    expect(problem([{ product: { attributes: { servicecode: 'AmazonFSx' } } }])).toBe('It has no product of FSx for Lustre.'); // oxfmt-ignore
  });
});

describe('the book', () => {
  const items = OFFERINGS.flatMap(({ deployment, storage, tiers }) =>
    tiers.flatMap(({ throughput }) =>
      (['NONE', 'READ'] as const).map((cache) =>
        storageItem(deployment, storage, throughput, cache),
      ),
    ),
  );
  const known = new Set([...items, 'MetadataIops', 'ThroughputCapacity', 'ReadCache']);

  test('prices everything in the region that stands in for others', () => {
    expect(new Set(Object.keys(PRICE_BOOK.regions[FALLBACK_REGION] ?? {}))).toEqual(known);
  });

  test.each(Object.entries(PRICE_BOOK.regions))('%s is sound', (_, prices) => {
    for (const [item, price] of Object.entries(prices)) {
      expect(known).toContain(item);
      expect(price.usd).toBeGreaterThan(0);
      expect(price.usd).toBeLessThan(1);
      expect(price.asOf ?? '2026').toMatch(/^20\d\d(-\d\d-\d\d| to 20\d\d)?$/);
      expect(['price-list', 'published', 'carried-over']).toContain(price.source);
      expect(['high', 'medium', 'low', 'unsure']).toContain(price.confidence);
      expect(price.from === undefined).toBe(price.source !== 'carried-over');
    }
  });

  test('takes newer prices over its own and keeps the rest', () => {
    const merged = mergePriceBooks(PRICE_BOOK, parsePriceList(offer)).regions;
    expect(merged['us-west-2']).toMatchObject(WEST);
    expect(merged['us-west-2']).toHaveProperty(
      ['PERSISTENT_1 HDD 40 READ', 'source'],
      'carried-over',
    );
    expect(merged['us-east-1']).toBe(PRICE_BOOK.regions['us-east-1']);
  });
});
