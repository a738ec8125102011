import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { FunctionError } from '../lambda/invoke';
import { textStart } from './text-start';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export type HookStatus =
  | 'HOOK_IN_PROGRESS'
  | 'HOOK_COMPLETE_SUCCEEDED'
  | 'HOOK_COMPLETE_FAILED'
  | 'HOOK_FAILED';

export interface HookEvent {
  logicalId: string;
  resourceType: string;
  hookType: string;
  failureMode: HookOptions['failureMode'];
  status: HookStatus;
  /** Truncated where CloudFormation truncates it. */
  reason?: string;
  annotations?: Properties[];
}

export interface HookOptions {
  /** The alias of the hook in the account. */
  hookType: string;
  failureMode: 'WARN' | 'FAIL';
  /** The resource types whose creations and updates invoke the hook. */
  targetNames: readonly string[];
  /** Stacks that do not invoke the hook. */
  excludedStackNames?: readonly string[];
  /** Invokes the function of the hook. */
  invoke: (event: unknown) => Promise<unknown>;
  observe?: (event: HookEvent) => void;
  /** The timeout of an invocation, in real seconds. */
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
/** The limit of a message, according to the guide, and of HookStatusReason in an event, according to the API. */
const LONGEST_MESSAGE = 4096;
const LONGEST_REASON = 1024;
/** The largest response of a Lambda function. */
const MOST_BYTES = 6 * 1024 * 1024;

/**
 * The valid values of each member of an annotation:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Annotation.html
 */
const ANNOTATION: Record<string, number | readonly string[]> = {
  annotationName: 1024,
  status: ['PASSED', 'FAILED', 'SKIPPED'],
  statusMessage: 16_384,
  remediationMessage: 16_384,
  remediationLink: 5120,
  severityLevel: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
};

/** The result of an invocation: that of the function, or a failure without a valid response. */
interface Verdict {
  status: Exclude<HookStatus, 'HOOK_IN_PROGRESS'>;
  reason: string;
  annotations?: Properties[];
}

/** The hooks of an account. They are invoked directly before a resource is created or updated. */
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
   * Invokes the hooks for a resource that is to be created or, with `before`, updated. A replacement counts as an update:
   * neither how CloudFormation announces a replacement to a hook, nor whether it invokes hooks in a rollback, is recorded;
   * here it does.
   *
   * @returns Why the resource fails; undefined if it may continue.
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
    const [, partition = '', , region = '', awsAccountId = ''] = this.#stack.id.split(':');
    return {
      awsAccountId,
      stackId: this.#stack.id,
      changeSetId: null,
      hookTypeName: hookType,
      hookTypeVersion: '00000001',
      hookModel: {
        LambdaFunction: `arn:${partition}:lambda:${region}:${awsAccountId}:function:HookFunction`,
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
  reason: textStart(reason, LONGEST_REASON),
});

/** The response of the function, or why there is none. */
async function invoked(
  { invoke, timeoutSeconds = TIMEOUT_SECONDS }: HookOptions,
  event: unknown,
): Promise<Properties | string> {
  const ended = new AbortController();
  const late = pause(timeoutSeconds * 1000, undefined, { signal: ended.signal }).catch(() => '');
  try {
    const answer = await Promise.race([invoke(event), late]);
    if (answer === undefined) return `Hook execution timed out after ${timeoutSeconds} seconds.`;
    return isObject(answer) ? answer : 'The response of the function is not an object.';
  } catch (error) {
    if (error instanceof FunctionError) return error.message;
    throw error;
  } finally {
    ended.abort();
  }
}

/** The result of a response; undefined if the hook wants to be invoked again. */
function verdictOn(answer: Properties, token: string): Verdict | undefined {
  const { hookStatus, errorCode, message = '', annotations = [], clientRequestToken } = answer;
  const wrong = wrongWith(answer);
  if (wrong !== undefined) return failure(wrong);
  if (clientRequestToken !== token) return failure('The response has another clientRequestToken.');
  if (hookStatus === 'IN_PROGRESS') return undefined;
  const text = textStart(String(message), LONGEST_MESSAGE);
  if (errorCode === 'InternalFailure') return failure(`Hook failed with message: ${text}`);
  const succeeded = hookStatus === 'SUCCESS';
  // https://github.com/Sceptre/sceptre/issues/1517
  const reason = `Hook ${succeeded ? 'succeeded' : 'failed'} with message: ${text}`;
  return {
    status: succeeded ? 'HOOK_COMPLETE_SUCCEEDED' : 'HOOK_COMPLETE_FAILED',
    reason: textStart(reason, LONGEST_REASON),
    ...((annotations as Properties[]).length > 0 && { annotations: annotations as Properties[] }),
  };
}

/** Why a response is invalid. It is not recorded what CloudFormation does with such a response; here the hook fails. */
function wrongWith(answer: Properties): string | undefined {
  const { hookStatus, errorCode, message, annotations = [] } = answer;
  if (Buffer.byteLength(JSON.stringify(answer)) > MOST_BYTES)
    return `The response is larger than ${MOST_BYTES} bytes.`;
  if (!['SUCCESS', 'FAILED', 'IN_PROGRESS'].includes(String(hookStatus)))
    return 'The response has no valid hookStatus.';
  if (hookStatus === 'FAILED' && errorCode !== 'NonCompliant' && errorCode !== 'InternalFailure')
    return 'The response is FAILED without an errorCode.';
  if (message !== undefined && typeof message !== 'string') return 'The message is not text.';
  if (!Array.isArray(annotations)) return 'The annotations are not a list.';
  return annotations.map(wrongWithAnnotation).find((wrong) => wrong !== undefined);
}

function wrongWithAnnotation(annotation: unknown): string | undefined {
  if (!isObject(annotation)) return 'An annotation is not an object.';
  for (const [name, value] of Object.entries(annotation)) {
    const allowed = Object.hasOwn(ANNOTATION, name) ? ANNOTATION[name] : undefined;
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
