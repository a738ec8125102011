/**
 * The errors of the FSx API, with the names of the service.
 *
 * Errors of the service model (AWS FSx API reference, "Errors" of each operation) have their text in `Message`. The common
 * errors of AWS's JSON services (throttling, authentication, serialization) have it in `message`.
 */
export class FsxError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** AWS's common errors. They are not in the FSx model, so their text is in `message`. */
const GENERIC_ERRORS: Readonly<Record<string, string>> = {
  ThrottlingException: 'Rate exceeded',
  AccessDeniedException: 'You are not authorized to perform this operation',
  ExpiredTokenException: 'The security token included in the request is expired',
  UnrecognizedClientException: 'The security token included in the request is invalid.',
  SerializationException: 'The request body could not be read',
  InvalidSignatureException: 'Credential should be scoped to a valid region.',
  UnknownOperationException: 'The requested operation is not known',
  RequestEntityTooLargeException: 'The request body is too large',
  ServiceUnavailableException: 'The service is temporarily unavailable',
};

/** AWS's message for a common error; undefined for an error of FSx, or an unknown one. */
export const genericMessage = (code: string): string | undefined =>
  Object.hasOwn(GENERIC_ERRORS, code) ? GENERIC_ERRORS[code] : undefined;

/** An account in a region, as in ARNs. */
interface Place {
  partition: string;
  region: string;
  accountId: string;
}

/** IAM's wording, as FSx returns it (https://github.com/aws-samples/eks-workshop-v2/issues/1445). */
export const notAuthorized = (action: string, { partition, region, accountId }: Place) =>
  new FsxError(
    'AccessDeniedException',
    `User: arn:${partition}:sts::${accountId}:assumed-role/local/session is not authorized to perform: ${action} on resource: arn:${partition}:fsx:${region}:${accountId}:file-system/* because no identity-based policy allows the ${action} action`,
  );

export const badRequest = (message: string) => new FsxError('BadRequest', message);

export const incompatibleParameter = (parameter: string, message: string) =>
  new FsxError('IncompatibleParameterError', message, { Parameter: parameter });

export const fileSystemNotFound = (id: string) =>
  new FsxError('FileSystemNotFound', `File system '${id}' does not exist.`);

export const backupNotFound = (id: string) =>
  new FsxError('BackupNotFound', `Backup '${id}' does not exist.`);

export const associationNotFound = (id: string) =>
  new FsxError(
    'DataRepositoryAssociationNotFound',
    `Data repository association '${id}' does not exist.`,
  );

export const taskNotFound = (id: string) =>
  new FsxError('DataRepositoryTaskNotFound', `Data repository task '${id}' does not exist.`);

export const resourceNotFound = (arn: string) =>
  new FsxError('ResourceNotFound', `Resource '${arn}' does not exist.`, { ResourceARN: arn });

export const serviceLimitExceeded = (limit: string, message: string) =>
  new FsxError('ServiceLimitExceeded', message, { Limit: limit });

export const internalServerError = (message = 'An internal error occurred. Try again.') =>
  new FsxError('InternalServerError', message, {}, 500);

export const throttled = () => new FsxError('ThrottlingException', 'Rate exceeded');

/** ErrorMessage of the API has 1 to 256 characters. */
const LONGEST_MESSAGE = 256;

/** What a cut inside a surrogate pair leaves. */
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** The JSON body of an error, which the SDKs and botocore can parse. */
export function errorBody(error: FsxError): Record<string, unknown> {
  const generic = genericMessage(error.code) !== undefined;
  const text = generic
    ? error.message
    : error.message.slice(0, LONGEST_MESSAGE).replace(HALF_CHARACTER, '');
  return { __type: error.code, [generic ? 'message' : 'Message']: text, ...error.members };
}
