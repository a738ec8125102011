/** What people ask of a file system beside its size, and which offerings have it: read from the tables of the catalog. */
import type { LustreProperties } from '../properties';
import type { Offering } from './catalog';
import { applicabilityOf } from './offerings';
import { efaAvailability, type Availability } from './regions';

export type FeatureName = 's3' | 'backups' | 'efa' | 'growth';

export interface Feature {
  readonly name: FeatureName;
  /** As sentences call it. */
  readonly words: string;
  /** Whether a file system of the offering can have it. */
  readonly isOn: (offering: Offering) => boolean;
  /** Whether a region has it; where absent, every region does. */
  readonly availableIn?: (region: string) => Availability;
  /** The properties that a file system of the offering has for it, without what only its owner knows, such as a bucket. */
  readonly properties: (offering: Offering) => LustreProperties;
  /** Another one that FSx does not give to the same file system. */
  readonly excludes?: { readonly feature: FeatureName; readonly why: string };
}

/** Days, where only "backups" was said: a week. */
const RETENTION = 7;

/** In the order in which they are named to users. */
export const FEATURES: readonly Feature[] = [
  {
    name: 's3',
    words: 'a link to S3',
    isOn: (offering) => s3LinkOf(offering) !== undefined,
    properties: () => ({}),
    excludes: {
      feature: 'backups',
      // https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-backups-fsx.html
      why: 'FSx makes no backups of a file system that is linked to S3: choose one of the two.',
    },
  },
  {
    name: 'backups',
    words: 'automatic backups',
    isOn: (offering) => applicabilityOf('AutomaticBackupRetentionDays', offering) !== 'refused',
    properties: () => ({ AutomaticBackupRetentionDays: RETENTION }),
  },
  {
    name: 'efa',
    words: 'EFA',
    isOn: (offering) => applicabilityOf('EfaEnabled', offering) !== 'refused',
    availableIn: efaAvailability,
    // EFA needs a metadata configuration; where one is required, the file system has it anyway.
    properties: ({ metadata }) => ({
      EfaEnabled: true,
      ...(metadata?.automatic && { MetadataConfiguration: { Mode: 'AUTOMATIC' } }),
    }),
  },
  {
    name: 'growth',
    words: 'capacity that can grow',
    // Elastic storage grows by itself.
    isOn: ({ grows, throughputCapacity }) => grows || throughputCapacity !== undefined,
    properties: () => ({}),
  },
];

/**
 * How a file system of an offering is linked to S3: by data repository associations, where it has them, else by its property
 * ImportPath; undefined where it cannot be linked.
 */
export function s3LinkOf(offering: Offering): 'association' | 'ImportPath' | undefined {
  if (offering.associations) return 'association';
  return applicabilityOf('ImportPath', offering) === 'refused' ? undefined : 'ImportPath';
}
