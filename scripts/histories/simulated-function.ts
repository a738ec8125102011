/**
 * The function as it is shipped, in this process, on simulated time: its timers run when nothing else is left to do, its
 * requests go to a local FSx without a network, and it can be killed at any request.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { compileFunction, createContext, runInContext, type Context } from 'node:vm';
import type { OpenedFsx, Operation } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent } from '../../local/registry/protocol';
import { SimulatedTimers } from './simulated-timers';

/** What becomes of the function at one of its requests to FSx. */
export type Interruption = 'killed before' | 'killed after' | undefined;

/** Told of each request before it reaches FSx. */
export type Observer = (operation: Operation) => Interruption;

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

export class SimulatedFunction {
  private readonly timers = new SimulatedTimers(() => this.fsx?.clock.now() ?? 0);
  private readonly context: Context;
  private readonly entrypoint: Entrypoint;
  private fsx: OpenedFsx | undefined;
  private observe: Observer = () => undefined;
  private isKilled = false;
  /** Ends when the invocation before has. */
  private turn: Promise<unknown> = Promise.resolve();

  /**
   * @param bundle path of handlers.js
   * @param globals what the function finds beside what Node has
   */
  constructor(bundle: string, globals: object = {}) {
    this.context = this.createRealm(globals);
    const native = createRequire(bundle);
    const transport = { ...http, request: this.request };
    const load = (name: string): unknown =>
      /^(node:)?https?$/.test(name) ? transport : (native(name) as unknown);
    const module = { exports: {} } as Parameters<Wrapped>[1];
    const parameters = ['require', 'module', 'exports', '__filename', '__dirname'];
    const options = { parsingContext: this.context, filename: bundle };
    const code = readFileSync(bundle, 'utf8');
    const run = compileFunction(code, parameters, options) as Wrapped;
    run(load, module, module.exports, bundle, '');
    this.entrypoint = module.exports.entrypoint;
  }

  /** From now on requests go to this FSx, on its clock. */
  connect(fsx: OpenedFsx, observe: Observer): void {
    this.fsx = fsx;
    this.observe = observe;
  }

  /** The answer to one event, as JSON carries both; undefined where the function was killed. One event at a time. */
  invoke(event: HandlerEvent): Promise<ProgressEvent | undefined> {
    const answer = this.turn.then(() => this.answer(event));
    this.turn = answer.catch(nothing);
    return answer;
  }

  private async answer(event: HandlerEvent): Promise<ProgressEvent | undefined> {
    this.isKilled = false;
    let answer: string | undefined;
    const isAnswered = this.entrypoint(JSON.parse(JSON.stringify(event)), {}).then((progress) => {
      answer = JSON.stringify(progress);
    });
    await idle();
    while (!this.hasEnded(answer)) {
      const fire = this.timers.next((at) => {
        this.fsx?.clock.advance(Math.max(0, at - this.fsx.clock.now()));
      });
      if (!fire) throw new Error('The function waits for something that never comes.');
      fire();
      await idle();
    }
    this.timers.clearAll();
    if (answer === undefined) return undefined;
    await isAnswered;
    return JSON.parse(answer) as ProgressEvent;
  }

  private hasEnded(answer: string | undefined): boolean {
    return this.isKilled || answer !== undefined;
  }

  /** Carries a request to FSx outside the function, such as one that asks for the truth. */
  async call(operation: Operation, input: object): Promise<Record<string, unknown>> {
    const { body } = await this.carry(operation, JSON.stringify(input));
    return JSON.parse(body) as Record<string, unknown>;
  }

  private createRealm(globals: object): Context {
    const now = () => this.fsx?.clock.now() ?? 0;
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
    return createContext({
      ...globals,
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
    answered: (response: Readable) => void,
  ): EventEmitter => {
    const request = new EventEmitter();
    const send = async (body: unknown): Promise<void> => {
      const operation = options.headers['x-amz-target']?.split('.')[1] as Operation;
      const interruption = this.observe(operation);
      if (interruption === 'killed before') {
        this.isKilled = true;
        return;
      }
      const reply = await this.carry(operation, String(body));
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

  private async carry(operation: Operation, body: string): Promise<Reply> {
    const { fsx } = this;
    if (!fsx) throw new Error('There is no FSx yet.');
    const reply = new Reply();
    const headers = { 'x-amz-target': `AWSSimbaAPIService_v20180301.${operation}` };
    const incoming = Object.assign(Readable.from([Buffer.from(body)]), {
      method: 'POST',
      url: '/',
      headers,
    });
    fsx.handle(
      incoming as unknown as http.IncomingMessage,
      reply as unknown as Parameters<typeof fsx.handle>[1],
    );
    await reply.isDone;
    return reply;
  }

  /** Made in the function's own realm, as Node makes it for a function in Lambda. */
  private connectionReset(): Error {
    return runInContext(
      `Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })`,
      this.context,
    ) as Error;
  }
}

/** Stands for http.ServerResponse. */
class Reply {
  status = 0;
  body = '';
  isCut = false;
  readonly headers: Record<string, string> = {};
  readonly isDone: Promise<void>;
  private finish = nothing;
  readonly socket = {
    destroyed: false,
    destroy: () => {
      this.isCut = true;
      this.finish();
    },
  };

  constructor() {
    this.isDone = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  setHeader(name: string, value: string): void {
    this.headers[name.toLowerCase()] = value;
  }

  writeHead(status: number, headers: Record<string, string | number>): void {
    this.status = status;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, String(value));
  }

  end(body: string): void {
    this.body = body;
    this.finish();
  }
}

function responseOf({ body, headers, status }: Reply): Readable {
  return Object.assign(Readable.from([Buffer.from(body)]), {
    statusCode: status,
    statusMessage: '',
    headers,
  });
}

/** Everything that does not wait for a timer has happened. */
const idle = () => new Promise<void>((resolve) => setImmediate(resolve));

function nothing(): void {
  // Of no interest here.
}
