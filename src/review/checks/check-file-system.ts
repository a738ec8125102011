/** Checks one file system in every deployment that its template may have. */
import type { Work } from '../../lustre/explore';
import { PSEUDO_PARAMETERS } from '../../template/deployment';
import type { Template } from '../../template/template';
import type { Value } from '../../template/values';
import { arnsElsewhere } from './arn-region';
import { besides } from './deployment-problems';
import { withoutElimination } from './elimination';
import {
  fewestNonDefaults,
  outcomesOf,
  type Created,
  type FileSystem,
  type ReviewOptions,
} from '../file-systems';
import { findingAt, type Finding, type Note } from '../finding';
import { otherBucket } from './linked-buckets';
import type { Problem } from './problem';
import { problemsOf } from './problems';
import { missingValues, textAt } from '../resource-model';
import type { ResourceType } from '../resource-types';
import { withBackup } from './restored-backup';
import { whenOf } from '../when';

/** The findings of one file system, whether any deployment creates it, and the parameters that were varied. */
export function checkFileSystem(
  template: Template,
  fileSystem: FileSystem,
  options: ReviewOptions,
): { findings: Finding[]; notes: Note[]; isCreated: boolean; varied: Set<string> } {
  const { logicalId, at, type } = fileSystem;
  const { outcomes, created, complete } = outcomesOf(template, fileSystem, options, withBackup);
  const { file } = template;
  const noteAt = (offset: number) => ({ file, logicalId, ...template.placeAt(offset) });
  const usual = created.filter(({ byDefault }) => byDefault);
  const unsettled = (usual.length > 0 ? usual : created).flatMap((each) => unknownsOf(each, at));
  const notes: Note[] = [...new Map(unsettled)].map(([message, offset]) => ({
    ...noteAt(offset),
    message,
  }));
  if (!complete)
    notes.push({
      ...noteAt(at),
      message: `More than ${outcomes.length} combinations of conditions: the others were not checked.`,
      always: true,
    });
  if (created.length === 0)
    notes.push({
      ...noteAt(at),
      message: 'No deployment of the template creates it, so it was not checked.',
      always: true,
    });

  const reviewed = { ...options, work: template.work };
  const found = new Map<string, { problem: Problem; in: Set<Created> }>();
  for (const outcome of created) {
    const { properties, region } = outcome;
    const refused = markedProblemsOf(template, outcome, type, reviewed);
    const problems = [
      ...refused,
      ...(properties.kind === 'object'
        ? [
            ...otherBucket(properties, type),
            // A property that is refused anyway needs no other region.
            ...arnsElsewhere(properties, type, options.region ?? region).filter(
              ({ property }) => !refused.some((each) => each.property === property),
            ),
          ]
        : []),
    ];
    for (const problem of problems) {
      const before = found.get(keyOf(problem));
      if (before) before.in.add(outcome);
      else found.set(keyOf(problem), { problem, in: new Set([outcome]) });
    }
  }
  if (created.length > 0 && !created.some(({ byDefault }) => byDefault)) {
    for (const problem of problemsOfDefaults(template, fileSystem, options))
      found.set(keyOf(problem), { problem, in: new Set(created) });
  }
  const least = fewestNonDefaults(created);
  const findings: Finding[] = [];
  for (const { problem, in: affected } of merged([...found.values()])) {
    const when = whenOf(affected, created, template.work);
    if (problem.unchecked)
      notes.push({ ...noteAt(problem.at), message: problem.message, always: true });
    else if (problem.isByElimination)
      notes.push({ ...noteAt(problem.at), message: forOthers(problem, when), always: true });
    else if (fewestNonDefaults(affected) < least + 2)
      findings.push(findingAt(template, problem, { ...problem, logicalId, when }));
    else
      notes.push({ ...noteAt(problem.at), message: besides(problem.message, when), always: true });
  }
  const varied = new Set(outcomes.flatMap((each) => [...each.varied]));
  return { findings, notes, isCreated: created.length > 0, varied };
}

interface Affected {
  problem: Problem;
  readonly in: Set<Created>;
}

/**
 * Merges problems that are the same mistake: one that is about a known value in one outcome and an unknown one in another,
 * and a missing property that is missing for several reasons.
 */
function merged(all: readonly Affected[]): Affected[] {
  const kept: Affected[] = [];
  for (const each of all.toSorted((a, b) => Number(isOpen(a)) - Number(isOpen(b)))) {
    const same = kept.find(
      ({ problem: { at, rule, property } }) =>
        (isOpen(each) || rule === 'required') &&
        at === each.problem.at &&
        rule === each.problem.rule &&
        property === each.problem.property,
    );
    if (!same) {
      kept.push({ ...each, in: new Set(each.in) });
      continue;
    }
    for (const outcome of each.in) same.in.add(outcome);
    if (each.problem.rule === 'required') same.problem = inCommon(same.problem, each.problem);
  }
  return kept;
}

/** What two problems of a missing property have in common. */
const inCommon = (one: Problem, other: Problem): Problem =>
  one.message === other.message
    ? one
    : { ...one, message: `${one.property} is required.`, repairs: [] };

const isOpen = ({ problem }: Affected): boolean => problem.isOpen ?? false;

/** The message for a problem of values that the template does not mention. */
const forOthers = ({ message }: Problem, when: string): string =>
  `${message} This applies only where ${when || 'a parameter has another value'}: ` +
  'list the valid values in AllowedValues if no other value is intended.';

const keyOf = ({ at, rule, property, message, isByElimination }: Problem): string =>
  [at, rule, property, message, isByElimination === true].join(' ');

/**
 * For a file system that is not created when all parameters have their defaults: the problems of the other defaults in the
 * deployments that create it.
 */
function problemsOfDefaults(
  template: Template,
  fileSystem: FileSystem,
  options: ReviewOptions,
): Problem[] {
  const decided = { ...options, nonDefault: 'deciding' } as const;
  const kept = outcomesOf(template, fileSystem, decided, withBackup);
  if (!kept.complete) return [];
  const [first = [], ...others] = kept.created.map((each) =>
    problemsOf(template, each, fileSystem.type, { ...options, work: template.work }),
  );
  const keys = others.map((problems) => new Set(problems.map(keyOf)));
  return first.filter((problem) => keys.every((each) => each.has(keyOf(problem))));
}

/** As `problemsOf`, with a mark on those that are only so by elimination. */
function markedProblemsOf(
  template: Template,
  outcome: Created,
  type: ResourceType,
  options: ReviewOptions & { readonly work: Work },
): Problem[] {
  const { properties } = outcome;
  const problems = problemsOf(template, outcome, type, options).map((problem) => ({
    ...problem,
    message: `${problem.message}${outsideSub(template, properties, problem)}`,
  }));
  const opened = problems.length > 0 ? withoutElimination(properties) : undefined;
  if (!opened) return problems;
  const stay = problemsOf(template, { ...outcome, properties: opened }, type, options).map(placeOf);
  return problems.map((problem) =>
    stay.includes(placeOf(problem)) ? problem : { ...problem, isByElimination: true },
  );
}

/** A sentence on a variable that is written outside Fn::Sub, which leaves it as it is. */
function outsideSub(template: Template, properties: Value, { property }: Problem): string {
  const text = properties.kind === 'object' ? textAt(properties, property) : undefined;
  const names = [...(text ?? '').matchAll(/\$\{([A-Za-z0-9:]+)(?:\.[A-Za-z0-9.]+)?\}/g)];
  const known = names.find(
    ([, name = '']) =>
      PSEUDO_PARAMETERS.has(name) || (template.parameter(name) ?? template.resource(name)),
  );
  return known
    ? ` Only Fn::Sub replaces ${known[0]}: write the text as an argument of Fn::Sub.`
    : '';
}

const placeOf = ({ rule, property }: Problem): string => `${rule} ${property}`;

/** The unknown values of a file system, as messages with their offsets. */
function unknownsOf({ properties }: Created, at: number): [string, number][] {
  const skipped = 'rules that need it were not checked';
  if (properties.kind === 'unknown') {
    return [
      [`It was not checked: its properties are not known, because ${properties.unknown.why}.`, at],
    ];
  }
  if (properties.kind !== 'object') return [];
  return missingValues(properties).flatMap(({ path, value, at: place }) =>
    value === 'null' ? [] : [[`${path} is not known, because ${value.why}: ${skipped}.`, place]],
  );
}
