/** Checks one file system in every deployment that its template may have. */
import { checkPartial } from '../lustre/unresolved/check';
import { nameAdvice, adviceIfKnown } from '../lustre/properties/name-advice';
import { namesMeant, type Place } from '../lustre/properties/name-meaning';
import { nameRepair } from '../lustre/properties/name-repair';
import type { Work } from '../lustre/explore';
import { isObject, type Json } from '../lustre/json';
import { isWithin, pathOf, stepsOf, type Step } from '../lustre/paths';
import { LONGEST_LIST, Unknown, unknownsIn, valueAt } from '../lustre/unknown';
import type { Model } from '../lustre/unresolved/model';
import { severityOf, type Repair, type Violation } from '../lustre/violations';
import { withReferenceAdvice } from './reference-advice';
import { conflictsWith, withBackup } from './restored-backup';
import { whenOf } from './when';
import { membersOf, NATIVE_INNER, NATIVE_OUTER } from './name-places';
import { NATIVE_NOT_YET, NATIVE_TYPE, NESTED, type ResourceType } from './resource-types';
import { outcomesOf, type Created, type FileSystem, type ReviewOptions } from './file-systems';
import { findingAt, type Finding, type Note } from './finding';
import { otherBucket } from './linked-buckets';
import {
  missingValues,
  modelOf,
  offsetOf,
  originOf,
  plain,
  refusedValues,
  textAt,
} from './resource-model';
import { PSEUDO_PARAMETERS } from '../template/deployment';
import type { Template } from '../template/template';
import { valueText, type ObjectValue, type UnknownValue, type Value } from '../template/values';

/** A problem at an offset. */
export interface Problem {
  readonly property: string;
  readonly rule: string;
  readonly message: string;
  /** Absent: `error`. */
  readonly severity?: Finding['severity'];
  readonly repairs?: Finding['repairs'];
  readonly at: number;
  /** The properties that an unknown name stands for. */
  readonly meant?: readonly string[];
  /** Whether the value that it is about is not fully known. */
  readonly isOpen?: boolean;
  /**
   * Whether it is only so because a parameter without AllowedValues has none of the values that the template compares it with.
   * Nobody may ever give such a value, so that this is a note, not a finding.
   */
  readonly isByElimination?: true;
  /**
   * Whether the property may be valid, because AWS may have changed the type since this version. Such a problem is a note,
   * not a finding.
   */
  readonly unchecked?: true;
}

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
    const { properties } = outcome;
    const problems = [
      ...markedProblemsOf(template, outcome, type, reviewed),
      ...(properties.kind === 'object' ? otherBucket(properties, type) : []),
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
    else notes.push({ ...noteAt(problem.at), message: besides(problem, when), always: true });
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

/** The smallest number of parameters with other values than their defaults. */
const fewestNonDefaults = (outcomes: Iterable<Created>): number =>
  Math.min(...Array.from(outcomes, ({ nonDefaultParameters }) => nonDefaultParameters.size));

/**
 * The message for a problem that needs several parameters to differ from their defaults: the author may not allow that
 * combination.
 */
const besides = ({ message }: Problem, when: string): string =>
  `${message} This applies only where ${when || 'several parameters differ from their defaults'}: ` +
  'exclude this combination in Rules if nobody may choose it.';

/** The message for a problem of values that the template does not mention. */
const forOthers = ({ message }: Problem, when: string): string =>
  `${message} This applies only where ${when || 'a parameter has another value'}: ` +
  'list the values that it may have in AllowedValues if nobody may choose another one.';

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
  const opened = problems.length > 0 ? withoutElimination(outcome.properties) : undefined;
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

/**
 * The properties, in which a value that is none of those that the template compares it with may be any value; undefined if
 * there is no such value.
 */
function withoutElimination(properties: Value): ObjectValue | undefined {
  if (properties.kind !== 'object') return undefined;
  const opened = [...properties.members].flatMap(([name, { at, value }]) => {
    const to = value.kind === 'unknown' ? openedValue(value) : withoutElimination(value);
    return to ? [[name, { at, value: to }] as const] : [];
  });
  if (opened.length === 0) return undefined;
  return { ...properties, members: new Map([...properties.members, ...opened]) };
}

function openedValue(value: UnknownValue): UnknownValue | undefined {
  const { not, ...known } = value.unknown.known;
  return not && !known.among
    ? { ...value, unknown: new Unknown(value.unknown.text, known) }
    : undefined;
}

/** The problems of a file system that is created with these properties. */
export function problemsOf(
  template: Pick<Template, 'placeAt'>,
  { properties, region, backup }: Pick<Created, 'properties' | 'region' | 'backup'>,
  type: ResourceType,
  { work, ...options }: ReviewOptions & { readonly work: Work },
): Problem[] {
  if (properties.kind === 'unknown') return [];
  if (properties.kind !== 'object') return [wrongShape('Properties', properties)];
  const model = modelOf(properties, type);
  const native = type.name === NATIVE_TYPE ? nativeNames(properties) : [];
  const meant = new Set(native.flatMap((each) => each.meant ?? []));
  const empty = nulls(properties);
  const stated = options.region ?? region ?? regionOf(model);
  const check = (checked: Model): Violation[] =>
    checkPartial(checked, {
      ...options,
      ...(stated !== undefined && { region: stated }),
      defaults: type.defaults,
      work,
    });
  const refused = [
    ...(type.name === NATIVE_TYPE ? besideNewMembers(model, check) : check(model)),
    ...(backup ? conflictsWith(backup, model) : []),
    ...(options.limits?.(model, type) ?? []),
  ]
    .map((violation) => ({
      property: type.path(violation.property),
      rule: violation.rule,
      message:
        violation.rule === 'format'
          ? withReferenceAdvice(
              violation.message,
              violation.property,
              valueAt(model, violation.property),
            )
          : violation.message,
      severity: severityOf(violation),
      repairs: (violation.repairs ?? []).map((each) => repairOf(each, type)),
      isOpen: unknownsIn(valueAt(model, violation.property)).length > 0,
    }))
    // What is empty is not also missing.
    .filter(({ property }) => !empty.some((each) => each.property === property))
    // Nor is what has another name.
    .filter(({ property, rule }) => rule !== 'required' || !meant.has(property))
    .map((problem) => ({
      ...problem,
      message: withOrigin(problem.message, originOf(properties, problem.property), template),
      at: offsetOf(properties, problem.property),
    }));
  return [
    ...native,
    ...empty,
    ...refusedValues(properties).map((each) => ({ ...each, rule: 'unknown-reference' })),
    ...(type.name === NATIVE_TYPE ? refused.map(orUncheckedMember) : refused),
  ];
}

/** The message, with the position of the value if that is in another place, such as a parameter. */
function withOrigin(
  message: string,
  origin: ReturnType<typeof originOf>,
  template: Pick<Template, 'placeAt'>,
): string {
  if (!origin) return message;
  return `${message} ${origin.said}, line ${template.placeAt(origin.at).line}.`;
}

/** The region in the ARN of a key or a log group. FSx accepts only those of its own region. */
const regionOf = ({ KmsKeyId, LogConfiguration }: Readonly<Record<string, unknown>>) =>
  /"arn:[a-z-]+:(?:kms|logs):([a-z0-9-]+):/.exec(JSON.stringify([KmsKeyId, LogConfiguration]))?.[1];

/** A repair with the paths of a resource type. */
export const repairOf = (repair: Repair, type: ResourceType): Finding['repairs'][number] =>
  pathsOf(repair, (name) => type.path(pathOf('', name)));

function nulls(properties: ObjectValue): Problem[] {
  return [...missingValues(properties)]
    .filter(({ value }) => value === 'null')
    .map(({ path, at }) => ({
      property: path,
      rule: 'null-value',
      message: `${path} is empty: CloudFormation refuses null. Give a value, or leave ${path} out.`,
      repairs: [{ [path]: null }],
      at,
    }));
}

/** Unknown names in AWS::FSx::FileSystem: beside LustreConfiguration and inside it. */
function nativeNames(properties: ObjectValue): Problem[] {
  const nested = properties.members.get(NESTED)?.value;
  const beside = unknownNames(properties, NATIVE_TYPE, NATIVE_OUTER);
  const inside = nested?.kind === 'object' ? unknownNames(nested, NESTED, NATIVE_INNER) : [];
  const isWrong = nested?.kind === 'list' || (nested?.kind === 'scalar' && nested.value !== null);
  return [...beside, ...inside, ...(isWrong ? [wrongShape(NESTED, nested)] : [])];
}

const wrongShape = (property: string, value: Value): Problem => ({
  property,
  rule: 'type',
  message: `${property} ${valueText(value)} is not valid: expected an object.`,
  at: value.at,
});

function unknownNames(object: ObjectValue, where: string, place: Place): Problem[] {
  const given = plain(object) as Json;
  return [...object.members]
    .filter(([name]) => !place.known.includes(name))
    .slice(0, LONGEST_LIST)
    .map(([name, { at }]) => {
      const property = pathOf(place.within, name);
      if (mayBeNew(name, place)) return unchecked(property, where, at);
      const message = `${name} is not a property of ${where}: ${nameAdvice(name, place, given)}`;
      const changes = nameRepair(name, place, given);
      const repairs = changes ? [pathsOf(changes, (each) => pathOf(place.within, each))] : [];
      const meant = namesMeant(name, place).map((each) => pathOf(place.within, each));
      return { property, rule: 'unknown-property', message, meant, repairs, at };
    });
}

/** Changes of members as a repair: values by their paths, null for what is removed. */
const pathsOf = (changes: Json, path: (name: string) => string): Finding['repairs'][number] =>
  Object.fromEntries(Object.entries(changes).map(([name, value]) => [path(name), value ?? null]));

/**
 * Whether AWS may have added a property after this version was written. Either the name has AWS's form, is not similar to a
 * known name and has no meaning in another tool; or the FSx API already has it in this object.
 */
const mayBeNew = (name: string, place: Place): boolean =>
  (place.within === NESTED && NATIVE_NOT_YET.some((each) => each === name)) ||
  (/^[A-Z][A-Za-z0-9]+$/.test(name) && adviceIfKnown(name, place) === undefined);

const unchecked = (property: string, where: string, at: number): Problem => ({
  property,
  rule: 'unknown-property',
  message: `${property} is not checked: this version does not know it as a property of ${where}. Check whether AWS's reference of the type has it.`,
  at,
  unchecked: true,
});

/** A member that may be new does not keep the rest of its property from being checked. */
function besideNewMembers(model: Model, check: (model: Model) => Violation[]): Violation[] {
  const found = check(model);
  const added = found.filter((each) => newMemberIn(each) !== undefined);
  if (added.length === 0) return found;
  const rest = added.reduce((all, { property }) => without(all, stepsOf(property)), model);
  const isTold = ({ rule, property }: Violation): boolean =>
    found.some((each) => each.rule === rule && each.property === property);
  // A repair that writes the whole object would lose the member.
  const keeps = (repair: Repair): boolean =>
    Object.entries(repair).every(
      ([path, value]) =>
        value === undefined || !added.some(({ property }) => isWithin(property, path)),
    );
  const further = check(rest).filter((each) => !isTold(each));
  return [
    ...found,
    ...further.map((each) => ({ ...each, repairs: (each.repairs ?? []).filter(keeps) })),
  ];
}

function without<T>(holder: T, [step, ...rest]: readonly Step[]): T {
  if (Array.isArray(holder))
    return holder.map((item: unknown, index) => (index === step ? without(item, rest) : item)) as T;
  if (!isObject(holder) || step === undefined) return holder;
  const { [step]: member, ...others } = holder;
  return (rest.length === 0 ? others : { ...holder, [step]: without(member, rest) }) as T;
}

/** The object that a member is in that may be new; undefined for other problems. Both types have the object. */
function newMemberIn({ rule, property }: Pick<Problem, 'rule' | 'property'>): string | undefined {
  if (rule !== 'unknown-property') return undefined;
  const steps = stepsOf(property);
  const within = steps.slice(0, -1).reduce<string>(pathOf, '');
  return mayBeNew(String(steps.at(-1)), { known: membersOf(within), within }) ? within : undefined;
}

/** For a member of an object that both types have: replaces the problem by a note if the member may be new. */
function orUncheckedMember(problem: Problem): Problem {
  const { rule, property, at } = problem;
  const path = property.startsWith(`${NESTED}.`) ? property.slice(NESTED.length + 1) : property;
  const within = newMemberIn({ rule, property: path });
  return within === undefined ? problem : unchecked(property, within, at);
}

/** The unknown values of a file system, as messages with their offsets. */
function unknownsOf({ properties }: Created, at: number): [string, number][] {
  const skipped = 'rules that need it were not checked';
  if (properties.kind === 'unknown') {
    return [
      [`It was not checked: its properties are not known, because ${properties.unknown.why}.`, at],
    ];
  }
  if (properties.kind !== 'object') return [];
  return [...missingValues(properties)].flatMap(({ path, value, at: place }) =>
    value === 'null' ? [] : [[`${path} is not known, because ${value.why}: ${skipped}.`, place]],
  );
}
