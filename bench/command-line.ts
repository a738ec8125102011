/** What a run of `pangea-lustre` costs, against `node -e 0`: starting, reading the templates and checking them. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pairedRatios, type Command } from './processes';

const CLI = resolve('build/cli/pangea-lustre.js');
const EXAMPLES = readdirSync('examples')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('examples', name));

const RUNS: Readonly<Record<string, Command>> = {
  '`--help`': [CLI, '--help'],
  '`check` of one template': [CLI, 'check', 'examples/hpc-scratch.yaml'],
  [`\`check\` of the ${EXAMPLES.length} examples`]: [CLI, 'check', ...EXAMPLES],
  '`advise`': [CLI, 'advise', '--capacity', '20TiB', '--throughput', '4GB/s'],
};

/** Prints the ratios as a table. */
export async function commandLine(rounds: number): Promise<void> {
  const ratios = await pairedRatios(['-e', '0'], Object.values(RUNS), rounds);
  const rows = Object.keys(RUNS).map(
    (name, index) => `| ${name} | ${(ratios[index] ?? NaN).toFixed(2)} × |`,
  );
  console.log(
    ['| `pangea-lustre`, against `node -e 0` | |', '| --- | --- |', ...rows, ''].join('\n'),
  );
}
