/** Hostile templates against `pangea-lustre`: what it prints of them, and what they cost it. */
import fc from 'fast-check';
import { CommandLine, type Ran } from './command-line';
import { complaints } from './complaints';
import { KINDS, type Kind } from './exploding-templates';
import { hostileFile, hostileFileName, hostileText } from './hostile-texts';
import type { Subject } from './subject';

/** What a template may cost; the time is that of the processor, which other programs do not change. */
const MOST = { seconds: 5, megabytes: 500 };

export const templates = (root: string): Subject => ({
  about: 'templates to the command: nothing raw is shown, and none costs more than 5 s or 500 MB',
  run({ seed, runs }) {
    const command = new CommandLine(root);
    try {
      const explosions = fc
        .sample(explosion, { seed, numRuns: runs })
        .flatMap((each) => costComplaints(command, each));
      return Promise.resolve([...shownComplaints(command, seed, runs), ...explosions]);
    } finally {
      command.close();
    }
  },
});

const explosion = fc.constantFrom(...KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    size: fc.integer({ min: 1, max: Math.max(...kind.sizes) }),
    command: fc.constantFrom('check', 'estimate', 'convert'),
  }),
);

function costComplaints(
  command: CommandLine,
  { kind, size, command: name }: { kind: Kind; size: number; command: string },
): string[] {
  const words = name === 'convert' ? [] : (kind.words ?? []);
  const { code, cost, err } = command.run([name, '-', ...words], { input: kind.template(size) });
  const what = `${name}: ${kind.name}, ${size}`;
  if (code === null || code > 2 || cost === undefined)
    return [`${what}: it ended with ${String(code)}. ${err.slice(0, 300)}`];
  const isDear = cost.seconds > MOST.seconds || cost.megabytes > MOST.megabytes;
  return isDear
    ? [`${what}: ${cost.seconds.toFixed(1)} s and ${cost.megabytes.toFixed(0)} MB.`]
    : [];
}

/** Files that one process looks at. */
const FILES = 75;

/** What runs the command in a folder of files. */
export interface Runner {
  write(name: string, text: string): void;
  run(words: readonly string[], settings?: { colors?: boolean }): Shown;
}

type Shown = Pick<Ran, 'code' | 'out' | 'err'>;

/** What is wrong with what is printed of hostile files, in every format. */
export function shownComplaints(command: Runner, seed: number, runs: number): string[] {
  const files = fc.sample(fc.tuple(hostileFileName, hostileFile), { seed, numRuns: runs });
  const words = fc.sample(hostileText, { seed, numRuns: Math.ceil(runs / FILES) });
  return words.flatMap((word, index) => {
    const some = files.slice(index * FILES, (index + 1) * FILES);
    const names = [...new Set(some.map(([name]) => `${index}-${name}`))];
    some.forEach(([name, text]) => {
      command.write(`${index}-${name}`, text);
    });
    return [
      ...filesComplaints(command, names),
      ...wordComplaints(command, word.replaceAll('\0', '') || 'a', names[0] ?? ''),
    ].map((complaint) => `seed ${seed}, files ${index * FILES} and on: ${complaint}`);
  });
}

function filesComplaints(command: Runner, names: readonly string[]): string[] {
  const human = command.run(['check', '--native', '--verbose', ...names]);
  const colored = command.run(['check', ...names], { colors: true });
  const json = command.run(['check', '--native', '--format', 'json', ...names]);
  const sarif = command.run(['check', '--native', '--format', 'sarif', ...names]);
  const github = command.run(['check', '--native', '--format', 'github', ...names]);
  const estimate = command.run(['estimate', '--native', ...names]);
  const estimated = command.run(['estimate', '--native', '--format', 'json', ...names]);
  const converted = names.slice(0, 3).map((name) => command.run(['convert', name]));
  const results = resultsIn(sarif.out);
  return [
    ...printed('check', human),
    ...printed('check in colors', colored, { colors: true }),
    ...printed('check in JSON', json),
    ...printed('check in SARIF', sarif),
    ...printed('check for GitHub', github, { commands: results }),
    ...printed('estimate', estimate),
    ...printed('estimate in JSON', estimated),
    ...converted.flatMap(({ err }) => complaints({ text: err })),
    ...valueComplaints(json.out, names),
  ];
}

/** How many results and failures a SARIF log has. */
function resultsIn(log: string): number {
  const { runs } = JSON.parse(log) as {
    runs: { results: unknown[]; invocations: { toolExecutionNotifications: unknown[] }[] }[];
  };
  return runs.reduce(
    (sum, { results, invocations }) =>
      sum + results.length + (invocations[0]?.toolExecutionNotifications.length ?? 0),
    0,
  );
}

/** JSON keeps the values: the names of files come out as they were given. */
function valueComplaints(json: string, names: readonly string[]): string[] {
  const findings = JSON.parse(json) as { file: string }[];
  const strange = findings.find(({ file }) => !names.includes(file));
  return strange ? [`check in JSON: ${JSON.stringify(strange.file)} is no file's name.`] : [];
}

/** Words of the command line that are wrong, and are named in the answer. */
function wordComplaints(command: Runner, word: string, file: string): string[] {
  return [
    ['check', '--parameters', `${word}=x`, file],
    ['check', '--parameters', `ParameterKey=${word},ParameterValue=${word}`, file],
    ['check', '--region', word, file],
    ['check', '--format', word, file],
    ['check', `--${word}`],
    ['check', word],
    ['check', `${word}*`],
    [word],
    ['advise', word],
    ['advise', '--capacity', word, '--throughput', word],
    ['advise', '--capacity', '1', '--throughput', '1', '--plot', `${word}/x`],
    ['convert', word],
  ].flatMap((words) => printed(words.slice(0, -1).join(' '), command.run(words)));
}

function printed(
  what: string,
  { code, out, err }: Shown,
  about: { colors?: boolean; commands?: number } = {},
): string[] {
  return [
    ...(code === null || code > 2 ? [`it ended with ${String(code)}`] : []),
    ...complaints({ text: out, ...about }),
    ...complaints({ text: err }),
  ].map((complaint) => `${what}: ${complaint}`);
}
