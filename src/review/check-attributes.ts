/** References to attributes that a file system does not have. */
import { closest, either } from '../lustre/wording';
import { NATIVE_ATTRIBUTES, OURS, type Dialect } from './resource-types';
import type { FileSystem } from './file-systems';
import type { Finding } from './finding';
import { entries, evaluate, type Context } from '../template/evaluate';
import { call, member, type Entry, type Node } from '../template/node';
import type { Settings, Template } from '../template/template';
import { scalarText, type Value } from '../template/values';
import { defaultWorld } from '../template/deployments';

interface Reference {
  readonly logicalId: string;
  readonly attribute: string;
  /** Offset. */
  readonly at: number;
}

export function checkAttributes(
  template: Template,
  fileSystems: readonly FileSystem[],
  settings: Settings,
): Finding[] {
  const dialects = new Map(fileSystems.map(({ logicalId, dialect }) => [logicalId, dialect]));
  if (dialects.size === 0) return [];
  const context = { world: defaultWorld(template, settings), bindings: new Map<string, Value>() };
  const sections = ['Resources', 'Outputs'].flatMap((name) => template.section(name) ?? []);
  return sections
    .flatMap((section) => [...referencesIn(section, context)])
    .flatMap(({ logicalId, attribute, at }) => {
      const dialect = dialects.get(logicalId);
      if (!dialect || dialect.attributes.includes(attribute)) return [];
      return {
        file: template.file,
        logicalId,
        property: attribute,
        ...template.placeAt(at),
        rule: 'unknown-attribute',
        message: `${logicalId} has no attribute ${attribute}: ${advice(attribute, dialect)}`,
      };
    });
}

function advice(attribute: string, dialect: Dialect): string {
  const others = Object.entries(NATIVE_ATTRIBUTES);
  // Often it is the name of the other type.
  const renamed =
    dialect === OURS
      ? NATIVE_ATTRIBUTES[attribute]
      : others.find(([, ours]) => ours === attribute)?.[0];
  const near = renamed ?? closest(attribute, dialect.attributes);
  return near ? `did you mean ${near}?` : `use ${either(dialect.attributes)}.`;
}

function* referencesIn(node: Node, context: Context): Generator<Reference> {
  const called = call(node);
  if (called?.key === 'Fn::GetAtt') yield* getAtt(called, node.at, context);
  if (called?.key === 'Fn::Sub') yield* sub(called, context);
  if (node.kind === 'list') for (const item of node.items) yield* referencesIn(item, context);
  if (node.kind === 'map')
    for (const each of entries(node, context)) yield* referencesIn(each.node, each.context);
}

function* getAtt({ value }: Entry, at: number, context: Context): Generator<Reference> {
  const parts = (value.kind === 'list' ? value.items : [value]).map((part) =>
    scalarText(evaluate(part, context)),
  );
  if (parts.every((part) => part !== undefined)) yield* reference(parts.join('.'), at);
}

function* sub({ value }: Entry, context: Context): Generator<Reference> {
  const [source, own] = value.kind === 'list' ? value.items : [value];
  const written = source && scalarText(evaluate(source, context));
  if (source === undefined || written === undefined) return;
  for (const [, name = ''] of written.matchAll(/\$\{([^!{}][^{}]*)\}/g)) {
    if (member(own, name.trim())) continue;
    const text = context.world.template.text.slice(source.at, source.end);
    const offset = text.indexOf(`\${${name}}`);
    yield* reference(name.trim(), source.at + Math.max(0, offset));
  }
}

function* reference(name: string, at: number): Generator<Reference> {
  const dot = name.indexOf('.');
  if (dot > 0) yield { logicalId: name.slice(0, dot), attribute: name.slice(dot + 1), at };
}
