/** AWS's own linter where it is installed; it is no dependency of this project. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whether Python has cfn-lint, without loading it. */
export const isInstalled =
  spawnSync('python3', ['-c', 'import importlib.util as u; exit(not u.find_spec("cfnlint"))'])
    .status === 0;

export interface Run {
  readonly cwd: string;
  /** The words behind `cfn-lint --format parseable`. */
  readonly words: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

let linter: ((run: object) => Promise<Ran>) | undefined;

/** What cfn-lint does. One process, which has loaded it, forks for each run. */
export function cfnLint({ cwd, words, env = process.env, input = '' }: Run): Promise<Ran> {
  linter ??= start();
  return linter({ cwd, words: ['--format', 'parseable', ...words], env, stdin: input });
}

function start(): (run: object) => Promise<Ran> {
  const child = spawn('python3', [join(__dirname, 'cfn_lint_runs.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It ends with the tests, and does not keep them.
  child.unref();
  for (const each of [child.stdin, child.stdout] as unknown as { unref(): void }[]) each.unref();
  const waiting: { done: (ran: Ran) => void; fail: (error: Error) => void }[] = [];
  createInterface(child.stdout).on('line', (line) =>
    waiting.shift()?.done(JSON.parse(line) as Ran),
  );
  child.on('close', () => {
    for (const { fail } of waiting.splice(0)) fail(new Error('The process of cfn-lint ended.'));
  });
  return (run) =>
    new Promise((done, fail) => {
      waiting.push({ done, fail });
      child.stdin.write(`${JSON.stringify(run)}\n`);
    });
}
