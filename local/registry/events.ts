import { randomUUID } from 'node:crypto';
import { scalarsAsText } from './protocol';
import type { Action, HandlerEvent, ProgressEvent, Properties, Tags } from './protocol';

/** Who sends the events, and how. */
export interface Sender {
  typeName: string;
  /** Name of the property that is the type's primary identifier. */
  identifier: string;
  region: string;
  accountId: string;
  stackName: string;
  stackTags: Tags;
  typeConfiguration?: Properties;
  /** `text` is what CloudFormation sends, `as-given` is what the contract suite and Cloud Control send. */
  scalars: 'text' | 'as-given';
  /**
   * What the next invocation of a waiting handler is given: CloudFormation sends the desired properties and the
   * identifier, the contract suite the model that the handler returned.
   */
  reinvokeWith: 'desired-and-identifier' | 'returned-model';
}

/** What may differ from operation to operation. */
export interface OperationOptions {
  logicalResourceId?: string;
  /** A new one for every operation unless given; the same one again is what CloudFormation sends on a retry. */
  bearerToken?: string;
  stackTags?: Tags;
  previousStackTags?: Tags;
  typeConfiguration?: Properties;
  /** The stack whose resource it is; the sender's own unless given. */
  stack?: StackIdentity;
  /** The update takes a failed one back. */
  rollback?: boolean;
}

/** The stack that an operation belongs to. */
export interface StackIdentity {
  id: string;
  name: string;
}

/** The states of the resource that an operation is about. */
export interface Subject {
  desired: Properties;
  previous?: Properties;
}

/** Any will do for a local FSx, but the runtime library wants all three to hold something. */
const CREDENTIALS = {
  accessKeyId: 'AKIALOCALEXAMPLE',
  secretAccessKey: 'local-secret-access-key',
  sessionToken: 'local-session-token',
};

/** The identifier alone, or nothing where the model has none. */
export function identifierOf(model: Properties, identifier: string): Properties {
  return identifier in model ? { [identifier]: model[identifier] } : {};
}

/** The event that an operation begins with. */
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

/** The event that follows an answer IN_PROGRESS. */
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
