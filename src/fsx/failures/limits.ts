import { describeRegion, regionNamed } from '../../lustre/catalog/regions';
import { joinWithOr } from '../../lustre/wording';
import type { Row } from './row';

/**
 * The quotas of each ServiceLimit of the API, with their names in Service Quotas.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/limits.html
 */
const QUOTAS: Readonly<Record<string, readonly string[]>> = {
  FILE_SYSTEM_COUNT: [
    'Lustre Scratch file systems',
    'Lustre Persistent 1 file systems',
    'Lustre Persistent 2 file systems',
  ],
  TOTAL_STORAGE: [
    'Lustre Scratch storage capacity',
    'Lustre Persistent 1 file storage capacity',
    'Lustre Persistent 2 file storage capacity',
    'Lustre Persistent HDD storage capacity (per file system)',
    'Lustre Persistent Intelligent-Tiering SSD read cache storage capacity',
  ],
  TOTAL_THROUGHPUT_CAPACITY: ['Lustre Persistent Intelligent-Tiering throughput capacity'],
  TOTAL_USER_INITIATED_BACKUPS: ['Lustre backups'],
};

/** Limits that AWS does not raise. */
const FIXED: Readonly<Record<string, string>> = {
  TOTAL_USER_TAGS: 'A file system has at most 50 tags, stack tags included: use fewer.',
  TOTAL_IN_PROGRESS_COPY_BACKUPS: 'Wait until some of the backup copies in progress have finished.',
};

function quotaAdvice(limit: string | undefined): string {
  const fixed = FIXED[limit ?? ''];
  if (fixed !== undefined) return fixed;
  const quotas = joinWithOr((QUOTAS[limit ?? ''] ?? []).map((name) => `"${name}"`));
  const which = [quotas, limit && `(${limit})`].filter(Boolean).join(' ');
  return `Delete what is no longer needed, or request a quota increase in Service Quotas, under Amazon FSx, in this region${which && `: ${which}`}.`;
}

/** Quotas and limits. */
export const LIMIT: Row = {
  errors: ['ServiceLimitExceeded', 'TooManyAccessPoints'],
  code: 'ServiceLimitExceeded',
  advice: ({ members }) => quotaAdvice(members.Limit),
};

/**
 * "FSx for Lustre does not currently have enough available hardware capacity in the requested Availability Zone", at creation
 * and when storage or throughput is increased. Neither the exact message nor the error name is recorded, so any name matches.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/cannot-create-fs.html#fs-create-fails-capacity-error
 */
export const SHORTAGE: Row = {
  says: /insufficient (\w+ ){0,2}capacity|(not|n't) (currently )?have (enough|sufficient)( \w+){0,2} capacity|\bnot enough (\w+ ){0,2}capacity\b|\bno (\w+ )?capacity\b|capacity (is |was )?(currently )?(not|un)[ -]?available|\bout of (\w+ )?capacity\b|\black of (\w+ ){0,2}capacity\b|capacity (constraint|shortage)|InsufficientCapacity/i,
  answeredBy: 'aws',
  code: 'ServiceLimitExceeded',
  advice:
    'This is not a quota: AWS does not currently have enough hardware in this Availability Zone. Retry the operation in a few minutes, choose a subnet in another zone, request less capacity or throughput, or try another deployment or storage type.',
};

/**
 * "Invalid Lustre deployment configuration: the provided throughput is invalid or does not meet the storage capacity
 * requirement" (BadRequest, https://github.com/hashicorp/terraform-provider-aws/issues/24341 and 30226; the cause was never
 * confirmed there).
 */
export const OFFERING: Row = {
  says: /provided throughput is invalid|does not meet the storage capacity requirement/i,
  code: 'InvalidRequest',
  advice: ({ region }) =>
    [
      `If StorageCapacity is valid for PerUnitStorageThroughput, FSx most likely does not offer this tier or deployment type in ${region ?? 'this region'} or in the Availability Zone of the subnet: choose a subnet in another zone in SubnetIds, another PerUnitStorageThroughput, or another DeploymentType.`,
      ...regionWords(region),
    ].join(' '),
};

/** What a region offers according to the table of regions; empty for a region that is not in it. */
export const regionWords = (region: string | undefined): readonly string[] =>
  region !== undefined && regionNamed(region)
    ? [`${describeRegion(region)} An Availability Zone, especially a Local Zone, may offer less.`]
    : [];
