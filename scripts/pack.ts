/**
 * `make package`: writes the package for npm into build/npm, and its tarball beside it. Another folder than build may be given.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeNpmPackage } from './npm-package';

const ROOT = resolve(__dirname, '../..');

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

function pack(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder))
    if (/^pangea-lustre-.*\.tgz$/.test(file)) rmSync(join(folder, file));
  writeNpmPackage(ROOT, join(folder, 'npm'));
  const told = execFileSync('npm', ['pack', '--json', '--offline', '--pack-destination', folder], {
    cwd: join(folder, 'npm'),
    encoding: 'utf8',
  });
  const [packed] = JSON.parse(told) as Packed[];
  if (!packed) throw new Error('npm pack has written nothing.');
  const { filename, size, unpackedSize, entryCount } = packed;
  console.log(`${filename}: ${size} bytes, ${entryCount} files of ${unpackedSize} bytes`);
}

try {
  const [folder = join(ROOT, 'build')] = process.argv.slice(2);
  pack(resolve(folder));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
