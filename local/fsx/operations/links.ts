import type { Account, FileSystemRecord } from '../state/account';
import { badRequest } from '../errors';
import { currentValues } from './describe';
import { associationsOf } from './describe-association';

/** Whether it is linked to S3 by ImportPath or by a data repository association. */
export const isLinked = (account: Account, record: FileSystemRecord, now: number): boolean =>
  isLinkedByPath(record, now) || associationsOf(account, record.id).length > 0;

/** Whether it is linked to S3 by ImportPath. */
const isLinkedByPath = (record: FileSystemRecord, now: number): boolean =>
  currentValues(record, now).LustreConfiguration?.DataRepositoryConfiguration !== undefined;

/** FSx does not back up S3-linked file systems. */
export function checkUnlinked(account: Account, record: FileSystemRecord, now: number): void {
  if (isLinked(account, record, now)) {
    throw badRequest('Backups cannot be created on S3-linked file systems');
  }
}
