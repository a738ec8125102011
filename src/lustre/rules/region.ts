/** What a region lacks according to the table of regions. Regions that are unknown, or not in the table, have no violations. */
import {
  compareVersions,
  LUSTRE_VERSIONS,
  OFFERINGS,
  type Offering,
  type Tier,
} from '../catalog/catalog';
import {
  capacityOf,
  applicabilityOf,
  isScratch,
  rowsOf,
  type OfferedTier,
} from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { PROPERTY_SHAPES } from '../properties/shapes';
import {
  availability,
  efaAvailability,
  isOutdated,
  LOW_TIERS,
  offeredIn,
  REGION_SOURCES,
  type Region,
} from '../catalog/regions';
import type { Refuse, Rule, RuleContext } from './context';
import { allows, smallest } from '../catalog/allowed-numbers';
import type { Repair, Severity, Violation } from '../violations';
import { formatValue, joinWithAnd } from '../wording';

/** Requires that the region offers the file system, its tier and EFA. */
export const region: Rule = (context, refuse) => {
  const { offerings, properties, region: where } = context;
  if (where === undefined) return;
  // The rule for the pair reports a deployment and storage type that are not offered together.
  if (offerings.length !== 1 && properties.BackupId === undefined) return;
  // An invalid deployment or storage type does not show which offering was meant.
  if (!CHOICES.every((name) => isKnown(name, properties[name]))) return;
  const found = offerings.map((offering) => availability(where.region, offering));
  if (found.every((each) => each === 'no' || each === 'unlikely')) {
    refuseOffering(context, where, found.includes('no') ? 'no' : 'unlikely', refuse);
    return;
  }
  checkTier(context, where, refuse);
  checkEfa(context, where, refuse);
};

const CHOICES = ['DeploymentType', 'StorageType'] as const;

const isKnown = (name: (typeof CHOICES)[number], value: string | undefined): boolean =>
  value === undefined || (PROPERTY_SHAPES[name].values?.includes(value) ?? true);

function refuseOffering(
  context: RuleContext,
  where: Region,
  found: 'no' | 'unlikely',
  refuse: Refuse,
): void {
  const { name, offerings, properties } = context;
  const elastic = properties.StorageType === 'INTELLIGENT_TIERING' && where.persistent2 !== 'none';
  const property = elastic ? 'StorageType' : 'DeploymentType';
  const is = found === 'no' ? 'is not' : 'is probably not';
  const what = name === 'SCRATCH_2' ? 'SCRATCH_2 (the default)' : name;
  const { words, repairs } = remedy(offerings, properties, where);
  refuse({
    rule: 'region',
    property,
    value: properties[property],
    message: `${what} ${is} available in ${where.region}, which has ${joinWithAnd(offeredIn(where))}. ${words} ${source(where)}`,
    kind: 'table',
    ...severity(context, where, found),
    repairs,
  });
}

function checkTier(context: RuleContext, where: Region, refuse: Refuse): void {
  const { offerings, properties } = context;
  const { PerUnitStorageThroughput: tier } = properties;
  const known = offerings.some(({ tiers }) => tiers.some(({ throughput }) => throughput === tier));
  if (tier === undefined || !known) return;
  if (offerings.some((each) => availability(where.region, each, tier) !== 'no')) return;
  const nearest = Math.max(...LOW_TIERS);
  refuse({
    rule: 'region',
    property: 'PerUnitStorageThroughput',
    value: tier,
    message: `PerUnitStorageThroughput ${tier} is not available in ${where.region}, which has ${joinWithAnd(offeredIn(where))}. Use ${nearest}. ${source(where)}`,
    kind: 'table',
    ...severity(context, where),
    repairs: [{ PerUnitStorageThroughput: nearest }],
  });
}

function checkEfa(context: RuleContext, where: Region, refuse: Refuse): void {
  if (context.properties.EfaEnabled !== true || efaAvailability(where.region) !== 'no') return;
  refuse({
    rule: 'region',
    property: 'EfaEnabled',
    value: true,
    message: `EfaEnabled true is not available in ${where.region}, which has ${joinWithAnd(offeredIn(where))}. Omit it or set it to false. ${source(where)}`,
    kind: 'table',
    ...severity(context, where),
    repairs: [{ EfaEnabled: false }],
  });
}

const source = ({ source: from }: Region): string =>
  `Source: AWS's table of ${REGION_SOURCES[from]}.`;

function severity(
  { date }: RuleContext,
  where: Region,
  found: 'no' | 'unlikely' = 'no',
): Pick<Violation, 'severity'> {
  const old = date !== undefined && isOutdated(where, date);
  const warning: Severity = 'warning';
  return found === 'unlikely' || old ? { severity: warning } : {};
}

/** The smallest change after which the region offers the file system. */
export function remedy(
  offerings: readonly Offering[],
  properties: LustreProperties,
  where: Region,
): { words: string; repairs: Repair[] } {
  if (properties.BackupId !== undefined)
    return {
      words: 'Restore a backup in its own region, with the same deployment and storage type.',
      repairs: [],
    };
  const target = nearest(offerings, properties, where);
  if (target === undefined) return { words: '', repairs: [] };
  const repair = repairTo(target, properties, where);
  const linked =
    properties.ImportPath !== undefined &&
    applicabilityOf('ImportPath', target.offering) === 'refused'
      ? ' Link S3 by a data repository association instead of ImportPath.'
      : '';
  return { words: `${changeWords(repair, properties)}${linked}`, repairs: [repair] };
}

/**
 * The most similar tier that the region has: of the same kind if possible, with at least the same throughput if possible,
 * else with the highest.
 */
function nearest(
  offerings: readonly Offering[],
  { PerUnitStorageThroughput }: LustreProperties,
  { region: name }: Region,
): OfferedTier | undefined {
  const [wanted] = offerings;
  const asked = wanted?.tiers.find(({ throughput }) => throughput === PerUnitStorageThroughput);
  const least = asked?.disk.baseline ?? 0;
  const distance = ({ disk: { baseline } }: Tier) =>
    baseline >= least ? baseline - least : 1e6 - baseline;
  const differences = ({ offering }: OfferedTier) =>
    Number(isScratch(offering) !== (wanted !== undefined && isScratch(wanted))) +
    Number(offering.storage !== 'SSD') +
    Number(offering.deployment !== wanted?.deployment);
  return OFFERINGS.flatMap(rowsOf)
    .filter(({ offering, tier }) => availability(name, offering, tier.throughput) === 'yes')
    .toSorted((a, b) => differences(a) - differences(b) || distance(a.tier) - distance(b.tier))[0];
}

/**
 * Properties that set the speed rather than the purpose of a file system. A repair removes them if the target does not accept
 * them.
 */
const SPEED = [
  'PerUnitStorageThroughput',
  'ThroughputCapacity',
  'DataReadCacheConfiguration',
  'DriveCacheType',
  'EfaEnabled',
  'MetadataConfiguration',
] as const satisfies readonly (keyof LustreProperties)[];

function repairTo(target: OfferedTier, properties: LustreProperties, where: Region): Repair {
  const { offering, tier } = target;
  const { StorageCapacity, FileSystemTypeVersion: version } = properties;
  const dropped = SPEED.filter(
    (name) => properties[name] !== undefined && applicabilityOf(name, offering) === 'refused',
  );
  const repair = {
    ...(properties.EfaEnabled && efaAvailability(where.region) === 'no' && { EfaEnabled: false }),
    ...Object.fromEntries(dropped.map((name) => [name, undefined])),
    DeploymentType: offering.deployment,
    StorageType: offering.storage,
    ...(tier.throughput !== undefined && { PerUnitStorageThroughput: tier.throughput }),
  };
  const steps = capacityOf(target, { ...properties, ...repair });
  const fits = StorageCapacity === undefined || allows(steps, StorageCapacity);
  const tooOld = version !== undefined && compareVersions(version, offering.oldestVersion) < 0;
  return {
    ...repair,
    ...(!fits && { StorageCapacity: smallest(steps, StorageCapacity) }),
    ...(tooOld && { FileSystemTypeVersion: LUSTRE_VERSIONS.at(-1) }),
  };
}

/** The difference between a repair and the given properties, as an instruction. */
function changeWords(repair: Repair, properties: LustreProperties): string {
  const changes = Object.entries(repair).filter(
    ([name, value]) => value !== properties[name as keyof LustreProperties],
  );
  const set = changes.flatMap(([name, value]) =>
    value === undefined ? [] : `${name} ${formatValue(value)}`,
  );
  const gone = changes.flatMap(([name, value]) => (value === undefined ? name : []));
  const needs =
    properties.StorageCapacity === undefined && properties.StorageType === 'INTELLIGENT_TIERING'
      ? ['a StorageCapacity']
      : [];
  return `Use ${joinWithAnd([...set, ...needs])}${gone.length > 0 ? `, and omit ${joinWithAnd(gone)}` : ''}.`;
}
