/** AllowedValues of parameters that FSx refuses in any combination. */
import { LIMITS } from '../../lustre/explore';
import { member, textOf } from '../../template/node';
import { isList, type Template } from '../../template/template';
import type { Problem } from './problem';
import { problemsOf } from './problems';
import type { Deployment } from '../../template/deployment';
import { forEachDeployment } from '../../template/deployments';
import { outcomeIn, type FileSystem, type ReviewOptions } from '../file-systems';
import { associationProblems } from './check-associations';
import { findingAt, type Finding } from '../finding';

/**
 * A warning, at the value, for each allowed value that can never be chosen. Each is first tried with all other parameters at
 * their defaults; if FSx refuses that, it is tried with all combinations. Parameters that decide a condition are already
 * varied by the other checks.
 */
export function checkChoices(
  template: Template,
  fileSystems: readonly FileSystem[],
  varied: ReadonlySet<string>,
  options: ReviewOptions,
): Finding[] {
  const choices = choicesOf(template, options)
    .filter(({ parameter }) => !varied.has(parameter))
    .slice(0, LIMITS.choices);
  const { work } = template;
  const end = work.steps + LIMITS.choiceWork * LIMITS.choicesWork;
  return choices.flatMap((choice) =>
    work.steps > end
      ? []
      : (work.attempt(LIMITS.choiceWork, () => refused(template, fileSystems, choice, options)) ??
        []),
  );
}

function refused(
  template: Template,
  fileSystems: readonly FileSystem[],
  { parameter, value, texts, ...place }: Choice,
  options: ReviewOptions,
): Finding[] {
  const given = texts.map((text) => ({
    ...options,
    parameters: new Map(options.parameters).set(parameter, text),
  }));
  for (const fileSystem of fileSystems) {
    // Without a default, what is wrong whatever is chosen is told where the parameter is used.
    const hasDefault = member(template.parameter(parameter), 'Default') !== undefined;
    const of = hasDefault ? value : undefined;
    const [found = [], ...others] = given.map((chosen) =>
      always(template, fileSystem, chosen, options, of),
    );
    const problem = found.find((each) => others.every((problems) => has(problems, each)));
    if (!problem) continue;
    const { logicalId = fileSystem.logicalId, property, rule, message } = problem;
    return [
      findingAt(template, place, {
        logicalId,
        property,
        rule,
        message: `${value === '' ? 'The empty value' : value} is never valid for ${parameter}: ${message}`,
        severity: 'warning',
      }),
    ];
  }
  return [];
}

interface Choice {
  readonly parameter: string;
  readonly value: string;
  /** What the parameter is when the value is chosen. */
  readonly texts: readonly string[];
  /** Offset of the value. */
  readonly at: number;
  readonly end: number;
}

/** Every allowed value of a parameter except its default. None for parameters that are given. */
function choicesOf(template: Template, { parameters }: ReviewOptions): Choice[] {
  return template.parameterNames.flatMap((parameter) => {
    const declared = template.parameter(parameter);
    const listed = member(declared, 'AllowedValues');
    if (parameters?.has(parameter) || listed?.kind !== 'list') return [];
    const type = textOf(member(declared, 'Type')) ?? '';
    if (!isList(type) && template.allowedValues(parameter) === undefined) return [];
    const usual = textOf(member(declared, 'Default'));
    // Each value of a list is tried as its only item, and as every item: what takes the list may need several.
    const places = isList(type) ? (usual?.split(',') ?? []) : [];
    return listed.items.flatMap((item) => {
      const value = textOf(item);
      return value === undefined || value === usual
        ? []
        : [
            {
              parameter,
              value,
              texts: [...new Set([value, places.map(() => value).join(',') || value])],
              at: item.at,
              end: item.end,
            },
          ];
    });
  });
}

/**
 * The errors that a choice causes whatever else is chosen: those that the default does not have, or has of itself.
 *
 * @param value The chosen value, if the parameter has a default.
 */
function always(
  template: Template,
  fileSystem: FileSystem,
  chosen: ReviewOptions,
  before: ReviewOptions,
  value: string | undefined,
): ProblemOf[] {
  const usual = errorsIn(template, fileSystem, { ...chosen, nonDefault: 'none' });
  if (usual.length === 0) return [];
  const standing = errorsIn(template, fileSystem, before);
  const all = errorsIn(template, fileSystem, { ...chosen, nonDefault: 'any' });
  // Such messages begin with the property and its value. One that is also told without the choice is about another value.
  const isItsOwn = ({ message }: Problem): boolean =>
    message.split(' ')[1] === value && !standing.some((each) => each.message === message);
  return usual.filter((each) => has(all, each) && (isItsOwn(each) || !has(standing, each)));
}

const has = (problems: readonly Problem[], { rule, property }: Problem): boolean =>
  problems.some((each) => each.rule === rule && each.property === property);

/** A problem of a file system, or of the resource of this name. */
type ProblemOf = Problem & { readonly logicalId?: string };

/** The errors of a file system and its associations in a deployment; undefined if it is not created there. */
function problemsIn(
  template: Template,
  deployment: Deployment,
  fileSystem: FileSystem,
  options: ReviewOptions,
): ProblemOf[] | undefined {
  const outcome = outcomeIn(deployment, fileSystem);
  const { properties } = outcome;
  if (!properties) return undefined;
  const found = problemsOf(template, { ...outcome, properties }, fileSystem.type, {
    ...options,
    work: template.work,
  });
  return [
    ...found.filter(({ severity = 'error', unchecked }) => severity === 'error' && !unchecked),
    ...associationProblems(deployment, fileSystem, outcome),
  ];
}

/** The errors that every outcome has, with the message of the first one. */
function errorsIn(template: Template, fileSystem: FileSystem, options: ReviewOptions): ProblemOf[] {
  const { results, complete } = forEachDeployment(template, options, (deployment) =>
    problemsIn(template, deployment, fileSystem, options),
  );
  if (!complete) return [];
  const [first = [], ...others] = results.filter((problems) => problems !== undefined);
  return first.filter((each) => others.every((problems) => has(problems, each)));
}
