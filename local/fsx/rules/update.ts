import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../state/account';
import {
  automaticIops,
  checkVersionName,
  isScratch,
  optionOf,
  tiers,
  versionRank,
} from './catalog';
import {
  checkMetadataValues,
  checkOffered,
  checkReadCache,
  checkThroughputCapacity,
  tierMessage,
} from './creation';
import { logConfiguration } from './defaults';
import { badRequest, FsxError } from '../errors';
import { checkLog, checkOtherTypes, checkRootSquash } from './configuration';
import type { UpdateKind } from '../state/durations';
import type {
  FileSystemValues,
  LustreConfiguration,
  MetadataConfiguration,
  UpdatableLustre,
  UpdateFileSystemInput,
} from '../types';

/** The changes of an accepted update, by kind. Values that equal the current ones are omitted. */
export type Changes = Partial<Record<UpdateKind, FileSystemValues>>;

/** The name of each kind of update in FSx's refusals. */
export const KIND_NAMES: Readonly<Record<UpdateKind, string>> = {
  storage: 'storage capacity',
  throughput: 'throughput capacity',
  metadata: 'metadata configuration',
  version: 'file system type version',
  configuration: 'file system configuration',
  settings: 'file system settings',
};

export const refused = (kind: UpdateKind, reason: string) =>
  badRequest(`Unable to perform the ${KIND_NAMES[kind]} update. ${reason}`);

/**
 * What FSx refuses of an update, and the remaining changes (AWS FSx API reference, UpdateFileSystem and
 * UpdateFileSystemLustreConfiguration; FSx for Lustre user guide, the pages on managing capacity, throughput, metadata
 * performance and versions).
 */
export function checkUpdate(
  account: Account,
  input: UpdateFileSystemInput,
  current: FileSystemValues,
): Changes {
  checkOtherTypes(input, 'update');
  const lustre = input.LustreConfiguration ?? {};
  if (input.StorageType !== undefined) {
    throw badRequest('StorageType cannot be updated on LUSTRE file systems.');
  }
  if (input.NetworkType === 'DUAL') {
    throw badRequest('NetworkType DUAL is not supported for LUSTRE file systems.');
  }
  if (input.StorageCapacity === undefined && input.FileSystemTypeVersion === undefined) {
    if (!input.LustreConfiguration) {
      throw new FsxError(
        'MissingFileSystemConfiguration',
        'A file system configuration is required for this operation.',
      );
    }
    if (Object.keys(lustre).length === 0) {
      throw badRequest('No property to update was specified in the request.');
    }
  }
  if (input.StorageCapacity !== undefined && lustre.MetadataConfiguration) {
    throw refused(
      'storage',
      'The storage capacity and the metadata configuration cannot be updated in the same request.',
    );
  }
  return {
    ...storage(input.StorageCapacity, current),
    ...throughput(lustre, current),
    ...metadata(lustre.MetadataConfiguration, current),
    ...version(input.FileSystemTypeVersion, current),
    ...configuration(account, input.FileSystemId, lustre, current),
    ...settings(lustre, current),
  };
}

const lustreOf = (values: FileSystemValues): LustreConfiguration =>
  values.LustreConfiguration ?? {};

function storage(wanted: number | undefined, current: FileSystemValues): Changes {
  if (wanted === undefined) return {};
  const lustre = lustreOf(current);
  const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
  if (deployment === 'SCRATCH_1') {
    throw refused(
      'storage',
      `It is not supported for file systems with DeploymentType: ${deployment}.`,
    );
  }
  if (current.StorageType === 'INTELLIGENT_TIERING') {
    throw refused('storage', 'It is not supported for storage type INTELLIGENT_TIERING.');
  }
  const option = optionOf({
    deployment,
    storage: current.StorageType ?? 'SSD',
    tier: lustre.PerUnitStorageThroughput,
    efa: lustre.EfaEnabled,
  });
  const held = current.StorageCapacity ?? 0;
  if (wanted <= held) {
    throw refused(
      'storage',
      `The target storage capacity of ${wanted} GiB must be greater than the current storage capacity of ${held} GiB.`,
    );
  }
  checkOffered({ ...option, also: [] }, wanted);
  const provisioned = lustre.MetadataConfiguration;
  const baseline = automaticIops(wanted);
  if (provisioned?.Mode === 'USER_PROVISIONED' && (provisioned.Iops ?? 0) < baseline) {
    throw refused(
      'storage',
      `Updating storage capacity to ${wanted} GiB requires your file system to have at least ${baseline} metadata IOPS.`,
    );
  }
  return { storage: { StorageCapacity: wanted } };
}

function throughput(lustre: UpdatableLustre, current: FileSystemValues): Changes {
  const held = lustreOf(current);
  const deployment = held.DeploymentType ?? 'SCRATCH_1';
  const storageType = current.StorageType ?? 'SSD';
  const tier = lustre.PerUnitStorageThroughput;
  if (tier !== undefined && tier !== held.PerUnitStorageThroughput) {
    if (isScratch(deployment) || storageType === 'INTELLIGENT_TIERING') {
      throw badRequest(
        `Throughput scaling is not supported for file systems with DeploymentType ${deployment} and StorageType ${storageType}.`,
      );
    }
    if (storageType === 'HDD') {
      throw badRequest(
        'Throughput scaling is not supported for file systems with StorageType HDD.',
      );
    }
    if (held.EfaEnabled) {
      throw badRequest('Throughput scaling is not supported for EFA-enabled file systems.');
    }
    const valid = tiers(deployment, storageType);
    if (!valid.includes(tier)) throw badRequest(tierMessage(valid));
    return { throughput: { LustreConfiguration: { PerUnitStorageThroughput: tier } } };
  }
  const capacity = lustre.ThroughputCapacity;
  if (capacity === undefined || capacity === held.ThroughputCapacity) return {};
  if (storageType !== 'INTELLIGENT_TIERING') {
    throw badRequest('ThroughputCapacity is only supported for storage type INTELLIGENT_TIERING.');
  }
  checkThroughputCapacity(capacity);
  const before = held.ThroughputCapacity ?? 0;
  if (capacity < before) {
    throw refused(
      'throughput',
      `ThroughputCapacity cannot be decreased from ${before} to ${capacity}.`,
    );
  }
  checkCachePerServer({ ...held, ...lustre }, held);
  return { throughput: { LustreConfiguration: { ThroughputCapacity: capacity } } };
}

/**
 * "You need to maintain the same cache storage per server ratio and specify the new SizeGiB, or the request will be rejected."
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/increase-throughput-capacity.html
 */
function checkCachePerServer(wanted: UpdatableLustre, held: LustreConfiguration): void {
  const { DataReadCacheConfiguration: cache, ThroughputCapacity: capacity = 0 } = wanted;
  if (cache?.SizingMode !== 'USER_PROVISIONED') return;
  const before = readCacheSize(held);
  if (before === 0) {
    throw refused(
      'throughput',
      'A user-provisioned read cache cannot be added while the throughput capacity is increased.',
    );
  }
  const size = before * (capacity / (held.ThroughputCapacity ?? 0));
  if (cache.SizeGiB === size) return;
  throw refused(
    'throughput',
    `A user-provisioned read cache must keep its size per server: SizeGiB must be ${size}.`,
  );
}

function metadata(wanted: MetadataConfiguration | undefined, current: FileSystemValues): Changes {
  if (!wanted) return {};
  const held = lustreOf(current).MetadataConfiguration;
  if (!held) {
    throw badRequest(
      'Updating metadata configuration is not supported on file systems created without specifying a metadata configuration.',
    );
  }
  const mode = wanted.Mode ?? held.Mode ?? 'AUTOMATIC';
  const before = held.Iops ?? 0;
  checkMetadataValues(mode, wanted.Iops, current.StorageType ?? 'SSD');
  const iops = wanted.Iops ?? automaticIops(current.StorageCapacity ?? 0);
  if (mode === held.Mode && iops === before) return {};
  if (iops < before) {
    throw refused('metadata', `Metadata IOPS cannot be decreased from ${before} to ${iops}.`);
  }
  // "... if the number of Metadata IOPS provisioned on your file system matches the default number of Metadata IOPS
  // provisioned in Automatic mode."
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-metadata-performance.html
  if (mode === 'AUTOMATIC' && held.Mode === 'USER_PROVISIONED' && iops !== before) {
    throw refused(
      'metadata',
      `The mode can change to AUTOMATIC only if the metadata IOPS of the file system match those of AUTOMATIC, ${iops}: it has ${before}.`,
    );
  }
  return {
    metadata: { LustreConfiguration: { MetadataConfiguration: { Mode: mode, Iops: iops } } },
  };
}

/** "The value you choose must be newer than the file system's current Lustre version." (UpdateFileSystem) */
function version(wanted: string | undefined, current: FileSystemValues): Changes {
  const held = current.FileSystemTypeVersion ?? '2.10';
  if (wanted === undefined) return {};
  checkVersionName(wanted);
  if (versionRank(wanted) <= versionRank(held)) {
    throw refused(
      'version',
      `FileSystemTypeVersion must be newer than the current version, ${held}: ${wanted} was requested.`,
    );
  }
  return { version: { FileSystemTypeVersion: wanted } };
}

function configuration(
  account: Account,
  fileSystemId: string,
  lustre: UpdatableLustre,
  current: FileSystemValues,
): Changes {
  const held = lustreOf(current);
  const target: LustreConfiguration = {};
  if (lustre.DataCompressionType !== undefined) {
    target.DataCompressionType = lustre.DataCompressionType;
  }
  if (lustre.LogConfiguration) {
    checkLog(account, lustre.LogConfiguration);
    target.LogConfiguration = logConfiguration(account, fileSystemId, lustre.LogConfiguration);
  }
  if (lustre.RootSquashConfiguration) {
    checkRootSquash(lustre.RootSquashConfiguration);
    target.RootSquashConfiguration = {
      ...held.RootSquashConfiguration,
      ...lustre.RootSquashConfiguration,
    };
  }
  if (lustre.DataReadCacheConfiguration) {
    if (current.StorageType !== 'INTELLIGENT_TIERING') {
      throw badRequest(
        'DataReadCacheConfiguration is only supported for storage type INTELLIGENT_TIERING.',
      );
    }
    const capacity = lustre.ThroughputCapacity ?? held.ThroughputCapacity ?? 0;
    checkReadCache(lustre.DataReadCacheConfiguration, capacity);
    if (capacity === held.ThroughputCapacity) checkReadCacheStep(lustre, held);
    target.DataReadCacheConfiguration = lustre.DataReadCacheConfiguration;
  }
  const policy = lustre.AutoImportPolicy;
  if (policy !== undefined) {
    if (!held.DataRepositoryConfiguration) {
      throw badRequest('AutoImportPolicy is only supported for file systems linked by ImportPath.');
    }
    if (policy !== held.DataRepositoryConfiguration.AutoImportPolicy) {
      target.DataRepositoryConfiguration = { AutoImportPolicy: policy };
    }
  }
  return changed('configuration', target, held);
}

/**
 * "You must increase or decrease the size of your SSD read cache by a minimum of 10% every time you modify it."
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-ssd-read-cache.html
 */
function checkReadCacheStep(wanted: UpdatableLustre, held: LustreConfiguration): void {
  const before = readCacheSize(held);
  const after = readCacheSize({ ...held, ...wanted });
  if (before === 0 || after === 0 || before === after) return;
  if (Math.abs(after - before) * 10 >= before) return;
  throw refused(
    'configuration',
    `You must increase or decrease the size of your SSD read cache by a minimum of 10%: it has ${before} GiB, and ${after} GiB were requested.`,
  );
}

/** The size of the SSD read cache in GiB: 5 for each MBps if FSx chooses it. */
function readCacheSize({
  DataReadCacheConfiguration: cache,
  ThroughputCapacity: throughput = 0,
}: UpdatableLustre): number {
  switch (cache?.SizingMode) {
    case 'USER_PROVISIONED':
      return cache.SizeGiB ?? 0;
    case 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY':
      return throughput * 5;
    default:
      return 0;
  }
}

/** Whether an update changes the size of an existing read cache: "you can only do this once every six hours". */
export function resizesReadCache(current: FileSystemValues, changes: Changes): boolean {
  const wanted = changes.configuration?.LustreConfiguration;
  if (!wanted?.DataReadCacheConfiguration) return false;
  const held = lustreOf(current);
  const throughput = changes.throughput?.LustreConfiguration;
  const sizes = [readCacheSize(held), readCacheSize({ ...held, ...throughput, ...wanted })];
  return !sizes.includes(0) && sizes[0] !== sizes[1];
}

/** Settings that change immediately, without an administrative action. */
function settings(lustre: UpdatableLustre, current: FileSystemValues): Changes {
  const held = lustreOf(current);
  const deployment = held.DeploymentType ?? 'SCRATCH_1';
  const backups = ['AutomaticBackupRetentionDays', 'DailyAutomaticBackupStartTime'] as const;
  if (isScratch(deployment) && backups.some((name) => lustre[name] !== undefined)) {
    throw badRequest(
      `Automatic backups are not supported for file systems with DeploymentType: ${deployment}.`,
    );
  }
  const target: LustreConfiguration = {};
  if (lustre.AutomaticBackupRetentionDays !== undefined) {
    target.AutomaticBackupRetentionDays = lustre.AutomaticBackupRetentionDays;
  }
  for (const name of ['DailyAutomaticBackupStartTime', 'WeeklyMaintenanceStartTime'] as const) {
    const value = lustre[name];
    if (value !== undefined) target[name] = value;
  }
  return changed('settings', target, held);
}

function changed(
  kind: UpdateKind,
  target: LustreConfiguration,
  held: LustreConfiguration,
): Changes {
  const names = Object.keys(target) as (keyof LustreConfiguration)[];
  const different = names.filter((name) => !isDeepStrictEqual(target[name], held[name]));
  if (different.length === 0) return {};
  const entries = different.map((name) => [name, target[name]]);
  return { [kind]: { LustreConfiguration: Object.fromEntries(entries) as LustreConfiguration } };
}
