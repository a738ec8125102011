import { TYPE_NAME } from '../lustre/properties';
import type { Credentials } from '../sdk/client-settings';
import { isObject, type Json } from '../lustre/json';
import { object, text } from './json';

/** One request of the registry protocol, under the names of the event. Nothing is converted or frozen. */
export interface RegistryRequest {
  action: Action;
  /** The credentials of the role that CloudFormation assumed for the caller. */
  credentials?: Credentials;
  region: string;
  accountId: string;
  bearerToken: string;
  logicalResourceId: string;
  desired: Json;
  previous: Json;
  stackTags: Readonly<Record<string, string>>;
  previousStackTags: Readonly<Record<string, string>>;
  /** Whether CloudFormation is rolling back a failed stack update. */
  rollback: boolean;
  callbackContext: Json;
  nextToken?: string;
  typeConfiguration: unknown;
  /** The log and metrics of the type's owner, if the type was registered with a LoggingConfig. */
  provider?: Provider;
}

/** The account of the type's owner, and credentials for it. */
export interface Provider {
  credentials: Credentials;
  region: string;
  /** The name of the activated type, which may be an alias. */
  typeName: string;
  /** The log group, and the log stream of this resource. */
  log?: { logGroupName: string; logStreamName: string };
}

const ACTIONS = ['CREATE', 'READ', 'UPDATE', 'DELETE', 'LIST'] as const;
/** An action of the registry protocol. */
export type Action = (typeof ACTIONS)[number];

/** Parses an event. Returns a sentence if it is not a valid request. */
export function parseRequest(event: unknown): RegistryRequest | string {
  const { action, awsAccountId, region, requestData, ...rest } = object(event);
  if (!isAction(action)) return `action must be one of ${ACTIONS.join(', ')}`;
  const accountId = text(awsAccountId);
  if (accountId === undefined) return 'awsAccountId is missing';
  const place = text(region);
  if (place === undefined) return 'region is missing';
  if (!isObject(requestData)) return 'requestData is missing';
  const { resourceProperties } = requestData;
  if (resourceProperties != null && !isObject(resourceProperties))
    return 'requestData.resourceProperties must be an object';
  const credentials = parseCredentials(requestData.callerCredentials);
  if (credentials === 'broken')
    return 'requestData.callerCredentials must have both accessKeyId and secretAccessKey, or be omitted';
  const stackTags = parseTags(requestData.stackTags);
  const previousStackTags = parseTags(requestData.previousStackTags);
  if (stackTags === undefined || previousStackTags === undefined)
    return 'the values of requestData.stackTags and previousStackTags must be strings';
  const bearerToken = text(rest.bearerToken) ?? '';
  // FSx would return the file system of the last creation without a token, which belongs to another resource.
  if (action === 'CREATE' && bearerToken === '') return 'bearerToken is missing';
  const nextToken = text(rest.nextToken);
  const logicalResourceId = text(requestData.logicalResourceId) ?? '';
  const provider = parseProvider(requestData, {
    accountId,
    logicalResourceId,
    region: place,
    stackId: text(rest.stackId),
    typeName: text(rest.resourceType) ?? TYPE_NAME,
  });
  return {
    action,
    ...(credentials && { credentials }),
    region: place,
    accountId,
    bearerToken,
    logicalResourceId,
    desired: object(resourceProperties),
    previous: object(requestData.previousResourceProperties),
    stackTags,
    previousStackTags,
    rollback: rest.rollback === true,
    callbackContext: object(rest.callbackContext),
    ...(nextToken !== undefined && { nextToken }),
    typeConfiguration: requestData.typeConfiguration,
    ...(provider && { provider }),
  };
}

export function isAction(value: unknown): value is Action {
  return (ACTIONS as readonly unknown[]).includes(value);
}

/**
 * Empty credentials, as in test events, mean those of the environment. Incomplete credentials are refused, because an
 * operation must not run with other credentials than intended.
 */
function parseCredentials(value: unknown): Credentials | undefined | 'broken' {
  if (value == null) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken } = object(value);
  const key = text(accessKeyId);
  const secret = text(secretAccessKey);
  const token = text(sessionToken);
  if (key !== undefined && secret !== undefined)
    return {
      accessKeyId: key,
      secretAccessKey: secret,
      ...(token !== undefined && { sessionToken: token }),
    };
  const isEmpty =
    isObject(value) && [accessKeyId, secretAccessKey, sessionToken].every((part) => !part);
  return isEmpty ? undefined : 'broken';
}

interface Place {
  accountId: string;
  region: string;
  stackId: string | undefined;
  logicalResourceId: string;
  typeName: string;
}

/** Each resource of a stack has its own log stream. Operations of Cloud Control share one for the account. */
function parseProvider(
  { providerCredentials, providerLogGroupName }: Json,
  { accountId, logicalResourceId, region, stackId, typeName }: Place,
): Provider | undefined {
  const credentials = parseCredentials(providerCredentials);
  const logGroupName = text(providerLogGroupName);
  if (credentials === undefined || credentials === 'broken') return undefined;
  const stream =
    stackId !== undefined && logicalResourceId !== ''
      ? `${stackId}/${logicalResourceId}`
      : `${accountId}-${region}`;
  // Names of log streams cannot contain colons, and the ID of a stack is an ARN.
  const logStreamName = stream.replaceAll(':', '__');
  return {
    credentials,
    region,
    typeName,
    ...(logGroupName !== undefined && { log: { logGroupName, logStreamName } }),
  };
}

/** Values may be any JSON scalars. Undefined if one is not a scalar. */
function parseTags(value: unknown): Record<string, string> | undefined {
  const given = Object.entries(object(value)).filter(([, tag]) => tag != null);
  return given.every(([, tag]) => SCALARS.has(typeof tag))
    ? Object.fromEntries(given.map(([key, tag]) => [key, String(tag)]))
    : undefined;
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'bigint']);
