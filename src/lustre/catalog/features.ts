/** Features that users select beside a size, and the offerings that have them. Derived from the tables of the catalog. */
import type { LustreProperties } from '../properties';
import type { Offering } from './catalog';
import { applicabilityOf } from './offerings';
import { efaAvailability, type Availability } from './regions';

/** The features by their names in `Need.features`. */
export type FeatureName = 's3' | 'backups' | 'efa' | 'growth';

/** One feature. */
export interface Feature {
  readonly name: FeatureName;
  /** The name in sentences. */
  readonly words: string;
  /** Whether a file system of the offering can have it. */
  readonly isOn: (offering: Offering) => boolean;
  /** Whether a region has it. Absent: every region has it. */
  readonly availableIn?: (region: string) => Availability;
  /** The properties that turn it on for an offering, without values that only the user knows, such as a bucket. */
  readonly properties: (offering: Offering) => LustreProperties;
  /** A feature that the same file system cannot have. */
  readonly excludes?: { readonly feature: FeatureName; readonly why: string };
}

/** Days of retention where only "backups" was asked for. */
const RETENTION = 7;

/** In the order in which users see them. */
export const FEATURES: readonly Feature[] = [
  {
    name: 's3',
    words: 'a link to S3',
    isOn: (offering) => s3LinkOf(offering) !== undefined,
    properties: () => ({}),
    excludes: {
      feature: 'backups',
      // https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-backups-fsx.html
      why: 'FSx does not back up a file system that is linked to S3: choose one of the two.',
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
    // EFA needs a metadata configuration. Where one is required, the file system has it anyway.
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
