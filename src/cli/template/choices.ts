/** Takes one of `count` ways, numbered from 0; the same key takes the same way throughout a run. */
export type Choose = (key: string, count: number) => number;

/** The first way of everything: the defaults. */
export const first: Choose = () => 0;

/** More ways through one resource than a template sensibly has. */
export const MOST_RUNS = 256;

/**
 * Runs a function once for every combination of its choices: whatever it asks `choose` is answered first with 0, then, in
 * further runs, with the other numbers. The first run is that of the first choices, which are the defaults.
 */
export function explore<T>(
  run: (choose: Choose) => T,
  limit = MOST_RUNS,
): { results: T[]; complete: boolean } {
  const results: T[] = [];
  const path: { taken: number; count: number }[] = [];
  for (;;) {
    const taken = new Map<string, number>();
    results.push(
      run((key, count) => {
        const before = taken.get(key);
        if (before !== undefined || count < 2) return before ?? 0;
        const step = (path[taken.size] ??= { taken: 0, count });
        taken.set(key, step.taken);
        return step.taken;
      }),
    );
    while (isLastWay(path.at(-1))) path.pop();
    const last = path.at(-1);
    if (last === undefined) return { results, complete: true };
    if (results.length >= limit) return { results, complete: false };
    last.taken++;
  }
}

const isLastWay = (step: { taken: number; count: number } | undefined): boolean =>
  step?.taken === (step?.count ?? 0) - 1;
