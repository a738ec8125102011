import { PSEUDO_PARAMETERS } from '../../src/template/deployment';
import { children, plainOf, textOf } from '../../src/template/node';
import type { Entry, Node } from '../../src/template/node';
import type { Properties } from '../registry/protocol';
import { checkDynamicReferences } from './dynamic-references';
import { callIn, checkFunctions, isBoolean } from './functions';
import { references, referencesIn } from './references';
import type { Reference } from './references';
import { NotModeled, SAYS, ValidationError } from './refusals';
import { checkRules } from './rules';
import type { Resource, Template } from './template';
import type { ResourceTypes } from './resource-type';
import { isMisspelled } from './type-names';

/**
 * What CloudFormation refuses whatever the parameters: unknown types and functions, invalid arguments, references to names
 * that do not exist, circular dependencies.
 *
 * @throws ValidationError for the first one.
 */
export function checkTemplate(template: Template, types: ResourceTypes): void {
  const { resources, outputs, conditions } = template;
  // The template of a nested stack is in a bucket, which the local CloudFormation does not have.
  const nested = Object.values(resources).some(({ type }) => type === 'AWS::CloudFormation::Stack');
  if (nested) throw new NotModeled('AWS::CloudFormation::Stack');
  checkTypes(Object.values(resources).filter(({ type }) => !types(type)));
  for (const [name, condition] of Object.entries(conditions)) {
    if (!isBoolean(condition)) throw new ValidationError(SAYS.conditionsOnly);
    checkFunctions(condition, `Conditions.${name}`, true);
  }
  for (const [id, resource] of Object.entries(resources)) {
    checkDynamicReferences(resource.properties);
    for (const [name, node] of evaluatedIn(resource)) {
      checkFunctions(node, `Resources.${id}.${name}`);
    }
  }
  for (const [id, { value, exportName }] of Object.entries(outputs)) {
    checkDynamicReferences(value);
    checkFunctions(value, `Outputs.${id}.Value`);
    if (exportName) checkFunctions(exportName, `Outputs.${id}.Export.Name`);
  }
  checkRules(template.source.section('Rules'), template.parameters);
  checkEarlyNames(template);
  checkReferences(template);
  checkConditions(template);
  dependencyOrder(resources);
}

/**
 * Refuses types that do not exist.
 *
 * @throws NotModeled for those that AWS may have added since the local list was made.
 */
function checkTypes(unknown: readonly Resource[]): void {
  const names = [...new Set(unknown.map(({ type }) => type))];
  const missing = names.filter((name) => !isTypeOfAws(name) || isMisspelled(name));
  if (missing.length > 0) throw new ValidationError(SAYS.unknownResourceTypes(missing));
  const [first] = names;
  if (first === undefined) return;
  throw new NotModeled(`${first}, which is not in its list of AWS's resource types`);
}

const isTypeOfAws = (name: string): boolean => /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(name);

/** Whether a name is that of a parameter or a pseudo parameter. */
const isParameter = (id: string, parameters: Template['parameters']): boolean =>
  Object.hasOwn(parameters, id) || PSEUDO_PARAMETERS.has(id) || id === 'AWS::NoValue';

/** The name of an import or export must be known before the first resource. */
function checkEarlyNames({ parameters, resources, outputs }: Template): void {
  const isLate = (node: Node): boolean =>
    calledIn(node).some(({ key }) => key === 'Fn::ImportValue' || key === 'Fn::GetAZs') ||
    referencesIn(node).some(
      ({ id, attribute }) => attribute !== undefined || !isParameter(id, parameters),
    );
  const values = [
    ...Object.values(resources)
      .flatMap(evaluatedIn)
      .map(([, node]) => node),
    ...Object.values(outputs).flatMap(({ value }) => value),
  ];
  for (const { key, value } of values.flatMap(calledIn)) {
    if (key === 'Fn::ImportValue' && isLate(value)) {
      throw new ValidationError(SAYS.dependentImport);
    }
  }
  for (const [id, { exportName }] of Object.entries(outputs)) {
    if (exportName && isLate(exportName)) throw new ValidationError(SAYS.dependentExport(id));
  }
}

/** The function calls in a value. */
function calledIn(node: Node): Entry[] {
  const called = callIn(node);
  return [...(called ? [called] : []), ...children(node).flatMap(([, child]) => calledIn(child))];
}

function checkReferences({ parameters, resources, outputs, conditions }: Template): void {
  const isResource = (id: string): boolean => Object.hasOwn(resources, id);
  const refuse = (found: Reference[], block: 'Resources' | 'Outputs'): void => {
    const names = new Set<string>();
    for (const { id, attribute, by } of found) {
      if (isResource(id)) continue;
      if (by === 'Fn::GetAtt') throw new ValidationError(SAYS.undefinedResource(id));
      if (attribute !== undefined) {
        throw new ValidationError(SAYS.invalidSubAttribute(`${id}.${attribute}`));
      }
      if (!isParameter(id, parameters)) names.add(id);
    }
    if (names.size > 0) throw new ValidationError(SAYS.unresolved(names, block));
  };
  refuse(
    Object.values(resources).flatMap((resource) => [
      ...evaluatedIn(resource).flatMap(([, node]) => referencesIn(node)),
      ...resource.dependsOn.map((id): Reference => ({ id, by: 'Ref', pointer: '' })),
    ]),
    'Resources',
  );
  const missing = Object.values(resources)
    .flatMap(({ dependsOn }) => dependsOn)
    .filter((id) => !isResource(id));
  if (missing.length > 0) throw new ValidationError(SAYS.unresolved(missing, 'Resources'));
  refuse(
    Object.values(outputs).flatMap(({ value, exportName }) => [
      ...referencesIn(value),
      ...(exportName ? referencesIn(exportName) : []),
    ]),
    'Outputs',
  );
  const others = Object.values(conditions)
    .flatMap((condition) => [...references(condition)])
    .filter((id) => !isParameter(id, parameters));
  if (others.length > 0) throw new ValidationError(SAYS.resourceInConditions(others));
}

/** The parts of a resource in which functions are evaluated. */
const evaluatedIn = ({ properties, attributes }: Resource): [name: string, node: Node][] => [
  ['Properties', properties],
  ...Object.entries(attributes),
];

function checkConditions({ resources, outputs, conditions }: Template): void {
  const check = (name: string, where: string): void => {
    if (Object.hasOwn(conditions, name)) return;
    throw new ValidationError(SAYS.unresolvedCondition(name, where));
  };
  for (const resource of Object.values(resources)) {
    const { condition } = resource;
    if (condition !== undefined) check(condition, 'the Resources block of the template');
    for (const [, node] of evaluatedIn(resource)) {
      for (const name of conditionsIn(node)) check(name, 'Fn::If');
    }
  }
  for (const { condition, value } of Object.values(outputs)) {
    if (condition !== undefined) check(condition, 'the Outputs block of the template');
    for (const name of conditionsIn(value)) check(name, 'Fn::If');
  }
  const decided = new Set<string>();
  const decide = (name: string, deciding: readonly string[]): void => {
    if (decided.has(name)) return;
    if (deciding.includes(name)) throw new ValidationError(SAYS.circularCondition(name));
    const condition = conditions[name];
    for (const other of condition ? conditionsIn(condition, true) : []) {
      check(other, 'Condition');
      decide(other, [...deciding, name]);
    }
    decided.add(name);
  };
  for (const name of Object.keys(conditions)) decide(name, []);
}

/** The conditions that a value names, also in branches that are not taken. */
function conditionsIn(node: Node, inConditions = false): string[] {
  const called = callIn(node, inConditions);
  const name = called?.value.kind === 'list' ? called.value.items[0] : called?.value;
  const isNamed = called?.key === 'Condition' || called?.key === 'Fn::If';
  return [
    ...(isNamed ? [textOf(name) ?? ''] : []),
    ...children(node).flatMap(([, child]) => conditionsIn(child, inConditions)),
  ];
}

/**
 * Every resource after those that it depends on.
 *
 * @throws ValidationError for a circular dependency.
 */
export function dependencyOrder(resources: Record<string, Resource>): string[] {
  const ordered = new Set<string>();
  const visit = (id: string, path: string[]): void => {
    if (ordered.has(id)) return;
    if (path.includes(id)) {
      throw new ValidationError(SAYS.circular(path.slice(path.indexOf(id))));
    }
    for (const other of dependenciesOf(id, resources)) visit(other, [...path, id]);
    ordered.add(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
  return [...ordered];
}

/** The resources in DependsOn and in references. */
export function dependenciesOf(id: string, resources: Record<string, Resource>): string[] {
  const resource = resources[id];
  if (!resource) return [];
  const found = evaluatedIn(resource).flatMap(([, node]) => [...references(node)]);
  return [...new Set([...resource.dependsOn, ...found])].filter((other) =>
    Object.hasOwn(resources, other),
  );
}

/**
 * The path of a reference to an attribute that the type does not have. CloudFormation checks this after the stack operation
 * has started.
 */
export function unsupportedAttribute(
  { resources, outputs }: Template,
  types: ResourceTypes,
): string | undefined {
  const found = [
    ...Object.entries(resources).flatMap(([id, resource]) =>
      evaluatedIn(resource).flatMap(([name, node]) =>
        referencesIn(node, `/Resources/${id}/${name}`),
      ),
    ),
    ...Object.entries(outputs).flatMap(([id, { value }]) =>
      referencesIn(value, `/Outputs/${id}/Value`),
    ),
  ];
  for (const { id, attribute, pointer } of found) {
    const resource = resources[id];
    if (!resource || attribute === undefined) continue;
    const { type } = resource;
    const properties = plainOf(resource.properties) as Properties;
    if (types(type)?.hasAttribute(attribute, properties) !== false) continue;
    return SAYS.noAttribute(pointer, type, attribute);
  }
  return undefined;
}
