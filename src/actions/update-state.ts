import type { FileSystem } from '@aws-sdk/client-fsx';
import { describeFileSystem } from '../fsx/description';
import { mergeTags, tagChange, type TagChange } from '../fsx/tags';
import { planUpdate, type Step, type UpdatePlan } from '../lustre/changes/changes';
import { startsCooldown } from '../lustre/changes/interruptions';
import type { LustreProperties, Tag } from '../lustre/properties';
import { LEFT_OUT } from '../lustre/properties/left-out';
import { parseProperties } from '../lustre/properties/parse';
import type { StepName } from '../lustre/properties/property-table';
import type { CallbackContext, HandlerRequest, LeftStep, Model, RequestedStep } from './action';
import { newestUpdate } from './administrative-actions';
import { remembered, standingOf } from './lifecycle';
import { checkOptions } from './request';
import { hasSettled } from './stabilization';

/** The most times that a step is requested, or tags are changed, if FSx accepts the call without effect. */
export const MAX_CALLS = 4;

/**
 * The state of an update in one invocation: what FSx describes, what the template asks for, and what earlier invocations have
 * requested. It calls nothing.
 */
export class UpdateState {
  readonly plan: UpdatePlan;
  /** What FSx describes. */
  readonly current: LustreProperties;
  /** The previous model. It is not checked again, so values that cannot be parsed are ignored. */
  readonly previous: LustreProperties;
  readonly callback: CallbackContext;

  constructor(
    readonly invocation: HandlerRequest,
    readonly fileSystem: FileSystem,
    readonly desired: LustreProperties,
    readonly model: Model,
    readonly id: string,
  ) {
    this.callback = invocation.callback;
    this.current = describeFileSystem(fileSystem).properties;
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
  withDescription(fileSystem: FileSystem, changes: CallbackContext = {}): UpdateState {
    const { callback, desired, id, invocation, model } = this;
    const changed = { ...invocation, callback: { ...callback, ...changes } };
    return new UpdateState(changed, fileSystem, desired, model, id);
  }

  /** The callback context for the next invocation. */
  get remembered(): CallbackContext {
    return remembered(this.fileSystem, this.callback);
  }

  /** Whether the file system does not work. An unknown state counts as such after the handler has waited for it. */
  get isBroken(): boolean {
    const standing = standingOf(this.fileSystem);
    return standing === 'broken' || standing === 'unknown';
  }

  /** Whether this is a rollback of a file system in a state that the rollback did not cause, and must not fail for. */
  get mustNotFail(): boolean {
    return this.invocation.rollback && this.isBroken;
  }

  /** The first step of the plan that is not skipped. */
  get nextStep(): Step | undefined {
    return this.plan.steps.find(({ name }) => !this.isSkipped(name));
  }

  /** The names of the requested steps, once for each request. */
  get taken(): readonly string[] {
    return this.callback.taken ?? [];
  }

  /** The steps that a rollback skips. */
  get skipped(): readonly LeftStep[] {
    return this.callback.left ?? [];
  }

  isSkipped(name: string): boolean {
    return this.skipped.some((step) => step.name === name);
  }

  /**
   * Whether the step was requested so long ago that a description would show it, which means that FSx has not acted on it.
   * FSx may accept a call during another update as no change at all.
   */
  isLost({ name, askedAt }: RequestedStep): boolean {
    const calls = this.taken.filter((taken) => taken === name).length;
    return askedAt !== undefined && hasSettled(this.callback, askedAt) && calls < MAX_CALLS;
  }

  /** Whether this operation, or the one that it rolls back, has made a change that starts FSx's six-hour cooldown. */
  isCooling({ name }: Step): boolean {
    const touched = this.taken.some((taken) => taken !== name && startsCooldown(taken as StepName));
    return startsCooldown(name) && (this.invocation.rollback || touched);
  }

  get wantedTags(): Tag[] {
    return mergeTags(this.invocation.stackTags, this.desired.Tags);
  }

  private get previousTags(): Tag[] {
    return mergeTags(this.invocation.previousStackTags, this.previous.Tags);
  }

  /** The remaining changes of tags. */
  get tagChange(): TagChange {
    return tagChange(this.current.Tags ?? [], this.previousTags, this.wantedTags);
  }

  get lacksTags(): boolean {
    const isKnown = this.fileSystem.ResourceARN !== undefined && !this.isSkipped('tags');
    return isKnown && isChange(this.tagChange);
  }

  /**
   * Whether the description is newer than all calls of this operation and of the one that it rolls back: it shows the last
   * update, or enough time has passed. If the update has requested each change of the template, FSx's responses suffice.
   */
  get isConfirmed(): boolean {
    const { askedAt = 0, step } = this.callback;
    if (hasSettled(this.callback, askedAt)) return true;
    if (step?.requestedAt !== undefined && newestUpdate(this.fileSystem) >= step.requestedAt)
      return true;
    return !this.invocation.rollback && this.hasRequestedAll;
  }

  /** Whether each change of the template was requested. A description that shows a change that was not requested may be old. */
  private get hasRequestedAll(): boolean {
    const { callback, current, previous, previousTags, wantedTags } = this;
    const before = { ...current, ...LEFT_OUT, ...previous };
    const desired = { ...this.desired, Tags: wantedTags };
    const { steps } = planUpdate({ current: before, previous, desired });
    return (
      steps.every(({ name }) => this.taken.includes(name)) &&
      (!isChange(tagChange(previousTags, previousTags, wantedTags)) ||
        callback.taggedAt !== undefined)
    );
  }
}

const isChange = ({ set, remove }: TagChange): boolean => set.length + remove.length > 0;
