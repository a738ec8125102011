/** The rules, for a model with unknown values: a template before its deployment, or the tokens of a program. */
import { explore, LIMITS } from '../explore';
import type { LustreProperties } from '../properties';
import { head, headsOf, placeOf } from '../properties/parse';
import { inTermsOf, readPartial, type Model, type PartialModel } from './model';
import { givenAttributes } from '../rules/read-only';
import { checkProperties, RULES, type CheckOptions } from '../rules/rules';
import type { Rule } from '../rules/context';
import { isWithin } from '../paths';
import { valueAt } from '../unknown';
import { distinctRepairs, errorsOf, withoutMoot, type Violation } from '../violations';
import { formatValue, joinWithAnd } from '../wording';

/**
 * The violations that the model has for every combination of values of the unknown properties, and no others. Messages quote
 * only values that the model has.
 */
export function checkPartial(model: Model, options: CheckOptions = {}): Violation[] {
  const partial = readPartial(model, options.defaults, options.work);
  const malformed = new Set(partial.violations.flatMap(headsOf));
  // A single rule reads few properties, so that it can be decided when few are known.
  const groups = partial.open.size === 0 ? [RULES] : RULES.map((rule) => [rule]);
  const refused = groups.flatMap((rules) => certain(rules, partial, model, options));
  return [
    ...givenAttributes(model),
    ...withoutMoot([
      ...partial.violations,
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
        withoutSamples(violation, properties, partial, model),
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
        message: commonMessage(
          least,
          [least, ...every.flatMap(([first]) => first ?? [])],
          deciding,
        ),
      }),
      // A repair for one configuration need not be one for another.
      ...(!isSame(({ repairs }) => JSON.stringify(repairs)) && { repairs: [] }),
    };
  });
}

/** Writes the unknown values of the model in its repairs, where a rule has written samples. */
function withoutSamples(
  violation: Violation,
  properties: LustreProperties,
  { open }: PartialModel,
  model: Model,
): Violation {
  if (open.size === 0 || violation.repairs === undefined) return violation;
  const repairs = violation.repairs.map((repair) =>
    Object.fromEntries(
      Object.entries(repair).map(([name, to]) => {
        const samples = [...open]
          .filter(([path]) => typeof to === 'object' && isWithin(path, name))
          .map(
            ([path, { text }]) => [valueAt(properties, withoutNulls(path, model)), text] as const,
          );
        return [name, samples.length === 0 ? to : inTexts(to, samples)];
      }),
    ),
  );
  return { ...violation, repairs: distinctRepairs(repairs) };
}

/** The path of an item where the list has no empty ones, which parsing omits. */
function withoutNulls(path: string, model: Model): string {
  const [, list = '', index, rest = ''] = /^(.*?)\[(\d+)\](.*)$/.exec(path) ?? [];
  const items = index === undefined ? undefined : valueAt(model, list);
  if (!Array.isArray(items)) return path;
  const given = items.slice(0, Number(index)).filter((item) => item !== null && item !== undefined);
  return `${list}[${given.length}]${rest}`;
}

/** A value with texts for the samples in it, at any depth. */
function inTexts(value: unknown, samples: readonly (readonly [unknown, string])[]): unknown {
  if (Array.isArray(value)) return value.map((item) => inTexts(item, samples));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, inTexts(member, samples)]),
    );
  for (const [sample, text] of samples) {
    if (value === sample) return text;
    // A key of a tag without aws: is the end of one with it.
    if (typeof value !== 'string' || value === '' || typeof sample !== 'string') continue;
    const start = sample.slice(0, -value.length);
    if (sample.endsWith(value) && text.startsWith(start)) return text.slice(start.length);
  }
  return value;
}

/**
 * Merges several messages into what they have in common, and says that it applies to every value of the unknown properties.
 * None of these values is named.
 */
function commonMessage(
  { property, value }: Violation,
  violations: readonly Violation[],
  deciding: ReadonlySet<string>,
): string {
  const names = [...deciding].filter((name) => name !== head(property));
  const whenever = names.length === 0 ? '' : ` for any ${joinWithAnd(names)}`;
  const said = commonBeginning(violations.map(({ message }) => message));
  if (said !== '') return `${said}${whenever}.`;
  return value === undefined
    ? `${property} is required${whenever}.`
    : `${property} ${formatValue(value)} is not valid${whenever}.`;
}

const CLAUSE_ENDS = /^(?:[;:.](?: |$)|, such as |, nearest )/;

/** The clauses and sentences that all texts begin with, without the last period. */
function commonBeginning([first = '', ...others]: readonly string[]): string {
  let end = 0;
  while (end < first.length && others.every((text) => text[end] === first[end])) end++;
  const isWhole = [first, ...others].every((text) => CLAUSE_ENDS.test(text.slice(end)));
  const common = first.slice(0, end);
  return isWhole ? common : (/^.*(?=[;:.] |, nearest )/s.exec(common)?.[0] ?? '');
}
