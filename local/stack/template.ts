import { readFileSync } from 'node:fs';
import { isAlias, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Tags } from 'yaml';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { NotModelled, SAYS, ValidationError } from './refusals';
import { shortForms } from './short-forms';

/** A file that cannot be used at all; the message says why. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

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
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';
export type UpdateReplacePolicy = 'Delete' | 'Retain' | 'Snapshot';

export interface Resource {
  type: string;
  properties: Properties;
  dependsOn: string[];
  condition?: string;
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: UpdateReplacePolicy;
  metadata: unknown;
}

export interface Output {
  value: unknown;
  condition?: string;
  /** Export.Name, nothing resolved yet. */
  exportName?: unknown;
}

/** A CloudFormation template, its short forms written out and nothing resolved yet. */
export interface Template {
  /** Its name in messages. */
  file: string;
  description: string;
  metadata: Properties;
  parameters: Record<string, Parameter>;
  mappings: Record<string, Record<string, Properties>>;
  conditions: Properties;
  resources: Record<string, Resource>;
  outputs: Record<string, Output>;
}

/** How a template reaches CloudFormation, which decides how large it may be. */
export type Upload = 'body' | 's3';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const QUOTAS = {
  bytes: { body: 51_200, s3: 1_000_000 },
  members: { Resources: 500, Parameters: 200, Mappings: 200, Outputs: 200 },
  mappingAttributes: 200,
  nameCharacters: 255,
  descriptionBytes: 1024,
};

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

/** CloudFormation reads YAML 1.1 without these. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html */
const UNSUPPORTED_TAGS = /:(binary|omap|pairs|set|timestamp|merge)$/;

/**
 * Reads a template, YAML or JSON.
 * @throws TemplateError where the file cannot be read, ValidationError where CloudFormation refuses what it holds.
 */
export function loadTemplate(file: string, upload?: Upload): Template {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new TemplateError(`There is no file ${file}.`);
    throw new TemplateError(`${file} cannot be read: ${message}`);
  }
  return parseTemplate(text, file, upload);
}

/**
 * The template that a text holds; `file` names it in messages.
 * @throws ValidationError where CloudFormation refuses it, whatever the parameters and the types of its resources.
 */
export function parseTemplate(text: string, file = 'template', upload: Upload = 'body'): Template {
  checkSize(text, upload);
  const content = contentOf(text);
  for (const section of ['Transform', 'Rules', 'Hooks']) {
    if (section in content) throw new NotModelled(section);
  }
  return {
    file,
    description: description(content),
    metadata: section(content, 'Metadata'),
    parameters: mapped(content, 'Parameters', parameter),
    mappings: mapped(content, 'Mappings', mapping),
    conditions: mapped(content, 'Conditions', (member) => member),
    resources: mapped(content, 'Resources', resource),
    outputs: mapped(content, 'Outputs', output),
  };
}

function checkSize(text: string, upload: Upload): void {
  if (Buffer.byteLength(text) <= QUOTAS.bytes[upload]) return;
  // CloudFormation repeats the whole template.
  throw new ValidationError(
    upload === 'body' ? SAYS.bodyTooLarge(text.slice(0, 40)) : SAYS.objectTooLarge,
  );
}

function contentOf(text: string): Properties {
  const kind = text.trimStart().startsWith('{') ? 'JSON' : 'YAML';
  if (kind === 'JSON') checkJson(text);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    merge: false,
    logLevel: 'silent',
    lineCounter,
    customTags: (tags: Tags) => [
      ...tags.filter((tag) => typeof tag === 'string' || !UNSUPPORTED_TAGS.test(tag.tag)),
      ...shortForms,
    ],
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    throw new ValidationError(SAYS.notWellFormed(kind, line, col), parserSays(problem.message));
  }
  refuseAliases(document);
  const content: unknown = document.toJS();
  if (!isObject(content)) throw new ValidationError(SAYS.unsupportedStructure);
  refuseNulls(content, '');
  const unknown = Object.keys(content).filter((name) => !SECTIONS.includes(name));
  if (unknown.length > 0) throw new ValidationError(SAYS.unknownSections(unknown));
  const { AWSTemplateFormatVersion: version = '2010-09-09' } = content;
  if (version !== '2010-09-09') throw new ValidationError(SAYS.formatVersion(String(version)));
  return content;
}

/** What begins like JSON is read as JSON: a comma too many, which YAML allows, is an error. */
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

const parserSays = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '').replace(/:$/, '');

function refuseAliases(document: Document): void {
  visit(document, (_, node) => {
    if (isAlias(node)) throw new ValidationError(SAYS.noAliases, `*${node.source}`);
    if (isScalar(node) && node.value === '<<') throw new ValidationError(SAYS.noAliases, '<<');
  });
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
  if (Buffer.byteLength(text) > QUOTAS.descriptionBytes) {
    throw new ValidationError(SAYS.descriptionTooLong);
  }
  return text.trim();
}

function section(content: Properties, name: string): Properties {
  const members = content[name] ?? {};
  if (!isObject(members)) throw new ValidationError(SAYS.notAnObject(name));
  return members;
}

/** The members of a section, each checked and turned into what it is. */
function mapped<T>(
  content: Properties,
  name: string,
  read: (member: unknown, id: string) => T,
): Record<string, T> {
  const members = section(content, name);
  const ids = Object.keys(members);
  if (name === 'Resources' && ids.length === 0) throw new ValidationError(SAYS.noResources);
  const most = (QUOTAS.members as Record<string, number>)[name] ?? Infinity;
  if (ids.length > most) {
    throw new ValidationError(SAYS.tooMany(name.toLowerCase(), ids.length, most));
  }
  for (const id of ids) checkName(name.slice(0, -1), id);
  return Object.fromEntries(Object.entries(members).map(([id, member]) => [id, read(member, id)]));
}

function checkName(kind: string, name: string): void {
  if (!/^[A-Za-z0-9]+$/.test(name)) throw new ValidationError(SAYS.nonAlphanumeric(kind, name));
  if (name.length > QUOTAS.nameCharacters) {
    throw new ValidationError(SAYS.nameTooLong(kind, name));
  }
}

/** A member of a section that has to be an object of which every member is known. */
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

/** A member that has to be literal text; no function may stand there. */
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
  for (const name of ['Default', 'MinLength', 'MaxLength', 'MinValue', 'MaxValue']) {
    if (typeof content[name] === 'object') throw new ValidationError(SAYS.everyMemberText(name));
  }
  const { AllowedValues: allowed = [] } = content;
  if (!Array.isArray(allowed) || allowed.some((value) => typeof value === 'object')) {
    throw new ValidationError(SAYS.everyMemberList('AllowedValues'));
  }
  return content as unknown as Parameter;
}

function mapping(member: unknown, id: string): Record<string, Properties> {
  if (!isObject(member)) throw new ValidationError(SAYS.mappingMap(id));
  for (const [key, attributes] of Object.entries(member)) {
    if (!isObject(attributes)) throw new ValidationError(SAYS.mappingMap(key));
    const names = Object.keys(attributes);
    if (names.length > QUOTAS.mappingAttributes) {
      throw new ValidationError(
        SAYS.tooMany('attributes', names.length, QUOTAS.mappingAttributes),
        `Mappings.${id}.${key}`,
      );
    }
    for (const name of names) {
      checkName('Mappings attribute', name);
      if (!isMappingValue(attributes[name])) throw new ValidationError(SAYS.mappingDepth);
    }
  }
  return member as Record<string, Properties>;
}

const isMappingValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((item) => typeof item !== 'object') : !isObject(value);

function resource(member: unknown, id: string): Resource {
  if (isObject(member) && !('Type' in member)) typed(member, 'Resources', id);
  const content = known(member, 'Resources', RESOURCE_MEMBERS, SAYS.unknownResourceProperty);
  const { Properties: properties = {} } = content;
  if (!isObject(properties)) throw new ValidationError(SAYS.everyMemberObject('Properties'));
  const condition = textOf(content, 'Condition');
  return {
    type: typed(content, 'Resources', id),
    properties,
    dependsOn: dependsOn(content),
    ...(condition !== undefined && { condition }),
    deletionPolicy: policy(content, id, 'DeletionPolicy', DELETION_POLICIES),
    updateReplacePolicy: policy(content, id, 'UpdateReplacePolicy', UPDATE_REPLACE_POLICIES),
    metadata: content.Metadata,
  };
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

function output(member: unknown, id: string): Output {
  const content = known(member, 'Outputs', OUTPUT_MEMBERS, SAYS.unknownOutputProperty);
  if (content.Value === undefined) throw new ValidationError(SAYS.noValue);
  description(content);
  const condition = textOf(content, 'Condition');
  const { Export: exported } = content;
  const exportName = isObject(exported) ? exported.Name : undefined;
  if (exported !== undefined && exportName === undefined) {
    throw new ValidationError(SAYS.exportName(id));
  }
  return {
    value: content.Value,
    ...(condition !== undefined && { condition }),
    ...(exportName !== undefined && { exportName }),
  };
}
