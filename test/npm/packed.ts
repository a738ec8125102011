/** The package for npm, made as `make package` makes it, and installed in an empty folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export const ROOT = join(__dirname, '..', '..');

/** Where the package is: the folder that is published, and its tarball. */
export interface Packed {
  readonly folder: string;
  readonly tarball: string;
}

/** Where the package of this run is; jest's global setup empties it. */
const PACKED = join(ROOT, 'build/packed');
/** What tells that it is there: nothing, or why it could not be made. */
const OUTCOME = join(PACKED, 'outcome');
const LONGEST_WAIT_MS = 200_000;

/** The package of the bundles that jest's global setup has built: made once in a run, by whichever test file is first. */
export function packedPackage(): Packed {
  if (isFirst()) {
    // Whole at once, for whoever waits.
    writeFileSync(`${OUTCOME}.new`, outcomeOf(pack));
    renameSync(`${OUTCOME}.new`, OUTCOME);
  }
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (!existsSync(OUTCOME) && Date.now() < deadline)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  const failure = readFileSync(OUTCOME, 'utf8');
  if (failure !== '') throw new Error(failure);
  const [tarball = ''] = readdirSync(PACKED).filter((file) => file.endsWith('.tgz'));
  return { folder: join(PACKED, 'npm'), tarball: join(PACKED, tarball) };
}

/** Only one process can make the folder. */
function isFirst(): boolean {
  try {
    mkdirSync(PACKED);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function outcomeOf(deed: () => void): string {
  try {
    deed();
    return '';
  } catch (error) {
    return String(error);
  }
}

function pack(): void {
  const script = join(ROOT, 'build/scripts/pack-for-tests.js');
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['scripts/pack.ts'],
    bundle: true,
    platform: 'node',
    packages: 'external',
    outfile: script,
  });
  execFileSync(process.execPath, [script, PACKED], { encoding: 'utf8' });
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
