/**
 * `make live REGION=... SUBNET=...`: the life of the smallest file system in a real account, through the registered
 * type. It says what it will create and what that costs, and asks; whatever happens, it removes what it made.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { flagsOf } from '../local/flags';
import { Aws, AwsError } from './live/aws';
import { Life } from './live/life';
import { hourlyCost, TYPE } from './live/templates';

const HELP = `Takes the smallest file system through a whole life in a real account: create, read, tags, drift, import, delete.
It says what it will create and what that costs, and asks first.

make live REGION=us-east-1 SUBNET=subnet-0123456789abcdef0
npm run live -- --region REGION --subnet SUBNET

  --region REGION   where the type is registered
  --subnet SUBNET   the subnet that the file system is created in

Exit code: 0 all went well, 1 refused or failed, 2 a wrong call. Needs the AWS CLI.`;

export interface LiveIo {
  say: (line: string) => void;
  ask: (question: string) => Promise<string>;
  pause: (seconds: number) => Promise<void>;
}

/** The exit code: 0 where all went well, 1 where it was refused or something failed, 2 for a wrong call. */
export async function live(words: readonly string[], io: LiveIo): Promise<number> {
  const { values } = flagsOf({
    args: [...words],
    options: {
      region: { type: 'string' },
      subnet: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    io.say(HELP);
    return 0;
  }
  const { region, subnet } = values;
  if (!region || !subnet || !/^subnet-[0-9a-f]+$/.test(subnet)) {
    io.say('make live REGION=us-east-1 SUBNET=subnet-0123456789abcdef0');
    return 2;
  }
  const aws = new Aws(region);
  if (!(await agreed(aws, subnet, io))) {
    io.say('Nothing was created.');
    return 1;
  }
  // The time makes the name of the stacks unique.
  const name = `pangea-lustre-live-${Date.now().toString(36)}`;
  const life = new Life(aws, { subnet, name, say: io.say, pause: io.pause });
  try {
    await life.run();
    return 0;
  } catch (error) {
    io.say(`FAILED: ${text(error)}`);
    io.say('Removing what was created:');
    await life.clear();
    return 1;
  }
}

/** Looks at what must be there, tells what will be, and asks. Nothing is changed here. */
async function agreed(aws: Aws, subnet: string, { ask, say }: LiveIo): Promise<boolean> {
  const { Account } = (await aws.call('sts', 'get-caller-identity')) as { Account: string };
  const { Subnets } = (await aws.call('ec2', 'describe-subnets', { SubnetIds: [subnet] })) as {
    Subnets: { VpcId: string; AvailabilityZone: string }[];
  };
  const version = await registered(aws);
  const { basis, usd } = hourlyCost(aws.region);
  say(
    `In account ${Account}, region ${aws.region}, with version ${version} of ${TYPE}, this creates`,
  );
  say(
    `  one file system, SCRATCH_2, 1200 GiB, in ${subnet} (${Subnets[0]?.AvailabilityZone ?? ''}),`,
  );
  say('  in two CloudFormation stacks, one after the other; and deletes all of it.');
  say(`It takes about half an hour and costs about ${usd.toFixed(2)} USD an hour. ${basis}`);
  return (await ask('Type yes to go on: ')).trim() === 'yes';
}

async function registered(aws: Aws): Promise<string> {
  try {
    const { DefaultVersionId } = (await aws.call('cloudformation', 'describe-type', {
      Type: 'RESOURCE',
      TypeName: TYPE,
    })) as { DefaultVersionId: string };
    return DefaultVersionId;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'TypeNotFoundException') throw error;
    throw new AwsError(`${TYPE} is not registered here: make submit REGION=${aws.region}`);
  }
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One line from whoever runs this; none where there is nobody. */
function answerTo(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    terminal.once('close', () => {
      resolve('');
    });
    terminal.question(question, (answer) => {
      resolve(answer);
      terminal.close();
    });
  });
}

const ON_TERMINAL: LiveIo = {
  say: (line) => process.stdout.write(`${line}\n`),
  ask: answerTo,
  pause: (seconds) => wait(seconds * 1000),
};

if (require.main === module) {
  live(process.argv.slice(2), ON_TERMINAL).then(
    (status) => (process.exitCode = status),
    (error: unknown) => {
      process.stderr.write(`${text(error)}\n`);
      process.exitCode = 2;
    },
  );
}
