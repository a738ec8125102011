import type { Operation } from '../../local/fsx/server';
import type { Properties } from '../../local/registry/protocol';
import { SimulatedMortalFunction, ThreadedMortalFunction } from './killable-function';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const SCRATCH = { StorageCapacity: 1200, DeploymentType: 'SCRATCH_2', SubnetIds: [SUBNET] };
const PERSISTENT = { ...SCRATCH, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 };

test('a creation that FSx ends as FAILED gives its reason and leaves nothing running', async () => {
  world.fsx.faults.add({
    fault: 'endsFailed',
    operation: 'CreateFileSystem',
    message: 'No capacity in this zone.',
  });
  const answer = await world.registry().create(PERSISTENT);
  expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
  expect(answer.message).toContain('No capacity in this zone.');
  world.fsx.clock.advance(3_600_000);
  expect(world.fsx.fileSystems.all()).toEqual([]);
});

test('a file system that is deleted behind our back is NotFound', async () => {
  const fs = model(await world.registry().create(SCRATCH));
  world.fsx.fileSystems.remove(String(fs.FileSystemId));
  for (const answer of [
    await world.registry().read(fs),
    await world.registry().update({ ...SCRATCH, StorageCapacity: 2400 }, fs),
    await world.registry().delete(fs),
  ])
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'NotFound' });
});

test('an id that cannot be one, and a file system of another type, are NotFound', async () => {
  const other = 'fs-0123456789abcdef0';
  for (const FileSystemId of ['nonsense', '', other]) {
    expect(await world.registry().read({ FileSystemId })).toMatchObject({ errorCode: 'NotFound' });
    expect(await world.registry().delete({ FileSystemId })).toMatchObject({
      errorCode: 'NotFound',
    });
  }
});

describe('final backups', () => {
  const backups = async (properties: Properties): Promise<unknown[]> => {
    const fs = model(await world.registry().create(properties));
    expect(await world.registry().delete({ ...properties, ...fs })).toMatchObject({
      status: 'SUCCESS',
    });
    return world.fsx.requests
      .of('DeleteFileSystem')
      .map(({ input }) => (input as Properties).LustreConfiguration);
  };
  test('none on scratch: no LustreConfiguration is sent', async () => {
    expect(await backups(SCRATCH)).toEqual([undefined]);
  });
  test('none unless asked for, said explicitly', async () => {
    expect(await backups(PERSISTENT)).toEqual([{ SkipFinalBackup: true }]);
  });
  test('one where asked for, with its tags', async () => {
    const FinalBackupTags = [{ Key: 'keep', Value: 'a year' }];
    expect(await backups({ ...PERSISTENT, SkipFinalBackup: false, FinalBackupTags })).toEqual([
      { SkipFinalBackup: false, FinalBackupTags },
    ]);
  });
});

describe('what FSx says becomes the right code and message', () => {
  test.each([
    [{ fault: 'serviceLimit', limit: 'TOTAL_STORAGE' }, 'ServiceLimitExceeded', 'TOTAL_STORAGE'],
    [{ fault: 'accessDenied' }, 'AccessDenied', 'lacks fsx:CreateFileSystem'],
    [{ fault: 'expiredToken' }, 'InvalidCredentials', 'credentials'],
    [{ fault: 'unrecognizedClient' }, 'InvalidCredentials', 'credentials'],
    [
      {
        fault: 'error',
        code: 'InvalidNetworkSettings',
        message: 'do not permit Lustre LNET network traffic on port 988',
        members: { InvalidSecurityGroupId: 'sg-1' },
      },
      'InvalidRequest',
      '988',
    ],
    [
      { fault: 'error', code: 'InvalidImportPath', message: 'No such bucket' },
      'InvalidRequest',
      'No such bucket',
    ],
    [
      { fault: 'error', code: 'SomethingNew', message: 'Never seen' },
      'GeneralServiceException',
      'Never seen',
    ],
    [{ fault: 'internalError', times: 'always' }, 'ServiceInternalError', ''],
    [{ fault: 'cutBefore', times: 'always' }, 'NetworkFailure', ''],
  ] as const)('create: %j', async (fault, errorCode, words) => {
    world.fsx.faults.add({ operation: 'CreateFileSystem', ...fault });
    const answer = await world.registry().create(SCRATCH);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode });
    expect(answer.message).toContain(words);
    expect(answer.message).not.toMatch(/\n\s+at /);
    expect(world.fsx.fileSystems.all()).toEqual([]);
  });

  test.each(['internalError', 'throttling', 'cutBefore', 'cutAfter'] as const)(
    '%s for a while does not stop an operation that is under way',
    async (fault) => {
      const fs = model(await world.registry().create(SCRATCH));
      world.fsx.clock.advance(7 * 3_600_000);
      for (const operation of [
        'DescribeFileSystems',
        'UpdateFileSystem',
        'DeleteFileSystem',
      ] as const)
        world.fsx.faults.add({ fault, operation, times: 4 });
      expect(
        await world.registry().update({ ...SCRATCH, StorageCapacity: 2400 }, fs),
      ).toMatchObject({ status: 'SUCCESS' });
      for (const operation of ['DescribeFileSystems', 'DeleteFileSystem'] as const)
        world.fsx.faults.add({ fault, operation, times: 4 });
      expect(await world.registry().delete(fs)).toMatchObject({ status: 'SUCCESS' });
    },
  );
});

/** The process dies at a call, before or after its effect; CloudFormation sends the same event again. */
describe('cut at every call', () => {
  const OPERATIONS: readonly Operation[] = [
    'CreateFileSystem',
    'DescribeFileSystems',
    'UpdateFileSystem',
    'DeleteFileSystem',
    'TagResource',
    'UntagResource',
  ];

  describe.each(['hangBefore', 'hangAfter'] as const)('%s', (fault) => {
    test.each(OPERATIONS)('%s', async (operation) => {
      // One of them dies as it does in Lambda, at requests over a network.
      const Mortal =
        operation === 'CreateFileSystem' ? ThreadedMortalFunction : SimulatedMortalFunction;
      const mortal = new Mortal(world.fsx);
      const registry = world.registry({ invoke: (event) => mortal.invoke(event) });
      const arm = () => {
        for (const after of [0, 1, 3]) mortal.dieAt({ fault, operation, after });
      };
      const before = { ...SCRATCH, Tags: [{ Key: 'a', Value: '1' }] };
      const after = {
        ...SCRATCH,
        StorageCapacity: 2400,
        DataCompressionType: 'LZ4',
        Tags: [{ Key: 'b', Value: '2' }],
      };
      try {
        arm();
        const fs = model(await registry.create(before));
        expect(world.fsx.fileSystems.all()).toHaveLength(1);
        world.fsx.clock.advance(7 * 3_600_000);
        arm();
        const updated = model(await registry.update(after, { ...before, ...fs }));
        expect(updated).toMatchObject({ ...after, FileSystemId: fs.FileSystemId });
        arm();
        expect(await registry.delete(updated)).toMatchObject({ status: 'SUCCESS' });
        expect(world.fsx.fileSystems.all()).toEqual([]);
        expect(mortal.deaths).toBeGreaterThan(0);
      } finally {
        await mortal.end();
      }
    });
  });

  const subnet = { SubnetIds: [SUBNET] };
  const p2 = {
    ...subnet,
    DeploymentType: 'PERSISTENT_2',
    StorageCapacity: 1200,
    PerUnitStorageThroughput: 125,
  };
  const iops = (Iops: number) => ({ MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops } });
  const tiering = {
    ...subnet,
    DeploymentType: 'PERSISTENT_2',
    StorageType: 'INTELLIGENT_TIERING',
    DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' },
    ...iops(6000),
  };
  const UPDATES: readonly [string, Properties, Properties][] = [
    ['throughput', p2, { ...p2, PerUnitStorageThroughput: 500 }],
    [
      'IOPS and then capacity',
      { ...p2, ...iops(1500) },
      { ...p2, ...iops(6000), StorageCapacity: 4800 },
    ],
    ['version', { ...p2, FileSystemTypeVersion: '2.12' }, { ...p2, FileSystemTypeVersion: '2.15' }],
    [
      'throughput capacity',
      { ...tiering, ThroughputCapacity: 4000 },
      { ...tiering, ThroughputCapacity: 8000 },
    ],
  ];

  describe.each(['hangBefore', 'hangAfter'] as const)('%s, update of', (fault) => {
    test.each(UPDATES)('%s', async (_, before, after) => {
      const mortal = new SimulatedMortalFunction(world.fsx);
      const registry = world.registry({ invoke: (event) => mortal.invoke(event) });
      try {
        const fs = model(await registry.create(before));
        world.fsx.clock.advance(7 * 3_600_000);
        mortal.dieAt({ fault, operation: 'UpdateFileSystem', times: 2 });
        mortal.dieAt({ fault, operation: 'DescribeFileSystems', after: 2 });
        const updated = model(await registry.update(after, { ...before, ...fs }));
        expect(updated).toMatchObject({ ...after, FileSystemId: fs.FileSystemId });
        const targets = new Set(
          world.fsx.requests
            .of('UpdateFileSystem')
            .map(({ input }) => (input as Properties).ClientRequestToken),
        );
        const steps = Object.keys(after).filter(
          (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
        );
        expect(targets.size).toBe(steps.length);
        expect(mortal.deaths).toBe(3);
      } finally {
        await mortal.end();
      }
    });
  });
});
