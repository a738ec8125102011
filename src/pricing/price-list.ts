import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { parsePriceList } from '../lustre/estimates/price-list';
import type { PriceBook } from '../lustre/estimates/prices';
import { withSignalPerAttempt } from '../sdk/attempt-signals';
import { clientSettings, mayUseEnvironment, type Credentials } from '../sdk/client-settings';

/** Milliseconds after which an estimate uses the book instead. */
const DEADLINE = 3_000;
/** Milliseconds for which a response is cached: prices change by the month. A failure is cached for less. */
const KEPT = 24 * 3_600_000;
const FAILURE_KEPT = 5 * 60_000;
/** A region has about forty Lustre products; further pages are not read. */
const MOST_PAGES = 5;

interface Kept {
  book: PriceBook | undefined;
  until: number;
}

/** By region. Prices are public, so they can be shared between the callers of a warm function. */
const books = new Map<string, Kept>();

/**
 * The region's prices from the AWS Price List Query API (GetProducts), for `Pricing.Source: PRICE_LIST` in the type
 * configuration. Undefined if the list cannot be loaded in time, for any reason, or there are no credentials: the estimate
 * then uses the book of this version, and an operation never fails because of prices.
 */
export async function priceListBook(
  region: string,
  credentials?: Credentials,
): Promise<PriceBook | undefined> {
  const kept = books.get(region);
  if (kept && Date.now() < kept.until) return kept.book;
  if (!credentials && !mayUseEnvironment('PRICING')) return undefined;
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
      // The SDK returns each element as an object that extends String.
      elements.push(...((answer.PriceList ?? []) as unknown[]).map(String));
      next = answer.NextToken;
      if (!next) break;
    }
    return parsePriceList(elements);
  } finally {
    client.destroy();
  }
}

/** The Price List Query API has endpoints in three regions of the commercial partition. */
function endpointRegion(region: string): string {
  if (region.startsWith('eu-')) return 'eu-central-1';
  if (region.startsWith('ap-')) return 'ap-south-1';
  return 'us-east-1';
}
