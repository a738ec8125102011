import { member } from '../../src/template/node';
import { SAYS, ValidationError } from './refusals';
import type { Template } from './template';

/**
 * The types for which a stack needs CAPABILITY_IAM, with the property that names the resource, for which it needs
 * CAPABILITY_NAMED_IAM.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html#using-iam-capabilities
 */
const IAM_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM';

/** The capability that a template needs, whatever its conditions; undefined if it needs none. */
export function neededCapability({ resources }: Template): Capability | undefined {
  const iam = Object.values(resources).filter(({ type }) => Object.hasOwn(IAM_TYPES, type));
  if (iam.length === 0) return undefined;
  const isNamed = iam.some(({ type, properties }) => {
    const name = IAM_TYPES[type];
    return name !== undefined && member(properties, name);
  });
  return isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
}

/** @throws ValidationError if a template needs a capability that is not given. */
export function checkCapabilities(template: Template, given: readonly Capability[]): void {
  const needed = neededCapability(template);
  if (needed === undefined || given.includes(needed)) return;
  // CAPABILITY_NAMED_IAM includes CAPABILITY_IAM.
  if (given.includes('CAPABILITY_NAMED_IAM')) return;
  throw new ValidationError(SAYS.needsCapability(needed));
}
