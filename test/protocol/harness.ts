import { join } from 'node:path';
import type { LocalFsx, LocalFsxOptions } from '../../local/fsx/server';
import { startLocalFsx } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/registry/protocol';
import { Registry, type RegistryOptions, type Step } from '../../local/registry/registry';
import { ATTEMPTS } from '../../local/registry/retries';
import { fsxResources } from '../../local/stack/fsx-resources';
import { RegistryResources } from '../../local/stack/registry-resources';
import { Stack, type StackOptions } from '../../local/stack/stack';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { SimulatedFunction } from '../../scripts/histories/simulated-function';

/** The function as it is shipped. */
interface Bundle {
  entrypoint(event: unknown, context: unknown): Promise<ProgressEvent>;
  testEntrypoint(event: unknown, context: unknown): Promise<ProgressEvent>;
}

export const BUNDLE = join(__dirname, '..', '..', 'build', 'TypeFunction', 'dist', 'handlers.js');

const { timeoutMinutes } = lustreFileSystem;

/** The shipped function against a local FSx on a clock that moves only while CloudFormation waits. */
export interface World {
  fsx: LocalFsx;
  region: string;
  bundle: Bundle;
  /** Every invocation so far. */
  steps: Step[];
  /** CloudFormation, sending scalars as text unless told otherwise. */
  registry(options?: Partial<RegistryOptions>): Registry;
  /** A stack of CloudFormation, which sends events through such a registry and retries what it retries. */
  stack(options?: StackOptions, registry?: Partial<RegistryOptions>): Stack;
  /** Calls the function with what need not be an event. */
  invoke(event: unknown): Promise<ProgressEvent>;
  /** Sends an event and returns the answer, both as JSON carries them. */
  deliver(event: HandlerEvent): Promise<ProgressEvent>;
  close(): Promise<void>;
}

export interface WorldOptions extends LocalFsxOptions {
  /**
   * The function runs in this process as it is and reaches FSx over HTTP, in real time, and CloudFormation comes back as soon
   * as it is told to. Otherwise the function runs on the clock of the local FSx, without a network, one event at a time.
   */
  overNetwork?: boolean;
}

/** Seconds after which CloudFormation comes back at the earliest: it is busy with others, and fewer polls take less time. */
const BUSY = 90;
/** Waits of an operation before CloudFormation becomes busy. */
const PROMPT = 10;

/**
 * How many seconds CloudFormation stays away in one operation when the handler tells it to come back in so many: it is
 * punctual at first and then busy, so that minutes of FSx take few invocations. The handler counts the seconds that it asked
 * for, so a test of how long it waits needs one that stays punctual.
 */
export function promptThenBusy(): (seconds: number) => number {
  let waits = 0;
  return (seconds) => {
    waits += 1;
    return waits > PROMPT ? Math.max(seconds, BUSY) : seconds;
  };
}

/** In a mutation run: which change of the sources is on, and which tests reach it. */
const MUTATION = Object.fromEntries(
  Object.entries(globalThis).filter(([name]) => name === '__stryker__'),
);

/** Compiled once for all test files of a worker. */
let simulated: SimulatedFunction | undefined;

export async function startWorld({
  overNetwork = false,
  ...options
}: WorldOptions = {}): Promise<World> {
  const fsx = await startLocalFsx({ manualClock: true, ...options });
  process.env.AWS_ENDPOINT_URL_FSX = fsx.url;
  // Loaded for those only who ask for it.
  const bundle = () => jest.requireActual<Bundle>(BUNDLE);
  const steps: Step[] = [];
  const invoke = async (event: unknown): Promise<ProgressEvent> => {
    if (overNetwork) {
      process.env.AWS_ENDPOINT_URL_FSX = fsx.url;
      return bundle().entrypoint(event, { awsRequestId: 'test' });
    }
    simulated ??= new SimulatedFunction(BUNDLE, MUTATION);
    simulated.connect(fsx, () => undefined);
    const answer = await simulated.invoke(event as HandlerEvent);
    if (!answer) throw new Error('Nobody kills this function.');
    return answer;
  };
  // What is simulated carries them by itself.
  const deliver = overNetwork
    ? async (event: HandlerEvent) => carried(await invoke(carried(event)))
    : invoke;
  const shared: Omit<RegistryOptions, 'invoke'> = {
    sleep: (seconds) => {
      fsx.clock.advance(Math.max(seconds, overNetwork ? 0 : BUSY) * 1000);
      return Promise.resolve();
    },
    now: () => fsx.clock.now() / 1000,
    observe: (step) => steps.push(step),
  };
  const registryWith = (changes: Partial<RegistryOptions> = {}) =>
    new Registry({
      invoke: deliver,
      ...shared,
      timeoutMinutes,
      ...changes,
    });
  return {
    fsx,
    region: options.region ?? 'us-east-1',
    get bundle() {
      return bundle();
    },
    steps,
    invoke,
    deliver,
    registry: registryWith,
    stack: (options = {}, changes = {}) => {
      const registry = registryWith({ attempts: ATTEMPTS, ...changes });
      const registered = [
        new RegistryResources(lustreFileSystem, registry),
        ...fsxResources(fsx.url, { ...shared, attempts: ATTEMPTS }),
      ];
      return new Stack({ registered, ...options });
    },
    close: () => fsx.close(),
  };
}

const carried = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const SUBNET = 'subnet-0123456789abcdef0';

/** The model of an operation that must have succeeded. */
export function model(event: ProgressEvent): Properties {
  if (event.status !== 'SUCCESS')
    throw new Error(`${event.errorCode ?? ''}: ${event.message ?? ''}`);
  return event.resourceModel ?? {};
}
