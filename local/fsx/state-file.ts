import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AccountState } from './account';

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
    if (state?.format === 1 && Array.isArray(state.fileSystems)) return state as AccountState;
  } catch {
    // Not JSON: told below.
  }
  throw new Error(`The file ${file} does not hold the state of a local FSx; name another one`);
}

export function writeState(file: string, state: AccountState): void {
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
