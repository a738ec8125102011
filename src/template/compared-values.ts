/** What a template compares its unknown values with. */
import { LIMITS } from '../lustre/explore';
import { fits, type Unknown } from '../lustre/unknown';

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
    return this.#size < LIMITS.comparisons;
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
  compare(value: Unknown, texts: readonly string[]): void {
    const { parts = [] } = value.known;
    for (const text of texts) {
      if (!value.mayBe(text)) continue;
      const part = parts.find((each) => typeof each !== 'string');
      const of = part ? valuesOf(part, parts, text) : [];
      if (part && of.length <= LIMITS.splits) this.compare(part, of);
      else this.add(value.key, [text]);
    }
  }
}

/** What the first unknown part of a text may be, where the whole is a text that it may be. */
function valuesOf(part: Unknown, parts: readonly (string | Unknown)[], text: string): string[] {
  const place = parts.indexOf(part);
  // Neighboring texts are one: there is at most one before it.
  const start = place > 0 ? (parts[0] as string).length : 0;
  return Array.from({ length: text.length - start + 1 }, (_, length) =>
    text.slice(start, start + length),
  ).filter(
    (each) => part.mayBe(each) && fits(parts.slice(place + 1), text.slice(start + each.length)),
  );
}
