/**
 * Text as it may be shown. Names, values and file names come from whoever wrote the template: on a terminal they could move
 * the cursor and paint over other lines, and in the log of a CI job begin commands. All that `pangea-lustre` prints comes
 * through here, but for templates that it rewrites, which are the user's own files.
 */
import { cutInTheMiddle } from '../lustre/wording';

/** Text that has been made fit to be shown. Only the functions of this file make it. */
export type VisibleText = string & { readonly isVisible: true };

/**
 * Control characters, formats without a form of their own (bidirectional and zero-width marks, tags), halves of characters,
 * separators of lines, and letters that are blank.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]|\u034F/gu;

/** No one reads further, in UTF-16 code units. */
const LONGEST_TEXT = 4096;

/** One text within a line: what cannot be seen is written as in JavaScript, and a tab stays. */
export const visible = (text: string): string =>
  cutInTheMiddle(text, LONGEST_TEXT).replace(INVISIBLE, escaped);

function escaped(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

const SHORT = new Map([
  ['\t', '\t'],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
]);

/** Stands for ESC in what `styled` returns. Nothing that is read can hold it, as nobody knows it beforehand. */
const STYLE = `\u001B${Math.random()}`;

/** Text in a style of terminals, by the codes that turn it on and off. */
export const styled = (text: string, [on, off]: readonly [number, number]): string =>
  `${STYLE}[${on}m${text}${STYLE}[${off}m`;

/** Lines, each of which stays one line and begins no command. */
export const visibleLines = (lines: readonly string[]): VisibleText =>
  lines
    .map((line) => withoutCommands(line.split(STYLE).map(visible).join('\u001B')))
    .join('\n') as VisibleText;

/**
 * A line that CI takes for no command: GitHub looks for `::` where a line begins, behind blanks, and for `##[` anywhere; Azure
 * Pipelines for `##vso[`, TeamCity for `##teamcity[`.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const withoutCommands = (line: string): string =>
  // eslint-disable-next-line no-control-regex -- our own styles
  line.replace(/^((?:\s|\u001B\[\d+m)*)::/, '$1\\::').replace(HASHES, '#\\#');

const HASHES = /##(?=\w*\[)/g;

/** JSON text, whose values stay what they are: what cannot be seen, or begins a command, is escaped as JSON has it. */
export const visibleJson = (json: string): VisibleText =>
  json
    .replace(INVISIBLE, (character) => (character === '\n' ? character : inJson(character)))
    .replace(HASHES, `#${inJson('#')}`) as VisibleText;

const inJson = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** A command of GitHub's workflows, such as `error`, with its properties and message. */
export interface WorkflowCommand {
  readonly name: 'error' | 'warning' | 'notice';
  readonly properties: Readonly<Record<string, string | number | undefined>>;
  readonly message: string;
}

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export const workflowCommands = (commands: readonly WorkflowCommand[]): VisibleText =>
  commands
    .map(({ name, properties, message }) => {
      const given = Object.entries(properties)
        .filter(([, value]) => value !== undefined)
        .map(([property, value]) => `${property}=${inProperty(String(value))}`);
      return `::${name} ${given.join(',')}::${inMessage(message)}`;
    })
    .join('\n') as VisibleText;

const inMessage = (text: string): string =>
  visible(text).replace(HASHES, '#\\#').replaceAll('%', '%25');

const inProperty = (text: string): string =>
  inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
