import {
  Action,
  BaseResource,
  HandlerErrorCode,
  LambdaLogPublisher,
  LoggerProxy,
  MetricsPublisherProxy,
  OperationStatus,
  ProgressEvent,
  type BaseModel,
  type CfnResponse,
  type HandlerSignature,
  type LambdaContext,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';

export { Action, HandlerErrorCode, OperationStatus, ProgressEvent };

/** A model class as `cfn generate` writes it. */
export type ModelClass<M extends BaseModel> = (new (partial?: unknown) => M) & {
  readonly TYPE_NAME: string;
  deserialize(json: Record<string, unknown>): M;
};

export interface RegistryCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** One request of the registry protocol, as it came: the library's own conversions are not applied to it. */
export interface RegistryRequest {
  action: string;
  credentials?: RegistryCredentials;
  region: string;
  accountId: string;
  bearerToken: string;
  logicalResourceId: string;
  desired: Readonly<Record<string, unknown>>;
  previous: Readonly<Record<string, unknown>>;
  stackTags: Readonly<Record<string, string>>;
  previousStackTags: Readonly<Record<string, string>>;
  callbackContext: Readonly<Record<string, unknown>>;
  nextToken?: string;
  /** CloudFormation is taking a failed stack update back; the library drops this member of the event. */
  rollback: boolean;
  typeConfiguration: unknown;
}

export type RegistryHandler<M extends BaseModel> = (
  request: RegistryRequest,
) => Promise<ProgressEvent<M>>;

type Json = Readonly<Record<string, unknown>>;

/** What the library keeps private and gets wrong, version 1.0.6. */
interface Internals {
  castResourceRequest: (request: Json) => unknown;
  castTypeConfigurationRequest: () => unknown;
  initializeRuntime: () => Promise<void>;
  waitRunningProcesses: () => Promise<void>;
  callerSession: unknown;
  providerSession: unknown;
  loggerProxy: LoggerProxy;
  metricsPublisherProxy: MetricsPublisherProxy;
  platformLoggerProxy: LoggerProxy;
}

/**
 * The runtime library's resource with its defects repaired. This is the only class that knows them:
 *
 * - LIST never receives the next token, `rollback` is dropped, numbers arrive as bigint, a malformed number ends in
 *   `SyntaxError` text, and a tag named `constructor` in a TypeError: the library is given an envelope around the event
 *   as text, and the handler the request as it came (castResourceRequest).
 * - A type configuration without a generated class is refused: it is handed through (castTypeConfigurationRequest).
 * - A warm function keeps the previous caller's session and piles up log filters that hold old credentials: both are
 *   made anew for every invocation (initializeRuntime).
 * - Every invocation ends with a fixed wait of one second: it is left out (waitRunningProcesses).
 * - What is thrown may be no Error of this realm, which the library drops before it fails on the missing answer: the
 *   adapter catches everything and answers itself.
 * - testEntrypoint logs the event with its credentials and knows no type configuration: test events go through
 *   entrypoint, see {@link testEvent}.
 */
export class RegistryResource<M extends BaseModel> extends BaseResource<M> {
  constructor(model: ModelClass<M>, handler: RegistryHandler<M>) {
    super(model.TYPE_NAME, model);
    const internals = this as unknown as Internals;
    internals.castResourceRequest = (request) => registryRequest(opened(request));
    internals.castTypeConfigurationRequest = () => null;
    internals.initializeRuntime = () => {
      internals.callerSession = null;
      internals.providerSession = null;
      internals.loggerProxy = quietLogger();
      internals.metricsPublisherProxy = new MetricsPublisherProxy();
      return Promise.resolve();
    };
    internals.waitRunningProcesses = () => Promise.resolve();
    internals.platformLoggerProxy = quietLogger();
    const answer: HandlerSignature<M, BaseModel> = (_session, request: RegistryRequest) =>
      handler(request);
    for (const action of Object.values(Action)) this.addHandler(action, answer);
  }

  /**
   * The Lambda handler. An event that is none of the registry protocol gets an answer that says so. The event is copied
   * first: the library freezes what it is given, and loses objects of another realm (a test runner's sandbox).
   */
  readonly handle = async (
    event: unknown,
    context?: Partial<LambdaContext>,
  ): Promise<CfnResponse<M>> => {
    const copy = object(event === undefined ? {} : JSON.parse(JSON.stringify(event)));
    const problem = malformed(copy);
    return problem === undefined
      ? this.entrypoint(envelope(copy), context as LambdaContext)
      : {
          status: OperationStatus.Failed,
          errorCode: HandlerErrorCode.InvalidRequest,
          message: problem,
        };
  };
}

/** What the library itself looks at, and the whole event where it keeps text as it is. */
function envelope(event: Json): Json {
  const { action, awsAccountId, bearerToken, region, requestData, resourceType, stackId } = event;
  const { providerCredentials, providerLogGroupName } = object(requestData);
  return {
    action,
    awsAccountId,
    bearerToken,
    region,
    resourceType,
    stackId,
    requestData: {
      providerCredentials,
      providerLogGroupName,
      logicalResourceId: JSON.stringify(event),
    },
  };
}

function opened({ requestData }: Json): Json {
  return object(JSON.parse(text(object(requestData).logicalResourceId) ?? '{}'));
}

const ACTIONS: readonly string[] = Object.values(Action);

function malformed({ action, awsAccountId, region, requestData }: Json): string | undefined {
  const wanting = (what: string) =>
    `This is no event of the CloudFormation registry protocol: ${what}.`;
  if (typeof action !== 'string' || !ACTIONS.includes(action))
    return wanting(`action must be one of ${ACTIONS.join(', ')}`);
  if (text(awsAccountId) === undefined) return wanting('awsAccountId is missing');
  if (text(region) === undefined) return wanting('region is missing');
  if (typeof requestData !== 'object' || requestData === null)
    return wanting('requestData is missing');
  const { resourceProperties } = requestData as Json;
  if (
    resourceProperties != null &&
    (typeof resourceProperties !== 'object' || Array.isArray(resourceProperties))
  )
    return wanting('requestData.resourceProperties must be an object');
  return undefined;
}

/** The library logs every step in prose; what is worth a line, the handlers log themselves. */
function quietLogger(): LoggerProxy {
  const logger = new LoggerProxy();
  logger.addLogPublisher(new LambdaLogPublisher({ log: () => undefined }));
  return logger;
}

function registryRequest(event: Json): RegistryRequest {
  const data = object(event.requestData);
  const credentials = usable(data.callerCredentials);
  const nextToken = text(event.nextToken);
  return {
    action: text(event.action) ?? '',
    ...(credentials && { credentials }),
    region: text(event.region) ?? '',
    accountId: text(event.awsAccountId) ?? '',
    bearerToken: text(event.bearerToken) ?? '',
    logicalResourceId: text(data.logicalResourceId) ?? '',
    desired: object(data.resourceProperties),
    previous: object(data.previousResourceProperties),
    stackTags: tags(data.stackTags),
    previousStackTags: tags(data.previousStackTags),
    callbackContext: object(event.callbackContext),
    ...(nextToken !== undefined && { nextToken }),
    rollback: event.rollback === true,
    typeConfiguration: data.typeConfiguration,
  };
}

/** Test events come with empty credentials, which mean those of the environment. */
function usable(value: unknown): RegistryCredentials | undefined {
  const { accessKeyId, secretAccessKey, sessionToken } = object(value);
  const key = text(accessKeyId);
  const secret = text(secretAccessKey);
  const token = text(sessionToken);
  return key && secret
    ? { accessKeyId: key, secretAccessKey: secret, ...(token && { sessionToken: token }) }
    : undefined;
}

/**
 * The registry event that says what an event for the test entry point (`sam local invoke TestEntrypoint`) says.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test.html
 */
export function testEvent(event: unknown): Record<string, unknown> {
  const { action, callbackContext, credentials, region, request, typeConfiguration } =
    object(event);
  const asked = object(request);
  return {
    action,
    awsAccountId: text(asked.awsAccountId) ?? '123456789012',
    bearerToken: asked.clientRequestToken,
    callbackContext,
    nextToken: asked.nextToken,
    region: text(region) ?? text(asked.region) ?? process.env.AWS_REGION ?? 'us-east-1',
    requestData: {
      callerCredentials: credentials,
      logicalResourceId: asked.logicalResourceIdentifier,
      resourceProperties: asked.desiredResourceState,
      previousResourceProperties: asked.previousResourceState,
      stackTags: asked.desiredResourceTags,
      previousStackTags: asked.previousResourceTags,
      typeConfiguration,
    },
  };
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function tags(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(object(value)).map(([key, tag]) => [key, String(tag)]));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
