import { lambda, type Handler } from '../../src/runtime/lambda';
import { registryEvent } from './events';
import { startRecorder, type Reply } from './recorder';

const OK: Reply = { success: {} };
const STACK = 'arn:aws:cloudformation:us-east-1:123456789012:stack/hpc/1';

let logs: Awaited<ReturnType<typeof startRecorder>>;
let metrics: Awaited<ReturnType<typeof startRecorder>>;
/** What the log service answers to an operation; OK without an entry. */
let replies: Partial<Record<string, Reply[]>>;

beforeEach(async () => {
  replies = {};
  const reply = ({ operation }: { operation: string }) => replies[operation]?.shift() ?? OK;
  logs = await startRecorder(reply);
  metrics = await startRecorder(reply);
  process.env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS = logs.url;
  process.env.AWS_ENDPOINT_URL_CLOUDWATCH = metrics.url;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await logs.close();
  await metrics.close();
});

const handler: Handler = (_request, log) => {
  log.write({ event: 'first' });
  log.write({ event: 'second', ms: 1 });
  return Promise.resolve({ status: 'SUCCESS' });
};

function event(changes = {}, data = {}) {
  return registryEvent(
    { region: 'eu-west-1', ...changes },
    {
      providerCredentials: {
        accessKeyId: 'AKPROVIDER',
        secretAccessKey: 'provider-secret',
        sessionToken: 'provider-token',
      },
      providerLogGroupName: 'pangea-fsx-lustrefilesystem-logs',
      ...data,
    },
  );
}

const operations = () => logs.calls.map(({ operation }) => operation);

test('all lines go out in one batch, with the credentials of the provider', async () => {
  await lambda(handler)(event({ stackId: STACK }), { awsRequestId: 'r-1' });
  expect(operations()).toEqual(['PutLogEvents']);
  const [call] = logs.calls;
  expect(call).toMatchObject({
    accessKeyId: 'AKPROVIDER',
    region: 'eu-west-1',
    headers: { 'x-amz-security-token': 'provider-token' },
    input: {
      logGroupName: 'pangea-fsx-lustrefilesystem-logs',
      logStreamName: `${STACK.replaceAll(':', '__')}/FileSystem`,
    },
  });
  const lines = call?.input.logEvents as { timestamp: number; message: string }[];
  expect(lines.map(({ message }) => JSON.parse(message) as unknown)).toEqual([
    { action: 'CREATE', awsRequestId: 'r-1', event: 'first' },
    { action: 'CREATE', awsRequestId: 'r-1', event: 'second', ms: 1 },
  ]);
  for (const { timestamp } of lines) expect(Math.abs(timestamp - Date.now())).toBeLessThan(60_000);
});

test('what is not of a stack has a stream of its account and region', async () => {
  await lambda(handler)(event());
  expect(logs.calls[0]?.input.logStreamName).toBe('123456789012-eu-west-1');
});

test('metrics have the names, namespace and dimensions of the stock library', async () => {
  await lambda(handler)(event({ action: 'READ' }));
  expect(metrics.calls).toHaveLength(1);
  const Dimensions = [
    { Name: 'DimensionKeyActionType', Value: 'READ' },
    { Name: 'DimensionKeyResourceType', Value: 'Pangea::FSx::LustreFileSystem' },
  ];
  expect(metrics.calls[0]).toMatchObject({
    operation: 'PutMetricData',
    accessKeyId: 'AKPROVIDER',
    input: {
      Namespace: 'AWS/CloudFormation/Pangea/FSx/LustreFileSystem',
      MetricData: [
        { MetricName: 'HandlerInvocationCount', Dimensions, Unit: 'Count', Value: 1 },
        { MetricName: 'HandlerInvocationDuration', Dimensions, Unit: 'Milliseconds' },
      ],
    },
  });
});

test('metrics tell when the handler began, and how long it took', async () => {
  const begun = Date.now() / 1000;
  await lambda(async (...given) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return handler(...given);
  })(event());
  const [count, duration] = (metrics.calls[0]?.input.MetricData ?? []) as {
    Timestamp: number;
    Value: number;
  }[];
  for (const at of [count?.Timestamp, duration?.Timestamp]) {
    expect(at).toBeGreaterThanOrEqual(Math.floor(begun));
    expect(at).toBeLessThanOrEqual(Date.now() / 1000);
  }
  expect(duration?.Value).toBeGreaterThan(15);
});

test('a type that is activated under an alias is measured under it', async () => {
  await lambda(handler)(event({ resourceType: 'Acme::Storage::Lustre' }));
  expect(metrics.calls[0]?.input).toMatchObject({
    Namespace: 'AWS/CloudFormation/Acme/Storage/Lustre',
    MetricData: expect.arrayContaining([
      expect.objectContaining({
        Dimensions: [
          { Name: 'DimensionKeyActionType', Value: 'CREATE' },
          { Name: 'DimensionKeyResourceType', Value: 'Acme::Storage::Lustre' },
        ],
      }),
    ]) as unknown,
  });
});

test('a failure is counted by its code', async () => {
  await lambda(() => Promise.resolve({ status: 'FAILED', errorCode: 'NotFound' }))(event());
  expect((metrics.calls[0]?.input.MetricData as unknown[] | undefined)?.[2]).toMatchObject({
    MetricName: 'HandlerException',
    Dimensions: [
      { Name: 'DimensionKeyActionType', Value: 'CREATE' },
      { Name: 'DimensionKeyExceptionType', Value: 'NotFound' },
      { Name: 'DimensionKeyResourceType', Value: 'Pangea::FSx::LustreFileSystem' },
    ],
    Unit: 'Count',
    Value: 1,
  });
});

const MISSING: Reply = { error: 'ResourceNotFoundException' };
const THERE: Reply = { error: 'ResourceAlreadyExistsException' };

test('a missing stream is created', async () => {
  replies = { PutLogEvents: [MISSING] };
  await lambda(handler)(event());
  expect(operations()).toEqual(['PutLogEvents', 'CreateLogStream', 'PutLogEvents']);
});

test('a missing group is created, unless another invocation was faster', async () => {
  replies = {
    PutLogEvents: [MISSING],
    CreateLogStream: [MISSING, THERE],
    CreateLogGroup: [THERE],
  };
  await lambda(handler)(event());
  expect(operations()).toEqual([
    'PutLogEvents',
    'CreateLogStream',
    'CreateLogGroup',
    'CreateLogStream',
    'PutLogEvents',
  ]);
});

test('a log that refuses fails nothing, and is counted', async () => {
  replies = { PutLogEvents: [{ error: 'AccessDeniedException' }] };
  expect(await lambda(handler)(event())).toMatchObject({ status: 'SUCCESS' });
  expect(metrics.calls.map(({ input }) => input.MetricData)).toContainEqual([
    expect.objectContaining({
      MetricName: 'HandlerException',
      Dimensions: [
        { Name: 'DimensionKeyActionType', Value: 'ProviderLogDelivery' },
        { Name: 'DimensionKeyExceptionType', Value: 'AccessDeniedException' },
        { Name: 'DimensionKeyResourceType', Value: 'Pangea::FSx::LustreFileSystem' },
      ],
    }),
  ]);
});

test.each(['PutLogEvents', 'PutMetricData'])(
  'an endpoint that never answers %s is given up within a second',
  async (operation) => {
    const patience = jest.spyOn(AbortSignal, 'timeout');
    replies = { [operation]: ['silence', 'silence', 'silence'] };
    expect(await lambda(handler)(event())).toMatchObject({ status: 'SUCCESS' });
    expect(patience.mock.calls.map(([ms]) => ms)).toEqual([900, 750]);
  },
);

test('a log that never answers is counted before the patience ends', async () => {
  replies = { PutLogEvents: ['silence', 'silence', 'silence'] };
  await lambda(handler)(event());
  expect(JSON.stringify(metrics.calls.map(({ input }) => input))).toContain('ProviderLogDelivery');
});

test('without a log group there are metrics and no log', async () => {
  await lambda(handler)(event({}, { providerLogGroupName: undefined }));
  expect(logs.calls).toEqual([]);
  expect(metrics.calls).toHaveLength(1);
});

test('where nothing listens, the answer is the same', async () => {
  process.env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS = process.env.AWS_ENDPOINT_URL_CLOUDWATCH =
    'http://127.0.0.1:9';
  expect(await lambda(handler)(event())).toMatchObject({ status: 'SUCCESS' });
});

test.each([null, { accessKeyId: 'AKPROVIDER' }])(
  'nothing is sent with such credentials of a provider: %j',
  async (providerCredentials) => {
    await lambda(handler)(event({}, { providerCredentials }));
    expect([...logs.calls, ...metrics.calls]).toEqual([]);
  },
);
