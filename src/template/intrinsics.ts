/** The functions of CloudFormation, each as far as it can be known. */
import { mayBe } from './compared-values';
import { evaluate, evaluateText, truth, type Context } from './evaluate';
import { isMacro, member, type Node } from './node';
import {
  keyOfCall,
  scalar,
  scalarText,
  show,
  unknown,
  unknownIn,
  type UnknownValue,
  type Value,
} from './values';

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
  const parts: (string | Value)[] = [];
  let end = 0;
  for (const { 0: whole, 1: literal, 2: padded = '', index } of template.matchAll(PLACEHOLDER)) {
    parts.push(template.slice(end, index));
    end = index + whole.length;
    const name = padded.trim();
    const given = member(own, name);
    parts.push(
      literal
        ? `\${${padded}}`
        : given
          ? evaluate(given, context)
          : name.includes('.')
            ? unknown(whole, `${name} is known when it is created`, at)
            : ref({ kind: 'scalar', value: name, at, end: at }, context, at),
    );
  }
  return joined([...parts, template.slice(end)], context, at);
};

/** Text that is put together; where parts of it are not known, with those. */
function joined(given: readonly (string | Value)[], context: Context, at: number): Value {
  const parts: (string | UnknownValue)[] = [];
  for (const part of given.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  const [only = '', ...more] = parts;
  if (more.length === 0) return typeof only === 'string' ? resolved(only, at) : { ...only, at };
  const values = parts.map((part) => (typeof part === 'string' ? scalar(part, at) : part));
  const text = values.map(show).join('');
  const open = parts.filter((part) => typeof part !== 'string');
  const whole = unknown(text, open[0]?.why ?? '', at);
  // What a dynamic reference stands for is not like its text.
  if (text.includes('{{resolve:')) return whole;
  return settled({ ...whole, key: keyOfCall('Fn::Join', values), parts }, open, context);
}

function partsOf(value: string | Value): readonly (string | UnknownValue)[] {
  const text = typeof value === 'string' ? value : scalarText(value);
  if (text !== undefined || typeof value === 'string') return [text ?? ''];
  if (isUnknown(value)) return value.parts ?? [value];
  const shown = show(value);
  return [unknown(shown, unknownIn(value)?.why ?? `${shown} is no text`, value.at)];
}

const isUnknown = (value: Value): value is UnknownValue => value.kind === 'unknown';

/** Text that was put together may hold a dynamic reference. */
const resolved = (text: string, at: number): Value =>
  evaluateText(text, { bindings: new Map() }, at);

const join: CarryOut = (argument, context, at) => {
  const [delimiter, list] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const between = delimiter && scalarText(delimiter);
  if (list?.kind !== 'list' || between === undefined)
    return dependent('Fn::Join', [delimiter, list], context, at);
  return joined(
    list.items.flatMap((item, index) => (index === 0 ? [item] : [between, item])),
    context,
    at,
  );
};

const split: CarryOut = (argument, context, at) => {
  const [delimiter, source] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const between = delimiter && scalarText(delimiter);
  const text = source && scalarText(source);
  if (!between || text === undefined)
    return {
      ...dependent('Fn::Split', [delimiter, source], context, at),
      ...(between && { lacks: between }),
    };
  return { kind: 'list', items: text.split(between).map((part) => scalar(part, at)), at };
};

const select: CarryOut = (argument, context, at) => {
  const [position, list] = itemsOf(argument).map((part) => evaluate(part, context, at));
  const index = position && scalarText(position);
  const found =
    list?.kind === 'list' && index !== undefined ? list.items[Number(index)] : undefined;
  if (found) return { ...found, at };
  const lacks = list && isUnknown(list) ? list.lacks : undefined;
  return dependent(
    'Fn::Select',
    [position, list],
    context,
    at,
    lacks === undefined ? {} : { lacks },
  );
};

const findInMap: CarryOut = (argument, context, at) => {
  const { world } = context;
  const [map, top, second, options] = itemsOf(argument);
  const keys = world.asKey(() =>
    [map, top, second].map((node) => node && evaluate(node, context, at)),
  );
  let found: Node | undefined = world.template.section('Mappings');
  for (const [level, key] of keys.entries()) {
    // What a macro adds to a mapping, only CloudFormation sees.
    if (!key || found?.kind !== 'map' || found.entries.some(isMacro)) break;
    const names = found.entries.map((each) => each.key);
    const name = world.lookUp(key, names);
    const next: Node | undefined = name === undefined ? undefined : member(found, name);
    const isMissing =
      !next && (name !== undefined || (isUnknown(key) && !names.some((each) => mayBe(key, each))));
    if (isMissing) {
      const fallback = member(options, 'DefaultValue');
      if (fallback && level > 0) return evaluate(fallback, context, at);
      const shown = keys.map((each) => each && show(each)).join('.');
      return world.end(`there is no ${shown} in Mappings`, at);
    }
    if (!next) break;
    if (level === 2) return evaluate(next, { world, bindings: new Map() }, at);
    found = next;
  }
  return dependent('Fn::FindInMap', keys, context, at);
};

const choose: CarryOut = (argument, context, at) => {
  const [name, yes, no] = itemsOf(argument);
  const holds = context.world.condition(nameOf(name, context) ?? '');
  const branch = holds ? yes : no;
  return branch ? evaluate(branch, context) : unknown('Fn::If', 'Fn::If lacks a branch', at);
};

const equals: CarryOut = (argument, context, at) => {
  const sides = itemsOf(argument).map((part) => evaluate(part, context, at));
  const [left, right] = sides.map((side) => (isUnknown(side) ? context.world.settle(side) : side));
  if (!left || !right) return dependent('Fn::Equals', [left, right], context, at);
  const texts = [scalarText(left), scalarText(right)] as const;
  context.world.compare(left, texts[1]);
  context.world.compare(right, texts[0]);
  const never = excludes(left, texts[1]) || excludes(right, texts[0]);
  if (never) return scalar(false, at);
  const unsure = unknownIn(left) ?? unknownIn(right);
  // Written the same way whichever side comes first, so that two conditions agree.
  const keys = [keyOfCall('', [left]), keyOfCall('', [right])].sort();
  if (!unsure || keys[0] === keys[1]) return scalar(keys[0] === keys[1], at);
  return { ...unsure, key: keys.join(' equals '), at };
};

/** Whether a value that is not known is known not to be a text. */
const excludes = (value: Value, text: string | undefined): boolean =>
  value.kind === 'unknown' && text !== undefined && !mayBe(value, text);

const length: CarryOut = (argument, context, at) => {
  const list = evaluate(argument, context, at);
  return list.kind === 'list'
    ? scalar(list.items.length, at)
    : dependent('Fn::Length', [list], context, at);
};

/** The value of a function whose arguments are not all known. */
function dependent(
  name: string,
  parts: readonly (Value | undefined)[],
  context: Context,
  at: number,
  more?: Partial<UnknownValue>,
): Value {
  const causes = parts.flatMap((part) => (part && unknownIn(part)) ?? []);
  const [cause] = causes;
  const why = cause?.why ?? `${name} is carried out by CloudFormation`;
  const value = { ...unknown(cause?.text ?? name, why, at), key: keyOfCall(name, parts), ...more };
  return settled(value, causes, context);
}

/** What is made of values that are not known: where they may have a few values only, each of them is a world. */
function settled(value: UnknownValue, causes: readonly UnknownValue[], { world }: Context): Value {
  for (const each of causes) world.enumerate(each);
  return world.settle(value);
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
