/**
 * `make live-hook REGION=...`: the Lambda Hook in a real account. It creates the hook for two stacks of its own, tries one that the
 * hook must refuse and one that it must accept, and removes all of it. No file system is created: the accepted one names a
 * subnet that does not exist, which FSx refuses.
 */
import { flagsOf, isRegion, UsageError } from '../local/flags';
import { Account } from './live/account';
import { askOnTerminal } from './ask';
import { Aws, AwsError, type Command, installedAws, type Parameters } from './aws';
import { reason } from './live/leftovers';

const HELP = `Tries the Lambda Hook in a real account, without a file system. It creates the
hook for two stacks of its own, tries one that the hook must refuse and one that
it must accept, and removes everything. It says what it will create, and asks
first.

make live-hook REGION=eu-west-1
npm run live-hook -- --region REGION

Exit code: 0 success, 1 refused or failed, 2 invalid options. Requires the AWS
CLI.`;

export interface LiveHookIo {
  say: (line: string) => void;
  ask: (question: string) => Promise<string>;
  command: Command;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** A file system that the hook refuses, and one that it accepts and FSx does not. */
const CAPACITIES = { refused: '5000', accepted: '1200' } as const;

const fileSystem = (StorageCapacity: string): string =>
  JSON.stringify({
    Resources: {
      FileSystem: {
        Type: 'AWS::FSx::FileSystem',
        Properties: {
          FileSystemType: 'LUSTRE',
          StorageCapacity,
          SubnetIds: ['subnet-00000000000000000'],
          LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
        },
      },
    },
  });

/**
 * Returns the exit code, as the help tells it.
 * @throws UsageError if the options are invalid; then nothing was created.
 */
export async function liveHook(words: readonly string[], io: LiveHookIo): Promise<number> {
  const { values } = flagsOf({
    args: [...words],
    options: {
      region: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    io.say(HELP);
    return 0;
  }
  const { region } = values;
  if (region === undefined || !isRegion(region))
    throw new UsageError('Specify the region: make live-hook REGION=eu-west-1');
  const run = new HookRun(new Account(new Aws(region, io.command)), io, region);
  await run.tell();
  if ((await io.ask('Type yes to go on: ')).trim() !== 'yes') {
    io.say('Nothing was created.');
    return 1;
  }
  return run.run();
}

class HookRun {
  readonly #name: string;
  readonly #alias: string;

  constructor(
    private readonly account: Account,
    private readonly io: LiveHookIo,
    private readonly region: string,
  ) {
    // The time makes the names unique.
    const now = io.now().toString(36);
    this.#name = `pangea-lustre-hook-${now}`;
    this.#alias = `Pangea::Live::Hook${now}`;
  }

  get #stacks(): readonly string[] {
    return [`${this.#name}-try-accepted`, `${this.#name}-try-refused`, this.#name];
  }

  async tell(): Promise<void> {
    const { Account: id } = (await this.account.aws.call('sts', 'get-caller-identity')) as {
      Account: string;
    };
    this.io.say(
      [
        `In account ${id}, region ${this.region}: the hook ${this.#alias} in FailureMode FAIL, for stacks named ${this.#name}-try-* alone.`,
        `The stacks: ${this.#stacks.toReversed().join(', ')}. All are deleted in the end.`,
        'No file system is created: FSx refuses the one that the hook accepts, because its subnet does not exist.',
      ].join('\n'),
    );
  }

  async run(): Promise<number> {
    const { say } = this.io;
    let failed = false;
    try {
      say('1/4 Creating the hook, which takes some minutes');
      await this.#createHook();
      say('2/4 A stack that the hook refuses');
      await this.#expect('refused', 'HOOK_COMPLETE_FAILED');
      say('3/4 A stack that the hook accepts');
      await this.#expect('accepted', 'HOOK_COMPLETE_SUCCEEDED');
    } catch (error) {
      failed = true;
      say(`FAILED: ${reason(error)}`);
    }
    say('4/4 Removing what was created');
    const left = await this.#remove();
    if (left.length > 0)
      say(['Left, or could not be checked. To remove it manually:', ...left.map((stack) => `aws cloudformation delete-stack --stack-name ${stack} --region ${this.region}`)].join('\n  ')); // oxfmt-ignore
    else say('Nothing is left.');
    return failed || left.length > 0 ? 1 : 0;
  }

  async #createHook(): Promise<void> {
    const settings = { FailureMode: 'FAIL', IncludedStackNames: `${this.#name}-try-*`, Alias: this.#alias }; // oxfmt-ignore
    await this.#createStack(this.#name, 'file://deploy/hook.yaml', {
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.entries(settings).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    });
    await this.account.wait('stack-create-complete', this.#name);
  }

  #createStack(StackName: string, TemplateBody: string, more: Parameters = {}): Promise<unknown> {
    return this.account.aws.call('cloudformation', 'create-stack', { StackName, TemplateBody, ...more }); // oxfmt-ignore
  }

  /** Creates the stack, which never succeeds, and looks at what the hook has said of it. */
  async #expect(which: keyof typeof CAPACITIES, status: string): Promise<void> {
    const stack = `${this.#name}-try-${which}`;
    await this.#createStack(stack, fileSystem(CAPACITIES[which]));
    try {
      await this.account.wait('stack-create-complete', stack);
      throw new Error(`${stack} has been created.`);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
    const { StackEvents } = (await this.account.aws.call('cloudformation', 'describe-stack-events', { StackName: stack })) as { StackEvents: HookStackEvent[] }; // oxfmt-ignore
    const said = StackEvents.filter(({ HookType }) => HookType === this.#alias);
    const found = said.find(({ HookStatus }) => HookStatus === status);
    if (!found)
      throw new Error(`${stack} has no event ${status} of the hook, but ${said.map(({ HookStatus }) => HookStatus).join(', ') || 'none at all'}.`); // oxfmt-ignore
    this.io.say(`    ${status}: ${found.HookStatusReason ?? ''}`);
  }

  /** Deletes the stacks, that of the hook last, and returns those that may be left. */
  async #remove(): Promise<string[]> {
    const left: string[] = [];
    for (const stack of this.#stacks) {
      try {
        if ((await this.account.stackStatus(stack)) !== undefined)
          await this.account.deleteStack(stack);
      } catch (error) {
        this.io.say(`FAILED, going on: ${reason(error)}`);
        left.push(stack);
      }
    }
    return left;
  }
}

interface HookStackEvent {
  HookType?: string;
  HookStatus?: string;
  HookStatusReason?: string;
}

if (require.main === module) {
  const io: LiveHookIo = {
    say: (line) => process.stdout.write(`${line}\n`),
    ask: askOnTerminal,
    command: installedAws,
    now: Date.now,
  };
  liveHook(process.argv.slice(2), io).then(
    (status) => process.exit(status),
    (error: unknown) => {
      process.stderr.write(`${reason(error)}\n`);
      process.exitCode = error instanceof UsageError ? 2 : 1;
    },
  );
}
