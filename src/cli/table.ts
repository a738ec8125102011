/** Text for people: columns, numbers, and a file system in a few words. */
import { fstatSync } from 'node:fs';
import { hasOwnPrices, standIns, type CostBasis } from '../lustre/estimates/cost-basis';
import type { LustreProperties } from '../lustre/properties';
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

/**
 * The regions whose prices an estimate rests on instead of its own, for the row that it stands in; empty where there are none.
 */
export function pricesOf(bases: readonly CostBasis[]): string {
  const regions = [...new Set(bases.flatMap(standIns))];
  const isPart = bases.some((basis) => hasOwnPrices(basis)) && regions.length > 0;
  return `${isPart ? 'partly ' : ''}${regions.join(', ')}`;
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

/** What a file system is, in a few words: `PERSISTENT_2 SSD, 19,200 GiB at 1000 MB/s/TiB`. */
export function describeConfiguration(properties: LustreProperties): string {
  const { DeploymentType, StorageType, StorageCapacity, PerUnitStorageThroughput } = properties;
  const { ThroughputCapacity, DriveCacheType, MetadataConfiguration, BackupId } = properties;
  const kind = [DeploymentType, DeploymentType?.startsWith('SCRATCH') ? '' : StorageType]
    .filter(Boolean)
    .join(' ');
  const tier =
    PerUnitStorageThroughput === undefined ? '' : ` at ${PerUnitStorageThroughput} MB/s/TiB`;
  return [
    kind || (BackupId === undefined ? '' : 'as the backup'),
    StorageCapacity === undefined ? tier.trim() : `${amount(StorageCapacity)} GiB${tier}`,
    ThroughputCapacity === undefined ? '' : `${amount(ThroughputCapacity)} MB/s`,
    DriveCacheType === 'READ' ? 'read cache' : '',
    MetadataConfiguration?.Iops === undefined ? '' : `${amount(MetadataConfiguration.Iops)} IOPS`,
  ]
    .filter(Boolean)
    .join(', ');
}
