import fs from 'node:fs';

/**
 * Replaces `node:fs/promises`, which the SDK loads at once but does not use when credentials are given. Loading it takes
 * longer than a call to FSx, so it is loaded with the first file.
 */
export const readFile: typeof fs.promises.readFile = ((
  ...read: Parameters<typeof fs.promises.readFile>
) => fs.promises.readFile(...read)) as typeof fs.promises.readFile;

export default { readFile };
