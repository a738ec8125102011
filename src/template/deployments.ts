/** The deployments that a template may have, as far as they differ for what is asked of them. */
import { explore, first, LIMITS, type Choose } from '../lustre/explore';
import { Unknown } from '../lustre/unknown';
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

/** A template, and what is known about its deployment. */
export interface DeployedTemplate {
  readonly template: Template;
  readonly options: DeploymentOptions;
}

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
export const forEachDeployment = <T>(
  template: Template,
  options: DeploymentOptions,
  visit: (deployment: Deployment) => T,
): { results: T[]; complete: boolean } => forEachJoint([{ template, options }], visit);

/**
 * The same for the template that a stack has and the one that it is updated to: whatever decides a condition has the same
 * value in both, wherever both allow it, but for parameters that have their defaults, which are each template's own.
 */
export const forEachUpdate = <T>(
  before: DeployedTemplate,
  after: DeployedTemplate,
  visit: (before: Deployment, after: Deployment) => T,
): { results: T[]; complete: boolean } => forEachJoint([before, after], visit);

type DeploymentOf<Of> = { readonly [Each in keyof Of]: Deployment };

function forEachJoint<const Of extends readonly DeployedTemplate[], T>(
  templates: Of,
  visit: (...deployments: DeploymentOf<Of>) => T,
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
          for (const { template } of templates) template.work.spend(STEPS_OF_A_DEPLOYMENT);
          const kind = { byDefault, lenient };
          const agreed = new AgreedChoices(choose);
          const deployments = templates.map(
            ({ template, options }) =>
              new Deployment(template, options, agreed.of(template), compared, kind),
          );
          const see = () => visit(...(deployments as unknown as DeploymentOf<Of>));
          return { deployments, ...visited(deployments, see) };
        },
        LIMITS.deployments,
        isOver,
      );
    const usual = runs(true);
    if (isOver()) continue;
    const hasOthers =
      templates.some(({ options }) => options.nonDefault === 'any') ||
      usual.results.some(({ deployments }) =>
        deployments.some(({ hasNonDefaultOnes }) => hasNonDefaultOnes),
      );
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

/** Makes the same choice in all templates of an update, where they offer the same. */
class AgreedChoices {
  readonly #chosen = new Map<string, { readonly by: Template; readonly value: unknown }>();

  constructor(private readonly choose: Choose) {}

  /** The choices of one of the templates. */
  of(template: Template): Choose {
    return (key, alternatives) => {
      const chosen = this.#chosen.get(key);
      if (chosen === undefined || chosen.by === template) {
        const value = this.choose(key, alternatives);
        if (value !== undefined) this.#chosen.set(key, { by: template, value });
        return value;
      }
      const same = alternatives.find((each) => isSameChoice(each, chosen.value));
      // What the other template does not have is a choice of its own.
      return same ?? this.choose(`${key}, after the update`, alternatives);
    };
  }
}

function isSameChoice(one: unknown, other: unknown): boolean {
  const [left, right] = [one, other].map((each) => (each instanceof Unknown ? each.key : each));
  return left === right && one instanceof Unknown === other instanceof Unknown;
}

/** What is seen in deployments, as a list of one; nothing where there are no such deployments. */
function visited<T>(
  deployments: readonly Deployment[],
  see: () => T,
): { seen?: T[]; impossible?: true } {
  try {
    const seen = [see()];
    return deployments.some(brokenRule) ? {} : { seen };
  } catch (error) {
    if (!(error instanceof ImpossibleDeployment)) throw error;
    return { impossible: true };
  }
}
