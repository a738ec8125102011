/** What the extension for VS Code is made of. */
import type { ExtensionSources } from './vscode-package';

/** Reads the parts of the extension, by their paths in this project; `build.mjs` has made what is in build/. */
export function extensionSources(read: (path: string) => Uint8Array): ExtensionSources {
  const text = (path: string): string => new TextDecoder().decode(read(path));
  const { version } = JSON.parse(text('package.json')) as { version: string };
  return {
    manifest: text('editors/vscode/package.json'),
    version,
    files: {
      'extension.js': read('build/vscode/extension.js'),
      'server/pangea-lustre.js': read('build/cli/pangea-lustre.js'),
      'server/lsp.js': read('build/cli/lsp.js'),
      'README.md': read('editors/vscode/README.md'),
      'LICENSE.txt': read('LICENSE'),
    },
  };
}
