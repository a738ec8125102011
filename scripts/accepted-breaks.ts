import type { AcceptedBreak } from './breaking-changes';

/** The attributes that were numbers in 0.1.0. */
const ESTIMATES = [
  '/properties/EstimatedBaselineThroughput',
  '/properties/EstimatedBurstThroughput',
  '/properties/EstimatedMonthlyCost',
  '/properties/EstimatedMonthlyCostBreakdown/Storage',
  '/properties/EstimatedMonthlyCostBreakdown/ThroughputTier',
  '/properties/EstimatedMonthlyCostBreakdown/MetadataIops',
  '/properties/EstimatedMonthlyCostBreakdown/ReadCache',
  '/properties/EstimatedMonthlyCostBreakdown/ThroughputCapacity',
];

/**
 * What the version to come breaks on purpose, compared with schema.released.json. The release of that version empties the
 * list: from then on its schema is the one that must not break.
 */
export const ACCEPTED_BREAKS: readonly AcceptedBreak[] = ESTIMATES.map((path) => ({
  version: '0.2.0',
  check: 'TP003',
  path,
  message: 'type is changed from "number" to "string"',
  reason:
    'CloudFormation refuses a number in Outputs, after it has created the file system, and rolls the stack back. A number in text still sets a Threshold.',
}));
