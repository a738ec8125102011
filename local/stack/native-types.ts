import { backup, dataRepositoryAssociation } from '../native/schemas';
import type { RegistryType } from '../registry/type-schema';

/** What is known of a native type: enough to simulate its resources, and to refuse what CloudFormation refuses. */
export interface NativeType {
  /** Whether Ref is an id with this prefix, such as prefix-0123456789abcdef0. */
  idPrefix?: string;
  /** Whether Ref is the ARN. If not, and without a prefix, Ref is the name. */
  refIsArn?: true;
  /** The names of the attributes that are strings. */
  attributes: string[];
  /** The names of the attributes that are lists. */
  lists?: string[];
  /** The properties whose change replaces the resource, by their dotted names. */
  createOnly: string[];
}

const ofSchema = ({ attributes, createOnly }: RegistryType): NativeType => ({
  attributes,
  createOnly,
});

/**
 * From the schemas of the types: https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip
 * (readOnlyProperties, createOnlyProperties, primaryIdentifier).
 */
const NATIVE_TYPES: Record<string, NativeType> = {
  'AWS::Backup::BackupPlan': {
    attributes: ['BackupPlanArn', 'BackupPlanId', 'VersionId'],
    createOnly: [],
  },
  'AWS::Backup::BackupSelection': {
    attributes: ['Id', 'SelectionId', 'BackupPlanId'],
    createOnly: ['BackupSelection', 'BackupPlanId'],
  },
  'AWS::Backup::BackupVault': {
    attributes: ['BackupVaultArn', 'BackupVaultName'],
    createOnly: ['BackupVaultName', 'EncryptionKeyArn'],
  },
  'AWS::Batch::ComputeEnvironment': {
    refIsArn: true,
    attributes: ['ComputeEnvironmentArn'],
    createOnly: [
      'ComputeEnvironmentName',
      'ComputeResources.SpotIamFleetRole',
      'EksConfiguration',
      'Tags',
      'Type',
    ],
  },
  'AWS::Batch::JobDefinition': {
    refIsArn: true,
    attributes: ['JobDefinitionArn'],
    createOnly: ['JobDefinitionName'],
  },
  'AWS::Batch::JobQueue': {
    refIsArn: true,
    attributes: ['JobQueueArn'],
    createOnly: ['JobQueueName', 'JobQueueType', 'Tags'],
  },
  'AWS::CloudWatch::Alarm': { attributes: ['Arn'], createOnly: ['AlarmName'] },
  'AWS::CloudWatch::Dashboard': { attributes: [], createOnly: ['DashboardName'] },
  'AWS::EC2::Instance': {
    idPrefix: 'i',
    attributes: [
      'AvailabilityZone',
      'InstanceId',
      'PrivateDnsName',
      'PrivateIp',
      'PublicDnsName',
      'PublicIp',
      'VpcId',
    ],
    createOnly: [
      'AvailabilityZone',
      'CpuOptions',
      'ElasticGpuSpecifications',
      'ElasticInferenceAccelerators',
      'EnclaveOptions',
      'HibernationOptions',
      'HostResourceGroupArn',
      'ImageId',
      'Ipv6AddressCount',
      'Ipv6Addresses',
      'KeyName',
      'LaunchTemplate',
      'LicenseSpecifications',
      'NetworkInterfaces',
      'PlacementGroupName',
      'PrivateIpAddress',
      'SecurityGroups',
      'SubnetId',
    ],
  },
  'AWS::EC2::InternetGateway': {
    idPrefix: 'igw',
    attributes: ['InternetGatewayId'],
    createOnly: [],
  },
  'AWS::EC2::LaunchTemplate': {
    idPrefix: 'lt',
    attributes: ['DefaultVersionNumber', 'LatestVersionNumber', 'LaunchTemplateId'],
    createOnly: ['LaunchTemplateName'],
  },
  'AWS::EC2::NatGateway': {
    idPrefix: 'nat',
    attributes: ['NatGatewayId', 'EniId', 'RouteTableId'],
    createOnly: [
      'AllocationId',
      'AvailabilityMode',
      'ConnectivityType',
      'PrivateIpAddress',
      'SubnetId',
      'VpcId',
    ],
  },
  'AWS::EC2::NetworkInterface': {
    idPrefix: 'eni',
    attributes: ['Id', 'PrimaryIpv6Address', 'PrimaryPrivateIpAddress', 'VpcId'],
    lists: ['SecondaryPrivateIpAddresses'],
    createOnly: ['InterfaceType', 'PrivateIpAddress', 'SubnetId'],
  },
  'AWS::EC2::PlacementGroup': {
    attributes: ['GroupName'],
    createOnly: ['PartitionCount', 'SpreadLevel', 'Strategy', 'Tags'],
  },
  'AWS::EC2::RouteTable': {
    idPrefix: 'rtb',
    attributes: ['RouteTableId'],
    createOnly: ['VpcId'],
  },
  'AWS::EC2::SecurityGroup': {
    idPrefix: 'sg',
    attributes: ['GroupId', 'Id', 'VpcId'],
    createOnly: ['GroupDescription', 'GroupName', 'VpcId'],
  },
  'AWS::EC2::SecurityGroupEgress': {
    idPrefix: 'sgr',
    attributes: ['Id'],
    createOnly: [
      'CidrIp',
      'CidrIpv6',
      'DestinationPrefixListId',
      'DestinationSecurityGroupId',
      'FromPort',
      'GroupId',
      'IpProtocol',
      'ToPort',
    ],
  },
  'AWS::EC2::SecurityGroupIngress': {
    idPrefix: 'sgr',
    attributes: ['Id'],
    createOnly: [
      'CidrIp',
      'CidrIpv6',
      'FromPort',
      'GroupId',
      'GroupName',
      'IpProtocol',
      'SourcePrefixListId',
      'SourceSecurityGroupId',
      'SourceSecurityGroupName',
      'SourceSecurityGroupOwnerId',
      'ToPort',
    ],
  },
  'AWS::EC2::Subnet': {
    idPrefix: 'subnet',
    attributes: ['AvailabilityZone', 'CidrBlock', 'NetworkAclAssociationId', 'SubnetId', 'VpcId'],
    lists: ['Ipv6CidrBlocks'],
    createOnly: [
      'AvailabilityZone',
      'AvailabilityZoneId',
      'CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6Native',
      'Ipv6NetmaskLength',
      'OutpostArn',
      'VpcId',
    ],
  },
  'AWS::EC2::VPC': {
    idPrefix: 'vpc',
    attributes: ['CidrBlock', 'DefaultNetworkAcl', 'DefaultSecurityGroup', 'VpcId'],
    lists: ['CidrBlockAssociations', 'Ipv6CidrBlocks'],
    createOnly: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength'],
  },
  'AWS::EC2::VPCEndpoint': {
    idPrefix: 'vpce',
    attributes: ['CreationTimestamp', 'Id'],
    lists: ['DnsEntries', 'NetworkInterfaceIds'],
    createOnly: [
      'DnsOptions.PrivateDnsPreference',
      'DnsOptions.PrivateDnsSpecifiedDomains',
      'ResourceConfigurationArn',
      'ServiceName',
      'ServiceNetworkArn',
      'ServiceRegion',
      'VpcEndpointType',
      'VpcId',
    ],
  },
  'AWS::FSx::Backup': {
    refIsArn: true,
    ...ofSchema(backup),
  },
  'AWS::FSx::DataRepositoryAssociation': {
    idPrefix: 'dra',
    ...ofSchema(dataRepositoryAssociation),
  },
  'AWS::FSx::FileSystem': {
    idPrefix: 'fs',
    attributes: ['DNSName', 'Id', 'LustreMountName', 'ResourceARN', 'RootVolumeId'],
    createOnly: [
      'BackupId',
      'FileSystemType',
      'KmsKeyId',
      'SecurityGroupIds',
      'SubnetIds',
      // Not in the schema, but "Update requires: Replacement" in
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-fsx-filesystem-lustreconfiguration.html
      'LustreConfiguration.CopyTagsToBackups',
      'LustreConfiguration.DeploymentType',
    ],
  },
  'AWS::IAM::InstanceProfile': {
    attributes: ['Arn'],
    createOnly: ['InstanceProfileName', 'Path'],
  },
  'AWS::IAM::Policy': { attributes: ['Id'], createOnly: [] },
  'AWS::IAM::Role': { attributes: ['Arn', 'RoleId'], createOnly: ['Path', 'RoleName'] },
  'AWS::KMS::Alias': { attributes: [], createOnly: ['AliasName'] },
  'AWS::KMS::Key': { attributes: ['Arn', 'KeyId'], createOnly: [] },
  'AWS::Lambda::Function': {
    attributes: ['Arn'],
    createOnly: ['FunctionName', 'PackageType', 'TenancyConfig'],
  },
  'AWS::Logs::LogGroup': { attributes: ['Arn'], createOnly: ['LogGroupName'] },
  'AWS::S3::Bucket': {
    attributes: ['Arn', 'DomainName', 'DualStackDomainName', 'RegionalDomainName', 'WebsiteURL'],
    createOnly: ['BucketName', 'BucketNamePrefix', 'BucketNamespace'],
  },
  'AWS::SNS::Topic': {
    refIsArn: true,
    attributes: ['TopicArn', 'TopicName'],
    createOnly: ['FifoTopic', 'TopicName'],
  },
  'AWS::SSM::Parameter': { attributes: ['Type', 'Value'], createOnly: ['Name'] },
  'AWS::SecretsManager::Secret': { attributes: ['Id'], createOnly: ['Name'] },
  'AWS::StepFunctions::StateMachine': {
    refIsArn: true,
    attributes: ['Arn', 'Name', 'StateMachineRevisionId'],
    createOnly: ['StateMachineName', 'StateMachineType'],
  },
};

/** What is known of one of AWS's types; undefined for other types. */
export function nativeType(typeName: string): NativeType | undefined {
  return Object.hasOwn(NATIVE_TYPES, typeName) ? NATIVE_TYPES[typeName] : undefined;
}
