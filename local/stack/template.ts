import { readFileSync } from 'node:fs';
import { bytesIn, QUOTAS } from '../../src/template/limits';
import { children, member, plainOf } from '../../src/template/node';
import type { Node } from '../../src/template/node';
import { NUMBER_FORM } from '../../src/template/parameter-constraints';
import { readTree, Unreadable } from '../../src/template/source-tree';
import type { Place, SourceTree } from '../../src/template/source-tree';
import { Template as SourceTemplate } from '../../src/template/template';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { NotModeled, SAYS, ValidationError } from './refusals';
import { textStart } from './text-start';

/** A file that cannot be used. The message says why. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** A file that does not exist or cannot be opened. */
export class UnreadableFile extends TemplateError {}

export type Scalar = string | number | boolean;

export interface Parameter {
  Type: string;
  Default?: Scalar;
  AllowedValues?: Scalar[];
  AllowedPattern?: string;
  ConstraintDescription?: string;
  MinLength?: Scalar;
  MaxLength?: Scalar;
  MinValue?: Scalar;
  MaxValue?: Scalar;
  /** Whether the value must not be shown. */
  NoEcho?: Scalar;
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';
export type UpdateReplacePolicy = 'Delete' | 'Retain' | 'Snapshot';

export interface Resource {
  type: string;
  /** Not evaluated. */
  properties: Node;
  /** The other attributes in which functions are evaluated, such as Metadata and UpdatePolicy. */
  attributes: Readonly<Record<string, Node>>;
  dependsOn: string[];
  condition?: string;
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: UpdateReplacePolicy;
}

interface Output {
  description?: string;
  /** Not evaluated. */
  value: Node;
  condition?: string;
  /** Export.Name, not evaluated. */
  exportName?: Node;
}

/** A CloudFormation template that passed the first checks. */
export interface Template {
  /** The name of the template in messages. */
  file: string;
  /** Used to evaluate its conditions and mappings. */
  source: SourceTemplate;
  description: string;
  metadata: Properties;
  parameters: Record<string, Parameter>;
  conditions: Record<string, Node>;
  resources: Record<string, Resource>;
  outputs: Record<string, Output>;
}

/** How a template is uploaded, which decides how large it may be. */
export type Upload = 'body' | 's3';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES: Readonly<Record<Upload, number>> = {
  body: 51_200,
  s3: QUOTAS.templateBytes.accepted,
};
const LONGEST_PARAMETER_DESCRIPTION = 4000;

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Hooks',
  'Resources',
  'Outputs',
];

const RESOURCE_MEMBERS = [
  'Type',
  'Properties',
  'DependsOn',
  'CreationPolicy',
  'DeletionPolicy',
  'Metadata',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'Condition',
];

/**
 * The attributes besides Properties in which functions are evaluated: "You can use intrinsic functions only in specific parts of
 * a template ... resource properties, outputs, metadata attributes, and update policy attributes." References in them are
 * dependencies. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
const EVALUATED_ATTRIBUTES = ['CreationPolicy', 'Metadata', 'UpdatePolicy'];

/** "a type name up to a maximum length of 60 characters", of letters, digits and `_@-`. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
const CUSTOM_TYPE = /^Custom::[A-Za-z0-9_@-]+$/;
const LONGEST_CUSTOM_TYPE = 60;
const isCustom = (type: string): boolean =>
  type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');

const PARAMETER_MEMBERS = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

/** The short forms of functions, including those that only a transform processes. */
const SHORT_FORM =
  /^!(Ref|Condition|And|Base64|Cidr|Contains|EachMemberEquals|EachMemberIn|Equals|FindInMap|GetAtt|GetAZs|If|ImportValue|Join|Length|Not|Or|RefAll|Select|Split|Sub|ToJsonString|Transform|ValueOf|ValueOfAll)$/;

/** CloudFormation reads YAML 1.1 without binary, omap, pairs, set and timestamp. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html */
const YAML_TAG = /^(!|tag:yaml\.org,2002:(bool|float|int|map|seq|str))$/;

/**
 * Reads a template, YAML or JSON.
 *
 * @throws UnreadableFile, ValidationError if CloudFormation refuses its content.
 */
export function loadTemplate(file: string, upload?: Upload): Template {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UnreadableFile(`There is no file ${file}.`);
    throw new UnreadableFile(
      `${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}.`,
    );
  }
  return parseTemplate(text, file, upload);
}

/**
 * Parses a template.
 *
 * @param file The name of the template in messages.
 * @throws ValidationError if CloudFormation refuses it, whatever the parameters and the types of its resources.
 */
export function parseTemplate(text: string, file = 'template', upload: Upload = 'body'): Template {
  checkSize(text, upload);
  const tree = treeOf(text);
  const content = contentOf(tree.root);
  for (const section of ['Transform', 'Hooks']) {
    if (section in content) throw new NotModeled(section);
  }
  const source = { content, root: tree.root };
  const sections = {
    description: description(content),
    metadata: section(content, 'Metadata'),
    parameters: mapped(source, 'Parameters', parameter),
    conditions: mapped(source, 'Conditions', (_, __, node) => node),
    resources: mapped(source, 'Resources', resource),
    outputs: mapped(source, 'Outputs', output),
  };
  checkLogicalIds(sections);
  mapped(source, 'Mappings', checkMapping);
  mapped(source, 'Rules', checkRule);
  return { file, source: SourceTemplate.read(file, text, undefined, tree), ...sections };
}

/** "The logical ID must be ... unique within the template": https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function checkLogicalIds({
  parameters,
  resources,
}: Pick<Template, 'parameters' | 'resources'>): void {
  const both = Object.keys(resources).find((id) => Object.hasOwn(parameters, id));
  if (both !== undefined) throw new ValidationError(SAYS.sharedName(both));
}

/** A value as a node, as in a template in JSON. */
export const nodeOf = (value: unknown): Node => readTree(JSON.stringify(value)).root;

function checkSize(text: string, upload: Upload): void {
  if (bytesIn(text) <= MOST_BYTES[upload]) return;
  // CloudFormation's message repeats the whole template.
  throw new ValidationError(
    upload === 'body' ? SAYS.bodyTooLarge(textStart(text, 40)) : SAYS.objectTooLarge,
  );
}

/** The parsed text, if CloudFormation can read it. */
function treeOf(text: string): SourceTree {
  const kind = text.trimStart().startsWith('{') ? 'JSON' : 'YAML';
  if (kind === 'JSON') checkJson(text);
  const malformed = (place: Place, why: string): ValidationError =>
    new ValidationError(SAYS.notWellFormed(kind, place.line, place.column), why);
  try {
    const tree = readTree(text);
    const { placeAt } = tree;
    const unknown = tree.tags.find(({ name }) => !isTag(name));
    if (unknown) throw malformed(placeAt(unknown.at), `Unresolved tag: ${unknown.name}`);
    const [alias] = tree.aliases;
    if (alias === undefined) return tree;
    const { line, column } = placeAt(alias);
    throw new ValidationError(SAYS.noAliases, `line ${line}, column ${column}`);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw malformed(error.place ?? { line: 1, column: 1 }, error.message);
  }
}

const isTag = (name: string): boolean => YAML_TAG.test(name) || SHORT_FORM.test(name);

function contentOf(root: Node): Properties {
  const content = plainOf(root);
  if (!isObject(content)) throw new ValidationError(SAYS.unsupportedStructure);
  refuseNulls(content, '');
  const unknown = Object.keys(content).filter((name) => !SECTIONS.includes(name));
  if (unknown.length > 0) throw new ValidationError(SAYS.unknownSections(unknown));
  const { AWSTemplateFormatVersion: version = '2010-09-09' } = content;
  if (version !== '2010-09-09') throw new ValidationError(SAYS.formatVersion(String(version)));
  return content;
}

/** A text that begins like JSON is parsed as JSON: a trailing comma, which YAML allows, is an error. */
function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec((error as Error).message) ?? [];
    const before = text.slice(0, position === undefined ? text.length : Number(position));
    const lines = before.split('\n');
    const column = (lines.at(-1) ?? '').length + 1;
    throw new ValidationError(SAYS.notWellFormed('JSON', lines.length, column));
  }
}

function refuseNulls(value: unknown, pointer: string): void {
  if (value === null) throw new ValidationError(SAYS.nullValue(pointer));
  if (typeof value !== 'object') return;
  for (const [name, member] of Object.entries(value)) {
    refuseNulls(member, `${pointer}/${name}`);
  }
}

function description({ Description: text = '' }: Properties): string {
  if (typeof text !== 'string') throw new ValidationError(SAYS.everyMemberText('Description'));
  if (bytesIn(text) > QUOTAS.descriptionBytes) {
    throw new ValidationError(SAYS.descriptionTooLong);
  }
  return text.trim();
}

function section(content: Properties, name: string): Properties {
  const members = content[name] ?? {};
  if (!isObject(members)) throw new ValidationError(SAYS.notAnObject(name));
  return members;
}

/** The members of a section, each validated and converted. */
function mapped<T>(
  { content, root }: { content: Properties; root: Node },
  name: string,
  read: (member: unknown, id: string, node: Node) => T,
): Record<string, T> {
  const members = section(content, name);
  const ids = Object.keys(members);
  if (name === 'Resources' && ids.length === 0) throw new ValidationError(SAYS.noResources);
  const most = (QUOTAS.entries as Record<string, number>)[name] ?? Infinity;
  if (ids.length > most) {
    throw new ValidationError(SAYS.tooMany(name.toLowerCase(), ids.length, most));
  }
  for (const id of ids) checkName(name.slice(0, -1), id, NAMES[name]);
  const nodes = member(root, name);
  return Object.fromEntries(
    (nodes ? children(nodes) : []).map(([id, node]) => [id, read(members[id], id, node)]),
  );
}

const ALPHANUMERIC = /^[A-Za-z0-9]+$/;

/**
 * Names that may have other characters than letters and digits.
 * https://github.com/aws-cloudformation/cfn-lint/issues/4007 https://github.com/aws/aws-cdk/issues/30669
 * https://github.com/marklogic/cloud-enablement-aws/pull/275
 */
const NAMES: Readonly<Record<string, RegExp>> = { Conditions: /^[A-Za-z0-9_&-]+$/ };
/** https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/data/schemas/other/mappings/configuration.json */
const MAPPING_KEY = /^[A-Za-z0-9.-]+$/;

function checkName(kind: string, name: string, form = ALPHANUMERIC): void {
  if (name === 'Fn::Transform') throw new NotModeled(name);
  if (!form.test(name)) throw new ValidationError(SAYS.nonAlphanumeric(kind, name));
  if (name.length > QUOTAS.nameCharacters) {
    throw new ValidationError(SAYS.nameTooLong(kind, name));
  }
}

/** A member of a section that must be an object with known members only. */
function known(
  member: unknown,
  sectionName: string,
  members: string[],
  says: (name: string) => string,
): Properties {
  if (!isObject(member)) throw new ValidationError(SAYS.notAnObject(sectionName));
  const unknown = Object.keys(member).find((name) => !members.includes(name));
  if (unknown !== undefined) throw new ValidationError(says(unknown));
  return member;
}

function typed(member: Properties, sectionName: string, id: string): string {
  const { Type: type } = member;
  if (type === undefined) {
    throw new ValidationError(SAYS.noType(`/${sectionName}/${id}`, sectionName));
  }
  return textOf(member, 'Type') ?? '';
}

/** A member that must be literal text, not a function. */
function textOf(member: Properties, name: string): string | undefined {
  const { [name]: text } = member;
  if (text === undefined || typeof text === 'string') return text;
  throw new ValidationError(SAYS.everyMemberText(name));
}

function parameter(member: unknown, id: string): Parameter {
  const content = known(member, 'Parameters', PARAMETER_MEMBERS, SAYS.unknownParameterProperty);
  typed(content, 'Parameters', id);
  for (const name of ['AllowedPattern', 'ConstraintDescription', 'Description']) {
    textOf(content, name);
  }
  if ((textOf(content, 'Description') ?? '').length > LONGEST_PARAMETER_DESCRIPTION) {
    throw new ValidationError(SAYS.parameterDescriptionTooLong(id));
  }
  for (const [name, form, says] of LITERALS) {
    const given = content[name] as Scalar | undefined;
    if (given !== undefined && !form.test(String(given))) throw new ValidationError(says(name));
  }
  for (const name of ['Default', 'MinLength', 'MaxLength', 'MinValue', 'MaxValue']) {
    if (typeof content[name] === 'object') throw new ValidationError(SAYS.everyMemberText(name));
  }
  const { AllowedValues: allowed = [] } = content;
  if (!Array.isArray(allowed) || allowed.some((value) => typeof value === 'object')) {
    throw new ValidationError(SAYS.everyMemberList('AllowedValues'));
  }
  return content as unknown as Parameter;
}

/** Literals that a parameter may have, which CloudFormation reads from strings too. */
const LITERALS: readonly [name: string, form: RegExp, says: (name: string) => string][] = [
  ['MinLength', /^\d+$/, SAYS.everyMemberInteger],
  ['MaxLength', /^\d+$/, SAYS.everyMemberInteger],
  ['MinValue', NUMBER_FORM, SAYS.everyMemberNumber],
  ['MaxValue', NUMBER_FORM, SAYS.everyMemberNumber],
  ['NoEcho', /^(true|false)$/i, SAYS.everyMemberBoolean],
];

function checkRule(member: unknown): void {
  if (!isObject(member)) throw new ValidationError(SAYS.notAnObject('Rules'));
}

function checkMapping(member: unknown, id: string): void {
  if (!isObject(member)) throw new ValidationError(SAYS.mappingMap(id));
  checkAttributes(member, `Mappings.${id}`);
  for (const [key, attributes] of Object.entries(member)) {
    checkName('Mappings key', key, MAPPING_KEY);
    if (!isObject(attributes)) throw new ValidationError(SAYS.mappingMap(key));
    const names = Object.keys(attributes);
    checkAttributes(attributes, `Mappings.${id}.${key}`);
    for (const name of names) {
      checkName('Mappings attribute', name);
      if (!isMappingValue(attributes[name])) throw new ValidationError(SAYS.mappingDepth);
    }
  }
}

/** The quota is "for each mapping"; here, each of its two levels may have as many, as for AWS's linter. */
function checkAttributes(level: Properties, place: string): void {
  const { length: count } = Object.keys(level);
  if (count <= QUOTAS.mappingAttributes) return;
  throw new ValidationError(SAYS.tooMany('attributes', count, QUOTAS.mappingAttributes), place);
}

// A list may have maps, such as the tags in the templates of https://github.com/aws-samples/aws-genomics-workflows.
const isMappingValue = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((item) => !Array.isArray(item) && !(isObject(item) && isCallOf(item)))
    : !isObject(value);

const isCallOf = (item: object): boolean =>
  Object.keys(item).some((name) => name === 'Ref' || name.startsWith('Fn::'));

function resource(written: unknown, id: string, node: Node): Resource {
  if (isObject(written) && !('Type' in written)) typed(written, 'Resources', id);
  const isVersioned = isObject(written) && isCustom(String(written.Type));
  // Only custom resources have a version: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
  const members = isVersioned ? [...RESOURCE_MEMBERS, 'Version'] : RESOURCE_MEMBERS;
  const content = known(written, 'Resources', members, SAYS.unknownResourceProperty);
  if (!isObject(content.Properties ?? {}))
    throw new ValidationError(SAYS.everyMemberObject('Properties'));
  for (const name of EVALUATED_ATTRIBUTES) checkAttribute(content[name], name);
  const condition = textOf(content, 'Condition');
  return {
    type: resourceType(content, id),
    properties: member(node, 'Properties') ?? { ...node, kind: 'map', entries: [] },
    attributes: Object.fromEntries(
      EVALUATED_ATTRIBUTES.flatMap((name) => {
        const attribute = member(node, name);
        return attribute ? [[name, attribute]] : [];
      }),
    ),
    dependsOn: dependsOn(content),
    ...(condition !== undefined && { condition }),
    deletionPolicy: policy(content, id, 'DeletionPolicy', DELETION_POLICIES),
    updateReplacePolicy: policy(content, id, 'UpdateReplacePolicy', UPDATE_REPLACE_POLICIES),
  };
}

/** An attribute is an object; of the functions, only Fn::If can take its place, as for AWS's linter. */
function checkAttribute(attribute: unknown, name: string): void {
  if (attribute === undefined) return;
  const keys = isObject(attribute) ? Object.keys(attribute) : [''];
  const isOtherCall = keys.length === 1 && /^(|Ref|Fn::(?!If$|Transform$).*)$/.test(keys[0] ?? '');
  if (isOtherCall) throw new ValidationError(SAYS.everyMemberObject(name));
}

/** @throws NotModeled for a module, ValidationError for a name that no custom resource can have. */
function resourceType(content: Properties, id: string): string {
  const type = typed(content, 'Resources', id);
  if (type.endsWith('::MODULE')) throw new NotModeled(`modules, such as ${type}`);
  const isWrong =
    type.startsWith('Custom::') && (!CUSTOM_TYPE.test(type) || type.length > LONGEST_CUSTOM_TYPE);
  if (isWrong) throw new ValidationError(SAYS.unknownResourceTypes([type]));
  return type;
}

const DELETION_POLICIES: readonly DeletionPolicy[] = ['Delete', 'Retain', 'RetainExceptOnCreate'];
/** A type without snapshots may have Snapshot here, which then means Delete. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html */
const UPDATE_REPLACE_POLICIES: readonly UpdateReplacePolicy[] = ['Delete', 'Retain', 'Snapshot'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html: no type of the registry. */
const SNAPSHOT_TYPES = [
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
];

function policy<T extends string>(
  content: Properties,
  id: string,
  attribute: string,
  policies: readonly T[],
): T | 'Delete' {
  const given = textOf(content, attribute) ?? 'Delete';
  const found = policies.find((name) => name === given);
  if (found !== undefined) return found;
  if (given !== 'Snapshot') throw new ValidationError(SAYS.unknownPolicy(attribute, given, id));
  const type = typed(content, 'Resources', id);
  if (!SNAPSHOT_TYPES.includes(type)) throw new ValidationError(SAYS.noSnapshots(type));
  return 'Delete';
}

function dependsOn({ DependsOn: given = [] }: Properties): string[] {
  const ids: unknown[] = [given].flat();
  if (ids.every((id) => typeof id === 'string')) return ids;
  throw new ValidationError(SAYS.dependsOn);
}

const OUTPUT_MEMBERS = ['Description', 'Value', 'Export', 'Condition'];

function output(written: unknown, id: string, node: Node): Output {
  const content = known(written, 'Outputs', OUTPUT_MEMBERS, SAYS.unknownOutputProperty);
  const value = member(node, 'Value');
  if (!value) throw new ValidationError(SAYS.noValue);
  const condition = textOf(content, 'Condition');
  const exported = member(node, 'Export');
  const exportName = member(exported, 'Name');
  if (exported && !exportName) {
    throw new ValidationError(SAYS.exportName(id));
  }
  if (exported) known(content.Export, 'Export', ['Name'], SAYS.unknownOutputProperty);
  return {
    description: description(content),
    value,
    ...(condition !== undefined && { condition }),
    ...(exportName && { exportName }),
  };
}
