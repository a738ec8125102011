/** Configurations for fast-check: accepted ones, made from the catalog, and any, made from likely and unlikely values. */
import fc from 'fast-check';
import { METADATA_IOPS, OFFERINGS, THROUGHPUT_CAPACITY } from '../../src/lustre/catalog/catalog';
import { capacityOf, rowsOf, type OfferedTier } from '../../src/lustre/catalog/offerings';
import { CREATION_DEFAULTS, type LustreProperties } from '../../src/lustre/properties';
import type { AllowedNumbers } from '../../src/lustre/catalog/allowed-numbers';

const SubnetIds = ['subnet-0123456789abcdef0'];

const stepsOf = ({ also, multipleOf, maximum = multipleOf * 50 }: AllowedNumbers) =>
  fc.oneof(
    fc.constantFrom(...(also.length > 0 ? also : [multipleOf])),
    fc
      .integer({ min: 1, max: Math.floor(maximum / multipleOf) })
      .map((times) => times * multipleOf),
  );

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** What goes with every deployment. */
const anywhere: fc.Arbitrary<LustreProperties> = fc.record(
  {
    DataCompressionType: fc.constantFrom('NONE', 'LZ4'),
    WeeklyMaintenanceStartTime: fc.constantFrom('1:00:00', '7:23:59'),
    SecurityGroupIds: fc.constant(['sg-01234567']),
    Tags: fc.constantFrom([], [{ Key: 'Name', Value: 'x' }]),
    RootSquashConfiguration: fc.constantFrom({ RootSquash: '0:0' }, { RootSquash: '1:2' }),
    LogConfiguration: fc.constantFrom({ Level: 'DISABLED' }, { Level: 'WARN_ERROR' }),
  },
  { requiredKeys: [] },
);

const persistent: fc.Arbitrary<LustreProperties> = fc.oneof(
  fc.constant({}),
  fc.constant({ KmsKeyId: 'alias/mine' }),
  fc.constant({ AutomaticBackupRetentionDays: 7, DailyAutomaticBackupStartTime: '05:00' }),
);

const linked: fc.Arbitrary<LustreProperties> = fc.oneof(
  fc.constant({}),
  fc.constant({ ImportPath: 's3://bucket', ExportPath: 's3://bucket/out' }),
);

function extras({ deployment }: OfferedTier['offering']): fc.Arbitrary<LustreProperties> {
  if (deployment === 'PERSISTENT_2') return persistent;
  return deployment === 'PERSISTENT_1' ? fc.oneof(persistent, linked) : linked;
}

const provisioned: fc.Arbitrary<LustreProperties> = fc
  .constantFrom(...OFFERINGS.flatMap(rowsOf))
  .chain((row): fc.Arbitrary<LustreProperties> => {
    const { offering, tier } = row;
    const metadata: fc.Arbitrary<LustreProperties> =
      tier.efaCapacity === undefined
        ? fc.constant({})
        : fc.oneof(
            fc.constant({}),
            fc.constant({ MetadataConfiguration: { Mode: 'AUTOMATIC' as const } }),
            fc.record({
              EfaEnabled: fc.boolean(),
              MetadataConfiguration: fc.record({
                Mode: fc.constant('USER_PROVISIONED' as const),
                Iops: stepsOf(METADATA_IOPS.SSD),
              }),
            }),
          );
    return fc.tuple(metadata, extras(offering), anywhere).chain(([performance, extra, common]) =>
      stepsOf(capacityOf(row, performance)).chain((StorageCapacity) =>
        fc
          .constantFrom<NonNullable<LustreProperties['DriveCacheType']>>('NONE', 'READ')
          .map((cache) => ({
            ...CREATION_DEFAULTS,
            ...common,
            ...extra,
            ...performance,
            SubnetIds,
            DeploymentType: offering.deployment,
            StorageType: offering.storage,
            StorageCapacity,
            ...(tier.throughput !== undefined && { PerUnitStorageThroughput: tier.throughput }),
            ...(offering.storage === 'HDD' && { DriveCacheType: cache }),
          })),
      ),
    );
  });

const elastic: fc.Arbitrary<LustreProperties> = fc
  .tuple(
    stepsOf(THROUGHPUT_CAPACITY),
    stepsOf(METADATA_IOPS.INTELLIGENT_TIERING),
    persistent,
    anywhere,
  )
  .map(([ThroughputCapacity, Iops, extra, common]) => ({
    ...CREATION_DEFAULTS,
    ...common,
    ...extra,
    SubnetIds,
    DeploymentType: 'PERSISTENT_2',
    StorageType: 'INTELLIGENT_TIERING',
    ThroughputCapacity,
    DataReadCacheConfiguration: {
      SizingMode: 'USER_PROVISIONED',
      SizeGiB: (ThroughputCapacity / 4000) * 64,
    },
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops },
  }));

/** Configurations that FSx accepts. */
export const accepted = fc.oneof(
  { weight: 4, arbitrary: provisioned },
  { weight: 1, arbitrary: elastic },
);

const number = fc.oneof(
  fc.constantFrom(
    0,
    12,
    40,
    50,
    125,
    200,
    300,
    500,
    1000,
    1200,
    1500,
    2400,
    3600,
    4000,
    4800,
    5000,
    6000,
    48000,
    48600,
  ),
  fc.integer({ min: -10, max: 500_000 }),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, Number.MAX_SAFE_INTEGER),
);
const text = (...values: string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.string({ maxLength: 8 }));
const tags = fc.array(fc.record({ Key: text('a', 'b', 'aws:c', ''), Value: text('x') }), {
  maxLength: 3,
});

/** Values of each property, valid somewhere or nowhere. */
export const VALUES = {
  StorageCapacity: number,
  PerUnitStorageThroughput: number,
  ThroughputCapacity: number,
  DataReadCacheConfiguration: fc.record(
    {
      SizingMode: text('NO_CACHE', 'USER_PROVISIONED', 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'),
      SizeGiB: number,
    },
    { requiredKeys: [] },
  ),
  SubnetIds: fc.array(text('subnet-01234567', 'subnet-89abcdef'), { maxLength: 3 }),
  SecurityGroupIds: fc.array(text('sg-01234567'), { maxLength: 60 }),
  ImportPath: text('s3://bucket/in', 's3://other'),
  ExportPath: text('s3://bucket/out'),
  AutoImportPolicy: text('NONE', 'NEW_CHANGED'),
  ImportedFileChunkSize: number,
  AutomaticBackupRetentionDays: fc.integer({ min: -1, max: 100 }),
  DailyAutomaticBackupStartTime: text('05:00', '630'),
  CopyTagsToBackups: fc.boolean(),
  WeeklyMaintenanceStartTime: text('1:05:00', '21600'),
  DataCompressionType: text('LZ4'),
  DriveCacheType: text('NONE', 'READ'),
  KmsKeyId: text('alias/mine'),
  EfaEnabled: fc.boolean(),
  MetadataConfiguration: fc.record(
    { Mode: text('AUTOMATIC', 'USER_PROVISIONED'), Iops: number },
    { requiredKeys: [] },
  ),
  LogConfiguration: fc.record(
    {
      Level: text('DISABLED', 'WARN_ERROR'),
      Destination: text('arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/x'),
    },
    { requiredKeys: [] },
  ),
  RootSquashConfiguration: fc.record(
    { RootSquash: text('0:0', '0:1', '1:1') },
    { requiredKeys: [] },
  ),
  SkipFinalBackup: fc.boolean(),
  FinalBackupTags: tags,
  Tags: tags,
} satisfies Partial<Record<keyof LustreProperties, fc.Arbitrary<unknown>>>;

/** Any configuration: a deployment, a storage type and a version, with any values of the other properties. */
export const mixed = fc
  .tuple(
    fc.constantFrom('SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'),
    fc.constantFrom('SSD', 'SSD', 'HDD', 'INTELLIGENT_TIERING'),
    fc.constantFrom('2.10', '2.12', '2.15', '2.16', '2.1'),
    fc.record(VALUES, { requiredKeys: [] }),
    maybe(accepted),
  )
  .map(
    ([DeploymentType, StorageType, FileSystemTypeVersion, values, base]) =>
      ({
        ...(base ?? { DeploymentType, StorageType, FileSystemTypeVersion }),
        ...values,
      }) as LustreProperties,
  );
