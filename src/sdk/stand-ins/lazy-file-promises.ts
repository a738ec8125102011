import fs from 'node:fs';

/**
 * `node:fs/promises` for the SDK, which requires it at load and reads no file where credentials are handed over. Loading it
 * takes Node longer than a call to FSx takes here, so it is loaded with the first file.
 */
export const readFile: typeof fs.promises.readFile = ((
  ...read: Parameters<typeof fs.promises.readFile>
) => fs.promises.readFile(...read)) as typeof fs.promises.readFile;

export default { readFile };
