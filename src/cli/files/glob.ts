/** Expands patterns of file names, for shells that do not. */
import { readdirSync, type Dirent } from 'node:fs';
import { posix } from 'node:path';
import { UsageError } from '../options/arguments';

/** Whether a word is a pattern, and not the name of a file. */
export const isPattern = (word: string): boolean => /[*?{[]/.test(word);

/**
 * The files that match a pattern of `*`, `?`, `**`, `[abc]` and `{a,b}`, sorted. Hidden files match only a pattern that
 * begins with a period.
 */
export function filesMatching(pattern: string): string[] {
  const found = alternatives(pattern.replaceAll('\\', '/')).flatMap((each) => {
    const [first = '', ...steps] = each.split('/');
    // The root, or a drive of Windows, which no folder lists.
    const isRoot = first === '' || /^[A-Za-z]:$/.test(first);
    return isRoot ? walk(`${first}/`, steps) : walk('', [first, ...steps]);
  });
  return [...new Set(found)].sort();
}

/** The names, with slashes between folders, that match such a pattern, in their order. */
export function namesMatching(pattern: string, names: readonly string[]): string[] {
  const patterns = alternatives(pattern.replaceAll('\\', '/')).map((each) =>
    posix.normalize(each).split('/'),
  );
  return names.filter((name) => patterns.some((steps) => isMatch(steps, name.split('/'))));
}

function isMatch([step, ...rest]: readonly string[], parts: readonly string[]): boolean {
  const [part, ...below] = parts;
  if (step === undefined || part === undefined) return step === part;
  if (step === '**') {
    const isEntered = below.length > 0 && !isHidden(part) && part !== 'node_modules';
    const here = isMatch(rest.length > 0 ? rest : ['*'], parts);
    return here || (isEntered && isMatch([step, ...rest], below));
  }
  return expression(step).test(part) && (!isHidden(part) || isHidden(step)) && isMatch(rest, below);
}

/** Expands braces: `a{b,c}` is `ab` and `ac`. */
function alternatives(pattern: string): string[] {
  const [whole, before = '', inside = '', after = ''] =
    /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  return inside.split(',').flatMap((each) => alternatives(before + each + after));
}

function walk(folder: string, [step, ...rest]: readonly string[]): string[] {
  if (step === undefined) return [];
  if (['', '.', '..'].includes(step)) return walk(`${folder}${step}/`, rest);
  const entries = entriesOf(folder);
  if (step === '**') {
    const below = entries
      .filter(
        (entry) => entry.isDirectory() && !isHidden(entry.name) && entry.name !== 'node_modules',
      )
      .flatMap(({ name }) => walk(`${folder}${name}/`, ['**', ...rest]));
    return [...walk(folder, rest.length > 0 ? rest : ['*']), ...below];
  }
  const matches = expression(step);
  return entries
    .filter(({ name }) => matches.test(name) && (!isHidden(name) || isHidden(step)))
    .flatMap((entry) => {
      if (rest.length > 0) return entry.isFile() ? [] : walk(`${folder}${entry.name}/`, rest);
      return entry.isDirectory() ? [] : [folder + entry.name];
    });
}

const isHidden = (name: string): boolean => name.startsWith('.');

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A part of a pattern, as a regular expression. @throws UsageError */
function expression(step: string): RegExp {
  const source = step.replace(/\[!?[^\]]*\]|[.*+?^${}()|[\]\\]/g, (special) => {
    if (special === '*') return '.*';
    if (special === '?') return '.';
    return special.length > 2 ? special.replace('[!', '[^') : `\\${special}`;
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    throw new UsageError(`${step} is not a pattern: write a range upwards, such as [a-z].`);
  }
}
