import { isObject } from '../registry/protocol';
import type { HandlerEvent, Invoke } from '../registry/protocol';

/** Thrown if the function threw an error, does not exist, or does not answer. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** Invokes a function through a Lambda Invoke endpoint, without a signature. */
export function overHttp(
  url: string,
  functionName = 'TypeFunction',
): (event: unknown) => Promise<unknown> {
  const address = new URL(`/2015-03-31/functions/${functionName}/invocations`, url);
  const unanswered = (error: unknown): never => {
    throw new FunctionError(`${address.origin} does not answer`, { cause: error });
  };
  return async (event) => {
    const body = JSON.stringify(event);
    const response = await fetch(address, { method: 'POST', body }).catch(unanswered);
    const answer: unknown = await response.json().catch(unanswered);
    if (response.ok && !response.headers.has('x-amz-function-error')) return answer;
    const { errorMessage, message } = isObject(answer) ? answer : {};
    const texts = [errorMessage, message].filter((text) => typeof text === 'string');
    throw new FunctionError(texts[0] ?? `${address.origin} answers with status ${response.status}`);
  };
}

/** Invokes a function in this process. Events and responses are converted to JSON and back, as over the network. */
export function inProcess(
  entrypoint: (event: HandlerEvent, context: Record<string, unknown>) => unknown,
): Invoke {
  return async (event) => {
    const context = { awsRequestId: event.bearerToken, getRemainingTimeInMillis: () => 60_000 };
    const answer = await entrypoint(overTheWire(event) as HandlerEvent, context);
    return overTheWire(answer);
  };
}

function overTheWire(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : JSON.parse(text);
}
