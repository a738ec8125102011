/** Chooses one of `count` alternatives, numbered from 0; the same key gets the same one throughout a run. */
export type Choose = (key: string, count: number) => number;

/** The first alternative of everything: the defaults. */
export const first: Choose = () => 0;

/** More combinations of conditions than a template sensibly has for one resource. */
const MAX_RUNS = 256;

/**
 * Runs a function once for every combination of its choices: first with alternative 0 of everything, which are the
 * defaults, then with one choice that differs, then with two, and so on. So where there are more combinations than the
 * limit, every alternative has been chosen once before they are. `isOver` tells after a run that no other is wanted.
 */
export function explore<T>(
  run: (choose: Choose) => T,
  { limit = MAX_RUNS, isOver = () => false }: { limit?: number; isOver?: () => boolean } = {},
): { results: T[]; complete: boolean } {
  const results: T[] = [];
  const queue: ReadonlyMap<string, number>[] = [new Map()];
  for (const others of queue) {
    if (results.length >= limit) return { results, complete: false };
    const asked = new Map<string, number>();
    results.push(
      run((key, count) => {
        if (!asked.has(key) && count > 1) asked.set(key, count);
        return others.get(key) ?? 0;
      }),
    );
    if (isOver()) break;
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
