/** Throughput and cost, for a model of which some is not known yet. */
import { estimateCost, type CostEstimate, type CostOptions } from '../estimates/cost';
import { explore, LIMITS } from '../explore';
import { offeringsFor } from '../catalog/offerings';
import { readPartial } from './model';
import { withDefaults, type LustreProperties } from '../properties';
import type { CheckOptions } from '../rules/rules';
import { estimateThroughput, type Throughput } from '../estimates/throughput';

export interface PartialEstimate {
  /** What is known of the properties, with the defaults. */
  readonly properties: LustreProperties;
  readonly throughput?: Throughput;
  readonly cost?: CostEstimate;
  /** The unknown properties that the estimates wait for, by their paths. */
  readonly waiting: readonly string[];
}

/** What an estimate takes, beside the evaluation of a value. */
const STEPS_OF_AN_ESTIMATE = 100;

/** Throughput and cost of a valid model, where they look at nothing that is unknown. */
export function estimatePartial(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions & CostOptions,
): PartialEstimate {
  const partial = readPartial(model, options.defaults, options.work);
  const looked = new Set<string>();
  // What is looked at for one value need not be for another: the other values tell all that is waited for.
  const { results } = explore(
    (choose) => {
      const properties = partial.properties((path, values) => {
        looked.add(path);
        return choose(path, values);
      });
      options.work?.spend(STEPS_OF_AN_ESTIMATE);
      // It is told of which kind of file system the estimates are.
      offeringsFor(properties);
      const throughput = estimateThroughput(properties);
      const cost = estimateCost(properties, options);
      return { ...(throughput && { throughput }), ...(cost && { cost }) };
    },
    LIMITS.estimates,
    () => looked.size === partial.open.size,
  );
  const waiting = [...partial.open.keys()].filter((path) => looked.has(path));
  const properties = withDefaults(partial.known, options.defaults);
  return { properties, waiting, ...(waiting.length === 0 && results[0]) };
}
