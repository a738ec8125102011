/** Carries out the functions of a template as far as can be known before the deployment. */
import { call, textOf, type MapNode, type Node } from './node';
import { FUNCTIONS } from './intrinsics';
import { dynamic } from './template';
import { keyOfCall, scalar, scalarText, unknown, type Value } from './values';
import type { World } from './deployment';

export interface Context {
  readonly world: World;
  /** The identifiers of the Fn::ForEach around the node. */
  readonly bindings: ReadonlyMap<string, Value>;
}

/** The value of a node; `at` is the place that the value is given at. */
export function evaluate(node: Node, context: Context, at = node.at): Value {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string'
        ? evaluateText(node.value, context, at)
        : scalar(node.value, at);
    case 'list':
      return {
        kind: 'list',
        items: node.items
          .map((item) => evaluate(item, context))
          .filter(({ kind }) => kind !== 'nothing'),
        at,
      };
    case 'map': {
      const called = call(node);
      // A member named Condition may also be an ordinary one, as in a policy.
      if (!called || (called.key === 'Condition' && called.value.kind !== 'scalar'))
        return evaluateMap(node, context, at);
      const carryOut = FUNCTIONS[called.key];
      return carryOut
        ? carryOut(called.value, context, at)
        : unknown(called.key, `${called.key} is carried out by CloudFormation`, at);
    }
  }
}

/** Text, with the identifiers of Fn::ForEach put in. */
export function evaluateText(
  text: string,
  { bindings }: Pick<Context, 'bindings'>,
  at: number,
): Value {
  const bound = bindings.size > 0 ? bind(text, bindings) : text;
  if (bound.includes('{{resolve:')) return unknown(bound, dynamic(bound), at);
  const open = [...bindings].find(([name]) => bound.includes(`\${${name}}`));
  return open?.[1].kind === 'unknown' ? { ...open[1], text: bound, at } : scalar(bound, at);
}

function evaluateMap(node: MapNode, context: Context, at: number): Value {
  const members = new Map<string, { at: number; value: Value }>();
  for (const each of entries(node, context)) {
    // Fn::Transform beside other members adds members that only CloudFormation sees.
    if (each.key.startsWith('Fn::'))
      return unknown(each.key, `${each.key} is carried out by CloudFormation`, at);
    const value = evaluate(each.node, each.context, each.at);
    if (value.kind !== 'nothing') members.set(each.key, { at: each.at, value });
  }
  return { kind: 'object', members, at };
}

export interface ContextualEntry {
  readonly key: string;
  readonly at: number;
  readonly node: Node;
  readonly context: Context;
}

/** The entries of a map, with each Fn::ForEach written out; a collection that is not known gives one unknown round. */
export function* entries(node: MapNode, context: Context): Generator<ContextualEntry> {
  for (const { key, at, value } of node.entries) {
    if (!key.startsWith('Fn::ForEach::') || value.kind !== 'list') {
      yield { key: bind(key, context.bindings), at, node: value, context };
      continue;
    }
    const [identifier, collection, body] = value.items;
    const name = textOf(identifier);
    if (name === undefined || collection === undefined || body?.kind !== 'map') continue;
    for (const item of rounds(evaluate(collection, context), name)) {
      yield* entries(body, { ...context, bindings: new Map([...context.bindings, [name, item]]) });
    }
  }
}

function rounds(collection: Value, name: string): readonly Value[] {
  if (collection.kind === 'list') {
    return collection.items.flatMap((item) => (item.kind === 'list' ? item.items : [item]));
  }
  const why = collection.kind === 'unknown' ? collection.why : 'its collection is no list';
  return [unknown(`\${${name}}`, why, collection.at)];
}

/** Text with the identifiers of Fn::ForEach put in; `&{Name}` takes letters and digits only. */
export function bind(text: string, bindings: Context['bindings']): string {
  if (bindings.size === 0 || !text.includes('{')) return text;
  return text.replace(/([$&])\{([^{}!]+)\}/g, (whole, sign: string, name: string) => {
    const value = scalarText(bindings.get(name) ?? scalar(null, 0));
    if (value === undefined) return whole;
    return sign === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}

/** Whether a condition holds. Where that is not known, it is taken to hold, and in another world not to. */
export function truth(node: Node, context: Context): boolean {
  const value = evaluate(node, context);
  const text = scalarText(value);
  if (text === 'true' || text === 'false') return text === 'true';
  return context.world.choose(`whether ${keyOfCall('', [value])}`, 2) === 0;
}
