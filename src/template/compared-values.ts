/** The values that a template compares unknown values with. */
import { LIMITS } from '../lustre/explore';
import { fits, type Unknown } from '../lustre/unknown';

type Alternatives = readonly (string | Unknown)[];

/**
 * The texts that conditions and mappings compare unknown values with, by the key of the expression. The deployments of a
 * template share this object: a text that the first deployments compare a value with becomes its value in later ones.
 */
export class ComparedValues {
  readonly #values = new Map<string, Set<string>>();
  readonly #alternatives = new Map<string, { size: number; texts: Alternatives }>();
  #size = 0;

  /** Increases with every new comparison. */
  get size(): number {
    return this.#size;
  }

  get isComplete(): boolean {
    return this.#size < LIMITS.comparisons;
  }

  /** The texts that an expression is compared with; undefined if nothing depends on it. */
  of(key: string): ReadonlySet<string> | undefined {
    return this.#values.get(key);
  }

  /**
   * The possible values of an expression that is compared: each text that it is compared with and can have, and any other
   * value.
   */
  alternatives(value: Unknown): Alternatives {
    const compared = this.#values.get(value.key) ?? new Set();
    const id = JSON.stringify([value.key, ...(value.known.not ?? [])]);
    const before = this.#alternatives.get(id);
    if (before?.size === compared.size) return before.texts;
    const texts = value.alternatives(compared);
    this.#alternatives.set(id, { size: compared.size, texts });
    return texts;
  }

  add(key: string, values: Iterable<string> = []): void {
    if (!this.isComplete) return;
    const known = this.#values.get(key) ?? new Set();
    let added = this.#values.has(key) ? 0 : 1;
    for (const value of values) {
      if (this.#size + added >= LIMITS.comparisons) break;
      if (!known.has(value)) added++;
      known.add(value);
    }
    this.#values.set(key, known);
    this.#size += added;
  }

  /** Records that a value is compared with texts. `${Env}-x` compared with `prod-x` compares Env with prod. */
  compare(value: Unknown, texts: readonly string[]): void {
    const { parts = [] } = value.known;
    for (const text of texts) {
      if (!value.mayBe(text)) continue;
      const part = parts.find((each) => typeof each !== 'string');
      const of = part && text.length <= LIMITS.splitLength ? valuesOf(part, parts, text) : [];
      if (part && of.length > 0 && of.length <= LIMITS.splits) this.compare(part, of);
      else this.add(value.key, [text]);
    }
  }
}

/** The possible values of the first unknown part of a text, if the whole has a certain value. */
function valuesOf(part: Unknown, parts: readonly (string | Unknown)[], text: string): string[] {
  const place = parts.indexOf(part);
  // Adjacent texts are merged, so at most one precedes the part.
  const start = place > 0 ? (parts[0] as string).length : 0;
  return Array.from({ length: text.length - start + 1 }, (_, length) =>
    text.slice(start, start + length),
  ).filter(
    (each) => part.mayBe(each) && fits(parts.slice(place + 1), text.slice(start + each.length)),
  );
}
