import { fromFsx } from '../../src/fsx/errors';
import type { HandlerErrorCode } from '../../src/handler-error-code';

/** What each error becomes; the names are those of the FSx API reference and of AWS's common errors. */
const TABLE: readonly [name: string, code: HandlerErrorCode][] = [
  ['FileSystemNotFound', 'NotFound'],
  ['ResourceNotFound', 'NotFound'],
  ['BackupNotFound', 'InvalidRequest'],
  ['BadRequest', 'InvalidRequest'],
  ['IncompatibleParameterError', 'InvalidRequest'],
  ['InvalidNetworkSettings', 'InvalidRequest'],
  ['InvalidPerUnitStorageThroughput', 'InvalidRequest'],
  ['InvalidImportPath', 'InvalidRequest'],
  ['InvalidExportPath', 'InvalidRequest'],
  ['MissingFileSystemConfiguration', 'InvalidRequest'],
  ['UnsupportedOperation', 'InvalidRequest'],
  ['NotServiceResourceError', 'InvalidRequest'],
  ['ResourceDoesNotSupportTagging', 'InvalidRequest'],
  ['ActiveDirectoryError', 'InvalidRequest'],
  ['ServiceLimitExceeded', 'ServiceLimitExceeded'],
  ['InternalServerError', 'ServiceInternalError'],
  ['ThrottlingException', 'Throttling'],
  ['TooManyRequestsException', 'Throttling'],
  ['AccessDeniedException', 'AccessDenied'],
  ['ExpiredTokenException', 'InvalidCredentials'],
  ['UnrecognizedClientException', 'InvalidCredentials'],
  ['CredentialsProviderError', 'InvalidCredentials'],
  ['TimeoutError', 'NetworkFailure'],
  ['AbortError', 'NetworkFailure'],
  ['SomethingNew', 'GeneralServiceException'],
];

test.each(TABLE)('%s becomes %s, in FSx’s words', (name, code) => {
  const error = fromFsx(Object.assign(new Error('What FSx said'), { name }), 'CreateFileSystem');
  expect(error).toMatchObject({ code });
  expect(error.message).toContain('What FSx said.');
  expect(error.message).toContain(name);
});

test.each([
  ['ECONNREFUSED', 'NetworkFailure'],
  ['ENOTFOUND', 'NetworkFailure'],
] as const)('the network error %s becomes %s', (code, handlerCode) => {
  expect(fromFsx(Object.assign(new Error('connect'), { code }), 'X').code).toBe(handlerCode);
});

test.each([
  [429, 'Throttling'],
  [403, 'AccessDenied'],
  [503, 'ServiceInternalError'],
  [400, 'GeneralServiceException'],
] as const)('an unknown error with HTTP status %i becomes %s', (httpStatusCode, code) => {
  expect(fromFsx({ name: 'Unknown', $metadata: { httpStatusCode } }, 'X').code).toBe(code);
});

test('what to do is added where it is known', () => {
  const limit = Object.assign(new Error('Too much'), {
    name: 'ServiceLimitExceeded',
    Limit: 'TOTAL_STORAGE',
  });
  expect(fromFsx(limit, 'CreateFileSystem').message).toContain('Service Quotas');
  expect(fromFsx(limit, 'CreateFileSystem').message).toContain('TOTAL_STORAGE');
  const network = Object.assign(new Error('ports'), {
    name: 'InvalidNetworkSettings',
    InvalidSubnetId: 'subnet-1',
  });
  expect(fromFsx(network, 'CreateFileSystem').message).toMatch(/subnet-1.*TCP 988.*DependsOn/s);
  const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  expect(fromFsx(denied, 'TagResource').message).toContain('fsx:TagResource');
});

test.each([undefined, null, 'text', 42, {}])(
  '%p, thrown, still becomes an error with a message',
  (thrown) => {
    const error = fromFsx(thrown, 'CreateFileSystem');
    expect(error.code).toBe('GeneralServiceException');
    expect(error.message).not.toBe('');
  },
);
