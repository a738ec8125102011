/** `pangea-lustre`, built, in a process of its own, with what it cost. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Seconds of the processor, and MB of memory at the most; undefined where it was killed. */
  readonly cost: { readonly seconds: number; readonly megabytes: number } | undefined;
}

const REPORT = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cost = { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
  require('node:fs').writeSync(3, JSON.stringify(cost));
});`;

/** Runs the command that stands in a folder with files beside it, which are gone afterward. */
export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), 'pangea-hostile-'));
  readonly #command: string;

  constructor(root: string) {
    this.#command = join(root, 'build/cli/pangea-lustre.js');
    writeFileSync(join(this.folder, '.cost.cjs'), REPORT);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  run(words: readonly string[], { input = '', colors = false } = {}): Ran {
    const { status, output } = spawnSync(
      process.execPath,
      ['--require', join(this.folder, '.cost.cjs'), this.#command, ...words],
      {
        cwd: this.folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...(colors && { FORCE_COLOR: '1' }) },
        input,
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
        timeout: 120_000,
        maxBuffer: 2 ** 30,
      },
    );
    const [, out, err, cost] = output;
    return {
      code: status,
      out: out ?? '',
      err: err ?? '',
      cost: cost ? (JSON.parse(cost) as Ran['cost']) : undefined,
    };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
