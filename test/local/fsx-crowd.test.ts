import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  paginateDescribeFileSystems,
  UpdateFileSystemCommand,
} from '@aws-sdk/client-fsx';
import { clientOf, closeAll, manualFsx, MINUTE, SCRATCH_2 } from './support';

afterEach(closeAll);

const COUNT = 200;

test(`${COUNT} file systems are created, grown and deleted at once, and none is lost`, async () => {
  const fsx = await manualFsx({ otherFileSystems: false });
  const client = clientOf(fsx);
  const all = <T>(task: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: COUNT }, (_, index) => task(index)));
  const listed = async () => {
    const ids: (string | undefined)[] = [];
    for await (const page of paginateDescribeFileSystems({ client }, {})) {
      ids.push(...(page.FileSystems ?? []).map((fileSystem) => fileSystem.FileSystemId));
    }
    return ids.sort();
  };

  const made = await all(async (index) => {
    const input = { ...SCRATCH_2, Tags: [{ Key: 'index', Value: String(index) }] };
    const { FileSystem: fileSystem } = await client.send(new CreateFileSystemCommand(input));
    return fileSystem?.FileSystemId ?? '';
  });
  expect(new Set(made).size).toBe(COUNT);
  expect(await listed()).toEqual([...made].sort());

  fsx.clock.advance(5 * MINUTE);
  await all((index) =>
    client.send(
      new UpdateFileSystemCommand({
        FileSystemId: made[index],
        StorageCapacity: 2400 * (index + 1),
      }),
    ),
  );
  fsx.clock.advance(32 * MINUTE);
  made.forEach((id, index) => {
    expect(fsx.fileSystems.get(id)).toMatchObject({
      Lifecycle: 'AVAILABLE',
      StorageCapacity: 2400 * (index + 1),
      Tags: [{ Key: 'index', Value: String(index) }],
    });
  });

  await all((index) => client.send(new DeleteFileSystemCommand({ FileSystemId: made[index] })));
  expect(await listed()).toHaveLength(COUNT);
  fsx.clock.advance(4 * MINUTE);
  expect(await listed()).toEqual([]);
  expect(fsx.requests.counts()).toMatchObject({
    CreateFileSystem: COUNT,
    UpdateFileSystem: COUNT,
    DeleteFileSystem: COUNT,
  });
  client.destroy();
});
