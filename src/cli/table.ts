/** Text for people: columns, numbers, and a file system in a few words. */
import { hasOwnPrices, standIns, type CostBasis } from '../lustre/estimates/cost-basis';
import { visible } from './visible-text';
import { displayWidth, padded } from './wrapping';

export { describeConfiguration } from '../lustre/estimates/configuration-words';
export { amount, money } from '../lustre/wording';

/** Columns of text; those whose every cell is a number stand to the right. */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string[] {
  // As wide as they are shown.
  const rows = given.map((row) => row.map(visible));
  const columns = head.map((name, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    return {
      width: Math.max(name.length, ...cells.map(displayWidth)),
      right: cells.every((cell) => /^[\d,.]*$|^-$/.test(cell)),
    };
  });
  return [head, ...rows].map((row) =>
    columns
      .map(({ width, right }, column) => padded(row[column] ?? '', width, right))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * The regions whose prices an estimate rests on instead of its own, for the row that it stands in; empty where there are none.
 */
export function pricesOf(bases: readonly CostBasis[]): string {
  const regions = [...new Set(bases.flatMap(standIns))];
  const isPart = bases.some((basis) => hasOwnPrices(basis)) && regions.length > 0;
  return `${isPart ? 'partly ' : ''}${regions.join(', ')}`;
}
