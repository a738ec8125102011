/** The lines of a plot are the costs that `advise` finds at each throughput that they are drawn for. */
import { advise, type Need } from '../../src/lustre/estimates/advice';
import { seriesOf } from '../../src/plot/series';

const pricing = { region: 'eu-central-1' };

test.each<[capacity: number, throughput: number, more: Partial<Need>]>([
  [1, 1, {}],
  [1200, 500, {}],
  [20_480, 4000, { persistent: true }],
  [4800, 9000, { metadataIops: 24_000 }],
  [2_000_000, 500_000, { deployments: ['PERSISTENT_1'] }],
])('from %i GiB and %i MB/s on: %j', (capacity, throughput, more) => {
  const need = { capacity, throughput, ...more };
  const widest = throughput * 4;
  const lines = seriesOf(need, pricing, widest);
  expect(lines.length).toBeGreaterThan(0);
  // Every tenth that is evaluated.
  const throughputs = Array.from({ length: 25 }, (_, index) => (widest * 10 * index) / 240);
  const drawn = throughputs.map((least) =>
    lines.map(({ kind, steps }) => [kind, steps.find(({ upTo }) => upTo >= least)?.cost]),
  );
  const advised = throughputs.map((least) => {
    const all = advise({ ...need, throughput: least }, pricing);
    return lines.map(({ kind }) => [
      kind,
      all.find(({ offering, cost }) => offering.name === kind && cost)?.cost?.monthly,
    ]);
  });
  expect(drawn).toEqual(advised);
});
