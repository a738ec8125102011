import type { Credentials } from '../sdk/settings';
import { isObject, object, text, type Json } from './json';

/** One request of the registry protocol: what the event says, in its own words. Nothing is converted or frozen. */
export interface RegistryRequest {
  action: Action;
  /** Those of the role that CloudFormation assumed for the caller. */
  credentials?: Credentials;
  region: string;
  accountId: string;
  bearerToken: string;
  logicalResourceId: string;
  desired: Json;
  previous: Json;
  stackTags: Readonly<Record<string, string>>;
  previousStackTags: Readonly<Record<string, string>>;
  /** CloudFormation is taking a failed stack update back. */
  rollback: boolean;
  callbackContext: Json;
  nextToken?: string;
  typeConfiguration: unknown;
  /** Where the owner of the type wants to be told, when it was registered with a LoggingConfig. */
  provider?: Provider;
}

/** The account of the type's owner: its log group, the stream of this resource, and credentials for them. */
export interface Provider {
  credentials: Credentials;
  region: string;
  logGroupName: string;
  logStreamName: string;
}

const ACTIONS = ['CREATE', 'READ', 'UPDATE', 'DELETE', 'LIST'] as const;
export type Action = (typeof ACTIONS)[number];

/** The event as a request, or what keeps it from being one. */
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
  const credentials = usable(requestData.callerCredentials);
  const nextToken = text(rest.nextToken);
  const logicalResourceId = text(requestData.logicalResourceId) ?? '';
  const provider = parseProvider(requestData, place, [
    accountId,
    text(rest.stackId),
    logicalResourceId,
  ]);
  return {
    action,
    ...(credentials && { credentials }),
    region: place,
    accountId,
    bearerToken: text(rest.bearerToken) ?? '',
    logicalResourceId,
    desired: object(resourceProperties),
    previous: object(requestData.previousResourceProperties),
    stackTags: tags(requestData.stackTags),
    previousStackTags: tags(requestData.previousStackTags),
    rollback: rest.rollback === true,
    callbackContext: object(rest.callbackContext),
    ...(nextToken !== undefined && { nextToken }),
    typeConfiguration: requestData.typeConfiguration,
    ...(provider && { provider }),
  };
}

function isAction(value: unknown): value is Action {
  return (ACTIONS as readonly unknown[]).includes(value);
}

/** Empty credentials, as test events have them, mean those of the environment. */
function usable(value: unknown): Credentials | undefined {
  const { accessKeyId, secretAccessKey, sessionToken } = object(value);
  const key = text(accessKeyId);
  const secret = text(secretAccessKey);
  const token = text(sessionToken);
  return key !== undefined && secret !== undefined
    ? {
        accessKeyId: key,
        secretAccessKey: secret,
        ...(token !== undefined && { sessionToken: token }),
      }
    : undefined;
}

/** A resource of a stack has a stream of its own; what Cloud Control does goes into one for the account. */
function parseProvider(
  { providerCredentials, providerLogGroupName }: Json,
  region: string,
  [accountId, stackId, logicalResourceId]: [string, string | undefined, string],
): Provider | undefined {
  const credentials = usable(providerCredentials);
  const logGroupName = text(providerLogGroupName);
  if (credentials === undefined || logGroupName === undefined) return undefined;
  const stream =
    stackId !== undefined && logicalResourceId !== ''
      ? `${stackId}/${logicalResourceId}`
      : `${accountId}-${region}`;
  // CloudWatch allows no colon in the name of a stream, and a stack's id is an ARN.
  return { credentials, region, logGroupName, logStreamName: stream.replaceAll(':', '__') };
}

function tags(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(object(value)).map(([key, tag]) => [key, String(tag)]));
}
