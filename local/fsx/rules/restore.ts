import { badRequest } from '../errors';
import { versionRank } from './catalog';
import type { CreateFromBackupInput, FileSystem } from '../types';

/**
 * What a restored file system must have in common with its backup, according to the user guide: "You can only restore your
 * backup to a file system of the same deployment type, storage class, throughput capacity, storage capacity, data compression
 * type, and AWS Region as the original." No response of FSx is recorded, so the wording is that of the guide and the error is
 * BadRequest. https://docs.aws.amazon.com/fsx/latest/LustreGuide/restoring-backups.html
 */
export function checkRestore(
  input: Omit<CreateFromBackupInput, 'BackupId'>,
  source: Partial<FileSystem>,
): void {
  const wanted = input.LustreConfiguration ?? {};
  const saved = source.LustreConfiguration ?? {};
  const same: readonly [words: string, name: string, given: unknown, held: unknown][] = [
    ['deployment type', 'DeploymentType', wanted.DeploymentType, saved.DeploymentType],
    ['storage class', 'StorageType', input.StorageType, source.StorageType],
    [
      'throughput capacity',
      'PerUnitStorageThroughput',
      wanted.PerUnitStorageThroughput,
      saved.PerUnitStorageThroughput,
    ],
    [
      'throughput capacity',
      'ThroughputCapacity',
      wanted.ThroughputCapacity,
      saved.ThroughputCapacity,
    ],
    ['storage capacity', 'StorageCapacity', input.StorageCapacity, source.StorageCapacity],
    [
      'data compression type',
      'DataCompressionType',
      wanted.DataCompressionType,
      saved.DataCompressionType ?? 'NONE',
    ],
    // "Other configuration settings, such as Deployment Type and throughput per unit of storage, cannot be modified during
    // restore." It is not recorded whether that includes these two.
    ['drive cache type', 'DriveCacheType', wanted.DriveCacheType, saved.DriveCacheType],
    ['EFA support', 'EfaEnabled', wanted.EfaEnabled, saved.EfaEnabled ?? false],
  ];
  // FSx backs up no S3-linked file system, and no restoration with a link is recorded.
  if (wanted.ImportPath !== undefined) {
    throw badRequest(
      'A file system that is restored from a backup cannot be linked to S3 by ImportPath.',
    );
  }
  for (const [words, name, given, held] of same) {
    if (given === undefined || given === held) continue;
    throw badRequest(
      `You can only restore your backup to a file system of the same ${words} as the original: ${name} must be ${String(held)}.`,
    );
  }
  // "Or choose a newer Lustre version."
  const version = source.FileSystemTypeVersion ?? '2.10';
  if (versionRank(input.FileSystemTypeVersion ?? version) < versionRank(version)) {
    throw badRequest(
      `You can only restore your backup with its Lustre version or a newer one: FileSystemTypeVersion must be ${version} or newer.`,
    );
  }
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-metadata-performance.html
  if (wanted.MetadataConfiguration && !saved.MetadataConfiguration) {
    throw badRequest(
      'You cannot specify a metadata configuration for a file system that is restored from a backup of one created without it.',
    );
  }
}
