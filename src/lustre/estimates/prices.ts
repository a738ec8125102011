/** The price book: USD a month by region and item, with where each price comes from. */
import type { DeploymentType, DriveCacheType, StorageType } from '../properties';
import book from './prices.json';

/** How sure a price is. */
export type Confidence = 'high' | 'medium' | 'low' | 'unsure';

export interface Price {
  /** A month, for one unit of the item: GB of storage or cache, IOPS, MB/s. */
  readonly usd: number;
  /** The date or years of the price; absent where unknown. */
  readonly asOf?: string;
  /**
   * `price-list`: the AWS Price List of the region. `published`: other publications that name the region.
   * `carried-over`: no source names it; it is that of another region, or of another deployment type.
   */
  readonly source: 'price-list' | 'published' | 'carried-over';
  /** Of what a price is carried over. */
  readonly from?: string;
  readonly confidence: Confidence;
}

/**
 * What is priced: storage by deployment, storage type, tier and drive cache, such as `SCRATCH_2 SSD`,
 * `PERSISTENT_2 SSD 250` and `PERSISTENT_1 HDD 40 READ`; `MetadataIops`; and `ThroughputCapacity` and `ReadCache` of
 * INTELLIGENT_TIERING.
 */
export type PriceItem = string;

export type RegionPrices = Readonly<Record<PriceItem, Price>>;

export interface PriceBook {
  readonly currency: 'USD';
  /** Where newer prices come from: the AWS Price List, asked just now, where it is left out; or a file that the user gives. */
  readonly origin?: 'price list' | 'file';
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

/** The book that comes with this version; `npm run prices` renews it from the AWS Price List. */
export const PRICE_BOOK = book as PriceBook;

/** Prices of this region stand in for those of a region without. */
export const FALLBACK_REGION = 'us-east-1';

/** The item of storage; HDD is priced by its drive cache. */
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

/** A book with the prices of another put over it; what the other does not have stays. */
export function mergePriceBooks(book: PriceBook, newer: PriceBook): PriceBook {
  const regions: Record<string, RegionPrices> = { ...book.regions };
  for (const [region, prices] of Object.entries(newer.regions)) {
    regions[region] = { ...regions[region], ...prices };
  }
  return { ...book, regions };
}
