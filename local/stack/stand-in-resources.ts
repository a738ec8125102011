import { createHash } from 'node:crypto';
import type { Properties } from '../registry/protocol';
import { SAYS } from './refusals';
import { nativeType } from './native-types';
import { differing } from './resource-type';
import type {
  DeleteRequest,
  Outcome,
  PhysicalResource,
  ResourceRequest,
  ResourceType,
  UpdateRequest,
} from './resource-type';

/** The region and account of the stack. */
export interface Place {
  region: string;
  accountId: string;
  partition: string;
  stackName: string;
}

/** A simulated resource. */
interface StandIn {
  logicalId: string;
  typeName: string;
  properties: Record<string, unknown>;
  /** 1 for the first resource with the logical ID in the stack; increases with each replacement. */
  generation: number;
  /** The number of updates. */
  updates: number;
}

/**
 * Simulates the resources of a native type, which are not created here. Ids and ARNs are well-formed and reproducible; other
 * attributes are the properties, or a text.
 */
export class StandInResources implements ResourceType {
  readonly typeName: string;
  readonly takesStackTags = false;
  readonly #place: Place;
  readonly #standIns = new Map<string, StandIn>();
  readonly #generations = new Map<string, number>();

  constructor(typeName: string, place: Place) {
    this.typeName = typeName;
    this.#place = place;
  }

  /** Problems that only AWS's own validation finds are not reported. */
  problems(): string[] {
    return [];
  }

  replacing(before: Properties, after: Properties): string[] {
    return differing(nativeType(this.typeName)?.createOnly ?? [], before, after);
  }

  hasAttribute(name: string, properties: Properties): boolean {
    const known = nativeType(this.typeName);
    if (!known) return true;
    return (
      [...known.attributes, ...(known.lists ?? [])].includes(name) ||
      Object.hasOwn(properties, name)
    );
  }

  attribute({ physicalId }: PhysicalResource, name: string): unknown {
    const standIn = this.#standIns.get(physicalId);
    return standIn && attributeValue(standIn, name, physicalId, this.#place);
  }

  create({ logicalId, properties, begun }: ResourceRequest): Promise<Outcome> {
    const generation = (this.#generations.get(logicalId) ?? 0) + 1;
    this.#generations.set(logicalId, generation);
    const standIn = { logicalId, typeName: this.typeName, properties, generation, updates: 0 };
    const physicalId = physicalIdOf(standIn, this.#place);
    // Only a name that the template gives can be in use, by the resource that this one replaces.
    if (this.#standIns.has(physicalId)) {
      return Promise.resolve({ succeeded: false, reason: SAYS.customName(physicalId) });
    }
    begun?.(physicalId);
    return this.#made(standIn, physicalId);
  }

  update({ properties, resource: { physicalId } }: UpdateRequest): Promise<Outcome> {
    const standIn = this.#standIns.get(physicalId);
    if (!standIn) throw new Error(`${physicalId} has no placeholder`);
    return this.#made({ ...standIn, properties, updates: standIn.updates + 1 }, physicalId);
  }

  delete({ physicalId }: DeleteRequest): Promise<Outcome> {
    this.#standIns.delete(physicalId);
    return Promise.resolve({ succeeded: true, physicalId, model: {} });
  }

  #made(standIn: StandIn, physicalId: string): Promise<Outcome> {
    this.#standIns.set(physicalId, standIn);
    return Promise.resolve({ succeeded: true, physicalId, model: {} });
  }
}

/** The values of the first resource with a logical ID, before anything is deployed. */
export function standInFor(
  logicalId: string,
  typeName: string,
  properties: Properties,
  place: Place,
): { ref: string; attribute(name: string): unknown } {
  const standIn = { logicalId, typeName, properties, generation: 1, updates: 0 };
  const ref = physicalIdOf(standIn, place);
  return { ref, attribute: (name) => attributeValue(standIn, name, ref, place) };
}

/** The value of Ref, well-formed and reproducible. */
function physicalIdOf(
  { logicalId, typeName, properties, generation }: StandIn,
  place: Place,
): string {
  const [, service = '', kind = ''] = typeName.split('::');
  const seed = seedOf(logicalId, typeName, generation, place);
  const prefix = nativeType(typeName)?.idPrefix;
  const given = properties[`${kind}Name`];
  if (prefix !== undefined) return `${prefix}-0${hex(seed, 16)}`;
  if (typeName === 'AWS::KMS::Key') return uuid(seed);
  const name =
    typeof given === 'string'
      ? given
      : `${place.stackName}-${logicalId}-${hex(seed, 12)}`.toLowerCase();
  return nativeType(typeName)?.refIsArn ? arn(service, kind, name, place) : name;
}

/** The value of an attribute: the given property, a well-formed id or ARN, or a text. */
function attributeValue(standIn: StandIn, name: string, physicalId: string, place: Place): unknown {
  const { logicalId, typeName, properties, generation, updates } = standIn;
  const [, service = '', kind = ''] = typeName.split('::');
  const known = nativeType(typeName);
  if (known?.lists?.includes(name)) return [`${physicalId}.${name}`];
  if (Object.hasOwn(properties, name))
    return untyped(properties[name], known?.attributes.includes(name));
  if (/^(Arn|.*ARN|.*Arn)$/.test(name)) {
    return physicalId.startsWith('arn:') ? physicalId : arn(service, kind, physicalId, place);
  }
  if (name.endsWith('Id')) {
    const seed = seedOf(logicalId, typeName, generation, place);
    const prefix = known?.idPrefix;
    return prefix === undefined
      ? `${name.slice(0, -2).toLowerCase()}-0${hex(seed, 16)}`
      : physicalId;
  }
  return name === 'LatestVersionNumber'
    ? String(updates + 1)
    : name.endsWith('VersionNumber')
      ? '1'
      : `${physicalId}.${name}`;
}

/** Only the type's schema says whether an attribute is a string or a number. If it is not known, it is not a string. */
function untyped(value: unknown, isText = false): unknown {
  if (isText || typeof value !== 'string') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function arn(service: string, kind: string, ref: string, place: Place): string {
  const { partition, region, accountId } = place;
  const regional = `arn:${partition}:${service.toLowerCase()}:${region}:${accountId}`;
  switch (service) {
    case 'S3':
      return `arn:${partition}:s3:::${ref}`;
    case 'IAM':
      return `arn:${partition}:iam::${accountId}:${camel(kind)}/${ref}`;
    case 'Logs':
      return `${regional}:${camel(kind).replace('logGroup', 'log-group')}:${ref}:*`;
    case 'SNS':
      return `${regional}:${ref}`;
    case 'StepFunctions':
      return `arn:${partition}:states:${region}:${accountId}:${camel(kind)}:${ref}`;
    default:
      return `${regional}:${camel(kind)}/${ref}`;
  }
}

const seedOf = (logicalId: string, typeName: string, generation: number, place: Place): string =>
  `${place.stackName}/${logicalId}/${typeName}${generation > 1 ? `/${generation}` : ''}`;

const camel = (kind: string): string => kind.charAt(0).toLowerCase() + kind.slice(1);

const hex = (seed: string, length: number): string =>
  createHash('sha256').update(seed).digest('hex').slice(0, length);

const uuid = (seed: string): string =>
  hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
