/** What the state of a file system, FSx's Lifecycle, means for an operation on it. */
import type { FileSystem, FileSystemLifecycle } from '@aws-sdk/client-fsx';
import { cut } from '../lustre/wording';
import type { CallbackContext, Model, ActionResult } from './action';
import { failureDetails, inProgress } from './stabilization';

/** `broken`: it does not work, and nothing is under way that would change that. */
export type Standing = 'available' | 'busy' | 'broken' | 'deleting' | 'unknown';

interface State {
  standing: Exclude<Standing, 'unknown'>;
  /** What its owner can do about it. */
  advice?: string;
}

const RECOVERABLE: State = {
  standing: 'broken',
  advice: 'FSx can recover it: repair what FSx names, or ask AWS Support.',
};

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/file-system-lifecycle-states.html, and [API FileSystemLifecycle] */
const STATES: Readonly<Record<FileSystemLifecycle, State>> = {
  AVAILABLE: { standing: 'available' },
  CREATING: { standing: 'busy' },
  UPDATING: { standing: 'busy' },
  DELETING: { standing: 'deleting' },
  MISCONFIGURED: RECOVERABLE,
  MISCONFIGURED_UNAVAILABLE: RECOVERABLE,
  FAILED: {
    standing: 'broken',
    advice:
      'FSx cannot recover it: restore a backup to a new file system (BackupId), and delete this one.',
  },
};

/** A state of a later FSx than this type is built for, or none at all, is unknown. */
export function standingOf(fileSystem: FileSystem): Standing {
  return known(fileSystem)?.standing ?? 'unknown';
}

function known({ Lifecycle }: FileSystem): State | undefined {
  return Lifecycle !== undefined && Object.hasOwn(STATES, Lifecycle)
    ? STATES[Lifecycle]
    : undefined;
}

/** The state of a file system that is not as it should be, with what FSx says about it, in a sentence or two. */
export function describeState(fileSystem: FileSystem): string {
  const { FileSystemId: id = '', Lifecycle } = fileSystem;
  const details = failureDetails(fileSystem);
  if (known(fileSystem)) return `File system ${id} is ${String(Lifecycle)}: ${details}`;
  return Lifecycle
    ? `File system ${id} is in the state ${cut(Lifecycle, 64)}, which this version of the type does not know: ${details}`
    : `FSx describes file system ${id} without a state: ${details}`;
}

/** The same, with what its owner can do about it. */
export function adviseOnState(fileSystem: FileSystem): string {
  const advice = known(fileSystem)?.advice;
  return [describeState(fileSystem), advice].filter(Boolean).join(' ');
}

/** What an operation remembers; once a state is known again, the next unknown one is waited for anew. */
export function remembered(fileSystem: FileSystem, callback: CallbackContext): CallbackContext {
  const { unknownFrom, ...others } = callback;
  return standingOf(fileSystem) === 'unknown' && unknownFrom !== undefined
    ? { ...others, unknownFrom }
    : others;
}

/** Seconds for which a state that this type does not know may be one that passes, as CREATING and UPDATING do. */
const LONGEST_UNKNOWN = 1800;

/** Waits while the state is one that this type does not know, but not for ever; undefined where there is nothing to wait for. */
export function waitOutUnknown(
  fileSystem: FileSystem,
  model: Model,
  callback: CallbackContext,
): ActionResult | undefined {
  if (standingOf(fileSystem) !== 'unknown') return undefined;
  const { waited = 0, unknownFrom = waited } = callback;
  if (waited - unknownFrom >= LONGEST_UNKNOWN) return undefined;
  return inProgress(model, `Waiting: ${describeState(fileSystem)}`, { ...callback, unknownFrom });
}
