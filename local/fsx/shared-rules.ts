import { arn, type Account } from './account';
import { badRequest, FsxError } from './errors';
import type { LogConfiguration, OtherConfigurations, RootSquashConfiguration, Tag } from './types';

/** A configuration of another file system type, worded as FSx words it. */
export function checkOtherTypes(
  input: OtherConfigurations,
  verb: 'create' | 'update' | 'delete',
): void {
  for (const name of [
    'WindowsConfiguration',
    'OntapConfiguration',
    'OpenZFSConfiguration',
  ] as const) {
    if (input[name] !== undefined) {
      throw badRequest(`${name} cannot be applied to ${verb} a LUSTRE file system.`);
    }
  }
}

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

/** Log events go to a CloudWatch Logs group of the same account whose name begins with /aws/fsx. */
export function checkLog(account: Account, log: LogConfiguration | undefined): void {
  if (log?.Destination === undefined) return;
  if (log.Level === 'DISABLED') {
    throw badRequest('Destination cannot be specified when the log level is DISABLED.');
  }
  const prefix = arn(account, 'logs', 'log-group:');
  const group = log.Destination.startsWith(prefix)
    ? log.Destination.slice(prefix.length).replace(/:\*$/, '')
    : '';
  if (!group.startsWith('/aws/fsx')) {
    throw badRequest(
      'Destination must be a CloudWatch Logs log group of the same account and region whose name begins with /aws/fsx.',
    );
  }
  if (account.state.world.missingLogGroups.includes(group)) {
    throw badRequest(`The log group ${group} does not exist.`);
  }
}

const LARGEST_USER = 4294967294;

/** `UID:GID`, both zero (off) or neither. */
export function checkRootSquash(squash: RootSquashConfiguration | undefined): void {
  if (squash?.RootSquash === undefined) return;
  const ids = squash.RootSquash.split(':').map(Number);
  if (ids.some((id) => id > LARGEST_USER)) {
    throw badRequest(`RootSquash ids must be between 0 and ${LARGEST_USER}.`);
  }
  const zeros = ids.filter((id) => id === 0).length;
  if (zeros === 1) {
    throw badRequest('RootSquash must have a UID and a GID that are both zero or both not zero.');
  }
}

const MOST_TAGS = 50;

/** The tags that a resource would have. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = new Set<string>();
  for (const { Key: key } of tags) {
    if (key.toLowerCase().startsWith('aws:')) {
      throw badRequest(`Tag keys beginning with aws: are reserved: ${key}`);
    }
    if (keys.has(key)) throw badRequest(`Duplicate tag keys found: ${key}`);
    keys.add(key);
  }
  if (tags.length > MOST_TAGS) throw badRequest(`A resource can have at most ${MOST_TAGS} tags.`);
}
