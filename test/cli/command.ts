/** Runs `pangea-lustre` as people do: the built command, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const COMMAND = join(ROOT, 'build', 'cli', 'pangea-lustre.js');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export function pangea(
  words: readonly string[],
  { input, env = {}, cwd = ROOT }: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    input: input ?? '',
  });
  return { code: status, out: stdout, err: stderr };
}

/** A new folder with files. */
export function folder(files: Readonly<Record<string, string>>): string {
  const made = mkdtempSync(join(tmpdir(), 'pangea-lustre-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
  return made;
}

/** A template with one violation, on line 5. */
export const WRONG = [
  'Resources:',
  '  Fs:',
  '    Type: Pangea::FSx::LustreFileSystem',
  '    Properties:',
  '      StorageCapacity: 5000',
  '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
  '',
].join('\n');
