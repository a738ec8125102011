/**
 * Edits of a template's text that carry out a repair: replace a value, remove a member or an item, add a member, rename a
 * member. Comments, quotes and everything else stay.
 */
import { isObject } from '../../lustre/json';
import { isWithin, pathOf, type Step } from '../../lustre/paths';
import { cut } from '../../lustre/wording';
import { destinationOf } from '../../lustre/properties/name-meaning';
import { call, descendants, entry, plainOf, type Entry, type MapNode } from '../../template/node';
import type { ListNode, Node, Scalar, ScalarNode } from '../../template/node';
import { defaultDeployment } from '../../template/deployments';
import { evaluate, outside } from '../../template/intrinsics';
import { readTree, Unreadable, type SourceTree } from '../../template/source-tree';
import type { Template } from '../../template/template';
import type { Bindings } from '../../template/text';
import {
  applyEdits,
  listNode,
  mapNode,
  ManualConversionRequired,
  saysTheSame,
  type Edit,
} from '../conversion/edits';
import {
  itemRemovals,
  keyEdit,
  memberEdits,
  scalarInPlace,
  scalarRead,
  valueText,
  Written,
  type Writing,
} from '../conversion/member-edits';
import { endOf, isFlow, isJsonText } from '../conversion/source-text';
import type { FileSystem } from '../file-systems';
import type { Finding } from '../finding';
import { keptItems } from './kept-items';
import { placeAt } from '../name-places';
import { plain } from '../resource-model';
import { OURS, type ResourceType } from '../resource-types';
import { areTags, itemEdits, tagEdit, tagListEdits, tagListOf, tagOf } from './as-list';
import {
  functionOf,
  isNull,
  isSame,
  isScalar,
  Members,
  nodeOf,
  wantedOf,
  withMoves,
  written,
} from './wanted';

/** A change, for the reader. */
export interface PropertyChange {
  /** The path, as in the template. */
  readonly property: string;
  /** Offset of the change. */
  readonly at: number;
  /** The old and the new text; absent if a member is added or removed. */
  readonly from?: string;
  readonly to?: string;
  /** Whether the old text is a name, and the new one says where its value is then. */
  readonly isMove?: true;
}

/** The edits of a repair. */
export interface Fix {
  readonly edits: readonly Edit[];
  readonly changes: readonly PropertyChange[];
  /** The node that the new text must have in place of a node of the old one. */
  readonly nodes: ReadonlyMap<Node, Node>;
}

/** Thrown if a repair cannot be carried out in the text. The message says why. */
export class NotFixable extends Error {
  override readonly name = 'NotFixable';
}

type Repair = Finding['repairs'][number];

/**
 * The edits that carry out a repair of a finding.
 *
 * @throws NotFixable if the property is not written in place, or shares its text with other places.
 */
export function fixOf(
  template: Template,
  fileSystems: readonly FileSystem[],
  finding: Finding,
  repair: Repair,
): Fix {
  const found = fileSystems.find(({ logicalId }) => logicalId === finding.logicalId);
  const resource = found?.node ?? template.resource(finding.logicalId)?.value;
  const properties = resource && entry(resource, 'Properties');
  if (properties?.value.kind !== 'map' || properties.value.entries.length === 0)
    throw new NotFixable('the resource has no Properties to write it in');
  for (const node of [template.section('Resources'), resource])
    if (node) refuseShared(node, 'the resource');
  const draft = new Draft(template, finding, found);
  try {
    draft.change(properties, wantedOf(repair), '');
  } catch (error) {
    if (error instanceof ManualConversionRequired) throw new NotFixable(error.message);
    throw error;
  }
  if (draft.edits.length === 0) throw new NotFixable('it is not written there');
  return draft;
}

/** A fix, the new text, and its parsed tree. */
export interface AppliedFix {
  readonly fix: Fix;
  readonly text: string;
  readonly tree: SourceTree;
}

/** As `fixOf`, but undefined if the repair cannot be carried out, or the new text would have another meaning. */
export const fixOrNone = (...of: Parameters<typeof fixOf>): Fix | undefined =>
  appliedFixOrNone(...of)?.fix;

/** As `fixOrNone`, with the new text. */
export function appliedFixOrNone(...of: Parameters<typeof fixOf>): AppliedFix | undefined {
  const [template] = of;
  try {
    const fix = fixOf(...of);
    const text = applyEdits(template.text, fix.edits);
    const tree = readTree(text);
    return saysTheSame(template.root, fix, tree.root) ? { fix, text, tree } : undefined;
  } catch (error) {
    if (error instanceof NotFixable || error instanceof Unreadable) return undefined;
    if (error instanceof ManualConversionRequired) return undefined;
    throw error;
  }
}

/** A member whose value is moved into another one, and the steps to its new place. */
interface Move {
  readonly entry: Entry;
  readonly steps: readonly Step[];
  readonly value: unknown;
}

const changeOf = ({ entry: { key, at }, steps }: Move, path: string): PropertyChange => ({
  property: pathOf(path, key),
  at,
  from: key,
  to: steps
    .map((step) => (typeof step === 'number' ? 'an item' : step))
    .toReversed()
    .join(' in '),
  isMove: true,
});

function refuseShared({ alias, anchored }: Node, what: string): void {
  if (alias ?? anchored)
    throw new NotFixable(`an anchor or an alias shares ${what} with other places`);
}

/** In some deployments, the template may give a value where there is none in others. Neither replaces the other. */
function refuseTaken(map: MapNode, steps: readonly Step[], path: string): void {
  let node: Node | undefined = map;
  let place = path;
  for (const step of steps) {
    if (typeof step === 'number') return;
    node = entry(node, step)?.value;
    if (node === undefined || isNull(node)) return;
    place = pathOf(place, step);
    const called = functionOf(node);
    if (called !== undefined) throw new NotFixable(`${called} sets ${place}`);
  }
  throw new NotFixable(`${place} is also set`);
}

class Draft implements Fix {
  readonly edits: Edit[] = [];
  readonly changes: PropertyChange[] = [];
  readonly nodes = new Map<Node, Node>();
  readonly #template: Template;
  readonly #finding: Finding;
  readonly #writing: Writing;
  readonly #type: ResourceType;
  readonly #bindings: Bindings;

  constructor(
    template: Template,
    finding: Finding,
    { type, bindings }: Pick<FileSystem, 'type' | 'bindings'> = { type: OURS, bindings: new Map() },
  ) {
    this.#template = template;
    this.#finding = finding;
    this.#type = type;
    this.#bindings = bindings;
    this.#writing = { text: template.text, json: isJson(template) };
  }

  /**
   * Changes the value of a member.
   *
   * @param isNamed Whether the repair names this member, and not only one that contains it.
   */
  change({ value: node, merged }: Entry, wanted: unknown, path: string, isNamed = true): void {
    if (merged) throw new NotFixable(`<< shares ${path} with other places`);
    this.#changeNode(node, wanted, path, isNamed);
  }

  #changeNode(node: Node, wanted: unknown, path: string, isNamed: boolean): void {
    const called = functionOf(node);
    if (called !== undefined) {
      // A value that only the deployment knows stays, unless it is the one that the finding is about.
      if (!isNamed && !isWithin(this.#finding.property, path)) return;
      const branch = this.#finding.property === path ? this.#branchFound(node) : undefined;
      if (branch) {
        this.#changeNode(branch, wanted, path, isNamed);
        return;
      }
      throw new NotFixable(
        `${path === '' ? 'the properties are' : `${path} is`} the result of ${called}`,
      );
    }
    if (isSame(node, wanted)) return;
    refuseShared(node, path === '' ? 'the properties' : path);
    const [only] = node.kind === 'map' ? node.entries : [];
    if (node.kind === 'map' && only && areTags(node, [wanted])) this.#nameTag(node, only, path);
    else if (node.kind === 'map' && isObject(wanted)) this.#changeMap(node, wanted, path);
    else if (node.kind === 'list' && wanted instanceof Members)
      this.#changeItems(node, wanted, path);
    else if (node.kind === 'list' && Array.isArray(wanted)) this.#changeList(node, wanted, path);
    else if (node.kind === 'scalar' && isScalar(wanted)) this.#replace(node, wanted, path);
    else if (Array.isArray(wanted) && wanted.length === 1 && isSame(node, wanted[0]))
      this.#makeItem(node, path);
    else if (node.kind === 'scalar' && Array.isArray(wanted) && wanted.every(isScalar))
      this.#put(node, valueText(wanted, this.#writing.json), path, nodeOf(wanted));
    else if (node.kind === 'map' && Array.isArray(wanted) && areTags(node, wanted))
      this.#listTags(node, path);
    else throw new NotFixable(`${path} has another form`);
  }

  /** Makes a list of its only item. */
  #makeItem(node: Node, path: string): void {
    this.edits.push(...itemEdits(this.#template.text, node));
    const item = node.kind === 'map' ? this.#members(node) : new Written(this.#textOf(node), node);
    this.#told(node, [item], path);
    this.nodes.set(node, listNode([{ ...node }]));
  }

  readonly #members = ({ entries }: MapNode) =>
    Object.fromEntries(entries.map(({ key, value }) => [key, this.#asWritten(value)]));

  #listTags(map: MapNode, path: string): void {
    for (const each of descendants(map)) refuseShared(each, path);
    this.edits.push(...tagListEdits(this.#writing, map));
    this.#told(map, map.entries.map(this.#tag), path);
    this.nodes.set(map, tagListOf(map));
  }

  #nameTag(map: MapNode, only: Entry, path: string): void {
    for (const each of descendants(map)) refuseShared(each, path);
    this.edits.push(tagEdit(this.#writing, map, only));
    this.#told(map, this.#tag(only), path);
    this.nodes.set(map, tagOf(only));
  }

  readonly #tag = ({ key, value }: Entry) => ({ Key: key, Value: this.#asWritten(value) });

  #told(node: Node, wanted: unknown, path: string): void {
    const to = cut(valueText(wanted, this.#writing.json), 72);
    this.changes.push({ property: path, at: node.at, from: this.#textOf(node), to });
  }

  /** Replaces a scalar by another node. */
  #put(node: ScalarNode, text: string, path: string, wanted: Node): void {
    this.edits.push({ at: node.at, end: node.end, text });
    this.changes.push({ property: path, at: node.at, from: this.#textOf(node), to: text });
    this.nodes.set(node, wanted);
  }

  /** The branch of Fn::If with the finding, at any depth. */
  #branchFound(node: Node): Node | undefined {
    if (functionOf(node) === undefined) {
      const { line, column } = this.#template.placeAt(node.at);
      return line === this.#finding.line && column === this.#finding.column ? node : undefined;
    }
    const branches = functionOf(node) === 'Fn::If' ? call(node)?.value : undefined;
    if (branches?.kind !== 'list') return undefined;
    for (const branch of branches.items.slice(1)) {
      const found = this.#branchFound(branch);
      if (found) return found;
    }
    return undefined;
  }

  #changeMap(map: MapNode, wanted: Members | Record<string, unknown>, path: string): void {
    const isPart = wanted instanceof Members;
    const before = this.changes.length;
    const moves = isPart ? this.#movesIn(map, wanted, path) : [];
    const members = isPart ? withMoves(wanted.of, moves) : new Map(Object.entries(wanted));
    const gone = map.entries.filter(({ key, value }) =>
      members.has(key) ? members.get(key) === undefined : !isPart && !isNull(value),
    );
    const added = [...members].filter(([name, value]) => value !== undefined && !entry(map, name));
    const replaced = added.length + moves.length;
    for (const each of gone) this.#refuseUnwritten(each, pathOf(path, each.key), replaced);
    const [from, ...others] = gone;
    const [to, ...more] = added;
    if (moves.length > 0) this.#exchange(map, gone, added, path);
    else if (from && to && others.length + more.length === 0 && this.#isRename(from, to[1]))
      this.#rename(map, from, to[0], path);
    else this.#exchange(map, gone, added, path);
    for (const each of map.entries) {
      const value = members.get(each.key);
      if (value !== undefined) this.change(each, value, pathOf(path, each.key), isPart);
    }
    const moved = moves.map((move) => changeOf(move, path));
    if (moves.length > 0) this.changes.splice(before, Infinity, ...moved);
  }

  /** A member is removed only if all of it is written in place. */
  #refuseUnwritten({ value, merged }: Entry, path: string, replaced: number): void {
    if (merged) throw new NotFixable(`<< shares ${path} with other places`);
    for (const each of descendants(value)) refuseShared(each, path);
    if (replaced > 0 && this.#finding.rule === 'unknown-property') return;
    const called = descendants(value)
      .map(functionOf)
      .find((each) => each !== undefined);
    if (called !== undefined) throw new NotFixable(`${called} sets ${path}`);
  }

  /** The names that a repair removes from a map because their values belong inside another member of it. */
  #movesIn(map: MapNode, { of }: Members, path: string): Move[] {
    if (this.#finding.rule !== 'unknown-property') return [];
    const place = placeAt(path, this.#type);
    return map.entries.flatMap((each) => {
      const isGone = of.has(each.key) && of.get(each.key) === undefined;
      const steps = isGone ? destinationOf(each.key, place) : undefined;
      if (!steps || steps.length < 2) return [];
      const called = functionOf(each.value);
      if (typeof steps.at(-1) === 'number' && called !== undefined)
        throw new NotFixable(`${called} sets ${pathOf(path, each.key)}`);
      refuseTaken(map, steps, path);
      return [{ entry: each, steps, value: this.#asWritten(each.value) }];
    });
  }

  /** A value as it is written; on several lines, without its form. */
  #asWritten(node: Node): unknown {
    const text = this.#template.text.slice(node.at, endOf(node));
    return /[\r\n]/.test(text) || text === '' ? plainOf(node) : new Written(text, node);
  }

  #isRename(from: Entry, to: unknown): boolean {
    if (to instanceof Members) return false;
    return this.#finding.rule === 'unknown-property' || isSame(from.value, to);
  }

  #rename(map: MapNode, from: Entry, name: string, path: string): void {
    this.edits.push(keyEdit(this.#writing, from, name));
    this.changes.push({ property: pathOf(path, from.key), at: from.at, from: from.key, to: name });
    this.nodes.set(
      map,
      mapNode(map.entries.map((each) => [each === from ? name : each.key, each.value])),
    );
  }

  #exchange(
    map: MapNode,
    gone: readonly Entry[],
    added: readonly (readonly [string, unknown])[],
    path: string,
  ): void {
    if (gone.length + added.length === 0) return;
    const members = added.map(([name, value]) => [name, written(value)] as const);
    const edits = memberEdits(this.#writing, map, gone, members);
    this.edits.push(...edits);
    for (const each of gone)
      this.changes.push({
        property: pathOf(path, each.key),
        at: each.at,
        from: this.#textOf(each.value),
      });
    for (const [name, value] of members)
      this.changes.push({
        property: pathOf(path, name),
        at: edits[0]?.at ?? map.at,
        to: valueText(value, this.#writing.json),
      });
    this.nodes.set(
      map,
      mapNode([
        ...map.entries
          .filter((each) => !gone.includes(each))
          .map((each) => [each.key, each.value] as const),
        ...members.map(([name, value]) => [name, nodeOf(value)] as const),
      ]),
    );
  }

  #replace(node: ScalarNode, wanted: Scalar, path: string): void {
    if (
      typeof node.value === 'string' &&
      (this.#bindings.size > 0 ? /[$&]\{/ : /\{\{/).test(node.value)
    )
      throw new NotFixable(`${path} is known only at deployment`);
    if (node.at === node.end) throw new NotFixable(`${path} has no value to replace`);
    // The repair is of the number that YAML 1.1 reads in it, which need not be the one that is meant.
    if (typeof node.value === 'number' && /^0[\d_x]/i.test(this.#textOf(node)))
      throw new NotFixable(`YAML reads ${this.#textOf(node)} as ${node.value}`);
    const put = scalarInPlace(this.#writing, node, wanted);
    this.#put(node, put, path, { ...node, value: scalarRead(put) });
  }

  #changeItems(list: ListNode, { of }: Members, path: string): void {
    for (const [step, value] of of) {
      const item = list.items[Number(step)];
      if (item && value !== undefined) this.#changeNode(item, value, `${path}[${step}]`, true);
    }
    const gone = [...of].flatMap(([step, value]) => (value === undefined ? Number(step) : []));
    this.#removeItems(list, path, (index) => gone.includes(index));
  }

  #changeList(list: ListNode, wanted: readonly unknown[], path: string): void {
    if (wanted.length > list.items.length)
      throw new NotFixable(`${path} would have more items than are written`);
    if (wanted.length === list.items.length) {
      for (const [index, item] of list.items.entries())
        this.#changeNode(item, wanted[index], `${path}[${index}]`, false);
      return;
    }
    const context = { ...outside(defaultDeployment(this.#template, {})), bindings: this.#bindings };
    const kept = keptItems(
      list.items,
      wanted,
      (item) => plain(evaluate(item, context)),
      (index) => isWithin(this.#finding.property, pathOf(path, index)),
    );
    if (!kept) throw new NotFixable(`${path} has another form`);
    this.#removeItems(list, path, (index) => !kept.includes(index));
  }

  #removeItems(list: ListNode, path: string, isRemoved: (index: number) => boolean): void {
    const gone = list.items.filter((_, index) => isRemoved(index));
    if (gone.length === 0) return;
    for (const item of gone) for (const each of descendants(item)) refuseShared(each, path);
    this.edits.push(...itemRemovals(this.#writing, list, isRemoved));
    for (const [index, item] of list.items.entries())
      if (isRemoved(index))
        this.changes.push({ property: `${path}[${index}]`, at: item.at, from: this.#textOf(item) });
    this.nodes.set(list, listNode(list.items.filter((item) => !gone.includes(item))));
  }

  #textOf(node: Node): string {
    const text = this.#template.text.slice(node.at, endOf(node));
    return cut(text.replace(/\s+/g, ' '), 72) || '(empty)';
  }
}

/** Whether the text of a template is JSON. */
export const isJson = ({ text, root }: Template): boolean => isFlow(text, root) && isJsonText(text);
