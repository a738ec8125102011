/**
 * References whose attribute name is not in the text, so that it cannot be renamed there, and references to attributes that
 * this type does not have.
 */
import { ofAnyParameters } from './native-defaults';
import { NATIVE, NATIVE_ATTRIBUTES, OURS } from '../resource-types';
import { forEachDeployment } from '../../template/deployments';
import { entries, evaluate, outside, type Context } from '../../template/intrinsics';
import { call, member, textOf, type Node } from '../../template/node';
import type { Template } from '../../template/template';
import { isUnknown, scalar, scalarText, type Value } from '../../template/values';

/** The name in this type of an attribute of AWS::FSx::FileSystem; undefined if it is the same. */
export function newName(attribute: string | undefined): string | undefined {
  if (attribute === undefined || !Object.hasOwn(NATIVE_ATTRIBUTES, attribute)) return undefined;
  const renamed = NATIVE_ATTRIBUTES[attribute];
  return renamed === attribute ? undefined : renamed;
}

/** Attributes with another name in this type, or none. */
const CHANGED: readonly string[] = NATIVE.attributes.filter(
  (name) => !OURS.attributes.includes(name),
);

/** The references that cannot be rewritten, in any deployment of the template, each as a clause. */
export function lostReferences(template: Template, ids: ReadonlySet<string>): Set<string> {
  const { results } = forEachDeployment(template, ofAnyParameters(template), (deployment) => [
    ...referencesIn(template.root, outside(deployment), ids),
  ]);
  return new Set(results.flat());
}

function* referencesIn(node: Node, context: Context, ids: ReadonlySet<string>): Generator<string> {
  const called = call(node);
  if (called?.key === 'Fn::GetAtt') yield* inGetAtt(called.value, node.at, context, ids);
  if (called?.key === 'Fn::Sub') yield* inSub(called.value, node.at, context, ids);
  if (node.kind === 'list') for (const item of node.items) yield* referencesIn(item, context, ids);
  if (node.kind === 'map')
    for (const each of entries(node, context)) yield* referencesIn(each.node, each.context, ids);
}

function* inGetAtt(
  argument: Node,
  at: number,
  context: Context,
  ids: ReadonlySet<string>,
): Generator<string> {
  const parts = argument.kind === 'list' ? argument.items : [argument];
  const isWritten = parts.every((part) => !textOf(part)?.includes('${') && part.kind === 'scalar');
  const [first, second] = parts.map((part) => evaluate(part, context));
  if (!first) return;
  const dot = scalarText(first)?.indexOf('.') ?? -1;
  const [id, attribute] = second
    ? [first, second]
    : dot > 0
      ? [first, first].map((value, index) => halfOf(value, dot, index))
      : [first, first];
  if (!id || !attribute) return;
  for (const name of ids) {
    if (!mayBe(id, name)) continue;
    for (const changed of CHANGED)
      if (mayBe(attribute, changed))
        yield* unrenamed(isWritten, `Fn::GetAtt on line ${lineOf(at, context)}`, name, changed);
  }
}

/** The logical id (index 0) or the attribute (index 1) of `Id.Attribute`. */
const halfOf = (value: Value, dot: number, index: number): Value => {
  const text = scalarText(value) ?? '';
  return scalar(index === 0 ? text.slice(0, dot) : text.slice(dot + 1), value.at);
};

const mayBe = (value: Value, text: string): boolean =>
  isUnknown(value) ? value.unknown.mayBe(text) : scalarText(value) === text;

/** A name in the text is rewritten if this type has another name for it, and reported otherwise. */
function* unrenamed(
  isWritten: boolean,
  where: string,
  id: string,
  attribute: string,
): Generator<string> {
  const renamed = newName(attribute);
  if (renamed === undefined)
    yield `${where} ${isWritten ? 'reads' : 'may read'} ${id}.${attribute}, which this type does not have`;
  else if (!isWritten)
    yield `${where} may read ${id}.${attribute} by a computed name: it is ${renamed} in this type`;
}

const REFERENCE = /\$\{\s*([A-Za-z0-9]+)\.([A-Za-z]+)\s*\}/g;

function* inSub(
  argument: Node,
  at: number,
  context: Context,
  ids: ReadonlySet<string>,
): Generator<string> {
  const [source, own] = argument.kind === 'list' ? argument.items : [argument];
  if (!source) return;
  const value = evaluate(source, context);
  const text = scalarText(value) ?? (isUnknown(value) ? value.unknown.text : '');
  const raw = textOf(source) ?? '';
  const where = `Fn::Sub on line ${lineOf(at, context)}`;
  for (const [whole, id = '', attribute = ''] of text.matchAll(REFERENCE)) {
    if (!ids.has(id) || !CHANGED.includes(attribute) || member(own, `${id}.${attribute}`)) continue;
    yield* unrenamed(raw.includes(whole), where, id, attribute);
  }
  // A reference inside the name of another one has an unknown value.
  for (const [, id = ''] of text.matchAll(/\$\{\s*([A-Za-z0-9]+)\.[^{}]*\$\{/g))
    if (ids.has(id)) yield* unrenamed(false, where, id, CHANGED[0] ?? '');
}

const lineOf = (at: number, { deployment }: Context): number =>
  deployment.template.placeAt(at).line;
