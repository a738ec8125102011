import {
  brokenConstraint,
  itemsOf,
  javaExpression,
} from '../../src/template/parameter-constraints';
import { isList } from '../../src/template/template';
import { NotModelled, SAYS, ValidationError } from './refusals';
import { nodeOf } from './template';
import type { Parameter, Template } from './template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES = 4096;

/**
 * Types whose values have to exist in the account, with the form of those that do here. Those of other resources exist
 * whatever they are. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
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

/** Its value is the name of a parameter of Systems Manager, which stands for itself here. */
const SSM_TYPE = /^AWS::SSM::Parameter::(Name|Value<.+>)$/;

/**
 * The values of a template's parameters: those given, else the defaults; a list of texts for a list.
 * @throws ValidationError where one has no value, is not in the template, or has a value that is not allowed.
 */
export function parameterValues(
  { parameters }: Pick<Template, 'parameters'>,
  given: Record<string, string>,
): Record<string, string | string[]> {
  for (const [name, parameter] of Object.entries(parameters)) checkType(name, parameter);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(parameters, name));
  if (unknown.length > 0) throw new ValidationError(SAYS.unknownParameters(unknown));
  const values = new Map(
    Object.entries(parameters).map(([name, { Default }]) => [
      name,
      given[name] ?? (Default === undefined ? undefined : String(Default)),
    ]),
  );
  const missing = [...values].filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw new ValidationError(SAYS.noParameterValues(missing));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      checked(name, parameter, values.get(name) ?? ''),
    ]),
  );
}

function checkType(name: string, { Type: type }: Parameter): void {
  const { of } = kindOf(type);
  const isKnown =
    ['String', 'Number', 'CommaDelimitedList'].includes(of) ||
    Object.hasOwn(SUPPLIED_TYPES, of) ||
    SSM_TYPE.test(of);
  if (!isKnown) throw new ValidationError(SAYS.unknownParameterType(type), `Parameters.${name}`);
}

/** `List<Number>` is a list of numbers, CommaDelimitedList one of texts. */
function kindOf(type: string): { isList: boolean; of: string } {
  const [, of = type] = /^List<(Number|AWS::.+)>$/.exec(type) ?? [];
  return { isList: isList(type) || /^AWS::SSM::.*(List<|CommaDel)/.test(type), of };
}

function checked(name: string, parameter: Parameter, value: string): string | string[] {
  if (Buffer.byteLength(value) > MOST_BYTES) throw new ValidationError(SAYS.valueTooLong(name));
  const { Type: type, AllowedPattern: pattern } = parameter;
  if (pattern !== undefined && !javaExpression(pattern)) {
    throw new NotModelled(`the AllowedPattern ${pattern}`);
  }
  const broken = brokenConstraint(name, nodeOf(parameter), value);
  if (broken) throw new ValidationError(broken.says);
  const kind = kindOf(type);
  const items = itemsOf(kind.isList ? 'CommaDelimitedList' : type, value);
  const form = SUPPLIED_TYPES[kind.of];
  const missing = items.find((item) => form && !form.test(item));
  if (missing !== undefined) throw new ValidationError(SAYS.doesNotExist(name, missing));
  return kind.isList ? items : value;
}
