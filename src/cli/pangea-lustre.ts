/** `pangea-lustre`: what is known about FSx for Lustre, for the person who writes the template. */
import { closest, either } from '../lustre/wording';
import { parseArguments } from './arguments';
import { COMMANDS } from './commands';
import { helpOf, overview } from './help';
import { print, tell } from './output';
import { UsageError } from './usage';

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    print(overview());
    return 0;
  }
  if (name === '--version') {
    print(process.env.PANGEA_LUSTRE_VERSION ?? '');
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const known = Object.keys(COMMANDS);
    const near = closest(name, known);
    const hint = near ? `did you mean ${near}?` : `use ${either(known)}, or --help.`;
    throw new UsageError(name ? `There is no command ${name}: ${hint}` : `Name a command: ${hint}`);
  }
  if (words.includes('--help') || words.includes('-h')) {
    print(helpOf(name, command));
    return 0;
  }
  const given = parseArguments(words, command);
  const { run } = await command.run();
  return run(given);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Whatever it is, the author of a template has no use for a stack.
    tell(`pangea-lustre: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  },
);
