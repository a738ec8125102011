import { createHash } from 'node:crypto';
import type { Resource } from './template';

/** Where the stack would be. */
export interface Place {
  region: string;
  accountId: string;
  partition: string;
  stackName: string;
}

/** What the template sees of a resource. */
export interface Physical {
  ref: unknown;
  attribute(name: string): unknown;
}

/** Types whose Ref is an id of the form prefix-0123456789abcdef0. */
const ID_PREFIXES: Record<string, string> = {
  'AWS::EC2::VPC': 'vpc',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::SecurityGroup': 'sg',
  'AWS::EC2::SecurityGroupIngress': 'sgr',
  'AWS::EC2::SecurityGroupEgress': 'sgr',
  'AWS::EC2::LaunchTemplate': 'lt',
  'AWS::EC2::Instance': 'i',
  'AWS::EC2::RouteTable': 'rtb',
  'AWS::EC2::InternetGateway': 'igw',
  'AWS::EC2::NatGateway': 'nat',
  'AWS::EC2::VPCEndpoint': 'vpce',
};

/**
 * Stands in for a resource of another type, which nothing creates here: its Ref, ids and ARNs are well-formed and the
 * same on every run, its other attributes are its properties.
 */
export function standIn(
  id: string,
  { type }: Pick<Resource, 'type'>,
  properties: Record<string, unknown>,
  place: Place,
): Physical {
  const [, service = '', kind = ''] = type.split('::');
  const seed = `${place.stackName}/${id}/${type}`;
  const prefix = ID_PREFIXES[type];
  const given = properties[`${kind}Name`];
  const ref = prefix
    ? `${prefix}-0${hex(seed, 16)}`
    : type === 'AWS::KMS::Key'
      ? uuid(seed)
      : typeof given === 'string'
        ? given
        : `${place.stackName}-${id}-${hex(seed, 12)}`.toLowerCase();
  return {
    ref,
    attribute(name) {
      if (name in properties) return properties[name];
      if (name.endsWith('Arn')) return arn(service, kind, ref, place);
      if (name.endsWith('Id'))
        return prefix ? ref : `${name.slice(0, -2).toLowerCase()}-0${hex(seed, 16)}`;
      return name.endsWith('VersionNumber') ? '1' : `${ref}.${name}`;
    },
  };
}

function arn(service: string, kind: string, ref: string, place: Place): string {
  const { partition, region, accountId } = place;
  const regional = `arn:${partition}:${service.toLowerCase()}:${region}:${accountId}`;
  switch (service) {
    case 'S3':
      return `arn:${partition}:s3:::${ref}`;
    case 'IAM':
      return `arn:${partition}:iam::${accountId}:${camel(kind)}/${ref}`;
    case 'Logs':
      return `${regional}:${camel(kind).replace('logGroup', 'log-group')}:${ref}:*`;
    default:
      return `${regional}:${camel(kind)}/${ref}`;
  }
}

const camel = (kind: string): string => kind.charAt(0).toLowerCase() + kind.slice(1);

const hex = (seed: string, length: number): string =>
  createHash('sha256').update(seed).digest('hex').slice(0, length);

const uuid = (seed: string): string =>
  hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
