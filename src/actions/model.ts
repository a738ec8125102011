import type { FileSystem } from '@aws-sdk/client-fsx';
import { describeFileSystem } from '../fsx/description';
import { estimateCost, type CostEstimate } from '../lustre/cost';
import type { LustreAttributes } from '../lustre/properties';
import { estimateThroughput, type Throughput } from '../lustre/throughput';
import type { Invocation, Model } from './invocation';

/** The resource as FSx describes it, with what it gives and costs. Write-only properties are never in it. */
export function toModel(fileSystem: FileSystem, { pricing }: Pick<Invocation, 'pricing'>): Model {
  const { properties, attributes } = describeFileSystem(fileSystem);
  const throughput = estimateThroughput(properties);
  const cost = estimateCost(properties, pricing);
  return {
    ...properties,
    ...attributes,
    ...(throughput && throughputAttributes(throughput)),
    ...(cost && costAttributes(cost)),
  };
}

// Estimates leave as text without unit or thousands separator: CloudFormation refuses a number in Outputs, and rolls back
// what it has created. https://github.com/aws-cloudformation/cfn-lint/issues/3013

const throughputAttributes = ({ baseline, burst }: Throughput): LustreAttributes => ({
  EstimatedBaselineThroughput: String(baseline),
  EstimatedBurstThroughput: String(burst),
});

const costAttributes = ({ monthly, breakdown, basis }: CostEstimate): LustreAttributes => ({
  EstimatedMonthlyCost: usd(monthly),
  EstimatedMonthlyCostBreakdown: Object.fromEntries(
    Object.entries(breakdown).map(([component, amount]: [string, number]) => [
      component,
      usd(amount),
    ]),
  ),
  EstimatedCostBasis: basis,
});

const usd = (amount: number): string => amount.toFixed(2);
