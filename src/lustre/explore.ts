/** What may be: every combination of the choices that something depends on, in bounded work. */

/**
 * Chooses one of some alternatives: of the values that an unknown one may have, or of true and false for a condition. The
 * same key gets the same one throughout a run. Undefined where there are none.
 */
export type Choose = <T>(key: string, alternatives: readonly T[]) => T | undefined;

/** The first alternative of everything: the defaults. */
export const first: Choose = (_, [usual]) => usual;

/** Where exploring ends, so that no template takes long. */
export const LIMITS = {
  /** Deployments of a template: more combinations of conditions than one resource sensibly has. Beyond, a note says so. */
  deployments: 256,
  /** Rounds of deployments that bring up values for the next ones: more than a template needs until there are no new ones. */
  rounds: 64,
  /** What all unknown values of a template are compared with, together: more than a sensible template has. Beyond, a note. */
  comparisons: 512,
  /** Ways to split one text into its unknown parts: beyond, it is only compared as a whole. */
  splits: 8,
  /** UTF-16 code units of a text that is split into its unknown parts: more than a name has. */
  splitLength: 256,
  /** Ways tried to put a text together of unknown parts: beyond, it is taken to be possible. */
  fits: 20_000,
  /** Configurations that one rule tells apart, by the properties that it looks at: beyond, nothing is certain. */
  configurations: 4096,
  /** Values of parameters that are tried one by one: more than a template offers. */
  choices: 512,
  /** Steps for one of them, and how many times as many for all together: beyond, nothing is said of them. */
  choiceWork: 20_000,
  choicesWork: 25,
  /** Configurations that are estimated to learn what an estimate waits for: beyond, it may wait for more than is told. */
  estimates: 64,
  /**
   * Steps in all for one template: a value that is evaluated, a rule that is carried out and so on, see `Work`. A template of
   * 500 file systems takes some hundred thousand. Beyond, it is not reviewed.
   */
  work: 4_000_000,
} as const;

/** What has been asked for means more than can be looked at in a few seconds. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';

  constructor() {
    super('this can resolve to too many values to check all of them');
  }
}

/** Counts the steps that are taken for one template, in all that is done for it. A step takes about a microsecond. */
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

  /** @throws TooMuchWork */
  spend(steps = 1): void {
    this.#steps += steps;
    if (this.#steps > this.#most) throw new TooMuchWork();
  }

  /** Runs what the rest can do without, in at most so many steps; undefined where it would take more. */
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
 * Runs a function once for every combination of its choices: first with the first alternative of everything, then with
 * one choice that differs, then with two, and so on. So where there are more combinations than the limit, every
 * alternative has been chosen once before they are. `isOver` tells after a run that no other is wanted.
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
    // More can wait than will ever be run.
    if (queue.length <= limit) queue.push(...further(others, asked));
  }
  return { results, complete: true };
}

/** One choice more that differs: only of those asked after the others, so that each combination comes up once. */
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
