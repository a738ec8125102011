import { arn, type Account, type AssociationRecord } from '../state/account';
import { exists, seconds } from './describe';
import { findFileSystem } from './lookup';
import type { AssociationLifecycle, AssociationValues, DataRepositoryAssociation } from '../types';

/** The description of a data repository association. It depends on its record, that of its file system, and the time. */

/** An association exists until its deletion has ended, or its file system is deleted. */
export function associationExists(
  account: Account,
  record: AssociationRecord,
  now: number = account.clock.now(),
): boolean {
  const { deletion, fileSystemId } = record;
  if (deletion !== undefined && now >= deletion.goneAt) return false;
  const fileSystem = account.state.fileSystems.get(fileSystemId);
  return fileSystem !== undefined && exists(fileSystem, now);
}

/** The associations of a file system, including those that are being created and deleted. */
export const associationsOf = (account: Account, fileSystemId: string): AssociationRecord[] =>
  account.state.associations
    .inGroup(fileSystemId)
    .filter((record) => associationExists(account, record));

export function associationLifecycle(
  account: Account,
  record: AssociationRecord,
): AssociationLifecycle {
  const now = account.clock.now();
  const fileSystem = findFileSystem(account, record.fileSystemId);
  if (record.deletion !== undefined || fileSystem?.deletion !== undefined) return 'DELETING';
  if (now < record.readyAt) return 'CREATING';
  if (creationFailure(account, record) !== undefined) return 'FAILED';
  const { update } = record;
  if (update !== undefined && now < update.appliedAt) return 'UPDATING';
  if (record.forced) return record.forced.lifecycle;
  return update?.failure === undefined ? 'AVAILABLE' : 'MISCONFIGURED';
}

/** Without a file system, there is nothing to link. */
function creationFailure(account: Account, record: AssociationRecord): string | undefined {
  const fileSystem = findFileSystem(account, record.fileSystemId);
  return fileSystem?.creationFailure === undefined
    ? record.creationFailure
    : 'The file system could not be created.';
}

function failureMessage(
  account: Account,
  record: AssociationRecord,
  lifecycle: AssociationLifecycle,
): string | undefined {
  if (lifecycle !== 'FAILED' && lifecycle !== 'MISCONFIGURED') return undefined;
  if (record.forced?.lifecycle === lifecycle) return record.forced.message;
  return lifecycle === 'FAILED' ? creationFailure(account, record) : record.update?.failure;
}

/** The current values. */
export function associationValues({ values, update }: AssociationRecord, now: number) {
  const applied = update !== undefined && update.failure === undefined && update.appliedAt <= now;
  return applied ? update.target : values;
}

export function describeAssociation(
  account: Account,
  record: AssociationRecord,
): DataRepositoryAssociation {
  const lifecycle = associationLifecycle(account, record);
  const failure = failureMessage(account, record, lifecycle);
  const values: AssociationValues = associationValues(record, account.clock.now());
  return {
    AssociationId: record.id,
    ResourceARN: associationArn(account, record),
    FileSystemId: record.fileSystemId,
    Lifecycle: lifecycle,
    ...(failure === undefined ? {} : { FailureDetails: { Message: failure } }),
    FileSystemPath: record.fileSystemPath,
    DataRepositoryPath: record.dataRepositoryPath,
    BatchImportMetaDataOnCreate: record.importsMetadata,
    ...values,
    Tags: record.tags,
    CreationTime: seconds(record.createdAt),
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonfsx.html */
export const associationArn = (
  account: Account,
  { id, fileSystemId }: Pick<AssociationRecord, 'id' | 'fileSystemId'>,
): string => arn(account, 'fsx', `association/${fileSystemId}/${id}`);
