/** Defaults that CloudFormation refuses, of the parameters that a file system depends on. */
import { defaultDeployment } from '../template/deployments';
import { outside } from '../template/intrinsics';
import { entry, textOf } from '../template/node';
import { constraintProblem } from '../template/parameter-constraints';
import type { DeploymentOptions, Template } from '../template/template';
import type { FileSystem } from './file-systems';
import type { Finding } from './finding';
import { referencesIn } from './references';

/**
 * A warning for each: the template can be deployed with another value. An empty default means that the caller gives the value,
 * so it is not reported.
 */
export function checkParameterDefaults(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Finding[] {
  if (fileSystems.length === 0) return [];
  return [...parametersOf(template, fileSystems, options)].flatMap((name): Finding[] => {
    const declared = template.parameter(name);
    const written = entry(declared, 'Default');
    const value = textOf(written?.value);
    if (!declared || !written || options.parameters?.has(name) || !value?.trim()) return [];
    const problem = constraintProblem(name, declared, value);
    if (problem === undefined) return [];
    return [
      {
        file: template.file,
        logicalId: name,
        property: 'Default',
        ...template.rangeAt(written.value.at),
        rule: 'parameter-default',
        message: `CloudFormation refuses this default: ${problem.replace(/\.$/, '')}. Change the default, or give the parameter another value in each deployment.`,
        severity: 'warning',
        repairs: [],
      },
    ];
  });
}

/** The parameters that the file systems and the conditions of the template refer to. */
function parametersOf(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Set<string> {
  const context = outside(defaultDeployment(template, options));
  const conditions = template.section('Conditions');
  const references = [
    ...fileSystems.flatMap(({ node, bindings }) => [
      ...referencesIn(node, { ...context, bindings }),
    ]),
    ...(conditions ? referencesIn(conditions, context) : []),
  ];
  return new Set(
    references.flatMap(({ name, attribute }) => (attribute === undefined ? name : [])),
  );
}
