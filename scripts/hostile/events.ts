/** Hostile events against the function as it is shipped, with a local FSx behind it. */
import { join } from 'node:path';
import fc from 'fast-check';
import { startLocalFsx } from '../../local/fsx/server';
import { PARTS } from './hostile-texts';
import type { Subject } from './subject';

interface Functions {
  entrypoint(event: unknown, context?: unknown): Promise<unknown>;
  testEntrypoint(event: unknown, context?: unknown): Promise<unknown>;
}

/** It stands in every event, and must stand in no answer and in no line of the log. */
const SECRET = 'hostile-secret-0123456789';

export const events = (root: string): Subject => ({
  about:
    'events to the function as it is shipped: each gets an answer of the protocol, and none of its secrets leave',
  async run({ seed, runs }) {
    const fsx = await startLocalFsx({ manualClock: true });
    process.env.AWS_ENDPOINT_URL_FSX = fsx.url;
    process.env.AWS_LAMBDA_LOG_LEVEL ??= 'WARN';
    // oxlint-disable-next-line typescript/no-require-imports -- what is shipped is CommonJS, and made when this runs
    const functions = require(join(root, 'build/TypeFunction/dist/handlers.js')) as Functions;
    try {
      const found: string[] = [];
      for (const [index, event] of fc.sample(hostileEvent, { seed, numRuns: runs }).entries())
        found.push(
          ...(await answerComplaints(functions, event)).map(
            (complaint) => `seed ${seed}, event ${index}: ${complaint}`,
          ),
        );
      return found;
    } finally {
      await fsx.close();
    }
  },
});

/** What is wrong with the answers to an event. */
async function answerComplaints(functions: Functions, event: unknown): Promise<string[]> {
  const answers = await Promise.all(
    (['entrypoint', 'testEntrypoint'] as const).map((name) =>
      answered(() => functions[name](event, { awsRequestId: 'a' })),
    ),
  );
  return answers.flatMap(protocolComplaints);
}

/** An answer, or what was thrown instead of one. */
async function answered(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (thrown) {
    return { thrown: typeof thrown };
  }
}

function protocolComplaints(answer: unknown): string[] {
  const { status, errorCode, message } = answer as Record<string, unknown>;
  const wire = JSON.stringify(answer);
  const isProgress = status === 'SUCCESS' || status === 'IN_PROGRESS';
  const isFailure = status === 'FAILED' && typeof errorCode === 'string';
  const isShort = typeof message === 'string' && message.length <= 1024;
  return [
    ...((isProgress || isFailure) && isShort
      ? []
      : [`It is no answer of the protocol: ${wire.slice(0, 300)}`]),
    ...(wire.includes(SECRET) ? [`The answer holds the secret: ${wire.slice(0, 300)}`] : []),
    ...(wire.length > 1_000_000 ? [`The answer has ${wire.length} characters.`] : []),
  ];
}

/** Anything but what is expected. Each is made anew, as some change when they are read. */
const strange: fc.Arbitrary<unknown> = fc
  .oneof(
    fc.constantFrom<() => unknown>(
      () => null,
      () => undefined,
      () => NaN,
      () => -0,
      () => 10n ** 30n,
      () => Symbol('a'),
      () => () => 'a',
      () => 'x'.repeat(7_000_000),
      () => Array.from({ length: 100_000 }, () => 'x'),
      () => Array.from({ length: 3000 }, () => ({ Key: 'a', Value: 'b' })),
      () => nested(50),
      () => nested(100_000),
      cycle,
      throwing,
      () => ({ toString: throws, toJSON: throws, valueOf: throws }),
      () => new Proxy({}, { ownKeys: throws, get: throws, getPrototypeOf: throws }),
      () => JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}') as unknown,
      () => new Map([['a', 1]]),
      () => new Date(NaN),
    ),
    fc.constantFrom(...PARTS).map((text) => () => text),
    fc.anything().map((value) => () => value),
  )
  .map((make) => make());

function throws(): never {
  throw new Error(`${SECRET} `.repeat(1000));
}

function throwing(): object {
  return Object.defineProperty({}, 'a', { enumerable: true, get: throws });
}

function nested(depth: number): unknown {
  let value: unknown = 'a';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function cycle(): object {
  const made: Record<string, unknown> = {};
  made.a = made;
  return made;
}

const maybe = (value: unknown): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: strange });

const properties = fc.oneof(
  strange,
  fc.record({
    StorageCapacity: maybe('1200'),
    SubnetIds: maybe(['subnet-0a1b2c3d4e5f60718']),
    FileSystemId: maybe('fs-0123456789abcdef0'),
    Tags: maybe([{ Key: 'a', Value: 'b' }]),
    RootSquashConfiguration: maybe(undefined),
    LogConfiguration: maybe(undefined),
    KmsKeyId: maybe(undefined),
  }),
);

const registryEvent = fc.record({
  action: fc.oneof(fc.constantFrom('CREATE', 'READ', 'UPDATE', 'DELETE', 'LIST'), strange),
  awsAccountId: maybe('123456789012'),
  bearerToken: maybe('token'),
  region: maybe('us-east-1'),
  nextToken: maybe(undefined),
  callbackContext: fc.oneof(fc.constant(null), strange),
  rollback: maybe(false),
  requestData: fc.oneof(
    { weight: 1, arbitrary: strange },
    {
      weight: 6,
      arbitrary: fc.record({
        callerCredentials: maybe({
          accessKeyId: 'AK',
          secretAccessKey: SECRET,
          sessionToken: SECRET,
        }),
        logicalResourceId: maybe('Fs'),
        resourceProperties: properties,
        previousResourceProperties: properties,
        stackTags: maybe({ a: 'b' }),
        previousStackTags: maybe({}),
        typeConfiguration: maybe(undefined),
      }),
    },
  ),
});

const hostileEvent = fc.oneof(
  { weight: 1, arbitrary: strange },
  { weight: 9, arbitrary: registryEvent },
);
