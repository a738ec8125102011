/** Whether a text with unknown parts may match a pattern: the parts run through the automaton of the pattern. */
import { NUMBER_CHARACTERS, type Unknown } from '../unknown';

/**
 * A pattern as an automaton. The states are numbers; the last one is the end. A state with a `test` goes on after a character
 * that it accepts, the others without one.
 */
interface Automaton {
  readonly tests: readonly (RegExp | undefined)[];
  readonly next: readonly (readonly number[])[];
  readonly start: number;
  readonly end: number;
  /** Whether its characters are code points instead of UTF-16 code units. */
  readonly isUnicode: boolean;
}

type States = ReadonlySet<number>;

const AUTOMATA = new WeakMap<RegExp, { readonly automaton: Automaton | undefined }>();

/**
 * Whether some text that matches the pattern can be composed of the parts, as far as is known of them. The pattern has ^ at
 * its beginning and $ at its end. If its syntax is not supported, the answer is yes.
 */
export function isComposable(parts: readonly (string | Unknown)[], pattern: RegExp): boolean {
  const known = AUTOMATA.get(pattern) ?? { automaton: compiled(pattern) };
  AUTOMATA.set(pattern, known);
  const { automaton } = known;
  if (!automaton) return true;
  return after(automaton, withEmpty(automaton, [automaton.start]), parts).has(automaton.end);
}

/** The states after the parts. */
const after = (
  automaton: Automaton,
  states: States,
  parts: readonly (string | Unknown)[],
): States =>
  parts.reduce(
    (reached, part) =>
      typeof part === 'string'
        ? afterText(automaton, reached, part)
        : afterUnknown(automaton, reached, part),
    states,
  );

function afterText(automaton: Automaton, states: States, text: string): States {
  let reached = states;
  for (const character of automaton.isUnicode ? text : text.split('')) {
    if (reached.size === 0) break;
    reached = step(automaton, reached, (test) => test.test(character));
  }
  return reached;
}

function afterUnknown(automaton: Automaton, states: States, part: Unknown): States {
  const { values, known } = part;
  const texts = values ?? known.like;
  if (texts) return new Set(texts.flatMap((text) => [...afterText(automaton, states, text)]));
  if (known.parts) return after(automaton, states, known.parts);
  const isPossible = (test: RegExp): boolean =>
    !known.isNumber || NUMBER_CHARACTERS.some((character) => test.test(character));
  const { tests, next } = automaton;
  const reached = new Set(states);
  // Also goes through the states that are added meanwhile, so that each is visited once.
  for (const state of reached) {
    const test = tests[state];
    if (!test || isPossible(test)) for (const to of next[state] ?? []) reached.add(to);
  }
  return reached;
}

const step = (
  { tests, next, ...rest }: Automaton,
  states: States,
  accepts: (test: RegExp) => boolean,
): States => {
  const to: number[] = [];
  for (const state of states) {
    const test = tests[state];
    if (test && accepts(test)) to.push(...(next[state] ?? []));
  }
  return withEmpty({ tests, next, ...rest }, to);
};

/** The states, and those that are reached from them without a character. */
function withEmpty({ tests, next }: Automaton, states: Iterable<number>): States {
  const reached = new Set<number>();
  const pending = [...states];
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    if (!tests[state]) pending.push(...(next[state] ?? []));
  }
  return reached;
}

/** A part of a pattern: adds its states before the given one, and returns the first of them. */
type Fragment = (builder: Builder, to: number) => number;

class Builder {
  readonly tests: (RegExp | undefined)[] = [undefined];
  readonly next: number[][] = [[]];

  add(to: number[], test?: RegExp): number {
    this.tests.push(test);
    return this.next.push(to) - 1;
  }
}

/** Undefined for syntax that no pattern of a property uses, such as look-ahead. */
function compiled({ source, flags }: RegExp): Automaton | undefined {
  const inside = /^\^(.*)\$$/s.exec(source)?.[1];
  if (inside === undefined) return undefined;
  const fragment = new Parser(inside.match(TOKEN) ?? [], flags).whole();
  if (!fragment) return undefined;
  const builder = new Builder();
  const start = fragment(builder, 0);
  return {
    tests: builder.tests,
    next: builder.next,
    start,
    end: 0,
    isUnicode: flags.includes('u'),
  };
}

/** A class, an escaped character, the beginning of a group, a quantifier with numbers, or another character. */
const TOKEN =
  /\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)|\((?:\?.)?|\{\d+(?:,\d*)?\}|[^]/gu;

class Parser {
  #at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly flags: string,
  ) {}

  whole(): Fragment | undefined {
    const fragment = this.#choice();
    return this.#at === this.tokens.length ? fragment : undefined;
  }

  #choice(): Fragment | undefined {
    const options: Fragment[] = [];
    do {
      const sequence = this.#sequence();
      if (!sequence) return undefined;
      options.push(sequence);
    } while (this.#take('|'));
    const [only, ...more] = options;
    return more.length === 0
      ? only
      : (builder, to) => builder.add(options.map((each) => each(builder, to)));
  }

  #sequence(): Fragment | undefined {
    const items: Fragment[] = [];
    while (this.#at < this.tokens.length && this.#token !== '|' && this.#token !== ')') {
      const atom = this.#atom();
      if (!atom) return undefined;
      items.push(this.#repeated(atom));
    }
    return (builder, to) => items.reduceRight((next, item) => item(builder, next), to);
  }

  #atom(): Fragment | undefined {
    const token = this.#token;
    this.#at++;
    if (token === '(' || token === '(?:') {
      const inside = this.#choice();
      return this.#take(')') ? inside : undefined;
    }
    if (token.startsWith('(') || token === '^' || token === '$') return undefined;
    const test = new RegExp(`^${token}$`, this.flags);
    return (builder, to) => builder.add([to], test);
  }

  #repeated(item: Fragment): Fragment {
    const [least, most] = quantified(this.#token);
    if (least === undefined || most === undefined) return item;
    this.#at++;
    return (builder, to) => {
      let start = to;
      if (most === Infinity) {
        const loop = builder.add([to]);
        builder.next[loop]?.push(item(builder, loop));
        start = loop;
      } else
        for (let count = least; count < most; count++)
          start = builder.add([to, item(builder, start)]);
      for (let count = 0; count < least; count++) start = item(builder, start);
      return start;
    };
  }

  get #token(): string {
    return this.tokens[this.#at] ?? '';
  }

  #take(token: string): boolean {
    const isNext = this.#token === token;
    if (isNext) this.#at++;
    return isNext;
  }
}

/** How often a quantifier repeats what is before it; empty if a token is none. */
function quantified(token: string): [least: number, most: number] | [] {
  if (token === '*') return [0, Infinity];
  if (token === '+') return [1, Infinity];
  if (token === '?') return [0, 1];
  const [, least, comma, most] = /^\{(\d+)(,)?(\d+)?\}$/.exec(token) ?? [];
  if (least === undefined) return [];
  const end = most ?? (comma === undefined ? least : undefined);
  return [Number(least), end === undefined ? Infinity : Number(end)];
}
