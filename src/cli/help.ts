import type { Command } from './command';
import { COMMANDS } from './commands';

/** What `pangea-lustre --help` prints. */
export function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  return [
    'pangea-lustre checks, estimates and chooses Amazon FSx for Lustre file systems in CloudFormation templates. It works',
    'offline: nothing is sent to AWS.',
    '',
    'Usage: pangea-lustre COMMAND ...',
    '',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'pangea-lustre COMMAND --help tells more.',
  ].join('\n');
}

/** What `pangea-lustre COMMAND --help` prints. */
export function helpOf(name: string, { synopsis, summary, options, notes }: Command): string {
  const rows = Object.entries(options).map(([option, { value, help }]) => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(([option = '']) => option.length));
  return [
    `Usage: pangea-lustre ${name} [options] ${synopsis}`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...rows.map(([option = '', help = '']) => `  ${option.padEnd(width)}  ${help}`),
    '',
    ...notes,
  ].join('\n');
}
