/**
 * The function as it is shipped, in this process, on simulated time: its timers run when nothing else is left to do, its
 * requests go to a local FSx without a network, and it can be killed at any request.
 */
import { readFileSync } from 'node:fs';
import type http from 'node:http';
import type { OpenedFsx, Operation } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent } from '../../local/registry/protocol';
import { ExecutionEnvironment, withBody, type Interruption } from './execution-environment';

/** Told of each request before it reaches FSx. */
export type Observer = (operation: Operation) => Interruption;

export class SimulatedFunction {
  private readonly code: string;
  private readonly environment: ExecutionEnvironment;
  private fsx: OpenedFsx | undefined;
  private observe: Observer = () => undefined;
  /** Ends when the invocation before has. */
  private turn: Promise<unknown> = Promise.resolve();
  private other: ExecutionEnvironment | undefined;

  /**
   * @param bundle path of handlers.js
   * @param globals what the function finds beside what Node has
   */
  constructor(
    private readonly bundle: string,
    private readonly globals: object = {},
  ) {
    this.code = readFileSync(bundle, 'utf8');
    this.environment = this.newEnvironment();
  }

  private newEnvironment(): ExecutionEnvironment {
    return new ExecutionEnvironment(this.bundle, this.code, {
      now: () => this.fsx?.clock.now() ?? 0,
      observe: (operation) => this.observe(operation),
      carry: (operation, body) => this.carry(operation, body),
      globals: this.globals,
    });
  }

  /** From now on requests go to this FSx, on its clock. */
  connect(fsx: OpenedFsx, observe: Observer): void {
    this.fsx = fsx;
    this.observe = observe;
  }

  /** The answer to one event, as JSON carries both; undefined where the function was killed. One event at a time. */
  invoke(event: HandlerEvent): Promise<ProgressEvent | undefined> {
    return this.inTurn(async () => {
      this.environment.begin(event);
      await this.run([this.environment]);
      return this.environment.end();
    });
  }

  /**
   * The answers to an event that arrives twice, in two execution environments at the same time: the second one begins when
   * the first makes that request (from 0), or has ended.
   */
  invokeTwice(event: HandlerEvent, request: number): Promise<(ProgressEvent | undefined)[]> {
    return this.inTurn(async () => {
      const first = this.environment;
      const second = (this.other ??= this.newEnvironment());
      let hasBegun = false;
      const begin = (): void => {
        if (hasBegun) return;
        hasBegun = true;
        second.begin(event);
      };
      first.onRequest = (count) => {
        if (count === request) begin();
      };
      first.begin(event);
      await this.run([first], () => hasBegun);
      first.onRequest = nothing;
      begin();
      await this.run([first, second]);
      return [await first.end(), await second.end()];
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.turn.then(work);
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** Runs what has begun until all of it has ended, or until something has come. */
  private async run(
    environments: readonly ExecutionEnvironment[],
    hasCome = () => false,
  ): Promise<void> {
    await idle();
    for (;;) {
      const running = environments.filter(({ hasEnded }) => !hasEnded);
      if (running.length === 0 || hasCome()) return;
      const [first] = running
        .map(({ timers }) => timers)
        .toSorted((one, other) => one.nextAt - other.nextAt);
      const fire = first?.next((at) => {
        this.fsx?.clock.advance(Math.max(0, at - this.fsx.clock.now()));
      });
      if (!fire) throw new Error('The function waits for something that never comes.');
      fire();
      await idle();
    }
  }

  /** Carries a request to FSx outside the function, such as one that asks for the truth. */
  async call(operation: Operation, input: object): Promise<Record<string, unknown>> {
    const { body } = await this.carry(operation, JSON.stringify(input));
    return JSON.parse(body) as Record<string, unknown>;
  }

  private async carry(operation: Operation, body: string): Promise<Response> {
    const { fsx } = this;
    if (!fsx) throw new Error('There is no FSx yet.');
    const reply = new Response();
    const headers = { 'x-amz-target': `AWSSimbaAPIService_v20180301.${operation}` };
    const incoming = withBody(body, { method: 'POST', url: '/', headers });
    fsx.handle(
      incoming as unknown as http.IncomingMessage,
      reply as unknown as Parameters<typeof fsx.handle>[1],
    );
    await reply.isDone;
    return reply;
  }
}

/** Stands for http.ServerResponse. */
class Response {
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

/** Everything that does not wait for a timer has happened. */
const idle = () => new Promise<void>((resolve) => setImmediate(resolve));

function nothing(): void {
  // Of no interest here.
}
