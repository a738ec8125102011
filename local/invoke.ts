import { isObject } from './protocol';
import type { HandlerEvent, Invoke } from './protocol';

/** The function threw instead of answering, or there was no such function. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** Invokes a function through a Lambda Invoke endpoint, unsigned. */
export function overHttp(url: string, functionName = 'TypeFunction'): Invoke {
  const address = new URL(`/2015-03-31/functions/${functionName}/invocations`, url);
  return async (event) => {
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(event) });
    const answer: unknown = await response.json();
    if (response.ok && !response.headers.has('x-amz-function-error')) return answer;
    const body = isObject(answer) ? answer : {};
    const text = [body.errorMessage, body.message, body.Message].find((m) => typeof m === 'string');
    throw new FunctionError(text ?? `the Lambda endpoint answered with status ${response.status}`);
  };
}

/** Invokes a function in this process; events and answers become JSON on the way, as on the wire. */
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
