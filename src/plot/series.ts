/** The points and lines of a plot, as data. */
import { OFFERINGS, type OfferingName } from '../lustre/catalog/catalog';
import { advise, type Advice, type Need } from '../lustre/estimates/advice';
import type { CostOptions } from '../lustre/estimates/cost';
import { pricesOf } from '../lustre/estimates/wording';

/** A file system that meets the need. */
export interface Point {
  readonly kind: OfferingName;
  readonly advice: Advice;
  /** MB/s. */
  readonly throughput: number;
  /** USD a month. */
  readonly cost: number;
}

/** A range of throughputs, up to `upTo`, for which the cheapest file system of a kind has the same cost. */
export interface Step {
  /** MB/s. */
  readonly upTo: number;
  /** USD a month. */
  readonly cost: number;
}

/** The cost of the cheapest file system of a kind with the capacity, by throughput. */
export interface Series {
  readonly kind: OfferingName;
  /** The regions whose prices are used instead of those of the region; empty if there are none. */
  readonly prices: string;
  readonly steps: readonly Step[];
}

/** The number of throughputs that are evaluated: about one for each 3 px. Finer steps would not be visible. */
const SAMPLES = 240;

/** The points of advice with a cost that depends on throughput. */
export const pointsOf = (advice: readonly Advice[]): Point[] =>
  advice.flatMap((each) => {
    if (each.billedByUse || each.cost === undefined) return [];
    const { throughput, cost } = each;
    return {
      kind: each.offering.name,
      advice: each,
      throughput: throughput.baseline,
      cost: cost.monthly,
    };
  });

/** SCRATCH_1 costs the same as SCRATCH_2, so its line would cover the other one. */
const WITHOUT_LINE: ReadonlySet<OfferingName> = new Set<OfferingName>(['SCRATCH_1']);

/** The lines of a plot up to a throughput (MB/s), in the order of the catalog. */
export function seriesOf(need: Need, pricing: CostOptions, widest: number): Series[] {
  const samples = Array.from({ length: SAMPLES + 1 }, (_, index) => (widest * index) / SAMPLES);
  const cheapest = cheapestAt(samples, need, pricing);
  return OFFERINGS.filter(({ name }) => !WITHOUT_LINE.has(name)).flatMap(({ name: kind }) => {
    const found = cheapest.flatMap((each) => each.get(kind) ?? []);
    if (found.length === 0) return [];
    const bases = found.flatMap(({ advice: { cost } }) => (cost ? [cost.priceBasis] : []));
    return [{ kind, prices: pricesOf(bases), steps: stepsOf(found) }];
  });
}

/** The cheapest of each kind at ascending throughputs. */
function cheapestAt(samples: readonly number[], need: Need, pricing: CostOptions): Cheapest[] {
  let known: Cheapest | undefined;
  return samples.map((throughput) => {
    // More throughput is never cheaper, so the cheapest file system stays the cheapest as far as its own suffices.
    const isEnough = [...(known?.values() ?? [])].every((point) => point.throughput >= throughput);
    if (known && isEnough) return known;
    // Configurations above the maximum cost are drawn too.
    known = cheapestOfEach({ ...need, throughput, maximumCost: Infinity }, pricing);
    return known;
  });
}

type Cheapest = ReadonlyMap<OfferingName, Point>;

function cheapestOfEach(need: Need, pricing: CostOptions): Cheapest {
  const points = pointsOf(advise(need, pricing));
  return new Map(points.toReversed().map((point) => [point.kind, point]));
}

/** Adjacent points with the same cost are one step. */
function stepsOf(points: readonly Point[]): Step[] {
  const steps: Step[] = [];
  for (const { throughput, cost } of points) {
    const last = steps.at(-1);
    if (last?.cost === cost) steps.pop();
    const before = steps.at(-1)?.upTo ?? 0;
    steps.push({ upTo: Math.max(before, throughput), cost });
  }
  return steps;
}
