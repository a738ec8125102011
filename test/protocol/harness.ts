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
  invoke(event: unknown): Promise<ProgressEvent>;
  close(): Promise<void>;
}

export async function startWorld(options: LocalFsxOptions = {}): Promise<World> {
  const fsx = await startLocalFsx({ manualClock: true, ...options });
  process.env.AWS_ENDPOINT_URL_FSX = fsx.url;
  const bundle = jest.requireActual<Bundle>(BUNDLE);
  const steps: Step[] = [];
  const invoke = (event: unknown) => bundle.entrypoint(event, { awsRequestId: 'test' });
  const shared: Omit<RegistryOptions, 'invoke'> = {
    sleep: (seconds) => {
      fsx.clock.advance(seconds * 1000);
      return Promise.resolve();
    },
    now: () => fsx.clock.now() / 1000,
    observe: (step) => steps.push(step),
  };
  const registryWith = (changes: Partial<RegistryOptions> = {}) =>
    new Registry({
      // Over the wire and back, as Lambda does it.
      invoke: async (event: HandlerEvent) =>
        JSON.parse(
          JSON.stringify(await invoke(JSON.parse(JSON.stringify(event)))),
        ) as ProgressEvent,
      ...shared,
      timeoutMinutes,
      ...changes,
    });
  return {
    fsx,
    region: options.region ?? 'us-east-1',
    bundle,
    steps,
    invoke,
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

export const SUBNET = 'subnet-0123456789abcdef0';

/** The model of an operation that must have succeeded. */
export function model(event: ProgressEvent): Properties {
  if (event.status !== 'SUCCESS')
    throw new Error(`${event.errorCode ?? ''}: ${event.message ?? ''}`);
  return event.resourceModel ?? {};
}
