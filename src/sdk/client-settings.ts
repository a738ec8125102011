/** The SDK advises who runs Node 20 to move on, on the console, at each cold start. Here the lock file decides on the SDK. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Credentials as CloudFormation hands them over. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

type Service = 'FSX' | 'PRICING' | 'CLOUDWATCH' | 'CLOUDWATCH_LOGS';

/** Says that the credentials of the environment may be used where an event holds none. */
const ENVIRONMENT_CREDENTIALS = 'PANGEA_FSX_ENVIRONMENT_CREDENTIALS';

/**
 * Whether a call to a service may be signed with what the SDK finds in the environment: the role of the function, or the keys
 * of a developer. What CloudFormation asks for is done with the credentials that it hands over, so it may only where somebody
 * has said so: by the variable, or, outside of Lambda, by sending the calls to an endpoint of their own. One of AWS has TLS.
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
 * What a client of the SDK is given with credentials that were handed over. Without these settings it looks for each in the
 * environment and then in the configuration files of a developer, of which a Lambda function has none; the search alone
 * takes longer than a call. So the environment is asked here, by the SDK's own names, and the files are not read.
 */
export function clientSettings(service: Service, credentials: Credentials) {
  const { env } = process;
  const endpoint = configuredEndpoint(service);
  return {
    // A copy: the request is frozen, and the SDK marks the credentials that it is given.
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

/** Reads an answer. The SDK's own way asks first whether it is a web stream, for which Node loads all of these. */
async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
