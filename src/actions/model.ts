import type { FileSystem } from '@aws-sdk/client-fsx';
import { describeFileSystem } from '../fsx/description';
import { estimateCost } from '../lustre/cost';
import { estimateThroughput } from '../lustre/throughput';
import type { Invocation, Model } from './invocation';

/** The resource as FSx describes it, with what it gives and costs. Write-only properties are never in it. */
export function toModel(fileSystem: FileSystem, { pricing }: Pick<Invocation, 'pricing'>): Model {
  const { properties, attributes } = describeFileSystem(fileSystem);
  const throughput = estimateThroughput(properties);
  const cost = estimateCost(properties, pricing);
  return {
    ...properties,
    ...attributes,
    ...(throughput && {
      EstimatedBaselineThroughput: throughput.baseline,
      EstimatedBurstThroughput: throughput.burst,
    }),
    ...(cost && {
      EstimatedMonthlyCost: cost.monthly,
      EstimatedMonthlyCostBreakdown: cost.breakdown,
      EstimatedCostBasis: cost.basis,
    }),
  };
}
