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
export type Handler = (request: RegistryRequest, log: InvocationLog) => Promise<HandlerResponse>;

/**
 * Milliseconds that an operation may be held up by the metrics of the type's owner, and by the log, whose failure is one of
 * the metrics.
 */
const DELIVERY_TIMEOUT_MS = { metrics: 900, log: 750 };

/**
 * The Lambda function for a handler: an event of the registry protocol goes in, an answer comes out, and nothing is thrown
 * whatever happens. `toEvent` turns what goes in into such an event, where it is not one already.
 *
 * The protocol itself is the CloudFormation runtime library's, with its defects repaired: see {@link library}.
 */
export function lambda(
  handler: Handler,
  toEvent: (given: unknown) => unknown = (given) => given,
): (event: unknown, context?: unknown) => Promise<HandlerResponse> {
  return (event, context) =>
    invoke(handler, { event, toEvent }, context).catch((thrown: unknown) =>
      toWire(unexpected(thrown)),
    );
}

interface Given {
  event: unknown;
  toEvent: (given: unknown) => unknown;
}

async function invoke(handler: Handler, given: Given, context: unknown): Promise<HandlerResponse> {
  const startedAt = Date.now();
  const event = eventOf(given);
  const { action } = object(event);
  const log = new InvocationLog({
    action: isAction(action) ? action : undefined,
    awsRequestId: text(object(context).awsRequestId),
  });
  const request = event instanceof UnusableEvent ? event.message : parseRequest(event);
  if (typeof request === 'string') {
    log.write({ event: 'refused', reason: request });
    return toWire(failed('InvalidRequest', `${NO_EVENT}: ${request}.`));
  }
  const work = () => handler(request, log).then(toWire, unexpected);
  const { library } = await import('./cfn-library');
  const answer = await library.carryOut(request.action, work, context);
  if (request.provider) {
    const { errorCode } = answer;
    const endedAt = Date.now();
    const { lines } = log;
    await reportToProvider(
      request.provider,
      { action: request.action, startedAt, endedAt, errorCode, lines },
      log,
    );
  }
  return answer;
}

function eventOf({ event, toEvent }: Given): unknown {
  try {
    return toEvent(copyEvent(event));
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

/** What was thrown need not be an Error, nor become text. */
function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? (thrown.message as unknown) : thrown);
  } catch {
    return 'The handler failed with an error that cannot be read.';
  }
}

/** As the library sends it: a message and a delay are always there, and what has no value is not. */
function toWire(answer: HandlerResponse): HandlerResponse {
  return given({ message: '', callbackDelaySeconds: 0, ...answer }) as HandlerResponse;
}

/**
 * Tells the owner of the type. What goes wrong there is no matter of the operation, nor does it wait for longer than this
 * patience: the clients give up by themselves, and the race is for one that does not.
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
  let giveUp: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(signals.metrics.reason as Error);
    };
  });
  signals.metrics.addEventListener('abort', giveUp);
  try {
    await Promise.race([deliverTo(provider, invoked, signals), late]);
  } catch (error) {
    const outcome = error instanceof Error ? error.name : 'Error';
    log.write({ event: 'provider', outcome, ms: Date.now() - begun });
  } finally {
    signals.metrics.removeEventListener('abort', giveUp);
  }
}

const deliverTo: typeof deliver = async (...told) =>
  (await import('./provider-telemetry')).deliver(...told);
