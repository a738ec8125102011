/** Who uses the page, and with what: assistive technology, the keyboard, a phone, a zoom, a printer. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { startBrowser, withBrowser, type Session } from './browser';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const TEMPLATE = (capacity: number): string =>
  `Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties:\n      StorageCapacity: ${capacity}\n      SubnetIds: [subnet-0a1b2c3d4e5f60718]\n`;

interface Found {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe-core finds that is serious, one line each. */
async function seriousOf(page: Page): Promise<string[]> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(AXE);
  // Without what it passes, which is ten times as much.
  const { violations } = await page.evaluate<{ violations: Found[] }>("axe.run({ resultTypes: ['violations'] })"); // oxfmt-ignore
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`).join(' | ')}`); // oxfmt-ignore
}

const PLANS = [
  ['a plan', ''],
  ['one that chose another', '#choice=PERSISTENT_2-SSD-500&language=cdk&needs=persistent,backups'],
  ['no prices', '#region=eu-south-2&capacity=1200TiB&throughput=100MB/s'],
  ['no cost', '#region=cn-north-1'],
  ['nothing that satisfies', '#capacity=9000000TiB'],
] as const;

async function openView(session: Session, view: string): Promise<Page> {
  const page = await session.open(`#view=${view}`);
  const areas = page.locator(`#${view} textarea`);
  for (let index = 0; index < (await areas.count()); index += 1)
    await areas.nth(index).fill(TEMPLATE(5000 - 200 * index));
  await page.locator(`#${view}-result h2`).first().waitFor();
  return page;
}

withBrowser('for everybody', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startBrowser();
  });
  afterAll(() => session.close());

  /** Opened once for all tests of a page: to open one takes longer than most of what is looked at. */
  let page: Page;
  const opens = (open: () => Promise<Page>): void => {
    beforeAll(async () => {
      page = await open();
    });
    afterAll(() => session.renew());
  };

  const isAccessible = (): void => {
    test.each(['light', 'dark'] as const)(
      'axe-core finds nothing serious, %s',
      async (colorScheme) => {
        // Without motion, because colors that change slowly are not yet those of the scheme.
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await seriousOf(page)).toEqual([]);
      },
    );
  };

  const fits = (): void => {
    test.each([
      ['a phone', 360],
      ['200 % on a small screen', 512],
      ['200 % on a larger one', 640],
      ['a tablet', 820],
    ])('nothing is cut off on %s', async (_, width) => {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        width,
      );
    });
  };

  describe.each(PLANS)('%s', (_, hash) => {
    opens(() => session.open(hash));
    isAccessible();

    test('is printed on one A4 page', async () => {
      await page.emulateMedia({ colorScheme: 'dark' });
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBe(1);
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    });
  });

  describe('a plan on another screen', () => {
    opens(() => session.open('#needs=persistent&region=eu-south-2'));
    fits();
  });

  describe.each(['check', 'compare'])('%s', (view) => {
    opens(() => openView(session, view));
    isAccessible();
    fits();
  });

  describe('a plan', () => {
    opens(() => session.open());

    test('the keyboard alone reaches all of it: fields, a point of the plot, a row, the text to copy', async () => {
      const reached: string[] = [];
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        reached.push(await page.evaluate<string>("(({ activeElement: e }) => e.id || e.dataset.key || e.textContent.trim())(document)")); // oxfmt-ignore
      }
      for (const each of [
        'Check a template',
        'capacity',
        'capacity-slider',
        'need-s3',
        'iops',
        'region',
        'price-file',
        'point SCRATCH_2-SSD',
        'row SCRATCH_2-SSD',
        'language cdk',
        'copy',
      ])
        // oxfmt-ignore
        expect(reached).toContain(each);
      // The plot is one stop, however many points it has.
      const order = reached.slice(0, reached.indexOf('row SCRATCH_2-SSD'));
      expect(order.filter((each) => each.startsWith('point ')).length).toBe(1);
    });

    test('arrows lead through the points of the plot, and show their values', async () => {
      await page.locator('.point[tabindex="0"]').focus();
      const values = new Set<string>();
      for (let presses = 0; presses < 4; presses += 1) {
        await page.keyboard.press('ArrowUp');
        await page.locator('.point[aria-checked=true]:focus').waitFor();
        const key = await page.locator('.point:focus').getAttribute('aria-label');
        const tip = await page.locator('#tip').innerText();
        expect(key).toContain(tip.split('\n')[0]);
        expect(await page.locator('.point[aria-checked=true]').getAttribute('aria-label')).toBe(
          key,
        );
        values.add(tip);
      }
      expect(values.size).toBe(4);
      expect(await page.locator('#answer h2').innerText()).toMatch(/^Your choice|^Cheapest/);
    });

    test('axe-core would find something serious', async () => {
      await page.evaluate("document.querySelector('label[for=region]').remove()");
      expect((await seriousOf(page)).join()).toContain('select-name');
    });
  });
});
