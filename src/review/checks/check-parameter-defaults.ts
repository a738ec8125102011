/** Defaults that CloudFormation refuses, of the parameters that a file system depends on. */
import { brokenByDefaults, defaultDeployment } from '../../template/deployments';
import { outside } from '../../template/intrinsics';
import { entry, member, textOf } from '../../template/node';
import { constraintProblem } from '../../template/parameter-constraints';
import type { DeploymentOptions, Template } from '../../template/template';
import type { FileSystem } from '../file-systems';
import { findingAt, type Finding } from '../finding';
import { referencesIn } from '../references';

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
  const refused = template.parameterNames.flatMap((name) =>
    refusedDefault(template, name, options),
  );
  // References are searched only if that matters.
  const used = refused.length > 0 ? parametersOf(template, fileSystems, options) : new Set();
  const ofParameters = refused.flatMap(({ name, written, problem }) => {
    if (!used.has(name)) return [];
    const message = `CloudFormation refuses this default: ${problem}. Change the default, or specify another value in each deployment.`;
    return warning(template, written.value.at, { logicalId: name, property: 'Default', message });
  });
  return [...ofParameters, ...refusedByRules(template, options)];
}

/** The default of a parameter, and why CloudFormation refuses it; empty if it does not. */
function refusedDefault(template: Template, name: string, { parameters }: DeploymentOptions) {
  const declared = template.parameter(name);
  const written = entry(declared, 'Default');
  const value = textOf(written?.value);
  if (!declared || !written || parameters?.has(name) || !value?.trim()) return [];
  const problem = constraintProblem(name, declared, value);
  return problem === undefined ? [] : [{ name, written, problem }];
}

/** A warning if the Rules of the template refuse the defaults of its parameters, and none of these is empty. */
function refusedByRules(template: Template, options: DeploymentOptions): Finding[] {
  const broken = brokenByDefaults(template, options);
  if (!broken || isLeftToCaller(template, broken.name, options)) return [];
  const { name, description, at } = broken;
  const said = description === '' ? 'an assertion is false' : description;
  const message = `CloudFormation refuses the defaults of the parameters by the rule ${name}: ${said}. Change the defaults, or specify other values in each deployment.`;
  return [warning(template, at, { logicalId: name, property: 'Rules', message })];
}

/** Whether a rule is about a parameter whose default is empty. */
function isLeftToCaller(template: Template, rule: string, options: DeploymentOptions): boolean {
  const node = member(template.section('Rules'), rule);
  const context = outside(defaultDeployment(template, options));
  const references = node ? [...referencesIn(node, context)] : [];
  return references.some(({ name }) => {
    const value = textOf(member(template.parameter(name), 'Default'));
    return !options.parameters?.has(name) && value?.trim() === '';
  });
}

const warning = (
  template: Template,
  at: number,
  about: Pick<Finding, 'logicalId' | 'property' | 'message'>,
): Finding =>
  findingAt(template, { at }, { rule: 'parameter-default', severity: 'warning', ...about });

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
