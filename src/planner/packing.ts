/** Compresses longer texts for addresses, with characters that are valid in them. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Price, PriceBook, RegionPrices } from '../lustre/estimates/prices';

/** The most characters of one text in an address. Browsers allow two million, chats and mail programs far fewer. */
const LONGEST = 60_000;

/** The most bytes of a text in an address. CloudFormation accepts no larger template. */
const MOST_BYTES = 1_048_576;

/** Undefined if it would be too long. */
export function packed(text: string): string | undefined {
  if (text.length > MOST_BYTES) return undefined;
  const bytes = deflateSync(strToU8(text), { level: 9 });
  const letters: string[] = [];
  for (const byte of bytes) letters.push(String.fromCharCode(byte));
  const short = btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return short.length > LONGEST ? undefined : short;
}

/** The text; undefined if it is not a packed one. */
export function unpacked(short: string): string | undefined {
  if (short.length > LONGEST) return undefined;
  try {
    const letters = atob(short.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    // A longer text is cut off while it is inflated.
    const text = inflateSync(bytes, { out: new Uint8Array(MOST_BYTES + 1) });
    return text.length > MOST_BYTES ? undefined : strFromU8(text);
  } catch {
    return undefined;
  }
}

/** The user's prices for a region. */
export const packedBook = ({ regions }: PriceBook, region: string): string =>
  packed(
    JSON.stringify(
      Object.entries(regions[region] ?? {}).map(([item, { usd, asOf = '' }]) => [item, usd, asOf]),
    ),
  ) ?? '';

/** The packed prices as a book; undefined if there are none. */
export function unpackedBook(short: string, region: string): PriceBook | undefined {
  const rows = parsed(unpacked(short));
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > 100) return undefined;
  const prices = (rows as unknown[]).map(priceIn);
  const known = prices.filter((each) => each !== undefined);
  if (known.length < prices.length) return undefined;
  const items: RegionPrices = Object.fromEntries(known);
  return { currency: 'USD', origin: 'file', regions: { [region]: items } };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function priceIn(row: unknown): [string, Price] | undefined {
  if (!Array.isArray(row)) return undefined;
  const [item, usd, asOf] = row as unknown[];
  const isPrice =
    typeof item === 'string' &&
    /^[\w ]{1,60}$/.test(item) &&
    typeof usd === 'number' &&
    usd > 0 &&
    usd < 1e6 &&
    typeof asOf === 'string' &&
    /^(\d{4}-\d\d-\d\d)?$/.test(asOf);
  return isPrice
    ? [item, { usd, ...(asOf !== '' && { asOf }), source: 'price-list', confidence: 'high' }]
    : undefined;
}
