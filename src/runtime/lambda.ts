import type { HandlerErrorCode } from '../fsx/errors';
import type { Answer } from './answer';
import { given, object, text } from './json';
import { Journal } from './journal';
import type { Invoked } from './provider';
import { parseRequest, type Provider, type RegistryRequest } from './request';

export type { Answer };
export type Handler = (request: RegistryRequest, journal: Journal) => Promise<Answer>;

/** Milliseconds that an operation may be held up by the log and the metrics of the type's owner. */
const PROVIDER_PATIENCE = 900;

/**
 * The Lambda function for a handler: an event of the registry protocol goes in, an answer comes out, and nothing is thrown
 * whatever happens.
 *
 * The protocol itself is the CloudFormation runtime library's, with its defects repaired: see {@link library}.
 */
export function lambda(handler: Handler): (event: unknown, context?: unknown) => Promise<Answer> {
  return async (event, context) => {
    const startedAt = Date.now();
    const request = parseRequest(event);
    const journal = new Journal({
      action: text(object(event).action),
      awsRequestId: text(object(context).awsRequestId),
    });
    if (typeof request === 'string') {
      journal.note({ event: 'refused', reason: request });
      return presentable(failed('InvalidRequest', `${NO_EVENT}: ${request}.`));
    }
    const work = () => handler(request, journal).then(presentable, unexpected);
    const { library } = await import('./library');
    const answer = await library.carryOut(request.action, work, context).catch(unexpected);
    if (request.provider) {
      const { action } = request;
      const endedAt = Date.now();
      const { errorCode } = answer;
      const invoked = { action, startedAt, endedAt, errorCode, lines: journal.lines };
      await tell(request.provider, invoked, journal);
    }
    return answer;
  };
}

const NO_EVENT = 'This is no event of the CloudFormation registry protocol';

function failed(errorCode: HandlerErrorCode, message: string): Answer {
  return { status: 'FAILED', errorCode, message };
}

/** What was thrown need not be an Error. */
function unexpected(thrown: unknown): Answer {
  return failed('InternalFailure', thrown instanceof Error ? thrown.message : String(thrown));
}

/** As the library sends it: a message and a delay are always there, and what has no value is not. */
function presentable(answer: Answer): Answer {
  return given({ message: '', callbackDelaySeconds: 0, ...answer }) as Answer;
}

/**
 * Tells the owner of the type. What goes wrong there is no matter of the operation, nor does it wait for longer than this
 * patience: the clients give up by themselves, and the race is for one that does not.
 */
async function tell(provider: Provider, invoked: Invoked, journal: Journal): Promise<void> {
  const begun = Date.now();
  const signal = AbortSignal.timeout(PROVIDER_PATIENCE);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
  try {
    const { deliver } = await import('./provider');
    await Promise.race([deliver(provider, invoked, signal), late]);
  } catch (error) {
    const outcome = error instanceof Error ? error.name : 'Error';
    journal.note({ event: 'provider', outcome, ms: Date.now() - begun });
  }
}
