import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPlot } from '../../src/cli/plot';
import { ROOT } from './command';

const US = { region: 'us-east-1' };
const NEED = { capacity: 20480, throughput: 4000 };

test('the plot in the guide is that of today, by the command that the guide names', () => {
  const file = join(ROOT, 'docs', 'choose-deployment.svg');
  expect(readFileSync(file, 'utf8')).toBe(drawPlot(NEED, US));
});

test.each([
  [1, 1],
  [1200, 100],
  [2_000_000, 500_000],
])('a need of %d GiB and %d MB/s has a plot', (capacity, throughput) => {
  const svg = drawPlot({ capacity, throughput }, US);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg.match(/<circle/g)?.length).toBe(4);
});

test('persistent storage only, where that is needed', () => {
  const svg = drawPlot({ ...NEED, persistent: true }, US);
  expect(svg).not.toContain('SCRATCH');
});
