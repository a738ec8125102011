/** The two resource types of a Lustre file system, and how they differ. */
import { attributeMeant } from '../lustre/properties/name-meaning';
import { ofCreation, TYPE_DEFAULTS, TYPE_NAME, type Defaults } from '../lustre/properties';
import { namesAt } from '../lustre/catalog/applicability';
import { defaultVersionOf } from '../lustre/catalog/offerings';
import { ATTRIBUTE_NAMES } from '../lustre/properties/shapes';

/** AWS's own type, called the native type in comments and messages. */
export const NATIVE_TYPE = 'AWS::FSx::FileSystem';

/** The member of the native type that has the properties of Lustre. */
export const NESTED = 'LustreConfiguration';

/** How a resource type writes properties and attributes. */
export interface ResourceType {
  readonly name: string;
  /** The path of a property in a template of this type. */
  path(property: string): string;
  /** The attributes for Fn::GetAtt. */
  readonly attributes: readonly string[];
  /** The attributes that are no text. */
  readonly kinds: ReadonlyMap<string, 'list' | 'object'>;
  /** The type's attribute for a name of this or another type or tool; undefined if it has none. */
  readonly attribute: (name: string) => string | undefined;
  readonly defaults: Defaults;
}

/** The components of the estimate, each an attribute of its own. */
const COMPONENTS = ['Storage', 'ThroughputTier', 'MetadataIops', 'ReadCache', 'ThroughputCapacity'];

/** This type. */
export const OURS: ResourceType = {
  name: TYPE_NAME,
  path: (property) => property,
  attributes: [
    ...ATTRIBUTE_NAMES,
    ...COMPONENTS.map((component) => `EstimatedMonthlyCostBreakdown.${component}`),
  ],
  kinds: new Map([
    ['NetworkInterfaceIds', 'list'],
    ['EstimatedMonthlyCostBreakdown', 'object'],
  ]),
  attribute: (name) => name,
  defaults: TYPE_DEFAULTS,
};

export const FILE_SYSTEM_TYPE = 'FileSystemType';
export const NETWORK_TYPE = 'NetworkType';

/** The members of the native type for file systems of other types, each with its FileSystemType. */
export const OTHER_TYPES = {
  OntapConfiguration: 'ONTAP',
  OpenZFSConfiguration: 'OPENZFS',
  WindowsConfiguration: 'WINDOWS',
} as const;

/** Members of the native type that do not describe Lustre. */
export const NATIVE_ONLY: readonly string[] = [
  FILE_SYSTEM_TYPE,
  NETWORK_TYPE,
  ...Object.keys(OTHER_TYPES),
];

/** Whether a conversion drops a member of the native type: this type is always LUSTRE, and on IPv4. */
export const isDropped = (name: string): boolean =>
  name === FILE_SYSTEM_TYPE || name === NETWORK_TYPE;

/** The properties that the native type has inside LustreConfiguration, and beside it. */
export const NATIVE_NESTED = namesAt('inside');
export const NATIVE_BESIDE = namesAt('beside');
/** The properties that AWS may add to LustreConfiguration, because the FSx API has them there. */
export const NATIVE_NOT_YET = namesAt('not yet');

/**
 * The attributes of the native type, and their names in this type. Without a prototype, because a template may ask for an
 * attribute such as toString.
 */
export const NATIVE_ATTRIBUTES: Readonly<Partial<Record<string, string>>> = Object.assign(
  Object.create(null) as Partial<Record<string, string>>,
  Object.fromEntries(
    ['DNSName', 'Id', 'LustreMountName', 'ResourceARN'].map((name) => [name, attributeMeant(name)]),
  ),
);

/** The defaults of FSx that differ from those of this type. */
export const NATIVE_DEFAULTS: Defaults = {
  StorageType: ofCreation(() => 'SSD'),
  DeploymentType: ofCreation(() => 'SCRATCH_1'),
  FileSystemTypeVersion: ofCreation((read) => defaultVersionOf(read('DeploymentType'))),
};

/** The native type. */
export const NATIVE: ResourceType = {
  name: NATIVE_TYPE,
  path: (property) => {
    const [head = ''] = property.split(/[.[]/);
    return (NATIVE_NESTED as readonly string[]).includes(head) ? `${NESTED}.${property}` : property;
  },
  // RootVolumeId is for OpenZFS, but the type has it for all file systems.
  attributes: [...Object.keys(NATIVE_ATTRIBUTES), 'RootVolumeId'],
  kinds: new Map(),
  attribute: (name) =>
    Object.keys(NATIVE_ATTRIBUTES).find((native) => NATIVE_ATTRIBUTES[native] === name),
  defaults: NATIVE_DEFAULTS,
};

/** The properties that the native type does not have. */
const OURS_ONLY: ReadonlySet<string> = new Set([...NATIVE_NOT_YET, ...namesAt('none')]);

/** The path of a property in the native type; undefined if it does not have it. */
export const nativePath = (property: string): string | undefined =>
  OURS_ONLY.has(property.split('.')[0] ?? '') ? undefined : NATIVE.path(property);
