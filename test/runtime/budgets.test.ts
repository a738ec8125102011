import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUNDLE, model, startWorld, SUBNET, type World } from '../protocol/harness';

/** What must not grow unnoticed, as numbers that depend on no machine. `npm run bench` measures the time. */
const ROOT = join(__dirname, '..', '..');
const source = readFileSync(BUNDLE, 'utf8');
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, unknown>;
};
const installed = (name: string) =>
  Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`));

test('the bundle is one file of 900,000 bytes at most', () => {
  expect(readdirSync(dirname(BUNDLE))).toEqual(['handlers.js']);
  expect(statSync(BUNDLE).size).toBeLessThanOrEqual(900_000);
});

test('SDK v2 is neither installed nor bundled, and there is one class-transformer', () => {
  expect(installed('aws-sdk')).toEqual([]);
  expect(existsSync(join(ROOT, 'node_modules', 'aws-sdk'))).toBe(false);
  expect(source).not.toContain('aws-sdk/clients');
  expect(installed('class-transformer')).toEqual(['node_modules/class-transformer']);
});

test.each([
  ['bowser', /googlebot/i],
  ['reflect-metadata', /deleteMetadata/],
])('%s is not bundled', (_, mark) => {
  expect(source).not.toMatch(mark);
});

describe('code that is parsed, by bytes', () => {
  /** What V8 parses when this runs in a fresh process: the file without its chunks, and the chunks that it asks for. */
  function parsed(work: string): { bytes: number; chunks: string[]; builtin: string[] } {
    const script = `
      const { eval: compile } = globalThis;
      const chunks = [];
      let bytes = 0;
      globalThis.eval = (code) => {
        chunks.push(/sourceURL=.*\\/(.*)-/.exec(code)[1]);
        bytes += code.length;
        return compile(code);
      };
      const before = new Set(process.moduleLoadList);
      const { entrypoint } = require(${JSON.stringify(BUNDLE)});
      const event = {
        action: 'READ', awsAccountId: '1', region: 'us-east-1',
        requestData: {
          callerCredentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
          resourceProperties: { FileSystemId: 'fs-0123456789abcdef0' },
        },
      };
      (async () => {
        ${work}
        const builtin = process.moduleLoadList.filter((name) => !before.has(name));
        process.stdout.write(JSON.stringify({ bytes, chunks, builtin }));
      })();`;
    const env = { ...process.env, AWS_ENDPOINT_URL_FSX: 'http://127.0.0.1:9' };
    return JSON.parse(
      execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }),
    ) as {
      bytes: number;
      chunks: string[];
      builtin: string[];
    };
  }

  test('loading: no SDK, and no module of Node that is slow to load', () => {
    const { builtin, bytes, chunks } = parsed('');
    expect(chunks).not.toContain('sdk');
    for (const slow of ['crypto', 'https', 'fs/promises', 'zlib', 'stream'])
      expect(builtin).not.toContain(`NativeModule ${slow}`);
    const [dormant = ''] = /const chunks = \{.*?\n\};/s.exec(source) ?? [];
    expect(source.length - dormant.length + bytes).toBeLessThan(43_000);
  });

  test('an event that is refused: no SDK', () => {
    const { chunks } = parsed("await entrypoint({ ...event, action: 'CREATE' })");
    expect(chunks).not.toContain('sdk');
  });

  const READ = `
    const server = require('node:http').createServer((_, answer) => answer.end('{"FileSystems":[]}'));
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    process.env.AWS_ENDPOINT_URL_FSX = 'http://127.0.0.1:' + server.address().port;
    await entrypoint(event);
    server.close();`;

  test('a read: the SDK, no other action, no search for credentials, no provider, no errors', () => {
    const { builtin, bytes, chunks } = parsed(READ);
    expect(chunks).toContain('sdk');
    expect(chunks).toContain('read');
    const others = ['create', 'update', 'delete', 'provider', 'dist-es', 'price-list', 'sts'];
    for (const unused of [...others, 'errors']) expect(chunks).not.toContain(unused);
    for (const slow of ['fs/promises', 'zlib'])
      expect(builtin).not.toContain(`NativeModule ${slow}`);
    expect(bytes).toBeLessThan(325_000);
  });
});

describe('calls to FSx, counted', () => {
  let world: World;
  beforeEach(async () => (world = await startWorld()));
  afterEach(() => world.close());
  const calls = () => world.fsx.requests.all().map(({ operation }) => operation);
  const PROPERTIES = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
  const polls = (action: string) => world.steps.filter((step) => step.action === action).length - 1;

  test('create: one, and one look for each poll', async () => {
    model(await world.registry().create(PROPERTIES));
    expect(calls()).toEqual([
      'CreateFileSystem',
      ...Array.from({ length: polls('CREATE') }, () => 'DescribeFileSystems'),
    ]);
  });

  test('list: one for each page', async () => {
    const paged = await startWorld({ pageSize: 2 });
    try {
      for (let count = 0; count < 3; count++) model(await paged.registry().create(PROPERTIES));
      const before = paged.fsx.requests.all().length;
      await paged.registry().list();
      const pages = paged.steps.filter(({ action }) => action === 'LIST').length;
      expect(pages).toBeGreaterThan(1);
      const operations = paged.fsx.requests.all().map(({ operation }) => operation);
      expect(operations.slice(before)).toEqual(
        Array.from({ length: pages }, () => 'DescribeFileSystems'),
      );
    } finally {
      await paged.close();
    }
  });

  test('read: one; delete: a look, the call, and a look for each poll', async () => {
    const fs = model(await world.registry().create(PROPERTIES));
    const before = calls().length;
    await world.registry().read(fs);
    expect(calls().slice(before)).toEqual(['DescribeFileSystems']);
    await world.registry().delete(fs);
    expect(calls().slice(before + 1)).toEqual([
      'DescribeFileSystems',
      'DeleteFileSystem',
      ...Array.from({ length: polls('DELETE') }, () => 'DescribeFileSystems'),
    ]);
  });

  test('a refusal: none', async () => {
    expect(await world.registry().create({ ...PROPERTIES, StorageCapacity: 5 })).toMatchObject({
      errorCode: 'InvalidRequest',
    });
    expect(calls()).toEqual([]);
  });
});
