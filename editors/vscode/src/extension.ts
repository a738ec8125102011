/** The extension for VS Code: it starts the language server that lies beside it. */
import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const server = {
    module: join(context.extensionPath, 'server', 'pangea-lustre.js'),
    args: ['lsp'],
    transport: TransportKind.stdio,
  };
  const languages = ['yaml', 'json', 'cloudformation', 'cloudformation-json'];
  client = new LanguageClient('pangeaLustre', 'FSx for Lustre', server, {
    documentSelector: languages.map((language) => ({ language })),
  });
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
