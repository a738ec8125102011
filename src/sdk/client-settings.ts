/** On Node 20, the SDK logs a deprecation warning at each cold start. The version of the SDK is pinned here. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Credentials, as CloudFormation passes them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

type Service = 'FSX' | 'PRICING' | 'CLOUDWATCH' | 'CLOUDWATCH_LOGS';

/** The environment variable that allows the credentials of the environment for events without credentials. */
const ENVIRONMENT_CREDENTIALS = 'PANGEA_FSX_ENVIRONMENT_CREDENTIALS';

/**
 * Whether a call may be signed with credentials that the SDK finds in the environment: the role of the function, or the keys
 * of a developer. Requests of CloudFormation must use the credentials that it passes. Others are allowed only by the variable
 * above or, outside of Lambda, for a custom endpoint without TLS, which is not one of AWS.
 */
export function mayUseEnvironment(service: Service): boolean {
  const { env } = process;
  if (env[ENVIRONMENT_CREDENTIALS] === 'true') return true;
  const isInLambda = env.AWS_LAMBDA_FUNCTION_NAME !== undefined && env.AWS_SAM_LOCAL !== 'true';
  return !isInLambda && (configuredEndpoint(service)?.startsWith('http://') ?? false);
}

function configuredEndpoint(service: Service): string | undefined {
  const { env } = process;
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  return env[`AWS_ENDPOINT_URL_${service}`] ?? env.AWS_ENDPOINT_URL;
}

/**
 * The settings of an SDK client with given credentials. Without them, the SDK looks for each setting in the environment and
 * then in configuration files, which a Lambda function does not have; that search takes longer than a call. So the
 * environment is read here, under the SDK's own names, and no files are read.
 */
export function clientSettings(service: Service, credentials: Credentials) {
  const { env } = process;
  const endpoint = configuredEndpoint(service);
  return {
    // A copy, because the request is frozen and the SDK modifies the credentials.
    credentials: { ...credentials },
    ...(endpoint && { endpoint }),
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: env.AWS_USE_FIPS_ENDPOINT === 'true',
    useDualstackEndpoint: env.AWS_USE_DUALSTACK_ENDPOINT === 'true',
    userAgentAppId: () => Promise.resolve(env.AWS_SDK_UA_APP_ID),
    authSchemePreference: [],
    disableClockSkewCorrection: false,
    defaultsMode: 'legacy' as const,
    retryMode: 'standard',
    streamCollector: collect,
  };
}

/**
 * Reads a response. The SDK's own function first checks whether it is a web stream, for which Node loads all web stream
 * modules.
 */
async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
