import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { startLocalFsx, type LocalFsx } from '../../local/fsx/server';
import { OPERATIONS, REQUESTS, type Operation, type Shape } from '../../local/fsx/api/shapes';
import { startLambda } from '../../local/lambda/lambda';
import type { Subject } from './subject';

/** Where requests go: a port, a path and the headers that the place needs. */
interface Place {
  port: number;
  path: string;
  method: string;
  headers: Record<string, string>;
}

interface Answer {
  status: number;
  body: string;
}

interface Servers {
  fsx: LocalFsx;
  lambda: { port: number };
  stateFile: string;
}

/** Names that every object has, or that end or change something in a text. */
const NAMES = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'then', 'toJSON'],
  ...['', ' ', '\r\nX-Injected: 1', '\u0000', '\u001b[2J', '\u202e', '../../etc/passwd', '%00'],
];
const NUMBERS = [
  ...[0, -0, -1, 1, 0.5, 1e-300, 1e30, 1e308, 2 ** 31, 2 ** 53, 8.64e15, 8.64e15 + 1],
  ...[Number.MAX_VALUE, Number.MIN_VALUE, 99, 600, 600_001],
];
/** Words that the servers look for. */
const WORDS = [
  ...['throttling', 'unavailable', 'slow', 'error', 'endsFailed', 'serviceLimit', 'always'],
  ...[
    'LUSTRE',
    'PERSISTENT_1',
    'SSD',
    'AVAILABLE',
    'subnet-0123456789abcdef0',
    '05:00',
    'fs-01234567',
  ],
];
const MEMBERS = [
  ...['fault', 'operation', 'times', 'after', 'match', 'code', 'message', 'members', 'status'],
  ...['limit', 'delay', 'advance', 'quotas', 'missingBuckets', 'missingSubnets', 'fileSystems'],
  ...['values', 'tags', 'lifecycle', 'updatable', 'Key', 'Value', 'StorageCapacity'],
  ...['LustreConfiguration', 'AutomaticBackupRetentionDays', 'DailyAutomaticBackupStartTime'],
];

const scalar = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...NAMES, ...WORDS),
  fc.constantFrom(null, true, false),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double(),
);

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...MEMBERS, ...NAMES), tie('json')), { maxLength: 4 })
      .map(objectOf),
  ),
}));

/** With `__proto__` as a member, as JSON has it. */
function objectOf(members: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of members) {
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true });
  }
  return made;
}

/** A fault, a change and so on, with some members that are right: what is wrong in it comes to be looked at. */
const almostRight = fc
  .tuple(
    fc.constantFrom(
      { fault: 'unavailable' },
      { fault: 'error', code: 'Odd' },
      { fault: 'slow', operation: 'DescribeBackups' },
      { fault: 'endsFailed' },
      { advance: 60_000 },
      { quotas: { fileSystems: 1_000_000 } },
      { lifecycle: 'MISCONFIGURED' },
      { values: { StorageCapacity: 2400 } },
    ),
    fc.array(fc.tuple(fc.constantFrom(...MEMBERS, ...NAMES), json), { maxLength: 3 }),
  )
  .map(([right, more]) => objectOf([...Object.entries(right), ...more]));

/** A request of the right types, so that it gets past the first check. */
function requestOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return shape.enum ? fc.constantFrom(...shape.enum) : fc.constantFrom(...WORDS, ...NAMES);
    case 'integer':
      return fc.constantFrom(0, 1, 50, 1200, 2400, 2147483647, 2147483648);
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(requestOf(shape.of), { maxLength: 3 });
    case 'foreign':
      return json;
    case 'structure':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.members).map(([name, member]) => [
            name,
            fc.option(requestOf(member), { nil: undefined }),
          ]),
        ),
      );
  }
}

const deep = fc
  .record({ levels: fc.constantFrom(10, 60, 5_000, 100_000), open: fc.constantFrom('[', '{"a":') })
  .map(
    ({ levels, open }) =>
      `{"match":${open.repeat(levels)}1${(open === '[' ? ']' : '}').repeat(levels)}}`,
  );

/** A body as it goes over the wire. */
const body = fc.oneof(
  { weight: 4, arbitrary: almostRight.map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: deep },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{', 'null', '[]', '{"advance":1e999}', '{"a":NaN}', '\uFEFF{}'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
);

const CONTROLS = [
  ...['', 'clock', 'faults', 'faults/ID', 'requests', 'world', 'file-systems'],
  ...['overview', 'associations', 'associations/ID', 'tasks', 'page'],
];
const OF_ONE = ['file-systems/ID', 'file-systems/ID/tasks', 'file-systems/ID/associations'];
const METHODS = ['POST', 'POST', 'POST', 'GET', 'DELETE', 'PUT', 'HEAD'];

const pathPart = fc.constantFrom('1', 'FIRST', '__proto__', '..', '%2e%2e', 'constructor', '[');

/** One request to one of the places; what is missing in it is filled in when the servers are there. */
interface Try {
  readonly run: (servers: Servers) => Promise<void>;
  /** How it is shown where it has done harm. */
  readonly [fc.toStringMethod]: () => string;
}

const tried = (what: object, run: Try['run']): Try => ({
  run,
  [fc.toStringMethod]: () => JSON.stringify(what),
});

const atControl = fc
  .record({
    method: fc.constantFrom(...METHODS),
    path: fc.constantFrom(...CONTROLS, ...OF_ONE, ...OF_ONE),
    part: pathPart,
    body,
  })
  .map((what) =>
    tried(what, async ({ fsx }) => {
      const { method, path, part, body: sent } = what;
      const [first] = fsx.fileSystems.all();
      const id = part === 'FIRST' ? (first?.FileSystemId ?? '') : part;
      const place = {
        port: fsx.port,
        method,
        path: `/_local/${path.replace('ID', id)}`,
        headers: {},
      };
      // A connection that is cut or hangs is what some faults are for, but not here.
      const answer = await ask(place, sent);
      expectStatus(answer, [200, 400, 413]);
    }),
  );

const atFsx = fc
  .constantFrom(...OPERATIONS)
  .chain((operation) =>
    fc.tuple(
      fc.constant(operation),
      fc.oneof(
        requestOf(REQUESTS[operation]).map((value) => JSON.stringify(value)),
        body,
      ),
    ),
  )
  .map(([operation, sent]: [Operation, string]) =>
    tried([operation, sent], async ({ fsx }) => {
      fsx.faults.clear();
      const headers = { 'X-Amz-Target': `AWSSimbaAPIService_v20180301.${operation}` };
      const answer = await ask({ port: fsx.port, method: 'POST', path: '/', headers }, sent);
      expectStatus(answer, [200, 400, 413]);
      if (answer.body.includes('InternalServerError'))
        throw new Error(`${operation}: ${answer.body}`);
    }),
  );

const atLambda = fc
  .record({ name: fc.constantFrom('TypeFunction', 'TestEntrypoint', '__proto__', '..'), body })
  .map((what) =>
    tried(what, async ({ lambda }) => {
      const { name, body: sent } = what;
      const path = `/2015-03-31/functions/${name}/invocations`;
      const answer = await ask({ port: lambda.port, method: 'POST', path, headers: {} }, sent);
      expectStatus(answer, [200, 400, 404, 413]);
    }),
  );

/** What a browser sends along is refused, whatever is asked for. */
const fromAPage = fc
  .record({
    header: fc.constantFrom<Record<string, string>>(
      { Origin: 'https://example.com' },
      { Origin: 'null' },
      { Host: 'rebound.example' },
      { Host: '127.0.0.1.example:4567' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ),
    path: fc.constantFrom(...CONTROLS),
    method: fc.constantFrom('POST', 'GET', 'DELETE', 'OPTIONS'),
    body,
  })
  .map((what) =>
    tried(what, async ({ fsx, lambda }) => {
      const { header, path, method, body: sent } = what;
      const world = JSON.stringify(fsx.setWorld({}));
      const now = fsx.clock.now();
      for (const { port } of [fsx, lambda]) {
        const place = { port, method, path: `/_local/${path}`, headers: header };
        expectStatus(await ask(place, sent), [403]);
      }
      if (JSON.stringify(fsx.setWorld({})) !== world || fsx.clock.now() !== now) {
        throw new Error('A page has changed something.');
      }
    }),
  );

/** Lines that are nearly HTTP. */
const rawLines = fc
  .record({
    first: fc.constantFrom(
      'POST /_local/faults HTTP/1.1',
      'GET / HTTP/1.0',
      'GET //[ HTTP/1.1',
      'X',
    ),
    headers: fc.array(
      fc.constantFrom(
        ...['Host: localhost', 'Host: [', 'Host:', 'Content-Length: -1', 'Content-Length: 1e9'],
        ...[
          'Content-Length: 5',
          'Transfer-Encoding: chunked',
          'Expect: 100-continue',
          ': x',
          '\u0000',
        ],
        ...['Connection: upgrade', `X: ${'x'.repeat(40_000)}`, 'Sec-Fetch-Site: none'],
      ),
      { maxLength: 5 },
    ),
    rest: fc.constantFrom('', '{}', '5\r\n{}\r\n', 'zz\r\n'),
  })
  .map((what) =>
    tried(what, async ({ fsx, lambda }) => {
      const { first, headers, rest } = what;
      for (const { port } of [fsx, lambda]) {
        await sendLines(port, [first, ...headers, '', rest].join('\r\n'));
      }
    }),
  );

const tries: fc.Arbitrary<Try> = fc.oneof(
  { weight: 5, arbitrary: atControl },
  { weight: 4, arbitrary: atFsx },
  { weight: 1, arbitrary: atLambda },
  { weight: 1, arbitrary: fromAPage },
  { weight: 1, arbitrary: rawLines },
);

function ask({ port, path, method, headers }: Place, sent: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': String(Buffer.byteLength(sent)) };
    const asked = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...length, ...headers },
      agent: false,
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      text(response).then((answered) => {
        resolve({ status: response.statusCode ?? 0, body: answered });
      }, reject);
    });
    asked.end(sent);
  });
}

async function sendLines(port: number, lines: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(lines);
  await text(socket).catch(() => '');
}

function expectStatus({ status, body: answered }: Answer, allowed: readonly number[]): void {
  if (allowed.includes(status)) return;
  throw new Error(`answered with status ${status}: ${answered.slice(0, 500)}`);
}

const CLOCK = { manualClock: true, startTime: Date.UTC(2026, 2, 2) };
const HANDLERS = `exports.entrypoint = exports.testEntrypoint = (event) => ({ event });`;

/** Both servers, with a file system and a state file. */
async function withServers(
  folder: string,
  use: (servers: Servers) => Promise<void>,
): Promise<void> {
  const stateFile = join(folder, 'state.json');
  const handlers = join(folder, 'handlers.js');
  writeFileSync(handlers, HANDLERS);
  const fsx = await startLocalFsx({ ...CLOCK, stateFile });
  const lambda = await startLambda({ handlers });
  try {
    await use({ fsx, lambda, stateFile });
  } finally {
    await lambda.close();
    await fsx.close();
  }
}

/** What is kept is what the next server has. */
async function expectKept({ fsx, stateFile }: Servers, folder: string): Promise<void> {
  const copy = join(folder, 'copy.json');
  writeFileSync(copy, readFileSync(stateFile));
  const next = await startLocalFsx({ ...CLOCK, stateFile: copy });
  try {
    const [before, after] = [fsx, next].map(({ fileSystems, setWorld, clock }) =>
      JSON.stringify([fileSystems.all(), setWorld({}), clock.now()]),
    );
    if (before !== after) throw new Error(`After a restart there is ${after}, not ${before}.`);
  } finally {
    await next.close();
  }
}

const CREATION = JSON.stringify({
  FileSystemType: 'LUSTRE',
  StorageCapacity: 1200,
  SubnetIds: ['subnet-0123456789abcdef0'],
  LustreConfiguration: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 },
});

/** Tries some requests one after the other, and then whether the servers and their state are sound. */
async function attack(attempts: readonly Try[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    await withServers(folder, async (servers) => {
      const { fsx } = servers;
      const headers = { 'X-Amz-Target': 'AWSSimbaAPIService_v20180301.CreateFileSystem' };
      await ask({ port: fsx.port, method: 'POST', path: '/', headers }, CREATION);
      for (const { run } of attempts) await run(servers);
      fsx.faults.clear();
      const place = { port: fsx.port, method: 'GET', path: '/_local/requests', headers: {} };
      expectStatus(await ask(place, ''), [200]);
      await expectKept(servers, folder);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const TRIES_AT_ONCE = 10;

export const servers: Subject = {
  about:
    'requests to the local FSx, its control API and the Lambda endpoint: none ends a server, now or after a restart',
  run: async ({ seed, runs }) => {
    const attempts = fc.array(tries, { minLength: 1, maxLength: TRIES_AT_ONCE });
    await fc.assert(fc.asyncProperty(attempts, attack), {
      seed,
      // A run starts servers, and then tries several requests.
      numRuns: Math.max(1, Math.ceil(runs / TRIES_AT_ONCE)),
    });
    return [];
  },
};
