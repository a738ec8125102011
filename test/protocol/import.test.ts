import {
  CreateFileSystemCommand,
  FSxClient,
  type CreateFileSystemCommandInput,
} from '@aws-sdk/client-fsx';
import type { Properties } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeAll(async () => (world = await startWorld()));
afterAll(() => world.close());

/** A file system that was created elsewhere, without this type. */
async function elsewhere(input: Partial<CreateFileSystemCommandInput>): Promise<Properties> {
  const client = new FSxClient({
    region: 'us-east-1',
    endpoint: world.fsx.url,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  });
  const { FileSystem } = await client.send(
    new CreateFileSystemCommand({
      FileSystemType: 'LUSTRE',
      SubnetIds: [SUBNET],
      StorageCapacity: 1200,
      ...input,
    }),
  );
  client.destroy();
  world.fsx.clock.advance(24 * 3_600_000);
  return { FileSystemId: FileSystem?.FileSystemId };
}

test.each([
  [
    'FSx’s own defaults',
    {},
    {
      DeploymentType: 'SCRATCH_1',
      StorageType: 'SSD',
      FileSystemTypeVersion: '2.10',
      MountName: 'fsx',
    },
  ],
  [
    'a persistent one',
    { LustreConfiguration: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 } },
    {
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      AutomaticBackupRetentionDays: 0,
    },
  ],
  [
    'one that is linked to S3',
    { LustreConfiguration: { ImportPath: 's3://data' } },
    { ImportPath: 's3://data', AutoImportPolicy: 'NONE', ImportedFileChunkSize: 1024 },
  ],
] as const)(
  '%s is read as it is, and stays as it is when its own model is adopted',
  async (_, input, expected) => {
    const id = await elsewhere(input);
    const read = model(await world.registry().read(id));
    expect(read).toMatchObject(expected);
    world.fsx.requests.reset();
    expect(model(await world.registry().update(read, read))).toEqual(read);
    expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
  },
);

test('one that today’s rules refuse can still get tags, grow, and be deleted', async () => {
  const id = await elsewhere({ LustreConfiguration: { DeploymentType: 'SCRATCH_2' } });
  world.fsx.fileSystems.change(String(id.FileSystemId), { values: { StorageCapacity: 1500 } });
  const read = model(await world.registry().read(id));
  expect(read.StorageCapacity).toBe(1500);
  const tagged = model(
    await world.registry().update({ ...read, Tags: [{ Key: 'a', Value: '1' }] }, read),
  );
  expect(tagged.Tags).toEqual([{ Key: 'a', Value: '1' }]);
  const grown = model(await world.registry().update({ ...tagged, StorageCapacity: 2400 }, tagged));
  expect(grown.StorageCapacity).toBe(2400);
  expect(await world.registry().delete(grown)).toMatchObject({ status: 'SUCCESS' });
});

/** Another spelling of what FSx has is no change. */
describe('the same in other words', () => {
  const key = 'arn:aws:kms:us-east-1:123456789012:key/0123abcd-0123-4567-89ab-0123456789ab';
  const base = {
    StorageCapacity: 2400,
    DeploymentType: 'PERSISTENT_2',
    PerUnitStorageThroughput: 125,
    SubnetIds: [SUBNET],
  };
  test.each([
    [{ KmsKeyId: key }, { KmsKeyId: '0123abcd-0123-4567-89ab-0123456789ab' }],
    [{ KmsKeyId: 'alias/data' }, { KmsKeyId: 'alias/data' }],
    [
      {
        LogConfiguration: {
          Level: 'WARN_ERROR',
          Destination: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/x',
        },
      },
      {
        LogConfiguration: {
          Level: 'WARN_ERROR',
          Destination: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/x:*',
        },
      },
    ],
    [
      {
        RootSquashConfiguration: {
          RootSquash: '1:1',
          NoSquashNids: ['10.0.1.6@tcp', '10.0.1.7@tcp'],
        },
      },
      {
        RootSquashConfiguration: {
          RootSquash: '1:1',
          NoSquashNids: ['10.0.1.7@tcp', '10.0.1.6@tcp'],
        },
      },
    ],
    [
      {},
      {
        EfaEnabled: false,
        CopyTagsToBackups: false,
        AutomaticBackupRetentionDays: 0,
        DataCompressionType: 'NONE',
      },
    ],
    [
      { MetadataConfiguration: { Mode: 'AUTOMATIC' } },
      { MetadataConfiguration: { Mode: 'AUTOMATIC' } },
    ],
  ])('%j and %j', async (before, after) => {
    const fs = model(await world.registry().create({ ...base, ...before }));
    world.fsx.requests.reset();
    model(await world.registry().update({ ...base, ...after }, { ...base, ...before, ...fs }));
    expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
  });
});
