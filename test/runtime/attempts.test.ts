/** How often and how long each action calls FSx, within the time that CloudFormation gives it. */
import { Socket } from 'node:net';
import { answer } from '../../src/resource';
import { InvocationLog } from '../../src/runtime/invocation-log';
import { parseRequest, type RegistryRequest } from '../../src/runtime/request';
import { Fsx } from '../../src/fsx/client';
import '../../src/fsx/sdk';
import { registryEvent } from './events';
import { startRecorder } from './recorder';

const ID = 'fs-0123456789abcdef0';
const MODEL = {
  FileSystemId: ID,
  StorageCapacity: '1200',
  SubnetIds: ['subnet-0123456789abcdef0'],
};

let recorder: Awaited<ReturnType<typeof startRecorder>>;
afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await recorder.close();
});

function requestOf(action: string): RegistryRequest {
  const { FileSystemId, ...creation } = MODEL;
  const resourceProperties = action === 'CREATE' ? creation : { FileSystemId, ...creation };
  const request = parseRequest(registryEvent({ action }, { resourceProperties }));
  if (typeof request === 'string') throw new Error(request);
  return request;
}

/** Seconds that CloudFormation gives an invocation. https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html */
const GIVEN = { CREATE: 60, READ: 30, UPDATE: 60, DELETE: 60, LIST: 30 } as const;

test.each([
  ['CREATE', 8, 50],
  ['READ', 4, 22],
  ['UPDATE', 3, 40],
  ['DELETE', 3, 40],
  ['LIST', 4, 22],
] as const)(
  '%s tries a call that gets no answer %i times, for %i seconds',
  async (action, attempts, seconds) => {
    recorder = await startRecorder(() => 'cut');
    process.env.AWS_ENDPOINT_URL_FSX = recorder.url;
    // The SDK waits a random part of its longest wait.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const deadline = jest.spyOn(AbortSignal, 'timeout');
    await answer(requestOf(action), new InvocationLog({}));
    const [first] = recorder.calls;
    // A creation looks afterward for what it may have made.
    const own = recorder.calls.filter(({ operation }) => operation === first?.operation);
    expect(own).toHaveLength(attempts);
    expect(deadline.mock.calls[0]).toEqual([seconds * 1000]);
    expect(seconds).toBeLessThan(GIVEN[action]);
  },
);

describe('one attempt', () => {
  const options = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AK', secretAccessKey: 'secret' },
    attempts: 1,
    callsBack: true,
    deadline: 60_000,
  };

  /** Milliseconds after which a call is given up, on a clock that a test moves. */
  async function givenUpAfter(): Promise<number> {
    process.env.AWS_ENDPOINT_URL_FSX = recorder.url;
    jest.useFakeTimers({
      doNotFake: [
        'nextTick',
        'setImmediate',
        'clearImmediate',
        'queueMicrotask',
        'Date',
        'performance',
        'hrtime',
      ],
    });
    const client = new Fsx(options);
    const ended: { failure?: unknown } = {};
    const call = client.describe(ID).catch((error: unknown) => (ended.failure = error));
    let passed = 0;
    while (passed < 30_000) {
      for (let turn = 0; turn < 50; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      if ('failure' in ended) break;
      await jest.advanceTimersByTimeAsync(500);
      passed += 500;
    }
    await call;
    client.close();
    expect(ended.failure).toMatchObject({ code: 'NetworkFailure', isTransient: true });
    return passed;
  }

  test('gives FSx fifteen seconds to answer', async () => {
    recorder = await startRecorder(() => 'silence');
    expect(await givenUpAfter()).toBe(15_000);
  });

  test('gives FSx five seconds to take the connection', async () => {
    recorder = await startRecorder(() => 'silence');
    jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
      return Object.assign(this, { connecting: true });
    });
    expect(await givenUpAfter()).toBe(5_000);
  });
});
