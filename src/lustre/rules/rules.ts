/**
 * The rules of FSx for Lustre: properties in, everything that FSx would refuse out, at once. A rule refuses only what AWS
 * documents or was seen to refuse; what an account's quota decides, and what is not established, is left to FSx.
 */
import { withDefaults, type Defaults, type LustreProperties } from '../properties';
import { head, parseProperties, placeOf } from '../properties/parse';
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
import { RuleContext, type Rule, type Surroundings } from './context';
import type { Work } from '../explore';
import { heldAgainst, withoutMoot, type Violation } from '../violations';

export interface CheckOptions extends Surroundings {
  /** Leave the tables of numbers (capacities, tiers, IOPS, versions) to FSx; contradictions are still refused. */
  deferToFsx?: boolean;
  /** What a model has that it leaves out; the defaults of this type where absent. */
  defaults?: Defaults;
  /** Where the steps that are taken are counted, if they are. */
  work?: Work | undefined;
}

/** Rules that run with the applicability of their property: a value can break one on one deployment and the other on another. */
const TOGETHER = new Map<string | undefined, Rule>([
  ['StorageCapacity', capacity],
  ['PerUnitStorageThroughput', throughputTier],
]);

/** Each reads few properties, so that few have to be known to decide it. */
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

/** What a rule takes, at most, beside the evaluation of a value. */
const STEPS_OF_A_RULE = 6;

/**
 * Everything in the properties that FSx would refuse, in the order of the table of properties. The properties are those
 * of `withDefaults`, so that what is checked is what is sent.
 */
export function checkProperties(
  properties: LustreProperties,
  { deferToFsx = false, work, ...surroundings }: CheckOptions = {},
  rules: readonly Rule[] = RULES,
): Violation[] {
  work?.spend(STEPS_OF_A_RULE * rules.length);
  const context = new RuleContext(properties, surroundings);
  const violations: Violation[] = [];
  for (const rule of rules) rule(context, (violation) => violations.push(violation));
  return withoutMoot(heldAgainst(violations, deferToFsx)).sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * A model as CloudFormation sends it, checked whole: what cannot be read and what FSx would refuse, together. A property
 * that cannot be read is not reported a second time as missing.
 */
export function checkModel(
  model: Readonly<Record<string, unknown>>,
  options: CheckOptions = {},
): { properties: LustreProperties; violations: Violation[] } {
  const parsed = parseProperties(model);
  const properties = withDefaults(parsed.properties, options.defaults);
  const unread = new Set(parsed.violations.map(({ property }) => head(property)));
  const violations = [
    ...parsed.violations,
    ...checkProperties(properties, options).filter(({ property }) => !unread.has(head(property))),
  ].sort((a, b) => placeOf(a) - placeOf(b));
  return { properties, violations };
}
