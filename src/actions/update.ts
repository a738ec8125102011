import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { describeFileSystem } from '../fsx/description';
import { withAdvice } from '../fsx/errors';
import { updateInput } from '../fsx/requests';
import { mergeTags, tagChange, type TagChange } from '../fsx/tags';
import { planUpdate, type Step, type UpdatePlan } from '../lustre/changes/changes';
import { interruptionPhrase, startsCooldown } from '../lustre/changes/interruptions';
import { newViolations } from '../lustre/violations';
import { parseProperties } from '../lustre/properties/parse';
import type { LustreProperties, Tag } from '../lustre/properties';
import { LEFT_OUT } from '../lustre/properties/left-out';
import { namesWhere, type StepName } from '../lustre/properties/property-table';
import { failedUpdate, isUpdating, newestUpdate, newestUpdateFor } from './administrative-actions';
import { clientRequestToken } from './create';
import {
  checkOptions,
  fileSystemId,
  guardrails,
  invalidConfiguration,
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
import {
  adviseOnState,
  describeState,
  remembered,
  standingOf,
  waitOutAbsence,
  waitOutUnknown,
} from './lifecycle';
import { toModel } from './model';
import {
  hasSettled,
  inProgress,
  retryWhileTransient,
  secondTry,
  SETTLE_SECONDS,
} from './stabilization';

/** The most descriptions that show neither an update nor its result, before the operation fails: about ten minutes. */
const MAX_DESCRIBE_MISSES = 30;

/** The most times that a step is requested, or tags are changed, if FSx accepts the call without effect. */
const MAX_CALLS = 4;

/** Seconds between two descriptions that only confirm a result. */
const CONFIRMATION_DELAY = SETTLE_SECONDS / 3;

/** Seconds between two attempts during FSx's cooldown. */
const COOLDOWN_DELAY = 600;
/** Seconds. An update may take ten hours (`timeoutInMinutes` of the schema). */
const MAX_COOLDOWN = 8 * 3600;

/** FSx never returns these properties and an update does not need them, so the returned model does not have them. */
const WRITE_ONLY = namesWhere('described', 'never');

/** Describes the file system, decides everything before the first call, makes one call at a time, and describes the result. */
export async function update(invocation: HandlerRequest): Promise<ActionResult> {
  const { callback, configurationProblems, fsx, rollback } = invocation;
  const id = fileSystemId(invocation);
  if (id === undefined) throw notFound(invocation);
  // An update that has begun continues, and a rollback restores what was accepted before, even if the type configuration has
  // become invalid.
  const isAccepted = rollback || callback.waited !== undefined;
  if (!isAccepted && configurationProblems.length > 0)
    throw invalidConfiguration(configurationProblems);
  const desired = isAccepted
    ? parseProperties(invocation.desired).properties
    : parse(invocation.desired);
  const model: Model = { ...without(desired, WRITE_ONLY), FileSystemId: id };
  return retryWhileTransient(invocation, model, async () => {
    const fileSystem = await fsx.describe(id);
    if (!fileSystem) {
      const wait = waitOutAbsence(model, callback);
      if (wait) return wait;
    }
    if (!fileSystem || fileSystem.Lifecycle === 'DELETING') throw notFound(invocation);
    const { since = newestUpdate(fileSystem) } = callback;
    const begun = { ...invocation, callback: { ...remembered(fileSystem, callback), since } };
    return retryWhileTransient(begun, model, () =>
      advance(new Update(begun, fileSystem, desired, model, id)),
    );
  });
}

async function advance(update: Update): Promise<ActionResult> {
  const { fileSystem, invocation, plan } = update;
  const { step } = invocation.callback;
  if (step === undefined) update.check();
  const pending = step && plan.steps.find(({ name }) => name === step.name);
  update.expectStepDone(pending);
  const wait = waitOutUnknown(fileSystem, update.model, update.remembered);
  if (wait) return wait;
  update.expectStateKept(pending);
  if (update.isBusy) return update.waitWhileBusy('FSx is updating the file system.');
  if (step && pending && !update.isSkipped(step.name) && !update.isLost(step))
    return update.recheck(step, pending);
  const tagged = await update.changeTags();
  if (typeof tagged === 'object') return tagged;
  if (tagged) return advance(await update.afterTags());
  const { next } = update;
  if (next !== undefined) return update.isRefused ? update.waitOutRefusal() : update.take(next);
  return update.unconfirmed() ?? update.succeed();
}

/** One invocation of an update, and the description at its beginning. */
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
  ) {
    this.current = describeFileSystem(fileSystem).properties;
    // The previous model is not checked again, so values that cannot be parsed are ignored.
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

  /** The same update with a new description. */
  private withDescription(fileSystem: FileSystem, callback: CallbackContext = {}): Update {
    const { desired, id, invocation, model } = this;
    const changed = { ...invocation, callback: { ...invocation.callback, ...callback } };
    return new Update(changed, fileSystem, desired, model, id);
  }

  /** Refuses, before the first call, what FSx cannot do. For a rollback, FSx alone decides. */
  check(): void {
    if (this.invocation.rollback) return;
    const { refusals } = this.plan;
    if (refusals.some(({ rule }) => rule === 'create-only')) refuse(refusals, 'NotUpdatable');
    const target = { ...this.current, ...this.desired, Tags: this.wantedTags };
    // A limit that was lowered later does not apply to existing values.
    const limits = newViolations(
      guardrails(target, this.invocation),
      guardrails(this.current, this.invocation),
    );
    const repeated = newViolations(repeatedTags(this.desired), repeatedTags(this.previous));
    refuse([...repeated, ...refusals, ...limits]);
  }

  get isBusy(): boolean {
    return standingOf(this.fileSystem) === 'busy' || isUpdating(this.fileSystem);
  }

  /** Whether the file system does not work. An unknown state counts as such after the handler has waited for it. */
  get isBroken(): boolean {
    const standing = standingOf(this.fileSystem);
    return standing === 'broken' || standing === 'unknown';
  }

  /** Whether this is a rollback of a file system in a state that the rollback did not cause, and must not fail for. */
  private get mayNotFail(): boolean {
    return this.invocation.rollback && this.isBroken;
  }

  /** The first step of the plan that is not skipped. */
  get next(): Step | undefined {
    return this.plan.steps.find(({ name }) => !this.isSkipped(name));
  }

  /** Fails if FSx shows that a step of this operation has ended FAILED. Updates of others do not count. */
  expectStepDone(pending: Step | undefined): void {
    const { rollback } = this.invocation;
    const { since = Infinity, step } = this.invocation.callback;
    if (step === undefined) return;
    // If the request time of the step is not known, it is any update since the operation began. In a rollback it may be the
    // update that is rolled back.
    const { requestedAt = rollback ? Infinity : since + 1 } = step;
    const failed = failedUpdate(this.fileSystem, requestedAt, pending?.properties);
    if (failed)
      throw new HandlerError(
        'NotStabilized',
        `FSx could not carry out the ${step.name} update of ${this.id}: ${reasonOf(failed, this.fileSystem)}`,
      );
  }

  /** Fails if the file system has stopped working since this operation requested a step. */
  expectStateKept(pending: Step | undefined): void {
    const { callback, rollback } = this.invocation;
    const { step } = callback;
    if (step === undefined || !this.isBroken || stateOf(this.fileSystem) === step.state) return;
    // A rollback that is complete does not fail because of the file system's state.
    if (rollback && !pending) return;
    throw new HandlerError(
      'NotStabilized',
      `${adviseOnState(this.fileSystem)} The file system was not in this state before the ${step.name} update.`,
    );
  }

  /** FSx has accepted the call, but shows neither the action nor its result yet. */
  recheck(step: RequestedStep, pending: Step): ActionResult {
    if (step.unseen >= MAX_DESCRIBE_MISSES && this.mayNotFail)
      return this.skip(step.name, subjectsOf(pending));
    if (step.unseen >= MAX_DESCRIBE_MISSES) {
      // This may be the update: its response, with the time that identifies it, may have been lost.
      const failed = failedUpdate(this.fileSystem, newestUpdate(this.fileSystem));
      const last =
        failed && ` The last update that it shows has failed: ${reasonOf(failed, this.fileSystem)}`;
      throw new HandlerError(
        'NotStabilized',
        `FSx accepted the ${step.name} update of ${this.id} but does not show it.${last ?? ''} Look at the file system's updates in the FSx console, and run the stack update again.`,
      );
    }
    return this.wait('FSx has accepted the update.', {
      step: { ...step, unseen: step.unseen + 1 },
    });
  }

  /**
   * Whether the step was requested so long ago that a description would show it, which means that FSx has not acted on it.
   * FSx may accept a call during another update as no change at all.
   */
  isLost({ name, askedAt }: RequestedStep): boolean {
    const calls = this.taken.filter((taken) => taken === name).length;
    return (
      askedAt !== undefined && hasSettled(this.invocation.callback, askedAt) && calls < MAX_CALLS
    );
  }

  /** The remaining changes of tags. */
  private get tagChange(): TagChange {
    const { previousStackTags } = this.invocation;
    const previous = mergeTags(previousStackTags, this.previous.Tags);
    return tagChange(this.current.Tags ?? [], previous, this.wantedTags);
  }

  private get lacksTags(): boolean {
    const { set, remove } = this.tagChange;
    const isKnown = this.fileSystem.ResourceARN !== undefined && !this.isSkipped('tags');
    return isKnown && set.length + remove.length > 0;
  }

  /** Sets and removes the tags that differ. Returns whether there were any, or the result if the operation has to wait. */
  async changeTags(): Promise<boolean | ActionResult> {
    const { callback, fsx } = this.invocation;
    const { tagCalls = 0, taggedAt } = callback;
    const arn = this.fileSystem.ResourceARN;
    if (arn === undefined || !this.lacksTags) return false;
    if (taggedAt !== undefined && !hasSettled(callback, taggedAt)) return false;
    if (this.isRefused) return this.waitOutRefusal();
    if (tagCalls >= MAX_CALLS)
      throw new HandlerError(
        'NotStabilized',
        `FSx accepted the tags of ${this.id} ${String(tagCalls)} times but does not describe them. Look at them in the FSx console, and run the stack update again.`,
      );
    const { set, remove } = this.tagChange;
    try {
      // Removes tags first, so that fifty tags can be replaced by fifty others.
      if (remove.length > 0) await fsx.untag(arn, remove);
      if (set.length > 0) await fsx.tag(arn, set);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const again = error.code === 'NotFound' ? secondTry(error, callback) : undefined;
      if (again) return this.wait(...again);
      if (this.mayNotFail) return this.skip('tags', 'Tags');
      throw this.explained(error);
    }
    return true;
  }

  /** The same update after a change of tags, with a description that may already show them. */
  async afterTags(): Promise<Update> {
    const { callback, fsx } = this.invocation;
    const { tagCalls = 0, waited = 0 } = callback;
    const changed = await fsx.describe(this.id);
    return this.withDescription(changed ?? this.fileSystem, {
      taggedAt: waited,
      tagCalls: tagCalls + 1,
      askedAt: waited,
      // A refusal after it counts as a new one.
      refusedAt: undefined,
    });
  }

  /** Requests one step of the plan. */
  async take(step: Step): Promise<ActionResult> {
    const { callback, fsx, token } = this.invocation;
    const { waited = 0 } = callback;
    // FSx ignores a token that it has seen, so a step that is requested again has another token.
    const again = this.taken.filter((name) => name === step.name).map(() => '/again');
    const fingerprint = `${token}/${step.name}/${JSON.stringify(step.properties)}${again.join('')}`;
    const input = updateInput(this.id, step.properties, clientRequestToken(fingerprint));
    let answered: FileSystem;
    try {
      answered = await fsx.update(input);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // FSx refuses a second update during another one. Its message may change, but a description shows the update.
      const now = await fsx.describe(this.id);
      return (now ? this.withDescription(now) : this).refused(step, error);
    }
    const requestedAt = newestUpdateFor(answered, step.properties);
    const effect = interruptionPhrase(step, this.current);
    return this.waitWhileBusy(`FSx is changing ${subjectsOf(step)}: ${effect}.`, {
      step: {
        name: step.name,
        unseen: callback.step?.name === step.name ? callback.step.unseen : 0,
        state: stateOf(this.fileSystem),
        askedAt: waited,
        ...(requestedAt > newestUpdate(this.fileSystem) && { requestedAt }),
      },
      taken: [...this.taken, step.name],
      askedAt: waited,
    });
  }

  /** Handles a refusal of a step. */
  private refused(step: Step, refusal: HandlerError): ActionResult {
    if (this.isBusy) return this.waitWhileBusy('FSx is busy with another update.');
    const isCooling = refusal.code === 'InvalidRequest' && this.isCooling(step);
    if (!this.isBroken && isCooling) return this.coolDown(refusal);
    // The description may lag behind the reason of the refusal, such as an update that was just accepted.
    const again = secondTry(refusal, this.invocation.callback);
    if (again) return this.wait(...again);
    if (this.mayNotFail) return this.skip(step.name, subjectsOf(step));
    throw this.explained(refusal);
  }

  /** Whether FSx refused the next step so recently that descriptions may not show the reason yet. */
  get isRefused(): boolean {
    const { refusedAt } = this.invocation.callback;
    return refusedAt !== undefined && !hasSettled(this.invocation.callback, refusedAt);
  }

  waitOutRefusal(): ActionResult {
    return this.wait('FSx has refused the update. Describing the file system again.');
  }

  /** Waits for an update in progress. A refusal after it counts as a new one. */
  waitWhileBusy(message: string, changes: CallbackContext = {}): ActionResult {
    const callback = { ...this.remembered, setbacks: 0, ...changes };
    delete callback.refusedAt;
    return inProgress(this.model, message, callback);
  }

  /**
   * How to continue if FSx describes the desired state in a description that may be older than the calls; undefined if it
   * cannot be.
   */
  unconfirmed(): ActionResult | undefined {
    if (this.lacksTags) return this.wait('FSx has accepted the tags.');
    return this.isConfirmed
      ? undefined
      : this.wait(
          'FSx describes the requested values. Confirming them, because descriptions may lag.',
          {},
          CONFIRMATION_DELAY,
        );
  }

  /**
   * Whether the description is newer than all calls of this operation and of the one that it rolls back: it shows the last
   * update, or enough time has passed. If the update has requested each change of the template, FSx's responses suffice.
   */
  private get isConfirmed(): boolean {
    const { callback, rollback } = this.invocation;
    const { askedAt = 0, step } = callback;
    if (hasSettled(callback, askedAt)) return true;
    if (step?.requestedAt !== undefined && newestUpdate(this.fileSystem) >= step.requestedAt)
      return true;
    return !rollback && this.hasAskedForAll;
  }

  /** Whether each change of the template was requested. A description that shows a change that was not requested may be old. */
  private get hasAskedForAll(): boolean {
    const { invocation, previous } = this;
    const before = { ...this.current, ...LEFT_OUT, ...previous };
    const desired = { ...this.desired, Tags: this.wantedTags };
    const { steps } = planUpdate({ current: before, previous, desired });
    const tags = mergeTags(invocation.previousStackTags, previous.Tags);
    const { set, remove } = tagChange(tags, tags, this.wantedTags);
    return (
      steps.every(({ name }) => this.taken.includes(name)) &&
      (set.length + remove.length === 0 || invocation.callback.taggedAt !== undefined)
    );
  }

  succeed(): ActionResult {
    return {
      status: 'SUCCESS',
      model: toModel(this.fileSystem, this.invocation),
      ...this.remark,
    };
  }

  /** A refusal, with the state that may be its reason. */
  private explained(refusal: HandlerError): HandlerError {
    if (!this.isBroken) return refusal;
    return new HandlerError(refusal.code, `${refusal.message} ${adviseOnState(this.fileSystem)}`, {
      cause: refusal,
    });
  }

  /**
   * A rollback that failed here could not be retried before the file system is repaired. Drift detection shows what was left.
   */
  private skip(name: string, subjects: string): ActionResult {
    return this.wait(`${subjects} cannot be reverted now. ${describeState(this.fileSystem)}`, {
      left: [...this.left, { name, subjects }],
    });
  }

  isSkipped(name: string): boolean {
    return this.left.some((left) => left.name === name);
  }

  private get left(): readonly LeftStep[] {
    return this.invocation.callback.left ?? [];
  }

  /** Information for the user about a successful update. */
  get remark(): { message?: string } {
    const subjects = this.left.map((left) => left.subjects).join(', ');
    const remarks = [
      this.isBroken && adviseOnState(this.fileSystem),
      subjects &&
        `The rollback left these properties unchanged, because FSx refuses to change them now: ${subjects}.`,
    ].filter(Boolean);
    return remarks.length > 0 ? { message: remarks.join(' ') } : {};
  }

  /** Whether this operation, or the one that it rolls back, has made a change that starts FSx's six-hour cooldown. */
  private isCooling({ name }: Step): boolean {
    const { rollback } = this.invocation;
    const touched = this.taken.some((taken) => taken !== name && startsCooldown(taken as StepName));
    return startsCooldown(name) && (rollback || touched);
  }

  private coolDown(refusal: HandlerError): ActionResult {
    const { cooling = 0, waited = 0 } = this.invocation.callback;
    if (cooling >= MAX_COOLDOWN) throw refusal;
    const callback = { ...this.remembered, cooling: cooling + COOLDOWN_DELAY, waited };
    // A refusal after it counts as a new one.
    delete callback.refusedAt;
    const message = `FSx requires six hours between such changes of a file system. ${refusal.plain}`;
    return {
      status: 'IN_PROGRESS',
      model: this.model,
      callback,
      delaySeconds: COOLDOWN_DELAY,
      message,
    };
  }

  private get taken(): readonly string[] {
    return this.invocation.callback.taken ?? [];
  }

  wait(message: string, callback: CallbackContext = {}, delay?: number): ActionResult {
    return inProgress(this.model, message, { ...this.remembered, setbacks: 0, ...callback }, delay);
  }

  /** The callback context for the next invocation. */
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

/** FSx may also refuse a call because it does not know the file system, although it describes it. */
function isRefusal(error: unknown): error is HandlerError {
  return (
    error instanceof HandlerError && (error.code === 'InvalidRequest' || error.code === 'NotFound')
  );
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
