/** The nodes of a template, with their offsets in the text. Short forms such as `!Sub` are converted to their long forms. */

export type Scalar = string | number | boolean | null;

/** Start and end offset in the text. */
interface Placed {
  readonly at: number;
  readonly end: number;
  /** Whether the node has an anchor, so that aliases may refer to it. */
  readonly anchored?: true;
  /** The position of the alias, if the node was reached through one. */
  readonly alias?: { readonly at: number; readonly end: number };
}

/** A scalar. */
export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** The text in the template, if YAML reads it as another value: 0500 is 320. */
  readonly written?: string;
}

/** A list. */
export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

/** A key and its value in a map. */
export interface Entry {
  readonly key: string;
  /** Start and end offset of the key. */
  readonly at: number;
  readonly keyEnd: number;
  readonly value: Node;
  /** Whether the entry was added by `<<`. */
  readonly merged?: true;
}

/** A map, which may be a call of a function. */
export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

/** A node of a template. */
export type Node = ScalarNode | ListNode | MapNode;

/** The value of the entry with a key. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return entry(node, key)?.value;
}

/** The entry with a key. */
export function entry(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.length > FEW
    ? indexOf(node).get(key)
    : node.entries.find((each) => each.key === key);
}

/** Maps with more entries than this get an index. */
const FEW = 16;

const INDEXES = new WeakMap<MapNode, ReadonlyMap<string, Entry>>();

/** The entries of a map by their keys. If a key is duplicated, the first one. */
function indexOf(map: MapNode): ReadonlyMap<string, Entry> {
  const known = INDEXES.get(map);
  if (known) return known;
  const index = new Map(map.entries.toReversed().map((each) => [each.key, each]));
  INDEXES.set(map, index);
  return index;
}

/** The text of a scalar, as CloudFormation converts it where it expects a string. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/**
 * Converts a tag to a function: `!Sub x` is `{ "Fn::Sub": x }`. Two functions have no prefix. Every other tag counts as a
 * function.
 */
export function tagged(tag: string, argument: Node, at: number): MapNode {
  const name = tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`;
  const { end } = argument;
  // There is no key in the text, so it has the position of the whole call.
  return { kind: 'map', entries: [{ key: name, at, keyEnd: end, value: argument }], at, end };
}

/** The function that a node calls, with its argument; undefined if it calls none. */
export function call(node: Node): Entry | undefined {
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const [only] = node.entries;
  if (only === undefined || only.key.startsWith('Fn::ForEach::')) return undefined;
  return /^(Ref$|Condition$|Fn::)/.test(only.key) ? only : undefined;
}

/** Whether an entry is a macro such as Fn::Transform, whose result only CloudFormation knows. */
export const isMacro = ({ key }: Entry): boolean =>
  key.startsWith('Fn::') && !key.startsWith('Fn::ForEach::');

/** Whether a function makes entries of a map, such as Fn::Transform or Fn::ForEach, so that the template does not show them all. */
export const hasMadeEntries = (map: MapNode): boolean =>
  map.entries.some(({ key }) => key.startsWith('Fn::'));

/** A node as a JavaScript value, as from JSON.parse, with short forms converted to long ones. */
export function plainOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
}

/** The items of a list or the members of a map, with their indexes or keys. */
export function children(node: Node): readonly (readonly [name: string, child: Node])[] {
  if (node.kind === 'list') return node.items.map((item, index) => [String(index), item]);
  return node.kind === 'map' ? node.entries.map(({ key, value }) => [key, value]) : [];
}

/** All nodes inside a node, including the node itself, which is first. */
export function descendants(node: Node): Node[] {
  const found: Node[] = [];
  const visit = (each: Node): void => {
    found.push(each);
    if (each.kind === 'list') for (const item of each.items) visit(item);
    if (each.kind === 'map') for (const { value } of each.entries) visit(value);
  };
  visit(node);
  return found;
}
