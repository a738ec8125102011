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

const NO_EVENT = 'This is not a CloudFormation registry event';

test.each<[string, () => unknown, string]>([
  [
    'has a member that throws',
    () => ({
      get action() {
        throw new Error('secret');
      },
    }),
    'it cannot be read.',
  ],
  [
    'has one further inside',
    () =>
      registryEvent(
        {},
        {
          resourceProperties: {
            get Tags() {
              throw new Error('secret');
            },
          },
        },
      ),
    'it cannot be read.',
  ],
  [
    'is larger than 6 MB',
    () => registryEvent({}, { stackTags: { a: 'secret'.repeat(2_000_000) } }),
    'it is larger than 6 MB.',
  ],
  [
    'has more members than 6 MB hold',
    () => registryEvent({}, { stackTags: Array.from({ length: 7_000_000 }, () => 0) }),
    'it is larger than 6 MB.',
  ],
  [
    'is nested without end',
    () => {
      const event: Record<string, unknown> = registryEvent();
      event.requestData = event;
      return event;
    },
    'it is nested too deeply.',
  ],
])('an event that %s is refused, and nothing of it told', async (_, make, why) => {
  const expected = {
    status: 'FAILED',
    errorCode: 'InvalidRequest',
    message: `${NO_EVENT}: ${why}`,
    callbackDelaySeconds: 0,
  };
  expect(await lambda(handler)(make())).toEqual(expected);
  expect(await lambda(handler, (event) => event)(make())).toEqual(expected);
  expect(seen).toBeUndefined();
});

test.each([
  ['text that is long', 'x'.repeat(5000), 1024],
  ['what is no text', { toString: null }, 80],
])('an answer tells %s that was thrown in at most 1024 characters', async (_, thrown, most) => {
  const { status, errorCode, message } = await lambda(() => {
    throw thrown; // oxlint-disable-line typescript/only-throw-error -- anything may be thrown
  })(registryEvent());
  expect({ status, errorCode }).toEqual({ status: 'FAILED', errorCode: 'InternalFailure' });
  expect(message?.length).toBeLessThanOrEqual(most);
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
