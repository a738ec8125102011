/** StorageCapacity: multiples that depend on deployment type, storage type, tier and EFA. */
import { OFFERINGS } from '../catalog/catalog';
import { capacityOf, isScratch, rowsOf, tiersFor, type OfferedTier } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { kindOf, type Rule, type RuleContext } from './context';
import {
  allows,
  choicesOf,
  describeAllowed,
  INTEGER_MAXIMUM,
  nearest,
  type AllowedNumbers,
} from '../catalog/allowed-numbers';
import type { Repair } from '../violations';
import { joinWithOr, nearestWords } from '../wording';

/** Requires an allowed StorageCapacity. */
export const capacity: Rule = (context, refuse) => {
  const { properties, name } = context;
  const { StorageCapacity: given } = properties;
  if (given === undefined) return;
  const rows = tiersFor(properties);
  const [row] = rows;
  // Elastic storage: the rule of applicability refuses the property itself.
  if (row === undefined) return;
  const rules = rulesOf(rows, properties);
  if ([...rules.keys()].some((rule) => allows(rule, given))) return;

  const words = capacityWords(properties, (rule) => nearestWords(nearest(rule, given)));
  const otherwise = elsewhere(rows, context, given);
  refuse({
    rule: 'storage-capacity',
    property: 'StorageCapacity',
    value: given,
    message: `StorageCapacity ${given} is not valid for ${rules.size > 1 ? name : place(row, properties)}: use ${words}.${otherwise.words}`,
    kind: kindOf(given),
    repairs: [
      // What FSx cannot represent is no capacity in GiB, but perhaps one in bytes.
      ...(given > INTEGER_MAXIMUM ? [] : [...rules.keys()])
        .flatMap((rule) => nearest(rule, given))
        .map((StorageCapacity) => ({ StorageCapacity })),
      ...otherwise.repairs,
    ],
  });
};

/** The distinct capacity rules of the tiers, each with one of its tiers. */
const rulesOf = (rows: readonly OfferedTier[], properties: LustreProperties) =>
  new Map(rows.map((row) => [capacityOf(row, properties), row]));

/** The rules that may apply to StorageCapacity, each with its note and, if there are several, with where it applies. */
export function capacityWords(
  properties: LustreProperties,
  remark: (rule: AllowedNumbers) => string,
): string {
  const rows = tiersFor(properties);
  const rules = rulesOf(rows, properties);
  const oneOffering = rows.every(({ offering }) => offering === rows[0]?.offering);
  const words = [...rules].map(([rule, of]) => {
    const choice = describeAllowed(rule) + remark(rule);
    if (rules.size === 1) return choice;
    return `${choice} (${oneOffering ? conditionOf(of, properties).trim() : place(of, properties)})`;
  });
  return words.join(', or ');
}

/** The capacities that `capacityWords` lists, if there are several. */
export const capacityChoices = (properties: LustreProperties): number[] => [
  ...new Set([...rulesOf(tiersFor(properties), properties).keys()].flatMap(choicesOf)),
];

/** The tier in messages, with what its capacities depend on: `PERSISTENT_1 HDD at 40 MB/s/TiB`. */
const place = (row: OfferedTier, properties: LustreProperties): string =>
  row.offering.name + conditionOf(row, properties);

function conditionOf({ offering, tier }: OfferedTier, properties: LustreProperties): string {
  const efa = properties.EfaEnabled === true && tier.efaCapacity !== undefined;
  const differs = efa || offering.tiers.some(({ capacity: other }) => other !== tier.capacity);
  const at = differs && tier.throughput !== undefined ? ` at ${tier.throughput} MB/s/TiB` : '';
  return `${efa ? ' with EFA' : ''}${at}`;
}

/**
 * Further repairs with which the capacity is valid in the region: another tier, the other scratch deployment type, or no EFA.
 */
function elsewhere(
  rows: readonly OfferedTier[],
  context: RuleContext,
  given: number,
): { words: string; repairs: Repair[] } {
  const { properties } = context;
  const valid = (row: OfferedTier) =>
    allows(capacityOf(row, properties), given) &&
    context.isInRegion(row.offering, row.tier.throughput);
  const offerings = [...new Set(rows.map(({ offering }) => offering))];
  const tiers = offerings
    .flatMap(rowsOf)
    .filter(valid)
    .flatMap(({ tier }) => tier.throughput ?? []);
  const scratch = offerings.some(isScratch)
    ? OFFERINGS.filter(isScratch).flatMap(rowsOf).filter(valid)
    : [];
  const efa = properties.EfaEnabled === true;
  const withoutEfa = efa && rows.some(({ tier }) => allows(tier.capacity, given));
  const places = [
    ...(tiers.length > 0 ? [`at ${joinWithOr(tiers)} MB/s/TiB`] : []),
    ...scratch.map(({ offering }) => `for ${offering.name}`),
    ...(withoutEfa ? ['without EfaEnabled'] : []),
  ];
  return {
    words: places.length > 0 ? ` It is valid ${joinWithOr(places)}.` : '',
    repairs: [
      ...tiers.map((PerUnitStorageThroughput) => ({ PerUnitStorageThroughput })),
      ...scratch.map(({ offering }) => ({ DeploymentType: offering.deployment })),
      ...(withoutEfa ? [{ EfaEnabled: false }] : []),
    ],
  };
}
