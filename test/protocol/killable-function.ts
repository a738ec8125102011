import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LocalFsx } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent } from '../../local/registry/protocol';
import { BUNDLE } from './harness';

const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  process.env.AWS_ENDPOINT_URL_FSX = workerData.url;
  const { entrypoint } = require(workerData.bundle);
  parentPort.on('message', async (event) => parentPort.postMessage(await entrypoint(event, {})));
`;

/**
 * The function in a thread of its own, which is killed where a request to FSx hangs. CloudFormation then sends the same
 * event again, to a new one.
 */
export class MortalFunction {
  deaths = 0;
  private worker: Worker | undefined;

  constructor(private readonly fsx: LocalFsx) {}

  async invoke(event: HandlerEvent): Promise<ProgressEvent> {
    for (;;) {
      const answer = await this.attempt(event);
      if (answer) return answer;
    }
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private async attempt(event: HandlerEvent): Promise<ProgressEvent | undefined> {
    const hung = this.hung();
    const worker = (this.worker ??= new Worker(PROGRAM, {
      eval: true,
      stderr: true,
      workerData: { bundle: BUNDLE, url: this.fsx.url },
    }));
    worker.postMessage(event);
    const answered = once(worker, 'message').then(([answer]) => answer as ProgressEvent);
    for (;;) {
      const answer = await Promise.race([answered, pause(2)]);
      if (answer) return answer;
      if (this.hung() === hung) continue;
      this.deaths += 1;
      this.worker = undefined;
      answered.catch(() => undefined);
      await worker.terminate();
      return undefined;
    }
  }

  private hung(): number {
    return this.fsx.requests.all().filter(({ fault }) => fault?.startsWith('hang')).length;
  }
}

const pause = (milliseconds: number) =>
  new Promise<undefined>((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
