import type { HandlerEvent, Properties } from '../../local/protocol';
import { model, startWorld, SUBNET, type World } from './world';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const HOUR = 3_600_000;
const P1 = {
  StorageCapacity: 1200,
  DeploymentType: 'PERSISTENT_1',
  PerUnitStorageThroughput: 50,
  FileSystemTypeVersion: '2.12',
  SubnetIds: [SUBNET],
};
const P2 = {
  StorageCapacity: 1200,
  DeploymentType: 'PERSISTENT_2',
  PerUnitStorageThroughput: 125,
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 },
  SubnetIds: [SUBNET],
};

async function created(properties: Properties): Promise<Properties> {
  const fs = model(await world.registry().create(properties));
  world.fsx.clock.advance(7 * HOUR);
  world.fsx.requests.reset();
  return fs;
}

/** CloudFormation taking a stack update back. */
const rollback = () =>
  world.registry({
    invoke: (event: HandlerEvent) =>
      world.invoke(JSON.parse(JSON.stringify({ ...event, rollback: true }))),
  });

describe('a final backup that was asked for is not lost over callbacks', () => {
  test.each([
    ['throttling', 'DescribeFileSystems'],
    ['internalError', 'DeleteFileSystem'],
    ['cutBefore', 'DeleteFileSystem'],
  ] as const)('%s at %s', async (fault, operation) => {
    const fs = await created(P1);
    world.fsx.faults.add({ fault, operation, times: 3 });
    const wish = { SkipFinalBackup: false, FinalBackupTags: [{ Key: 'keep', Value: 'it' }] };
    const registry = world.registry({ reinvokeWith: 'returned-model' });
    expect(await registry.delete({ ...fs, ...wish })).toMatchObject({ status: 'SUCCESS' });
    const sent = world.fsx.requests
      .of('DeleteFileSystem')
      .map(({ input }) => (input as Properties).LustreConfiguration);
    expect(sent.length).toBeGreaterThan(0);
    for (const configuration of sent) expect(configuration).toEqual(wish);
  });
});

describe('what changed outside the template is kept while the template stays', () => {
  test.each([
    ['grown', P1, { StorageCapacity: 2400 }],
    ['upgraded', P1, { FileSystemTypeVersion: '2.15' }],
  ])('%s', async (_, template, values) => {
    const fs = await created(template);
    world.fsx.fileSystems.change(String(fs.FileSystemId), { values });
    const tagged = { ...template, Tags: [{ Key: 'a', Value: '1' }] };
    const updated = model(await world.registry().update(tagged, { ...template, ...fs }));
    expect(updated).toMatchObject({ ...tagged, ...values });
    const asked = { ...tagged, StorageCapacity: 1200, FileSystemTypeVersion: '2.10' };
    expect(await world.registry().update(asked, updated)).toMatchObject({
      status: 'FAILED',
      errorCode: 'InvalidRequest',
    });
  });
});

describe('a rollback keeps what FSx cannot take back, and takes back the rest', () => {
  test('growth', async () => {
    const fs = await created(P1);
    const grown = { ...P1, StorageCapacity: 2400, DataCompressionType: 'LZ4' };
    const after = model(await world.registry().update(grown, { ...P1, ...fs }));
    const back = model(await rollback().update(P1, { ...grown, FileSystemId: after.FileSystemId }));
    expect(back).toMatchObject({ StorageCapacity: 2400, DataCompressionType: 'NONE' });
  });

  test('metadata IOPS, after the growth was refused', async () => {
    const fs = await created(P2);
    const wanted = {
      ...P2,
      StorageCapacity: 4800,
      MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
    };
    world.fsx.faults.add({
      fault: 'serviceLimit',
      limit: 'TOTAL_STORAGE',
      operation: 'UpdateFileSystem',
      match: { StorageCapacity: 4800 },
    });
    expect(await world.registry().update(wanted, { ...P2, ...fs })).toMatchObject({
      errorCode: 'ServiceLimitExceeded',
    });
    const back = model(await rollback().update(P2, { ...wanted, FileSystemId: fs.FileSystemId }));
    expect(back).toMatchObject({ StorageCapacity: 1200, MetadataConfiguration: { Iops: 6000 } });
  });

  test('an update that was accepted a moment ago is seen', async () => {
    const fs = await created(P1);
    const changed = { ...P1, DataCompressionType: 'LZ4' };
    const event = await firstUpdate(changed, { ...P1, ...fs });
    expect(event).toMatchObject({ status: 'IN_PROGRESS' });
    const back = model(await rollback().update(P1, { ...changed, FileSystemId: fs.FileSystemId }));
    expect(back).toMatchObject({ DataCompressionType: 'NONE' });
    world.fsx.clock.advance(HOUR);
    expect(model(await world.registry().read(fs))).toMatchObject({ DataCompressionType: 'NONE' });
  });
});

test('an update right after another one waits for it', async () => {
  const fs = await created(P1);
  await firstUpdate({ ...P1, DataCompressionType: 'LZ4' }, { ...P1, ...fs });
  const updated = await world
    .registry()
    .update({ ...P1, DataCompressionType: 'LZ4', StorageCapacity: 2400 }, { ...P1, ...fs });
  expect(model(updated)).toMatchObject({ StorageCapacity: 2400, DataCompressionType: 'LZ4' });
});

test('a wrong discount never reaches an estimate', async () => {
  const fs = await created(P1);
  const registry = world.registry({ typeConfiguration: { Pricing: { DiscountPercent: 150 } } });
  expect(model(await registry.read(fs)).EstimatedMonthlyCost).toBe(168);
});

describe('guardrails on updates', () => {
  const limited = (Guardrails: object) => world.registry({ typeConfiguration: { Guardrails } });

  test('a required tag cannot be taken away', async () => {
    const template = { ...P1, Tags: [{ Key: 'CostCenter', Value: '1' }] };
    const fs = await created(template);
    const answer = await limited({ RequiredTagKeys: ['CostCenter'] }).update(P1, {
      ...template,
      ...fs,
    });
    expect(answer).toMatchObject({ errorCode: 'InvalidRequest' });
    expect(answer.message).toContain('CostCenter');
  });

  test('a limit that was lowered later is not held against what exists', async () => {
    const fs = await created(P1);
    const registry = limited({ MaxStorageCapacity: 1000 });
    const window = { ...P1, WeeklyMaintenanceStartTime: '3:03:00' };
    expect(await registry.update(window, { ...P1, ...fs })).toMatchObject({ status: 'SUCCESS' });
    expect(
      await registry.update({ ...window, StorageCapacity: 2400 }, { ...window, ...fs }),
    ).toMatchObject({
      errorCode: 'InvalidRequest',
    });
  });
});

test.each([{}, { NoSquashNids: [] }])(
  'RootSquashConfiguration %j on a file system without one is no change',
  async (squash) => {
    const fs = await created(P1);
    model(
      await world.registry().update({ ...P1, RootSquashConfiguration: squash }, { ...P1, ...fs }),
    );
    expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
  },
);

test('a tag may be named constructor, on the stack and on the resource', async () => {
  const Tags = [{ Key: '__proto__', Value: 'p' }];
  const fs = model(
    await world.registry().create({ ...P1, Tags }, { stackTags: { constructor: 'y' } }),
  );
  expect(fs.Tags).toEqual(expect.arrayContaining([...Tags, { Key: 'constructor', Value: 'y' }]));
});

test('a message is never longer than CloudFormation shows', async () => {
  const RequiredTagKeys = Array.from({ length: 300 }, () => '');
  const answer = await world
    .registry({ typeConfiguration: { Guardrails: { RequiredTagKeys } } })
    .create(P1);
  expect(answer.errorCode).toBe('InvalidTypeConfiguration');
  expect(answer.message?.length).toBeLessThanOrEqual(1024);
});

test.each([
  { EfaEnabled: false },
  { AutomaticBackupRetentionDays: 0 },
  { CopyTagsToBackups: false },
])('%j on scratch is read back as it was asked', async (inert) => {
  const fs = await created({ StorageCapacity: 1200, SubnetIds: [SUBNET], ...inert });
  expect(fs).toMatchObject(inert);
});

test('a backup that does not exist is no missing file system', async () => {
  const answer = await world
    .registry()
    .create({ SubnetIds: [SUBNET], BackupId: 'backup-0123456789abcdef0' });
  expect(answer).toMatchObject({ errorCode: 'InvalidRequest' });
  expect(answer.message).toContain('BackupNotFound');
});

/** The first answer of an update whose stack operation is then given up. */
async function firstUpdate(desired: Properties, previous: Properties) {
  let first: unknown;
  const registry = world.registry({
    invoke: async (event) => {
      first ??= await world.invoke(event);
      throw new Error('given up');
    },
  });
  await registry.update(desired, previous).catch(() => undefined);
  return first;
}
