/**
 * `npm run histories -- --seed N --lives N [--only KIND,...]`: plays CloudFormation against the built function and a local
 * FSx in random histories with many disturbances, and counts the wrong outcomes.
 */
import { resolve } from 'node:path';
import fc from 'fast-check';
import { flagsOf, UsageError } from '../local/flags';
import {
  DISTURBANCE_KINDS,
  histories,
  type DisturbanceKind,
  type History,
} from './histories/history';
import { play, type Played } from './histories/play';
import { SimulatedFunction } from './histories/simulated-function';

const HELP = `Usage: npm run histories -- [--seed N] [--lives N] [--only KIND,...] [--shrink] [--history JSON]

Plays random histories of one stack against the built function (npm run build) and a local FSx, and counts the wrong outcomes.
For each, it prints the seed that repeats it.

  --seed N        seed of the first history (1); each later history has the next seed
  --lives N       number of histories (1000)
  --only KIND     only disturbances of these kinds: ${DISTURBANCE_KINDS.join(', ')}
  --shrink        removes disturbances that a wrong outcome does not require
  --history JSON  plays this history, and prints each event
  --bundle FILE   the handlers.js to use instead of the one that was just built`;

const BUNDLE = resolve(__dirname, '../../build/TypeFunction/dist/handlers.js');

/** Histories between two lines of progress: about two minutes of work. */
const PROGRESS_EVERY = 5000;

interface Tally {
  lives: number;
  calls: number;
  events: number;
  untrue: number;
  named: number;
  kinds: Map<string, number[]>;
}

async function main(): Promise<number> {
  const { values } = flagsOf({
    options: {
      seed: { type: 'string', default: '1' },
      lives: { type: 'string', default: '1000' },
      only: { type: 'string' },
      shrink: { type: 'boolean', default: false },
      history: { type: 'string' },
      bundle: { type: 'string', default: BUNDLE },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const lambda = new SimulatedFunction(resolve(values.bundle));
  if (values.history !== undefined) return tell(JSON.parse(values.history) as History, lambda);
  const [seed, lives] = [whole(values.seed, 'seed'), whole(values.lives, 'lives')];
  const arbitrary = histories(kindsOf(values.only));
  const [first] = fc.sample(arbitrary, { seed, numRuns: 1 });
  if (lives === 1 && first && !values.shrink) return tell(first, lambda);
  const tally = await playAll(arbitrary, { seed, lives, shrink: values.shrink }, lambda);
  return tally.untrue > 0 ? 1 : 0;
}

function whole(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new UsageError(`--${name} takes a whole number, not ${text}.`);
  return number;
}

function kindsOf(only: string | undefined): DisturbanceKind[] {
  if (only === undefined) return DISTURBANCE_KINDS;
  return only.split(',').map((name) => {
    const kind = DISTURBANCE_KINDS.find((candidate) => candidate === name);
    if (kind) return kind;
    throw new UsageError(`--only takes ${DISTURBANCE_KINDS.join(', ')}, not ${name}.`);
  });
}

async function playAll(
  arbitrary: fc.Arbitrary<History>,
  { seed, lives, shrink }: { seed: number; lives: number; shrink: boolean },
  lambda: SimulatedFunction,
): Promise<Tally> {
  const tally: Tally = { lives: 0, calls: 0, events: 0, untrue: 0, named: 0, kinds: new Map() };
  const begun = performance.now();
  for (let own = seed; own < seed + lives; own += 1) {
    const [history] = fc.sample(arbitrary, { seed: own, numRuns: 1 });
    if (!history) continue;
    const played = await play(history, lambda);
    count(tally, own, played);
    if (played.untrue.length > 0 && shrink) await shrunk(arbitrary, own, played, lambda);
    if (tally.lives % PROGRESS_EVERY === 0)
      process.stderr.write(`${tally.lives} of ${lives} histories, ${tally.untrue} end untrue\n`);
  }
  const seconds = (performance.now() - begun) / 1000;
  say(
    `${tally.lives} histories (seeds ${seed} to ${seed + lives - 1}), ${tally.events} events, ${tally.calls} requests to FSx, ${seconds.toFixed(0)} s: ${tally.untrue} end untrue. ${tally.named} file systems left that a message names.`,
  );
  for (const [kind, seeds] of [...tally.kinds].toSorted((a, b) => b[1].length - a[1].length))
    say(`${String(seeds.length).padStart(6)}  ${kind}: --seed ${seeds.slice(0, 8).join(', ')}`);
  return tally;
}

function count(tally: Tally, seed: number, { calls, events, named, untrue }: Played): void {
  tally.lives += 1;
  tally.calls += calls;
  tally.events += events;
  tally.named += named;
  if (untrue.length > 0) tally.untrue += 1;
  for (const kind of new Set(untrue.map((end) => end.kind)))
    tally.kinds.set(kind, [...(tally.kinds.get(kind) ?? []), seed]);
}

/** The same end with as little as possible going wrong. */
async function shrunk(
  arbitrary: fc.Arbitrary<History>,
  seed: number,
  { untrue }: Played,
  lambda: SimulatedFunction,
): Promise<void> {
  const kinds = untrue.map(({ kind }) => kind);
  const property = fc.asyncProperty(arbitrary, async (history) => {
    const played = await play(history, lambda);
    return !played.untrue.some(({ kind }) => kinds.includes(kind));
  });
  const { counterexample } = await fc.check(property, { seed, numRuns: 1 });
  say(`seed ${seed}: ${kinds.join('; ')}\n  ${JSON.stringify(counterexample?.[0])}`);
}

async function tell(history: History, lambda: SimulatedFunction): Promise<number> {
  say(JSON.stringify(history));
  const { told, untrue } = await play(history, lambda);
  say(told.join('\n'));
  return untrue.length > 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    // The place of anything but a wrong command line is of use.
    const isUsage = error instanceof UsageError || !(error instanceof Error);
    process.stderr.write(`${isUsage ? messageOf(error) : (error.stack ?? error.message)}\n`);
    process.exitCode = 2;
  },
);
