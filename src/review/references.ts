/** The references of a node: by Ref, Fn::GetAtt and Fn::Sub, and to conditions by Fn::If. */
import { entries, evaluate, type Context } from '../template/intrinsics';
import { call, member, type Entry, type Node } from '../template/node';
import { scalarText } from '../template/values';

/** A reference to a resource or a parameter. */
export interface Reference {
  /** A logical ID, or the name of a parameter. */
  readonly name: string;
  /** Absent for Ref. */
  readonly attribute?: string;
  /** Start and end offset of the function or, in Fn::Sub, of the reference inside its text. */
  readonly at: number;
  readonly end?: number;
  /** Whether it is a part of a text, in Fn::Sub or Fn::Join. */
  readonly isInText?: true;
}

/** The number of UTF-16 code units that count as one step of work. */
const CHARACTERS_IN_A_STEP = 256;

/** The name of a condition in Fn::If. */
export interface ConditionReference extends Omit<Reference, 'attribute'> {
  readonly isCondition: true;
}

/** Every reference inside a node whose name is known. Those inside an Fn::ForEach are returned once for each iteration. */
export function* referencesIn(node: Node, context: Context): Generator<Reference> {
  for (const each of namesIn(node, context)) if (!('isCondition' in each)) yield each;
}

/** As `referencesIn`, with the conditions of each Fn::If. */
export function* namesIn(node: Node, context: Context): Generator<Reference | ConditionReference> {
  if (node.kind === 'scalar') return;
  context.deployment.template.work.spend();
  const called = call(node);
  if (called?.key === 'Fn::If') yield* condition(called, context);
  if (called?.key === 'Fn::GetAtt') yield* getAtt(called, node.at, context);
  if (called?.key === 'Fn::Join') yield* joined(called, context);
  if (called?.key === 'Ref') yield* ref(called, node.at, context);
  if (called?.key === 'Fn::Sub') yield* sub(called, context);
  if (node.kind === 'list') for (const item of node.items) yield* namesIn(item, context);
  if (node.kind === 'map')
    for (const each of entries(node, context)) yield* namesIn(each.node, each.context);
}

function* condition({ value }: Entry, context: Context): Generator<ConditionReference> {
  const [node] = value.kind === 'list' ? value.items : [];
  const name = node?.kind === 'scalar' ? scalarText(evaluate(node, context)) : undefined;
  if (node && name !== undefined) yield { name, at: node.at, end: node.end, isCondition: true };
}

function* ref({ value }: Entry, at: number, context: Context): Generator<Reference> {
  const name = scalarText(evaluate(value, context));
  if (name !== undefined && !context.bindings.has(name)) yield { name, at };
}

function* getAtt({ value }: Entry, at: number, context: Context): Generator<Reference> {
  const parts = (value.kind === 'list' ? value.items : [value]).map((part) =>
    scalarText(evaluate(part, context)),
  );
  if (parts.every((part) => part !== undefined)) yield* attribute(parts.join('.'), at);
}

function* sub({ value }: Entry, context: Context): Generator<Reference> {
  const [source, own] = value.kind === 'list' ? value.items : [value];
  const written = source && scalarText(evaluate(source, context));
  if (source === undefined || written === undefined) return;
  const text = context.deployment.template.text.slice(source.at, source.end);
  // The search continues after the previous reference, or from the beginning, because the text may be written differently
  // from its value.
  let from = 0;
  for (const [placeholder, padded = ''] of written.matchAll(/\$\{([^!{}][^{}]*)\}/g)) {
    const name = padded.trim();
    if (member(own, name) || context.bindings.has(name)) continue;
    const offset = text.indexOf(placeholder, from);
    const searched = (offset < 0 ? text.length : offset) - from;
    context.deployment.template.work.spend(1 + searched / CHARACTERS_IN_A_STEP);
    const at = source.at + Math.max(0, offset);
    const end = offset < 0 ? source.end : at + placeholder.length;
    if (offset >= 0) from = offset + placeholder.length;
    if (name.includes('.')) yield* attribute(name, at, end);
    else yield { name, at, end };
  }
}

/** The attributes that are items of the list of Fn::Join. */
function* joined({ value }: Entry, context: Context): Generator<Reference> {
  const [, list] = value.kind === 'list' ? value.items : [];
  for (const item of list?.kind === 'list' ? list.items : []) {
    const called = call(item);
    if (called?.key !== 'Fn::GetAtt') continue;
    for (const each of getAtt(called, item.at, context)) yield { ...each, isInText: true };
  }
}

function* attribute(name: string, at: number, end?: number): Generator<Reference> {
  const dot = name.indexOf('.');
  if (dot <= 0) return;
  const place = { at, ...(end !== undefined && { end, isInText: true as const }) };
  yield { name: name.slice(0, dot), attribute: name.slice(dot + 1), ...place };
}
