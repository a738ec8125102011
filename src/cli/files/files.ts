/** The templates that a command line names. */
import { statSync, writeFileSync } from 'node:fs';
import { jsonText } from '../../review/json-text';
import { failureOf, type Failure } from '../../review/failure';
import { QUOTAS } from '../../template/limits';
import { NoTemplate, Unreadable } from '../../template/source-tree';
import { UsageError } from '../options/arguments';
import { meaningOf, meaningOfWriting } from './file-errors';
import { filesMatching, isPattern } from './glob';
import { readBytes, writeStderr } from './streams';
import { refuseOtherThanText } from './not-text';
import { textOf } from './text';

export { failureOf, type Failure };

/** The name of standard input in messages. */
export const STDIN = 'stdin';

/** The name of a file in messages. */
export const nameOf = (file: string): string => (file === '-' ? STDIN : file);

/**
 * The files that the words name, without duplicates, and whether each was named explicitly and not by a pattern.
 *
 * @throws UsageError
 */
function filesOf(words: readonly string[]): Map<string, { isNamed: boolean }> {
  const files = new Map<string, { isNamed: boolean }>();
  for (const word of wordsOrInput(words)) {
    const isNamed = !isPattern(word) || exists(word);
    const matching = isNamed ? [word] : filesMatching(word);
    if (matching.length === 0) throw new UsageError(`No file matches ${word}.`);
    for (const file of matching)
      files.set(file, { isNamed: isNamed || (files.get(file)?.isNamed ?? false) });
  }
  return files;
}

/** The words, or standard input if there are none and it is not a terminal. @throws UsageError */
export function wordsOrInput(words: readonly string[]): readonly string[] {
  if (words.length > 0) return words;
  if (process.stdin.isTTY) throw new UsageError('Specify a template, or - for standard input.');
  return ['-'];
}

/** Whether a file or folder exists, or may exist in a folder that cannot be read. */
export function exists(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/**
 * Reviews templates one after the other, so that only one is in memory. `failures` are those that cannot be read. Files that
 * match a pattern but are not templates are skipped, and counted on standard error.
 *
 * @throws UsageError for a parameter that no template has. It is misspelled, and would have no effect.
 */
export function reviewTemplates<T extends { readonly parameterNames: readonly string[] }>(
  words: readonly string[],
  parameters: ReadonlyMap<string, unknown>,
  review: (text: string, file: string, bytes: Buffer) => T,
): { results: T[]; failures: Failure[] } {
  const results: T[] = [];
  const failures: Failure[] = [];
  let skipped = 0;
  for (const [file, { isNamed }] of filesOf(words)) {
    const name = nameOf(file);
    try {
      const bytes = bytesOf(file);
      results.push(review(textOf(bytes), name, bytes));
    } catch (error) {
      if (error instanceof NoTemplate && !isNamed) skipped++;
      else failures.push(failureOf(error, name));
    }
  }
  reportSkipped(skipped);
  refuseUndeclaredParameters(results, parameters);
  return { results, failures };
}

/** Counts files that match a pattern but are not templates, on standard error. */
export function reportSkipped(skipped: number): void {
  if (skipped > 0)
    writeStderr(
      `note: ${skipped === 1 ? '1 file is not a CloudFormation template, and was' : `${skipped} files are not CloudFormation templates, and were`} skipped.`,
    );
}

/** @throws UsageError for a parameter that no template has. It is misspelled, and would have no effect. */
export function refuseUndeclaredParameters(
  results: readonly { readonly parameterNames: readonly string[] }[],
  parameters: ReadonlyMap<string, unknown>,
): void {
  const declared = new Set(results.flatMap(({ parameterNames }) => parameterNames));
  const undeclared = [...parameters.keys()].find((name) => !declared.has(name));
  if (undeclared === undefined || results.length === 0) return;
  const names = [...declared].join(', ') || 'none';
  throw new UsageError(`No template has a parameter ${undeclared}: use ${names}.`);
}

/** Reports files that could not be read on standard error. */
export function reportFailures(failures: readonly Failure[]): void {
  for (const { file, line, column, message } of failures) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    writeStderr(`pangea-lustre: ${place}: ${message}.`);
  }
}

/** Replaces the content of a file. @throws Unreadable */
export function writeBack(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Unreadable(`this file cannot be written: ${meaningOfWriting(error)}`);
  }
}

/** The text of a file, without its byte order mark. @throws Unreadable */
export const readText = (file: string): string => textOf(bytesOf(file));

/** The text of a template in these bytes, without its byte order mark. @throws Unreadable */
export function templateText(bytes: Buffer): string {
  refuseOtherThanText(bytes);
  return textOf(bytes);
}

/** The text of a file in JSON that another tool has written, up to a limit. @throws Unreadable */
export const readJsonText = (file: string, most: number): string =>
  jsonText(readWithin(file, most));

/** The most bytes that are read: enough to report the size of a template that CloudFormation does not accept. */
const MOST_BYTES = 2 * QUOTAS.templateBytes.most;

/** The bytes of a template, or of standard input if it is named `-`. @throws Unreadable */
export function bytesOf(file: string): Buffer {
  const bytes = readWithin(file, MOST_BYTES);
  refuseOtherThanText(bytes);
  return bytes;
}

function readWithin(file: string, most: number): Buffer {
  const bytes = readOrExplain(file, most);
  if (!bytes)
    throw new Unreadable(
      most === MOST_BYTES
        ? 'this is larger than 2 MB, and CloudFormation accepts templates of at most 1 MB'
        : `this is larger than ${most} bytes`,
    );
  return bytes;
}

function readOrExplain(file: string, most: number): Buffer | undefined {
  try {
    return readBytes(file === '-' ? 0 : file, most);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Unreadable(meaningOf(error));
    if (code === 'EISDIR') {
      const pattern = `${file.replace(/[/\\]+$/, '')}/**/*.yaml`;
      throw new Unreadable(`this is a folder; specify its templates, such as '${pattern}'`);
    }
    throw new Unreadable(`this file cannot be read: ${meaningOf(error)}`);
  }
}
