/** Columns of text; those whose every cell is a number stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
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

/** `1,234.50`: USD to the cent. */
export const money = (usd: number): string => grouped(usd, 2);

/** A number with at most one decimal. */
export const amount = (value: number): string => grouped(value, Number.isInteger(value) ? 0 : 1);

/** Not toLocaleString: its first use loads the tables of all languages. */
function grouped(value: number, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}
