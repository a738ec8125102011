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
 * The state file of an account: the whole account in the first line, and the changes in further lines. A change is one more
 * line, so its cost does not depend on the number of file systems. When the changes are as large as the first line, the whole
 * account is written to a new file, which is synced and renamed. After a termination at any time, the file has the previous
 * or the new state, complete.
 */

/** Up to this many bytes of changes, the file is not rewritten. */
const LEAST_COMPACTED = 256 * 1024;

/** The file as this server has written it. */
interface Left {
  inode: number;
  /** The bytes of the first line, and of all lines. */
  whole: number;
  size: number;
}

/** A locked state file, and its content when it was opened. */
export class StateFile {
  private constructor(
    /** The path of the file itself, if the given name is a link. */
    private readonly path: string,
    private readonly lock: StateLock,
    /** The content; undefined if there was no file. */
    readonly found: ReadState | undefined,
  ) {}

  private left: Left | undefined;
  private worldWritten = '';
  /** The number of bytes that have been written. */
  bytesWritten = 0;

  /**
   * Locks and reads the file.
   *
   * @param port The port of this server.
   * @throws Error if the file is in use, cannot be read, or cannot be used.
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

  /** Writes the changes. A termination loses none of them; after {@link sync}, neither does a power failure. */
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
    // After an error, the next write must write everything.
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

  /** Undefined if the file is not as this server has written it. */
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
    // Never writes into a file, or through a link, that another program has put there.
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

/** The target of a path. It may be a link to a file that does not exist yet. */
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
    // A pipe or a device might never end.
    if (!statSync(path).isFile()) throw new Error('it is not a file');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
  return readSaved(text, file);
}

const unreadable = (file: string, cause: unknown) =>
  new Error(`The state file ${file} cannot be read: ${(cause as Error).message}.`, { cause });

/** So that the new name survives a power failure. Not every operating system supports this. */
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

/** Saves changes of the account; does nothing without a file. */
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

  /** Resolves when all changes up to now are on the disk. Changes during a write share the next one. */
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

  /** As `kept`, synchronously. */
  keep(): void {
    this.file?.write(this.account);
    this.file?.syncNow();
  }

  /** Closes the file after all pending changes have been written. */
  async close(): Promise<void> {
    await this.next?.catch(() => undefined);
    await this.syncing;
    this.file?.close();
  }
}

/** Waits until the requests that have already arrived have been handled. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
