/** The guardrails of an account, for a model with unknown values. */
import { checkGuardrails, GUARDRAILS, guardrailRule, type Guardrails } from '../account/guardrails';
import type { TypeConfiguration } from '../account/type-configuration';
import { estimateCost } from '../estimates/cost';
import { explore, LIMITS } from '../explore';
import type { Defaults } from '../properties';
import { head } from '../properties/parse';
import type { Violation } from '../violations';
import { readPartial, type Model, type PartialModel } from './model';

/** Options for the guardrails of an account. */
export interface AccountOptions {
  /** The region whose prices count. */
  readonly region: string;
  /** The defaults of properties that the model does not have. Absent: those of this type. */
  readonly defaults?: Defaults;
}

/**
 * The guardrails that the model violates for every value of the unknown properties. A missing tag is only a warning, because
 * the file system also gets the tags of the stack, which the template does not have.
 */
export function checkAccountLimits(
  model: Model,
  { Guardrails: guardrails = {}, Pricing }: TypeConfiguration,
  { region, defaults }: AccountOptions,
): Violation[] {
  const partial = readPartial(model, defaults);
  const prices = { region, discountPercent: Pricing?.DiscountPercent ?? 0 };
  const malformed = new Set(partial.violations.map(({ property }) => head(property)));
  // Each guardrail reads few properties, so that it can be decided when few are known.
  return GUARDRAILS.filter((name) => guardrails[name] !== undefined)
    .flatMap((name) => certain(partial, { [name]: guardrails[name] }, prices))
    .filter(({ property }) => !malformed.has(property))
    .map((violation) => (violation.property === 'Tags' ? orOfTheStack(violation) : violation));
}

interface Prices {
  readonly region: string;
  readonly discountPercent: number;
}

/** The violations of one guardrail that all values of the unknown properties have. */
function certain(partial: PartialModel, guardrail: Guardrails, prices: Prices): Violation[] {
  let sampled = 0;
  const deciding = new Set<string>();
  const { results, complete } = explore(
    (choose) => {
      const properties = partial.properties((path, values) => {
        if (partial.open.get(path)?.values === undefined && isOneOfMany(path, values)) sampled++;
        if (values.length > 1) deciding.add(head(path));
        return choose(path, values);
      });
      const hasLimit = guardrail.MaxEstimatedMonthlyCost !== undefined;
      const monthly = hasLimit ? estimateCost(properties, prices)?.monthly : undefined;
      return checkGuardrails(properties, guardrail, monthly, prices.region);
    },
    LIMITS.configurations,
    (violations) => violations.length === 0,
  );
  const [usual = [], ...others] = results;
  // Only a few values of an unknown number are tried; another one may be within the limit.
  if (!complete || sampled > 0) return [];
  return usual.flatMap((violation) => {
    const { rule, value, message } = violation;
    const again = others.map((each) =>
      each.filter((other) => other.rule === rule && (rule !== TAG_KEYS || other.value === value)),
    );
    if (again.some((each) => each.length === 0)) return [];
    const isAlike = again.every((each) => each.some((other) => other.message === message));
    const whatever = `This applies to every value of ${[...deciding].join(', ')}.`;
    // A repair for one value need not be one for another.
    return [isAlike ? violation : { ...violation, message: `${message} ${whatever}`, repairs: [] }];
  });
}

const TAG_KEYS = guardrailRule('RequiredTagKeys');

const isOneOfMany = (path: string, values: readonly unknown[]): boolean =>
  (head(path) === 'Tags' && !path.endsWith('.Value')) ||
  values.some((value) => typeof value === 'number' || typeof value === 'object');

const orOfTheStack = (violation: Violation): Violation => ({
  ...violation,
  message: violation.message.replace(/: add it\.$/, ': add it here or to the tags of the stack.'),
  severity: 'warning',
});
