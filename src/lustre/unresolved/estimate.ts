/** Throughput and cost, for a model with unknown values. */
import { estimateCost, type CostEstimate, type CostOptions } from '../estimates/cost';
import { explore, LIMITS } from '../explore';
import { offeringsFor } from '../catalog/offerings';
import { readPartial } from './model';
import { withDefaults, type LustreProperties } from '../properties';
import type { CheckOptions } from '../rules/rules';
import { estimateThroughput, type Throughput } from '../estimates/throughput';

/** Throughput and cost, as far as they are known. */
export interface PartialEstimate {
  /** The known properties, with the defaults. */
  readonly properties: LustreProperties;
  readonly throughput?: Throughput;
  readonly cost?: CostEstimate;
  /** The paths of the unknown properties that the estimates depend on. */
  readonly waiting: readonly string[];
}

/** The most steps of one estimate, apart from the evaluation of values. */
const STEPS_OF_AN_ESTIMATE = 100;

/** The throughput and the cost of a valid model. Each is absent if it depends on unknown properties. */
export function estimatePartial(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions & CostOptions,
): PartialEstimate {
  const partial = readPartial(model, options.defaults, options.work);
  const looked = new Set<string>();
  // Which properties an estimate reads may depend on the values of others, so several values are tried to find all of them.
  const { results } = explore(
    (choose) => {
      const properties = partial.properties((path, values) => {
        looked.add(path);
        return choose(path, values);
      });
      options.work?.spend(STEPS_OF_AN_ESTIMATE);
      // The result also names the kind of file system, so it depends on these properties too.
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
