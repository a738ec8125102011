import type { Properties } from '../../local/registry/protocol';
import schema from '../../schema.json';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const HOUR = 3_600_000;
const SCRATCH = { StorageCapacity: 4800, DeploymentType: 'SCRATCH_2', SubnetIds: [SUBNET] };
const PERSISTENT = {
  StorageCapacity: 2400,
  DeploymentType: 'PERSISTENT_2',
  PerUnitStorageThroughput: 125,
  SubnetIds: [SUBNET],
};

async function created(properties: Properties, stackTags = {}): Promise<Properties> {
  const answer = model(await world.registry().create(properties, { stackTags }));
  world.fsx.clock.advance(7 * HOUR);
  world.fsx.requests.reset();
  world.steps.length = 0;
  return answer;
}

const update = (desired: Properties, previous: Properties, current: Properties, options = {}) =>
  world.registry().update(desired, { ...previous, FileSystemId: current.FileSystemId }, options);

/** The UpdateFileSystem calls, each without its id and token. */
const calls = () =>
  world.fsx.requests.of('UpdateFileSystem').map(({ input }) => {
    const { FileSystemId, ClientRequestToken, ...rest } = input as Properties;
    expect(FileSystemId).toBeDefined();
    expect(ClientRequestToken).toMatch(/^[A-Za-z0-9_.-]{1,63}$/);
    return rest;
  });

test('growth waits until FSx shows the new capacity', async () => {
  const fs = await created(SCRATCH);
  const updated = model(await update({ ...SCRATCH, StorageCapacity: 7200 }, SCRATCH, fs));
  expect(updated).toMatchObject({ StorageCapacity: 7200, EstimatedBaselineThroughput: '1440' });
  expect(calls()).toEqual([{ StorageCapacity: 7200 }]);
});

test.each<[string, Properties, Properties, string]>([
  [
    'more capacity',
    SCRATCH,
    { StorageCapacity: 7200 },
    'StorageCapacity: clients may wait for a few minutes',
  ],
  [
    'another tier',
    PERSISTENT,
    { PerUnitStorageThroughput: 250 },
    'PerUnitStorageThroughput: clients may wait for up to an hour',
  ],
  [
    'settings',
    SCRATCH,
    { DataCompressionType: 'LZ4' },
    'DataCompressionType: no impact on clients',
  ],
])('%s says what running clients notice of it', async (_, before, change, message) => {
  const fs = await created(before);
  await update({ ...before, ...change }, before, fs);
  const messages = world.steps.map(({ progress }) => progress.message);
  expect(messages).toContain(`FSx is changing ${message}.`);
});

test('nothing changed: one look, no call', async () => {
  const fs = await created(SCRATCH);
  expect(model(await update(SCRATCH, SCRATCH, fs))).toEqual(fs);
  expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
});

test('tags alone never go through UpdateFileSystem', async () => {
  const before = {
    ...PERSISTENT,
    AutomaticBackupRetentionDays: 7,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  };
  const fs = await created(before, { Stack: 's', Gone: 'g' });
  const after = {
    ...before,
    Tags: [
      { Key: 'a', Value: '9' },
      { Key: 'c', Value: '3' },
    ],
  };
  const updated = model(
    await update(after, before, fs, {
      previousStackTags: { Stack: 's', Gone: 'g' },
      stackTags: { Stack: 's' },
    }),
  );
  expect(tagsOf(updated)).toEqual({ a: '9', c: '3', Stack: 's' });
  expect(calls()).toEqual([]);
  expect(
    world.fsx.requests.of('TagResource').map(({ input }) => (input as Properties).Tags),
  ).toEqual([
    [
      { Key: 'a', Value: '9' },
      { Key: 'c', Value: '3' },
    ],
  ]);
  expect(
    world.fsx.requests
      .of('UntagResource')
      .map(({ input }) => [...((input as Properties).TagKeys as string[])].sort()),
  ).toEqual([['Gone', 'b']]);
});

test('tags that somebody else attached stay', async () => {
  const before = { ...SCRATCH, Tags: [{ Key: 'a', Value: '1' }] };
  const fs = await created(before);
  world.fsx.fileSystems.change(String(fs.FileSystemId), {
    tags: [
      { Key: 'a', Value: '1' },
      { Key: 'theirs', Value: 'x' },
    ],
  });
  const updated = model(await update({ ...SCRATCH, Tags: [{ Key: 'b', Value: '2' }] }, before, fs));
  expect(tagsOf(updated)).toEqual({ b: '2', theirs: 'x' });
});

test('metadata IOPS are raised before the capacity, each subject in a call of its own', async () => {
  const before = { ...PERSISTENT, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } };
  const fs = await created(before);
  const after = {
    ...before,
    StorageCapacity: 4800,
    PerUnitStorageThroughput: 250,
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
    DataCompressionType: 'LZ4',
    AutomaticBackupRetentionDays: 3,
  };
  // FSx has six hours between changes of capacity and throughput: the second one comes back as FSx's refusal.
  const answer = await update(after, before, fs);
  expect(calls().slice(0, 4)).toEqual([
    { LustreConfiguration: { AutomaticBackupRetentionDays: 3, DataCompressionType: 'LZ4' } },
    { LustreConfiguration: { PerUnitStorageThroughput: 250 } },
    { LustreConfiguration: { MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 } } },
    { StorageCapacity: 4800 },
  ]);
  expect(answer).toMatchObject({ status: 'SUCCESS' });
});

test('DEFER_TO_FSX leaves the metadata IOPS that a growth needs to FSx, which refuses in its own words', async () => {
  const before = { ...PERSISTENT, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } };
  const fs = await created(before);
  const grown = { ...before, StorageCapacity: 4800 };
  const strict = await update(grown, before, fs);
  expect(strict.message).toMatch(/^StorageCapacity 4800 requires at least 6000 metadata IOPS/);
  expect(calls()).toEqual([]);
  const registry = world.registry({ typeConfiguration: { Validation: 'DEFER_TO_FSX' } });
  const asked = await registry.update(grown, { ...before, FileSystemId: fs.FileSystemId });
  expect(calls()[0]).toEqual({ StorageCapacity: 4800 });
  expect(asked).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
  expect(asked.message).toContain('requires your file system to have at least 6000 metadata IOPS');
});

test('a property that is taken out goes back to its default or stays', async () => {
  const before = {
    ...PERSISTENT,
    AutomaticBackupRetentionDays: 7,
    DailyAutomaticBackupStartTime: '02:00',
    WeeklyMaintenanceStartTime: '6:03:00',
    DataCompressionType: 'LZ4',
    FileSystemTypeVersion: '2.12',
    LogConfiguration: { Level: 'WARN_ERROR' },
    RootSquashConfiguration: { RootSquash: '65534:65534', NoSquashNids: ['10.0.1.6@tcp'] },
  };
  const fs = await created(before);
  const updated = model(await update(PERSISTENT, before, fs));
  expect(updated).toMatchObject({
    AutomaticBackupRetentionDays: 7,
    DailyAutomaticBackupStartTime: '02:00',
    WeeklyMaintenanceStartTime: '6:03:00',
    FileSystemTypeVersion: '2.12',
    DataCompressionType: 'NONE',
    LogConfiguration: { Level: 'DISABLED' },
  });
  expect((updated.RootSquashConfiguration as Properties | undefined)?.RootSquash ?? '0:0').toBe(
    '0:0',
  );
  expect(calls()).toHaveLength(1);
});

describe('refused before any call but the first look', () => {
  const hdd = {
    StorageCapacity: 6000,
    StorageType: 'HDD',
    DeploymentType: 'PERSISTENT_1',
    PerUnitStorageThroughput: 12,
    DriveCacheType: 'NONE',
    SubnetIds: [SUBNET],
  };
  const provisioned = (Iops: number) => ({
    ...PERSISTENT,
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops },
  });
  test.each([
    [
      'shrinking',
      SCRATCH,
      { ...SCRATCH, StorageCapacity: 2400 },
      'InvalidRequest',
      ['4800', '2400', 'cannot be decreased'],
    ],
    [
      'an odd capacity',
      SCRATCH,
      { ...SCRATCH, StorageCapacity: 5000 },
      'InvalidRequest',
      ['5000', '7200'],
    ],
    [
      'SCRATCH_1 growth',
      { ...SCRATCH, DeploymentType: 'SCRATCH_1', StorageCapacity: 3600 },
      { ...SCRATCH, DeploymentType: 'SCRATCH_1', StorageCapacity: 7200 },
      'InvalidRequest',
      ['SCRATCH_1'],
    ],
    [
      'another subnet',
      SCRATCH,
      { ...SCRATCH, SubnetIds: ['subnet-0fedcba9876543210'] },
      'NotUpdatable',
      ['SubnetIds'],
    ],
    [
      'another deployment',
      SCRATCH,
      { ...SCRATCH, DeploymentType: 'SCRATCH_1' },
      'NotUpdatable',
      ['DeploymentType'],
    ],
    [
      'other security groups',
      { ...SCRATCH, SecurityGroupIds: ['sg-0123456789abcdef0'] },
      { ...SCRATCH, SecurityGroupIds: ['sg-0fedcba9876543210'] },
      'NotUpdatable',
      ['SecurityGroupIds'],
    ],
    [
      'an HDD tier',
      hdd,
      { ...hdd, PerUnitStorageThroughput: 40, StorageCapacity: 18000 },
      'InvalidRequest',
      ['PerUnitStorageThroughput', 'HDD'],
    ],
    [
      'a tier that is none',
      PERSISTENT,
      { ...PERSISTENT, PerUnitStorageThroughput: 200 },
      'InvalidRequest',
      ['200', '125, 250, 500'],
    ],
    [
      'metadata that was not there',
      PERSISTENT,
      provisioned(3000),
      'InvalidRequest',
      ['MetadataConfiguration'],
    ],
    ['fewer IOPS', provisioned(6000), provisioned(3000), 'InvalidRequest', ['3000', '6000']],
    [
      'growth beyond the IOPS',
      provisioned(3000),
      { ...provisioned(3000), StorageCapacity: 4800 },
      'InvalidRequest',
      ['6000'],
    ],
    [
      'an older Lustre',
      PERSISTENT,
      { ...PERSISTENT, FileSystemTypeVersion: '2.12' },
      'InvalidRequest',
      ['2.12', '2.15'],
    ],
  ])('%s', async (_, before, after, errorCode, words) => {
    const fs = await created(before);
    const answer = await update(after, before, fs);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode });
    for (const word of words) expect(answer.message).toContain(word);
    expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
    expect(model(await world.registry().read(fs))).toEqual(fs);
  });
});

/** CloudFormation replaces instead; Cloud Control asks, and its user is told what can be done. */
describe('what FSx takes at creation only is refused, with the other way', () => {
  const p1 = { ...SCRATCH, DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 };
  const hdd = {
    ...p1,
    StorageType: 'HDD',
    StorageCapacity: 6000,
    PerUnitStorageThroughput: 12,
    DriveCacheType: 'NONE',
  };
  const linked = { ...SCRATCH, ImportPath: 's3://bucket/in', ExportPath: 's3://bucket/out' };
  const group = { SecurityGroupIds: ['sg-0123456789abcdef0'] };
  const efa = {
    ...PERSISTENT,
    StorageCapacity: 38400,
    MetadataConfiguration: { Mode: 'AUTOMATIC' },
  };
  const key = (digit: string) => ({ KmsKeyId: `${digit.repeat(8)}-1111-2222-3333-444444444444` });
  const association = 'AWS::FSx::DataRepositoryAssociation';
  const cases: readonly [string, Properties, Properties, string[]][] = [
    ['DeploymentType', SCRATCH, { DeploymentType: 'SCRATCH_1' }, ['Create a new file system']],
    ['StorageType', hdd, { StorageType: 'SSD' }, ['Create a new file system']],
    ['SubnetIds', SCRATCH, { SubnetIds: ['subnet-0fedcba9876543210'] }, ['mount', 'BackupId']],
    [
      'SecurityGroupIds',
      { ...SCRATCH, ...group },
      { SecurityGroupIds: ['sg-0fedcba9876543210'] },
      [
        'You do not need a new file system',
        'NetworkInterfaceIds',
        'aws ec2 modify-network-interface-attribute --network-interface-id ENI --groups SG',
      ],
    ],
    ['KmsKeyId', { ...p1, ...key('0') }, key('1'), ['BackupId', 'the new KmsKeyId']],
    [
      'BackupId',
      { SubnetIds: [SUBNET], BackupId: 'backup-00000000000000001' },
      { BackupId: 'backup-00000000000000002' },
      ['only to a new file system'],
    ],
    ['ImportPath', linked, { ImportPath: 's3://bucket/other' }, [association, 'SCRATCH_1']],
    ['ExportPath', linked, { ExportPath: 's3://bucket/other' }, [association]],
    ['ImportedFileChunkSize', linked, { ImportedFileChunkSize: 512 }, [association]],
    ['CopyTagsToBackups', p1, { CopyTagsToBackups: true }, ['aws fsx tag-resource']],
    ['DriveCacheType', hdd, { DriveCacheType: 'READ' }, ['increase StorageCapacity']],
    ['EfaEnabled', efa, { EfaEnabled: true }, ['Clients without EFA can also mount']],
  ];

  beforeEach(async () => {
    await world.close();
    world = await startWorld({ backups: true });
  });

  test('every create-only property of the schema is here', () => {
    const paths = schema.createOnlyProperties.map((path) => path.replace('/properties/', ''));
    expect(cases.map(([name]) => name).sort()).toEqual(paths.sort());
  });

  test.each(cases)('%s', async (name, before, change, words) => {
    const fs = await created(before);
    const answer = await update({ ...before, ...change }, before, fs);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotUpdatable' });
    expect(answer.message).toMatch(
      new RegExp(
        `^${name} cannot be changed after creation .*To apply the other changes, revert it\\. `,
      ),
    );
    for (const word of words) expect(answer.message).toContain(word);
    expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
  });
});

test('a previous state without write-only properties is no change', async () => {
  const before = { ...SCRATCH, SecurityGroupIds: ['sg-0123456789abcdef0'], SkipFinalBackup: true };
  const fs = await created(before);
  expect(model(await update(before, SCRATCH, fs))).toEqual(fs);
  expect(calls()).toEqual([]);
});

test('a step that FSx ends as FAILED gives its message', async () => {
  const fs = await created(SCRATCH);
  world.fsx.faults.add({
    fault: 'endsFailed',
    operation: 'UpdateFileSystem',
    message: 'No disks left.',
  });
  const answer = await update({ ...SCRATCH, StorageCapacity: 7200 }, SCRATCH, fs);
  expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
  expect(answer.message).toContain('No disks left.');
});

test('a failed update of the past is not held against a new one', async () => {
  const fs = await created(SCRATCH);
  world.fsx.faults.add({
    fault: 'endsFailed',
    operation: 'UpdateFileSystem',
    message: 'No disks left.',
  });
  await update({ ...SCRATCH, StorageCapacity: 7200 }, SCRATCH, fs);
  world.fsx.clock.advance(7 * HOUR);
  expect(model(await update({ ...SCRATCH, StorageCapacity: 7200 }, SCRATCH, fs))).toMatchObject({
    StorageCapacity: 7200,
  });
});

test('an update that somebody else started is waited for', async () => {
  const fs = await created(PERSISTENT);
  const theirs = world.registry().update({ ...PERSISTENT, DataCompressionType: 'LZ4' }, fs);
  const ours = update({ ...PERSISTENT, AutomaticBackupRetentionDays: 5 }, PERSISTENT, fs);
  const answers = await Promise.all([theirs, ours]);
  expect(answers.map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
  expect(model(await world.registry().read(fs))).toMatchObject({
    DataCompressionType: 'LZ4',
    AutomaticBackupRetentionDays: 5,
  });
});

function tagsOf(properties: Properties): Record<string, string> {
  const tags = (properties.Tags ?? []) as { Key: string; Value: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
