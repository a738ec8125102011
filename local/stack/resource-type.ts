import type { StackIdentity } from '../registry/events';
import type { Properties, Tags } from '../registry/protocol';

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

/** The value at a dotted name, such as Breakdown.Storage. */
export function memberAt(value: unknown, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (member, key) =>
        typeof member === 'object' && member !== null ? (member as Properties)[key] : undefined,
      value,
    );
}

/** Those of some properties, by their dotted names, in which two states of a resource differ. */
export const differing = (names: readonly string[], one: Properties, other: Properties): string[] =>
  names.filter((name) => !sameInTemplate(memberAt(one, name), memberAt(other, name)));

/** Whether two values say the same in a template, where 4800 and '4800' do, and lists in another order do not. */
export function sameInTemplate(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return value === undefined ? '' : JSON.stringify(`${value as string | number | boolean}`);
}
