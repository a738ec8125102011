import {
  Action,
  BaseResource,
  OperationStatus,
  ProgressEvent,
  type LambdaContext,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from '../models';
import type { HandlerResponse } from './response';

/** Passed through the library instead of an event: the work of the handler. */
interface Carried {
  action: string;
  work: () => Promise<HandlerResponse>;
}

/** Private members of the library, version 1.0.6, that have defects. */
interface Internals {
  castResourceRequest: (event: Carried) => unknown;
  castTypeConfigurationRequest: () => unknown;
  initializeRuntime: () => Promise<void>;
  waitRunningProcesses: () => Promise<void>;
  loggerProxy: typeof SILENT;
  metricsPublisherProxy: typeof NO_METRICS;
  platformLoggerProxy: typeof SILENT;
}
interface StaticInternals {
  parseRequest: (event: Carried) => [credentials: [], action: string, callback: object, Carried];
}

/**
 * The CloudFormation runtime library with its defects repaired. No other class depends on them. manual/development/runtime.md
 * lists each defect, and test/runtime proves that the library has it and this class does not.
 *
 * The library does not receive the request. It would lose parts of it (nextToken, rollback), convert others (bigint, NaN,
 * SyntaxError), freeze it, and log it. The library selects the handler of the action, turns what the handler throws into a
 * response, and answers. It has no session, log or metrics client that could outlive an invocation, and does not wait for a
 * second at the end.
 */
class RuntimeLibrary extends BaseResource<ResourceModel> {
  constructor() {
    super(ResourceModel.TYPE_NAME, ResourceModel);
    (BaseResource as unknown as StaticInternals).parseRequest = (carried) => [
      [],
      carried.action,
      {},
      carried,
    ];
    const internals = this as unknown as Internals;
    internals.castResourceRequest = (carried) => carried;
    internals.castTypeConfigurationRequest = () => null;
    internals.initializeRuntime = () => Promise.resolve();
    internals.waitRunningProcesses = () => Promise.resolve();
    internals.loggerProxy = internals.platformLoggerProxy = SILENT;
    internals.metricsPublisherProxy = NO_METRICS;
    for (const action of Object.values(Action))
      this.addHandler(action, async (_session, { work }: Carried) => new Answer(await work()));
  }

  /** Runs the work of a request through the library. Never throws. */
  carryOut(action: string, work: Carried['work'], context: unknown): Promise<HandlerResponse> {
    return this.entrypoint(
      { action, work },
      context as LambdaContext,
    ) as Promise<unknown> as Promise<HandlerResponse>;
  }
}

/** The library logs every step as text. What is useful is in the invocation log. */
const SILENT = { log: () => undefined, addFilter: () => undefined, tracker: { done: false } };

/** Metrics are sent together with the log. */
const NO_METRICS = {
  publishInvocationMetric: () => Promise.resolve(),
  publishDurationMetric: () => Promise.resolve(),
  publishExceptionMetric: () => Promise.resolve(),
};

/** The only instance. It holds no state of an invocation. */
export const library = new RuntimeLibrary();

/**
 * A progress event that is sent as it is; the library only reads its status. A model would otherwise become an instance of the
 * generated class and then JSON again. It is already in that form, and the detour takes a sixth of a warm invocation.
 */
class Answer extends ProgressEvent<ResourceModel> {
  constructor(private readonly response: HandlerResponse) {
    super({ status: STATUS[response.status] });
  }

  override serialize(): Record<string, unknown> {
    return { ...this.response };
  }
}

const STATUS = {
  SUCCESS: OperationStatus.Success,
  IN_PROGRESS: OperationStatus.InProgress,
  FAILED: OperationStatus.Failed,
} as const;
