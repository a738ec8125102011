import { NOT_THE_API } from '../response';
import { readFailure, type Failure } from './failure';
import { regionWords } from './limits';
import type { Row } from './row';

/** Failures of credentials and signatures. */
export const CREDENTIALS: readonly Row[] = [
  {
    errors: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    code: 'InvalidCredentials',
    advice:
      'The credentials of this invocation have expired. Retry the operation with new credentials; if this recurs after some hours, increase MaxSessionDuration of the execution role of the type.',
  },
  {
    // "Signature expired: 20261125T101500Z is now earlier than 20261125T102000Z (20261125T103500Z - 15 min.)"
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    errors: [
      'RequestTimeTooSkewed',
      'RequestExpired',
      'RequestInTheFuture',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ],
    when: ({ names, said }) =>
      names.some((name) => name.startsWith('Request')) ||
      /signature (expired|not yet)|skew/i.test(said),
    code: 'InvalidCredentials',
    advice:
      'The clock of the computer that runs the handlers is wrong by several minutes: set it, and retry the operation.',
  },
  {
    errors: ['InvalidSignatureException', 'SignatureDoesNotMatch', 'IncompleteSignature'],
    code: 'InvalidCredentials',
    advice:
      'Either the secret key is wrong, or something between the handlers and FSx, such as a proxy, changes the requests. Retry the operation with valid credentials.',
  },
  {
    // "The security token included in the request is invalid."
    // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
    errors: [
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidAccessKeyId',
      'AuthFailure',
    ],
    code: 'InvalidCredentials',
    advice:
      'Retry the operation with valid AWS credentials. An opt-in region also returns this error until the account enables it.',
  },
  {
    errors: [
      'CredentialsProviderError',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
    ],
    code: 'InvalidCredentials',
    advice:
      'The handlers have no AWS credentials: register the type with an execution role, or set credentials where the handlers run on your own computer.',
  },
];

/** Regions that FSx does not support, or that the account has not enabled, by the name of the error. */
export const REGION_BY_NAME: readonly Row[] = [
  {
    // "You are not subscribed to this service.", "The AWS Access Key Id needs a subscription for the service"
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    errors: ['OptInRequired', 'SubscriptionRequiredException'],
    code: 'AccessDenied',
    advice:
      'An administrator of the account must enable this region, or complete the registration of the account with AWS. Either can take hours to take effect.',
  },
  {
    errors: ['InvalidRegion', 'IncompatibleRegionForMultiAZ'],
    code: 'InvalidRequest',
    advice: 'Create the stack in a region that FSx for Lustre supports.',
  },
];

/** What FSx does not offer in a region. */
export const REGION: Row = {
  says: /not (currently )?(supported|available|offered)\b.*\bregion|unsupported region/i,
  code: 'InvalidRequest',
  advice: ({ region }) =>
    [
      'FSx does not offer this in every region: choose another DeploymentType or PerUnitStorageThroughput, or create the stack in another region.',
      ...regionWords(region),
    ].join(' '),
};

/** Requests that AWS throttles. */
export const THROTTLED: Row = {
  errors: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestThrottled',
    'RequestThrottledException',
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'SlowDown',
    'BandwidthLimitExceeded',
    'PriorRequestNotComplete',
    'TransactionInProgressException',
  ],
  code: 'Throttling',
  advice:
    'This account exceeds the FSx request rate in this region: all requests count, including those of pipelines and monitoring. Retry the operation, with fewer requests at a time.',
};

const DNS = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'];
const TLS = [
  'EPROTO',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_HANDSHAKE_TIMEOUT',
];
/** The connection was not established. */
const NO_CONNECTION = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
];

/** Responses that are not from FSx, and missing responses. */
export const CONNECTION: readonly Row[] = [
  // A sign-in page has an address, and a refusal by a proxy is permanent. Only these statuses are worth a retry.
  {
    answeredBy: 'other',
    when: ({ status }) => status === 429,
    code: 'Throttling',
    advice: notFsx,
  },
  {
    answeredBy: 'other',
    when: ({ status }) => status === 408,
    code: 'NetworkFailure',
    advice: notFsx,
  },
  {
    answeredBy: 'other',
    when: ({ status = 0 }) => [500, 502, 503, 504].includes(status),
    code: 'ServiceInternalError',
    advice: notFsx,
  },
  { answeredBy: 'other', code: 'GeneralServiceException', advice: notFsx },
  {
    answeredBy: 'cut',
    code: 'NetworkFailure',
    advice: 'Retry the operation.',
  },
  {
    answeredBy: 'malformed',
    code: 'ServiceInternalError',
    advice: NOT_THE_API,
  },
  {
    errors: DNS,
    code: 'NetworkFailure',
    advice:
      'The name of the FSx endpoint could not be resolved. Check that FSx is available in this region and, if the handlers run in a VPC, its DNS settings and the private DNS name of the VPC endpoint. If AWS_ENDPOINT_URL_FSX or AWS_ENDPOINT_URL is set, check its name too.',
  },
  {
    errors: TLS,
    code: 'NetworkFailure',
    advice:
      'The connection to FSx could not be secured: something between the handlers and FSx answers with a certificate that is not valid for it, such as a proxy that inspects TLS, or AWS_ENDPOINT_URL_FSX names http as https. Let the requests through unchanged, or trust its certificate authority with NODE_EXTRA_CA_CERTS.',
  },
  {
    errors: [
      ...NO_CONNECTION,
      'TimeoutError',
      'AbortError',
      'NetworkingError',
      'RequestTimeout',
      'RequestTimeoutException',
      'ECONNRESET',
      'ECONNABORTED',
      'EPIPE',
      'ETIMEDOUT',
    ],
    code: 'NetworkFailure',
    advice:
      'FSx did not respond; check that it can be reached from the account and region, and retry the operation.',
  },
];

/**
 * Whether FSx may have acted on a call that failed: it was working on it, or the response is not from FSx, whatever its status
 * says. Without a connection, the call never reached FSx.
 */
export function mayHaveActed(thrown: unknown): boolean {
  const { answeredBy, names, status = 0 } = readFailure(thrown);
  if (answeredBy === 'nobody') return !names.some((name) => NEVER_SENT.has(name));
  return answeredBy !== 'aws' || status >= 500;
}

/** Without EPROTO, which may also end an established connection. */
const NEVER_SENT: ReadonlySet<string> = new Set(
  [...DNS, ...TLS, ...NO_CONNECTION].filter((name) => name !== 'EPROTO'),
);

function notFsx({ status }: Failure): string {
  const who =
    status === 407
      ? 'A proxy between the handlers and FSx requires authentication'
      : 'Something between the handlers and FSx answered: a proxy, a firewall, a VPC endpoint or a sign-in page';
  return `${who}. Let requests to the FSx endpoint through, and correct AWS_ENDPOINT_URL_FSX or AWS_ENDPOINT_URL if one is set.`;
}
