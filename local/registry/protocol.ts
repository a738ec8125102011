/**
 * The words that CloudFormation and the handlers of a registry type exchange: one event goes in, one progress event
 * comes out. Written from CloudFormation's side, so it shares nothing with the handlers.
 */

export type Action = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE' | 'LIST';
type Status = 'IN_PROGRESS' | 'SUCCESS' | 'FAILED';

/** Properties of a resource as they stand in JSON. */
export type Properties = Record<string, unknown>;
export type Tags = Record<string, string>;

/** The role credentials that CloudFormation hands to the handlers. */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** What CloudFormation sends. */
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
  /** UPDATE only: true while CloudFormation takes a failed stack update back. */
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

/** What the handlers answer. */
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

/** Hands one event to the handlers and returns their answer, not yet checked. */
export type Invoke = (event: HandlerEvent) => Promise<unknown>;

/** Whether something is a JSON object, as opposed to a list, text, number or null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Scalars as text, as CloudFormation sends every property; what has no value is left out. */
export function scalarsAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isGiven).map(scalarsAsText);
  if (isObject(value)) {
    const given = Object.entries(value).filter(([, member]) => isGiven(member));
    return Object.fromEntries(given.map(([name, member]) => [name, scalarsAsText(member)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
