import {
  Action,
  BaseResource,
  HandlerErrorCode,
  LambdaLogPublisher,
  LoggerProxy,
  MetricsPublisherProxy,
  OperationStatus,
  ProgressEvent,
  type LambdaContext,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from '../models';
import { object, text, type Json } from './json';
import type { Answer } from './answer';
import type { RegistryRequest } from './request';

/** What the library keeps private and gets wrong, version 1.0.6. */
interface Internals {
  castResourceRequest: (event: Json) => unknown;
  castTypeConfigurationRequest: () => unknown;
  initializeRuntime: () => Promise<void>;
  waitRunningProcesses: () => Promise<void>;
  callerSession: unknown;
  loggerProxy: LoggerProxy;
  metricsPublisherProxy: MetricsPublisherProxy;
  platformLoggerProxy: LoggerProxy;
}

/**
 * The CloudFormation runtime library with its defects repaired; the only class that knows them. docs/runtime.md lists each,
 * and test/runtime proves that the library has it and this has not.
 *
 * The library gets an event with a ticket instead of the request, which it would lose parts of (nextToken, rollback),
 * convert (bigint, NaN, SyntaxError), freeze, and log. It chooses the handler by the action and turns the answer into a
 * progress event with a model of the generated class. Its session, log and metrics clients are never made, so none of
 * them outlives an invocation, and its wait of a second at the end is left out.
 */
class RuntimeLibrary extends BaseResource<ResourceModel> {
  private readonly waiting = new Map<string, () => Promise<Answer>>();
  private tickets = 0;

  constructor() {
    super(ResourceModel.TYPE_NAME, ResourceModel);
    const internals = this as unknown as Internals;
    internals.castResourceRequest = ({ requestData }) => object(requestData);
    internals.castTypeConfigurationRequest = () => null;
    internals.initializeRuntime = () => {
      internals.callerSession = null;
      internals.loggerProxy = silent();
      internals.metricsPublisherProxy = new MetricsPublisherProxy();
      return Promise.resolve();
    };
    internals.waitRunningProcesses = () => Promise.resolve();
    internals.platformLoggerProxy = silent();
    for (const action of Object.values(Action))
      this.addHandler(action, async (_session, { logicalResourceId }: Json) => {
        const handle = this.waiting.get(text(logicalResourceId) ?? '');
        return handle
          ? progressEvent(await handle())
          : ProgressEvent.failed(HandlerErrorCode.InternalFailure, 'The request was lost.');
      });
  }

  /** Sends a request through the library; `handle` does the work and throws nothing. */
  async carryOut(
    { accountId, action, bearerToken, region }: RegistryRequest,
    context: unknown,
    handle: () => Promise<Answer>,
  ): Promise<Answer> {
    const ticket = String((this.tickets += 1));
    this.waiting.set(ticket, handle);
    try {
      const requestData = { logicalResourceId: ticket };
      const event = { action, awsAccountId: accountId, bearerToken, region, requestData };
      return (await this.entrypoint(event, context as LambdaContext)) as unknown as Answer;
    } finally {
      this.waiting.delete(ticket);
    }
  }
}

export const library = new RuntimeLibrary();

/** The library tells every step in prose; what is worth a line is in the journal. */
function silent(): LoggerProxy {
  const logger = new LoggerProxy();
  logger.addLogPublisher(new LambdaLogPublisher({ log: () => undefined }));
  return logger;
}

function progressEvent(answer: Answer): ProgressEvent<ResourceModel> {
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
