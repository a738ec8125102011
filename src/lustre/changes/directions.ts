import {
  automaticMetadataIops,
  compareVersions,
  READ_CACHE,
  readCacheSize,
} from '../catalog/catalog';
import type { LustreProperties } from '../properties';
import type { Violation } from '../violations';

/** A change that FSx does not make to an existing file system. */
export interface WrongDirection extends Violation {
  /** Whether it would undo a change that FSx makes in one direction only, or in minimum increments. */
  irreversible: boolean;
}

/**
 * The changes in an update that FSx would refuse: properties that can only be increased, that depend on others, or that
 * cannot be added later. https://docs.aws.amazon.com/fsx/latest/APIReference/API_UpdateFileSystem.html
 */
export function wrongDirections(
  current: LustreProperties,
  wanted: LustreProperties,
): WrongDirection[] {
  return DIRECTIONS.flatMap((direction) => direction(current, wanted) ?? []);
}

type Direction = (
  current: LustreProperties,
  wanted: LustreProperties,
) => WrongDirection | undefined;

const NEW_FILE_SYSTEM =
  'create a new file system under another logical ID, copy the data, and remove the old one';

const storageCapacity: Direction = (current, { StorageCapacity: to }) => {
  const from = current.StorageCapacity;
  if (from === undefined || to === undefined || to === from) return undefined;
  if (to < from)
    return irreversible(
      'storage-shrink',
      'StorageCapacity',
      to,
      `StorageCapacity cannot be decreased from ${from} to ${to} GiB: FSx only increases it, and a replacement would lose the data. Keep ${from}, or ${NEW_FILE_SYSTEM}.`,
    );
  if (current.DeploymentType === 'SCRATCH_1')
    return refusal(
      'scratch-1-growth',
      'StorageCapacity',
      to,
      `StorageCapacity of a SCRATCH_1 file system cannot be increased (it is ${from} GiB). Keep ${from}, or ${NEW_FILE_SYSTEM}; SCRATCH_2 can grow.`,
    );
  return undefined;
};

/** The metadata IOPS that a larger capacity requires. */
const metadataForCapacity: Direction = (
  current,
  { StorageCapacity: to, MetadataConfiguration: wantedMetadata },
) => {
  const from = current.StorageCapacity;
  const metadata = wantedMetadata ?? current.MetadataConfiguration;
  if (from === undefined || to === undefined || to <= from || metadata?.Mode !== 'USER_PROVISIONED')
    return undefined;
  const needed = automaticMetadataIops(to);
  if (metadata.Iops === undefined || metadata.Iops >= needed) return undefined;
  return refusal(
    'storage-growth-metadata-iops',
    'MetadataConfiguration.Iops',
    metadata.Iops,
    `StorageCapacity ${to} requires at least ${needed} metadata IOPS, and MetadataConfiguration has ${metadata.Iops}. Set MetadataConfiguration.Iops to ${needed} or more in the same update; the type raises the IOPS first.`,
    'table',
  );
};

const throughputTier: Direction = (current, { PerUnitStorageThroughput: to }) => {
  const from = current.PerUnitStorageThroughput;
  if (from === undefined || to === undefined || to === from) return undefined;
  const why =
    current.StorageType === 'HDD'
      ? 'FSx cannot change the throughput tier of HDD storage'
      : current.EfaEnabled
        ? 'FSx cannot change the throughput tier of a file system with EFA'
        : undefined;
  return why === undefined
    ? undefined
    : refusal(
        'throughput-fixed',
        'PerUnitStorageThroughput',
        to,
        `PerUnitStorageThroughput cannot be changed from ${from} to ${to}: ${why}. Keep ${from}, or ${NEW_FILE_SYSTEM}.`,
      );
};

const throughputCapacity: Direction = (current, { ThroughputCapacity: to }) => {
  const from = current.ThroughputCapacity;
  return from === undefined || to === undefined || to >= from
    ? undefined
    : irreversible(
        'throughput-capacity-shrink',
        'ThroughputCapacity',
        to,
        `ThroughputCapacity cannot be decreased from ${from} to ${to} MB/s: FSx only increases it. Keep ${from}, or ${NEW_FILE_SYSTEM}.`,
      );
};

/** With more throughput, the cache keeps its size per server. */
const readCachePerServer: Direction = (
  { ThroughputCapacity: from, DataReadCacheConfiguration: cache },
  wanted,
) => {
  const to = wanted.ThroughputCapacity;
  const size = wanted.DataReadCacheConfiguration?.SizeGiB ?? cache?.SizeGiB;
  const mode = wanted.DataReadCacheConfiguration?.SizingMode ?? cache?.SizingMode;
  if (!from || !to || to <= from || mode !== 'USER_PROVISIONED' || !size || !cache?.SizeGiB)
    return undefined;
  const scaled = (cache.SizeGiB * to) / from;
  return size === scaled
    ? undefined
    : refusal(
        'read-cache-per-server',
        'DataReadCacheConfiguration.SizeGiB',
        size,
        `DataReadCacheConfiguration.SizeGiB ${size} changes the read cache per ${READ_CACHE.server} MB/s in the update that increases ThroughputCapacity from ${from} to ${to}: use ${scaled} in this update, and change the size in a later one.`,
      );
};

/** The smallest change of the size of the cache. */
const readCacheStep: Direction = (
  { ThroughputCapacity: throughput, DataReadCacheConfiguration: from },
  wanted,
) => {
  const to = wanted.DataReadCacheConfiguration;
  // With more throughput, the cache grows with the servers, by any amount.
  if ((wanted.ThroughputCapacity ?? throughput) !== throughput) return undefined;
  const [before, after] = [from, to].map((cache) => readCacheSize(cache, throughput));
  // Adding or removing a cache is not a change of size.
  if (!before || !after || before === after) return undefined;
  if (Math.abs(after - before) * 100 >= READ_CACHE.leastStep * before) return undefined;
  const own = to?.SizingMode === 'USER_PROVISIONED';
  const least = (before * READ_CACHE.leastStep) / 100;
  return irreversible(
    'read-cache-step',
    `DataReadCacheConfiguration.${own ? 'SizeGiB' : 'SizingMode'}`,
    own ? after : to?.SizingMode,
    `DataReadCacheConfiguration changes the read cache from ${before} to ${after} GiB, and FSx accepts changes of at least ${READ_CACHE.leastStep}%, six hours apart: use at most ${Math.floor(before - least)} or at least ${Math.ceil(before + least)}, or keep ${before}.`,
  );
};

const metadataAdded: Direction = (current, { MetadataConfiguration: to }) =>
  to === undefined || current.MetadataConfiguration !== undefined
    ? undefined
    : refusal(
        'metadata-added',
        'MetadataConfiguration',
        to,
        `MetadataConfiguration cannot be added to a file system that was created without it. Omit it, or ${NEW_FILE_SYSTEM}.`,
      );

const metadata: Direction = (
  { MetadataConfiguration: from, StorageCapacity: capacity },
  { MetadataConfiguration: to },
) => {
  if (from === undefined || to === undefined) return undefined;
  const automatic = capacity === undefined ? undefined : automaticMetadataIops(capacity);
  const now = from.Mode === 'AUTOMATIC' ? automatic : from.Iops;
  if (now === undefined) return undefined;
  if (to.Mode === 'USER_PROVISIONED' && to.Iops !== undefined && to.Iops < now)
    return irreversible(
      'metadata-iops-shrink',
      'MetadataConfiguration.Iops',
      to.Iops,
      `MetadataConfiguration.Iops cannot be decreased to ${to.Iops}: the file system has ${now} metadata IOPS, and FSx only increases them. Use ${now} or more.`,
    );
  if (
    from.Mode === 'USER_PROVISIONED' &&
    to.Mode === 'AUTOMATIC' &&
    automatic !== undefined &&
    now !== automatic
  )
    return irreversible(
      'metadata-mode-back',
      'MetadataConfiguration.Mode',
      to.Mode,
      `MetadataConfiguration.Mode can return to AUTOMATIC only if Iops is that of AUTOMATIC: the file system has ${now}, AUTOMATIC has ${automatic} at ${capacity} GiB. Keep USER_PROVISIONED with ${now}.`,
    );
  return undefined;
};

const lustreVersion: Direction = (current, { FileSystemTypeVersion: to }) => {
  const from = current.FileSystemTypeVersion;
  return from === undefined || to === undefined || compareVersions(to, from) >= 0
    ? undefined
    : irreversible(
        'version-downgrade',
        'FileSystemTypeVersion',
        to,
        `FileSystemTypeVersion cannot be downgraded from ${from} to ${to}: FSx only upgrades Lustre. Keep ${from}, or omit it.`,
      );
};

const DIRECTIONS: readonly Direction[] = [
  storageCapacity,
  metadataForCapacity,
  throughputTier,
  throughputCapacity,
  readCachePerServer,
  readCacheStep,
  metadataAdded,
  metadata,
  lustreVersion,
];

function refusal(
  rule: string,
  property: string,
  value: unknown,
  message: string,
  kind: Violation['kind'] = 'contradiction',
): WrongDirection {
  return { rule, property, value, message, kind, irreversible: false };
}

function irreversible(...refused: Parameters<typeof refusal>): WrongDirection {
  return { ...refusal(...refused), irreversible: true };
}
