/** Which storage types a deployment type supports, and which properties the two support. */
import { DRIVE_CACHE, OFFERINGS, type Offering } from '../catalog/catalog';
import { applicabilityOf, tiersOf } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { applicabilityRowOf, type Applicability } from '../catalog/applicability';
import { capacityChoices, capacityWords } from './capacity';
import { PROPERTY_NAMES, PROPERTY_SHAPES, propertyNamed } from '../properties/shapes';
import type { Refuse, Rule, RuleContext } from './context';
import { choicesOf, describeAllowed } from '../catalog/allowed-numbers';
import type { Refusal, Repair, Severity } from '../violations';
import { joinWithAnd, joinWithOr, lengthOf, formatValue } from '../wording';
import { offeredIn } from '../catalog/regions';
import { remedy } from './region';

type Name = keyof LustreProperties;

/** The properties that at least one offering requires or refuses. */
export const CONSTRAINED: readonly Name[] = PROPERTY_NAMES.filter((name) =>
  OFFERINGS.some((offering) => applicabilityOf(name, offering) !== 'optional'),
);

/** One rule for each constrained property. */
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
 * Turns the violations of a property's form into warnings where FSx may ignore the property: no refusal of such a value is
 * recorded, apart from the length that the API allows.
 */
export const whereUsed =
  (rule: Rule): Rule =>
  (context, refuse) => {
    rule(context, (violation) => {
      refuse(isUnused(violation, context) ? { ...violation, severity: 'warning' } : violation);
    });
  };

function isUnused({ property, value }: Refusal, { offerings }: RuleContext): boolean {
  const name = propertyNamed(property);
  const shape = name && PROPERTY_SHAPES[name];
  if (name === undefined || shape?.type !== 'text' || typeof value !== 'string') return false;
  const [least, most] = shape.length ?? [0, Infinity];
  return (
    offerings.every((offering) => applicabilityOf(name, offering) === 'doubtful') &&
    lengthOf(value) >= least &&
    lengthOf(value) <= most
  );
}

/** HDD requires PERSISTENT_1; INTELLIGENT_TIERING requires PERSISTENT_2. */
export const pair: Rule = (context, refuse) => {
  const { DeploymentType, StorageType } = context.properties;
  if (DeploymentType === undefined || StorageType === undefined) return;
  const known = (name: 'DeploymentType' | 'StorageType', value: string) =>
    PROPERTY_SHAPES[name].values?.includes(value);
  if (!known('DeploymentType', DeploymentType) || !known('StorageType', StorageType)) return;
  const offered = OFFERINGS.filter(({ storage }) => storage === StorageType);
  if (offered.some(({ deployment }) => deployment === DeploymentType)) return;
  const { words, repairs } = changeOfOne(context, offered);
  refuse({
    rule: 'storage-deployment',
    property: 'StorageType',
    value: StorageType,
    message: `StorageType ${StorageType} cannot be used with DeploymentType ${DeploymentType}${DeploymentType === 'SCRATCH_2' ? ' (the default)' : ''}: ${words}`,
    repairs,
  });
};

/**
 * Repairs that change one of DeploymentType and StorageType, so that the region offers the two together; both are changed if
 * one is not enough.
 */
function changeOfOne(
  context: RuleContext,
  sameStorage: readonly Offering[],
): { words: string; repairs: Repair[] } {
  const { properties, region } = context;
  const sameDeployment = OFFERINGS.filter(
    ({ deployment }) => deployment === properties.DeploymentType,
  );
  const there = (offerings: readonly Offering[]) =>
    offerings.filter((offering) => context.isInRegion(offering));
  const deployments = there(sameStorage).map(({ deployment }) => deployment);
  const storages = there(sameDeployment).map(({ storage }) => storage);
  if (region && deployments.length === 0 && storages.length === 0) {
    const { words, repairs } = remedy(sameStorage, properties, region);
    return {
      words: `${region.region} has ${joinWithAnd(offeredIn(region))}. ${words}`,
      repairs,
    };
  }
  const changes = [
    ...(deployments.length > 0 ? [`DeploymentType ${joinWithOr(deployments)}`] : []),
    ...(storages.length > 0 ? [`StorageType ${joinWithOr(storages)}`] : []),
  ];
  return {
    words: `use ${changes.join(', or ')}.`,
    repairs: [
      ...deployments.map((deployment) => ({ DeploymentType: deployment })),
      ...storages.map((storage) => ({ StorageType: storage })),
    ],
  };
}

function refuseMissing(property: Name, context: RuleContext, refuse: Refuse): void {
  refuse({
    rule: 'required',
    property,
    message: `${property} is required for ${context.name}: use ${CHOICES[property]?.(context) ?? PROPERTY_SHAPES[property].expected}.`,
    repairs: choices(property, context).map((value) => ({ [property]: value })),
  });
}

/** The values of a required property according to the catalog. For other properties, the shape describes them. */
const CHOICES: Readonly<Partial<Record<Name, (context: RuleContext) => string>>> = {
  StorageCapacity: ({ properties }) => capacityWords(properties, () => ' GiB'),
  PerUnitStorageThroughput: ({ tiers }) => `${joinWithOr(tiers.inRegion)} (MB/s per TiB)`,
  ThroughputCapacity: ({ offerings }) =>
    `${joinWithOr(offerings.flatMap(({ throughputCapacity: steps }) => (steps ? describeAllowed(steps) : [])))} (MB/s)`,
  MetadataConfiguration: ({ offerings }) =>
    joinWithOr(
      offerings.flatMap(({ metadata }) =>
        metadata
          ? `${metadata.automatic ? 'Mode AUTOMATIC, or ' : ''}Mode USER_PROVISIONED with Iops ${describeAllowed(metadata.iops)}`
          : [],
      ),
    ),
  DriveCacheType: () =>
    `NONE, or READ for an SSD read cache of ${DRIVE_CACHE.share} % of the capacity`,
};

/** The repairs for a missing required property, one for each allowed value; empty if there are too many to list. */
function choices(
  property: Name,
  { offerings, properties, tiers }: RuleContext,
): readonly unknown[] {
  switch (property) {
    case 'StorageCapacity':
      return capacityChoices(properties);
    case 'PerUnitStorageThroughput':
      return tiers.inRegion;
    case 'MetadataConfiguration':
      return offerings.flatMap(({ metadata }) =>
        metadata && !metadata.automatic
          ? choicesOf(metadata.iops).map((Iops) => ({ Mode: 'USER_PROVISIONED', Iops }))
          : [],
      );
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
    message: `${property} ${formatValue(value)} ${severity === 'error' ? 'cannot be used' : 'might not be supported'} with ${context.name}: ${why ?? ''}.${severity === 'error' ? '' : ' AWS does not document whether FSx refuses it.'} ${inertAdvice(inert)}${elsewhere.length > 0 ? `, or use ${joinWithOr(elsewhere.map((offering) => wordsOf(offering, property, context)))}` : ''}.`,
    misplaced: true,
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

/** The offerings of the region that accept the value, with the same storage type if there are any. */
function alternatives(property: Name, value: unknown, context: RuleContext): Offering[] {
  const all = OFFERINGS.filter(
    (offering) =>
      !isMisplaced(applicabilityOf(property, offering)) &&
      context.isInRegion(offering) &&
      takes(offering, property, value, context),
  );
  const same = all.filter(({ storage }) => storage === context.properties.StorageType);
  return same.length > 0 ? same : all;
}

const TIER = 'PerUnitStorageThroughput' satisfies Name;

const inertAdvice = (inert: unknown): string =>
  inert === undefined ? 'Omit it' : `Omit it or set it to ${formatValue(inert)}`;

/** Whether an offering is useful as advice: it must not refuse the value itself, unless all offerings do. */
function takes(offering: Offering, property: Name, value: unknown, context: RuleContext): boolean {
  if (property === 'EfaEnabled') return context.hasEfa;
  if (property !== TIER) return true;
  const known = OFFERINGS.some((each) => tiersOf(each).some((tier) => tier === value));
  return !known || context.tiersInRegion(offering).some((tier) => tier === value);
}

const wordsOf = (offering: Offering, property: Name, context: RuleContext): string =>
  property === TIER
    ? `${offering.name} (${joinWithOr(context.tiersInRegion(offering))})`
    : offering.name;
