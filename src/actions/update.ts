import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { describeFileSystem } from '../fsx/description';
import { withAdvice } from '../fsx/errors';
import { updateInput } from '../fsx/requests';
import { mergeTags, tagChange } from '../fsx/tags';
import { planUpdate, type Step, type UpdatePlan } from '../lustre/changes/changes';
import { interruptionPhrase } from '../lustre/changes/interruptions';
import { newViolations } from '../lustre/violations';
import { parseProperties } from '../lustre/properties/parse';
import type { LustreProperties, Tag } from '../lustre/properties';
import { namesWhere } from '../lustre/properties/property-table';
import { failedUpdate, isUpdating, newestUpdate } from './administrative-actions';
import { clientRequestToken } from './create';
import {
  checkOptions,
  fileSystemId,
  guardrails,
  notFound,
  parse,
  refuse,
  repeatedTags,
} from './request';
import type {
  CallbackContext,
  HandlerRequest,
  LeftStep,
  Model,
  ActionResult,
  RequestedStep,
} from './action';
import { adviseOnState, describeState, remembered, standingOf, waitOutUnknown } from './lifecycle';
import { toModel } from './model';
import { retryWhileTransient, inProgress } from './stabilization';

/** Looks without a trace of a step that was asked for, before it counts as lost: about ten minutes. */
const MAX_DESCRIBE_MISSES = 30;

/** Between two of these FSx wants six hours, or the end of its optimization (user guide, managing throughput capacity). */
const COOLDOWN_STEPS: ReadonlySet<string> = new Set<Step['name']>(['throughput', 'storage']);
const COOLDOWN_DELAY = 600;
/** Seconds. An update may take ten hours in all, `timeoutInMinutes` of the schema. */
const MAX_COOLDOWN = 8 * 3600;

/** FSx never returns these and an update does not need them, so no answer holds them. */
const WRITE_ONLY = namesWhere('described', 'never');

/** Look, decide everything before the first call, then take one step at a time, and read back. */
export async function update(invocation: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(invocation);
  if (id === undefined) throw notFound(invocation);
  const desired = parse(invocation.desired);
  const model: Model = { ...without(desired, WRITE_ONLY), FileSystemId: id };
  return retryWhileTransient(invocation, model, async () => {
    const fileSystem = await invocation.fsx.describe(id);
    if (!fileSystem || fileSystem.Lifecycle === 'DELETING') throw notFound(invocation);
    const { since = newestUpdate(fileSystem) } = invocation.callback;
    const begun = { ...invocation, callback: { ...invocation.callback, since } };
    return retryWhileTransient(begun, model, () =>
      advance(new Update(begun, fileSystem, desired, model, id)),
    );
  });
}

async function advance(update: Update): Promise<ActionResult> {
  const { fileSystem, invocation, plan } = update;
  const { step } = invocation.callback;
  if (step === undefined) update.check();
  update.expectStepDone();
  const patience = waitOutUnknown(fileSystem, update.model, update.remembered);
  if (patience) return patience;
  const pending = step && plan.steps.find(({ name }) => name === step.name);
  update.expectStateKept(pending);
  if (update.isBusy) return update.wait('FSx is updating the file system.');
  if (step && pending && !update.isLeft(step.name)) return update.recheck(step, pending);
  const tagged = await update.changeTags();
  if (typeof tagged === 'object') return tagged;
  if (tagged) {
    const changed = await invocation.fsx.describe(update.id);
    if (!changed) throw notFound(invocation);
    return advance(update.seen(changed, true));
  }
  const { next } = update;
  if (next !== undefined) return update.take(next);
  // The update that is rolled back may have been accepted a moment ago and not show yet.
  if (invocation.rollback && step === undefined && !invocation.callback.secondLooks)
    return update.wait('Looking once more before the rollback ends.', { secondLooks: 1 });
  return { status: 'SUCCESS', model: toModel(fileSystem, invocation), ...update.remark };
}

/** One invocation of an update, with what FSx describes at its beginning. */
class Update {
  readonly plan: UpdatePlan;
  private readonly current: LustreProperties;
  private readonly previous: LustreProperties;

  constructor(
    readonly invocation: HandlerRequest,
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
    const repeated = this.invocation.rollback
      ? []
      : newViolations(repeatedTags(this.desired), repeatedTags(this.previous));
    refuse([...repeated, ...refusals, ...limits]);
  }

  get isBusy(): boolean {
    return standingOf(this.fileSystem) === 'busy' || isUpdating(this.fileSystem);
  }

  /** Whether it does not work; a state that nobody knows does not either, once it has been waited for. */
  get isBroken(): boolean {
    const standing = standingOf(this.fileSystem);
    return standing === 'broken' || standing === 'unknown';
  }

  /** Whether this is a rollback in a state that it cannot be blamed for, so that it must not fail because of it. */
  private get isExcused(): boolean {
    return this.invocation.rollback && this.isBroken;
  }

  /** The first step of the plan that is not left undone. */
  get next(): Step | undefined {
    return this.plan.steps.find(({ name }) => !this.isLeft(name));
  }

  /** FSx's word on a step of this operation that ended FAILED. Those of others are no matter of this one. */
  expectStepDone(): void {
    const { rollback } = this.invocation;
    const { since = Infinity, step } = this.invocation.callback;
    if (step === undefined) return;
    // Without a time of its own it may be any since the operation began; what a rollback finds may be what it takes back.
    const { requestedAt = rollback ? Infinity : since + 1 } = step;
    const failed = failedUpdate(this.fileSystem, requestedAt);
    if (failed)
      throw new HandlerError(
        'NotStabilized',
        `FSx could not carry out the ${step.name} update of ${this.id}: ${reasonOf(failed, this.fileSystem)}`,
      );
  }

  /** FSx's word on a file system that has stopped working since this operation asked for a step. */
  expectStateKept(pending: Step | undefined): void {
    const { callback, rollback } = this.invocation;
    const { step } = callback;
    if (step === undefined || !this.isBroken || stateOf(this.fileSystem) === step.state) return;
    // What has been taken back stays so, whatever has become of the file system since.
    if (rollback && !pending) return;
    throw new HandlerError(
      'NotStabilized',
      `${adviseOnState(this.fileSystem)} This was not so before the ${step.name} update.`,
    );
  }

  /** FSx has answered the call but shows neither the action nor its result yet. */
  recheck(step: RequestedStep, pending: Step): ActionResult {
    if (step.unseen >= MAX_DESCRIBE_MISSES && this.isExcused)
      return this.leave(step.name, subjectsOf(pending));
    if (step.unseen >= MAX_DESCRIBE_MISSES) {
      // It may be the one: its answer may have been lost, and with it the time by which it is known.
      const failed = failedUpdate(this.fileSystem, newestUpdate(this.fileSystem));
      const last =
        failed && ` The last update that it shows has failed: ${reasonOf(failed, this.fileSystem)}`;
      throw new HandlerError(
        'NotStabilized',
        `FSx accepted the ${step.name} update of ${this.id} but shows no sign of it.${last ?? ''} Look at the file system's updates in the FSx console, and run the stack update again.`,
      );
    }
    return this.wait('FSx has accepted the update.', {
      step: { ...step, unseen: step.unseen + 1 },
    });
  }

  /** Sets and removes the tags that differ; whether there were any, or how to go on without. */
  async changeTags(): Promise<boolean | ActionResult> {
    if (this.tagsAreSet || this.isLeft('tags')) return false;
    const { previousStackTags, fsx } = this.invocation;
    const previous = mergeTags(previousStackTags, this.previous.Tags);
    const { set, remove } = tagChange(this.current.Tags ?? [], previous, this.wantedTags);
    const arn = this.fileSystem.ResourceARN;
    if (arn === undefined || (set.length === 0 && remove.length === 0)) return false;
    try {
      // Removed first, so that fifty tags can become fifty others.
      if (remove.length > 0) await fsx.untag(arn, remove);
      if (set.length > 0) await fsx.tag(arn, set);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (this.isExcused) return this.leave('tags', 'Tags');
      throw this.explained(error);
    }
    return true;
  }

  /** Asks FSx for one step of the plan. */
  async take(step: Step): Promise<ActionResult> {
    const { fsx, token } = this.invocation;
    const fingerprint = `${token}/${step.name}/${JSON.stringify(step.properties)}`;
    const input = updateInput(this.id, step.properties, clientRequestToken(fingerprint));
    let answered: FileSystem;
    try {
      answered = await fsx.update(input);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // FSx refuses a second update while one runs, in words that cannot be relied on; its description can.
      const now = await fsx.describe(this.id);
      return now ? this.seen(now).refused(step, error) : this.refused(step, error);
    }
    const requestedAt = newestUpdate(answered);
    const effect = interruptionPhrase(step, this.current);
    return this.wait(`FSx is changing ${subjectsOf(step)}: ${effect}.`, {
      step: {
        name: step.name,
        unseen: 0,
        state: stateOf(this.fileSystem),
        ...(requestedAt > newestUpdate(this.fileSystem) && { requestedAt }),
      },
      taken: [...this.taken, step.name],
    });
  }

  /** What to do after FSx has refused a step. */
  private refused(step: Step, refusal: HandlerError): ActionResult {
    if (this.isBusy) return this.wait('FSx is busy with another update.');
    if (!this.isBroken && this.isCooling(step)) return this.coolDown(refusal);
    // An update that was accepted a moment ago does not show yet.
    const { secondLooks = 0 } = this.invocation.callback;
    if (secondLooks === 0)
      return this.wait(`Trying once more: ${refusal.message}`, { secondLooks: 1 });
    if (this.isExcused) return this.leave(step.name, subjectsOf(step));
    throw this.explained(refusal);
  }

  /** A refusal, with the state that may be the reason for it. */
  private explained(refusal: HandlerError): HandlerError {
    if (!this.isBroken) return refusal;
    return new HandlerError(refusal.code, `${refusal.message} ${adviseOnState(this.fileSystem)}`, {
      cause: refusal,
    });
  }

  /** A rollback that failed here could not be tried again before the file system is repaired; drift detection shows the rest. */
  private leave(name: string, subjects: string): ActionResult {
    return this.wait(`${subjects} cannot be taken back now. ${describeState(this.fileSystem)}`, {
      left: [...this.left, { name, subjects }],
    });
  }

  isLeft(name: string): boolean {
    return this.left.some((left) => left.name === name);
  }

  private get left(): readonly LeftStep[] {
    return this.invocation.callback.left ?? [];
  }

  /** What the user should know of an update that has ended well. */
  get remark(): { message?: string } {
    const subjects = this.left.map((left) => left.subjects).join(', ');
    const remarks = [
      this.isBroken && adviseOnState(this.fileSystem),
      subjects &&
        `The rollback left these as they are, because FSx takes no change of them now: ${subjects}.`,
    ].filter(Boolean);
    return remarks.length > 0 ? { message: remarks.join(' ') } : {};
  }

  /** Whether this operation, or the one it takes back, has just changed what FSx lets rest for hours. */
  private isCooling({ name }: Step): boolean {
    const { rollback } = this.invocation;
    const touched = this.taken.some((taken) => taken !== name && COOLDOWN_STEPS.has(taken));
    return COOLDOWN_STEPS.has(name) && (rollback || touched);
  }

  private coolDown(refusal: HandlerError): ActionResult {
    const { cooling = 0, waited = 0 } = this.invocation.callback;
    if (cooling >= MAX_COOLDOWN) throw refusal;
    const callback = { ...this.remembered, cooling: cooling + COOLDOWN_DELAY, waited };
    const message = `FSx lets a file system rest for six hours between such changes: ${refusal.message}`;
    return {
      status: 'IN_PROGRESS',
      model: this.model,
      callback,
      delaySeconds: COOLDOWN_DELAY,
      message,
    };
  }

  private get taken(): string[] {
    return this.invocation.callback.taken ?? [];
  }

  wait(message: string, callback: CallbackContext = {}): ActionResult {
    return inProgress(this.model, message, { ...this.remembered, setbacks: 0, ...callback });
  }

  /** What is left for the next invocation. */
  get remembered(): CallbackContext {
    return remembered(this.fileSystem, this.invocation.callback);
  }

  private get wantedTags(): Tag[] {
    return mergeTags(this.invocation.stackTags, this.desired.Tags);
  }
}

function reasonOf({ FailureDetails }: AdministrativeAction, { ResourceARN }: FileSystem): string {
  return withAdvice([FailureDetails?.Message ?? 'it gives no details.'], ResourceARN);
}

function isRefusal(error: unknown): error is HandlerError {
  return error instanceof HandlerError && error.code === 'InvalidRequest';
}

function stateOf({ Lifecycle }: FileSystem): string {
  return Lifecycle ?? '';
}

function subjectsOf({ properties }: Step): string {
  return Object.keys(properties).join(', ');
}

function without(
  properties: LustreProperties,
  names: readonly (keyof LustreProperties)[],
): LustreProperties {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !(names as readonly string[]).includes(name)),
  );
}
