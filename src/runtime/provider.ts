import {
  CloudWatchClient,
  PutMetricDataCommand,
  type MetricDatum,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { handedOver } from '../sdk/settings';
import type { Line } from './journal';
import type { Provider } from './request';

/** One invocation, as the owner of the type is told of it. */
export interface Invoked {
  action: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number;
  errorCode: string | undefined;
  lines: readonly Line[];
}

const TYPE_NAME = 'Pangea::FSx::LustreFileSystem';
const NAMESPACE = `AWS/CloudFormation/${TYPE_NAME.replaceAll('::', '/')}`;

/**
 * Writes the lines into the provider's log, in one batch, and the metrics, in one request. Names, namespace and dimensions
 * are those of the CloudFormation runtime library, so that what watches other types watches this one.
 * @throws what either of the two services answers, or an AbortError at the deadline.
 */
export async function deliver(
  provider: Provider,
  invoked: Invoked,
  abortSignal: AbortSignal,
): Promise<void> {
  const { credentials, region } = provider;
  const settings = { region, maxAttempts: 2 };
  const logs = new CloudWatchLogsClient({
    ...handedOver('CLOUDWATCH_LOGS', credentials),
    ...settings,
  });
  const metrics = new CloudWatchClient({ ...handedOver('CLOUDWATCH', credentials), ...settings });
  const count = (MetricData: MetricDatum[]) =>
    metrics.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData }), { abortSignal });
  const writing = write(logs, provider, invoked.lines, abortSignal).catch(
    async (error: unknown) => {
      await count([exception('ProviderLogDelivery', nameOf(error), new Date())]);
      throw error;
    },
  );
  try {
    const ended = await Promise.allSettled([count(invocationMetrics(invoked)), writing]);
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
  } finally {
    logs.destroy();
    metrics.destroy();
  }
}

/** The stream is there from the second invocation of an operation on, so it is made only when it is missed. */
async function write(
  logs: CloudWatchLogsClient,
  { logGroupName, logStreamName }: Provider,
  lines: readonly Line[],
  abortSignal: AbortSignal,
): Promise<void> {
  const stream = { logGroupName, logStreamName };
  const put = async () => {
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [...lines] }), { abortSignal });
  };
  const createStream = async () => {
    await logs.send(new CreateLogStreamCommand(stream), { abortSignal }).catch(unlessThere);
  };
  const createGroup = async () => {
    await logs
      .send(new CreateLogGroupCommand({ logGroupName }), { abortSignal })
      .catch(unlessThere);
  };
  await put().catch(
    whenMissing(async () => {
      await createStream().catch(
        whenMissing(async () => {
          await createGroup();
          await createStream();
        }),
      );
      await put();
    }),
  );
}

function whenMissing(repair: () => Promise<void>): (error: unknown) => Promise<void> {
  return async (error) => {
    if (nameOf(error) !== 'ResourceNotFoundException') throw error;
    await repair();
  };
}

/** Another invocation was faster. */
function unlessThere(error: unknown): void {
  if (nameOf(error) !== 'ResourceAlreadyExistsException') throw error;
}

function invocationMetrics({ action, startedAt, endedAt, errorCode }: Invoked): MetricDatum[] {
  const Dimensions = dimensions({ DimensionKeyActionType: action });
  const end = new Date(endedAt);
  return [
    {
      MetricName: 'HandlerInvocationCount',
      Dimensions,
      Unit: 'Count',
      Timestamp: new Date(startedAt),
      Value: 1,
    },
    {
      MetricName: 'HandlerInvocationDuration',
      Dimensions,
      Unit: 'Milliseconds',
      Timestamp: end,
      Value: endedAt - startedAt,
    },
    ...(errorCode === undefined ? [] : [exception(action, errorCode, end)]),
  ];
}

function exception(action: string, type: string, at: Date): MetricDatum {
  return {
    MetricName: 'HandlerException',
    Dimensions: dimensions({ DimensionKeyActionType: action, DimensionKeyExceptionType: type }),
    Unit: 'Count',
    Timestamp: at,
    Value: 1,
  };
}

function dimensions(values: Record<string, string>): MetricDatum['Dimensions'] {
  return Object.entries({ ...values, DimensionKeyResourceType: TYPE_NAME }).map(
    ([Name, Value]) => ({ Name, Value }),
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
