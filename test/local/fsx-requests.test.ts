import { connect } from 'node:net';
import { startLocalFsx, type LocalFsx } from '../../local/fsx/server';
import {
  call,
  closeAll,
  control,
  HOUR,
  manualFsx,
  MINUTE,
  PERSISTENT_1,
  post,
  SCRATCH_2,
  START,
} from './support';

/** Requests that are not what they should be: each is answered, and none stops the server. */
let fsx: LocalFsx;
beforeAll(async () => {
  fsx = await manualFsx();
});
afterAll(closeAll);
afterEach(async () => {
  const { status } = await call(fsx, 'DescribeFileSystems', {});
  expect(status).toBe(200);
});

async function available(input: object): Promise<string> {
  const { body } = await call(fsx, 'CreateFileSystem', input);
  fsx.clock.advance(7 * MINUTE);
  return (body.FileSystem as { FileSystemId: string }).FileSystemId;
}

const TARGET = 'AWSSimbaAPIService_v20180301';
const send = (body: string, target: string | undefined) =>
  post(fsx, body, target === undefined ? {} : { 'X-Amz-Target': target });

test.each([
  ['an unknown operation', `${TARGET}.CreateEverything`],
  ['an operation of another version', 'AWSSimbaAPIService_v20190101.CreateFileSystem'],
  ['an inherited name', `${TARGET}.constructor`],
  ['no operation', undefined],
])('%s', async (_, target) => {
  const answer = await send('{}', target);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ __type: 'UnknownOperationException' });
  expect(answer.headers['x-amzn-requestid']).toBeDefined();
});

test('another method', async () => {
  const headers = { 'X-Amz-Target': `${TARGET}.DescribeFileSystems` };
  const answer = await post(fsx, '', headers, '/', 'GET');
  expect(answer.body.__type).toBe('UnknownOperationException');
});

test.each([
  ['broken JSON', '{"FileSystemType": '],
  ['no object', '[]'],
  ['a text', '"LUSTRE"'],
  ['null', 'null'],
  [
    'a number where a text belongs',
    '{"FileSystemType":1,"SubnetIds":["subnet-0123456789abcdef0"]}',
  ],
  ['a text where a number belongs', '{"StorageCapacity":"1200"}'],
  ['a fraction where an integer belongs', '{"StorageCapacity":1200.5}'],
  ['a text where a list belongs', '{"SubnetIds":"subnet-0123456789abcdef0"}'],
  ['a list where a structure belongs', '{"LustreConfiguration":[]}'],
  ['a text where a boolean belongs', '{"LustreConfiguration":{"CopyTagsToBackups":"true"}}'],
  ['null in a list', '{"SubnetIds":[null]}'],
  ['a text where another type has its configuration', '{"WindowsConfiguration":""}'],
  ['nesting without end', '['.repeat(100_000)],
])('%s is a SerializationException', async (_, body) => {
  const answer = await send(body, `${TARGET}.CreateFileSystem`);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    __type: 'SerializationException',
    message: expect.any(String) as string,
  });
});

test('deep nesting in a member that FSx does not know is ignored with it', async () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const answer = await send(`{"Unheard":${deep}}`, `${TARGET}.DescribeFileSystems`);
  expect(answer.status).toBe(200);
});

test('a body of 10 MB', async () => {
  const answer = await send(' '.repeat(10 * 1024 * 1024), `${TARGET}.CreateFileSystem`);
  expect(answer.status).toBe(413);
  expect(answer.body.__type).toBe('RequestEntityTooLargeException');
});

test('no body is an empty object', async () => {
  const answer = await send('', `${TARGET}.DescribeFileSystems`);
  expect(answer.status).toBe(200);
});

test('something that is not HTTP', async () => {
  const raw = await new Promise<string>((resolve) => {
    const socket = connect(fsx.port, '127.0.0.1', () => socket.write('what is this?\r\n\r\n'));
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('close', () => {
      resolve(answer);
    });
  });
  expect(raw).toMatch(/^HTTP\/1.1 400/);
});

test('a connection that breaks while it sends', async () => {
  await new Promise<void>((resolve) => {
    const head = `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: ${TARGET}.CreateFileSystem\r\nContent-Length: 1000\r\n\r\n{`;
    const socket = connect(fsx.port, '127.0.0.1', () => {
      socket.write(head, () => socket.destroy());
    });
    socket.on('close', () => {
      resolve();
    });
  });
});

test.each([
  [{ MaxResults: 0 }, /greater than or equal to 1/],
  [{ NextToken: '###' }, /regular expression/],
  [{ NextToken: 'AAAA' }, /Invalid NextToken/],
])('a page that cannot be: %j', async (input, message) => {
  const answer = await call(fsx, 'DescribeFileSystems', input);
  expect(answer.body).toMatchObject({
    __type: 'BadRequest',
    Message: expect.stringMatching(message) as string,
  });
});

describe('the token of a next page', () => {
  async function twoPages(operation: string, input: object): Promise<string> {
    const { body } = await call(fsx, operation, { ...input, MaxResults: 1 });
    expect(body.NextToken).toEqual(expect.any(String));
    return String(body.NextToken);
  }
  const isRefused = async (operation: string, input: object): Promise<void> => {
    const { body } = await call(fsx, operation, input);
    expect(body).toMatchObject({ __type: 'BadRequest' });
    expect(String(body.Message)).toMatch(/^Invalid NextToken: /);
  };

  test('is valid for its own listing with its own filters only, with any MaxResults', async () => {
    const id = await available(PERSISTENT_1);
    for (const Key of ['a', 'b', 'c']) {
      const { body } = await call(fsx, 'CreateBackup', { FileSystemId: id, Tags: [{ Key, Value: 'x' }] }); // oxfmt-ignore
      const { ResourceARN } = body.Backup as { ResourceARN: string };
      await call(fsx, 'TagResource', { ResourceARN, Tags: [{ Key: 'z', Value: 'x' }] });
      fsx.clock.advance(HOUR);
    }
    const filters = (Value: string) => ({ Filters: [{ Name: 'file-system-id', Values: [Value] }] });
    const NextToken = await twoPages('DescribeBackups', filters(id));
    const next = await call(fsx, 'DescribeBackups', { ...filters(id), NextToken, MaxResults: 5 });
    expect(next.status).toBe(200);
    await isRefused('DescribeBackups', { ...filters('fs-01234567'), NextToken });
    await isRefused('DescribeBackups', { NextToken });
    await isRefused('DescribeFileSystems', { NextToken });
    await isRefused('DescribeDataRepositoryTasks', { NextToken });
    await isRefused('DescribeDataRepositoryAssociations', { ...filters(id), NextToken });
  });

  test.each([
    'DescribeVolumes',
    'DescribeFileCaches',
    'DescribeSnapshots',
    'DescribeStorageVirtualMachines',
    'DescribeS3AccessPointAttachments',
  ])('is never one of %s', async (operation) => {
    await isRefused(operation, { NextToken: 'AAAA' });
  });

  test('is one of the tags of one resource', async () => {
    const [one, other] = [await available(SCRATCH_2), await available(SCRATCH_2)].map(
      (id) => `arn:aws:fsx:us-east-1:123456789012:file-system/${id}`,
    );
    for (const ResourceARN of [one, other]) {
      const Tags = ['a', 'b'].map((Key) => ({ Key, Value: 'x' }));
      await call(fsx, 'TagResource', { ResourceARN, Tags });
    }
    const NextToken = await twoPages('ListTagsForResource', { ResourceARN: one });
    await isRefused('ListTagsForResource', { ResourceARN: other, NextToken });
  });
});

test('a pattern in a message is written as FSx writes it', async () => {
  const message = async (input: object): Promise<string> =>
    String((await call(fsx, 'DescribeBackups', input)).body.Message);
  expect(await message({ NextToken: '###' })).toContain(
    String.raw`pattern: ^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$`,
  );
  expect(await message({ Filters: [{ Name: 'backup-type', Values: ['#'] }] })).toContain(
    String.raw`pattern: ^[0-9a-zA-Z\*\.\\/\?\-\_]*$`,
  );
});

test('what is not of FSx has no tags here', async () => {
  const arn = 'arn:aws:fsx:us-east-1:123456789012:bucket/b';
  const answer = await call(fsx, 'ListTagsForResource', { ResourceARN: arn });
  expect(answer.body).toMatchObject({ __type: 'NotServiceResourceError', ResourceARN: arn });
  const s3 = await call(fsx, 'ListTagsForResource', { ResourceARN: 'arn:aws:s3:::bucket' });
  expect(s3.body.__type).toBe('BadRequest');
});

describe('the control API', () => {
  test('tells what there is', async () => {
    const { body } = await control(fsx, 'GET', '');
    expect(body).toMatchObject({ region: 'us-east-1', accountId: '123456789012' });
    expect(body.routes).toContain('POST clock');
  });

  test.each<[string, string, unknown, RegExp]>([
    ['GET', 'nothing', undefined, /There are: GET/],
    ['POST', 'clock', { advance: 'a minute' }, /number of milliseconds/],
    ['POST', 'clock', { advance: -1 }, /only goes forward/],
    ['POST', 'faults', { fault: 'earthquake' }, /fault must be one of/],
    ['POST', 'faults', { fault: 'slow', operation: 'Everything' }, /operation must be/],
    ['POST', 'faults', { fault: 'slow', times: 0 }, /times must be/],
    ['POST', 'faults', { fault: 'slow', after: -1 }, /after must be/],
    ['POST', 'faults', { fault: 'error' }, /needs a code/],
    ['POST', 'world', { unknown: [] }, /Not an environment: it cannot have/],
    ['POST', 'world', { missingBuckets: 'mine' }, /list of strings/],
    ['POST', 'world', { quotas: { files: 1 } }, /no quota files/],
    ['POST', 'world', { quotas: { fileSystems: 'one' } }, /must be a number/],
    ['POST', 'world', { quotas: [] }, /must be an object/],
    ['POST', 'world', { descriptionLagSeconds: -1 }, /must be a number from 0 to 3600/],
    ['POST', 'world', { descriptionLagSeconds: '30' }, /must be a number from 0 to 3600/],
    ['GET', 'file-systems/fs-01234567', undefined, /no Lustre file system/],
    ['DELETE', 'file-systems/fs-01234567', undefined, /no Lustre file system/],
  ])('%s %s %j is refused', async (method, path, body, message) => {
    const answer = await control(fsx, method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(message);
  });

  test('broken JSON is refused', async () => {
    const answer = await post(fsx, '{', {}, '/_local/clock');
    expect(answer.status).toBe(400);
  });

  test('moves the clock, tells the requests and forgets them', async () => {
    const own = await manualFsx();
    const { body } = await control(own, 'POST', 'clock', { advance: MINUTE });
    expect(body).toEqual({ now: START + MINUTE });
    expect((await control(own, 'GET', 'clock')).body).toEqual({ now: own.clock.now() });
    await call(own, 'CreateFileSystem', SCRATCH_2);
    await call(own, 'CreateFileSystem', {});
    const { body: told } = await control(own, 'GET', 'requests');
    expect(told).toMatchObject({
      counts: { CreateFileSystem: 2 },
      requests: [
        { operation: 'CreateFileSystem', input: SCRATCH_2, at: START + MINUTE },
        { operation: 'CreateFileSystem', input: {}, error: 'BadRequest' },
      ],
    });
    expect(own.requests.count()).toBe(2);
    expect(own.requests.of('CreateFileSystem')).toHaveLength(2);
    await control(own, 'DELETE', 'requests');
    expect(own.requests.all()).toEqual([]);
    expect(own.requests.count('CreateFileSystem')).toBe(0);
  });

  test('deletes and changes file systems behind the back of their owner', async () => {
    const { body } = await call(fsx, 'CreateFileSystem', SCRATCH_2);
    const { FileSystemId: id } = body.FileSystem as { FileSystemId: string };
    fsx.clock.advance(5 * MINUTE);
    const path = `file-systems/${id}`;
    const changed = await control(fsx, 'POST', path, {
      values: { StorageCapacity: 4800, LustreConfiguration: { DataCompressionType: 'LZ4' } },
      tags: [{ Key: 'by', Value: 'another' }],
      lifecycle: 'MISCONFIGURED',
      message: 'The network is gone.',
    });
    const seen = {
      StorageCapacity: 4800,
      Lifecycle: 'MISCONFIGURED',
      FailureDetails: { Message: 'The network is gone.' },
      Tags: [{ Key: 'by', Value: 'another' }],
      LustreConfiguration: { DeploymentType: 'SCRATCH_2', DataCompressionType: 'LZ4' },
    };
    expect(changed.body).toMatchObject(seen);
    const described = await call(fsx, 'DescribeFileSystems', { FileSystemIds: [id] });
    expect(described.body).toMatchObject({ FileSystems: [seen] });
    await control(fsx, 'POST', path, { lifecycle: null });
    expect((await control(fsx, 'GET', path)).body).toMatchObject({ Lifecycle: 'AVAILABLE' });
    const wrong = await control(fsx, 'POST', path, { lifecycle: 'asleep' });
    expect(wrong.body.error).toMatch(/lifecycle must be/);

    await control(fsx, 'POST', `${path}/tasks`);
    const refused = await call(fsx, 'DeleteFileSystem', { FileSystemId: id });
    expect(refused.body.Message).toMatch(/data repository task/);
    expect((await control(fsx, 'DELETE', `${path}/tasks`)).body).toMatchObject({ Tasks: 0 });

    const linked = await control(fsx, 'POST', `${path}/associations`);
    expect(linked.body).toMatchObject({ Associations: 1 });
    const apart = await control(fsx, 'DELETE', `${path}/associations`);
    expect(apart.body).toMatchObject({ Associations: 0 });

    await control(fsx, 'DELETE', path);
    const gone = await call(fsx, 'DescribeFileSystems', { FileSystemIds: [id] });
    expect(gone.body.__type).toBe('FileSystemNotFound');
    const left = (await control(fsx, 'GET', 'file-systems')).body as unknown as unknown[];
    expect(left).not.toContainEqual(expect.objectContaining({ FileSystemId: id }));
  });

  test('sets the world', async () => {
    await control(fsx, 'POST', 'world', { missingBuckets: ['theirs'] });
    const { body } = await control(fsx, 'GET', 'world');
    expect(body).toMatchObject({ missingBuckets: ['theirs'], quotas: {} });
  });
});

describe('options', () => {
  test('a port in use', async () => {
    const { port } = fsx;
    await expect(startLocalFsx({ port })).rejects.toThrow(
      `Port ${port} is in use on 127.0.0.1; choose another with --fsx-port`,
    );
    await expect(startLocalFsx({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test.each([
    [{ port: 70000 }, /port/],
    [{ timeScale: 0 }, /time scale/],
    [{ timeScale: Number.NaN }, /time scale/],
    [{ pageSize: 0 }, /page size/],
    [{ region: 'here' }, /us-east-1/],
    [{ accountId: '1' }, /12 digits/],
    [{ faults: [{ fault: 'error' as const }] }, /code/],
    [{ world: { missingBuckets: 1 as never } }, /list of strings/],
  ])('%j is refused', async (options, message) => {
    await expect(startLocalFsx(options)).rejects.toThrow(message);
  });

  test('only this computer is listened to', () => {
    expect(fsx.url).toBe(`http://127.0.0.1:${fsx.port}`);
  });

  test('the time scale divides durations, and times stay times', async () => {
    const scaled = await manualFsx({ timeScale: 60 });
    await call(scaled, 'CreateFileSystem', SCRATCH_2);
    scaled.clock.advance(5 * 1000 - 1);
    expect(scaled.fileSystems.all()[0]?.Lifecycle).toBe('CREATING');
    scaled.clock.advance(1);
    expect(scaled.fileSystems.all()[0]?.Lifecycle).toBe('AVAILABLE');
    expect(scaled.fileSystems.all()[0]?.CreationTime).toBe(START / 1000);
  });

  test('a clock that is not manual runs by itself and can be put forward', async () => {
    const running = await startLocalFsx();
    try {
      const before = Date.now();
      expect(running.clock.now()).toBeGreaterThanOrEqual(before);
      await call(running, 'CreateFileSystem', SCRATCH_2);
      expect(running.fileSystems.all()[0]?.Lifecycle).toBe('CREATING');
      running.clock.advance(5 * MINUTE);
      expect(running.fileSystems.all()[0]?.Lifecycle).toBe('AVAILABLE');
    } finally {
      await running.close();
    }
  });

  test('rate limits answer ThrottlingException until time has passed', async () => {
    const limits = { DescribeFileSystems: { perSecond: 2, burst: 3 } };
    const limited = await manualFsx({ rateLimits: limits });
    const ask = async () => (await call(limited, 'DescribeFileSystems', {})).body.__type;
    const burst = [await ask(), await ask(), await ask(), await ask()];
    expect(burst).toEqual([undefined, undefined, undefined, 'ThrottlingException']);
    limited.clock.advance(500);
    expect([await ask(), await ask()]).toEqual([undefined, 'ThrottlingException']);
    expect(limited.requests.count('DescribeFileSystems')).toBe(6);
  });

  test('what it does can be logged', async () => {
    const lines: string[] = [];
    const logged = await manualFsx({ log: (line) => lines.push(line) });
    await call(logged, 'DescribeFileSystems', {});
    await call(logged, 'DeleteFileSystem', { FileSystemId: 'fs-01234567' });
    expect(lines).toEqual([
      'DescribeFileSystems ok',
      "DeleteFileSystem FileSystemNotFound: File system 'fs-01234567' does not exist.",
    ]);
  });
});
