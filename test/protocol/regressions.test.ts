import type { HandlerEvent, Properties } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

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
const rollback = (Guardrails: object = {}) =>
  world.registry({
    invoke: (event: HandlerEvent) => world.deliver({ ...event, rollback: true }),
    typeConfiguration: { Guardrails },
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

  test('of which the first comes back without it', async () => {
    const fs = await created(P1);
    const registry = world.registry({
      invoke: ({ callbackContext, ...event }) =>
        world.deliver({ ...event, callbackContext: callbackContext ?? { begun: 1 } }),
    });
    const deleted = await registry.delete({ ...P1, ...fs, SkipFinalBackup: false });
    expect(deleted.message).toContain('The final backup is backup-');
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
  expect(model(await registry.read(fs)).EstimatedMonthlyCost).toBe('168.00');
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

  test('what costs too much already may come down in steps', async () => {
    const dear = { ...P1, PerUnitStorageThroughput: 200 };
    const fs = await created(dear);
    const registry = limited({ MaxEstimatedMonthlyCost: 100 });
    const cheaper = { ...dear, PerUnitStorageThroughput: 100 };
    const updated = model(await registry.update(cheaper, { ...dear, ...fs }));
    expect(Number(updated.EstimatedMonthlyCost)).toBeGreaterThan(100);
    const answer = await registry.update(dear, { ...cheaper, ...fs });
    expect(answer).toMatchObject({ errorCode: 'InvalidRequest' });
    expect(answer.message).toContain('MaxEstimatedMonthlyCost');
  });

  test.each([
    ['what costs less', { MaxEstimatedMonthlyCost: 100 }, { PerUnitStorageThroughput: 100 }],
    ['a tag', { RequiredTagKeys: ['CostCenter'] }, { Tags: [{ Key: 'CostCenter', Value: '1' }] }],
    ['backups', { RequireBackups: true }, { AutomaticBackupRetentionDays: 7 }],
  ])('a rollback may take %s back', async (_, Guardrails, change) => {
    const before = { ...P1, PerUnitStorageThroughput: 200 };
    const fs = await created(before);
    const wanted = { ...before, ...change };
    model(await limited(Guardrails).update(wanted, { ...before, ...fs }));
    world.fsx.clock.advance(7 * 3_600_000);
    model(await rollback(Guardrails).update(before, { ...wanted, FileSystemId: fs.FileSystemId }));
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

test('tags that AWS itself puts on a stack are not sent to FSx, which refuses them', async () => {
  const owned = {
    'aws:servicecatalog:productArn': 'arn:aws:catalog:us-east-1:123456789012:product/a',
  };
  const fs = model(
    await world.registry().create(P1, { stackTags: { ...owned, Team: 'cfd', aws: 'mine' } }),
  );
  const Team = { Key: 'Team', Value: 'cfd' };
  expect(fs.Tags).toEqual([Team, { Key: 'aws', Value: 'mine' }]);
  const tags = {
    stackTags: { ...owned, Team: 'cfd' },
    previousStackTags: { Team: 'cfd', aws: 'mine' },
  };
  expect(model(await world.registry().update(P1, { ...P1, ...fs }, tags)).Tags).toEqual([Team]);
});

test('a message is never longer than CloudFormation shows', async () => {
  const RequiredTagKeys = Array.from({ length: 300 }, () => '');
  const answer = await world
    .registry({ typeConfiguration: { Guardrails: { RequiredTagKeys } } })
    .create(P1);
  expect(answer.errorCode).toBe('InvalidTypeConfiguration');
  expect(answer.message?.length).toBeLessThanOrEqual(1024);
});

describe('what is cut in a message is cut between characters', () => {
  test.each(['', 'a'])('FSx’s words, after %j', async (first) => {
    const message = `${first}${'\u{1F600}'.repeat(1000)}`;
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem', message });
    const answer = await world.registry().create(P1);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(answer.message).toContain('...');
    expect(answer.message?.length).toBeLessThanOrEqual(1024);
    expect(answer.message).not.toMatch(/\p{Surrogate}/u);
  });

  test.each(['', 'a'])('a FileSystemId that is none, after %j', async (first) => {
    const FileSystemId = `${first}${'\u{1F600}'.repeat(100)}`;
    const answer = await world.registry().read({ FileSystemId });
    expect(answer).toMatchObject({ errorCode: 'NotFound' });
    expect(answer.message).toContain('\u{1F600}');
    expect(answer.message).not.toMatch(/\p{Surrogate}/u);
    expect(answer.message?.length).toBeLessThan(150);
  });
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

describe('creation', () => {
  test('a describe that lags behind is waited for', async () => {
    world.fsx.faults.add({
      fault: 'error',
      code: 'FileSystemNotFound',
      message: 'not yet',
      operation: 'DescribeFileSystems',
      times: 3,
    });
    expect(await world.registry().create(P1)).toMatchObject({ status: 'SUCCESS' });
  });

  test('without an answer the message says that FSx may have acted', async () => {
    world.fsx.faults.add({ fault: 'cutAfter', operation: 'CreateFileSystem', times: 'always' });
    const answer = await world.registry().create(P1, { bearerToken: 'one' });
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NetworkFailure' });
    const [left] = world.fsx.fileSystems.all();
    expect(answer.message).toContain(`may have been created for it: ${left?.FileSystemId ?? ''}`);
    expect(answer.message).toContain('aws fsx delete-file-system');
    world.fsx.faults.clear();
    model(await world.registry().create(P1, { bearerToken: 'one' }));
    expect(world.fsx.fileSystems.all()).toHaveLength(1);
  });

  test('one that comes out MISCONFIGURED is given up with FSx’s words, and deleted', async () => {
    const registry = world.registry({
      sleep: (seconds) => {
        world.fsx.clock.advance(seconds * 1000);
        for (const { FileSystemId, Lifecycle } of world.fsx.fileSystems.all())
          if (Lifecycle === 'CREATING')
            world.fsx.fileSystems.change(FileSystemId, {
              lifecycle: 'MISCONFIGURED',
              message: 'No way in.',
            });
        return Promise.resolve();
      },
    });
    const answer = await registry.create(P1);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(answer.message).toContain('No way in.');
    expect(world.fsx.requests.count('DeleteFileSystem')).toBe(1);
  });
});

describe('FSx does not know a file system that it describes', () => {
  const before = { ...P1, Tags: [{ Key: 'a', Value: '1' }] };
  const after = { ...P1, DataCompressionType: 'LZ4', Tags: [{ Key: 'b', Value: '1' }] };
  const unknownTo = (
    operation: 'UpdateFileSystem' | 'TagResource' | 'UntagResource',
    after = 0,
  ) => {
    world.fsx.faults.add({ fault: 'error', code: 'FileSystemNotFound', operation, after });
  };

  test.each(['UpdateFileSystem', 'TagResource', 'UntagResource'] as const)(
    'once, at %s: neither an update nor a rollback ends NotFound',
    async (operation) => {
      const fs = await created(before);
      unknownTo(operation);
      const updated = model(await world.registry().update(after, { ...before, ...fs }));
      expect(updated).toMatchObject(after);
      unknownTo(operation);
      const back = model(await rollback().update(before, { ...after, ...updated }));
      expect(back).toMatchObject({ DataCompressionType: 'NONE', Tags: before.Tags });
    },
  );

  test.each(['UpdateFileSystem', 'TagResource', 'UntagResource'] as const)(
    'at each %s: an update fails in time, and not with NotFound, and so does a rollback',
    async (operation) => {
      const fs = await created(before);
      const previous = { ...before, FileSystemId: fs.FileSystemId };
      world.fsx.faults.add({ fault: 'error', code: 'FileSystemNotFound', operation, times: 'always' }); // oxfmt-ignore
      for (const registry of [world.registry(), rollback()]) {
        const answer = await registry.update(after, previous);
        expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
        expect(answer.message).toContain(`FSx ${operation}: `);
        expect(answer.message).toContain(
          `But FSx still describes file system ${String(fs.FileSystemId)}. Retry the operation`,
        );
      }
      expect(world.fsx.requests.count(operation)).toBe(4);
    },
  );

  test('before and after FSx rests: a rollback goes on', async () => {
    const fs = await created(P2);
    const faster = { ...P2, PerUnitStorageThroughput: 250 };
    model(await world.registry().update(faster, { ...P2, ...fs }));
    unknownTo('UpdateFileSystem');
    unknownTo('UpdateFileSystem', 3);
    const back = model(await rollback().update(P2, { ...faster, FileSystemId: fs.FileSystemId }));
    expect(back).toMatchObject({ PerUnitStorageThroughput: 125 });
  });

  test('at each attempt to delete it: the deletion fails in time, and not with NotFound', async () => {
    const fs = await created(P1);
    const operation = 'DeleteFileSystem';
    world.fsx.faults.add({ fault: 'error', code: 'FileSystemNotFound', operation, times: 'always' }); // oxfmt-ignore
    const answer = await world.registry().delete(fs);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(answer.message).toContain(`FSx still describes file system ${String(fs.FileSystemId)}`);
  });
});

describe('deletion', () => {
  test('without an id answers within a minute, however slowly FSx lists file systems', async () => {
    const { clock, handle } = world.fsx;
    const slowlyOnce: typeof handle = (request, response) => {
      clock.advance(30_000);
      Object.assign(world.fsx, { handle });
      handle(request, response);
    };
    Object.assign(world.fsx, { handle: slowlyOnce });
    const begun = clock.now();
    expect(await world.registry().delete(P1)).toMatchObject({ errorCode: 'NotFound' });
    expect(clock.now() - begun).toBeLessThan(60_000);
  });

  const wish = { SkipFinalBackup: false };

  test('a file system that is still being created goes without a final backup', async () => {
    const event = await firstCreate(P1);
    expect(await world.registry().delete({ ...event.resourceModel, ...wish })).toMatchObject({
      status: 'SUCCESS',
    });
  });

  test('a deletion whose answers were all lost still ends well', async () => {
    const fs = await created(P1);
    world.fsx.faults.add({ fault: 'cutAfter', operation: 'DeleteFileSystem', times: 3 });
    const registry = world.registry({
      sleep: () => {
        world.fsx.clock.advance(HOUR / 6);
        return Promise.resolve();
      },
    });
    expect(await registry.delete(fs)).toMatchObject({ status: 'SUCCESS' });
  });
});

test('a throughput change is taken back, however long FSx rests', async () => {
  const fs = await created(P2);
  const faster = { ...P2, PerUnitStorageThroughput: 250 };
  model(await world.registry().update(faster, { ...P2, ...fs }));
  const back = model(await rollback().update(P2, { ...faster, FileSystemId: fs.FileSystemId }));
  expect(back).toMatchObject({ PerUnitStorageThroughput: 125 });
});

test('a read cache stays with the throughput that it grew with', async () => {
  const tiering = {
    SubnetIds: [SUBNET],
    DeploymentType: 'PERSISTENT_2',
    StorageType: 'INTELLIGENT_TIERING',
    ThroughputCapacity: 4000,
    DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 32 },
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
  };
  const grown = {
    ...tiering,
    ThroughputCapacity: 8000,
    DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 64 },
  };
  const fs = await created(tiering);
  model(await world.registry().update(grown, { ...tiering, ...fs }));
  const kept = { ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizeGiB: 64 } };
  expect(
    model(await rollback().update(tiering, { ...grown, FileSystemId: fs.FileSystemId })),
  ).toMatchObject(kept);
  const tagged = { ...tiering, Tags: [{ Key: 'a', Value: '1' }] };
  expect(model(await world.registry().update(tagged, { ...tiering, ...fs }))).toMatchObject(kept);
});

test('a tag change never touches backups that somebody else has set', async () => {
  const template = { ...P1, AutomaticBackupRetentionDays: 7 };
  const fs = await created(template);
  world.fsx.fileSystems.change(String(fs.FileSystemId), {
    values: { LustreConfiguration: { AutomaticBackupRetentionDays: 30 } },
  });
  const tagged = { ...template, Tags: [{ Key: 'a', Value: '1' }] };
  const updated = await world
    .registry()
    .update(tagged, { ...template, FileSystemId: fs.FileSystemId });
  expect(model(updated)).toMatchObject({ AutomaticBackupRetentionDays: 30 });
  expect(world.fsx.requests.count('UpdateFileSystem')).toBe(0);
});

test('root squash that is taken out of its object is turned off', async () => {
  const squashed = {
    ...P1,
    RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: ['10.0.1.6@tcp'] },
  };
  const fs = await created(squashed);
  const without = { ...P1, RootSquashConfiguration: { NoSquashNids: ['10.0.1.6@tcp'] } };
  const updated = model(await world.registry().update(without, { ...squashed, ...fs }));
  expect((updated.RootSquashConfiguration as Properties | undefined)?.RootSquash ?? '0:0').toBe(
    '0:0',
  );
});

test('fifty tags become fifty others', async () => {
  const fifty = (name: string) =>
    Array.from({ length: 50 }, (_, i) => ({ Key: `${name}${i}`, Value: 'x' }));
  const fs = await created({ ...P1, Tags: fifty('a') });
  const updated = model(
    await world.registry().update({ ...P1, Tags: fifty('b') }, { ...P1, ...fs }),
  );
  expect(updated.Tags).toEqual(expect.arrayContaining(fifty('b')));
});

/** The first answer of a creation that is then given up. */
async function firstCreate(properties: Properties) {
  let first: { resourceModel?: Properties } = {};
  const registry = world.registry({
    invoke: async (event) => {
      if (event.requestContext.invocation > 1) throw new Error('given up');
      return (first = await world.invoke(event));
    },
  });
  await registry.create(properties).catch(() => undefined);
  return first;
}

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

describe('two tags of a template with the same key', () => {
  const Tags = [
    { Key: 'Stage', Value: 'a' },
    { Key: 'Stage', Value: 'b' },
  ];
  const REFUSED = 'Tags has the key Stage more than once: keep one of them.';

  test.each([{}, { Stage: 'c' }])(
    'are refused at creation, with stack tags %j',
    async (stackTags) => {
      const answer = await world.registry().create({ ...P1, Tags }, { stackTags });
      expect(answer).toMatchObject({ errorCode: 'InvalidRequest', message: REFUSED });
      expect(world.fsx.requests.of('CreateFileSystem')).toEqual([]);
    },
  );

  test('are refused in an update', async () => {
    const before = await created(P1);
    const answer = await world.registry().update({ ...before, Tags }, before);
    expect(answer).toMatchObject({ errorCode: 'InvalidRequest', message: REFUSED });
  });

  test('one of which the stack has too are merged', async () => {
    const fs = model(
      await world
        .registry()
        .create({ ...P1, Tags: Tags.slice(0, 1) }, { stackTags: { Stage: 'c', Owner: 'd' } }),
    );
    expect(fs.Tags).toEqual(expect.arrayContaining([Tags[0], { Key: 'Owner', Value: 'd' }]));
  });
});
