/** The values that a repair wants in a template: how nodes compare with them, and how they are written. */
import { isObject } from '../../lustre/json';
import { stepsOf, type Step } from '../../lustre/paths';
import { call, type Node, type Scalar } from '../../template/node';
import { listNode, mapNode } from '../conversion/edits';
import { Written } from '../conversion/member-edits';
import type { Finding } from '../finding';

/** Members to change, by name. Undefined removes one; others stay. */
export class Members {
  readonly of = new Map<string, unknown>();
}

/** The paths of a repair as nested members. */
export function wantedOf(repair: Finding['repairs'][number]): Members {
  const wanted = new Members();
  for (const [path, value] of Object.entries(repair)) {
    const steps = stepsOf(path).map(String);
    let members = wanted;
    for (const step of steps.slice(0, -1)) {
      const inner = members.of.get(step);
      const next = inner instanceof Members ? inner : new Members();
      members.of.set(step, next);
      members = next;
    }
    members.of.set(steps.at(-1) ?? path, value ?? undefined);
  }
  return wanted;
}

/** The members to change, with the moved values as they are written. Items of a list stay as they are. */
export function withMoves(
  members: ReadonlyMap<string, unknown>,
  moves: readonly { readonly steps: readonly Step[]; readonly value: unknown }[],
): Map<string, unknown> {
  const changed = new Map(members);
  for (const { steps, value } of moves) {
    const [head = '', ...inner] = steps.map(String);
    changed.set(head, withValue(changed.get(head), inner, value));
  }
  return changed;
}

function withValue(
  container: unknown,
  [name, ...inner]: readonly string[],
  value: unknown,
): unknown {
  if (name === undefined) return value;
  return isObject(container)
    ? { ...container, [name]: withValue(container[name], inner, value) }
    : container;
}

/** The value of a new member as it is written. */
export function written(value: unknown): unknown {
  if (!(value instanceof Members)) return value;
  return Object.fromEntries(
    [...value.of].flatMap(([name, each]) => (each === undefined ? [] : [[name, written(each)]])),
  );
}

/** The name of the function that returns a value. */
export function functionOf(node: Node): string | undefined {
  if (node.kind !== 'map') return undefined;
  return (call(node) ?? node.entries.find(({ key }) => key.startsWith('Fn::')))?.key;
}

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

export const isNull = (node: Node): boolean => node.kind === 'scalar' && node.value === null;

/** Whether a node has the wanted value, as far as it is written in place. */
export function isSame(node: Node, wanted: unknown): boolean {
  if (wanted instanceof Members) return false;
  if (functionOf(node) !== undefined) return wanted !== undefined;
  if (node.kind === 'scalar') return isScalar(wanted) && String(node.value) === String(wanted);
  if (node.kind === 'list')
    return (
      Array.isArray(wanted) &&
      wanted.length === node.items.length &&
      node.items.every((item, index) => isSame(item, wanted[index]))
    );
  if (!isObject(wanted)) return false;
  const given = node.entries.filter(({ value }) => !isNull(value));
  return (
    given.length === Object.keys(wanted).length &&
    given.every(
      ({ key, value }) =>
        Object.hasOwn(wanted, key) && isSame(value, (wanted as Record<string, unknown>)[key]),
    )
  );
}

/** The node of a value that is not in the template yet. */
export function nodeOf(value: unknown): Node {
  if (value instanceof Written) return value.node;
  if (Array.isArray(value)) return listNode(value.map(nodeOf));
  if (typeof value === 'object' && value !== null)
    return mapNode(Object.entries(value).map(([name, member]) => [name, nodeOf(member)]));
  return { kind: 'scalar', value: value as Scalar, at: 0, end: 0 };
}
