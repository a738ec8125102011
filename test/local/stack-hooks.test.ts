/** The local CloudFormation asks the hooks of the account, and takes no answer that CloudFormation would not take. */
import type { HookEvent, HookOptions } from '../../local/stack/hooks';
import { Stack } from '../../local/stack/stack';
import { parseTemplate } from '../../local/stack/template';
import { answered } from '../hook/support';
import { startWorld, SUBNET, type World } from '../protocol/harness';

let world: World;
let events: HookEvent[];
let failures: string[];
beforeEach(async () => {
  world = await startWorld();
  events = [];
  failures = [];
});
afterEach(() => world.close());

const TYPE = 'Pangea::FSx::LustreFileSystem';

const template = (properties: object, type = TYPE) =>
  parseTemplate(
    JSON.stringify({ Resources: { FileSystem: { Type: type, Properties: properties } } }),
  );
const scratch = (changes: object = {}) => ({
  SubnetIds: [SUBNET],
  StorageCapacity: 1200,
  ...changes,
});

/** A stack in an account with a hook; that of deploy/hook.yaml unless it answers otherwise. */
function stackWith(hook: Partial<HookOptions> = {}) {
  return world.stack({
    hooks: [
      {
        hookType: 'Pangea::FSx::LustreHook',
        failureMode: 'FAIL',
        targetNames: ['AWS::FSx::FileSystem', TYPE],
        invoke: async (event) => (await answered(event)).answer,
        observe: (event) => events.push(event),
        ...hook,
      },
    ],
    observeResource: ({ status, reason = '' }) => {
      if (status.endsWith('_FAILED')) failures.push(reason);
    },
  });
}
const created = () => world.fsx.requests.all().filter(({ operation }) => operation === 'CreateFileSystem').length; // oxfmt-ignore

const WRONG = scratch({ StorageCapacity: 5000 });

test('a wrong file system is refused before its handler is asked', async () => {
  expect(await stackWith().create({ template: template(WRONG) })).toBe('ROLLBACK_COMPLETE');
  expect(failures).toEqual(['The following hook(s) failed: [Pangea::FSx::LustreHook]']);
  expect(world.steps).toEqual([]);
  expect(events).toMatchObject([
    {
      logicalId: 'FileSystem',
      status: 'HOOK_COMPLETE_FAILED',
      reason: expect.stringMatching(
        /^Hook failed with message: StorageCapacity 5000 is not valid/,
      ) as string,
      annotations: [{ annotationName: 'storage-capacity' }],
    },
  ]);
});

test('a native one too', async () => {
  const native = {
    FileSystemType: 'LUSTRE',
    StorageCapacity: 5000,
    SubnetIds: [SUBNET],
    LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
  };
  const stack = stackWith();
  expect(await stack.create({ template: template(native, 'AWS::FSx::FileSystem') })).toBe(
    'ROLLBACK_COMPLETE',
  );
});

test('WARN tells, and lets it go on: then the handler refuses', async () => {
  const stack = stackWith({ failureMode: 'WARN' });
  expect(await stack.create({ template: template(WRONG) })).toBe('ROLLBACK_COMPLETE');
  expect(events).toMatchObject([{ status: 'HOOK_COMPLETE_FAILED', failureMode: 'WARN' }]);
  expect(failures[0]).toMatch(/^Resource handler returned message/);
});

test('a stack that is excluded is not asked about', async () => {
  await stackWith({ excludedStackNames: ['demo'] }).create({ template: template(WRONG) });
  expect(events).toEqual([]);
});

test('what is right goes on, and an update is asked about with what was before', async () => {
  const seen: unknown[] = [];
  const stack = stackWith({
    invoke: async (event) => {
      seen.push(event);
      return (await answered(event)).answer;
    },
  });
  expect(await stack.create({ template: template(scratch()) })).toBe('CREATE_COMPLETE');
  expect(await stack.update({ template: template(scratch({ StorageCapacity: 2400 })) })).toBe('UPDATE_COMPLETE'); // oxfmt-ignore
  expect(created()).toBe(1);
  expect(seen).toMatchObject([
    {
      stackId: stack.id,
      actionInvocationPoint: 'CREATE_PRE_PROVISION',
      requestData: {
        targetName: TYPE,
        targetLogicalId: 'FileSystem',
        targetModel: {
          resourceProperties: { StorageCapacity: '1200' },
          previousResourceProperties: null,
        },
      },
    },
    {
      actionInvocationPoint: 'UPDATE_PRE_PROVISION',
      requestData: {
        targetModel: {
          resourceProperties: { StorageCapacity: '2400' },
          previousResourceProperties: { StorageCapacity: '1200' },
        },
      },
    },
  ]);
});

test('an update that is refused leaves the file system as it is, without another question', async () => {
  const stack = stackWith();
  await stack.create({ template: template(scratch({ StorageCapacity: 2400 })) });
  expect(await stack.update({ template: template(scratch()) })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(events.map(({ status }) => status)).toEqual([
    'HOOK_COMPLETE_SUCCEEDED',
    'HOOK_COMPLETE_FAILED',
  ]);
});

test('a replacement is stopped where Replacement says so', async () => {
  const stack = stackWith({
    invoke: async (event) => (await answered(event, { replacement: 'FAIL' })).answer,
  });
  await stack.create({ template: template(scratch()) });
  const moved = scratch({ SecurityGroupIds: ['sg-0123456789abcdef0'] });
  expect(await stack.update({ template: template(moved) })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(created()).toBe(1);
  expect(events.at(-1)?.reason).toContain('CloudFormation replaces the file system');
});

test('a hook that refuses the way back leaves the rollback failed, until it is out of the way', async () => {
  let isInTheWay = true;
  const stack = stackWith({
    invoke: async (event) =>
      isInTheWay
        ? (await answered(event)).answer
        : { hookStatus: 'SUCCESS', clientRequestToken: (event as { clientRequestToken: string }).clientRequestToken }, // oxfmt-ignore
  });
  const two = (capacity: number, other: object) =>
    parseTemplate(JSON.stringify({
      Resources: {
        A: { Type: TYPE, Properties: scratch({ StorageCapacity: capacity }) },
        B: { Type: TYPE, DependsOn: 'A', Properties: scratch(other) },
      },
    })); // oxfmt-ignore
  await stack.create({ template: two(1200, {}) });
  expect(await stack.update({ template: two(2400, { StorageCapacity: 5000 }) })).toBe(
    'UPDATE_ROLLBACK_FAILED',
  );
  isInTheWay = false;
  expect(await stack.continueUpdateRollback()).toBe('UPDATE_ROLLBACK_COMPLETE');
});

describe('an answer that CloudFormation would not take fails the hook', () => {
  const good = { hookStatus: 'SUCCESS', message: 'fine' };
  test.each<[string, unknown, RegExp]>([
    ['nothing', null, /is not an object/],
    ['no status', { message: 'fine' }, /no valid hookStatus/],
    ['another status', { ...good, hookStatus: 'PASSED' }, /no valid hookStatus/],
    ['a failure without a code', { hookStatus: 'FAILED' }, /without an errorCode/],
    [
      'a failure of its own',
      { hookStatus: 'FAILED', errorCode: 'InternalFailure', message: 'oh' },
      /failed with message: oh/,
    ],
    ['another token', { ...good, clientRequestToken: 'another' }, /another clientRequestToken/],
    [
      'too long an annotation',
      { ...good, annotations: [{ annotationName: 'x'.repeat(1025) }] },
      /annotationName of an annotation/,
    ],
    [
      'an empty remediation',
      { ...good, annotations: [{ remediationMessage: '' }] },
      /remediationMessage of an annotation/,
    ],
    [
      'an unknown severity',
      { ...good, annotations: [{ severityLevel: 'WORST' }] },
      /severityLevel of an annotation/,
    ],
    ['an unknown member', { ...good, annotations: [{ rule: 'x' }] }, /has no rule/],
    [
      'a member that every object has',
      { ...good, annotations: [{ constructor: 'x' }] },
      /has no constructor/,
    ],
    ['too much', { ...good, more: 'x'.repeat(6 * 1024 * 1024) }, /larger than/],
  ])('%s', async (_, answer, reason) => {
    const invoke = (event: unknown) => {
      const { clientRequestToken } = event as { clientRequestToken: string };
      return Promise.resolve(
        answer === null ? null : { clientRequestToken, ...(answer as object) },
      );
    };
    expect(await stackWith({ invoke }).create({ template: template(scratch()) })).toBe(
      'ROLLBACK_COMPLETE',
    );
    expect(events).toMatchObject([
      { status: 'HOOK_FAILED', reason: expect.stringMatching(reason) as string },
    ]);
  });

  test('one that comes too late', async () => {
    const invoke = () => new Promise(() => undefined);
    const stack = stackWith({ invoke, timeoutSeconds: 0.05 });
    expect(await stack.create({ template: template(scratch()) })).toBe('ROLLBACK_COMPLETE');
    expect(events).toMatchObject([
      { status: 'HOOK_FAILED', reason: 'Hook execution timed out after 0.05 seconds.' },
    ]);
  });

  test('in progress for ever', async () => {
    const invocations: unknown[] = [];
    const invoke = (event: unknown) => {
      const { clientRequestToken, requestContext } = event as Record<string, unknown>;
      invocations.push(requestContext);
      return Promise.resolve({
        hookStatus: 'IN_PROGRESS',
        clientRequestToken,
        callbackContext: 'next',
      });
    };
    await stackWith({ invoke }).create({ template: template(scratch()) });
    expect(invocations).toEqual([
      { invocation: 1, callbackContext: null },
      { invocation: 2, callbackContext: 'next' },
      { invocation: 3, callbackContext: 'next' },
    ]);
    expect(events).toMatchObject([{ status: 'HOOK_FAILED' }]);
  });

  test('a message is cut where CloudFormation cuts it', async () => {
    const invoke = (event: unknown) => {
      const { clientRequestToken } = event as { clientRequestToken: string };
      return Promise.resolve({
        hookStatus: 'SUCCESS',
        message: 'x'.repeat(5000),
        clientRequestToken,
      });
    };
    await stackWith({ invoke }).create({ template: template(scratch()) });
    expect(events[0]?.reason).toHaveLength(1024);
  });

  test.each(['', 'a'])('a message is cut between characters, after %j', async (first) => {
    const invoke = (event: unknown) => {
      const { clientRequestToken } = event as { clientRequestToken: string };
      const message = `${first}${'\u{1F600}'.repeat(3000)}`;
      return Promise.resolve({ hookStatus: 'SUCCESS', message, clientRequestToken });
    };
    await stackWith({ invoke }).create({ template: template(scratch()) });
    expect(events[0]?.reason).toContain('\u{1F600}');
    expect(events[0]?.reason).not.toMatch(/\p{Surrogate}/u);
  });
});

test('the function of a hook is in the partition of the stack', async () => {
  const asked: unknown[] = [];
  const stack = new Stack({
    region: 'cn-north-1',
    hooks: [
      {
        hookType: 'A::B::Hook',
        failureMode: 'WARN',
        targetNames: ['AWS::S3::Bucket'],
        invoke: (event) => Promise.resolve(asked.push(event)),
      },
    ],
  });
  await stack.create({ template: template({}, 'AWS::S3::Bucket') });
  expect(asked).toMatchObject([
    {
      hookModel: {
        LambdaFunction: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:HookFunction',
      },
    },
  ]);
});
