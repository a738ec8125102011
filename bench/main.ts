/**
 * What an invocation costs, beside the stock scaffold's equivalent in the same run, as ratios that mean the same on another
 * computer: `npm run bench`. Prints Markdown for manual/development/performance.md.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine } from './command-line';
import { startLoopbackFsx } from './loopback-fsx';
import { pairedRatios, warmRead, type Command } from './processes';
import { installStock, sizeOf } from './stock';
import { validation } from './validation';

const ROUNDS = 21;
const BUNDLE = resolve('build/TypeFunction/dist/handlers.js');
const INVOKE = resolve('bench/invoke.cjs');

interface Subject {
  name: string;
  handlers: string;
  bytes: number;
  /** Warm reads to take the median of: one of the stock library's lasts a second. */
  reads: number;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stock-scaffold-'));
  const fsx = await startLoopbackFsx();
  process.env.AWS_ENDPOINT_URL_FSX = fsx.url;
  try {
    const subjects: Subject[] = [
      { name: 'this type', handlers: BUNDLE, bytes: statSync(BUNDLE).size, reads: 200 },
    ];
    const stock = installStock(folder);
    if (stock === undefined)
      console.log('npm cannot install the stock scaffold here: its column is left out.\n');
    else
      subjects.push({ name: 'stock scaffold', handlers: stock, bytes: sizeOf(folder), reads: 5 });
    console.log(await table(subjects));
    console.log(`\nNode ${process.versions.node}; medians of ${ROUNDS} rounds.\n`);
    await commandLine(ROUNDS);
    validation();
  } finally {
    await fsx.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function table(subjects: readonly Subject[]): Promise<string> {
  const command = ({ handlers }: Subject, work: 'load' | 'read'): Command => [
    INVOKE,
    handlers,
    work,
  ];
  const ratios = await pairedRatios(
    ['-e', '0'],
    [
      ...subjects.flatMap((subject) => [command(subject, 'load'), command(subject, 'read')]),
      [resolve('bench/floor.cjs')],
    ],
    ROUNDS,
  );
  const warm: number[] = [];
  for (const { handlers, reads } of subjects)
    warm.push(await warmRead([INVOKE, handlers, 'warm', String(reads)]));
  const times = (offset: number) =>
    subjects.map((_, index) => `${(ratios[2 * index + offset] ?? NaN).toFixed(2)} ×`);
  const rows = [
    ['', ...subjects.map(({ name }) => name)],
    ['---', ...subjects.map(() => '---')],
    ['load, against `node -e 0`', ...times(0)],
    ['load and a first READ, against `node -e 0`', ...times(1)],
    ['a warm READ, FSx on loopback', ...warm.map((ms) => `${ms.toFixed(1)} ms`)],
    ['what is deployed', ...subjects.map(({ bytes }) => `${(bytes / 1e6).toFixed(2)} MB`)],
  ];
  const floor = (ratios.at(-1) ?? NaN).toFixed(2);
  return [
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    `\nNode's HTTPS client and one request alone, without any SDK: ${floor} ×`,
  ].join('\n');
}

void main();
