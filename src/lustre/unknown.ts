/** Values that are unknown before the deployment: what is known about them, and where a model has them. */
import { LIMITS } from './explore';
import { isObject, type Json } from './json';
import { pathOf, stepsOf } from './paths';

/** What is known about an unknown value. Absent members say nothing. */
export interface Knowledge {
  /** Why it is unknown, for example "depends on the parameter Tier, which has no default". */
  readonly why?: string;
  /** Why CloudFormation refuses the expression, for example "there is no Sizes.dev.GiB in Mappings". */
  readonly refused?: string | undefined;
  /** The resource that it is a reference to, by Ref or by one of its attributes. */
  readonly reference?: {
    readonly logicalId: string;
    readonly type: string;
    readonly attribute?: string | undefined;
  };
  /** The same for equal expressions only. Absent: the text is the key. */
  readonly key?: string;
  /** Whether the property may turn out to be absent. */
  readonly mayBeAbsent?: boolean;
  /** The only possible values. */
  readonly among?: readonly string[] | undefined;
  /** Values that it does not have. */
  readonly not?: ReadonlySet<string>;
  /** Whether CloudFormation takes it for a number, as the value of a parameter of type Number. */
  readonly isNumber?: true | undefined;
  /** The least and the greatest number that it may be. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** A text that it does not contain, such as the delimiter at which it was split. */
  readonly lacks?: string | undefined;
  /** The parts that it is composed of, such as a known beginning: texts and unknown values in turn. */
  readonly parts?: readonly (string | Unknown)[];
  /** What is known about the items, if it is a list. Absent of texts, and where it may be either. */
  readonly items?: Pick<Knowledge, 'like'> | undefined;
  /** Sample texts, such as an ID for Ref of a subnet. What applies to all samples applies to the value. */
  readonly like?: readonly string[] | undefined;
}

/** The most texts that are composed from the parts of one value: enough for three unknown parts. */
const MAX_FILLED = 20_000;

/** The characters of a number, and the form of its text. */
export const NUMBER_CHARACTERS = '0123456789+-.eE'.split('');
const NUMBER = /^[-+.\deE]*\d[-+.\deE]*$/;

/** A value that is unknown, in a template or a model. */
export class Unknown {
  constructor(
    /** The text in messages, such as `${SubnetId}`. */
    readonly text: string,
    readonly known: Knowledge = {},
  ) {}

  get key(): string {
    return this.known.key ?? this.text;
  }

  get why(): string {
    return this.known.why ?? 'it is known only at deployment';
  }

  /** The only possible values, if they are listed. */
  get values(): readonly string[] | undefined {
    return this.known.among?.filter((value) => this.#isAllowed(value));
  }

  /** The same value with more knowledge about it. */
  with(more: Knowledge): Unknown {
    return new Unknown(this.text, { ...this.known, ...more });
  }

  /** Whether it may turn out to be this text. */
  mayBe(text: string): boolean {
    return (this.known.among?.includes(text) ?? true) && this.#isAllowed(text);
  }

  /** Whether it may be any text, as far as is known. */
  get isAny(): boolean {
    const { among, not, isNumber, lacks, parts } = this.known;
    return !among && !not && !isNumber && !lacks && !parts;
  }

  #isAllowed(text: string): boolean {
    const { parts } = this.known;
    return this.#isAllowedWhole(text) && (!parts || fits(parts, text));
  }

  /** The same, of a text of which it is known that it may be put together of the parts. */
  #isAllowedWhole(text: string): boolean {
    const { not, isNumber, least = -Infinity, most = Infinity, lacks } = this.known;
    if (not?.has(text) || (isNumber && !NUMBER.test(text))) return false;
    if (Number(text) < least || Number(text) > most) return false;
    return !(lacks && text.includes(lacks));
  }

  /**
   * Texts that it may turn out to be: its parts, with each of the fillers in place of the unknown ones. Undefined if too
   * little is known about it, or there would be too many.
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

  /** The possible values: each of the texts, and the value that it has otherwise. */
  alternatives(texts: Iterable<string>): (string | Unknown)[] {
    const asked = [...texts];
    const rest = this.values && new Set(this.values);
    const possible = asked.filter((text) => rest?.delete(text) ?? this.mayBe(text));
    // If one value is left, that is the value; if none is left, there is no further alternative.
    if (rest && rest.size <= 1) return [...possible, ...rest];
    const not = new Set([...(this.known.not ?? []), ...asked]);
    return [...possible, this.with({ not, among: rest && [...rest] })];
  }

  /** The text, for messages about an object or list that contains it. */
  toJSON(): string {
    return this.text;
  }
}

/** Whether a value is an object whose members have names: no list, map or set, and not unknown. */
export const isKnownObject = (value: unknown): value is Json =>
  isObject(value) && !(value instanceof Unknown || value instanceof Map || value instanceof Set);

/** Whether a text can be composed of the parts. If there are too many ways to try, it counts as possible. */
export function fits(parts: readonly (string | Unknown)[], text: string): boolean {
  let left: number = LIMITS.fits;
  // The positions in the text that the parts so far can reach.
  let ends: ReadonlySet<number> = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    // Any text can follow the first position, so the later ones add no end.
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

/**
 * The most items of a list that are examined, more than any property of FSx allows. A longer list is only reported as too
 * long.
 */
export const LONGEST_LIST = 256;

/** Every unknown value in a model, by its path. */
export function unknownsIn(value: unknown, path = ''): (readonly [path: string, Unknown])[] {
  if (value instanceof Unknown) return [[path, value]];
  if (Array.isArray(value))
    // For a longer list, only its length is checked.
    return value.length > LONGEST_LIST
      ? []
      : value.flatMap((item, index) => unknownsIn(item, pathOf(path, index)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => unknownsIn(member, pathOf(path, name)));
}

/** The value at the path of a violation; undefined if there is none. */
export function valueAt(model: unknown, path: string): unknown {
  let value = model;
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null || value instanceof Unknown) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}
