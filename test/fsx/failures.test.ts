/** A failed call, read part by part: who answered, what is removed from a message, and which attempts are made again. */
import { FSxClient } from '@aws-sdk/client-fsx';
import { fromFsx, mayHaveActed, withAdvice } from '../../src/fsx/errors';
import { readFailure } from '../../src/fsx/failures/failure';
import { isOf } from '../../src/fsx/failures/row';
import { withoutSecrets } from '../../src/fsx/failures/secrets';
import { isFileSystemId } from '../../src/fsx/ids';
import { updateInput } from '../../src/fsx/requests';
import { decideRetries } from '../../src/fsx/retries';
import { HandlerError } from '../../src/handler-error';

const LONG = 'Ab/+9'.repeat(40);

test.each([
  ['via http://user:word@proxy:3128 it', 'via http://***@proxy:3128 it'],
  ['//token@host and //host', '//***@host and //host'],
  ['mail a@b and http://host/x y@z', 'mail a@b and http://host/x y@z'],
  ['See https://b.s3.amazonaws.com/k?a=b&c=d now', 'See https://b.s3.amazonaws.com/k now'],
  ["(http://h/k?a) and 'https://h/?b'", "(http://h/k) and 'https://h/'"],
  ['Is it http://h/k? No, ftp://h/k?a=b', 'Is it http://h/k No, ftp://h/k?a=b'],
  ['x-amz-security-token:abc, rest', 'x-amz-security-token:***, rest'],
  ['X-Amz-Signature=abc&X-Amz-Credential=def;z', 'X-Amz-Signature=***&X-Amz-Credential=***;z'],
  ['Authorization: AWS4-HMAC-SHA256 Credential=X, Signature=y', 'Authorization: ***, Signature=***'],
  ['authorization:   AWS4-HMAC-SHA256   abc def', 'authorization:   *** def'],
  ['"signature": "a b", next', '"signature": ***, next'],
  ["'credential' = 'a b' next", "'credential' = *** next"],
  ['sessiontoken=a session_token=b SessionToken : c', 'sessiontoken=*** session_token=*** SessionToken : ***'],
  ['secretaccesskey=a secret_access_key=b SecretAccess_Key=c', 'secretaccesskey=*** secret_access_key=*** SecretAccess_Key=***'],
  ['password: hunter2 and passwords', 'password: *** and passwords'],
  ['The signature does not match', 'The signature does not match'],
  ['key AKIA0123456789AB and ASIA0123456789ABCDEF.', 'key *** and ***.'],
  ['ABIA0123456789AB ACCA0123456789AB', '*** ***'],
  ['AKIA0123456789A and XAKIA0123456789AB and AKIAabcdefghijkl', 'AKIA0123456789A and XAKIA0123456789AB and AKIAabcdefghijkl'],
  ['Encoded authorization failure message: abc def', 'Encoded authorization failure message: *** def'],
  ['encoded authorization failure message   abc', 'encoded authorization failure message   ***'],
  ['encoded authorization failure message:abc', 'encoded authorization failure message:***'],
  [`a ${LONG}== b`, 'a *** b'],
  [`a ${LONG}=== b`, 'a ***= b'],
  [`a ${LONG} b`, 'a *** b'],
  [`a ${LONG.slice(1)} b`, `a ${LONG.slice(1)} b`],
  [`a ${'a-_'.repeat(67)} b`, 'a *** b'],
])('%s is told as %s', (text, told) => {
  expect(withoutSecrets(text)).toBe(told);
}); // oxfmt-ignore

test('the credentials of the call are removed, unless they are so short that they may be a word', () => {
  const credentials = { accessKeyId: 'keykeyke', secretAccessKey: 'secretss', sessionToken: 'tokentok' };
  expect(withoutSecrets('keykeyke secretss tokentok keykeyke', credentials)).toBe('*** *** *** ***');
  expect(withoutSecrets('It is a key.', { accessKeyId: 'key', secretAccessKey: 'is a ke' })).toBe('It is a key.');
  expect(withoutSecrets('a', {} as never)).toBe('a');
  const cut = withoutSecrets(`${'a '.repeat(5000)}end`);
  expect([cut.length, cut.endsWith('end')]).toEqual([8192, true]);
}); // oxfmt-ignore

const type = (header: unknown) => ({ headers: { 'content-type': header } });

test.each<[string, unknown, string, string, (string | undefined)?]>([
  ['a text', 'no way', 'nobody', 'no way'],
  ['nothing', undefined, 'nobody', 'no message'],
  ['null', null, 'nobody', 'no message'],
  ['an empty message', { message: '' }, 'nobody', 'no message'],
  ['a message that is none', { message: 7 }, 'nobody', 'no message'],
  ['a message with a capital', { Message: 'M' }, 'nobody', 'M'],
  ['both', { message: 'm', Message: 'M' }, 'nobody', 'm'],
  ['several lines', { message: ' \n one \ntwo' }, 'nobody', 'one '],
  ['an answer of AWS', { name: 'A', message: 'm', $metadata: { httpStatusCode: 500 } }, 'aws', 'm'],
  ['an answer without a name', { name: 'Unknown', message: 'UnknownError', $metadata: { httpStatusCode: 403 } }, 'other', 'HTTP status 403 with a response that is not from FSx'],
  ['and with words', { name: 'Unknown', message: 'Forbidden', $metadata: { httpStatusCode: 403 }, $response: type('text/html') }, 'other', 'HTTP status 403 with a response that is not from FSx (Forbidden)'],
  ['no JSON', { name: 'SyntaxError', message: 'is not valid JSON', $metadata: { httpStatusCode: 200 }, $response: type('text/html; charset=utf-8') }, 'other', 'HTTP status 200 with a response that is not from FSx (text/html)'],
  ['a type of something else', { name: 'SyntaxError', message: 'JSON', $metadata: { httpStatusCode: 200 }, $response: type(' <x>text/html') }, 'other', 'HTTP status 200 with a response that is not from FSx'],
  ['no headers', { name: 'SyntaxError', message: 'JSON', $metadata: { httpStatusCode: 200 }, $response: {} }, 'other', 'HTTP status 200 with a response that is not from FSx'],
  ['JSON that breaks off', { name: 'SyntaxError', message: 'JSON', $metadata: { httpStatusCode: 200 }, $response: type('application/x-amz-json-1.1') }, 'cut', 'the response with HTTP status 200 was cut off'],
  ['the code of SyntaxError', { code: 'SyntaxError', message: 'JSON', $metadata: { httpStatusCode: 200 }, $response: type('a/json') }, 'cut', 'the response with HTTP status 200 was cut off'],
  ['a value that the SDK does not expect', { name: 'TypeError', message: 'm', $metadata: { httpStatusCode: 200 } }, 'malformed', 'the response with HTTP status 200 is not a valid FSx API response'],
  ['and in an error', { name: 'TypeError', message: 'm', $metadata: { httpStatusCode: 400 }, $response: type('a/json') }, 'other', 'HTTP status 400 with a response that is not from FSx (a/json)'],
  ['an error of Node as text', new Error('AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:1\nat x'), 'nobody', 'connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'],
  ['with a code in parts', new Error('AWS SDK error wrapper for Error: getaddrinfo EAI_AGAIN fsx.x'), 'nobody', 'getaddrinfo EAI_AGAIN fsx.x', 'EAI_AGAIN'],
  ['with a longer code', new Error('AWS SDK error wrapper for TypeError: ERR_TLS_CERT_ALTNAME_INVALID'), 'nobody', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['without a code', new Error('AWS SDK error wrapper for TimeoutError: An END of it'), 'nobody', 'An END of it'],
  ['a wrapper within', new Error('No AWS SDK error wrapper for Error: x EPIPE'), 'nobody', 'No AWS SDK error wrapper for Error: x EPIPE'],
])('%s is read', (_, thrown, answeredBy, said, ...[code]) => {
  const failure = readFailure(thrown);
  expect([failure.answeredBy, failure.said]).toEqual([answeredBy, said]);
  if (thrown instanceof Error) expect(failure.names[1]).toBe(code);
}); // oxfmt-ignore

test('the parts of a failure', () => {
  const thrown = { name: 'A', code: 'B', message: 'm', Limit: 'L', $metadata: { httpStatusCode: 400, requestId: 'r' } };
  expect(readFailure(thrown, undefined, 'eu-west-1')).toEqual({
    answeredBy: 'aws',
    names: ['A', 'B'],
    said: 'm',
    status: 400,
    requestId: 'r',
    members: thrown,
    region: 'eu-west-1',
  });
  expect(readFailure({ name: 7, code: null }).names).toEqual([]);
  expect(readFailure({ message: 'x '.repeat(2000) }).said).toHaveLength(2048);
}); // oxfmt-ignore

test('a row without names is for refusals by AWS alone', () => {
  const of = (thrown: object) => isOf({ code: 'InvalidRequest', says: /no/ }, readFailure(thrown));
  const status = (httpStatusCode: number, name = 'A', message = 'no') => ({ name, message, $metadata: { httpStatusCode } });
  expect([399, 400, 499, 500].map((each) => of(status(each)))).toEqual([false, true, true, false]);
  expect([of(status(400, 'Unknown')), of(status(400, 'A', 'yes')), of({ name: 'A', message: 'no' })]).toEqual([false, false, false]);
}); // oxfmt-ignore

test.each([
  ...['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'].map((code) => [code, 'could not be resolved', true] as const),
  ...['CERT_NOT_YET_VALID', 'UNABLE_TO_GET_ISSUER_CERT', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'EPROTO', 'CERT_HAS_EXPIRED'].map((code) => [code, 'could not be secured', undefined] as const),
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ERR_SOCKET_CONNECTION_TIMEOUT'].map((code) => [code, 'FSx did not respond', true] as const),
  ['ECONNRESET', 'FSx', false],
] as const)('%s: %s', (code, words, neverSent) => {
  const error = fromFsx(Object.assign(new Error('x'), { code }), 'CreateFileSystem');
  expect([error.code, error.message]).toEqual(['NetworkFailure', expect.stringContaining(words)]);
  if (neverSent !== undefined) expect(mayHaveActed(Object.assign(new Error('x'), { code }))).toBe(!neverSent);
}); // oxfmt-ignore

test.each([
  ['BadRequest', 400, false],
  ['ThrottlingException', 429, false],
  ['InternalServerError', 500, true],
  ['Unknown', 429, true],
  ['SyntaxError', 403, true],
  ['TypeError', 200, true],
])('whether FSx may have acted after %s with status %i', (name, httpStatusCode, expected) => {
  expect(mayHaveActed({ name, $metadata: { httpStatusCode } })).toBe(expected);
}); // oxfmt-ignore

/** The code and the message of FSx's answer, whatever its status. */
const answered = (name: string, message: string, httpStatusCode = 400, more: object = {}) => {
  const { code, message: told } = fromFsx({ name, message, $metadata: { httpStatusCode }, ...more }, 'CreateFileSystem', { region: 'eu-west-1' }); // oxfmt-ignore
  return `${code}: ${told}`;
};

test.each([
  ['InternalError', 400, 'ServiceInternalError'],
  ['ServiceUnavailable', 400, 'ServiceInternalError'],
  ['ServiceUnavailableException', 400, 'ServiceInternalError'],
  ['InternalFailure', 400, 'ServiceInternalError'],
  ['InternalServerError', 400, 'ServiceInternalError'],
  ['SomethingNew', 499, 'GeneralServiceException'],
  ['SomethingNew', 500, 'ServiceInternalError'],
])('%s with HTTP status %i is %s', (name, status, code) => {
  expect(answered(name, 'm', status)).toMatch(new RegExp(`^${code}: `));
});

test('what somebody else says is no word of FSx', () => {
  const said = ['insufficient capacity', 'The KMS key does not work', 'The subnet ID does not exist'];
  for (const each of said) {
    expect(answered('Unknown', each, 400)).toContain('between the handlers and FSx');
    const { code, message } = fromFsx({ name: 'Error', message: each }, 'CreateFileSystem');
    expect([code, message]).toEqual(['GeneralServiceException', `FSx CreateFileSystem: ${each}. (Error)`]);
  }
}); // oxfmt-ignore

test('limits by their names, and those that are not known', () => {
  const limits = ['FILE_SYSTEM_COUNT', 'TOTAL_STORAGE', 'TOTAL_THROUGHPUT_CAPACITY', 'TOTAL_USER_INITIATED_BACKUPS', 'TOTAL_USER_TAGS', 'TOTAL_IN_PROGRESS_COPY_BACKUPS', 'NEW', undefined];
  expect(limits.map((Limit) => answered('ServiceLimitExceeded', 'm', 400, { Limit }))).toMatchSnapshot();
}); // oxfmt-ignore

test.each([
  'The group sg-01234567 is gone. Another security group permits no traffic',
  'Availability Zone A is not one that we support',
  'We do not support the Availability Zone',
  'Not in every availability zone, and not offered',
  'autoimport and its region',
  'The region for AutoImport',
  'The region for auto import',
])('what is advised where FSx says: %s', (message) => {
  expect(answered('BadRequest', message)).toMatchSnapshot();
});

test('a missing subnet or group is missing by one of its names', () => {
  for (const names of [
    { name: 'A', code: 'InvalidSubnet' },
    { name: 'InvalidSubnet', code: 'A' },
  ])
    expect(answered(names.name, 'm', 400, names)).toContain('SubnetIds must exist');
});

test('a signature is too late by one of its names', () => {
  const clock = 'The clock of the computer';
  expect(answered('SignatureDoesNotMatch', 'm', 403, { code: 'RequestExpired' })).toContain(clock);
  expect(answered('SignatureDoesNotMatch', 'm', 403)).not.toContain(clock);
});

test('reasons of a description are told once each, with advice', () => {
  expect(withAdvice([])).toBe('');
  expect(withAdvice(['One', 'Two.', 'One'])).toBe('One. Two.');
  expect(withAdvice(['Backups cannot be created on S3-linked file systems'])).toMatchSnapshot();
  expect(withAdvice(['A backup is in progress'])).toMatch(/^A backup is in progress\. Retry the operation when aws fsx describe-backups /); // oxfmt-ignore
  const told = withAdvice(['x '.repeat(600)]);
  expect(told.length).toBe(520);
});

test('an error of the handlers stays what it is', () => {
  const error = new HandlerError('InvalidRequest', 'It is wrong.');
  expect(fromFsx(error, 'CreateFileSystem')).toBe(error);
  expect(fromFsx({ message: 'm' }, 'CreateFileSystem')).toMatchObject({ mayHaveActed: false });
  expect(fromFsx({ message: 'm' }, 'X', { mayHaveActed: true })).toMatchObject({ mayHaveActed: true });
}); // oxfmt-ignore

test('the form of a file system id', () => {
  const right = ['fs-01234567', 'fs-0123456789abcdef0', 'fs-0123456789abcdef01'];
  const wrong = ['fs-0123456', 'fs-0123456789abcdef012', 'xfs-01234567', 'fs-01234567g', 'FS-01234567', '', undefined, 7, ['fs-01234567'], { toString: () => 'fs-01234567' }];
  expect([...right, ...wrong].filter(isFileSystemId)).toEqual(right);
}); // oxfmt-ignore

test('what cannot be changed is in no update', () => {
  const properties = { StorageCapacity: 2400, StorageType: 'SSD', SubnetIds: ['s'], KmsKeyId: 'k', FileSystemTypeVersion: '2.15', DataCompressionType: 'LZ4' } as const;
  expect(updateInput('fs-01234567', { ...properties, SubnetIds: [...properties.SubnetIds] }, 't')).toEqual({
    FileSystemId: 'fs-01234567',
    StorageCapacity: 2400,
    FileSystemTypeVersion: '2.15',
    LustreConfiguration: { DataCompressionType: 'LZ4' },
    ClientRequestToken: 't',
  });
}); // oxfmt-ignore

describe('attempts', () => {
  const decided = async (isTriedAgain: (isThrottled: boolean) => boolean) => {
    const client = new FSxClient({ region: 'us-east-1', maxAttempts: 9 });
    decideRetries(client, ({ isThrottled }) => isTriedAgain(isThrottled));
    const strategy = await client.config.retryStrategy();
    client.destroy();
    if (!('refreshRetryTokenForRetry' in strategy)) throw new Error('an old strategy');
    const token = await strategy.acquireInitialRetryToken('s');
    return (errorType: 'THROTTLING' | 'TRANSIENT') =>
      strategy.refreshRetryTokenForRetry(token, { errorType });
  };

  test('are made again as is decided, by whether FSx throttled the last', async () => {
    const again = await decided((isThrottled) => isThrottled);
    expect((await again('THROTTLING')).getRetryCount()).toBe(1);
    await expect(again('TRANSIENT')).rejects.toThrow('No attempts are left.');
    const other = await decided((isThrottled) => !isThrottled);
    expect((await other('TRANSIENT')).getRetryCount()).toBe(1);
    await expect(other('THROTTLING')).rejects.toThrow('No attempts are left.');
  });

  test('are left to a strategy that cannot be asked', async () => {
    const old = { mode: 'old', retry: () => Promise.reject(new Error('never')) };
    const client = new FSxClient({ region: 'us-east-1', retryStrategy: old });
    decideRetries(client, () => false);
    expect(await client.config.retryStrategy()).toBe(old);
    client.destroy();
  });
});
