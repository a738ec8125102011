import type { AssociationRecord, TaskRecord } from './account';

/** Associations and tasks that no request has created: those of the control API. */

export const DEFAULT_CHUNK_SIZE = 1024;

/** An association that exists immediately, with its own directory and bucket. */
export const linkOf = (id: string, fileSystemId: string, now: number): AssociationRecord => ({
  id,
  fileSystemId,
  fileSystemPath: `/${id}`,
  dataRepositoryPath: `s3://${id}`,
  importsMetadata: false,
  createdAt: now,
  readyAt: now,
  values: { ImportedFileChunkSize: DEFAULT_CHUNK_SIZE },
  tags: [],
});

/** A task that runs until it is canceled or stopped. */
export const endlessTask = (
  id: string,
  fileSystemId: string,
  now: number,
  associationIds: string[] = [],
): TaskRecord => ({
  id,
  fileSystemId,
  type: 'EXPORT_TO_REPOSITORY',
  report: { Enabled: false },
  associationIds,
  createdAt: now,
  startedAt: now,
  files: 0,
  tags: [],
});
