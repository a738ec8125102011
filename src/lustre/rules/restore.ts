/**
 * What a file system that is restored from a backup must have in common with it, as data. Its region must be the backup's
 * too, which properties do not tell.
 */
import { compareVersions } from '../catalog/catalog';
import type { LustreProperties } from '../properties';
import { leftOut } from '../properties/left-out';
import type { Violation } from '../violations';
import { formatValue } from '../wording';

export interface RestoreRule {
  readonly property: keyof LustreProperties;
  /** `same`: as in the backup. `newer`: as in the backup, or newer. `kept`: only where the backup has it. */
  readonly holds: 'same' | 'newer' | 'kept';
  /** Whether it stays what it is on every file system: then what a file system has is what its backup has. */
  readonly stays?: true;
  /** What to do instead, after the restoration. */
  readonly instead?: string;
}

/** The pages of the FSx for Lustre User Guide that the rules are from: this one, but for those that have their own. */
export const RESTORE_SOURCE =
  'https://docs.aws.amazon.com/fsx/latest/LustreGuide/restoring-backups.html';
export const RESTORE_SOURCES: Readonly<Partial<Record<string, string>>> = {
  DataCompressionType:
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/data-compression.html#migrate-compression-backup',
  MetadataConfiguration:
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-metadata-performance.html',
};

export const RESTORE_RULES: readonly RestoreRule[] = [
  { property: 'DeploymentType', holds: 'same', stays: true },
  { property: 'StorageType', holds: 'same', stays: true },
  {
    property: 'StorageCapacity',
    holds: 'same',
    instead: 'it can grow afterwards',
  },
  {
    property: 'PerUnitStorageThroughput',
    holds: 'same',
    instead: 'on SSD it can change afterwards',
  },
  {
    property: 'ThroughputCapacity',
    holds: 'same',
    instead: 'it can grow afterwards',
  },
  {
    property: 'DataCompressionType',
    holds: 'same',
    instead: 'it can change afterwards, for data written then',
  },
  { property: 'FileSystemTypeVersion', holds: 'newer' },
  {
    property: 'MetadataConfiguration',
    holds: 'kept',
    stays: true,
  },
];

/** The properties that a backup has as its file system has them, whenever it was made. */
export const UNCHANGING: ReadonlySet<string> = new Set(
  RESTORE_RULES.filter(({ stays }) => stays).map(({ property }) => property),
);

/** What is asked for beside a backup and FSx would not restore; `backup` is the file system that the backup is of. */
export function restoreConflicts(backup: LustreProperties, wanted: LustreProperties): Violation[] {
  return RESTORE_RULES.flatMap((rule) => conflict(rule, backup, wanted) ?? []);
}

function conflict(
  { property, holds, instead }: RestoreRule,
  backup: LustreProperties,
  wanted: LustreProperties,
): Violation | undefined {
  const [has, asks] = [backup[property], wanted[property]];
  if (asks === undefined) return undefined;
  const had = has === undefined ? 'none' : formatValue(has);
  const advice = instead === undefined ? '' : `; ${instead}`;
  const refusal = (message: string): Violation => ({
    rule: 'restore',
    property,
    value: asks,
    message,
    kind: 'contradiction',
    repairs: [{ [property]: undefined }],
  });
  switch (holds) {
    case 'same':
      return asks === (has ?? leftOut(property))
        ? undefined
        : refusal(
            `${property} ${formatValue(asks)} does not match the backup, which has ${had}: leave it out${advice}.`,
          );
    case 'newer':
      return has === undefined || compareVersions(formatValue(asks), formatValue(has)) >= 0
        ? undefined
        : refusal(
            `${property} ${formatValue(asks)} is older than in the backup, which has ${had}: leave it out, or give a newer one.`,
          );
    case 'kept':
      return has === undefined
        ? refusal(
            `${property} cannot be added when a backup is restored, and the backup has none: leave it out.`,
          )
        : undefined;
  }
}
