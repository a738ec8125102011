/** How values and choices are written in messages. */

/** A given value longer than this, in UTF-16 code units, is shortened in the middle. */
const LONGEST_VALUE = 72;

/** `a`, `a or b`, `a, b or c`. */
export function joinWithOr(choices: readonly (string | number)[]): string {
  const last = choices[choices.length - 1];
  return choices.length < 2
    ? String(last ?? '')
    : `${choices.slice(0, -1).join(', ')} or ${String(last)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWithAnd(items: readonly (string | number)[]): string {
  const last = items[items.length - 1];
  return items.length < 2
    ? String(last ?? '')
    : `${items.slice(0, -1).join(', ')} and ${String(last)}`;
}

/** `nearest 46800 or 48600`, after the rule it belongs to. */
export function nearestWords(choices: readonly number[]): string {
  return choices.length === 0 ? '' : `, nearest ${joinWithOr(choices)}`;
}

/** The length that a reader counts: characters, not UTF-16 code units. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** A given value as it appears in a message: text is quoted where its ends would not be seen. */
export function formatValue(value: unknown): string {
  return cutInTheMiddle(plain(value), LONGEST_VALUE);
}

function plain(value: unknown): string {
  if (typeof value === 'string') return /^[\w./:@+-]+$/.test(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'bigint' ? member.toString() : member,
    );
  } catch {
    return 'an object';
  }
}

/**
 * A text in at most `most` UTF-16 code units (and so characters), cut between characters and never inside one; `mark`
 * stands for what is left out, at the end or, with `tail`, before the last `tail` code units. Half a character, which no
 * reader could show, never comes out, even where the text has one.
 */
export function cut(text: string, most: number, { mark = '...', tail = 0 } = {}): string {
  if (text.length <= most) return text.replace(LONE_SURROGATES, '\uFFFD');
  const sign = cut(mark, Math.max(0, most), { mark: '' });
  const room = Math.max(0, most - sign.length);
  const last = Math.min(tail, room);
  const head = text.slice(0, room - last).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(text.length - last).replace(/^[\uDC00-\uDFFF]/, '');
  return `${head}${sign}${end}`.replace(LONE_SURROGATES, '\uFFFD');
}

/** The same, with as much of the beginning as of the end. */
export function cutInTheMiddle(text: string, most: number): string {
  return cut(text, most, { tail: Math.max(0, Math.floor((most - 3) / 2)) });
}

/** Halves of characters outside the Basic Multilingual Plane that stand without the other half. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Beyond this many letters no name is near, and a hostile length must not cost time. */
export const LONGEST_NEAR = 64;

/** The known name that was probably meant: equal but for case, or a few letters away. */
export function closest(given: string, known: readonly string[]): string | undefined {
  if (given.length > LONGEST_NEAR) return undefined;
  const sought = given.toLowerCase();
  let best: string | undefined;
  let least = 1 + Math.max(2, Math.floor(given.length / 4));
  for (const name of known) {
    const letters = distance(sought, name.toLowerCase(), least - 1);
    if (letters < least) [best, least] = [name, letters];
  }
  return best;
}

/** All known names that are as near as the nearest, where one is near. */
export function allClosest(given: string, known: readonly string[]): string[] {
  const nearest = closest(given, known);
  if (nearest === undefined) return [];
  const letters = (name: string) => distance(given.toLowerCase(), name.toLowerCase());
  const least = letters(nearest);
  return known.filter((name) => letters(name) === least);
}

/** Letters to insert, delete or replace (Levenshtein); any number above `most` where they are more. */
export function distance(from: string, to: string, most = Infinity): number {
  const letters = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    // Farther from the diagonal there are more than `most` in any case.
    const first = Math.max(1, row - most);
    let diagonal = letters[first - 1] ?? 0;
    let last = first > 1 ? Infinity : (letters[0] = row);
    let least = last;
    for (let column = first; column <= Math.min(to.length, row + most); column++) {
      const above = letters[column] ?? 0;
      const replaced = diagonal + (from[row - 1] === to[column - 1] ? 0 : 1);
      letters[column] = last = Math.min(replaced, last + 1, above + 1);
      least = Math.min(least, last);
      diagonal = above;
    }
    // It does not become less in the rows that follow.
    if (least > most) return Infinity;
  }
  return letters[to.length] ?? 0;
}

/** `1,234.50`: USD to the cent. */
export const money = (usd: number): string => grouped(usd, 2);

/** A number with at most one decimal. */
export const amount = (value: number): string => grouped(value, Number.isInteger(value) ? 0 : 1);

/** Not toLocaleString: its first use loads the tables of all languages. */
function grouped(value: number, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

/** With a capital letter, as a sentence begins. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
