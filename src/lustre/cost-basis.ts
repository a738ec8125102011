/** Where an estimate comes from, in words. */
import type { Confidence, Price } from './prices';

/** The price of an item, and the region it was found in. */
export interface Found {
  readonly price: Price;
  readonly region: string;
}

/** A part of the estimate, by the price it rests on; undefined where none is known, and the part is not counted. */
export interface PricedPart {
  readonly label: string;
  readonly found: Found | undefined;
}

/** Whose prices, of when, how sure (the least of those used), and what is not counted. */
export function describeBasis(
  parts: readonly PricedPart[],
  region: string,
  discountPercent: number,
): string {
  const sources = new Map<string, { labels: string[]; confidence: Confidence }>();
  for (const { label, found } of parts) {
    if (found === undefined) continue;
    const words = describeSource(found, region);
    const { labels = [], confidence = 'high' } = sources.get(words) ?? {};
    sources.set(words, {
      labels: [...labels, label],
      confidence: lower(confidence, found.price.confidence),
    });
  }
  const missing = parts.filter(({ found }) => found === undefined).map(({ label }) => label);
  const several = sources.size > 1 || missing.length > 0;
  const sentences = [...sources].map(
    ([words, { labels, confidence }]) =>
      `${several ? `${labels.join(' and ')}: ` : ''}${words}, ${CONFIDENCE[confidence]}`,
  );
  if (missing.length > 0) {
    sentences.push(`not counted, as no price is known: ${missing.join(' and ')}`);
  }
  if (parts.some(({ label }) => label === 'throughput')) {
    sentences.push('stored data and requests are billed by use and not counted');
  }
  const discount = Math.round(discountPercent * 100) / 100;
  if (discount > 0) sentences.push(`less a discount of ${discount} %`);
  return `${sentences.map(capitalised).join('. ')}.`;
}

/** How sure the least sure price is that parts rest on. */
export const leastConfidence = (parts: readonly PricedPart[]): Confidence =>
  parts.map(({ found }) => found?.price.confidence ?? 'unsure').reduce(lower, 'high');

/** In falling order. */
const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  high: 'confidence high',
  medium: 'confidence medium',
  low: 'confidence low',
  unsure: 'not confirmed',
};

/** The less sure one. */
export function lower(a: Confidence, b: Confidence): Confidence {
  const order = Object.keys(CONFIDENCE);
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function describeSource({ price, region: used }: Found, wanted: string): string {
  const { source, from, asOf } = price;
  const date = asOf ?? 'date unknown';
  const instead =
    used === wanted ? '' : `no price is known for ${wanted}, that of ${used} is used: `;
  const place = instead ? '' : ` for ${used}`;
  switch (source) {
    case 'price-list':
      return `${instead}AWS Price List${place}, ${date}`;
    case 'published':
      return `${instead}published prices${place}, ${date}`;
    case 'carried-over':
      return `${instead}prices of ${from ?? 'elsewhere'} carried over to ${used}, ${date}`;
  }
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
