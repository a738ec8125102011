import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { checkedProgress, ContractViolation } from './contract';
import { firstEvent, identifierOf, nextEvent } from './events';
import type { OperationOptions, Sender, Subject } from './events';
import { isRetriable, retryDelay } from './retries';
import type { Action, HandlerEvent, Invoke, ProgressEvent, Properties } from './protocol';

/** How one invocation went. */
export interface Step {
  action: Action;
  logicalResourceId: string;
  /** 1 for the first invocation of the operation. */
  invocation: number;
  /** Seconds since the operation began, by the registry's clock. */
  elapsedSeconds: number;
  event: HandlerEvent;
  progress: ProgressEvent;
  /** The answer is a failure after which the same event is sent again. */
  isRetried?: true;
}

export interface RegistryOptions extends Partial<Sender> {
  invoke: Invoke;
  /** How long an operation may take, in minutes: `handlers.NAME.timeoutInMinutes` of the schema. */
  timeoutMinutes?: Partial<Record<Action, number>>;
  /** How long one invocation may take, in real seconds. */
  invocationSeconds?: number;
  /** Waits between two invocations. */
  sleep?: (seconds: number) => Promise<void>;
  /** The time that `timeoutMinutes` is counted in, in seconds. */
  now?: () => number;
  /** Sees every invocation's answer as it comes. */
  observe?: (step: Step) => void;
  /** How often in a row one event is sent when the answer is an error that CloudFormation retries; 1 unless given. */
  attempts?: number;
  /** Seconds before it is sent again, after so many attempts. */
  retryDelay?: (attempt: number) => number;
}

/** What may differ from operation to operation, and who watches it. */
export interface WatchedOptions extends OperationOptions {
  /** Sees the answers of this operation, after the registry's own observer. */
  observe?: (step: Step) => void;
}

/** The registry's own default for a handler that names no timeout. */
const DEFAULT_TIMEOUT_MINUTES = 120;
/** A clock that stands still must not turn a handler that never ends into a driver that never ends. */
const MOST_INVOCATIONS = 10_000;

const defaultSender: Sender = {
  typeName: 'Pangea::FSx::LustreFileSystem',
  identifier: 'FileSystemId',
  region: 'us-east-1',
  accountId: '123456789012',
  stackName: 'local',
  stackTags: {},
  scalars: 'text',
  reinvokeWith: 'desired-and-identifier',
};

const defaultBehavior = {
  timeoutMinutes: {},
  invocationSeconds: 60,
  sleep: async (seconds: number): Promise<void> => {
    await pause(seconds * 1000);
  },
  now: (): number => performance.now() / 1000,
  attempts: 1,
  retryDelay,
};

/**
 * Does with a resource type what CloudFormation does: sends the events, follows the callbacks, checks the answers.
 * Every operation returns its final progress event, SUCCESS or FAILED; a handler that breaks the contract, or does
 * not answer in time, is thrown as a ContractViolation.
 */
export class Registry {
  readonly #options: typeof defaultSender & typeof defaultBehavior & RegistryOptions;
  readonly #stackId: string;

  constructor(options: RegistryOptions) {
    this.#options = { ...defaultSender, ...defaultBehavior, ...options };
    const { region, accountId, stackName } = this.#options;
    this.#stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`;
  }

  create(properties: Properties, options?: WatchedOptions): Promise<ProgressEvent> {
    return this.#operate('CREATE', { desired: properties }, options);
  }

  /** Only the identifier of `model` is sent. */
  read(model: Properties, options?: WatchedOptions): Promise<ProgressEvent> {
    return this.#operate('READ', { desired: this.#identifierOf(model) }, options);
  }

  /** The identifier is taken from `previous`. */
  update(
    desired: Properties,
    previous: Properties,
    options?: WatchedOptions,
  ): Promise<ProgressEvent> {
    const subject = { desired: { ...desired, ...this.#identifierOf(previous) }, previous };
    return this.#operate('UPDATE', subject, options);
  }

  delete(model: Properties, options?: WatchedOptions): Promise<ProgressEvent> {
    return this.#operate('DELETE', { desired: model }, options);
  }

  /** The models of every page, in one event. */
  async list(options?: WatchedOptions): Promise<ProgressEvent> {
    const models: Properties[] = [];
    const seen = new Set<string>();
    for (let token: string | undefined; ;) {
      const page = await this.#operate('LIST', { desired: {} }, options, token);
      if (page.status === 'FAILED') return page;
      models.push(...(page.resourceModels ?? []));
      token = page.nextToken;
      if (token === undefined) return { ...page, resourceModels: models };
      if (seen.has(token)) {
        throw new ContractViolation('LIST', `the same nextToken came back twice (${token})`);
      }
      seen.add(token);
    }
  }

  async #operate(
    action: Action,
    subject: Subject,
    options: WatchedOptions = {},
    nextToken?: string,
  ): Promise<ProgressEvent> {
    const { now, sleep, identifier } = this.#options;
    const minutes = this.#options.timeoutMinutes[action] ?? DEFAULT_TIMEOUT_MINUTES;
    const start = now();
    let known = subject.desired[identifier];
    let event = firstEvent(action, this.#options, this.#stackId, subject, options);
    if (nextToken !== undefined) event = { ...event, nextToken };
    let attempt = 1;
    while (event.requestContext.invocation <= MOST_INVOCATIONS) {
      const answer = await this.#inTime(action, this.#options.invoke(event));
      const progress = checkedProgress(answer, { action, identifier, known });
      const step = this.#step(event, progress, now() - start, attempt);
      this.#options.observe?.(step);
      options.observe?.(step);
      if (step.isRetried) {
        await sleep(this.#options.retryDelay(attempt));
        attempt += 1;
        continue;
      }
      if (progress.status !== 'IN_PROGRESS') return progress;

      attempt = 1;
      known = progress.resourceModel?.[identifier];
      await sleep(progress.callbackDelaySeconds ?? 0);
      if (now() - start > minutes * 60) break;
      event = nextEvent(event, this.#options, subject, progress);
    }
    const message = `${action} did not end within the ${minutes} minutes that the type allows.`;
    return { status: 'FAILED', errorCode: 'NotStabilized', message };
  }

  #step(
    event: HandlerEvent,
    progress: ProgressEvent,
    elapsedSeconds: number,
    attempt: number,
  ): Step {
    const { action, requestContext, requestData } = event;
    const isRetried = isRetriable(progress) && attempt < this.#options.attempts;
    return {
      action,
      logicalResourceId: requestData.logicalResourceId,
      invocation: requestContext.invocation,
      elapsedSeconds,
      event,
      progress,
      ...(isRetried && { isRetried: true }),
    };
  }

  #identifierOf(model: Properties): Properties {
    return identifierOf(model, this.#options.identifier);
  }

  async #inTime(action: Action, answer: Promise<unknown>): Promise<unknown> {
    const seconds = this.#options.invocationSeconds;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new ContractViolation(action, `the handler did not answer within ${seconds} s`));
      }, seconds * 1000);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
