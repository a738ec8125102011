/** The tables of src/lustre as Rego data: every number, word, pattern and applicability that the rules read. */
import { INTEGER_MAXIMUM, describeAllowed } from '../lustre/catalog/allowed-numbers';
import type { AllowedNumbers } from '../lustre/catalog/allowed-numbers';
import { applicabilityRowOf } from '../lustre/catalog/applicability';
import {
  LONGEST_RETENTION,
  LUSTRE_VERSIONS,
  METADATA_IOPS,
  METADATA_VERSION,
  OFFERINGS,
  READ_CACHE,
  THROUGHPUT_CAPACITY,
  type Offering,
} from '../lustre/catalog/catalog';
import { applicabilityOf } from '../lustre/catalog/offerings';
import { withDefaults, type LustreProperties } from '../lustre/properties';
import {
  ATTRIBUTE_NAMES,
  BUCKET_NAME,
  expectation,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  type Shape,
  type TextShape,
} from '../lustre/properties/shapes';
import { LAST_ID } from '../lustre/rules/access';
import { RuleContext } from '../lustre/rules/context';
import { fits } from '../lustre/rules/offering';
import { COMPANIONS } from '../lustre/rules/s3';
import { addressOf } from '../review/rule-names';
import { NATIVE, NATIVE_TYPE, nativePath, OURS, type ResourceType } from '../review/resource-types';

/** The tables, by the names that the rules use. */
export const regoTables = (): Readonly<Record<string, unknown>> => ({
  offerings: OFFERINGS.map(offering),
  restorable: [
    ...new Set(
      OFFERINGS.filter((each) => applicabilityOf('BackupId', each) !== 'refused').map(
        ({ deployment }) => deployment,
      ),
    ),
  ],
  properties: Object.fromEntries(
    PROPERTY_NAMES.map((name) => {
      const { fits: by, why, inert } = applicabilityRowOf(name);
      const { expected } = PROPERTY_SHAPES[name];
      return [
        name,
        { fits: by, expected, ...(why && { why }), ...(inert !== undefined && { inert }) },
      ];
    }),
  ),
  forms: Object.fromEntries(PROPERTY_NAMES.flatMap((name) => forms(name, PROPERTY_SHAPES[name]))),
  places: { [NATIVE_TYPE]: placesOf(NATIVE), [OURS.name]: placesOf(OURS) },
  defaults: { [NATIVE_TYPE]: defaultsOf(NATIVE), [OURS.name]: defaultsOf(OURS) },
  attributes: ATTRIBUTE_NAMES,
  versions: LUSTRE_VERSIONS,
  metadata_version: METADATA_VERSION,
  metadata_iops: {
    SSD: allowed(METADATA_IOPS.SSD),
    INTELLIGENT_TIERING: allowed(METADATA_IOPS.INTELLIGENT_TIERING),
  },
  throughput_capacity: allowed(THROUGHPUT_CAPACITY),
  read_cache: READ_CACHE,
  longest_retention: LONGEST_RETENTION,
  s3_companions: COMPANIONS,
  bucket_name: textForm(BUCKET_NAME),
  last_id: LAST_ID,
  manual: addressOf(''),
});

const allowed = (numbers: AllowedNumbers) => ({
  also: numbers.also,
  multipleOf: numbers.multipleOf,
  maximum: numbers.maximum ?? INTEGER_MAXIMUM,
  words: describeAllowed(numbers),
});

const offering = (each: Offering) => ({
  name: each.name,
  deployment: each.deployment,
  storage: each.storage,
  oldestVersion: each.oldestVersion,
  tiers: each.tiers.map(({ throughput, capacity, efaCapacity }) => ({
    ...(throughput !== undefined && { throughput }),
    capacity: allowed(capacity),
    ...(efaCapacity && { efaCapacity: allowed(efaCapacity) }),
  })),
  use: advice(each),
});

/** The choices of a required property, for the message that it is missing. */
function advice({ deployment, storage }: Offering): Readonly<Record<string, string>> {
  const context = new RuleContext({ DeploymentType: deployment, StorageType: storage });
  const told: Record<string, string> = {};
  // Other properties than the offering also decide the capacity.
  for (const [name, rule] of fits)
    if (name !== 'StorageCapacity')
      rule(
        context,
        ({ message }) => (told[name] = message.slice(message.indexOf(': use ') + 6, -1)),
      );
  return told;
}

/** The shapes of properties and of their parts, by paths such as `Tags[].Key`. */
function forms(path: string, shape: Shape): [path: string, form: object][] {
  const { expected } = shape;
  switch (shape.type) {
    case 'integer':
    case 'decimal': {
      const range = { minimum: shape.minimum, maximum: shape.maximum };
      const isTabled = shape.type === 'integer' && shape.tabled === true;
      return [[path, { type: shape.type, expected, ...(!isTabled && range) }]];
    }
    case 'boolean':
      return [[path, { type: shape.type, expected }]];
    case 'text':
      return [[path, textForm(shape)]];
    case 'list':
      return [
        [path, { type: shape.type, expected, ...(shape.maximum && { maximum: shape.maximum }) }],
        ...forms(`${path}[]`, shape.items),
      ];
    case 'object':
      return [
        [path, { type: shape.type, expected, required: shape.required ?? [] }],
        ...Object.entries(shape.members).flatMap(([name, member]) =>
          forms(`${path}.${name}`, member),
        ),
      ];
  }
}

/** A prefix that a pattern excludes. RE2, the engine's library for regular expressions, has no lookahead. */
const RULED_OUT = /^\^\(\?!((?:[^()\\]|\\.)*)\)/;

function textForm(shape: TextShape): object {
  const source = shape.pattern?.source;
  const [lookahead, ruledOut] = RULED_OUT.exec(source ?? '') ?? [];
  return {
    type: shape.type,
    expected: expectation(shape),
    ...(shape.values && { values: shape.values }),
    ...(source !== undefined && {
      pattern: lookahead ? `^${source.slice(lookahead.length)}` : source,
    }),
    ...(ruledOut !== undefined && { ruledOut: `^${ruledOut}` }),
    ...(shape.length && { length: shape.length }),
    ...(shape.ofAccount && { ofAccount: true }),
  };
}

/** The paths of a type's properties. */
const placesOf = (type: ResourceType): Readonly<Record<string, string>> =>
  Object.fromEntries(
    PROPERTY_NAMES.filter((name) => type === OURS || nativePath(name) !== undefined).map((name) => [
      name,
      type.path(name),
    ]),
  );

/** The defaults of each type. That of the version depends on DeploymentType; `otherwise` is for unknown values. */
function defaultsOf({ defaults }: ResourceType) {
  const { StorageType, DeploymentType } = withDefaults({}, defaults);
  const versionOf = (deployment: string) =>
    withDefaults({ DeploymentType: deployment } as LustreProperties, defaults)
      .FileSystemTypeVersion;
  const deployments = [...new Set(OFFERINGS.map(({ deployment }) => deployment)), 'otherwise'];
  return {
    StorageType,
    DeploymentType,
    FileSystemTypeVersion: Object.fromEntries(
      deployments.flatMap((each) => {
        const version = versionOf(each);
        return version === undefined ? [] : [[each, version]];
      }),
    ),
  };
}
