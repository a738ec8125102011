/** `make live-hook`, against an account that is told what its hook says. */
import type { Command } from '../../scripts/aws';
import { liveHook } from '../../scripts/live-hook';

interface FakeAccount {
  /** What the hook says of each of the stacks that it is asked about. */
  says: (capacity: string) => string;
  /** A command that fails, by its service and operation. */
  fails?: string;
  /** The hook lets everything pass, and FSx too. */
  creates?: boolean;
}

const ALIAS = 'Pangea::Live::Hookrs';
const NAME = 'pangea-lustre-hook-rs';

async function run(account: FakeAccount, answer = 'yes', words = ['--region', 'eu-west-1']) {
  const stacks = new Map<string, string>();
  const calls: string[] = [];
  const said: string[] = [];
  const outcome = (status: number, body: unknown, stderr = '') => ({ status, stdout: JSON.stringify(body), stderr }); // oxfmt-ignore
  const flag = (given: readonly string[], name: string) =>
    given.includes(name) ? (given[given.indexOf(name) + 1] ?? '') : '';
  const command: Command = (given) => {
    const [service = '', operation = '', state = ''] = given;
    const name = flag(given, '--stack-name');
    calls.push([service, operation, operation === 'wait' ? state : name].join(' '));
    const answered = ((): ReturnType<typeof outcome> => {
      if (account.fails !== undefined && calls.at(-1)?.startsWith(account.fails))
        return outcome(1, {}, 'An error occurred (Denied) when calling it: no luck');
      switch (operation) {
        case 'get-caller-identity':
          return outcome(0, { Account: '123456789012' });
        case 'create-stack':
          stacks.set(name, flag(given, '--template-body'));
          return outcome(0, {});
        case 'wait':
          return name.includes('-try-') && state === 'stack-create-complete' && !account.creates
            ? outcome(255, {}, 'Waiter StackCreateComplete failed')
            : outcome(0, {});
        case 'describe-stack-events': {
          const capacity = /"StorageCapacity":"(\d+)"/.exec(stacks.get(name) ?? '')?.[1] ?? '';
          const HookStatus = account.says(capacity);
          return outcome(0, { StackEvents: [{ ResourceStatus: 'CREATE_IN_PROGRESS' }, { ResourceStatus: 'CREATE_IN_PROGRESS', HookType: ALIAS, HookStatus, HookStatusReason: 'because' }] }); // oxfmt-ignore
        }
        case 'describe-stacks':
          return stacks.has(name)
            ? outcome(0, { Stacks: [{ StackStatus: 'ROLLBACK_COMPLETE' }] })
            : outcome(
                255,
                {},
                'An error occurred (ValidationError) when calling it: does not exist',
              );
        case 'delete-stack':
          stacks.delete(name);
          return outcome(0, {});
        default:
          return outcome(1, {}, `unexpected ${operation}`);
      }
    })();
    return Promise.resolve(answered);
  };
  const status = await liveHook(words, {
    say: (line) => said.push(line),
    ask: () => Promise.resolve(answer),
    command,
    now: () => 1000,
  });
  return { status, said: said.join('\n'), calls, left: [...stacks.keys()] };
}

const asItHasTo = (capacity: string) =>
  capacity === '5000' ? 'HOOK_COMPLETE_FAILED' : 'HOOK_COMPLETE_SUCCEEDED';

test('a hook that does what it has to: both stacks are tried, and all is removed', async () => {
  const { status, said, calls, left } = await run({ says: asItHasTo });
  expect(said).toContain(
    `the hook ${ALIAS} in FailureMode FAIL, for stacks named ${NAME}-try-* alone`,
  );
  expect(said).toContain('HOOK_COMPLETE_FAILED: because');
  expect(said).toContain('HOOK_COMPLETE_SUCCEEDED: because');
  expect([status, left]).toEqual([0, []]);
  expect(calls.filter((call) => call.includes('delete-stack '))).toEqual([
    `cloudformation delete-stack ${NAME}-try-accepted`,
    `cloudformation delete-stack ${NAME}-try-refused`,
    `cloudformation delete-stack ${NAME}`,
  ]);
});

test.each(['--help', '-h'])('%s says what it does, and calls nothing', async (word) => {
  const { status, said, calls } = await run({ says: asItHasTo }, 'yes', [word]);
  expect([status, calls]).toEqual([0, []]);
  expect(said).toContain('make live-hook REGION=eu-west-1');
  expect(said.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('a region of the European Sovereign Cloud is one', async () => {
  const words = ['--region', 'eusc-de-east-1'];
  expect(await run({ says: asItHasTo }, 'yes', words)).toMatchObject({ status: 0 });
});

test.each(['', 'y', 'no'])('without consent (%j) nothing is created', async (answer) => {
  const { status, said, calls } = await run({ says: asItHasTo }, answer);
  expect([status, calls]).toEqual([1, ['sts get-caller-identity ']]);
  expect(said).toContain('Nothing was created.');
});

test('a hook that lets the wrong one pass has failed, and all is removed', async () => {
  const { status, said, left } = await run({ says: () => 'HOOK_COMPLETE_SUCCEEDED' });
  expect(said).toContain(
    `FAILED: ${NAME}-try-refused has no event HOOK_COMPLETE_FAILED of the hook, but HOOK_COMPLETE_SUCCEEDED.`,
  );
  expect([status, left]).toEqual([1, []]);
});

test('a stack that is created after all is removed', async () => {
  const { status, said, left } = await run({ says: asItHasTo, creates: true });
  expect(said).toContain(`FAILED: ${NAME}-try-refused has been created.`);
  expect([status, left]).toEqual([1, []]);
});

test('what cannot be removed is named with its command', async () => {
  const { status, said } = await run({
    says: asItHasTo,
    fails: `cloudformation delete-stack ${NAME}-try-refused`,
  });
  expect(said).toContain(
    `aws cloudformation delete-stack --stack-name ${NAME}-try-refused --region eu-west-1`,
  );
  expect(said).not.toContain('Nothing is left');
  expect(status).toBe(1);
});

test.each([[[]], [['--region', 'here']]])(
  'a call that lacks its region says how: %j',
  async (words) => {
    await expect(run({ says: asItHasTo }, 'yes', words)).rejects.toThrow('make live-hook REGION=');
  },
);
