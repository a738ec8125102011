import type { ProgressEvent, Properties } from '../registry/protocol';
import { sameInTemplate } from '../registry/same-in-template';
import type { Fsx } from './fsx-client';
import { FsxFailure } from './fsx-client';
import { inProgress, notStabilized } from './handlers';
import type { HandlerCall, Handlers } from './handlers';
import { requestTags, tagsOf, updateTags } from './tags';

/**
 * `AWS::FSx::DataRepositoryAssociation`, modeled on AWS's own handlers:
 * https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-fsx/tree/main/aws-fsx-datarepositoryassociation
 */
export const associationHandlers: Handlers = {
  CREATE: async (call) => {
    const { fsx, desired, stackTags, token, context } = call;
    if (!context) {
      const { Association: begun } = (await fsx('CreateDataRepositoryAssociation', {
        ...propertiesOf(desired),
        ClientRequestToken: token,
        ...requestTags(tagsOf(desired, stackTags)),
      })) as { Association: Properties };
      return inProgress({ ...desired, AssociationId: begun.AssociationId });
    }
    const found = await existing(fsx, desired);
    const { Lifecycle: state } = found;
    if (state === 'MISCONFIGURED' || state === 'FAILED') throw failed(call);
    return state === 'AVAILABLE' ? done(desired, found) : inProgress(desired);
  },

  UPDATE: async (call) => {
    const { fsx, desired, context = {} } = call;
    const found = await existing(fsx, desired);
    const { Lifecycle: state } = found;
    if (state === 'FAILED') throw failed(call);
    const step = Number(context.step ?? 0);
    const isWaiting = step > 0 && state !== 'AVAILABLE' && state !== 'MISCONFIGURED';
    if (isWaiting) return inProgress(desired, { step });
    const next = UPDATES.findIndex((update, at) => at >= step && update.isWanted(call));
    const update = UPDATES[next];
    if (update) {
      const input = { AssociationId: desired.AssociationId, ...update.request(desired) };
      if (!update.isReached(found, desired)) await fsx('UpdateDataRepositoryAssociation', input);
      return inProgress(desired, { step: next + 1 });
    }
    await updateTags(call, String(found.ResourceARN));
    return done(desired, await existing(fsx, desired));
  },

  DELETE: async ({ fsx, desired, token, context }) => {
    const { AssociationId } = desired;
    try {
      await existing(fsx, desired);
    } catch (error) {
      if (context && error instanceof FsxFailure && isGone(error)) return { status: 'SUCCESS' };
      throw error;
    }
    if (!context) {
      const input = { AssociationId, ClientRequestToken: token, DeleteDataInFileSystem: false };
      await fsx('DeleteDataRepositoryAssociation', input);
    }
    return inProgress(desired);
  },
};

/** A change that requires a separate call to FSx. The handler waits for each before it makes the next. */
interface Update {
  isWanted(call: HandlerCall): boolean;
  request(desired: Properties): Properties;
  /** Whether FSx already describes the desired state. */
  isReached(found: Properties, desired: Properties): boolean;
}

const UPDATES: readonly Update[] = [
  {
    isWanted: ({ desired, previous }) =>
      !sameInTemplate(desired.ImportedFileChunkSize, previous.ImportedFileChunkSize),
    request: ({ ImportedFileChunkSize }) =>
      ImportedFileChunkSize === undefined ? {} : { ImportedFileChunkSize },
    isReached: (found, desired) =>
      sameInTemplate(found.ImportedFileChunkSize, desired.ImportedFileChunkSize),
  },
  policyUpdate('AutoImportPolicy'),
  policyUpdate('AutoExportPolicy'),
];

/** A template without S3 changes nothing, as in AWS's handler: the policies stay as they are. */
function policyUpdate(name: 'AutoImportPolicy' | 'AutoExportPolicy'): Update {
  const events = ({ S3 }: Properties): unknown => {
    const { [name]: policy = {} } = (S3 ?? {}) as Record<string, { Events?: unknown }>;
    return policy.Events ?? [];
  };
  return {
    isWanted: ({ desired, previous }) => !sameInTemplate(events(desired), events(previous)),
    request: (desired) => (desired.S3 ? { S3: { [name]: { Events: events(desired) } } } : {}),
    isReached: (found, desired) => sameInTemplate(events(found), events(desired)),
  };
}

const PROPERTIES = [
  'FileSystemId',
  'FileSystemPath',
  'DataRepositoryPath',
  'BatchImportMetaDataOnCreate',
  'ImportedFileChunkSize',
  'S3',
];

const propertiesOf = (model: Properties): Properties =>
  Object.fromEntries(
    PROPERTIES.flatMap((name) => (model[name] === undefined ? [] : [[name, model[name]]])),
  );

/** @throws FsxFailure if it does not exist, with the message of AWS's handler. */
async function existing(fsx: Fsx, { AssociationId }: Properties): Promise<Properties> {
  const { Associations: [found] = [] } = (await fsx('DescribeDataRepositoryAssociations', {
    AssociationIds: [AssociationId],
  })) as { Associations?: Properties[] };
  if (found) return found;
  throw new FsxFailure(
    'ResourceNotFound',
    `Data repository association does not exist for: ${String(AssociationId)}.`,
  );
}

const isGone = ({ code }: FsxFailure): boolean =>
  code === 'ResourceNotFound' || code === 'DataRepositoryAssociationNotFound';

const failed = ({ typeName, desired }: HandlerCall): Error =>
  notStabilized(typeName, String(desired.AssociationId));

const done = (desired: Properties, { AssociationId, ResourceARN }: Properties): ProgressEvent => ({
  status: 'SUCCESS',
  resourceModel: { ...desired, AssociationId, ResourceARN },
});
