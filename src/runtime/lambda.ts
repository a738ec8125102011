import type { HandlerErrorCode } from '../handler-error';
import { LONGEST_MESSAGE } from '../lustre/violations';
import { cut } from '../lustre/wording';
import { copyEvent, UnusableEvent } from './event';
import type { HandlerResponse } from './response';
import { given, object, text } from './json';
import { InvocationLog } from './invocation-log';
import type { deliver, Invoked } from './provider-telemetry';
import { isAction, parseRequest, type Provider, type RegistryRequest } from './request';

export type { HandlerResponse };
/** Handles one request of the registry protocol. */
export type Handler = (request: RegistryRequest, log: InvocationLog) => Promise<HandlerResponse>;

/**
 * The longest time, in milliseconds, for which an operation waits for the delivery of metrics and of the log to the type's
 * owner. The log has less time, because its failure is one of the metrics.
 */
const DELIVERY_TIMEOUT_MS = { metrics: 900, log: 750 };

/**
 * The Lambda function for a handler: it takes an event of the registry protocol, returns a progress event, and never throws.
 *
 * The CloudFormation runtime library implements the protocol, with its defects repaired: see {@link library}.
 *
 * @param toEvent Converts other events, such as those of `sam local invoke`, to events of the registry protocol.
 */
export function lambda(
  handler: Handler,
  toEvent: (given: unknown) => unknown = (given) => given,
): (event: unknown, context?: unknown) => Promise<HandlerResponse> {
  return (event, context) =>
    invoke(handler, () => toEvent(copyEvent(event)), context).catch((thrown: unknown) =>
      toWire(unexpected(thrown)),
    );
}

async function invoke(
  handler: Handler,
  readEvent: () => unknown,
  context: unknown,
): Promise<HandlerResponse> {
  const startedAt = Date.now();
  const event = eventOrFault(readEvent);
  const named = object(event).action;
  const log = new InvocationLog({
    action: isAction(named) ? named : undefined,
    awsRequestId: text(object(context).awsRequestId),
  });
  const request = event instanceof UnusableEvent ? event.message : parseRequest(event);
  if (typeof request === 'string') {
    log.write({ event: 'refused', reason: request });
    return toWire(failed('InvalidRequest', `${NO_EVENT}: ${request}.`));
  }
  const work = () => handler(request, log).catch(unexpected).then(toWire);
  const { library } = await import('./cfn-library');
  const answer = await library.carryOut(request.action, work, context);
  const { action, provider } = request;
  const { errorCode } = answer;
  const invoked = { action, startedAt, endedAt: Date.now(), errorCode, lines: log.lines };
  if (provider) await reportToProvider(provider, invoked, log);
  return answer;
}

function eventOrFault(readEvent: () => unknown): unknown {
  try {
    return readEvent();
  } catch (error) {
    if (error instanceof UnusableEvent) return error;
    throw error;
  }
}

const NO_EVENT = 'This is not a CloudFormation registry event';

function failed(errorCode: HandlerErrorCode, message: string): HandlerResponse {
  return { status: 'FAILED', errorCode, message };
}

function unexpected(thrown: unknown): HandlerResponse {
  return failed('InternalFailure', cut(messageOf(thrown), LONGEST_MESSAGE));
}

/** The thrown value may be no Error, and may fail to convert to a string. */
function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? (thrown.message as unknown) : thrown);
  } catch {
    return 'The handler failed with an error that cannot be read.';
  }
}

/** The progress event as the library sends it: message and delay are always present, members without a value are absent. */
function toWire(answer: HandlerResponse): HandlerResponse {
  return given({ message: '', callbackDelaySeconds: 0, ...answer }) as HandlerResponse;
}

/**
 * Reports to the type's owner. Failures do not affect the operation, which waits for a limited time only. The clients have a
 * timeout of their own; the race is for one that does not observe it.
 */
async function reportToProvider(
  provider: Provider,
  invoked: Invoked,
  log: InvocationLog,
): Promise<void> {
  const begun = Date.now();
  const signals = {
    metrics: AbortSignal.timeout(DELIVERY_TIMEOUT_MS.metrics),
    log: AbortSignal.timeout(DELIVERY_TIMEOUT_MS.log),
  };
  const late = new Promise<never>((_, reject) => {
    signals.metrics.addEventListener('abort', () => {
      reject(signals.metrics.reason as Error);
    });
  });
  try {
    await Promise.race([deliverTo(provider, invoked, signals), late]);
  } catch (error) {
    const outcome = error instanceof Error ? error.name : 'Error';
    log.write({ event: 'provider', outcome, ms: Date.now() - begun });
  }
}

const deliverTo: typeof deliver = async (...told) =>
  (await import('./provider-telemetry')).deliver(...told);
