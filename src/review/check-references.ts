/** References in the properties of a file system to names that the template does not have. */
import { closest } from '../lustre/wording';
import { defaultDeployment } from '../template/deployments';
import { isMacro, member } from '../template/node';
import type { DeploymentOptions, Template } from '../template/template';
import { countedEntries } from './check-quotas';
import type { FileSystem } from './file-systems';
import type { Finding } from './finding';
import { referencesIn, type Reference } from './references';

/** CloudFormation refuses a template with such a reference. Nothing is reported if a macro may add names. */
export function checkReferences(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Finding[] {
  if (fileSystems.length === 0 || mayAddNames(template)) return [];
  const deployment = defaultDeployment(template, options);
  const resources = [...countedEntries(template, 'Resources', options)];
  const names = [...template.parameterNames, ...resources.map(({ key }) => key)];
  const known = new Set(names);
  const isUnknown = ({ name, attribute }: Reference): boolean =>
    !known.has(name) && !(attribute === undefined && name.startsWith('AWS::'));
  const told = new Set<number>();
  return fileSystems.flatMap(({ logicalId, node, bindings }) => {
    const properties = member(node, 'Properties');
    if (!properties) return [];
    return [...referencesIn(properties, { deployment, bindings })]
      .filter((reference) => isUnknown(reference) && !told.has(reference.at))
      .map(({ name, attribute, at, end }): Finding => {
        told.add(at);
        const near = closest(
          name,
          attribute === undefined ? names : resources.map(({ key }) => key),
        );
        const what = attribute === undefined ? 'no parameter or resource' : 'no resource';
        return {
          file: template.file,
          logicalId,
          property: attribute === undefined ? name : `${name}.${attribute}`,
          ...template.rangeAt(at, end),
          rule: 'unknown-reference',
          message: `The template has ${what} ${name}, and CloudFormation refuses it${near ? `: did you mean ${near}?` : '.'}`,
          severity: 'error',
          repairs: [],
        };
      });
  });
}

/** Macros may add resources. AWS::LanguageExtensions adds only those of Fn::ForEach, which this project expands itself. */
function mayAddNames(template: Template): boolean {
  const isKnown = template.transforms.every(
    (each) => each.kind === 'scalar' && each.value === 'AWS::LanguageExtensions',
  );
  const macros = [template.root, template.section('Resources')].some((map) =>
    map?.entries.some(isMacro),
  );
  return !isKnown || macros;
}
