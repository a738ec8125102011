/** The rules, for a model of which some is not known yet: a template before its deployment, or a program's tokens. */
import { explore, LIMITS } from '../explore';
import { head, placeOf } from '../properties/parse';
import { readPartial, type Model, type PartialModel } from './model';
import { checkProperties, RULES, type CheckOptions } from '../rules/rules';
import { ATTRIBUTE_NAMES } from '../properties/shapes';
import type { Rule } from '../rules/context';
import { isWithin, type Unknown } from '../unknown';
import { errorsOf, type Violation } from '../violations';
import { formatValue } from '../wording';

/**
 * What FSx would refuse whatever the unknown values turn out to be, and nothing else: a violation is reported where every
 * combination of values that the unknown ones may have has it. Of an unknown value itself only that is said which holds
 * for any.
 */
export function checkPartial(model: Model, options: CheckOptions = {}): Violation[] {
  const partial = readPartial(model, options.defaults, options.work);
  const malformed = new Set(partial.violations.map(({ property }) => head(property)));
  // Each rule by itself looks at little, so that little has to be known for it.
  const groups = partial.open.size === 0 ? [RULES] : RULES.map((rule) => [rule]);
  const refused = groups.flatMap((rules) => certain(rules, partial, options));
  return [
    ...givenAttributes(model),
    ...[...partial.violations, ...refused.filter(({ property }) => !malformed.has(head(property)))]
      .flatMap((violation) => asFarAsKnown(violation, partial.open))
      .sort((a, b) => placeOf(a) - placeOf(b)),
  ];
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

/** What the rules refuse in every configuration, of those that differ in what the rules look at. */
function certain(
  rules: readonly Rule[],
  partial: PartialModel,
  options: CheckOptions,
): Violation[] {
  const deciding = new Set<string>();
  const { results, complete } = explore(
    (choose) => {
      const properties = partial.properties((path, values) => {
        if (values.length > 1) deciding.add(head(path));
        return choose(path, values);
      });
      return checkProperties(properties, options, rules);
    },
    LIMITS.configurations,
    (refused) => refused.length === 0,
  );
  const [usual = [], ...others] = results;
  if (!complete) return [];
  return usual.flatMap((violation) => {
    // The reason may be another one.
    const again = others.map((refused) =>
      refused.filter(({ property }) => property === violation.property),
    );
    if (again.some((refused) => refused.length === 0)) return [];
    const least: Violation = again.every((refused) => errorsOf(refused).length > 0)
      ? violation
      : { ...violation, severity: 'warning' };
    const { message } = violation;
    return again.every((refused) => refused.some((each) => each.message === message))
      ? [least]
      : // What repairs it here need not do so elsewhere.
        [{ ...least, repairs: [], message: `${message} ${whatever(deciding)}` }];
  });
}

const whatever = (names: ReadonlySet<string>): string =>
  `This does not depend on ${[...names].join(', ')}, which the deployment decides.`;

/** Rules by which a property is wrong whatever its value, but for those that mean it is not used. */
const WHATEVER: ReadonlySet<string> = new Set([
  'not-applicable',
  's3-link',
  's3-restore',
  'unknown-property',
]);

/** The violation, unless it is of the value that stood in for an unknown one. */
function asFarAsKnown(
  violation: Violation,
  open: ReadonlyMap<string, Unknown>,
): readonly Violation[] {
  const { property, rule } = violation;
  const [, unknown] = [...open].find(([path]) => isWithin(property, path)) ?? [];
  if (unknown === undefined || unknown.known.among) return [violation];
  if (!WHATEVER.has(rule)) return [];
  const { value, message, ...rest } = violation;
  return [
    { ...rest, message: message.replace(formatValue(value), () => formatValue(unknown.text)) },
  ];
}
