import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { isPersistent } from '../fsx/description';
import { deleteInput, type FinalBackup } from '../fsx/requests';
import { candidates, nameCandidates } from './candidates';
import { clientRequestToken } from './client-request-token';
import { fileSystemId, notFound } from './request';
import {
  holdsNothing,
  keptForBackup,
  untagged,
  wantedFinalBackup,
  whyNoBackup,
} from './final-backup';
import type { CallbackContext, HandlerRequest, Model, ActionResult } from './action';
import {
  describeState,
  isBusy,
  remembered,
  standingOf,
  waitOutAbsence,
  waitOutUnknown,
} from './lifecycle';
import {
  callbackDelaySeconds,
  hasSettled,
  inProgress,
  retryWhileTransient,
  secondTry,
  wasJustRefused,
} from './stabilization';

/** Seconds. A deletion may take six hours (`timeoutInMinutes` of the schema); this leaves half an hour of them for FSx. */
const LONGEST_WAIT = 330 * 60;

/** Seconds between two descriptions while a data repository task or a backup is running, which takes minutes to hours. */
const WORK_DELAY = 60;

/** The longest time, in seconds, for which FSx may describe another state than DELETING after it has accepted the deletion. */
const LONGEST_ACCEPTED = 1800;

/** Describes the file system, deletes it once, and waits until FSx no longer describes it. */
export async function remove(invocation: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(invocation);
  if (id === undefined) throw await withoutId(invocation);
  // FSx does not return these properties, so the callback context carries the final backup that the template asks for.
  const wish = invocation.callback.finalBackup === undefined ? wantedFinalBackup(invocation) : {};
  const callback = { begun: Date.now(), ...wish, ...invocation.callback };
  const model = { FileSystemId: id };
  return retryWhileTransient({ ...invocation, callback }, model, async () => {
    const fileSystem = await invocation.fsx.describe(id);
    if (!fileSystem) return absent({ ...invocation, callback }, model);
    // From now on, the absence of the file system is success, no matter who deleted it.
    const seen = { ...invocation, callback: { ...remembered(fileSystem, callback), seen: true } };
    return retryWhileTransient(seen, model, () => new Deletion(seen, fileSystem, model).run());
  });
}

/** FSx does not describe the file system. It is deleted if FSx accepted its deletion; otherwise one response proves nothing. */
function absent(invocation: HandlerRequest, model: Model): ActionResult {
  const { acceptedAt, note, seen = false } = invocation.callback;
  const wait = acceptedAt === undefined && waitOutAbsence(model, invocation.callback);
  if (wait) return wait;
  if (!seen) throw notFound(invocation);
  return { status: 'SUCCESS', ...(note !== undefined && { message: note }) };
}

/** Milliseconds after which a description shows a new file system. */
const LISTED_AFTER = 35_000;

/**
 * CloudFormation deletes a resource whose creation returned no ID. Nothing shows for certain which file system the creation
 * made, if any, because another stack may have created a similar one. So none is deleted, and the message names the
 * candidates.
 */
async function withoutId(invocation: HandlerRequest): Promise<HandlerError> {
  const error = notFound(invocation);
  const { FileSystemId, SubnetIds } = invocation.desired;
  if (Boolean(FileSystemId) || SubnetIds === undefined) return error;
  const begun = Date.now();
  let found = await candidates(invocation);
  if (found === undefined || found.length === 0) {
    // FSx may respond late, and an invocation has 60 seconds.
    await pause(LISTED_AFTER - (Date.now() - begun));
    found = await candidates(invocation);
  }
  const named = found === undefined ? NOT_ASKED : nameCandidates(found);
  return named === undefined ? error : new HandlerError(error.code, `${error.message} ${named}`);
}

const NOT_ASKED =
  'FSx could not be reached to check whether the creation left a file system. Check the FSx console for one that was created at that time, and delete it if no stack uses it.';

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** One invocation of a deletion, and the description at its beginning. */
class Deletion {
  private readonly callback: CallbackContext;

  constructor(
    private readonly invocation: HandlerRequest,
    private readonly fileSystem: FileSystem,
    private readonly model: Model & { FileSystemId: string },
  ) {
    this.callback = invocation.callback;
  }

  private get id(): string {
    return this.model.FileSystemId;
  }

  async run(): Promise<ActionResult> {
    if (standingOf(this.fileSystem) === 'deleting') return this.waitForDeletion();
    this.expectProgress();
    const { finalBackup } = this.callback;
    if (wasJustRefused(this.callback))
      return this.wait('FSx has refused the deletion. Describing the file system again.');
    if (!finalBackup) return this.requestDeletion(undefined);
    if (this.isWaitingForCreation) return this.waitForCreation();
    if (whyNoBackup(this.fileSystem) === undefined) return this.requestDeletion(finalBackup);
    if (holdsNothing(this.fileSystem)) return this.deleteEmpty();
    throw keptForBackup(this.fileSystem);
  }

  private waitForDeletion(): ActionResult {
    return this.wait('FSx is deleting the file system.', { acceptedAt: this.acceptedAt });
  }

  /**
   * Deletes a file system in CREATING without a backup, after a wait: a lagging description may show CREATING for one that is
   * already in use. It counts as empty only if FSx refuses to back it up and still describes it as CREATING a minute later.
   */
  private deleteEmpty(): ActionResult | Promise<ActionResult> {
    return this.hasWaitedForCreation ? this.requestDeletion(undefined) : this.waitForCreation();
  }

  private waitForCreation(): ActionResult {
    const { creatingFrom = this.callback.waited ?? 0 } = this.callback;
    return this.wait('FSx is still creating the file system. Describing it again.', {
      creatingFrom,
    });
  }

  private get isWaitingForCreation(): boolean {
    return this.callback.creatingFrom !== undefined && !this.hasWaitedForCreation;
  }

  private get hasWaitedForCreation(): boolean {
    const { creatingFrom } = this.callback;
    return creatingFrom !== undefined && hasSettled(this.callback, creatingFrom);
  }

  /** Fails if FSx has accepted the deletion but has not started it for too long. */
  private expectProgress(): void {
    const { acceptedAt, waited = 0 } = this.callback;
    if (acceptedAt === undefined || waited - acceptedAt < LONGEST_ACCEPTED) return;
    throw new HandlerError(
      'NotStabilized',
      `FSx accepted the deletion ${String(LONGEST_ACCEPTED / 60)} minutes ago, but is not deleting the file system. ${describeState(this.fileSystem)} Retry the deletion; if that does not help, contact AWS Support.`,
    );
  }

  private async requestDeletion(finalBackup: FinalBackup | undefined): Promise<ActionResult> {
    const { fsx, token } = this.invocation;
    const persistent = isPersistent(this.fileSystem);
    const choice = { persistent, ...(finalBackup && { finalBackup }) };
    // FSx accepts a token for one set of parameters only.
    const own = clientRequestToken(`${token}/${JSON.stringify(choice)}`);
    let backupId: string | undefined;
    try {
      backupId = await fsx.delete(deleteInput(this.id, own, choice));
    } catch (error) {
      if (!(error instanceof HandlerError)) throw error;
      return this.refused(error, finalBackup);
    }
    const note = this.aboutBackup(finalBackup, backupId);
    return this.wait('Deletion of the file system has begun.', {
      acceptedAt: this.acceptedAt,
      ...(note !== undefined && { note }),
    });
  }

  /** Information for the user about the final backup, in addition to what earlier invocations have found out. */
  private aboutBackup(finalBackup?: FinalBackup, backupId?: string): string | undefined {
    const { finalBackup: wanted, note } = this.callback;
    if (!finalBackup) return wanted && NOTHING_TO_BACK_UP;
    const made = backupId === undefined ? undefined : `The final backup is ${backupId}.`;
    if (made === undefined || note?.includes(made)) return note;
    return [made, note].filter(Boolean).join(' ');
  }

  /** Handles a refusal of the deletion. */
  private async refused(
    refusal: HandlerError,
    finalBackup: FinalBackup | undefined,
  ): Promise<ActionResult> {
    if (refusal.code === 'NotFound') return this.notKnown(refusal);
    if (finalBackup && refusal.code === 'InvalidRequest' && holdsNothing(this.fileSystem))
      return this.deleteEmpty();
    const mayPass = MAY_PASS.has(refusal.code);
    const wait = mayPass && (this.waitAfter(refusal) ?? (await this.deletingMeanwhile()));
    if (wait) return wait;
    const isForBackup = finalBackup !== undefined && isAboutBackup(refusal);
    if (isForBackup && finalBackup.tags) return this.withoutTags(refusal);
    const again = mayPass ? secondTry(refusal, this.callback) : undefined;
    if (again) return this.wait(...again);
    if (isForBackup) throw keptForBackup(this.fileSystem, refusal);
    if (standingOf(this.fileSystem) === 'available') throw refusal;
    throw new HandlerError(refusal.code, `${refusal.message} ${describeState(this.fileSystem)}`, {
      cause: refusal,
    });
  }

  /**
   * FSx does not know the file system. Either it was deleted between the description and the call, or the response is wrong.
   * NotFound would mean for CloudFormation that it is deleted.
   */
  private async notKnown(refusal: HandlerError): Promise<ActionResult> {
    const now = await this.invocation.fsx.describe(this.id);
    if (!now) return this.wait('FSx no longer describes the file system.');
    if (standingOf(now) === 'deleting') return this.waitForDeletion();
    const again = secondTry(refusal, this.callback);
    if (again) return this.wait(...again);
    throw new HandlerError(
      'NotStabilized',
      `${refusal.plain} But FSx still describes file system ${this.id}. Retry the deletion; if that does not help, contact AWS Support.`,
      { cause: refusal },
    );
  }

  /** Waits if a later call may succeed. FSx's messages may change, so a description is checked too. */
  private waitAfter(refusal: HandlerError): ActionResult | undefined {
    if (isAboutTask(refusal)) return this.waitForTask(refusal);
    if (isAboutRunningBackup(refusal))
      return this.waitOn(
        `FSx does not delete the file system while a backup of it is in progress: ${refusal.plain}`,
        refusal,
        WORK_DELAY,
      );
    if (isAboutDeletion(refusal)) return this.wait(refusal.plain, { acceptedAt: this.acceptedAt });
    if (this.callback.acceptedAt !== undefined)
      return this.wait(`FSx has accepted the deletion, and now reports: ${refusal.plain}`);
    if (isBusy(this.fileSystem))
      return this.waitOn(`FSx cannot delete the file system yet: ${refusal.plain}`, refusal);
    return waitOutUnknown(this.fileSystem, this.model, this.callback);
  }

  /** FSx may refuse a deletion because one is in progress, with any message. A description shows it. */
  private async deletingMeanwhile(): Promise<ActionResult | undefined> {
    const now = await this.invocation.fsx.describe(this.id);
    return now && standingOf(now) === 'deleting' ? this.waitForDeletion() : undefined;
  }

  /** FSx may refuse the tags. A backup without them is better than none. */
  private withoutTags(refusal: HandlerError): Promise<ActionResult> {
    const { fileSystem, invocation, model } = this;
    const callback = { ...this.callback, finalBackup: {}, note: untagged(refusal.plain) };
    return new Deletion({ ...invocation, callback }, fileSystem, model).requestDeletion({});
  }

  private get acceptedAt(): number {
    return this.callback.acceptedAt ?? this.callback.waited ?? 0;
  }

  /** FSx deletes no file system while a data repository task is PENDING or EXECUTING. [API DeleteFileSystem] */
  private waitForTask(refusal: HandlerError): ActionResult {
    const advice = `\`aws fsx describe-data-repository-tasks --filters Name=file-system-id,Values=${this.id}\` shows the task; wait until it ends, or cancel it with \`aws fsx cancel-data-repository-task --task-id TASK\`.`;
    return this.waitOn(
      `FSx does not delete a file system while a data repository task is running: ${advice}`,
      new HandlerError('NotStabilized', `${refusal.plain} ${advice} Then retry the deletion.`, {
        cause: refusal,
      }),
      WORK_DELAY,
    );
  }

  /** Waits as long as the time of the operation allows, and then fails. */
  private waitOn(message: string, failure: HandlerError, delay?: number): ActionResult {
    const { begun = Date.now(), waited = 0 } = this.callback;
    if (Math.max(waited, (Date.now() - begun) / 1000) >= LONGEST_WAIT) throw failure;
    return this.wait(message, {}, delay ?? callbackDelaySeconds(waited));
  }

  private wait(message: string, callback: CallbackContext = {}, delay?: number): ActionResult {
    const { note } = this.callback;
    const next = { ...remembered(this.fileSystem, this.callback), setbacks: 0, ...callback };
    const said = [message, note].filter(Boolean).join(' ');
    return inProgress(this.model, said, next, delay);
  }
}

const NOTHING_TO_BACK_UP =
  'FSx does not back up a file system that is still being created: it contains no data.';

/** Error codes of refusals that may not occur again later. */
const MAY_PASS: ReadonlySet<HandlerErrorCode> = new Set(['InvalidRequest', 'ResourceConflict']);

/**
 * FSx's message for this is not recorded; the API reference has "data repository task". A tag key may contain the same words.
 */
function isAboutTask({ plain }: HandlerError): boolean {
  return /task/i.test(plain) && !/\btags?\b/i.test(plain);
}

/**
 * Whether FSx is making a backup, such as the daily one. It is not recorded whether FSx refuses the deletion for this reason.
 */
function isAboutRunningBackup({ code, plain }: HandlerError): boolean {
  return code === 'ResourceConflict' || /\bbackup\b.*(in progress|under ?way)/i.test(plain);
}

/** Whether a deletion is in progress, started by somebody else or by a call whose response was lost. */
function isAboutDeletion({ plain }: HandlerError): boolean {
  return /\bbeing deleted\b|\bDELETING\b/.test(plain);
}

/** Whether a refusal may be about the final backup, including a quota of backups or a missing permission. */
function isAboutBackup(refusal: HandlerError): boolean {
  const { code, plain } = refusal;
  return (
    code === 'InvalidRequest' ||
    code === 'ServiceLimitExceeded' ||
    (code === 'AccessDenied' && plain.includes('CreateBackup'))
  );
}
