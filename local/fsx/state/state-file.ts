import {
  appendFileSync,
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Account } from './account';
import { readSaved, savedChange, savedState, type ReadState } from './saved-state';
import { StateLock } from './state-lock';

/**
 * The account in a file: the whole of it in the first line, and in each line behind it what has changed since. A change is
 * one line more, so it costs the same however many file systems there are; when the changes are as large as the whole, the
 * whole is written anew, beside its place, synced and renamed into it. A kill at any moment leaves the former or the new
 * state, whole.
 */

/** Bytes of changes that are never too many. */
const LEAST_COMPACTED = 256 * 1024;

/** The file as this server has left it. */
interface Left {
  inode: number;
  /** Bytes of the first line, and of all lines. */
  whole: number;
  size: number;
}

/** A state file that this server holds, and what was in it. */
export class StateFile {
  private constructor(
    /** Where the file itself is, if the name that was given is a link. */
    private readonly path: string,
    private readonly lock: StateLock,
    /** What was in it; undefined where there was no file. */
    readonly found: ReadState | undefined,
  ) {}

  private left: Left | undefined;
  private worldWritten = '';
  /** How many bytes have been written so far. */
  bytesWritten = 0;

  /**
   * Locks the file and reads it.
   * @param port Where this server listens.
   * @throws Error in words, where the file is in use, cannot be read or is not to be used.
   */
  static async open(file: string, port: number): Promise<StateFile> {
    const path = targetOf(file);
    const lock = await StateLock.take(path, port);
    try {
      return new StateFile(path, lock, read(path, file));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Writes what has changed. A kill loses nothing of it; after {@link sync} a loss of power does not either. */
  write(account: Account): void {
    if (!this.lock.hold()) {
      throw new Error(
        `The state file ${this.path} is now used by another server; this server no longer saves changes`,
      );
    }
    const { state } = account;
    const clock = account.clock.now();
    const world = JSON.stringify(state.world);
    const change = savedChange(state, clock, world !== this.worldWritten);
    const { left } = this;
    // Until it has gone well, the next time has to write it all.
    this.left = undefined;
    if (left && left.size - left.whole <= Math.max(left.whole, LEAST_COMPACTED)) {
      this.left = this.append(`${JSON.stringify(change)}\n`, left);
    }
    this.left ??= this.replace(`${JSON.stringify(savedState(state, clock))}\n`);
    this.worldWritten = world;
  }

  async sync(): Promise<void> {
    const file = await openFile(this.path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }

  syncNow(): void {
    syncPath(this.path, 'r+');
  }

  close(): void {
    this.lock.release();
  }

  /** Undefined where the file is not as this server has left it. */
  private append(line: string, left: Left): Left | undefined {
    const { ino, size } = statSync(this.path, { throwIfNoEntry: false }) ?? {};
    if (ino !== left.inode || size !== left.size) return undefined;
    appendFileSync(this.path, line);
    const bytes = Buffer.byteLength(line);
    this.bytesWritten += bytes;
    return { ...left, size: left.size + bytes };
  }

  private replace(text: string): Left {
    const mode = statSync(this.path, { throwIfNoEntry: false })?.mode;
    const draft = `${this.path}.${process.pid}.writing`;
    // Never into a file, or through a link, that somebody else has put there.
    rmSync(draft, { force: true });
    const descriptor = openSync(draft, 'wx');
    try {
      if (mode !== undefined) fchmodSync(descriptor, mode & 0o7777);
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
      const { ino, size } = fstatSync(descriptor);
      renameSync(draft, this.path);
      this.bytesWritten += size;
      return { inode: ino, whole: size, size };
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
      syncFolder(dirname(this.path));
    }
  }
}

/** The file that a name leads to, also where it is a link to a file that is not there yet. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(file, error);
  }
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return targetOf(resolve(dirname(file), readlinkSync(file)));
  }
  return join(folderOf(file), file.slice(dirname(file).length).replace(/^[/\\]/, ''));
}

function folderOf(file: string): string {
  const folder = dirname(file);
  try {
    return realpathSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(file, error);
    throw new Error(`The state file ${file} cannot be written: there is no folder ${folder}.`, {
      cause: error,
    });
  }
}

function read(path: string, file: string): ReadState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
  return readSaved(text, file);
}

const unreadable = (file: string, cause: unknown) =>
  new Error(`The state file ${file} cannot be read: ${(cause as Error).message}`, { cause });

/** So that the new name outlives a loss of power too; not every system can. */
function syncFolder(folder: string): void {
  try {
    syncPath(folder, 'r');
  } catch {
    // Then the file is as safe as that system makes it.
  }
}

function syncPath(path: string, flags: string): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Where changes of the account are kept; nowhere, without a file. */
export class StateWriter {
  private next: Promise<void> | undefined;
  private syncing: Promise<void> = Promise.resolve();

  constructor(
    private readonly account: Account,
    private readonly file: StateFile | undefined,
  ) {}

  get bytesWritten(): number {
    return this.file?.bytesWritten ?? 0;
  }

  /**
   * Settles when all that was changed until now is on the disk. Changes that come while the disk is busy share the next
   * write.
   */
  kept(): Promise<void> {
    const { file } = this;
    if (!file) return Promise.resolve();
    this.next ??= this.syncing.then(pause).then(() => {
      this.next = undefined;
      file.write(this.account);
      const synced = file.sync();
      this.syncing = synced.catch(() => undefined);
      return synced;
    });
    return this.next;
  }

  /** The same at once. */
  keep(): void {
    this.file?.write(this.account);
    this.file?.syncNow();
  }

  /** Lets go of the file, when what still waits to be kept is in it. */
  async close(): Promise<void> {
    await this.next?.catch(() => undefined);
    await this.syncing;
    this.file?.close();
  }
}

/** Until the requests that have arrived already are through. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
