/**
 * File systems that a creation without a response may have created. Nothing identifies them for certain, so messages name
 * them.
 */
import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { describeFileSystem } from '../fsx/description';
import { mergeTags } from '../fsx/tags';
import type { LustreProperties } from '../lustre/properties';
import { isEquivalentProperty } from '../lustre/properties/equality';
import { parseProperties } from '../lustre/properties/parse';
import { rowOf } from '../lustre/properties/property-table';
import type { HandlerRequest } from './action';

/** The age in milliseconds up to which a file system may be that of a creation that has just failed. */
const RECENT = 3_600_000;

/** The most pages of DescribeFileSystems that are read. */
const MOST_PAGES = 20;

/** The most ids that a message names. */
const MOST_NAMED = 4;

type Asked = Pick<HandlerRequest, 'desired' | 'fsx' | 'stackTags'>;

/** The file systems of the last hour with all requested properties and tags; undefined if FSx cannot be called. */
export async function candidates({
  desired,
  fsx,
  stackTags,
}: Asked): Promise<FileSystem[] | undefined> {
  const { Tags, ...wanted } = parseProperties(desired).properties;
  const properties = { ...wanted, Tags: mergeTags(stackTags, Tags) };
  const found: FileSystem[] = [];
  try {
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await fsx.page(nextToken);
      found.push(...answer.fileSystems.filter((fileSystem) => isCandidate(fileSystem, properties)));
      nextToken = answer.nextToken;
      if (nextToken === undefined) break;
    }
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    // File systems on earlier pages are still named. Without any, nothing is known.
    if (found.length === 0) return undefined;
  }
  return found;
}

function isCandidate(fileSystem: FileSystem, wanted: LustreProperties): boolean {
  const { CreationTime, Lifecycle } = fileSystem;
  if (Lifecycle === 'DELETING' || Date.now() - (CreationTime?.getTime() ?? 0) > RECENT)
    return false;
  const { Tags: tags = [], ...properties } = describeFileSystem(fileSystem).properties;
  const { Tags: wantedTags = [], ...others } = wanted;
  return (
    wantedTags.every(({ Key, Value }) =>
      tags.some((tag) => tag.Key === Key && tag.Value === Value),
    ) &&
    (Object.keys(others) as (keyof typeof others)[])
      .filter((name) => rowOf(name).described !== 'never')
      .every((name) => isEquivalentProperty(name, others[name], properties[name]))
  );
}

/**
 * A sentence with the file systems, and how to find out whether one is needed and to delete it; undefined if there are none.
 */
export function nameCandidates(found: readonly FileSystem[]): string | undefined {
  if (found.length === 0) return undefined;
  const named = found
    .slice(0, MOST_NAMED)
    .map(({ FileSystemId = '', CreationTime }) =>
      CreationTime ? `${FileSystemId} (created ${CreationTime.toISOString()})` : FileSystemId,
    );
  const rest = found.length > MOST_NAMED ? ` and ${String(found.length - MOST_NAMED)} more` : '';
  return `These file systems have the properties and tags of this resource and may have been created for it: ${named.join(', ')}${rest}. If no stack uses one, delete it with \`aws fsx delete-file-system --file-system-id ID\`.`;
}
