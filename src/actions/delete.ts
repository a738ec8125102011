import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../fsx/errors';
import { deleteInput, type FinalBackup } from '../fsx/requests';
import { parseProperties } from '../lustre/properties';
import { clientRequestToken } from './create';
import { fileSystemId, notFound } from './door';
import type { Invocation, Outcome } from './invocation';
import { untroubled, wait } from './waiting';

/** Look, delete once, wait until FSx no longer knows the file system. */
export async function remove(asked: Invocation): Promise<Outcome> {
  const { fsx, token } = asked;
  const id = fileSystemId(asked);
  if (id === undefined) throw notFound(asked);
  // FSx returns none of it, so what the template wants of the last backup travels with the callback.
  const { finalBackup = wantedFinalBackup(asked) } = asked.callback;
  const callback = { ...asked.callback, ...(finalBackup && { finalBackup }) };
  const invocation = { ...asked, callback };
  const model = { FileSystemId: id };
  return untroubled(invocation, model, async () => {
    const fileSystem = await fsx.describe(id);
    if (!fileSystem) {
      if (callback.started) return { status: 'SUCCESS' };
      throw notFound(invocation);
    }
    const going = { ...callback, started: true };
    if (fileSystem.Lifecycle === 'DELETING')
      return wait(model, 'FSx is deleting the file system.', going);
    try {
      const persistent = isPersistent(fileSystem);
      const backup = persistent && !isLinked(fileSystem) ? finalBackup : undefined;
      await fsx.delete(
        deleteInput(id, clientRequestToken(token), {
          persistent,
          ...(backup && { finalBackup: backup }),
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

/** FSx makes no backups of a file system that is linked to S3. */
function isLinked({ LustreConfiguration }: FileSystem): boolean {
  return LustreConfiguration?.DataRepositoryConfiguration?.ImportPath !== undefined;
}

/** What the template asks for. */
function wantedFinalBackup({ desired }: Invocation): FinalBackup | undefined {
  // Deletion must go through whatever else the properties hold, so a value that does not parse is left aside.
  const { SkipFinalBackup, FinalBackupTags } = parseProperties(desired).properties;
  if (SkipFinalBackup !== false) return undefined;
  return FinalBackupTags ? { tags: FinalBackupTags } : {};
}
