/**
 * The rules of FSx for Lustre: checks properties and returns everything that FSx would refuse at once. A rule refuses only
 * what AWS documents as invalid or was seen to refuse. Quotas, and what is not established, are left to FSx.
 */
import { withDefaults, type Defaults, type LustreProperties } from '../properties';
import { head, headsOf, parseProperties, placeOf } from '../properties/parse';
import { backups } from './backups';
import { capacity } from './capacity';
import { formats } from './formats';
import { intelligentTiering } from './intelligent-tiering';
import { metadata } from './metadata';
import { network } from './network';
import { fits, pair, whereUsed } from './offering';
import { access } from './access';
import { s3Links } from './s3';
import { tags } from './tags';
import { throughputTier } from './throughput';
import { region } from './region';
import { RuleContext, type Refuse, type Rule, type Surroundings } from './context';
import type { Work } from '../explore';
import {
  distinctRepairs,
  withoutDeferred,
  violationOf,
  withoutMoot,
  type Violation,
} from '../violations';

/** Options of the rules. */
export interface CheckOptions extends Surroundings {
  /** Leaves the allowed numbers (capacities, tiers, IOPS, versions) to FSx; contradictions are still refused. */
  deferToFsx?: boolean;
  /** The defaults of properties that the model does not have. Absent: those of this type. */
  defaults?: Defaults;
  /** Counts the steps taken, if given. */
  work?: Work | undefined;
}

/**
 * Rules that run together with the applicability rule of their property: on one deployment type a value can break one, and on
 * another deployment type the other.
 */
const TOGETHER = new Map<string | undefined, Rule>([
  ['StorageCapacity', capacity],
  ['PerUnitStorageThroughput', throughputTier],
]);

/** Each rule reads few properties, so that it can be decided when few are known. */
export const RULES: readonly Rule[] = [
  ...formats.map(whereUsed),
  pair,
  region,
  ...[...fits].map(([property, fit]): Rule => {
    const other = TOGETHER.get(property);
    if (other === undefined) return fit;
    return (context, refuse) => {
      fit(context, refuse);
      other(context, refuse);
    };
  }),
  intelligentTiering,
  network,
  s3Links,
  backups,
  metadata,
  access,
  tags,
];

/** The most steps of one rule, apart from the evaluation of values. */
const STEPS_OF_A_RULE = 6;

/**
 * Everything in the properties that FSx would refuse, in the order of `PROPERTY_NAMES`.
 *
 * @param properties With defaults (`withDefaults`), so that what is checked is what is sent.
 */
export function checkProperties(
  properties: LustreProperties,
  { deferToFsx = false, work, ...surroundings }: CheckOptions = {},
  rules: readonly Rule[] = RULES,
): Violation[] {
  work?.spend(STEPS_OF_A_RULE * rules.length);
  const context = new RuleContext(properties, surroundings);
  const violations: Violation[] = [];
  const refuse: Refuse = ({ repairs, ...refusal }) => {
    violations.push({
      ...violationOf(refusal),
      ...(repairs && { repairs: distinctRepairs(repairs) }),
    });
  };
  for (const rule of rules) rule(context, refuse);
  if (violations.length === 0) return violations;
  return withoutMoot(withoutDeferred(violations, deferToFsx)).sort(
    (a, b) => placeOf(a) - placeOf(b),
  );
}

/**
 * Checks a model as CloudFormation sends it: values that cannot be parsed and properties that FSx would refuse, together. A
 * property that cannot be parsed is not also reported as missing.
 */
export function checkModel(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions = {},
): { properties: LustreProperties; violations: Violation[] } {
  const parsed = parseProperties(model);
  const properties = withDefaults(parsed.properties, options.defaults);
  const unread = new Set(parsed.violations.flatMap(headsOf));
  const violations = [
    ...parsed.violations,
    ...checkProperties(properties, options).filter(({ property }) => !unread.has(head(property))),
  ].sort((a, b) => placeOf(a) - placeOf(b));
  return { properties, violations };
}
