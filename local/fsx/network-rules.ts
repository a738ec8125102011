import type { Account } from './account';
import { badRequest, FsxError } from './errors';

interface Network {
  SubnetIds: string[];
  SecurityGroupIds?: string[];
  NetworkType?: string;
}

export function checkNetwork(account: Account, input: Network): void {
  const { world } = account.state;
  if (input.NetworkType === 'DUAL') {
    throw badRequest('NetworkType DUAL is not supported for LUSTRE file systems.');
  }
  if (input.SubnetIds.length !== 1) {
    throw badRequest('Exactly one subnet ID must be specified for LUSTRE file systems.');
  }
  for (const subnet of input.SubnetIds) {
    if (world.missingSubnets.includes(subnet)) {
      throw new FsxError('InvalidNetworkSettings', `The subnet ID '${subnet}' does not exist`, {
        InvalidSubnetId: subnet,
      });
    }
  }
  for (const group of input.SecurityGroupIds ?? []) {
    const message = world.missingSecurityGroups.includes(group)
      ? `The security group '${group}' does not exist`
      : world.closedSecurityGroups.includes(group)
        ? `The file system cannot be created because the security groups provided (${group}) do not permit Lustre LNET network traffic on port 988`
        : undefined;
    if (message) {
      throw new FsxError('InvalidNetworkSettings', message, { InvalidSecurityGroupId: group });
    }
  }
}
