/**
 * Which offerings accept a property, and where AWS::FSx::FileSystem has it. Rules and reviews of templates read this table.
 * How requests and updates treat a property is in `property-table.ts`, under the same names.
 */
import type { OfferingName } from './catalog';
import type { LustreProperties } from '../properties';

/**
 * Whether an offering accepts a property. `doubtful`: AWS documents it for other offerings only, and no refusal is recorded.
 */
export type Applicability = 'required' | 'optional' | 'doubtful' | 'refused';

/** The applicability for each offering. There is no default, so a new offering needs a value in every row. */
export type ByOffering = Readonly<Record<OfferingName, Applicability>>;

/** The row of one property. */
export type ApplicabilityRow<Value = unknown> = Columns<Value> & (GoesEverywhere | IsRefused);

interface GoesEverywhere {
  readonly fits: Readonly<Record<OfferingName, 'optional'>>;
  readonly why?: undefined;
}

interface IsRefused {
  readonly fits: ByOffering;
  /** The reason, as messages give it, for `refused` and `doubtful`. */
  readonly why: string;
}

interface Columns<Value> {
  /**
   * Where AWS::FSx::FileSystem has the property: beside LustreConfiguration, inside it, or not at all (`none`). `not yet`:
   * CreateFileSystem accepts it inside LustreConfiguration, so AWS may add it to the type.
   */
  readonly native: 'beside' | 'inside' | 'not yet' | 'none';
  /** A value that turns the feature off, and that every offering accepts. */
  readonly inert?: Value;
}

// Short names for the values of the rows. The compiler checks them against the names of OFFERINGS.
const [S1, S2] = ['SCRATCH_1', 'SCRATCH_2'] as const;
const [P1_SSD, P1_HDD] = ['PERSISTENT_1 SSD', 'PERSISTENT_1 HDD'] as const;
const [P2_SSD, P2_TIERING] = ['PERSISTENT_2 SSD', 'PERSISTENT_2 INTELLIGENT_TIERING'] as const;
const [REQUIRED, OPTIONAL, DOUBTFUL, REFUSED] = [
  'required',
  'optional',
  'doubtful',
  'refused',
] as const;

const EVERYWHERE: Readonly<Record<OfferingName, 'optional'>> = {
  [S1]: OPTIONAL,
  [S2]: OPTIONAL,
  [P1_SSD]: OPTIONAL,
  [P1_HDD]: OPTIONAL,
  [P2_SSD]: OPTIONAL,
  [P2_TIERING]: OPTIONAL,
};

const PERSISTENT: ByOffering = {
  [S1]: REFUSED,
  [S2]: REFUSED,
  [P1_SSD]: OPTIONAL,
  [P1_HDD]: OPTIONAL,
  [P2_SSD]: OPTIONAL,
  [P2_TIERING]: OPTIONAL,
};

const S3_LINK: ByOffering = {
  [S1]: OPTIONAL,
  [S2]: OPTIONAL,
  [P1_SSD]: OPTIONAL,
  [P1_HDD]: OPTIONAL,
  [P2_SSD]: REFUSED,
  [P2_TIERING]: REFUSED,
};

const INTELLIGENT_TIERING: ByOffering = {
  [S1]: REFUSED,
  [S2]: REFUSED,
  [P1_SSD]: REFUSED,
  [P1_HDD]: REFUSED,
  [P2_SSD]: REFUSED,
  [P2_TIERING]: REQUIRED,
};

/**
 * In the order of `PROPERTY_SHAPES`. `fits`: [API CreateFileSystemLustreConfiguration, member by member]. `native`:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-fsx-filesystem-lustreconfiguration.html
 */
const PROPERTY_APPLICABILITY = {
  StorageCapacity: {
    native: 'beside',
    fits: {
      [S1]: REQUIRED,
      [S2]: REQUIRED,
      [P1_SSD]: REQUIRED,
      [P1_HDD]: REQUIRED,
      [P2_SSD]: REQUIRED,
      [P2_TIERING]: REFUSED,
    },
    why: 'its storage is elastic',
  },
  StorageType: {
    native: 'beside',
    fits: EVERYWHERE,
  },
  DeploymentType: {
    native: 'inside',
    fits: EVERYWHERE,
  },
  SubnetIds: {
    native: 'beside',
    fits: EVERYWHERE,
  },
  SecurityGroupIds: {
    native: 'beside',
    fits: EVERYWHERE,
  },
  PerUnitStorageThroughput: {
    native: 'inside',
    fits: {
      [S1]: REFUSED,
      [S2]: REFUSED,
      [P1_SSD]: REQUIRED,
      [P1_HDD]: REQUIRED,
      [P2_SSD]: REQUIRED,
      [P2_TIERING]: REFUSED,
    },
    why: 'its throughput is not set per TiB',
  },
  ThroughputCapacity: {
    native: 'inside',
    fits: INTELLIGENT_TIERING,
    why: 'its throughput depends on StorageCapacity',
  },
  DataReadCacheConfiguration: {
    native: 'inside',
    fits: INTELLIGENT_TIERING,
    why: 'it has no read cache of this kind',
  },
  ImportPath: {
    native: 'inside',
    fits: S3_LINK,
    why: 'PERSISTENT_2 SSD uses AWS::FSx::DataRepositoryAssociation instead; INTELLIGENT_TIERING cannot be linked to S3',
  },
  ExportPath: {
    native: 'inside',
    fits: S3_LINK,
    why: 'it requires ImportPath',
  },
  AutoImportPolicy: {
    native: 'inside',
    fits: S3_LINK,
    why: 'it requires ImportPath',
  },
  ImportedFileChunkSize: {
    native: 'inside',
    fits: S3_LINK,
    why: 'it requires ImportPath',
  },
  AutomaticBackupRetentionDays: {
    native: 'inside',
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
    inert: 0,
  },
  DailyAutomaticBackupStartTime: {
    native: 'inside',
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
  },
  CopyTagsToBackups: {
    native: 'inside',
    fits: EVERYWHERE,
  },
  WeeklyMaintenanceStartTime: {
    native: 'inside',
    fits: EVERYWHERE,
  },
  DataCompressionType: {
    native: 'inside',
    fits: EVERYWHERE,
  },
  DriveCacheType: {
    native: 'inside',
    fits: {
      [S1]: REFUSED,
      [S2]: REFUSED,
      [P1_SSD]: REFUSED,
      [P1_HDD]: REQUIRED,
      [P2_SSD]: REFUSED,
      [P2_TIERING]: REFUSED,
    },
    why: 'the drive cache is for HDD storage',
  },
  KmsKeyId: {
    native: 'beside',
    // [LG encryption-at-rest] says that a persistent file system accepts a key, and that scratch file systems are encrypted
    // with keys that FSx manages. No refusal is recorded, and a recipe that AWS publishes creates SCRATCH_1 with a key:
    // https://github.com/aws-samples/aws-hpc-recipes/blob/main/recipes/pcluster/nist_800_223/assets/2_storage.yml
    fits: {
      [S1]: DOUBTFUL,
      [S2]: DOUBTFUL,
      [P1_SSD]: OPTIONAL,
      [P1_HDD]: OPTIONAL,
      [P2_SSD]: OPTIONAL,
      [P2_TIERING]: OPTIONAL,
    },
    why: 'AWS documents KMS keys for persistent file systems only; FSx manages the keys of scratch file systems',
  },
  FileSystemTypeVersion: {
    native: 'beside',
    fits: EVERYWHERE,
  },
  EfaEnabled: {
    native: 'inside',
    fits: {
      [S1]: REFUSED,
      [S2]: REFUSED,
      [P1_SSD]: REFUSED,
      [P1_HDD]: REFUSED,
      [P2_SSD]: OPTIONAL,
      [P2_TIERING]: OPTIONAL,
    },
    why: 'its servers do not support EFA',
    inert: false,
  },
  MetadataConfiguration: {
    native: 'inside',
    fits: {
      [S1]: REFUSED,
      [S2]: REFUSED,
      [P1_SSD]: REFUSED,
      [P1_HDD]: REFUSED,
      [P2_SSD]: OPTIONAL,
      [P2_TIERING]: REQUIRED,
    },
    why: 'its metadata performance is fixed',
  },
  LogConfiguration: {
    // AWS added it to the type in 2026.
    native: 'inside',
    fits: EVERYWHERE,
  },
  RootSquashConfiguration: {
    native: 'not yet',
    fits: EVERYWHERE,
  },
  BackupId: {
    native: 'beside',
    fits: PERSISTENT,
    why: 'backups are restored to persistent file systems only',
  },
  SkipFinalBackup: {
    native: 'none',
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
    inert: true,
  },
  FinalBackupTags: {
    native: 'none',
    fits: PERSISTENT,
    why: 'scratch file systems have no backups',
  },
  Tags: {
    native: 'beside',
    fits: EVERYWHERE,
  },
} satisfies {
  readonly [Name in keyof LustreProperties]-?: ApplicabilityRow<LustreProperties[Name]>;
};

type Name = keyof LustreProperties;

/** The row of a property whose name is known at run time only. */
export const applicabilityRowOf = (name: Name): ApplicabilityRow => PROPERTY_APPLICABILITY[name];

const NAMES = Object.keys(PROPERTY_APPLICABILITY) as readonly Name[];

/** The names of the properties with this value in the column `native`. */
export const namesAt = (place: ApplicabilityRow['native']): readonly Name[] =>
  NAMES.filter((name) => applicabilityRowOf(name).native === place);
