/** Runs the built `pangea-lustre`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

export const ROOT = join(__dirname, '..', '..');
export const COMMAND = join(ROOT, 'build', 'cli', 'pangea-lustre.js');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** What a run finds around it. */
export interface Surroundings {
  input?: string;
  /** All variables but PATH, which is that of the tests unless it is given. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** Commands that start something: servers, a browser. Each needs a process to end with. */
const STARTING = ['local', 'lsp', 'planner'];

/**
 * Runs the command, in a thread that all runs share: a process of its own would spend most of its time on starting Node.
 * `own-process.test.ts` compares both.
 */
export function pangea(words: readonly string[], surroundings: Surroundings = {}): Ran {
  return STARTING.includes(words[0] ?? '')
    ? ownProcess(words, surroundings)
    : sharedThread(words, surroundings);
}

/** Runs the command as people do, in a process of its own. */
export function ownProcess(
  words: readonly string[],
  { input = '', env = {}, cwd = ROOT }: Surroundings = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    input,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Milliseconds after which a run counts as hung. */
const PATIENCE = 60_000;

let thread: Worker | undefined;

function sharedThread(
  words: readonly string[],
  { input = '', env = {}, cwd = ROOT }: Surroundings,
): Ran {
  thread ??= new Worker(join(__dirname, 'command-thread.cjs'), {
    workerData: { folder: dirname(COMMAND) },
    // As deep a stack as that of a process: 984 KB, and what V8 keeps for itself.
    resourceLimits: { stackSizeMb: 1.15 },
  });
  thread.unref();
  const { port1, port2 } = new MessageChannel();
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const run = { words, input, env: { PATH: process.env.PATH, ...env }, cwd, port: port2, ended };
    thread.postMessage(run, [port2]);
    if (Atomics.wait(ended, 0, 0, PATIENCE) === 'timed-out')
      throw new Error(`pangea-lustre ${words.join(' ')} did not end.`);
    return receiveMessageOnPort(port1)?.message as Ran;
  } finally {
    process.chdir(before);
    port1.close();
  }
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

/** A template with a file system of AWS's own type. */
export const NATIVE = [
  'Resources:',
  '  Fs:',
  '    Type: AWS::FSx::FileSystem # mine',
  '    Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200, SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
  '',
].join('\n');

/** Variables of a terminal with room for a line of each file system. */
export const WIDE = { COLUMNS: '160' };
