import type { HandlerResponse } from '../../src/runtime/response';
import { lambda, type Handler } from '../../src/runtime/lambda';
import type { RegistryRequest } from '../../src/runtime/request';
import { registryEvent as ofTestEvent } from '../../src/runtime/test-event';
import { registryEvent } from './events';
import { stockLibrary, stockResource } from './stock-library';

/**
 * What the stock runtime library gets wrong, version 1.0.6, and what ours does with the same event. A test that fails on the
 * library's part means that it was repaired: then its defect can be struck from manual/development/runtime.md.
 */
const stock = stockLibrary();
const { ProgressEvent } = stock;
type StockRequest = Record<string, unknown> & { desiredResourceState: Record<string, unknown> };

/** The library's fixed waits pass at once, and are written down here. */
const waits: number[] = [];
/** What is on the console. */
const logged: string[] = [];

beforeEach(() => {
  process.env.AWS_LAMBDA_LOG_LEVEL = 'INFO';
  waits.length = 0;
  logged.length = 0;
  stock.calls.length = 0;
  const { setTimeout } = globalThis;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, ms?: number) => {
    waits.push(ms ?? 0);
    return setTimeout(run, 0);
  });
  jest.spyOn(console, 'log').mockImplementation((...said: unknown[]) => {
    logged.push(
      said.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' '),
    );
  });
});
afterEach(async () => {
  // The library answers before it has logged all.
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  jest.restoreAllMocks();
  process.env.AWS_LAMBDA_LOG_LEVEL = 'WARN';
});

const success = () => Promise.resolve(ProgressEvent.success());
const ok: Handler = () => Promise.resolve({ status: 'SUCCESS' });

/** Both with the same events, one after the other; each gives what it handed to its handler. */
async function requests(...events: unknown[]) {
  const seen = {
    stock: [] as StockRequest[],
    sessions: [] as unknown[],
    ours: [] as RegistryRequest[],
  };
  const resource = stockResource(stock, (session, request) => {
    seen.sessions.push(session);
    seen.stock.push(request as StockRequest);
    return success();
  });
  const ours = lambda((request) => {
    seen.ours.push(request);
    return ok(request, undefined as never);
  });
  for (const event of events) {
    await resource.entrypoint(event, undefined as never);
    await ours(event);
  }
  return seen;
}

/** Both answers, or what was thrown, when the handlers do this. */
async function answers(
  event: unknown,
  stockHandler: (request: StockRequest) => unknown,
  handler: (request: RegistryRequest) => HandlerResponse,
) {
  const resource = stockResource(stock, (_session, request) =>
    Promise.resolve().then(() => stockHandler(request as StockRequest) as never),
  );
  return {
    stock: await resource.entrypoint(event, undefined as never).catch((thrown: unknown) => thrown),
    ours: await lambda((request) => Promise.resolve().then(() => handler(request)))(event),
  };
}

test('LIST gets its next token', async () => {
  const seen = await requests(registryEvent({ action: 'LIST', nextToken: 'page-2' }));
  expect(seen.stock[0]?.nextToken).toBeUndefined();
  expect(seen.ours[0]?.nextToken).toBe('page-2');
});

test('a rollback is told of', async () => {
  const seen = await requests(registryEvent({ rollback: true }));
  expect(seen.stock[0]).not.toHaveProperty('rollback');
  expect(seen.ours[0]?.rollback).toBe(true);
});

test('no invocation waits for a second', async () => {
  await stockResource(stock, success).entrypoint(registryEvent(), undefined as never);
  expect(waits).toContain(1000);
  waits.length = 0;
  await lambda(ok)(registryEvent());
  expect(waits).toEqual([]);
});

test("no invocation has the last caller's credentials", async () => {
  const seen = await requests(registryEvent(), registryEvent({}, { callerCredentials: null }));
  expect(seen.sessions[1]).toMatchObject({ options: { credentials: { accessKeyId: 'AKCALLER' } } });
  expect(seen.ours[0]?.credentials?.accessKeyId).toBe('AKCALLER');
  expect(seen.ours[1]).not.toHaveProperty('credentials');
});

test('credentials do not pile up', async () => {
  const resource = stockResource(stock, success);
  for (let i = 0; i < 3; i++) await resource.entrypoint(registryEvent(), undefined as never);
  const { logFilters } = (
    resource as unknown as { platformLambdaLogger: { logFilters: unknown[] } }
  ).platformLambdaLogger;
  expect(logFilters.length).toBeGreaterThan(3);
  // Ours keeps nothing between invocations that could: a handler is a function of the event.
});

test('a property that cannot be parsed is not logged', async () => {
  const event = registryEvent({}, { resourceProperties: { StorageCapacity: 'top-secret' } });
  await stockResource(stock, success).entrypoint(event, undefined as never);
  expect(logged.join()).toContain('top-secret');
  logged.length = 0;
  await lambda(ok)(event);
  expect(logged.join()).not.toContain('top-secret');
});

test('what is thrown need not be an Error', async () => {
  const thrown = () => {
    // oxlint-disable-next-line typescript/only-throw-error
    throw 'a text';
  };
  const { stock: theirs, ours } = await answers(registryEvent(), thrown, thrown);
  expect(String(theirs)).toContain("reading 'serialize'");
  expect(ours).toMatchObject({ status: 'FAILED', errorCode: 'InternalFailure', message: 'a text' });
});

test('a failure has its code, whatever its class is called', async () => {
  class Gone extends stock.exceptions.NotFound {}
  const { stock: theirs, ours } = await answers(
    registryEvent(),
    () => {
      throw new Gone('Pangea::FSx::LustreFileSystem', 'fs-1');
    },
    () => ({ status: 'FAILED', errorCode: 'NotFound' }),
  );
  expect(theirs).not.toHaveProperty('errorCode');
  expect(ours.errorCode).toBe('NotFound');
});

test('a number is what CloudFormation sent, and an answer can hold any', async () => {
  const seen = await requests(registryEvent());
  expect(seen.stock[0]?.desiredResourceState.storageCapacity).toBe(1200n);
  expect(seen.ours[0]?.desired.StorageCapacity).toBe('1200');

  // The library mends BigInt for the whole process, once it has parsed an integer.
  delete (BigInt.prototype as { toJSON?: unknown }).toJSON;
  const { stock: theirs, ours } = await answers(
    registryEvent({}, { resourceProperties: {} }),
    () => ProgressEvent.success(new stock.ResourceModel({ storageCapacity: 1200n })),
    () => ({ status: 'SUCCESS', resourceModel: { StorageCapacity: 1200n } }),
  );
  expect(String(theirs)).toContain('BigInt');
  expect(ours.resourceModel).toEqual({ StorageCapacity: 1200 });
});

test('an answer has no null, at any depth', async () => {
  const { stock: theirs, ours } = await answers(
    registryEvent(),
    () => ProgressEvent.success(new stock.ResourceModel({ kmsKeyId: null, subnetIds: [null] })),
    () => ({ status: 'SUCCESS', resourceModel: { KmsKeyId: null, SubnetIds: [null] } }),
  );
  expect(JSON.stringify(theirs)).toContain('null');
  expect(ours.resourceModel).toEqual({ SubnetIds: [] });
});

test('a request may be worked on', async () => {
  const { stock: theirs, ours } = await answers(
    registryEvent({}, { resourceProperties: { Tags: [{ Key: 'a', Value: '1' }] } }),
    ({ desiredResourceState }) => {
      (desiredResourceState.tags as unknown[]).push({});
      return success();
    },
    ({ desired }) => {
      (desired.Tags as unknown[]).push({});
      return { status: 'SUCCESS' };
    },
  );
  expect(theirs).toMatchObject({ status: 'FAILED', errorCode: 'InternalFailure' });
  expect(ours.status).toBe('SUCCESS');
});

test('nobody is told a wrong partition', async () => {
  const seen = await requests(registryEvent());
  expect(seen.stock[0]?.awsPartition).toBe('aws-gov');
  expect(seen.ours[0]).not.toHaveProperty('awsPartition');
});

test('a tag may have any key', async () => {
  const event = registryEvent({}, { stackTags: { constructor: 'Acme' } });
  const theirs = await stockResource(stock, success).entrypoint(event, undefined as never);
  expect(theirs).toMatchObject({ status: 'FAILED' });
  const seen: RegistryRequest[] = [];
  await lambda((request) => {
    seen.push(request);
    return ok(request, undefined as never);
  })(event);
  expect(seen[0]?.stackTags).toEqual({ constructor: 'Acme' });
});

test('a type configuration needs no class', async () => {
  const event = registryEvent({}, { typeConfiguration: { Pricing: { DiscountPercent: '10' } } });
  const theirs = await stockResource(stock, success).entrypoint(event, undefined as never);
  expect(theirs).toMatchObject({ status: 'FAILED', errorCode: 'InvalidTypeConfiguration' });
  let configuration: unknown;
  await lambda((request) => {
    configuration = request.typeConfiguration;
    return ok(request, undefined as never);
  })(event);
  expect(configuration).toEqual({ Pricing: { DiscountPercent: '10' } });
});

test('the test entry point logs no credential', async () => {
  const { requestData, ...event } = registryEvent({ action: 'READ' });
  const testEvent = { ...event, credentials: requestData.callerCredentials, request: {} };
  await stockResource(stock, success).testEntrypoint(testEvent, undefined);
  expect(logged.join()).toContain('caller-secret');
  logged.length = 0;
  await lambda((request, log) => {
    log.write({ event: 'seen' });
    return ok(request, log);
  })(ofTestEvent(testEvent));
  expect(logged.join()).toContain('seen');
  expect(logged.join()).not.toContain('caller-secret');
});

test('an empty session token garbles no line', async () => {
  const callerCredentials = { accessKeyId: 'AK', secretAccessKey: 'secret', sessionToken: '' };
  const event = registryEvent({}, { callerCredentials });
  await stockResource(stock, (_session, _request, _context, logger) => {
    logger.log('plain words');
    return success();
  }).entrypoint(event, undefined as never);
  expect(logged.join()).not.toContain('plain words');
  expect(logged.join()).toContain('p<REDACTED>l<REDACTED>a');
  logged.length = 0;
  await lambda((request, log) => {
    log.write({ event: 'plain words' });
    return ok(request, log);
  })(event);
  expect(logged.join()).toContain('plain words');
});

test('no bucket is guessed, and no line is sent alone', async () => {
  const providerCredentials = {
    accessKeyId: 'AK',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  };
  await stockResource(stock, (_session, _request, _context, logger) => {
    for (let line = 0; line < 10; line++) logger.log('line %d', line);
    return success();
  }).entrypoint(
    registryEvent({}, { providerCredentials, providerLogGroupName: 'group' }),
    undefined as never,
  );
  for (let sent = -1; sent < stock.calls.length;) {
    sent = stock.calls.length;
    await turns(50);
  }
  expect(stock.calls).toContain('putObject');
  expect(stock.calls.filter((call) => call === 'putLogEvents').length).toBeGreaterThan(10);
  expect(waits.filter((wait) => wait === 250).length).toBeGreaterThan(10);
  // What ours sends: provider.test.ts.
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
