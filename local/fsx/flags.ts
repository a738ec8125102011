import { hostNames, UsageError } from '../flags';
import type { Fault } from './admin/faults';
import type { RateLimit } from './api/rate-limits';
import type { LocalFsxOptions } from './server';
import { isOperation, OPERATIONS } from './api/shapes';

/** Flags of a command that starts a local FSx, in addition to its port, time scale and state file. */
export const FSX_FLAGS = {
  region: { type: 'string' },
  'account-id': { type: 'string' },
  'manual-clock': { type: 'boolean', default: false },
  backups: { type: 'boolean', default: false },
  'other-types': { type: 'boolean', default: false },
  'hidden-updates': { type: 'string' },
  'page-size': { type: 'string' },
  'rate-limit': { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  'allow-host': { type: 'string', multiple: true },
} as const;

export const FSX_FLAGS_HELP = `  --region R          the region of ARNs and DNS names (us-east-1)
  --account-id A      12 digits (123456789012)
  --manual-clock      time stands still until the control API advances it
  --backups           adds backups to restore: backup-00000000000000001, 2 and 3
  --other-types       adds file systems of other types: Windows, ONTAP, OpenZFS
  --hidden-updates S  seconds until descriptions show an update (4); the time
                      scale divides them
  --page-size N       the maximum number of file systems on a page (50)
  --rate-limit O=R    at most R requests a second of operation O, and above that
                      ThrottlingException; repeat it for other operations
  --fault F           a fault from the start, as the control API takes it:
                      throttling, or JSON; repeat it for others
  --allow-host NAME   also accepts requests to this name, such as
                      host.docker.internal; repeat it for others`;

export interface FsxFlagValues {
  region?: string;
  'account-id'?: string;
  'manual-clock'?: boolean;
  backups?: boolean;
  'other-types'?: boolean;
  'hidden-updates'?: string;
  'page-size'?: string;
  'rate-limit'?: string[];
  fault?: string[];
  'allow-host'?: string[];
}

/**
 * The options for these flags.
 *
 * @throws UsageError with one sentence.
 */
export function fsxOptions(values: FsxFlagValues): LocalFsxOptions {
  const { region, 'account-id': accountId, 'page-size': pageSize, 'allow-host': allowed } = values;
  const hidden = values['hidden-updates'];
  return {
    manualClock: values['manual-clock'] ?? false,
    backups: values.backups ?? false,
    otherFileSystems: values['other-types'] ?? false,
    rateLimits: Object.fromEntries((values['rate-limit'] ?? []).map(rateLimit)),
    faults: (values.fault ?? []).map(fault),
    ...(allowed === undefined ? {} : { allowedHosts: hostNames('allow-host', allowed) }),
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(hidden === undefined ? {} : { world: { hiddenUpdateSeconds: seconds(hidden) } }),
    ...(pageSize === undefined ? {} : { pageSize: Number(pageSize) }),
  };
}

/** From `0` to `3600`. */
function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 3600) return value;
  throw new UsageError(
    `--hidden-updates takes a number of seconds from 0 to 3600, not ${JSON.stringify(text)}.`,
  );
}

/** `DescribeFileSystems=10`, with a burst of the same number. */
function rateLimit(text: string): [string, RateLimit] {
  const [operation = '', rate = ''] = text.split('=');
  const perSecond = Number(rate);
  if (!isOperation(operation) || !(perSecond > 0)) {
    throw new UsageError(
      `--rate-limit takes Operation=Requests per second, not ${JSON.stringify(text)}; operations are ${OPERATIONS.join(', ')}.`,
    );
  }
  return [operation, { perSecond, burst: Math.max(1, Math.ceil(perSecond)) }];
}

/** The content is checked when the fault is added. */
function fault(text: string): Fault {
  if (!text.startsWith('{')) return { fault: text as Fault['fault'] };
  try {
    return JSON.parse(text) as Fault;
  } catch {
    throw new UsageError(
      `--fault takes the name of a fault, or JSON, not ${JSON.stringify(text)}.`,
    );
  }
}
