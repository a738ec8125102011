/** Runs a function for every combination of the choices that it depends on, with bounded work. */

/**
 * Chooses one of several alternatives: a value that an unknown may have, or true or false for a condition. Within a run, the
 * same key always gets the same choice. Undefined if there are no alternatives.
 */
export type Choose = <T>(key: string, alternatives: readonly T[]) => T | undefined;

/** Chooses the first alternative of everything: the default. */
export const first: Choose = (_, [usual]) => usual;

/** The limits of the exploration, so that no template takes long. */
export const LIMITS = {
  /** Deployments of a template: more combinations of conditions than a template normally has. Beyond, a note says so. */
  deployments: 256,
  /** Rounds of deployments in which values appear that the next round needs: more than templates normally take. */
  rounds: 64,
  /** Values that all unknown values of a template are compared with, in total. Beyond, a note says so. */
  comparisons: 512,
  /** Ways to split one text into its unknown parts. Beyond, it is compared as a whole only. */
  splits: 8,
  /** UTF-16 code units of a text that is split into its unknown parts: longer than any name. */
  splitLength: 256,
  /** Attempts to compose a text from unknown parts. Beyond, it counts as possible. */
  fits: 20_000,
  /** Configurations that one rule distinguishes by the properties that it reads. Beyond, nothing is certain. */
  configurations: 4096,
  /** Parameter values that are tried one by one: more than templates normally allow. */
  choices: 512,
  /** Steps for one of these values, and the factor for all of them together. Beyond, nothing is reported about them. */
  choiceWork: 20_000,
  choicesWork: 25,
  /** Configurations that are estimated to learn what an estimate depends on. Beyond, it may depend on more than is reported. */
  estimates: 64,
  /**
   * Total steps for one template, such as the evaluation of a value or of a rule; see `Work`. A template with 500 file
   * systems takes some hundred thousand. Beyond, it is not reviewed.
   */
  work: 4_000_000,
} as const;

/** Thrown where a review would take more than a few seconds. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';

  constructor() {
    super('this can resolve to too many values to check all of them');
  }
}

/** Counts the steps of all work for one template. A step takes about a microsecond. */
export class Work {
  #steps = 0;
  #most: number;

  constructor(most: number = LIMITS.work) {
    this.#most = most;
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** @throws TooMuchWork beyond `LIMITS.work`. */
  spend(steps = 1): void {
    this.#steps += steps;
    if (this.#steps > this.#most) throw new TooMuchWork();
  }

  /** Runs optional work within a number of steps; undefined if it would take more. */
  attempt<T>(most: number, run: () => T): T | undefined {
    const before = this.#most;
    this.#most = Math.min(before, this.#steps + most);
    try {
      return run();
    } catch (error) {
      if (error instanceof TooMuchWork) return undefined;
      throw error;
    } finally {
      this.#most = before;
    }
  }
}

/**
 * Runs a function once for every combination of its choices: first with the first alternative of everything, then with one
 * choice that differs, then with two, and so on. If there are more combinations than the limit, every alternative has been
 * chosen at least once before they are cut off. `isOver` may end the exploration after any run.
 */
export function explore<T>(
  run: (choose: Choose) => T,
  limit: number,
  isOver: (result: T) => boolean = () => false,
): { results: T[]; complete: boolean } {
  const results: T[] = [];
  const queue: ReadonlyMap<string, number>[] = [new Map()];
  for (const others of queue) {
    if (results.length >= limit) return { results, complete: false };
    const asked = new Map<string, number>();
    const result = run((key, alternatives) => {
      if (!asked.has(key) && alternatives.length > 1) asked.set(key, alternatives.length);
      return alternatives[others.get(key) ?? 0];
    });
    results.push(result);
    if (isOver(result)) break;
    // More may be waiting than will ever run.
    if (queue.length <= limit) queue.push(...further(others, asked));
  }
  return { results, complete: true };
}

/**
 * The combinations with one more choice that differs. It is one that was made after the others, so that no combination
 * appears twice.
 */
function* further(
  others: ReadonlyMap<string, number>,
  asked: ReadonlyMap<string, number>,
): Generator<ReadonlyMap<string, number>> {
  let settled = others.size;
  for (const [key, count] of asked) {
    if (others.has(key)) settled--;
    else if (settled <= 0)
      for (let other = 1; other < count; other++) yield new Map([...others, [key, other]]);
  }
}
