/** The account's own limits, for a model of which some is not known yet. */
import { checkGuardrails, guardrailRule, type Guardrails } from '../account/guardrails';
import type { TypeConfiguration } from '../account/type-configuration';
import { estimateCost } from '../estimates/cost';
import { explore, LIMITS } from '../explore';
import type { Defaults } from '../properties';
import { head } from '../properties/parse';
import type { Violation } from '../violations';
import { readPartial, type Model, type PartialModel } from './model';

export interface AccountOptions {
  /** The region whose prices count. */
  readonly region: string;
  /** What a model has that it leaves out; the defaults of this type where absent. */
  readonly defaults?: Defaults;
}

/**
 * What the account does not allow whatever the unknown values turn out to be. The tags of the stack count for the file
 * system and stand in no template, so a tag that is missing is a warning.
 */
export function checkAccountLimits(
  model: Model,
  { Guardrails: guardrails = {}, Pricing }: TypeConfiguration,
  { region, defaults }: AccountOptions,
): Violation[] {
  const partial = readPartial(model, defaults);
  const prices = { region, discountPercent: Pricing?.DiscountPercent ?? 0 };
  const malformed = new Set(partial.violations.map(({ property }) => head(property)));
  // Each guardrail reads few properties, so that few have to be known to decide it.
  return GUARDRAILS.filter((name) => guardrails[name] !== undefined)
    .flatMap((name) => certain(partial, { [name]: guardrails[name] }, prices))
    .filter(({ property }) => !malformed.has(property))
    .map((violation) => (violation.property === 'Tags' ? orOfTheStack(violation) : violation));
}

const GUARDRAILS = [
  'AllowedDeploymentTypes',
  'MaxStorageCapacity',
  'MaxEstimatedMonthlyCost',
  'RequireKmsKey',
  'RequireBackups',
  'RequiredTagKeys',
] as const satisfies readonly (keyof Guardrails)[];

interface Prices {
  readonly region: string;
  readonly discountPercent: number;
}

/** What a guardrail has against every value that the unknown properties may have. */
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
  // Of a number only a few values are tried: another one may be within the limit.
  if (!complete || sampled > 0) return [];
  return usual.flatMap((violation) => {
    const { rule, value, message } = violation;
    const again = others.map((each) =>
      each.filter((other) => other.rule === rule && (rule !== TAG_KEYS || other.value === value)),
    );
    if (again.some((each) => each.length === 0)) return [];
    const isAlike = again.every((each) => each.some((other) => other.message === message));
    const whatever = `This holds for every value of ${[...deciding].join(', ')}.`;
    // What repairs it here need not do so elsewhere.
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
