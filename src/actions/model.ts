import type { FileSystem } from '@aws-sdk/client-fsx';
import { describeFileSystem } from '../fsx/description';
import { estimateCost, type CostEstimate, type CostOptions } from '../lustre/estimates/cost';
import { partitionOf } from '../lustre/catalog/partitions';
import type { LustreAttributes } from '../lustre/properties';
import { estimateThroughput, type Throughput } from '../lustre/estimates/throughput';
import type { HandlerRequest, Model } from './action';

/** The resource as FSx describes it, with what it gives and costs. Write-only properties are never in it. */
export function toModel(
  fileSystem: FileSystem,
  { pricing }: Pick<HandlerRequest, 'pricing'>,
): Model {
  const { properties, attributes } = describeFileSystem(fileSystem);
  const throughput = estimateThroughput(properties);
  const cost = estimateCost(properties, pricing);
  return {
    ...properties,
    ...attributes,
    ...throughputAttributes(throughput),
    ...(cost ? costAttributes(cost) : unknownCost(pricing)),
  };
}

// Estimates leave as text without unit or thousands separator: CloudFormation refuses a number in Outputs, and rolls back
// what it has created. https://github.com/aws-cloudformation/cfn-lint/issues/3013

// A template may output an attribute that is not known for this file system: a missing one would roll its stack back too.
const UNKNOWN = 'unknown';

const throughputAttributes = (throughput: Throughput | undefined): LustreAttributes => ({
  EstimatedBaselineThroughput: String(throughput?.baseline ?? UNKNOWN),
  EstimatedBurstThroughput: String(throughput?.burst ?? UNKNOWN),
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

function unknownCost({ region }: CostOptions): LustreAttributes {
  const { currency } = partitionOf(region);
  return {
    EstimatedMonthlyCost: UNKNOWN,
    EstimatedMonthlyCostBreakdown: { Storage: UNKNOWN },
    EstimatedCostBasis:
      currency === 'USD'
        ? 'This version of the type does not know what a file system of this kind costs.'
        : `AWS bills in ${currency} in ${region}, and this type knows prices in USD only.`,
  };
}

const usd = (amount: number): string => amount.toFixed(2);
