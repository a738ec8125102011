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

/** Patterns that take all that they took in 0.1.0: some are only written for more dialects, some take more. */
const PATTERNS: readonly [path: string, released: string, next: string][] = [
  [
    '/properties/DailyAutomaticBackupStartTime',
    String.raw`^([01]\d|2[0-3]):([0-5]\d)$`,
    '^([01][0-9]|2[0-3]):([0-5][0-9])$',
  ],
  [
    '/properties/WeeklyMaintenanceStartTime',
    String.raw`^[1-7]:([01]\d|2[0-3]):([0-5]\d)$`,
    '^[1-7]:([01][0-9]|2[0-3]):([0-5][0-9])$',
  ],
  [
    '/properties/FileSystemTypeVersion',
    String.raw`^[0-9](\.[0-9]+)*$`,
    String.raw`^[0-9]+(\.[0-9]+)*$`,
  ],
  [
    '/properties/LogConfiguration/Destination',
    String.raw`^arn:[^:]{1,63}:logs:[^:]{1,63}:\d{12}:log-group:/aws/fsx[^:]*(:\*)?$`,
    '^arn:[^:]{1,63}:logs:[^:]{1,63}:[0-9]{12}:log-group:/aws/fsx',
  ],
  [
    '/properties/ResourceARN',
    String.raw`^arn:[^:]+:fsx:[^:]+:\d{12}:file-system/fs-[0-9a-f]{8,}$`,
    '^arn:[^:]+:fsx:[^:]+:[0-9]{12}:file-system/fs-[0-9a-f]{8,}$',
  ],
];

/** What drift detection compares: what was equal stays equal. */
const TRANSFORMS = ['/properties/KmsKeyId', '/properties/LogConfiguration/Destination'];

/**
 * What the version to come breaks on purpose, compared with schema.released.json. The release of that version empties the
 * list: from then on its schema is the one that must not break.
 */
export const ACCEPTED_BREAKS: readonly AcceptedBreak[] = [
  ...ESTIMATES.map((path) => ({
    version: '0.2.0',
    check: 'TP003',
    path,
    message: 'type is changed from "number" to "string"',
    reason:
      'CloudFormation refuses a number in Outputs, after it has created the file system, and rolls the stack back. A number in text still sets a Threshold.',
  })),
  ...PATTERNS.map(([path, released, next]) => ({
    version: '0.2.0',
    check: 'PAT003',
    path,
    message: `pattern is changed from ${JSON.stringify(released)} to ${JSON.stringify(next)}`,
    reason: 'It takes all that it took before.',
    harmless: true as const,
  })),
  ...TRANSFORMS.map((path) => ({
    version: '0.2.0',
    check: 'own',
    path,
    message: 'the propertyTransform is changed',
    reason: 'It takes more forms of the same value to be equal, and none less.',
    harmless: true as const,
  })),
];
