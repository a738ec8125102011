import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { describeFileSystem } from '../fsx/description';
import { withAdvice } from '../fsx/errors';
import { updateInput } from '../fsx/requests';
import { mergeTags, tagChange } from '../fsx/tags';
import { planUpdate, type Step, type UpdatePlan } from '../lustre/changes';
import { interruptionPhrase } from '../lustre/interruptions';
import { newViolations } from '../lustre/violations';
import { parseProperties } from '../lustre/parse';
import type { LustreProperties, Tag } from '../lustre/properties';
import { clientRequestToken } from './create';
import { checkOptions, fileSystemId, guardrails, notFound, parse, refuse } from './door';
import type { Callback, Invocation, Model, Outcome, RequestedStep } from './invocation';
import { toModel } from './model';
import { failureDetails, untroubled, wait } from './waiting';

/** Looks without a trace of a step that was asked for, before it counts as lost: about ten minutes. */
const MOST_UNSEEN = 30;

/** Between two of these FSx wants six hours, or the end of its optimisation (user guide, managing throughput capacity). */
const COOLING: ReadonlySet<string> = new Set<Step['name']>(['throughput', 'storage']);
const COOLING_DELAY = 600;
/** Seconds. An update may take ten hours in all, `timeoutInMinutes` of the schema. */
const LONGEST_COOLING = 8 * 3600;

/** FSx never returns these and an update does not need them, so no answer holds them. */
const WRITE_ONLY = ['SecurityGroupIds', 'BackupId', 'SkipFinalBackup', 'FinalBackupTags'] as const;

/** Look, decide everything before the first call, then take one step at a time, and read back. */
export async function update(invocation: Invocation): Promise<Outcome> {
  const id = fileSystemId(invocation);
  if (id === undefined) throw notFound(invocation);
  const desired = parse(invocation.desired);
  const model: Model = { ...without(desired, WRITE_ONLY), FileSystemId: id };
  return untroubled(invocation, model, async () => {
    const fileSystem = await invocation.fsx.describe(id);
    if (!fileSystem || fileSystem.Lifecycle === 'DELETING') throw notFound(invocation);
    const { since = newestUpdate(fileSystem) } = invocation.callback;
    const begun = { ...invocation, callback: { ...invocation.callback, since } };
    return untroubled(begun, model, () =>
      advance(new Update(begun, fileSystem, desired, model, id)),
    );
  });
}

async function advance(update: Update): Promise<Outcome> {
  const { fileSystem, invocation, plan } = update;
  const { step } = invocation.callback;
  if (step === undefined) update.check();
  update.expectNoFailure();
  if (update.isBusy) return update.wait('FSx is updating the file system.');
  if (step !== undefined && plan.steps.some(({ name }) => name === step.name))
    return update.lookAgain(step);
  if (await update.changeTags()) {
    const changed = await invocation.fsx.describe(update.id);
    if (!changed) throw notFound(invocation);
    return advance(update.seen(changed, true));
  }
  const [next] = plan.steps;
  if (next !== undefined) return update.take(next);
  // The update that is rolled back may have been accepted a moment ago and not show yet.
  if (invocation.rollback && step === undefined && !invocation.callback.secondLooks)
    return update.wait('Looking once more before the rollback ends.', { secondLooks: 1 });
  return { status: 'SUCCESS', model: toModel(fileSystem, invocation) };
}

/** One invocation of an update, with what FSx describes at its beginning. */
class Update {
  readonly plan: UpdatePlan;
  private readonly current: LustreProperties;
  private readonly previous: LustreProperties;

  constructor(
    readonly invocation: Invocation,
    readonly fileSystem: FileSystem,
    readonly desired: LustreProperties,
    readonly model: Model,
    readonly id: string,
    private readonly tagsAreSet = false,
  ) {
    this.current = describeFileSystem(fileSystem).properties;
    // What an older template gave is not judged again, so a value that does not parse is left aside.
    this.previous = parseProperties(invocation.previous).properties;
    this.plan = planUpdate(
      {
        current: this.current,
        previous: this.previous,
        desired: { ...desired, Tags: this.wantedTags },
      },
      { ...checkOptions(invocation.configuration), rollback: invocation.rollback },
    );
  }

  /** The same update after another look. */
  seen(fileSystem: FileSystem, tagsAreSet = this.tagsAreSet): Update {
    return new Update(this.invocation, fileSystem, this.desired, this.model, this.id, tagsAreSet);
  }

  /** Refuses what FSx cannot do before the first call. */
  check(): void {
    const { refusals } = this.plan;
    if (refusals.some(({ rule }) => rule === 'create-only')) refuse(refusals, 'NotUpdatable');
    const target = { ...this.current, ...this.desired, Tags: this.wantedTags };
    // A limit that was lowered later is not held against what exists, nor against what a rollback brings back.
    const limits = this.invocation.rollback
      ? []
      : newViolations(
          guardrails(target, this.invocation),
          guardrails(this.current, this.invocation),
        );
    refuse([...refusals, ...limits]);
  }

  get isBusy(): boolean {
    const { Lifecycle } = this.fileSystem;
    return (
      Lifecycle === 'UPDATING' ||
      Lifecycle === 'CREATING' ||
      updatesOf(this.fileSystem).some(isUnderWay)
    );
  }

  /** FSx's word on a step that failed, or on a file system that no longer works. */
  expectNoFailure(): void {
    const { Lifecycle } = this.fileSystem;
    if (Lifecycle === 'FAILED' || Lifecycle === 'MISCONFIGURED')
      throw new HandlerError(
        'NotStabilized',
        `File system ${this.id} is ${Lifecycle}: ${failureDetails(this.fileSystem)}`,
      );
    const { since = Infinity, step } = this.invocation.callback;
    const failed = updatesOf(this.fileSystem).find(
      (action) => action.Status === 'FAILED' && requestTime(action) > since,
    );
    if (failed)
      throw new HandlerError(
        'NotStabilized',
        `FSx could not carry out the ${step?.name ?? 'last'} update of ${this.id}: ${withAdvice(failed.FailureDetails?.Message ?? 'it gives no details')}`,
      );
  }

  /** FSx has answered the call but shows neither the action nor its result yet. */
  lookAgain(step: RequestedStep): Outcome {
    if (step.unseen >= MOST_UNSEEN)
      throw new HandlerError(
        'NotStabilized',
        `FSx accepted the ${step.name} update of ${this.id} but shows no sign of it. Look at the file system's updates in the FSx console, and run the stack update again.`,
      );
    return this.wait('FSx has accepted the update.', {
      step: { ...step, unseen: step.unseen + 1 },
    });
  }

  /** Sets and removes the tags that differ; whether there were any. */
  async changeTags(): Promise<boolean> {
    if (this.tagsAreSet) return false;
    const { previousStackTags, fsx } = this.invocation;
    const previous = mergeTags(previousStackTags, this.previous.Tags);
    const { set, remove } = tagChange(this.current.Tags ?? [], previous, this.wantedTags);
    const arn = this.fileSystem.ResourceARN;
    if (arn === undefined || (set.length === 0 && remove.length === 0)) return false;
    // Removed first, so that fifty tags can become fifty others.
    if (remove.length > 0) await fsx.untag(arn, remove);
    if (set.length > 0) await fsx.tag(arn, set);
    return true;
  }

  /** Asks FSx for one step of the plan. */
  async take(step: Step): Promise<Outcome> {
    const { fsx, token } = this.invocation;
    const fingerprint = `${token}/${step.name}/${JSON.stringify(step.properties)}`;
    try {
      await fsx.update(updateInput(this.id, step.properties, clientRequestToken(fingerprint)));
    } catch (error) {
      if (!(error instanceof HandlerError) || error.code !== 'InvalidRequest') throw error;
      // FSx refuses a second update while one runs, in words that cannot be relied on; its description can.
      const now = await fsx.describe(this.id);
      if (now && this.seen(now).isBusy) return this.wait('FSx is busy with another update.');
      if (this.isCooling(step)) return this.coolDown(error);
      // An update that was accepted a moment ago does not show yet.
      const { secondLooks = 0 } = this.invocation.callback;
      if (secondLooks > 0) throw error;
      return this.wait(`Trying once more: ${error.message}`, { secondLooks: secondLooks + 1 });
    }
    const subjects = Object.keys(step.properties).join(', ');
    const effect = interruptionPhrase(step, this.current);
    return this.wait(`FSx is changing ${subjects}: ${effect}.`, {
      step: { name: step.name, unseen: 0 },
      taken: [...this.taken, step.name],
    });
  }

  /** Whether this operation, or the one it takes back, has just changed what FSx lets rest for hours. */
  private isCooling({ name }: Step): boolean {
    const { rollback } = this.invocation;
    const touched = this.taken.some((taken) => taken !== name && COOLING.has(taken));
    return COOLING.has(name) && (rollback || touched);
  }

  private coolDown(refusal: HandlerError): Outcome {
    const { cooling = 0, waited = 0 } = this.invocation.callback;
    if (cooling >= LONGEST_COOLING) throw refusal;
    const callback = { ...this.invocation.callback, cooling: cooling + COOLING_DELAY, waited };
    const message = `FSx lets a file system rest for six hours between such changes: ${refusal.message}`;
    return {
      status: 'IN_PROGRESS',
      model: this.model,
      callback,
      delaySeconds: COOLING_DELAY,
      message,
    };
  }

  private get taken(): string[] {
    return this.invocation.callback.taken ?? [];
  }

  wait(message: string, callback: Callback = {}): Outcome {
    return wait(this.model, message, {
      ...this.invocation.callback,
      setbacks: 0,
      ...callback,
    });
  }

  private get wantedTags(): Tag[] {
    return mergeTags(this.invocation.stackTags, this.desired.Tags);
  }
}

function updatesOf({ AdministrativeActions = [] }: FileSystem): AdministrativeAction[] {
  return AdministrativeActions.filter(
    ({ AdministrativeActionType }) => AdministrativeActionType === 'FILE_SYSTEM_UPDATE',
  );
}

function newestUpdate(fileSystem: FileSystem): number {
  return Math.max(0, ...updatesOf(fileSystem).map(requestTime));
}

function isUnderWay({ Status }: AdministrativeAction): boolean {
  return Status === 'PENDING' || Status === 'IN_PROGRESS';
}

/** Milliseconds since 1970, by FSx's clock. */
function requestTime({ RequestTime }: AdministrativeAction): number {
  return RequestTime?.getTime() ?? 0;
}

function without(
  properties: LustreProperties,
  names: readonly (keyof LustreProperties)[],
): LustreProperties {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !(names as readonly string[]).includes(name)),
  );
}
