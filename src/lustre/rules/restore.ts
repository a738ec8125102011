/**
 * What a restored file system must have in common with its backup, as data. It must also be in the region of the backup,
 * which the properties do not show.
 */
import { compareVersions } from '../catalog/catalog';
import type { LustreProperties } from '../properties';
import { leftOut } from '../properties/left-out';
import type { Violation } from '../violations';
import { formatValue } from '../wording';

/** How a property of a restored file system depends on its backup. */
export interface RestoreRule {
  readonly property: keyof LustreProperties;
  /** `same`: as in the backup. `newer`: as in the backup, or newer. `kept`: only if the backup has it. */
  readonly holds: 'same' | 'newer' | 'kept';
  /** Whether the property never changes on a file system, so that its value in the file system is that in the backup. */
  readonly stays?: true;
  /** What to do after the restoration instead. */
  readonly instead?: string;
}

/** The pages of the FSx for Lustre User Guide with the rules: this one, and other pages for some properties. */
export const RESTORE_SOURCE =
  'https://docs.aws.amazon.com/fsx/latest/LustreGuide/restoring-backups.html';
/** Pages with the rules of one property, by its name. */
export const RESTORE_SOURCES: Readonly<Partial<Record<string, string>>> = {
  DataCompressionType:
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/data-compression.html#migrate-compression-backup',
  MetadataConfiguration:
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-metadata-performance.html',
};

/** The properties that depend on the backup. The others may have any value. */
export const RESTORE_RULES: readonly RestoreRule[] = [
  { property: 'DeploymentType', holds: 'same', stays: true },
  { property: 'StorageType', holds: 'same', stays: true },
  {
    property: 'StorageCapacity',
    holds: 'same',
    instead: 'it can be increased afterward',
  },
  {
    property: 'PerUnitStorageThroughput',
    holds: 'same',
    instead: 'it can be changed afterward on SSD',
  },
  {
    property: 'ThroughputCapacity',
    holds: 'same',
    instead: 'it can be increased afterward',
  },
  {
    property: 'DataCompressionType',
    holds: 'same',
    instead: 'it can be changed afterward, for new data',
  },
  { property: 'FileSystemTypeVersion', holds: 'newer' },
  {
    property: 'MetadataConfiguration',
    holds: 'kept',
    stays: true,
  },
];

/** The properties whose value in a backup is that of its file system, no matter when the backup was made. */
export const UNCHANGING: ReadonlySet<string> = new Set(
  RESTORE_RULES.filter(({ stays }) => stays).map(({ property }) => property),
);

/**
 * Properties given with a backup that FSx would not restore.
 *
 * @param backup The properties of the file system that the backup was made of.
 */
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
            `${property} ${formatValue(asks)} does not match the backup, which has ${had}: omit it${advice}.`,
          );
    case 'newer':
      return has === undefined || compareVersions(formatValue(asks), formatValue(has)) >= 0
        ? undefined
        : refusal(
            `${property} ${formatValue(asks)} is older than the ${had} of the backup: omit it, or specify a newer version.`,
          );
    case 'kept':
      return has === undefined
        ? refusal(`${property} cannot be added when a backup without it is restored: omit it.`)
        : undefined;
  }
}
