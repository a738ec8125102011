/**
 * `npm run mutate -- --folder src/actions --sample 20 --seed 1`: changes the sources in small ways, one at a time, and
 * counts the changes that the nearest tests notice.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Compiler } from './mutation/compiler';
import { mutantsOf, type Mutant } from './mutation/mutants';
import { ProjectCopy, type Stage } from './mutation/project-copy';

const ROOT = resolve(__dirname, '../..');

/** The shipped function in operations of many kinds. */
const PROTOCOL: Stage = {
  bundle: 'TypeFunction',
  tests: ['callback-context', 'updates', 'deletion', 'regressions'].map(
    (name) => `test/protocol/${name}`,
  ),
};

/** The nearest tests of each folder, the quickest first. */
const STAGES: Readonly<Record<string, readonly Stage[]>> = {
  'src/lustre': [{ tests: ['test/lustre'] }],
  'src/fsx': [{ tests: ['test/fsx', 'test/actions'] }],
  'src/actions': [{ tests: ['test/actions'] }, PROTOCOL],
  'src/review': [{ tests: ['test/review'] }, { bundle: 'cli', tests: ['test/cli'] }],
};

const HELP = `Usage: npm run mutate -- [--folder FOLDER]... [--sample N] [--seed N] [--threshold PERCENT]

Makes small changes of the sources (an operator, a number, a text, an element of a list, a call left out), each in a copy of
the project, and runs the nearest tests. A change that no test notices is listed with its place. Changes that do not compile
are not counted.

  --folder FOLDER      of ${Object.keys(STAGES).join(', ')}, or a folder or file in one (all)
  --sample N           so many changes of each folder, each as likely as any other (20); 0: all
  --seed N             another sample for another number (1)
  --threshold PERCENT  the least part that has to be noticed (80)
  --workers N          of jest (1)

Exit code: 0 enough were noticed; 1 too few; 2 a wrong call, or tests that fail without a change.`;

/** Milliseconds of one run of tests; a change that makes them run longer is noticed. */
const LONGEST_RUN = 600_000;

interface Score {
  folder: string;
  tried: number;
  survivors: Mutant[];
}

function main(): number {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', multiple: true, default: Object.keys(STAGES) },
      sample: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      threshold: { type: 'string', default: '80' },
      workers: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [sample, seed, threshold, workers] = [
    values.sample,
    values.seed,
    values.threshold,
    values.workers,
  ].map(Number) as [number, number, number, number];
  const compiler = new Compiler(ROOT);
  const copy = new ProjectCopy(ROOT, workers);
  process.on('exit', () => {
    copy.remove();
  });
  const scores = values.folder.map((folder) =>
    measure(folder, mutantsIn(folder), { compiler, copy, sample, seed }),
  );
  return report(scores, threshold);
}

interface Run {
  compiler: Compiler;
  copy: ProjectCopy;
  sample: number;
  seed: number;
}

/** @throws Error where the folder has no tests, or they fail as it is. */
function measure(folder: string, all: Mutant[], { compiler, copy, sample, seed }: Run): Score {
  const stages = Object.entries(STAGES).find(([name]) => isIn(folder, name))?.[1];
  if (!stages || all.length === 0)
    throw new Error(`--folder ${folder}: use ${Object.keys(STAGES).join(', ')}, or a part of one.`);
  if (!copy.passes(stages, LONGEST_RUN))
    throw new Error(`The tests of ${folder} fail without a change: run them with npx jest.`);
  const score: Score = { folder, tried: 0, survivors: [] };
  for (const mutant of shuffled(all, seed)) {
    if (sample > 0 && score.tried >= sample) break;
    if (!compiler.takes(mutant.file, mutant.text)) continue;
    score.tried += 1;
    const survives = copy.with(mutant.file, mutant.text, () => copy.passes(stages, LONGEST_RUN));
    if (survives) score.survivors.push(mutant);
    console.log(`${survives ? 'SURVIVED' : 'noticed '} ${placeOf(mutant)}`);
  }
  return score;
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function mutantsIn(folder: string): Mutant[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => relative(ROOT, join(ROOT, 'src', file)))
    .filter((file) => file.endsWith('.ts') && isIn(file, folder))
    .sort()
    .flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), 'utf8')));
}

/** In an order that follows from the seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = [...items];
  const random = mulberry32(seed);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

/** Numbers from 0 up to 1, the same for the same seed. https://github.com/cprosche/mulberry32 */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function report(scores: readonly Score[], threshold: number): number {
  const percents = scores.map(({ tried, survivors }) => (100 * (tried - survivors.length)) / tried);
  for (const [i, { folder, tried, survivors }] of scores.entries()) {
    const noticed = tried - survivors.length;
    const percent = (percents[i] ?? 0).toFixed(1);
    console.log(`\n${folder}: ${String(noticed)} of ${String(tried)} noticed, ${percent} %`);
    for (const mutant of survivors) console.log(`  ${placeOf(mutant)}`);
  }
  return percents.every((percent) => percent >= threshold) ? 0 : 1;
}

const LONGEST_SHOWN = 60;

function placeOf({ file, line, kind, original, replacement }: Mutant): string {
  const [from, to] = [original, replacement].map((code) => {
    const oneLine = code.replace(/\s+/g, ' ');
    return oneLine.length > LONGEST_SHOWN ? `${oneLine.slice(0, LONGEST_SHOWN)}…` : oneLine;
  }) as [string, string];
  return `${file}:${String(line)} ${kind}: ${from} -> ${to}`;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
