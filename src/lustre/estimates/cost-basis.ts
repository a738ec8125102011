/** Where an estimate comes from: as data, and in words. */
import { isRegion } from '../catalog/partitions';
import type { Confidence, Price } from './prices';

/** The price of an item, the region it was found in, and where that stood. */
export interface Found {
  readonly price: Price;
  readonly region: string;
  readonly source: BasisSource['source'];
}

/** A part of the estimate, by the price it rests on; undefined where none is known, and the part is not counted. */
export interface PricedPart {
  readonly label: string;
  readonly found: Found | undefined;
}

/** Prices of one origin, and what of the estimate rests on them. */
export interface BasisSource {
  /** Such as `storage` and `metadata IOPS`. */
  readonly parts: readonly string[];
  /** The region whose prices are used: another one than was asked for where no price of that is known. */
  readonly region: string;
  /** The day or the years of the prices; undefined where unknown. */
  readonly date: string | undefined;
  /** How sure the least sure of them is, in words: `as AWS lists them`. */
  readonly confidence: string;
  /** `book`: the prices that come with this version. `price list`: AWS's, asked just now. `file`: a list that the user gives. */
  readonly source: 'book' | 'price list' | 'file';
  /** How the price came into its source, as prices.ts has it. */
  readonly origin: Price['source'];
  /** Of what prices are carried over. */
  readonly carriedOverFrom?: string;
}

/** Whose prices an estimate rests on, of when, and how sure they are. */
export interface CostBasis {
  /** The region that was asked for. */
  readonly region: string;
  readonly sources: readonly BasisSource[];
  /** Parts that no price is known for. */
  readonly notCounted: readonly string[];
  /** Whether stored data and requests are billed by use, and so not in the estimate. */
  readonly billedByUse: boolean;
  /** Percent. */
  readonly discount: number;
}

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

/** Of parts whose prices differ in nothing but how sure they are. */
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

/** The regions whose prices stand in for those of the region that was asked for, in the order of the parts. */
export function standIns({ region, sources }: CostBasis): string[] {
  const places = sources.map(placeOf).filter((place) => place !== region);
  return [...new Set(places)];
}

/** Whether an estimate rests on prices of its own region too. */
export const hasOwnPrices = ({ region, sources }: CostBasis): boolean =>
  sources.some((source) => placeOf(source) === region);

/** The region that prices are of; what is carried over within a region is of that. */
const placeOf = ({ region, carriedOverFrom: from }: BasisSource): string =>
  from !== undefined && isRegion(from) ? from : region;

/** Whose prices, of when, how sure, and what is not counted, in sentences. */
export function describeBasis(basis: CostBasis): string {
  const { sources, notCounted, billedByUse, discount } = basis;
  const several = sources.length > 1 || notCounted.length > 0;
  const sentences = sources.map(
    (source) =>
      `${several ? `${source.parts.join(' and ')}: ` : ''}${describeSource(source, basis.region)}`,
  );
  if (notCounted.length > 0)
    sentences.push(`not included, because no price is known: ${notCounted.join(' and ')}`);
  if (billedByUse) sentences.push('stored data and requests are billed by use and not counted');
  if (discount > 0) sentences.push(`less a discount of ${discount}%`);
  return `${sentences.map(capitalised).join('. ')}.`;
}

/** How sure the least sure price is that parts rest on. */
export const leastConfidence = (parts: readonly PricedPart[]): Confidence =>
  parts.map(({ found }) => found?.price.confidence ?? 'unsure').reduce(lower, 'high');

/** In falling order. */
const ASSURANCE: Readonly<Record<Confidence, string>> = {
  high: 'as AWS lists them',
  medium: 'probably right, but not checked with AWS',
  low: 'from a single source, not checked with AWS',
  unsure: 'an assumption, not a price that AWS publishes',
};

/** The less sure one. */
export function lower(a: Confidence, b: Confidence): Confidence {
  const order = Object.keys(ASSURANCE);
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function describeSource(source: BasisSource, wanted: string): string {
  const { region: used, date = 'date unknown', confidence } = source;
  const instead =
    used === wanted ? '' : `no price is known for ${wanted}, so that of ${used} is used: `;
  const sure = confidence === ASSURANCE.high ? '' : `, ${confidence}`;
  return `${instead}${pricesOf(source, instead === '')}, ${date}${sure}`;
}

function pricesOf(
  { source, origin, region, carriedOverFrom }: BasisSource,
  saysWhere: boolean,
): string {
  const where = saysWhere ? ` for ${region}` : '';
  if (source === 'file') return `the price list given${where}`;
  switch (origin) {
    case 'price-list':
      return `AWS Price List${where}`;
    case 'published':
      return `published prices${where}`;
    case 'carried-over':
      return `prices of ${carriedOverFrom ?? 'elsewhere'} carried over to ${region}`;
  }
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
