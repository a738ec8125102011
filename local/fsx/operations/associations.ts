import {
  newId,
  type Account,
  type AssociationRecord,
  type FileSystemRecord,
} from '../state/account';
import {
  associationExists,
  associationLifecycle,
  associationsOf,
  associationValues,
  describeAssociation,
} from './describe-association';
import { currentValues, lifecycle } from './describe';
import { associationNotFound, badRequest, FsxError } from '../errors';
import { fileSystemOf } from './lookup';
import type { Outcome } from './outcome';
import { filteredPage, type Filters } from './paging';
import { activeTasksOf } from './describe-task';
import { addImport } from './tasks';
import { checkLink, checkLinkable, MOST_QUEUED } from '../rules/association';
import { checkTags } from '../rules/tags';
import { ASSOCIATION_CREATION, ASSOCIATION_DELETION, ASSOCIATION_UPDATE } from '../state/durations';
import { DEFAULT_CHUNK_SIZE, linkOf } from '../state/unrequested';
import { findByToken, recordToken } from '../state/client-tokens';
import type {
  AssociationLifecycle,
  CreateAssociationInput,
  DataRepositoryAssociation,
  DeleteAssociationInput,
  DescribeAssociationsInput,
  Filter,
  UpdateAssociationInput,
} from '../types';

/** Data repository associations: links between directories of a file system and an S3 bucket or prefix. */

/**
 * CreateDataRepositoryAssociation returns CREATING. "The request will be queued and the data repository association will be
 * created after the file system is available." https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-linked-dra.html
 */
export function createAssociation(
  account: Account,
  input: CreateAssociationInput,
  outcome: Outcome,
): { Association: DataRepositoryAssociation } {
  const known = findByToken(account, 'association', input);
  if (known !== undefined) return answer(account, findAssociation(account, known));
  const fileSystem = fileSystemOf(account, input.FileSystemId);
  const now = account.clock.now();
  const state = lifecycle(fileSystem, now);
  if (!['AVAILABLE', 'CREATING', 'UPDATING'].includes(state)) {
    throw badRequest(
      `Unable to create a data repository association on a file system in the ${state} state.`,
    );
  }
  checkLinkable(currentValues(fileSystem, now));
  const link = checkLink(account, input, associationsOf(account, fileSystem.id));
  checkTags(input.Tags ?? []);
  const { S3: s3, ImportedFileChunkSize: chunkSize = DEFAULT_CHUNK_SIZE } = input;
  const importsMetadata = input.BatchImportMetaDataOnCreate ?? false;
  const readyAt = queued(account, fileSystem.id, ASSOCIATION_CREATION);
  const record: AssociationRecord = {
    id: newId(account, 'dra'),
    fileSystemId: fileSystem.id,
    ...link,
    importsMetadata,
    createdAt: now,
    readyAt,
    ...(outcome.endsFailed === undefined ? {} : { creationFailure: outcome.endsFailed }),
    values: { ImportedFileChunkSize: chunkSize, ...(s3 === undefined ? {} : { S3: s3 }) },
    tags: input.Tags ?? [],
  };
  account.state.associations.add(record);
  if (importsMetadata && outcome.endsFailed === undefined) addImport(account, record);
  recordToken(account, 'association', input, record.id);
  return answer(account, record);
}

/** An association that no request has created. */
export function addLink(account: Account, fileSystem: FileSystemRecord): void {
  const id = newId(account, 'dra');
  account.state.associations.add(linkOf(id, fileSystem.id, account.clock.now()));
}

const answer = (account: Account, record: AssociationRecord) => ({
  Association: describeAssociation(account, record),
});

/**
 * When a request that arrives now will be completed: "A maximum of 8 DRA requests can be queued, but only one request can be
 * worked on at a time for the file system."
 */
function queued(account: Account, fileSystemId: string, duration: number): number {
  const { clock } = account;
  const now = clock.now();
  const { readyAt } = fileSystemOf(account, fileSystemId);
  const ends = associationsOf(account, fileSystemId).map((record) =>
    Math.max(record.readyAt, record.update?.appliedAt ?? 0, record.deletion?.goneAt ?? 0),
  );
  if (ends.filter((end) => end > now).length >= MOST_QUEUED) {
    throw badRequest(
      `At most ${MOST_QUEUED} requests for data repository associations can be queued on a file system. Try again later.`,
    );
  }
  return Math.max(now, readyAt, ...ends) + clock.scaled(duration);
}

function findAssociation(account: Account, id: string): AssociationRecord {
  const record = account.state.associations.get(id);
  if (!record || !associationExists(account, record)) throw associationNotFound(id);
  return record;
}

/** MaxResults is at most 25, which is also the default. */
const LARGEST_PAGE = 25;

const FILTERS: Filters<AssociationRecord> = {
  'file-system-id': (record, value) => record.fileSystemId === value,
  'file-system-type': (_, value) => value === 'LUSTRE',
  'data-repository-type': (_, value) => value === 'S3',
};

export function describeAssociations(
  account: Account,
  input: DescribeAssociationsInput,
): { Associations: DataRepositoryAssociation[]; NextToken?: string } {
  if (input.AssociationIds && input.AssociationIds.length > 0) {
    const found = [...new Set(input.AssociationIds)].map((id) => findAssociation(account, id));
    return { Associations: found.map((record) => describeAssociation(account, record)) };
  }
  checkFilters(account, input.Filters ?? []);
  const { items, next } = filteredPage(
    account,
    'associations',
    { ...input, MaxResults: Math.min(input.MaxResults ?? LARGEST_PAGE, LARGEST_PAGE) },
    account.state.associations,
    FILTERS,
    (record) => associationExists(account, record),
  );
  return {
    Associations: items.map((record) => describeAssociation(account, record)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

/** The operation's errors include FileSystemNotFound and InvalidDataRepositoryType, which only a filter can cause. */
function checkFilters(account: Account, filters: readonly Filter[]): void {
  for (const { Name: name, Values: values = [] } of filters) {
    if (name === 'file-system-id') {
      for (const id of values) fileSystemOf(account, id);
    }
    const wrong = values.find((value) => value !== 'S3' && value !== 'NFS');
    if (name === 'data-repository-type' && wrong !== undefined) {
      throw new FsxError(
        'InvalidDataRepositoryType',
        `The data repository type '${wrong}' is not supported. Valid values are S3 and NFS.`,
      );
    }
  }
}

/**
 * UpdateDataRepositoryAssociation changes the chunk size and the policies; a policy that is not given stays. On a
 * MISCONFIGURED association, an update without changes checks whether the cause still exists.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/dra-lifecycles.html
 */
export function updateAssociation(
  account: Account,
  input: UpdateAssociationInput,
  outcome: Outcome,
): { Association: DataRepositoryAssociation } {
  const record = findAssociation(account, input.AssociationId);
  if (findByToken(account, 'association-update', input) !== undefined) {
    return answer(account, record);
  }
  const state = associationLifecycle(account, record);
  if (state !== 'AVAILABLE' && state !== 'MISCONFIGURED') {
    throw badRequest(
      `Unable to update data repository association '${record.id}' in the ${state} state.`,
    );
  }
  const { ImportedFileChunkSize: chunkSize, S3: s3 } = input;
  if (state === 'AVAILABLE' && chunkSize === undefined && s3 === undefined) {
    throw badRequest('No property to update was specified in the request.');
  }
  const now = account.clock.now();
  const values = associationValues(record, now);
  record.values = values;
  record.update = {
    requestedAt: now,
    appliedAt: queued(account, record.fileSystemId, ASSOCIATION_UPDATE),
    target: {
      ...values,
      ...(chunkSize === undefined ? {} : { ImportedFileChunkSize: chunkSize }),
      ...(s3 === undefined ? {} : { S3: { ...values.S3, ...s3 } }),
    },
    ...(outcome.endsFailed === undefined ? {} : { failure: outcome.endsFailed }),
  };
  account.state.associations.changed(record);
  recordToken(account, 'association-update', input, record.id);
  return answer(account, record);
}

/**
 * DeleteDataRepositoryAssociation returns DELETING; later the association is not found. For one that is already DELETING, the
 * response is the same. It is not recorded what FSx does with one that is CREATING or UPDATING, or has a running task, so
 * these are refused.
 */
export function deleteAssociation(
  account: Account,
  input: DeleteAssociationInput,
): { AssociationId: string; Lifecycle: AssociationLifecycle; DeleteDataInFileSystem: boolean } {
  const record = findAssociation(account, input.AssociationId);
  findByToken(account, 'association-deletion', input);
  if (record.deletion === undefined) {
    checkDeletable(account, record);
    record.deletion = {
      requestedAt: account.clock.now(),
      goneAt: queued(account, record.fileSystemId, ASSOCIATION_DELETION),
      deletesData: input.DeleteDataInFileSystem ?? false,
    };
    account.state.associations.changed(record);
    recordToken(account, 'association-deletion', input, record.id);
  }
  return {
    AssociationId: record.id,
    Lifecycle: 'DELETING',
    DeleteDataInFileSystem: record.deletion.deletesData,
  };
}

function checkDeletable(account: Account, record: AssociationRecord): void {
  const refused = `Unable to delete data repository association '${record.id}'`;
  const state = associationLifecycle(account, record);
  if (state === 'CREATING' || state === 'UPDATING') {
    throw badRequest(`${refused} in the ${state} state.`);
  }
  const busy = activeTasksOf(account, record.fileSystemId).some((task) =>
    task.associationIds.includes(record.id),
  );
  if (busy) throw badRequest(`${refused}. A data repository task is in progress on it.`);
}
