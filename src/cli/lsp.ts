import { serve } from '../editor/server';
import { manualPage } from '../review/manual';
import { UsageError, type Run } from './options/arguments';

/** Serves an editor over standard input and output, until the editor ends the connection. */
export const run: Run = ({ positional: [word] }) => {
  if (word !== undefined) throw new UsageError(`lsp takes no file: ${word} is not used.`);
  if (process.stdin.isTTY)
    throw new UsageError(
      `The language server is started by an editor, with lsp --stdio: ${manualPage('editor.md')} says how.`,
    );
  return serve(process.stdin, process.stdout, process.env.PANGEA_LUSTRE_VERSION ?? '');
};
