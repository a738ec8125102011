/**
 * Regular expressions of a template, matched in bounded work. The engine of JavaScript tries one way after the other: for
 * `(a+)+` and 40 letters it would take hours.
 */

/** A part of a pattern. `at` says where a text may stand after the part, if it stands at these places before. */
type Part =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'either'; readonly parts: readonly Part[] }
  | { readonly kind: 'times'; readonly of: Part; readonly least: number; readonly most: number }
  | { readonly kind: 'place'; readonly is: (text: readonly string[], at: number) => boolean }
  | { readonly kind: 'ahead' | 'behind'; readonly of: Part; readonly isThere: boolean };

/** A pattern that texts are matched against. */
export interface Pattern {
  /** Whether it matches a whole text; undefined if that would take too much work. */
  matches(text: string): boolean | undefined;
}

/** Characters that may be looked at to match one text: a long text with a usual pattern takes some ten thousand. */
const MOST_LOOKS = 250_000;

/**
 * Reads the syntax that Java and JavaScript share.
 *
 * @param flags Those of JavaScript for the characters of the pattern: `u` or none.
 * @returns Undefined for syntax that this does not read: references to groups, flags in the pattern.
 */
export function readPattern(source: string, flags: string): Pattern | undefined {
  const reader = new Reader(source, flags);
  const whole = reader.read();
  return whole && { matches: (text) => new Match(Array.from(text)).isWhole(whole) };
}

class TooManyLooks extends Error {}

/** One text. */
class Match {
  #looks = 0;

  constructor(readonly text: readonly string[]) {}

  isWhole(part: Part): boolean | undefined {
    try {
      return this.#after(part, new Set([0])).has(this.text.length);
    } catch (error) {
      if (error instanceof TooManyLooks) return undefined;
      throw error;
    }
  }

  /** The places after the part, for each place before it. */
  #after(part: Part, places: ReadonlySet<number>): ReadonlySet<number> {
    this.#looks += places.size + 1;
    if (this.#looks > MOST_LOOKS) throw new TooManyLooks();
    switch (part.kind) {
      case 'character':
        return new Set(
          [...places].filter((at) => part.accepts(this.text[at] ?? '')).map((at) => at + 1),
        );
      case 'sequence':
        return part.parts.reduce(
          (before, each) => (before.size === 0 ? before : this.#after(each, before)),
          places,
        );
      case 'either':
        return new Set(part.parts.flatMap((each) => [...this.#after(each, places)]));
      case 'times':
        return this.#afterTimes(part, places);
      case 'place':
        return new Set([...places].filter((at) => part.is(this.text, at)));
      case 'ahead':
        return this.#where(
          places,
          (at) => this.#after(part.of, new Set([at])).size > 0 === part.isThere,
        );
      case 'behind':
        return this.#where(places, (at) => this.#endsAt(part.of, at) === part.isThere);
    }
  }

  #where(places: ReadonlySet<number>, is: (at: number) => boolean): ReadonlySet<number> {
    return new Set([...places].filter(is));
  }

  #endsAt(part: Part, at: number): boolean {
    return this.#after(part, new Set(Array(at + 1).keys())).has(at);
  }

  #afterTimes(
    { of, least, most }: Extract<Part, { kind: 'times' }>,
    places: ReadonlySet<number>,
  ): ReadonlySet<number> {
    let last = places;
    for (let count = 0; count < least && last.size > 0; count++) last = this.#after(of, last);
    const all = new Set(last);
    // A place that was reached by fewer repetitions has more of them left.
    for (let count = least; count < most && last.size > 0; count++) {
      last = new Set([...this.#after(of, last)].filter((at) => !all.has(at)));
      for (const at of last) all.add(at);
    }
    return all;
  }
}

const START: Part = { kind: 'place', is: (_, at) => at === 0 };
const END: Part = { kind: 'place', is: (text, at) => at === text.length };
const isWord = (character = ''): boolean => /^\w$/.test(character);
const atEdge = (text: readonly string[], at: number): boolean =>
  isWord(text[at - 1]) !== isWord(text[at]);
const EDGE: Part = { kind: 'place', is: atEdge };
const NO_EDGE: Part = { kind: 'place', is: (text, at) => !atEdge(text, at) };
const PLACES: Readonly<Record<string, Part>> = { '^': START, $: END, '\\b': EDGE, '\\B': NO_EDGE };

const GROUP = /\((?:\?(?::|=|!|<=|<!|<[A-Za-z]\w*>)|(?!\?))/y;
const PLACE = /[\^$]|\\[bB]/y;
const TIMES = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;
/** One character, or a class of them. No reference to a group, such as `\1`. */
const CHARACTER =
  /\[(?:\\[\s\S]|[^\]\\])*\]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[pP]\{\w+(?:=\w+)?\}|\\[^1-9ku]|[^\\()|*+?[]/uy;
/** Nobody nests groups deeper. */
const DEEPEST = 100;

class Reader {
  #at = 0;
  #depth = 0;

  constructor(
    readonly source: string,
    readonly flags: string,
  ) {}

  read(): Part | undefined {
    const whole = this.#either();
    return this.#at === this.source.length ? whole : undefined;
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.source) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  #either(): Part | undefined {
    const parts: Part[] = [];
    do {
      const part = this.#sequence();
      if (!part) return undefined;
      parts.push(part);
    } while (this.#take(/\|/y));
    return { kind: 'either', parts };
  }

  #sequence(): Part | undefined {
    const parts: Part[] = [];
    while (this.#at < this.source.length && !/[|)]/.test(this.source[this.#at] ?? '')) {
      const part = this.#one();
      if (!part) return undefined;
      const times = this.#take(TIMES);
      parts.push(times ? repeated(part, times) : part);
    }
    return { kind: 'sequence', parts };
  }

  #one(): Part | undefined {
    const opening = this.#take(GROUP)?.[0];
    if (opening !== undefined) return this.#group(opening);
    const place = this.#take(PLACE)?.[0];
    if (place !== undefined) return PLACES[place];
    const source = this.#take(CHARACTER)?.[0];
    return source === undefined ? undefined : characterOf(source, this.flags);
  }

  #group(opening: string): Part | undefined {
    if (++this.#depth > DEEPEST) return undefined;
    const of = this.#either();
    this.#depth--;
    if (!of || !this.#take(/\)/y)) return undefined;
    const isThere = opening.endsWith('=');
    if (!isThere && !opening.endsWith('!')) return of;
    return { kind: opening.includes('<') ? 'behind' : 'ahead', of, isThere };
  }
}

function repeated(of: Part, [sign, from, range, to]: RegExpExecArray): Part {
  if (from === undefined) {
    const [first] = sign;
    return { kind: 'times', of, least: first === '+' ? 1 : 0, most: first === '?' ? 1 : Infinity };
  }
  const least = Number(from);
  const most = range === undefined ? least : to === '' ? Infinity : Number(to);
  return { kind: 'times', of, least, most };
}

function characterOf(source: string, flags: string): Part {
  // oxlint-disable-next-line no-control-regex -- the characters that a dot does not match in Java
  const expression = source === '.' ? /^[^\n\r\u0085\u2028\u2029]$/u : expressionOf(source, flags);
  return { kind: 'character', accepts: (character) => expression.test(character) };
}

/** With the flag, it also reads characters of two code units; without it, escapes such as `\-`. */
function expressionOf(source: string, flags: string): RegExp {
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return new RegExp(`^${source}$`, flags);
  }
}
