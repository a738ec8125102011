import type { StackIdentity } from '../registry/events';
import { isObject } from '../registry/protocol';
import type { Properties, Tags } from '../registry/protocol';
import { sameInTemplate } from '../registry/same-in-template';

/** A resource as its type knows it. */
export interface PhysicalResource {
  /** What Ref stands for. */
  physicalId: string;
  /** As the type has returned it last. */
  model: Properties;
}

/** How an operation on a resource ended; `reason` is that of the stack event. */
export type Outcome =
  | ({ succeeded: true } & PhysicalResource)
  | {
      succeeded: false;
      reason: string;
      /** The resource that was begun. */
      physicalId?: string;
    };

/** What is asked of a resource's type. */
export interface ResourceRequest {
  stack: StackIdentity;
  logicalId: string;
  /** As the template has them, resolved. */
  properties: Properties;
  tags: Tags;
  /** Is told the physical id as soon as there is one. */
  begun?: (physicalId: string) => void;
}

export interface UpdateRequest extends ResourceRequest {
  resource: PhysicalResource;
  previous: { properties: Properties; tags: Tags };
  /** The update takes a failed one back. */
  rollback: boolean;
}

export interface DeleteRequest extends ResourceRequest {
  physicalId: string;
}

/** A type of resource, as a stack deals with it. */
export interface ResourceType {
  readonly typeName: string;
  /** What is wrong with properties that are all known; empty where nothing is. */
  problems(properties: Properties): string[];
  /** The create-only properties in which two states of a resource differ: each makes the change a replacement. */
  replacing(before: Properties, after: Properties): string[];
  /** Whether Fn::GetAtt may name it at all. */
  hasAttribute(name: string, properties: Properties): boolean;
  /** What Fn::GetAtt stands for; undefined where the resource has no value for it. */
  attribute(resource: PhysicalResource, name: string): unknown;
  /** Whether a change of the stack's tags alone is an update of the resource. */
  readonly takesStackTags: boolean;
  create(request: ResourceRequest): Promise<Outcome>;
  update(request: UpdateRequest): Promise<Outcome>;
  /** A resource that is not there any more is deleted. */
  delete(request: DeleteRequest): Promise<Outcome>;
}

/** The types that a stack can have resources of; undefined where CloudFormation knows none of that name. */
export type ResourceTypes = (typeName: string) => ResourceType | undefined;

/** The value at a dotted name, such as Breakdown.Storage; of a name with `*`, the list of those in every item. */
export function memberAt(value: unknown, name: string): unknown {
  const [key = '', ...rest] = name.split('.');
  const below = (member: unknown): unknown =>
    rest.length === 0 ? member : memberAt(member, rest.join('.'));
  if (key === '*') return Array.isArray(value) ? value.map(below) : undefined;
  return isObject(value) ? below(value[key]) : undefined;
}

/** Those of some properties, by their dotted names, in which two states of a resource differ. */
export const differing = (names: readonly string[], one: Properties, other: Properties): string[] =>
  names.filter((name) => !sameInTemplate(memberAt(one, name), memberAt(other, name)));
