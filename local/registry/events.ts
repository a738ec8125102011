import { randomUUID } from 'node:crypto';
import { scalarsAsText } from './protocol';
import type { Action, HandlerEvent, ProgressEvent, Properties, Tags } from './protocol';

/** Who sends the events, and in which form. */
export interface Sender {
  typeName: string;
  /** The property that is the type's primary identifier. */
  identifier: string;
  region: string;
  accountId: string;
  stackName: string;
  stackTags: Tags;
  typeConfiguration?: Properties;
  /**
   * `text`: strings, as CloudFormation sends them. `as-given`: with their types, as the contract suite and Cloud Control send
   * them.
   */
  scalars: 'text' | 'as-given';
  /**
   * The model in the next invocation of a handler that returned IN_PROGRESS: CloudFormation sends the desired properties and
   * the primary identifier, the contract suite the model that the handler returned.
   */
  reinvokeWith: 'desired-and-identifier' | 'returned-model';
}

/** Options of one operation. */
export interface OperationOptions {
  logicalResourceId?: string;
  /** Default: a new one for every operation. On a retry, CloudFormation sends the same one again. */
  bearerToken?: string;
  stackTags?: Tags;
  previousStackTags?: Tags;
  typeConfiguration?: Properties;
  /** The stack of the resource. Default: that of the sender. */
  stack?: StackIdentity;
  /** Whether the update rolls back a failed one. */
  rollback?: boolean;
}

/** The stack of an operation. */
export interface StackIdentity {
  id: string;
  name: string;
}

/** The states of the resource in an operation. */
export interface Subject {
  desired: Properties;
  previous?: Properties;
}

/** A local FSx accepts any credentials, but the runtime library requires all three members. */
const CREDENTIALS = {
  accessKeyId: 'AKIALOCALEXAMPLE',
  secretAccessKey: 'local-secret-access-key',
  sessionToken: 'local-session-token',
};

/** The primary identifier alone; empty if the model does not have it. */
export function identifierOf(model: Properties, identifier: string): Properties {
  return identifier in model ? { [identifier]: model[identifier] } : {};
}

/** The first event of an operation. */
export function firstEvent(
  action: Action,
  sender: Sender,
  ownStackId: string,
  subject: Subject,
  options: OperationOptions,
): HandlerEvent {
  const { logicalResourceId = 'FileSystem', bearerToken = randomUUID() } = options;
  const stackTags = options.stackTags ?? sender.stackTags;
  const { id: stackId, name: stackName } = options.stack ?? {
    id: ownStackId,
    name: sender.stackName,
  };
  return {
    action,
    awsAccountId: sender.accountId,
    bearerToken,
    region: sender.region,
    responseEndpoint: `https://cloudformation.${sender.region}.amazonaws.com`,
    resourceType: sender.typeName,
    resourceTypeVersion: '00000001',
    stackId,
    ...(options.rollback && { rollback: true }),
    callbackContext: null,
    requestContext: { invocation: 1, callbackContext: null },
    requestData: {
      callerCredentials: CREDENTIALS,
      logicalResourceId,
      resourceProperties: onTheWire(subject.desired, sender),
      previousResourceProperties: subject.previous ? onTheWire(subject.previous, sender) : null,
      stackTags,
      previousStackTags: subject.previous ? (options.previousStackTags ?? stackTags) : null,
      systemTags: {
        'aws:cloudformation:stack-name': stackName,
        'aws:cloudformation:stack-id': stackId,
        'aws:cloudformation:logical-id': logicalResourceId,
      },
      typeConfiguration: options.typeConfiguration ?? sender.typeConfiguration ?? null,
    },
  };
}

/** The event after a progress event with IN_PROGRESS. */
export function nextEvent(
  event: HandlerEvent,
  sender: Sender,
  subject: Subject,
  progress: ProgressEvent,
): HandlerEvent {
  const returned = progress.resourceModel ?? {};
  const properties =
    sender.reinvokeWith === 'returned-model'
      ? returned
      : { ...subject.desired, ...identifierOf(returned, sender.identifier) };
  const callbackContext = progress.callbackContext ?? null;
  return {
    ...event,
    callbackContext,
    requestContext: { invocation: event.requestContext.invocation + 1, callbackContext },
    requestData: { ...event.requestData, resourceProperties: onTheWire(properties, sender) },
  };
}

function onTheWire(properties: Properties, { scalars }: Sender): Properties {
  return scalars === 'text' ? (scalarsAsText(properties) as Properties) : properties;
}
