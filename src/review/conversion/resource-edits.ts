/** Converts one resource of a template, as edits of its text, so that comments and everything else stay as they are. */
import {
  ManualConversionRequired,
  allOf,
  isCalled,
  mapNode,
  textNode,
  type Change,
  type Edit,
} from './edits';
import { choiceNode, choiceText, writtenDefaults, type Defaults } from './native-defaults';
import { blockEdits } from './block-edits';
import { flowEdits } from './flow-edits';
import { endOf, isFlow } from './source-text';
import { nameAdvice } from '../../lustre/properties/name-advice';
import { LONGEST_LIST } from '../../lustre/unknown';
import { TYPE_NAME } from '../../lustre/properties';
import { PROPERTY_NAMES } from '../../lustre/properties/shapes';
import { isDropped, NATIVE_TYPE, NESTED, NETWORK_TYPE } from '../resource-types';
import { entry, member, textOf, type Entry, type MapNode, type Node } from '../../template/node';
import type { Template } from '../../template/template';

/** The conversion of one resource. */
export interface ResourceChange extends Change {
  readonly notes: readonly string[];
}

/** @throws ManualConversionRequired with all reasons. */
export function changeResource(template: Template, resource: Entry, json: boolean): ResourceChange {
  const { text } = template;
  const { type, properties, nested, defaults } = partsOf(template, resource);
  const { added, replaced, notes } = defaults;
  const lines = added.map(([name, value]) => {
    const put = choiceText(value, text, json);
    return json ? `"${name}"${colonOf(text, properties)}${put}` : `${name}: ${put}`;
  });
  const nothings = [...replaced].map(([node, value]) =>
    replaceNothing(text, node, choiceText(value, text, json)),
  );
  // Edits inside a replaced part are dropped.
  const layout = (isFlow(text, properties) ? flowEdits : blockEdits)(text, properties, lines);
  const moved = layout.filter((edit) => !nothings.some((each) => isInside(edit, each)));
  return {
    edits: [renameType(text, type), ...nothings, ...moved],
    nodes: new Map([
      [type, textNode(TYPE_NAME)],
      [
        properties,
        flattened(
          properties,
          added.map(([name, value]) => [name, choiceNode(value)]),
        ),
      ],
      ...[...replaced].map(([node, value]) => [node, choiceNode(value)] as const),
    ]),
    notes: [...notes, ...networkNotes(properties), ...unknownNotes(properties, nested)],
  };
}

interface Parts {
  readonly type: Node;
  readonly properties: MapNode;
  readonly nested: MapNode | undefined;
  readonly defaults: Defaults;
}

/** The parts of the resource to convert. Each must be written in the resource itself. @throws ManualConversionRequired */
function partsOf(template: Template, resource: Entry): Parts {
  const [type, properties] = allOf([
    () => own(resource, 'Type'),
    () => {
      const found = own(resource, 'Properties');
      if (found.kind !== 'map') throw new ManualConversionRequired('its Properties are not a map');
      if (isCalled(found))
        throw new ManualConversionRequired('its Properties are set by a function');
      return found;
    },
  ]);
  const nested = member(properties, NESTED);
  const [defaults] = allOf([
    () => writtenDefaults(template, properties, nested),
    ...properties.entries.map((each) => () => {
      refuseMember(each);
    }),
    () => {
      if (nested) refuseNested(properties, nested);
    },
  ]);
  return { type, properties, nested: nested?.kind === 'map' ? nested : undefined, defaults };
}

function refuseMember(given: Entry): void {
  const { key, merged } = given;
  if (merged) throw shared('Properties');
  if (isDropped(key) || key === NESTED) unshared(given, key);
  if (!hasValue(given)) throw new ManualConversionRequired(`its ${key} has no value`);
}

function refuseNested(properties: MapNode, nested: Node): void {
  if (isCalled(nested)) throw new ManualConversionRequired(`its ${NESTED} is set by a function`);
  if (nested.kind !== 'map') throw new ManualConversionRequired(`its ${NESTED} is not a map`);
  allOf(
    nested.entries.map((each) => () => {
      const { key } = each;
      if (each.merged) throw shared(NESTED);
      if (!hasValue(each)) throw new ManualConversionRequired(`its ${key} has no value`);
      if (entry(properties, key))
        throw new ManualConversionRequired(`${key} is set twice, beside ${NESTED} and in it`);
    }),
  );
}

/** Whether a key has a value, which may be empty: `{ Key }` has none. */
const hasValue = ({ at, value }: Entry): boolean => value.alias !== undefined || value.at !== at;

/** A member of a resource that is not shared with other places. @throws ManualConversionRequired */
function own(resource: Entry, name: string): Node {
  const found = entry(unshared(resource, 'text'), name);
  if (!found) throw new ManualConversionRequired(`it has no ${name}`);
  return unshared(found, name);
}

/** A value that is shared with other places cannot be changed for one of them. @throws ManualConversionRequired */
function unshared({ merged, value }: Entry, what: string): Node {
  if (merged ?? value.alias ?? value.anchored) throw shared(what);
  return value;
}

const shared = (what: string): ManualConversionRequired =>
  new ManualConversionRequired(
    `an anchor, an alias or << shares its ${what} with another place, so expand it first`,
  );

function renameType(text: string, { at, end }: Node): Edit {
  const found = text.slice(at, end).indexOf(NATIVE_TYPE);
  if (found < 0) throw new ManualConversionRequired('its Type is in an unsupported form');
  return { at: at + found, end: at + found + NATIVE_TYPE.length, text: TYPE_NAME };
}

const isInside = (edit: Edit, { at, end }: Edit): boolean => edit.at > at && edit.end < end;

/** Replaces AWS::NoValue with a value. */
function replaceNothing(text: string, node: Node, put: string): Edit {
  const edit = { at: node.at, end: endOf(node), text: put };
  if (text.slice(edit.at, edit.end).includes('#'))
    throw new ManualConversionRequired(
      'an AWS::NoValue that a default must replace contains a comment',
    );
  return edit;
}

/** The colon of JSON, with the author's spaces around it. */
function colonOf(text: string, { entries: [first] }: MapNode): string {
  return /\s*:\s*$/.exec(first ? text.slice(first.at, first.value.at) : '')?.[0] ?? ': ';
}

/** The properties that the converted text must have. */
function flattened(properties: MapNode, added: readonly (readonly [string, Node])[]): Node {
  const { entries } = properties;
  const kept = entries.flatMap(({ key, value }): (readonly [string, Node])[] => {
    if (isDropped(key)) return [];
    if (key !== NESTED || value.kind !== 'map') return [[key, value]];
    return value.entries.map((inner) => [inner.key, inner.value]);
  });
  return mapNode([...kept, ...added]);
}

function networkNotes(properties: MapNode): string[] {
  const network = member(properties, NETWORK_TYPE);
  return network === undefined || textOf(network) === 'IPV4'
    ? []
    : [`${NETWORK_TYPE} is removed, because this type does not have it: clients use IPv4.`];
}

/** Unknown names, which stay as they were written and which neither type has. */
function unknownNotes({ entries }: MapNode, nested: MapNode | undefined): string[] {
  const known: ReadonlySet<string> = new Set([...PROPERTY_NAMES, NESTED]);
  return [...entries, ...(nested?.entries ?? [])]
    .map(({ key }) => key)
    .filter((key) => !known.has(key) && !isDropped(key))
    .slice(0, LONGEST_LIST)
    .map(
      (key) =>
        `${key} is not a property of ${TYPE_NAME}: ${nameAdvice(key, { known: PROPERTY_NAMES, within: '' })}`,
    );
}
