/** Every price of the book, written a second time: `npm run prices` changes both the book and, by hand, this table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRICE_BOOK, type Price } from '../../src/lustre/estimates/prices';

type Table = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** USD a month, as the AWS Price List of each region has them. */
const PRICE_LIST: Table = {
  'us-east-2': {
    'SCRATCH_1 SSD': 0.14,
    'SCRATCH_2 SSD': 0.14,
    'PERSISTENT_1 SSD 50': 0.14,
    'PERSISTENT_1 SSD 100': 0.19,
    'PERSISTENT_1 SSD 200': 0.29,
    'PERSISTENT_1 HDD 12 NONE': 0.025,
    'PERSISTENT_1 HDD 12 READ': 0.041,
    'PERSISTENT_1 HDD 40 NONE': 0.083,
    'PERSISTENT_1 HDD 40 READ': 0.099,
    'PERSISTENT_2 SSD 125': 0.145,
    'PERSISTENT_2 SSD 250': 0.21,
    'PERSISTENT_2 SSD 500': 0.34,
    'PERSISTENT_2 SSD 1000': 0.6,
    MetadataIops: 0.055,
  },
  'us-west-1': {
    'SCRATCH_1 SSD': 0.154,
    'SCRATCH_2 SSD': 0.154,
    'PERSISTENT_1 SSD 200': 0.357,
    'PERSISTENT_2 SSD 250': 0.282,
  },
  'us-west-2': {
    'SCRATCH_1 SSD': 0.14,
    'SCRATCH_2 SSD': 0.14,
    'PERSISTENT_1 SSD 50': 0.14,
    'PERSISTENT_1 SSD 100': 0.19,
    'PERSISTENT_1 SSD 200': 0.29,
    'PERSISTENT_2 SSD 250': 0.21,
  },
  'ap-northeast-2': {
    'PERSISTENT_2 SSD 1000': 0.673,
    MetadataIops: 0.062,
  },
  'ap-south-1': {
    'SCRATCH_1 SSD': 0.14,
    'SCRATCH_2 SSD': 0.14,
    'PERSISTENT_1 SSD 200': 0.29,
    'PERSISTENT_2 SSD 250': 0.24,
  },
  'eu-central-1': {
    'SCRATCH_1 SSD': 0.167,
    'SCRATCH_2 SSD': 0.167,
    'PERSISTENT_1 SSD 200': 0.335,
    'PERSISTENT_2 SSD 250': 0.269,
  },
};

/** USD a month, as other publications that name the region have them. */
const PUBLISHED: Table = {
  'us-east-1': {
    'SCRATCH_2 SSD': 0.14,
    'PERSISTENT_2 SSD 125': 0.145,
    'PERSISTENT_2 SSD 1000': 0.6,
    MetadataIops: 0.055,
    ThroughputCapacity: 0.52,
    ReadCache: 0.09,
  },
};

const prices = Object.entries(PRICE_BOOK.regions).flatMap(([region, items]) =>
  Object.entries(items).map(([item, price]) => ({ region, item, price })),
);

function of(source: Price['source']): Table {
  const found: Record<string, Record<string, number>> = {};
  for (const { item, price, region } of prices)
    if (price.source === source) (found[region] ??= {})[item] = price.usd;
  return found;
}

test('the prices of the price list', () => {
  expect(of('price-list')).toEqual(PRICE_LIST);
});

test('the prices of other publications', () => {
  expect(of('published')).toEqual(PUBLISHED);
});

test('a price that is carried over is that of its region or deployment type', () => {
  const carried = prices.filter(({ price }) => price.source === 'carried-over');
  expect(carried.length).toBeGreaterThan(10);
  for (const { item, price, region } of carried) {
    const { from = '' } = price;
    const source = PRICE_BOOK.regions[from]?.[item] ?? PRICE_BOOK.regions[region]?.[`${from} SSD`];
    expect([region, item, price.usd]).toEqual([region, item, source?.usd]);
  }
});

test('the guide compares the cost of each throughput of a TiB as these prices do', () => {
  /** The least cost of a TiB with a throughput, in MB/s per TiB: more capacity of a tier makes up for what the tier lacks. */
  const least =
    (...kinds: [item: string, throughput: number][]) =>
    (needed: number): number =>
      Math.min(
        ...kinds.map(
          ([item, throughput]) =>
            (PRICE_BOOK.regions['us-east-2']?.[item]?.usd ?? NaN) *
            Math.max(1, needed / throughput),
        ),
      );
  const tiered = (name: string, ...tiers: number[]) =>
    least(...tiers.map((tier): [string, number] => [`${name} ${tier}`, tier]));
  const scratch = least(['SCRATCH_2 SSD', 200]);
  const first = tiered('PERSISTENT_1 SSD', 50, 100, 200);
  const second = tiered('PERSISTENT_2 SSD', 125, 250, 500, 1000);
  const more = (one: typeof scratch, other: typeof scratch, from: number, to: number) =>
    Array.from(
      { length: to - from + 1 },
      (_, index) => one(from + index) / other(from + index),
    ).map((ratio) => Math.round((ratio - 1) * 100));
  const text = readFileSync(join(__dirname, '../../manual/choose-deployment.md'), 'utf8');
  expect(text.replaceAll('\n', ' ')).toContain(
    `\`PERSISTENT_2\` costs ${Math.max(...more(second, scratch, 1, 125))} percent more than scratch up to 125 MB/s per TiB, up to ${Math.max(...more(second, scratch, 126, 485))} percent more up to 485 MB/s per TiB, and up to ${-Math.min(...more(second, scratch, 486, 4000))} percent less above. \`PERSISTENT_1\` on SSD costs ${-Math.min(...more(first, second, 1, 50))} percent less than \`PERSISTENT_2\` up to 50 MB/s per TiB, and up to ${Math.max(...more(first, second, 51, 4000))} percent more above.`,
  );
  expect(Math.max(...more(second, scratch, 486, 4000))).toBeLessThanOrEqual(0);
  expect(Math.min(...more(second, scratch, 126, 485))).toBeGreaterThanOrEqual(0);
  expect(Math.min(...more(first, second, 52, 4000))).toBeGreaterThanOrEqual(0);
});
