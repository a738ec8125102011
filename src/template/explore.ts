/** Takes one of `count` ways, numbered from 0; the same key takes the same way throughout a run. */
export type Choose = (key: string, count: number) => number;

/** The first way of everything: the defaults. */
export const first: Choose = () => 0;

/** More ways through one resource than a template sensibly has. */
export const MOST_RUNS = 256;

/**
 * Runs a function once for every combination of its choices: first with way 0 of everything, which are the defaults, then
 * with one choice another way, then with two, and so on, so that where there are too many of them, every way has been
 * taken once before the combinations are. `isOver` tells after a run that no other is wanted.
 */
export function explore<T>(
  run: (choose: Choose) => T,
  { limit = MOST_RUNS, isOver = () => false }: { limit?: number; isOver?: () => boolean } = {},
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

/** One choice more another way: only of those asked after the others, so that each combination comes up once. */
function* further(
  others: ReadonlyMap<string, number>,
  asked: ReadonlyMap<string, number>,
): Generator<ReadonlyMap<string, number>> {
  let settled = others.size;
  for (const [key, count] of asked) {
    if (others.has(key)) settled--;
    else if (settled <= 0)
      for (let way = 1; way < count; way++) yield new Map([...others, [key, way]]);
  }
}
