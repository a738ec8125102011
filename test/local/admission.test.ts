import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startLambda } from '../../local/lambda/lambda';
import type { LocalFsx } from '../../local/fsx/server';
import { closeAll, manualFsx, post } from './support';

/** Web pages in the developer's browser, and names that lead here, reach neither server; programs reach both. */
let fsx: LocalFsx;
let lambda: { port: number; close: () => Promise<void> };
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'admission-'));
  const handlers = join(folder, 'handlers.js');
  writeFileSync(
    handlers,
    'exports.entrypoint = exports.testEntrypoint = () => ({ reached: true });',
  );
  const allowedHosts = ['host.docker.internal'];
  fsx = await manualFsx({ allowedHosts });
  lambda = await startLambda({ handlers, allowedHosts });
});
afterAll(async () => {
  await closeAll();
  await lambda.close();
});

/** Something to ask for in every part of both servers. */
const PLACES = {
  'the FSx API': (headers: Record<string, string>) =>
    post(fsx, '{}', {
      'X-Amz-Target': 'AWSSimbaAPIService_v20180301.DescribeFileSystems',
      ...headers,
    }),
  'the control API': (headers: Record<string, string>) =>
    post(fsx, '{"missingBuckets":["reached"]}', headers, '/_local/world'),
  'the Lambda endpoint': (headers: Record<string, string>) =>
    post(lambda, '{}', headers, '/2015-03-31/functions/TypeFunction/invocations'),
};

describe.each(Object.entries(PLACES))('%s', (_, ask) => {
  test.each([
    [
      'a name that leads to this computer',
      { Host: 'rebound.example:4567' },
      /Host header.*rebound/,
    ],
    ['another address of this computer', { Host: '127.0.0.2:4567' }, /Host header/],
    ['a name that begins like an own one', { Host: 'localhost.example' }, /Host header/],
    ['a name and a user', { Host: 'localhost@example' }, /Host header/],
    ['a page of another site', { Origin: 'https://example.com' }, /Origin/],
    ['a page of this computer', { Origin: 'http://localhost:3000' }, /Origin/],
    ['a page in a sandbox', { Origin: 'null' }, /Origin/],
    ['a form or an image of another site', { 'Sec-Fetch-Site': 'cross-site' }, /Sec-Fetch-Site/],
    ['a form or an image of this computer', { 'Sec-Fetch-Site': 'same-site' }, /Sec-Fetch-Site/],
  ])('refuses %s', async (_name, headers, sentence) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(403);
    expect(answer.headers['x-amzn-errortype']).toBe('AccessDeniedException');
    expect(answer.body.message).toMatch(sentence);
    expect(fsx.setWorld({}).missingBuckets).toEqual(['missing-bucket']);
    expect(answer.raw).not.toContain('reached');
  });

  test.each([
    {},
    { Host: 'localhost' },
    { Host: 'LOCALHOST:4567' },
    { Host: '127.0.0.1:1' },
    { Host: '[::1]:4567' },
    { Host: 'host.docker.internal:4567' },
    { 'Sec-Fetch-Site': 'none' },
  ])('takes %j, and lets no page read the answer', async (headers) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(200);
    const names = Object.keys(answer.headers);
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    fsx.setWorld({ missingBuckets: ['missing-bucket'] });
  });

  test('a preflight gets no permission', async () => {
    const answer = await ask({
      Origin: 'https://example.com',
      'Access-Control-Request-Method': 'PUT',
    });
    expect(Object.keys(answer.headers).join()).not.toMatch(/access-control/);
    expect(answer.status).toBe(403);
  });
});

test.each([
  ['fsx', 'HTTP/1.0', '', /not none/],
  ['lambda', 'HTTP/1.0', '', /not none/],
  ['fsx', 'HTTP/1.1', 'Host:\r\n', /Host header/],
  ['lambda', 'HTTP/1.1', 'Host:\r\n', /Host header/],
])(
  'the %s server refuses a request of %s without a name: %j',
  async (name, version, host, words) => {
    const { port } = name === 'fsx' ? fsx : lambda;
    const socket = connect(port, '127.0.0.1');
    socket.end(
      `POST /_local/faults ${version}\r\n${host}Content-Length: 2\r\nConnection: close\r\n\r\n{}`,
    );
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 403/);
    expect(answer).toMatch(words);
  },
);

test('what is refused is answered before its body has come', async () => {
  const socket = connect(fsx.port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000000\r\n\r\n{');
  const [first] = (await new Promise<Buffer[]>((resolve) => {
    socket.once('data', (data) => {
      resolve([data]);
    });
  })) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1\.1 403/);
  socket.destroy();
});
