import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { isPersistent } from '../fsx/description';
import { deleteInput, type FinalBackup } from '../fsx/requests';
import { isUpdating } from './administrative-actions';
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
import { describeState, remembered, standingOf, waitOutUnknown } from './lifecycle';
import { callbackDelaySeconds, retryWhileTransient, inProgress } from './stabilization';

/** Seconds. A deletion may take six hours in all, `timeoutInMinutes` of the schema, and then half an hour is left for FSx. */
const LONGEST_WAIT = 330 * 60;

/** Seconds between two looks at a data repository task or a backup, which take minutes to hours. */
const WORK_DELAY = 60;

/** Seconds for which FSx may describe another state than DELETING after it has accepted the deletion. */
const LONGEST_ACCEPTED = 1800;

/** Look, delete once, wait until FSx no longer knows the file system. */
export async function remove(asked: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(asked);
  if (id === undefined) throw notFound(asked);
  // FSx returns none of it, so what the template wants of the last backup travels with the callback.
  const wish = asked.callback.begun === undefined ? wantedFinalBackup(asked) : {};
  const callback = { begun: Date.now(), ...wish, ...asked.callback };
  const model = { FileSystemId: id };
  return retryWhileTransient({ ...asked, callback }, model, async () => {
    const fileSystem = await asked.fsx.describe(id);
    if (!fileSystem) {
      if (!callback.seen) throw notFound(asked);
      const { note } = callback;
      return { status: 'SUCCESS', ...(note !== undefined && { message: note }) };
    }
    // From here on its absence is what was asked for, whoever brings it about.
    const seen = { ...asked, callback: { ...callback, seen: true } };
    return retryWhileTransient(seen, model, () => new Deletion(seen, fileSystem, model).go());
  });
}

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
    if (standingOf(this.fileSystem) === 'deleting')
      return this.wait('FSx is deleting the file system.');
    this.expectProgress();
    const { finalBackup } = this.callback;
    if (!finalBackup || holdsNothing(this.fileSystem)) return this.ask(undefined);
    if (impossible(this.fileSystem) !== undefined) throw keptForBackup(this.fileSystem);
    return this.ask(finalBackup);
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
    // FSx takes a token once, for one set of parameters.
    const own = `${token}${finalBackup && !finalBackup.tags ? '/without-tags' : ''}`;
    const choice = { persistent, ...(finalBackup && { finalBackup }) };
    let backupId: string | undefined;
    try {
      backupId = await fsx.delete(deleteInput(this.id, clientRequestToken(own), choice));
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

  /** What has become of the wish for a final backup. */
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
    // Gone between the look and the call.
    if (refusal.code === 'NotFound') return this.wait('FSx no longer knows the file system.');
    const wait = MAY_PASS.has(refusal.code) && this.waitAfter(refusal);
    if (wait) return wait;
    if (finalBackup && isAboutBackup(refusal)) return this.withoutTags(refusal, finalBackup);
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
        `FSx does not delete the file system while a backup of it is being made: ${refusal.plain}`,
        refusal,
        WORK_DELAY,
      );
    if (isAboutDeletion(refusal)) return this.wait(refusal.plain, { acceptedAt: this.acceptedAt });
    if (this.callback.acceptedAt !== undefined)
      return this.wait(`FSx has accepted the deletion, and says now: ${refusal.message}`);
    if (this.isBusy)
      return this.waitOn(`FSx does not delete the file system yet: ${refusal.message}`, refusal);
    return waitOutUnknown(this.fileSystem, this.model, this.callback);
  }

  /** It may be the tags that FSx does not take, and the backup is worth more than they are. */
  private withoutTags(refusal: HandlerError, { tags }: FinalBackup): Promise<ActionResult> {
    const { fileSystem, invocation, model } = this;
    if (!tags) throw keptForBackup(fileSystem, refusal);
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
      `FSx deletes no file system while a data repository task runs: ${advice}`,
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
