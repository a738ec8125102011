/** The two resource types that describe a Lustre file system, and how they differ. */
import { attributeMeant } from '../lustre/properties/name-advice';
import { ofCreation, TYPE_DEFAULTS, TYPE_NAME, type Defaults } from '../lustre/properties';
import { namesAt } from '../lustre/catalog/applicability';
import { defaultVersionOf } from '../lustre/catalog/offerings';
import { ATTRIBUTE_NAMES } from '../lustre/properties/shapes';

export const NATIVE_TYPE = 'AWS::FSx::FileSystem';

/** The member of the native type that holds what only Lustre has. */
export const NESTED = 'LustreConfiguration';

export interface ResourceType {
  readonly name: string;
  /** Where a template of this type writes a property. */
  path(property: string): string;
  /** What Fn::GetAtt may name. */
  readonly attributes: readonly string[];
  /** The attribute that is called so here; undefined where the type has none. */
  readonly attribute: (name: string) => string | undefined;
  readonly defaults: Defaults;
}

/** Components of the estimate that have an attribute of their own. */
const COMPONENTS = ['Storage', 'ThroughputTier', 'MetadataIops', 'ReadCache', 'ThroughputCapacity'];

export const OURS: ResourceType = {
  name: TYPE_NAME,
  path: (property) => property,
  attributes: [
    ...ATTRIBUTE_NAMES,
    ...COMPONENTS.map((component) => `EstimatedMonthlyCostBreakdown.${component}`),
  ],
  attribute: (name) => name,
  defaults: TYPE_DEFAULTS,
};

export const FILE_SYSTEM_TYPE = 'FileSystemType';
export const NETWORK_TYPE = 'NetworkType';

/** Members of the native type that do not describe Lustre. */
export const NATIVE_ONLY: readonly string[] = [
  FILE_SYSTEM_TYPE,
  NETWORK_TYPE,
  'OntapConfiguration',
  'OpenZFSConfiguration',
  'WindowsConfiguration',
];

/** Members of the native type that have no place here: the type is always LUSTRE, on IPv4. */
export const isDropped = (name: string): boolean =>
  name === FILE_SYSTEM_TYPE || name === NETWORK_TYPE;

/** What the native type has inside LustreConfiguration, and beside it. */
export const NATIVE_NESTED = namesAt('inside');
export const NATIVE_BESIDE = namesAt('beside');
/** What AWS may add to LustreConfiguration any day, because FSx's API has it there. */
export const NATIVE_NOT_YET = namesAt('not yet');

/**
 * The attributes of the native type, and their names in this type. It has no prototype: a template may ask for an
 * attribute toString.
 */
export const NATIVE_ATTRIBUTES: Readonly<Partial<Record<string, string>>> = Object.assign(
  Object.create(null) as Partial<Record<string, string>>,
  Object.fromEntries(
    ['DNSName', 'Id', 'LustreMountName', 'ResourceARN'].map((name) => [name, attributeMeant(name)]),
  ),
);

/** FSx's own defaults, which are not those of this type. */
export const NATIVE_DEFAULTS: Defaults = {
  StorageType: ofCreation(() => 'SSD'),
  DeploymentType: ofCreation(() => 'SCRATCH_1'),
  FileSystemTypeVersion: ofCreation((read) => defaultVersionOf(read('DeploymentType'))),
};

export const NATIVE: ResourceType = {
  name: NATIVE_TYPE,
  path: (property) => {
    const [head = ''] = property.split(/[.[]/);
    return (NATIVE_NESTED as readonly string[]).includes(head) ? `${NESTED}.${property}` : property;
  },
  // The last one is for OpenZFS, but the type has it for all file systems.
  attributes: [...Object.keys(NATIVE_ATTRIBUTES), 'RootVolumeId'],
  attribute: (name) =>
    Object.keys(NATIVE_ATTRIBUTES).find((native) => NATIVE_ATTRIBUTES[native] === name),
  defaults: NATIVE_DEFAULTS,
};

/** What this type has and the native one has not. */
const OURS_ONLY: ReadonlySet<string> = new Set([...NATIVE_NOT_YET, ...namesAt('none')]);

/** Where the native type writes a property of ours; undefined where it has none. */
export const nativePath = (property: string): string | undefined =>
  OURS_ONLY.has(property.split('.')[0] ?? '') ? undefined : NATIVE.path(property);
