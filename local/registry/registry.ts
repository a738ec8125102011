import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { checkedProgress, ContractViolation } from './contract';
import { firstEvent, identifierOf, nextEvent } from './events';
import type { OperationOptions, Sender, Subject } from './events';
import { isRetriable, retryDelay } from './retries';
import type { Action, HandlerEvent, Invoke, ProgressEvent, Properties } from './protocol';

/** One invocation and its result. */
export interface Step {
  action: Action;
  logicalResourceId: string;
  /** 1 for the first invocation of the operation. */
  invocation: number;
  /** Seconds since the operation started, by the registry's clock. */
  elapsedSeconds: number;
  event: HandlerEvent;
  progress: ProgressEvent;
  /** Whether the result is a failure after which the same event is sent again. */
  isRetried?: true;
}

export interface RegistryOptions extends Partial<Sender> {
  invoke: Invoke;
  /** The longest duration of an operation, in minutes: `handlers.NAME.timeoutInMinutes` of the schema. */
  timeoutMinutes?: Partial<Record<Action, number>>;
  /** The longest duration of one invocation, in real seconds. */
  invocationSeconds?: number;
  /** Waits between two invocations. */
  sleep?: (seconds: number) => Promise<void>;
  /** The clock for `timeoutMinutes`, in seconds. */
  now?: () => number;
  /** Called with the result of every invocation. */
  observe?: (step: Step) => void;
  /** The most attempts with one event if the result is an error that CloudFormation retries. Default: 1. */
  attempts?: number;
  /** Seconds before the next attempt, by the number of attempts so far. */
  retryDelay?: (attempt: number) => number;
}

/** Options of one operation, with an observer. */
export interface WatchedOptions extends OperationOptions {
  /** Called with the results of this operation, after the registry's own observer. */
  observe?: (step: Step) => void;
}

/** The registry's default for a handler without a timeout. */
const DEFAULT_TIMEOUT_MINUTES = 120;
/** Prevents an infinite loop if a handler never ends and the clock stands still. */
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
 * Uses a resource type as CloudFormation does: sends events, invokes handlers again after callback delays, and validates
 * progress events. Every operation returns its final progress event, SUCCESS or FAILED. A handler that violates the contract,
 * or does not respond in time, causes a ContractViolation.
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

  /** Sends only the primary identifier of `model`. */
  read(model: Properties, options?: WatchedOptions): Promise<ProgressEvent> {
    return this.#operate('READ', { desired: this.#identifierOf(model) }, options);
  }

  /** The primary identifier is that of `previous`. */
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

  /** The models of all pages, in one progress event. */
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
