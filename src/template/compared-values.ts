/** What can be said of a text that is not all known: what it may be, and what has to be asked to know whether it is. */
import { keyOf, type UnknownValue } from './values';

/** More than any sensible template compares; beyond, not every comparison is taken to hold once. */
const MOST_QUESTIONS = 512;

/** As many ways to take a text apart are looked at one by one; of more, only whether it is that text. */
const MOST_PARTITIONS = 8;

/**
 * What conditions and mappings compare what is not known with, by its key. The worlds of a template share it: what the
 * first ones ask, the next ones take as values.
 */
export class Questions {
  readonly #compared = new Map<string, Set<string>>();
  #size = 0;

  /** Grows with every question that was not asked before. */
  get size(): number {
    return this.#size;
  }

  get complete(): boolean {
    return this.#size < MOST_QUESTIONS;
  }

  about(key: string): ReadonlySet<string> | undefined {
    return this.#compared.get(key);
  }

  ask(key: string, values: Iterable<string> = []): void {
    if (!this.complete) return;
    const known = this.#compared.get(key) ?? new Set();
    const before = this.#compared.has(key) ? known.size : -1;
    for (const value of values) known.add(value);
    this.#compared.set(key, known);
    this.#size += known.size - before;
  }

  /** Asks whether a value is one of some texts: `${Env}-x` is `prod-x` where Env is prod. */
  askWhether(value: UnknownValue, texts: readonly string[]): void {
    for (const text of texts) {
      if (!mayBe(value, text)) continue;
      const part = value.parts?.find((each) => typeof each !== 'string');
      const of = part ? valuesOf(part, value.parts ?? [], text) : [];
      if (part && of.length <= MOST_PARTITIONS) this.askWhether(part, of);
      else this.ask(keyOf(value), [text]);
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
  // Neighbouring texts are one: there is at most one before it.
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
