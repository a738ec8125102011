/** The bundle's parts that are loaded on demand: one that fails is no end of the environment. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BUNDLE } from '../protocol/harness';
import { registryEvent } from './events';
import { startRecorder } from './recorder';

let aws: Awaited<ReturnType<typeof startRecorder>>;
beforeAll(async () => (aws = await startRecorder(() => ({ success: { FileSystems: [] } }))));
afterAll(() => aws.close());

/** Lists twice in a process of its own, where this part of the bundle fails to load the first time. */
async function listTwice(part: string, data = {}): Promise<unknown[]> {
  const event = registryEvent({ action: 'LIST' }, data);
  const script = `
    const { eval: native } = globalThis;
    let failed = false;
    globalThis.eval = (code) => {
      if (failed || !code.includes('/${part}-')) return native(code);
      failed = true;
      return () => { throw new RangeError('no memory'); };
    };
    const { entrypoint } = require(${JSON.stringify(BUNDLE)});
    (async () => {
      const answers = [];
      for (let i = 0; i < 2; i++) answers.push((await entrypoint(${JSON.stringify(event)})).status);
      // Past the patience with the provider.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log(JSON.stringify([failed, ...answers]));
    })();`;
  const env = {
    ...process.env,
    AWS_LAMBDA_LOG_LEVEL: 'ERROR',
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_FSX: aws.url,
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
  return JSON.parse(stdout) as unknown[];
}

test('the SDK is loaded again', async () => {
  expect(await listTwice('sdk')).toEqual([true, 'FAILED', 'SUCCESS']);
});

test('log and metrics that cannot be loaded are no matter of the operation, nor of what follows', async () => {
  const providerCredentials = { accessKeyId: 'AK', secretAccessKey: 'secret' };
  const data = { providerCredentials, providerLogGroupName: 'group' };
  expect(await listTwice('provider', data)).toEqual([true, 'SUCCESS', 'SUCCESS']);
});
