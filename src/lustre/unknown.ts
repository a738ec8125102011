/** Values that are not known before the deployment: what is known of them all the same, and where they stand in a model. */
import { LIMITS } from './explore';

/** What is known of a value that is not known; what is absent says nothing. */
export interface Knowledge {
  /** Why it is not known, as in "depends on the parameter Tier, which has no default". */
  readonly why?: string;
  /** The same for the same expression, and only for that; its text where absent. */
  readonly key?: string;
  /** Whether there may turn out to be no value at all. */
  readonly mayBeAbsent?: boolean;
  /** The only values that it may have. */
  readonly among?: readonly string[] | undefined;
  /** Values that it has not. */
  readonly not?: ReadonlySet<string>;
  /** A form that it has, such as that of its type; without the flags g and y. */
  readonly pattern?: RegExp | undefined;
  /** A text that it does not contain, such as the delimiter that it was split at. */
  readonly lacks?: string | undefined;
  /** What it is put together of, such as a known beginning: texts and unknown ones in turn. */
  readonly parts?: readonly (string | Unknown)[];
  /** Texts that it is like, such as an id for what Ref of a subnet gives: what holds for all of these holds for it. */
  readonly like?: readonly string[] | undefined;
}

/** Texts that are put together of the parts of one: enough for three unknown ones. */
const MAX_FILLED = 20_000;

/** Stands for a value that is not known, in a template as in a model. */
export class Unknown {
  constructor(
    /** How a message shows it, such as `${SubnetId}`. */
    readonly text: string,
    readonly known: Knowledge = {},
  ) {}

  get key(): string {
    return this.known.key ?? this.text;
  }

  get why(): string {
    return this.known.why ?? 'only the deployment decides it';
  }

  /** The only values that it may have, where they are listed. */
  get values(): readonly string[] | undefined {
    return this.known.among?.filter((value) => this.#isAllowed(value));
  }

  /** The same value, of which more is known. */
  with(more: Knowledge): Unknown {
    return new Unknown(this.text, { ...this.known, ...more });
  }

  /** Whether it may turn out to be a text. */
  mayBe(text: string): boolean {
    return (this.known.among?.includes(text) ?? true) && this.#isAllowed(text);
  }

  /** Whether it may be any text, as far as is known. */
  get isAny(): boolean {
    const { among, not, pattern, lacks, parts } = this.known;
    return !among && !not && !pattern && !lacks && !parts;
  }

  #isAllowed(text: string): boolean {
    const { parts } = this.known;
    return this.#isAllowedWhole(text) && (!parts || fits(parts, text));
  }

  /** The same, of a text of which it is known that it may be put together of the parts. */
  #isAllowedWhole(text: string): boolean {
    const { not, pattern, lacks } = this.known;
    if (not?.has(text) || (pattern && !pattern.test(text))) return false;
    return !(lacks && text.includes(lacks));
  }

  /**
   * Texts that it may be, put together of its parts, with each of some fillers for the unknown ones; undefined where too
   * little is known of it, or there would be too many.
   */
  filledWith(fillers: readonly string[]): readonly string[] | undefined {
    const { among, like, parts = [] } = this.known;
    if (among ?? like) return this.values ?? like;
    if (!parts.some((part) => typeof part === 'string')) return undefined;
    let texts: readonly string[] = [''];
    for (const part of parts) {
      const next = typeof part === 'string' ? [part] : part.#fillers(fillers);
      if (texts.length * next.length > MAX_FILLED) return undefined;
      texts = texts.flatMap((text) => next.map((more) => text + more));
    }
    return [...new Set(texts)].filter((text) => this.#isAllowedWhole(text));
  }

  /** What stands for it as a part of a text. */
  #fillers(fillers: readonly string[]): readonly string[] {
    return (this.filledWith(fillers) ?? fillers).filter((text) => this.mayBe(text));
  }

  /** What it may be: each of some texts, and what it is where it is none of them. */
  alternatives(texts: Iterable<string>): (string | Unknown)[] {
    const asked = [...texts];
    const rest = this.values && new Set(this.values);
    const possible = asked.filter((text) => rest?.delete(text) ?? this.mayBe(text));
    // One value left is that value; none left is none.
    if (rest && rest.size <= 1) return [...possible, ...rest];
    const not = new Set([...(this.known.not ?? []), ...asked]);
    return [...possible, this.with({ not, among: rest && [...rest] })];
  }

  /** In a message about what it is part of. */
  toJSON(): string {
    return this.text;
  }
}

/** Whether a text may be put together of some parts; taken to be so where there are too many ways to try. */
export function fits(parts: readonly (string | Unknown)[], text: string): boolean {
  let left: number = LIMITS.fits;
  // How far into the text the parts so far may reach.
  let ends: ReadonlySet<number> = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    // From where any text goes, what begins farther on ends nowhere else.
    const starts = typeof part !== 'string' && part.isAny ? leastOf(ends) : ends;
    for (const start of starts) {
      if (typeof part === 'string') {
        if (text.startsWith(part, start)) next.add(start + part.length);
        continue;
      }
      for (let end = start; end <= text.length; end++) {
        if (--left < 0) return true;
        if (part.isAny || part.mayBe(text.slice(start, end))) next.add(end);
      }
    }
    ends = next;
  }
  return ends.has(text.length);
}

/** The least of some numbers, if there are any. */
function leastOf(numbers: ReadonlySet<number>): number[] {
  let least = Infinity;
  for (const number of numbers) least = Math.min(least, number);
  return numbers.size > 0 ? [least] : [];
}

/** Items of a list that are looked at: more than FSx takes of anything. Of a longer one it is only told that it is too long. */
export const LONGEST_LIST = 256;

/** Every unknown in a model, by its path. */
export function unknownsIn(value: unknown, path = ''): (readonly [path: string, Unknown])[] {
  if (value instanceof Unknown) return [[path, value]];
  if (Array.isArray(value))
    // Of a longer list only its length is looked at.
    return value.length > LONGEST_LIST
      ? []
      : value.flatMap((item, index) => unknownsIn(item, pathOf(path, index)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => unknownsIn(member, pathOf(path, name)));
}

/** What stands at a path, as a violation names it; undefined where nothing does. */
export function valueAt(model: unknown, path: string): unknown {
  let value = model;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null || value instanceof Unknown) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[index ?? name ?? ''];
  }
  return value;
}

/** Whether a property, as a violation names it, stands at a place or within it. */
export const isWithin = (property: string, path: string): boolean =>
  property === path || property.startsWith(`${path}.`) || property.startsWith(`${path}[`);

/** The path of a member or an item: `Tags[0].Key`. */
export const pathOf = (within: string, step: string | number): string =>
  typeof step === 'number' ? `${within}[${step}]` : within === '' ? step : `${within}.${step}`;
