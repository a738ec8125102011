/** Finds the file system or property at a position of a template. */
import type { Step } from '../../lustre/paths';
import { call, entry, member, type Entry, type Node } from '../../template/node';
import type { Template } from '../../template/template';
import type { FileSystem } from '../file-systems';
import { NATIVE_TYPE, NESTED, type ResourceType } from '../resource-types';

/** A property of a file system, with its key. */
export interface PropertyAt {
  readonly fileSystem: FileSystem;
  /** The path as in this type, without nesting: `MetadataConfiguration`, `Iops`. */
  readonly steps: readonly Step[];
  readonly key: Entry;
}

/** The file system at a position. */
export const fileSystemAt = (
  template: Template,
  fileSystems: readonly FileSystem[],
  offset: number,
): FileSystem | undefined => {
  const { line } = template.placeAt(offset);
  return fileSystems.find(
    ({ at, node }) => template.placeAt(at).line <= line && line <= template.placeAt(node.end).line,
  );
};

/** The innermost property whose key or value is at a position. */
export function propertyAt(fileSystem: FileSystem, offset: number): PropertyAt | undefined {
  const properties = member(fileSystem.node, 'Properties');
  const found = properties && innermost(properties, offset, []);
  if (!found) return undefined;
  const steps = flatSteps(found.steps, fileSystem.type);
  return steps.length === 0 ? undefined : { fileSystem, steps, key: found.key };
}

/** Converts a path of AWS::FSx::FileSystem to one of this type: the members of LustreConfiguration move up one level. */
export const flatSteps = (steps: readonly Step[], { name }: ResourceType): readonly Step[] =>
  name === NATIVE_TYPE && steps[0] === NESTED ? steps.slice(1) : steps;

/** Whether a position is in the logical ID or the type of a file system. */
export function isHead(template: Template, { at, node }: FileSystem, offset: number): boolean {
  const { line } = template.placeAt(offset);
  const type = entry(node, 'Type');
  return template.placeAt(at).line === line || (type !== undefined && isIn(type, offset));
}

interface Found {
  readonly steps: readonly Step[];
  readonly key: Entry;
}

const isIn = ({ at, value }: Entry, offset: number): boolean =>
  at <= offset && offset <= (value.alias?.end ?? value.end);

function innermost(node: Node, offset: number, steps: readonly Step[]): Found | undefined {
  const called = call(node);
  // A branch of Fn::If has the path of the function itself. Inside other functions, no path is known.
  if (called)
    return called.key === 'Fn::If' && called.value.kind === 'list'
      ? first(called.value.items.slice(1), (branch) => innermost(branch, offset, steps))
      : undefined;
  if (node.kind === 'list')
    return first([...node.items.entries()], ([index, item]) =>
      item.at <= offset && offset <= item.end
        ? innermost(item, offset, [...steps, index])
        : undefined,
    );
  if (node.kind !== 'map') return undefined;
  const key = node.entries.find((each) => !each.merged && isIn(each, offset));
  if (!key) return undefined;
  const inside = [...steps, key.key];
  return innermost(key.value, offset, inside) ?? { steps: inside, key };
}

function first<T, R>(all: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
