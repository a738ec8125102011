/** A conversion: edits of a text, and what the parsed text must be afterward. */
import { call, hasMadeEntries, member, type MapNode, type Node } from '../../template/node';

/** Thrown where a resource cannot be converted automatically. */
export class ManualConversionRequired extends Error {
  override readonly name = 'ManualConversionRequired';
  /** All reasons, each as a clause. */
  readonly obstacles: readonly string[];

  constructor(...obstacles: readonly string[]) {
    super(obstacles.join('; '));
    this.obstacles = obstacles;
  }
}

/**
 * Runs all functions and returns their results.
 *
 * @throws ManualConversionRequired with the reasons of all of them.
 */
export function allOf<const Results extends readonly unknown[]>(runs: {
  readonly [Index in keyof Results]: () => Results[Index];
}): Results {
  const obstacles: string[] = [];
  const results = runs.flatMap((run): unknown[] => {
    try {
      return [run()];
    } catch (error) {
      if (!(error instanceof ManualConversionRequired)) throw error;
      obstacles.push(...error.obstacles);
      return [];
    }
  });
  if (obstacles.length > 0) throw new ManualConversionRequired(...new Set(obstacles));
  return results as unknown as Results;
}

/** A replacement of a part of a text. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** Edits, and the nodes that they change. */
export interface Change {
  readonly edits: readonly Edit[];
  /** The node that the new text must have in place of a node of the old one. */
  readonly nodes: ReadonlyMap<Node, Node>;
}

/** Combines several changes into one. */
export function joined(changes: readonly Change[]): Change {
  const nodes = new Map<Node, Node>();
  for (const change of changes)
    for (const [before, after] of change.nodes) {
      const already = nodes.get(before);
      nodes.set(before, already ? bothOf(before, already, after) : after);
    }
  return { edits: changes.flatMap(({ edits }) => edits), nodes };
}

/** Combines two changes of a map or a list: what either removes is gone, and what either renames or adds is so in the result. */
function bothOf(before: Node, one: Node, other: Node): Node {
  if (before.kind === 'map' && one.kind === 'map' && other.kind === 'map') {
    const kept = before.entries.flatMap(({ key, value }): [string, Node][] => {
      const [first, second] = [keyOf(one, value), keyOf(other, value)];
      if (first === undefined || second === undefined) return [];
      return [[first === key ? second : first, value]];
    });
    const old = new Set(before.entries.map(({ value }) => value));
    const added = [...one.entries, ...other.entries].filter(({ value }) => !old.has(value));
    return mapNode([...kept, ...new Map(added.map(({ key, value }) => [key, value]))]);
  }
  if (before.kind === 'list' && one.kind === 'list' && other.kind === 'list')
    return listNode(
      before.items.filter((item) => [one, other].every(({ items }) => items.includes(item))),
    );
  return other;
}

const keyOf = ({ entries }: MapNode, value: Node): string | undefined =>
  entries.find((each) => each.value === value)?.key;

/**
 * Applies edits to a text.
 *
 * @throws ManualConversionRequired if two edits overlap.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  let last: Edit | undefined;
  for (const edit of [...edits].sort((a, b) => a.at - b.at || a.end - b.end)) {
    if (edit.at < done || (last?.at === edit.at && last.end === edit.end))
      throw new ManualConversionRequired('two of its changes overlap');
    result += text.slice(done, edit.at) + edit.text;
    done = edit.end;
    last = edit;
  }
  return result + text.slice(done);
}

/**
 * Whether a new text is the old one with a change applied, and otherwise has the same meaning. The form of the text does not
 * matter, nor does the order of members in maps.
 */
export function saysTheSame(before: Node, change: Change, after: Node | undefined): boolean {
  const wanted = change.nodes.get(before) ?? before;
  switch (wanted.kind) {
    case 'scalar':
      return after?.kind === 'scalar' && after.value === wanted.value;
    case 'list':
      return (
        after?.kind === 'list' &&
        after.items.length === wanted.items.length &&
        wanted.items.every((item, index) => saysTheSame(item, change, after.items[index]))
      );
    case 'map':
      return (
        after?.kind === 'map' &&
        after.entries.length === wanted.entries.length &&
        wanted.entries.every(({ key, value }) => saysTheSame(value, change, member(after, key)))
      );
  }
}

/** Whether a function returns the map, or adds members to it. */
export const isCalled = (node: Node): boolean =>
  call(node) !== undefined || (node.kind === 'map' && hasMadeEntries(node));

const NOWHERE = { at: 0, end: 0 } as const;

export const textNode = (value: string): Node => ({ kind: 'scalar', value, ...NOWHERE });

export const listNode = (items: readonly Node[]): Node => ({ kind: 'list', items, ...NOWHERE });

export const mapNode = (members: readonly (readonly [string, Node])[]): MapNode => ({
  kind: 'map',
  entries: members.map(([key, value]) => ({ key, value, at: 0, keyEnd: 0 })),
  ...NOWHERE,
});
