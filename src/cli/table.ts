/** Text for people in columns and lines. */
import { fstatSync } from 'node:fs';
import { visible } from './visible-text';

/** Columns of text; those whose every cell is a number stand to the right. */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string[] {
  // As wide as they are shown.
  const rows = given.map((row) => row.map(visible));
  const columns = head.map((name, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    return {
      width: Math.max(name.length, ...cells.map((cell) => cell.length)),
      right: cells.every((cell) => /^[\d,.]*$|^-$/.test(cell)),
    };
  });
  return [head, ...rows].map((row) =>
    columns
      .map(({ width, right }, column) => {
        const cell = row[column] ?? '';
        return right ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/**
 * How long a line of text for people may be: as wide as the terminal, or COLUMNS where that is set; in files and pipes as long
 * as it is.
 */
export function lineWidth(): number {
  const asked = Number(process.env.COLUMNS);
  if (asked > 0) return asked;
  try {
    // The file descriptor first, because process.stdout is slow to load.
    return (fstatSync(1).isCharacterDevice() && process.stdout.columns) || Infinity;
  } catch {
    return Infinity;
  }
}

/** Text in lines that fit, the first behind `lead` and the others below it; a word that is longer stays whole. */
export function wrapped(text: string, lead = ''): string[] {
  const width = lineWidth();
  const indent = ' '.repeat(lead.length);
  const lines: string[] = [];
  let line = lead;
  // A number stays with its unit.
  for (const word of text.split(/(?<!\bat) (?!(?:MB|GiB|IOPS)\b)/)) {
    if (line.length > lead.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length > lead.length ? ` ${word}` : word;
  }
  return [...lines, line];
}
