import type { HandlerEvent, Invoke, ProgressEvent, Properties, Tags } from '../registry/protocol';
import { FsxFailure, fsxAt, NO_ANSWER } from './fsx-client';
import type { Fsx } from './fsx-client';

/** One invocation of a handler. */
export interface HandlerCall {
  fsx: Fsx;
  typeName: string;
  desired: Properties;
  previous: Properties;
  /** The tags of the stack. */
  stackTags: Tags;
  previousStackTags: Tags;
  /** The same for every invocation of one operation. */
  token: string;
  /** The callback context of the previous invocation; undefined in the first. */
  context: Properties | undefined;
}

/** Returns a progress event. For IN_PROGRESS, it has the model and the callback context of the next invocation. */
export type Handler = (call: HandlerCall) => Promise<ProgressEvent>;

/** The handlers of one of AWS's own types. CloudFormation calls the others only for drift detection and import. */
export type Handlers = Readonly<Record<'CREATE' | 'UPDATE' | 'DELETE', Handler>>;

/** Thrown if a resource is in a state in which it cannot stabilize. */
export class NotStabilized extends Error {
  override readonly name = 'NotStabilized';
}

/**
 * The handler error codes for errors of FSx; others are GeneralServiceException.
 * https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-fsx, DataRepositoryAssociationUtils.java. The
 * runtime of those handlers retries after throttling and connection errors.
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

/** Seconds between two polls: CreateHandler.java. */
const DELAY_SECONDS = 5;

/**
 * A function with handlers, as CloudFormation invokes it, for an FSx at an endpoint.
 *
 * @param timeScale The time scale of that FSx. Divides the callback delays.
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

/** A progress event that invokes the handler again. */
export const inProgress = (model: Properties, context: Properties = {}): ProgressEvent => ({
  status: 'IN_PROGRESS',
  resourceModel: model,
  callbackContext: context,
});

/** The message of the runtime of AWS's own handlers. */
export const notStabilized = (typeName: string, id: string): NotStabilized =>
  new NotStabilized(`Resource of type '${typeName}' with identifier '${id}' did not stabilize.`);
