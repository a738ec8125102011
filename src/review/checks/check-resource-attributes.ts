/** Attributes of a resource, beside Type and Properties, that CloudFormation refuses or ignores. */
import { PROPERTY_NAMES } from '../../lustre/properties/shapes';
import { closest, joinWithOr } from '../../lustre/wording';
import type { Deployment } from '../../template/deployment';
import { defaultDeployment, forEachDeployment } from '../../template/deployments';
import { evaluate } from '../../template/intrinsics';
import { bind } from '../../template/text';
import { call, member, textOf, type Entry, type Node } from '../../template/node';
import type { DeploymentOptions, Template } from '../../template/template';
import { scalarText } from '../../template/values';
import { ASSOCIATION } from './check-associations';
import { countedEntries } from './check-quotas';
import type { FileSystem } from '../file-systems';
import { findingAt, type Finding } from '../finding';
import { NATIVE_BESIDE, NATIVE_NESTED, NATIVE_TYPE, NESTED, type ResourceType } from '../resource-types'; // oxfmt-ignore

/** A resource whose attributes are checked: a file system or an association. */
type Resource = Pick<FileSystem, 'logicalId' | 'node' | 'bindings'> & {
  readonly type?: ResourceType;
};

/** What is wrong with an attribute; an error unless it says otherwise. */
interface Problem {
  readonly attribute: Entry;
  readonly message: string;
  readonly severity?: Finding['severity'];
}

/** Finds what CloudFormation refuses or ignores in the attributes of the file systems and their associations. */
export function checkResourceAttributes(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: DeploymentOptions,
): Finding[] {
  if (fileSystems.length === 0) return [];
  const told = new Set<number>();
  return [...fileSystems, ...associationsOf(template, options)].flatMap((resource) =>
    problemsOf(template, resource, options).flatMap(({ attribute, ...problem }): Finding[] => {
      // All iterations of an Fn::ForEach have the same text.
      if (told.has(attribute.at)) return [];
      told.add(attribute.at);
      const { logicalId } = resource;
      const about = { logicalId, property: attribute.key, rule: 'resource-attribute', ...problem };
      return [findingAt(template, attribute, about)];
    }),
  );
}

function associationsOf(template: Template, options: DeploymentOptions): Resource[] {
  return [...countedEntries(template, 'Resources', options)]
    .filter(({ node }) => textOf(member(node, 'Type')) === ASSOCIATION)
    .map(({ key, node, context: { bindings } }) => ({ logicalId: key, node, bindings }));
}

function problemsOf(template: Template, resource: Resource, options: DeploymentOptions): Problem[] {
  const written = resource.node.kind === 'map' ? resource.node.entries : [];
  return written
    .filter(({ key }) => !key.startsWith('Fn::'))
    .flatMap((attribute): Problem[] => {
      const judge = Object.hasOwn(ATTRIBUTES, attribute.key) ? ATTRIBUTES[attribute.key] : unknown;
      const { value } = attribute;
      const isNull = value.kind === 'scalar' && value.value === null;
      const said = isNull
        ? `${attribute.key} is null, and CloudFormation refuses null: specify a value, or omit it.`
        : judge?.({ template, resource, options, attribute });
      if (said === undefined) return [];
      return [{ attribute, ...(typeof said === 'string' ? { message: said } : said) }];
    });
}

interface Question {
  readonly template: Template;
  readonly resource: Resource;
  readonly options: DeploymentOptions;
  readonly attribute: Entry;
}

type Judge = (question: Question) => string | Omit<Problem, 'attribute'> | undefined;

function unknown({
  template,
  attribute: { key },
  resource: { type },
}: Question): string | undefined {
  // A macro may take attributes of its own out, as that of AWS SAM does with Connectors.
  if (template.mayGainNames) return undefined;
  const refused = `A resource has no attribute ${key}, and CloudFormation refuses it`;
  if (type && propertiesOf(type).includes(key)) {
    const path = type.path(key);
    const place = path === key ? 'Properties' : `Properties, as ${path}`;
    return `${refused}: it is a property, so move it into ${place}.`;
  }
  const near = closest(key, Object.keys(ATTRIBUTES));
  return near ? `${refused}: did you mean ${near}?` : `${refused}: omit it.`;
}

const propertiesOf = (type: ResourceType): readonly string[] =>
  type.name === NATIVE_TYPE ? [...NATIVE_BESIDE, ...NATIVE_NESTED, NESTED] : PROPERTY_NAMES;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const DELETION_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate'];
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html */
const UPDATE_REPLACE_POLICIES = ['Delete', 'Retain'];

const SNAPSHOT: Readonly<Record<string, string>> = {
  DeletionPolicy:
    'CloudFormation refuses Snapshot for this type, because it makes no snapshots of it. To keep the resource with its data, specify Retain.',
  UpdateReplacePolicy:
    'CloudFormation makes no snapshots of this type: instead of Snapshot it uses Delete, and the data of the old resource is lost. To keep it, specify Retain.',
};

/** The values that functions give are known with AWS::LanguageExtensions only; other macros may replace the function. */
const policy =
  (allowed: readonly string[]): Judge =>
  (question) => {
    const { template, attribute } = question;
    const { key, value } = attribute;
    const choices = `The value of ${key} is ${joinWithOr(allowed)}`;
    if (value.kind !== 'scalar') {
      if (!call(value)) return `${choices}, as text.`;
      if (template.transforms.length === 0)
        return `${choices}, as text. To use a function here, add Transform: AWS::LanguageExtensions to the template.`;
    }
    const wrong = textsOf(question).find((text) => !allowed.includes(text));
    if (wrong === undefined) return undefined;
    if (wrong === 'Snapshot') return `${SNAPSHOT[key]} ${choices}.`;
    const near = closest(wrong, allowed);
    return `${choices}, and CloudFormation refuses ${wrong}${near ? `: did you mean ${near}?` : '.'}`;
  };

/** The texts that the value of an attribute has in the deployments of the template, as far as they are known. */
function textsOf({ template, resource, options, attribute: { value } }: Question): string[] {
  const { bindings } = resource;
  const textIn = (deployment: Deployment) => scalarText(evaluate(value, { deployment, bindings }));
  const texts =
    value.kind === 'scalar'
      ? [textIn(defaultDeployment(template, options))]
      : forEachDeployment(template, options, textIn).results;
  return texts.filter((text) => text !== undefined);
}

/**
 * CloudFormation ignores these where the type does not support them, and Fn::If is the only function that can take their place.
 * https://github.com/aws-cloudformation/cfn-lint/issues/3598 and https://github.com/aws-cloudformation/cfn-lint/pull/4641
 */
const unsupported: Judge = (question) =>
  object(question) ?? {
    message: `${question.attribute.key} has no effect: CloudFormation supports it for other types only. Omit it.`,
    severity: 'warning',
  };

function object({ attribute: { key, value } }: Question): string | undefined {
  const called = call(value)?.key ?? 'Fn::If';
  const isObject = value.kind === 'map' && ['Fn::If', 'Fn::Transform'].includes(called);
  return isObject ? undefined : `${key} is an object, and CloudFormation refuses anything else.`;
}

const isText = (node: Node): boolean => node.kind === 'scalar';

const name: Judge = ({ attribute: { key, value } }) =>
  isText(value)
    ? undefined
    : `${key} is the name of one of the Conditions, as text: CloudFormation refuses a function or a list here.`;

const dependsOn: Judge = ({ attribute: { key, value }, resource }) => {
  const given = value.kind === 'list' ? value.items : [value];
  if (!given.every(isText))
    return `${key} is the logical ID of a resource, or a list of them, as text: CloudFormation refuses a function here.`;
  const itself = given.some((each) => bind(textOf(each) ?? '', resource.bindings) === resource.logicalId); // oxfmt-ignore
  return itself
    ? `${resource.logicalId} depends on itself, and CloudFormation refuses that: omit it from ${key}.`
    : undefined;
};

const fine: Judge = () => undefined;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html */
const ATTRIBUTES: Readonly<Record<string, Judge>> = {
  Type: fine,
  Properties: fine,
  DependsOn: dependsOn,
  Condition: name,
  CreationPolicy: unsupported,
  DeletionPolicy: policy(DELETION_POLICIES),
  Metadata: object,
  UpdatePolicy: unsupported,
  UpdateReplacePolicy: policy(UPDATE_REPLACE_POLICIES),
};
