/** Needs, configurations and prices as text. */
import { whyNoCost, type CostEstimate } from './cost';
import { hasOwnPrices, lower, standIns, type CostBasis } from './cost-basis';
import type { Need } from './advice';
import { FEATURES } from '../catalog/features';
import type { LustreProperties } from '../properties';
import { amount, joinWithAnd, joinWithOr, money } from '../wording';

/**
 * The regions whose prices are used instead of those of the estimate's own region, for a table cell; empty if there are none.
 */
export function pricesOf(bases: readonly CostBasis[]): string {
  const regions = [...new Set(bases.flatMap(standIns))];
  const isPart = bases.some((basis) => hasOwnPrices(basis)) && regions.length > 0;
  return `${isPart ? 'partly ' : ''}${regions.join(', ')}`;
}

/** A configuration in a few words: `PERSISTENT_2 SSD, 19,200 GiB at 1000 MB/s/TiB`. */
export function describeConfiguration(properties: LustreProperties): string {
  const { DeploymentType, StorageType, StorageCapacity, PerUnitStorageThroughput } = properties;
  const { ThroughputCapacity, DriveCacheType, MetadataConfiguration, BackupId } = properties;
  const kind = [DeploymentType, DeploymentType?.startsWith('SCRATCH') ? '' : StorageType]
    .filter(Boolean)
    .join(' ');
  const tier =
    PerUnitStorageThroughput === undefined ? '' : ` at ${PerUnitStorageThroughput} MB/s/TiB`;
  return [
    kind || (BackupId === undefined ? '' : 'from the backup'),
    StorageCapacity === undefined ? tier.trim() : `${amount(StorageCapacity)} GiB${tier}`,
    ThroughputCapacity === undefined ? '' : `${amount(ThroughputCapacity)} MB/s`,
    DriveCacheType === 'READ' ? 'read cache' : '',
    MetadataConfiguration?.Iops === undefined ? '' : `${amount(MetadataConfiguration.Iops)} IOPS`,
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * What the prices of several estimates of a region are based on, as a sentence. If they differ, that of the lowest
 * confidence.
 */
export function pricesSentence(costs: readonly CostEstimate[], region: string): string {
  const least = costs.map(({ confidence }) => confidence).reduce(lower, 'high');
  const unsure = costs.find(({ confidence }) => confidence === least);
  if (unsure === undefined) return whyNoCost(region) ?? '';
  const differ = costs.some(({ basis }) => basis !== unsure.basis);
  return differ ? `Least certain prices: ${unsure.basis}` : unsure.basis;
}

/** A need in a few words: `At least 20,480 GiB and 4,000 MB/s, persistent`. */
export function describeNeed(need: Need): string {
  const { capacity, throughput, persistent, deployments = [], maximumCost, metadataIops } = need;
  const features = FEATURES.filter(({ name }) => need.features?.includes(name));
  return [
    `At least ${amount(capacity)} GiB and ${amount(throughput)} MB/s`,
    ...(metadataIops === undefined ? [] : [`${amount(metadataIops)} metadata IOPS`]),
    ...(persistent ? ['persistent'] : []),
    ...(deployments.length > 0 ? [joinWithOr(deployments)] : []),
    ...(features.length > 0 ? [`with ${joinWithAnd(features.map(({ words }) => words))}`] : []),
    ...(maximumCost === undefined ? [] : [`for at most ${money(maximumCost)} USD a month`]),
  ].join(', ');
}
