/** Throughput and cost, for a model of which some is not known yet. */
import { estimateCost, type CostEstimate, type CostOptions } from './cost';
import { head } from './parse';
import { pathText, unknownsIn } from './unknown';
import type { LustreProperties } from './properties';
import { pricedNames } from './property-fits';
import { checkModel, type CheckOptions } from './rules';
import { estimateThroughput, type Throughput } from './throughput';

/** What decides throughput and cost. */
const PRICED: ReadonlySet<string> = new Set(pricedNames());

export interface PartialEstimate {
  /** What is known of the properties, with the defaults. */
  readonly properties: LustreProperties;
  readonly throughput?: Throughput;
  readonly cost?: CostEstimate;
  /** The unknown properties that the estimates wait for, by their paths. */
  readonly waiting: readonly string[];
}

/** Throughput and cost of a valid model, where they do not depend on what is unknown. */
export function estimatePartial(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions & CostOptions,
): PartialEstimate {
  const paths = unknownsIn(model).map(({ path }) => pathText(path));
  const open = new Set(paths.map(head));
  const known = Object.fromEntries(Object.entries(model).filter(([name]) => !open.has(name)));
  const { properties } = checkModel(known, options);
  const waiting = paths.filter((path) => PRICED.has(head(path)));
  if (waiting.length > 0) return { properties, waiting };
  const throughput = estimateThroughput(properties);
  const cost = estimateCost(properties, options);
  return { properties, waiting, ...(throughput && { throughput }), ...(cost && { cost }) };
}
