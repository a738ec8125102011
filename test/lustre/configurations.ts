/** Configurations that FSx accepts, one of each kind, for the tests to vary. */
import type { LustreProperties } from '../../src/lustre/properties';

const SubnetIds = ['subnet-0123456789abcdef0'];

export const SCRATCH_1 = {
  SubnetIds,
  DeploymentType: 'SCRATCH_1',
  StorageCapacity: 3600,
} satisfies LustreProperties;

export const SCRATCH_2 = {
  SubnetIds,
  DeploymentType: 'SCRATCH_2',
  StorageCapacity: 4800,
} satisfies LustreProperties;

export const PERSISTENT_1 = {
  SubnetIds,
  DeploymentType: 'PERSISTENT_1',
  StorageType: 'SSD',
  StorageCapacity: 9600,
  PerUnitStorageThroughput: 200,
} satisfies LustreProperties;

export const HDD = {
  SubnetIds,
  DeploymentType: 'PERSISTENT_1',
  StorageType: 'HDD',
  StorageCapacity: 48600,
  PerUnitStorageThroughput: 40,
  DriveCacheType: 'READ',
} satisfies LustreProperties;

export const PERSISTENT_2 = {
  SubnetIds,
  DeploymentType: 'PERSISTENT_2',
  StorageType: 'SSD',
  StorageCapacity: 19200,
  PerUnitStorageThroughput: 1000,
} satisfies LustreProperties;

export const ELASTIC = {
  SubnetIds,
  DeploymentType: 'PERSISTENT_2',
  StorageType: 'INTELLIGENT_TIERING',
  ThroughputCapacity: 4000,
  DataReadCacheConfiguration: { SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY' },
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
} satisfies LustreProperties;

export const RESTORED = {
  SubnetIds,
  BackupId: 'backup-0123456789abcdef0',
} satisfies LustreProperties;
