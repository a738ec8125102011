/** Searches of the catalog for a file system whose properties may be incomplete. */
import { OFFERINGS, type Offering, type Tier } from './catalog';
import type { LustreProperties } from '../properties';
import { applicabilityRowOf, type Applicability } from './applicability';
import type { AllowedNumbers } from './allowed-numbers';

type Choice = Pick<LustreProperties, 'DeploymentType' | 'StorageType' | 'BackupId'>;

/**
 * The offerings that the properties may stand for. One, if deployment and storage type are known and offered together. Those
 * that a backup may have, if they are not known. If the pair is not offered, those with either of the two, so that no rule
 * refuses a property that a repair of the pair would make valid.
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

/** Whether an offering accepts a property. */
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

/** A tier of the catalog and its offering. */
export interface OfferedTier {
  readonly offering: Offering;
  readonly tier: Tier;
}

/**
 * The tiers that the properties may stand for: those with the given tier, or all if none is given or the given one is not
 * offered.
 */
export function tiersFor(properties: LustreProperties): OfferedTier[] {
  const rows = offeringsFor(properties).flatMap(rowsOf);
  const { PerUnitStorageThroughput: given } = properties;
  const chosen = rows.filter(({ tier }) => given !== undefined && tier.throughput === given);
  return chosen.length > 0 ? chosen : rows;
}

/** Whether an offering is scratch storage, which is not replicated and has no backups. */
export const isScratch = ({ durability }: Offering): boolean => durability === 'none';

/** The Lustre version that FSx uses for a deployment type if none is given. It does not depend on the storage type. */
export function defaultVersionOf(deployment: string | undefined): string | undefined {
  return OFFERINGS.find((offering) => offering.deployment === deployment)?.defaultVersion;
}

/** The values of PerUnitStorageThroughput of an offering, MB/s per TiB; empty if it has no such choice. */
export function tiersOf({ tiers }: Offering): number[] {
  return tiers.flatMap(({ throughput }) => throughput ?? []);
}

/** The tiers of an offering, each with the offering. */
export function rowsOf(offering: Offering): OfferedTier[] {
  return offering.tiers.map((tier) => ({ offering, tier }));
}

/** The allowed StorageCapacity of a tier, GiB. With EfaEnabled, a whole number of EFA servers. */
export function capacityOf({ tier }: OfferedTier, properties: LustreProperties): AllowedNumbers {
  return (properties.EfaEnabled === true ? tier.efaCapacity : undefined) ?? tier.capacity;
}

/**
 * The only rule for StorageCapacity (GiB), at creation and in an update. Undefined if the properties allow several rules, or
 * the capacity is elastic (INTELLIGENT_TIERING).
 */
export function capacityRule(properties: LustreProperties): AllowedNumbers | undefined {
  const [first, ...others] = tiersFor(properties).map((row) => capacityOf(row, properties));
  return others.every((rule) => rule === first) ? first : undefined;
}

/**
 * The only tier that the properties can stand for; undefined if there are several. No two offerings have the same tier, so a
 * tier alone identifies the offering of a backup.
 */
export function rowFor(properties: LustreProperties): OfferedTier | undefined {
  const [row, ...others] = offeringsFor(properties)
    .flatMap(rowsOf)
    .filter(({ tier }) => tier.throughput === properties.PerUnitStorageThroughput);
  return others.length === 0 ? row : undefined;
}
