/**
 * Makes text safe to print. Names, values and file names come from the author of a template: on a terminal they could move
 * the cursor and overwrite other lines, and in the log of a CI job they could be commands. Everything that `pangea-lustre`
 * prints passes through this file, except templates that it rewrites, which are the user's own files.
 */
import { cutInTheMiddle } from '../../lustre/wording';

/** Text that is safe to print. Only the functions of this file create it. */
export type VisibleText = string & { readonly isVisible: true };

/**
 * Control characters, invisible format characters (bidirectional and zero-width marks, tags), lone surrogates, line and
 * paragraph separators, and blank letters.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]|\u034F/gu;

/** The longest text in UTF-16 code units. */
const LONGEST_TEXT = 4096;

/** One text within a line: invisible characters are escaped as in JavaScript, except tabs. */
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

/** Represents ESC in the result of `styled`. It is random, so no input can contain it. */
const STYLE = `\u001B${Math.random()}`;

/** Text with a terminal style, from the codes that turn it on and off. */
export const styled = (text: string, [on, off]: readonly [number, number]): string =>
  `${STYLE}[${on}m${text}${STYLE}[${off}m`;

/** Lines. Each remains one line, and none is a command. */
export const visibleLines = (lines: readonly string[]): VisibleText =>
  lines
    .map((line) => withoutCommands(line.split(STYLE).map(visible).join('\u001B')))
    .join('\n') as VisibleText;

/**
 * A line that no CI system takes for a command: GitHub recognizes `::` at the beginning of a line, after blanks, and `##[`
 * anywhere; Azure Pipelines `##vso[`; TeamCity `##teamcity[`.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const withoutCommands = (line: string): string =>
  // oxlint-disable-next-line no-control-regex -- our own styles
  line.replace(/^((?:\s|\u001B\[\d+m)*)::/, '$1\\::').replace(HASHES, '#\\#');

const HASHES = /##(?=\w*\[)/g;

/** JSON text with the same values. Invisible characters and commands are escaped as in JSON. */
export const visibleJson = (json: string): VisibleText =>
  json
    .replace(INVISIBLE, (character) => (character === '\n' ? character : inJson(character)))
    .replace(HASHES, `#${inJson('#')}`) as VisibleText;

const inJson = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** A workflow command of GitHub, such as `error`, with its properties and message. */
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
