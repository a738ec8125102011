import { arn, type Account } from '../state/account';
import { badRequest } from '../errors';
import { isLogGroupName } from '../resource-names';
import type { LogConfiguration, OtherConfigurations, RootSquashConfiguration } from '../types';

/** Refuses a configuration of another file system type, with FSx's wording. */
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

/** Log events go to a CloudWatch Logs log group of the same account whose name begins with /aws/fsx/. */
export function checkLog(account: Account, log: LogConfiguration | undefined): void {
  if (log?.Destination === undefined) return;
  if (log.Level === 'DISABLED') {
    throw badRequest('Destination cannot be specified when the log level is DISABLED.');
  }
  const prefix = arn(account, 'logs', 'log-group:');
  const group = log.Destination.startsWith(prefix)
    ? log.Destination.slice(prefix.length).replace(/:\*$/, '')
    : '';
  if (!isLogGroupName(group)) {
    throw badRequest(
      'Destination must be a CloudWatch Logs log group of the same account and region whose name begins with /aws/fsx.',
    );
  }
  if (account.state.world.missingLogGroups.includes(group)) {
    throw badRequest(`The log group ${group} does not exist.`);
  }
}

const LARGEST_USER = 4294967294;

/** `UID:GID`, with both or neither zero (off), and the clients that are exempt. */
export function checkRootSquash(squash: RootSquashConfiguration | undefined): void {
  const wrong = squash?.NoSquashNids?.find((nid) => !isClient(nid));
  if (wrong !== undefined) throw badRequest(`Invalid NoSquashNids: ${wrong}.`);
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

/**
 * One address, or ranges in brackets, as in the user guide. FSx's pattern allows more, but its response to that is not
 * recorded, so it is refused. https://docs.aws.amazon.com/fsx/latest/LustreGuide/root-squash.html
 */
function isClient(nid: string): boolean {
  const parts = nid.replace(/@tcp$/, '').split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => {
      const [, only, first = only, last = only] =
        /^(?:(\d{1,3})|\[(\d{1,3})-(\d{1,3})\])$/.exec(part) ?? [];
      return Number(first) <= Number(last) && Number(last) <= 255;
    })
  );
}
