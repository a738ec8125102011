/** The declaration and the parsing of a command's arguments. */
import { parseArgs } from 'node:util';
import { closest, joinWithOr } from '../../lustre/wording';

/** An option of a command. */
export interface Option {
  /** The placeholder of its value, such as `REGION`. Absent for a flag. */
  readonly value?: string;
  readonly help: string;
  /** Whether it can be given more than once, or be followed by several `NAME=VALUE`. */
  readonly several?: boolean;
  /** The only valid values. */
  readonly values?: readonly string[];
}

/** A command and its options. */
export interface Command {
  /** The arguments after its name, for the help. */
  readonly synopsis: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Whether the arguments, including --help, are passed to another program. Then `positional` has all of them. */
  readonly handsOn?: true;
  /** Further lines of its help. */
  readonly notes: readonly string[];
  /** Loads the code of the command, which may depend on the arguments. */
  readonly load: (given: Arguments) => Promise<{ run: Run }>;
}

/** The values of each option that is given; one empty text for a flag. */
export class Options extends Map<string, string[]> {
  /** The value of an option that can be given once. */
  one(name: string): string | undefined {
    return this.get(name)?.[0];
  }
}

/** The arguments of a command. */
export interface Arguments {
  readonly positional: readonly string[];
  readonly options: Options;
}

/** Runs a command and returns its exit code. */
export type Run = (given: Arguments) => number | Promise<number>;

/** Thrown for a wrong command line. The message says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Parses the arguments of a command. @throws UsageError */
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
    // Errors are reported below, with suggestions.
    strict: false,
    tokens: true,
  });
  const positional: string[] = [];
  const given = new Options();
  // The values of the previous option, if more may follow: --parameters A=1 B=2 FILE
  let further: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional' && further && /^\w+=/.test(token.value)) {
      further.push(token.value);
      continue;
    }
    further = undefined;
    // Such as a variable of the shell without a value.
    if (token.kind === 'positional' && token.value === '')
      throw new UsageError('An argument is empty: specify a file.');
    if (token.kind === 'positional') positional.push(token.value);
    if (token.kind !== 'option') continue;
    const { name } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) throw unknownOption(words[token.index] ?? '', Object.keys(options));
    const values = given.get(name) ?? [];
    if (values.length > 0 && !option.several) throw new UsageError(`--${name} is specified twice.`);
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

/** The value of an option; empty for a flag. @throws UsageError */
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
    throw new UsageError(`--${name} requires a value: ${option.help}.`);
  if (option.values && !option.values.includes(value))
    throw new UsageError(`--${name} ${value} is not known: use ${joinWithOr(option.values)}.`);
  return value;
}
