import { bytesIn, QUOTAS } from '../../src/template/limits';
import { brokenConstraint, itemsOf, javaPattern } from '../../src/template/parameter-constraints';
import { isList } from '../../src/template/template';
import { NotModeled, SAYS, ValidationError } from './refusals';
import { nodeOf } from './template';
import type { Parameter, Template } from './template';

/** In characters. https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/cloudformation/pf-cfn-param-value-max */
const LONGEST_DEFAULT = 4096;

/**
 * Types whose values must exist in the account, with the pattern of those that exist here. Values for other resources always
 * exist. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
const SUPPLIED_TYPES: Record<string, RegExp> = {
  'AWS::EC2::AvailabilityZone::Name': /^[a-z]{2,4}-[a-z-]+-\d[a-z]$/,
  'AWS::EC2::Image::Id': /^ami-[0-9a-f]{8,17}$/,
  'AWS::EC2::Instance::Id': /^i-[0-9a-f]{8,17}$/,
  'AWS::EC2::KeyPair::KeyName': /^.+$/,
  'AWS::EC2::SecurityGroup::GroupName': /^.+$/,
  'AWS::EC2::SecurityGroup::Id': /^sg-[0-9a-f]{8,17}$/,
  'AWS::EC2::Subnet::Id': /^subnet-[0-9a-f]{8,17}$/,
  'AWS::EC2::Volume::Id': /^vol-[0-9a-f]{8,17}$/,
  'AWS::EC2::VPC::Id': /^vpc-[0-9a-f]{8,17}$/,
  'AWS::Route53::HostedZone::Id': /^[A-Z0-9]+$/,
};

/** https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/helpers.py (VALID_PARAMETER_TYPES) */
const PLAIN_TYPES = ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'];
/** The list of a supplied type that does not exist. */
const NO_LISTS = ['List<AWS::EC2::KeyPair::KeyName>'];

/** The given value is the name of a parameter in Systems Manager. For Value, it is replaced by that parameter's value. */
const SSM_TYPE = /^AWS::SSM::Parameter::(Name$|Value<(.+)>$)/;

/** The parameters in Systems Manager that an account has, in addition to those of AWS. */
export type ParameterStore = Readonly<Record<string, string>>;

/** Parameters of AWS, which every account has. Their values are not known here; an image has a well-formed id. */
const PUBLIC = '/aws/service/';
const IMAGE = 'ami-0123456789abcdef0';

/**
 * The values of a template's parameters: the given ones, else the defaults. A list is a list of strings.
 *
 * @throws ValidationError if one has no value, does not exist in the template or in Systems Manager, or has an invalid value.
 */
export function parameterValues(
  { parameters }: Pick<Template, 'parameters'>,
  given: Record<string, string>,
  store: ParameterStore = {},
): Record<string, string | string[]> {
  for (const [name, parameter] of Object.entries(parameters)) {
    checkType(name, parameter);
    checkDefault(name, parameter);
  }
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(parameters, name));
  if (unknown.length > 0) throw new ValidationError(SAYS.unknownParameters(unknown));
  const values = new Map(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      givenOrDefault(name, parameter, given),
    ]),
  );
  const missing = [...values].filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw new ValidationError(SAYS.noParameterValues(missing));
  const named = Object.keys(parameters).filter((name) =>
    SSM_TYPE.test(parameters[name]?.Type ?? ''),
  );
  const absent = named
    .map((name) => values.get(name) ?? '')
    .filter((key) => storedValue(key, 'String', store) === undefined);
  if (absent.length > 0) throw new ValidationError(SAYS.notInParameterStore(absent));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      checked(name, parameter, values.get(name) ?? '', store),
    ]),
  );
}

/** The value that a parameter is given, else its default; undefined without either. */
export function givenOrDefault(
  name: string,
  { Default }: Parameter,
  given: Readonly<Record<string, string>>,
): string | undefined {
  if (Object.hasOwn(given, name)) return given[name];
  return Default === undefined ? undefined : String(Default);
}

function checkType(name: string, { Type: type }: Parameter): void {
  const [, ofStore, held = type] = SSM_TYPE.exec(type) ?? [];
  const isKnown =
    ofStore === 'Name' ||
    PLAIN_TYPES.includes(held) ||
    (ofStore !== undefined && held === 'AWS::SSM::Parameter::Name') ||
    (Object.hasOwn(SUPPLIED_TYPES, memberOf(held)) && !NO_LISTS.includes(held));
  if (!isKnown) throw new ValidationError(SAYS.unknownParameterType(type), `Parameters.${name}`);
}

/**
 * "If you define constraints for the parameter, you must specify a value that adheres to those constraints", whatever value is
 * given. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * https://github.com/aws-samples/aws-service-catalog-reference-architectures/pull/23
 */
function checkDefault(name: string, parameter: Parameter): void {
  if (parameter.Default === undefined) return;
  const value = String(parameter.Default);
  if (value.length > LONGEST_DEFAULT) throw new ValidationError(SAYS.defaultTooLong(name, value));
  checkConstraints(name, parameter, value);
}

/** @throws NotModeled for a pattern that only Java reads, or that would take too much work. */
function checkConstraints(name: string, parameter: Parameter, value: string): void {
  const { AllowedPattern: pattern, Type: type } = parameter;
  if (pattern !== undefined) {
    const read = javaPattern(pattern);
    const isOpen = (item: string) => read?.matches(item) === undefined;
    if (!read || itemsOf(type, value).some(isOpen))
      throw new NotModeled(`the AllowedPattern ${pattern}`);
  }
  const broken = brokenConstraint(name, nodeOf(parameter), value);
  if (broken) throw new ValidationError(broken.says);
}

/** `List<Number>` is a list of numbers, and CommaDelimitedList one of strings. */
const memberOf = (type: string): string => /^List<(.+)>$/.exec(type)?.[1] ?? type;

function checked(
  name: string,
  parameter: Parameter,
  value: string,
  store: ParameterStore,
): string | string[] {
  if (bytesIn(value) > QUOTAS.parameterBytes) throw new ValidationError(SAYS.valueTooLong(name));
  const { Type: type } = parameter;
  checkConstraints(name, parameter, value);
  const [, , held] = SSM_TYPE.exec(type) ?? [];
  return held === undefined
    ? existing(name, type, value)
    : existing(name, held, storedValue(value, held, store) ?? value);
}

/** The value of a parameter in Systems Manager; undefined if it does not exist. */
export function storedValue(key: string, type: string, store: ParameterStore): string | undefined {
  if (Object.hasOwn(store, key)) return store[key];
  if (!key.startsWith(PUBLIC)) return undefined;
  return memberOf(type) === 'AWS::EC2::Image::Id' || key.includes('/ami-') ? IMAGE : key;
}

/** @throws ValidationError if a value of a supplied type does not exist. */
function existing(name: string, type: string, value: string): string | string[] {
  const items = itemsOf(type, value);
  const form = SUPPLIED_TYPES[memberOf(type)];
  const missing = items.find((item) => form && !form.test(item));
  if (missing !== undefined) throw new ValidationError(SAYS.doesNotExist(name, missing));
  return isList(type) ? items : value;
}
