import {
  CreateFileSystemCommand,
  DescribeFileSystemsCommand,
  UpdateFileSystemCommand,
  type FSxClient,
} from '@aws-sdk/client-fsx';
import type { Fault, LocalFsx } from '../../local/fsx/server';
import {
  call,
  clientOf,
  closeAll,
  control,
  manualFsx,
  manualFsxAndClient,
  MINUTE,
  PERSISTENT_1,
  SCRATCH_1,
  SCRATCH_2,
  top,
} from './support';

/** Faults on demand, as the SDK client meets them. */
let fsx: LocalFsx;
let client: FSxClient;

beforeEach(async () => {
  ({ fsx, client } = await manualFsxAndClient());
});
afterEach(closeAll);

const create = (input = SCRATCH_2, by = client) => by.send(new CreateFileSystemCommand(input));

test('a refusal by IAM names the partition, region and account of the local FSx', async () => {
  const china = await manualFsx({
    region: 'cn-north-1',
    accountId: '111122223333',
    faults: [{ fault: 'accessDenied' }],
  });
  const { body } = await call(china, 'DescribeFileSystems', {});
  expect(body.message).toBe(
    'User: arn:aws-cn:sts::111122223333:assumed-role/local/session is not authorized to perform: fsx:DescribeFileSystems on resource: arn:aws-cn:fsx:cn-north-1:111122223333:file-system/* because no identity-based policy allows the fsx:DescribeFileSystems action',
  );
});

test.each(['', 'a'])('a message is cut between characters, after %j', async (first) => {
  const message = `${first}${'\u{1F600}'.repeat(200)}`;
  fsx.faults.add({ fault: 'error', code: 'BadRequest', message });
  const { body } = await call(fsx, 'DescribeFileSystems', {});
  expect(body.Message).toContain('\u{1F600}');
  expect(body.Message).not.toMatch(/\p{Surrogate}/u);
});

test.each<[Fault, object]>([
  [{ fault: 'throttling' }, { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
  [{ fault: 'internalError' }, { name: 'InternalServerError', $fault: 'server' }],
  [
    { fault: 'accessDenied', message: 'no' },
    { name: 'AccessDeniedException', message: 'no' },
  ],
  [
    { fault: 'accessDenied' },
    {
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::123456789012:assumed-role/local/session is not authorized to perform: fsx:CreateFileSystem on resource: arn:aws:fsx:us-east-1:123456789012:file-system/* because no identity-based policy allows the fsx:CreateFileSystem action',
    },
  ],
  [{ fault: 'expiredToken' }, { name: 'ExpiredTokenException' }],
  [{ fault: 'unrecognizedClient' }, { name: 'UnrecognizedClientException' }],
  [{ fault: 'serviceLimit' }, { name: 'ServiceLimitExceeded', Limit: 'TOTAL_STORAGE' }],
  [
    { fault: 'serviceLimit', limit: 'FILE_SYSTEM_COUNT' },
    { name: 'ServiceLimitExceeded', Limit: 'FILE_SYSTEM_COUNT' },
  ],
  [
    { fault: 'error', code: 'InvalidNetworkSettings', members: { InvalidSubnetId: 'subnet-1' } },
    { name: 'InvalidNetworkSettings', InvalidSubnetId: 'subnet-1' },
  ],
  [
    { fault: 'error', code: 'OddException', message: 'odd', status: 418 },
    { name: 'OddException', message: 'odd', $metadata: { httpStatusCode: 418 } },
  ],
])('%j', async (fault, error) => {
  fsx.faults.add(fault);
  await expect(create()).rejects.toMatchObject(error);
  expect(fsx.fileSystems.all()).toEqual([]);
  await expect(create()).resolves.toMatchObject({ FileSystem: { Lifecycle: 'CREATING' } });
  expect(fsx.requests.all()[0]).toMatchObject({ fault: fault.fault });
  expect(fsx.faults.list()).toEqual([]);
});

test.each([[undefined, 503] as const, [403, 403] as const])(
  'a page of HTML with status %p',
  async (status, answered) => {
    fsx.faults.add({ fault: 'unavailable', ...(status && { status }) });
    const answer = await call(fsx, 'DescribeFileSystems', {});
    expect(answer.status).toBe(answered);
    expect(answer.raw).toMatch(/<html>/);
  },
);

test('a connection that is cut has had its effect, or has not', async () => {
  fsx.faults.add({ fault: 'cutBefore' });
  await expect(create()).rejects.toThrow();
  expect(fsx.fileSystems.all()).toHaveLength(0);
  fsx.faults.add({ fault: 'cutAfter' });
  await expect(create()).rejects.toThrow();
  expect(fsx.fileSystems.all()).toHaveLength(1);
});

test('the SDK tries again after a cut, and its token makes one file system', async () => {
  const patient = clientOf(fsx, 3);
  fsx.faults.add({ fault: 'cutAfter', operation: 'CreateFileSystem' });
  await create(SCRATCH_2, patient);
  expect(fsx.requests.count('CreateFileSystem')).toBe(2);
  expect(fsx.fileSystems.all()).toHaveLength(1);
  patient.destroy();
});

test('a request that hangs has had its effect, or has not', async () => {
  for (const [fault, effect] of [
    ['hangBefore', 0],
    ['hangAfter', 1],
  ] as const) {
    fsx.faults.add({ fault });
    const abort = new AbortController();
    const hanging = client.send(new CreateFileSystemCommand(SCRATCH_2), {
      abortSignal: abort.signal,
    });
    while (fsx.requests.all().at(-1)?.fault !== fault) await new Promise(setImmediate);
    abort.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect(fsx.fileSystems.all()).toHaveLength(effect);
  }
});

test('closing ends requests that hang', async () => {
  fsx.faults.add({ fault: 'hangAfter' });
  const hanging = expect(create()).rejects.toThrow();
  while (fsx.fileSystems.all().length === 0) await new Promise(setImmediate);
  await fsx.close();
  await hanging;
});

test('a slow answer', async () => {
  fsx.faults.add({ fault: 'slow', delay: 30 });
  const started = performance.now();
  await create();
  expect(performance.now() - started).toBeGreaterThanOrEqual(29);
});

test('a creation that ends FAILED, with details', async () => {
  fsx.faults.add({ fault: 'endsFailed', message: 'No capacity in this zone.' });
  const { FileSystem: made } = await create();
  expect(made?.Lifecycle).toBe('CREATING');
  expect(made?.FailureDetails).toBeUndefined();
  fsx.clock.advance(5 * MINUTE);
  expect(fsx.fileSystems.get(made?.FileSystemId ?? '')).toMatchObject({
    Lifecycle: 'FAILED',
    FailureDetails: { Message: 'No capacity in this zone.' },
  });
});

test('an update that ends FAILED leaves the old values', async () => {
  const { FileSystem: made } = await create();
  fsx.clock.advance(5 * MINUTE);
  const update = new UpdateFileSystemCommand({
    FileSystemId: made?.FileSystemId,
    StorageCapacity: 2400,
  });
  fsx.faults.add({ fault: 'endsFailed', message: 'No capacity.', operation: 'UpdateFileSystem' });
  await client.send(update);
  fsx.clock.advance(60 * MINUTE);
  expect(fsx.fileSystems.all()[0]).toMatchObject({
    Lifecycle: 'AVAILABLE',
    StorageCapacity: 1200,
    AdministrativeActions: [{ Status: 'FAILED', FailureDetails: { Message: 'No capacity.' } }],
  });
  await expect(client.send(update)).resolves.toMatchObject({
    FileSystem: {
      AdministrativeActions: [{ Status: 'PENDING' }, { Status: 'FAILED' }, { Status: 'PENDING' }],
    },
  });
});

test('faults by operation, member, number and place in the order', async () => {
  fsx.faults.add({
    fault: 'throttling',
    operation: ['UpdateFileSystem', 'CreateFileSystem'],
    match: { LustreConfiguration: { DeploymentType: 'PERSISTENT_1' } },
    times: 2,
    after: 1,
  });
  await client.send(new DescribeFileSystemsCommand({}));
  const outcome = (input: typeof SCRATCH_1) =>
    create(input).then(
      () => 'ok',
      (error: unknown) => (error as Error).name,
    );
  const inputs = [SCRATCH_2, PERSISTENT_1, PERSISTENT_1, SCRATCH_1, PERSISTENT_1, PERSISTENT_1];
  const outcomes: string[] = [];
  for (const input of inputs) outcomes.push(await outcome(input));
  const throttled = 'ThrottlingException';
  expect(outcomes).toEqual(['ok', 'ok', throttled, 'ok', throttled, 'ok']);
});

test('faults that stay until they are taken away, by the control API', async () => {
  const fault = { fault: 'internalError', times: 'always', match: { SubnetIds: ['none'] } };
  const { body } = await control(fsx, 'POST', 'faults', fault);
  const odd = top(SCRATCH_2, { SubnetIds: ['none'] });
  for (let count = 0; count < 3; count += 1) {
    await expect(create(odd)).rejects.toMatchObject({ name: 'InternalServerError' });
  }
  expect((await control(fsx, 'GET', 'faults')).body).toMatchObject([{ ...fault, hits: 3 }]);
  expect((await control(fsx, 'DELETE', `faults/${String(body.id)}`)).body).toEqual({
    removed: true,
  });
  await expect(create(odd)).rejects.toMatchObject({ name: 'BadRequest' });
  fsx.faults.add({ fault: 'throttling' });
  await control(fsx, 'DELETE', 'faults');
  await expect(create()).resolves.toBeDefined();
});

test('faults from the start', async () => {
  const failing = await manualFsx({ faults: [{ fault: 'expiredToken' }] });
  const { body } = await call(failing, 'DescribeFileSystems', {});
  expect(body.__type).toBe('ExpiredTokenException');
});

test('a request that arrives twice acts twice where no token stops it', async () => {
  fsx.faults.add({ fault: 'repeated', operation: 'CreateFileSystem' });
  await create({ ...SCRATCH_2, ClientRequestToken: 'one' });
  expect(fsx.fileSystems.all()).toHaveLength(1);
  fsx.faults.add({ fault: 'repeated', operation: 'CreateFileSystem' });
  await call(fsx, 'CreateFileSystem', SCRATCH_2);
  expect(fsx.fileSystems.all()).toHaveLength(3);
});

test('an empty list hides what is there, and applies to descriptions only', async () => {
  const { FileSystem: made } = await create();
  const FileSystemIds = [made?.FileSystemId ?? ''];
  fsx.faults.add({ fault: 'emptyList', times: 2 });
  await create();
  for (const expected of [[], [], [{ FileSystemId: made?.FileSystemId }]]) {
    const { FileSystems } = await client.send(new DescribeFileSystemsCommand({ FileSystemIds }));
    expect(FileSystems).toMatchObject(expected);
  }
});

describe('descriptions that lag', () => {
  const LAG = 30;
  const describedId = async (id: string) => {
    const { body } = await call(fsx, 'DescribeFileSystems', { FileSystemIds: [id] });
    return body as { FileSystems?: { Lifecycle?: string; Tags?: object[] }[]; __type?: string };
  };

  test('show what was up to so many seconds ago, and nothing older', async () => {
    const { FileSystem: old } = await create();
    const id = old?.FileSystemId ?? '';
    fsx.clock.advance(10 * MINUTE);
    fsx.setWorld({ descriptionLagSeconds: LAG });
    const { FileSystem: made } = await create();
    const seen = new Set<boolean>();
    const change = {
      FileSystemId: id,
      LustreConfiguration: { WeeklyMaintenanceStartTime: '1:01:00' },
    };
    await client.send(new UpdateFileSystemCommand(change));
    const shown = new Set<unknown>();
    for (let second = 0; second <= LAG; second += 1) {
      seen.add((await describedId(made?.FileSystemId ?? '')).__type !== 'FileSystemNotFound');
      const { FileSystems: described = [] } = await describedId(id);
      shown.add(JSON.stringify(described).includes('1:01:00'));
      fsx.clock.advance(1000);
    }
    expect([...seen].sort()).toEqual([false, true]);
    expect([...shown].sort()).toEqual([false, true]);
    for (let again = 0; again < 20; again += 1) {
      expect((await describedId(made?.FileSystemId ?? '')).__type).toBeUndefined();
      expect(JSON.stringify(await describedId(id))).toContain('1:01:00');
    }
  });

  test('still show for a while what is gone', async () => {
    fsx.setWorld({ descriptionLagSeconds: LAG });
    const { FileSystem: made } = await create();
    const id = made?.FileSystemId ?? '';
    fsx.clock.advance(10 * MINUTE);
    fsx.fileSystems.remove(id);
    expect(fsx.fileSystems.all()).toEqual([]);
    const states = new Set<unknown>();
    for (let second = 0; second <= LAG; second += 1) {
      states.add((await describedId(id)).__type ?? 'there');
      fsx.clock.advance(1000);
    }
    expect(states).toEqual(new Set(['there', 'FileSystemNotFound']));
    expect((await describedId(id)).__type).toBe('FileSystemNotFound');
  });

  test('do not show an update before its time', async () => {
    fsx.setWorld({ descriptionLagSeconds: LAG });
    const { FileSystem: made } = await create();
    const id = made?.FileSystemId ?? '';
    fsx.clock.advance(10 * MINUTE);
    const input = {
      FileSystemId: id,
      LustreConfiguration: { DataCompressionType: 'LZ4' },
    } as const;
    await client.send(new UpdateFileSystemCommand(input));
    fsx.clock.advance(41_000);
    const shown = new Set<boolean>();
    for (let second = 0; second <= LAG; second += 1) {
      const text = JSON.stringify(await describedId(id));
      const isDone = text.includes('"COMPLETED"');
      expect(text.includes('"DataCompressionType":"NONE"')).toBe(!isDone);
      shown.add(isDone);
      fsx.clock.advance(1000);
    }
    expect(shown).toEqual(new Set([true, false]));
  });
});
