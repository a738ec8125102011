/** Names that a file system and the outputs of its template refer to, and that the template does not have. */
import { fits, Unknown } from '../../lustre/unknown';
import { closest } from '../../lustre/wording';
import { PSEUDO_PARAMETERS } from '../../template/deployment';
import { defaultDeployment } from '../../template/deployments';
import { entries, evaluate, outside, type Context } from '../../template/intrinsics';
import { call, member, textOf, type Node } from '../../template/node';
import type { DeploymentOptions, Template } from '../../template/template';
import { scalarText } from '../../template/values';
import { countedEntries } from './check-quotas';
import type { FileSystem } from '../file-systems';
import { findingAt, type Finding } from '../finding';
import { namesIn, referencesIn, type ConditionReference, type Reference } from '../references';

/** CloudFormation refuses a template with such a reference. Nothing is reported if a macro may add names. */
export function checkReferences(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Finding[] {
  if (fileSystems.length === 0 || template.mayGainNames) return [];
  const deployment = defaultDeployment(template, options);
  const names = namesOf(template, options, outside(deployment));
  const direct = [
    ...fileSystems.flatMap((each) => ofFileSystem(each, { deployment, bindings: each.bindings })),
    ...[...countedEntries(template, 'Outputs', options)].flatMap(({ key, node, context }) => [
      ...conditionOf(key, node, context),
      ...usesIn(key, node, context),
    ]),
  ];
  const uses = [...direct, ...usesOfConditions(direct, names, outside(deployment))];
  const told = new Set<number>();
  return uses.flatMap((use): Finding[] => {
    const message = messageFor(use, names);
    const { name, attribute, at, logicalId } = use;
    if (message === undefined || told.has(at)) return [];
    told.add(at);
    return [
      findingAt(template, use, {
        logicalId,
        property: attribute === undefined ? name : `${name}.${attribute}`,
        rule: 'unknown-reference',
        message,
      }),
    ];
  });
}

/** What a name must be: `value` is a parameter or a resource. */
type Kind = 'value' | 'resource' | 'parameter' | 'condition';

/** A name at its place. */
interface Use extends Reference {
  readonly kind: Kind;
  /** The file system, output or condition that uses it. */
  readonly logicalId: string;
}

/** The names that a template has. */
interface Names {
  readonly parameters: readonly string[];
  readonly resources: readonly string[];
  /** Modules, whose resources have names that begin with the name of the module. */
  readonly modules: readonly string[];
  readonly conditions: ReadonlyMap<string, Node>;
}

function namesOf(template: Template, options: DeploymentOptions, context: Context): Names {
  const resources = [...countedEntries(template, 'Resources', options)];
  const conditions = template.section('Conditions');
  return {
    parameters: template.parameterNames,
    resources: resources.map(({ key }) => key),
    modules: resources
      .filter(({ node }) => textOf(member(node, 'Type'))?.endsWith('::MODULE'))
      .map(({ key }) => key),
    conditions: new Map(
      conditions && [...entries(conditions, context)].map(({ key, node }) => [key, node]),
    ),
  };
}

function ofFileSystem({ logicalId, node }: FileSystem, context: Context): Use[] {
  const properties = member(node, 'Properties');
  const dependsOn = member(node, 'DependsOn');
  const before = dependsOn?.kind === 'list' ? dependsOn.items : dependsOn ? [dependsOn] : [];
  return [
    ...conditionOf(logicalId, node, context),
    ...before.flatMap((each) => useOf('resource', logicalId, each, context)),
    ...(properties ? usesIn(logicalId, properties, context) : []),
  ];
}

/** The names in the values of a node. */
const usesIn = (logicalId: string, node: Node, context: Context): Use[] =>
  Array.from(namesIn(node, context), (each): Use => ({ ...each, kind: kindOf(each), logicalId }));

const kindOf = (name: Reference | ConditionReference): Kind =>
  'isCondition' in name ? 'condition' : name.attribute === undefined ? 'value' : 'resource';

const conditionOf = (logicalId: string, node: Node, context: Context): Use[] =>
  useOf('condition', logicalId, member(node, 'Condition'), context);

function useOf(kind: Kind, logicalId: string, node: Node | undefined, context: Context): Use[] {
  const name = node?.kind === 'scalar' ? scalarText(evaluate(node, context)) : undefined;
  return node === undefined || name === undefined
    ? []
    : [{ kind, logicalId, name, at: node.at, end: node.end }];
}

/** The names in the definitions of the conditions that are used, and of those that these consist of. */
function usesOfConditions(direct: readonly Use[], { conditions }: Names, context: Context): Use[] {
  const seen = new Set<string>();
  const uses: Use[] = [];
  const pending = direct.filter(({ kind }) => kind === 'condition').map(({ name }) => name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const definition = conditions.get(name);
    if (!definition || seen.has(name)) continue;
    seen.add(name);
    const inside = conditionsIn(name, definition, context);
    uses.push(...inside, ...parametersIn(name, definition, context));
    pending.push(...inside.map((each) => each.name));
  }
  return uses;
}

const parametersIn = (logicalId: string, definition: Node, context: Context): Use[] =>
  [...referencesIn(definition, context)].map((each) => ({
    ...each,
    kind: 'parameter',
    logicalId,
  }));

function conditionsIn(logicalId: string, node: Node, context: Context): Use[] {
  const called = call(node);
  if (called?.key === 'Condition') return useOf('condition', logicalId, called.value, context);
  const inside =
    node.kind === 'list'
      ? node.items
      : node.kind === 'map'
        ? node.entries.map((each) => each.value)
        : [];
  return inside.flatMap((each) => conditionsIn(logicalId, each, context));
}

const WORDS: Readonly<Record<Kind, string>> = {
  value: 'parameter or resource',
  resource: 'resource',
  parameter: 'parameter',
  condition: 'condition',
};

/** Why CloudFormation refuses a name; undefined if the template has it. */
function messageFor({ kind, name, attribute }: Use, names: Names): string | undefined {
  const refused = (what: string, known: readonly string[]): string => {
    const near = closest(name, known);
    return `${what}, and CloudFormation refuses it${near ? `: did you mean ${near}?` : '.'}`;
  };
  if (name.startsWith('AWS::') && attribute === undefined && kind !== 'resource') {
    const pseudo = [...PSEUDO_PARAMETERS, 'AWS::NoValue'];
    return pseudo.includes(name) ? undefined : refused(`${name} is not a pseudo parameter`, pseudo);
  }
  const known = knownNames(kind, names);
  const mayBeOfModule =
    (kind === 'value' || kind === 'resource') &&
    names.modules.some((module) => name.startsWith(module));
  return mayBeOfModule || known.includes(name) || known.some((each) => mayBecome(each, name))
    ? undefined
    : refused(`The template has no ${WORDS[kind]} ${name}`, known);
}

/** Whether a name of an Fn::ForEach whose collection is not known, such as `Fs${Name}`, may become a name. */
function mayBecome(written: string, name: string): boolean {
  if (!written.includes('{')) return false;
  const [first = '', ...others] = written.split(/[$&]\{[^{}]*\}/);
  const parts = [first, ...others.flatMap((text) => [new Unknown('Fn::ForEach'), text])];
  return others.length > 0 && fits(parts, name);
}

function knownNames(kind: Kind, { parameters, resources, conditions }: Names): readonly string[] {
  switch (kind) {
    case 'value':
      return [...parameters, ...resources];
    case 'resource':
      return resources;
    case 'parameter':
      return parameters;
    case 'condition':
      return [...conditions.keys()];
  }
}
