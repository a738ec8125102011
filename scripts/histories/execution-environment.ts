/** Lambda's execution environment of the shipped function, in this process: a realm of its own, with simulated timers. */
import { EventEmitter } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import type { Operation } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent } from '../../local/registry/protocol';
import { Realm } from './realm';
import { SimulatedTimers } from './simulated-timers';

/** What becomes of the function at one of its requests to FSx. */
export type Interruption = 'killed before' | 'killed after' | undefined;

/** FSx's response, or a connection that is cut before it. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly isCut: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** What an environment reaches. */
export interface Outside {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each request before it reaches FSx. */
  readonly observe: (operation: Operation) => Interruption;
  readonly carry: (operation: Operation, body: string) => Promise<Reply>;
  /** What the function finds beside what Node has. */
  readonly globals: object;
}

type Entrypoint = (event: unknown, context: unknown) => Promise<ProgressEvent>;

/** A CommonJS module as Node wraps it. */
type Wrapped = (
  require: (name: string) => unknown,
  module: { exports: { entrypoint: Entrypoint } },
  exports: object,
  filename: string,
  dirname: string,
) => void;

const ENDPOINT = 'http://fsx.invalid:80';

export class ExecutionEnvironment {
  readonly timers: SimulatedTimers;
  /** Told of each request before it is sent, with its number in the invocation, from 0. */
  onRequest: (count: number) => void = nothing;
  private requests = 0;
  private readonly realm: Realm;
  private readonly entrypoint: Entrypoint;
  private isKilled = false;
  private answer: string | undefined;
  private invocation: Promise<void> = Promise.resolve();

  /** @param bundle path of handlers.js, whose text is `code` */
  constructor(
    bundle: string,
    code: string,
    private readonly outside: Outside,
  ) {
    this.timers = new SimulatedTimers(outside.now);
    this.realm = this.createRealm();
    const native = createRequire(bundle);
    const transport = { ...http, request: this.request };
    const load = (name: string): unknown =>
      /^(node:)?https?$/.test(name) ? transport : (native(name) as unknown);
    const module = { exports: {} } as Parameters<Wrapped>[1];
    const wrapped = `(function (require, module, exports, __filename, __dirname) {${code}\n})`;
    const run = this.realm.evaluate(wrapped, bundle) as Wrapped;
    run(load, module, module.exports, bundle, '');
    this.entrypoint = module.exports.entrypoint;
  }

  /** Begins an invocation, of which there is one at a time. */
  begin(event: HandlerEvent): void {
    this.isKilled = false;
    this.requests = 0;
    this.answer = undefined;
    this.invocation = this.entrypoint(JSON.parse(JSON.stringify(event)), {}).then((progress) => {
      this.answer = JSON.stringify(progress);
    });
  }

  /** Whether the invocation has answered, or was killed. */
  get hasEnded(): boolean {
    return this.isKilled || this.answer !== undefined;
  }

  /** The answer to an event, as JSON carries it; undefined where the function was killed. */
  async end(): Promise<ProgressEvent | undefined> {
    this.timers.clearAll();
    if (this.answer === undefined) return undefined;
    await this.invocation;
    return JSON.parse(this.answer) as ProgressEvent;
  }

  private createRealm(): Realm {
    const now = () => this.outside.now();
    class SimulatedDate extends Date {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [now()] : given) as [number]));
      }
      static override now(): number {
        return now();
      }
    }
    const timeout = (milliseconds: number): AbortSignal => {
      const controller = new AbortController();
      this.timers.set(() => {
        controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
      }, milliseconds);
      return controller.signal;
    };
    const env = {
      AWS_ENDPOINT_URL_FSX: ENDPOINT,
      AWS_LAMBDA_LOG_LEVEL: 'ERROR',
      AWS_REGION: 'us-east-1',
    };
    return new Realm({
      ...this.outside.globals,
      AbortController,
      // A proxy, because the function asks what is an instance of it.
      AbortSignal: new Proxy(AbortSignal, {
        get: (target, name): unknown =>
          name === 'timeout' ? timeout : Reflect.get(target, name, target),
      }),
      ArrayBuffer,
      Buffer,
      Date: SimulatedDate,
      ReadableStream,
      TextDecoder,
      TextEncoder,
      URL,
      URLSearchParams,
      Uint8Array,
      clearTimeout: this.timers.clear,
      crypto,
      console: { log: nothing, warn: nothing, error: nothing, info: nothing, debug: nothing },
      process: Object.create(process, { env: { value: env } }) as unknown,
      queueMicrotask,
      setImmediate,
      setTimeout: this.timers.set,
      structuredClone,
    });
  }

  /** Stands for http.request. */
  private readonly request = (
    options: { headers: Record<string, string> },
    answered: (response: ReturnType<typeof responseOf>) => void,
  ): EventEmitter => {
    const request = new EventEmitter();
    const send = async (body: unknown): Promise<void> => {
      const operation = options.headers['x-amz-target']?.split('.')[1] as Operation;
      this.onRequest(this.requests);
      this.requests += 1;
      const interruption = this.outside.observe(operation);
      if (interruption === 'killed before') {
        this.isKilled = true;
        return;
      }
      const reply = await this.outside.carry(operation, String(body));
      if (interruption === 'killed after') this.isKilled = true;
      else if (reply.isCut) request.emit('error', this.connectionReset());
      else answered(responseOf(reply));
      request.emit('close');
    };
    return Object.assign(request, {
      setTimeout: () => request,
      destroy: () => request,
      end: (body: unknown) => void send(body),
    });
  };

  /** Made in the function's own realm, as Node makes it for a function in Lambda. */
  private connectionReset(): Error {
    return this.realm.evaluate(
      `Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })`,
    ) as Error;
  }
}

/** What the SDK reads of http.IncomingMessage. */
function responseOf({ body, headers, status }: Reply) {
  return withBody(body, { statusCode: status, statusMessage: '', headers });
}

/** A message whose body is one chunk, for who reads it in a loop. Most of the time of a stream would go into making it. */
export const withBody = <T extends object>(body: string, message: T): T & Iterable<Buffer> =>
  Object.assign(message, {
    *[Symbol.iterator]() {
      yield Buffer.from(body);
    },
  });

function nothing(): void {
  // Of no interest here.
}
