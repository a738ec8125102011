/** Starts the local FSx, which is a separate program. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UsageError, type Run } from './options/arguments';

/** Relative to the folder of the command, in a clone and in the package. */
const PROGRAM = join(__dirname, '..', 'local', 'main.js');

/** Returns when the servers are ready. They keep the process alive until it is terminated. */
export const run: Run = async ({ positional }) => {
  if (!existsSync(PROGRAM))
    throw new UsageError(`There is no ${PROGRAM}: build it with \`make build\`.`);
  const { main } = createRequire(__filename)(PROGRAM) as {
    main: (words: readonly string[]) => Promise<void>;
  };
  await main(positional);
  return 0;
};
