import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { withAdvice } from '../fsx/errors';
import { updateInput } from '../fsx/requests';
import type { Step } from '../lustre/changes/changes';
import { interruptionPhrase } from '../lustre/changes/interruptions';
import { without } from '../lustre/json';
import { newViolations } from '../lustre/violations';
import { parseProperties } from '../lustre/properties/parse';
import type { LustreProperties } from '../lustre/properties';
import { namesWhere } from '../lustre/properties/property-table';
import { failedUpdate, newestUpdate, newestUpdateFor } from './administrative-actions';
import { clientRequestToken } from './client-request-token';
import {
  fileSystemId,
  guardrails,
  invalidConfiguration,
  notFound,
  parse,
  refuse,
  repeatedTags,
} from './request';
import type { CallbackContext, HandlerRequest, Model, ActionResult, RequestedStep } from './action';
import {
  adviseOnState,
  describeState,
  isBusy,
  remembered,
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
  wasJustRefused,
} from './stabilization';
import { MAX_CALLS, UpdateState } from './update-state';

/** The most descriptions that show neither an update nor its result, before the operation fails: about ten minutes. */
const MAX_DESCRIBE_MISSES = 30;

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
    if (!fileSystem || fileSystem.Lifecycle === 'DELETING') throw gone(invocation, fileSystem);
    const { since = newestUpdate(fileSystem) } = callback;
    const begun = { ...invocation, callback: { ...remembered(fileSystem, callback), since } };
    return retryWhileTransient(begun, model, () =>
      advance(new UpdateState(begun, fileSystem, desired, model, id)),
    );
  });
}

/** The error for a file system that was deleted outside of CloudFormation, or is being deleted. */
function gone(invocation: HandlerRequest, fileSystem: FileSystem | undefined): HandlerError {
  const { message } = notFound(invocation);
  const what = fileSystem
    ? `File system ${String(fileSystem.FileSystemId)} is being deleted.`
    : message;
  return new HandlerError(
    'NotFound',
    `${what} To create another one in its place, give the resource another logical ID in the template.`,
  );
}

async function advance(state: UpdateState): Promise<ActionResult> {
  const { fileSystem, model, plan } = state;
  const { step } = state.callback;
  if (step === undefined) check(state);
  const pending = step && plan.steps.find(({ name }) => name === step.name);
  if (step) expectStepDone(state, step, pending);
  const unknown = waitOutUnknown(fileSystem, model, state.remembered);
  if (unknown) return unknown;
  if (step) expectStateKept(state, step, pending);
  if (isBusy(fileSystem)) return waitWhileBusy(state, 'FSx is updating the file system.');
  if (step && pending && !state.isSkipped(step.name) && !state.isLost(step))
    return waitForStep(state, step, pending);
  const tagged = await changeTags(state);
  if (tagged) return tagged;
  const { nextStep } = state;
  if (nextStep)
    return wasJustRefused(state.callback) ? waitOutRefusal(state) : take(state, nextStep);
  return confirm(state) ?? succeed(state);
}

/** Refuses, before the first call, what FSx cannot do. For a rollback, FSx alone decides. */
function check({ invocation, plan, current, previous, desired, wantedTags }: UpdateState): void {
  if (invocation.rollback) return;
  const { refusals } = plan;
  if (refusals.some(({ rule }) => rule === 'create-only')) refuse(refusals, 'NotUpdatable');
  const target = { ...current, ...desired, Tags: wantedTags };
  // A limit that was lowered later does not apply to existing values.
  const limits = newViolations(guardrails(target, invocation), guardrails(current, invocation));
  const repeated = newViolations(repeatedTags(desired), repeatedTags(previous));
  refuse([...repeated, ...refusals, ...limits]);
}

/** Fails if FSx shows that a step of this operation has ended FAILED. Updates of others do not count. */
function expectStepDone(
  { callback, fileSystem, id, invocation: { rollback } }: UpdateState,
  step: RequestedStep,
  pending: Step | undefined,
): void {
  // If the request time of the step is not known, it is any update since the operation began. In a rollback it may be the
  // update that is rolled back.
  const { since = Infinity } = callback;
  const { requestedAt = rollback ? Infinity : since + 1 } = step;
  const reason = failureSince(fileSystem, requestedAt, pending?.properties);
  if (reason !== undefined)
    throw new HandlerError(
      'NotStabilized',
      `FSx could not complete the ${step.name} update of ${id}: ${reason}`,
    );
}

/** Why an update failed that was requested at or after a time; undefined if none did. See `failedUpdate`. */
function failureSince(
  fileSystem: FileSystem,
  requestedFrom: number,
  properties?: LustreProperties,
): string | undefined {
  const failed = failedUpdate(fileSystem, requestedFrom, properties);
  const reason = failed?.FailureDetails?.Message ?? 'it gives no details.';
  return failed && withAdvice([reason], fileSystem.ResourceARN);
}

/** Fails if the file system has stopped working since this operation requested a step. */
function expectStateKept(
  { fileSystem, invocation: { rollback }, isBroken }: UpdateState,
  step: RequestedStep,
  pending: Step | undefined,
): void {
  if (!isBroken || stateOf(fileSystem) === step.state) return;
  // A rollback that is complete does not fail because of the file system's state.
  if (rollback && !pending) return;
  throw new HandlerError(
    'NotStabilized',
    `${adviseOnState(fileSystem)} The file system was not in this state before the ${step.name} update.`,
  );
}

/** FSx has accepted the call, but shows neither the action nor its result yet. */
function waitForStep(state: UpdateState, step: RequestedStep, pending: Step): ActionResult {
  const { fileSystem, id } = state;
  if (step.unseen < MAX_DESCRIBE_MISSES)
    return wait(state, 'FSx has accepted the update.', {
      step: { ...step, unseen: step.unseen + 1 },
    });
  if (state.mustNotFail) return skip(state, step.name, subjectsOf(pending));
  // This may be the update: its response, with the time that identifies it, may have been lost.
  const reason = failureSince(fileSystem, newestUpdate(fileSystem));
  const last = reason === undefined ? '' : ` The last update that it shows has failed: ${reason}`;
  throw new HandlerError(
    'NotStabilized',
    `FSx accepted the ${step.name} update of ${id} but does not show it.${last} Check the file system's updates in the FSx console, and retry the stack update.`,
  );
}

/** Sets and removes the tags that differ, and continues. Undefined if there is nothing to change now. */
async function changeTags(state: UpdateState): Promise<ActionResult | undefined> {
  const { callback, fileSystem, id, invocation } = state;
  const { fsx } = invocation;
  const { tagCalls = 0, taggedAt, waited = 0 } = callback;
  const arn = fileSystem.ResourceARN;
  if (arn === undefined || !state.lacksTags) return undefined;
  if (taggedAt !== undefined && !hasSettled(callback, taggedAt)) return undefined;
  if (wasJustRefused(callback)) return waitOutRefusal(state);
  if (tagCalls >= MAX_CALLS)
    throw new HandlerError(
      'NotStabilized',
      `FSx accepted the tags of ${id} ${String(tagCalls)} times but does not return them. Check them in the FSx console, and retry the stack update.`,
    );
  const { set, remove } = state.tagChange;
  try {
    // Removes tags first, so that fifty tags can be replaced by fifty others.
    if (remove.length > 0) await fsx.untag(arn, remove);
    if (set.length > 0) await fsx.tag(arn, set);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const again = error.code === 'NotFound' ? secondTry(error, callback) : undefined;
    if (again) return wait(state, ...again);
    if (state.mustNotFail) return skip(state, 'tags', 'Tags');
    throw withState(stillDescribed(error, id), state);
  }
  // The new description may already show the tags.
  const changed = state.withDescription((await fsx.describe(id)) ?? fileSystem, {
    taggedAt: waited,
    tagCalls: tagCalls + 1,
    askedAt: waited,
    ...FORGOTTEN,
  });
  return advance(changed);
}

/** Requests one step of the plan. */
async function take(state: UpdateState, step: Step): Promise<ActionResult> {
  const { callback, current, fileSystem, id, invocation, taken } = state;
  const { fsx, token } = invocation;
  const { waited = 0 } = callback;
  // FSx ignores a token that it has seen, so a step that is requested again has another token.
  const again = taken.filter((name) => name === step.name).map(() => '/again');
  const fingerprint = `${token}/${step.name}/${JSON.stringify(step.properties)}${again.join('')}`;
  let answered: FileSystem;
  try {
    answered = await fsx.update(updateInput(id, step.properties, clientRequestToken(fingerprint)));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // FSx refuses a second update during another one. Its message may change, but a description shows the update.
    const now = await fsx.describe(id);
    if (now) return refused(state.withDescription(now), step, stillDescribed(error, id));
    // Only later descriptions show whether the file system is gone.
    return wait(state, 'FSx no longer describes the file system. Describing it again.');
  }
  const requestedAt = newestUpdateFor(answered, step.properties);
  const effect = interruptionPhrase(step, current);
  return waitWhileBusy(state, `FSx is changing ${subjectsOf(step)}: ${effect}.`, {
    step: {
      name: step.name,
      unseen: callback.step?.name === step.name ? callback.step.unseen : 0,
      state: stateOf(fileSystem),
      askedAt: waited,
      ...(requestedAt > newestUpdate(fileSystem) && { requestedAt }),
    },
    taken: [...taken, step.name],
    askedAt: waited,
  });
}

/** Handles a refusal of a step. */
function refused(state: UpdateState, step: Step, refusal: HandlerError): ActionResult {
  if (isBusy(state.fileSystem)) return waitWhileBusy(state, 'FSx is busy with another update.');
  const isCooling = refusal.code === 'InvalidRequest' && state.isCooling(step);
  if (!state.isBroken && isCooling) return coolDown(state, refusal);
  // The description may lag behind the reason of the refusal, such as an update that was just accepted.
  const again = secondTry(refusal, state.callback);
  if (again) return wait(state, ...again);
  if (state.mustNotFail) return skip(state, step.name, subjectsOf(step));
  throw withState(refusal, state);
}

/** Waits until FSx allows the next change of storage or throughput. This time is not part of `waited`. */
function coolDown(
  { callback, model, remembered }: UpdateState,
  refusal: HandlerError,
): ActionResult {
  const { cooling = 0, waited = 0 } = callback;
  if (cooling >= MAX_COOLDOWN) throw refusal;
  return {
    status: 'IN_PROGRESS',
    model,
    callback: { ...remembered, cooling: cooling + COOLDOWN_DELAY, waited, ...FORGOTTEN },
    delaySeconds: COOLDOWN_DELAY,
    message: `FSx requires six hours between such changes of a file system. ${refusal.plain}`,
  };
}

/** After something else has happened, a refusal counts as a new one. */
const FORGOTTEN = { refusedAt: undefined } as const;

const waitOutRefusal = (state: UpdateState): ActionResult =>
  wait(state, 'FSx has refused the update. Describing the file system again.');

const waitWhileBusy = (
  state: UpdateState,
  message: string,
  changes: CallbackContext = {},
): ActionResult => wait(state, message, { ...FORGOTTEN, ...changes });

const wait = (
  { model, remembered }: UpdateState,
  message: string,
  changes: CallbackContext = {},
  delay?: number,
): ActionResult => inProgress(model, message, { ...remembered, setbacks: 0, ...changes }, delay);

/** FSx describes the desired state. Waits as long as that description may be older than the calls; then undefined. */
function confirm(state: UpdateState): ActionResult | undefined {
  if (state.lacksTags) return wait(state, 'FSx has accepted the tags.');
  return state.isConfirmed
    ? undefined
    : wait(
        state,
        'FSx returns the requested values. Confirming them, because its responses may lag.',
        {},
        CONFIRMATION_DELAY,
      );
}

function succeed({ fileSystem, invocation, isBroken, skipped }: UpdateState): ActionResult {
  const subjects = skipped.map((step) => step.subjects).join(', ');
  const remarks = [
    isBroken && adviseOnState(fileSystem),
    subjects &&
      `The rollback left these properties unchanged, because FSx refuses to change them now: ${subjects}.`,
  ].filter(Boolean);
  return {
    status: 'SUCCESS',
    model: toModel(fileSystem, invocation),
    ...(remarks.length > 0 && { message: remarks.join(' ') }),
  };
}

/**
 * Skips a step of a rollback. A rollback that failed here could not be retried before the file system is repaired. Drift
 * detection shows what was left.
 */
function skip(state: UpdateState, name: string, subjects: string): ActionResult {
  return wait(state, `${subjects} cannot be reverted now. ${describeState(state.fileSystem)}`, {
    left: [...state.skipped, { name, subjects }],
  });
}

/** A refusal, with the state that may be its reason. */
function withState(refusal: HandlerError, { fileSystem, isBroken }: UpdateState): HandlerError {
  if (!isBroken) return refusal;
  const message = `${refusal.message} ${adviseOnState(fileSystem)}`;
  return new HandlerError(refusal.code, message, { cause: refusal });
}

/** The refusal of a call on a file system that FSx describes. NotFound would mean that the file system does not exist. */
function stillDescribed(refusal: HandlerError, id: string): HandlerError {
  if (refusal.code !== 'NotFound') return refusal;
  const { plain } = refusal;
  const message = `${plain} But FSx still describes file system ${id}. Retry the operation; if that does not help, contact AWS Support.`;
  return new HandlerError('NotStabilized', message, { cause: refusal, plain });
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
