/** The CloudFormation handler error codes. https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
export type HandlerErrorCode =
  | 'NotUpdatable'
  | 'InvalidRequest'
  | 'AccessDenied'
  | 'InvalidCredentials'
  | 'AlreadyExists'
  | 'NotFound'
  | 'ResourceConflict'
  | 'Throttling'
  | 'ServiceLimitExceeded'
  | 'NotStabilized'
  | 'GeneralServiceException'
  | 'ServiceInternalError'
  | 'NetworkFailure'
  | 'InternalFailure'
  | 'InvalidTypeConfiguration';

interface HandlerErrorOptions extends ErrorOptions {
  mayHaveActed?: boolean;
  plain?: string;
}

/** A failure, with the error code for CloudFormation and a message for the user. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';

  /** Whether FSx may have acted on the call nevertheless: an attempt got no complete response. */
  readonly mayHaveActed: boolean;

  /** The message without advice, for an action that adds its own. */
  readonly plain: string;

  constructor(
    readonly code: HandlerErrorCode,
    message: string,
    { mayHaveActed = false, plain = message, ...options }: HandlerErrorOptions = {},
  ) {
    super(message, options);
    this.mayHaveActed = mayHaveActed;
    this.plain = plain;
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
