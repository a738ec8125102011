/**
 * A regular expression matched as Java, Python and JavaScript match one, by trying and going back, and counting how often a
 * character is looked at. No clock tells as surely that a pattern takes long on a text that somebody made for it.
 */

export type Part =
  | { readonly kind: 'character'; readonly source: string; readonly accepts: RegExp }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'look'; readonly negative: boolean; readonly of: Part }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'either'; readonly parts: readonly Part[] }
  | { readonly kind: 'times'; readonly of: Part; readonly least: number; readonly most: number };

/** @throws where the pattern has what is not known here, so that nothing is taken for something else */
export function parsePattern(source: string): Part {
  const rest = { at: 0 };
  const whole = either(source, rest);
  if (rest.at < source.length) throw new Error(`${source}: unexpected ${source.slice(rest.at)}`);
  return whole;
}

interface Position {
  at: number;
}

function either(source: string, position: Position): Part {
  const parts = [sequence(source, position)];
  while (source[position.at] === '|') {
    position.at++;
    parts.push(sequence(source, position));
  }
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'either', parts };
}

function sequence(source: string, position: Position): Part {
  const parts: Part[] = [];
  while (position.at < source.length && !'|)'.includes(source[position.at] ?? '')) {
    parts.push(repeated(source, position));
  }
  return { kind: 'sequence', parts };
}

function repeated(source: string, position: Position): Part {
  const of = atom(source, position);
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(source.slice(position.at));
  if (!found) return of;
  position.at += found[0].length;
  if (/^[?+]/.test(source.slice(position.at))) throw new Error(`${source}: lazy or possessive`);
  const [sign, from, range, to] = found;
  if (from === undefined) {
    return { kind: 'times', of, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
  }
  const least = Number(from);
  return { kind: 'times', of, least, most: range ? Number(to === '' ? Infinity : to) : least };
}

function atom(source: string, position: Position): Part {
  const rest = source.slice(position.at);
  const take = (length: number) => (position.at += length);
  const opening = /^\((?:\?(:|=|!))?/.exec(rest);
  if (opening) {
    take(opening[0].length);
    const of = either(source, position);
    if (source[position.at] !== ')') throw new Error(`${source}: a group is not closed`);
    take(1);
    const [, kind] = opening;
    return kind === '=' || kind === '!' ? { kind: 'look', negative: kind === '!', of } : of;
  }
  if (rest.startsWith('^') || rest.startsWith('$')) {
    take(1);
    return { kind: rest.startsWith('^') ? 'start' : 'end' };
  }
  const one = /^(?:\[\^?(?:\\.|[^\\\]])*\]|\\u[0-9a-fA-F]{4}|\\p\{\w+\}|\\.|[^\\()[\]{}*+?])/u.exec(
    rest,
  );
  if (!one) throw new Error(`${source}: unexpected ${rest}`);
  take(one[0].length);
  return { kind: 'character', source: one[0], accepts: new RegExp(`^${one[0]}$`, 'u') };
}

/** Every character and class of a pattern, as it is written. */
export function charactersOf(part: Part): string[] {
  switch (part.kind) {
    case 'character':
      return [part.source];
    case 'sequence':
    case 'either':
      return part.parts.flatMap(charactersOf);
    case 'times':
    case 'look':
      return charactersOf(part.of);
    default:
      return [];
  }
}

/** Whether the text matches, and how many steps it took. @throws beyond `most` steps */
export function match(
  pattern: Part,
  text: string,
  most: number,
): { matches: boolean; steps: number } {
  const characters = Array.from(text);
  let steps = 0;
  type Next = (at: number) => boolean;
  const step = (): void => {
    if (++steps > most)
      throw new Error(`more than ${most} steps for ${characters.length} characters`);
  };
  const run = (part: Part, at: number, next: Next): boolean => {
    switch (part.kind) {
      case 'start':
        return at === 0 && next(at);
      case 'end':
        return at === characters.length && next(at);
      case 'character':
        step();
        return part.accepts.test(characters[at] ?? '') && next(at + 1);
      case 'look':
        return run(part.of, at, () => true) !== part.negative && next(at);
      case 'either':
        return part.parts.some((each) => run(each, at, next));
      case 'sequence':
        return through(part.parts, 0, at, next);
      case 'times':
        return repeat(part, 0, at, next);
    }
  };
  const through = (parts: readonly Part[], index: number, at: number, next: Next): boolean => {
    const part = parts[index];
    return part === undefined
      ? next(at)
      : run(part, at, (then) => through(parts, index + 1, then, next));
  };
  const repeat = (
    part: Extract<Part, { kind: 'times' }>,
    done: number,
    at: number,
    next: Next,
  ): boolean => {
    const again =
      done < part.most &&
      // What took nothing would take nothing forever.
      run(
        part.of,
        at,
        (then) => (then > at || done < part.least) && repeat(part, done + 1, then, next),
      );
    return again || (done >= part.least && next(at));
  };
  return { matches: run(pattern, 0, () => true), steps };
}
