import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { isPersistent } from '../fsx/description';
import { deleteInput, type FinalBackup } from '../fsx/requests';
import { isUpdating } from './administrative-actions';
import { candidates, nameCandidates } from './candidates';
import { clientRequestToken } from './create';
import { fileSystemId, notFound } from './request';
import {
  holdsNothing,
  impossible,
  keptForBackup,
  untagged,
  wantedFinalBackup,
} from './final-backup';
import type { CallbackContext, HandlerRequest, Model, ActionResult } from './action';
import { describeState, remembered, standingOf, waitOutAbsence, waitOutUnknown } from './lifecycle';
import { callbackDelaySeconds, hasSettled, retryWhileTransient, inProgress } from './stabilization';

/** Seconds. A deletion may take six hours in all, `timeoutInMinutes` of the schema, and then half an hour is left for FSx. */
const LONGEST_WAIT = 330 * 60;

/** Seconds between two descriptions while a data repository task or a backup runs, which takes minutes to hours. */
const WORK_DELAY = 60;

/** Seconds for which FSx may describe another state than DELETING after it has accepted the deletion. */
const LONGEST_ACCEPTED = 1800;

/** Describe, delete once, wait until FSx no longer knows the file system. */
export async function remove(asked: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(asked);
  if (id === undefined) throw await withoutId(asked);
  // FSx returns none of it, so what the template wants of the last backup travels with the callback.
  const wish = asked.callback.begun === undefined ? wantedFinalBackup(asked) : {};
  const callback = { begun: Date.now(), ...wish, ...asked.callback };
  const model = { FileSystemId: id };
  return retryWhileTransient({ ...asked, callback }, model, async () => {
    const fileSystem = await asked.fsx.describe(id);
    if (!fileSystem) return absent({ ...asked, callback }, model);
    // From here on its absence is what was asked for, whoever brings it about.
    const seen = { ...asked, callback: { ...remembered(fileSystem, callback), seen: true } };
    return retryWhileTransient(seen, model, () => new Deletion(seen, fileSystem, model).go());
  });
}

/** FSx does not describe the file system: it is gone where its deletion was accepted; otherwise one answer proves nothing. */
function absent(invocation: HandlerRequest, model: Model): ActionResult {
  const { acceptedAt, note, seen = false } = invocation.callback;
  const wait = acceptedAt === undefined && waitOutAbsence(model, invocation.callback);
  if (wait) return wait;
  if (!seen) throw notFound(invocation);
  return { status: 'SUCCESS', ...(note !== undefined && { message: note }) };
}

/** Milliseconds after which a description shows a file system that was created a moment ago. */
const LISTED_AFTER = 35_000;

/**
 * CloudFormation gives a creation up without having learned an id. Nothing says for certain which file system it made, if
 * any: another stack may have one like it. So none is deleted, and those that it may be are named.
 */
async function withoutId(asked: HandlerRequest): Promise<HandlerError> {
  const error = notFound(asked);
  const { FileSystemId, SubnetIds } = asked.desired;
  if (Boolean(FileSystemId) || SubnetIds === undefined) return error;
  let found = await candidates(asked);
  if (found === undefined || found.length === 0) {
    await pause(LISTED_AFTER);
    found = await candidates(asked);
  }
  const named = found === undefined ? NOT_ASKED : nameCandidates(found);
  return named === undefined ? error : new HandlerError(error.code, `${error.message} ${named}`);
}

const NOT_ASKED =
  'FSx could not be reached to check whether the creation left one: look in the FSx console for a file system that was created then, and delete it if no stack uses it.';

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** One invocation of a deletion, with what FSx describes at its beginning. */
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

  async go(): Promise<ActionResult> {
    if (standingOf(this.fileSystem) === 'deleting') return this.underWay();
    this.expectProgress();
    const { finalBackup, refusedAt } = this.callback;
    if (refusedAt !== undefined && !hasSettled(this.callback, refusedAt))
      return this.wait('FSx has refused the deletion. Describing the file system again.');
    if (!finalBackup) return this.ask(undefined);
    if (this.isWaitingForCreation) return this.waitForCreation();
    const isPossible = impossible(this.fileSystem) === undefined;
    if (isPossible) return this.ask(finalBackup);
    if (!holdsNothing(this.fileSystem)) throw keptForBackup(this.fileSystem);
    return this.hasWaitedForCreation ? this.ask(undefined) : this.waitForCreation();
  }

  private underWay(): ActionResult {
    return this.wait('FSx is deleting the file system.', { acceptedAt: this.acceptedAt });
  }

  /**
   * A description that lags behind may say CREATING of a file system that is in use already, and whose backup is wanted. So
   * FSx is asked for the backup all the same, and only what it refuses for, and still describes as CREATING a minute later,
   * counts as empty.
   */
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

  /** FSx has accepted the deletion and should be about it. */
  private expectProgress(): void {
    const { acceptedAt, waited = 0 } = this.callback;
    if (acceptedAt === undefined || waited - acceptedAt < LONGEST_ACCEPTED) return;
    throw new HandlerError(
      'NotStabilized',
      `FSx accepted the deletion ${String(LONGEST_ACCEPTED / 60)} minutes ago, but is not deleting the file system. ${describeState(this.fileSystem)} Delete it again; if that does not help, ask AWS Support.`,
    );
  }

  private async ask(finalBackup: FinalBackup | undefined): Promise<ActionResult> {
    const { fsx, token } = this.invocation;
    const persistent = isPersistent(this.fileSystem);
    const choice = { persistent, ...(finalBackup && { finalBackup }) };
    // FSx takes a token once, for one set of parameters.
    const own = clientRequestToken(`${token}/${JSON.stringify(choice)}`);
    let backupId: string | undefined;
    try {
      backupId = await fsx.delete(deleteInput(this.id, own, choice));
    } catch (error) {
      if (!(error instanceof HandlerError)) throw error;
      return this.refused(error, finalBackup);
    }
    const { note = this.aboutBackup(finalBackup, backupId) } = this.callback;
    return this.wait('Deletion of the file system has begun.', {
      acceptedAt: this.acceptedAt,
      ...(note !== undefined && { note }),
    });
  }

  /** What the user should know of the final backup that the template asks for. */
  private aboutBackup(finalBackup?: FinalBackup, backupId?: string): string | undefined {
    if (finalBackup) return backupId && `The final backup is ${backupId}.`;
    return (
      this.callback.finalBackup &&
      'No final backup is made of a file system that is still being created: it holds nothing.'
    );
  }

  /** What to do after FSx has refused the deletion. */
  private async refused(
    refusal: HandlerError,
    finalBackup: FinalBackup | undefined,
  ): Promise<ActionResult> {
    // Gone between the description and the call.
    if (refusal.code === 'NotFound') return this.wait('FSx no longer knows the file system.');
    if (finalBackup && refusal.code === 'InvalidRequest' && holdsNothing(this.fileSystem))
      return this.hasWaitedForCreation ? this.ask(undefined) : this.waitForCreation();
    const mayPass = MAY_PASS.has(refusal.code);
    const wait = mayPass && (this.waitAfter(refusal) ?? (await this.deletingMeanwhile()));
    if (wait) return wait;
    const isForBackup = finalBackup !== undefined && isAboutBackup(refusal);
    if (isForBackup && finalBackup.tags) return this.withoutTags(refusal);
    const again = mayPass && this.askOnceMore(refusal);
    if (again) return again;
    if (isForBackup) throw keptForBackup(this.fileSystem, refusal);
    if (standingOf(this.fileSystem) === 'available') throw refusal;
    throw new HandlerError(refusal.code, `${refusal.message} ${describeState(this.fileSystem)}`, {
      cause: refusal,
    });
  }

  /** Waits where another time may do; FSx's words cannot be relied on, its description can. */
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
      return this.wait(`FSx has accepted the deletion, and says now: ${refusal.plain}`);
    if (this.isBusy)
      return this.waitOn(`FSx does not delete the file system yet: ${refusal.plain}`, refusal);
    return waitOutUnknown(this.fileSystem, this.model, this.callback);
  }

  /** FSx may refuse a deletion because it is under way, in any words: its description says so. */
  private async deletingMeanwhile(): Promise<ActionResult | undefined> {
    const now = await this.invocation.fsx.describe(this.id);
    return now && standingOf(now) === 'deleting' ? this.underWay() : undefined;
  }

  /** A description that lags behind may not show yet why FSx has refused the deletion, so FSx is asked twice. */
  private askOnceMore({ plain }: HandlerError): ActionResult | undefined {
    const { refusedAt, waited = 0 } = this.callback;
    if (refusedAt !== undefined) return undefined;
    return this.wait(`Trying once more: ${plain}`, { refusedAt: waited });
  }

  /** FSx may not take the tags, and the backup is worth more than they are. */
  private withoutTags(refusal: HandlerError): Promise<ActionResult> {
    const { fileSystem, invocation, model } = this;
    const callback = { ...this.callback, finalBackup: {}, note: untagged(refusal.plain) };
    return new Deletion({ ...invocation, callback }, fileSystem, model).ask({});
  }

  private get acceptedAt(): number {
    return this.callback.acceptedAt ?? this.callback.waited ?? 0;
  }

  private get isBusy(): boolean {
    return standingOf(this.fileSystem) === 'busy' || isUpdating(this.fileSystem);
  }

  /** FSx deletes nothing while a data repository task is PENDING or EXECUTING. [API DeleteFileSystem] */
  private waitForTask(refusal: HandlerError): ActionResult {
    const advice = `\`aws fsx describe-data-repository-tasks --filters Name=file-system-id,Values=${this.id}\` shows the task; wait until it has ended, or end it with \`aws fsx cancel-data-repository-task --task-id TASK\`.`;
    return this.waitOn(
      `FSx does not delete a file system while a data repository task is running: ${advice}`,
      new HandlerError('NotStabilized', `${refusal.plain} ${advice} Then delete again.`, {
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
    const left = { ...remembered(this.fileSystem, this.callback), setbacks: 0, ...callback };
    const said = [message, note].filter(Boolean).join(' ');
    return inProgress(this.model, said, left, delay);
  }
}

/** Codes of what FSx may no longer say at another time. */
const MAY_PASS: ReadonlySet<HandlerErrorCode> = new Set(['InvalidRequest', 'ResourceConflict']);

/** FSx's words for it are not on record; the API reference speaks of a data repository task. A tag may have that key. */
function isAboutTask({ plain }: HandlerError): boolean {
  return /task/i.test(plain) && !/\btags?\b/i.test(plain);
}

/** Whether FSx makes one now, such as the daily one; whether it refuses the deletion then is not on record. */
function isAboutRunningBackup({ code, plain }: HandlerError): boolean {
  return code === 'ResourceConflict' || /\bbackup\b.*(in progress|under ?way)/i.test(plain);
}

/** Somebody else, or a call whose answer was lost, has begun the deletion. */
function isAboutDeletion({ plain }: HandlerError): boolean {
  return /\bbeing deleted\b|\bDELETING\b/.test(plain);
}

/** What FSx may say because of a final backup: a quota of backups, or a permission, included. */
function isAboutBackup(refusal: HandlerError): boolean {
  const { code, plain } = refusal;
  return (
    code === 'InvalidRequest' ||
    code === 'ServiceLimitExceeded' ||
    (code === 'AccessDenied' && plain.includes('CreateBackup'))
  );
}
