/** References to attributes that a file system does not have. */
import { attributeMeant } from '../lustre/properties/name-meaning';
import { closest, joinWithOr } from '../lustre/wording';
import type { ResourceType } from './resource-types';
import type { FileSystem } from './file-systems';
import { findingAt, type Finding } from './finding';
import { referencesIn } from './references';
import { countedEntries } from './check-quotas';
import type { DeploymentOptions, Template } from '../template/template';

/** Finds references to attributes that a file system does not have. */
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
    .flatMap(({ name: logicalId, attribute, ...place }): Finding[] => {
      const type = types.get(logicalId);
      if (!type || attribute === undefined || type.attributes.includes(attribute)) return [];
      return [
        findingAt(template, place, {
          logicalId,
          property: attribute,
          rule: 'unknown-attribute',
          message: `${logicalId} has no attribute ${attribute}: ${advice(attribute, type)}`,
        }),
      ];
    });
}

function advice(attribute: string, type: ResourceType): string {
  // The name is often an attribute of another type or tool.
  const meant = attributeMeant(attribute);
  const renamed = meant === undefined ? undefined : type.attribute(meant);
  const near = renamed ?? closest(attribute, type.attributes);
  return near ? `did you mean ${near}?` : `use ${joinWithOr(type.attributes)}.`;
}
