/** What the Lifecycle of a file system means for an operation. */
import type { FileSystem, FileSystemLifecycle } from '@aws-sdk/client-fsx';
import { withAdvice } from '../fsx/errors';
import { cut } from '../lustre/wording';
import type { CallbackContext, Model, ActionResult } from './action';
import { isUpdating } from './administrative-actions';
import { hasSettled, inProgress, SETTLE_SECONDS } from './stabilization';

/** `broken`: the file system does not work, and FSx is not working on it. */
export type Standing = 'available' | 'busy' | 'broken' | 'deleting' | 'unknown';

interface State {
  standing: Exclude<Standing, 'unknown'>;
  /** What its owner can do about it. */
  advice?: string;
}

const RECOVERABLE: State = {
  standing: 'broken',
  advice: 'FSx can recover it: fix what FSx names, or contact AWS Support.',
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

/** A state that this version of the type does not know, or a description without a state, is `unknown`. */
export function standingOf(fileSystem: FileSystem): Standing {
  return known(fileSystem)?.standing ?? 'unknown';
}

function known({ Lifecycle }: FileSystem): State | undefined {
  return Lifecycle !== undefined && Object.hasOwn(STATES, Lifecycle)
    ? STATES[Lifecycle]
    : undefined;
}

/** Whether FSx is working on a file system: creating or updating it. */
export function isBusy(fileSystem: FileSystem): boolean {
  return standingOf(fileSystem) === 'busy' || isUpdating(fileSystem);
}

/** FSx's details about a failed file system. */
export function failureDetails(fileSystem: FileSystem): string {
  const repository = fileSystem.LustreConfiguration?.DataRepositoryConfiguration;
  const details = [fileSystem.FailureDetails?.Message, repository?.FailureDetails?.Message].filter(
    (detail): detail is string => Boolean(detail),
  );
  return details.length > 0 ? withAdvice(details, fileSystem.ResourceARN) : 'FSx gives no details.';
}

/** An unexpected state, with FSx's details about it, in one or two sentences. */
export function describeState(fileSystem: FileSystem): string {
  const { FileSystemId: id = '', Lifecycle } = fileSystem;
  const details = failureDetails(fileSystem);
  if (known(fileSystem)) return `File system ${id} is ${String(Lifecycle)}: ${details}`;
  return Lifecycle
    ? `File system ${id} is in the state ${cut(Lifecycle, 64)}, which this version of the type does not know: ${details}`
    : `FSx describes file system ${id} without a state: ${details}`;
}

/** As `describeState`, with what the owner can do about it. */
export function adviseOnState(fileSystem: FileSystem): string {
  const state = known(fileSystem);
  const advice = state ? state.advice : ADVICE_ON_UNKNOWN;
  return [describeState(fileSystem), advice].filter(Boolean).join(' ');
}

const ADVICE_ON_UNKNOWN =
  'Look at it in the FSx console; a newer version of the type may know its state.';

/**
 * The callback context without waits that this description has ended. If the same condition occurs again, the wait starts
 * anew.
 */
export function remembered(fileSystem: FileSystem, callback: CallbackContext): CallbackContext {
  const kept = { ...callback };
  delete kept.absentFrom;
  if (standingOf(fileSystem) !== 'unknown') delete kept.unknownFrom;
  if (fileSystem.Lifecycle !== 'CREATING') delete kept.creatingFrom;
  return kept;
}

/**
 * Seconds between two descriptions while FSx does not describe the file system: five in a minute, because one alone proves
 * nothing.
 */
const ABSENCE_DELAY = SETTLE_SECONDS / 4;

/**
 * Seconds after which a file system that this operation has seen, and that FSx no longer describes, counts as deleted. A file
 * system seldom disappears by itself, and an operation that believes a wrong response leaves it behind.
 */
const SEEN_SECONDS = 3 * SETTLE_SECONDS;

/**
 * Waits while FSx does not describe the file system, until this can no longer be a lagging description or a wrong response.
 * Then undefined.
 */
export function waitOutAbsence(model: Model, callback: CallbackContext): ActionResult | undefined {
  const { waited = 0, absentFrom = waited, seen = false } = callback;
  if (hasSettled(callback, absentFrom, seen ? SEEN_SECONDS : SETTLE_SECONDS)) return undefined;
  const message = 'FSx does not describe the file system. Describing it again.';
  return inProgress(model, message, { ...callback, absentFrom }, ABSENCE_DELAY);
}

/**
 * The longest time, in seconds, for which a state that this type does not know may be a temporary one, such as CREATING or
 * UPDATING.
 */
const LONGEST_UNKNOWN = 1800;

/** Waits for a limited time while this type does not know the state; undefined if there is nothing to wait for. */
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
