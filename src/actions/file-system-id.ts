/** Which file system a request is about. In a file of its own, because a read needs none of the rules. */
import { isFileSystemId } from '../fsx/ids';
import { HandlerError } from '../handler-error';
import { cut } from '../lustre/wording';
import type { HandlerRequest } from './action';

/** The id that a request names, or undefined when it is missing or cannot be one. */
export function fileSystemId({ desired }: Pick<HandlerRequest, 'desired'>): string | undefined {
  return isFileSystemId(desired.FileSystemId) ? desired.FileSystemId : undefined;
}

/** NotFound, in the words that every action uses. */
export function notFound({ desired }: Pick<HandlerRequest, 'desired'>): HandlerError {
  const id = desired.FileSystemId;
  return new HandlerError(
    'NotFound',
    typeof id === 'string' && id !== ''
      ? `There is no Lustre file system ${cut(id, 64)} in this account and region.`
      : 'There is no Lustre file system without a FileSystemId.',
  );
}
