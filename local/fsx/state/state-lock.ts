import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';

/** The server that uses a state file. */
interface Owner {
  /** Unique for every lock. */
  id: string;
  host: string;
  pid: number;
  /** The port of its FSx API. */
  port: number;
}

/** The state file is in use by another server, or this cannot be excluded. */
class StateInUse extends Error {
  override readonly name = 'StateInUse';
}

/**
 * Prevents a second server from using a state file, with a lock file beside it. A stale lock is taken over: its process has
 * ended, or does not listen on its port.
 */
export class StateLock {
  private constructor(
    private readonly path: string,
    private readonly owner: Owner,
  ) {}

  /**
   * @param port The port on which this server already listens.
   * @throws StateInUse with one sentence.
   */
  static async take(file: string, port: number): Promise<StateLock> {
    const path = `${file}.lock`;
    const owner = { id: randomUUID(), host: hostname(), pid: process.pid, port };
    const lock = new StateLock(path, owner);
    while (!lock.create()) {
      const found = contentOf(path);
      if (found === undefined) continue;
      const problem = await whyAlive(found, owner);
      if (problem !== undefined) throw new StateInUse(`${inUse(file)} ${problem}`);
      if (!removeStale(path, found)) throw new StateInUse(inUse(file));
    }
    return lock;
  }

  /** Whether the lock is still this server's. Creates it again if somebody has removed it. */
  hold(): boolean {
    return this.isOwn() || this.create();
  }

  release(): void {
    if (this.isOwn()) rmSync(this.path, { force: true });
  }

  private isOwn(): boolean {
    return ownerIn(contentOf(this.path))?.id === this.owner.id;
  }

  /** Creates the lock; false if one exists. */
  private create(): boolean {
    return createdAnew(this.path, JSON.stringify(this.owner));
  }
}

function createdAnew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const inUse = (file: string): string =>
  `The state file ${file} is in use by another local FSx; stop that one, or specify another file.`;

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerIn(content: string | undefined): Owner | undefined {
  try {
    const owner = JSON.parse(content ?? '') as Partial<Owner> | null;
    const { id, host, pid, port } = owner ?? {};
    const isWhole =
      typeof id === 'string' &&
      typeof host === 'string' &&
      Number.isInteger(pid) &&
      Number(pid) > 0 &&
      Number.isInteger(port) &&
      Number(port) > 0 &&
      Number(port) <= 65535;
    return isWhole ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

const REMOVE = 'if it no longer runs, remove the file of the same name that ends in .lock';

/** Why the owner of a lock may still be running, as one sentence; undefined if it is not. */
async function whyAlive(content: string, own: Owner): Promise<string | undefined> {
  const owner = ownerIn(content);
  if (!owner) return `Its lock file cannot be read: ${REMOVE}.`;
  if (owner.host !== own.host) {
    return `That one was started on ${JSON.stringify(owner.host)}: ${REMOVE}.`;
  }
  // No other server can listen on this server's port.
  if (owner.port === own.port || !isRunning(owner.pid) || !(await listens(owner.port))) {
    return undefined;
  }
  return `It is process ${owner.pid}, on port ${owner.port}.`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Milliseconds. A server that is stopped by a signal still accepts connections. */
const LONGEST_CONNECT = 2000;

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: LONGEST_CONNECT });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      end(true);
    });
    socket.once('timeout', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
  });
}

/**
 * Removes the stale lock that was found, and no other: two servers may have found it, and the faster one may already have
 * created its own. That one is put back.
 */
function removeStale(path: string, stale: string): boolean {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const isTheOne = readFileSync(aside, 'utf8') === stale;
  if (!isTheOne) createdAnew(path, readFileSync(aside, 'utf8'));
  rmSync(aside);
  return isTheOne;
}
