/** The rules, for a model of which some is not known yet: a template before its deployment, or a program's tokens. */
import type { LustreProperties } from './properties';
import { checkModel, type CheckOptions } from './rules';
import { ATTRIBUTE_NAMES } from './shapes';
import { samplesOf, shapeAt } from './samples';
import type { Violation } from './violations';

/** Stands in a model for a value that is not known. */
export class Unknown {
  constructor(
    /** How a message shows it, such as `${SubnetId}`. */
    readonly text: string,
    /** Whether there may turn out to be no value at all. */
    readonly mayBeAbsent = false,
  ) {}
}

type Path = readonly (string | number)[];

/** Past this many combinations of unknown values nothing is called certain. */
const MOST_COMPLETIONS = 4096;

/**
 * What FSx would refuse whatever the unknown values turn out to be, and nothing else: a violation is reported where every
 * combination of values that the unknown ones may have has it. Nothing is said about an unknown value itself.
 */
export function checkPartial(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions = {},
): Violation[] {
  return [...givenAttributes(model), ...checkCompletions(model, options)];
}

/** What the type returns, and a template cannot give. `checkModel` passes it over, because handlers are sent it too. */
function givenAttributes(model: Readonly<Record<string, unknown>>): Violation[] {
  return ATTRIBUTE_NAMES.filter((name) => model[name] != null).map((name) => ({
    rule: 'read-only',
    property: name,
    value: model[name],
    message: `${name} is set by the type and cannot be given: leave it out, and read it with Fn::GetAtt.`,
    kind: 'contradiction',
  }));
}

function checkCompletions(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions,
): Violation[] {
  const open = unknownsIn(model);
  if (open.length === 0) return checkModel(model, options).violations;
  const paths = open.map(({ path }) => pathText(path));
  const others = model as LustreProperties;
  const samples = open.map(({ path, unknown }) => {
    const shape = shapeAt(path);
    const values = shape ? samplesOf(pathText(path), shape, unknown.text, others) : [unknown.text];
    return unknown.mayBeAbsent ? [...values, undefined] : values;
  });

  let certain: Certain[] | undefined;
  let tried = 0;
  for (const values of combinations(samples)) {
    if (++tried > MOST_COMPLETIONS) return [];
    const completed = open.reduce<unknown>(
      (whole, { path }, index) => put(whole, path, values[index]),
      model,
    );
    const found = checkModel(completed as Record<string, unknown>, options).violations.filter(
      ({ property, rule }) =>
        rule === 'unknown-property' || !paths.some((path) => isWithin(property, path)),
    );
    certain = certain
      ? certain.flatMap((each) => confirmed(each, found))
      : found.map((violation) => ({ violation, same: true }));
    if (certain.length === 0) return [];
  }
  const deciding = paths.filter((_, index) => (samples[index]?.length ?? 0) > 1);
  return (certain ?? []).map(({ violation, same }) =>
    same ? violation : { ...violation, message: `${violation.message} ${whatever(deciding)}` },
  );
}

/** Every unknown in the model, by its path. */
export function unknownsIn(value: unknown, path: Path = []): { path: Path; unknown: Unknown }[] {
  if (value instanceof Unknown) return [{ path, unknown: value }];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownsIn(item, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => unknownsIn(member, [...path, name]));
}

interface Certain {
  readonly violation: Violation;
  /** Whether its message is the same for all values. */
  readonly same: boolean;
}

function confirmed({ violation, same }: Certain, found: readonly Violation[]): Certain[] {
  const again = found.filter(
    ({ rule, property }) => rule === violation.rule && property === violation.property,
  );
  if (again.length === 0) return [];
  return [{ violation, same: same && again.some(({ message }) => message === violation.message) }];
}

const whatever = (paths: readonly string[]): string =>
  `This does not depend on ${paths.join(', ')}, which the deployment decides.`;

const isWithin = (property: string, path: string): boolean =>
  property === path || property.startsWith(`${path}.`) || property.startsWith(`${path}[`);

/** `Tags[0].Key` of its steps. */
export function pathText(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('');
}

/** The model with a value put in the place of an unknown one. */
function put(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = whole as unknown[];
    return items.with(step, put(items[step], rest, value));
  }
  const members = whole as Record<string, unknown>;
  return { ...members, [step]: put(members[step], rest, value) };
}

/** Every way to take one of each, the first ones first. */
function* combinations(samples: readonly (readonly unknown[])[]): Generator<unknown[]> {
  const [first, ...rest] = samples;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const others of combinations(rest)) for (const value of first) yield [value, ...others];
}
