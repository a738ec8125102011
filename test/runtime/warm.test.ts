import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BUNDLE } from '../protocol/harness';
import { registryEvent } from './events';
import { startRecorder } from './recorder';

/** One Lambda environment, and every AWS service that it calls. */
let aws: Awaited<ReturnType<typeof startRecorder>>;
let lambda: ChildProcess;

beforeAll(async () => {
  aws = await startRecorder(() => ({ success: { FileSystems: [] } }));
  lambda = fork(join(__dirname, 'warm-function.cjs'), [BUNDLE], {
    execArgv: ['--expose-gc'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_FSX: aws.url,
      AWS_ENDPOINT_URL_CLOUDWATCH: aws.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: aws.url,
      AWS_ACCESS_KEY_ID: 'AKENVIRONMENT',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    },
  });
  await once(lambda, 'message');
});
afterAll(async () => {
  lambda.kill();
  await aws.close();
});

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2', 'us-gov-west-1'];
/** Of a length that shows in the heap when they are kept. */
const credentials = (accessKeyId: string) => ({
  accessKeyId,
  secretAccessKey: `${accessKeyId}-secret`.padEnd(20_000, '-'),
  sessionToken: `${accessKeyId}-token`,
});

/** A caller of its own each; every fifth without credentials, every tenth with a provider. */
function listing(number: number) {
  return registryEvent(
    { action: 'LIST', region: REGIONS[number % REGIONS.length] },
    {
      callerCredentials: number % 5 === 0 ? null : credentials(`AKCALLER${number}`),
      ...(number % 10 === 1 && {
        providerCredentials: credentials(`AKPROVIDER${number}`),
        providerLogGroupName: 'group',
      }),
    },
  );
}

interface State {
  /** Bytes in use. */
  heap: number;
  connections: number;
}

async function stateAfter(first: number, last: number): Promise<State> {
  const events = Array.from({ length: last - first }, (_, index) => listing(first + index));
  lambda.send({ events });
  const [state] = (await once(lambda, 'message')) as [State];
  return state;
}

test('1,000 invocations leak nothing, and nobody acts as somebody else', async () => {
  const before = await stateAfter(0, 200);
  const after = await stateAfter(200, 1200);
  expect(after.heap - before.heap).toBeLessThan(5 * 1024 * 1024);
  expect(after.connections).toBeLessThanOrEqual(before.connections);

  const fsx = aws.calls.filter(({ operation }) => operation === 'DescribeFileSystems');
  expect(fsx.map(({ accessKeyId, region }) => [accessKeyId, region])).toEqual(
    Array.from({ length: 1200 }, (_, number) => [
      number % 5 === 0 ? 'AKENVIRONMENT' : `AKCALLER${number}`,
      REGIONS[number % REGIONS.length],
    ]),
  );
  const logs = aws.calls.filter(({ operation }) => operation === 'PutLogEvents');
  expect(logs.map(({ accessKeyId }) => accessKeyId)).toEqual(
    Array.from({ length: 120 }, (_, index) => `AKPROVIDER${index * 10 + 1}`),
  );
});
