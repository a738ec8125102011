import type { ProgressEvent, Properties } from '../registry/protocol';
import type { Fsx } from './fsx-client';
import { inProgress, notStabilized } from './handlers';
import type { Handlers } from './handlers';
import { requestTags, tagsOf, updateTags } from './tags';

/**
 * `AWS::FSx::Backup`: a user-initiated backup. It is not recorded how AWS's handlers stabilize; the states are those of
 * https://docs.aws.amazon.com/fsx/latest/APIReference/API_Backup.html.
 */
export const backupHandlers: Handlers = {
  CREATE: async ({ fsx, typeName, desired, stackTags, token, context }) => {
    if (context) {
      const found = await describe(fsx, String(context.BackupId));
      const { Lifecycle: state } = found;
      if (state === 'FAILED' || state === 'DELETED') {
        throw notStabilized(typeName, String(found.ResourceARN));
      }
      return state === 'AVAILABLE'
        ? done(desired, found)
        : inProgress(modelOf(desired, found), context);
    }
    const { Backup: begun } = (await fsx('CreateBackup', {
      FileSystemId: desired.FileSystemId,
      ClientRequestToken: token,
      ...requestTags(tagsOf(desired, stackTags)),
    })) as { Backup: Properties };
    return inProgress(modelOf(desired, begun), { BackupId: begun.BackupId });
  },

  UPDATE: async (call) => {
    const { desired, fsx } = call;
    const arn = String(desired.ResourceARN);
    await updateTags(call, arn);
    return done(desired, await describe(fsx, idOf(arn)));
  },

  DELETE: async ({ fsx, desired }) => {
    await fsx('DeleteBackup', { BackupId: idOf(String(desired.ResourceARN)) });
    return { status: 'SUCCESS' };
  },
};

/** The ID at the end of an ARN such as arn:aws:fsx:us-east-1:123456789012:backup/backup-0123456789abcdef0. */
const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

async function describe(fsx: Fsx, id: string): Promise<Properties> {
  const { Backups: [found = {}] = [] } = (await fsx('DescribeBackups', { BackupIds: [id] })) as {
    Backups?: Properties[];
  };
  return found;
}

const done = (desired: Properties, found: Properties): ProgressEvent => ({
  status: 'SUCCESS',
  resourceModel: modelOf(desired, found),
});

/** Attributes are strings, whatever types FSx returns. */
function modelOf(desired: Properties, found: Properties): Properties {
  const { ResourceARN, BackupId, Lifecycle, Type, CreationTime } = found;
  return {
    ...desired,
    ResourceARN,
    BackupId,
    Lifecycle,
    Type,
    CreationTime: new Date(Number(CreationTime) * 1000).toISOString(),
  };
}
