import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export interface Servers {
  fsx: string;
  lambda: string;
  close(): Promise<void>;
}

export interface ServersOptions {
  /** The path of the built `local/main.js`. */
  main: string;
  timeScale: number;
  region: string;
  /** Variables for the hook's function. */
  environment?: Readonly<Record<string, string>>;
  /** The file for the messages of the servers and the handlers. */
  log: string;
}

const READY = /\bready\b.* FSx (\S+), Lambda (\S+),/;
const PATIENCE_MS = 20_000;

/**
 * Starts the local FSx and the Lambda endpoint in a separate process, on free ports.
 *
 * @throws Error with the last line of the log if they do not start.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { main, timeScale, region, log, environment = {} } = options;
  const file = openSync(log, 'w');
  const flags = ['--fsx-port', '0', '--lambda-port', '0', '--time-scale', String(timeScale)];
  // The channel has no messages. It closes when this process ends, in any way, and then the servers end too.
  const child = spawn(process.execPath, [main, ...flags], {
    stdio: ['ignore', 'pipe', file, 'ipc'],
    env: { ...process.env, ...environment, AWS_REGION: region },
  });
  closeSync(file);
  const gone = once(child, 'exit');
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await Promise.race([gone, pause(3000, undefined, { ref: false })]);
    child.kill('SIGKILL');
  };
  const ready = async (): Promise<Servers | undefined> => {
    if (!child.stdout) return undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      const [, fsx, lambda] = READY.exec(line) ?? [];
      if (fsx !== undefined && lambda !== undefined) return { fsx, lambda, close };
    }
    return undefined;
  };
  const servers = await Promise.race([ready(), pause(PATIENCE_MS, undefined, { ref: false })]);
  if (servers) return servers;
  await close();
  const said = readFileSync(log, 'utf8').trim().split('\n').at(-1);
  throw new Error(`The local servers did not start: ${said ?? ''} (${log})`);
}
