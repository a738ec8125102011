import { isObject, isShallow } from '../api/members';
import type { FileSystem } from '../types';
import {
  emptyState,
  type AccountState,
  type AssociationRecord,
  type BackupRecord,
  type FileSystemRecord,
  type TaskRecord,
  type TokenRecord,
} from './account';
import { STANDARD_ENVIRONMENT, type Environment } from './environment';
import { resourceId } from './ids';
import { endlessTask, linkOf } from './unrequested';
import { problemOf } from './state-schema';

/** The records of an account, as lists. */
interface SavedRecords {
  fileSystems: FileSystemRecord[];
  backups: BackupRecord[];
  associations: AssociationRecord[];
  tasks: TaskRecord[];
  others: FileSystem[];
  tokens: TokenRecord[];
}
type Kind = keyof SavedRecords;
const KINDS: readonly Kind[] = [
  'fileSystems',
  'backups',
  'associations',
  'tasks',
  'others',
  'tokens',
];

/** An account, as in the first line of a state file. A version that knows format 1 only refuses other formats. */
export interface SavedState extends SavedRecords {
  format: typeof FORMAT;
  seed: string;
  sequence: number;
  /** The clock when the state was written, in epoch milliseconds. */
  clock: number;
  world: Environment;
}

/** A further line: the changes since the previous one. */
export interface SavedChange {
  sequence: number;
  clock: number;
  world?: Environment;
  put: Partial<SavedRecords>;
  removed: Partial<Record<Kind, string[]>>;
}

/** The format that is written. A change of it requires a migration from the previous format. */
const FORMAT = 3;

type Saved = Readonly<Record<string, unknown>>;

/** The first line and the further ones. */
interface Lines<First = unknown> {
  first: First;
  changes: unknown[];
}

type Migration = (lines: Lines<Saved>) => Lines<Saved>;

/** The migrations from each earlier format to the next one. */
const MIGRATIONS: Readonly<Record<number, Migration>> = {
  // In format 1, tokens were members of an object, and there was only one line.
  1: ({ first: { tokens, ...state } }) => ({
    first: {
      ...state,
      format: 2,
      tokens: Object.entries(isObject(tokens) ? tokens : {}).map(([key, token]) => ({
        ...(isObject(token) ? token : {}),
        key,
      })),
    },
    changes: [],
  }),
  2: countsToRecords,
};

/** In this format, tasks and associations had no records; a file system had the number of each. */
function countsToRecords({ first, changes }: Lines<Saved>): Lines<Saved> {
  const counted = new Map<string, Saved>();
  const withoutCounts = (fileSystems: unknown): unknown =>
    Array.isArray(fileSystems)
      ? fileSystems.map((record: unknown) => {
          if (!isObject(record)) return record;
          counted.set(String(record.id), record);
          const rest = { ...record };
          Reflect.deleteProperty(rest, 'tasks');
          Reflect.deleteProperty(rest, 'associations');
          return rest;
        })
      : fileSystems;
  const fileSystems = withoutCounts(first.fileSystems);
  const later = changes.map((change) => {
    if (!isObject(change) || !isObject(change.put)) return change;
    const { removed, put } = change;
    for (const id of isObject(removed) && Array.isArray(removed.fileSystems)
      ? removed.fileSystems
      : []) {
      counted.delete(String(id));
    }
    if (put.fileSystems === undefined) return change;
    return { ...change, put: { ...put, fileSystems: withoutCounts(put.fileSystems) } };
  });
  const all = [...counted];
  return {
    first: {
      ...first,
      format: 3,
      fileSystems,
      associations: all.flatMap(([id, { associations, createdAt }]) =>
        ids('dra', id, associations).map((dra) => linkOf(dra, id, Number(createdAt))),
      ),
      tasks: all.flatMap(([id, { tasks, createdAt }]) =>
        ids('task', id, tasks).map((task) => endlessTask(task, id, Number(createdAt))),
      ),
    },
    changes: later,
  };
}

const ids = (prefix: string, fileSystemId: string, count: unknown): string[] =>
  Array.from({ length: Math.min(Number(count ?? 0), 1000) }, (_, index) =>
    resourceId(prefix, fileSystemId, index),
  );

/** A file that cannot be used. The message says why. */
class UnusableState extends Error {
  override readonly name = 'UnusableState';
}

/** An account that was read from a file, and the clock when it was written. */
export interface ReadState {
  state: AccountState;
  clock: number;
}

/**
 * Reads and checks a state file of this format or an earlier one. A last line without a line break was being written when the
 * server was terminated. No client got a response for it, so it is ignored.
 *
 * @throws UnusableState for a file with other content, of a newer version, or damaged.
 */
export function readSaved(text: string, file: string): ReadState {
  const { first: saved, changes } = migrated(linesOf(text), file);
  expectValid('SavedState', saved, file, 'line 1');
  const state = emptyState((saved as unknown as SavedState).seed);
  let clock = take(state, saved as unknown as SavedState);
  changes.forEach((change, index) => {
    expectValid('SavedChange', change, file, `line ${index + 2}`);
    clock = applyChange(state, change as SavedChange);
  });
  // The content of the file is not a change that must be written.
  for (const kind of KINDS) state[kind].takeChanges();
  return { state, clock };
}

function linesOf(text: string): Lines {
  const whole = parsed(text);
  if (whole !== undefined) return { first: whole, changes: [] };
  const lines = text.split('\n');
  // After the last line break there is nothing, or an incomplete line.
  lines.pop();
  const [first = '', ...changes] = lines;
  return { first: parsed(first), changes: changes.map(parsed) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function migrated({ first: saved, changes }: Lines, file: string): Lines<Saved> {
  if (!isObject(saved) || !isFormat(saved.format) || !Array.isArray(saved.fileSystems)) {
    throw new UnusableState(
      `The file ${file} does not contain the state of a local FSx; specify another file`,
    );
  }
  let lines: Lines<Saved> = { first: saved, changes };
  let format = saved.format;
  if (format > FORMAT) {
    throw new UnusableState(
      `The state file ${file} has format ${format}, of a newer version; this version reads formats up to ${FORMAT}. Use the newer version, or specify another file`,
    );
  }
  for (let migrate = MIGRATIONS[format]; migrate; migrate = MIGRATIONS[format]) {
    lines = migrate(lines);
    format += 1;
  }
  // Members of the environment that were added after the file was written.
  const { world } = lines.first;
  return {
    first: {
      ...lines.first,
      world: { ...structuredClone(STANDARD_ENVIRONMENT), ...(isObject(world) ? world : {}) },
    },
    changes: lines.changes,
  };
}

const isFormat = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1;

function expectValid(
  name: 'SavedState' | 'SavedChange',
  value: unknown,
  file: string,
  line: string,
): void {
  const problem = isShallow(value) ? problemOf(name, value) : 'it is nested too deeply';
  if (problem === undefined) return;
  throw new UnusableState(
    `The state file ${file} is damaged (${line}: ${problem}). Restore a copy of it, or specify another file`,
  );
}

function take(state: AccountState, saved: SavedState): number {
  state.sequence = saved.sequence;
  state.world = saved.world;
  for (const kind of KINDS) addAll(state, kind, saved[kind]);
  return saved.clock;
}

function applyChange(state: AccountState, change: SavedChange): number {
  state.sequence = change.sequence;
  if (change.world) state.world = { ...state.world, ...change.world };
  for (const kind of KINDS) {
    for (const id of change.removed[kind] ?? []) state[kind].remove(id);
    addAll(state, kind, change.put[kind] ?? []);
  }
  return change.clock;
}

function addAll<K extends Kind>(state: AccountState, kind: K, records: SavedRecords[K]): void {
  const into = state[kind] as { add(record: SavedRecords[K][number]): void };
  for (const record of records) into.add(record);
}

/** The account, as the first line of a file. */
export function savedState(state: AccountState, clock: number): SavedState {
  const { seed, sequence, world } = state;
  return {
    format: FORMAT,
    seed,
    sequence,
    clock,
    world,
    ...(Object.fromEntries(
      KINDS.map((kind) => [kind, [...state[kind]]]),
    ) as unknown as SavedRecords),
  };
}

/** The changes since the last call. With `withWorld`, the environment is one of them. */
export function savedChange(state: AccountState, clock: number, withWorld: boolean): SavedChange {
  const { sequence, world } = state;
  const changes = KINDS.map((kind) => [kind, state[kind].takeChanges()] as const);
  return {
    sequence,
    clock,
    ...(withWorld ? { world } : {}),
    put: Object.fromEntries(
      changes.flatMap(([kind, change]) => (change?.put.length ? [[kind, change.put]] : [])),
    ),
    removed: Object.fromEntries(
      changes.flatMap(([kind, change]) => (change?.removed.length ? [[kind, change.removed]] : [])),
    ),
  };
}
