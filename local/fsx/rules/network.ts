import type { Account } from '../state/account';
import { badRequest, FsxError } from '../errors';

interface Network {
  SubnetIds: string[];
  SecurityGroupIds?: string[];
  NetworkType?: string;
  LustreConfiguration?: { EfaEnabled?: boolean };
}

/** Both are recorded: https://docs.aws.amazon.com/fsx/latest/LustreGuide/cannot-create-fs.html */
const PORTS_CLOSED =
  'The file system cannot be created because the default security group in the subnet provided or the provided security groups do not permit Lustre LNET network traffic on port 988';
const CLOSED_TO_EFA =
  'Insufficient security group permissions to create an EFA-enabled file system. Update security group to allow all internal inbound and outbound traffic.';

export function checkNetwork(account: Account, input: Network): void {
  const { world } = account.state;
  if (input.NetworkType === 'DUAL') {
    throw badRequest('NetworkType DUAL is not supported for LUSTRE file systems.');
  }
  const [subnet, ...others] = input.SubnetIds;
  if (subnet === undefined || others.length > 0) {
    throw badRequest('Exactly one subnet ID must be specified for LUSTRE file systems.');
  }
  if (world.missingSubnets.includes(subnet)) {
    throw new FsxError('InvalidNetworkSettings', `The subnet ID '${subnet}' does not exist`, {
      InvalidSubnetId: subnet,
    });
  }
  const groups = input.SecurityGroupIds ?? [];
  const missing = groups.find((group) => world.missingSecurityGroups.includes(group));
  if (missing) {
    throw new FsxError('InvalidNetworkSettings', `The security group '${missing}' does not exist`, {
      InvalidSecurityGroupId: missing,
    });
  }
  // The recorded errors with these two names do not name a group, so these have no members either.
  if (groups.some((group) => world.closedSecurityGroups.includes(group))) {
    throw new FsxError('InvalidNetworkSettings', PORTS_CLOSED);
  }
  if (
    input.LustreConfiguration?.EfaEnabled &&
    groups.some((group) => world.securityGroupsClosedToEfa.includes(group))
  ) {
    throw new FsxError('InvalidNetworkSettings', CLOSED_TO_EFA);
  }
}
