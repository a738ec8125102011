/** Text for people in columns. */
import { visible } from './visible-text';
import { displayWidth, padded } from './wrapping';

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
