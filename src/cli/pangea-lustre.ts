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
    const { overview } = await import('./help');
    writeStdout(overview(COMMANDS));
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
    const { helpOf } = await import('./help');
    writeStdout(helpOf(name, command));
    return 0;
  }
  return start(command, parseArguments(words, command));
}

async function start(command: Command, given: Arguments): Promise<number> {
  const { run } = await command.load(given);
  return run(given);
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
