import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../fsx/errors';
import { deleteInput, type FinalBackup } from '../fsx/requests';
import { parseProperties } from '../lustre/properties';
import { clientRequestToken } from './create';
import { fileSystemId, notFound } from './door';
import type { Invocation, Outcome } from './invocation';
import { untroubled, wait } from './waiting';

/** Look, delete once, wait until FSx no longer knows the file system. */
export async function remove(invocation: Invocation): Promise<Outcome> {
  const { callback, fsx, token } = invocation;
  const id = fileSystemId(invocation);
  if (id === undefined) throw notFound(invocation);
  const model = { FileSystemId: id };
  return untroubled(invocation, model, async () => {
    const fileSystem = await fsx.describe(id);
    if (!fileSystem) {
      if (callback.started) return { status: 'SUCCESS' };
      throw notFound(invocation);
    }
    const going = { started: true, waited: callback.waited ?? 0 };
    if (fileSystem.Lifecycle === 'DELETING')
      return wait(model, 'FSx is deleting the file system.', going);
    try {
      const persistent = isPersistent(fileSystem);
      const finalBackup = persistent ? wantedFinalBackup(invocation, fileSystem) : undefined;
      await fsx.delete(
        deleteInput(id, clientRequestToken(token), {
          persistent,
          ...(finalBackup && { finalBackup }),
        }),
      );
    } catch (error) {
      // Gone between the look and the call.
      if (!(error instanceof HandlerError) || error.code !== 'NotFound') throw error;
    }
    return wait(model, 'Deletion of the file system has begun.', going);
  });
}

function isPersistent({ LustreConfiguration }: FileSystem): boolean {
  return LustreConfiguration?.DeploymentType?.startsWith('PERSISTENT') ?? false;
}

/** A final backup only where the template asks for one and FSx can make it: not of an S3-linked file system. */
function wantedFinalBackup(
  { desired }: Invocation,
  fileSystem: FileSystem,
): FinalBackup | undefined {
  // Deletion must go through whatever else the properties hold, so a value that does not parse is left aside.
  const { SkipFinalBackup, FinalBackupTags } = parseProperties(desired).properties;
  const linked =
    fileSystem.LustreConfiguration?.DataRepositoryConfiguration?.ImportPath !== undefined;
  if (SkipFinalBackup !== false || linked) return undefined;
  return FinalBackupTags ? { tags: FinalBackupTags } : {};
}
