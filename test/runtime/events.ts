/** An event of the registry protocol. */
export function registryEvent(
  changes: Record<string, unknown> = {},
  data: Record<string, unknown> = {},
) {
  return {
    action: 'CREATE',
    awsAccountId: '123456789012',
    bearerToken: 'bearer-token',
    region: 'us-gov-west-1',
    resourceType: 'Pangea::FSx::LustreFileSystem',
    callbackContext: null,
    ...changes,
    requestData: {
      callerCredentials: {
        accessKeyId: 'AKCALLER',
        secretAccessKey: 'caller-secret',
        sessionToken: 'caller-token',
      },
      logicalResourceId: 'FileSystem',
      resourceProperties: { StorageCapacity: '1200' },
      stackTags: {},
      ...data,
    },
  };
}
