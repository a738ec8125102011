import type { HandlerEvent, Invoke, ProgressEvent, Properties, Tags } from '../registry/protocol';
import { FsxFailure, fsxAt, NO_ANSWER } from './fsx-client';
import type { Fsx } from './fsx-client';

/** One invocation of a handler, as its author sees it. */
export interface HandlerCall {
  fsx: Fsx;
  typeName: string;
  desired: Properties;
  previous: Properties;
  /** Tags of the stack. */
  stackTags: Tags;
  previousStackTags: Tags;
  /** The same for every invocation of one operation. */
  token: string;
  /** What the handler has left itself for this invocation; undefined in the first. */
  context: Properties | undefined;
}

/** Answers with a model, where the resource is to be waited for with the context of the next invocation. */
export type Handler = (call: HandlerCall) => Promise<ProgressEvent>;

/** The handlers of one of AWS's own types. CloudFormation calls the others for drift and import only. */
export type Handlers = Readonly<Record<'CREATE' | 'UPDATE' | 'DELETE', Handler>>;

/** The resource ended in a state that no waiting makes better. */
export class NotStabilized extends Error {
  override readonly name = 'NotStabilized';
}

/**
 * What the errors of FSx are for CloudFormation; others are GeneralServiceException.
 * https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-fsx, DataRepositoryAssociationUtils.java; what is
 * throttled or unreachable is tried again by the runtime of those handlers.
 */
const ERROR_CODES: Readonly<Record<string, string>> = {
  FileSystemNotFound: 'NotFound',
  ResourceNotFound: 'NotFound',
  DataRepositoryAssociationNotFound: 'NotFound',
  BackupNotFound: 'NotFound',
  BadRequest: 'InvalidRequest',
  IncompatibleParameterError: 'InvalidRequest',
  InvalidDataRepositoryType: 'InvalidRequest',
  InternalServerError: 'InternalFailure',
  ServiceLimitExceeded: 'ServiceLimitExceeded',
  ThrottlingException: 'Throttling',
  ServiceUnavailableException: 'ServiceInternalError',
  [NO_ANSWER]: 'NetworkFailure',
};

/** Seconds between two looks at a resource: CreateHandler.java. */
const DELAY_SECONDS = 5;

/**
 * Handlers as CloudFormation invokes them, with an FSx at an endpoint.
 * @param timeScale how many times faster than in AWS the time of that FSx runs: divides the delays
 */
export function nativeFunction(handlers: Handlers, endpoint: string, timeScale = 1): Invoke {
  const fsx = fsxAt(endpoint);
  return async (event) => {
    const { action } = event;
    if (action === 'READ' || action === 'LIST')
      throw new Error(`there is no handler for ${action}`);
    const progress = await handlers[action](callOf(event, fsx)).catch(failure);
    return progress.status === 'IN_PROGRESS'
      ? { ...progress, callbackDelaySeconds: Math.ceil(DELAY_SECONDS / timeScale) }
      : progress;
  };
}

function callOf({ requestData, ...event }: HandlerEvent, fsx: Fsx): HandlerCall {
  return {
    fsx,
    typeName: event.resourceType,
    desired: requestData.resourceProperties,
    previous: requestData.previousResourceProperties ?? {},
    stackTags: requestData.stackTags,
    previousStackTags: requestData.previousStackTags ?? {},
    token: event.bearerToken,
    context: event.callbackContext ?? undefined,
  };
}

function failure(error: unknown): ProgressEvent {
  const { message } = error as Error;
  if (error instanceof NotStabilized) {
    return { status: 'FAILED', errorCode: 'NotStabilized', message };
  }
  if (!(error instanceof FsxFailure)) throw error;
  const errorCode = ERROR_CODES[error.code] ?? 'GeneralServiceException';
  return { status: 'FAILED', errorCode, message };
}

/** The handler is to be invoked again. */
export const inProgress = (model: Properties, context: Properties = {}): ProgressEvent => ({
  status: 'IN_PROGRESS',
  resourceModel: model,
  callbackContext: context,
});

/** As the runtime of AWS's own handlers words it. */
export const notStabilized = (typeName: string, id: string): NotStabilized =>
  new NotStabilized(`Resource of type '${typeName}' with identifier '${id}' did not stabilize.`);
