/** What becomes of everything that a call to FSx can fail with, from the answer on the wire on. */
import * as sdk from '@aws-sdk/client-fsx';
import fc from 'fast-check';
import { Fsx } from '../../src/fsx/client';
import { fromFsx, withAdvice } from '../../src/fsx/errors';
import type { HandlerError, HandlerErrorCode } from '../../src/handler-error';
import { describeRegion, REGIONS } from '../../src/lustre/catalog/regions';
import { startRecorder, type Reply } from '../runtime/recorder';

/** By code, the names of the FSx API model, of AWS's common errors and of the SDK. */
const CODES: Readonly<Partial<Record<HandlerErrorCode, readonly string[]>>> = {
  NotFound: ['FileSystemNotFound', 'ResourceNotFound'],
  InvalidRequest: [
    'BadRequest',
    'BackupNotFound',
    'SourceBackupUnavailable',
    'IncompatibleParameterError',
    'InvalidNetworkSettings',
    'InvalidPerUnitStorageThroughput',
    'InvalidImportPath',
    'InvalidExportPath',
    'InvalidDataRepositoryType',
    'MissingFileSystemConfiguration',
    'UnsupportedOperation',
    'NotServiceResourceError',
    'ResourceDoesNotSupportTagging',
    'ActiveDirectoryError',
    'ValidationException',
    'ValidationError',
    'SerializationException',
    'InvalidRegion',
    'IncompatibleRegionForMultiAZ',
    'InvalidRequest',
    'InvalidSourceKmsKey',
    'InvalidDestinationKmsKey',
    'InvalidAccessPoint',
    'AccessPointAlreadyOwnedByYou',
    'S3AccessPointAttachmentNotFound',
    'DataRepositoryAssociationNotFound',
    'DataRepositoryTaskExecuting',
    'DataRepositoryTaskNotFound',
    'DataRepositoryTaskEnded',
    'FileCacheNotFound',
    'MissingFileCacheConfiguration',
    'MissingVolumeConfiguration',
    'SnapshotNotFound',
    'StorageVirtualMachineNotFound',
    'VolumeNotFound',
    'InvalidSubnetID.NotFound',
    'InvalidGroup.NotFound',
  ],
  ResourceConflict: ['BackupInProgress', 'BackupBeingCopied', 'BackupRestoring'],
  ServiceLimitExceeded: ['ServiceLimitExceeded', 'TooManyAccessPoints'],
  Throttling: [
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
  AccessDenied: [
    'AccessDeniedException',
    'AccessDenied',
    'UnauthorizedOperation',
    'NotAuthorized',
    'UnauthorizedAccess',
    'OptInRequired',
    'SubscriptionRequiredException',
  ],
  InvalidCredentials: [
    'ExpiredToken',
    'ExpiredTokenException',
    'TokenRefreshRequired',
    'RequestExpired',
    'RequestTimeTooSkewed',
    'RequestInTheFuture',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'InvalidAccessKeyId',
    'AuthFailure',
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'IncompleteSignature',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'CredentialsProviderError',
  ],
  NetworkFailure: [
    'TimeoutError',
    'AbortError',
    'NetworkingError',
    'RequestTimeout',
    'RequestTimeoutException',
  ],
  ServiceInternalError: [
    'InternalServerError',
    'InternalFailure',
    'InternalError',
    'ServiceUnavailable',
    'ServiceUnavailableException',
  ],
  GeneralServiceException: ['UnknownOperationException', 'UnknownOperation', 'SomethingNew'],
};
const NAMES = Object.entries(CODES).flatMap(([code, names]) =>
  names.map((name) => [name, code as HandlerErrorCode] as const),
);

/** Codes that Node gives where there is no answer. */
const NODE: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

const CREDENTIALS = {
  accessKeyId: 'AKIDKNOWNTOTHETEST',
  secretAccessKey: 'known/secret+that/nobody/may/see',
  sessionToken: 'known-token-that-nobody-may-see',
};

let recorder: Awaited<ReturnType<typeof startRecorder>>;
let reply: Reply;
beforeAll(async () => (recorder = await startRecorder(() => reply)));
afterAll(() => recorder.close());

/** What one call ends in, when it gets this answer. */
async function failed(
  answer: Reply,
  endpoint = recorder.url,
  region = 'us-east-1',
): Promise<HandlerError> {
  reply = answer;
  process.env.AWS_ENDPOINT_URL_FSX = endpoint;
  const fsx = new Fsx({
    region,
    credentials: CREDENTIALS,
    attempts: 1,
    callsBack: true,
    deadline: 30_000,
  });
  try {
    await fsx.update({ FileSystemId: 'fs-0123456789abcdef0' });
  } catch (error) {
    return error as HandlerError;
  } finally {
    fsx.close();
  }
  throw new Error('The call succeeded.');
}

test.each(NAMES)('%s becomes %s, in FSx’s words', async (error, code) => {
  const status = code === 'ServiceInternalError' ? 500 : 400;
  const failure = await failed({ error, status, message: 'What FSx said' });
  expect(failure).toMatchObject({ code });
  expect(failure.message).toMatch(/^FSx UpdateFileSystem: What FSx said\. /);
  expect(failure.message).toContain(`(${error}, request request-`);
});

test('every error of the FSx API model is in the list', () => {
  const model = Object.entries(sdk)
    .filter(
      ([, value]) =>
        typeof value === 'function' && value.prototype instanceof sdk.FSxServiceException,
    )
    .map(([name]) => name);
  expect(model.length).toBeGreaterThan(30);
  expect(NAMES.map(([name]) => name)).toEqual(expect.arrayContaining(model));
});

test.each(NODE)('%s becomes NetworkFailure', (code) => {
  const error = fromFsx(Object.assign(new Error('connect'), { code }), 'CreateFileSystem');
  expect(error).toMatchObject({ code: 'NetworkFailure', isTransient: true });
  expect(error.message).toContain(`(${code})`);
});

test.each([
  ['a port that is closed', 'http://127.0.0.1:1', 'FSx did not respond', false],
  ['a name that does not exist', 'http://fsx.invalid', 'could not be resolved', false],
  ['a server without TLS', undefined, 'could not be secured', true],
])('%s', async (_, endpoint, advice, mayHaveActed) => {
  const error = await failed(
    { success: {} },
    endpoint ?? recorder.url.replace('http://', 'https://'),
  );
  expect(error).toMatchObject({ code: 'NetworkFailure', mayHaveActed });
  expect(error.message).toContain(advice);
});

test.each([
  [429, 'Throttling'],
  [401, 'InvalidCredentials'],
  [403, 'AccessDenied'],
  [503, 'ServiceInternalError'],
  [400, 'GeneralServiceException'],
] as const)('a new error with HTTP status %i becomes %s', async (status, code) => {
  expect(await failed({ error: 'SomethingNew', status })).toMatchObject({ code });
});

describe('an answer that is not from FSx', () => {
  const html = (status: number, type = 'text/html; charset=utf-8'): Reply => ({
    status,
    type,
    body: '<html><body>Sign in <a href="http://user:secret@proxy.example.com">here</a></body></html>',
  });

  test.each([
    [200, 'GeneralServiceException'],
    [302, 'GeneralServiceException'],
    [403, 'GeneralServiceException'],
    [404, 'GeneralServiceException'],
    [407, 'GeneralServiceException'],
    [511, 'GeneralServiceException'],
    [408, 'NetworkFailure'],
    [429, 'Throttling'],
    [500, 'ServiceInternalError'],
    [502, 'ServiceInternalError'],
    [503, 'ServiceInternalError'],
    [504, 'ServiceInternalError'],
  ] as const)('HTML with HTTP status %i', async (status, code) => {
    const error = await failed(html(status));
    expect(error).toMatchObject({ code, isTransient: code !== 'GeneralServiceException' });
    expect(error.message).toContain(
      `FSx UpdateFileSystem: HTTP status ${status} with a response that is not from FSx (text/html). `,
    );
    expect(error.message).toMatch(/between the handlers and FSx.*AWS_ENDPOINT_URL_FSX/);
    expect(error.message).not.toMatch(/JSON|token|Deserialization|SyntaxError|secret|</);
  });

  test('a proxy that wants a sign-in is named', async () => {
    expect((await failed(html(407))).message).toContain('A proxy');
  });

  test.each([
    ['an empty body', { status: 403, type: 'text/plain', body: '' }, '(text/plain)'],
    ['plain text', { status: 403, type: 'text/plain', body: 'Blocked' }, '(text/plain)'],
    ['XML', { status: 400, type: 'application/xml', body: '<Error/>' }, '(application/xml)'],
    [
      'JSON of somebody else',
      { status: 403, type: 'application/json', body: '{"message":"Forbidden"}' },
      '(Forbidden)',
    ],
    ['nothing of itself', { status: 403, type: '', body: '{}' }, 'not from FSx. '],
  ] as const)('%s', async (_, answer, words) => {
    const error = await failed(answer);
    expect(error.code).toBe('GeneralServiceException');
    expect(error.message).toContain(`HTTP status ${answer.status}`);
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/UnknownError|is not valid JSON/);
  });

  test.each([
    [200, 'GeneralServiceException'],
    [403, 'GeneralServiceException'],
    [407, 'GeneralServiceException'],
    [502, 'ServiceInternalError'],
    [504, 'ServiceInternalError'],
  ] as const)(
    'a page that calls itself JSON, with HTTP status %i, is not an answer of FSx that breaks off',
    async (status, code) => {
      const error = await failed(html(status, 'application/x-amz-json-1.1'));
      expect(error).toMatchObject({ code, mayHaveActed: true });
      expect(error.message).toMatch(
        /with a response that is not from FSx \(application\/x-amz-json-1\.1\)\. .*AWS_ENDPOINT_URL_FSX/,
      );
      expect(error.message).not.toMatch(/cut off|secret|</);
    },
  );

  test.each(['[object Object]', 'undefined', '{"a": "b\nc"}', '{"a": "\\x"}'])(
    'what cannot be the beginning of JSON, %j, is not an answer of FSx that breaks off',
    async (body) => {
      const error = await failed({ status: 200, type: 'application/x-amz-json-1.1', body });
      expect(error).toMatchObject({ code: 'GeneralServiceException', mayHaveActed: true });
    },
  );

  test.each([' {"__type":"Bad', '\n{', '{"a": "\\ud83d', '{"a": tr', '{"a": [-', '{"a": 1'])(
    'an answer that begins as one of FSx, %j, is one that breaks off',
    async (body) => {
      const error = await failed({ status: 400, type: 'application/x-amz-json-1.1', body });
      expect(error).toMatchObject({ code: 'NetworkFailure', mayHaveActed: true });
    },
  );

  test('an answer of FSx that breaks off is a broken network', async () => {
    const body = '{"FileSystem": {"FileSystemId": "fs-';
    const error = await failed({ status: 200, type: 'application/x-amz-json-1.1', body });
    expect(error).toMatchObject({ code: 'NetworkFailure', mayHaveActed: true });
    expect(error.message).toBe(
      'FSx UpdateFileSystem: the response with HTTP status 200 was cut off. Retry the operation.',
    );
  });
});

describe('no secret is in a message', () => {
  const TOKEN = `IQoJb3JpZ2luX2VjE${'Ab/+9'.repeat(60)}==`;
  test.each([
    ['the secret key of the call', `It was ${CREDENTIALS.secretAccessKey}`],
    ['the session token of the call', `It was ${CREDENTIALS.sessionToken}`],
    ['the access key of the call', `Credential=${CREDENTIALS.accessKeyId}/20261125/us-east-1`],
    ['another session token', `The token ${TOKEN} is expired`],
    ['a header', `x-amz-security-token:${TOKEN.slice(0, 60)}`],
    ['a signed address', 'See https://bucket.s3.amazonaws.com/k?X-Amz-Signature=abcdef012345'],
    ['an address with a password', 'via http://user:hunter2abcdef012345@proxy.example.com:3128'],
    ['a signature', 'Authorization: AWS4-HMAC-SHA256 Credential=X, Signature=abcdef012345'],
    ['a canonical request', `It does not match.\n\nx-amz-security-token:${TOKEN}`],
    ['an encoded message', `Encoded authorization failure message: ${TOKEN}`],
  ])('%s', async (_, message) => {
    for (const error of ['InvalidSignatureException', 'BadRequest', 'SomethingNew']) {
      const { message: told } = await failed({ error, message });
      expect(told).not.toContain(CREDENTIALS.secretAccessKey);
      expect(told).not.toContain(CREDENTIALS.sessionToken);
      expect(told).not.toContain(CREDENTIALS.accessKeyId);
      expect(told).not.toMatch(/IQoJ|abcdef012345/);
    }
  });

  test('what only looks long stays', async () => {
    const said =
      'User: arn:aws:sts::123456789012:assumed-role/pangea-fsx-lustrefilesystem-role-stack-ExecutionRole-1ABCDEFGHIJKL/pangea-fsx-lustrefilesystem-session-0123456789abcdef is no friend of arn:aws:organizations::777788889999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid123. See https://docs.aws.amazon.com/fsx/latest/LustreGuide/setting-up.html#fsx-adding-permissions-s3.';
    expect((await failed({ error: 'BadRequest', message: said })).message).toContain(said);
  });
});

test('however long FSx’s words are, the advice is whole and the message fits', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.nat(400),
      fc.boolean(),
      (words, times, mayHaveActed) => {
        const thrown = {
          name: 'BackupNotFound',
          message: words.repeat(times),
          $metadata: { httpStatusCode: 400, requestId: 'r-1' },
        };
        const { message } = fromFsx(thrown, 'CreateFileSystemFromBackup', { mayHaveActed });
        expect(message.length).toBeLessThanOrEqual(mayHaveActed ? 784 : 1024);
        expect(message).toMatch(
          /BackupId must name .* copy-backup\. \(BackupNotFound, request r-1\)$/,
        );
        expect(message).not.toMatch(/[\uD800-\uDFFF]/u);
      },
    ),
  );
});

test('a long message leaves 240 characters for the sentence that FSx may have acted, and no more', () => {
  const thrown = { name: 'BadRequest', message: 'word '.repeat(400) };
  const lengths = [false, true].map(
    (mayHaveActed) => fromFsx(thrown, 'UpdateFileSystem', { mayHaveActed }).message.length,
  );
  expect(lengths).toEqual([1024, 784]);
});

test.each(['no free ', 'security group permit ', 'region ', 'http://', 'x-amz-signature=', 'A'])(
  'a message that is made to take long takes no time: %s',
  async (words) => {
    const message = words.repeat(100_000);
    const begun = process.cpuUsage();
    const error = await failed({ error: 'BadRequest', message });
    // Microseconds of this process, however busy the computer is.
    expect(process.cpuUsage(begun).user).toBeLessThan(2_000_000);
    expect(error.message.length).toBeLessThanOrEqual(1024);
  },
);

/** FSx may change how it writes them. */
test.each([
  'Insufficient security group permissions to create an EFA-enabled file system. Update security group to allow all internal inbound and outbound traffic.',
  'The file system cannot be created because the default security group in the subnet provided or the provided security groups do not permit Lustre LNET network traffic on port 988',
  'Amazon FSx is unable to validate access to the S3 bucket. Ensure the IAM role or user you are using has s3:Get*, s3:List* and s3:PutObject permissions to the S3 bucket prefix.',
  'Amazon FSx is unable to create Service-Linked-Role to access the S3 bucket. Ensure the IAM role or user you are using has the required permissions.',
  'Invalid Lustre deployment configuration: the provided throughput is invalid or does not meet the storage capacity requirement',
  'Unable to perform the storage capacity update. There is an update already in progress.',
  'FSx for Lustre does not currently have enough available hardware capacity in the requested Availability Zone to fulfill your request.',
  'Access denied for import path.',
  'Backups cannot be created on S3-linked file systems',
])(
  'a message on record gets the same advice in any case and with words around it: %s',
  async (said) => {
    const advice = async (message: string) => {
      const { message: told } = await failed({ error: 'BadRequest', message });
      return told.slice(told.indexOf(message) + message.length).replace(/^\.?\s|\(.*/g, '');
    };
    const usual = await advice(said);
    expect(usual).toMatch(/^[A-Z].{40,}/);
    for (const other of [said.toUpperCase(), said.toLowerCase(), `Error: ${said} (for fs-1).`])
      expect(await advice(other)).toBe(usual);
  },
);

test.each([undefined, null, 'text', 42, {}])(
  '%p, thrown, still becomes an error with a message',
  (thrown) => {
    const error = fromFsx(thrown, 'CreateFileSystem');
    expect(error.code).toBe('GeneralServiceException');
    expect(error.message).not.toBe('');
  },
);

const NOT_OFFERED =
  'Invalid Lustre deployment configuration: the provided throughput is invalid or does not meet the storage capacity requirement';

test.each(REGIONS.map(({ region }) => region))(
  'what is not offered is explained by what the table has of %s',
  async (region) => {
    const answer: Reply = { error: 'BadRequest', message: NOT_OFFERED };
    const { message } = await failed(answer, recorder.url, region);
    expect(message).toContain(`in ${region} or in the Availability Zone of the subnet`);
    expect(message).toContain(describeRegion(region));
    expect(message.length).toBeLessThanOrEqual(1024);
    const arn = `arn:aws:fsx:${region}:123456789012:file-system/fs-0123456789abcdef0`;
    expect(withAdvice([NOT_OFFERED], arn)).toContain(describeRegion(region));
  },
);

test('of a region that the table does not have, nothing is told', async () => {
  const answer: Reply = { error: 'BadRequest', message: NOT_OFFERED };
  const { message } = await failed(answer, recorder.url, 'eu-north-2');
  expect(message).toContain('in eu-north-2 or in the Availability Zone');
  expect(message).not.toContain('table');
  expect(withAdvice([NOT_OFFERED])).toContain('in this region or in the Availability Zone');
});
