import fc from 'fast-check';
import { ContractViolation } from '../../local/registry/contract';
import { inProcess } from '../../local/lambda/invoke';
import type { HandlerEvent, Properties } from '../../local/registry/protocol';
import { scalarsAsText } from '../../local/registry/protocol';
import { Registry } from '../../local/registry/registry';
import type { RegistryOptions, Step } from '../../local/registry/registry';

const ID = { FileSystemId: 'fs-0123456789abcdef0' };
const MODEL = { ...ID, StorageCapacity: 4800, DNSName: 'fs.example' };

const waiting = (callbackContext: Properties = {}, callbackDelaySeconds = 30): Properties => ({
  status: 'IN_PROGRESS',
  resourceModel: MODEL,
  callbackContext,
  callbackDelaySeconds,
});
const done = { status: 'SUCCESS', resourceModel: MODEL };

/** A registry whose handlers give these answers in turn, the last one for ever, in a time of its own. */
function registry(answers: unknown[], options: Partial<RegistryOptions> = {}) {
  const events: HandlerEvent[] = [];
  const steps: Step[] = [];
  const slept: number[] = [];
  let time = 0;
  const driver = new Registry({
    invoke: inProcess((event) => {
      events.push(event);
      return answers[Math.min(events.length, answers.length) - 1];
    }),
    sleep: (seconds) => {
      slept.push(seconds);
      time += seconds;
      return Promise.resolve();
    },
    now: () => time,
    observe: (step) => steps.push(step),
    ...options,
  });
  return { driver, events, steps, slept };
}

const DESIRED = {
  StorageCapacity: 4800,
  CopyTagsToBackups: true,
  SubnetIds: ['subnet-0123456789abcdef0'],
  SecurityGroupIds: ['sg-0123456789abcdef0'],
  MetadataConfiguration: { Iops: 1500, Mode: undefined },
};

describe('an operation that waits', () => {
  test('is invoked again after the delay, with the context, the same token and the identifier', async () => {
    const { driver, events, steps, slept } = registry([
      waiting({ asked: 1 }),
      waiting({}, 60),
      done,
    ]);
    const progress = await driver.create(DESIRED, { logicalResourceId: 'Scratch' });
    expect(progress).toEqual(done);
    expect(slept).toEqual([30, 60]);
    expect(events.map((event) => event.callbackContext)).toEqual([null, { asked: 1 }, {}]);
    expect(events.map((event) => event.requestContext.invocation)).toEqual([1, 2, 3]);
    expect(new Set(events.map((event) => event.bearerToken)).size).toBe(1);
    expect(steps.map(({ elapsedSeconds }) => elapsedSeconds)).toEqual([0, 30, 90]);
    expect(steps.map(({ progress: { status } }) => status)).toEqual([
      'IN_PROGRESS',
      'IN_PROGRESS',
      'SUCCESS',
    ]);
    expect(events[0]?.requestData.resourceProperties).not.toHaveProperty('FileSystemId');
    expect(events[1]?.requestData.resourceProperties).toEqual({
      ...events[0]?.requestData.resourceProperties,
      ...ID,
    });
  });

  test('can be given the returned model, as the contract suite does', async () => {
    const { driver, events } = registry([waiting(), done], { reinvokeWith: 'returned-model' });
    await driver.create(DESIRED);
    expect(events[1]?.requestData.resourceProperties).toEqual(scalarsAsText(MODEL));
  });

  test('ends when the time of the type is over', async () => {
    const { driver, slept } = registry([waiting()], { timeoutMinutes: { CREATE: 2 } });
    const progress = await driver.create(DESIRED);
    expect(progress).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(progress.message).toBe('CREATE did not end within the 2 minutes that the type allows.');
    expect(slept).toHaveLength(5);
  });

  test('ends even where no time passes', async () => {
    const { driver, events } = registry([waiting({}, 0)]);
    expect((await driver.create(DESIRED)).errorCode).toBe('NotStabilized');
    expect(events).toHaveLength(10_000);
  });

  test('is not waited for within one invocation', async () => {
    const invoke = (): Promise<unknown> => new Promise(() => undefined);
    const driver = new Registry({ invoke, invocationSeconds: 0.01 });
    await expect(driver.create(DESIRED)).rejects.toThrow('did not answer within 0.01 s');
  });
});

describe('an error that CloudFormation retries', () => {
  const busy = { status: 'FAILED', errorCode: 'Throttling', message: 'slow down' };

  test('is an answer unless more attempts are asked for', async () => {
    const { driver, events } = registry([busy, done]);
    expect(await driver.create(DESIRED)).toEqual(busy);
    expect(events).toHaveLength(1);
  });

  test('has the same event sent again, and the observers are told', async () => {
    const { driver, events, steps, slept } = registry([busy, busy, done], { attempts: 3 });
    const seen: unknown[] = [];
    const observe = ({ isRetried }: Step) => seen.push(isRetried);
    expect(await driver.create(DESIRED, { observe })).toEqual(done);
    expect(events.map((event) => event)).toEqual([events[0], events[0], events[0]]);
    expect(slept).toEqual([5, 10]);
    expect(seen).toEqual([true, true, undefined]);
    expect(steps.map(({ isRetried }) => isRetried)).toEqual(seen);
  });

  test('is an answer after the last attempt', async () => {
    const { driver, events } = registry([busy], { attempts: 2 });
    expect(await driver.create(DESIRED)).toEqual(busy);
    expect(events).toHaveLength(2);
  });
});

describe('the event', () => {
  test('of a rollback says so, and names the stack that it is told', async () => {
    const { driver, events } = registry([done]);
    const stack = { id: 'arn:stack', name: 'mine' };
    await driver.update(DESIRED, ID, { rollback: true, stack });
    expect(events[0]).toMatchObject({
      rollback: true,
      stackId: 'arn:stack',
      requestData: {
        systemTags: {
          'aws:cloudformation:stack-name': 'mine',
          'aws:cloudformation:stack-id': 'arn:stack',
        },
      },
    });
    await driver.update(DESIRED, ID);
    expect(events[1]).not.toHaveProperty('rollback');
  });

  test('carries what the registry sends, every scalar as text', async () => {
    const { driver, events } = registry([done], {
      stackTags: { team: 'hpc' },
      typeConfiguration: { Validation: 'STRICT' },
      region: 'eu-west-1',
    });
    await driver.create(DESIRED, { logicalResourceId: 'Scratch', bearerToken: 'token' });
    const stackId = expect.stringMatching(
      /^arn:aws:cloudformation:eu-west-1:123456789012:stack\/local\//,
    ) as string;
    expect(events).toEqual([
      {
        action: 'CREATE',
        awsAccountId: '123456789012',
        bearerToken: 'token',
        region: 'eu-west-1',
        responseEndpoint: 'https://cloudformation.eu-west-1.amazonaws.com',
        resourceType: 'Pangea::FSx::LustreFileSystem',
        resourceTypeVersion: '00000001',
        stackId,
        callbackContext: null,
        requestContext: { invocation: 1, callbackContext: null },
        requestData: {
          callerCredentials: {
            accessKeyId: expect.any(String) as string,
            secretAccessKey: expect.any(String) as string,
            sessionToken: expect.any(String) as string,
          },
          logicalResourceId: 'Scratch',
          resourceProperties: {
            StorageCapacity: '4800',
            CopyTagsToBackups: 'true',
            SubnetIds: ['subnet-0123456789abcdef0'],
            SecurityGroupIds: ['sg-0123456789abcdef0'],
            MetadataConfiguration: { Iops: '1500' },
          },
          previousResourceProperties: null,
          stackTags: { team: 'hpc' },
          previousStackTags: null,
          systemTags: {
            'aws:cloudformation:stack-name': 'local',
            'aws:cloudformation:stack-id': stackId,
            'aws:cloudformation:logical-id': 'Scratch',
          },
          typeConfiguration: { Validation: 'STRICT' },
        },
      },
    ]);
  });

  test('can carry numbers and booleans as they are', async () => {
    const { driver, events } = registry([done], { scalars: 'as-given' });
    await driver.create({ StorageCapacity: 4800, EfaEnabled: false });
    expect(events[0]?.requestData.resourceProperties).toEqual({
      StorageCapacity: 4800,
      EfaEnabled: false,
    });
  });

  test('of an update carries both states, and the identifier in both', async () => {
    const { driver, events } = registry([done]);
    await driver.update({ StorageCapacity: 7200 }, { ...ID, StorageCapacity: 4800 });
    expect(events[0]?.requestData).toMatchObject({
      resourceProperties: { ...ID, StorageCapacity: '7200' },
      previousResourceProperties: { ...ID, StorageCapacity: '4800' },
      previousStackTags: {},
    });
  });

  test('of a read carries the identifier alone', async () => {
    const { driver, events } = registry([done]);
    await driver.read(MODEL);
    expect(events[0]?.requestData.resourceProperties).toEqual(ID);
  });

  test('has text for every scalar, whatever the model', () => {
    const kinds = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(kinds)
        : [typeof value];
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (model) => {
        expect(kinds(scalarsAsText(model)).filter((kind) => kind !== 'string')).toEqual([]);
      }),
    );
  });
});

describe('a list', () => {
  const page = (id: string, nextToken?: string): Properties => ({
    status: 'SUCCESS',
    resourceModels: [{ FileSystemId: id }],
    ...(nextToken === undefined ? {} : { nextToken }),
  });

  test('is read to its end', async () => {
    const { driver, events } = registry([page('fs-1', 'a'), page('fs-2', 'b'), page('fs-3')]);
    const { resourceModels } = await driver.list();
    expect(resourceModels?.map((model) => model.FileSystemId)).toEqual(['fs-1', 'fs-2', 'fs-3']);
    expect(events.map((event) => event.nextToken)).toEqual([undefined, 'a', 'b']);
  });

  test('that never ends is noticed', async () => {
    const { driver } = registry([page('fs-1', 'a')]);
    await expect(driver.list()).rejects.toThrow('the same nextToken came back twice (a)');
  });

  test('that fails returns the failure', async () => {
    const failed = { status: 'FAILED', errorCode: 'Throttling', message: 'slow down' };
    expect(await registry([page('fs-1', 'a'), failed]).driver.list()).toEqual(failed);
  });
});

describe('an answer that breaks the contract is not accepted', () => {
  const failed = { status: 'FAILED', errorCode: 'NotFound', message: 'gone' };
  const cases: [string, keyof Registry, unknown][] = [
    ['CREATE: the answer is not a progress event', 'create', null],
    ['CREATE: the answer is not a progress event', 'create', 'done'],
    ['CREATE: the answer has no valid status ("DONE")', 'create', { status: 'DONE' }],
    ['CREATE: the answer has no valid status ("toString")', 'create', { status: 'toString' }],
    ['READ: must end at once', 'read', waiting()],
    ['LIST: must end at once', 'list', waiting()],
    ['must carry FileSystemId in its model', 'create', { status: 'IN_PROGRESS' }],
    ['must not carry an error code', 'create', { ...waiting(), errorCode: 'NotFound' }],
    ['must not carry resourceModels', 'create', { ...waiting(), resourceModels: [] }],
    ['must carry FileSystemId in its model', 'create', { status: 'SUCCESS' }],
    ['must carry FileSystemId in its model', 'read', { ...done, resourceModel: {} }],
    ['must not carry an error code', 'read', { ...done, errorCode: 'NotFound' }],
    ['must not carry a callback delay', 'create', { ...done, callbackDelaySeconds: 5 }],
    ['DELETE: SUCCESS must not carry a model', 'delete', done],
    ['LIST: SUCCESS must carry resourceModels', 'list', { status: 'SUCCESS' }],
    ['every model of the list must carry', 'list', { status: 'SUCCESS', resourceModels: [{}] }],
    ['FAILED must carry an error code', 'delete', { status: 'FAILED' }],
    ['FAILED must carry an error code of the registry ("Broken")', 'create', { ...failed, errorCode: 'Broken' }], // oxfmt-ignore
    ['a callback delay must be a whole number of seconds (-1)', 'create', waiting({}, -1)],
    ['a callback delay must be a whole number of seconds (0.5)', 'update', waiting({}, 0.5)],
    ['a callback delay must be a whole number of seconds ("5")', 'create', { ...waiting(), callbackDelaySeconds: '5' }], // oxfmt-ignore
    ['the message must be text', 'create', { ...failed, message: { a: 1 } }],
    ['FAILED must not carry a callback delay', 'read', { ...failed, callbackDelaySeconds: 5 }],
    ['FAILED must not carry resourceModels', 'list', { ...failed, resourceModels: [] }],
    [
      'FileSystemId changed from "fs-0123456789abcdef0" to "fs-9"',
      'read',
      { ...done, resourceModel: { FileSystemId: 'fs-9' } },
    ],
  ];

  test.each(cases)('%s (%s)', async (message, operation, answer) => {
    const { driver } = registry([answer]);
    const operate: Record<keyof Registry, () => Promise<unknown>> = {
      create: () => driver.create(DESIRED),
      read: () => driver.read(ID),
      update: () => driver.update(DESIRED, ID),
      delete: () => driver.delete(ID),
      list: () => driver.list(),
    };
    const attempt = operate[operation]();
    await expect(attempt).rejects.toThrow(ContractViolation);
    await expect(attempt).rejects.toThrow(message);
  });

  test('members that are null stand for nothing', async () => {
    const { driver } = registry([{ ...done, errorCode: null, resourceModels: null }]);
    expect(await driver.create(DESIRED)).toEqual(done);
  });

  test('a failure is returned', async () => {
    expect(await registry([failed]).driver.delete(ID)).toEqual(failed);
  });
});
