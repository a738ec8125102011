import type { FileSystem } from '@aws-sdk/client-fsx';
import { describeFileSystem } from '../fsx/description';
import {
  estimateCost,
  whyNoCost,
  type CostEstimate,
  type CostOptions,
} from '../lustre/estimates/cost';
import type { LustreAttributes } from '../lustre/properties';
import { estimateThroughput, type Throughput } from '../lustre/estimates/throughput';
import type { HandlerRequest, Model } from './action';

/** The model of a described file system, with its estimates. Write-only properties are never in it. */
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

// Estimates are text without a unit or thousands separators: CloudFormation refuses a number in Outputs, and rolls back the
// stack after the file system has been created. https://github.com/aws-cloudformation/cfn-lint/issues/3013

// A template may output an attribute whose value is not known for this file system. A missing attribute would also roll back
// its stack.
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

const unknownCost = ({ region }: CostOptions): LustreAttributes => ({
  EstimatedMonthlyCost: UNKNOWN,
  EstimatedMonthlyCostBreakdown: { Storage: UNKNOWN },
  EstimatedCostBasis:
    whyNoCost(region) ?? 'This version of the type has no price for a file system of this kind.',
});

const usd = (amount: number): string => amount.toFixed(2);
