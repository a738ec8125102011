/** Longer texts in an address: compressed, in letters that an address may have. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Price, PriceBook, RegionPrices } from '../lustre/estimates/prices';

/** Letters of one text in an address. Browsers take two million, chats and mail far fewer. */
const LONGEST = 60_000;

/** Bytes of a text that an address holds; more is no template that CloudFormation takes. */
const MOST_BYTES = 1_048_576;

/** Undefined where it would be too long. */
export function packed(text: string): string | undefined {
  if (text.length > MOST_BYTES) return undefined;
  const bytes = deflateSync(strToU8(text), { level: 9 });
  const letters: string[] = [];
  for (const byte of bytes) letters.push(String.fromCharCode(byte));
  const short = btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return short.length > LONGEST ? undefined : short;
}

/** The text; undefined where it is none. */
export function unpacked(short: string): string | undefined {
  if (short.length > LONGEST) return undefined;
  try {
    const letters = atob(short.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    // Where it would be longer, what is beyond is dropped.
    const text = inflateSync(bytes, { out: new Uint8Array(MOST_BYTES + 1) });
    return text.length > MOST_BYTES ? undefined : strFromU8(text);
  } catch {
    return undefined;
  }
}

/** The prices that a user gave for a region. */
export const packedBook = ({ regions }: PriceBook, region: string): string =>
  packed(
    JSON.stringify(
      Object.entries(regions[region] ?? {}).map(([item, { usd, asOf = '' }]) => [item, usd, asOf]),
    ),
  ) ?? '';

/** The same as a book; undefined where an address holds none. */
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
