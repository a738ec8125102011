/** The arguments of a command: how they are declared, and what was typed. */
import { parseArgs } from 'node:util';
import { closest, joinWithOr } from '../lustre/wording';

export interface Option {
  /** What follows it, such as `REGION`; a flag where absent. */
  readonly value?: string;
  readonly help: string;
  /** Given more than once, or followed by several `NAME=VALUE`. */
  readonly several?: boolean;
  /** The only values. */
  readonly values?: readonly string[];
}

export interface Command {
  /** What follows its name. */
  readonly synopsis: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What is typed behind it, --help too, is read by the program that it starts: `positional` has every word. */
  readonly handsOn?: true;
  /** Further lines of its help. */
  readonly notes: readonly string[];
  /** Loads what carries it out; what is typed may need more. */
  readonly load: (given: Arguments) => Promise<{ run: Run }>;
}

/** What was typed behind a command. */
export interface Arguments {
  readonly positional: readonly string[];
  /** The values of an option, or one empty text for a flag. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Carries out a command; its exit code. */
export type Run = (given: Arguments) => number | Promise<number>;

/** The command line is wrong; the message says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads what was typed behind a command. @throws UsageError */
export function parseArguments(words: readonly string[], { options }: Command): Arguments {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    allowPositionals: true,
    // What is wrong is told below, with what was probably meant.
    strict: false,
    tokens: true,
  });
  const positional: string[] = [];
  const given = new Map<string, string[]>();
  // The values of the option before, where more may follow: --parameters A=1 B=2 FILE
  let further: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional' && further && /^\w+=/.test(token.value)) {
      further.push(token.value);
      continue;
    }
    further = undefined;
    if (token.kind === 'positional') positional.push(token.value);
    if (token.kind !== 'option') continue;
    const { name } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) throw unknownOption(words[token.index] ?? '', Object.keys(options));
    const values = given.get(name) ?? [];
    if (values.length > 0 && !option.several) throw new UsageError(`--${name} is given twice.`);
    values.push(valueOf(name, option, token));
    given.set(name, values);
    if (option.several) further = values;
  }
  return { positional, options: given };
}

function unknownOption(word: string, known: readonly string[]): UsageError {
  const near = closest(word.replace(/^-+|=.*$/g, ''), known);
  const hint = near
    ? `did you mean --${near}?`
    : `use ${joinWithOr(known.map((name) => `--${name}`))}.`;
  return new UsageError(`There is no option ${word}: ${hint}`);
}

/** The value of an option as it was typed; empty for a flag. @throws UsageError */
function valueOf(
  name: string,
  option: Option,
  { value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined },
): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value.`);
    return '';
  }
  if (value === undefined || value === '' || (!inlineValue && /^--\w/.test(value)))
    throw new UsageError(`--${name} needs a value: ${option.help}.`);
  if (option.values && !option.values.includes(value))
    throw new UsageError(`--${name} ${value} is not known: use ${joinWithOr(option.values)}.`);
  return value;
}
