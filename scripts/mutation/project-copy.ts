/** A copy of the project in a temporary folder, in which one file at a time is changed and tested. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tests that run together: with the sources, or with a bundle that is built before. */
export interface Stage {
  /** A target of scripts/build.mjs; none where the tests take the sources. */
  readonly bundle?: string;
  /** Files or folders. */
  readonly tests: readonly string[];
}

/** What is made, not written. */
const LEFT_OUT = /^(\.git|\.jest|build|coverage|node_modules)$/;

/** Tests that play thousands of histories, or measure time. */
const LONG = ['histories', 'crowd', 'budgets', 'hostile', 'lives', 'kills', 'npm', 'neovim'];

const CONFIG = 'jest.mutation.config.cjs';

export class ProjectCopy {
  readonly root: string;

  constructor(project: string, workers: number) {
    this.root = mkdtempSync(join(tmpdir(), 'mutants-'));
    cpSync(project, this.root, {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(path.slice(project.length + 1)),
    });
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'));
    const left = JSON.stringify(LONG.map((name) => `/[^/]*${name}[^/]*\\.test\\.ts$`));
    writeFileSync(
      join(this.root, CONFIG),
      `const { globalSetup, ...config } = require('./jest.config.cjs');
module.exports = { ...config, bail: 1, testPathIgnorePatterns: ${left}, maxWorkers: ${String(workers)} };\n`,
    );
  }

  /** Whether the tests of every stage pass; the first that fails ends it, and so does the time, in milliseconds. */
  passes(stages: readonly Stage[], time: number): boolean {
    return stages.every(
      ({ bundle, tests }) =>
        (bundle === undefined || this.runs([join('scripts', 'build.mjs'), bundle], time)) &&
        this.runs([join('node_modules', 'jest', 'bin', 'jest.js'), '-c', CONFIG, ...tests], time),
    );
  }

  /** Does something while a file holds another text. */
  with<T>(file: string, text: string, act: () => T): T {
    const path = join(this.root, file);
    const original = readFileSync(path);
    writeFileSync(path, text);
    try {
      return act();
    } finally {
      writeFileSync(path, original);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private runs(words: readonly string[], timeout: number): boolean {
    const env = { ...process.env, AWS_LAMBDA_LOG_LEVEL: 'WARN', CI: 'true' };
    const options = {
      cwd: this.root,
      env,
      timeout,
      killSignal: 'SIGKILL' as const,
      stdio: 'ignore' as const,
    };
    return spawnSync(process.execPath, words, options).status === 0;
  }
}
