/** Which storage goes with which deployment, and which property with which of the two. */
import { METADATA_IOPS, OFFERINGS, THROUGHPUT_CAPACITY, type Offering } from '../catalog/catalog';
import { fitOf, throughputTiers } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { fitRowOf, type Fit } from '../catalog/property-fits';
import { capacityWords } from './capacity';
import { PROPERTY_NAMES, PROPERTY_SHAPES } from '../properties/shapes';
import type { Refuse, Rule, Situation } from './context';
import { describeSteps } from '../catalog/allowed-numbers';
import type { Repair, Severity, Violation } from '../violations';
import { either, lengthOf, show } from '../wording';

type Name = keyof LustreProperties;

/** The properties that some offering requires or does not take. */
export const CONSTRAINED: readonly Name[] = PROPERTY_NAMES.filter((name) =>
  OFFERINGS.some((offering) => fitOf(name, offering) !== 'optional'),
);

/** One for each property that is constrained. */
export const fits: ReadonlyMap<Name, Rule> = new Map(CONSTRAINED.map((name) => [name, fit(name)]));

function fit(property: Name): Rule {
  const { inert } = fitRowOf(property);
  return (situation, refuse) => {
    const value = situation.properties[property];
    const found = situation.offerings.map((offering) => fitOf(property, offering));
    const all = (each: Fit) => found.every((one) => one === each);
    if (value === undefined) {
      if (situation.properties.BackupId === undefined && all('required'))
        refuseMissing(property, situation, refuse);
    } else if (value !== inert && found.every(isMisplaced)) {
      refuseMisplaced(property, situation, refuse, all('refused') ? 'error' : 'warning');
    }
  };
}

const isMisplaced = (each: Fit): boolean => each === 'refused' || each === 'doubtful';

/**
 * The rule about the form of a property, as a warning where the property may not be used at all: nothing is on record then of
 * FSx looking at it, beyond the length that its API allows.
 */
export const whereUsed =
  (rule: Rule): Rule =>
  (situation, refuse) => {
    rule(situation, (violation) => {
      refuse(isUnused(violation, situation) ? { ...violation, severity: 'warning' } : violation);
    });
  };

function isUnused({ property, value }: Violation, { offerings }: Situation): boolean {
  const name = PROPERTY_NAMES.find((each) => each === property);
  const shape = name && PROPERTY_SHAPES[name];
  if (name === undefined || shape?.type !== 'text' || typeof value !== 'string') return false;
  const [least, most] = shape.length ?? [0, Infinity];
  return (
    offerings.every((offering) => fitOf(name, offering) === 'doubtful') &&
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
    message: `StorageType ${StorageType} is not offered with DeploymentType ${DeploymentType}${DeploymentType === 'SCRATCH_2' ? ' (the default where none is given)' : ''}: use DeploymentType ${either(deployments)}, or StorageType ${either(storages)}.`,
    kind: 'contradiction',
    repairs: [
      ...deployments.map((deployment) => ({ DeploymentType: deployment })),
      ...storages.map((storage) => ({ StorageType: storage })),
    ],
  });
};

function refuseMissing(property: Name, { name, properties }: Situation, refuse: Refuse): void {
  refuse({
    rule: 'required',
    property,
    message: `${property} is required for ${name}: ${requirement(property, properties)}.`,
    kind: 'contradiction',
  });
}

/** What to give where a property is required. */
function requirement(property: Name, properties: LustreProperties): string {
  const shape = PROPERTY_SHAPES[property];
  switch (property) {
    case 'StorageCapacity':
      return `use ${capacityWords(properties, () => ' GiB')}`;
    case 'PerUnitStorageThroughput':
      return `use ${either(throughputTiers(properties))} (MB/s per TiB)`;
    case 'MetadataConfiguration':
      return `use Mode USER_PROVISIONED with Iops ${describeSteps(METADATA_IOPS.INTELLIGENT_TIERING)}`;
    case 'ThroughputCapacity':
      return `use ${describeSteps(THROUGHPUT_CAPACITY)} (MB/s)`;
    case 'DriveCacheType':
      return 'use NONE, or READ for an SSD read cache of 20 % of the capacity';
    default:
      return `use ${shape.expected}`;
  }
}

function refuseMisplaced(
  property: Name,
  situation: Situation,
  refuse: Refuse,
  severity: Severity,
): void {
  const { why, inert } = fitRowOf(property);
  const value: unknown = situation.properties[property];
  const elsewhere = alternatives(property, value, situation);
  refuse({
    rule: 'not-applicable',
    property,
    value,
    message: `${property} ${show(value)} ${severity === 'error' ? 'does' : 'might'} not go with ${situation.name}: ${why ?? ''}.${severity === 'error' ? '' : ' FSx decides: no refusal is on record.'} ${inertAdvice(inert)}, or use ${either(elsewhere.map((offering) => wordsOf(offering, property)))}.`,
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
function alternatives(property: Name, value: unknown, { properties }: Situation): Offering[] {
  const all = OFFERINGS.filter(
    (offering) => !isMisplaced(fitOf(property, offering)) && takes(offering, property, value),
  );
  const same = all.filter(({ storage }) => storage === properties.StorageType);
  return same.length > 0 ? same : all;
}

const inertAdvice = (inert: unknown): string =>
  inert === undefined ? 'Leave it out' : `Leave it out or set it to ${show(inert)}`;

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
    ? `${name} (${either(tiers.flatMap(({ throughput }) => throughput ?? []))})`
    : name;
