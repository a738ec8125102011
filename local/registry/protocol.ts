/**
 * The protocol between CloudFormation and the handlers of a registry type: an event is sent, and a progress event is
 * returned. It is written from CloudFormation's side, so it shares no code with the handlers.
 */

export type Action = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE' | 'LIST';
type Status = 'IN_PROGRESS' | 'SUCCESS' | 'FAILED';

/** The properties of a resource, as in JSON. */
export type Properties = Record<string, unknown>;
export type Tags = Record<string, string>;

/** The role credentials that CloudFormation passes to the handlers. */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** An event of CloudFormation. */
export interface HandlerEvent {
  action: Action;
  awsAccountId: string;
  /** The same for every invocation of one operation. */
  bearerToken: string;
  region: string;
  responseEndpoint: string;
  resourceType: string;
  resourceTypeVersion: string;
  stackId: string;
  /** UPDATE only: whether CloudFormation is rolling back a failed stack update. */
  rollback?: boolean;
  /** LIST only, from the second page on. */
  nextToken?: string;
  callbackContext: Properties | null;
  requestContext: { invocation: number; callbackContext: Properties | null };
  requestData: {
    callerCredentials: Credentials;
    logicalResourceId: string;
    resourceProperties: Properties;
    previousResourceProperties: Properties | null;
    stackTags: Tags;
    previousStackTags: Tags | null;
    systemTags: Tags;
    typeConfiguration: Properties | null;
  };
}

/** A progress event. */
export interface ProgressEvent {
  status: Status;
  errorCode?: string;
  message?: string;
  callbackContext?: Properties;
  callbackDelaySeconds?: number;
  resourceModel?: Properties;
  resourceModels?: Properties[];
  nextToken?: string;
}

/** Sends one event to the handlers and returns their response, not yet validated. */
export type Invoke = (event: HandlerEvent) => Promise<unknown>;

/** Whether a value is a JSON object, and not a list, string, number or null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Converts scalars to strings, as CloudFormation sends every property. Values that are undefined or null are omitted. */
export function scalarsAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isGiven).map(scalarsAsText);
  if (isObject(value)) {
    const given = Object.entries(value).filter(([, member]) => isGiven(member));
    return Object.fromEntries(given.map(([name, member]) => [name, scalarsAsText(member)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
