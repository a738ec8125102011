import { UsageError } from '../../local/flags';
import { type LustreProperties, TYPE_NAME } from '../../src/lustre/properties';
import { checkProperties } from '../../src/lustre/rules/rules';
import type { Account } from './account';
import { type Aws, AwsError } from '../aws';
import { Bucket, bucketExists } from './bucket';
import { Key } from './key';
import { LogGroup, type Owner } from './log-group';
import type { Dependency } from './dependency';
import { hourlyCost, smallest } from './templates';
import type { LiveOptions } from './options';

/** What will be, before anything is. */
export interface Plan {
  /** What the file system is connected with, in the order in which it is made. */
  dependencies: readonly Dependency[];
  /** The whole of it in words, with what it costs. */
  told: string;
}

/**
 * Looks at what must be there. Nothing is changed here.
 * @param name the name of whatever is made
 * @throws UsageError where FSx would refuse the file system, AwsError where something is not there.
 */
export async function planned(account: Account, options: LiveOptions, name: string): Promise<Plan> {
  const owner = await ownerOf(account);
  const zone = await zoneOf(account, options.subnet);
  const version = await registered(account.aws);
  const dependencies = await dependenciesOf(options, name, owner, account);
  const { basis, usd } = hourlyCost(propertiesOf(options, dependencies), options.region);
  const told = [
    `In account ${owner.account}, region ${owner.region}, with version ${version} of ${TYPE_NAME}, this creates`,
    `  one file system, ${options.deployment}, 1200 GiB, in ${options.subnet} (${zone}),`,
    '  in two CloudFormation stacks, one after the other; and deletes all of it.',
    ...connections(dependencies),
    `It takes about half an hour and costs about ${usd.toFixed(2)} USD an hour. ${basis}`,
  ].join('\n');
  return { dependencies, told };
}

function connections(dependencies: readonly Dependency[]): string[] {
  if (dependencies.length === 0) return [];
  return [
    'The file system uses these resources. Those that are created for it are removed after it.',
    ...dependencies.map(({ plan }) => `  ${plan}`),
  ];
}

async function ownerOf({ aws }: Account): Promise<Owner> {
  const { Account: account, Arn } = (await aws.call('sts', 'get-caller-identity')) as {
    Account: string;
    Arn: string;
  };
  const [, partition = 'aws'] = Arn.split(':');
  return { partition, region: aws.region, account };
}

async function zoneOf({ aws }: Account, subnet: string): Promise<string> {
  const { Subnets } = (await aws.call('ec2', 'describe-subnets', { SubnetIds: [subnet] })) as {
    Subnets: { AvailabilityZone: string }[];
  };
  return Subnets[0]?.AvailabilityZone ?? '';
}

async function dependenciesOf(
  { bucket, key, kinds }: LiveOptions,
  name: string,
  owner: Owner,
  account: Account,
): Promise<Dependency[]> {
  return [
    ...(kinds.has('s3') ? [await bucketOf(bucket, owner, account)] : []),
    ...(kinds.has('kms') ? [new Key(name, key)] : []),
    ...(kinds.has('logs') ? [new LogGroup(name, owner)] : []),
  ];
}

/** One with a name that can be known beforehand, because the execution role must be allowed to use it. */
async function bucketOf(
  given: string | undefined,
  owner: Owner,
  account: Account,
): Promise<Bucket> {
  const name = given ?? `pangea-lustre-live-${owner.account}-${owner.region}`;
  const isThere = await bucketExists(account, name);
  if (isThere && given === undefined)
    throw new UsageError(`The bucket ${name} is there already. BUCKET=${name} uses it as it is.`);
  return new Bucket(name, isThere);
}

/** @throws UsageError where FSx would refuse a file system with them. */
function propertiesOf(
  { deployment, subnet }: LiveOptions,
  dependencies: readonly Dependency[],
): LustreProperties {
  const connected: unknown[] = dependencies.map((one) => one.properties());
  const properties = Object.assign(
    smallest(deployment),
    { SubnetIds: [subnet] },
    ...connected,
  ) as LustreProperties;
  const [violation] = checkProperties(properties);
  if (violation) throw new UsageError(violation.message);
  return properties;
}

async function registered(aws: Aws): Promise<string> {
  try {
    const { DefaultVersionId } = (await aws.call('cloudformation', 'describe-type', {
      Type: 'RESOURCE',
      TypeName: TYPE_NAME,
    })) as { DefaultVersionId: string };
    return DefaultVersionId;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'TypeNotFoundException') throw error;
    throw new AwsError(`${TYPE_NAME} is not registered here: make submit REGION=${aws.region}`);
  }
}
