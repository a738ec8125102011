/** What a plot of cost against throughput shows of a need, as data. */
import { OFFERINGS, type OfferingName } from '../lustre/catalog/catalog';
import { advise, type Advice, type Need } from '../lustre/estimates/advice';
import type { CostOptions } from '../lustre/estimates/cost';
import { pricesOf } from '../lustre/estimates/wording';

/** A file system that satisfies the need. */
export interface Point {
  readonly kind: OfferingName;
  readonly advice: Advice;
  /** MB/s. */
  readonly throughput: number;
  /** USD a month. */
  readonly cost: number;
}

/** A throughput up to which the cheapest file system of a kind costs the same. */
export interface Step {
  /** MB/s. */
  readonly upTo: number;
  /** USD a month. */
  readonly cost: number;
}

/** The cheapest file system of a kind that holds the capacity, by throughput. */
export interface Series {
  readonly kind: OfferingName;
  /** Whose prices stand in for those of the region; empty where none do. */
  readonly prices: string;
  readonly steps: readonly Step[];
}

/** How many throughputs are asked for: about one for each 3 px. Where steps are finer than that, nobody sees them. */
const SAMPLES = 240;

/** Those of the advice that have a cost which throughput decides. */
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

/** SCRATCH_1 costs what SCRATCH_2 does: its line would hide the other one. */
const WITHOUT_LINE: ReadonlySet<OfferingName> = new Set<OfferingName>(['SCRATCH_1']);

/** The lines of a plot up to a throughput, MB/s, in the order of the catalog. */
export function seriesOf(need: Need, pricing: CostOptions, widest: number): Series[] {
  const samples = Array.from({ length: SAMPLES + 1 }, (_, index) => (widest * index) / SAMPLES);
  // What is too dear is drawn too, as a warning.
  const cheapest = samples.map((throughput) =>
    cheapestOfEach({ ...need, throughput, maximumCost: Infinity }, pricing),
  );
  return OFFERINGS.filter(({ name }) => !WITHOUT_LINE.has(name)).flatMap(({ name: kind }) => {
    const found = cheapest.flatMap((each) => each.get(kind) ?? []);
    if (found.length === 0) return [];
    const bases = found.flatMap(({ advice: { cost } }) => (cost ? [cost.priceBasis] : []));
    return [{ kind, prices: pricesOf(bases), steps: stepsOf(found) }];
  });
}

function cheapestOfEach(need: Need, pricing: CostOptions): ReadonlyMap<OfferingName, Point> {
  const points = pointsOf(advise(need, pricing));
  return new Map(points.toReversed().map((point) => [point.kind, point]));
}

/** Neighbors of the same cost are one step. */
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
