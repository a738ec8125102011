import { isList as isListType } from '../../src/template/template';
import { NotModelled, SAYS, ValidationError } from './refusals';
import type { Parameter, Scalar, Template } from './template';

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
  return { isList: isListType(type) || /^AWS::SSM::.*(List<|CommaDel)/.test(type), of };
}

function checked(name: string, parameter: Parameter, value: string): string | string[] {
  if (Buffer.byteLength(value) > MOST_BYTES) throw new ValidationError(SAYS.valueTooLong(name));
  const { isList, of } = kindOf(parameter.Type);
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html: space trimmed
  const items = isList ? value.split(',').map((item) => item.trim()) : [value];
  for (const item of items) {
    const problem = problemOf(name, parameter, of, item);
    if (problem === undefined) continue;
    const { ConstraintDescription: description } = parameter;
    throw new ValidationError(
      description !== undefined && problem.isConstraint
        ? SAYS.constraint(name, description)
        : problem.says,
    );
  }
  return isList ? items : value;
}

interface Problem {
  says: string;
  /** Whether the template's own description of the constraint is told instead. */
  isConstraint: boolean;
}

function problemOf(
  name: string,
  parameter: Parameter,
  type: string,
  item: string,
): Problem | undefined {
  const { AllowedValues: allowed, AllowedPattern: pattern } = parameter;
  const constraint = (says: string): Problem => ({ says, isConstraint: true });
  if (type === 'Number') {
    const problem = numberProblem(name, parameter, item);
    if (problem) return problem;
  } else {
    const says = lengthProblem(name, parameter, item);
    if (says !== undefined) return constraint(says);
  }
  if (allowed && !allowed.map(String).includes(item)) return constraint(SAYS.notAllowed(name));
  if (pattern !== undefined && !expression(pattern).test(item)) {
    return constraint(SAYS.noMatch(name, pattern));
  }
  const form = SUPPLIED_TYPES[type];
  if (form && !form.test(item)) {
    return { says: SAYS.doesNotExist(name, item), isConstraint: false };
  }
  return undefined;
}

/** CloudFormation's expressions are Java's, which know a few forms more. */
function expression(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new NotModelled(`the AllowedPattern ${pattern}`);
  }
}

function numberProblem(name: string, parameter: Parameter, item: string): Problem | undefined {
  const number = item.trim() === '' ? NaN : Number(item);
  if (!Number.isFinite(number)) return { says: SAYS.notANumber(name), isConstraint: false };
  const { least, most } = bounds(parameter.MinValue, parameter.MaxValue);
  if (number < least) return { says: SAYS.tooSmall(name, least), isConstraint: true };
  if (number > most) return { says: SAYS.tooLarge(name, most), isConstraint: true };
  return undefined;
}

function lengthProblem(name: string, parameter: Parameter, item: string): string | undefined {
  const { least, most } = bounds(parameter.MinLength, parameter.MaxLength);
  if (item.length < least) return SAYS.tooShort(name, least);
  return item.length > most ? SAYS.tooLong(name, most) : undefined;
}

/** Bounds may be written as numbers or as text. */
function bounds(
  least: Scalar | undefined,
  most: Scalar | undefined,
): { least: number; most: number } {
  return {
    least: least === undefined ? -Infinity : Number(least),
    most: most === undefined ? Infinity : Number(most),
  };
}
