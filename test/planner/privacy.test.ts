/** Nothing leaves the page, and nothing comes into it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../cli/command';
import { startBrowser, withBrowser, type Session } from './browser';

withBrowser('privacy', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startBrowser();
  });
  afterEach(() => session.renew());
  afterAll(() => session.close());

  test('no request leaves, whatever is done', async () => {
    const page = await session.open();
    await page.getByLabel('Capacity', { exact: true }).fill('100');
    await page.getByLabel('Region').selectOption('eu-west-1');
    for (const name of ['CDK', 'Terraform', 'Command']) await page.getByRole('button', { name }).click(); // oxfmt-ignore
    await page.locator('.choices input').last().check();
    await page.getByRole('link', { name: 'Check a template' }).click();
    const template = readFileSync(join(ROOT, 'examples', 'batch.yaml'), 'utf8');
    await page.locator('#template').fill(template);
    await page.locator('#check-result h2').first().waitFor();
    await page.getByRole('link', { name: 'Compare two' }).click();
    await page.locator('#before').fill(template);
    await page.locator('#after').fill(template);
    await page.locator('#compare-result h2').first().waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Plan', exact: true }).click();
    await page.locator('#answer .big').first().waitFor();
    expect({ requests: session.requests, complaints: session.complaints }).toEqual({ requests: [], complaints: [] }); // oxfmt-ignore
  });

  test('a request would be counted', async () => {
    const page = await session.browser.newPage();
    await page.goto('http://planner.invalid/').catch(() => undefined);
    expect(session.requests.join()).toContain('http://planner.invalid/');
    await page.close();
  });

  test.each([
    ['a script', "const each = document.createElement('script'); each.textContent = 'document.title = 1'; document.body.append(each)"], // oxfmt-ignore
    ['a picture', "document.body.append(Object.assign(new Image(), { src: 'http://planner.invalid/x.png' }))"], // oxfmt-ignore
    ['a style', "const each = document.createElement('style'); each.textContent = 'body { color: red }'; document.body.append(each)"], // oxfmt-ignore
    ['a frame', "document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://planner.invalid/' }))"], // oxfmt-ignore
    ['a request', "fetch('http://planner.invalid/').catch(() => undefined)"],
  ])('the policy refuses %s that came in somehow', async (_, code) => {
    const page = await session.open();
    await page.evaluate(`(() => { ${code} })()`);
    await page.waitForTimeout(200);
    expect(session.complaints.join()).toContain('Content Security Policy');
    expect(await page.title()).toBe('FSx for Lustre planner');
    // The browser tells of the attempt; nothing was sent.
    expect(session.requests.filter((each) => /^(GET|POST|CONNECT) /.test(each))).toEqual([]);
  });
});
