/** The language server: answers an editor's requests with reviews. */
import {
  CodeActionKind,
  createConnection,
  DidChangeConfigurationNotification,
  MessageType,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileURLToPath } from 'node:url';
import { codeActions, FIX_ALL } from './code-actions';
import { completions } from './completion';
import { codeLenses, inlayHints } from './figures';
import { hover } from './hover';
import { inOrder } from './lifecycle';
import { OpenDocument } from './open-document';
import { Schedule } from './schedule';
import { isObject } from '../lustre/json';
import { SECTION, settingsFrom, type Settings } from './settings';

const NO_PROTOCOL =
  'pangea-lustre: What comes in is not the language server protocol: a message has no valid Content-Length.\n';

/** Serves an editor until it closes the connection, and then ends the process. */
export function serve(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  version: string,
): Promise<never> {
  const reader = new StreamMessageReader(input);
  const writer = new StreamMessageWriter(output);
  const connection = createConnection(reader, writer, { messageStrategy: inOrder(writer) });
  const server = new Server(connection, version);
  const leave = (): never => process.exit(server.isEnding ? 0 : 1);
  // The editor is gone: it sends and reads nothing more.
  for (const event of ['end', 'close']) input.on(event, leave);
  output.on('error', leave);
  reader.onError((error) => {
    // An invalid message affects that message only. After an invalid header, no further message can be found.
    if (error instanceof SyntaxError || error instanceof TypeError) return;
    process.stderr.write(NO_PROTOCOL);
    process.exit(1);
  });
  connection.listen();
  return new Promise<never>(() => undefined);
}

class Server {
  isEnding = false;
  readonly #connection: Connection;
  readonly #documents = new Map<string, OpenDocument>();
  /** Documents with another text than in the editor, until the editor sends all of it. */
  readonly #lost = new Map<string, OpenDocument>();
  readonly #schedule = new Schedule<string>((uri) => {
    this.#publish(uri);
  });
  #capabilities: ClientCapabilities = {};
  #folder: string | undefined;
  #settings: Settings = settingsFrom(undefined, undefined);

  constructor(connection: Connection, version: string) {
    this.#connection = connection;
    connection.onInitialize((params) => this.#initialize(params, version));
    connection.onInitialized(() => {
      this.#askForSettings();
    });
    connection.onShutdown(() => {
      this.isEnding = true;
    });
    connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      if (this.#capabilities.workspace?.configuration) this.#pullSettings();
      else this.#set(settings);
    });
    this.#serveDocuments();
    connection.onCodeAction((params) =>
      this.#answer(params.textDocument.uri, [], (document) =>
        codeActions(document, this.#settings, params, this.#capabilities),
      ),
    );
    connection.onHover(({ textDocument: { uri }, position }) =>
      this.#answer(uri, null, (document) =>
        hover(document, this.#settings, position, this.#capabilities),
      ),
    );
    connection.onCompletion(({ textDocument: { uri }, position }) =>
      this.#answer(uri, null, (document) =>
        completions(document, this.#settings, position, this.#capabilities),
      ),
    );
    connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
      this.#answer(uri, null, (document) => inlayHints(document, this.#settings, range)),
    );
    connection.onCodeLens(({ textDocument: { uri } }) =>
      this.#answer(uri, null, (document) => codeLenses(document, this.#settings)),
    );
  }

  #initialize(params: InitializeParams, version: string): InitializeResult {
    this.#capabilities = params.capabilities;
    this.#folder = folderOf(params);
    this.#settings = settingsFrom(params.initializationOptions, this.#folder);
    return {
      serverInfo: { name: 'pangea-lustre', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
        },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [' ', '"', "'"] },
        // The same figures, for editors without inlay hints.
        ...(params.capabilities.textDocument?.inlayHint
          ? { inlayHintProvider: true }
          : { codeLensProvider: {} }),
      },
    };
  }

  #askForSettings(): void {
    this.#tellProblems();
    const { workspace } = this.#capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      void this.#connection.client
        .register(DidChangeConfigurationNotification.type, { section: SECTION })
        .catch(() => undefined);
    if (workspace?.configuration) this.#pullSettings();
  }

  #pullSettings(): void {
    this.#connection.workspace.getConfiguration(SECTION).then(
      (section: unknown) => {
        // An editor without this section answers null. It may have sent options with the initialize request.
        if (section === null || section === undefined) return;
        // Some editors answer with all of their settings.
        this.#set(isObject(section) && SECTION in section ? section : { [SECTION]: section });
      },
      () => undefined,
    );
  }

  #set(section: unknown): void {
    this.#settings = settingsFrom(section, this.#folder);
    this.#tellProblems();
    for (const uri of this.#documents.keys()) this.#schedule.soon(uri);
  }

  #tellProblems(): void {
    for (const message of this.#settings.problems)
      void this.#connection.sendNotification('window/showMessage', {
        type: MessageType.Warning,
        message: `pangea-lustre: ${message}`,
      });
  }

  #serveDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      const content = TextDocument.create(uri, languageId, version, text);
      this.#lost.delete(uri);
      this.#documents.set(uri, new OpenDocument(content, (read) => {
        connection.tracer.log(`Read ${uri}, version ${read}`);
      })); // oxfmt-ignore
      this.#schedule.soon(uri);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const lost = this.#lost.get(uri);
      const document = this.#documents.get(uri) ?? lost;
      // Some editors send null or an empty object if there are none.
      const changes = isEmpty(contentChanges) ? [] : contentChanges;
      if (!document || (lost && !OpenDocument.hasWholeText(changes))) return;
      try {
        document.change(changes, version);
      } catch (error) {
        // The text here is no longer the editor's, so nothing true can be said about it.
        this.#forget(uri);
        this.#lost.set(uri, document);
        throw error;
      }
      this.#lost.delete(uri);
      this.#documents.set(uri, document);
      this.#schedule.later(uri);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#forget(uri);
    });
  }

  #forget(uri: string): void {
    this.#documents.delete(uri);
    this.#lost.delete(uri);
    this.#schedule.drop(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #publish(uri: string): void {
    const document = this.#documents.get(uri);
    if (!document) return;
    this.#guard(undefined, () => {
      const diagnostics = [...document.diagnostics(this.#settings)];
      const { version } = document.content;
      void this.#connection.sendDiagnostics({ uri, version, diagnostics });
    });
  }

  /** Answers a request about a document, or returns `otherwise` if it is not open or an error occurs. */
  #answer<T>(uri: string, otherwise: T, run: (document: OpenDocument) => T): T {
    const document = this.#documents.get(uri);
    return document ? this.#guard(otherwise, () => run(document)) : otherwise;
  }

  /** Logs an error in this program about one document, so that further requests are answered. */
  #guard<T>(otherwise: T, run: () => T): T {
    try {
      return run();
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#connection.console.error(told);
      return otherwise;
    }
  }
}

const isEmpty = (changes: unknown): boolean =>
  changes === null || (isObject(changes) && Object.keys(changes).length === 0);

/** The open folder of the editor, if it is on this computer. Older editors send it as `rootUri` or `rootPath` only. */
function folderOf(params: InitializeParams): string | undefined {
  const { workspaceFolders, rootUri, rootPath } = params as OlderParams;
  const uri = workspaceFolders?.[0]?.uri ?? rootUri ?? undefined;
  try {
    return uri === undefined ? (rootPath ?? undefined) : fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** What editors sent before there were several folders. The library marks it as deprecated. */
type OlderParams = Pick<InitializeParams, 'workspaceFolders'> & {
  readonly rootUri?: string | null;
  readonly rootPath?: string | null;
};
