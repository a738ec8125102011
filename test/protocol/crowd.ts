import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, ServerResponse } from 'node:http';
import type { LoggedRequest } from '../../local/fsx/api/request-log';
import type { LocalFsx } from '../../local/fsx/server';
import type { ProgressEvent } from '../../local/registry/protocol';
import { startWorld, SUBNET, type World } from './harness';

export interface CrowdOptions {
  /** Stacks that are created at the same moment, each with one file system. */
  stacks: number;
  /** Calls a second, and at once, that FSx takes of each API. */
  perSecond: number;
  /** How often CloudFormation sends an event whose answer is an error that it retries; 1: it does not. */
  attempts: number;
}

/** What became of a crowd. Times are in seconds of the simulation. */
export interface Measured {
  failed: ProgressEvent[];
  calls: number;
  throttled: number;
  /** DescribeFileSystems for each file system, those throttled too. */
  describes: number[];
  /** When each stack was deleted again. */
  finishes: number[];
  longestInvocation: number;
  fileSystemsLeft: number;
}

const START = Date.UTC(2026, 0, 1);

/**
 * Creates and deletes a file system in each of the stacks, all begun at the same moment. Time is simulated: it goes on
 * when every invocation waits for it, so that the waits of the SDK, of CloudFormation and of FSx take none, and the same
 * crowd always fares the same. Needs jest's fake timers for itself.
 */
export async function runCrowd(options: CrowdOptions): Promise<Measured> {
  const { attempts, stacks } = options;
  const time = simulateTime();
  const world = await startCrowdedWorld(options);
  try {
    const crowd = new Crowd(world, attempts);
    const lives = Array.from({ length: stacks }, (_, index) => crowd.live(index));
    await time.until(Promise.all(lives), () => {
      crowd.tally.harvest();
    });
    return crowd.measured();
  } finally {
    time.end();
    await world.close();
  }
}

function startCrowdedWorld({ perSecond, stacks }: CrowdOptions): Promise<World> {
  const limit = { perSecond, burst: perSecond };
  return startWorld({
    overNetwork: true,
    manualClock: false,
    seed: 'crowd',
    otherFileSystems: false,
    rateLimits: {
      CreateFileSystem: limit,
      DescribeFileSystems: limit,
      DeleteFileSystem: limit,
    },
    world: {
      quotas: {
        fileSystems: stacks,
        storageGiB: 1200 * stacks,
        throughputCapacityMbps: 1_000_000,
        userInitiatedBackups: 500,
      },
    },
  });
}

class Crowd {
  readonly tally: Tally;
  private readonly failed: ProgressEvent[] = [];
  private readonly finishes: number[] = [];
  private longestInvocation = 0;

  constructor(
    private readonly world: World,
    private readonly attempts: number,
  ) {
    this.tally = new Tally(world.fsx);
  }

  async live(index: number): Promise<void> {
    // One after the other, at the same moment, so that their order is always the same.
    await sleep(0);
    const registry = this.world.registry({
      attempts: this.attempts,
      sleep,
      now: seconds,
      // Real seconds, which a simulation does not count.
      invocationSeconds: 3600,
      invoke: async (event) => {
        const begun = seconds();
        const answer = await this.world.deliver(event);
        this.longestInvocation = Math.max(this.longestInvocation, seconds() - begun);
        return answer;
      },
    });
    const properties = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
    const created = await registry.create(properties, { bearerToken: `create-${index}` });
    if (created.status !== 'SUCCESS') {
      this.failed.push(created);
      return;
    }
    const model = created.resourceModel ?? {};
    const deleted = await registry.delete(model, { bearerToken: `delete-${index}` });
    if (deleted.status !== 'SUCCESS') this.failed.push(deleted);
    else this.finishes.push(seconds());
  }

  measured(): Measured {
    this.tally.harvest();
    const { calls, describes, throttled } = this.tally;
    return {
      failed: this.failed,
      calls,
      throttled,
      describes: [...describes.values()],
      finishes: this.finishes,
      longestInvocation: this.longestInvocation,
      fileSystemsLeft: this.world.fsx.fileSystems.all().length,
    };
  }
}

/** Counts requests, of which the log of the local FSx keeps the newest only. */
class Tally {
  calls = 0;
  throttled = 0;
  /** By the id of a file system. */
  readonly describes = new Map<string, number>();

  constructor(private readonly fsx: LocalFsx) {}

  harvest(): void {
    for (const request of this.fsx.requests.all()) this.add(request);
    this.fsx.requests.reset();
  }

  private add({ error, input, operation }: LoggedRequest): void {
    this.calls += 1;
    if (error === 'ThrottlingException') this.throttled += 1;
    if (operation !== 'DescribeFileSystems') return;
    const { FileSystemIds: [id = ''] = [] } = input as { FileSystemIds?: string[] };
    this.describes.set(id, (this.describes.get(id) ?? 0) + 1);
  }
}

const seconds = (): number => (Date.now() - START) / 1000;

const sleep = (duration: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, duration * 1000));

/** Time that stands still while anything runs. */
function simulateTime() {
  jest.useFakeTimers({
    now: START,
    doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance'],
  });
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(new DOMException('The time is over.', 'TimeoutError'));
    }, milliseconds);
    return controller.signal;
  });
  const random = jest.spyOn(Math, 'random').mockImplementation(pseudoRandom());
  const wire = watchWire();
  return {
    async until(done: Promise<unknown>, harvest: () => void): Promise<void> {
      const progress = { isDone: false };
      const ended = done.finally(() => (progress.isDone = true));
      for (let step = 0; !progress.isDone; step += 1) {
        if (step % 1000 === 0) harvest();
        jest.advanceTimersToNextTimer();
        await wire.quiet();
      }
      await ended;
    },
    end() {
      wire.end();
      random.mockRestore();
      timeout.mockRestore();
      jest.useRealTimers();
    },
  };
}

const STARTED = 'http.client.request.start';
const RECEIVED = 'http.server.request.start';
/** Turns of the event loop in which an invocation that does not wait for time has gone on. */
const QUIET_TURNS = 4;

/** Knows whether a request of this process is on its way. */
function watchWire() {
  let underWay = 0;
  const begun = (message: unknown) => {
    underWay += 1;
    (message as { request: ClientRequest }).request.once('close', () => (underWay -= 1));
  };
  // Node dates answers by the real clock, from which the SDK would conclude that its own is wrong.
  const undated = (message: unknown) => {
    (message as { response: ServerResponse }).response.sendDate = false;
  };
  subscribe(STARTED, begun);
  subscribe(RECEIVED, undated);
  return {
    async quiet(): Promise<void> {
      for (let turns = 0; turns < QUIET_TURNS; turns = underWay > 0 ? 0 : turns + 1)
        await new Promise((resolve) => setImmediate(resolve));
    },
    end() {
      unsubscribe(STARTED, begun);
      unsubscribe(RECEIVED, undated);
    },
  };
}

/** The same numbers in each run. */
function pseudoRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
