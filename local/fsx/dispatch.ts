import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from './state/account';
import { FsxError, internalServerError, throttled } from './errors';
import { errorOf, type Fault, type Faults } from './admin/faults';
import { changesState, perform } from './operations/operations';
import {
  answer,
  answerError,
  answerUnavailable,
  operationOf,
  parseBody,
  readBody,
} from './api/protocol';
import { isShallow } from './api/members';
import type { RateLimiter } from './api/rate-limits';
import type { LoggedRequest, Requests } from './api/request-log';
import type { Operation } from './api/shapes';
import { checkSignedRegion } from './api/signature';
import type { StateWriter } from './state/state-file';

/** Maps an HTTP request to an operation and its result to a response, and applies faults. */
export class Dispatcher {
  constructor(
    private readonly account: Account,
    private readonly faults: Faults,
    private readonly requests: Requests,
    private readonly limiter: RateLimiter,
    private readonly keeper: StateWriter,
    private readonly log: (line: string) => void,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    let operation: Operation | undefined;
    try {
      const text = await readBody(request);
      checkSignedRegion(request.headers, this.account.region);
      operation = operationOf(request);
      await this.dispatch(operation, text, requestId, response);
    } catch (error) {
      if (response.socket === null || response.socket.destroyed) return;
      const known = error instanceof FsxError ? error : this.unexpected(error);
      this.log(`${operation ?? request.method ?? ''} ${known.code}: ${known.message}`);
      answerError(response, requestId, known);
    }
  }

  private async dispatch(
    operation: Operation,
    text: string,
    requestId: string,
    response: ServerResponse,
  ): Promise<void> {
    const body = parseBody(text);
    const entry: LoggedRequest = {
      operation,
      input: isShallow(body) ? body : '(nested too deeply to be shown)',
      requestId,
      at: this.account.clock.now(),
    };
    this.requests.record(entry, text.length);
    try {
      if (!this.limiter.allows(operation)) throw throttled();
      const fault = this.faults.take(operation, body);
      if (fault) entry.fault = fault.fault;
      if (fault?.fault === 'unavailable') {
        answerUnavailable(response, fault.status);
        return;
      }
      if (fault?.fault === 'cutBefore') {
        response.socket?.destroy();
        return;
      }
      if (fault?.fault === 'hangBefore') return;
      const error = fault && errorOf(fault, operation, this.account);
      if (error) throw error;
      const output = await this.run(operation, body, fault);
      this.log(`${operation} ok`);
      if (fault?.fault === 'slow') await pause(fault.delay ?? 1000);
      if (fault?.fault === 'cutAfter') response.socket?.destroy();
      else if (fault?.fault !== 'hangAfter') answer(response, requestId, output);
    } catch (error) {
      entry.error = error instanceof FsxError ? error.code : 'InternalServerError';
      throw error;
    }
  }

  /** A response is sent after the state file has been written. */
  private async run(
    operation: Operation,
    body: unknown,
    fault: Fault | undefined,
  ): Promise<object> {
    const outcome =
      fault?.fault === 'endsFailed'
        ? { endsFailed: fault.message ?? 'The file system could not be provisioned.' }
        : {};
    if (fault?.fault === 'emptyList') return { FileSystems: [] };
    if (fault?.fault === 'repeated') this.performUnseen(operation, body);
    const output = perform(this.account, operation, body, outcome);
    if (changesState(operation)) await this.keeper.kept();
    return output;
  }

  /** Performs a request without sending a response. */
  private performUnseen(operation: Operation, body: unknown): void {
    try {
      perform(this.account, operation, body);
    } catch (error) {
      if (!(error instanceof FsxError)) throw error;
    }
  }

  private unexpected(error: unknown): FsxError {
    this.log(
      `Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return internalServerError();
  }
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
