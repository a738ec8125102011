/** What the errors of the operating system about a file mean. */

/** By code, for a sentence such as "cannot be read: it is a folder". */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'you do not have permission',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead back to themselves',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file',
  ENOSPC: 'there is no space left on the device',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'you do not have permission',
  EROFS: 'it is on a read-only file system',
};

/** What an error says, without its code and the call that failed, if it is one that a user can cause. */
export function meaningOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return (Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined) ?? message;
}

/** As `meaningOf`, for a file that is written: what does not exist then is its folder. */
export function meaningOfWriting(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? 'there is no such folder'
    : meaningOf(error);
}
