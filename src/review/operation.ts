/**
 * Reviews the creation or update of one file system that CloudFormation is about to start. Its properties are resolved; the
 * template is not known.
 */
import type { TypeConfiguration } from '../lustre/account/type-configuration';
import { Work } from '../lustre/explore';
import { without } from '../lustre/json';
import type { LustreProperties } from '../lustre/properties';
import { checkAccountLimits } from '../lustre/unresolved/account-limits';
import { readPartial, type Model } from '../lustre/unresolved/model';
import { newViolations, type Severity, type Violation } from '../lustre/violations';
import { formatValue } from '../lustre/wording';
import { scalarText, type ObjectValue, type Value } from '../template/values';
import type { Problem } from './checks/problem';
import { problemsOf, repairOf } from './checks/problems';
import { differenceOf } from './diff/comparison';
import type { Difference } from './diff/difference';
import { NATIVE_UNSUPPORTED, oneCall, unsupportedChange } from './diff/native-updates';
import { forType, isUnseen, plansOf } from './diff/plans';
import {
  NO_LONGER_LUSTRE,
  replacingProperties,
  replacingReason,
  type Versions,
} from './diff/replacing';
import { lustreOnly } from './file-systems';
import { modelOf } from './resource-model';
import { FILE_SYSTEM_TYPE, NATIVE_TYPE, type ResourceType } from './resource-types';

/** An operation on one file system. */
export interface Operation {
  readonly type: ResourceType;
  readonly properties: ObjectValue;
  /** The properties before the operation; absent for a creation. */
  readonly previous?: ObjectValue;
}

/** The options of a judgment. */
export interface OperationOptions {
  /** The type configuration of the account. Its guardrails apply to both resource types. */
  readonly configuration: TypeConfiguration;
  /** The region of the operation, such as eu-west-1. */
  readonly region: string;
  /** Today, YYYY-MM-DD. */
  readonly date: string;
}

/** Something that is wrong with the operation, with the paths of its type. */
export interface Objection {
  readonly property: string;
  /** Name of the rule: in kebab-case, and stable. */
  readonly rule: string;
  readonly message: string;
  readonly severity: Severity;
  /** Alternative changes that each solve it; null removes a property. */
  readonly repairs: readonly Readonly<Record<string, unknown>>[];
}

/** The result of a review. */
export interface Judgment {
  /** What FSx, CloudFormation or a guardrail of the account would refuse. */
  readonly objections: readonly Objection[];
  /** Why CloudFormation replaces the file system; empty if it does not. */
  readonly replacing: readonly Objection[];
  /** Why the operation was not reviewed; absent if it was. */
  readonly unjudged?: string;
}

const NOTHING: Judgment = { objections: [], replacing: [] };
const NOT_LUSTRE: Judgment = { ...NOTHING, unjudged: 'It is not a Lustre file system.' };

/** Reviews an operation. Has no objection to what depends on an unknown value. */
export function judgeOperation(
  { type, properties, previous }: Operation,
  options: OperationOptions,
): Judgment {
  const after = lustreOf(properties, type);
  const before = previous && lustreOf(previous, type);
  if (!after) return before ? replacedByAnother() : NOT_LUSTRE;
  if (!before)
    return {
      ...asCreation(after, type, options),
      ...(previous && { replacing: replacedAnother(previous) }),
    };
  if (after.kind !== 'object' || before.kind !== 'object') return notKnown(after, before);
  return judgeUpdate(before, after, type, options);
}

const lustreOf = (properties: ObjectValue, type: ResourceType) =>
  type.name === NATIVE_TYPE ? lustreOnly(properties) : properties;

const notKnown = (...values: readonly Value[]): Judgment => {
  const why = values.flatMap((value) => (value.kind === 'unknown' ? value.unknown.why : []));
  return { ...NOTHING, unjudged: `Its properties are not known: ${why.join('; ')}.` };
};

const replacedByAnother = (): Judgment => ({
  objections: [],
  replacing: [replacement(NO_LONGER_LUSTRE, { [NO_LONGER_LUSTRE.property]: 'LUSTRE' })],
});

/** The file system before was of another type, and also has data. */
function replacedAnother({ members }: ObjectValue): readonly Objection[] {
  const kind = members.get(FILE_SYSTEM_TYPE)?.value;
  const before = kind && scalarText(kind);
  if (before === undefined) return [];
  const message = `${FILE_SYSTEM_TYPE} changes from ${formatValue(before)} to LUSTRE: CloudFormation replaces the file system.`;
  return [replacement({ property: FILE_SYSTEM_TYPE, message }, { [FILE_SYSTEM_TYPE]: before })];
}

const replacement = (
  { property, message }: Pick<Objection, 'property' | 'message'>,
  repair: Objection['repairs'][number],
): Objection => ({ property, rule: 'create-only', message, severity: 'error', repairs: [repair] });

const asCreation = (properties: Value, type: ResourceType, options: OperationOptions): Judgment =>
  properties.kind === 'object'
    ? { ...NOTHING, objections: creationProblems(properties, type, options).map(objection) }
    : notKnown(properties);

/** Values of an operation have no position in a text. */
const NOWHERE = { placeAt: () => ({ line: 1, column: 1 }) };

/** A name that this version does not know is no objection. */
function creationProblems(
  properties: ObjectValue,
  type: ResourceType,
  { configuration, region, date }: OperationOptions,
): readonly Problem[] {
  const found = problemsOf(NOWHERE, { properties }, type, {
    deferToFsx: isDeferred(configuration),
    limits: (model) => limits(model, type, { configuration, region }),
    region,
    date,
    work: new Work(),
  });
  return found.filter(({ unchecked }) => !unchecked);
}

const isDeferred = ({ Validation }: TypeConfiguration): boolean => Validation === 'DEFER_TO_FSX';

const limits = (
  model: Model,
  { defaults }: ResourceType,
  { configuration, region }: Pick<OperationOptions, 'configuration' | 'region'>,
): Violation[] => checkAccountLimits(model, configuration, { region, defaults });

const objection = ({
  property,
  rule,
  message,
  severity = 'error',
  repairs = [],
}: Problem): Objection => ({ property, rule, message, severity, repairs });

const ofViolation =
  (type: ResourceType) =>
  ({ property, rule, message, severity = 'error', repairs = [] }: Violation): Objection => ({
    property: type.path(property),
    rule,
    message,
    severity,
    repairs: repairs.map((repair) => repairOf(repair, type)),
  });

/** An unknown value may be the same as before. */
const AS_WRITTEN = { ofSame: () => 'none' as const };

function judgeUpdate(
  before: ObjectValue,
  after: ObjectValue,
  type: ResourceType,
  options: OperationOptions,
): Judgment {
  const versions = { type, before: modelOf(before, type), after: modelOf(after, type) };
  const differences = new Map(
    Object.keys({ ...versions.before, ...versions.after }).map((name) => [
      name as keyof LustreProperties,
      differenceOf(versions.before[name], versions.after[name], AS_WRITTEN),
    ]),
  );
  const named = (names: readonly string[], difference: Difference) =>
    [...differences].flatMap(([name, each]) =>
      each === difference && names.includes(name) ? [name] : [],
    );
  const replacing = named(replacingProperties(type), 'certain');
  if (replacing.length > 0)
    return {
      ...asCreation(after, type, options),
      replacing: replacing.map((name) =>
        replacement(replacingReason(name, versions), {
          [type.path(name)]: versions.before[name] ?? null,
        }),
      ),
    };
  const malformed = formProblems(before, after, type, options);
  if (malformed.length > 0) return { ...NOTHING, objections: malformed.map(objection) };
  const [open] = named(replacingProperties(type), 'unknown');
  if (open !== undefined)
    return { ...NOTHING, unjudged: `Whether ${type.path(open)} changes is not known yet.` };
  const unclear = type.name === NATIVE_TYPE ? named(NATIVE_UNSUPPORTED, 'certain') : [];
  const undecided = [...differences].flatMap(([name, difference]) =>
    difference === 'unknown' || isUnseen(name, versions.before, type) ? [name] : [],
  );
  return {
    ...NOTHING,
    objections: [
      ...unclear.map((name) => unsupported(type.path(name))),
      // What the other changes mean depends on what the file system is by then.
      ...(unclear.length > 0 ? [] : inPlaceObjections(versions, undecided, options)),
      ...newLimits(versions, options).map(ofViolation(type)),
    ],
  };
}

const unsupported = (property: string): Objection => ({
  property,
  rule: 'create-only',
  message: unsupportedChange(property),
  severity: 'warning',
  repairs: [],
});

/** Values of the wrong form, and new names that AWS::FSx::FileSystem does not have. The other rules check only what changes. */
function formProblems(
  before: ObjectValue,
  after: ObjectValue,
  type: ResourceType,
  options: OperationOptions,
): readonly Problem[] {
  const key = ({ property, rule }: Pick<Problem, 'property' | 'rule'>) => `${rule} ${property}`;
  const { violations } = readPartial(modelOf(after, type));
  const malformed = new Set(
    violations.map(({ property, rule }) => key({ property: type.path(property), rule })),
  );
  const isName = ({ rule }: Problem): boolean => rule === 'unknown-property';
  const standing =
    type.name === NATIVE_TYPE ? creationProblems(before, type, options).filter(isName) : [];
  const had = new Set(standing.map(key));
  return creationProblems(after, type, options).filter(
    (problem) => (malformed.has(key(problem)) || isName(problem)) && !had.has(key(problem)),
  );
}

/** What FSx would refuse to change in place, whatever the unknown values are. */
function inPlaceObjections(
  { type, before, after }: Versions,
  undecided: readonly string[],
  { configuration }: OperationOptions,
): readonly Objection[] {
  const options = { deferToFsx: isDeferred(configuration) };
  const plans = plansOf(without(before, undecided), without(after, undecided), type, options);
  const [first] = plans;
  if (first && plans.every(({ refusals }) => refusals.length > 0))
    return first.refusals.map(ofViolation(type)).map(forType(type));
  const plan = plans.find(({ refusals }) => refusals.length === 0);
  const names = (plan?.steps ?? []).flatMap(
    ({ properties }) => Object.keys(properties) as (keyof LustreProperties)[],
  );
  const call = type.name === NATIVE_TYPE ? oneCall(names, 'the native type') : undefined;
  if (call?.outcome !== 'refused') return [];
  const { property, message } = call;
  return [
    { property: type.path(property), rule: 'one-call', message, severity: 'error', repairs: [] },
  ];
}

/** A limit that was lowered later does not apply to existing values. */
function newLimits(
  { type, before, after }: Versions,
  options: OperationOptions,
): readonly Violation[] {
  const target = { ...before, ...after, Tags: after.Tags };
  return newViolations(limits(target, type, options), limits(before, type, options));
}
