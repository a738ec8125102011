import type { HandlerErrorCode } from '../handler-error-code';

/** A failure with the code that makes CloudFormation do the right thing and a message for the user. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';

  /** Whether FSx may have acted on the call all the same: an attempt at it was left without a whole answer. */
  readonly mayHaveActed: boolean;

  constructor(
    readonly code: HandlerErrorCode,
    message: string,
    { mayHaveActed = false, ...options }: ErrorOptions & { mayHaveActed?: boolean } = {},
  ) {
    super(message, options);
    this.mayHaveActed = mayHaveActed;
  }

  /** Whether the same call may succeed a moment later. */
  get isTransient(): boolean {
    return TRANSIENT.has(this.code);
  }
}

const TRANSIENT: ReadonlySet<HandlerErrorCode> = new Set([
  'Throttling',
  'ServiceInternalError',
  'NetworkFailure',
]);

interface Rule {
  errors: readonly string[];
  code: HandlerErrorCode;
  /** What to do about it, from the members that FSx sends with the error. */
  advice?: (error: FsxErrorMembers) => string;
}

interface FsxErrorMembers {
  Limit?: string;
  InvalidSubnetId?: string;
  InvalidSecurityGroupId?: string;
}

/** What the SDK throws: FSx's own errors, AWS's general ones, and what happens on the way. */
interface AnyError extends FsxErrorMembers {
  name?: string;
  code?: string;
  message?: string;
  Message?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $fault?: 'client' | 'server';
}

/**
 * Every error that the FSx operations used here document (API reference, CreateFileSystem to UntagResource), the
 * general errors of AWS services, and the network's. First match wins.
 */
const RULES: readonly Rule[] = [
  { errors: ['FileSystemNotFound', 'ResourceNotFound'], code: 'NotFound' },
  {
    errors: ['InvalidNetworkSettings'],
    code: 'InvalidRequest',
    advice: ({ InvalidSubnetId, InvalidSecurityGroupId }) =>
      [
        InvalidSubnetId && `Subnet: ${InvalidSubnetId}.`,
        InvalidSecurityGroupId && `Security group: ${InvalidSecurityGroupId}.`,
        'The security groups must allow TCP 988 and 1018-1023 among their members and from the clients; make the file system depend on those ingress rules (DependsOn) when the same stack creates them.',
      ]
        .filter(Boolean)
        .join(' '),
  },
  {
    errors: ['ServiceLimitExceeded'],
    code: 'ServiceLimitExceeded',
    advice: ({ Limit }) =>
      `Ask for a higher quota${Limit ? ` (${Limit})` : ''} in Service Quotas under Amazon FSx, or free some of it.`,
  },
  { errors: ['UnsupportedOperation'], code: 'InvalidRequest' },
  {
    errors: [
      'BadRequest',
      // Not NotFound, which would say that the file system is gone.
      'BackupNotFound',
      'IncompatibleParameterError',
      'InvalidPerUnitStorageThroughput',
      'InvalidImportPath',
      'InvalidExportPath',
      'InvalidDataRepositoryType',
      'MissingFileSystemConfiguration',
      'NotServiceResourceError',
      'ResourceDoesNotSupportTagging',
      'ActiveDirectoryError',
      'ValidationException',
      'ValidationError',
      'SerializationException',
    ],
    code: 'InvalidRequest',
  },
  {
    errors: [
      'InternalServerError',
      'InternalFailure',
      'InternalError',
      'ServiceUnavailable',
      'ServiceUnavailableException',
    ],
    code: 'ServiceInternalError',
  },
  {
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
  },
  {
    errors: [
      'AccessDeniedException',
      'AccessDenied',
      'UnauthorizedOperation',
      'NotAuthorized',
      'OptInRequired',
      'SubscriptionRequiredException',
      'UnauthorizedAccess',
    ],
    code: 'AccessDenied',
    advice: () =>
      'The role that CloudFormation uses for this type needs this permission; resource-role.yaml of the type lists all of them (tags, stack tags too, need fsx:TagResource and fsx:UntagResource).',
  },
  {
    errors: [
      'ExpiredToken',
      'ExpiredTokenException',
      'RequestExpired',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'IncompleteSignature',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'InvalidAccessKeyId',
      'AuthFailure',
      'CredentialsProviderError',
      'TokenRefreshRequired',
    ],
    code: 'InvalidCredentials',
    advice: () => 'Run the operation again with valid AWS credentials.',
  },
  {
    errors: [
      'TimeoutError',
      'AbortError',
      'NetworkingError',
      'RequestTimeout',
      'RequestTimeoutException',
      'ECONNREFUSED',
      'ECONNRESET',
      'ECONNABORTED',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EPIPE',
      'ETIMEDOUT',
      'ERR_SOCKET_CONNECTION_TIMEOUT',
    ],
    code: 'NetworkFailure',
    advice: () =>
      'No answer came from FSx; check its reachability from the account and region, and try again.',
  },
];

/**
 * The one way from anything thrown by an FSx call to a handler error. FSx's own words are kept; what to do is added where
 * it is known. Never InternalFailure for something that FSx said.
 */
export function fromFsx(thrown: unknown, operation: string, mayHaveActed = false): HandlerError {
  if (thrown instanceof HandlerError) return thrown;
  const error = unwrapped(typeof thrown === 'object' && thrown !== null ? thrown : {});
  const names = [error.name, error.code].filter((name): name is string => typeof name === 'string');
  const rule = RULES.find(({ errors }) => names.some((name) => errors.includes(name)));
  const code = rule?.code ?? unknownCode(error);
  // The SDK adds a line about itself to an answer that it could not read.
  const [said = 'no message'] = (error.message ?? error.Message ?? String(thrown))
    .trim()
    .split('\n');
  const name = names.find((candidate) => candidate !== 'Error') ?? 'Error';
  const requestId = error.$metadata?.requestId;
  const text = [
    `FSx ${operation}: ${sentence(said)}`,
    rule?.advice?.(error),
    `(${name}${requestId ? `, request ${requestId}` : ''})`,
  ];
  return new HandlerError(code, text.filter(Boolean).join(' '), { cause: thrown, mayHaveActed });
}

/** The SDK wraps an error of another realm (node's own, inside a test runner's sandbox) in text. */
function unwrapped(error: AnyError): AnyError {
  const [, name, message] =
    /^AWS SDK error wrapper for (\w+): (.*)$/s.exec(error.message ?? '') ?? [];
  return name === undefined || message === undefined ? error : { ...error, name, message };
}

function unknownCode(error: AnyError): HandlerErrorCode {
  const status = error.$metadata?.httpStatusCode;
  // An answer that is no JSON.
  if (error.name === 'SyntaxError' && status !== undefined) return 'ServiceInternalError';
  if (status === 429) return 'Throttling';
  if (status === 401) return 'InvalidCredentials';
  if (status === 403) return 'AccessDenied';
  if (error.$fault === 'server' || (status !== undefined && status >= 500))
    return 'ServiceInternalError';
  return 'GeneralServiceException';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
