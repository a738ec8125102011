import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { isolatedEnvironment } from '../../local/lambda/environment';

/** `npm run local` as a process: what its functions find in their environment. */
let folder: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'environment-'));
  buildSync({
    entryPoints: [join(__dirname, '../../local/main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: join(folder, 'main.js'),
  });
  writeFileSync(
    join(folder, 'handlers.js'),
    'exports.entrypoint = exports.testEntrypoint = exports.handler = () => process.env;',
  );
  writeFileSync(join(folder, 'hook.js'), 'exports.handler = () => undefined;');
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** The AWS_ variables of a function, where the shell of the servers has these. */
async function environmentOf(
  shell: Record<string, string>,
  ...flags: string[]
): Promise<{ fsx: string; variables: Record<string, string> }> {
  const child = spawn(
    process.execPath,
    [
      ...[join(folder, 'main.js'), '--fsx-port', '0', '--lambda-port', '0'],
      ...['--handlers', join(folder, 'handlers.js'), '--hook', join(folder, 'hook.js')],
      ...flags,
    ],
    { env: { PATH: process.env.PATH, ...shell }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const [, fsx = '', lambda = ''] = /ready: FSx (\S+), Lambda (\S+),/.exec(line) ?? [];
    const address = `${lambda}/2015-03-31/functions/TypeFunction/invocations`;
    const answer = await fetch(address, { method: 'POST', body: '{}' });
    const all = Object.entries((await answer.json()) as Record<string, string>);
    child.kill();
    const told = all.filter(([name]) => /^(AWS|PANGEA)_/.test(name));
    return { fsx, variables: Object.fromEntries(told) };
  }
  throw new Error('The servers did not start.');
}

const SHELL = {
  AWS_ACCESS_KEY_ID: 'AKDEVELOPER',
  AWS_SECRET_ACCESS_KEY: 'developer-secret',
  AWS_SESSION_TOKEN: 'developer-token',
  AWS_PROFILE: 'production',
  AWS_DEFAULT_PROFILE: 'production',
  AWS_SHARED_CREDENTIALS_FILE: '/home/developer/.aws/credentials',
  AWS_CONFIG_FILE: '/home/developer/.aws/config',
  AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/developer',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/home/developer/token',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2/role',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'developer-token',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL_PRICING: 'http://127.0.0.1:9',
  AWS_LAMBDA_LOG_LEVEL: 'WARN',
};

test('no credentials and no profile of the shell, and no AWS', async () => {
  const { fsx, variables } = await environmentOf(SHELL);
  expect(variables).toEqual({
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: fsx,
    AWS_ENDPOINT_URL_FSX: fsx,
    // Somebody has said where these go, and the stand-in's keys sign them.
    AWS_ENDPOINT_URL_PRICING: 'http://127.0.0.1:9',
    AWS_LAMBDA_LOG_LEVEL: 'WARN',
    AWS_REGION: 'eu-west-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});

test('with --aws-credentials those of the shell, still with the local FSx', async () => {
  const { fsx, variables } = await environmentOf(SHELL, '--aws-credentials');
  const { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored, ...kept } = SHELL;
  expect(ignored).toBe('true');
  expect(variables).toMatchObject({
    ...kept,
    AWS_ENDPOINT_URL_FSX: fsx,
    PANGEA_FSX_ENVIRONMENT_CREDENTIALS: 'true',
  });
  expect(variables).not.toHaveProperty('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS');
});

test('a variable of AWS that is not known goes', () => {
  const variables = isolatedEnvironment({ AWS_LATER_CREDENTIALS: 'x', HOME: '/' }, 'http://fsx');
  expect(variables).toMatchObject({ AWS_LATER_CREDENTIALS: undefined });
  expect(variables).not.toHaveProperty('HOME');
});
