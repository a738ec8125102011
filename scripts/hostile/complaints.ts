/** What is wrong with something that was printed, whatever it is about. */

/** Control characters but for line breaks and tabs, and what steers or hides letters. */
const RAW =
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/u;

/** The styles of ours. */
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const STYLES = /\u001B\[(1|2|22|31|32|33|39)m/g;

/** GitHub: `::` where a line begins, `##[` anywhere. Azure Pipelines and TeamCity have a word between. */
const COMMAND = /^\s*::|##\w*\[/m;

export interface Printed {
  readonly text: string;
  /** Whether styles may be in it. */
  readonly colors?: boolean;
  /** How many workflow commands of our own it has, each on a line of its own; nothing else then. */
  readonly commands?: number;
}

/** Each complaint in a sentence; none where the text may be shown. */
export function complaints({ text, colors = false, commands }: Printed): string[] {
  const plain = colors ? text.replace(STYLES, '') : text;
  const raw = RAW.exec(plain);
  const lines = plain.split('\n').filter((line) => line !== '');
  const own = commands === undefined ? [] : lines.filter((line) => OWN_COMMAND.test(line));
  const others = lines.filter((line) => !own.includes(line)).join('\n');
  const command = COMMAND.exec(others) ?? /##\w*\[/.exec(plain);
  return [
    ...(raw
      ? [`It holds ${JSON.stringify(raw[0])} as it is, in ${around(plain, raw.index)}.`]
      : []),
    ...(command ? [`A line is a command: ${around(others, command.index)}.`] : []),
    ...(commands !== undefined && (own.length !== commands || lines.length !== commands)
      ? [`There are ${own.length} commands on ${lines.length} lines instead of ${commands}.`]
      : []),
  ];
}

const OWN_COMMAND = /^::(error|warning) file=[^:]*::/;

const around = (text: string, at: number): string =>
  JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
