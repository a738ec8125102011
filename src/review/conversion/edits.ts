/** A conversion: edits of a text, and what they make of what the text says. */
import { call, member, type MapNode, type Node } from '../../template/node';

/** This cannot be rewritten by rule. */
export class ManualConversionRequired extends Error {
  override readonly name = 'ManualConversionRequired';
  /** All that stands against it, each as a clause. */
  readonly obstacles: readonly string[];

  constructor(...obstacles: readonly string[]) {
    super(obstacles.join('; '));
    this.obstacles = obstacles;
  }
}

/**
 * Runs each, and returns what they return.
 * @throws ManualConversionRequired with what all of them have against it.
 */
export function allOf<T>(runs: readonly (() => T)[]): T[] {
  const obstacles: string[] = [];
  const results = runs.flatMap((run) => {
    try {
      return [run()];
    } catch (error) {
      if (!(error instanceof ManualConversionRequired)) throw error;
      obstacles.push(...error.obstacles);
      return [];
    }
  });
  if (obstacles.length > 0) throw new ManualConversionRequired(...new Set(obstacles));
  return results;
}

/** A part of a text to replace. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

export interface Change {
  readonly edits: readonly Edit[];
  /** What is read of the new text in the place of a node of the old one. */
  readonly nodes: ReadonlyMap<Node, Node>;
}

export function joined(changes: readonly Change[]): Change {
  return {
    edits: changes.flatMap(({ edits }) => edits),
    nodes: new Map(changes.flatMap(({ nodes }) => [...nodes])),
  };
}

/**
 * A text with its edits made.
 * @throws ManualConversionRequired where two edits are about the same place: one would land in the text of the other.
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
 * Whether a new text says what a change was to make of the old one, and all else as before, wherever and however it is
 * written. Maps have no order.
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

/** Whether a function gives a map, or adds members to it. */
export const isCalled = (node: Node): boolean =>
  call(node) !== undefined ||
  (node.kind === 'map' && node.entries.some(({ key }) => key.startsWith('Fn::')));

const NOWHERE = { at: 0, end: 0 } as const;

export const textNode = (value: string): Node => ({ kind: 'scalar', value, ...NOWHERE });

export const listNode = (items: readonly Node[]): Node => ({ kind: 'list', items, ...NOWHERE });

export const mapNode = (members: readonly (readonly [string, Node])[]): MapNode => ({
  kind: 'map',
  entries: members.map(([key, value]) => ({ key, value, at: 0, keyEnd: 0 })),
  ...NOWHERE,
});
