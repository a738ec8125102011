/** The Lustre file systems of a template. */
import { explore, first } from './template/choices';
import { entries, evaluate, type Context, type ContextualEntry } from './template/evaluate';
import { member, textOf, type Node } from './template/node';
import type { Settings, Template } from './template/template';
import {
  scalarText,
  unknown,
  type ObjectValue,
  type UnknownValue,
  type Value,
} from './template/values';
import { World } from './template/world';
import { LUSTRE_TYPE, NATIVE, NATIVE_TYPE, NESTED, OURS, type Dialect } from './dialect';

/** A resource that describes a file system. */
export interface FileSystem {
  readonly logicalId: string;
  readonly dialect: Dialect;
  /** Offset of the logical id. */
  readonly at: number;
  readonly node: Node;
  readonly bindings: Context['bindings'];
}

/** A deployment of a file system, with what is known of its properties. */
export interface Deployment {
  readonly properties: ObjectValue | UnknownValue;
  /** The conditions that were asked. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

export interface Found {
  readonly fileSystems: readonly FileSystem[];
  /** Resources of the native type that hold, or may hold, a Lustre file system. */
  readonly native: readonly FileSystem[];
  /** Every resource, with each Fn::ForEach written out. */
  readonly resources: readonly ContextualEntry[];
}

/** The file systems of a template; those in an Fn::ForEach once for each round. */
export function findFileSystems(template: Template, settings: Settings): Found {
  const world = new World(template, settings, first, new Set());
  const section = template.section('Resources');
  const context = { world, bindings: new Map<string, Value>() };
  const resources = section ? [...entries(section, context)] : [];
  const ofType = (type: string, dialect: Dialect): FileSystem[] =>
    resources
      .filter(({ node }) => textOf(member(node, 'Type')) === type)
      .map(({ key, at, node, context: { bindings } }) => ({
        logicalId: key,
        dialect,
        at,
        node,
        bindings,
      }));
  return {
    fileSystems: ofType(LUSTRE_TYPE, OURS),
    native: ofType(NATIVE_TYPE, NATIVE).filter(({ node, bindings }) => {
      const kind = member(member(node, 'Properties'), 'FileSystemType');
      const value = kind && evaluate(kind, { world, bindings });
      return value && (scalarText(value) ?? 'LUSTRE') === 'LUSTRE';
    }),
    resources,
  };
}

/**
 * The deployments that differ for a file system: one for each way its conditions and those of its properties can turn
 * out. Those in which it is not created are left out.
 */
export function deploymentsOf(
  template: Template,
  { node, bindings, at }: FileSystem,
  settings: Settings,
): { deployments: Deployment[]; complete: boolean } {
  const varying = new Set<string>();
  for (;;) {
    const before = varying.size;
    const { results, complete } = explore((choose): Deployment | undefined => {
      const world = new World(template, settings, choose, varying);
      const condition = textOf(member(node, 'Condition'));
      if (condition !== undefined && !world.condition(condition)) return undefined;
      const written = member(node, 'Properties');
      const value = written && evaluate(written, { world, bindings }, at);
      return { properties: asProperties(value, at), conditions: world.asked };
    });
    // A condition asked about a parameter that had been read as its default: once more, with all its values.
    if (varying.size === before)
      return { deployments: results.filter((each) => each !== undefined), complete };
  }
}

/** The properties as an object, or why they are not known as a whole. */
function asProperties(value: Value | undefined, at: number): ObjectValue | UnknownValue {
  if (value?.kind === 'unknown') return value;
  if (value?.kind !== 'object') return { kind: 'object', members: new Map(), at };
  const nested = value.members.get(NESTED)?.value;
  const objects = [value, ...(nested?.kind === 'object' ? [nested] : [])];
  // Fn::Transform beside other members adds members that only CloudFormation sees.
  const macro = objects
    .flatMap(({ members }) => [...members.keys()])
    .find((name) => name.startsWith('Fn::'));
  if (macro !== undefined) return unknown(macro, `${macro} is carried out by CloudFormation`, at);
  return nested?.kind === 'unknown' ? nested : value;
}
