/** The throughput and cost of a file system before and after its update. */
import type { CostOptions } from '../../lustre/estimates/cost';
import type { Defaults } from '../../lustre/properties';
import { estimatePartial } from '../../lustre/unresolved/estimate';
import type { Model } from '../../lustre/unresolved/model';
import type { Verdict } from './change';

/** Of one file system; null if it is not known. */
interface Figures {
  /** Baseline, MB/s. */
  readonly throughput: number | null;
  /** USD. */
  readonly monthlyCost: number | null;
  readonly basis?: string;
}

/** The figures without a file system. */
const NOTHING: Figures = { throughput: 0, monthlyCost: 0 };

/** The throughput and cost of a model. Undefined: no file system. Null: nothing is known about it. */
export function figuresOf(
  model: Model | undefined | null,
  cost: CostOptions,
  defaults: Defaults,
): Figures {
  if (model === undefined) return NOTHING;
  if (model === null) return { throughput: null, monthlyCost: null };
  const estimate = estimatePartial(model, { ...cost, defaults });
  return {
    throughput: estimate.throughput?.baseline ?? null,
    monthlyCost: estimate.cost?.monthly ?? null,
    ...(estimate.cost && { basis: estimate.cost.basis }),
  };
}

/** The figures before and after. */
export const amountsOf = (
  before: Figures,
  after: Figures,
): Pick<Verdict, 'throughput' | 'monthlyCost' | 'costBasis'> => ({
  throughput: { before: before.throughput, after: after.throughput },
  monthlyCost: { before: before.monthlyCost, after: after.monthlyCost },
  costBasis: [...new Set([before, after].flatMap(({ basis }) => basis ?? []))],
});
