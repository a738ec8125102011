/** The nodes of a template, each with its place in the text; short forms such as `!Sub` are written out. */

export type Scalar = string | number | boolean | null;

/** Offsets into the text: where the node begins, and behind its last character. */
interface Placed {
  readonly at: number;
  readonly end: number;
  /** It has an anchor, so that it may stand in other places too. */
  readonly anchored?: true;
  /** Where the alias is, if this stands for another place of the text. */
  readonly alias?: { readonly at: number; readonly end: number };
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly value: Scalar;
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface Entry {
  readonly key: string;
  /** Where the key begins, and behind its last character. */
  readonly at: number;
  readonly keyEnd: number;
  readonly value: Node;
  /** It came from another map, through `<<`. */
  readonly merged?: true;
}

export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

export type Node = ScalarNode | ListNode | MapNode;

/** The value of an entry, by its key. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return entry(node, key)?.value;
}

export function entry(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.length > FEW
    ? indexOf(node).get(key)
    : node.entries.find((each) => each.key === key);
}

/** Up to so many entries are looked through. */
const FEW = 16;

const INDEXES = new WeakMap<MapNode, ReadonlyMap<string, Entry>>();

/** The entries of a map by their keys; the first one where a key comes twice. */
function indexOf(map: MapNode): ReadonlyMap<string, Entry> {
  const known = INDEXES.get(map);
  if (known) return known;
  const index = new Map(map.entries.toReversed().map((each) => [each.key, each]));
  INDEXES.set(map, index);
  return index;
}

/** The text of a scalar, as CloudFormation reads it where it wants text. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** `!Sub x` is `{ "Fn::Sub": x }`. Two functions have no prefix; any other tag is taken for a function. */
export function tagged(tag: string, argument: Node, at: number): MapNode {
  const name = tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`;
  const { end } = argument;
  // No key is written, so all of the call stands for it.
  return { kind: 'map', entries: [{ key: name, at, keyEnd: end, value: argument }], at, end };
}

/** The function that a node calls, and its argument. */
export function call(node: Node): Entry | undefined {
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const [only] = node.entries;
  if (only === undefined || only.key.startsWith('Fn::ForEach::')) return undefined;
  return /^(Ref$|Condition$|Fn::)/.test(only.key) ? only : undefined;
}

/** Whether an entry is a macro such as Fn::Transform, whose result only CloudFormation knows. */
export const isMacro = ({ key }: Entry): boolean =>
  key.startsWith('Fn::') && !key.startsWith('Fn::ForEach::');

/** What a node holds, as a value of JavaScript: as JSON.parse gives it, and short forms as what they stand for. */
export function plainOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
}

/** What stands in a list or map, by its index or key. */
export function children(node: Node): readonly (readonly [name: string, child: Node])[] {
  if (node.kind === 'list') return node.items.map((item, index) => [String(index), item]);
  return node.kind === 'map' ? node.entries.map(({ key, value }) => [key, value]) : [];
}

/** Every node under a node, itself first. */
export function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const [, child] of children(node)) yield* descendants(child);
}
