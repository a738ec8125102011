import type { StackIdentity } from '../registry/events';
import { isObject } from '../registry/protocol';
import type { Properties, Tags } from '../registry/protocol';
import { sameInTemplate } from '../registry/same-in-template';

/** A resource as its type knows it. */
export interface PhysicalResource {
  /** The value of Ref. */
  physicalId: string;
  /** The model that the type returned last. */
  model: Properties;
}

/** The result of an operation on a resource. `reason` is that of the stack event. */
export type Outcome =
  | ({ succeeded: true } & PhysicalResource)
  | {
      succeeded: false;
      reason: string;
      /** The physical ID of a resource whose creation was started. */
      physicalId?: string;
    };

/** A request to the type of a resource. */
export interface ResourceRequest {
  stack: StackIdentity;
  logicalId: string;
  /** As in the template, resolved. */
  properties: Properties;
  tags: Tags;
  /** Called as soon as the physical ID is known. */
  begun?: (physicalId: string) => void;
}

export interface UpdateRequest extends ResourceRequest {
  resource: PhysicalResource;
  previous: { properties: Properties; tags: Tags };
  /** Whether the update rolls back a failed one. */
  rollback: boolean;
}

export interface DeleteRequest extends ResourceRequest {
  physicalId: string;
}

/** A resource type, as a stack uses it. */
export interface ResourceType {
  readonly typeName: string;
  /** The problems of properties that are all known; empty if there are none. */
  problems(properties: Properties): string[];
  /** The create-only properties in which two states of a resource differ. Each of them makes the change a replacement. */
  replacing(before: Properties, after: Properties): string[];
  /** Whether Fn::GetAtt accepts the name. */
  hasAttribute(name: string, properties: Properties): boolean;
  /** The value of Fn::GetAtt; undefined if the resource has none. */
  attribute(resource: PhysicalResource, name: string): unknown;
  /** Whether a change of the stack's tags alone updates the resource. */
  readonly takesStackTags: boolean;
  create(request: ResourceRequest): Promise<Outcome>;
  update(request: UpdateRequest): Promise<Outcome>;
  /** A resource that no longer exists counts as deleted. */
  delete(request: DeleteRequest): Promise<Outcome>;
}

/** The resource types that a stack can use; undefined for a type that CloudFormation does not know. */
export type ResourceTypes = (typeName: string) => ResourceType | undefined;

/** The value at a dotted name, such as Breakdown.Storage. For a name with `*`, the list of the values in all items. */
export function memberAt(value: unknown, name: string): unknown {
  const [key = '', ...rest] = name.split('.');
  const below = (member: unknown): unknown =>
    rest.length === 0 ? member : memberAt(member, rest.join('.'));
  if (key === '*') return Array.isArray(value) ? value.map(below) : undefined;
  return isObject(value) ? below(value[key]) : undefined;
}

/** The properties, by their dotted names, in which two states of a resource differ. */
export const differing = (names: readonly string[], one: Properties, other: Properties): string[] =>
  names.filter((name) => !sameInTemplate(memberAt(one, name), memberAt(other, name)));
