import { closest, either } from '../lustre/wording';
import type { Arguments, Command, Option } from './command';
import { UsageError } from './usage';

/** Reads what was typed behind a command. @throws UsageError */
export function parseArguments(words: readonly string[], { options }: Command): Arguments {
  const positional: string[] = [];
  const given = new Map<string, string[]>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      positional.push(...rest.splice(0));
    } else if (word === '-' || !word.startsWith('-')) {
      positional.push(word);
    } else {
      const [, name = '', attached] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
      const option = Object.hasOwn(options, name) ? options[name] : undefined;
      if (!option) throw unknownOption(word, Object.keys(options));
      const values = given.get(name) ?? [];
      values.push(...valuesOf(name, option, attached, rest));
      if (values.length > 1 && !option.several) throw new UsageError(`--${name} is given twice.`);
      given.set(name, values);
    }
  }
  return { positional, options: given };
}

function unknownOption(word: string, known: readonly string[]): UsageError {
  const near = closest(word.replace(/^-+|=.*$/g, ''), known);
  const hint = near
    ? `did you mean --${near}?`
    : `use ${either(known.map((name) => `--${name}`))}.`;
  return new UsageError(`There is no option ${word}: ${hint}`);
}

function valuesOf(
  name: string,
  option: Option,
  attached: string | undefined,
  rest: string[],
): string[] {
  if (option.value === undefined) {
    if (attached !== undefined) throw new UsageError(`--${name} takes no value.`);
    return [''];
  }
  const first = attached ?? rest.shift();
  if (first === undefined || first === '' || (attached === undefined && /^--\w/.test(first)))
    throw new UsageError(`--${name} needs a value: ${option.help}.`);
  if (option.values && !option.values.includes(first)) {
    throw new UsageError(`--${name} ${first} is not known: use ${either(option.values)}.`);
  }
  // --parameters A=1 B=2 FILE
  const values = [first];
  while (option.several && /^[A-Za-z0-9]+=/.test(rest[0] ?? '')) values.push(rest.shift() ?? '');
  return values;
}
