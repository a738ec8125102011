import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { parsePriceList } from '../lustre/estimates/price-list';
import type { PriceBook } from '../lustre/estimates/prices';
import { withSignalPerAttempt } from '../sdk/attempt-signals';
import { clientSettings, type Credentials } from '../sdk/client-settings';

/** Milliseconds after which an estimate goes without the price list. */
const DEADLINE = 3_000;
/** Milliseconds that an answer is kept: prices change by the month. A failure is kept for less. */
const KEPT = 24 * 3_600_000;
const FAILURE_KEPT = 5 * 60_000;
/** A region has about forty Lustre products; more pages than this are not read. */
const MOST_PAGES = 5;

interface Kept {
  book: PriceBook | undefined;
  until: number;
}

/** By region. Prices are public, so what one caller asked for serves the next while the function is warm. */
const books = new Map<string, Kept>();

/**
 * The region's prices from the AWS Price List Query API (GetProducts), for type configuration
 * `Pricing.Source: PRICE_LIST`. Undefined when the list cannot be had in time, whatever the reason: an estimate then comes
 * from the book of this version, and an operation never fails on a price.
 */
export async function priceListBook(
  region: string,
  credentials?: Credentials,
): Promise<PriceBook | undefined> {
  const kept = books.get(region);
  if (kept && Date.now() < kept.until) return kept.book;
  const book = await ask(region, credentials).catch(() => undefined);
  books.set(region, { book, until: Date.now() + (book ? KEPT : FAILURE_KEPT) });
  return book;
}

async function ask(region: string, credentials: Credentials | undefined): Promise<PriceBook> {
  const client = withSignalPerAttempt(
    new PricingClient({
      ...(credentials && clientSettings('PRICING', credentials)),
      region: endpointRegion(region),
      maxAttempts: 1,
    }),
  );
  const abortSignal = AbortSignal.timeout(DEADLINE);
  try {
    const elements: unknown[] = [];
    let next: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await client.send(
        new GetProductsCommand({
          ServiceCode: 'AmazonFSx',
          Filters: [
            { Type: 'TERM_MATCH', Field: 'fileSystemType', Value: 'Lustre' },
            { Type: 'TERM_MATCH', Field: 'regionCode', Value: region },
          ],
          ...(next && { NextToken: next }),
        }),
        { abortSignal },
      );
      // The SDK gives each element as an object that only looks like text.
      elements.push(...((answer.PriceList ?? []) as unknown[]).map(String));
      next = answer.NextToken;
      if (!next) break;
    }
    return parsePriceList(elements);
  } finally {
    client.destroy();
  }
}

/** The Price List Query API is served in three regions of the commercial partition. */
function endpointRegion(region: string): string {
  if (region.startsWith('eu-')) return 'eu-central-1';
  if (region.startsWith('ap-')) return 'ap-south-1';
  return 'us-east-1';
}
