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
  const other = otherDeployment(context);
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

/** The other persistent deployment type with the same storage type, if the region has it, and what it means for an S3 link. */
function otherDeployment(context: RuleContext): { words: string; repairs: Repair[] } {
  const { DeploymentType, StorageType, PerUnitStorageThroughput: given } = context.properties;
  const [first] = OFFERINGS.filter(
    ({ deployment, storage }) => storage === StorageType && deployment !== DeploymentType,
  )
    .map((offering) => ({ offering, tiers: context.tiersInRegion(offering) }))
    .filter(({ tiers }) => tiers.length > 0);
  if (DeploymentType === undefined || first === undefined) return { words: '', repairs: [] };
  const { offering, tiers } = first;
  const offers = given !== undefined && tiers.includes(given);
  const link =
    context.properties.ImportPath !== undefined &&
    applicabilityOf('ImportPath', offering) === 'refused'
      ? ', where S3 is linked by a data repository association instead of ImportPath'
      : '';
  return {
    words: `; or DeploymentType ${offering.deployment}, which offers ${joinWithOr(tiers)}${link}`,
    repairs: offers ? [{ DeploymentType: offering.deployment }] : [],
  };
}
