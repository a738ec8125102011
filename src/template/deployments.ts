/** The deployments that a template may have, as far as they differ in what is read from them. */
import { explore, first, LIMITS, type Choose } from '../lustre/explore';
import { Unknown } from '../lustre/unknown';
import { ComparedValues } from './compared-values';
import { Deployment, ImpossibleDeployment } from './deployment';
import { constraintProblem } from './parameter-constraints';
import { brokenRule } from './rules-section';
import { Unreadable } from './source-tree';
import type { Stack } from './stack';
import type { DeploymentOptions, Template } from './template';

/** The steps of work for a deployment, apart from evaluations in it. */
const STEPS_OF_A_DEPLOYMENT = 20;

/** The default deployment, for values that are the same in all deployments. */
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

/** The deployment of a stack. */
export const stackDeployment = (template: Template, stack: Stack): Deployment =>
  new Deployment(template, { stack }, first, new ComparedValues(), {
    byDefault: true,
    lenient: false,
  });

/**
 * Checks the given parameters against their declarations and the Rules of the template.
 *
 * @throws Unreadable if CloudFormation would refuse them.
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
  const said = description === '' ? 'an assertion is false' : description;
  throw new Unreadable(
    `CloudFormation refuses these parameters by the rule ${name}: ${said}`,
    template.placeAt(at),
  );
}

/** The rule that refuses the defaults of the parameters, if other values may be accepted. */
export function brokenByDefaults(
  template: Template,
  options: DeploymentOptions,
): ReturnType<typeof brokenRule> {
  const anyValues = new Deployment(
    template,
    { ...options, nonDefault: 'any' },
    first,
    new ComparedValues(),
    { byDefault: false, lenient: true },
  );
  return brokenRule(anyValues) ? undefined : brokenRule(defaultDeployment(template, options));
}

/**
 * Visits each deployment: first those in which parameters have their defaults, then the others. Values that the template does
 * not compare are unknown. Deployments that CloudFormation would refuse, because of a mapping or the Rules of the template,
 * are skipped, unless all are. If a mapping rules out all of those with defaults, these are visited. `complete` tells whether all deployments were visited.
 */
export const forEachDeployment = <T>(
  template: Template,
  options: DeploymentOptions,
  visit: (deployment: Deployment) => T,
): { results: T[]; complete: boolean } => forEachJoint([{ template, options }], visit);

/**
 * As `forEachDeployment`, for the deployed template and the new one. A value that conditions depend on is the same in both if
 * both allow it. Parameters with their defaults have those of each template.
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
  // Which deployments are visited although CloudFormation refuses them, so that the reason can be told.
  let lenient: 'none' | 'default' | 'all' = 'none';
  for (let round = 1; ; round++) {
    const before = compared.size;
    // A comparison may add values that earlier deployments did not have. Then the deployments are visited again.
    const isOver = () => compared.size > before && round < LIMITS.rounds;
    const runs = (byDefault: boolean) =>
      explore(
        (choose) => {
          for (const { template } of templates) template.work.spend(STEPS_OF_A_DEPLOYMENT);
          const kind = {
            byDefault,
            lenient: lenient === 'all' || (byDefault && lenient === 'default'),
          };
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
    if (lenient === 'none' && isImpossible(usual.results)) {
      lenient = 'default';
      continue;
    }
    const hasOthers =
      templates.some(({ options }) => options.nonDefault === 'any') ||
      usual.results.some(({ deployments }) =>
        deployments.some(({ hasNonDefaultOnes }) => hasNonDefaultOnes),
      );
    const others = hasOthers ? runs(false) : { results: [], complete: true };
    if (isOver()) continue;
    const results = [...usual.results, ...others.results];
    const possible = results.flatMap(({ seen }) => seen ?? []);
    if (lenient !== 'all' && isImpossible(results)) {
      lenient = 'all';
      continue;
    }
    const complete =
      usual.complete && others.complete && compared.isComplete && compared.size === before;
    return { results: possible, complete };
  }
}

/** Whether all deployments were refused, and at least one because of a mapping. */
const isImpossible = (
  results: readonly { readonly seen?: unknown; readonly impossible?: true }[],
): boolean =>
  results.every(({ seen }) => seen === undefined) && results.some(({ impossible }) => impossible);

/** Makes the same choice in both templates of an update, if both offer it. */
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
      // A value that the other template does not have is an independent choice.
      return same ?? this.choose(`${key}, after the update`, alternatives);
    };
  }
}

function isSameChoice(one: unknown, other: unknown): boolean {
  const [left, right] = [one, other].map((each) => (each instanceof Unknown ? each.key : each));
  return left === right && one instanceof Unknown === other instanceof Unknown;
}

/** The results of a visit as a list with one item; empty if the deployment is impossible. */
function visited<T>(
  deployments: readonly Deployment[],
  see: () => T,
): { seen?: T[]; impossible?: true } {
  try {
    const seen = [see()];
    // Lenient deployments show what a template is like whose Rules refuse its own defaults.
    const broken = deployments.filter(brokenRule);
    if (broken.length === 0) return { seen };
    const byDefaults = broken.every(({ template, options }) => brokenByDefaults(template, options));
    if (!byDefaults) return {};
    return broken.every(({ kind }) => kind.lenient) ? { seen } : { impossible: true };
  } catch (error) {
    if (!(error instanceof ImpossibleDeployment)) throw error;
    return { impossible: true };
  }
}
