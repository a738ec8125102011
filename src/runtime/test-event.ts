import { object, text } from './json';

/**
 * Converts an event of the test entry point (`sam local invoke TestEntrypoint`) to an event of the registry protocol.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test.html
 */
export function registryEvent(testEvent: unknown): Record<string, unknown> {
  const { action, callbackContext, credentials, region, request, typeConfiguration } =
    object(testEvent);
  const asked = object(request);
  return {
    action,
    awsAccountId: text(asked.awsAccountId) ?? '123456789012',
    bearerToken: asked.clientRequestToken,
    callbackContext,
    nextToken: asked.nextToken,
    region: text(region) ?? text(asked.region) ?? process.env.AWS_REGION ?? 'us-east-1',
    rollback: asked.rollback,
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
