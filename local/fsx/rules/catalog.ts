import { badRequest } from '../errors';
import type { DeploymentType, StorageType } from '../types';

/**
 * What FSx for Lustre offers: capacities, throughput tiers, versions, metadata IOPS. Sources: the AWS FSx API reference
 * (CreateFileSystem, CreateFileSystemLustreConfiguration, UpdateFileSystem) and the FSx for Lustre user guide (getting
 * started, EFA file systems, metadata performance).
 */
export interface Option {
  deployment: DeploymentType;
  storage: StorageType;
  efa?: boolean;
  /** Absent for options without a tier. */
  tier?: number;
  /** Allowed at creation in addition to the multiples. */
  also: readonly number[];
  multiple: number;
  /** GiB (or, on INTELLIGENT_TIERING, MBps) of one object server. */
  perServer: number;
}

const ssd = (deployment: DeploymentType, tier?: number): Option => ({
  deployment,
  storage: 'SSD',
  ...(tier === undefined ? {} : { tier }),
  also: [1200],
  multiple: 2400,
  perServer: 2400,
});
const hdd = (tier: number, multiple: number): Option => ({
  deployment: 'PERSISTENT_1',
  storage: 'HDD',
  tier,
  also: [],
  multiple,
  perServer: multiple,
});
const efa = (tier: number, multiple: number): Option => ({
  deployment: 'PERSISTENT_2',
  storage: 'SSD',
  efa: true,
  tier,
  also: [],
  multiple,
  perServer: multiple,
});

const OPTIONS: readonly Option[] = [
  { deployment: 'SCRATCH_1', storage: 'SSD', also: [1200, 2400], multiple: 3600, perServer: 3600 },
  ssd('SCRATCH_2'),
  ...[50, 100, 200].map((tier) => ssd('PERSISTENT_1', tier)),
  hdd(12, 6000),
  hdd(40, 1800),
  ...[125, 250, 500, 1000].map((tier) => ssd('PERSISTENT_2', tier)),
  efa(125, 38400),
  efa(250, 19200),
  efa(500, 9600),
  efa(1000, 4800),
  {
    deployment: 'PERSISTENT_2',
    storage: 'INTELLIGENT_TIERING',
    also: [],
    multiple: 4000,
    perServer: 4000,
  },
];

export const isScratch = (deployment: DeploymentType) => deployment.startsWith('SCRATCH_');

export function tiers(deployment: DeploymentType, storage: StorageType): number[] {
  const offered = OPTIONS.filter(
    (option) => option.deployment === deployment && option.storage === storage && !option.efa,
  );
  return offered.flatMap((option) => option.tier ?? []);
}

/** What identifies an option. */
export interface Choice {
  deployment: DeploymentType;
  storage: StorageType;
  tier?: number | undefined;
  efa?: boolean | undefined;
}

/** EFA changes the options of SSD. Its effect on INTELLIGENT_TIERING is not recorded. */
export const findOption = ({
  deployment,
  storage,
  tier,
  efa = false,
}: Choice): Option | undefined =>
  OPTIONS.find(
    (option) =>
      option.deployment === deployment &&
      option.storage === storage &&
      option.tier === tier &&
      (storage === 'INTELLIGENT_TIERING' || (option.efa ?? false) === efa),
  );

export function optionOf(choice: Choice): Option {
  const option = findOption(choice);
  if (!option) {
    throw badRequest(
      'Invalid Lustre deployment configuration: the provided throughput is invalid or does not meet the storage capacity requirement',
    );
  }
  return option;
}

export const offersCapacity = (option: Option, capacity: number): boolean =>
  option.also.includes(capacity) || (capacity > 0 && capacity % option.multiple === 0);

/** "1200 or a multiple of 2400", as in FSx's messages. */
export const capacityRule = (option: Option): string =>
  [...option.also.map(String), `a multiple of ${option.multiple}`]
    .join(', ')
    .replace(/, (?=a multiple)/, ' or ');

const VERSIONS = ['2.10', '2.12', '2.15'] as const;
export const versionRank = (version: string): number =>
  (VERSIONS as readonly string[]).indexOf(version);

export function checkVersionName(version: string): void {
  if (versionRank(version) >= 0) return;
  throw badRequest(
    `Invalid FileSystemTypeVersion: ${version}. Valid values are ${VERSIONS.join(', ')}.`,
  );
}

/** Metadata IOPS of Mode AUTOMATIC for an SSD capacity, rounded down between the 24,000 GiB steps. */
export function automaticIops(capacity: number): number {
  if (capacity < 2400) return 1500;
  if (capacity < 4800) return 3000;
  if (capacity < 12000) return 6000;
  if (capacity < 48000) return 12000;
  return Math.min(192000, Math.floor(capacity / 24000) * 12000);
}

export const isSsdIops = (iops: number): boolean =>
  [1500, 3000, 6000].includes(iops) || (iops % 12000 === 0 && iops <= 192000);
export const isTieringIops = (iops: number): boolean => iops === 6000 || iops === 12000;

/** One metadata server provides 12,000 IOPS. */
const IOPS_PER_METADATA_SERVER = 12000;

/** The number of object servers and metadata servers. Each has a network interface. */
export function servers(perServer: number, size: number, iops = 0): number {
  const object = Math.max(1, Math.ceil(size / perServer));
  return object + Math.max(1, Math.ceil(iops / IOPS_PER_METADATA_SERVER));
}
