import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { isHostName } from './admission';

/** Thrown for a wrong command line. It is reported in one line, without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Parses the flags and positional arguments of a command line.
 *
 * @throws UsageError with one sentence.
 */
export function flagsOf<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(
      withoutValue(sentence) ?? `${sentence.replace(/\.$/, '')}; --help lists the flags.`,
    );
  }
}

/** What to say of a flag whose value is missing, or begins with a hyphen and is read as another flag. */
function withoutValue(sentence: string): string | undefined {
  const [, flag] =
    /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:missing|is ambiguous)/.exec(sentence) ?? [];
  return flag === undefined
    ? undefined
    : `${flag} needs a value; write ${flag}=VALUE where it begins with a hyphen. --help lists the flags.`;
}

/** A TCP port; 0 for any free one. */
export function port(flag: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--${flag} takes a port from 0 to 65535, not ${quoted(text)}.`);
}

/** The factor by which time passes faster than in AWS. */
export function timeScale(text: string): number {
  const scale = Number(text);
  if (text.trim() !== '' && scale >= 1 && scale <= 100_000) return scale;
  throw new UsageError(`--time-scale takes a number from 1 to 100000, not ${quoted(text)}.`);
}

/** Whether a name has the form of a region, such as us-east-1. */
export const isRegion = (name: string): boolean => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(name);

/** The name of a region. `source` is the flag or the variable of the environment that gives it. */
export function regionName(source: string, text: string): string {
  if (isRegion(text)) return text;
  throw new UsageError(`${source} takes a region such as us-east-1, not ${quoted(text)}.`);
}

/** Names that a Host header may have, in lower case. */
export function hostNames(flag: string, names: readonly string[]): string[] {
  const wrong = names.find((name) => !isHostName(name));
  if (wrong === undefined) return names.map((name) => name.toLowerCase());
  throw new UsageError(
    `--${flag} takes the name of a host without a port, such as host.docker.internal, not ${quoted(wrong)}.`,
  );
}

/** The values of a flag such as `--parameter Name=Value`, which can be given several times. */
export function assignments(flag: string, texts: string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`--${flag} takes Name=Value, not ${quoted(text)}.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

const quoted = (text: string): string => JSON.stringify(text);
