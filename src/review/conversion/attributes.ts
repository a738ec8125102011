/** Renames references to attributes with another name in this type, in Fn::GetAtt and Fn::Sub. */
import { lostReferences, newName } from './computed-attributes';
import { ManualConversionRequired, type Change, type Edit } from './edits';
import { call, descendants, entry, textOf, type Node, type ScalarNode } from '../../template/node';
import type { Template } from '../../template/template';

/** @throws ManualConversionRequired with every reference that cannot be renamed. */
export function renameAttributes(template: Template, ids: ReadonlySet<string>): Change {
  const { text, root } = template;
  const lost = [...lostReferences(template, ids)];
  if (lost.length > 0) throw new ManualConversionRequired(...lost);
  const edits = new Map<number, Edit>();
  const nodes = new Map<Node, Node>();
  for (const node of descendants(root)) {
    for (const { scalar, value, places } of renamedIn(text, node, ids)) {
      nodes.set(scalar, { ...scalar, value });
      // A node with an anchor is visited at each alias, but is in the text only once.
      for (const place of places) edits.set(place.at, place);
    }
  }
  return { edits: [...edits.values()], nodes };
}

interface Renamed {
  readonly scalar: ScalarNode;
  readonly value: string;
  readonly places: readonly Edit[];
}

function renamedIn(text: string, node: Node, ids: ReadonlySet<string>): Renamed[] {
  const called = call(node);
  if (called?.key === 'Fn::GetAtt') return inGetAtt(text, called.value, ids);
  return called?.key === 'Fn::Sub' ? inSub(text, called.value, ids) : [];
}

function inGetAtt(text: string, argument: Node, ids: ReadonlySet<string>): Renamed[] {
  const [id, attribute, ...rest] =
    argument.kind === 'list' ? argument.items.map(textOf) : (textOf(argument) ?? '').split('.');
  const renamed = newName(attribute);
  if (!ids.has(id ?? '') || renamed === undefined || rest.length > 0) return [];
  const scalar = argument.kind === 'list' ? argument.items[1] : argument;
  if (scalar?.kind !== 'scalar') return [];
  const before = argument.kind === 'list' ? '' : `${id ?? ''}.`;
  const place = wordIn(text, scalar, before, attribute ?? '', renamed);
  return [{ scalar, value: before + renamed, places: [place] }];
}

/**
 * Replaces a word inside a scalar, without its quotes.
 *
 * @throws ManualConversionRequired if the text has it in another form.
 */
function wordIn(
  text: string,
  { at, end }: ScalarNode,
  before: string,
  word: string,
  put: string,
): Edit {
  const found = text.slice(at, end).indexOf(before + word);
  if (found < 0) throw new ManualConversionRequired(`${before}${word} is in an unsupported form`);
  const start = at + found + before.length;
  return { at: start, end: start + word.length, text: put };
}

/** The text before an attribute's name, the name, and the text after it. */
const ATTRIBUTE = /(\$\{\s*([A-Za-z0-9]+)\.)([A-Za-z]+)(?=\s*\})/g;

function inSub(text: string, argument: Node, ids: ReadonlySet<string>): Renamed[] {
  const [scalar, own] = argument.kind === 'list' ? argument.items : [argument];
  if (scalar?.kind !== 'scalar' || typeof scalar.value !== 'string') return [];
  const nameFor = (id: string, attribute: string): string | undefined =>
    ids.has(id) && !entry(own, `${id}.${attribute}`) ? newName(attribute) : undefined;
  const value = scalar.value.replace(
    ATTRIBUTE,
    (whole, before: string, id: string, attribute: string) => {
      const renamed = nameFor(id, attribute);
      return renamed === undefined ? whole : before + renamed;
    },
  );
  if (value === scalar.value) return [];
  const places = [...text.slice(scalar.at, scalar.end).matchAll(ATTRIBUTE)].flatMap((found) => {
    const [, before = '', id = '', attribute = ''] = found;
    const at = scalar.at + found.index + before.length;
    const renamed = nameFor(id, attribute);
    return renamed === undefined ? [] : [{ at, end: at + attribute.length, text: renamed }];
  });
  return [{ scalar, value, places }];
}
