/** The deployments that a template may have, as far as they differ for what is asked of them. */
import { allowedByRules } from './rules-section';
import { explore, first } from './explore';
import { Questions } from './compared-values';
import type { Settings, Template } from './template';
import { Ended, World } from './deployment';

/** More than any sensible template needs until no answer brings up another question. */
const MOST_ROUNDS = 64;

/** The deployment by default, for what is the same in all of them. */
export const defaultWorld = (template: Template, settings: Settings): World =>
  new World(template, settings, first, new Questions(), { byDefault: true, lenient: true });

/**
 * Visits each world: first those where parameters have their defaults, then those where some have not, and what the
 * template does not compare is not known. Those that CloudFormation would refuse, by a mapping or by the Rules of the
 * template, are left out, unless that leaves none.
 */
export function inEveryWorld<T>(
  template: Template,
  settings: Settings,
  visit: (world: World) => T,
): { results: T[]; complete: boolean } {
  const questions = new Questions();
  let lenient = false;
  for (let round = 1; ; round++) {
    const before = questions.size;
    // A question brings up values that earlier worlds did not take: once more, with those.
    const isOver = () => questions.size > before && round < MOST_ROUNDS;
    const runs = (byDefault: boolean) =>
      explore(
        (choose) => {
          const world = new World(template, settings, choose, questions, { byDefault, lenient });
          return { world, ...outcome(world, visit) };
        },
        { isOver },
      );
    const usual = runs(true);
    if (isOver()) continue;
    const leaves = usual.results.some(({ world }) => world.leavesDefaults);
    const others = leaves ? runs(false) : { results: [], complete: true };
    if (isOver()) continue;
    const results = [...usual.results, ...others.results];
    const possible = results.flatMap(({ seen }) => seen ?? []);
    if (possible.length === 0 && !lenient && results.some(({ ended }) => ended)) {
      lenient = true;
      continue;
    }
    const complete =
      usual.complete && others.complete && questions.complete && questions.size === before;
    return { results: possible, complete };
  }
}

/** What is seen in a world, as a list of one; nothing where there is no such deployment. */
function outcome<T>(world: World, visit: (world: World) => T): { seen?: T[]; ended?: true } {
  try {
    const seen = [visit(world)];
    return allowedByRules(world) ? { seen } : {};
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return { ended: true };
  }
}
