/** Look-ups in the catalog for a file system whose properties may be incomplete. */
import { OFFERINGS, type Offering, type Tier } from './catalog';
import type { LustreProperties } from '../properties';
import { applicabilityRowOf, type Applicability } from './applicability';
import type { AllowedNumbers } from './allowed-numbers';

type Choice = Pick<LustreProperties, 'DeploymentType' | 'StorageType' | 'BackupId'>;

/**
 * The offerings that the properties may mean: one, where deployment and storage type are known and go together; those
 * that a backup may bring, where they are not; and those that share either half, where the pair is not offered, so that
 * a property that fits one repair of the pair is not refused beside it.
 */
export function offeringsFor({
  DeploymentType,
  StorageType,
  BackupId,
}: Choice): readonly Offering[] {
  const both = OFFERINGS.filter(
    ({ deployment, storage }) =>
      (DeploymentType === undefined
        ? BackupId === undefined || RESTORABLE.has(deployment)
        : deployment === DeploymentType) &&
      (StorageType === undefined || storage === StorageType),
  );
  if (both.length > 0) return both;
  const either = OFFERINGS.filter(
    ({ deployment, storage }) => deployment === DeploymentType || storage === StorageType,
  );
  return either.length > 0 ? either : OFFERINGS;
}

/** Whether the property goes with the offering. */
export function applicabilityOf(
  property: keyof LustreProperties,
  offering: Offering,
): Applicability {
  return applicabilityRowOf(property).fits[offering.name];
}

const RESTORABLE = new Set(
  OFFERINGS.filter((offering) => applicabilityOf('BackupId', offering) !== 'refused').map(
    ({ deployment }) => deployment,
  ),
);

/** A row of the catalog, with what it belongs to. */
export interface OfferedTier {
  readonly offering: Offering;
  readonly tier: Tier;
}

/** The rows that the properties may mean: those with the tier given, or all where none is given or it is not offered. */
export function tiersFor(properties: LustreProperties): OfferedTier[] {
  const rows = offeringsFor(properties).flatMap(rowsOf);
  const { PerUnitStorageThroughput: given } = properties;
  const chosen = rows.filter(({ tier }) => given !== undefined && tier.throughput === given);
  return chosen.length > 0 ? chosen : rows;
}

/** The Lustre version that FSx gives to a deployment where none is given: the same whatever its storage. */
export function defaultVersionOf(deployment: string | undefined): string | undefined {
  return OFFERINGS.find((offering) => offering.deployment === deployment)?.defaultVersion;
}

/** The values of PerUnitStorageThroughput of an offering, MB/s per TiB; none where it is not chosen. */
export function tiersOf({ tiers }: Offering): number[] {
  return tiers.flatMap(({ throughput }) => throughput ?? []);
}

/** The rows of an offering. */
export function rowsOf(offering: Offering): OfferedTier[] {
  return offering.tiers.map((tier) => ({ offering, tier }));
}

/** The capacities of a row, GiB: with EfaEnabled, those of whole EFA servers. */
export function capacityOf({ tier }: OfferedTier, properties: LustreProperties): AllowedNumbers {
  return (properties.EfaEnabled === true ? tier.efaCapacity : undefined) ?? tier.capacity;
}

/**
 * The one rule that StorageCapacity (GiB) is under, at creation and as a target of growth; undefined where the
 * properties do not tell, or there is no capacity to choose (INTELLIGENT_TIERING).
 */
export function capacityRule(properties: LustreProperties): AllowedNumbers | undefined {
  const [first, ...others] = tiersFor(properties).map((row) => capacityOf(row, properties));
  return others.every((rule) => rule === first) ? first : undefined;
}

/**
 * The one row that the properties mean, where they tell; the tiers of the offerings differ, so that a tier alone tells
 * what a backup brings.
 */
export function rowFor(properties: LustreProperties): OfferedTier | undefined {
  const [row, ...others] = offeringsFor(properties)
    .flatMap(rowsOf)
    .filter(({ tier }) => tier.throughput === properties.PerUnitStorageThroughput);
  return others.length === 0 ? row : undefined;
}
