/** CloudFormation's quotas for a template. */
import { call, entry, textOf, type Entry, type Node } from '../../template/node';
import { defaultDeployment } from '../../template/deployments';
import { entries, outside } from '../../template/intrinsics';
import { bytesIn, QUOTAS } from '../../template/limits';
import type { DeploymentOptions, Template } from '../../template/template';
import { cutInTheMiddle, lengthOf } from '../../lustre/wording';
import { findingAt, type Finding } from '../finding';

/** The quotas that a template exceeds. What a macro adds is not known. */
export function checkQuotas(template: Template, options: DeploymentOptions): Finding[] {
  return [
    ...checkSize(template),
    ...SECTIONS.flatMap((section) => [...checkSection(template, section, options)]),
    ...checkMappings(template),
    ...checkParameterValues(template, options),
  ];
}

type Section = keyof typeof QUOTAS.entries;

const SECTIONS = Object.keys(QUOTAS.entries) as Section[];

const SINGULAR: Readonly<Record<Section, string>> = {
  Resources: 'resource',
  Parameters: 'parameter',
  Outputs: 'output',
  Mappings: 'mapping',
};

/** The entries of a section as CloudFormation counts them. Stops after one more than the quota. */
export function* countedEntries(template: Template, section: Section, options: DeploymentOptions) {
  const node = template.section(section);
  if (!node) return;
  let left = QUOTAS.entries[section] + 1;
  for (const each of entries(node, outside(defaultDeployment(template, options)))) {
    if (each.key.startsWith('Fn::')) continue;
    yield each;
    if (--left === 0) return;
  }
}

/** Whether a name is longer than CloudFormation allows. */
export const isTooLong = (name: string): boolean =>
  name.length > QUOTAS.nameCharacters && lengthOf(name) > QUOTAS.nameCharacters;

function* checkSize(template: Template): Generator<Finding> {
  const bytes = bytesIn(template.text);
  const { accepted, most } = QUOTAS.templateBytes;
  const about = { logicalId: 'Template', rule: 'template-size' };
  if (bytes > accepted)
    yield findingAt(
      template,
      { at: template.root.at },
      {
        ...about,
        property: 'Template',
        message: `The template has ${bytes} bytes: CloudFormation accepts at most 1 MB${bytes > most ? '' : `, and may count that as ${accepted} bytes`}. Move some of it to a nested stack.`,
        severity: bytes > most ? 'error' : 'warning',
      },
    );
  const description = entry(template.root, 'Description');
  const described = bytesIn(textOf(description?.value) ?? '');
  if (description && described > QUOTAS.descriptionBytes)
    yield findingAt(template, description, {
      ...about,
      property: 'Description',
      message: `Description has ${described} bytes: CloudFormation accepts at most ${QUOTAS.descriptionBytes}. Shorten it.`,
    });
}

function* checkSection(
  template: Template,
  section: Section,
  options: DeploymentOptions,
): Generator<Finding> {
  const all = [...countedEntries(template, section, options)];
  const most = QUOTAS.entries[section];
  const noun = SINGULAR[section];
  for (const each of all.slice(0, most)) yield* checkName(template, each, section, noun);
  const over = all[most];
  if (over && !hasMacro(template))
    yield findingAt(template, over, {
      logicalId: over.key,
      property: section,
      rule: 'template-count',
      message: `There are more than ${most} ${noun}s: CloudFormation accepts at most ${most} in a template. Move some to a nested stack.${section === 'Resources' ? ' The others were not checked.' : ''}`,
    });
}

function* checkName(
  template: Template,
  named: { key: string; at: number },
  property: string,
  noun: string,
): Generator<Finding> {
  const most = QUOTAS.nameCharacters;
  if (isTooLong(named.key))
    yield findingAt(template, named, {
      logicalId: cutInTheMiddle(named.key, most),
      property,
      rule: 'name-length',
      message: `The name of this ${noun} has ${lengthOf(named.key)} characters: CloudFormation accepts at most ${most}. Shorten it.`,
    });
}

function* checkMappings(template: Template): Generator<Finding> {
  const mappings = (template.section('Mappings')?.entries ?? []).slice(0, QUOTAS.entries.Mappings);
  const most = QUOTAS.mappingAttributes;
  for (const mapping of mappings) {
    const attributes = mapping.value.kind === 'map' ? mapping.value.entries : [];
    for (const each of attributes.slice(0, most))
      yield* checkName(template, each, 'Mappings', 'attribute');
    const over = attributes[most];
    if (over)
      yield findingAt(template, over, {
        logicalId: cutInTheMiddle(mapping.key, QUOTAS.nameCharacters),
        property: 'Mappings',
        rule: 'template-count',
        message: `The mapping has ${attributes.length} attributes: CloudFormation accepts at most ${most}. Move some to another mapping.`,
      });
  }
}

function* checkParameterValues(
  template: Template,
  { parameters }: DeploymentOptions,
): Generator<Finding> {
  const declared = template.section('Parameters')?.entries ?? [];
  for (const parameter of declared.slice(0, QUOTAS.entries.Parameters)) {
    const byDefault = entry(parameter.value, 'Default');
    const given = parameters?.get(parameter.key);
    const bytes = bytesIn(given ?? textOf(byDefault?.value) ?? '');
    if (bytes > QUOTAS.parameterBytes)
      yield findingAt(template, (given === undefined ? byDefault : undefined) ?? parameter, {
        logicalId: cutInTheMiddle(parameter.key, QUOTAS.nameCharacters),
        property: given === undefined ? 'Default' : 'Parameters',
        rule: 'parameter-size',
        message: `The value of this parameter has ${bytes} bytes: CloudFormation accepts at most ${QUOTAS.parameterBytes}. Split it into several parameters.`,
      });
  }
}

/** Whether a custom macro processes the template. It may also remove resources; AWS's own macros only add some. */
function hasMacro(template: Template): boolean {
  const isOwn = (node: Node) => !(textOf(node) ?? '').startsWith('AWS::');
  return template.transforms.some(isOwn) || template.root.entries.some(isTransform);
}

const isTransform = ({ key, value }: Entry): boolean =>
  key === 'Fn::Transform' || call(value)?.key === 'Fn::Transform';
