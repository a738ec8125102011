/**
 * `make live REGION=... SUBNET=...`: the life of the smallest file system in a real account, through the registered
 * type. It says what it will create and what that costs, and asks; whatever happens, it removes what it made, or says
 * what is left.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { flagsOf } from '../local/flags';
import { Account } from './live/account';
import { Aws, AwsError, type Command, installedAws } from './live/aws';
import { interruption, type Interruption, type Signals } from './live/interruption';
import { Life } from './live/life';
import { Remains } from './live/remains';
import { TYPE_NAME } from '../src/lustre/properties';
import { hourlyCost } from './live/templates';

const HELP = `Takes the smallest file system through a whole life in a real account: create, read, tags, drift, import, delete.
It says what it will create and what that costs, and asks first.

make live REGION=us-east-1 SUBNET=subnet-0123456789abcdef0
npm run live -- --region REGION --subnet SUBNET

  --region REGION   where the type is registered
  --subnet SUBNET   the subnet that the file system is created in

Ctrl-C stops it and removes what was created; a second one leaves at once and prints the commands that do.

Exit code: 0 all went well, 1 refused or failed, 2 a wrong call, 130 interrupted. Needs the AWS CLI.`;
const INTERRUPTED = 130;

export interface LiveIo {
  say: (line: string) => void;
  ask: (question: string) => Promise<string>;
  pause: (seconds: number, cut: AbortSignal) => Promise<void>;
  command: Command;
  signals: Signals;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Returns the exit code, as the help tells it. */
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
  if (!(await agreed(new Aws(region, io.command), subnet, io))) {
    io.say('Nothing was created.');
    return 1;
  }
  const wish = interruption(io.signals, io.now);
  try {
    return await lived(region, subnet, io, wish);
  } finally {
    wish.forget();
  }
}

/** A life and the end of it, whichever comes first: its own, or that of somebody's patience. */
function lived(
  region: string,
  subnet: string,
  { command, now, pause, say }: LiveIo,
  wish: Interruption,
): Promise<number> {
  // The time makes the names unique.
  const name = `pangea-lustre-live-${now().toString(36)}`;
  const stacks = [name, `${name}-imported`] as const;
  const common = { name, stacks, say };
  const remains = new Remains(new Account(new Aws(region, command, wish.leave)), {
    ...common,
    pause: (seconds) => pause(seconds, wish.leave),
  });
  const life = new Life(new Account(new Aws(region, command, wish.stop)), remains, {
    ...common,
    subnet,
    pause: (seconds) => pause(seconds, wish.stop),
  });
  return Promise.race([livedAndCleared(life, remains, say, wish), left(remains, say, wish)]);
}

async function livedAndCleared(
  life: Life,
  remains: Remains,
  say: LiveIo['say'],
  { stop }: Interruption,
): Promise<number> {
  stop.addEventListener('abort', () => {
    say('Stopping, and removing what was created. A second Ctrl-C leaves at once.');
  });
  try {
    await life.run();
    return 0;
  } catch (error) {
    if (!stop.aborted) say(`FAILED: ${text(error)}\nRemoving what was created:`);
  }
  try {
    await remains.clear();
  } catch (error) {
    say(text(error));
  }
  return stop.aborted ? INTERRUPTED : 1;
}

/** Ends with the second interruption: there is no time to look, so the commands are for all that may be left. */
function left(remains: Remains, say: LiveIo['say'], { leave }: Interruption): Promise<number> {
  return new Promise((resolve) => {
    leave.addEventListener('abort', () => {
      say(['To look and remove by hand:', ...remains.byHand()].join('\n  '));
      resolve(INTERRUPTED);
    });
  });
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
    `In account ${Account}, region ${aws.region}, with version ${version} of ${TYPE_NAME}, this creates`,
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
      TypeName: TYPE_NAME,
    })) as { DefaultVersionId: string };
    return DefaultVersionId;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'TypeNotFoundException') throw error;
    throw new AwsError(`${TYPE_NAME} is not registered here: make submit REGION=${aws.region}`);
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
  pause: (seconds, signal) => wait(seconds * 1000, undefined, { signal }),
  command: installedAws,
  signals: process,
  now: Date.now,
};

if (require.main === module) {
  // Without its terminal, the script still has to clean up.
  process.stdout.on('error', () => undefined);
  live(process.argv.slice(2), ON_TERMINAL).then(
    // At once: whoever leaves does not wait for the command that is running.
    (status) => process.exit(status),
    (error: unknown) => {
      process.stderr.write(`${text(error)}\n`);
      process.exitCode = 2;
    },
  );
}
