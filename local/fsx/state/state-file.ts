import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Account, AccountState } from './account';
import { STANDARD_ENVIRONMENT } from './environment';

/**
 * The account in a file. It is written beside its place, synced and renamed into it, so that a kill
 * at any moment leaves either the former or the new state, whole.
 */
export function readState(file: string): AccountState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The state file ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  try {
    const state = JSON.parse(text) as Partial<AccountState> | null;
    if (state?.format === 1 && Array.isArray(state.fileSystems)) {
      // What a file of an earlier version does not have yet.
      const world = { ...structuredClone(STANDARD_ENVIRONMENT), ...state.world };
      return { ...(state as AccountState), world };
    }
  } catch {
    // Not JSON: told below.
  }
  throw new Error(`The file ${file} does not hold the state of a local FSx; name another one`);
}

/** Where changes of the account are kept; nowhere, without a file. */
export class StateWriter {
  private next: Promise<void> | undefined;

  constructor(
    private readonly account: Account,
    private readonly file: string | undefined,
  ) {}

  /** Settles when all that was changed until now is in the file; many changes share one write. */
  kept(): Promise<void> {
    if (this.file === undefined) return Promise.resolve();
    this.next ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.next = undefined;
        try {
          this.keep();
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    return this.next;
  }

  /** Keeps at once what still waits to be kept. */
  flush(): void {
    if (this.next) this.keep();
  }

  keep(): void {
    if (this.file === undefined) return;
    this.account.state.clock = this.account.clock.now();
    write(this.file, this.account.state);
  }
}

function write(file: string, state: AccountState): void {
  const draft = `${file}.writing`;
  const descriptor = openSync(draft, 'w');
  try {
    writeFileSync(descriptor, JSON.stringify(state));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
