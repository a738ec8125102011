/** What an estimate is based on: as data, and in sentences. */
import { isRegion } from '../catalog/partitions';
import { capitalized } from '../wording';
import type { Confidence, Price } from './prices';

/** A price, its region, and its place in the price book. */
export interface Found {
  readonly price: Price;
  readonly region: string;
  readonly source: BasisSource['source'];
}

/** A part of the estimate and its price. Without a price, the part is not counted. */
export interface PricedPart {
  readonly label: string;
  readonly found: Found | undefined;
}

/** Prices of one origin, and the parts of the estimate that they are for. */
export interface BasisSource {
  /** Such as `storage` and `metadata IOPS`. */
  readonly parts: readonly string[];
  /** The region of the prices: another one than the estimate's if no price is known there. */
  readonly region: string;
  /** The date or the years of the prices; undefined if unknown. */
  readonly date: string | undefined;
  /** The lowest confidence among the prices, in words: `as AWS lists them`. */
  readonly confidence: string;
  /**
   * `book`: the prices that come with this version. `price list`: the AWS Price List, requested now. `file`: a price list
   * that the user gives.
   */
  readonly source: 'book' | 'price list' | 'file';
  /** How the price came into its source; see `Price.source`. */
  readonly origin: Price['source'];
  /** What the prices are carried over from. */
  readonly carriedOverFrom?: string;
}

/** What an estimate is based on: the sources of its prices with their dates and confidence, and what is not counted. */
export interface CostBasis {
  /** The region of the estimate. */
  readonly region: string;
  readonly sources: readonly BasisSource[];
  /** Parts without a known price. */
  readonly notCounted: readonly string[];
  /** Whether stored data and requests are billed by usage and therefore not part of the estimate. */
  readonly billedByUse: boolean;
  /** Percent. */
  readonly discount: number;
}

/**
 * What an estimate of a region is based on.
 *
 * @param discountPercent 0 to 100.
 */
export function basisOf(
  parts: readonly PricedPart[],
  region: string,
  discountPercent: number,
): CostBasis {
  const alike = new Map<string, Labeled[]>();
  for (const { label, found } of parts) {
    if (found === undefined) continue;
    const { price, region: used, source } = found;
    const key = [used, price.asOf, source, price.source, price.from].join();
    alike.set(key, [...(alike.get(key) ?? []), { ...found, label }]);
  }
  return {
    region,
    sources: [...alike.values()].flatMap(sourcesOf),
    notCounted: parts.filter(({ found }) => found === undefined).map(({ label }) => label),
    billedByUse: parts.some(({ label }) => label === 'throughput'),
    discount: Math.round(discountPercent * 100) / 100,
  };
}

type Labeled = Found & Pick<PricedPart, 'label'>;

/** Groups parts whose prices differ in nothing but their confidence. */
function sourcesOf(parts: readonly Labeled[]): BasisSource[] {
  return parts.slice(0, 1).map(({ price: { asOf, from, source: origin }, region, source }) => ({
    parts: parts.map(({ label }) => label),
    region,
    date: asOf,
    confidence: ASSURANCE[parts.map(({ price }) => price.confidence).reduce(lower, 'high')],
    source,
    origin,
    ...(from !== undefined && { carriedOverFrom: from }),
  }));
}

/** The regions whose prices are used instead of those of the estimate's region, in the order of the parts. */
export function standIns({ region, sources }: CostBasis): string[] {
  const places = sources.map(placeOf).filter((place) => place !== region);
  return [...new Set(places)];
}

/** Whether an estimate also uses prices of its own region. */
export const hasOwnPrices = ({ region, sources }: CostBasis): boolean =>
  sources.some((source) => placeOf(source) === region);

/** The region of the prices. Prices that are carried over within a region count as that region's. */
const placeOf = ({ region, carriedOverFrom: from }: BasisSource): string =>
  from !== undefined && isRegion(from) ? from : region;

/** What an estimate is based on, in sentences: the prices, their dates and confidence, and what is not counted. */
export function describeBasis(basis: CostBasis): string {
  const { sources, notCounted, billedByUse, discount } = basis;
  const several = sources.length > 1 || notCounted.length > 0;
  const sentences = sources.map(
    (source) =>
      `${several ? `${source.parts.join(' and ')}: ` : ''}${describeSource(source, basis.region)}`,
  );
  if (notCounted.length > 0)
    sentences.push(`not included, because no price is known: ${notCounted.join(' and ')}`);
  if (billedByUse) sentences.push('stored data and requests are billed by usage and not included');
  if (discount > 0) sentences.push(`less a discount of ${discount}%`);
  return `${sentences.map(capitalized).join('. ')}.`;
}

/** The lowest confidence among the prices of the parts. */
export const leastConfidence = (parts: readonly PricedPart[]): Confidence =>
  parts.map(({ found }) => found?.price.confidence ?? 'unsure').reduce(lower, 'high');

/** From highest to lowest. */
const ASSURANCE: Readonly<Record<Confidence, string>> = {
  high: 'as AWS lists them',
  medium: 'probably correct, but not verified with AWS',
  low: 'from a single source, not verified with AWS',
  unsure: 'an assumption, not a published AWS price',
};

/** The lower of two confidences. */
export function lower(a: Confidence, b: Confidence): Confidence {
  const order = Object.keys(ASSURANCE);
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function describeSource(source: BasisSource, wanted: string): string {
  const { region: used, date = 'date unknown', confidence } = source;
  const instead =
    used === wanted ? '' : `no price is known for ${wanted}, so the price of ${used} is used: `;
  const sure = confidence === ASSURANCE.high ? '' : `, ${confidence}`;
  return `${instead}${pricesOf(source, instead === '')}, ${date}${sure}`;
}

function pricesOf(
  { source, origin, region, carriedOverFrom }: BasisSource,
  saysWhere: boolean,
): string {
  const where = saysWhere ? ` for ${region}` : '';
  if (source === 'file') return `the specified price list${where}`;
  switch (origin) {
    case 'price-list':
      return `AWS Price List${where}`;
    case 'published':
      return `published prices${where}`;
    case 'carried-over':
      return `prices of ${carriedOverFrom ?? 'elsewhere'} applied to ${region}`;
  }
}
