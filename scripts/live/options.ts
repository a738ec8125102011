import { flagsOf, isRegion, UsageError } from '../../local/flags';
import { type Deployment, DEPLOYMENTS } from './templates';

export const HELP = `Takes the smallest file system through its whole lifecycle in a real account: create, read, tags, drift, import, delete.
It says what it will create and what that costs, and asks first.

make live REGION=us-east-1 SUBNET=subnet-0123456789abcdef0
make live REGION=us-east-1 SUBNET=subnet-0123456789abcdef0 WITH=s3,kms,logs
npm run live -- --region REGION --subnet SUBNET [--with KINDS] [--bucket NAME] [--key KEY] [--deployment TYPE]

  --region REGION    where the type is registered
  --subnet SUBNET    the subnet that the file system is created in
  --with KINDS       resources to connect the file system with, separated by commas; created before it and removed after it:
                     s3    a bucket, as ImportPath; the execution role of the type must be allowed to use it
                     kms   a customer managed key, which KMS deletes a week later at the earliest
                     logs  a log group
  --bucket NAME      the bucket: an existing one is used unchanged and kept, otherwise it is created and removed
  --key KEY          an existing key, by ID, ARN or alias; it is kept
  --deployment TYPE  ${DEPLOYMENTS.join(', ')}; by default PERSISTENT_1 with a key, otherwise SCRATCH_2

For make live, use WITH, BUCKET, KEY and DEPLOYMENT.

Ctrl-C stops it and removes what was created; a second Ctrl-C exits at once and prints the commands that do.

Exit code: 0 success, 1 refused or failed, 2 invalid options, 130 interrupted. Requires the AWS CLI.`;

/** What the caller wants. */
export interface LiveOptions {
  region: string;
  subnet: string;
  kinds: ReadonlySet<Kind>;
  bucket: string | undefined;
  key: string | undefined;
  deployment: Deployment;
}

const KINDS = ['s3', 'kms', 'logs'] as const;
type Kind = (typeof KINDS)[number];

/**
 * What the words of the command line ask for; nothing where they ask for help.
 * @throws UsageError if the options are invalid.
 */
export function parseOptions(words: readonly string[]): LiveOptions | undefined {
  const { values } = flagsOf({
    args: [...words],
    options: {
      region: { type: 'string' },
      subnet: { type: 'string' },
      with: { type: 'string', default: '' },
      bucket: { type: 'string' },
      key: { type: 'string' },
      deployment: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const { bucket, key, region, subnet } = values;
  if (!region || !isRegion(region)) throw wrong('REGION', 'a region', region);
  if (!subnet || !/^subnet-[0-9a-f]+$/.test(subnet)) throw wrong('SUBNET', 'a subnet', subnet);
  const kinds = new Set<Kind>(values.with.split(',').filter(Boolean).map(kindOf));
  if (bucket !== undefined) kinds.add('s3');
  if (key !== undefined) kinds.add('kms');
  const deployment = deploymentOf(
    values.deployment ?? (kinds.has('kms') ? 'PERSISTENT_1' : 'SCRATCH_2'),
  );
  return { region, subnet, kinds, bucket, key, deployment };
}

const wrong = (name: string, what: string, word = ''): UsageError =>
  new UsageError(
    `${word === '' ? `${name} is missing` : `${name} takes ${what}, not ${word}`}: make live REGION=us-east-1 SUBNET=subnet-0123456789abcdef0`,
  );

function kindOf(word: string): Kind {
  const kind = KINDS.find((one) => one === word.trim());
  if (kind) return kind;
  throw new UsageError(`WITH takes ${KINDS.join(', ')}, separated by commas, not ${word}.`);
}

function deploymentOf(word: string): Deployment {
  const deployment = DEPLOYMENTS.find((one) => one === word);
  if (deployment) return deployment;
  throw new UsageError(`DEPLOYMENT takes ${DEPLOYMENTS.join(', ')}, not ${word}.`);
}
