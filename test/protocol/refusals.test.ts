import { templates, testEvents } from './fixtures';
import { startWorld, SUBNET, type World } from './harness';

let world: World;
beforeAll(async () => (world = await startWorld({ overNetwork: true })));
afterAll(() => world.close());

/** What each message must name: the property, the value, and what would be right. */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  'ssd-capacity-5000': ['StorageCapacity', '5000', '4800', '7200', '2400'],
  'hdd-capacity-5000': ['StorageCapacity', '5000', '6000'],
  'scratch-with-throughput': ['PerUnitStorageThroughput', '200', 'SCRATCH_2'],
  'persistent1-throughput-300': ['PerUnitStorageThroughput', '300', '50, 100', '200'],
  'persistent1-throughput-500': [
    'PerUnitStorageThroughput',
    '500',
    '50, 100',
    '200',
    'PERSISTENT_2',
  ],
  'hdd-capacity-48000': ['StorageCapacity', '48000', '1800', '46800', '48600'],
  'read-cache-on-ssd': ['DriveCacheType', 'READ', 'HDD'],
  'scratch-with-backups': ['AutomaticBackupRetentionDays', '7', 'SCRATCH_2'],
  's3-link-with-backups': ['AutomaticBackupRetentionDays', '7', 'ImportPath'],
  'two-subnets': ['SubnetIds', 'one'],
};

describe.each(['text', 'as-given'] as const)('with scalars %s', (scalars) => {
  test.each(templates('examples/errors'))(
    '$name is refused before any call',
    async ({ name, properties }) => {
      const answer = await world.registry({ scalars }).create(properties);
      expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
      const words = MESSAGES[name.split('/')[0] ?? ''];
      expect(words).toBeDefined();
      for (const word of words ?? []) expect(answer.message).toContain(word);
      expect(answer.message?.length).toBeLessThanOrEqual(1024);
      expect(world.fsx.requests.all()).toEqual([]);
    },
  );
});

test('all reasons are told at once', async () => {
  const answer = await world.registry().create({
    StorageCapacity: 5000,
    SubnetIds: [SUBNET, SUBNET],
    PerUnitStorageThroughput: 100,
    AutomaticBackupRetentionDays: 3,
  });
  for (const property of [
    'StorageCapacity',
    'SubnetIds',
    'PerUnitStorageThroughput',
    'AutomaticBackupRetentionDays',
  ])
    expect(answer.message).toContain(property);
});

describe('what the region lacks', () => {
  const SCRATCH = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
  afterEach(() => {
    jest.restoreAllMocks();
    world.fsx.requests.reset();
  });
  const on = (day: string) => jest.spyOn(Date, 'now').mockReturnValue(Date.parse(day));

  test('is refused at creation before any call, with the default named as that', async () => {
    on('2026-11-25T12:00:00Z');
    const answer = await world.registry({ region: 'ap-southeast-6' }).create(SCRATCH);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(answer.message).toContain(
      'SCRATCH_2 (the default) is not available in ap-southeast-6, which has PERSISTENT_2 SSD and',
    );
    expect(world.fsx.requests.all()).toEqual([]);
  });

  test.each([
    [
      'by DEFER_TO_FSX',
      '2026-11-25T12:00:00Z',
      { typeConfiguration: { Validation: 'DEFER_TO_FSX' } },
    ],
    ['when the table is older than a year', '2027-07-01T12:00:00Z', {}],
  ])('is left to FSx %s', async (_, day, options) => {
    on(day);
    const there = await startWorld({ overNetwork: true, region: 'ap-southeast-6' });
    const answer = await there.registry({ region: there.region, ...options }).create(SCRATCH);
    await there.close();
    expect(answer.status).toBe('SUCCESS');
  });

  test('is never held against what exists: an update goes on', async () => {
    const there = await startWorld({ overNetwork: true, region: 'ap-southeast-6' });
    const { region } = there;
    const deferring = { region, typeConfiguration: { Validation: 'DEFER_TO_FSX' } };
    const created = await there.registry(deferring).create(SCRATCH);
    on('2026-11-25T12:00:00Z');
    const { FileSystemId } = created.resourceModel ?? {};
    const answer = await there
      .registry({ region })
      .update({ ...SCRATCH, DataCompressionType: 'LZ4' }, { ...SCRATCH, FileSystemId });
    await there.close();
    expect(answer.status).toBe('SUCCESS');
  });
});

test('what is only likely to be refused is sent to FSx as it is given', async () => {
  const { fsx } = world;
  const answer = await world
    .registry()
    .create({ StorageCapacity: 1200, SubnetIds: [SUBNET], KmsKeyId: 'alias/mine' });
  expect(answer.status).toBe('SUCCESS');
  expect(fsx.requests.of('CreateFileSystem').map(({ input }) => input)).toMatchObject([
    { KmsKeyId: 'alias/mine', LustreConfiguration: { DeploymentType: 'SCRATCH_2' } },
  ]);
  fsx.requests.reset();
});

describe('malformed properties', () => {
  test.each([
    [{ StorageCapacity: 'abc' }, 'StorageCapacity', 'abc'],
    [{ StorageCapacity: '1200.5' }, 'StorageCapacity', '1200.5'],
    [{ StorageCapacity: [1200] }, 'StorageCapacity', ''],
    [{ StorageCapacity: 1200, EfaEnabled: 'perhaps' }, 'EfaEnabled', 'perhaps'],
    [{ StorageCapacity: 1200, SubnetIds: 'subnet' }, 'SubnetIds', ''],
    [{ StorageCapacity: 1200, Tags: [{ Key: 'only' }] }, 'Tags', ''],
    [{ StorageCapacity: 1200, StorageCapacty: 2400 }, 'StorageCapacty', ''],
    [{ StorageCapacity: 1200, FileSystemId: 'fs-0123456789abcdef0' }, 'FileSystemId', ''],
  ])('%j names %s', async (properties, property, value) => {
    const answer = await world
      .registry({ scalars: 'as-given' })
      .create({ SubnetIds: [SUBNET], ...properties });
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(answer.message).toContain(property);
    expect(answer.message).toContain(value);
    expect(world.fsx.requests.all()).toEqual([]);
  });
});

describe('events that are none', () => {
  const event = {
    action: 'READ',
    awsAccountId: '123456789012',
    region: 'us-east-1',
    bearerToken: 'b',
    requestData: { resourceProperties: {} },
  };
  test.each([
    [null, 'action'],
    ['CREATE', 'action'],
    [{}, 'action'],
    [{ ...event, action: 'DESTROY' }, 'action'],
    [{ ...event, awsAccountId: undefined }, 'awsAccountId'],
    [{ ...event, region: '' }, 'region'],
    // Two creations without one would get the same file system.
    [{ ...event, action: 'CREATE', bearerToken: undefined }, 'bearerToken'],
    [{ ...event, requestData: undefined }, 'requestData'],
    [{ ...event, requestData: { resourceProperties: [] } }, 'resourceProperties'],
  ])('%j: the answer names %s', async (malformed, word) => {
    const answer = await world.invoke(malformed);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(answer.message).toContain(word);
  });
});

test('a type configuration that is wrong is InvalidTypeConfiguration, with the reason', async () => {
  const answer = await world
    .registry({ typeConfiguration: { Validation: 'LOOSE' } })
    .create({ StorageCapacity: 1200, SubnetIds: [SUBNET] });
  expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidTypeConfiguration' });
  expect(answer.message).toContain('Validation');
});

describe('events of the test entry point', () => {
  // They hold no credentials: those of the function's own environment count.
  beforeAll(() => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIAEXAMPLE';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  });
  afterAll(() => {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
  });

  test.each(testEvents())('$name is answered', async ({ name, event }) => {
    const answer = await world.bundle.testEntrypoint(event, {});
    if (name.startsWith('error-')) {
      expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    } else {
      const expected = {
        create: { status: 'IN_PROGRESS' },
        list: { status: 'SUCCESS' },
        read: { errorCode: 'NotFound' },
        // Whether there is none is known in a minute only.
        update: { status: 'IN_PROGRESS' },
        delete: { status: 'IN_PROGRESS' },
      }[name];
      expect(expected).toBeDefined();
      expect(answer).toMatchObject(expected ?? {});
    }
  });
});
