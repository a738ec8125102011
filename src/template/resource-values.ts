/**
 * Samples of what Ref and Fn::GetAtt return for resources that a file system refers to. What applies to all samples applies
 * to the value. Types and attributes that are not listed may return anything.
 */

interface ResourceValues {
  readonly ref?: readonly string[];
  /** What Ref returns if the resource has a property. */
  readonly refWith?: { readonly property: string; readonly values: readonly string[] };
  readonly attributes?: Readonly<Partial<Record<string, readonly string[]>>>;
}

const both = (write: (name: string) => string): readonly string[] => ['one', 'another'].map(write);

const ids = (prefix: string): readonly string[] => [
  `${prefix}-0123456789abcdef0`,
  `${prefix}-0fedcba9876543210`,
];

const KEY_IDS = ['01234567-89ab-cdef-0123-456789abcdef', '76543210-ba98-fedc-3210-fedcba987654'];

const arns = (rest: (name: string) => string): readonly string[] =>
  both((name) => `arn:aws:${rest(name)}`);

const BACKUP_ARNS = ids('backup').map((id) => `arn:aws:fsx:us-east-1:123456789012:backup/${id}`);

/** From the return values on each type's page of https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ */
const RESOURCE_VALUES: Readonly<Partial<Record<string, ResourceValues>>> = {
  'AWS::S3::Bucket': {
    ref: both((name) => `${name}-bucket`),
    attributes: {
      Arn: arns((name) => `s3:::${name}-bucket`),
      DomainName: both((name) => `${name}-bucket.s3.amazonaws.com`),
      RegionalDomainName: both((name) => `${name}-bucket.s3.us-east-1.amazonaws.com`),
      DualStackDomainName: both((name) => `${name}-bucket.s3.dualstack.us-east-1.amazonaws.com`),
      WebsiteURL: both((name) => `http://${name}-bucket.s3-website-us-east-1.amazonaws.com`),
    },
  },
  'AWS::EC2::Subnet': {
    ref: ids('subnet'),
    attributes: {
      SubnetId: ids('subnet'),
      VpcId: ids('vpc'),
      CidrBlock: ['10.0.0.0/24', '10.1.0.0/16'],
      AvailabilityZone: ['us-east-1a', 'eu-west-1b'],
      AvailabilityZoneId: ['use1-az1', 'euw1-az2'],
      NetworkAclAssociationId: ids('aclassoc'),
    },
  },
  'AWS::EC2::SecurityGroup': {
    // For a group without a VPC, Ref returns the name.
    refWith: { property: 'VpcId', values: ids('sg') },
    attributes: { GroupId: ids('sg'), Id: ids('sg'), VpcId: ids('vpc') },
  },
  'AWS::EC2::VPC': {
    ref: ids('vpc'),
    attributes: {
      VpcId: ids('vpc'),
      DefaultSecurityGroup: ids('sg'),
      DefaultNetworkAcl: ids('acl'),
      CidrBlock: ['10.0.0.0/16', '172.16.0.0/12'],
    },
  },
  'AWS::KMS::Key': {
    ref: KEY_IDS,
    attributes: {
      KeyId: KEY_IDS,
      Arn: KEY_IDS.map((id) => `arn:aws:kms:us-east-1:123456789012:key/${id}`),
    },
  },
  'AWS::KMS::Alias': { ref: both((name) => `alias/${name}`) },
  'AWS::IAM::Role': {
    ref: both((name) => `${name}-role`),
    attributes: {
      Arn: arns((name) => `iam::123456789012:role/${name}-role`),
      RoleId: ['AROAEXAMPLEEXAMPLE123', 'AROAEXAMPLEEXAMPLE456'],
    },
  },
  'AWS::FSx::FileSystem': {
    ref: ids('fs'),
    attributes: {
      Id: ids('fs'),
      DNSName: ids('fs').map((id) => `${id}.fsx.us-east-1.amazonaws.com`),
      LustreMountName: ['abcdefgh', 'a1b2c3d4'],
      ResourceARN: ids('fs').map((id) => `arn:aws:fsx:us-east-1:123456789012:file-system/${id}`),
      RootVolumeId: ids('fsvol'),
    },
  },
  'AWS::FSx::Backup': {
    // According to the AWS CDK: CfnBackup.backupRef.
    ref: BACKUP_ARNS,
    attributes: { BackupId: ids('backup'), ResourceARN: BACKUP_ARNS },
  },
  'AWS::FSx::DataRepositoryAssociation': { ref: ids('dra'), attributes: { AssociationId: ids('dra') } }, // oxfmt-ignore
  'AWS::KinesisFirehose::DeliveryStream': {
    ref: both((name) => `aws-fsx-${name}`),
    attributes: {
      Arn: arns((name) => `firehose:us-east-1:123456789012:deliverystream/aws-fsx-${name}`),
    },
  },
  'AWS::Kinesis::Stream': {
    ref: both((name) => `${name}-stream`),
    attributes: { Arn: arns((name) => `kinesis:us-east-1:123456789012:stream/${name}-stream`) },
  },
  'AWS::EC2::NetworkInterface': {
    ref: ids('eni'),
    attributes: { Id: ids('eni'), VpcId: ids('vpc') },
  },
  'AWS::EC2::RouteTable': { ref: ids('rtb'), attributes: { RouteTableId: ids('rtb') } },
  'AWS::EC2::VPCEndpoint': { ref: ids('vpce'), attributes: { Id: ids('vpce') } },
  'AWS::EC2::Instance': { ref: ids('i'), attributes: { InstanceId: ids('i'), VpcId: ids('vpc') } },
  'AWS::SNS::Topic': { ref: arns((name) => `sns:us-east-1:123456789012:${name}`) },
  'AWS::EFS::FileSystem': { ref: ids('fs'), attributes: { FileSystemId: ids('fs') } },
};

/**
 * Samples of what Ref, or an attribute, of a resource of this type returns; undefined if it is not known.
 *
 * @param has Whether the resource has a property.
 */
export function examplesOf(
  type: string,
  attribute: string | undefined,
  has: (property: string) => boolean,
): readonly string[] | undefined {
  if (!Object.hasOwn(RESOURCE_VALUES, type)) return undefined;
  const { ref, refWith, attributes = {} } = RESOURCE_VALUES[type] ?? {};
  if (attribute === undefined) return refWith && has(refWith.property) ? refWith.values : ref;
  return Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
}

/** A name that CloudFormation generates. */
const generated = (logicalId: string): readonly string[] =>
  ['1ABCDEFGHIJKL', '2ZYXWVUTSRQPO'].map((end) => `stack-${logicalId}-${end}`);

/** The possible names of a log group: the given one, or one that CloudFormation generates. */
export function logGroupExamples(
  logicalId: string,
  names: readonly string[] = generated(logicalId),
  attribute?: string,
): readonly string[] | undefined {
  if (attribute === undefined) return names;
  return attribute === 'Arn'
    ? names.map((name) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}:*`)
    : undefined;
}

const ZONES = ['us-east-1a', 'eu-west-1b'];

/** Samples of the items of the list that a function returns; undefined if it may return anything. */
export const functionExamples = (name: string): readonly string[] | undefined =>
  name === 'Fn::GetAZs' ? ZONES : name === 'Fn::Cidr' ? ['10.0.0.0/24', '10.1.0.0/16'] : undefined;

/** The possible values of a parameter whose type CloudFormation validates in the account. */
const PARAMETER_TYPES: Readonly<Partial<Record<string, readonly string[]>>> = {
  'AWS::EC2::Subnet::Id': ids('subnet'),
  'AWS::EC2::SecurityGroup::Id': ids('sg'),
  'AWS::EC2::VPC::Id': ids('vpc'),
  'AWS::EC2::Instance::Id': ids('i'),
  'AWS::EC2::Volume::Id': ids('vol'),
  'AWS::EC2::Image::Id': ids('ami'),
  'AWS::EC2::AvailabilityZone::Name': ZONES,
};

/** The possible values of the pseudo parameters. A stack may have almost any name. */
const PSEUDO: Readonly<Partial<Record<string, readonly string[]>>> = {
  'AWS::AccountId': ['123456789012', '210987654321'],
  'AWS::Partition': ['aws', 'aws-cn'],
  'AWS::Region': ['us-east-1', 'eu-west-1'],
  'AWS::StackId': both(
    (name) => `arn:aws:cloudformation:us-east-1:123456789012:stack/${name}/01234567`,
  ),
  'AWS::URLSuffix': ['amazonaws.com', 'amazonaws.com.cn'],
};

/** Samples of the value of a pseudo parameter; undefined if it may be anything. */
export const pseudoExamples = (name: string): readonly string[] | undefined => PSEUDO[name];

/** Samples of the values of a parameter, or of the items of a list; undefined if its type does not determine them. */
export function parameterExamples(type: string): readonly string[] | undefined {
  return Object.hasOwn(PARAMETER_TYPES, type) ? PARAMETER_TYPES[type] : undefined;
}
