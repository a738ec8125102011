import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Unused names: what a change leaves without a use is no fault that keeps it from running. */
const UNUSED: ReadonlySet<number> = new Set([6133, 6192, 6196, 6198]);

/** The project as the compiler sees it, of which one file at a time may hold something else. */
export class Compiler {
  private changed: { path: string; text: string } | undefined;
  private version = 0;
  private readonly service: ts.LanguageService;

  constructor(private readonly root: string) {
    const config = join(root, 'tsconfig.json');
    const { options, fileNames } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(config, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      dirname(config),
    );
    const files = fileNames.filter((file) => file.startsWith(join(root, 'src')));
    this.service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => files,
      getScriptVersion: (file) => (file === this.changed?.path ? String(this.version) : '0'),
      getScriptSnapshot: (file) => this.snapshot(file),
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (file) => ts.sys.fileExists(file),
      readFile: (file) => ts.sys.readFile(file),
    });
  }

  /** Whether the file, with this text, has no error of its own. */
  takes(file: string, text: string): boolean {
    const path = join(this.root, file);
    this.changed = { path, text };
    this.version += 1;
    const errors = [
      ...this.service.getSyntacticDiagnostics(path),
      ...this.service.getSemanticDiagnostics(path),
    ];
    return errors.every(({ code }) => UNUSED.has(code));
  }

  private snapshot(file: string): ts.IScriptSnapshot | undefined {
    const text = file === this.changed?.path ? this.changed.text : ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  }
}
