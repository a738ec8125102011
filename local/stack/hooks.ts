import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { FunctionError } from '../lambda/invoke';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export type HookStatus =
  'HOOK_IN_PROGRESS' | 'HOOK_COMPLETE_SUCCEEDED' | 'HOOK_COMPLETE_FAILED' | 'HOOK_FAILED';

export interface HookEvent {
  logicalId: string;
  resourceType: string;
  hookType: string;
  failureMode: HookOptions['failureMode'];
  status: HookStatus;
  /** Cut where CloudFormation cuts it. */
  reason?: string;
  annotations?: Properties[];
}

export interface HookOptions {
  /** Its alias in the account. */
  hookType: string;
  failureMode: 'WARN' | 'FAIL';
  /** The resource types that it is asked about, when one is created or updated. */
  targetNames: readonly string[];
  /** Stacks that it is not asked about. */
  excludedStackNames?: readonly string[];
  /** Invokes its function. */
  invoke: (event: unknown) => Promise<unknown>;
  observe?: (event: HookEvent) => void;
  /** How long an invocation may take, in real seconds. */
  timeoutSeconds?: number;
}

/** A resource that is about to be created or updated. */
interface Target {
  logicalId: string;
  typeName: string;
  properties: Properties;
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/hooks-concepts.html#hook-timeout-and-retry-limits */
const TIMEOUT_SECONDS = 30;
const MOST_INVOCATIONS = 3;
/** Of a message, by the guide; of HookStatusReason in an event, by the API. */
const LONGEST_MESSAGE = 4096;
const LONGEST_REASON = 1024;
/** What Lambda takes as the answer of a function. */
const MOST_BYTES = 6 * 1024 * 1024;

/** What each part of an annotation may be: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Annotation.html */
const ANNOTATION: Record<string, number | readonly string[]> = {
  annotationName: 1024,
  status: ['PASSED', 'FAILED', 'SKIPPED'],
  statusMessage: 16_384,
  remediationMessage: 16_384,
  remediationLink: 5120,
  severityLevel: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
};

/** How an invocation ended: as the function says, or without an answer that CloudFormation takes. */
interface Verdict {
  status: Exclude<HookStatus, 'HOOK_IN_PROGRESS'>;
  reason: string;
  annotations?: Properties[];
}

/** The hooks of an account, which are asked right before a resource is created or updated. */
export class Hooks {
  readonly #hooks: readonly HookOptions[];
  readonly #stack: { id: string; name: string };

  constructor(hooks: readonly HookOptions[], stack: { id: string; name: string }) {
    this.#hooks = hooks.filter(
      ({ excludedStackNames = [] }) => !excludedStackNames.includes(stack.name),
    );
    this.#stack = stack;
  }

  /**
   * Asks the hooks about a resource that is to be created, or updated where `before` is given. A replacement is an update:
   * how CloudFormation announces one to a hook is not on record, nor whether it asks in a rollback; here it does.
   * @returns why the resource fails; undefined where it may go on.
   */
  async refusal(target: Target, before?: Target): Promise<string | undefined> {
    const failed: string[] = [];
    for (const hook of this.#hooks) {
      if (!hook.targetNames.includes(target.typeName)) continue;
      const verdict = await this.#ask(hook, target, before);
      tell(hook, target, verdict);
      const isPassed = verdict.status === 'HOOK_COMPLETE_SUCCEEDED' || hook.failureMode === 'WARN';
      if (!isPassed) failed.push(hook.hookType);
    }
    // https://github.com/aws/aws-cdk/issues/21674
    return failed.length === 0 ? undefined : `The following hook(s) failed: [${failed.join(', ')}]`;
  }

  async #ask(hook: HookOptions, target: Target, before: Target | undefined): Promise<Verdict> {
    const clientRequestToken = randomUUID();
    const asked = { clientRequestToken, ...this.#event(hook, target, before) };
    let callbackContext: unknown = null;
    for (let invocation = 1; invocation <= MOST_INVOCATIONS; invocation += 1) {
      const event = { ...asked, requestContext: { invocation, callbackContext } };
      const answered = await invoked(hook, event);
      if (typeof answered === 'string') return failure(answered);
      const verdict = verdictOn(answered, clientRequestToken);
      if (verdict) return verdict;
      ({ callbackContext = null } = answered);
      await pause(Number(answered.callbackDelaySeconds ?? 0) * 1000);
    }
    return failure(`The hook was still in progress after ${MOST_INVOCATIONS} invocations.`);
  }

  /** https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks-create-lambda-function.html */
  #event({ hookType }: HookOptions, target: Target, before: Target | undefined): Properties {
    const [, , , region = '', awsAccountId = ''] = this.#stack.id.split(':');
    return {
      awsAccountId,
      stackId: this.#stack.id,
      changeSetId: null,
      hookTypeName: hookType,
      hookTypeVersion: '00000001',
      hookModel: {
        LambdaFunction: `arn:aws:lambda:${region}:${awsAccountId}:function:HookFunction`,
      },
      actionInvocationPoint: before ? 'UPDATE_PRE_PROVISION' : 'CREATE_PRE_PROVISION',
      requestData: {
        targetName: target.typeName,
        targetType: target.typeName,
        targetLogicalId: target.logicalId,
        targetModel: {
          resourceProperties: target.properties,
          previousResourceProperties: before?.properties ?? null,
        },
      },
    };
  }
}

function tell(hook: HookOptions, { logicalId, typeName }: Target, verdict: Verdict): void {
  const { hookType, failureMode, observe } = hook;
  observe?.({ logicalId, resourceType: typeName, hookType, failureMode, ...verdict });
}

const failure = (reason: string): Verdict => ({
  status: 'HOOK_FAILED',
  reason: reason.slice(0, LONGEST_REASON),
});

/** What the function answers, or why there is no answer. */
async function invoked(
  { invoke, timeoutSeconds = TIMEOUT_SECONDS }: HookOptions,
  event: unknown,
): Promise<Properties | string> {
  const ended = new AbortController();
  const late = pause(timeoutSeconds * 1000, undefined, { signal: ended.signal }).catch(() => '');
  try {
    const answer = await Promise.race([invoke(event), late]);
    if (answer === undefined) return `Hook execution timed out after ${timeoutSeconds} seconds.`;
    return isObject(answer) ? answer : 'The function did not answer with an object.';
  } catch (error) {
    if (error instanceof FunctionError) return error.message;
    throw error;
  } finally {
    ended.abort();
  }
}

/** What an answer comes to; undefined where the hook wants to be invoked again. */
function verdictOn(answer: Properties, token: string): Verdict | undefined {
  const { hookStatus, errorCode, message = '', annotations = [], clientRequestToken } = answer;
  const wrong = wrongWith(answer);
  if (wrong !== undefined) return failure(wrong);
  if (clientRequestToken !== token) return failure('The answer has another clientRequestToken.');
  if (hookStatus === 'IN_PROGRESS') return undefined;
  const text = String(message).slice(0, LONGEST_MESSAGE);
  if (errorCode === 'InternalFailure') return failure(`Hook failed with message: ${text}`);
  const succeeded = hookStatus === 'SUCCESS';
  // https://github.com/Sceptre/sceptre/issues/1517
  const reason = `Hook ${succeeded ? 'succeeded' : 'failed'} with message: ${text}`;
  return {
    status: succeeded ? 'HOOK_COMPLETE_SUCCEEDED' : 'HOOK_COMPLETE_FAILED',
    reason: reason.slice(0, LONGEST_REASON),
    ...((annotations as Properties[]).length > 0 && { annotations: annotations as Properties[] }),
  };
}

/** What CloudFormation could not take of an answer. What it does with it is not on record: here the hook fails. */
function wrongWith(answer: Properties): string | undefined {
  const { hookStatus, errorCode, message, annotations = [] } = answer;
  if (Buffer.byteLength(JSON.stringify(answer)) > MOST_BYTES)
    return `The answer is larger than ${MOST_BYTES} bytes.`;
  if (!['SUCCESS', 'FAILED', 'IN_PROGRESS'].includes(String(hookStatus)))
    return 'The answer has no valid hookStatus.';
  if (hookStatus === 'FAILED' && errorCode !== 'NonCompliant' && errorCode !== 'InternalFailure')
    return 'The answer has failed without an errorCode.';
  if (message !== undefined && typeof message !== 'string') return 'The message is not text.';
  if (!Array.isArray(annotations)) return 'The annotations are not a list.';
  return annotations.map(wrongWithAnnotation).find((wrong) => wrong !== undefined);
}

function wrongWithAnnotation(annotation: unknown): string | undefined {
  if (!isObject(annotation)) return 'An annotation is not an object.';
  for (const [name, value] of Object.entries(annotation)) {
    const allowed = ANNOTATION[name];
    if (allowed === undefined) return `An annotation has no ${name}.`;
    if (typeof value !== 'string') return `${name} of an annotation is not text.`;
    const isAllowed =
      typeof allowed === 'number'
        ? value.length >= 1 && value.length <= allowed
        : allowed.includes(value);
    if (!isAllowed) return `${name} of an annotation is not valid.`;
  }
  return undefined;
}
