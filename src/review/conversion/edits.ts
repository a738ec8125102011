/** A conversion: edits of a text, and what they make of what the text says. */
import { isDeepStrictEqual } from 'node:util';
import { call, type MapNode, type Node } from '../../template/node';

/** This cannot be rewritten by rule. */
export class ManualConversionRequired extends Error {
  override readonly name = 'ManualConversionRequired';
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

/** @throws ManualConversionRequired where two edits are about the same place: one of them would land in the text of the other. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  let last: Edit | undefined;
  for (const edit of [...edits].sort((a, b) => a.at - b.at || a.end - b.end)) {
    if (edit.at < done || (last?.at === edit.at && last.end === edit.end))
      throw new ManualConversionRequired('two of its changes fall on the same place');
    result += text.slice(done, edit.at) + edit.text;
    done = edit.end;
    last = edit;
  }
  return result + text.slice(done);
}

/** Whether a new text says what a change was to make of the old one, and all else as before. */
export function saysTheSame(before: Node, { nodes }: Change, after: Node): boolean {
  return isDeepStrictEqual(meaning(before, nodes), meaning(after, new Map()));
}

/** What a node says, wherever and however it is written. Maps have no order, and any text for a key. */
function meaning(node: Node, nodes: ReadonlyMap<Node, Node>): unknown {
  const now = nodes.get(node) ?? node;
  switch (now.kind) {
    case 'scalar':
      return now.value;
    case 'list':
      return now.items.map((item) => meaning(item, nodes));
    case 'map':
      return new Map(now.entries.map(({ key, value }) => [key, meaning(value, nodes)]));
  }
}

/** Whether a function gives a map, or adds members to it. */
export const isCalled = (node: Node): boolean =>
  call(node) !== undefined ||
  (node.kind === 'map' && node.entries.some(({ key }) => key.startsWith('Fn::')));

export const NOWHERE = { at: 0, end: 0 } as const;

export const textNode = (value: string): Node => ({ kind: 'scalar', value, ...NOWHERE });

export const listNode = (items: readonly Node[]): Node => ({ kind: 'list', items, ...NOWHERE });

export const mapNode = (members: readonly (readonly [string, Node])[]): MapNode => ({
  kind: 'map',
  entries: members.map(([key, value]) => ({ key, value, at: 0 })),
  ...NOWHERE,
});
