/** The templates that the command line names. */
import { statSync } from 'node:fs';
import { filesMatching, isPattern } from './glob';
import type { Failure } from '../review/finding';
import { readBytes } from './input';
import { tell } from './output';
import { Template, type DeploymentOptions } from '../template/template';
import { Unreadable } from '../template/read';
import { UsageError } from './usage';

/** How standard input is called in messages. */
export const STDIN = 'stdin';

/** The files that the words name, each once; a pattern stands for those that match it. @throws UsageError */
export function filesOf(words: readonly string[]): string[] {
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

/** What is named, or standard input where nothing is and somebody writes it. @throws UsageError */
export function wordsOrInput(words: readonly string[]): readonly string[] {
  if (words.length > 0) return words;
  if (process.stdin.isTTY) throw new UsageError('Name a template, or - for standard input.');
  return ['-'];
}

const exists = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;

/**
 * Hands each template to a visitor, one after the other, so that only one is kept at a time. Those that cannot be read
 * are told apart. @throws UsageError where a parameter is given that no template has: it is misspelt, and not used.
 */
export function visitTemplates<T>(
  words: readonly string[],
  { parameters }: DeploymentOptions,
  visit: (template: Template) => T,
): { results: T[]; failures: Failure[] } {
  const results: T[] = [];
  const failures: Failure[] = [];
  const declared = new Set<string>();
  for (const file of filesOf(words)) {
    const name = file === '-' ? STDIN : file;
    try {
      const template = Template.read(name, readText(file));
      for (const parameter of template.parameterNames) declared.add(parameter);
      results.push(visit(template));
    } catch (error) {
      failures.push(failureOf(error, name));
    }
  }
  const strange = [...parameters.keys()].find((name) => !declared.has(name));
  if (strange !== undefined && results.length > 0) {
    const names = [...declared].join(', ') || 'none';
    throw new UsageError(`No template has a parameter ${strange}: there is ${names}.`);
  }
  return { results, failures };
}

/** What a file cannot be read for. Other errors are thrown on. */
export function failureOf(error: unknown, file: string): Failure {
  // The only one that a text can bring about: no reader goes that deep.
  if (error instanceof RangeError) return { file, message: 'this is nested too deeply' };
  if (!(error instanceof Unreadable)) throw error;
  const { message, place } = error;
  return { file, message, ...place };
}

/** Tells what could not be read, on standard error. */
export function tellFailures(failures: readonly Failure[]): void {
  for (const { file, line, column, message } of failures) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    tell(`pangea-lustre: ${place}: ${message}.`);
  }
}

/** @throws Unreadable */
export const readText = (file: string): string =>
  bytesOf(file)
    .toString('utf8')
    .replace(/^\uFEFF/, '');

/** @throws Unreadable */
export function bytesOf(file: string): Buffer {
  try {
    return readBytes(file);
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
