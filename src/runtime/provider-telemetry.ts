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
import { withSignalPerAttempt } from '../sdk/attempt-signals';
import { clientSettings } from '../sdk/client-settings';
import type { Line } from './invocation-log';
import type { Provider } from './request';

/** One invocation, as reported to the type's owner. */
export interface Invoked {
  action: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number;
  errorCode: string | undefined;
  lines: readonly Line[];
}

/**
 * Writes the lines to the provider's log, if it has one, in one batch, and the metrics in one request. The names, the
 * namespace and the dimensions are those of the CloudFormation runtime library, so that monitoring of other types works for
 * this one.
 *
 * @throws The error of either service, or an AbortError.
 */
export async function deliver(
  { credentials, log, region, typeName }: Provider,
  invoked: Invoked,
  signals: Readonly<Record<'log' | 'metrics', AbortSignal>>,
): Promise<void> {
  const settings = { region, maxAttempts: 2 };
  const logs = withSignalPerAttempt(
    new CloudWatchLogsClient({ ...clientSettings('CLOUDWATCH_LOGS', credentials), ...settings }),
  );
  const metrics = withSignalPerAttempt(
    new CloudWatchClient({ ...clientSettings('CLOUDWATCH', credentials), ...settings }),
  );
  const Namespace = `AWS/CloudFormation/${typeName.replaceAll('::', '/')}`;
  const count = (measured: readonly Metric[]) =>
    metrics.send(
      new PutMetricDataCommand({ Namespace, MetricData: measured.map(datum(typeName)) }),
      { abortSignal: signals.metrics },
    );
  const writing =
    log &&
    write(logs, log, invoked.lines, signals.log).catch(async (error: unknown) => {
      await count([exception('ProviderLogDelivery', nameOf(error), new Date())]);
      throw error;
    });
  try {
    const ended = await Promise.allSettled([count(invocationMetrics(invoked)), writing]);
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
  } finally {
    logs.destroy();
    metrics.destroy();
  }
}

/** The log stream exists from the second invocation of an operation on, so it is created only when it is missing. */
async function write(
  logs: CloudWatchLogsClient,
  stream: NonNullable<Provider['log']>,
  lines: readonly Line[],
  abortSignal: AbortSignal,
): Promise<void> {
  const { logGroupName } = stream;
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

/** Another invocation has created it. */
function unlessThere(error: unknown): void {
  if (nameOf(error) !== 'ResourceAlreadyExistsException') throw error;
}

interface Metric {
  name: string;
  unit: 'Count' | 'Milliseconds';
  at: Date;
  value: number;
  dimensions: Record<string, string>;
}

function invocationMetrics({ action, startedAt, endedAt, errorCode }: Invoked): Metric[] {
  const dimensions = { DimensionKeyActionType: action };
  const end = new Date(endedAt);
  return [
    {
      name: 'HandlerInvocationCount',
      unit: 'Count',
      at: new Date(startedAt),
      value: 1,
      dimensions,
    },
    {
      name: 'HandlerInvocationDuration',
      unit: 'Milliseconds',
      at: end,
      value: endedAt - startedAt,
      dimensions,
    },
    ...(errorCode === undefined ? [] : [exception(action, errorCode, end)]),
  ];
}

function exception(action: string, type: string, at: Date): Metric {
  const dimensions = { DimensionKeyActionType: action, DimensionKeyExceptionType: type };
  return { name: 'HandlerException', unit: 'Count', at, value: 1, dimensions };
}

function datum(typeName: string): (metric: Metric) => MetricDatum {
  return ({ name, unit, at, value, dimensions }) => ({
    MetricName: name,
    Unit: unit,
    Timestamp: at,
    Value: value,
    Dimensions: Object.entries({ ...dimensions, DimensionKeyResourceType: typeName }).map(
      ([Name, Value]) => ({ Name, Value }),
    ),
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
