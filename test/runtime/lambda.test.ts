/** What goes into the function and comes out, whatever it is. */
import { lambda, type Handler } from '../../src/runtime/lambda';
import type { RegistryRequest } from '../../src/runtime/request';
import { registryEvent } from './events';

let seen: RegistryRequest | undefined;
beforeEach(() => (seen = undefined));

const handler: Handler = (request) => {
  seen = request;
  return Promise.resolve({ status: 'SUCCESS' });
};

test('an answer always has a message and a delay', async () => {
  expect(await lambda(handler)(registryEvent())).toMatchObject({
    status: 'SUCCESS',
    message: '',
    callbackDelaySeconds: 0,
  });
});

test('an event that cannot even be read throws nothing', async () => {
  const event = {
    get action() {
      throw new Error('hostile');
    },
  };
  expect(await lambda(handler)(event)).toMatchObject({
    status: 'FAILED',
    errorCode: 'InternalFailure',
    message: 'hostile',
  });
});

test('stack tags are texts; what is null is none', async () => {
  await lambda(handler)(registryEvent({}, { stackTags: { a: 'x', b: 1, c: true, d: null } }));
  expect(seen?.stackTags).toEqual({ a: 'x', b: '1', c: 'true' });
});

test.each(['stackTags', 'previousStackTags'])('%s that are no texts are refused', async (tags) => {
  const event = registryEvent({}, { [tags]: { a: { toString: 1 } } });
  expect(await lambda(handler)(event)).toMatchObject({
    status: 'FAILED',
    errorCode: 'InvalidRequest',
    message: expect.stringContaining(tags) as string,
  });
});

test.each([
  null,
  undefined,
  {},
  { accessKeyId: '', secretAccessKey: '', sessionToken: '' },
  { accessKeyId: null, secretAccessKey: null },
])("credentials %j mean the environment's", async (callerCredentials) => {
  await lambda(handler)(registryEvent({}, { callerCredentials }));
  expect(seen).toBeDefined();
  expect(seen).not.toHaveProperty('credentials');
});

test.each([
  { accessKeyId: 'AK' },
  { accessKeyId: 'AK', secretAccessKey: '' },
  { secretAccessKey: 'secret' },
  { sessionToken: 'token' },
  { accessKeyId: 1, secretAccessKey: 2 },
  'AK',
  7,
  [],
])('credentials %j are refused: nobody acts as the function by mistake', async (given) => {
  const event = registryEvent({}, { callerCredentials: given });
  expect(await lambda(handler)(event)).toMatchObject({ errorCode: 'InvalidRequest' });
  expect(seen).toBeUndefined();
});
