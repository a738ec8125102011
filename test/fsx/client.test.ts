/** What a call to FSx comes to when the answers are not what they should be. */
import { getEventListeners } from 'node:events';
import { Fsx, type FsxOptions } from '../../src/fsx/client';
import '../../src/fsx/sdk';
import { startRecorder, type Reply } from '../runtime/recorder';

let recorder: Awaited<ReturnType<typeof startRecorder>> | undefined;
/** The deadline of the client: it comes when a test says so, however busy the computer is. */
let deadline: AbortController;
let timers: jest.SpiedFunction<typeof setTimeout>;
beforeEach(() => {
  deadline = new AbortController();
  jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
  // The SDK waits a random part of its longest wait.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  timers = jest.spyOn(globalThis, 'setTimeout');
});
afterEach(async () => {
  // A wait that the deadline has ended goes on in the SDK, and must not keep the process.
  for (const { type, value } of timers.mock.results) if (type === 'return') value.unref();
  jest.restoreAllMocks();
  for (const client of clients.splice(0)) client.close();
  await recorder?.close();
});

const OPTIONS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AK', secretAccessKey: 'secret' },
  attempts: 8,
  callsBack: false,
  deadline: 22_000,
};

async function fsx(...replies: Reply[]): Promise<Fsx> {
  recorder = await startRecorder((_, calls) => replies[calls.length] ?? 'silence');
  return clientOf(OPTIONS);
}

const clients: Fsx[] = [];

function clientOf(options: FsxOptions): Fsx {
  process.env.AWS_ENDPOINT_URL_FSX = recorder?.url;
  const client = new Fsx(options);
  clients.push(client);
  return client;
}

const calls = (): number => recorder?.calls.length ?? 0;

/** Lets the deadline come as soon as something holds. */
async function expireWhen(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  deadline.abort(new DOMException('The time is over.', 'TimeoutError'));
}

const ID = 'fs-0123456789abcdef0';
const THROTTLED: Reply = { error: 'ThrottlingException' };
/** Five seconds at least are waited after it. */
const SLOWLY: Reply = { error: 'ThrottlingException', headers: { 'retry-after': '300' } };

test('a deadline between two attempts is what FSx said to the last one', async () => {
  const client = await fsx(SLOWLY);
  const described = expect(client.describe(ID)).rejects.toMatchObject({ code: 'Throttling' });
  await expireWhen(() => client.wasThrottled);
  await described;
  expect(calls()).toBe(1);
});

test('a deadline while an attempt is under way is no answer', async () => {
  const client = await fsx(THROTTLED, 'silence');
  const described = expect(client.describe(ID)).rejects.toMatchObject({ code: 'NetworkFailure' });
  await expireWhen(() => calls() === 2);
  await described;
});

test('an answer without a list of file systems does not say that one is gone', async () => {
  const client = await fsx({ success: {} }, { success: { FileSystems: null } });
  await expect(client.describe(ID)).rejects.toMatchObject({ code: 'ServiceInternalError' });
  await expect(client.page()).rejects.toMatchObject({ code: 'ServiceInternalError' });
});

describe('a throttled call', () => {
  test('is left to the next invocation, where there is one', async () => {
    const client = await startedWith({ callsBack: true });
    await expect(client.describe(ID)).rejects.toMatchObject({ code: 'Throttling' });
    expect(calls()).toBe(1);
    expect(client.wasThrottled).toBe(true);
  });

  test('is tried again in this one, where there is no other', async () => {
    const client = await startedWith({ callsBack: false });
    expect(await client.describe(ID)).toBeUndefined();
    expect(calls()).toBe(2);
    expect(client.wasThrottled).toBe(true);
  });

  test('that creates is tried as long as there is time, for there is no identifier to wait with', async () => {
    await fsx(THROTTLED, THROTTLED, THROTTLED, { success: { FileSystem: { FileSystemId: ID } } });
    const client = clientOf({ ...OPTIONS, attempts: 2, callsBack: true });
    expect(await client.create(CREATION)).toMatchObject({ FileSystemId: ID });
    expect(calls()).toBe(4);
  });

  async function startedWith(options: { callsBack: boolean }): Promise<Fsx> {
    await fsx(THROTTLED, { success: { FileSystems: [] } });
    return clientOf({ ...OPTIONS, ...options });
  }
});

test('an account that is not throttled is not taken for one that is', async () => {
  const client = await fsx('cut', { error: 'InternalServerError', status: 500 }, { error: 'No' });
  await expect(client.describe(ID)).rejects.toMatchObject({ code: 'GeneralServiceException' });
  expect(client.wasThrottled).toBe(false);
});

test('a failing call is tried as often as it may be', async () => {
  recorder = await startRecorder(() => 'cut');
  const client = clientOf({ ...OPTIONS, attempts: 3 });
  await expect(client.describe(ID)).rejects.toMatchObject({ code: 'NetworkFailure' });
  expect(calls()).toBe(3);
});

test.each<[string, Reply]>([
  ['cut', 'cut'],
  ['closed after a failure', closing({ error: 'InternalServerError', status: 500 })],
  ['closed after an answer', closing({ success: { FileSystems: [] } })],
  ['kept alive', { success: { FileSystems: [] } }],
])('attempts leave no listener on the deadline that they share: %s', async (_, reply) => {
  const counts: number[] = [];
  const listeners = () => getEventListeners(deadline.signal, 'abort').length;
  recorder = await startRecorder(() => {
    counts.push(listeners());
    return reply;
  });
  const client = clientOf({ ...OPTIONS, attempts: 3 });
  for (let call = 0; call < 4; call += 1) {
    await client.describe(ID).catch(() => undefined);
    counts.push(listeners());
  }
  expect(counts).toEqual(counts.map(() => 0));
});

function closing(reply: Exclude<Reply, string | { body: string }>): Reply {
  return { ...reply, headers: { connection: 'close' } };
}

const CREATION = {
  FileSystemType: 'LUSTRE' as const,
  StorageCapacity: 1200,
  SubnetIds: ['subnet-0123456789abcdef0'],
};

test.each<[string, boolean, Reply[]]>([
  ['throttled', false, [SLOWLY]],
  ['refused', false, [{ error: 'BadRequest' }]],
  ['cut, then throttled until the deadline', true, ['cut', SLOWLY]],
  ['a failure, then throttled', true, [{ error: 'InternalServerError', status: 500 }, SLOWLY]],
  ['cut, then refused', true, ['cut', { error: 'ExpiredTokenException' }]],
  ['an answer without a file system', true, [{ success: {} }]],
])('whether FSx may have acted: %s, %s', async (_, mayHaveActed, replies) => {
  const client = await fsx(...replies);
  const created = expect(client.create(CREATION)).rejects.toMatchObject({ mayHaveActed });
  if (replies.at(-1) === SLOWLY) await expireWhen(() => client.wasThrottled);
  await created;
  expect(calls()).toBe(replies.length);
});

test('a call that nobody took has not acted', async () => {
  process.env.AWS_ENDPOINT_URL_FSX = 'http://127.0.0.1:1';
  const nobody = new Fsx({ ...OPTIONS, attempts: 1 });
  await expect(nobody.create(CREATION)).rejects.toMatchObject({ mayHaveActed: false });
  nobody.close();
});

test('what one call left open is nothing to the next', async () => {
  const client = await fsx('cut', { error: 'BadRequest' }, { error: 'BadRequest' });
  await expect(client.create(CREATION)).rejects.toMatchObject({ mayHaveActed: true });
  await expect(client.create(CREATION)).rejects.toMatchObject({ mayHaveActed: false });
});
