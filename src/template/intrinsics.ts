/** Evaluates the nodes and intrinsic functions of a template in one of its deployments, as far as their values are known. */
import type { Knowledge, Unknown } from '../lustre/unknown';
import type { Deployment } from './deployment';
import { call, isMacro, member, textOf, type MapNode, type Node } from './node';
import { examplesOf, functionExamples, logGroupExamples } from './resource-values';
import { bind, concatenated, evaluateText, type Bindings } from './text';
import {
  callKey,
  keyed,
  isUnknown,
  mayBeText,
  placed,
  scalar,
  scalarText,
  unknown,
  unknownIn,
  valueText,
  type ScalarValue,
  type UnknownValue,
  type Value,
} from './values';

/** What the value of a node depends on. */
export interface Context {
  readonly deployment: Deployment;
  readonly bindings: Bindings;
}

/** The context of a node outside of Fn::ForEach. */
export const outside = (deployment: Deployment): Context => ({ deployment, bindings: new Map() });

/**
 * The value of a node.
 *
 * @param at The offset that the value gets.
 */
export function evaluate(node: Node, context: Context, at = node.at): Value {
  spend(context);
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string'
        ? evaluateText(node.value, context.bindings, at, context.deployment.options.stack)
        : scalar(node.value, at, node.written);
    case 'list':
      return {
        kind: 'list',
        items: node.items
          .map((item) => evaluate(item, context))
          .filter(({ kind }) => kind !== 'no value'),
        at,
      };
    case 'map': {
      const called = call(node);
      // In other places, a member named Condition is an ordinary one, as in a policy.
      if (!called || (called.key === 'Condition' && !context.deployment.isDeciding))
        return evaluateMap(node, context, at);
      const carryOut = FUNCTIONS[called.key];
      return carryOut
        ? carryOut(called.value, context, at)
        : (inStack(called.key, called.value, context, at) ??
            onlyInCloud(called.key, called.value, context, at));
    }
  }
}

/** The value of a function that only a stack can evaluate; undefined without a stack. */
const inStack = (name: string, argument: Node, context: Context, at: number): Value | undefined =>
  context.deployment.options.stack?.call(
    name,
    itemsOf(argument).map((part) => evaluate(part, context, at)),
    at,
  );

/** @throws TooMuchWork */
const spend = ({ deployment }: Context, steps?: number): void => {
  deployment.template.work.spend(steps);
};

/** The number of UTF-16 code units that are copied in one step of work. */
const TEXT_IN_A_STEP = 64;

const onlyInCloud = (name: string, argument: Node, context: Context, at: number): UnknownValue =>
  unknown(name, `${name} is evaluated by CloudFormation`, at, {
    ...knownOfFunction(name),
    key: `${name}(${keyOfSource(argument, context)})`,
  });

/** A key that is the same only where the value of a node is: its text or, if that is long, its place. */
function keyOfSource({ at, end }: Node, { deployment, bindings }: Context): string {
  const { text } = deployment.template;
  const source = end - at <= LONGEST_KEY ? text.slice(at, end) : String(at);
  return [source, ...[...bindings].map(([name, value]) => `${name}=${keyed(value)}`)].join(',');
}

const LONGEST_KEY = 1000;

const knownOfFunction = (name: string): Knowledge => {
  const like = functionExamples(name);
  return like ? { items: { like } } : {};
};

function evaluateMap(node: MapNode, context: Context, at: number): Value {
  const members = new Map<string, { at: number; value: Value }>();
  for (const each of entries(node, context)) {
    // Fn::Transform adds members to its map, which only CloudFormation knows.
    if (each.key.startsWith('Fn::')) return onlyInCloud(each.key, each.node, each.context, at);
    const value = evaluate(each.node, each.context, each.at);
    if (value.kind !== 'no value') members.set(each.key, { at: each.at, value });
  }
  return { kind: 'object', members, at };
}

/** An entry of a map, and its context inside the Fn::ForEach around it. */
export interface ContextualEntry {
  readonly key: string;
  readonly at: number;
  readonly node: Node;
  readonly context: Context;
}

/** The entries of a map, with each Fn::ForEach expanded. A collection that is not known has one unknown iteration. */
export function* entries(node: MapNode, context: Context): Generator<ContextualEntry> {
  for (const { key, at, value } of node.entries) {
    spend(context);
    if (!key.startsWith('Fn::ForEach::') || value.kind !== 'list') {
      yield { key: bind(key, context.bindings), at, node: value, context };
      continue;
    }
    const [identifier, collection, body] = value.items;
    const name = textOf(identifier);
    if (name === undefined || collection === undefined || body?.kind !== 'map') continue;
    for (const item of rounds(evaluate(collection, context), name)) {
      // Copies the bindings of the loops around it.
      spend(context, 1 + context.bindings.size);
      yield* entries(body, { ...context, bindings: new Map([...context.bindings, [name, item]]) });
    }
  }
}

function rounds(collection: Value, name: string): readonly Value[] {
  if (collection.kind === 'list') {
    return collection.items.flatMap((item) => (item.kind === 'list' ? item.items : [item]));
  }
  const why = isUnknown(collection) ? collection.unknown.why : 'its collection is not a list';
  return [unknown(`\${${name}}`, why, collection.at)];
}

/** Whether a condition of the template holds in a deployment. */
export const conditionHolds = (name: string, deployment: Deployment): boolean =>
  deployment.decideCondition(name, () => {
    const definition = conditionDefinition(name, deployment);
    return definition && (() => isTrue(definition.node, definition.context));
  });

/** Whether a deployment creates a resource: its condition, if it has one, holds. */
export function isCreated(resource: Node, context: Context): boolean {
  const condition = member(resource, 'Condition');
  return !condition || conditionHolds(valueText(evaluate(condition, context)), context.deployment);
}

function conditionDefinition(
  name: string,
  deployment: Deployment,
): Pick<ContextualEntry, 'node' | 'context'> | undefined {
  const section = deployment.template.section('Conditions');
  const context = outside(deployment);
  const written = member(section, name);
  if (written) return { node: written, context };
  for (const each of section ? entries(section, context) : []) if (each.key === name) return each;
  return undefined;
}

/** Whether an expression is true. If that is not known, it is true in one deployment and false in another. */
function isTrue(node: Node, context: Context): boolean {
  const value = evaluate(node, context);
  const text = scalarText(value);
  if (text === 'true' || text === 'false') return text === 'true';
  return context.deployment.choose(`whether ${callKey('', [value])}`, [true, false]) === true;
}

type Intrinsic = (argument: Node, context: Context, at: number) => Value;

const itemsOf = (node: Node): readonly Node[] => (node.kind === 'list' ? node.items : [node]);

/** A literal name, or the identifier of an Fn::ForEach. */
function nameOf(node: Node | undefined, context: Context): string | undefined {
  return node && scalarText(evaluate(node, context));
}

const ref: Intrinsic = (argument, context, at) => {
  const name = nameOf(argument, context) ?? '';
  if (name === 'AWS::NoValue') return { kind: 'no value', at };
  const bound = context.bindings.get(name);
  if (bound) return { ...bound, at };
  return context.deployment.variable(name, at) ?? created(name, undefined, context, at);
};

const getAtt: Intrinsic = (argument, context, at) => {
  const known = inStack('Fn::GetAtt', argument, context, at);
  if (known) return known;
  const name = itemsOf(argument)
    .map((part) => valueText(evaluate(part, context)))
    .join('.');
  return attributeOf(name, context, at);
};

/** The attribute of a resource, given as `LogicalId.Attribute`. */
function attributeOf(name: string, context: Context, at: number): UnknownValue {
  const [logicalId = '', ...attribute] = name.split('.');
  return created(logicalId, attribute.join('.'), context, at);
}

/** The value of Ref or of an attribute of a resource. If its type is known, the value has samples. */
function created(
  logicalId: string,
  attribute: string | undefined,
  context: Context,
  at: number,
): UnknownValue {
  const name = attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
  const why = isMissing(logicalId, context)
    ? `the template has no ${attribute === undefined ? 'parameter or ' : ''}resource ${logicalId}`
    : attribute === undefined
      ? `${name} is created at deployment`
      : `${name} is known when it is created`;
  const type = textOf(member(context.deployment.template.resource(logicalId)?.value, 'Type'));
  return unknown(`\${${name}}`, why, at, {
    like: likeOf(logicalId, attribute, context),
    ...(type !== undefined && { reference: { logicalId, type, attribute } }),
  });
}

/** Whether the template certainly has no resource of this name, not even by Fn::ForEach, a module or a macro. */
function isMissing(logicalId: string, { deployment: { template } }: Context): boolean {
  if (template.resource(logicalId) || template.mayGainNames) return false;
  return !template
    .section('Resources')
    ?.entries.some(
      ({ key, value }) =>
        key.startsWith('Fn::ForEach::') ||
        (logicalId.startsWith(key) && textOf(member(value, 'Type'))?.endsWith('::MODULE')),
    );
}

function likeOf(
  logicalId: string,
  attribute: string | undefined,
  context: Context,
): readonly string[] | undefined {
  const resource = context.deployment.template.resource(logicalId)?.value;
  const type = textOf(member(resource, 'Type'));
  const properties = member(resource, 'Properties');
  if (type !== 'AWS::Logs::LogGroup')
    return type === undefined
      ? undefined
      : examplesOf(type, attribute, (name) => member(properties, name) !== undefined);
  const given = member(properties, 'LogGroupName');
  // CloudFormation refuses a name that refers to itself.
  if (given && context.deployment.isNaming.has(logicalId)) return undefined;
  context.deployment.isNaming.add(logicalId);
  const name = given && evaluate(given, outside(context.deployment));
  context.deployment.isNaming.delete(logicalId);
  if (!name || name.kind === 'no value') return logGroupExamples(logicalId, undefined, attribute);
  const text = scalarText(name);
  return text === undefined ? undefined : logGroupExamples(logicalId, [text], attribute);
}

/** A variable of Fn::Sub: `${Name}`, `${Name.Attribute}`, or `${!Literal}`, which is a literal. */
export const PLACEHOLDER = /\$\{(!?)([^{}]+)\}/g;

const sub: Intrinsic = (argument, context, at) => {
  const [source, own] = itemsOf(argument);
  const template = nameOf(source, context);
  if (template === undefined) {
    return source ? evaluate(source, context, at) : unknown('Fn::Sub', 'Fn::Sub has no text', at);
  }
  // CloudFormation also evaluates variables that the text does not use.
  if (own?.kind === 'map' && context.deployment.options.stack)
    for (const { key } of own.entries) variable(key, own, context, at);
  const parts: (string | Value)[] = [];
  // Once each: what is named twice in a text inside of a text that is named twice is asked for four times.
  const values = new Map<string, Value>();
  let end = 0;
  for (const { 0: whole, 1: literal, 2: padded = '', index } of template.matchAll(PLACEHOLDER)) {
    parts.push(template.slice(end, index));
    end = index + whole.length;
    const name = padded.trim();
    const value = literal
      ? `\${${padded}}`
      : (values.get(name) ?? variable(name, own, context, at));
    if (typeof value !== 'string') values.set(name, value);
    parts.push(value);
  }
  return joined([...parts, template.slice(end)], context, at);
};

/** The value of a variable of Fn::Sub, which may be in its own map. */
function variable(name: string, own: Node | undefined, context: Context, at: number): Value {
  const given = member(own, name);
  const written: Node = { kind: 'scalar', value: name, at, end: at };
  const value = given
    ? evaluate(given, context)
    : (name.includes('.') ? getAtt : ref)(written, context, at);
  if (!mayBeText(value))
    context.deployment.refuse(
      { name: 'Fn::Sub', variable: { name, isOwn: given !== undefined } },
      at,
    );
  return value;
}

/** A composed text. If parts of it are not known, each of their possible values is a deployment. */
function joined(given: readonly (string | Value)[], context: Context, at: number): Value {
  for (const part of given) spend(context, 1 + sizeOf(part) / TEXT_IN_A_STEP);
  const value = concatenated(given, at, context.deployment.options.stack);
  const parts = isUnknown(value) ? (value.unknown.known.parts ?? []) : [];
  const causes = parts.filter((part) => typeof part !== 'string');
  return isUnknown(value) ? chosen(value, causes, context) : value;
}

/** The length of a part of a text, and the number of parts that it is composed of. */
function sizeOf(part: string | Value): number {
  if (typeof part === 'string') return part.length;
  if (!isUnknown(part)) return scalarText(part)?.length ?? 0;
  const { text, known } = part.unknown;
  return text.length + part.unknown.key.length + TEXT_IN_A_STEP * (known.parts?.length ?? 0);
}

const join: Intrinsic = (argument, context, at) => {
  const [delimiter, list] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const between = delimiter && scalarText(delimiter);
  if (list?.kind !== 'list' || between === undefined)
    return dependent('Fn::Join', [delimiter, list], context, at);
  if (!list.items.every(mayBeText)) context.deployment.refuse({ name: 'Fn::Join' }, at);
  return joined(
    list.items.flatMap((item, index) => (index === 0 ? [item] : [between, item])),
    context,
    at,
  );
};

const split: Intrinsic = (argument, context, at) => {
  const [delimiter, source] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const lacks = delimiter && scalarText(delimiter);
  const text = source && scalarText(source);
  if (!lacks || text === undefined)
    return dependent('Fn::Split', [delimiter, source], context, at, { lacks });
  const items = text.split(lacks);
  spend(context, items.length);
  const { origin, partOrigin } = source as ScalarValue;
  const places = { ...(origin && { origin }), ...(partOrigin && { partOrigin }) };
  return {
    kind: 'list',
    items: items.map((part) => ({ ...scalar(part, at), ...places })),
    at,
    ...(origin && { origin }),
  };
};

const select: Intrinsic = (argument, context, at) => {
  const [position, list] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const index = position && scalarText(position);
  if (list?.kind === 'list' && index !== undefined) {
    const found = /^\d+$/.test(index) ? list.items[Number(index)] : undefined;
    if (found) return { ...found, at };
    context.deployment.refuse({ name: 'Fn::Select', index }, at);
  }
  const lacks = list && isUnknown(list) ? list.unknown.known.lacks : undefined;
  const item =
    list && isUnknown(list) && index !== undefined ? itemOf(list.unknown.text, index) : undefined;
  const like = list && isUnknown(list) ? list.unknown.known.items?.like : undefined;
  return dependent('Fn::Select', [position, list], context, at, { lacks, like }, item);
};

/** The name of an item of an unknown list in messages, such as `${Options[0]}`. */
const itemOf = (list: string, index: string): string =>
  /^\$\{[^{}]*\}$/.test(list) ? `${list.slice(0, -1)}[${index}]}` : `${list}[${index}]`;

const findInMap: Intrinsic = (argument, context, at) => {
  const { deployment } = context;
  const [map, top, second, options] = itemsOf(argument);
  const keys = deployment.evaluateKeys(() =>
    [map, top, second].map((node) => node && evaluate(node, context, at)),
  );
  if (!keys.every(mayBeText)) deployment.refuse({ name: 'Fn::FindInMap' }, at);
  const found = lookUp(keys, deployment);
  if (found === undefined) return dependent('Fn::FindInMap', keys, context, at);
  if ('kind' in found) {
    const value = evaluate(found, outside(deployment), at);
    const origin = { at: found.at, text: 'in Mappings' };
    return value.kind === 'scalar' || value.kind === 'list' ? { ...value, origin } : value;
  }
  const fallback = member(options, 'DefaultValue');
  if (fallback && found.missing > 0) return evaluate(fallback, context, at);
  return deployment.impossible(keys, at);
};

/** The value in Mappings under some keys; the index of the key that is missing; or undefined if it is not known. */
function lookUp(
  keys: readonly (Value | undefined)[],
  deployment: Deployment,
): Node | { readonly missing: number } | undefined {
  let found: Node | undefined = deployment.template.section('Mappings');
  for (const [number, key] of keys.entries()) {
    if (found === undefined && !deployment.template.mayGainNames) return { missing: number };
    // Only CloudFormation knows what a macro adds to a mapping.
    if (!key || found?.kind !== 'map' || found.entries.some(isMacro)) return undefined;
    deployment.template.work.spend(found.entries.length);
    const names = found.entries.map((each) => each.key);
    const name = deployment.lookUp(key, names);
    found = name === undefined ? undefined : member(found, name);
    if (found) continue;
    const isMissing =
      name !== undefined || (isUnknown(key) && !names.some((each) => key.unknown.mayBe(each)));
    return isMissing ? { missing: number } : undefined;
  }
  return found;
}

const chooseBranch: Intrinsic = (argument, context, at) => {
  const branch = chosenIn(argument, context);
  return branch ? evaluate(branch, context) : unknown('Fn::If', 'Fn::If lacks a branch', at);
};

function chosenIn(argument: Node, context: Context): Node | undefined {
  const [name, yes, no] = itemsOf(argument);
  return conditionHolds(nameOf(name, context) ?? '', context.deployment) ? yes : no;
}

/** The expression that a deployment evaluates in the place of a node: the branch of an Fn::If, or the node itself. */
export function branchOf(node: Node, context: Context): Node {
  const called = call(node);
  const branch = called?.key === 'Fn::If' ? chosenIn(called.value, context) : undefined;
  return branch ? branchOf(branch, context) : node;
}

const equals: Intrinsic = (argument, context, at) => {
  const sides = itemsOf(argument).map((part) => evaluate(part, context, at));
  const [left, right] = sides.map((side) =>
    isUnknown(side) ? context.deployment.chooseValue(side) : side,
  );
  if (!left || !right) return dependent('Fn::Equals', [left, right], context, at);
  if (!mayBeText(left) || !mayBeText(right)) context.deployment.refuse({ name: 'Fn::Equals' }, at);
  const texts = [scalarText(left), scalarText(right)] as const;
  context.deployment.compare(left, texts[1]);
  context.deployment.compare(right, texts[0]);
  const never = excludes(left, texts[1]) || excludes(right, texts[0]);
  if (never) return scalar(false, at);
  const unsure = unknownIn(left) ?? unknownIn(right);
  // The operands are sorted, so that two conditions with exchanged operands have the same key.
  const keys = [callKey('', [left]), callKey('', [right])].sort();
  if (!unsure || keys[0] === keys[1]) return scalar(keys[0] === keys[1], at);
  return placed(unsure.with({ key: keys.join(' equals ') }), at);
};

/** Whether a value is known not to have a certain text. */
const excludes = (value: Value, text: string | undefined): boolean =>
  isUnknown(value) && text !== undefined && !value.unknown.mayBe(text);

const length: Intrinsic = (argument, context, at) => {
  const list = evaluate(argument, context, at);
  return list.kind === 'list'
    ? scalar(list.items.length, at)
    : dependent('Fn::Length', [list], context, at);
};

/** The value of a function with an unknown argument. */
function dependent(
  name: string,
  parts: readonly (Value | undefined)[],
  context: Context,
  at: number,
  more?: Knowledge,
  text?: string,
): Value {
  const causes = parts.flatMap((part) => (part && unknownIn(part)) ?? []);
  const [cause] = causes;
  if (!cause) context.deployment.refuse({ name }, at);
  const why = cause?.why ?? `${name} is evaluated by CloudFormation`;
  const key = callKey(name, parts);
  const known = { key, refused: cause?.known.refused, ...more };
  return chosen(unknown(text ?? cause?.text ?? name, why, at, known), causes, context);
}

/** Chooses a value for an expression of unknown values. If they have allowed values, each of them is a deployment. */
function chosen(value: UnknownValue, causes: readonly Unknown[], { deployment }: Context): Value {
  for (const each of causes) deployment.enumerate(each);
  return deployment.chooseValue(value);
}

/** Only CloudFormation can evaluate other functions: their values are unknown. */
const FUNCTIONS: Readonly<Partial<Record<string, Intrinsic>>> = {
  Ref: ref,
  Condition: (argument, context, at) =>
    scalar(conditionHolds(nameOf(argument, context) ?? '', context.deployment), at),
  'Fn::And': (argument, context, at) =>
    scalar(
      itemsOf(argument).every((part) => isTrue(part, context)),
      at,
    ),
  'Fn::Equals': equals,
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::If': chooseBranch,
  'Fn::ImportValue': (argument, context, at) => {
    const known = inStack('Fn::ImportValue', argument, context, at);
    if (known) return known;
    const name = valueText(evaluate(argument, context));
    return unknown(`Fn::ImportValue ${name}`, `${name} is imported from another stack`, at);
  },
  'Fn::Join': join,
  'Fn::Length': length,
  'Fn::Not': (argument, context, at) => {
    const [part] = itemsOf(argument);
    return scalar(part !== undefined && !isTrue(part, context), at);
  },
  'Fn::Or': (argument, context, at) =>
    scalar(
      itemsOf(argument).some((part) => isTrue(part, context)),
      at,
    ),
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': sub,
};
