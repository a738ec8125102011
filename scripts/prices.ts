/**
 * `npm run prices -- FILE_OR_URL...`: renews src/lustre/estimates/prices.json from files of the AWS Price List (AmazonFSx, one per
 * region) or answers of GetProducts. What the files do not price clearly stays as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pricesFrom } from '../src/lustre/estimates/price-list';
import { mergePriceBooks, type PriceBook } from '../src/lustre/estimates/prices';

const BOOK = 'src/lustre/estimates/prices.json';

async function main(sources: readonly string[]): Promise<void> {
  if (sources.length === 0) throw new Error('usage: npm run prices -- FILE_OR_URL...');
  let book = JSON.parse(readFileSync(BOOK, 'utf8')) as PriceBook;
  for (const source of sources) {
    const found = pricesFrom(await read(source));
    if ('problem' in found) throw new Error(`${source}: ${found.problem}`);
    report(book, found.book);
    book = mergePriceBooks(book, found.book);
  }
  writeFileSync(BOOK, `${JSON.stringify(book, null, 2)}\n`);
}

const read = async (source: string): Promise<string> =>
  /^https?:/.test(source) ? download(source) : readFileSync(source, 'utf8');

async function download(url: string): Promise<string> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`${url}: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.text();
}

/** One line for each price that is new or differs. */
function report(book: PriceBook, found: PriceBook): void {
  for (const [region, prices] of Object.entries(found.regions)) {
    const items = Object.entries(prices);
    console.log(`${region}: ${items.length} prices`);
    for (const [item, { usd }] of items) {
      const before = book.regions[region]?.[item]?.usd;
      if (before !== usd) console.log(`  ${item}: ${before ?? 'new'} -> ${usd}`);
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
