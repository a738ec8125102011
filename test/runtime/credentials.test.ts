import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLE } from '../protocol/harness';
import { registryEvent } from './events';

/**
 * Without credentials in the event the SDK looks where it always looks. Its providers are chunks of the bundle that nothing
 * else loads, so each is tried once in a process of its own.
 */
const files = mkdtempSync(join(tmpdir(), 'credentials-'));
const EXPIRATION = '2099-01-01T00:00:00Z';
const RESPONSES: Readonly<Record<string, unknown>> = {
  '/container': {
    AccessKeyId: 'AKCONTAINER',
    SecretAccessKey: 'secret',
    Token: 'token',
    Expiration: EXPIRATION,
  },
  '/latest/api/token': 'metadata-token',
  '/latest/meta-data/iam/security-credentials/': 'role',
  '/latest/meta-data/iam/security-credentials/role': {
    Code: 'Success',
    AccessKeyId: 'AKINSTANCE',
    SecretAccessKey: 'secret',
    Token: 'token',
    Expiration: EXPIRATION,
  },
  // AssumeRoleWithWebIdentity of STS.
  '/sts/': `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
    <Credentials><AccessKeyId>AKWEBIDENTITY</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${EXPIRATION}</Expiration></Credentials>
    </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
  '/sso/federation/credentials': {
    roleCredentials: {
      accessKeyId: 'AKSSO',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: Date.parse(EXPIRATION),
    },
  },
  '/': { FileSystems: [] },
};

/** Who signed the calls to FSx. */
let signers: (string | undefined)[] = [];
/** Who signed the calls to the Price List. */
let prices: (string | undefined)[] = [];
const server = createServer((request: IncomingMessage, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const signer = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
  if (pathname === '/') signers.push(signer);
  if (pathname.startsWith('/prices')) prices.push(signer);
  const answer = RESPONSES[pathname];
  if (pathname === '/latest/api/token')
    response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '21600');
  if (answer === undefined) response.statusCode = 404;
  response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function file(name: string, text: string): string {
  writeFileSync(join(files, name), text);
  return join(files, name);
}

const SOURCES: Readonly<
  Record<string, () => [environment: Record<string, string>, signer: string]>
> = {
  environment: () => [{ AWS_ACCESS_KEY_ID: 'AKENV', AWS_SECRET_ACCESS_KEY: 'secret' }, 'AKENV'],
  'shared credentials file': () => [
    {
      AWS_SHARED_CREDENTIALS_FILE: file(
        'credentials',
        '[default]\naws_access_key_id = AKPROFILE\naws_secret_access_key = secret\n',
      ),
    },
    'AKPROFILE',
  ],
  'credential process': () => {
    const json = file(
      'process.json',
      JSON.stringify({ Version: 1, AccessKeyId: 'AKPROCESS', SecretAccessKey: 'secret' }),
    );
    return [
      { AWS_CONFIG_FILE: file('process', `[default]\ncredential_process = cat ${json}\n`) },
      'AKPROCESS',
    ];
  },
  'IAM Identity Center': () => {
    const start = 'https://example.awsapps.com/start';
    const cache = join(files, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(cache, `${createHash('sha1').update(start).digest('hex')}.json`),
      JSON.stringify({ accessToken: 'token', expiresAt: EXPIRATION }),
    );
    const profile = `[default]\nsso_start_url = ${start}\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Role\n`;
    return [{ AWS_CONFIG_FILE: file('sso', profile), AWS_ENDPOINT_URL_SSO: `${url}/sso` }, 'AKSSO'];
  },
  'container role': () => [
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container` },
    'AKCONTAINER',
  ],
  'instance metadata': () => [
    { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: url },
    'AKINSTANCE',
  ],
  'web identity': () => [
    {
      AWS_WEB_IDENTITY_TOKEN_FILE: file('token', 'a token'),
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/fsx',
      AWS_ENDPOINT_URL_STS: `${url}/sts`,
    },
    'AKWEBIDENTITY',
  ],
};
test.each(Object.keys(SOURCES))('%s', async (source) => {
  const [environment, signer] = SOURCES[source]?.() ?? [{}, ''];
  await invoked(environment, registryEvent({ action: 'LIST' }, { callerCredentials: null }));
  expect(signers).toEqual([signer]);
});

test('the role of a function in Lambda signs nothing for a caller', async () => {
  await invoked(
    {
      AWS_LAMBDA_FUNCTION_NAME: 'TypeFunction',
      AWS_ACCESS_KEY_ID: 'AKFUNCTION',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
    registryEvent({ action: 'LIST' }, { callerCredentials: null }),
  );
  expect(signers).toEqual([]);
});

describe('the Price List', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKDEVELOPER', AWS_SECRET_ACCESS_KEY: 'secret' };
  const event = (requestData: object) =>
    registryEvent(
      { action: 'READ' },
      { typeConfiguration: { Pricing: { Source: 'PRICE_LIST' } }, ...requestData },
    );

  test('is not asked with the keys of a developer', async () => {
    let connections = 0;
    const aws = createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
    // As AWS's own endpoint, this one has TLS.
    const endpoint = `https://127.0.0.1:${(aws.address() as AddressInfo).port}`;
    const variables = { ...KEYS, AWS_ENDPOINT_URL_PRICING: endpoint };
    await invoked(variables, event({ callerCredentials: null }));
    expect(connections).toBe(0);
    await invoked(variables, event({}));
    expect(connections).toBe(1);
    aws.close();
  });

  test.each<[string, Record<string, string>, object, string]>([
    ['with those of the caller', {}, {}, 'AKCALLER'],
    [
      'with those of the environment, where its endpoint is somebody’s own',
      KEYS,
      { callerCredentials: null },
      'AKDEVELOPER',
    ],
  ])('is asked %s', async (_, environment, requestData, signer) => {
    const variables = { ...environment, AWS_ENDPOINT_URL_PRICING: `${url}/prices` };
    await invoked(variables, event(requestData));
    expect(prices).toEqual([signer]);
  });
});

/** Sends an event to the function in a process of its own, and waits for its answer. */
async function invoked(environment: Record<string, string>, event: unknown): Promise<void> {
  signers = [];
  prices = [];
  const lambda = fork(join(__dirname, 'warm-function.cjs'), [BUNDLE], {
    execArgv: ['--expose-gc'],
    env: {
      PATH: process.env.PATH,
      HOME: files,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_LAMBDA_LOG_LEVEL: 'WARN',
      AWS_ENDPOINT_URL_FSX: url,
      ...environment,
    },
  });
  await once(lambda, 'message');
  lambda.send({ events: [event] });
  await once(lambda, 'message');
  lambda.kill();
}
