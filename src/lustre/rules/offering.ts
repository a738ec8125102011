/** Which storage goes with which deployment, and which property with which of the two. */
import { METADATA_IOPS, OFFERINGS, THROUGHPUT_CAPACITY, type Offering } from '../catalog/catalog';
import { applicabilityOf, throughputTiers } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { applicabilityRowOf, type Applicability } from '../catalog/applicability';
import { capacityChoices, capacityWords } from './capacity';
import { PROPERTY_NAMES, PROPERTY_SHAPES } from '../properties/shapes';
import type { Refuse, Rule, RuleContext } from './context';
import { choicesOf, describeAllowed } from '../catalog/allowed-numbers';
import type { Repair, Severity, Violation } from '../violations';
import { joinWithOr, lengthOf, formatValue } from '../wording';

type Name = keyof LustreProperties;

/** The properties that some offering requires or does not take. */
export const CONSTRAINED: readonly Name[] = PROPERTY_NAMES.filter((name) =>
  OFFERINGS.some((offering) => applicabilityOf(name, offering) !== 'optional'),
);

/** One for each property that is constrained. */
export const fits: ReadonlyMap<Name, Rule> = new Map(CONSTRAINED.map((name) => [name, fit(name)]));

function fit(property: Name): Rule {
  const { inert } = applicabilityRowOf(property);
  return (context, refuse) => {
    const value = context.properties[property];
    const found = context.offerings.map((offering) => applicabilityOf(property, offering));
    const all = (each: Applicability) => found.every((one) => one === each);
    if (value === undefined) {
      if (context.properties.BackupId === undefined && all('required'))
        refuseMissing(property, context, refuse);
    } else if (value !== inert && found.every(isMisplaced)) {
      refuseMisplaced(property, context, refuse, all('refused') ? 'error' : 'warning');
    }
  };
}

const isMisplaced = (each: Applicability): boolean => each === 'refused' || each === 'doubtful';

/**
 * The rule about the form of a property, as a warning where the property may not be used at all: nothing is on record then of
 * FSx looking at it, beyond the length that its API allows.
 */
export const whereUsed =
  (rule: Rule): Rule =>
  (context, refuse) => {
    rule(context, (violation) => {
      refuse(isUnused(violation, context) ? { ...violation, severity: 'warning' } : violation);
    });
  };

function isUnused({ property, value }: Violation, { offerings }: RuleContext): boolean {
  const name = PROPERTY_NAMES.find((each) => each === property);
  const shape = name && PROPERTY_SHAPES[name];
  if (name === undefined || shape?.type !== 'text' || typeof value !== 'string') return false;
  const [least, most] = shape.length ?? [0, Infinity];
  return (
    offerings.every((offering) => applicabilityOf(name, offering) === 'doubtful') &&
    lengthOf(value) >= least &&
    lengthOf(value) <= most
  );
}

/** HDD is for PERSISTENT_1, INTELLIGENT_TIERING for PERSISTENT_2. */
export const pair: Rule = ({ properties }, refuse) => {
  const { DeploymentType, StorageType } = properties;
  if (DeploymentType === undefined || StorageType === undefined) return;
  const known = (name: 'DeploymentType' | 'StorageType', value: string) =>
    PROPERTY_SHAPES[name].values?.includes(value);
  if (!known('DeploymentType', DeploymentType) || !known('StorageType', StorageType)) return;
  const deployments = OFFERINGS.filter(({ storage }) => storage === StorageType).map(
    ({ deployment }) => deployment,
  );
  if (deployments.includes(DeploymentType)) return;
  const storages = OFFERINGS.filter(({ deployment }) => deployment === DeploymentType).map(
    ({ storage }) => storage,
  );
  refuse({
    rule: 'storage-deployment',
    property: 'StorageType',
    value: StorageType,
    message: `StorageType ${StorageType} is not offered with DeploymentType ${DeploymentType}${DeploymentType === 'SCRATCH_2' ? ' (the default where none is given)' : ''}: use DeploymentType ${joinWithOr(deployments)}, or StorageType ${joinWithOr(storages)}.`,
    kind: 'contradiction',
    repairs: [
      ...deployments.map((deployment) => ({ DeploymentType: deployment })),
      ...storages.map((storage) => ({ StorageType: storage })),
    ],
  });
};

function refuseMissing(property: Name, { name, properties }: RuleContext, refuse: Refuse): void {
  refuse({
    rule: 'required',
    property,
    message: `${property} is required for ${name}: ${requirement(property, properties)}.`,
    kind: 'contradiction',
    repairs: choices(property, properties).map((value) => ({ [property]: value })),
  });
}

/** What to give where a property is required. */
function requirement(property: Name, properties: LustreProperties): string {
  const shape = PROPERTY_SHAPES[property];
  switch (property) {
    case 'StorageCapacity':
      return `use ${capacityWords(properties, () => ' GiB')}`;
    case 'PerUnitStorageThroughput':
      return `use ${joinWithOr(throughputTiers(properties))} (MB/s per TiB)`;
    case 'MetadataConfiguration':
      return `use Mode USER_PROVISIONED with Iops ${describeAllowed(METADATA_IOPS.INTELLIGENT_TIERING)}`;
    case 'ThroughputCapacity':
      return `use ${describeAllowed(THROUGHPUT_CAPACITY)} (MB/s)`;
    case 'DriveCacheType':
      return 'use NONE, or READ for an SSD read cache of 20 % of the capacity';
    default:
      return `use ${shape.expected}`;
  }
}

/** Values to choose from where a property is required; none where there are too many to name. */
function choices(property: Name, properties: LustreProperties): readonly unknown[] {
  switch (property) {
    case 'StorageCapacity':
      return capacityChoices(properties);
    case 'PerUnitStorageThroughput':
      return throughputTiers(properties);
    case 'MetadataConfiguration':
      return choicesOf(METADATA_IOPS.INTELLIGENT_TIERING).map((Iops) => ({
        Mode: 'USER_PROVISIONED',
        Iops,
      }));
    case 'DataReadCacheConfiguration':
      return ['NO_CACHE', 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'].map((SizingMode) => ({
        SizingMode,
      }));
    case 'DriveCacheType':
      return ['NONE', 'READ'];
    default:
      return [];
  }
}

function refuseMisplaced(
  property: Name,
  context: RuleContext,
  refuse: Refuse,
  severity: Severity,
): void {
  const { why, inert } = applicabilityRowOf(property);
  const value: unknown = context.properties[property];
  const elsewhere = alternatives(property, value, context);
  refuse({
    rule: 'not-applicable',
    property,
    value,
    message: `${property} ${formatValue(value)} ${severity === 'error' ? 'does' : 'might'} not go with ${context.name}: ${why ?? ''}.${severity === 'error' ? '' : ' FSx decides: no refusal is on record.'} ${inertAdvice(inert)}, or use ${joinWithOr(elsewhere.map((offering) => wordsOf(offering, property)))}.`,
    kind: 'contradiction',
    ...(severity === 'warning' && { severity }),
    repairs: [
      { [property]: inert },
      ...elsewhere.map(({ deployment, storage }): Repair => ({
        DeploymentType: deployment,
        StorageType: storage,
      })),
    ],
  });
}

/** The offerings the value goes with, those of the same storage type where there are such. */
function alternatives(property: Name, value: unknown, { properties }: RuleContext): Offering[] {
  const all = OFFERINGS.filter(
    (offering) =>
      !isMisplaced(applicabilityOf(property, offering)) && takes(offering, property, value),
  );
  const same = all.filter(({ storage }) => storage === properties.StorageType);
  return same.length > 0 ? same : all;
}

const inertAdvice = (inert: unknown): string =>
  inert === undefined ? 'Leave it out' : `Leave it out or set it to ${formatValue(inert)}`;

/** An offering that would refuse the value itself is no advice, unless all would. */
function takes({ tiers }: Offering, property: Name, value: unknown): boolean {
  if (property !== 'PerUnitStorageThroughput') return true;
  const known = OFFERINGS.some((offering) =>
    offering.tiers.some(({ throughput }) => throughput === value),
  );
  return !known || tiers.some(({ throughput }) => throughput === value);
}

const wordsOf = ({ name, tiers }: Offering, property: Name): string =>
  property === 'PerUnitStorageThroughput'
    ? `${name} (${joinWithOr(tiers.flatMap(({ throughput }) => throughput ?? []))})`
    : name;
