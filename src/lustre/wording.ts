/** How messages write values and lists. */

/** The longest value in a message, in UTF-16 code units. Longer ones are shortened in the middle. */
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

/** `nearest 46800 or 48600`, for the end of a message. */
export function nearestWords(choices: readonly number[]): string {
  return choices.length === 0 ? '' : `, nearest ${joinWithOr(choices)}`;
}

/** The length in characters, as users count it, instead of UTF-16 code units. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** A value as messages show it. Text is quoted if its beginning and end would not be visible otherwise. */
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

/** A value as YAML writes it on one line: in brackets and braces. What only the deployment knows is left open. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return formatValue(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return '...';
  const members = Object.entries(value).map(([name, each]) => `${name}: ${flowText(each)}`);
  return `{${members.join(', ')}}`;
}

/**
 * Shortens a text to at most `most` UTF-16 code units, and so characters, without splitting a character. An ellipsis replaces
 * the removed part: at the end or, with `tail`, before the last `tail` code units. The result never contains a lone surrogate,
 * even if the text does.
 */
export function cut(text: string, most: number, { tail = 0 } = {}): string {
  if (text.length <= most) return text.replace(LONE_SURROGATES, '\uFFFD');
  const ellipsis = '...'.slice(0, Math.max(0, most));
  const room = Math.max(0, most - ellipsis.length);
  const last = Math.min(tail, room);
  const head = text.slice(0, room - last).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(text.length - last).replace(/^[\uDC00-\uDFFF]/, '');
  return `${head}${ellipsis}${end}`.replace(LONE_SURROGATES, '\uFFFD');
}

/** As `cut`, with the removed part in the middle. */
export function cutInTheMiddle(text: string, most: number): string {
  return cut(text, most, { tail: Math.max(0, Math.floor((most - 3) / 2)) });
}

/** Surrogates (halves of characters outside the Basic Multilingual Plane) without their other half. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** A longer text is not compared, so that hostile input costs no time. */
export const LONGEST_NEAR = 64;

/** The known name that was probably meant: equal except for case, or within a few edits. */
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

/** All known names with the smallest distance, if it is small enough. */
export function allClosest(given: string, known: readonly string[]): string[] {
  const nearest = closest(given, known);
  if (nearest === undefined) return [];
  const letters = (name: string) => distance(given.toLowerCase(), name.toLowerCase());
  const least = letters(nearest);
  return known.filter((name) => letters(name) === least);
}

/** The number of letters to insert, delete or replace (Levenshtein distance); if above `most`, any number above it. */
export function distance(from: string, to: string, most = Infinity): number {
  if (Math.abs(from.length - to.length) > most) return Infinity;
  const letters = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    // Farther from the diagonal, the distance exceeds `most` in any case.
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
    // The least of a row never falls in the rows that follow.
    if (least > most) return Infinity;
  }
  return letters[to.length] ?? 0;
}

/** USD to the cent: `1,234.50`. */
export const money = (usd: number): string => grouped(usd, 2);

/** A number with thousands separators and at most one decimal: `19,200`. */
export const amount = (value: number): string => grouped(value, Number.isInteger(value) ? 0 : 1);

/** Not toLocaleString, whose first use loads the tables of all languages. */
function grouped(value: number, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

/** The text with a capital first letter. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
