/** The cost of a file system: USD a month, by component, exact to the cent, and what the prices are based on. */
import { automaticMetadataIops, readCacheSize, type Offering } from '../catalog/catalog';
import {
  basisOf,
  describeBasis,
  leastConfidence,
  type CostBasis,
  type Found,
  type PricedPart,
} from './cost-basis';
import { offeringsFor, rowFor } from '../catalog/offerings';
import {
  FALLBACK_REGION,
  PRICE_BOOK,
  storageItem,
  type Confidence,
  type Price,
  type PriceBook,
  type PriceItem,
} from './prices';
import { partitionOf } from '../catalog/partitions';
import type { LustreProperties, MonthlyCostBreakdown } from '../properties';

/** The monthly cost of a file system. */
export interface CostEstimate {
  /** USD a month. */
  monthly: number;
  /** USD a month by component; the lines add up to `monthly` to the cent. */
  breakdown: MonthlyCostBreakdown;
  /** In sentences: the prices, their dates and confidence, and what is not counted. */
  basis: string;
  /** The content of `basis`, as data. */
  priceBasis: CostBasis;
  /** The lowest confidence among the prices. */
  confidence: Confidence;
}

/** The region, and the prices to use. */
export interface CostOptions {
  region: string;
  /** Newer prices, which override the book that comes with this version. */
  book?: PriceBook;
  /** Negotiated discount on the whole cost, in percent, 0 to 100. */
  discountPercent?: number;
}

/** One component: a number of units, and the monthly price of one. */
interface Line {
  readonly component: keyof MonthlyCostBreakdown;
  readonly quantity: number;
  /** Price of one unit, in billionths of a USD so that sums are exact. */
  readonly nanoUsd: bigint;
}

/** One part of the file system and its lines in the estimate. */
interface Part extends PricedPart {
  readonly lines: readonly Line[];
}

/**
 * The monthly cost of a file system. Storage is StorageCapacity (in GiB, as AWS bills it) at the price of the cheapest tier.
 * ThroughputTier and ReadCache are what the chosen tier and drive cache add. MetadataIops are those above what AUTOMATIC
 * gives. Costs that depend on use are not counted: backups, stored data and requests of INTELLIGENT_TIERING, and data
 * transfer.
 *
 * Undefined if the properties do not determine what is bought, as with BackupId and no capacity, and where AWS does not bill
 * in USD (China). A region without prices is estimated with those of us-east-1, and the basis says so.
 */
export function estimateCost(
  properties: LustreProperties,
  options: CostOptions,
): CostEstimate | undefined {
  const { region, book, discountPercent = 0 } = options;
  if (whyNoCost(region) !== undefined) return undefined;
  const find: Find = (item) => findPrice(book, region, item);
  const parts =
    properties.ThroughputCapacity === undefined
      ? provisionedParts(properties, find)
      : elasticParts(properties, properties.ThroughputCapacity, find);
  if (parts === undefined) return undefined;

  const { monthly, breakdown } = total(
    parts.flatMap(({ lines }) => lines),
    discountPercent,
  );
  const priceBasis = basisOf(parts, region, discountPercent);
  return {
    monthly,
    breakdown,
    basis: describeBasis(priceBasis),
    priceBasis,
    confidence: leastConfidence(parts),
  };
}

/** Why there is no estimate in a region, as a sentence; undefined if prices can be known. */
export function whyNoCost(region: string): string | undefined {
  const { currency } = partitionOf(region);
  return currency === undefined
    ? undefined
    : `AWS bills in ${currency} in ${region}, and prices are known in USD only.`;
}

/** The sum of amounts in USD, computed in cents so that it is exact. */
export const sum = (usd: readonly number[]): number =>
  usd.reduce((total, each) => total + Math.round(each * 100), 0) / 100;

type Find = (item: PriceItem) => Found | undefined;

/** Prefers a price of the region to one of another region, and of several the newer one. */
function findPrice(
  newer: PriceBook | undefined,
  region: string,
  item: PriceItem,
): Found | undefined {
  const books = [
    ...(newer ? [{ regions: newer.regions, source: newer.origin ?? ('price list' as const) }] : []),
    { regions: PRICE_BOOK.regions, source: 'book' as const },
  ];
  for (const where of [region, FALLBACK_REGION]) {
    for (const { regions, source } of books) {
      const price = regions[where]?.[item];
      if (price) return { price, region: where, source };
    }
  }
  return undefined;
}

/** The parts of SSD and HDD storage: capacity, and metadata IOPS above those of AUTOMATIC. */
function provisionedParts(properties: LustreProperties, find: Find): Part[] | undefined {
  const { StorageCapacity: capacity, MetadataConfiguration: metadata } = properties;
  const offering = rowFor(properties)?.offering ?? withNewTier(properties);
  if (capacity === undefined || offering === undefined) return undefined;
  // A restored HDD file system has the drive cache of its backup, which the properties do not show and the price depends on.
  const unseen = properties.BackupId !== undefined && properties.DriveCacheType === undefined;
  if (offering.storage === 'HDD' && unseen) return undefined;
  const iops = metadata?.Mode === 'USER_PROVISIONED' ? (metadata.Iops ?? 0) : 0;
  const extra = iops - automaticMetadataIops(capacity);
  return [
    ...storageParts(offering, capacity, properties, find),
    ...(extra > 0 ? [metadataPart(extra, find)] : []),
  ];
}

/** The offering of a tier that the catalog does not have yet. */
function withNewTier(properties: LustreProperties): Offering | undefined {
  const [offering, ...others] = offeringsFor(properties);
  return properties.PerUnitStorageThroughput !== undefined && others.length === 0
    ? offering
    : undefined;
}

function storageParts(
  offering: Offering,
  capacity: number,
  { PerUnitStorageThroughput: tier, DriveCacheType: cache }: LustreProperties,
  find: Find,
): Part[] {
  const item = (throughput: number | undefined, drive?: typeof cache) =>
    storageItem(offering.deployment, offering.storage, throughput, drive);
  const part = (found: Found, lines: Line[]): Part => ({ label: 'storage', found, lines });
  const tiers = offering.tiers.flatMap(({ throughput }) => find(item(throughput)) ?? []);

  const found = find(item(tier, cache));
  if (found === undefined) {
    const cheapest = tiers.toSorted((a, b) => a.price.usd - b.price.usd)[0];
    const base =
      cheapest &&
      part(cheapest, [{ component: 'Storage', quantity: capacity, nanoUsd: nano(cheapest.price) }]);
    return [...(base ? [base] : []), { label: `what tier ${String(tier)} adds`, lines: [], found }];
  }

  // Only prices of one region can be subtracted from each other.
  const comparable = (others: readonly (Found | undefined)[]) =>
    others
      .filter((other) => other?.region === found.region)
      .map((other) => nano((other ?? found).price));
  const full = nano(found.price);
  const uncached = least([full, ...comparable([find(item(tier))])]);
  const base = least([uncached, ...comparable(tiers)]);
  return [
    part(found, [
      { component: 'Storage', quantity: capacity, nanoUsd: base },
      { component: 'ThroughputTier', quantity: capacity, nanoUsd: uncached - base },
      { component: 'ReadCache', quantity: capacity, nanoUsd: full - uncached },
    ]),
  ];
}

/**
 * INTELLIGENT_TIERING: throughput, its SSD read cache, and all metadata IOPS, because AWS publishes no number that is
 * included.
 */
function elasticParts(properties: LustreProperties, throughput: number, find: Find): Part[] {
  const { DataReadCacheConfiguration: cache, MetadataConfiguration: metadata } = properties;
  const cached = readCacheSize(cache, throughput) ?? 0;
  const iops = metadata?.Iops ?? 0;
  return [
    simplePart('throughput', 'ThroughputCapacity', throughput, find('ThroughputCapacity')),
    ...(cached > 0 ? [simplePart('read cache', 'ReadCache', cached, find('ReadCache'))] : []),
    ...(iops > 0 ? [metadataPart(iops, find)] : []),
  ];
}

const metadataPart = (iops: number, find: Find): Part =>
  simplePart('metadata IOPS', 'MetadataIops', iops, find('MetadataIops'));

function simplePart(
  label: string,
  component: Line['component'],
  quantity: number,
  found: Found | undefined,
): Part {
  return {
    label,
    found,
    lines: found ? [{ component, quantity, nanoUsd: nano(found.price) }] : [],
  };
}

const nano = ({ usd }: Price): bigint => BigInt(Math.round(usd * 1e9));

const least = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (b < a ? b : a));

const NANO_PER_CENT = 10_000_000n;
const MILLION = 1_000_000n;

/**
 * The total in cents, and its lines. Each line is the increase of the rounded running total, so that the lines add up to the
 * total with any discount.
 */
function total(
  lines: readonly Line[],
  discountPercent: number,
): Pick<CostEstimate, 'monthly' | 'breakdown'> {
  const kept = BigInt(Math.round((100 - discountPercent) * 10_000));
  const breakdown: MonthlyCostBreakdown = {};
  let exact = 0n;
  let cents = 0n;
  for (const { component, quantity, nanoUsd } of lines) {
    if (nanoUsd === 0n) continue;
    exact += BigInt(quantity) * nanoUsd;
    const rounded = divideRounding(exact * kept, NANO_PER_CENT * MILLION);
    breakdown[component] = usd(rounded - cents);
    cents = rounded;
  }
  return { monthly: usd(cents), breakdown };
}

const divideRounding = (amount: bigint, unit: bigint): bigint => (amount + unit / 2n) / unit;

const usd = (cents: bigint): number => Number(cents) / 100;
