import {
  CancelDataRepositoryTaskCommand,
  CreateDataRepositoryTaskCommand,
  DataRepositoryTaskEnded,
  DataRepositoryTaskExecuting,
  DataRepositoryTaskNotFound,
  DeleteFileSystemCommand,
  DescribeDataRepositoryTasksCommand,
  paginateDescribeDataRepositoryTasks,
  TagResourceCommand,
  type CreateDataRepositoryTaskCommandInput,
  type DataRepositoryTask,
  type FSxClient,
} from '@aws-sdk/client-fsx';
import type { LocalFsx } from '../../local/fsx/server';
import {
  call,
  closeAll,
  HOUR,
  LINKED,
  manualFsxAndClient,
  MINUTE,
  PERSISTENT_2,
  SECOND,
} from './support';

/** Data repository tasks, as a program with the AWS SDK sees them. */
let fsx: LocalFsx;
let client: FSxClient;
let fs: string;
let dra: string;

const idIn = (body: unknown, member: string, id: string): string =>
  (body as Record<string, Record<string, string>>)[member]?.[id] ?? '';

async function fileSystem(input: object): Promise<string> {
  const { body } = await call(fsx, 'CreateFileSystem', input);
  fsx.clock.advance(7 * MINUTE);
  return idIn(body, 'FileSystem', 'FileSystemId');
}
async function link(FileSystemPath: string, DataRepositoryPath: string, S3?: object) {
  const { body } = await call(fsx, 'CreateDataRepositoryAssociation', {
    FileSystemId: fs,
    FileSystemPath,
    DataRepositoryPath,
    S3,
  });
  fsx.clock.advance(3 * MINUTE);
  return idIn(body, 'Association', 'AssociationId');
}

beforeEach(async () => {
  ({ fsx, client } = await manualFsxAndClient());
  fs = await fileSystem(PERSISTENT_2);
  dra = await link('/data', 's3://bucket/data');
});
afterEach(closeAll);

type Input = Partial<CreateDataRepositoryTaskCommandInput>;

async function start(input: Input = {}): Promise<DataRepositoryTask> {
  const { DataRepositoryTask: task } = await client.send(
    new CreateDataRepositoryTaskCommand({
      FileSystemId: fs,
      Type: 'EXPORT_TO_REPOSITORY',
      Report: { Enabled: false },
      ...input,
    }),
  );
  if (!task) throw new Error('no task');
  return task;
}
async function found(id: string | undefined): Promise<DataRepositoryTask> {
  const { DataRepositoryTasks: tasks = [] } = await client.send(
    new DescribeDataRepositoryTasksCommand({ TaskIds: [id ?? ''] }),
  );
  const [task] = tasks;
  if (!task) throw new Error('no task');
  return task;
}
const cancel = (id: string | undefined) =>
  client.send(new CancelDataRepositoryTaskCommand({ TaskId: id }));
const remove = () => client.send(new DeleteFileSystemCommand({ FileSystemId: fs }));

describe('the life of a task', () => {
  test.each([
    'EXPORT_TO_REPOSITORY',
    'IMPORT_METADATA_FROM_REPOSITORY',
    'RELEASE_DATA_FROM_FILESYSTEM',
  ] as const)('%s: PENDING, EXECUTING with counts, SUCCEEDED', async (Type) => {
    const made = await start({ Type });
    expect(made).toMatchObject({ Type, Lifecycle: 'PENDING', FileSystemId: fs });
    expect(made.TaskId).toMatch(/^task-[0-9a-f]{17}$/);
    expect(made.ResourceARN).toMatch(/^arn:aws:fsx:us-east-1:\d{12}:task\/task-/);
    expect(made.Status).toBeUndefined();
    fsx.clock.advance(30 * SECOND);
    expect(await found(made.TaskId)).toMatchObject({
      Lifecycle: 'EXECUTING',
      Status: { SucceededCount: 0, FailedCount: 0 },
    });
    // Counts are updated every thirty seconds.
    fsx.clock.advance(2 * MINUTE + 29 * SECOND);
    const { Status: first } = await found(made.TaskId);
    fsx.clock.advance(SECOND);
    const { Status: second, EndTime: none } = await found(made.TaskId);
    expect(first?.SucceededCount).toBeGreaterThan(0);
    expect(second?.SucceededCount).toBeGreaterThan(first?.SucceededCount ?? 0);
    expect(none).toBeUndefined();
    fsx.clock.advance(3 * MINUTE);
    const { Status: last, ...ended } = await found(made.TaskId);
    expect(ended).toMatchObject({ Lifecycle: 'SUCCEEDED', EndTime: expect.any(Date) as Date });
    expect(last?.TotalCount).toBe(last?.SucceededCount);
  });

  test('one at a time on a file system, and none is deleted meanwhile', async () => {
    const { TaskId: id } = await start();
    await expect(start()).rejects.toThrow(DataRepositoryTaskExecuting);
    await expect(remove()).rejects.toMatchObject({
      name: 'BadRequest',
      message: expect.stringContaining('PENDING or EXECUTING') as string,
    });
    fsx.clock.advance(MINUTE);
    await expect(remove()).rejects.toThrow('data repository task');
    expect(await cancel(id)).toMatchObject({ TaskId: id, Lifecycle: 'CANCELING' });
    expect(await cancel(id)).toMatchObject({ Lifecycle: 'CANCELING' });
    await expect(start()).rejects.toThrow(DataRepositoryTaskExecuting);
    await expect(remove()).rejects.toThrow('data repository task');
    fsx.clock.advance(30 * SECOND);
    const canceled = await found(id);
    expect(canceled).toMatchObject({ Lifecycle: 'CANCELED' });
    expect(canceled.EndTime).toEqual(new Date(fsx.clock.now()));
    fsx.clock.advance(HOUR);
    expect(await found(id)).toEqual(canceled);
    await expect(cancel(id)).rejects.toThrow(DataRepositoryTaskEnded);
    await start();
  });

  test('canceled before it has started, it has processed nothing', async () => {
    const { TaskId: id } = await start();
    await cancel(id);
    fsx.clock.advance(HOUR);
    expect(await found(id)).toMatchObject({ Lifecycle: 'CANCELED' });
  });

  test('it is described for 14 days after its end', async () => {
    const { TaskId: id } = await start();
    fsx.clock.advance(5.5 * MINUTE + 14 * 24 * HOUR - 1);
    await found(id);
    fsx.clock.advance(1);
    await expect(found(id)).rejects.toThrow(DataRepositoryTaskNotFound);
    await expect(cancel(id)).rejects.toThrow(DataRepositoryTaskNotFound);
  });

  test('it goes with its file system', async () => {
    const { TaskId: id } = await start();
    fsx.clock.advance(HOUR);
    await remove();
    await found(id);
    fsx.clock.advance(HOUR);
    await expect(found(id)).rejects.toThrow(DataRepositoryTaskNotFound);
  });

  test('one that ends FAILED has a reason, and counts what it could not do', async () => {
    fsx.faults.add({
      fault: 'endsFailed',
      operation: 'CreateDataRepositoryTask',
      message: 'S3AccessDenied',
    });
    const { TaskId: id } = await start();
    fsx.clock.advance(HOUR);
    const { Status: status, ...task } = await found(id);
    expect(task).toMatchObject({
      Lifecycle: 'FAILED',
      FailureDetails: { Message: 'S3AccessDenied' },
    });
    expect(status?.FailedCount).toBeGreaterThan(0);
    expect(Number(status?.SucceededCount) + Number(status?.FailedCount)).toBe(status?.TotalCount);
  });
});

describe('paths', () => {
  test.each([
    ['EXPORT_TO_REPOSITORY', 'data/results', 'SUCCEEDED'],
    ['EXPORT_TO_REPOSITORY', '/', 'SUCCEEDED'],
    ['EXPORT_TO_REPOSITORY', 'elsewhere', 'FAILED'],
    ['EXPORT_TO_REPOSITORY', '/data', 'FAILED'],
    ['EXPORT_TO_REPOSITORY', 'data/../../etc', 'FAILED'],
    ['RELEASE_DATA_FROM_FILESYSTEM', '/', 'SUCCEEDED'],
    ['IMPORT_METADATA_FROM_REPOSITORY', 's3://bucket/data/2026', 'SUCCEEDED'],
    ['IMPORT_METADATA_FROM_REPOSITORY', 's3://bucket/other', 'FAILED'],
    ['IMPORT_METADATA_FROM_REPOSITORY', 'data', 'FAILED'],
  ] as const)('%s of %s ends %s', async (Type, path, end) => {
    const { TaskId: id } = await start({ Type, Paths: [path] });
    fsx.clock.advance(HOUR);
    expect(await found(id)).toMatchObject({ Lifecycle: end, Paths: [path] });
  });

  test('they say which associations a task works on', async () => {
    const other = await link('/other', 's3://other');
    const of = async (id: string) => {
      const { DataRepositoryTasks: tasks = [] } = await client.send(
        new DescribeDataRepositoryTasksCommand({
          Filters: [{ Name: 'data-repository-association-id', Values: [id] }],
        }),
      );
      return tasks.length;
    };
    await start({ Paths: ['other'] });
    expect([await of(dra), await of(other)]).toEqual([0, 1]);
    fsx.clock.advance(HOUR);
    await start();
    expect([await of(dra), await of(other)]).toEqual([1, 2]);
  });
});

describe('what FSx refuses', () => {
  test('a task without a link, or before it is there', async () => {
    fs = await fileSystem(PERSISTENT_2);
    await expect(start()).rejects.toThrow('not linked');
    await call(fsx, 'CreateDataRepositoryAssociation', {
      FileSystemId: fs,
      FileSystemPath: '/a',
      DataRepositoryPath: 's3://bucket',
    });
    await expect(start()).rejects.toThrow('not linked');
    fsx.clock.advance(3 * MINUTE);
    await start();
  });

  test('a task on a file system that is being created, or unknown', async () => {
    const { body } = await call(fsx, 'CreateFileSystem', PERSISTENT_2);
    fs = idIn(body, 'FileSystem', 'FileSystemId');
    await expect(start()).rejects.toThrow('CREATING');
    fs = 'fs-0123456789abcdef0';
    await expect(start()).rejects.toMatchObject({ name: 'FileSystemNotFound' });
  });

  test('an export beside automatic export', async () => {
    await link('/auto', 's3://auto', { AutoExportPolicy: { Events: ['NEW'] } });
    await expect(start()).rejects.toThrow('automatic export');
    await start({ Type: 'IMPORT_METADATA_FROM_REPOSITORY' });
  });

  test('an older link exports only', async () => {
    fs = await fileSystem(LINKED);
    await expect(start({ Type: 'IMPORT_METADATA_FROM_REPOSITORY' })).rejects.toThrow(
      'data repository association',
    );
    await start();
  });
});

test('listings have pages and filters, tags and tokens hold', async () => {
  const token = { ClientRequestToken: 'once', Tags: [{ Key: 'a', Value: '1' }] };
  const made = await start(token);
  expect(await start(token)).toEqual(made);
  await client.send(
    new TagResourceCommand({ ResourceARN: made.ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }),
  );
  expect((await found(made.TaskId)).Tags).toHaveLength(2);
  const ids = [made.TaskId];
  for (let index = 0; index < 5; index += 1) {
    fsx.clock.advance(HOUR);
    ids.push((await start()).TaskId);
  }
  const listed: (string | undefined)[] = [];
  for await (const page of paginateDescribeDataRepositoryTasks({ client, pageSize: 2 }, {})) {
    listed.push(...(page.DataRepositoryTasks ?? []).map((task) => task.TaskId));
  }
  expect(listed.sort()).toEqual(ids.sort());
  const by = async (Name: string, Value: string) => {
    const { body } = await call(fsx, 'DescribeDataRepositoryTasks', {
      Filters: [{ Name, Values: [Value] }],
    });
    return body.__type ?? (body.DataRepositoryTasks as unknown[]).length;
  };
  expect(await by('task-lifecycle', 'PENDING')).toBe(1);
  expect(await by('task-lifecycle', 'SUCCEEDED')).toBe(5);
  expect(await by('file-system-id', fs)).toBe(6);
  expect(await by('file-cache-id', 'fc-0123456789abcdef0')).toBe(0);
  expect(await by('file-system-id', 'fs-0123456789abcdef0')).toBe('FileSystemNotFound');
});
