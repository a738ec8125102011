/** Templates that are pasted: what `check`, `estimate` and `diff` say, and nothing in them is more than text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { folder, pangea, ROOT, WRONG } from '../cli/command';
import { startBrowser, withBrowser, type Session } from './browser';

const CHECK = '#view=check&region=us-east-1';
const COMPARE = '#view=compare&region=us-east-1';
const FIELD = 'A CloudFormation template, YAML or JSON';

const resource = (capacity: number, id = 'Fs', more = ''): string =>
  [
    'Resources:',
    `  ${id}:`,
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Properties:',
    `      StorageCapacity: ${capacity}`,
    '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
    more,
  ].join('\n');

const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

withBrowser('templates', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startBrowser();
  });
  afterEach(() => session.renew());
  afterAll(() => session.close());

  test('findings and estimate are those of the commands', async () => {
    const page = await session.open(CHECK);
    const example = readFileSync(join(ROOT, 'examples', 'ml-training-persistent2.yaml'), 'utf8');
    for (const template of [WRONG, example]) {
      await page.getByLabel(FIELD).fill(template);
      await page.waitForURL(({ hash }) => hash.includes('template='));
      await page.locator('#check-result h2').first().waitFor();
      await page.waitForTimeout(500);
      const { out } = pangea(['check', '-', '--format', 'json', '--region', 'us-east-1'], { input: template }); // oxfmt-ignore
      const findings = JSON.parse(out) as { message: string; line: number }[];
      expect(await textsOf(page, '.findings > li > p:nth-of-type(2)')).toEqual(findings.map(({ message }) => message)); // oxfmt-ignore
      const estimated = pangea(['estimate', '-', '--format', 'json', '--region', 'us-east-1'], { input: template }); // oxfmt-ignore
      const { monthlyCost } = JSON.parse(estimated.out) as { monthlyCost: number };
      expect(await textsOf(page, '#check-result tfoot td')).toEqual([
        monthlyCost.toLocaleString('en-US', { minimumFractionDigits: 2 }),
      ]);
    }
    const again = await session.open(new URL(page.url()).hash);
    expect(await again.getByLabel(FIELD).inputValue()).toBe(example);
  });

  test.each([
    ['grown', resource(2400), resource(4800)],
    ['shrunk', resource(4800), resource(2400)],
    ['renamed', resource(2400), resource(2400, 'Other')],
    ['removed', resource(2400), 'Resources: {}\n'],
    ['replaced', resource(2400), resource(2400, 'Fs', '      DeploymentType: SCRATCH_1\n')],
  ])('%s: the verdict is that of diff', async (_, before, after) => {
    const page = await session.open(COMPARE);
    await page.getByLabel('The deployed template', { exact: true }).fill(before);
    await page.getByLabel('The new template', { exact: true }).fill(after);
    await page.locator('.change').first().waitFor();
    const files = folder({ 'old.yaml': before, 'new.yaml': after });
    const { out } = pangea(['diff', join(files, 'old.yaml'), join(files, 'new.yaml'), '--region', 'us-east-1', '--format', 'json']); // oxfmt-ignore
    const changes = JSON.parse(out) as { verdict: string; reasons: { message: string }[] }[];
    expect((await textsOf(page, '.verdict')).sort()).toEqual(changes.map(({ verdict }) => verdict).sort()); // oxfmt-ignore
    const [told = ''] = await textsOf(page, '#compare-result');
    for (const { reasons } of changes)
      for (const { message } of reasons) expect(told).toContain(message);
  });

  test('what is no template is told in a sentence', async () => {
    const page = await session.open(CHECK);
    await page.getByLabel(FIELD).fill('Resources: [');
    await page.locator('.notice').waitFor();
    expect((await textsOf(page, '.notice'))[0]).toMatch(/^This cannot be checked: line 1:\d+, ./); // oxfmt-ignore
    await page.getByLabel(FIELD).fill('Resources: {}');
    await page.getByText('There is no Lustre file system.').waitFor();
  });

  test('of two templates, the one that cannot be read is named', async () => {
    const page = await session.open(COMPARE);
    await page.getByLabel('The deployed template', { exact: true }).fill(resource(2400));
    await page.getByLabel('The new template', { exact: true }).fill('Resources: [');
    await page.getByText('The new template cannot be compared: line 1:').waitFor();
  });

  test('a region without prices says so in large letters beside an estimate and a comparison', async () => {
    const page = await session.open('#view=check&region=eu-west-1');
    const notice = 'No prices for eu-west-1 are known here.';
    await page.getByLabel(FIELD).fill(resource(2400));
    await page.locator('#check-result .large', { hasText: notice }).waitFor();
    const other = await session.open('#view=compare&region=eu-west-1');
    await other.getByLabel('The deployed template', { exact: true }).fill(resource(2400));
    await other.getByLabel('The new template', { exact: true }).fill(resource(4800));
    await other.locator('#compare-result .large', { hasText: notice }).waitFor();
  });

  test('markup and scripts in a template are text', async () => {
    const evil = '<img src=x onerror=document.title=1><script>document.title=1</script>';
    const template = JSON.stringify({
      Conditions: { [evil]: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, evil] } },
      Resources: {
        [evil]: {
          Type: 'Pangea::FSx::LustreFileSystem',
          Properties: { StorageCapacity: 5000, [evil]: evil, SubnetIds: [evil], KmsKeyId: { 'Fn::If': [evil, evil, 'no'] } }, // oxfmt-ignore
        },
      },
    });
    const page = await session.open(CHECK);
    const title = await page.title();
    await page.getByLabel(FIELD).fill(template);
    await page.locator('.findings').waitFor();
    expect((await textsOf(page, '#check-result')).join()).toContain('<img src=x');
    const other = await session.open(COMPARE);
    await other.getByLabel('The deployed template', { exact: true }).fill(template);
    await other.getByLabel('The new template', { exact: true }).fill(template.replace('5000', '4800')); // oxfmt-ignore
    await other.locator('.change').first().waitFor();
    expect((await textsOf(other, '#compare-result')).join()).toContain('<img src=x');
    for (const each of [page, other]) {
      expect(await each.locator('img, main script').count()).toBe(0);
      expect(await each.title()).toBe(title);
    }
    expect(session.complaints).toEqual([]);
    expect(session.requests).toEqual([]);
  });

  test('a template that is too long for a link stays in the page, which says so', async () => {
    const page = await session.open(CHECK);
    let noise = '';
    for (let seed = 1; noise.length < 120_000; seed = (seed * 48271) % 2147483647)
      noise += String(seed);
    await page.getByLabel(FIELD).fill(`# ${noise}\n${resource(2400)}`);
    await page.getByText('The template to check is too long for a link').waitFor();
    expect(new URL(page.url()).hash).not.toContain('template=');
    expect((await textsOf(page, '#findings-title'))[0]).toBe(
      'No violations in 1 Lustre file system',
    );
  });
});
