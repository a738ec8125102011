/** The rules, for a model of which some is not known yet: a template before its deployment, or a program's tokens. */
import { head, parseAs, parseProperties, placeOf } from '../../../src/lustre/parse';
import { withDefaults, type LustreProperties } from '../../../src/lustre/properties';
import { checkModel, checkProperties, RULES, type CheckOptions } from '../../../src/lustre/rules';
import { samplesOf, shapeAt } from './samples';
import { ATTRIBUTE_NAMES, PROPERTY_SHAPES } from '../../../src/lustre/shapes';
import type { Rule } from '../../../src/lustre/situation';
import {
  completed,
  isWithin,
  pathText,
  unknownsIn,
  type Open,
  type Path,
  type Unknown,
} from './unknown';
import type { Violation } from '../../../src/lustre/violations';
import { show } from '../../../src/lustre/wording';

type Model = Readonly<Record<string, unknown>>;

/** Past this many combinations of values that one rule looks at, or that one property may have, nothing is certain. */
const MOST_COMPLETIONS = 4096;

/**
 * What FSx would refuse whatever the unknown values turn out to be, and nothing else: a violation is reported where every
 * combination of values that the unknown ones may have has it. Of an unknown value itself only that is said which holds
 * for any.
 */
export function checkPartial(model: Model, options: CheckOptions = {}): Violation[] {
  return [...givenAttributes(model), ...checkOpen(model, options)];
}

/** What the type returns, and a template cannot give. `checkModel` passes it over, because handlers are sent it too. */
function givenAttributes(model: Model): Violation[] {
  return ATTRIBUTE_NAMES.filter((name) => model[name] != null).map((name) => ({
    rule: 'read-only',
    property: name,
    value: model[name],
    message: `${name} is set by the type and cannot be given: leave it out, and read it with Fn::GetAtt.`,
    kind: 'contradiction',
  }));
}

function checkOpen(model: Model, options: CheckOptions): Violation[] {
  const open = unknownsIn(model);
  if (open.length === 0) return checkModel(model, options).violations;
  // What a form is like, no other property decides: one completion shows it.
  const first = completed(
    model,
    open.map(({ path, unknown }) => [path, samplesAt(path, unknown, model)[0]]),
  ) as Model;
  const parsed = parseProperties(first);
  const malformed = new Set(parsed.violations.map(({ property }) => head(property)));
  const situations = new Situations(model, open, parsed.properties, options);
  return [
    ...parsed.violations,
    ...situations.violations().filter(({ property }) => !malformed.has(head(property))),
  ]
    .flatMap((violation) => asFarAsKnown(violation, open))
    .sort((a, b) => placeOf(a) - placeOf(b));
}

/** Rules by which a property is wrong whatever its value, but for those that mean it is not used. */
const WHATEVER: ReadonlySet<string> = new Set([
  'not-applicable',
  's3-link',
  's3-restore',
  'unknown-property',
]);

/** The violation, unless it is of the value that stood in for an unknown one. */
function asFarAsKnown(violation: Violation, open: readonly Open[]): Violation[] {
  const { property, rule } = violation;
  const of = open.find(({ path }) => isWithin(property, pathText(path)));
  if (of === undefined || of.unknown.among) return [violation];
  if (!WHATEVER.has(rule)) return [];
  const { value, message, ...rest } = violation;
  return [{ ...rest, message: message.replace(show(value), () => show(of.unknown.text)) }];
}

/** All the properties that a model may come to. */
class Situations {
  /** What is given, and what can have but one value. */
  private readonly known: Readonly<Record<string, unknown>>;
  /** The values of each other property; undefined is that there may be none. */
  private readonly variants: ReadonlyMap<string, readonly unknown[]>;
  private readonly defaults: (properties: LustreProperties) => LustreProperties;

  constructor(
    model: Model,
    open: readonly Open[],
    parsed: LustreProperties,
    private readonly options: CheckOptions,
  ) {
    this.defaults = withDefaults;
    const known: Record<string, unknown> = { ...parsed };
    const variants = new Map<string, readonly unknown[]>();
    for (const name of new Set(open.map(({ path: [first] }) => String(first)))) {
      if (!Object.hasOwn(PROPERTY_SHAPES, name)) continue;
      const inside = open.filter(({ path: [first] }) => first === name);
      const values = variantsOf(name as keyof LustreProperties, model, inside);
      if (values.length === 1) [known[name]] = values;
      if (values.length > 1) {
        variants.set(name, values);
        Reflect.deleteProperty(known, name);
      }
    }
    this.known = known;
    this.variants = variants;
  }

  /** What is refused in every situation. */
  violations(): Violation[] {
    return this.variants.size === 0
      ? checkProperties(this.defaults(this.known), this.options)
      : RULES.flatMap((rule) => this.certain(rule));
  }

  /** What the rule refuses in every situation. Only those properties are varied that it looks at. */
  private certain(rule: Rule): Violation[] {
    let certain: Certain[] | undefined;
    let tried = 0;
    const deciding = new Set<string>();
    const visit = (chosen: ReadonlyMap<string, unknown>): void => {
      if (certain?.length === 0) return;
      if (++tried > MOST_COMPLETIONS) {
        certain = [];
        return;
      }
      const { found, looked } = this.look(rule, chosen);
      const next = [...looked].find((name) => !chosen.has(name));
      if (next === undefined) {
        certain = certain
          ? certain.flatMap((each) => confirmed(each, found))
          : found.map((violation) => ({ violation, same: true }));
        return;
      }
      deciding.add(next);
      for (const value of this.variants.get(next) ?? []) visit(new Map([...chosen, [next, value]]));
    };
    visit(new Map());
    return (certain ?? []).map(({ violation, same }) =>
      same
        ? violation
        : // What repairs it here need not do so elsewhere.
          { ...violation, repairs: [], message: `${violation.message} ${whatever(deciding)}` },
    );
  }

  /** What the rule refuses where these values are chosen, and which of the unknown properties it looked at. */
  private look(
    rule: Rule,
    chosen: ReadonlyMap<string, unknown>,
  ): { found: Violation[]; looked: ReadonlySet<string> } {
    const firsts = [...this.variants].map(([name, [value]]) => [name, value] as const);
    const values = new Map([...Object.entries(this.known), ...firsts, ...chosen]);
    const given = Object.fromEntries([...values].filter(([, value]) => value !== undefined));
    const looked = new Set<string>();
    const note = (name: string) => {
      if (this.variants.has(name)) looked.add(name);
    };
    const properties = new Proxy(this.defaults(given), {
      get: (all, name) => {
        note(String(name));
        // A default depends on what else there is.
        if (!Object.hasOwn(given, name)) DECIDING_DEFAULTS.forEach(note);
        return Reflect.get(all, name) as unknown;
      },
      ownKeys: (all) => {
        for (const name of this.variants.keys()) note(name);
        return Reflect.ownKeys(all);
      },
    });
    const found = checkProperties(properties, this.options, [rule]);
    return { found, looked };
  }
}

/** What the defaults of this type and of FSx look at. */
const DECIDING_DEFAULTS = ['BackupId', 'DeploymentType', 'MetadataConfiguration'];

/** The values that a property may come to, in its form; none where what stands in for the unknown ones has not got it. */
function variantsOf(
  name: keyof LustreProperties,
  model: Model,
  inside: readonly Open[],
): readonly unknown[] {
  const samples = inside.map(({ path, unknown }) => samplesAt(path, unknown, model));
  const values: unknown[] = [];
  for (const choice of combinations(samples)) {
    const filled = completed(
      model,
      inside.map(({ path }, index) => [path, choice[index]]),
    ) as Model;
    const violations: Violation[] = [];
    const value = parseAs(PROPERTY_SHAPES[name], filled[name], name, violations);
    if (violations.length === 0) values.push(value);
    if (values.length >= MOST_COMPLETIONS) break;
  }
  return values;
}

/** The values to try for an unknown one. */
function samplesAt(path: Path, unknown: Unknown, model: Model): readonly unknown[] {
  const shape = shapeAt(path);
  const values =
    unknown.among ??
    (shape ? samplesOf(pathText(path), shape, unknown.text, model) : [unknown.text]);
  return unknown.mayBeAbsent ? [...values, undefined] : values;
}

interface Certain {
  readonly violation: Violation;
  /** Whether its message is the same for all values. */
  readonly same: boolean;
}

/** The reason may be another one. */
function confirmed({ violation, same }: Certain, found: readonly Violation[]): Certain[] {
  const again = found.filter(({ property }) => property === violation.property);
  if (again.length === 0) return [];
  return [{ violation, same: same && again.some(({ message }) => message === violation.message) }];
}

const whatever = (names: ReadonlySet<string>): string =>
  `This does not depend on ${[...names].join(', ')}, which the deployment decides.`;

/** Every way to take one of each, the first ones first. */
function* combinations(samples: readonly (readonly unknown[])[]): Generator<unknown[]> {
  const [first, ...rest] = samples;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const others of combinations(rest)) for (const value of first) yield [value, ...others];
}
