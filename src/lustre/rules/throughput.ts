/** PerUnitStorageThroughput: the tiers of each deployment and storage type. */
import { OFFERINGS } from '../catalog/catalog';
import type { LustreProperties } from '../properties';
import { kindOf, type Rule } from './context';
import type { Repair } from '../violations';
import { joinWithOr, nearestWords } from '../wording';

export const throughputTier: Rule = ({ properties, offerings, name }, refuse) => {
  const { PerUnitStorageThroughput: given } = properties;
  const tiers = offerings.flatMap((offering) =>
    offering.tiers.flatMap(({ throughput }) => throughput ?? []),
  );
  // Where there are no tiers the property itself is refused.
  if (given === undefined || tiers.length === 0 || tiers.includes(given)) return;
  const near = neighbors(tiers, given);
  const other = otherDeployment(properties);
  refuse({
    rule: 'throughput-tier',
    property: 'PerUnitStorageThroughput',
    value: given,
    message: `PerUnitStorageThroughput ${given} is not valid for ${name}: use ${joinWithOr(tiers)} (MB/s per TiB)${nearestWords(near)}${other.words}.`,
    kind: kindOf(given),
    repairs: [
      ...near.map((PerUnitStorageThroughput) => ({ PerUnitStorageThroughput })),
      ...other.repairs,
    ],
  });
};

/** The tiers below and above. */
function neighbors(tiers: readonly number[], given: number): number[] {
  const sorted = tiers.toSorted((a, b) => a - b);
  return [sorted.findLast((tier) => tier < given), sorted.find((tier) => tier > given)].filter(
    (tier) => tier !== undefined,
  );
}

/** The same storage type on another persistent deployment, and what that means for an S3 link. */
function otherDeployment(properties: LustreProperties): { words: string; repairs: Repair[] } {
  const { DeploymentType, StorageType, PerUnitStorageThroughput: given, ImportPath } = properties;
  const other = OFFERINGS.find(
    ({ deployment, storage, tiers }) =>
      storage === StorageType &&
      deployment !== DeploymentType &&
      tiers.some(({ throughput }) => throughput),
  );
  if (DeploymentType === undefined || other === undefined) return { words: '', repairs: [] };
  const tiers = other.tiers.flatMap(({ throughput }) => throughput ?? []);
  const offers = given !== undefined && tiers.includes(given);
  const link =
    other.deployment === 'PERSISTENT_2' && ImportPath !== undefined
      ? ', where S3 is linked by a data repository association instead of ImportPath'
      : '';
  return {
    words: `; or DeploymentType ${other.deployment}, which offers ${joinWithOr(tiers)}${link}`,
    repairs: offers ? [{ DeploymentType: other.deployment }] : [],
  };
}
