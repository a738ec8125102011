import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { parsePriceList } from '../../src/lustre/estimates/price-list';
import { mergePriceBooks, PRICE_BOOK } from '../../src/lustre/estimates/prices';
import offer from './fixtures/AmazonFSx-us-west-2.json';

const root = join(__dirname, '../..');
const fixture = join(__dirname, 'fixtures/AmazonFSx-us-west-2.json');
const folder = mkdtempSync(join(tmpdir(), 'prices-'));
const book = join(folder, 'src/lustre/estimates/prices.json');
const script = join(folder, 'prices.js');

beforeAll(() => {
  mkdirSync(join(folder, 'src/lustre/estimates'), { recursive: true });
  cpSync(join(root, 'src/lustre/estimates/prices.json'), book);
  buildSync({
    entryPoints: [join(root, 'scripts/prices.ts')],
    bundle: true,
    platform: 'node',
    outfile: script,
  });
});

const run = (...sources: string[]) =>
  spawnSync(process.execPath, [script, ...sources], { cwd: folder, encoding: 'utf8' });

test('the book is renewed by a file, and what the file does not price stays', () => {
  const { status, stdout } = run(fixture);
  expect(status).toBe(0);
  expect(stdout).toContain('us-west-2: 9 prices');
  expect(stdout).toContain('PERSISTENT_2 SSD 250: 0.21 -> 0.215');
  expect(stdout).not.toContain('SCRATCH_2 SSD');
  expect(JSON.parse(readFileSync(book, 'utf8'))).toEqual(
    mergePriceBooks(PRICE_BOOK, parsePriceList(offer)),
  );
});

test.each<[string, string[], string]>([
  ['no file', [], 'usage: npm run prices -- FILE_OR_URL...'],
  ['a missing file', ['missing.json'], "ENOENT: no such file or directory, open 'missing.json'"],
  ['a file that is no JSON', ['text.json'], 'text.json: It is not JSON.'],
  [
    'another service',
    ['s3.json'],
    's3.json: It is the price list of AmazonS3, not that of AmazonFSx.',
  ],
  ['an address nobody answers', ['http://127.0.0.1:9/'], 'http://127.0.0.1:9/: fetch failed'],
])('%s is told, and the book is left alone', (_, sources, message) => {
  writeFileSync(join(folder, 'text.json'), 'prices');
  writeFileSync(join(folder, 's3.json'), JSON.stringify({ offerCode: 'AmazonS3', products: {} }));
  const before = readFileSync(book, 'utf8');
  const { status, stderr } = run(...sources);
  expect({ status, stderr: stderr.trim() }).toEqual({ status: 1, stderr: message });
  expect(readFileSync(book, 'utf8')).toBe(before);
});
