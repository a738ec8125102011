/** The package for npm, made as `make package` makes it, and installed in an empty folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export const ROOT = join(__dirname, '..', '..');

/** Where the package is: the folder that is published, and its tarball. */
export interface Packed {
  readonly folder: string;
  readonly tarball: string;
}

/** Makes the package, of the bundles that jest's global setup has built, in a new folder. */
export function makePackage(): Packed {
  const into = mkdtempSync(join(tmpdir(), 'pangea-lustre-package-'));
  const script = join(ROOT, 'build/scripts', `pack-${process.pid}.js`);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['scripts/pack.ts'],
    bundle: true,
    platform: 'node',
    packages: 'external',
    outfile: script,
  });
  try {
    execFileSync(process.execPath, [script, into], { encoding: 'utf8' });
  } finally {
    rmSync(script);
  }
  const [tarball = ''] = readdirSync(into).filter((file) => file.endsWith('.tgz'));
  return { folder: join(into, 'npm'), tarball: join(into, tarball) };
}

/** Installs the package in a new folder, which has these files, and no way to a registry. */
export function install({ tarball }: Packed, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'pangea-lustre-consumer-'));
  const all = { 'package.json': '{ "private": true }', ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

/** Whether this computer takes a process off the network, as Linux does where it may. */
const CAN_UNSHARE = spawnSync('unshare', ['-rn', 'true']).status === 0;
export const NETWORK = CAN_UNSHARE
  ? 'without a network'
  : 'with the network, as unshare is missing';

/** The words that run a program off the network, where this computer can do that. */
export function offNetwork(words: readonly string[]): [program: string, ...words: string[]] {
  const [program = '', ...rest] = CAN_UNSHARE ? ['unshare', '-rn', ...words] : words;
  return [program, ...rest];
}

/** Runs a program so. */
export function offline(
  words: readonly string[],
  { cwd, input = '' }: { readonly cwd: string; readonly input?: string },
): { code: number | null; out: string; err: string } {
  const [program, ...rest] = offNetwork(words);
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd, input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
