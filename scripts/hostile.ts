/**
 * Hostile input for everything that reads what others wrote: `npm run hostile -- [--seed N] [--runs N] [SUBJECT...]`. The same
 * seed gives the same input. What is defended, and against whom: manual/development/security.md.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { events } from './hostile/events';
import type { Subject } from './hostile/subject';
import { templates } from './hostile/templates';

/** By the name that the command line has for it; `root` is the folder of the project, where it is built. */
const SUBJECTS: Readonly<Record<string, (root: string) => Subject>> = {
  templates,
  events,
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, runs: { type: 'string', default: '100' } },
    allowPositionals: true,
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const wanted = positionals.length > 0 ? positionals : Object.keys(SUBJECTS);
  let found = 0;
  for (const name of wanted) {
    const subject = Object.hasOwn(SUBJECTS, name) ? SUBJECTS[name] : undefined;
    if (!subject)
      throw new Error(`There is no subject ${name}: use ${Object.keys(SUBJECTS).join(' or ')}.`);
    const complaints = await subject(resolve(__dirname, '../..')).run(seed, Number(values.runs));
    for (const complaint of complaints) process.stdout.write(`${name}: ${complaint}\n`);
    process.stdout.write(
      `${name}: ${complaints.length} found in ${values.runs} runs, --seed ${seed}.\n`,
    );
    found += complaints.length;
  }
  return found > 0 ? 1 : 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
