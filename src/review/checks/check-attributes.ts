/** References to attributes that a file system does not have. */
import { attributeMeant } from '../../lustre/properties/name-meaning';
import { closest, joinWithOr } from '../../lustre/wording';
import type { ResourceType } from '../resource-types';
import type { FileSystem } from '../file-systems';
import { findingAt, type Finding } from '../finding';
import { referencesIn } from '../references';
import { countedEntries } from './check-quotas';
import { call, member } from '../../template/node';
import type { DeploymentOptions, Template } from '../../template/template';

/** Finds references to attributes that a file system does not have, and those that are no text where only text is possible. */
export function checkAttributes(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Finding[] {
  const types = new Map(fileSystems.map(({ logicalId, type }) => [logicalId, type]));
  if (types.size === 0) return [];
  const told = new Set<number>();
  return (['Resources', 'Outputs'] as const)
    .flatMap((section) => [...countedEntries(template, section, options)])
    .flatMap(({ node, context }) => {
      // Only an output has a value that is itself a text.
      const output = member(node, 'Value');
      const isOutput =
        member(node, 'Type') === undefined && output && call(output) ? output.at : -1;
      return Array.from(referencesIn(node, context), (each) => ({
        ...each,
        isText: each.isInText ?? each.at === isOutput,
      }));
    })
    .flatMap(({ name: logicalId, attribute, isText, ...place }): Finding[] => {
      const type = types.get(logicalId);
      if (!type || attribute === undefined) return [];
      const kind = type.kinds.get(attribute);
      if (type.attributes.includes(attribute) && !(isText && kind)) return [];
      if (told.has(place.at)) return [];
      told.add(place.at);
      const problem = kind
        ? { rule: 'attribute-not-text', message: `${logicalId}.${attribute} is ${KINDS[kind].replaceAll('ID', logicalId)}` } // oxfmt-ignore
        : { rule: 'unknown-attribute', message: `${logicalId} has no attribute ${attribute}: ${advice(attribute, type)}` }; // oxfmt-ignore
      return [findingAt(template, place, { logicalId, property: attribute, ...problem })];
    });
}

const KINDS = {
  list: 'a list, but CloudFormation accepts only text here: select an item with Fn::Select, or join all with Fn::Join.',
  object:
    'an object, but CloudFormation accepts only text here: use one of its members, such as ID.EstimatedMonthlyCostBreakdown.Storage.',
} as const;

function advice(attribute: string, type: ResourceType): string {
  // The name is often an attribute of another type or tool.
  const meant = attributeMeant(attribute);
  const renamed = meant === undefined ? undefined : type.attribute(meant);
  const near = renamed ?? closest(attribute, type.attributes);
  return near ? `did you mean ${near}?` : `use ${joinWithOr(type.attributes)}.`;
}
