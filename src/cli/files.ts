/** The templates that the command line names. */
import { statSync } from 'node:fs';
import { failureOf, type Failure } from '../review/failure';
import { QUOTAS } from '../template/limits';
import { NoTemplate, Unreadable } from '../template/source-tree';
import { UsageError } from './arguments';
import { filesMatching, isPattern } from './glob';
import { readBytes, writeStderr } from './streams';

export { failureOf, type Failure };

/** Name of standard input in messages. */
export const STDIN = 'stdin';

/**
 * The files that the words name, each once, and whether it was named itself; a pattern stands for those that match it.
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
 * What a pattern found and is no template is passed over, and counted on standard error.
 * @throws UsageError where a parameter is given that no template has: it is misspelled, and not used.
 */
export function reviewTemplates<T extends { readonly parameterNames: readonly string[] }>(
  words: readonly string[],
  parameters: ReadonlyMap<string, unknown>,
  review: (text: string, file: string, bytes: Buffer) => T,
): { results: T[]; failures: Failure[] } {
  const results: T[] = [];
  const failures: Failure[] = [];
  let passedOver = 0;
  for (const [file, { isNamed }] of filesOf(words)) {
    const name = file === '-' ? STDIN : file;
    try {
      const bytes = bytesOf(file);
      results.push(review(textOf(bytes), name, bytes));
    } catch (error) {
      if (error instanceof NoTemplate && !isNamed) passedOver++;
      else failures.push(failureOf(error, name));
    }
  }
  if (passedOver > 0)
    writeStderr(
      `note: ${passedOver === 1 ? '1 file is not a CloudFormation template, and was' : `${passedOver} files are not CloudFormation templates, and were`} skipped.`,
    );
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
  throw new UsageError(`No template has a parameter ${strange}: use ${names}.`);
}

/** Reports what could not be read, on standard error. */
export function reportFailures(failures: readonly Failure[]): void {
  for (const { file, line, column, message } of failures) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    writeStderr(`pangea-lustre: ${place}: ${message}.`);
  }
}

export const readText = (file: string, most?: number): string => textOf(bytesOf(file, most));

/** The text of bytes in UTF-8, without its byte order mark. */
export const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF/, '');

/** Bytes that are read: enough to say how large a template is that CloudFormation does not take. */
const MOST_BYTES = 2 * QUOTAS.templateBytes.most;

/** All bytes of a template, or of another file of at most so many, or of standard input where it is called `-`. @throws Unreadable */
export function bytesOf(file: string, most = MOST_BYTES): Buffer {
  const bytes = readOrExplain(file, most);
  if (!bytes)
    throw new Unreadable(
      most === MOST_BYTES
        ? 'this is larger than 2 MB, and CloudFormation accepts templates of at most 1 MB'
        : `this is larger than ${most} bytes`,
    );
  if (isUtf16(bytes)) throw new Unreadable('this is UTF-16: save it as UTF-8');
  return bytes;
}

/** With its byte order mark, or a zero in one of its first two characters, which no template begins with. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return hasMark || bytes.subarray(0, 4).includes(0);
}

function readOrExplain(file: string, most: number): Buffer | undefined {
  try {
    return readBytes(file === '-' ? 0 : file, most);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Unreadable('there is no such file');
    if (code === 'EISDIR') {
      throw new Unreadable(`this is a folder; name its templates, such as '${file}/**/*.yaml'`);
    }
    if (code === 'EACCES') throw new Unreadable('you do not have permission to read this file');
    throw new Unreadable(`this file cannot be read: ${message}`);
  }
}
