/** What --help prints, wrapped at the width of the terminal. */
import { visible, visibleLines, type VisibleText } from './formats/visible-text';
import { wrapped } from './formats/wrapping';
import type { Command } from './options/arguments';

/** The output of `pangea-lustre --help`. */
export function overview(commands: Readonly<Record<string, Command>>): VisibleText {
  const summaries = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return visibleLines([
    ...wrapped(
      'pangea-lustre checks, estimates and chooses Amazon FSx for Lustre file systems in CloudFormation templates. It works offline: nothing is sent to AWS.',
    ),
    '',
    'Usage: pangea-lustre COMMAND ...',
    '',
    ...columns(summaries),
    '',
    ...wrapped('pangea-lustre COMMAND --help lists the options of a command.'),
  ]);
}

/** The output of `pangea-lustre COMMAND --help`. */
export function helpOf(name: string, { synopsis, summary, options, notes }: Command): VisibleText {
  const rows = Object.entries(options).map(
    ([option, { value, help }]) =>
      [`--${option}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  return visibleLines([
    ...wrapped(`Usage: pangea-lustre ${name} [options] ${synopsis}`.trimEnd()),
    '',
    ...wrapped(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`),
    '',
    ...columns(rows),
    '',
    // An address that is broken cannot be opened.
    ...notes.flatMap((note) => (note.startsWith('https://') ? [visible(note)] : wrapped(note))),
  ]);
}

function columns(rows: readonly (readonly [name: string, help: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.flatMap(([name, help]) => wrapped(help, `  ${name.padEnd(width)}  `));
}
