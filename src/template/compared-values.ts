/** What a template compares its unknown values with, and what such a value may be. */
import { expressionKey, type UnknownValue } from './values';

/** Upper bound on comparisons that are explored; beyond it some are not tried. */
const MAX_COMPARISONS = 512;

/** Up to this many ways to split a text are explored one by one. */
const MAX_SPLITS = 8;

/**
 * What conditions and mappings compare unknown values with, by the key of the expression. The deployments of a template
 * share it: what the first ones compare a value with, it has in the next ones.
 */
export class ComparedValues {
  readonly #values = new Map<string, Set<string>>();
  #size = 0;

  /** Grows with every comparison that was not seen before. */
  get size(): number {
    return this.#size;
  }

  get isComplete(): boolean {
    return this.#size < MAX_COMPARISONS;
  }

  /** What an expression is compared with; undefined where it decides nothing. */
  of(key: string): ReadonlySet<string> | undefined {
    return this.#values.get(key);
  }

  add(key: string, values: Iterable<string> = []): void {
    if (!this.isComplete) return;
    const known = this.#values.get(key) ?? new Set();
    const before = this.#values.has(key) ? known.size : -1;
    for (const value of values) known.add(value);
    this.#values.set(key, known);
    this.#size += known.size - before;
  }

  /** Adds that a value is compared with some texts: `${Env}-x` with `prod-x`, which compares Env with prod. */
  compare(value: UnknownValue, texts: readonly string[]): void {
    for (const text of texts) {
      if (!mayBe(value, text)) continue;
      const part = value.parts?.find((each) => typeof each !== 'string');
      const of = part ? valuesOf(part, value.parts ?? [], text) : [];
      if (part && of.length <= MAX_SPLITS) this.compare(part, of);
      else this.add(expressionKey(value), [text]);
    }
  }
}

/** What the first unknown part of a text may be, where the whole is a text that it may be. */
function valuesOf(
  part: UnknownValue,
  parts: readonly (string | UnknownValue)[],
  text: string,
): string[] {
  const place = parts.indexOf(part);
  // Neighboring texts are one: there is at most one before it.
  const start = place > 0 ? (parts[0] as string).length : 0;
  return Array.from({ length: text.length - start + 1 }, (_, length) =>
    text.slice(start, start + length),
  ).filter(
    (each) => mayBe(part, each) && fits(parts.slice(place + 1), text.slice(start + each.length)),
  );
}

/** Whether a value that is not known may turn out to be a text. */
export function mayBe({ not, among, lacks, parts }: UnknownValue, text: string): boolean {
  if (not?.has(text) || (among && !among.includes(text))) return false;
  if (lacks !== undefined && text.includes(lacks)) return false;
  return !parts || fits(parts, text);
}

function fits(parts: readonly (string | UnknownValue)[], text: string): boolean {
  // How far into the text the parts so far may reach.
  let ends = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const start of ends) {
      if (typeof part === 'string') {
        if (text.startsWith(part, start)) next.add(start + part.length);
        continue;
      }
      for (let end = start; end <= text.length; end++)
        if (mayBe(part, text.slice(start, end))) next.add(end);
    }
    ends = next;
  }
  return ends.has(text.length);
}
