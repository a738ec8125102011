import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FunctionError, overHttp } from '../../local/lambda/invoke';
import { startLambda } from '../../local/lambda/lambda';
import type { HandlerEvent } from '../../local/registry/protocol';

/** Stands in for the bundle: does what the event's `do` says. */
const BUNDLE = `
let running = 0;
exports.entrypoint = async (event, context) => {
  if (event.do === 'throw') throw new TypeError('no way');
  if (event.do === 'text') throw 'just text';
  if (event.do === 'bigint') return { big: 10n };
  if (event.do === 'nothing') return undefined;
  if (event.do === 'grow') return 'x'.repeat(event.size);
  if (event.do === 'hang') return new Promise(() => {});
  if (event.do === 'overlap') {
    const others = running++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return { others };
  }
  if (event.do === 'wait') return { status: 'IN_PROGRESS', callbackDelaySeconds: event.seconds };
  return { event, context, left: context.getRemainingTimeInMillis(), url: process.env.AWS_ENDPOINT_URL_FSX };
};
exports.testEntrypoint = async () => ({ test: true });
`;

let folder = '';
let url = '';
let close: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  const handlers = join(folder, 'handlers.js');
  writeFileSync(handlers, BUNDLE);
  const environment = { AWS_ENDPOINT_URL_FSX: 'http://127.0.0.1:1' };
  ({ url, close } = await startLambda({ handlers, timeScale: 20, environment, timeoutSeconds: 1 }));
});

afterAll(async () => {
  await close();
  delete process.env.AWS_ENDPOINT_URL_FSX;
});

const post = (body: string, name = 'TypeFunction', headers = {}): Promise<Response> =>
  fetch(`${url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', body, headers });

const invoke = async (event: object): Promise<unknown> =>
  (await post(JSON.stringify(event))).json();

test('the event and a context reach the function, and its answer comes back', async () => {
  const answer = await invoke({ action: 'CREATE' });
  expect(answer).toEqual({
    event: { action: 'CREATE' },
    context: {
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      functionName: 'TypeFunction',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
    },
    left: expect.any(Number) as number,
    url: 'http://127.0.0.1:1',
  });
});

test('both functions are there', async () => {
  expect(await (await post('{}', 'TestEntrypoint')).json()).toEqual({ test: true });
});

test('an empty body is an empty event', async () => {
  expect(await (await post('')).json()).toMatchObject({ event: {} });
});

test.each([
  [1, 1],
  [20, 1],
  [21, 2],
  [60, 3],
  [0, 0],
])('a delay of %d s is divided by the time scale: %d s', async (seconds, expected) => {
  expect(await invoke({ do: 'wait', seconds })).toMatchObject({ callbackDelaySeconds: expected });
});

test.each([
  ['throw', 'TypeError', 'no way'],
  ['text', 'string', 'just text'],
  ['bigint', 'TypeError', 'Do not know how to serialize a BigInt'],
  ['hang', 'Sandbox.Timedout', 'Task timed out after 1.00 seconds'],
])('a function that fails (%s) answers as in Lambda', async (what, errorType, errorMessage) => {
  const response = await post(JSON.stringify({ do: what }));
  expect(response.status).toBe(200);
  expect(response.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(await response.json()).toMatchObject({ errorType, errorMessage });
});

test('a function that returns nothing answers null', async () => {
  expect(await invoke({ do: 'nothing' })).toBeNull();
});

test('invocations wait for each other', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => invoke({ do: 'overlap' })));
  expect(answers).toEqual([{ others: 0 }, { others: 0 }, { others: 0 }]);
});

test('a function that is not there', async () => {
  const response = await post('{}', 'Nope');
  expect(response.status).toBe(404);
  expect(response.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException');
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining('Nope') as string,
  });
});

test('a body that is not JSON', async () => {
  const response = await post('{"a":');
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('InvalidRequestContentException');
});

test('a body that is too large', async () => {
  const response = await post(`"${'x'.repeat(6 * 1024 * 1024)}"`);
  expect(response.status).toBe(413);
  expect(response.headers.get('x-amzn-errortype')).toBe('RequestTooLargeException');
});

test('a response that is too large is an error of the function, as in Lambda', async () => {
  const most = 6_291_556;
  const fits = await post(JSON.stringify({ do: 'grow', size: most - 2 }));
  expect(fits.headers.get('x-amz-function-error')).toBeNull();
  expect(await fits.text()).toHaveLength(most);
  const large = await post(JSON.stringify({ do: 'grow', size: most - 1 }));
  expect(large.status).toBe(200);
  expect(large.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(await large.json()).toMatchObject({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test.each([
  'function:TypeFunction',
  '123456789012:function:TypeFunction',
  'arn:aws:lambda:us-east-1:123456789012:function:TypeFunction',
  'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:TypeFunction:$LATEST',
  'TypeFunction:$LATEST',
])('a function is invoked by the name %s', async (name) => {
  const response = await post('{"a":1}', encodeURIComponent(name));
  expect(await response.json()).toMatchObject({ event: { a: 1 } });
});

test.each(['TypeFunction:1', 'arn:aws:s3:us-east-1:123456789012:function:TypeFunction', '%'])(
  'there is no function %s',
  async (name) => {
    const response = await post('{}', name === '%' ? name : encodeURIComponent(name));
    expect(response.status).toBe(404);
  },
);

test('other ways and places', async () => {
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/2015-03-31/functions/TypeFunction/invocations`)).status).toBe(405);
  expect((await post('{}', 'TypeFunction', { 'x-amz-invocation-type': 'Event' })).status).toBe(501);
});

test('a bundle without the functions is refused', async () => {
  const handlers = join(folder, 'empty.js');
  writeFileSync(handlers, '');
  await expect(startLambda({ handlers })).rejects.toThrow('empty.js does not export entrypoint.');
});

describe('the invoker', () => {
  const event = (members: object): HandlerEvent => members as HandlerEvent;

  test('returns the answer', async () => {
    const answer = await overHttp(url)(event({ do: 'wait', seconds: 40 }));
    expect(answer).toEqual({ status: 'IN_PROGRESS', callbackDelaySeconds: 2 });
  });

  test('throws what the function threw, and what the endpoint refused', async () => {
    await expect(overHttp(url)(event({ do: 'throw' }))).rejects.toThrow('no way');
    await expect(overHttp(url, 'Nope')(event({}))).rejects.toThrow(
      'Function not found: Nope. There are: TypeFunction',
    );
  });

  // Otherwise the operation of a stack would end in the middle, without a status.
  test('an answer that breaks off is a failure of the function', async () => {
    const server = createServer((_, response) => {
      response.write('{"status":', () => response.destroy());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      const broken = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await expect(overHttp(broken)({})).rejects.toThrow(FunctionError);
    } finally {
      server.close();
    }
  });
});

describe('the Lambda Hook', () => {
  test('is HookFunction, where there is one, with the time and memory of its template', async () => {
    const handlers = join(folder, 'handlers.js');
    const hook = join(folder, 'hook.js');
    writeFileSync(
      hook,
      'exports.handler = (event, context) => ({ event, memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() });',
    );
    const lambda = await startLambda({ handlers, hook });
    try {
      const answer = await overHttp(lambda.url, 'HookFunction')({ a: 1 });
      expect(answer).toMatchObject({ event: { a: 1 }, memory: '512' });
      expect((answer as { left: number }).left).toBeLessThanOrEqual(20_000);
    } finally {
      await lambda.close();
    }
    await expect(overHttp(url, 'HookFunction')({})).rejects.toThrow('Function not found');
  });

  test('that exports no handler is said at the start', async () => {
    const hook = join(folder, 'empty-hook.js');
    writeFileSync(hook, '');
    await expect(startLambda({ handlers: join(folder, 'handlers.js'), hook })).rejects.toThrow(
      'empty-hook.js does not export handler.',
    );
  });
});
