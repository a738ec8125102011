import { answer } from '../../src/resource';
import { InvocationLog } from '../../src/runtime/invocation-log';
import { parseRequest, type RegistryRequest } from '../../src/runtime/request';
import { model, startWorld, SUBNET, type World } from '../protocol/harness';
import { registryEvent } from './events';

let world: World;
let lines: Record<string, unknown>[];

beforeEach(async () => {
  world = await startWorld({ overNetwork: true });
  lines = [];
  process.env.AWS_LAMBDA_LOG_LEVEL = 'INFO';
  jest.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env.AWS_LAMBDA_LOG_LEVEL = 'WARN';
  await world.close();
});

const PROPERTIES = {
  StorageCapacity: 1200,
  SubnetIds: [SUBNET],
  SecurityGroupIds: ['sg-0bada55bada55bada'],
  WeeklyMaintenanceStartTime: '3:03:33',
  Tags: [{ Key: 'secret-key', Value: 'secret-value' }],
};
const VALUES = [SUBNET, 'sg-0bada55bada55bada', '3:03:33', 'secret-key', 'secret-value'];

test('a line for every call to FSx, and one for the answer', async () => {
  const { FileSystemId } = model(await world.registry().create(PROPERTIES));
  const [call, answer] = lines;
  const about = { action: 'CREATE', awsRequestId: 'test' };
  expect(call).toEqual({
    ...about,
    event: 'fsx',
    operation: 'CreateFileSystem',
    outcome: 'OK',
    attempts: 1,
    requestId: expect.any(String) as string,
    ms: expect.any(Number) as number,
  });
  expect(answer).toEqual({
    ...about,
    event: 'answer',
    outcome: 'IN_PROGRESS',
    fileSystemId: FileSystemId,
    delaySeconds: expect.any(Number) as number,
    ms: expect.any(Number) as number,
  });
  expect(lines.at(-2)).toMatchObject({
    operation: 'DescribeFileSystems',
    fileSystemId: FileSystemId,
  });
  expect(lines.at(-1)).toMatchObject({ outcome: 'SUCCESS', fileSystemId: FileSystemId });
});

test('an update tells its step', async () => {
  const fs = model(await world.registry().create(PROPERTIES));
  world.fsx.clock.advance(7 * 3_600_000);
  model(await world.registry().update({ ...PROPERTIES, StorageCapacity: 2400 }, fs));
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'answer', step: 'storage', outcome: 'IN_PROGRESS' }),
  );
});

test('a failure tells its code, with what FSx calls the request', async () => {
  world.fsx.faults.add({ operation: 'CreateFileSystem', fault: 'accessDenied' });
  await world.registry().create(PROPERTIES);
  expect(lines).toMatchObject([
    { event: 'fsx', outcome: 'AccessDenied', requestId: expect.any(String) as string },
    // An earlier delivery of the event may have created one.
    { event: 'fsx', operation: 'DescribeFileSystems', outcome: 'OK' },
    { event: 'answer', outcome: 'AccessDenied' },
  ]);
});

test('an event of another protocol is told of, without its content', async () => {
  await world.invoke({ action: 'CREATE', secret: 'value' });
  expect(lines).toEqual([
    { action: 'CREATE', awsRequestId: 'test', event: 'refused', reason: 'awsAccountId is missing' },
  ]);
});

test('no line holds a property or a credential', async () => {
  const registry = world.registry();
  const fs = model(await registry.create(PROPERTIES));
  await registry.read(fs);
  await registry.list();
  await registry.create({ ...PROPERTIES, StorageCapacity: 1201 });
  world.fsx.faults.add({
    operation: 'DescribeFileSystems',
    fault: 'error',
    code: 'BadRequest',
    message: SUBNET,
  });
  await registry.read(fs);
  await registry.delete(fs);
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  expect(lines.length).toBeGreaterThan(10);
  for (const value of VALUES) expect(text).not.toContain(value);
  for (const { callerCredentials } of world.steps.map(({ event }) => event.requestData))
    for (const value of Object.values(callerCredentials)) expect(text).not.toContain(value);
});

test("a fault of this program's own is told by its place, not by its message", async () => {
  const request = parseRequest(registryEvent()) as RegistryRequest;
  const hostile = Object.defineProperty({ ...request }, 'stackTags', {
    get: () => {
      throw new RangeError('secret-value');
    },
  });
  expect(await answer(hostile, new InvocationLog({}))).toMatchObject({
    errorCode: 'InternalFailure',
  });
  expect(lines).toEqual([
    expect.objectContaining({
      event: 'answer',
      outcome: 'InternalFailure',
      fault: 'RangeError',
      at: expect.stringContaining('invocation-log.test') as string,
    }),
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret-value');
});

test('an action that is none is not told, nor a step that comes from elsewhere at any length', async () => {
  await world.invoke(registryEvent({ action: 'x'.repeat(10_000) }));
  await world.invoke(
    registryEvent({ action: 'READ', callbackContext: { step: { name: 'x'.repeat(10_000) } } }),
  );
  for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(500);
});

test('the entry point for tests tells no credential', async () => {
  const credentials = {
    accessKeyId: 'AKTESTED',
    secretAccessKey: 'tested-secret',
    sessionToken: 'tested-token',
  };
  const spies = (['error', 'warn', 'info', 'debug'] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation(() => undefined),
  );
  const { FileSystemId } = model(await world.registry().create(PROPERTIES));
  const answered = await world.bundle.testEntrypoint(
    { action: 'READ', credentials, request: { desiredResourceState: { FileSystemId } } },
    {},
  );
  expect(answered).toMatchObject({ status: 'SUCCESS' });
  const said = JSON.stringify([answered, lines, ...spies.map(({ mock }) => mock.calls)]);
  for (const value of Object.values(credentials)) expect(said).not.toContain(value);
});

test('Lambda may be told to keep quiet', async () => {
  process.env.AWS_LAMBDA_LOG_LEVEL = 'ERROR';
  await world.registry().list();
  expect(lines).toEqual([]);
});
