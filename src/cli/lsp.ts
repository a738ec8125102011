import { serve } from '../editor/server';
import { manualPage } from '../review/manual';
import { UsageError, type Run } from './options/arguments';

/** Serves an editor over standard input and output, until the editor ends the connection. */
export const run: Run = ({ positional: [word] }) => {
  if (word !== undefined) throw new UsageError(`lsp does not take a file: remove ${word}.`);
  if (process.stdin.isTTY)
    throw new UsageError(
      `An editor starts the language server, with lsp --stdio: see ${manualPage('editor.md')}.`,
    );
  return serve(process.stdin, process.stdout, process.env.PANGEA_LUSTRE_VERSION ?? '');
};
