import {
  CreateBackupCommand,
  CreateFileSystemCommand,
  CreateFileSystemFromBackupCommand,
  DeleteBackupCommand,
  DeleteFileSystemCommand,
  DescribeBackupsCommand,
  DescribeFileSystemsCommand,
  FileSystemNotFound,
  ListTagsForResourceCommand,
  paginateDescribeFileSystems,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
  type CreateFileSystemCommandInput,
  type FileSystem,
  type FSxClient,
} from '@aws-sdk/client-fsx';
import type { LocalFsx } from '../../local/fsx/server';
import {
  clientOf,
  closeAll,
  HDD,
  HOUR,
  LINKED,
  lustre,
  manualFsx,
  manualFsxAndClient,
  METADATA,
  MINUTE,
  PERSISTENT_1,
  PERSISTENT_2,
  SCRATCH_1,
  SCRATCH_2,
  SECOND,
  START,
  SUBNET,
  TIERING,
  top,
} from './support';

/** Whole lives of file systems, as a program with the AWS SDK sees them. */
let fsx: LocalFsx;
let client: FSxClient;

beforeEach(async () => {
  ({ fsx, client } = await manualFsxAndClient());
});
afterEach(closeAll);

async function create(input: CreateFileSystemCommandInput): Promise<FileSystem> {
  const { FileSystem: created } = await client.send(new CreateFileSystemCommand(input));
  if (!created) throw new Error('no file system');
  return created;
}
async function describe_(id: string | undefined): Promise<FileSystem> {
  const { FileSystems: found } = await client.send(
    new DescribeFileSystemsCommand({ FileSystemIds: [id ?? ''] }),
  );
  const first = found?.[0];
  if (!first) throw new Error('no description');
  return first;
}
async function available(input: CreateFileSystemCommandInput): Promise<FileSystem> {
  const { FileSystemId: id } = await create(input);
  fsx.clock.advance(7 * MINUTE);
  return describe_(id);
}
const actions = (fileSystem: FileSystem) =>
  (fileSystem.AdministrativeActions ?? []).map(
    (action) => `${action.AdministrativeActionType ?? ''} ${action.Status ?? ''}`,
  );

test('a scratch file system is created, grown and deleted', async () => {
  const created = await create({ ...SCRATCH_2, Tags: [{ Key: 'Name', Value: 'scratch' }] });
  const id = created.FileSystemId;
  expect(id).toMatch(/^fs-0[0-9a-f]{16}$/);
  expect(created).toMatchObject({
    Lifecycle: 'CREATING',
    OwnerId: '123456789012',
    FileSystemType: 'LUSTRE',
    StorageCapacity: 1200,
    StorageType: 'SSD',
    FileSystemTypeVersion: '2.10',
    CreationTime: new Date(START),
    SubnetIds: [SUBNET],
    DNSName: `${id ?? ''}.fsx.us-east-1.amazonaws.com`,
    ResourceARN: `arn:aws:fsx:us-east-1:123456789012:file-system/${id ?? ''}`,
    Tags: [{ Key: 'Name', Value: 'scratch' }],
  });
  expect(created.NetworkInterfaceIds).toBeUndefined();
  expect(created.KmsKeyId).toBeUndefined();

  fsx.clock.advance(5 * MINUTE - 1);
  expect((await describe_(id)).Lifecycle).toBe('CREATING');
  fsx.clock.advance(1);
  const ready = await describe_(id);
  expect(ready.Lifecycle).toBe('AVAILABLE');
  expect(ready.NetworkInterfaceIds).toHaveLength(2);
  expect(ready.LustreConfiguration?.MountName).toMatch(/^[a-z2-7]{8}$/);

  const answer = await client.send(
    new UpdateFileSystemCommand({ FileSystemId: id, StorageCapacity: 7200 }),
  );
  const asked = answer.FileSystem?.AdministrativeActions?.[0];
  expect(asked).toMatchObject({
    AdministrativeActionType: 'FILE_SYSTEM_UPDATE',
    Status: 'PENDING',
    RequestTime: new Date(fsx.clock.now()),
    TargetFileSystemValues: { StorageCapacity: 7200 },
  });
  const unchanged = await describe_(id);
  expect(unchanged).toMatchObject({ Lifecycle: 'AVAILABLE', StorageCapacity: 1200 });
  expect(actions(unchanged)).toEqual([]);
  fsx.clock.advance(4 * SECOND);
  const pending = await describe_(id);
  expect(pending).toMatchObject({ Lifecycle: 'UPDATING', StorageCapacity: 1200 });
  const both = (one: string, other: string) => [
    `FILE_SYSTEM_UPDATE ${one}`,
    `STORAGE_OPTIMIZATION ${other}`,
  ];
  expect(actions(pending)).toEqual(both('PENDING', 'PENDING'));
  const times = pending.AdministrativeActions?.map((action) => action.RequestTime);
  expect(times).toEqual([asked?.RequestTime, asked?.RequestTime]);
  fsx.clock.advance(MINUTE);
  expect(actions(await describe_(id))).toEqual(both('IN_PROGRESS', 'PENDING'));
  fsx.clock.advance(31 * MINUTE);
  const grown = await describe_(id);
  expect(grown).toMatchObject({ Lifecycle: 'AVAILABLE', StorageCapacity: 7200 });
  expect(grown.NetworkInterfaceIds).toHaveLength(4);
  expect(actions(grown)).toEqual(both('UPDATED_OPTIMIZING', 'IN_PROGRESS'));
  fsx.clock.advance(HOUR);
  const half = (await describe_(id)).AdministrativeActions?.[1]?.ProgressPercent ?? 0;
  expect(half).toBeGreaterThan(40);
  expect(half).toBeLessThan(60);
  fsx.clock.advance(HOUR);
  expect(actions(await describe_(id))).toEqual(['FILE_SYSTEM_UPDATE COMPLETED']);

  const deleting = await client.send(new DeleteFileSystemCommand({ FileSystemId: id }));
  expect(deleting).toMatchObject({ FileSystemId: id, Lifecycle: 'DELETING' });
  expect(deleting.LustreResponse).toBeUndefined();
  expect((await describe_(id)).Lifecycle).toBe('DELETING');
  fsx.clock.advance(4 * MINUTE);
  await expect(describe_(id)).rejects.toThrow(FileSystemNotFound);
  await expect(
    client.send(new DeleteFileSystemCommand({ FileSystemId: id })),
  ).rejects.toMatchObject({ name: 'FileSystemNotFound', $metadata: { httpStatusCode: 400 } });
});

test('what FSx fills in by itself', async () => {
  const defaults = { CopyTagsToBackups: false, DataCompressionType: 'NONE' };
  const scratch = await create(SCRATCH_1);
  expect(scratch).toMatchObject({ FileSystemTypeVersion: '2.10', StorageType: 'SSD' });
  expect(scratch.LustreConfiguration).toEqual({
    ...defaults,
    DeploymentType: 'SCRATCH_1',
    MountName: 'fsx',
    WeeklyMaintenanceStartTime: expect.stringMatching(/^[1-7]:\d\d:(00|30)$/) as string,
    LogConfiguration: { Level: 'DISABLED' },
  });
  const persistent = await create(PERSISTENT_1);
  expect(persistent).toMatchObject({
    FileSystemTypeVersion: '2.10',
    KmsKeyId: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//) as string,
    LustreConfiguration: {
      ...defaults,
      AutomaticBackupRetentionDays: 0,
      DailyAutomaticBackupStartTime: expect.stringMatching(/^\d\d:(00|30)$/) as string,
    },
  });
  expect(persistent.LustreConfiguration?.MetadataConfiguration).toBeUndefined();
  expect(await create(PERSISTENT_2)).toMatchObject({ FileSystemTypeVersion: '2.15' });
  const metadata = await create(
    top(lustre(PERSISTENT_2, { MetadataConfiguration: { Mode: 'AUTOMATIC' } }), {
      StorageCapacity: 9600,
    }),
  );
  expect(metadata).toMatchObject({
    FileSystemTypeVersion: '2.15',
    LustreConfiguration: {
      EfaEnabled: false,
      MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 6000 },
    },
  });
  const tiering = await create(TIERING);
  expect(tiering.StorageCapacity).toBeUndefined();
  expect(tiering.LustreConfiguration?.AutomaticBackupRetentionDays).toBe(30);
  const logged = await create(lustre(PERSISTENT_1, { LogConfiguration: { Level: 'WARN_ERROR' } }));
  expect(logged.LustreConfiguration?.LogConfiguration).toEqual({
    Level: 'WARN_ERROR',
    Destination: `arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/lustre:log-stream:datarepo_${logged.FileSystemId ?? ''}`,
  });
});

test('a link to S3 comes back nested, with what FSx adds', async () => {
  const linked = await create(LINKED);
  expect(linked.LustreConfiguration?.DataRepositoryConfiguration).toEqual({
    Lifecycle: 'CREATING',
    ImportPath: 's3://bucket/data',
    ExportPath: 's3://bucket/FSxLustre20260302T120000Z',
    ImportedFileChunkSize: 1024,
    AutoImportPolicy: 'NEW',
  });
  expect(linked.LustreConfiguration).not.toHaveProperty('ImportPath');
  fsx.clock.advance(7 * MINUTE);
  await client.send(
    new UpdateFileSystemCommand({
      FileSystemId: linked.FileSystemId,
      LustreConfiguration: { AutoImportPolicy: 'NEW_CHANGED' },
    }),
  );
  fsx.clock.advance(MINUTE);
  const changed = await describe_(linked.FileSystemId);
  expect(changed.LustreConfiguration?.DataRepositoryConfiguration).toMatchObject({
    Lifecycle: 'AVAILABLE',
    ImportPath: 's3://bucket/data',
    AutoImportPolicy: 'NEW_CHANGED',
  });
});

test('a key comes back as the ARN of a key, whatever it was given as', async () => {
  const key = '11111111-2222-3333-4444-555555555555';
  const arn = `arn:aws:kms:us-east-1:123456789012:key/${key}`;
  const keyOf = async (given: string) =>
    (await create(top(PERSISTENT_2, { KmsKeyId: given }))).KmsKeyId;
  expect(await keyOf(key)).toBe(arn);
  expect(await keyOf(arn)).toBe(arn);
  const alias = await keyOf('alias/mine');
  expect(alias).toMatch(/:key\/[0-9a-f-]{36}$/);
  expect(await keyOf('arn:aws:kms:us-east-1:123456789012:alias/mine')).toBe(alias);
});

test('what FSx never returns is kept for assertions only', async () => {
  const groups = ['sg-0123456789abcdef0'];
  const made = await available(top(SCRATCH_2, { SecurityGroupIds: groups }));
  expect(made).not.toHaveProperty('SecurityGroupIds');
  expect(made).not.toHaveProperty('ClientRequestToken');
  expect(fsx.fileSystems.get(made.FileSystemId ?? '')).toMatchObject({
    SecurityGroupIds: groups,
    Lifecycle: 'AVAILABLE',
    ClientRequestToken: expect.any(String) as string,
  });
});

test('a token makes one file system, and belongs to one set of parameters', async () => {
  const input = { ...PERSISTENT_1, ClientRequestToken: 'token-1' };
  const first = await create(input);
  fsx.clock.advance(7 * MINUTE);
  const again = await create(input);
  expect(again).toMatchObject({ FileSystemId: first.FileSystemId, Lifecycle: 'AVAILABLE' });
  expect(fsx.fileSystems.all()).toHaveLength(1);
  await expect(create({ ...input, StorageCapacity: 2400 })).rejects.toMatchObject({
    name: 'IncompatibleParameterError',
    Parameter: 'StorageCapacity',
  });
  await client.send(new DeleteFileSystemCommand({ FileSystemId: first.FileSystemId }));
  fsx.clock.advance(5 * MINUTE);
  expect((await create(input)).FileSystemId).not.toBe(first.FileSystemId);
});

test('a change of the configuration leaves the file system AVAILABLE with the old value', async () => {
  const { FileSystemId: id } = await available(SCRATCH_2);
  await client.send(
    new UpdateFileSystemCommand({
      FileSystemId: id,
      LustreConfiguration: { DataCompressionType: 'LZ4' },
    }),
  );
  for (const wait of [0, 5 * SECOND, 30 * SECOND]) {
    fsx.clock.advance(wait);
    expect(await describe_(id)).toMatchObject({
      Lifecycle: 'AVAILABLE',
      LustreConfiguration: { DataCompressionType: 'NONE' },
    });
  }
  fsx.clock.advance(5 * SECOND);
  const done = await describe_(id);
  expect(done.LustreConfiguration?.DataCompressionType).toBe('LZ4');
  expect(actions(done)).toEqual(['FILE_SYSTEM_UPDATE COMPLETED']);
});

test('settings of the control plane change at once, without an action', async () => {
  const { FileSystemId: id } = await available(PERSISTENT_1);
  const { FileSystem: changed } = await client.send(
    new UpdateFileSystemCommand({
      FileSystemId: id,
      LustreConfiguration: {
        WeeklyMaintenanceStartTime: '6:00:00',
        AutomaticBackupRetentionDays: 7,
        DailyAutomaticBackupStartTime: '03:00',
      },
    }),
  );
  expect(changed?.LustreConfiguration).toMatchObject({
    WeeklyMaintenanceStartTime: '6:00:00',
    AutomaticBackupRetentionDays: 7,
    DailyAutomaticBackupStartTime: '03:00',
  });
  expect(actions(await describe_(id))).toEqual([]);
});

test('metadata IOPS go before capacity; the two groups wait apart', async () => {
  const { FileSystemId: id } = await available(METADATA);
  const grow = () =>
    client.send(new UpdateFileSystemCommand({ FileSystemId: id, StorageCapacity: 2400 }));
  await expect(grow()).rejects.toThrow(/requires your file system to have at least 3000 metadata/);
  await client.send(
    new UpdateFileSystemCommand({
      FileSystemId: id,
      LustreConfiguration: { MetadataConfiguration: { Iops: 3000 } },
    }),
  );
  await expect(grow()).rejects.toThrow(/storage capacity update/);
  fsx.clock.advance(5 * MINUTE);
  expect((await describe_(id)).LustreConfiguration?.MetadataConfiguration).toEqual({
    Mode: 'USER_PROVISIONED',
    Iops: 3000,
  });
  await grow();
  fsx.clock.advance(40 * MINUTE);
  expect(await describe_(id)).toMatchObject({ Lifecycle: 'AVAILABLE', StorageCapacity: 2400 });
});

test('six hours, or until the optimization ends, between changes of capacity and throughput', async () => {
  const { FileSystemId: id } = await available(PERSISTENT_2);
  const grow = (capacity: number) =>
    client.send(new UpdateFileSystemCommand({ FileSystemId: id, StorageCapacity: capacity }));
  await grow(2400);
  await expect(grow(4800)).rejects.toThrow(
    'Unable to perform the storage capacity update. There is an update already in progress.',
  );
  fsx.clock.advance(HOUR);
  await expect(grow(4800)).rejects.toThrow(/At least 6 hours must pass/);
  await expect(
    client.send(
      new UpdateFileSystemCommand({
        FileSystemId: id,
        LustreConfiguration: { PerUnitStorageThroughput: 250 },
      }),
    ),
  ).rejects.toThrow(/throughput capacity update. At least 6 hours/);
  fsx.clock.advance(5 * HOUR - 1);
  await expect(grow(48000)).rejects.toThrow(/At least 6 hours must pass/);
  fsx.clock.advance(1);
  await grow(48000);
  fsx.clock.advance(6 * HOUR);
  await expect(grow(50400)).rejects.toThrow(/optimization must be complete/);
  fsx.clock.advance(8 * HOUR);
  await grow(50400);
});

test('the ten latest updates are described', async () => {
  const { FileSystemId: id } = await available(SCRATCH_2);
  for (let count = 0; count < 35; count += 1) {
    await client.send(
      new UpdateFileSystemCommand({
        FileSystemId: id,
        LustreConfiguration: { DataCompressionType: count % 2 ? 'NONE' : 'LZ4' },
      }),
    );
    fsx.clock.advance(MINUTE);
  }
  const described = await describe_(id);
  expect(actions(described)).toEqual(Array<string>(10).fill('FILE_SYSTEM_UPDATE COMPLETED'));
  expect(described.LustreConfiguration?.DataCompressionType).toBe('LZ4');
  const times = described.AdministrativeActions?.map((action) => Number(action.RequestTime)) ?? [];
  expect(times).toEqual([...times].sort((one, other) => other - one));
});

test('a persistent file system leaves a final backup, from which another is made', async () => {
  const made = await available(
    lustre(top(PERSISTENT_1, { Tags: [{ Key: 'team', Value: 'a' }], KmsKeyId: 'alias/mine' }), {
      CopyTagsToBackups: true,
      AutomaticBackupRetentionDays: 2,
      DailyAutomaticBackupStartTime: '13:00',
    }),
  );
  const id = made.FileSystemId ?? '';
  fsx.clock.advance(4 * 24 * HOUR);
  const listed = async () => {
    const { Backups: backups } = await client.send(
      new DescribeBackupsCommand({ Filters: [{ Name: 'file-system-id', Values: [id] }] }),
    );
    return backups ?? [];
  };
  const automatic = await listed();
  expect(automatic).toHaveLength(2);
  expect(automatic[0]).toMatchObject({
    Type: 'AUTOMATIC',
    Lifecycle: 'AVAILABLE',
    Tags: [{ Key: 'team', Value: 'a' }],
  });

  const { LustreResponse: final } = await client.send(
    new DeleteFileSystemCommand({
      FileSystemId: id,
      LustreConfiguration: {
        SkipFinalBackup: false,
        FinalBackupTags: [{ Key: 'final', Value: 'yes' }],
      },
    }),
  );
  expect(final).toEqual({
    FinalBackupId: expect.stringMatching(/^backup-0[0-9a-f]{16}$/) as string,
    FinalBackupTags: [{ Key: 'final', Value: 'yes' }],
  });
  fsx.clock.advance(12 * MINUTE);
  await expect(describe_(id)).rejects.toThrow(FileSystemNotFound);
  const [kept, ...others] = await listed();
  expect(others).toEqual([]);
  expect(kept).toMatchObject({
    BackupId: final?.FinalBackupId,
    Type: 'USER_INITIATED',
    Lifecycle: 'AVAILABLE',
    ProgressPercent: 100,
    FileSystem: { FileSystemId: id, StorageCapacity: 1200 },
  });

  const { FileSystem: restored } = await client.send(
    new CreateFileSystemFromBackupCommand({
      BackupId: final?.FinalBackupId,
      SubnetIds: [SUBNET],
      LustreConfiguration: { AutomaticBackupRetentionDays: 0 },
    }),
  );
  expect(restored).toMatchObject({
    Lifecycle: 'CREATING',
    StorageCapacity: 1200,
    FileSystemTypeVersion: '2.10',
    LustreConfiguration: {
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      CopyTagsToBackups: true,
      AutomaticBackupRetentionDays: 0,
      DailyAutomaticBackupStartTime: '13:00',
    },
  });
  expect(restored).not.toHaveProperty('BackupId');
  expect(fsx.fileSystems.get(restored?.FileSystemId ?? '')?.BackupId).toBe(final?.FinalBackupId);
  const removal = () => client.send(new DeleteBackupCommand({ BackupId: final?.FinalBackupId }));
  await expect(removal()).rejects.toMatchObject({
    name: 'BackupRestoring',
    FileSystemId: restored?.FileSystemId,
  });
  fsx.clock.advance(7 * MINUTE);
  await removal();
  await expect(
    client.send(new DescribeBackupsCommand({ BackupIds: [final?.FinalBackupId ?? ''] })),
  ).rejects.toMatchObject({ name: 'BackupNotFound' });
});

// https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-lustre-version.html
test.each([
  ['begins with a backup where automatic backups are on', 2, 22],
  ['begins at once where they are off', 0, 12],
])('an upgrade of Lustre %s', async (_, retention, minutes) => {
  const { FileSystemId: id = '' } = await available(
    lustre(PERSISTENT_1, { AutomaticBackupRetentionDays: retention }),
  );
  const filter = { Filters: [{ Name: 'file-system-id' as const, Values: [id] }] };
  const backups = async () =>
    (await client.send(new DescribeBackupsCommand(filter))).Backups?.map(
      ({ Type: type, Lifecycle: state, FileSystem: of }) =>
        `${type ?? ''} ${state ?? ''} ${of?.FileSystemTypeVersion ?? ''}`,
    );
  await client.send(
    new UpdateFileSystemCommand({ FileSystemId: id, FileSystemTypeVersion: '2.15' }),
  );
  expect(await backups()).toEqual(retention > 0 ? ['AUTOMATIC PENDING 2.10'] : []);
  fsx.clock.advance(minutes * MINUTE - SECOND);
  expect(await describe_(id)).toMatchObject({
    Lifecycle: 'UPDATING',
    FileSystemTypeVersion: '2.10',
  });
  fsx.clock.advance(SECOND);
  expect(await describe_(id)).toMatchObject({
    Lifecycle: 'AVAILABLE',
    FileSystemTypeVersion: '2.15',
  });
  expect(await backups()).toEqual(retention > 0 ? ['AUTOMATIC AVAILABLE 2.10'] : []);
});

test('a backup by hand goes through its states', async () => {
  const { FileSystemId: id } = await available(PERSISTENT_2);
  const { Backup: backup } = await client.send(new CreateBackupCommand({ FileSystemId: id }));
  const stateOf = async () => {
    const { Backups: backups } = await client.send(
      new DescribeBackupsCommand({ BackupIds: [backup?.BackupId ?? ''] }),
    );
    return backups?.[0]?.Lifecycle;
  };
  const states = [backup?.Lifecycle];
  for (const wait of [5 * SECOND, MINUTE, 10 * MINUTE]) {
    fsx.clock.advance(wait);
    states.push(await stateOf());
  }
  expect(states).toEqual(['PENDING', 'CREATING', 'TRANSFERRING', 'AVAILABLE']);
});

test('deletion waits for data repository tasks', async () => {
  const { FileSystemId: id = '' } = await available(LINKED);
  const remove = () => client.send(new DeleteFileSystemCommand({ FileSystemId: id }));
  fsx.fileSystems.startTask(id);
  await expect(remove()).rejects.toMatchObject({
    name: 'BadRequest',
    message: expect.stringContaining('data repository task') as string,
  });
  fsx.fileSystems.stopTask(id);
  await expect(remove()).resolves.toMatchObject({ Lifecycle: 'DELETING' });
});

test('tags are added, replaced, listed and taken away', async () => {
  const { ResourceARN: arn } = await available({ ...HDD, Tags: [{ Key: 'a', Value: '1' }] });
  await client.send(
    new TagResourceCommand({
      ResourceARN: arn,
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '' },
      ],
    }),
  );
  await client.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['b', 'unknown'] }));
  const { Tags: tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
  expect(tags).toEqual([{ Key: 'a', Value: '2' }]);
  const other = 'arn:aws:fsx:us-east-1:123456789012:file-system/fs-01234567';
  await expect(
    client.send(new ListTagsForResourceCommand({ ResourceARN: other })),
  ).rejects.toMatchObject({ name: 'ResourceNotFound', ResourceARN: other });
});

test("AWS's own tags are neither set nor taken away", async () => {
  const { ResourceARN: arn, FileSystemId: id = '' } = await available(HDD);
  const own = { Key: 'aws:cloudformation:stack-name', Value: 'stack' };
  fsx.fileSystems.change(id, { tags: [own] });
  const refused = { name: 'BadRequest', message: expect.stringContaining(own.Key) as string };
  const untag = new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['a', own.Key] });
  await expect(client.send(untag)).rejects.toMatchObject(refused);
  const tag = new TagResourceCommand({ ResourceARN: arn, Tags: [own] });
  await expect(client.send(tag)).rejects.toMatchObject(refused);
  const { Tags: tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
  expect(tags).toEqual([own]);
});

test('a listing has all types, in pages that may be short, and loses nothing', async () => {
  const made = new Set<string | undefined>();
  for (let count = 0; count < 12; count += 1) made.add((await create(SCRATCH_2)).FileSystemId);
  const sizes: number[] = [];
  const found: FileSystem[] = [];
  for await (const page of paginateDescribeFileSystems({ client, pageSize: 4 }, {})) {
    sizes.push(page.FileSystems?.length ?? 0);
    found.push(...(page.FileSystems ?? []));
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
  expect(sizes.slice(0, -1)).toContain(3);
  expect(new Set(found.map((fileSystem) => fileSystem.FileSystemType))).toEqual(
    new Set(['LUSTRE', 'WINDOWS', 'ONTAP', 'OPENZFS']),
  );
  const lustreIds = found
    .filter((fileSystem) => fileSystem.FileSystemType === 'LUSTRE')
    .map((fileSystem) => fileSystem.FileSystemId);
  expect(lustreIds).toHaveLength(12);
  expect(new Set(lustreIds)).toEqual(made);
});

test('seeded backups can be restored at once', async () => {
  const seeded = await manualFsx({ backups: true, otherFileSystems: false });
  for (const last of ['1', '2', '3']) {
    const { FileSystem: restored } = await clientOf(seeded).send(
      new CreateFileSystemFromBackupCommand({
        BackupId: `backup-0000000000000000${last}`,
        SubnetIds: [SUBNET],
      }),
    );
    expect(restored?.Lifecycle).toBe('CREATING');
  }
  expect(seeded.fileSystems.all()).toHaveLength(3);
});
