/** Formats text in columns. */
import { visible } from './visible-text';
import { displayWidth, padded } from './wrapping';

/** A table. Columns in which every cell is a number are right-aligned. */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string[] {
  // The width depends on the text as it is shown.
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
