/** The Lustre file systems of a template. */
import { bind, entries, evaluate, type Context, type ContextualEntry } from '../template/evaluate';
import { member, textOf, type Node } from '../template/node';
import type { Settings, Template } from '../template/template';
import {
  scalarText,
  show,
  unknown,
  type ListValue,
  type ObjectValue,
  type ScalarValue,
  type UnknownValue,
  type Value,
} from '../template/values';
import type { World } from '../template/deployment';
import { defaultWorld, inEveryWorld } from '../template/deployments';
import { TYPE_NAME } from '../lustre/properties';
import { NATIVE, NATIVE_TYPE, NESTED, OURS, type Dialect } from './resource-types';

/** A resource that describes a file system. */
export interface FileSystem {
  readonly logicalId: string;
  readonly dialect: Dialect;
  /** Offset of the logical id. */
  readonly at: number;
  readonly node: Node;
  readonly bindings: Context['bindings'];
}

/** One of the ways that a template may turn out for a file system. */
export interface Way {
  /** The conditions that were asked. */
  readonly conditions: ReadonlyMap<string, boolean>;
  /** What was asked for and has another value elsewhere, such as a parameter. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether every parameter that has a default has that. */
  readonly byDefault: boolean;
  /** The parameters that have a default, and another value here. */
  readonly left: ReadonlySet<string>;
  /** What is known of its properties, whatever was written there; undefined where it is not created, or not Lustre. */
  readonly properties?: ObjectValue | UnknownValue | ListValue | ScalarValue;
}

/** A way in which the file system is created. */
export type Deployment = Way & Required<Pick<Way, 'properties'>>;

export interface Found {
  readonly fileSystems: readonly FileSystem[];
  /** Resources of the native type that hold, or may hold, a Lustre file system. */
  readonly native: readonly FileSystem[];
  /** Every resource, with each Fn::ForEach written out. */
  readonly resources: readonly ContextualEntry[];
}

/** The file systems of a template; those in an Fn::ForEach once for each round. */
export function findFileSystems(template: Template, settings: Settings): Found {
  const section = template.section('Resources');
  const context = { world: defaultWorld(template, settings), bindings: new Map<string, Value>() };
  const resources = section ? [...entries(section, context)] : [];
  const ofType = (type: string, dialect: Dialect): FileSystem[] =>
    resources
      .filter(
        ({ node, context: { bindings } }) =>
          bind(textOf(member(node, 'Type')) ?? '', bindings) === type,
      )
      .map(({ key, at, node, context: { bindings } }) => ({
        logicalId: key,
        dialect,
        at,
        node,
        bindings,
      }));
  return {
    fileSystems: ofType(TYPE_NAME, OURS),
    native: ofType(NATIVE_TYPE, NATIVE).filter((each) => mayBeLustre(template, each, settings)),
    resources,
  };
}

function mayBeLustre(template: Template, fileSystem: FileSystem, settings: Settings): boolean {
  const kind = member(member(fileSystem.node, 'Properties'), 'FileSystemType');
  if (kind?.kind === 'scalar') return bind(textOf(kind) ?? '', fileSystem.bindings) === 'LUSTRE';
  return deploymentsOf(template, fileSystem, settings).deployments.length > 0;
}

/**
 * The ways that differ for a file system: one for each that its conditions and those of its properties can turn out, and
 * of those the ones in which it is created.
 */
export function deploymentsOf(
  template: Template,
  fileSystem: FileSystem,
  settings: Settings,
): { ways: readonly Way[]; deployments: readonly Deployment[]; complete: boolean } {
  const { results: ways, complete } = inEveryWorld(template, settings, (world) =>
    wayOf(world, fileSystem),
  );
  const deployments = ways.filter((way): way is Deployment => way.properties !== undefined);
  return { ways, deployments, complete };
}

/** What a file system is in a world. */
export function wayOf(world: World, { node, bindings, at, dialect }: FileSystem): Way {
  const way = {
    conditions: world.asked,
    values: world.taken,
    byDefault: world.kind.byDefault,
    left: world.left,
  };
  const context = { world, bindings };
  const condition = member(node, 'Condition');
  if (condition && !world.condition(show(evaluate(condition, context)))) return way;
  const written = member(node, 'Properties');
  const given = asGiven(written && evaluate(written, context, at), at);
  const properties = dialect.type === NATIVE_TYPE ? lustreOnly(given) : given;
  return properties ? { ...way, properties } : way;
}

/** The properties, whatever they are; none are empty ones. */
function asGiven(value: Value | undefined, at: number): Deployment['properties'] {
  const isAbsent =
    value === undefined ||
    value.kind === 'nothing' ||
    (value.kind === 'scalar' && value.value === null);
  return isAbsent ? { kind: 'object', members: new Map(), at } : value;
}

/** The properties of a native file system, if it is one of type LUSTRE. */
function lustreOnly(properties: Deployment['properties']): Deployment['properties'] | undefined {
  if (properties.kind !== 'object') return properties;
  const kind = properties.members.get('FileSystemType')?.value;
  if (kind?.kind === 'unknown')
    return unknown(kind.text, `its FileSystemType is not (${kind.why})`, kind.at);
  if (!kind || scalarText(kind) !== 'LUSTRE') return undefined;
  const nested = properties.members.get(NESTED)?.value;
  return nested?.kind === 'unknown' ? nested : properties;
}
