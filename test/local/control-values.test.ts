import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startLocalFsx, type LocalFsx } from '../../local/fsx/server';
import { localServer } from '../../local/http';
import { call, closeAll, control, manualFsx, PERSISTENT_1, post, START } from './support';

/** What is posted to the control API is looked at when it is posted: nothing ends the server, now or after a restart. */
let folder: string;
let stateFile: string;
let fsx: LocalFsx;
let id: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'control-'));
  stateFile = join(folder, 'state.json');
  fsx = await manualFsx({ stateFile });
  const { body } = await call(fsx, 'CreateFileSystem', PERSISTENT_1);
  ({ FileSystemId: id } = body.FileSystem as { FileSystemId: string });
});
afterAll(async () => {
  await closeAll();
});

/** `PATH body`, as text, since JSON knows more than what can be written in JavaScript. */
const WRONG: readonly (readonly [path: string, body: string, words: RegExp])[] = [
  ['faults', '{"fault":"unavailable","status":"abc"}', /status must be an integer from 200 to 599/],
  ['faults', '{"fault":"unavailable","status":99}', /status must be/],
  ['faults', '{"fault":"unavailable","status":503.5}', /status must be/],
  [
    'faults',
    '{"fault":"error","code":"A\\r\\nSet-Cookie: x"}',
    /code must be the name of an error/,
  ],
  ['faults', '{"fault":"error","code":"Ä"}', /code must be/],
  ['faults', '{"fault":"error","code":""}', /code must be/],
  ['faults', '{"fault":"error"}', /error needs a code/],
  ['faults', '{"fault":"error","code":"A","members":[]}', /members must be an object/],
  ['faults', '{"fault":"error","code":"A","message":{}}', /message must be text/],
  ['faults', '{"fault":"slow","delay":1e300}', /delay must be an integer from 0 to 600000/],
  ['faults', '{"fault":"slow","delay":-1}', /delay must be/],
  ['faults', '{"fault":"slow","times":1e999}', /times must be/],
  ['faults', '{"fault":"slow","after":1e999}', /after must be/],
  ['faults', '{"fault":"slow","match":null}', /match must be an object/],
  ['faults', '{"fault":"slow","operation":["constructor"]}', /operation must be/],
  ['faults', '{"fault":"slow","operation":"__proto__"}', /operation must be/],
  ['faults', '{"fault":"serviceLimit","limit":7}', /limit must be text/],
  ['faults', '{"fault":"slow","dleay":5}', /it cannot have dleay; use fault, operation/],
  ['faults', '{"fault":"slow","__proto__":{"status":1}}', /it cannot have __proto__/],
  ['faults', '{"__proto__":{"fault":"slow"}}', /fault must be one of/],
  ['faults', '{"fault":"toString"}', /fault must be one of/],
  ['faults', '{}', /fault must be one of/],
  ['faults', '[]', /not a JSON object/],
  ['faults', 'null', /not a JSON object/],
  ['clock', '{"advance":1e30}', /beyond the year 9999/],
  ['clock', '{"advance":1e999}', /number of milliseconds/],
  ['clock', '{"advance":-1}', /only goes forward/],
  ['clock', '{"advance":null}', /number of milliseconds/],
  ['clock', '{"advance":"1"}', /number of milliseconds/],
  ['clock', '{"advance":1,"now":2}', /it cannot have now/],
  ['clock', '{}', /number of milliseconds/],
  ['clock', '{"advance":NaN}', /not valid JSON/],
  ['world', '{"missingBuckets":[1]}', /missingBuckets must be a list of strings/],
  ['world', '{"missingBuckets":null}', /missingBuckets must be a list of strings/],
  ['world', '{"__proto__":[]}', /Not an environment: it cannot have __proto__/],
  ['world', '{"constructor":[]}', /Not an environment: it cannot have constructor/],
  ['world', '{"quotas":{"fileSystems":1e999}}', /fileSystems must be a number/],
  ['world', '{"quotas":{"fileSystems":-1}}', /fileSystems must be a number/],
  ['world', '{"quotas":{"__proto__":1}}', /no quota __proto__/],
  ['world', '{"quotas":null}', /quotas must be an object/],
  ['world', '{"a\\u001b[2J\\n":[]}', /it cannot have "a\\u001b\[2J\\n"/],
  ['file-systems/ID', '{"values":{"StorageCapacity":"much"}}', /values must be/],
  ['file-systems/ID', '{"values":{"StorageCapacity":1e999}}', /values must be/],
  ['file-systems/ID', '{"values":{"Unheard":1}}', /values must be/],
  [
    'file-systems/ID',
    '{"values":{"LustreConfiguration":{"DeploymentType":"PERSISTENT_9"}}}',
    /values must be/,
  ],
  [
    'file-systems/ID',
    '{"values":{"LustreConfiguration":{"DailyAutomaticBackupStartTime":"noon"}}}',
    /values must be/,
  ],
  ['file-systems/ID', '{"values":[]}', /values must be/],
  ['file-systems/ID', '{"tags":[{"Key":1,"Value":""}]}', /tags must be a list/],
  ['file-systems/ID', '{"tags":{"length":1}}', /tags must be a list/],
  ['file-systems/ID', '{"lifecycle":5}', /lifecycle must be/],
  ['file-systems/ID', '{"lifecycle":"FAILED","message":5}', /message must be text/],
  [
    'file-systems/ID',
    '{"lifecycle":"FAILED","updatable":"yes"}',
    /updatable must be true or false/,
  ],
  ['file-systems/ID', '{"deletion":{}}', /it cannot have deletion/],
  ['file-systems/__proto__', '{}', /no Lustre file system/],
  ['file-systems/constructor', '{}', /no Lustre file system/],
  ['file-systems/..%2f..%2fetc', '{}', /no Lustre file system/],
  ['../../etc/passwd', '{}', /No such control/],
  ['__proto__', '{}', /No such control: POST \/_local\/__proto__\. There are: GET \/_local\/, /],
  [
    'faults',
    `{"fault":"slow","match":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    /nested too deeply/,
  ],
  [
    'faults',
    `{"fault":"slow","match":${'{"a":'.repeat(60)}1${'}'.repeat(60)}}`,
    /nested too deeply/,
  ],
];

test.each(WRONG.map(([path, body, words]) => [path, body.slice(0, 80), body, words] as const))(
  'POST %s %s is refused in a sentence',
  async (path, _, body, words) => {
    const before = fsx.fileSystems.all();
    const answer = await post(fsx, body, {}, `/_local/${path.replace('ID', id)}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(words);
    expect(answer.raw).not.toMatch(/ at .*\.ts/);
    expect(fsx.faults.list()).toEqual([]);
    expect(fsx.clock.now()).toBe(START);
    expect(fsx.fileSystems.all()).toEqual(before);
    expect(fsx.setWorld({}).quotas).toEqual({});
  },
);

test('and what was posted leaves a state file that the next server takes', async () => {
  for (const [path, body] of WRONG) {
    await post(fsx, body, {}, `/_local/${path.replace('ID', id)}`);
  }
  await fsx.close();
  const next = await startLocalFsx({ stateFile, manualClock: true });
  expect(next.fileSystems.get(id)).toBeDefined();
  await next.close();
  fsx = await manualFsx({ stateFile });
});

test('the clock stops at the end of the year 9999, however often it is moved', async () => {
  const own = await manualFsx();
  let answer = await control(own, 'POST', 'clock', { advance: 1e14 });
  while (answer.status === 200) answer = await control(own, 'POST', 'clock', { advance: 1e14 });
  expect(answer.body.error).toMatch(/beyond the year 9999/);
  await call(own, 'CreateFileSystem', PERSISTENT_1);
  expect((await control(own, 'GET', '')).body.now).toMatch(/^[89]\d{3}-/);
});

test('there are only so many faults', async () => {
  const own = await manualFsx();
  for (let count = 0; count < 1000; count += 1) own.faults.add({ fault: 'slow' });
  const answer = await control(own, 'POST', 'faults', { fault: 'slow' });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatch(/1000 faults already/);
});

test('an error may have the name of a member of every object', async () => {
  const own = await manualFsx();
  own.faults.add({ fault: 'error', code: 'constructor' });
  const { body } = await call(own, 'DescribeFileSystems', {});
  expect(body).toEqual({ __type: 'constructor', Message: 'constructor' });
});

test('a fault that matches a member of every object matches no request', async () => {
  const own = await manualFsx();
  own.faults.add({ fault: 'throttling', match: JSON.parse('{"__proto__":{}}') as object as never });
  own.faults.add({ fault: 'throttling', match: { constructor: {} } });
  expect((await call(own, 'DescribeFileSystems', {})).status).toBe(200);
});

test('requests that are remembered take only so much room', async () => {
  const own = await manualFsx();
  const body = JSON.stringify({ Unheard: 'x'.repeat(1_000_000) });
  for (let count = 0; count < 40; count += 1) {
    await post(own, body, { 'X-Amz-Target': 'AWSSimbaAPIService_v20180301.DescribeFileSystems' });
  }
  expect(own.requests.count()).toBe(40);
  expect(own.requests.all().length).toBeLessThan(35);
  expect(own.requests.all().length).toBeGreaterThan(10);
});

test('a request that is nested deeply can be told like the others', async () => {
  const own = await manualFsx();
  const deep = `{"Unheard":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  await post(own, deep, { 'X-Amz-Target': 'AWSSimbaAPIService_v20180301.DescribeFileSystems' });
  const told = await control(own, 'GET', 'requests');
  expect(told.status).toBe(200);
});

describe('requests that are not of HTTP, or do not end', () => {
  const send = async (lines: string): Promise<string> => {
    const socket = connect(fsx.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end(lines);
    return text(socket).catch(() => '');
  };
  const POST = 'POST /_local/faults HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1\.1 400/],
    ['a length that is no number', `${POST}Content-Length: abc\r\n\r\n{}`, /^HTTP\/1\.1 400/],
    ['a negative length', `${POST}Content-Length: -5\r\n\r\n{}`, /^HTTP\/1\.1 400/],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, /^HTTP\/1\.1 400/],
    ['a length beyond the body', `${POST}Content-Length: 100\r\n\r\n{}`, /^(HTTP\/1\.1 400|$)/],
    ['chunks that are none', `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, /^HTTP\/1\.1 400/],
    ['no body', `${POST}\r\n`, /^HTTP\/1\.1 400 [^]*fault must be/],
    ['a header of 100 KB', `${POST}X: ${'x'.repeat(100_000)}\r\n\r\n`, /^(HTTP\/1\.1 431|$)/],
    ['a flood of headers', `${POST}${'X: x\r\n'.repeat(20_000)}\r\n`, /^(HTTP\/1\.1 431|$)/],
    ['a method that nobody knows', 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n', /^HTTP\/1\.1 400/],
    ['a path that is no path', `${POST.replace('/_local/faults', '//[')}\r\n`, /UnknownOperation/],
    ['a path out of here', `${POST.replace('faults', '../../etc/passwd')}\r\n`, /No such control/],
    ['another address', `${POST.replace('/_local', 'http://[')}\r\n`, /^HTTP\/1\.1 400/],
  ])('%s', async (_, lines, answer) => {
    expect(await send(lines)).toMatch(answer);
    expect((await control(fsx, 'GET', 'clock')).status).toBe(200);
  });

  test('a body of 100 MB', async () => {
    const answer = await post(fsx, 'x'.repeat(100 * 1024 * 1024), {}, '/_local/faults');
    expect(answer.status).toBe(413);
    expect(answer.body.error).toMatch(/larger than/);
  });

  test('a body that comes slowly holds nobody up, and is given up', async () => {
    const socket = connect(fsx.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /_local/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{');
    expect((await control(fsx, 'GET', 'clock')).status).toBe(200);
    socket.destroy();
    const server = localServer(() => undefined);
    expect(server.requestTimeout).toBeLessThanOrEqual(30_000);
    expect(server.headersTimeout).toBeLessThanOrEqual(server.requestTimeout);
  });
});
