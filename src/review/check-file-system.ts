/** All that is wrong with one file system, in every deployment that its template may have. */
import { checkPartial } from '../lustre/unresolved/check';
import { nameAdvice, nameRepair, meaningOf, type Place } from '../lustre/properties/name-advice';
import { head } from '../lustre/properties/parse';
import { PROPERTY_NAMES, PROPERTY_SHAPES, type Shape } from '../lustre/properties/shapes';
import type { Work } from '../lustre/explore';
import { LONGEST_LIST, pathOf, unknownsIn, valueAt } from '../lustre/unknown';
import { severityOf, type Repair } from '../lustre/violations';
import { conflictsWith, withBackup } from './restored-backup';
import { whenOf } from './when';
import {
  NATIVE,
  NATIVE_BESIDE,
  NATIVE_NESTED,
  NATIVE_NOT_YET,
  NATIVE_ONLY,
  NATIVE_TYPE,
  nativePath,
  NESTED,
  type ResourceType,
} from './resource-types';
import { outcomesOf, type Created, type FileSystem, type ReviewOptions } from './file-systems';
import type { Finding, Note } from './finding';
import { missingValues, modelOf, offsetOf, originOf, plain } from './resource-model';
import type { Template } from '../template/template';
import { valueText, type ObjectValue, type Origin, type Value } from '../template/values';

/** A problem at an offset. */
export interface Problem {
  readonly property: string;
  readonly rule: string;
  readonly message: string;
  /** An error where it is left out. */
  readonly severity?: Finding['severity'];
  readonly repairs?: Finding['repairs'];
  readonly at: number;
  /** It is about a value of which not all is known. */
  readonly isOpen?: boolean;
  /** It may be right: the type may have changed since this version. It is told, and not held against the template. */
  readonly unchecked?: true;
}

/** What is found in one file system, whether any deployment creates it, and which parameters it was tried with. */
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
    for (const problem of problemsOf(template, outcome, type, reviewed)) {
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
    const { at: offset, property, rule, message, severity = 'error', repairs = [] } = problem;
    const when = whenOf(affected, created, template.work);
    if (problem.unchecked) notes.push({ ...noteAt(offset), message, always: true });
    else if (fewestNonDefaults(affected) < least + 2)
      findings.push({
        file,
        logicalId,
        property,
        ...template.rangeAt(offset),
        rule,
        message,
        severity,
        repairs,
        ...(when !== '' && { when }),
      });
    else notes.push({ ...noteAt(offset), message: besides(problem, when), always: true });
  }
  const varied = new Set(outcomes.flatMap((each) => [...each.varied]));
  return { findings, notes, isCreated: created.length > 0, varied };
}

interface Affected {
  problem: Problem;
  readonly in: Set<Created>;
}

/**
 * One mistake once: what is wrong with a value that is known here and open there is told of the known one, and what is missing
 * is told once, whatever it is missing for.
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

/** What two problems of a property that is missing have in common. */
const inCommon = (one: Problem, other: Problem): Problem =>
  one.message === other.message
    ? one
    : { ...one, message: `${one.property} is required.`, repairs: [] };

const isOpen = ({ problem }: Affected): boolean => problem.isOpen ?? false;

/** The smallest number of parameters that differ from their defaults. */
const fewestNonDefaults = (outcomes: Iterable<Created>): number =>
  Math.min(...Array.from(outcomes, ({ nonDefaultParameters }) => nonDefaultParameters.size));

/** A problem that several parameters have to leave their defaults for: perhaps nobody may choose that combination. */
const besides = ({ message }: Problem, when: string): string =>
  `${message} This applies only where ${when || 'several parameters differ from their defaults'}: ` +
  'exclude this combination in Rules if nobody may choose it.';

const keyOf = ({ at, rule, property, message }: Problem): string =>
  [at, rule, property, message].join(' ');

/** Of a file system that is not created by default: what is wrong with the other defaults wherever it is created. */
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

/** What is wrong with a file system that is created with these properties. */
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
  const empty = nulls(properties);
  const stated = options.region ?? region ?? regionOf(model);
  const refused = [
    ...checkPartial(model, {
      ...options,
      ...(stated !== undefined && { region: stated }),
      defaults: type.defaults,
      work,
    }),
    ...(backup ? conflictsWith(backup, model) : []),
    ...(options.limits?.(model, type) ?? []),
  ]
    .map((violation) => ({
      property: type.path(violation.property),
      rule: violation.rule,
      message: violation.message,
      severity: severityOf(violation),
      repairs: (violation.repairs ?? []).map((each) => repairOf(each, type)),
      isOpen: unknownsIn(valueAt(model, violation.property)).length > 0,
    }))
    // What is empty is not also missing.
    .filter(({ property }) => !empty.some((each) => each.property === property))
    .map((problem) => ({
      ...problem,
      message: withOrigin(problem.message, originOf(properties, problem.property), template),
      at: offsetOf(properties, problem.property),
    }));
  return [
    ...native,
    ...empty,
    ...(type.name === NATIVE_TYPE ? refused.map(orUncheckedMember) : refused),
  ];
}

/** A message, and where the value that it is about is written, if that is another place. */
function withOrigin(
  message: string,
  origin: Origin | undefined,
  template: Pick<Template, 'placeAt'>,
): string {
  if (!origin) return message;
  return `${message} The value is ${origin.text}, line ${template.placeAt(origin.at).line}.`;
}

/** The region that a key or a log group names: FSx takes those of its own region only. */
const regionOf = ({ KmsKeyId, LogConfiguration }: Readonly<Record<string, unknown>>) =>
  /"arn:[a-z-]+:(?:kms|logs):([a-z0-9-]+):/.exec(JSON.stringify([KmsKeyId, LogConfiguration]))?.[1];

/** A repair in the places of a resource type. */
const repairOf = (repair: Repair, type: ResourceType): Finding['repairs'][number] =>
  Object.fromEntries(
    Object.entries(repair).map(([name, value]) => [type.path(name), value ?? null]),
  );

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

/** Names that the native type does not have, in its two places. */
function nativeNames(properties: ObjectValue): Problem[] {
  const nested = properties.members.get(NESTED)?.value;
  const names = { write: nativePath, attribute: NATIVE.attribute };
  const beside = unknownNames(properties, NATIVE_TYPE, {
    ...names,
    known: [...NATIVE_BESIDE, ...NATIVE_ONLY, NESTED],
    within: '',
  });
  const inside =
    nested?.kind === 'object'
      ? unknownNames(nested, NESTED, {
          ...names,
          known: NATIVE_NESTED,
          within: NESTED,
          holdsProperties: true,
        })
      : [];
  const isWrong = nested?.kind === 'list' || (nested?.kind === 'scalar' && nested.value !== null);
  return [...beside, ...inside, ...(isWrong ? [wrongShape(NESTED, nested)] : [])];
}

const wrongShape = (property: string, value: Value): Problem => ({
  property,
  rule: 'type',
  message: `${property} ${valueText(value)} is not valid: expected an object.`,
  at: value.at,
});

function unknownNames({ members }: ObjectValue, where: string, place: Place): Problem[] {
  return [...members]
    .filter(([name]) => !place.known.includes(name))
    .slice(0, LONGEST_LIST)
    .map(([name, { at, value }]) => {
      const property = place.within === '' ? name : `${place.within}.${name}`;
      if (mayBeNew(name, place)) return unchecked(property, where, at);
      const message = `${name} is not a property of ${where}: ${nameAdvice(name, place)}`;
      const meant = nameRepair(name, place);
      const isFree = meant !== undefined && (meant === null || !members.has(meant));
      const repairs = isFree ? [renamed(property, meant, place, value)] : [];
      return { property, rule: 'unknown-property', message, repairs, at };
    });
}

/** The repair that calls a property by its name, or leaves it out. */
function renamed(
  property: string,
  name: string | null,
  { within }: Place,
  value: Value,
): Finding['repairs'][number] {
  return { [property]: null, ...(name !== null && { [pathOf(within, name)]: plain(value) }) };
}

/**
 * Whether AWS may have added a name to its type after this version was written: a name as AWS writes them that is near to
 * none that we know, and means nothing in another tool; or one that FSx's own API has in this place already.
 */
const mayBeNew = (name: string, place: Place): boolean =>
  (place.within === NESTED && NATIVE_NOT_YET.some((each) => each === name)) ||
  (/^[A-Z][A-Za-z0-9]+$/.test(name) && meaningOf(name, place) === undefined);

const unchecked = (property: string, where: string, at: number): Problem => ({
  property,
  rule: 'unknown-property',
  message: `${property} is not checked: this version does not know it as a property of ${where}. Check whether AWS's reference of the type has it.`,
  at,
  unchecked: true,
});

/** The same for a member of an object that both types have. */
function orUncheckedMember(problem: Problem): Problem {
  const { rule, property, at } = problem;
  if (rule !== 'unknown-property') return problem;
  const path = property.startsWith(`${NESTED}.`) ? property.slice(NESTED.length + 1) : property;
  const dot = path.lastIndexOf('.');
  const within = path.slice(0, Math.max(0, dot));
  return mayBeNew(path.slice(dot + 1), { known: membersOf(within), within })
    ? unchecked(property, within, at)
    : problem;
}

/** The members of a property that is an object, or a list of objects. */
function membersOf(path: string): string[] {
  const name = PROPERTY_NAMES.find((each) => each === head(path));
  const shape: Shape | undefined = name && PROPERTY_SHAPES[name];
  const object = shape?.type === 'list' ? shape.items : shape;
  return object?.type === 'object' ? Object.keys(object.members) : [];
}

/** What is not known, by what is said about it. */
function unknownsOf({ properties }: Created, at: number): [string, number][] {
  const skipped = 'rules that need it were not checked';
  if (properties.kind === 'unknown') {
    return [
      [`Its properties are not known, because ${properties.unknown.why}: it was not checked.`, at],
    ];
  }
  if (properties.kind !== 'object') return [];
  return [...missingValues(properties)].flatMap(({ path, value, at: place }) =>
    value === 'null' ? [] : [[`${path} is not known, because ${value.why}: ${skipped}.`, place]],
  );
}
