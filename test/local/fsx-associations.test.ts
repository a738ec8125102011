import {
  CreateDataRepositoryAssociationCommand,
  CreateFileSystemCommand,
  DataRepositoryAssociationNotFound,
  DeleteDataRepositoryAssociationCommand,
  DeleteFileSystemCommand,
  DescribeDataRepositoryAssociationsCommand,
  DescribeDataRepositoryTasksCommand,
  DescribeFileSystemsCommand,
  ListTagsForResourceCommand,
  paginateDescribeDataRepositoryAssociations,
  TagResourceCommand,
  UpdateDataRepositoryAssociationCommand,
  type CreateDataRepositoryAssociationCommandInput,
  type DataRepositoryAssociation,
  type EventType,
  type FSxClient,
  type S3DataRepositoryConfiguration,
} from '@aws-sdk/client-fsx';
import type { LocalFsx } from '../../local/fsx/server';
import { call, closeAll, control, HOUR, manualFsxAndClient, MINUTE, PERSISTENT_2 } from './support';

/** Data repository associations, as a program with the AWS SDK sees them. */
let fsx: LocalFsx;
let client: FSxClient;

beforeEach(async () => {
  ({ fsx, client } = await manualFsxAndClient());
});
afterEach(closeAll);

async function fileSystem(input = PERSISTENT_2): Promise<string> {
  const { FileSystem: made } = await client.send(new CreateFileSystemCommand(input));
  return made?.FileSystemId ?? '';
}
async function available(input = PERSISTENT_2): Promise<string> {
  const id = await fileSystem(input);
  fsx.clock.advance(7 * MINUTE);
  return id;
}

type Input = Partial<CreateDataRepositoryAssociationCommandInput>;

async function link(fileSystemId: string, input: Input = {}): Promise<DataRepositoryAssociation> {
  const { Association: made } = await client.send(
    new CreateDataRepositoryAssociationCommand({
      FileSystemId: fileSystemId,
      FileSystemPath: '/test',
      DataRepositoryPath: 's3://bucket',
      ...input,
    }),
  );
  if (!made) throw new Error('no association');
  return made;
}
/** Links, and waits until it is there. */
async function linked(fileSystemId: string, input: Input = {}): Promise<string> {
  const { AssociationId: id = '' } = await link(fileSystemId, input);
  fsx.clock.advance(3 * MINUTE);
  return id;
}
async function found(id: string): Promise<DataRepositoryAssociation> {
  const { Associations: all = [] } = await client.send(
    new DescribeDataRepositoryAssociationsCommand({ AssociationIds: [id] }),
  );
  const [first] = all;
  if (!first) throw new Error(`no ${id}`);
  return first;
}
const unlink = (id: string, DeleteDataInFileSystem?: boolean) =>
  client.send(
    new DeleteDataRepositoryAssociationCommand({ AssociationId: id, DeleteDataInFileSystem }),
  );
const change = async (id: string, input: { ImportedFileChunkSize?: number; S3?: object }) => {
  const { Association: changed } = await client.send(
    new UpdateDataRepositoryAssociationCommand({ AssociationId: id, ...input }),
  );
  return changed;
};

const ALL: EventType[] = ['NEW', 'CHANGED', 'DELETED'];
const exporting = (events: EventType[]): S3DataRepositoryConfiguration => ({
  AutoExportPolicy: { Events: events },
});
const importing = (events: EventType[]): S3DataRepositoryConfiguration => ({
  AutoImportPolicy: { Events: events },
});

/**
 * What the acceptance tests of Terraform's aws_fsx_data_repository_association do, in their order and under their names.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/fsx/data_repository_association_test.go
 */
describe("Terraform's acceptance tests", () => {
  /** Creates, waits and reads as the provider does. */
  async function apply(fileSystemId: string, input: Input = {}) {
    const id = await linked(fileSystemId, input);
    return found(id);
  }
  async function destroy(id: string): Promise<void> {
    expect(await unlink(id)).toMatchObject({ AssociationId: id, Lifecycle: 'DELETING' });
    expect(await found(id)).toMatchObject({ Lifecycle: 'DELETING' });
    fsx.clock.advance(2 * MINUTE);
    await expect(found(id)).rejects.toThrow(DataRepositoryAssociationNotFound);
  }

  test('basic', async () => {
    const fs = await available();
    const read = await apply(fs);
    expect(read).toMatchObject({
      BatchImportMetaDataOnCreate: false,
      // As given: FSx takes it for s3://bucket/ all the same.
      DataRepositoryPath: 's3://bucket',
      FileSystemPath: '/test',
      FileSystemId: fs,
      ImportedFileChunkSize: 1024,
      Lifecycle: 'AVAILABLE',
    });
    expect(read.AssociationId).toMatch(/^dra-[0-9a-f]{17}$/);
    expect(read.ResourceARN).toMatch(/^arn:aws:fsx:us-east-1:\d{12}:association\/fs-.+\/dra-.+$/);
    expect(read.S3).toBeUndefined();
    await destroy(read.AssociationId ?? '');
  });

  test('disappears', async () => {
    const { AssociationId: id = '' } = await apply(await available());
    await destroy(id);
    await expect(unlink(id)).rejects.toThrow(DataRepositoryAssociationNotFound);
  });

  test('disappears_ParentFileSystem', async () => {
    const fs = await available();
    const { AssociationId: id = '' } = await apply(fs);
    await client.send(new DeleteFileSystemCommand({ FileSystemId: fs }));
    expect(await found(id)).toMatchObject({ Lifecycle: 'DELETING' });
    fsx.clock.advance(4 * MINUTE);
    await expect(found(id)).rejects.toThrow(DataRepositoryAssociationNotFound);
  });

  test.each([
    ['fileSystemPathUpdated', { FileSystemPath: '/test1' }, { FileSystemPath: '/test2' }],
    [
      'dataRepositoryPathUpdated',
      { DataRepositoryPath: 's3://one' },
      { DataRepositoryPath: 's3://two' },
    ],
  ])('%s: deleted, and created anew', async (_, before, after) => {
    const fs = await available();
    const first = await apply(fs, before);
    expect(first).toMatchObject(before);
    await destroy(first.AssociationId ?? '');
    const second = await apply(fs, after);
    expect(second).toMatchObject(after);
    expect(second.AssociationId).not.toBe(first.AssociationId);
  });

  test('importedFileChunkSize', async () => {
    const read = await apply(await available(), { ImportedFileChunkSize: 256 });
    expect(read).toMatchObject({ ImportedFileChunkSize: 256 });
  });

  test('importedFileChunkSizeUpdated: in place', async () => {
    const { AssociationId: id = '' } = await apply(await available(), {
      ImportedFileChunkSize: 256,
    });
    const answer = await change(id, { ImportedFileChunkSize: 512 });
    expect(answer).toMatchObject({ Lifecycle: 'UPDATING', ImportedFileChunkSize: 256 });
    fsx.clock.advance(MINUTE);
    expect(await found(id)).toMatchObject({ Lifecycle: 'AVAILABLE', ImportedFileChunkSize: 512 });
  });

  test('deleteDataInFilesystem', async () => {
    const { AssociationId: id = '' } = await apply(await available());
    expect(await unlink(id, true)).toMatchObject({ DeleteDataInFileSystem: true });
  });

  test.each([
    ['s3AutoExportPolicy', exporting(ALL)],
    ['s3AutoImportPolicy', importing(ALL)],
    ['s3FullPolicy', { ...exporting(ALL), ...importing(ALL) }],
  ])('%s', async (_, S3) => {
    expect((await apply(await available(), { S3 })).S3).toEqual(S3);
  });

  test.each([
    ['s3AutoExportPolicyUpdate', exporting(ALL), exporting(['NEW'])],
    ['s3AutoImportPolicyUpdate', importing(ALL), importing(['NEW'])],
  ])('%s: in place', async (_, before, after) => {
    const { AssociationId: id = '' } = await apply(await available(), { S3: before });
    await change(id, { S3: after });
    expect((await found(id)).S3).toEqual(before);
    fsx.clock.advance(MINUTE);
    expect(await found(id)).toMatchObject({ AssociationId: id, S3: after });
  });
});

describe('the life of an association', () => {
  test('it is created after its file system, where that is still being created', async () => {
    const fs = await fileSystem();
    const { AssociationId: id = '', Lifecycle: state } = await link(fs);
    expect(state).toBe('CREATING');
    fsx.clock.advance(9 * MINUTE);
    expect(await found(id)).toMatchObject({ Lifecycle: 'CREATING' });
    fsx.clock.advance(MINUTE);
    expect(await found(id)).toMatchObject({ Lifecycle: 'AVAILABLE' });
  });

  test('with a file system that could not be created it is FAILED', async () => {
    fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem' });
    const id = await linked(await fileSystem());
    fsx.clock.advance(HOUR);
    expect(await found(id)).toMatchObject({
      Lifecycle: 'FAILED',
      FailureDetails: { Message: 'The file system could not be created.' },
    });
  });

  test('eight requests wait for each other, and no ninth', async () => {
    const fs = await available();
    const ids: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      const { AssociationId: id = '' } = await link(fs, {
        FileSystemPath: `/folder${index}`,
        DataRepositoryPath: `s3://bucket/prefix${index}`,
      });
      ids.push(id);
    }
    const states = async () => (await Promise.all(ids.map(found))).map((each) => each.Lifecycle);
    for (let done = 1; done <= 8; done += 1) {
      fsx.clock.advance(3 * MINUTE);
      const now = await states();
      expect(now.filter((state) => state === 'AVAILABLE')).toHaveLength(done);
    }
    await expect(
      link(fs, { FileSystemPath: '/ninth', DataRepositoryPath: 's3://ninth' }),
    ).rejects.toMatchObject({
      name: 'BadRequest',
      message: expect.stringContaining('at most 8') as string,
    });
    for (const id of ids) await unlink(id);
    await expect(change(ids[0] ?? '', { ImportedFileChunkSize: 1 })).rejects.toThrow('DELETING');
    fsx.clock.advance(16 * MINUTE);
    await expect(states()).rejects.toThrow(DataRepositoryAssociationNotFound);
    // The room is there again.
    await link(fs);
  });

  test('what is CREATING or UPDATING is neither changed nor deleted', async () => {
    const { AssociationId: id = '' } = await link(await available());
    const both = async (state: string) => {
      await expect(change(id, { ImportedFileChunkSize: 1 })).rejects.toThrow(state);
      await expect(unlink(id)).rejects.toThrow(state);
    };
    await both('CREATING');
    fsx.clock.advance(3 * MINUTE);
    await change(id, { ImportedFileChunkSize: 1 });
    await both('UPDATING');
    fsx.clock.advance(MINUTE);
    await unlink(id);
    // Asked again, the same answer, and no later end.
    fsx.clock.advance(MINUTE);
    expect(await unlink(id, true)).toMatchObject({
      Lifecycle: 'DELETING',
      DeleteDataInFileSystem: false,
    });
    fsx.clock.advance(MINUTE);
    await expect(found(id)).rejects.toThrow(DataRepositoryAssociationNotFound);
  });

  test('a creation that ends FAILED is described with its reason, and can be deleted', async () => {
    fsx.faults.add({
      fault: 'endsFailed',
      operation: 'CreateDataRepositoryAssociation',
      message: 'The bucket is gone.',
    });
    const failed = await linked(await available());
    fsx.clock.advance(HOUR);
    expect(await found(failed)).toMatchObject({
      Lifecycle: 'FAILED',
      FailureDetails: { Message: 'The bucket is gone.' },
    });
    await expect(change(failed, { ImportedFileChunkSize: 1 })).rejects.toThrow('FAILED');
    await unlink(failed);
  });

  test('MISCONFIGURED is left when its cause is gone, and an update tries', async () => {
    const fs = await available();
    const id = await linked(fs, { S3: importing(['NEW']) });
    fsx.faults.add({
      fault: 'endsFailed',
      operation: 'UpdateDataRepositoryAssociation',
      message: 'Amazon FSx lacks permissions.',
    });
    await change(id, { S3: importing(ALL) });
    fsx.clock.advance(MINUTE);
    expect(await found(id)).toMatchObject({
      Lifecycle: 'MISCONFIGURED',
      FailureDetails: { Message: 'Amazon FSx lacks permissions.' },
      S3: importing(['NEW']),
    });
    await change(id, {});
    expect(await found(id)).toMatchObject({ Lifecycle: 'UPDATING' });
    fsx.clock.advance(MINUTE);
    expect(await found(id)).toMatchObject({ Lifecycle: 'AVAILABLE', S3: importing(['NEW']) });
    await expect(change(id, {})).rejects.toThrow('No property to update');
  });

  test('MISCONFIGURED that comes from outside stays until it is taken back, whatever is updated', async () => {
    const id = await linked(await available());
    const force = (body: object) => control(fsx, 'POST', `associations/${id}`, body);
    const forced = await force({ lifecycle: 'MISCONFIGURED', message: 'No permission.' });
    expect(forced.body).toMatchObject({
      Lifecycle: 'MISCONFIGURED',
      FailureDetails: { Message: 'No permission.' },
    });
    await change(id, {});
    expect(await found(id)).toMatchObject({ Lifecycle: 'UPDATING' });
    fsx.clock.advance(MINUTE);
    expect(await found(id)).toMatchObject({ Lifecycle: 'MISCONFIGURED' });
    await force({ lifecycle: null });
    expect(await found(id)).toMatchObject({ Lifecycle: 'AVAILABLE' });
    for (const wrong of [{}, { lifecycle: 'ASLEEP' }, { lifecycle: null, deep: 1 }]) {
      expect((await force(wrong)).status).toBe(400);
    }
    const unknown = await control(fsx, 'POST', 'associations/dra-01234567', { lifecycle: null });
    expect(unknown.body.error).toBe('There is no data repository association dra-01234567.');
  });

  test('a policy that an update does not name stays, and an empty one is off', async () => {
    const id = await linked(await available(), { S3: { ...importing(ALL), ...exporting(ALL) } });
    await change(id, { S3: exporting([]) });
    fsx.clock.advance(MINUTE);
    expect((await found(id)).S3).toEqual({ ...importing(ALL), ...exporting([]) });
  });

  test('metadata is imported by a task that follows, and forbids deletion until it has ended', async () => {
    const fs = await available();
    const { AssociationId: id = '' } = await link(fs, { BatchImportMetaDataOnCreate: true });
    const tasks = async () => {
      const { DataRepositoryTasks: all = [] } = await client.send(
        new DescribeDataRepositoryTasksCommand({
          Filters: [{ Name: 'data-repository-association-id', Values: [id] }],
        }),
      );
      return all;
    };
    expect(await tasks()).toEqual([]);
    fsx.clock.advance(3 * MINUTE);
    expect(await tasks()).toMatchObject([
      { Type: 'IMPORT_METADATA_FROM_REPOSITORY', Lifecycle: 'PENDING', Paths: ['s3://bucket'] },
    ]);
    await expect(unlink(id)).rejects.toThrow('task is in progress');
    await expect(client.send(new DeleteFileSystemCommand({ FileSystemId: fs }))).rejects.toThrow(
      'data repository task',
    );
    fsx.clock.advance(6 * MINUTE);
    expect(await tasks()).toMatchObject([{ Lifecycle: 'SUCCEEDED' }]);
    await unlink(id);
  });

  test('tags, by its ARN', async () => {
    const id = await linked(await available(), { Tags: [{ Key: 'a', Value: '1' }] });
    const { ResourceARN: arn } = await found(id);
    await client.send(
      new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'b', Value: '' }] }),
    );
    const { Tags: tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    expect(tags).toHaveLength(2);
    expect((await found(id)).Tags).toHaveLength(2);
    const other = arn?.replace(/fs-[0-9a-f]+/, 'fs-0123456789abcdef0');
    await expect(
      client.send(new ListTagsForResourceCommand({ ResourceARN: other })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test('the same token gives the same association, and other parameters are refused', async () => {
    const fs = await available();
    const token = { ClientRequestToken: 'once' };
    const first = await link(fs, token);
    expect(await link(fs, token)).toEqual(first);
    await expect(link(fs, { ...token, FileSystemPath: '/other' })).rejects.toMatchObject({
      name: 'IncompatibleParameterError',
      Parameter: 'FileSystemPath',
    });
  });
});

describe('an association and its file system', () => {
  test('the file system does not show it, and is not backed up while there is one', async () => {
    const fs = await available();
    const id = await linked(fs);
    const { FileSystems: all } = await client.send(new DescribeFileSystemsCommand({}));
    const described = all?.find((each) => each.FileSystemId === fs);
    expect(described?.LustreConfiguration?.DataRepositoryConfiguration).toBeUndefined();
    const backup = () => call(fsx, 'CreateBackup', { FileSystemId: fs });
    expect((await backup()).body.Message).toMatch(/S3-linked/);
    await unlink(id);
    expect((await backup()).body.Message).toMatch(/S3-linked/);
    fsx.clock.advance(2 * MINUTE);
    expect((await backup()).body).toHaveProperty('Backup');
  });

  test('one that is being deleted gets none', async () => {
    const fs = await available();
    await client.send(new DeleteFileSystemCommand({ FileSystemId: fs }));
    await expect(link(fs)).rejects.toThrow('DELETING');
    fsx.clock.advance(HOUR);
    await expect(link(fs)).rejects.toMatchObject({ name: 'FileSystemNotFound' });
  });
});

describe('paths', () => {
  // [file system path, data repository path, beside /ns1/ and s3://bucket/prefix, which they overlap]
  test.each([
    ['/ns1', 's3://other', 'FileSystemPath'],
    ['/ns1/ns2', 's3://other', 'FileSystemPath'],
    ['/', 's3://other', 'FileSystemPath'],
    ['/other', 's3://bucket/prefix/', 'DataRepositoryPath'],
    ['/other', 's3://bucket/prefix/deeper', 'DataRepositoryPath'],
    ['/other', 's3://bucket', 'DataRepositoryPath'],
  ])('%s and %s overlap by their %s', async (path, repository, name) => {
    const fs = await available();
    await link(fs, { FileSystemPath: '/ns1/', DataRepositoryPath: 's3://bucket/prefix' });
    await expect(
      link(fs, { FileSystemPath: path, DataRepositoryPath: repository }),
    ).rejects.toThrow(new RegExp(`^${name} .* overlaps`));
  });

  test.each([
    ['/ns10', 's3://bucket/prefix-2'],
    ['/other', 's3://bucket2/prefix'],
  ])('%s and %s do not', async (path, repository) => {
    const fs = await available();
    await link(fs, { FileSystemPath: '/ns1/', DataRepositoryPath: 's3://bucket/prefix' });
    await link(fs, { FileSystemPath: path, DataRepositoryPath: repository });
  });

  test('the whole file system takes one association only', async () => {
    const fs = await available();
    await link(fs, { FileSystemPath: '/' });
    await expect(
      link(fs, { FileSystemPath: '/a', DataRepositoryPath: 's3://other' }),
    ).rejects.toThrow('overlaps');
  });

  test('two long ones fit into a message', async () => {
    const fs = await available();
    const long = `/${'a'.repeat(4000)}`;
    await link(fs, { FileSystemPath: long });
    const answer = await link(fs, { FileSystemPath: `${long}/b` }).catch((error: unknown) => error);
    expect((answer as Error).message).toMatch(/another data repository association\.$/);
  });
});

describe('listings', () => {
  test('pages of at most 25, each association once', async () => {
    const all: string[] = [];
    for (let index = 0; index < 30; index += 1) all.push(await linked(await available(), {}));
    const sizes: number[] = [];
    const listed: string[] = [];
    for await (const page of paginateDescribeDataRepositoryAssociations({ client }, {})) {
      sizes.push(page.Associations?.length ?? 0);
      listed.push(...(page.Associations ?? []).map((each) => each.AssociationId ?? ''));
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    expect(listed.sort()).toEqual(all.sort());
    const tooMany = await call(fsx, 'DescribeDataRepositoryAssociations', { MaxResults: 26 });
    expect(tooMany.body.__type).toBe('BadRequest');
  });

  test('filters', async () => {
    const one = await available();
    const id = await linked(one);
    const other = await available();
    await linked(other);
    const by = async (Name: string, ...Values: string[]) => {
      const { body } = await call(fsx, 'DescribeDataRepositoryAssociations', {
        Filters: [{ Name, Values }],
      });
      return body.__type ?? (body.Associations as unknown[]).length;
    };
    expect(await by('file-system-id', one)).toBe(1);
    expect(await by('file-system-id', one, other)).toBe(2);
    expect(await by('data-repository-type', 'S3')).toBe(2);
    expect(await by('data-repository-type', 'NFS')).toBe(0);
    expect(await by('file-cache-id', 'fc-0123456789abcdef0')).toBe(0);
    expect(await by('data-repository-type', 'GCS')).toBe('InvalidDataRepositoryType');
    expect(await by('file-system-id', 'fs-0123456789abcdef0')).toBe('FileSystemNotFound');
    await unlink(id);
    fsx.clock.advance(2 * MINUTE);
    expect(await by('file-system-id', one)).toBe(0);
  });
});

test('the control API shows how many there are', async () => {
  const fs = await available();
  await linked(fs, { BatchImportMetaDataOnCreate: true });
  const { body } = await control(fsx, 'GET', `file-systems/${fs}`);
  expect(body).toMatchObject({ Associations: 1, Tasks: 1 });
  const all = await control(fsx, 'GET', 'associations');
  expect(all.body).toMatchObject([{ FileSystemId: fs, Lifecycle: 'AVAILABLE' }]);
  const tasks = await control(fsx, 'GET', 'tasks');
  expect(tasks.body).toMatchObject([{ FileSystemId: fs, Lifecycle: 'PENDING' }]);
});
