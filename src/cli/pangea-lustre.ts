/** The command `pangea-lustre`: checks, estimates and advice for authors of templates. */
import { closest, joinWithOr } from '../lustre/wording';
import {
  Options,
  parseArguments,
  UsageError,
  type Arguments,
  type Command,
} from './options/arguments';
import { COMMANDS } from './commands';
import { writeStderr, writeStdout } from './files/streams';
import { visibleLines } from './formats/visible-text';

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || (name === 'help' && words.length === 0)) {
    writeStdout(visibleLines(overview()));
    return 0;
  }
  if (name === 'help') return main([...words, '--help']);
  if (name === '--version') {
    writeStdout(visibleLines([process.env.PANGEA_LUSTRE_VERSION ?? '']));
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const known = Object.keys(COMMANDS);
    const near = closest(name, known);
    const hint = near ? `did you mean ${near}?` : `use ${joinWithOr(known)}, or --help.`;
    throw new UsageError(
      name ? `There is no command ${name}: ${hint}` : `Specify a command: ${hint}`,
    );
  }
  if (command.handsOn) return start(command, { positional: words, options: new Options() });
  // After --, nothing is an option.
  const asked = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
  if (asked.includes('--help') || asked.includes('-h')) {
    writeStdout(visibleLines(helpOf(name, command)));
    return 0;
  }
  return start(command, parseArguments(words, command));
}

async function start(command: Command, given: Arguments): Promise<number> {
  const { run } = await command.load(given);
  return run(given);
}

/** The output of `pangea-lustre --help`. */
function overview(): string[] {
  const summaries = Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary] as const);
  return [
    'pangea-lustre checks, estimates and chooses Amazon FSx for Lustre file systems in CloudFormation templates. It works',
    'offline: nothing is sent to AWS.',
    '',
    'Usage: pangea-lustre COMMAND ...',
    '',
    ...columns(summaries),
    '',
    'pangea-lustre COMMAND --help lists the options of a command.',
  ];
}

/** The output of `pangea-lustre COMMAND --help`. */
function helpOf(name: string, { synopsis, summary, options, notes }: Command): string[] {
  const rows = Object.entries(options).map(
    ([option, { value, help }]) =>
      [`--${option}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  return [
    `Usage: pangea-lustre ${name} [options] ${synopsis}`.trimEnd(),
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...columns(rows),
    '',
    ...notes,
  ];
}

function columns(rows: readonly (readonly [name: string, help: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A stack trace does not help the author of a template.
    writeStderr(`pangea-lustre: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  },
);
