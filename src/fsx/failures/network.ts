import type { Failure } from './failure';
import type { Row } from './row';

const FIRST =
  'Rules that the same stack creates must exist before the file system: specify them in DependsOn.';

/**
 * Failures of the subnet and the security groups.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/cannot-create-fs.html
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
 */
export const NETWORK: readonly Row[] = [
  {
    // "Insufficient security group permissions to create an EFA-enabled file system. Update security group to allow all
    // internal inbound and outbound traffic." (cannot-create-fs)
    says: /security group.*\bEFA\b|\bEFA\b.*security group/i,
    code: 'InvalidRequest',
    advice: `EfaEnabled requires security groups that allow all traffic, inbound and outbound, to and from themselves and to and from the security groups of the clients. Specify the groups by ID: a CIDR rule, even 0.0.0.0/0, does not count. The clients' groups need the same, and the clients must be in the same Availability Zone and /16 CIDR block. ${FIRST}`,
  },
  {
    // "The file system cannot be created because the default security group in the subnet provided or the provided
    // security groups do not permit Lustre LNET network traffic on port 988" (cannot-create-fs;
    // https://github.com/aws/aws-parallelcluster/issues/6181)
    says: /\bLNET\b|\bports? 988\b|^(?=.*security group)(?=.*\b(permit|allow)\b)(?=.*(traffic|connectivity|\bports?\b))/i,
    code: 'InvalidRequest',
    advice: (failure) =>
      `${named(failure)}The security groups must allow TCP 988 and 1018-1023 among their members and from the clients; without SecurityGroupIds, the default group of the VPC must. ${FIRST}`,
  },
  {
    // EC2, of an interface: "Security group sg-... and subnet subnet-... belong to different networks."
    says: /belong to different networks|^(?=.*security group)(?=.*(same|different|another|not in))(?=.*\bVPC\b)/i,
    code: 'InvalidRequest',
    advice: (failure) =>
      `${named(failure)}The security groups must belong to the VPC of the subnet in SubnetIds.`,
  },
  {
    // The subnet needs an IP address for each file server, and a larger capacity has more of them.
    // https://docs.aws.amazon.com/fsx/latest/LustreGuide/getting-started.html
    says: /^(?=.*\b(insufficient|not enough|not have enough|too few|no)\b)(?=.*\b(free|available|ip)\b)(?=.*\baddress)/i,
    code: 'InvalidRequest',
    advice:
      'FSx uses one IP address for each file server, and their number grows with StorageCapacity. Free some addresses in the subnet, or choose a larger subnet.',
  },
  {
    says: /unsupported availability zone|availability zone.*(not|un).*(support|available|offer)|not.*(support|available|offer).*availability zone/i,
    code: 'InvalidRequest',
    advice: 'Choose a subnet in another Availability Zone in SubnetIds.',
  },
  {
    // "InvalidSubnetId: The subnet ID that is either invalid or not part of the VPC specified", and the same of security
    // groups (API reference, InvalidNetworkSettings). EC2: "The subnet ID 'subnet-...' does not exist",
    // InvalidSubnetID.NotFound, "The security group 'sg-...' does not exist", InvalidGroup.NotFound.
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    when: isAboutMissing,
    code: 'InvalidRequest',
    advice: missingAdvice,
  },
  {
    errors: ['InvalidNetworkSettings'],
    code: 'InvalidRequest',
    advice: `SubnetIds and SecurityGroupIds must exist in this account and region and belong to one VPC, and the security groups must allow TCP 988 and 1018-1023 among their members and from the clients. ${FIRST}`,
  },
];

const MISSING_NAMES: ReadonlySet<string> = new Set([
  'InvalidSubnetID.NotFound',
  'InvalidSubnetId.NotFound',
  'InvalidSubnet',
  'InvalidGroup.NotFound',
  'InvalidGroupId.Malformed',
  'InvalidSecurityGroupID.NotFound',
  'InvalidSecurityGroupId.NotFound',
]);
const MISSING =
  /(subnet|security group|\bsg-|InvalidGroup).*(does not exist|do not exist|not found|notfound|cannot be found|could not be found|(is|are|was|were) invalid|not valid|malformed)/i;

function isAboutMissing(failure: Failure): boolean {
  const { names, said } = failure;
  if (names.some((name) => MISSING_NAMES.has(name)) || MISSING.test(said)) return true;
  return names.includes('InvalidNetworkSettings') && membersOf(failure).length > 0;
}

function membersOf({ members }: Failure): string[] {
  const { InvalidSubnetId, InvalidSecurityGroupId, InvalidRouteTableId } = members;
  return [InvalidSubnetId, InvalidSecurityGroupId, InvalidRouteTableId].filter(
    (id): id is string => typeof id === 'string' && id !== '',
  );
}

/** The IDs in a member of the error or, if it has none, in its message. */
function idsOf(failure: Failure): string[] {
  const given = membersOf(failure);
  const ids = given.length > 0 ? given : failure.said.match(/\b(?:subnet|sg)-[0-9a-f]{6,}\b/g);
  return [...new Set(ids)];
}

/** Names the IDs that FSx's message does not name. */
function named(failure: Failure): string {
  const ids = idsOf(failure).filter((id) => !failure.said.includes(id));
  return ids.length > 0 ? `FSx refuses ${ids.join(' and ')}. ` : '';
}

const SUBNET =
  'The subnet in SubnetIds must exist in this region and belong to this account or be shared with it.';
const GROUPS =
  'The security groups in SecurityGroupIds must exist in this account and region and belong to the VPC of the subnet.';

function missingAdvice(failure: Failure): string {
  const ids = idsOf(failure);
  const are = (kind: string) => ids.length > 0 && ids.every((id) => id.startsWith(kind));
  const rules = [!are('sg-') && SUBNET, !are('subnet-') && GROUPS].filter(Boolean).join(' ');
  return `${named(failure)}${rules} For a resource of the same stack, use Ref or Fn::GetAtt instead of a literal ID.`;
}
