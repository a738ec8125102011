/** The plan: what the page says is what the command says, and a link is a plan. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { pangea, ROOT } from '../cli/command';
import { startBrowser, withBrowser, type Session } from './browser';

interface Wanted {
  capacity: number;
  throughput: number;
  persistent: boolean;
  needs: readonly string[];
  iops: number | undefined;
  deployment: string | undefined;
  maximumCost: number | undefined;
  region: string;
  discount: number;
}

/** What is asked for in one need of five. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const wanted: fc.Arbitrary<Wanted> = fc.record({
  // Most needs are met; a few are beyond all that FSx has.
  capacity: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.1, max: 3000, noNaN: true }).map(twoDigits)), // oxfmt-ignore
  throughput: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.1, max: 900, noNaN: true }).map(twoDigits)), // oxfmt-ignore
  persistent: fc.boolean(),
  needs: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.subarray(['s3', 'backups', 'efa', 'growth'])), // oxfmt-ignore
  iops: seldom(fc.integer({ min: 1, max: 192_000 })),
  deployment: seldom(fc.constantFrom('SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2')),
  maximumCost: seldom(fc.integer({ min: 100, max: 100_000 })),
  region: fc.constantFrom('us-east-1', 'us-west-2', 'eu-central-1', 'eu-south-2', 'il-central-1', 'ap-southeast-7', 'cn-north-1'), // oxfmt-ignore
  discount: fc.constantFrom(0, 0, 12.5, 40),
});

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

function optionsOf({ capacity, throughput, ...rest }: Wanted): [string, string][] {
  const { persistent, needs, iops, deployment, maximumCost, region, discount } = rest;
  return [
    ['capacity', `${capacity}TiB`],
    ['throughput', `${throughput}GB/s`],
    ...(persistent ? [['persistent', ''] as [string, string]] : []),
    ...(needs.length > 0 ? [['needs', needs.join(',')] as [string, string]] : []),
    ...(iops === undefined ? [] : [['metadata-iops', String(iops)] as [string, string]]),
    ...(deployment === undefined ? [] : [['deployment', deployment] as [string, string]]),
    ...(maximumCost === undefined ? [] : [['max-cost', String(maximumCost)] as [string, string]]),
    ['region', region],
    ['discount', String(discount)],
  ];
}

function addressOf(want: Wanted): string {
  const needs = [...(want.persistent ? ['persistent'] : []), ...want.needs].join(',');
  const given = optionsOf(want).filter(([name]) => name !== 'persistent' && name !== 'needs');
  return `#${[...given, ['needs', needs]].map(([name, value]) => `${name ?? ''}=${value ?? ''}`).join('&')}`;
}

interface Said {
  none?: string;
  price?: string | undefined;
  yaml?: string;
  costs?: (string | undefined)[];
}

const cents = (usd: number | undefined): string | undefined =>
  usd?.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function saidByCommand(want: Wanted): Said {
  const words = ['advise', ...optionsOf(want).flatMap(([name, value]) => [`--${name}`, ...(value === '' ? [] : [value])])]; // oxfmt-ignore
  const env = { COLUMNS: '400' };
  const { code, out, err } = pangea([...words, '--format', 'json'], { env });
  if (code === 1) return { none: err.replace('pangea-lustre: ', '').trim() };
  const { configurations } = JSON.parse(out) as { configurations: { monthlyCost?: number }[] };
  const costs = configurations.map(({ monthlyCost }) => cents(monthlyCost));
  const [, yaml = ''] = pangea(words, { env }).out.split(
    'The first one, to paste under Resources:\n\n',
  );
  return { price: costs[0], yaml: yaml.trimEnd(), costs };
}

/** Goes to another address without loading the page again. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.evaluate('new Promise((done) => setTimeout(done))');
}

const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

async function saidByPage(page: Page): Promise<Said> {
  const [none] = await textsOf(page, '#answer .none');
  if (none !== undefined) return { none };
  const known = (text = ''): string | undefined => /^[\d,]+\.\d\d/.exec(text)?.[0];
  const [price] = await textsOf(page, '#answer .cost .big');
  const [yaml = ''] = await textsOf(page, '#code pre code');
  const costs = (await textsOf(page, '.choices .money')).map(known);
  return { price: known(price), yaml, costs };
}

withBrowser('the plan', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startBrowser();
  });
  afterEach(() => session.renew());
  afterAll(() => session.close());

  test('fifty random needs: choice, price and YAML are those of the command', async () => {
    const page = await session.open();
    let met = 0;
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        await goTo(page, addressOf(want));
        const said = await saidByPage(page);
        expect(said).toEqual(saidByCommand(want));
        if (said.none === undefined) met += 1;
      }),
      // How many are met is known for these.
      { numRuns: 50, seed: 20261126 },
    );
    expect(met).toBeGreaterThan(25);
    expect(session.complaints).toEqual([]);
  });

  test('what is typed and chosen stands in the address, and the address brings it back', async () => {
    const page = await session.open();
    await page.getByLabel('Capacity', { exact: true }).fill('50TB');
    await page.getByLabel('Throughput, all the time').fill('2.5');
    await page.getByLabel('survive the failure').check();
    await page.getByLabel('be linked to S3').check();
    await page.getByLabel('Metadata IOPS').selectOption('12000');
    await page.getByLabel('Region').selectOption('us-west-2');
    await page.getByLabel('Discount').fill('7.5');
    await page.getByLabel('At most').fill('20,000');
    await page.getByRole('button', { name: 'Terraform' }).click();
    const rows = page.locator('.choices input[type=radio]');
    await rows.last().check();
    await page.waitForURL(({ hash }) => hash.includes('choice='));
    const hash = new URL(page.url()).hash;
    expect(hash).toContain('throughput=2.5GB/s&needs=persistent,s3&metadata-iops=12000&max-cost=20000&region=us-west-2&discount=7.5'); // oxfmt-ignore
    const again = await session.open(hash);
    const shown = (each: Page): Promise<string> => each.locator('#results').innerText();
    expect(await shown(again)).toBe(await shown(page));
    expect(await again.getByLabel('be linked to S3').isChecked()).toBe(true);
    expect(await again.getByLabel('At most').inputValue()).toBe('20000');
    // What one address writes, the other writes too.
    expect(new URL(again.url()).hash).toBe(hash);
  });

  test.each([
    ['Capacity', 'much', 'much is not a size'],
    ['Capacity', '5 parsecs', '5 parsecs is not known: use GiB, TiB'],
    ['Throughput, all the time', '10 Gbit/s', '10 Gbit/s is in bits'],
    ['Discount', '120', '120 is not a discount: use 0 to 100 percent.'],
    ['At most', 'a lot', 'a lot is not a cost: use a number of USD.'],
  ])('%s %s is told, and the last plan stays', async (label, text, message) => {
    const page = await session.open();
    const before = await page.locator('#answer').innerText();
    await page.getByLabel(label, { exact: label === 'Capacity' }).fill(text);
    await page.getByText(message).waitFor();
    expect(await page.locator('#answer').innerText()).toBe(before);
  });

  test('a slider moves its number, and the number the slider', async () => {
    const page = await session.open();
    const number = page.getByLabel('Capacity', { exact: true });
    const slider = page.getByLabel('Capacity, slider');
    await slider.focus();
    await page.keyboard.press('End');
    expect(await number.inputValue()).toBe('2000');
    await number.fill('1');
    await number.blur();
    await page.waitForURL(({ hash }) => hash.includes('capacity=1TiB'));
    expect(await slider.inputValue()).toBe('0');
    expect(await slider.getAttribute('aria-valuetext')).toBe('1 TiB');
  });

  test('a region without prices says so in large letters, and one that AWS bills in CNY', async () => {
    const page = await session.open('#region=eu-south-2');
    expect(await textsOf(page, '.large.notice strong')).toEqual(['No prices for eu-south-2 are known here. ']); // oxfmt-ignore
    await goTo(page, '#region=cn-north-1');
    expect((await textsOf(page, '.large.notice'))[0]).toContain('AWS bills in CNY in cn-north-1');
    expect(await textsOf(page, '.cost .big')).toEqual(['No cost']);
    await goTo(page, '#region=us-east-1');
    expect(await textsOf(page, '.large.notice')).toEqual([]);
  });

  test('a price list of the user: its prices count, and are in the address', async () => {
    const page = await session.open('#region=us-west-2&needs=persistent');
    const file = join(ROOT, 'test', 'lustre', 'fixtures', 'AmazonFSx-us-west-2.json');
    const name = 'prices.json';
    const buffer = readFileSync(file);
    await page.locator('#price-file').setInputFiles({ name, mimeType: 'application/json', buffer });
    await page.getByText('prices of us-west-2 from your file').waitFor();
    const [basis = ''] = await textsOf(page, '.cost .basis');
    expect(basis).toContain('The specified price list for us-west-2');
    await page.waitForURL(({ hash }) => hash.includes('prices='));
    const again = await session.open(new URL(page.url()).hash);
    expect(await textsOf(again, '.cost')).toEqual(await textsOf(page, '.cost'));
    await again.getByRole('button', { name: 'Use the prices of this page' }).click();
    await again.waitForURL(({ hash }) => !hash.includes('prices='));
    await page.locator('#price-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from('{}') }); // oxfmt-ignore
    await page.getByText('It is not a price list').waitFor();
  });

  test('no address breaks the page', async () => {
    const page = await session.open();
    const names = ['view', 'capacity', 'throughput', 'needs', 'metadata-iops', 'deployment', 'max-cost', 'region', 'discount', 'choice', 'language', 'prices', 'template', 'before']; // oxfmt-ignore
    const value = fc.oneof(fc.string(), fc.base64String(), fc.constantFrom('plan', 'check', 'NaN', '-1', '1e999', '%', '__proto__', '<img src=x onerror=alert(1)>')); // oxfmt-ignore
    const pairs = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pairs, async (given) => {
        await goTo(page, `#${given.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join('&')}`); // oxfmt-ignore
        expect(await page.locator('main > section:not([hidden])').count()).toBe(1);
        expect(await page.locator('img').count()).toBe(0);
      }),
      { numRuns: 60 },
    );
    expect(session.complaints).toEqual([]);
  });
});
