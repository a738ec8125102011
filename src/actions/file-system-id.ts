/** The file system of a request. A separate file, because a read handler needs none of the rules. */
import { isFileSystemId } from '../fsx/ids';
import { HandlerError } from '../handler-error';
import { cut } from '../lustre/wording';
import type { HandlerRequest } from './action';

/** The ID in a request; undefined if it is missing or does not have the form of one. */
export function fileSystemId({ desired }: Pick<HandlerRequest, 'desired'>): string | undefined {
  return isFileSystemId(desired.FileSystemId) ? desired.FileSystemId : undefined;
}

/** The NotFound error of all actions. */
export function notFound({ desired }: Pick<HandlerRequest, 'desired'>): HandlerError {
  const id = desired.FileSystemId;
  return new HandlerError(
    'NotFound',
    typeof id === 'string' && id !== ''
      ? `There is no Lustre file system ${cut(id, 64)} in this account and region.`
      : 'The request has no FileSystemId, so it names no Lustre file system.',
  );
}
