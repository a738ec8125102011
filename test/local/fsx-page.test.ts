import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { LocalFsx } from '../../local/fsx/server';
import {
  call,
  closeAll,
  control,
  manualFsx,
  MINUTE,
  PERSISTENT_2,
  post,
  top,
  type Answer,
} from './support';

/** The page of the local FSx, over HTTP and in a browser. */
let fsx: LocalFsx;
beforeEach(async () => {
  fsx = await manualFsx();
});
afterEach(closeAll);

const EVIL = `"><script>document.title='taken'</script><img src=x onerror=alert(1)>'`;
const own = () => fsx.url;
const get = (headers: Record<string, string> = {}, path = '/') =>
  post(fsx, '', headers, path, 'GET');
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  post(
    fsx,
    new URLSearchParams(fields).toString(),
    {
      'Content-Type': 'application/x-www-form-urlencoded',
      Host: new URL(fsx.url).host,
      Origin: own(),
      ...headers,
    },
    '/_local/page',
  );

async function fileSystem(tags: object[] = []): Promise<string> {
  const { body } = await call(fsx, 'CreateFileSystem', top(PERSISTENT_2, tags.length > 0 ? { Tags: tags } : {})); // oxfmt-ignore
  return (body.FileSystem as { FileSystemId: string }).FileSystemId;
}

/** A file system with some of everything. */
async function busy(): Promise<string> {
  const id = await fileSystem([{ Key: 'Name', Value: 'training' }]);
  fsx.clock.advance(7 * MINUTE);
  await call(fsx, 'CreateDataRepositoryAssociation', {
    FileSystemId: id,
    FileSystemPath: '/data',
    DataRepositoryPath: 's3://bucket/data',
    BatchImportMetaDataOnCreate: true,
    S3: { AutoImportPolicy: { Events: ['NEW', 'CHANGED'] } },
  });
  fsx.clock.advance(5 * MINUTE);
  await call(fsx, 'UpdateFileSystem', { FileSystemId: id, StorageCapacity: 2400 });
  fsx.clock.advance(2 * MINUTE);
  return id;
}

describe('over HTTP', () => {
  test('it shows what there is, with progress', async () => {
    const id = await busy();
    const { raw, status, headers } = await get();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const text of [
      ...[id, 'training', 'PERSISTENT_2', '1200 GiB', 'UPDATING', 'FILE_SYSTEM_UPDATE'],
      ...['STORAGE_OPTIMIZATION', 's3://bucket/data', 'NEW, CHANGED', 'us-east-1'],
      'IMPORT_METADATA_FROM_REPOSITORY',
      ...['UpdateFileSystem 1', 'ONTAP'],
    ])
      expect(raw).toContain(text);
    expect(raw).toMatch(/<progress\s+max="100"\s+value="5"/);
    expect(raw).toContain('5 %, 30 min left');
  });

  test('it holds what /_local/overview holds', async () => {
    await busy();
    const { raw } = await get();
    const { body } = await control(fsx, 'GET', 'overview');
    const seen = body as { fileSystems: { description: { FileSystemId: string } }[] };
    expect(seen.fileSystems).toHaveLength(4);
    for (const { description } of seen.fileSystems) expect(raw).toContain(description.FileSystemId);
  });

  test('everything that comes from outside is escaped', async () => {
    const id = await busy();
    const faultId = fsx.faults.add({
      fault: 'error',
      code: 'BadRequest',
      message: EVIL,
      times: 1000,
    });
    fsx.fileSystems.change(id, {
      tags: [{ Key: 'Name', Value: EVIL }],
      lifecycle: 'FAILED',
      message: EVIL,
      values: { LustreConfiguration: { DataRepositoryConfiguration: { ImportPath: EVIL } } },
    });
    const [association] = (await control(fsx, 'GET', 'associations')).body as unknown as {
      AssociationId: string;
    }[];
    await control(fsx, 'POST', `associations/${association?.AssociationId ?? ''}`, {
      lifecycle: 'MISCONFIGURED',
      message: EVIL,
    });
    const { raw } = await get();
    expect(raw).not.toContain('<script');
    expect(raw).not.toContain('<img');
    const shown = '&quot;&gt;&lt;script&gt;document.title=&#39;taken&#39;';
    expect(raw.split(shown)).toHaveLength(6);
    expect(raw).toContain(`value="${faultId}"`);
  });

  test('nothing but its own style may load, no script runs, and nobody may frame it', async () => {
    const { headers, raw } = await get();
    const policy = String(headers['content-security-policy']);
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(raw) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy.split('; ').sort()).toEqual(
      [
        "default-src 'none'",
        `style-src 'sha256-${hash}'`,
        'img-src data:',
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].sort(),
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    for (const [, address = ''] of raw.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      expect(address).toMatch(/^(\/|data:,)/);
    }
  });

  test('its forms advance the clock and remove faults, and nothing else', async () => {
    const id = fsx.faults.add({ fault: 'throttling' });
    const before = fsx.clock.now();
    const moved = await send({ advance: '60000' });
    expect({ status: moved.status, to: moved.headers.location }).toEqual({ status: 303, to: '/' });
    expect(fsx.clock.now()).toBe(before + MINUTE);
    expect((await send({ fault: id })).status).toBe(303);
    expect(fsx.faults.list()).toEqual([]);
    for (const fields of [
      {},
      { advance: '-1' },
      { advance: '1e9' },
      { advance: '999999999999999' },
      { remove: 'fs-01234567' },
    ]) {
      const refused = await send(fields);
      expect(refused.status).toBe(400);
      expect(refused.headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect(fsx.clock.now()).toBe(before + MINUTE);
  });

  test.each([
    ['a form of another site', { Origin: 'https://example.com' }],
    ['a form of another server of this computer', { Origin: 'http://localhost:3000' }],
    ['a form in a sandbox', { Origin: 'null' }],
    [
      'a form under a name that leads here',
      { Host: 'rebound.example', Origin: 'http://rebound.example' },
    ],
    ['a form that says where it is from', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('%s does nothing', async (_, headers) => {
    const before = fsx.clock.now();
    expect((await send({ advance: '60000' }, headers)).status).toBe(403);
    expect(fsx.clock.now()).toBe(before);
  });

  test.each([
    ['a name that leads to this computer', { Host: 'rebound.example' }],
    ['a frame or a link of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a script of another site', { Origin: 'https://example.com' }],
  ])('%s does not get it', async (_, headers) => {
    await fileSystem([{ Key: 'Name', Value: 'secret-project' }]);
    const answer: Answer = await get(headers);
    expect(answer.status).toBe(403);
    expect(answer.raw).not.toContain('secret-project');
  });

  test('its own origin is let in by its form alone', async () => {
    const headers = { Host: new URL(fsx.url).host, Origin: own() };
    const world = await post(fsx, '{"missingBuckets":[]}', headers, '/_local/world');
    expect(world.status).toBe(403);
    const { status } = await post(fsx, '{}', {
      ...headers,
      'X-Amz-Target': 'AWSSimbaAPIService_v20180301.DescribeFileSystems',
    });
    expect(status).toBe(403);
  });

  test('HEAD, which asks whether the server is there, is answered as GET, without content', async () => {
    const answered = await fetch(fsx.url, { method: 'HEAD' });
    expect(answered.status).toBe(200);
    expect(answered.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answered.text()).toBe('');
    const evil = { method: 'HEAD', headers: { Origin: 'http://evil.example' } };
    expect((await fetch(fsx.url, evil)).status).toBe(403);
  });

  test('of many it shows the newest hundred, and says so', async () => {
    for (let count = 0; count < 101; count += 1) await fileSystem();
    const { raw } = await get();
    expect(raw.match(/<article/g)).toHaveLength(100);
    expect(raw).toMatch(/The newest 100 are shown;/);
  });
});

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const ARGUMENTS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const inBrowser = CHROMIUM === undefined ? describe.skip : describe;

inBrowser(`in Chromium${CHROMIUM === undefined ? ' (skipped: it is not installed)' : ''}`, () => {
  let browser: Browser;
  let page: Page;
  const trouble: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ARGUMENTS });
    page = await browser.newPage({ viewport: { width: 1100, height: 1300 } });
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => {
      trouble.push('a dialog');
      void dialog.dismiss();
    });
    page.on('request', (request) => asked.push(request.url()));
  }, 60_000);
  afterAll(() => browser.close());
  afterEach(async () => {
    await page.goto('about:blank');
    trouble.length = 0;
    asked.length = 0;
  });
  const text = () => page.innerText('main');

  test('a person sees a creation go on, moves the clock and removes a fault', async () => {
    const id = await busy();
    const creating = await fileSystem();
    fsx.faults.add({ fault: 'throttling', operation: 'CreateFileSystem', times: 'always' });
    await page.goto(`${fsx.url}/?paused`);
    expect(await page.title()).toBe('Local FSx');
    expect(await page.locator(`article:has(#${creating}) .state`).innerText()).toBe('CREATING');
    const screenshot = process.env.PAGE_SCREENSHOT;
    if (screenshot !== undefined) await page.screenshot({ path: screenshot });
    await page.getByRole('button', { name: '10 minutes' }).click();
    await page.waitForURL(`${fsx.url}/`);
    expect(await page.locator(`article:has(#${creating}) .state`).innerText()).toBe('AVAILABLE');
    await page.goto(`${fsx.url}/?paused`);
    expect(await text()).toContain('throttling');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.waitForURL(`${fsx.url}/`);
    expect(fsx.faults.list()).toEqual([]);
    expect(await text()).toContain(id);
    expect(trouble).toEqual([]);
    expect(asked.every((address) => address.startsWith(`${fsx.url}/`))).toBe(true);
  }, 60_000);

  test('it renews itself', async () => {
    await page.goto(fsx.url);
    expect(await text()).not.toContain('CREATING');
    const id = await fileSystem();
    await page.waitForSelector(`article:has(#${id})`);
  }, 60_000);

  test('what is evil is text', async () => {
    const id = await fileSystem();
    fsx.fileSystems.change(id, { tags: [{ Key: 'Name', Value: EVIL }] });
    await page.goto(`${fsx.url}/?paused`);
    expect(await page.innerText('strong')).toBe(EVIL);
    expect(await page.title()).toBe('Local FSx');
    expect(trouble).toEqual([]);
  }, 60_000);

  test('it can be used by everybody', async () => {
    await busy();
    fsx.faults.add({ fault: 'throttling' });
    await page.goto(`${fsx.url}/?paused`);
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const found = await page.evaluate<{ id: string }[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) })))',
    );
    expect(found).toEqual([]);
  }, 60_000);
});
