/** The price book: USD a month by region and item, with the source of each price. */
import type { DeploymentType, DriveCacheType, StorageType } from '../properties';
import book from './prices.json';

/** How reliable a price is. `describeBasis` has the words for each. */
export type Confidence = 'high' | 'medium' | 'low' | 'unsure';

/** The price of an item in a region. */
export interface Price {
  /** USD a month for one unit of the item: GB of storage or cache, IOPS, MB/s. */
  readonly usd: number;
  /** The date or the years of the price; absent if unknown. */
  readonly asOf?: string;
  /**
   * `price-list`: the AWS Price List of the region. `published`: other publications that name the region. `carried-over`: no
   * source names it; it is the price of another region, or of another deployment type.
   */
  readonly source: 'price-list' | 'published' | 'carried-over';
  /** What the price is carried over from. */
  readonly from?: string;
  readonly confidence: Confidence;
}

/**
 * What is priced: storage by deployment type, storage type, tier and drive cache, such as `SCRATCH_2 SSD`, `PERSISTENT_2 SSD
 * 250` and `PERSISTENT_1 HDD 40 READ`; `MetadataIops`; and `ThroughputCapacity` and `ReadCache` of INTELLIGENT_TIERING.
 */
export type PriceItem = string;

/** The prices of one region. Items without a known price are absent. */
export type RegionPrices = Readonly<Record<PriceItem, Price>>;

/** Prices by region. */
export interface PriceBook {
  readonly currency: 'USD';
  /** The source of newer prices: the AWS Price List, requested now, if absent; or a file that the user gives. */
  readonly origin?: 'price list' | 'file';
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

/** The book that comes with this version. `npm run prices` updates it from the AWS Price List. */
export const PRICE_BOOK = book as PriceBook;

/** The region whose prices are used for a region without prices. */
export const FALLBACK_REGION = 'us-east-1';

/** The item of storage. HDD has one for each drive cache. */
export function storageItem(
  deployment: DeploymentType,
  storage: StorageType,
  tier: number | undefined,
  cache: DriveCacheType = 'NONE',
): PriceItem {
  return [deployment, storage, tier, storage === 'HDD' ? cache : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Overrides the prices of a book with those of another. */
export function mergePriceBooks(book: PriceBook, newer: PriceBook): PriceBook {
  const regions: Record<string, RegionPrices> = { ...book.regions };
  for (const [region, prices] of Object.entries(newer.regions)) {
    regions[region] = { ...regions[region], ...prices };
  }
  return { ...book, regions };
}
