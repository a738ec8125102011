/** What can be said of a text that is not all known: what it may be, and which part of it decides that. */
import { keyOf, type UnknownValue } from './values';

/** More than any sensible template compares; beyond, not every comparison is taken to hold once. */
const MOST_QUESTIONS = 512;

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
      const [inner, rest] = deciding(value, text);
      this.ask(keyOf(inner), [rest]);
    }
  }
}

/** Whether a value that is not known may turn out to be a text. */
export function mayBe({ not, among, parts }: UnknownValue, text: string): boolean {
  if (not?.has(text) || (among && !among.includes(text))) return false;
  if (!parts) return true;
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

/** Of a text with one part that is not known, that part, and what it is where the whole is a text that it may be. */
export function deciding(value: UnknownValue, text: string): readonly [UnknownValue, string] {
  const { parts = [] } = value;
  const [only, ...others] = parts.filter((part) => typeof part !== 'string');
  if (only === undefined || others.length > 0) return [value, text];
  // Neighbouring texts are one: there is at most one before the part, and one behind it.
  const lengthOf = (part: UnknownValue | string | undefined) =>
    typeof part === 'string' ? part.length : 0;
  return deciding(only, text.slice(lengthOf(parts[0]), text.length - lengthOf(parts.at(-1))));
}
