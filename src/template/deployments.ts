/** The deployments that a template may have, as far as they differ for what is asked of them. */
import { explore, first, LIMITS } from '../lustre/explore';
import { ComparedValues } from './compared-values';
import { Deployment, ImpossibleDeployment } from './deployment';
import { constraintProblem } from './parameter-constraints';
import { brokenRule } from './rules-section';
import { Unreadable } from './source-tree';
import type { Stack } from './stack';
import type { DeploymentOptions, Template } from './template';

/** What a deployment takes, beside what is evaluated in it. */
const STEPS_OF_A_DEPLOYMENT = 20;

/** The deployment by default, for what is the same in all of them. */
export const defaultDeployment = (template: Template, options: DeploymentOptions): Deployment =>
  new Deployment(template, options, first, new ComparedValues(), {
    byDefault: true,
    lenient: true,
  });

/** The one deployment that a stack is. */
export const stackDeployment = (template: Template, stack: Stack): Deployment =>
  new Deployment(template, { stack }, first, new ComparedValues(), {
    byDefault: true,
    lenient: false,
  });

/**
 * Holds the parameters that are given against what the template allows: their declarations, and its Rules.
 * @throws Unreadable where CloudFormation would refuse them.
 */
export function refuseParameters(template: Template, options: DeploymentOptions): void {
  const { parameters = new Map<string, string | undefined>() } = options;
  for (const [name, value] of parameters) {
    const declared = template.parameter(name);
    const problem = declared && value !== undefined && constraintProblem(name, declared, value);
    if (problem)
      throw new Unreadable(
        `CloudFormation refuses this: ${problem}`,
        template.placeAt(declared.at),
      );
  }
  const isGiven = template.parameterNames.some((name) => parameters.has(name));
  const broken = isGiven ? brokenRule(defaultDeployment(template, options)) : undefined;
  if (!broken) return;
  const { name, description, at } = broken;
  const said = description === '' ? 'an assertion does not hold' : description;
  throw new Unreadable(
    `CloudFormation refuses these parameters by the rule ${name}: ${said}`,
    template.placeAt(at),
  );
}

/**
 * Visits each deployment: first those where parameters have their defaults, then those where some have not, and what the
 * template does not compare is not known. Those that CloudFormation would refuse, by a mapping or by the Rules of the
 * template, are left out, unless that leaves none. `complete` tells whether all of them were visited.
 */
export function forEachDeployment<T>(
  template: Template,
  options: DeploymentOptions,
  visit: (deployment: Deployment) => T,
): { results: T[]; complete: boolean } {
  const compared = new ComparedValues();
  let lenient = false;
  for (let round = 1; ; round++) {
    const before = compared.size;
    // A comparison brings up values that earlier deployments did not have: once more, with those.
    const isOver = () => compared.size > before && round < LIMITS.rounds;
    const runs = (byDefault: boolean) =>
      explore(
        (choose) => {
          template.work.spend(STEPS_OF_A_DEPLOYMENT);
          const kind = { byDefault, lenient };
          const deployment = new Deployment(template, options, choose, compared, kind);
          return { deployment, ...visited(deployment, visit) };
        },
        LIMITS.deployments,
        isOver,
      );
    const usual = runs(true);
    if (isOver()) continue;
    const hasOthers =
      options.nonDefault === 'any' ||
      usual.results.some(({ deployment }) => deployment.hasNonDefaultOnes);
    const others = hasOthers ? runs(false) : { results: [], complete: true };
    if (isOver()) continue;
    const results = [...usual.results, ...others.results];
    const possible = results.flatMap(({ seen }) => seen ?? []);
    if (possible.length === 0 && !lenient && results.some(({ impossible }) => impossible)) {
      lenient = true;
      continue;
    }
    const complete =
      usual.complete && others.complete && compared.isComplete && compared.size === before;
    return { results: possible, complete };
  }
}

/** What is seen in a deployment, as a list of one; nothing where there is no such deployment. */
function visited<T>(
  deployment: Deployment,
  visit: (deployment: Deployment) => T,
): { seen?: T[]; impossible?: true } {
  try {
    const seen = [visit(deployment)];
    return brokenRule(deployment) ? {} : { seen };
  } catch (error) {
    if (!(error instanceof ImpossibleDeployment)) throw error;
    return { impossible: true };
  }
}
