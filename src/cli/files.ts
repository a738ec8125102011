/** The templates that the command line names. */
import { readFileSync, statSync } from 'node:fs';
import { Unreadable, type Place } from '../template/source-tree';
import { UsageError } from './arguments';
import { filesMatching, isPattern } from './glob';
import { readStdin, writeStderr } from './streams';

/** Name of standard input in messages. */
export const STDIN = 'stdin';

/** A file that could not be read. */
export interface Failure extends Partial<Place> {
  readonly file: string;
  readonly message: string;
}

/** The files that the words name, each once; a pattern stands for those that match it. @throws UsageError */
function filesOf(words: readonly string[]): string[] {
  return [
    ...new Set(
      wordsOrInput(words).flatMap((word) => {
        if (!isPattern(word) || exists(word)) return [word];
        const files = filesMatching(word);
        if (files.length === 0) throw new UsageError(`No file matches ${word}.`);
        return files;
      }),
    ),
  ];
}

/** The files that the words name; standard input where there are none and it is not a terminal. @throws UsageError */
export function wordsOrInput(words: readonly string[]): readonly string[] {
  if (words.length > 0) return words;
  if (process.stdin.isTTY) throw new UsageError('Name a template, or - for standard input.');
  return ['-'];
}

/** Whether there is a file or folder of that name. */
export const exists = (file: string): boolean =>
  statSync(file, { throwIfNoEntry: false }) !== undefined;

/**
 * Reviews each template, one after the other, so that only one is kept at a time; `failures` are those that cannot be read.
 * @throws UsageError where a parameter is given that no template has: it is misspelled, and not used.
 */
export function reviewTemplates<T extends { readonly parameterNames: readonly string[] }>(
  words: readonly string[],
  parameters: ReadonlyMap<string, unknown>,
  review: (text: string, file: string) => T,
): { results: T[]; failures: Failure[] } {
  const results: T[] = [];
  const failures: Failure[] = [];
  for (const file of filesOf(words)) {
    const name = file === '-' ? STDIN : file;
    try {
      results.push(review(readText(file), name));
    } catch (error) {
      failures.push(failureOf(error, name));
    }
  }
  refuseStrangeParameters(results, parameters);
  return { results, failures };
}

/** @throws UsageError where a parameter is given that no template has: it is misspelled, and not used. */
export function refuseStrangeParameters(
  results: readonly { readonly parameterNames: readonly string[] }[],
  parameters: ReadonlyMap<string, unknown>,
): void {
  const declared = new Set(results.flatMap(({ parameterNames }) => parameterNames));
  const strange = [...parameters.keys()].find((name) => !declared.has(name));
  if (strange === undefined || results.length === 0) return;
  const names = [...declared].join(', ') || 'none';
  throw new UsageError(`No template has a parameter ${strange}: there is ${names}.`);
}

/** Why a file cannot be read. Other errors are thrown on. */
export function failureOf(error: unknown, file: string): Failure {
  // The stack overflows only on input that nobody writes, such as a chain of thousands of conditions.
  if (error instanceof RangeError) return { file, message: 'this is nested too deeply' };
  if (!(error instanceof Unreadable)) throw error;
  return { file, message: error.message, ...error.place };
}

/** Reports what could not be read, on standard error. */
export function reportFailures(failures: readonly Failure[]): void {
  for (const { file, line, column, message } of failures) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    writeStderr(`pangea-lustre: ${place}: ${message}.`);
  }
}

export const readText = (file: string): string => textOf(bytesOf(file));

/** The text of bytes in UTF-8, without its byte order mark. */
export const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF/, '');

/** All bytes of a file, or of standard input where it is called `-`. @throws Unreadable */
export function bytesOf(file: string): Buffer {
  try {
    return file === '-' ? readStdin() : readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Unreadable('there is no such file');
    if (code === 'EISDIR') {
      throw new Unreadable(`this is a folder; name its templates, such as '${file}/**/*.yaml'`);
    }
    if (code === 'EACCES') throw new Unreadable('this file may not be read');
    throw new Unreadable(`this file cannot be read: ${message}`);
  }
}
