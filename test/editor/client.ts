/** An editor, as far as the protocol goes: it starts the built server in a process of its own and talks to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  CodeActionKind,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { COMMAND, ROOT } from '../cli/command';

export const EVERYTHING: InitializeParams['capabilities'] = {
  workspace: { workspaceEdit: { documentChanges: true }, configuration: true },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: {
        codeActionKind: { valueSet: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
      },
      disabledSupport: true,
    },
    completion: { completionItem: { snippetSupport: true } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    inlayHint: {},
  },
};

export interface EditorOptions {
  readonly capabilities?: InitializeParams['capabilities'];
  readonly settings?: unknown;
  /** The server, another one than the command's. */
  readonly command?: readonly string[];
  /** What is handed over at the beginning. */
  readonly initial?: unknown;
  readonly folder?: string;
  /** Sends the folder as editors did before there were several. */
  readonly sendsFolderAs?: 'rootUri' | 'rootPath';
  /** Whether the server logs what it does, so that `reads` counts. It then also logs each message, which is most of its output. */
  readonly traces?: boolean;
}

export class Editor {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** What the server has logged or shown. */
  readonly messages: string[] = [];
  /** How often the server has read a document, if it `traces`. */
  reads = 0;
  initialized!: InitializeResult;
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting: (() => void)[] = [];
  #settings: unknown;
  #version = 0;

  private constructor({ settings, command = [COMMAND, 'lsp', '--stdio'] }: EditorOptions) {
    this.#settings = settings ?? null;
    this.process = spawn(process.execPath, command, {
      cwd: ROOT,
      env: { PATH: process.env.PATH },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = this.process;
    if (!stdin || !stdout) throw new Error('no pipes');
    // One that a failed test has left ends with the tests, and does not keep them.
    this.process.unref();
    for (const each of [stdin, stdout] as unknown as { unref(): void }[]) each.unref();
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params) => {
      this.#published.set((params as PublishDiagnosticsParams).uri, params as PublishDiagnosticsParams); // oxfmt-ignore
      for (const wake of this.#waiting.splice(0)) wake();
    });
    for (const name of ['window/logMessage', 'window/showMessage'])
      this.connection.onNotification(name, ({ message }: { message: string }) => {
        this.messages.push(message);
      });
    this.connection.onNotification('$/logTrace', ({ message }: { message: string }) => {
      if (message.startsWith('Read ')) this.reads++;
    });
    this.connection.onRequest('workspace/configuration', () => [this.#settings]);
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const editor = new Editor(options);
    const { folder, sendsFolderAs: older } = options;
    editor.initialized = await editor.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder !== undefined && older === 'rootUri' ? `file://${folder}` : null,
      ...(older === 'rootPath' && { rootPath: folder }),
      capabilities: options.capabilities ?? EVERYTHING,
      workspaceFolders:
        folder === undefined || older ? null : [{ uri: `file://${folder}`, name: 'folder' }],
      initializationOptions: options.initial,
      trace: options.traces ? 'messages' : 'off',
    });
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  /** Ends the server as editors do; its exit code. */
  async stop(): Promise<number | null> {
    const gone = new Promise<number | null>((done) => this.process.on('exit', done));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await gone;
    this.connection.dispose();
    return code;
  }

  async open(uri: string, text: string, languageId = 'yaml'): Promise<void> {
    const version = ++this.#version;
    this.#published.delete(uri);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Changes a part of a document, or all of it; its version then. */
  async change(uri: string, text: string, range?: Range): Promise<number> {
    return this.changeBy(uri, range ? { range, text } : { text });
  }

  /** Sends a change as it is; the version of the document then. */
  async changeBy(uri: string, ...contentChanges: object[]): Promise<number> {
    const version = ++this.#version;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
    return version;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async set(settings: unknown): Promise<void> {
    this.#settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** What is shown of the last version that was sent, once the server has told it. */
  async diagnostics(uri: string, version = this.#version): Promise<Diagnostic[]> {
    for (;;) {
      const published = this.#published.get(uri);
      if (published && (published.version ?? 0) >= version) return published.diagnostics;
      await this.published();
    }
  }

  /** The next time that the server tells something. */
  async published(): Promise<void> {
    await new Promise<void>((wake) => this.#waiting.push(wake));
  }

  async codeActions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    return await this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
  }

  async request<T>(method: string, params: object): Promise<T> {
    return await this.connection.sendRequest(method, params);
  }
}

/** What an editor asks at a place of a document; a request that fails throws. */
export const QUESTIONS: readonly ((
  editor: Editor,
  uri: string,
  position: Position,
  whole: Range,
) => Promise<unknown>)[] = [
  (editor, uri, position) => editor.request('textDocument/completion', { textDocument: { uri }, position }), // oxfmt-ignore
  (editor, uri, position) => editor.request('textDocument/hover', { textDocument: { uri }, position }), // oxfmt-ignore
  (editor, uri, _, range) => editor.request('textDocument/inlayHint', { textDocument: { uri }, range }), // oxfmt-ignore
  (editor, uri, position) => editor.codeActions(uri, { start: position, end: position }),
];

/** A text after an action, whichever way it writes its edits. */
export function applied(text: string, { edit }: CodeAction): string {
  const [change] = edit?.documentChanges ?? [];
  const edits: TextEdit[] =
    change && 'edits' in change
      ? (change.edits as TextEdit[])
      : Object.values(edit?.changes ?? {}).flat();
  return TextDocument.applyEdits(TextDocument.create('file:///t', 'yaml', 0, text), edits);
}
