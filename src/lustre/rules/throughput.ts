/** PerUnitStorageThroughput: the tiers of each deployment type and storage type. */
import { OFFERINGS } from '../catalog/catalog';
import { applicabilityOf } from '../catalog/offerings';
import { kindOf, type Rule, type RuleContext } from './context';
import type { Repair } from '../violations';
import { joinWithOr, nearestWords } from '../wording';

/** Requires a tier of the deployment and storage type. */
export const throughputTier: Rule = (context, refuse) => {
  const { properties, name, region } = context;
  const { PerUnitStorageThroughput: given } = properties;
  const { all, inRegion } = context.tiers;
  // Without tiers, the rule of applicability refuses the property itself.
  if (given === undefined || all.length === 0 || all.includes(given)) return;
  const near = neighbors(inRegion, given);
  const other = elsewhere(context);
  const where = region && inRegion.length < all.length ? ` in ${region.region}` : '';
  refuse({
    rule: 'throughput-tier',
    property: 'PerUnitStorageThroughput',
    value: given,
    message: `PerUnitStorageThroughput ${given} is not valid for ${name}${where}: use ${joinWithOr(inRegion)} (MB/s per TiB)${nearestWords(near)}${other.words}.`,
    kind: kindOf(given),
    repairs: [
      ...near.map((PerUnitStorageThroughput) => ({ PerUnitStorageThroughput })),
      ...other.repairs,
    ],
  });
};

/** The next lower and the next higher tier. */
function neighbors(tiers: readonly number[], given: number): number[] {
  const sorted = tiers.toSorted((a, b) => a - b);
  return [sorted.findLast((tier) => tier < given), sorted.find((tier) => tier > given)].filter(
    (tier) => tier !== undefined,
  );
}

/**
 * Where the tier is offered, else the other persistent deployment type with the same storage type, as far as the region has it,
 * and what it means for an S3 link.
 */
function elsewhere(context: RuleContext): { words: string; repairs: Repair[] } {
  const { DeploymentType, StorageType, PerUnitStorageThroughput: given = 0 } = context.properties;
  const others = OFFERINGS.filter(
    ({ deployment, storage }) => deployment !== DeploymentType || storage !== StorageType,
  )
    .map((offering) => ({ offering, tiers: context.tiersInRegion(offering) }))
    .filter(({ tiers }) => tiers.length > 0);
  const offers = others.find(({ tiers }) => tiers.includes(given));
  const other = offers ?? others.find(({ offering }) => offering.storage === StorageType);
  if (DeploymentType === undefined || StorageType === undefined || other === undefined)
    return { words: '', repairs: [] };
  const { offering, tiers } = other;
  const { deployment, storage } = offering;
  const change = {
    ...(deployment !== DeploymentType && { DeploymentType: deployment }),
    ...(storage !== StorageType && { StorageType: storage }),
  };
  const link =
    context.properties.ImportPath !== undefined &&
    applicabilityOf('ImportPath', offering) === 'refused'
      ? ', where S3 is linked by a data repository association instead of ImportPath'
      : '';
  const changes = Object.entries(change).map(([name, value]) => `${name} ${value}`);
  return {
    words: `; or ${changes.join(' with ')}, which offers ${joinWithOr(tiers)}${link}`,
    repairs: offers ? [change] : [],
  };
}
