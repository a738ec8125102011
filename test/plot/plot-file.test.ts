/** `advise --plot`: what the file shows is what `advise` says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, pangea, ROOT } from '../cli/command';

interface Advised {
  configurations: { monthlyCost: number; billedByUse: boolean; properties: { DeploymentType: string } }[]; // oxfmt-ignore
}

interface Plotted {
  readonly svg: string;
  readonly advised: Advised;
}

/** The plots so far, by their options. */
const plots = new Map<string, Plotted>();

function plotOf(...words: readonly string[]): Plotted {
  const key = words.join(' ');
  const plotted = plots.get(key) ?? newPlot(words);
  plots.set(key, plotted);
  return plotted;
}

function newPlot(words: readonly string[]): Plotted {
  const file = join(folder({}), 'cost.svg');
  const { code, out, err } = pangea(['advise', ...words, '--format', 'json', '--plot', file]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return { svg: readFileSync(file, 'utf8'), advised: JSON.parse(out) as Advised };
}

const NEED = ['--capacity', '20TiB', '--throughput', '4GB/s', '--region', 'us-east-1'];

test('the plot in the guide is that of today, by the command that the guide names', () => {
  const { svg } = plotOf(...NEED);
  expect(readFileSync(join(ROOT, 'manual', 'choose-deployment.svg'), 'utf8')).toBe(svg);
});

test.each([
  ['1', '1'],
  ['1200', '100'],
  ['1200', '4GB/s'],
  ['2PiB', '500GB/s'],
])('of %s and %s, the amount of what is cheapest stands at its point', (capacity, throughput) => {
  const { svg, advised } = plotOf('--capacity', capacity, '--throughput', throughput);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  const [{ monthlyCost } = { monthlyCost: NaN }] = advised.configurations;
  const shown = Math.round(monthlyCost).toLocaleString('en-US');
  expect(svg).toMatch(new RegExp(`class="mark filled[^]*>${shown}</text>`));
});

test('costs rise at once: every line is of horizontal and vertical parts', () => {
  const lines = [...plotOf(...NEED).svg.matchAll(/<path d="([^"]*)" class="line/g)].flatMap(
    ([, path = '']) => (path.includes('h') ? [] : path),
  );
  expect(lines.length).toBe(4);
  for (const path of lines) expect(path).toMatch(/^M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)*(H[\d.]+)?$/);
});

test('a kind of storage has one color, whatever else is drawn, and a mark of its own', () => {
  const looksOf = (svg: string): Map<string, string> =>
    new Map(
      [
        ...svg.matchAll(
          /<path d="(M[^"]+Z)"[^>]*class="mark filled" data-kind="([^"]+)" fill="(#\w+)"/g,
        ),
      ].map(([, mark = '', kind = '', color = '']) => [kind, `${color} ${mark}`]),
    );
  const all = looksOf(plotOf(...NEED).svg);
  const persistent = looksOf(plotOf(...NEED, '--persistent').svg);
  expect(persistent.size).toBeLessThan(all.size);
  for (const [kind, look] of persistent) expect(all.get(kind)).toBe(look);
  expect(new Set([...all.values()].map((look) => look.split(' ')[0])).size).toBe(all.size);
  expect(new Set([...all.values()].map((look) => look.slice(8))).size).toBe(all.size);
});

test('what is left out is named, and whose prices they are, with their date', () => {
  const { svg } = plotOf(...NEED);
  expect(svg).toContain('PERSISTENT_2 INTELLIGENT_TIERING is not shown: its storage is billed by usage.'); // oxfmt-ignore
  expect(svg).toMatch(/Prices[^<]*20\d\d-\d\d-\d\d/);
});

test('persistent storage only, where that is needed', () => {
  expect(plotOf(...NEED, '--persistent').svg).not.toContain('SCRATCH_1');
});

test('without prices it says why', () => {
  const { svg } = plotOf('--capacity', '1200', '--throughput', '1', '--region', 'cn-north-1');
  expect(svg).toContain('There is no cost to draw.');
  expect(svg).toContain('AWS bills in CNY in cn-north-1');
});
