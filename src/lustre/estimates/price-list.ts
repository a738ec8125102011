/**
 * Reads the AWS Price List of AmazonFSx into a price book. It has two forms: the bulk file of a region, with products and
 * terms in separate objects, and the response of GetProducts, in which each element of PriceList is one product with its
 * terms, as JSON text.
 */
import { OFFERINGS } from '../catalog/catalog';
import {
  storageItem,
  type Price,
  type PriceBook,
  type PriceItem,
  type RegionPrices,
} from './prices';
import type { DriveCacheType } from '../properties';
import { joinWithAnd } from '../wording';

/** One product, in either form. */
interface Listed {
  /** The service code, such as AmazonFSx; empty if the product does not give it. */
  readonly service: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** On-demand offer terms. */
  readonly terms: readonly unknown[];
  readonly date: string;
}

/** How to recognize the product of an item: by its attributes, and by its usage type where they do not suffice. */
interface ItemMatch {
  readonly items: readonly PriceItem[];
  readonly matches: (attributes: Listed['attributes']) => boolean;
  /** The unit of the item's price. A price in another unit is not taken. */
  readonly unit: RegExp;
}

const GB_MONTH = /^GB-Mo(nth)?$/i;

const DRIVE_CACHES: readonly DriveCacheType[] = ['NONE', 'READ'];

/**
 * The values of the attribute cacheType of HDD. If a list lacks the attribute, both products match NONE, so neither is used.
 */
const cacheTypes = (cache: DriveCacheType): readonly string[] =>
  cache === 'NONE' ? ['N/A', 'NONE'] : ['READ'];

const MATCHES: readonly ItemMatch[] = [
  // Both scratch deployments have the same usage type, without a tier.
  {
    items: [storageItem('SCRATCH_1', 'SSD', undefined), storageItem('SCRATCH_2', 'SSD', undefined)],
    matches: ({ storageType, throughputCapacity = 'N/A', usagetype = '' }) =>
      storageType === 'SSD' && !/\d/.test(throughputCapacity) && /(^|-)Storage$/.test(usagetype),
    unit: GB_MONTH,
  },
  ...OFFERINGS.flatMap(({ deployment, storage, tiers }) =>
    tiers.flatMap(({ throughput }): ItemMatch[] =>
      throughput === undefined
        ? []
        : (storage === 'HDD' ? DRIVE_CACHES : [undefined]).map((cache) => ({
            items: [storageItem(deployment, storage, throughput, cache)],
            matches: ({ storageType, throughputCapacity = '', cacheType = 'N/A' }) =>
              storageType === storage &&
              throughputCapacity.split(' ')[0] === String(throughput) &&
              (cache === undefined || cacheTypes(cache).includes(cacheType.toUpperCase())),
            unit: GB_MONTH,
          })),
    ),
  ),
  {
    items: ['MetadataIops'],
    matches: ({ usagetype = '' }) => /(^|-)MetadataIOPS$/i.test(usagetype),
    unit: /^IOPS-Mo(nth)?$/i,
  },
  {
    items: ['ThroughputCapacity'],
    matches: ({ usagetype = '' }) => /(^|-)ThroughputCapacity\.P2$/i.test(usagetype),
    unit: /^Mi?Bps-Mo(nth)?$/i,
  },
];

/**
 * Reads the prices of FSx for Lustre from a parsed price list: a bulk file, a response of GetProducts or an array of its
 * elements. An item with no product and price, or with more than one, is omitted. Products that are not recognized are
 * ignored; a list without FSx for Lustre gives a book without regions.
 */
export function parsePriceList(offer: unknown): PriceBook {
  const lustre = productsOf(offer).filter(isLustre);
  const regions: Record<string, RegionPrices> = {};
  for (const region of new Set(lustre.map(({ attributes }) => attributes.regionCode ?? ''))) {
    const prices = pricesOf(lustre.filter(({ attributes }) => attributes.regionCode === region));
    if (Object.keys(prices).length > 0) regions[region] = prices;
  }
  return { currency: 'USD', regions };
}

/** The prices in a price list that the user gives, or why it cannot be used, as one sentence. */
export type PricesFound = { readonly book: PriceBook } | { readonly problem: string };

/**
 * Reads a file of the AWS Price List (AmazonFSx, any region) or a response of GetProducts. With `region`, the file must be of
 * that region.
 */
export function pricesFrom(text: string, region?: string): PricesFound {
  let offer: unknown;
  try {
    offer = JSON.parse(text);
  } catch {
    return { problem: 'It is not JSON.' };
  }
  const problem = problemOf(offer, region);
  if (problem !== undefined) return { problem };
  const book = parsePriceList(offer);
  return Object.keys(book.regions).length === 0
    ? { problem: 'It has products of FSx for Lustre, but no price in USD that can be read.' }
    : { book: { ...book, origin: 'file' } };
}

const SERVICE = 'AmazonFSx';
const OFFER_FILE = `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${SERVICE}/current/REGION/index.json`;

function problemOf(offer: unknown, region: string | undefined): string | undefined {
  const products = productsOf(offer);
  const { offerCode } = record(offer);
  const services = new Set([textOf(offerCode), ...products.map(({ service }) => service)]);
  services.delete('');
  if (services.size === 0)
    return `It is not a price list: take ${OFFER_FILE}, or the output of aws pricing get-products.`;
  if (!services.has(SERVICE))
    return `It is the price list of ${joinWithAnd([...services])}, not that of ${SERVICE}.`;
  const regions = new Set(products.map(({ attributes }) => attributes.regionCode ?? ''));
  regions.delete('');
  if (region !== undefined && regions.size > 0 && !regions.has(region))
    return `It has the prices of ${joinWithAnd([...regions])}, not those of ${region}.`;
  return products.some(isLustre) ? undefined : 'It has no product of FSx for Lustre.';
}

const isLustre = ({ attributes }: Listed): boolean =>
  attributes.fileSystemType === 'Lustre' && Boolean(attributes.regionCode);

function pricesOf(products: readonly Listed[]): RegionPrices {
  const prices: Record<PriceItem, Price> = {};
  for (const { items, matches, unit } of MATCHES) {
    const [product, ...others] = products.filter(({ attributes }) => matches(attributes));
    const usd = product && others.length === 0 ? usdOf(product, unit) : undefined;
    if (product === undefined || usd === undefined) continue;
    for (const item of items) {
      prices[item] = { usd, asOf: product.date, source: 'price-list', confidence: 'high' };
    }
  }
  return prices;
}

/** The price of a product; undefined unless it has exactly one. */
function usdOf({ terms }: Listed, unit: RegExp): number | undefined {
  const dimensions = terms.flatMap((term) => Object.values(record(record(term).priceDimensions)));
  const [dimension, ...others] = dimensions.map(record);
  if (dimension === undefined || others.length > 0 || !unit.test(textOf(dimension.unit)))
    return undefined;
  const usd = Number(textOf(record(dimension.pricePerUnit).USD) || NaN);
  return Number.isFinite(usd) && usd > 0 ? usd : undefined;
}

function productsOf(offer: unknown): Listed[] {
  const elements = Array.isArray(offer) ? (offer as unknown[]) : record(offer).PriceList;
  if (Array.isArray(elements))
    return elements.map(parsed).map((element) => listed(element, record(element.product)));
  const file = record(offer);
  const onDemand = record(record(file.terms).OnDemand);
  return Object.entries(record(file.products)).map(([sku, product]) =>
    listed({ ...file, terms: { OnDemand: onDemand[sku] } }, record(product)),
  );
}

function listed(
  from: Readonly<Record<string, unknown>>,
  product: Readonly<Record<string, unknown>>,
): Listed {
  const attributes = Object.entries(record(product.attributes));
  const { servicecode } = record(product.attributes);
  return {
    service: [from.offerCode, from.serviceCode, servicecode].map(textOf).find(Boolean) ?? '',
    attributes: Object.fromEntries(attributes.map(([name, value]) => [name, textOf(value)])),
    terms: Object.values(record(record(from.terms).OnDemand)),
    date: textOf(from.publicationDate).slice(0, 10),
  };
}

/** An element of PriceList in a response of GetProducts, parsed. */
function parsed(element: unknown): Readonly<Record<string, unknown>> {
  try {
    return record(typeof element === 'string' ? (JSON.parse(element) as unknown) : element);
  } catch {
    return {};
  }
}

/** An empty object for anything that is not an object. */
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
