/** The rules, for a model with unknown values: a template before its deployment, or the tokens of a program. */
import { explore, LIMITS } from '../explore';
import type { LustreProperties } from '../properties';
import { head, placeOf } from '../properties/parse';
import { readPartial, type Model, type PartialModel } from './model';
import { givenAttributes } from '../rules/read-only';
import { checkProperties, RULES, type CheckOptions } from '../rules/rules';
import type { Rule } from '../rules/context';
import { isWithin, Unknown, unknownsIn, valueAt } from '../unknown';
import { errorsOf, withoutMoot, type Violation } from '../violations';
import { formatValue, joinWithAnd } from '../wording';

/**
 * The violations that the model has for every combination of values of the unknown properties, and no others. Messages quote
 * only values that the model has.
 */
export function checkPartial(model: Model, options: CheckOptions = {}): Violation[] {
  const partial = readPartial(model, options.defaults, options.work);
  const malformed = new Set(partial.violations.map(({ property }) => head(property)));
  // A single rule reads few properties, so that it can be decided when few are known.
  const groups = partial.open.size === 0 ? [RULES] : RULES.map((rule) => [rule]);
  const refused = groups.flatMap((rules) => certain(rules, partial, model, options));
  return [
    ...givenAttributes(model),
    ...withoutMoot([
      ...partial.violations.map((violation) => inTermsOf(model, partial, violation)),
      ...refused.filter(({ property }) => !malformed.has(head(property))),
    ]).sort((a, b) => placeOf(a) - placeOf(b)),
  ];
}

/** The violations of every configuration, among those that differ in properties that the rules read. */
function certain(
  rules: readonly Rule[],
  partial: PartialModel,
  model: Model,
  options: CheckOptions,
): Violation[] {
  const deciding = new Set<string>();
  const { results, complete } = explore(
    (choose) => {
      const properties = partial.properties((path, values) => {
        if (values.length > 1) deciding.add(head(path));
        return choose(path, values);
      });
      return checkProperties(properties, options, rules).map((violation) =>
        withoutSamples(violation, properties, partial),
      );
    },
    LIMITS.configurations,
    (refused) => refused.length === 0,
  );
  const [usual = [], ...others] = results;
  if (!complete) return [];
  return usual.flatMap((violation) => {
    // Another configuration may refuse the same property with another message.
    const again = others.map((refused) =>
      refused.filter(({ property }) => property === violation.property),
    );
    if (again.some((refused) => refused.length === 0)) return [];
    const isError = [[violation], ...again].every((refused) => errorsOf(refused).length > 0);
    const least = inTermsOf(model, partial, violation);
    const every = again.map((refused) => refused.map((each) => inTermsOf(model, partial, each)));
    const isSame = (part: (each: Violation) => unknown): boolean =>
      every.every((refused) => refused.some((each) => part(each) === part(least)));
    return {
      ...least,
      ...(!isError && { severity: 'warning' as const }),
      ...(!isSame(({ message }) => message) && {
        message: whatever(least, [least, ...every.flatMap(([first]) => first ?? [])], deciding),
      }),
      // A repair for one configuration need not be one for another.
      ...(!isSame(({ repairs }) => JSON.stringify(repairs)) && { repairs: [] }),
    };
  });
}

/** Removes the repairs that would write a sample for an unknown value into the model. */
function withoutSamples(
  violation: Violation,
  properties: LustreProperties,
  { open }: PartialModel,
): Violation {
  const { repairs = [] } = violation;
  const paths = [...open.keys()];
  const kept = repairs.filter((repair) =>
    Object.entries(repair).every(([name, to]) => {
      const samples = paths
        .filter((path) => typeof to === 'object' && isWithin(path, name))
        .map((path) => valueAt(properties, path));
      return !leavesOf(to).some((leaf) => samples.some((sample) => isPartOf(leaf, sample)));
    }),
  );
  return kept.length === repairs.length ? violation : { ...violation, repairs: kept };
}

/** Whether a value is a sample, or one without its beginning, such as a key of a tag without `aws:`. */
const isPartOf = (value: unknown, sample: unknown): boolean =>
  value === sample ||
  (typeof value === 'string' &&
    value !== '' &&
    typeof sample === 'string' &&
    sample.endsWith(value));

/** The values in an object or a list that are neither, at any depth. */
const leavesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];

/**
 * Merges several messages into what they have in common, and says that it applies to every value of the unknown properties.
 * None of these values is named.
 */
function whatever(
  { property, value }: Violation,
  violations: readonly Violation[],
  deciding: ReadonlySet<string>,
): string {
  const names = [...deciding].filter((name) => name !== head(property));
  const whenever = names.length === 0 ? '' : `, whatever ${joinWithAnd(names)} will be`;
  const said = commonBeginning(violations.map(({ message }) => message));
  if (said !== '') return `${said}${whenever}.`;
  return value === undefined
    ? `${property} is required${whenever}.`
    : `${property} ${formatValue(value)} is not valid${whenever}.`;
}

/** The clauses and sentences that all texts begin with, without the last period. */
function commonBeginning([first = '', ...others]: readonly string[]): string {
  let end = 0;
  while (end < first.length && others.every((text) => text[end] === first[end])) end++;
  return /^.*(?=[;:.] )/s.exec(first.slice(0, end))?.[0] ?? '';
}

/** Rewrites a violation to quote the values of the model instead of samples for unknown values. */
function inTermsOf(model: Model, { open }: PartialModel, violation: Violation): Violation {
  const { value, message } = violation;
  const [path = violation.property] =
    [...open].find(([each]) => isWithin(violation.property, each)) ?? [];
  const written = valueAt(model, path);
  if (value === undefined || unknownsIn(written).length === 0) return violation;
  const shown = written instanceof Unknown ? written.text : written;
  return {
    ...violation,
    value: shown,
    message: message.replace(formatValue(value), () => formatValue(shown)),
  };
}
