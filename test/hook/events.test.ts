/** What CloudFormation sends, or anybody: the hook always answers, within its limits, and tells its log no value. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { SCRATCH_2 } from '../lustre/configurations';
import { answered, ask, asNative, asText, NATIVE, OURS, resourceEvent, TYPES } from './support';

const WRONG = { ...SCRATCH_2, StorageCapacity: 5000 };

describe('the answer', () => {
  test('to what is wrong', async () => {
    expect(await ask({ properties: WRONG })).toMatchObject({
      hookStatus: 'FAILED',
      errorCode: 'NonCompliant',
      clientRequestToken: 'token',
    });
  });

  test('to what is right has neither error code nor annotations', async () => {
    expect(await ask({ properties: SCRATCH_2 })).toEqual({
      hookStatus: 'SUCCESS',
      message: 'No rule refuses this file system.',
      clientRequestToken: 'token',
    });
  });

  test.each([
    [{ clientRequestToken: 'a' }, 'a'],
    [{ clientRequestToken: undefined, clientRequesttoken: 'b' }, 'b'],
    [{ clientRequestToken: undefined }, undefined],
  ])('returns the token as %j spells it', async (more, token) => {
    const { clientRequestToken } = await ask({ properties: SCRATCH_2, more });
    expect(clientRequestToken).toBe(token);
  });

  const manyWrong = {
    ...WRONG,
    ...Object.fromEntries(
      // More than there may be annotations.
      Array.from({ length: 80 }, (_, index) => [`Unknown${String(index)}`, 1]),
    ),
  };
  test.each([
    ['CloudFormation', 'arn:aws:cloudformation:us-east-1:123456789012:stack/mine/1', 4096],
    ['Cloud Control', '', 1024],
    ['Cloud Control', null, 1024],
  ])('to %s is no longer than it takes', async (_, stackId, most) => {
    const answer = await ask({ properties: manyWrong, more: { stackId } });
    expect(answer.message.length).toBeLessThanOrEqual(most);
    expect(answer.message.length).toBeGreaterThan(most / 2);
    expect(answer.message).toMatch(/\(and \d+ more\)$/);
    expect(answer.annotations).toHaveLength(50);
  });

  test('tells a warning of what it lets pass', async () => {
    const answer = await ask({ properties: { ...SCRATCH_2, KmsKeyId: 'alias/mine' } });
    expect(answer).toMatchObject({
      hookStatus: 'SUCCESS',
      message: expect.stringContaining(
        'KmsKeyId alias/mine might not be supported with SCRATCH_2',
      ) as string,
      annotations: [{ status: 'SKIPPED', severityLevel: 'LOW' }],
    });
  });
});

describe('what it cannot judge passes', () => {
  const SECRET = '{{resolve:secretsmanager:lustre:SecretString:capacity}}';
  test.each<[string, object]>([
    ['a reference to a secret', { ...SCRATCH_2, StorageCapacity: SECRET }],
    [
      'what only a change set knows',
      { ...SCRATCH_2, StorageCapacity: '{{changeSet:KNOWN_AFTER_APPLY}}' },
    ],
    ['a function', { ...SCRATCH_2, StorageCapacity: { Ref: 'Capacity' } }],
    ['a function in a list', { ...SCRATCH_2, SubnetIds: [{ 'Fn::ImportValue': 'Subnet' }] }],
  ])('%s', async (_, properties) => {
    for (const type of TYPES) {
      const sent = type === NATIVE ? asNative({ ...properties }) : properties;
      expect(await ask({ type, properties: sent })).toMatchObject({ hookStatus: 'SUCCESS' });
    }
  });

  test('AWS::NoValue is a property that is left out', async () => {
    const properties = { ...SCRATCH_2, PerUnitStorageThroughput: { Ref: 'AWS::NoValue' } };
    expect(await ask({ properties })).toMatchObject({
      hookStatus: 'SUCCESS',
      message: 'No rule refuses this file system.',
    });
  });

  test('what is wrong whatever an unknown value turns out to be does not', async () => {
    const properties = { ...WRONG, SubnetIds: [{ Ref: 'Subnet' }] };
    expect(await ask({ properties })).toMatchObject({ hookStatus: 'FAILED' });
  });

  test('nor is a change judged of which one side is not known', async () => {
    const previous = { ...SCRATCH_2, SubnetIds: [SECRET] };
    const properties = { ...SCRATCH_2, StorageCapacity: 2400 };
    expect(await ask({ properties, previous }, { replacement: 'FAIL' })).toEqual({
      hookStatus: 'SUCCESS',
      message: 'Not checked. Whether SubnetIds changes is not known yet.',
      clientRequestToken: 'token',
    });
  });

  test.each<[string, object]>([
    [
      'another kind of file system',
      { type: NATIVE, properties: { FileSystemType: 'ONTAP', StorageCapacity: 5 } },
    ],
    ['a kind that is not known', { type: NATIVE, properties: { FileSystemType: { Ref: 'Kind' } } }],
    ['another type', { type: 'AWS::S3::Bucket', properties: {} }],
    ['no properties', { properties: {} }],
    ['a deletion', { properties: WRONG, more: { actionInvocationPoint: 'DELETE_PRE_PROVISION' } }],
    [
      'an update without what was before',
      { properties: WRONG, more: { actionInvocationPoint: 'UPDATE_PRE_PROVISION' } },
    ],
  ])('%s', async (_, asked) => {
    const answer = await ask(asked as Parameters<typeof ask>[0]);
    expect(answer).toMatchObject({
      hookStatus: 'SUCCESS',
      message: expect.stringMatching(/^Not checked\./) as string,
    });
  });

  test('a property that AWS has added to its type since', async () => {
    const properties = { ...asNative(SCRATCH_2), StorageAutoGrowth: 'ON' };
    expect(await ask({ type: NATIVE, properties })).toMatchObject({ hookStatus: 'SUCCESS' });
    expect(
      await ask({ type: OURS, properties: { ...SCRATCH_2, StorageAutoGrowth: 'ON' } }),
    ).toMatchObject({
      hookStatus: 'FAILED',
      annotations: [{ annotationName: 'unknown-property' }],
    });
  });
});

describe('the settings', () => {
  const guardrails = { Guardrails: { AllowedDeploymentTypes: ['PERSISTENT_2'] } };
  test('guardrails hold for both types', async () => {
    for (const type of TYPES) {
      const properties = type === NATIVE ? asNative(SCRATCH_2) : SCRATCH_2;
      expect(await ask({ type, properties }, { configuration: guardrails })).toMatchObject({
        hookStatus: 'FAILED',
        annotations: [
          { annotationName: 'guardrail-allowed-deployment-types', severityLevel: 'HIGH' },
        ],
      });
    }
  });

  test('a tag that the stack may have is a warning', async () => {
    const configuration = { Guardrails: { RequiredTagKeys: ['CostCenter'] } };
    expect(await ask({ properties: SCRATCH_2 }, { configuration })).toMatchObject({
      hookStatus: 'SUCCESS',
      message: expect.stringContaining('add it here or to the tags of the stack') as string,
    });
  });

  test('DEFER_TO_FSX leaves the tables of numbers to FSx', async () => {
    const configuration = { Validation: 'DEFER_TO_FSX' };
    expect(await ask({ properties: WRONG }, { configuration })).toMatchObject({
      hookStatus: 'SUCCESS',
    });
  });

  test.each(['no JSON', '[]', { Guardrails: { MaxStorageCapacity: 'lots' } }, { Guardrail: {} }])(
    'that are wrong (%j) stop nobody, and are told each time',
    async (configuration) => {
      const right = await ask({ properties: SCRATCH_2 }, { configuration });
      expect(right.hookStatus).toBe('SUCCESS');
      expect(right.message).toContain(
        'The Configuration of this hook is not valid, so no guardrail is enforced',
      );
      expect(await ask({ properties: WRONG }, { configuration })).toMatchObject({
        hookStatus: 'FAILED',
      });
    },
  );
});

describe('a change set', () => {
  let server: Server;
  let payload: unknown;
  let status = 200;
  beforeAll(async () => {
    server = createServer((_, response) => {
      response
        .writeHead(status)
        .end(typeof payload === 'string' ? payload : JSON.stringify(payload));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  beforeEach(() => (status = 200));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const asked = () => ({
    clientRequesttoken: 'token',
    stackID: 'arn:aws:cloudformation:us-east-1:123456789012:stack/mine/1',
    actionInvocationPoint: 'CREATE_PRE_PROVISION',
    requestData: {
      targetName: 'CHANGE_SET',
      targetType: 'CHANGE_SET',
      payload: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    },
  });
  const context = (properties: object) => JSON.stringify({ Properties: asText(properties) });
  const change = (
    logicalResourceId: string,
    action: string,
    type: string,
    before?: object,
    after?: object,
  ) => ({
    logicalResourceId,
    resourceType: type,
    action,
    lineNumber: 1,
    beforeContext: before ? context(before) : null,
    afterContext: after ? context(after) : null,
  });

  test('is judged as a whole, its values being text', async () => {
    payload = {
      template: 'Resources: {}',
      changedResources: [
        change('Queue', 'CREATE', 'AWS::SQS::Queue', undefined, { QueueName: 'q' }),
        change('Good', 'CREATE', OURS, undefined, SCRATCH_2),
        change('Wrong', 'CREATE', OURS, undefined, WRONG),
        change(
          'Smaller',
          'UPDATE',
          NATIVE,
          asNative(SCRATCH_2),
          asNative({ ...SCRATCH_2, StorageCapacity: 2400 }),
        ),
        change('Gone', 'DELETE', OURS, WRONG),
      ],
    };
    const { answer } = await answered(asked());
    expect(answer).toMatchObject({ hookStatus: 'FAILED', clientRequestToken: 'token' });
    expect(answer.message).toMatch(
      /^Wrong: StorageCapacity 5000 .* Smaller: StorageCapacity cannot be decreased/,
    );
    expect(answer.annotations?.map(({ annotationName }) => annotationName)).toEqual([
      'storage-capacity',
      'storage-shrink',
    ]);
  });

  const broken = (logicalId: string, type: string) => ({
    ...change(logicalId, 'CREATE', type),
    afterContext: '{"Properties":{"Stor',
  });

  test('is judged for the rest where one of its changes cannot be read', async () => {
    const wrong = change('Wrong', 'CREATE', OURS, undefined, WRONG);
    payload = { changedResources: [broken('Cut', OURS), wrong] };
    const { answer, logged } = await answered(asked());
    expect(answer.hookStatus).toBe('FAILED');
    expect(answer.message).toMatch(
      /StorageCapacity 5000 is not valid .* Cut is not checked: its properties .* are not JSON\.$/,
    );
    expect(logged).not.toContain('fault');
  });

  test('may have what cannot be read for resources that are no file systems', async () => {
    payload = {
      changedResources: [
        broken('Queue', 'AWS::SQS::Queue'),
        change('Wrong', 'CREATE', OURS, undefined, WRONG),
      ],
    };
    const { answer } = await answered(asked());
    expect(answer).toMatchObject({
      hookStatus: 'FAILED',
      message: expect.stringMatching(/^StorageCapacity 5000/) as string,
    });
  });

  const good = change('Good', 'CREATE', OURS, undefined, SCRATCH_2);
  const windows = (logicalId: string) =>
    change(logicalId, 'CREATE', NATIVE, undefined, { FileSystemType: 'WINDOWS' });
  test.each([
    [[], 'Not checked. It changes no file system.'],
    [[change('Queue', 'CREATE', 'AWS::SQS::Queue')], 'Not checked. It changes no file system.'],
    [[broken('Cut', OURS)], 'Cut is not checked: its properties in the change set are not JSON.'],
    [
      [{ ...change('Bare', 'CREATE', OURS), afterContext: '{}' }],
      'Bare is not checked: its properties in the change set are missing.',
    ],
    [
      [change('Changed', 'UPDATE', OURS, undefined, SCRATCH_2)],
      'Changed is not checked: its properties in the change set are missing.',
    ],
    [
      [{ ...good, afterContext: { Properties: SCRATCH_2 } }],
      'Good is not checked: its properties in the change set are missing.',
    ],
    [[change('Gone', 'DELETE', OURS, SCRATCH_2)], 'Not checked. It changes no file system.'],
    [undefined, 'The change set has no changes.'],
    [[good], 'No rule refuses this file system.'],
    [[good, { ...good, logicalResourceId: 'Other' }], 'No rule refuses Good and Other.'],
    [[windows('A'), windows('B')], 'Not checked. It is not a Lustre file system.'],
    [
      [good, windows('Windows')],
      'No rule refuses Good. Windows is not checked: It is not a Lustre file system.',
    ],
  ])('is told what was checked of it: %#', async (changedResources, message) => {
    payload = { changedResources };
    const { answer } = await answered(asked());
    expect(answer).toEqual({ hookStatus: 'SUCCESS', clientRequestToken: 'token', message });
  });

  test.each<[string, unknown, number]>([
    ['that cannot be had', {}, 403],
    ['whose payload is no JSON', '<html>', 200],
    ['whose contexts are no JSON', { changedResources: [broken('A', OURS)] }, 200],
    ['that is something else', [1, 'a', null], 200],
  ])('%s stops nobody', async (_, given, answeredWith) => {
    payload = given;
    status = answeredWith;
    const { answer } = await answered(asked());
    expect(answer.hookStatus).toBe('SUCCESS');
  });
});

const PLACES = ['clientRequestToken', 'stackId', 'actionInvocationPoint', 'requestData', 'requestData.targetName', 'requestData.targetType', 'requestData.targetLogicalId', 'requestData.targetModel', 'requestData.targetModel.resourceProperties', 'requestData.targetModel.previousResourceProperties', ...Object.keys(SCRATCH_2).flatMap((name) => ['resourceProperties', 'previousResourceProperties'].map((side) => `requestData.targetModel.${side}.${name}`))]; // oxfmt-ignore

/** A copy of an event in which a value stands in the place of another. */
function withValueAt(event: unknown, place: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(event)) as Record<string, unknown>;
  const path = place.split('.');
  const last = path.pop() ?? '';
  path.reduce((at, name) => at[name] as Record<string, unknown>, copy)[last] = value;
  return copy;
}

describe('events that are not as documented', () => {
  const isSound = async (event: unknown): Promise<void> => {
    const { answer, logged } = await answered(event);
    expect(['SUCCESS', 'FAILED']).toContain(answer.hookStatus);
    expect(answer.errorCode).toBe(answer.hookStatus === 'FAILED' ? 'NonCompliant' : undefined);
    expect(answer.message.length).toBeGreaterThan(0);
    expect(answer.message.length).toBeLessThanOrEqual(4096);
    expect(logged).not.toContain('fault');
    for (const each of answer.annotations ?? []) {
      expect(each.annotationName.length).toBeGreaterThan(0);
      expect(each.statusMessage.length).toBeLessThanOrEqual(16_384);
      expect(each.remediationMessage?.length ?? 1).toBeGreaterThan(0);
    }
  };

  test('anything at all', async () => {
    await fc.assert(fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), isSound), { numRuns: 500 });
  });

  test('a good one, in which anything stands in one place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PLACES),
        fc.constantFrom(...TYPES),
        fc.jsonValue({ maxDepth: 4 }),
        async (place, type, value) => {
          const properties = type === NATIVE ? asNative(SCRATCH_2) : SCRATCH_2;
          const event = resourceEvent({ type, properties, previous: properties });
          await isSound(withValueAt(event, place, value));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    'toString',
    'valueOf',
    'toJSON',
    'then',
    'constructor',
    '__proto__',
    'length',
    'kind',
  ])('a good one, in which an object with a member %s stands in one place', async (name) => {
    const value = JSON.parse(`{"${name}":0}`) as unknown;
    for (const type of TYPES) {
      const properties = type === NATIVE ? asNative(SCRATCH_2) : SCRATCH_2;
      for (const place of PLACES) {
        const event = resourceEvent({ type, properties, previous: properties });
        await isSound(withValueAt(event, place, value));
      }
    }
  });

  test('one that is too deep stops nobody', async () => {
    const depth = 3000;
    const deep = JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)) as unknown;
    const { answer } = await answered(resourceEvent({ properties: { ...SCRATCH_2, Tags: deep } }));
    expect(answer).toMatchObject({
      hookStatus: 'SUCCESS',
      message: expect.stringContaining('the hook itself failed') as string,
    });
  });
});

test('the log has a line for each invocation, and no value of a property', async () => {
  const secret = 'hunter2-hunter2';
  const properties = {
    ...SCRATCH_2,
    StorageCapacity: secret,
    KmsKeyId: secret,
    ImportPath: `s3://${secret}`,
    WeeklyMaintenanceStartTime: secret,
    Tags: [{ Key: secret, Value: secret }],
  };
  const { logged } = await answered(
    resourceEvent({ properties, previous: { ...properties, SubnetIds: [secret] } }),
  );
  expect(logged.split('\n')).toHaveLength(1);
  expect(JSON.parse(logged)).toMatchObject({
    hookStatus: 'FAILED',
    files: [{ logicalId: 'FileSystem', type: OURS, action: 'UPDATE', replacing: ['SubnetIds'] }],
  });
  expect(logged).not.toContain(secret);
});

test.each(['CREATE', 'UPDATE'])(
  'a file system of another kind passes untouched and is not logged: %s',
  async (action) => {
    const windows = {
      FileSystemType: 'WINDOWS',
      StorageCapacity: 300,
      WindowsConfiguration: { ThroughputCapacity: 8, SelfManagedActiveDirectoryConfiguration: { Password: 'hunter2' } }, // oxfmt-ignore
    };
    const previous = action === 'UPDATE' ? { ...windows, StorageCapacity: 100 } : undefined;
    for (const configuration of [
      { Guardrails: { AllowedDeploymentTypes: [], RequireKmsKey: true, MaxStorageCapacity: 1 } },
      'no JSON',
    ]) {
      const { answer, logged } = await answered(
        resourceEvent({ type: NATIVE, properties: windows, ...(previous && { previous }) }),
        { configuration, replacement: 'FAIL' },
      );
      expect(answer).toEqual({
        hookStatus: 'SUCCESS',
        message: 'Not checked. It is not a Lustre file system.',
        clientRequestToken: 'token',
      });
      expect(JSON.parse(logged)).toMatchObject({ hookStatus: 'SUCCESS', files: [] });
    }
  },
);

test('the line in the log is short, however much is wrong and however long the names are', async () => {
  const names = Array.from({ length: 5000 }, (_, index) => `${'Long'.repeat(100)}${String(index)}`);
  const properties = { ...SCRATCH_2, ...Object.fromEntries(names.map((name) => [name, 1])) };
  const { logged } = await answered(resourceEvent({ properties }));
  expect(logged.length).toBeLessThan(20_000);
});

test('a fault of its own stops nobody, and the log says where without saying what', async () => {
  const event = resourceEvent({ properties: SCRATCH_2 });
  const now = jest.spyOn(Date.prototype, 'toISOString').mockImplementation(() => {
    throw new Error('hunter2');
  });
  const { answer, logged } = await answered(event).finally(() => {
    now.mockRestore();
  });
  expect(answer).toMatchObject({
    hookStatus: 'SUCCESS',
    clientRequestToken: 'token',
    message: expect.stringContaining('the hook itself failed') as string,
  });
  expect(logged).toContain('"fault":"Error"');
  expect(logged).not.toContain('hunter2');
});
