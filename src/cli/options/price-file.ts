/** Reads the file of --prices. */
import { readFileSync } from 'node:fs';
import { pricesFrom } from '../../lustre/estimates/price-list';
import type { PriceBook } from '../../lustre/estimates/prices';
import { jsonText } from '../../review/json-text';
import { UsageError } from './arguments';
import { meaningOf } from '../files/file-errors';

/** The price list in a file, for a region if one is given. @throws UsageError */
export function readPrices(file: string, region: string | undefined): PriceBook {
  let text: string;
  try {
    text = jsonText(readFileSync(file));
  } catch (error) {
    throw new UsageError(`--prices ${file} cannot be read: ${meaningOf(error)}.`);
  }
  const found = pricesFrom(text, region);
  if ('book' in found) return found.book;
  const { problem } = found;
  throw new UsageError(
    `--prices ${file} cannot be used: ${problem.charAt(0).toLowerCase()}${problem.slice(1)}`,
  );
}
