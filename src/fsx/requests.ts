import type {
  CreateFileSystemCommandInput,
  CreateFileSystemFromBackupCommandInput,
  CreateFileSystemLustreConfiguration,
  DeleteFileSystemCommandInput,
  Tag,
  UpdateFileSystemCommandInput,
} from '@aws-sdk/client-fsx';
import type { LustreProperties } from '../lustre/properties';
import {
  namesWhere,
  rowOf,
  type NamesWhere,
  type StepName,
} from '../lustre/properties/property-table';

/** Properties that FSx takes inside LustreConfiguration, under the same names. */
const INSIDE = namesWhere('request', 'inside');

/** Properties that FSx takes beside LustreConfiguration. */
const BESIDE = namesWhere('request', 'beside');

/** Of those, what an update takes too. */
const BESIDE_IN_UPDATES = BESIDE.filter(isUpdated);

function isUpdated(
  name: NamesWhere<'request', 'beside'>,
): name is NamesWhere<'request', 'beside'> & NamesWhere<'update', StepName> {
  return rowOf(name).update !== 'create-only';
}

/** Input of CreateFileSystem; `tags` are those of resource and stack. */
export function createInput(
  properties: LustreProperties,
  tags: Tag[],
  clientRequestToken: string,
): CreateFileSystemCommandInput {
  return { FileSystemType: 'LUSTRE', ...creation(properties, tags, clientRequestToken) };
}

/** Input of CreateFileSystemFromBackup: what the properties leave out, FSx takes from the backup. */
export function createFromBackupInput(
  properties: LustreProperties & { BackupId: string },
  tags: Tag[],
  clientRequestToken: string,
): CreateFileSystemFromBackupCommandInput {
  return { BackupId: properties.BackupId, ...creation(properties, tags, clientRequestToken) };
}

function creation(properties: LustreProperties, tags: Tag[], clientRequestToken: string) {
  return {
    ...pick(properties, BESIDE),
    SubnetIds: properties.SubnetIds ?? [],
    ...lustreConfiguration(properties),
    ...(tags.length > 0 && { Tags: tags }),
    ClientRequestToken: clientRequestToken,
  };
}

/** Input of UpdateFileSystem with nothing but the properties of one step. */
export function updateInput(
  fileSystemId: string,
  properties: LustreProperties,
  clientRequestToken: string,
): UpdateFileSystemCommandInput {
  return {
    FileSystemId: fileSystemId,
    ...pick(properties, BESIDE_IN_UPDATES),
    ...lustreConfiguration(properties),
    ClientRequestToken: clientRequestToken,
  };
}

export interface FinalBackup {
  /** Without tags FSx copies those of the file system where CopyTagsToBackups is true. */
  tags?: Tag[];
}

/**
 * Input of DeleteFileSystem. A scratch file system refuses any LustreConfiguration, even an empty one; on a persistent
 * one the choice about the final backup is always sent, because a backup that nobody asked for is billed for ever.
 */
export function deleteInput(
  fileSystemId: string,
  clientRequestToken: string,
  options: { persistent: boolean; finalBackup?: FinalBackup },
): DeleteFileSystemCommandInput {
  const { persistent, finalBackup } = options;
  return {
    FileSystemId: fileSystemId,
    ClientRequestToken: clientRequestToken,
    ...(persistent && {
      LustreConfiguration: {
        SkipFinalBackup: !finalBackup,
        ...(finalBackup?.tags?.length && { FinalBackupTags: finalBackup.tags }),
      },
    }),
  };
}

function lustreConfiguration(properties: LustreProperties): {
  LustreConfiguration?: CreateFileSystemLustreConfiguration;
} {
  const members = pick(properties, INSIDE);
  // The SDK declares nested members as required where FSx answers a missing one with its own message.
  return Object.keys(members).length > 0
    ? { LustreConfiguration: members as CreateFileSystemLustreConfiguration }
    : {};
}

function pick<K extends keyof LustreProperties>(
  properties: LustreProperties,
  names: readonly K[],
): { [P in K]?: Exclude<LustreProperties[P], undefined> } {
  const picked: { [P in K]?: Exclude<LustreProperties[P], undefined> } = {};
  for (const name of names) {
    const value = properties[name];
    if (value !== undefined) picked[name] = value as Exclude<LustreProperties[K], undefined>;
  }
  return picked;
}
