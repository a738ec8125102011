/** The functions of CloudFormation, each as far as it can be known. */
import { evaluate, evaluateText, truth, type Context } from './evaluate';
import { member, textOf, type Node } from './node';
import { scalar, scalarText, show, unknown, unknownIn, type Value } from './values';

type CarryOut = (argument: Node, context: Context, at: number) => Value;

const itemsOf = (node: Node): readonly Node[] => (node.kind === 'list' ? node.items : [node]);

/** A name that is written down, or is the identifier of an Fn::ForEach. */
function nameOf(node: Node | undefined, context: Context): string | undefined {
  return node && scalarText(evaluate(node, context));
}

const ref: CarryOut = (argument, context, at) => {
  const name = nameOf(argument, context) ?? '';
  if (name === 'AWS::NoValue') return { kind: 'nothing', at };
  const bound = context.bindings.get(name);
  if (bound) return { ...bound, at };
  return (
    context.world.variable(name, at) ??
    unknown(`\${${name}}`, `${name} is created in the deployment`, at)
  );
};

const getAtt: CarryOut = (argument, context, at) => {
  const name = itemsOf(argument)
    .map((part) => show(evaluate(part, context)))
    .join('.');
  return unknown(`\${${name}}`, `${name} is known when it is created`, at);
};

const PLACEHOLDER = /\$\{(!?)([^{}]+)\}/g;

const sub: CarryOut = (argument, context, at) => {
  const [source, own] = itemsOf(argument);
  const template = nameOf(source, context);
  if (template === undefined) {
    return source ? evaluate(source, context, at) : unknown('Fn::Sub', 'Fn::Sub has no text', at);
  }
  let open: string | undefined;
  const text = template.replace(PLACEHOLDER, (whole, literal: string, padded: string) => {
    if (literal) return `\${${padded}}`;
    const name = padded.trim();
    const given = member(own, name);
    const value = given
      ? evaluate(given, context)
      : name.includes('.')
        ? unknown(whole, `${name} is known when it is created`, at)
        : ref({ kind: 'scalar', value: name, at, end: at }, context, at);
    const known = scalarText(value);
    if (known === undefined) open ??= unknownIn(value)?.why ?? `${whole} is no text`;
    return known ?? whole;
  });
  return open === undefined ? resolved(text, at) : unknown(text, open, at);
};

/** Text that was put together may hold a dynamic reference. */
const resolved = (text: string, at: number): Value =>
  evaluateText(text, { bindings: new Map() }, at);

const join: CarryOut = (argument, context, at) => {
  const [delimiter, list] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const between = delimiter && scalarText(delimiter);
  if (list?.kind !== 'list' || between === undefined)
    return dependent('Fn::Join', [delimiter, list], at);
  const texts = list.items.map(scalarText);
  return texts.every((text) => text !== undefined)
    ? resolved(texts.join(between), at)
    : { ...dependent('Fn::Join', [list], at), text: list.items.map(show).join(between) };
};

const split: CarryOut = (argument, context, at) => {
  const [delimiter, source] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const between = delimiter && scalarText(delimiter);
  const text = source && scalarText(source);
  if (!between || text === undefined) return dependent('Fn::Split', [delimiter, source], at);
  return { kind: 'list', items: text.split(between).map((part) => scalar(part, at)), at };
};

const select: CarryOut = (argument, context, at) => {
  const [position, list] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const index = position && scalarText(position);
  const found =
    list?.kind === 'list' && index !== undefined ? list.items[Number(index)] : undefined;
  return found ? { ...found, at } : dependent('Fn::Select', [position, list], at);
};

const findInMap: CarryOut = (argument, context, at) => {
  const [map, top, second, options] = itemsOf(argument);
  const keys = [map, top, second].map((node) => node && evaluate(node, context, at));
  const [mapName, topKey, secondKey] = keys.map((key) => key && scalarText(key));
  if (mapName === undefined || topKey === undefined || secondKey === undefined) {
    for (const node of [top, second]) {
      const name = textOf(member(node, 'Ref'));
      if (name !== undefined && !context.bindings.has(name)) context.world.vary(name);
    }
    return dependent('Fn::FindInMap', keys, at);
  }
  const otherwise = member(options, 'DefaultValue');
  return (
    context.world.mapping(mapName, topKey, secondKey, at) ??
    (otherwise
      ? evaluate(otherwise, context, at)
      : unknown('Fn::FindInMap', `there is no ${mapName}.${topKey}.${secondKey} in Mappings`, at))
  );
};

const choose: CarryOut = (argument, context, at) => {
  const [name, yes, no] = itemsOf(argument);
  const holds = context.world.condition(nameOf(name, context) ?? '');
  const branch = holds ? yes : no;
  return branch ? evaluate(branch, context) : unknown('Fn::If', 'Fn::If lacks a branch', at);
};

const equals: CarryOut = (argument, context, at) => {
  const [left, right] = itemsOf(argument).map((part) => evaluate(part, context, at));
  if (!left || !right) return dependent('Fn::Equals', [left, right], at);
  if (excludes(left, right) || excludes(right, left)) return scalar(false, at);
  const open = unknownIn(left) ?? unknownIn(right);
  // Written the same way whichever side comes first, so that two conditions agree.
  const text = [show(left), show(right)].sort().join(' equals ');
  return open ? { ...open, text, at } : scalar(show(left) === show(right), at);
};

const excludes = (value: Value, other: Value): boolean =>
  value.kind === 'unknown' && (value.not?.has(scalarText(other) ?? '') ?? false);

const length: CarryOut = (argument, context, at) => {
  const list = evaluate(argument, context, at);
  return list.kind === 'list' ? scalar(list.items.length, at) : dependent('Fn::Length', [list], at);
};

/** The value of a function whose arguments are not all known. */
function dependent(name: string, parts: readonly (Value | undefined)[], at: number) {
  const open = parts.map((part) => part && unknownIn(part)).find((part) => part !== undefined);
  return unknown(open?.text ?? name, open?.why ?? `${name} is carried out by CloudFormation`, at);
}

/** Functions that are not here are carried out by CloudFormation alone: their value is unknown. */
export const FUNCTIONS: Readonly<Partial<Record<string, CarryOut>>> = {
  Ref: ref,
  Condition: (argument, context, at) =>
    scalar(context.world.condition(nameOf(argument, context) ?? ''), at),
  'Fn::And': (argument, context, at) =>
    scalar(
      itemsOf(argument).every((part) => truth(part, context)),
      at,
    ),
  'Fn::Equals': equals,
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::If': choose,
  'Fn::ImportValue': (argument, context, at) => {
    const name = show(evaluate(argument, context));
    return unknown(name, `${name} is imported from another stack`, at);
  },
  'Fn::Join': join,
  'Fn::Length': length,
  'Fn::Not': (argument, context, at) => {
    const [part] = itemsOf(argument);
    return scalar(part !== undefined && !truth(part, context), at);
  },
  'Fn::Or': (argument, context, at) =>
    scalar(
      itemsOf(argument).some((part) => truth(part, context)),
      at,
    ),
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': sub,
};
