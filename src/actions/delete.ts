import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { isPersistent } from '../fsx/description';
import { deleteInput, type FinalBackup } from '../fsx/requests';
import { parseProperties } from '../lustre/parse';
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
  const model = { FileSystemId: id };
  return untroubled({ ...asked, callback }, model, async () => {
    const fileSystem = await fsx.describe(id);
    if (!fileSystem) {
      if (callback.seen) return { status: 'SUCCESS' };
      throw notFound(asked);
    }
    // From here on its absence is what was asked for, whoever brings it about.
    const seen = { ...callback, seen: true, setbacks: 0 };
    return untroubled({ ...asked, callback: { ...callback, seen: true } }, model, async () => {
      if (fileSystem.Lifecycle === 'DELETING')
        return wait(model, 'FSx is deleting the file system.', seen);
      const persistent = isPersistent(fileSystem);
      const backup = canBackUp(fileSystem) ? finalBackup : undefined;
      const choice = { persistent, ...(backup && { finalBackup: backup }) };
      try {
        await fsx.delete(deleteInput(id, clientRequestToken(token), choice));
      } catch (error) {
        // Gone between the look and the call.
        if (!(error instanceof HandlerError) || error.code !== 'NotFound') throw error;
      }
      return wait(model, 'Deletion of the file system has begun.', seen);
    });
  });
}

/** FSx makes backups of persistent file systems that are not linked to S3; one that never came to be holds nothing. */
function canBackUp(fileSystem: FileSystem): boolean {
  const linked =
    fileSystem.LustreConfiguration?.DataRepositoryConfiguration?.ImportPath !== undefined;
  const { Lifecycle } = fileSystem;
  return isPersistent(fileSystem) && !linked && Lifecycle !== 'CREATING' && Lifecycle !== 'FAILED';
}

/** What the template asks for. */
function wantedFinalBackup({ desired }: Invocation): FinalBackup | undefined {
  // Deletion must go through whatever else the properties hold, so a value that does not parse is left aside.
  const { SkipFinalBackup, FinalBackupTags } = parseProperties(desired).properties;
  if (SkipFinalBackup !== false) return undefined;
  return FinalBackupTags ? { tags: FinalBackupTags } : {};
}
