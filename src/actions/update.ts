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
import { hasSettled, retryWhileTransient, inProgress, SETTLE_SECONDS } from './stabilization';

/** How many descriptions may show neither an update nor its result before it is given up: about ten minutes. */
const MAX_DESCRIBE_MISSES = 30;

/** How often a step is asked for, and tags are changed, when FSx accepts that without effect. */
const MAX_CALLS = 4;

/** Seconds between two descriptions of what only has to be confirmed. */
const CONFIRMATION_DELAY = SETTLE_SECONDS / 3;

const COOLDOWN_DELAY = 600;
/** Seconds. An update may take ten hours in all, `timeoutInMinutes` of the schema. */
const MAX_COOLDOWN = 8 * 3600;

/** FSx never returns these and an update does not need them, so no answer holds them. */
const WRITE_ONLY = namesWhere('described', 'never');

/** Describe, decide everything before the first call, then take one step at a time, and read back. */
export async function update(invocation: HandlerRequest): Promise<ActionResult> {
  const { callback, configurationProblems, fsx, rollback } = invocation;
  const id = fileSystemId(invocation);
  if (id === undefined) throw notFound(invocation);
  // What has begun goes on, and what is rolled back was accepted before, whatever the configuration says today.
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
  if (step && pending && !update.isLeft(step.name) && !update.isLost(step))
    return update.recheck(step, pending);
  const tagged = await update.changeTags();
  if (typeof tagged === 'object') return tagged;
  if (tagged) return advance(await update.afterTags());
  const { next } = update;
  if (next !== undefined) return update.isRefused ? update.waitOutRefusal() : update.take(next);
  return update.unconfirmed() ?? update.succeed();
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

  /** The same update with a new description. */
  private withDescription(fileSystem: FileSystem, callback: CallbackContext = {}): Update {
    const { desired, id, invocation, model } = this;
    const changed = { ...invocation, callback: { ...invocation.callback, ...callback } };
    return new Update(changed, fileSystem, desired, model, id);
  }

  /** Refuses what FSx cannot do before the first call; of a rollback, FSx alone decides. */
  check(): void {
    if (this.invocation.rollback) return;
    const { refusals } = this.plan;
    if (refusals.some(({ rule }) => rule === 'create-only')) refuse(refusals, 'NotUpdatable');
    const target = { ...this.current, ...this.desired, Tags: this.wantedTags };
    // A limit that was lowered later is not held against what exists.
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

  /** Whether the file system does not work; a state that this type does not know counts as that once it was waited for. */
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

  /** Fails where FSx shows that a step of this operation has ended FAILED; updates of others do not matter. */
  expectStepDone(pending: Step | undefined): void {
    const { rollback } = this.invocation;
    const { since = Infinity, step } = this.invocation.callback;
    if (step === undefined) return;
    // Without a time of its own it may be any since the operation began; what a rollback finds may be what it takes back.
    const { requestedAt = rollback ? Infinity : since + 1 } = step;
    const failed = failedUpdate(this.fileSystem, requestedAt, pending?.properties);
    if (failed)
      throw new HandlerError(
        'NotStabilized',
        `FSx could not carry out the ${step.name} update of ${this.id}: ${reasonOf(failed, this.fileSystem)}`,
      );
  }

  /** Fails where the file system has stopped working since this operation asked for a step. */
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

  /**
   * Whether a step was asked for so long ago that a description would show it, so that FSx has not acted on it: a call that
   * arrives while another update runs may be accepted as no change at all.
   */
  isLost({ name, askedAt }: RequestedStep): boolean {
    const calls = this.taken.filter((taken) => taken === name).length;
    return (
      askedAt !== undefined && hasSettled(this.invocation.callback, askedAt) && calls < MAX_CALLS
    );
  }

  /** What is left to do about the tags. */
  private get tagChange(): TagChange {
    const { previousStackTags } = this.invocation;
    const previous = mergeTags(previousStackTags, this.previous.Tags);
    return tagChange(this.current.Tags ?? [], previous, this.wantedTags);
  }

  private get lacksTags(): boolean {
    const { set, remove } = this.tagChange;
    const isKnown = this.fileSystem.ResourceARN !== undefined && !this.isLeft('tags');
    return isKnown && set.length + remove.length > 0;
  }

  /** Sets and removes the tags that differ; whether there were any, or how to go on without. */
  async changeTags(): Promise<boolean | ActionResult> {
    const { callback, fsx } = this.invocation;
    const { tagCalls = 0, taggedAt } = callback;
    const arn = this.fileSystem.ResourceARN;
    if (arn === undefined || !this.lacksTags) return false;
    if (taggedAt !== undefined && !hasSettled(callback, taggedAt)) return false;
    if (tagCalls >= MAX_CALLS)
      throw new HandlerError(
        'NotStabilized',
        `FSx accepted the tags of ${this.id} ${String(tagCalls)} times but does not describe them. Look at them in the FSx console, and run the stack update again.`,
      );
    const { set, remove } = this.tagChange;
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

  /** The same update after its tags were changed, with a description that may show them already. */
  async afterTags(): Promise<Update> {
    const { callback, fsx } = this.invocation;
    const { tagCalls = 0, waited = 0 } = callback;
    const changed = await fsx.describe(this.id);
    return this.withDescription(changed ?? this.fileSystem, {
      taggedAt: waited,
      tagCalls: tagCalls + 1,
      askedAt: waited,
    });
  }

  /** Asks FSx for one step of the plan. */
  async take(step: Step): Promise<ActionResult> {
    const { callback, fsx, token } = this.invocation;
    const { waited = 0 } = callback;
    // FSx does nothing about a token that it has seen, so a step that is asked for once more has another one.
    const again = this.taken.filter((name) => name === step.name).map(() => '/again');
    const fingerprint = `${token}/${step.name}/${JSON.stringify(step.properties)}${again.join('')}`;
    const input = updateInput(this.id, step.properties, clientRequestToken(fingerprint));
    let answered: FileSystem;
    try {
      answered = await fsx.update(input);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // FSx refuses a second update while one runs, in words that cannot be relied on; its description can.
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

  /** What to do after FSx has refused a step. */
  private refused(step: Step, refusal: HandlerError): ActionResult {
    if (this.isBusy) return this.waitWhileBusy('FSx is busy with another update.');
    if (!this.isBroken && this.isCooling(step)) return this.coolDown(refusal);
    // The description may lag behind what FSx refuses it for, such as an update that was accepted a moment ago.
    const { refusedAt, waited = 0 } = this.invocation.callback;
    if (refusedAt === undefined)
      return this.wait(`Trying once more: ${refusal.plain}`, { refusedAt: waited });
    if (this.isExcused) return this.leave(step.name, subjectsOf(step));
    throw this.explained(refusal);
  }

  /** Whether FSx has refused the next step so short a time ago that descriptions may not show why. */
  get isRefused(): boolean {
    const { refusedAt } = this.invocation.callback;
    return refusedAt !== undefined && !hasSettled(this.invocation.callback, refusedAt);
  }

  waitOutRefusal(): ActionResult {
    return this.wait('FSx has refused the update. Describing the file system again.');
  }

  /** Waits for what FSx is doing; what it refuses afterwards, it refuses for another reason than before. */
  waitWhileBusy(message: string, changes: CallbackContext = {}): ActionResult {
    const callback = { ...this.remembered, setbacks: 0, ...changes };
    delete callback.refusedAt;
    return inProgress(this.model, message, callback);
  }

  /** How to go on where FSx describes what was asked for, but the description may be older than that; undefined where it cannot. */
  unconfirmed(): ActionResult | undefined {
    if (this.lacksTags) return this.wait('FSx has accepted the tags.');
    return this.isConfirmed
      ? undefined
      : this.wait(
          'FSx describes what was asked for. Confirming it, because descriptions may lag.',
          {},
          CONFIRMATION_DELAY,
        );
  }

  /**
   * Whether the description is newer than all that this operation, and the one that it takes back, have asked for: it shows
   * the last update, or so much time has passed. An update that has asked for each change of the template needs no more than
   * FSx's answers.
   */
  private get isConfirmed(): boolean {
    const { callback, rollback } = this.invocation;
    const { askedAt = 0, step } = callback;
    if (hasSettled(callback, askedAt)) return true;
    if (step?.requestedAt !== undefined && newestUpdate(this.fileSystem) >= step.requestedAt)
      return true;
    return !rollback && this.hasAskedForAll;
  }

  /** Whether each change of the template was asked for: what a description shows without that may be of long ago. */
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

  /** Whether this operation, or the one it takes back, has made a change that starts FSx's six-hour cooldown. */
  private isCooling({ name }: Step): boolean {
    const { rollback } = this.invocation;
    const touched = this.taken.some((taken) => taken !== name && startsCooldown(taken as StepName));
    return startsCooldown(name) && (rollback || touched);
  }

  private coolDown(refusal: HandlerError): ActionResult {
    const { cooling = 0, waited = 0 } = this.invocation.callback;
    if (cooling >= MAX_COOLDOWN) throw refusal;
    const callback = { ...this.remembered, cooling: cooling + COOLDOWN_DELAY, waited };
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
