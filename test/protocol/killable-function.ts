import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Faults, type Fault } from '../../local/fsx/admin/faults';
import type { LocalFsx } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent } from '../../local/registry/protocol';
import { SimulatedFunction } from '../../scripts/histories/simulated-function';
import { BUNDLE } from './harness';

/** A request at which the function dies, before it has had an effect or after. */
interface Death extends Fault {
  fault: 'hangBefore' | 'hangAfter';
}

/** The function, which is killed at some requests to FSx. CloudFormation then sends the same event again, to a new one. */
abstract class MortalFunction {
  deaths = 0;

  abstract dieAt(death: Death): void;

  async invoke(event: HandlerEvent): Promise<ProgressEvent> {
    for (;;) {
      const answer = await this.attempt(event);
      if (answer) return answer;
      this.deaths += 1;
    }
  }

  abstract end(): Promise<void>;

  /** undefined: killed. */
  protected abstract attempt(event: HandlerEvent): Promise<ProgressEvent | undefined>;
}

/** On the clock of the local FSx, without a network. */
export class SimulatedMortalFunction extends MortalFunction {
  private readonly requests = new Faults();
  private living: SimulatedFunction | undefined;

  constructor(private readonly fsx: LocalFsx) {
    super();
  }

  dieAt(death: Death): void {
    this.requests.add(death);
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  protected async attempt(event: HandlerEvent): Promise<ProgressEvent | undefined> {
    const living = (this.living ??= this.started());
    const answer = await living.invoke(event);
    if (!answer) this.living = undefined;
    return answer;
  }

  private started(): SimulatedFunction {
    const started = new SimulatedFunction(BUNDLE);
    started.connect(this.fsx, (operation) => {
      const death = this.requests.take(operation, {});
      return death && (death.fault === 'hangBefore' ? 'killed before' : 'killed after');
    });
    return started;
  }
}

const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  process.env.AWS_ENDPOINT_URL_FSX = workerData.url;
  const { entrypoint } = require(workerData.bundle);
  parentPort.on('message', async (event) => parentPort.postMessage(await entrypoint(event, {})));
`;

/** In a thread of its own, over HTTP: it is killed where a request to FSx hangs. */
export class ThreadedMortalFunction extends MortalFunction {
  private worker: Worker | undefined;

  constructor(private readonly fsx: LocalFsx) {
    super();
  }

  dieAt(death: Death): void {
    this.fsx.faults.add(death);
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  protected async attempt(event: HandlerEvent): Promise<ProgressEvent | undefined> {
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
