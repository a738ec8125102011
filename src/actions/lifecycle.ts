/** What the state of a file system, FSx's Lifecycle, means for an operation on it. */
import type { FileSystem, FileSystemLifecycle } from '@aws-sdk/client-fsx';
import { cut } from '../lustre/wording';
import type { CallbackContext, Model, ActionResult } from './action';
import { failureDetails, hasSettled, inProgress, SETTLE_SECONDS } from './stabilization';

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

/** What an operation remembers of what it still waits for: what a description has ended is waited for anew. */
export function remembered(fileSystem: FileSystem, callback: CallbackContext): CallbackContext {
  const kept = { ...callback };
  delete kept.absentFrom;
  if (standingOf(fileSystem) !== 'unknown') delete kept.unknownFrom;
  if (fileSystem.Lifecycle !== 'CREATING') delete kept.creatingFrom;
  return kept;
}

/** Seconds between two descriptions of a file system that FSx does not describe: five in a minute, since one alone proves nothing. */
const ABSENCE_DELAY = SETTLE_SECONDS / 4;

/**
 * Seconds after which a file system that this operation has seen, and that FSx describes no longer, counts as gone: what
 * was there a moment ago has seldom gone by itself, and an operation that believes a wrong answer leaves it behind.
 */
const SEEN_SECONDS = 3 * SETTLE_SECONDS;

/**
 * Waits while FSx does not describe the file system, until that cannot be a lagging description or a wrong answer;
 * undefined from then on.
 */
export function waitOutAbsence(model: Model, callback: CallbackContext): ActionResult | undefined {
  const { waited = 0, absentFrom = waited, seen = false } = callback;
  if (hasSettled(callback, absentFrom, seen ? SEEN_SECONDS : SETTLE_SECONDS)) return undefined;
  const message = 'FSx does not describe the file system. Describing it again.';
  return inProgress(model, message, { ...callback, absentFrom }, ABSENCE_DELAY);
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
