import {
  Action,
  BaseResource,
  HandlerErrorCode,
  OperationStatus,
  ProgressEvent,
  type LambdaContext,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from '../models';
import type { Json } from '../lustre/json';
import type { HandlerResponse } from './response';

/** What goes through the library instead of an event: the handler's work, ready to be done. */
interface Carried {
  action: string;
  work: () => Promise<HandlerResponse>;
}

/** What the library keeps private and gets wrong, version 1.0.6. */
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
 * The CloudFormation runtime library with its defects repaired; the only class that knows them. manual/development/runtime.md lists each,
 * and test/runtime proves that the library has it and this has not.
 *
 * The library does not see the request, which it would lose parts of (nextToken, rollback), convert (bigint, NaN,
 * SyntaxError), freeze, and log. It chooses the handler by the action and turns the answer into a progress event with a
 * model of the generated class. It has no session, no log and no metrics client that could outlive an invocation, and its
 * wait of a second at the end is left out.
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
      this.addHandler(action, async (_session, { work }: Carried) => progressEvent(await work()));
  }

  /** Sends the work on a request through the library; it throws nothing. */
  carryOut(action: string, work: Carried['work'], context: unknown): Promise<HandlerResponse> {
    return this.entrypoint(
      { action, work },
      context as LambdaContext,
    ) as Promise<unknown> as Promise<HandlerResponse>;
  }
}

/** The library tells every step in prose; what is worth a line is in the log. */
const SILENT = { log: () => undefined, addFilter: () => undefined, tracker: { done: false } };

/** Metrics are sent with the log, in one request. */
const NO_METRICS = {
  publishInvocationMetric: () => Promise.resolve(),
  publishDurationMetric: () => Promise.resolve(),
  publishExceptionMetric: () => Promise.resolve(),
};

export const library = new RuntimeLibrary();

function progressEvent(answer: HandlerResponse): ProgressEvent<ResourceModel> {
  const { errorCode, resourceModel, resourceModels, status, ...rest } = answer;
  const event = new ProgressEvent<ResourceModel>({ ...rest, status: STATUS[status] });
  if (errorCode) event.errorCode = HandlerErrorCode[errorCode];
  if (resourceModel) event.resourceModel = toModel(resourceModel);
  if (resourceModels) event.resourceModels = resourceModels.map(toModel);
  return event;
}

const STATUS = {
  SUCCESS: OperationStatus.Success,
  IN_PROGRESS: OperationStatus.InProgress,
  FAILED: OperationStatus.Failed,
} as const;

const toModel = (model: object): ResourceModel => ResourceModel.deserialize(model as Json);
