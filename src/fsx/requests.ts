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

/** The properties inside LustreConfiguration, under the same names. */
const INSIDE = namesWhere('request', 'inside');

/** The properties beside LustreConfiguration. */
const BESIDE = namesWhere('request', 'beside');

/** Those that UpdateFileSystem accepts too. */
const BESIDE_IN_UPDATES = BESIDE.filter(isUpdated);

function isUpdated(
  name: NamesWhere<'request', 'beside'>,
): name is NamesWhere<'request', 'beside'> & NamesWhere<'update', StepName> {
  return rowOf(name).update !== 'create-only';
}

/**
 * Input of CreateFileSystem.
 *
 * @param tags The tags of the resource and the stack.
 */
export function createInput(
  properties: LustreProperties,
  tags: Tag[],
  clientRequestToken: string,
): CreateFileSystemCommandInput {
  return { FileSystemType: 'LUSTRE', ...creation(properties, tags, clientRequestToken) };
}

/** Input of CreateFileSystemFromBackup. FSx takes the other properties from the backup. */
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

/** Input of UpdateFileSystem, with the properties of one step only. */
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

/** The final backup of a deletion. */
export interface FinalBackup {
  /** Without tags, FSx copies those of the file system if CopyTagsToBackups is true. */
  tags?: Tag[];
}

/**
 * Input of DeleteFileSystem. FSx refuses any LustreConfiguration for a scratch file system, even an empty one. For a
 * persistent one, the choice about the final backup is always sent, because an unwanted backup is billed until somebody
 * deletes it.
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
  // The SDK declares nested members as required. If one is missing, FSx's own message is better than the SDK's.
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
