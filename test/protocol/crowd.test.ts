import type { ProgressEvent } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

const STACKS = 300;
/** FSx's time and CloudFormation's pass this much faster; the SDK's waits between its attempts do not. */
const TIME_SCALE = 60;

let world: World;
beforeAll(async () => {
  world = await startWorld({
    manualClock: false,
    timeScale: TIME_SCALE,
    rateLimits: {
      CreateFileSystem: { perSecond: 40, burst: 20 },
      DescribeFileSystems: { perSecond: 150, burst: 100 },
      DeleteFileSystem: { perSecond: 40, burst: 50 },
    },
    world: {
      quotas: {
        fileSystems: 1000,
        storageGiB: 1_000_000,
        throughputCapacityMbps: 100_000,
        userInitiatedBackups: 500,
      },
    },
  });
});
afterAll(() => world.close());

/** CloudFormation waits at least as long as it is told; a busy one waits longer. */
const sleep = (seconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, (Math.max(seconds, 90) * 1000) / TIME_SCALE));

test(`${STACKS} stacks at once, against rate limits of FSx, all finish`, async () => {
  let operations = 0;
  let longest = 0;
  const ids = new Set<unknown>();

  const life = async (i: number): Promise<ProgressEvent> => {
    const registry = world.registry({ sleep });
    const properties = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
    const begun = world.fsx.clock.now();
    for (;;) {
      operations += 1;
      // CloudFormation tries a throttled creation again with the same token.
      const created = await registry.create(properties, { bearerToken: `stack-${i}` });
      if (created.errorCode === 'Throttling') {
        await sleep(30);
        continue;
      }
      const fs = model(created);
      ids.add(fs.FileSystemId);
      longest = Math.max(longest, world.fsx.clock.now() - begun);
      return registry.delete(fs);
    }
  };

  const ends = await Promise.all(Array.from({ length: STACKS }, (_, i) => life(i)));
  expect(ends.filter(({ status }) => status !== 'SUCCESS')).toEqual([]);
  expect(ids.size).toBe(STACKS);
  expect(world.fsx.fileSystems.all()).toEqual([]);
  const throttled = world.fsx.requests.all().filter(({ error }) => error === 'ThrottlingException');
  process.stdout.write(
    `${STACKS} stacks: ${world.fsx.requests.count()} FSx calls, ${throttled.length} of them throttled and tried again, ` +
      `${operations} creations asked for, the longest took ${Math.round(longest / 1000)} s\n`,
  );
});
