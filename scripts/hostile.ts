/**
 * Tries what nobody means well on everything that reads what strangers write.
 * `npm run hostile -- [--subject NAME] [--seed N] [--runs N]`; manual/development/security.md.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { events } from './hostile/events';
import { servers } from './hostile/servers';
import type { Effort, Subject } from './hostile/subject';
import { templates } from './hostile/templates';

/** By the name that the command line has for it; `root` is the folder of the project, where it is built. */
const SUBJECTS: Readonly<Record<string, (root: string) => Subject>> = {
  templates,
  events,
  servers: () => servers,
};

const LARGEST_SEED = 2 ** 31 - 1;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      subject: { type: 'string', multiple: true },
      seed: { type: 'string', default: String(Date.now() % LARGEST_SEED) },
      runs: { type: 'string', default: '1000' },
    },
  });
  const effort = { seed: count('seed', values.seed, 0), runs: count('runs', values.runs, 1) };
  let failed = false;
  for (const name of values.subject ?? Object.keys(SUBJECTS)) {
    failed = !(await holds(name, effort)) || failed;
  }
  return failed ? 1 : 0;
}

function count(flag: string, given: string, least: number): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= least && number <= LARGEST_SEED) return number;
  throw new RangeError(
    `--${flag} takes an integer from ${least} to ${LARGEST_SEED}, not ${JSON.stringify(given)}.`,
  );
}

async function holds(name: string, effort: Effort): Promise<boolean> {
  const make = Object.hasOwn(SUBJECTS, name) ? SUBJECTS[name] : undefined;
  if (!make) {
    throw new RangeError(
      `There is no subject ${JSON.stringify(name)}; there are ${Object.keys(SUBJECTS).join(', ')}.`,
    );
  }
  const subject = make(resolve(__dirname, '../..'));
  const again = `npm run hostile -- --subject ${name} --seed ${effort.seed} --runs ${effort.runs}`;
  process.stdout.write(`${name}: ${subject.about}\n  ${again}\n`);
  try {
    const complaints = await subject.run(effort);
    for (const complaint of complaints) process.stdout.write(`  ${complaint}\n`);
    process.stdout.write(complaints.length === 0 ? '  held\n' : '  did not hold\n');
    return complaints.length === 0;
  } catch (error) {
    process.stdout.write(`  did not hold: ${described(error)}
`);
    return false;
  }
}

/** With what was thrown in the smallest case. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined
    ? error.message
    : `${error.message}\n\n${described(error.cause)}`;
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
