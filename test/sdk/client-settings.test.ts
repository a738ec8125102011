/** The SDK's own environment variables hold where its search for them is left out. */
import { clientSettings, mayUseEnvironment } from '../../src/sdk/client-settings';

const CREDENTIALS = { accessKeyId: 'AK', secretAccessKey: 'secret', sessionToken: 'token' };
const { env } = process;
afterEach(() => (process.env = env));

const settings = (variables: NodeJS.ProcessEnv) => {
  process.env = variables;
  return clientSettings('FSX', CREDENTIALS);
};

test.each([
  [{}, undefined],
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'http://127.0.0.1:1'],
  [{ AWS_ENDPOINT_URL_FSX: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2'],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_FSX: 'http://127.0.0.1:2' },
    'http://127.0.0.1:2',
  ],
  [{ AWS_ENDPOINT_URL_CLOUDWATCH: 'http://127.0.0.1:3' }, undefined],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    undefined,
  ],
])('%j: endpoint %s', (variables, endpoint) => {
  expect(settings(variables).endpoint).toBe(endpoint);
});

test.each([
  [{}, { useFipsEndpoint: false, useDualstackEndpoint: false }],
  [{ AWS_USE_FIPS_ENDPOINT: 'true' }, { useFipsEndpoint: true, useDualstackEndpoint: false }],
  [{ AWS_USE_DUALSTACK_ENDPOINT: 'true' }, { useFipsEndpoint: false, useDualstackEndpoint: true }],
])('%j: %j', (variables, expected) => {
  expect(settings(variables)).toMatchObject(expected);
});

test('the application id of the user agent', async () => {
  expect(await settings({ AWS_SDK_UA_APP_ID: 'hpc' }).userAgentAppId()).toBe('hpc');
});

test('the credentials are a copy, because the SDK marks what it is given', () => {
  const { credentials } = settings({});
  expect(credentials).toEqual(CREDENTIALS);
  expect(credentials).not.toBe(CREDENTIALS);
});

describe('the credentials of the environment sign only where somebody has said so', () => {
  const LOCAL = { AWS_ENDPOINT_URL_FSX: 'http://127.0.0.1:4567' };
  const LAMBDA = { AWS_LAMBDA_FUNCTION_NAME: 'TypeFunction' };
  const SAID = { PANGEA_FSX_ENVIRONMENT_CREDENTIALS: 'true' };

  test.each<[NodeJS.ProcessEnv, boolean]>([
    [{}, false],
    [{ AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'secret' }, false],
    [SAID, true],
    [{ PANGEA_FSX_ENVIRONMENT_CREDENTIALS: 'false' }, false],
    [LOCAL, true],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4567' }, true],
    [{ ...LOCAL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, false],
    [{ AWS_ENDPOINT_URL_PRICING: 'http://127.0.0.1:4567' }, false],
    [{ AWS_ENDPOINT_URL_FSX: 'https://fsx.us-east-1.amazonaws.com' }, false],
    // The role of a function is nobody's who has asked for something.
    [LAMBDA, false],
    [{ ...LAMBDA, ...LOCAL }, false],
    [{ ...LAMBDA, ...SAID }, true],
    [{ ...LAMBDA, AWS_SAM_LOCAL: 'true' }, false],
    [{ ...LAMBDA, ...LOCAL, AWS_SAM_LOCAL: 'true' }, true],
  ])('%j: %p', (variables, may) => {
    process.env = variables;
    expect(mayUseEnvironment('FSX')).toBe(may);
  });
});
