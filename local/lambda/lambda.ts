import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { refusalOf } from '../admission';
import { bodyOf, pathOf, serveJson } from '../http';
import type { Answer, Listening } from '../http';
import { isObject } from '../registry/protocol';

/** The parts of Lambda's context that handlers use. */
interface LambdaContext {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  memoryLimitInMB: string;
  getRemainingTimeInMillis(): number;
}

export interface LambdaOptions {
  /** Default: 0, any free port. */
  port?: number;
  /** The absolute path of the bundle, which exports `entrypoint` and `testEntrypoint`. */
  handlers: string;
  /** The absolute path of the function of the Lambda Hook, if there is one. */
  hook?: string;
  /** Divides the callback delays of the handlers, as it divides FSx's durations. */
  timeScale?: number;
  /** Variables to set before the bundle is loaded; undefined ones are removed. */
  environment?: Record<string, string | undefined>;
  /** The timeout of an invocation, in real seconds. Default: that of the function's template. */
  timeoutSeconds?: number;
  /** Names that a Host header may have in addition to those of this computer. */
  allowedHosts?: readonly string[];
}

type Handler = (event: unknown, context: LambdaContext) => unknown;
type Loaded = FunctionSettings & { handler: Handler };
type Call = (name: string, event: unknown) => Promise<Answer>;

/** The settings of a function, as in its template. */
interface FunctionSettings {
  /** The name of its export. */
  exported: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
}

/** The functions of the type's bundle, as in `template.yml`, with CloudFormation's own time limit. */
const OF_THE_TYPE: Record<string, FunctionSettings> = {
  TypeFunction: { exported: 'entrypoint', timeoutSeconds: 60, memoryMegabytes: 256 },
  TestEntrypoint: { exported: 'testEntrypoint', timeoutSeconds: 60, memoryMegabytes: 256 },
};
/** The function in `deploy/hook.yaml`. */
const OF_THE_HOOK: Record<string, FunctionSettings> = {
  HookFunction: { exported: 'handler', timeoutSeconds: 20, memoryMegabytes: 512 },
};
/** Lambda's payload limit for a synchronous invocation. */
const MOST_BYTES = 6 * 1024 * 1024;

/** The largest response, as in Lambda's own message. */
const MOST_RESPONSE_BYTES = 6_291_556;

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** A function by its name, its partial or its whole ARN. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const FUNCTION_NAME =
  /^(?:arn:aws[a-z-]*:lambda:)?(?:[a-z-]+-\d:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::\$LATEST)?$/;

/** The name of a function in a request; a name in another form stays as it is. */
const functionName = (written: string): string =>
  FUNCTION_NAME.exec(decoded(written))?.[1] ?? written;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Starts a Lambda Invoke endpoint for the bundle, on 127.0.0.1 only. Requests need no signature. Like one Lambda environment,
 * it runs one invocation at a time. `callbackDelaySeconds` in a response is divided by the time scale and rounded up to a
 * whole second, so that the caller waits in proportion to FSx.
 *
 * @throws Error if the bundle is missing or does not export the two functions.
 */
export async function startLambda(options: LambdaOptions): Promise<Listening> {
  for (const [name, value] of Object.entries(options.environment ?? {})) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  const functions = new Map([
    ...load(options.handlers, OF_THE_TYPE),
    ...(options.hook === undefined ? [] : load(options.hook, OF_THE_HOOK)),
  ]);
  const call = oneAtATime((name, event) => invoke(functions.get(name), name, event, options));
  return serveJson(options.port ?? 0, (request) =>
    answer(request, new Set(functions.keys()), call, options.allowedHosts),
  );
}

function load(path: string, functions: Record<string, FunctionSettings>): [string, Loaded][] {
  const bundle = required(path);
  return Object.entries(functions).map(([name, settings]) => {
    const { exported } = settings;
    const handler = isObject(bundle) ? bundle[exported] : undefined;
    if (typeof handler !== 'function') throw new Error(`${path} does not export ${exported}.`);
    return [name, { ...settings, handler: handler as Handler }];
  });
}

function required(path: string): unknown {
  try {
    return createRequire(path)(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} cannot be loaded: ${message}`, { cause: error });
  }
}

async function answer(
  request: IncomingMessage,
  names: Set<string>,
  call: Call,
  allowedHosts: readonly string[] | undefined,
): Promise<Answer> {
  const refused = refusalOf(request.headers, allowedHosts);
  if (refused !== undefined) {
    request.resume();
    return refusal(403, 'AccessDeniedException', refused);
  }
  const pathname = pathOf(request);
  const written = INVOCATIONS.exec(pathname)?.[1];
  if (written === undefined)
    return refusal(404, 'UnknownOperationException', `No ${pathname} here.`);
  if (request.method !== 'POST') {
    return refusal(405, 'UnknownOperationException', 'Use POST to invoke a function.');
  }
  const name = functionName(written);
  if (!names.has(name)) {
    const message = `Function not found: ${name}. There are: ${[...names].join(', ')}.`;
    return refusal(404, 'ResourceNotFoundException', message);
  }
  if ((request.headers['x-amz-invocation-type'] ?? 'RequestResponse') !== 'RequestResponse') {
    return refusal(501, 'NotImplemented', 'Only the invocation type RequestResponse is supported.');
  }
  const body = await bodyOf(request, MOST_BYTES);
  if (body === undefined) {
    return refusal(413, 'RequestTooLargeException', `The body exceeds ${MOST_BYTES} bytes.`);
  }
  let event: unknown;
  try {
    event = body === '' ? {} : JSON.parse(body);
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    return refusal(400, 'InvalidRequestContentException', message);
  }
  return call(name, event);
}

/** Depending on the error, Lambda spells the member `message` or `Message`, and clients read one or the other. */
function refusal(status: number, error: string, message: string): Answer {
  const headers = { 'x-amzn-errortype': error };
  return { status, headers, body: { Type: 'User', message, Message: message } };
}

/** A Lambda environment runs one invocation at a time, and handlers may rely on it. */
function oneAtATime(call: Call): Call {
  let last: Promise<unknown> = Promise.resolve();
  return (name, event) => {
    const answered = last.then(() => call(name, event));
    last = answered;
    return answered;
  };
}

async function invoke(
  loaded: Loaded | undefined,
  name: string,
  event: unknown,
  { timeScale = 1, timeoutSeconds = loaded?.timeoutSeconds ?? 0 }: LambdaOptions,
): Promise<Answer> {
  const awsRequestId = randomUUID();
  const end = performance.now() + timeoutSeconds * 1000;
  const context: LambdaContext = {
    awsRequestId,
    functionName: name,
    functionVersion: '$LATEST',
    memoryLimitInMB: String(loaded?.memoryMegabytes),
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
  };
  const headers = { 'x-amzn-requestid': awsRequestId, 'x-amz-executed-version': '$LATEST' };
  const ended = new AbortController();
  const late = pause(timeoutSeconds * 1000, undefined, { signal: ended.signal }).then(() => {
    throw new TimedOut(`Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
  });
  late.catch(() => undefined); // canceled, once the handler has ended
  try {
    const result = await Promise.race([Promise.resolve(loaded?.handler(event, context)), late]);
    const body = wire(result);
    const bytes = Buffer.byteLength(JSON.stringify(body));
    if (bytes > MOST_RESPONSE_BYTES) throw new ResponseTooLarge();
    return { status: 200, headers, body: scaled(body, timeScale) };
  } catch (error) {
    return { status: 200, headers: { ...headers, ...UNHANDLED }, body: described(error) };
  } finally {
    ended.abort();
  }
}

const UNHANDLED = { 'x-amz-function-error': 'Unhandled' };

class TimedOut extends Error {
  override readonly name = 'Sandbox.Timedout';
}

class ResponseTooLarge extends Error {
  override readonly name = 'Function.ResponseSizeTooLarge';

  constructor() {
    super(
      `Response payload size exceeded maximum allowed payload size (${MOST_RESPONSE_BYTES} bytes).`,
    );
  }
}

/** Converted to JSON here, because a value that JSON cannot represent is also an error of the function. */
function wire(result: unknown): unknown {
  const text = JSON.stringify(result) as string | undefined;
  return text === undefined ? null : JSON.parse(text);
}

/** An error in the form of Lambda. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack ?? '').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}

function scaled(answer: unknown, timeScale: number): unknown {
  if (!isObject(answer) || typeof answer.callbackDelaySeconds !== 'number') return answer;
  return { ...answer, callbackDelaySeconds: Math.ceil(answer.callbackDelaySeconds / timeScale) };
}
