/** References to attributes that a file system does not have. */
import { attributeMeant } from '../lustre/properties/name-advice';
import { closest, joinWithOr } from '../lustre/wording';
import type { ResourceType } from './resource-types';
import type { FileSystem } from './file-systems';
import type { Finding } from './finding';
import { entries, evaluate, type Context } from '../template/intrinsics';
import { call, member, type Entry, type Node } from '../template/node';
import type { DeploymentOptions, Template } from '../template/template';
import { scalarText } from '../template/values';
import { countedEntries } from './check-quotas';

interface Reference {
  readonly logicalId: string;
  readonly attribute: string;
  /** Offset of the function, or of the reference in its text and behind it. */
  readonly at: number;
  readonly end?: number;
}

export function checkAttributes(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Finding[] {
  const types = new Map(fileSystems.map(({ logicalId, type }) => [logicalId, type]));
  if (types.size === 0) return [];
  return (['Resources', 'Outputs'] as const)
    .flatMap((section) => [...countedEntries(template, section, options)])
    .flatMap(({ node, context }) => [...referencesIn(node, context)])
    .flatMap(({ logicalId, attribute, at, end }): Finding[] => {
      const type = types.get(logicalId);
      if (!type || type.attributes.includes(attribute)) return [];
      return [
        {
          file: template.file,
          logicalId,
          property: attribute,
          ...template.rangeAt(at, end),
          rule: 'unknown-attribute',
          message: `${logicalId} has no attribute ${attribute}: ${advice(attribute, type)}`,
          severity: 'error',
          repairs: [],
        },
      ];
    });
}

function advice(attribute: string, type: ResourceType): string {
  // Often it is the name of another type or tool.
  const meant = attributeMeant(attribute);
  const renamed = meant === undefined ? undefined : type.attribute(meant);
  const near = renamed ?? closest(attribute, type.attributes);
  return near ? `did you mean ${near}?` : `use ${joinWithOr(type.attributes)}.`;
}

function* referencesIn(node: Node, context: Context): Generator<Reference> {
  context.deployment.template.work.spend();
  const called = call(node);
  if (called?.key === 'Fn::GetAtt') yield* getAtt(called, node.at, context);
  if (called?.key === 'Fn::Sub') yield* sub(called, context);
  if (node.kind === 'list') for (const item of node.items) yield* referencesIn(item, context);
  if (node.kind === 'map')
    for (const each of entries(node, context)) yield* referencesIn(each.node, each.context);
}

/** UTF-16 code units that are searched in one step. */
const CHARACTERS_IN_A_STEP = 256;

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
  const text = context.deployment.template.text.slice(source.at, source.end);
  // Behind the reference before, or anywhere: not all is written as it is read.
  let from = 0;
  for (const [placeholder, name = ''] of written.matchAll(/\$\{([^!{}][^{}]*)\}/g)) {
    if (member(own, name.trim())) continue;
    const offset = text.indexOf(placeholder, from);
    const searched = (offset < 0 ? text.length : offset) - from;
    context.deployment.template.work.spend(1 + searched / CHARACTERS_IN_A_STEP);
    const at = source.at + Math.max(0, offset);
    yield* reference(name.trim(), at, offset < 0 ? source.end : at + placeholder.length);
    if (offset >= 0) from = offset + placeholder.length;
  }
}

function* reference(name: string, at: number, end?: number): Generator<Reference> {
  const dot = name.indexOf('.');
  if (dot <= 0) return;
  const place = { at, ...(end !== undefined && { end }) };
  yield { logicalId: name.slice(0, dot), attribute: name.slice(dot + 1), ...place };
}
