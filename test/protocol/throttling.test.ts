/** How an operation fares while FSx throttles: when it is called back, and when it gives up. */
import type { ProgressEvent, Properties } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeEach(async () => {
  // The SDK waits a random part of its longest wait before it tries again within an invocation.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  world = await startWorld({ overNetwork: true });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await world.close();
});

const SCRATCH = { StorageCapacity: 1200, SubnetIds: [SUBNET] };

const throttle = (operation: 'CreateFileSystem' | 'DescribeFileSystems', times: number) =>
  world.fsx.faults.add({ fault: 'throttling', operation, times });

const waits = (): { delay: number; context: Properties }[] =>
  world.steps
    .filter(({ progress }) => progress.status === 'IN_PROGRESS')
    .map(({ progress }) => ({
      delay: progress.callbackDelaySeconds ?? 0,
      context: progress.callbackContext ?? {},
    }));

const delays = (): number[] => waits().map(({ delay }) => delay);

/** A deletion, whose delays begin anew. */
async function deleteThrottled(times: number): Promise<ProgressEvent> {
  const fs = model(await world.registry().create(SCRATCH));
  world.steps.length = 0;
  if (times > 0) throttle('DescribeFileSystems', times);
  return world.registry().delete(fs);
}

test('an account that is not throttled is looked at as often as ever, and nothing is remembered', async () => {
  expect(await deleteThrottled(0)).toMatchObject({ status: 'SUCCESS' });
  expect(delays().slice(0, 8)).toEqual([10, 10, 10, 10, 10, 10, 15, 15]);
  for (const { context } of waits()) {
    expect(context).not.toHaveProperty('pace');
    expect(context).not.toHaveProperty('throttledFrom');
  }
});

test('a throttled call is asked once in an invocation', async () => {
  world.fsx.requests.reset();
  expect(await deleteThrottled(3)).toMatchObject({ status: 'SUCCESS' });
  const { error } = world.fsx.requests.of('DescribeFileSystems').find(({ error }) => error) ?? {};
  expect(error).toBe('ThrottlingException');
  expect(world.steps).toHaveLength(
    world.fsx.requests.of('DescribeFileSystems').length - creationLooks(),
  );
});

/** Looks of the creation, of five minutes: six in the first, and then one each fifteen seconds. */
const creationLooks = () => 6 + 16;

test('the delay grows with each throttled look, up to a bound, and shrinks again', async () => {
  expect(await deleteThrottled(6)).toMatchObject({ status: 'SUCCESS' });
  expect(waits().map(({ context }) => context.pace)).toEqual(
    expect.arrayContaining([30, 90, 180, 162, 146]),
  );
  const paces = waits()
    .slice(0, 6)
    .map(({ context }) => context.pace as number);
  expect(paces).toEqual([30, 90, 180, 180, 180, 180]);
  delays()
    .slice(0, 6)
    .forEach((delay, index) => {
      expect(delay).toBeGreaterThanOrEqual(0.75 * (paces[index] ?? 0) - 1);
      expect(delay).toBeLessThanOrEqual(1.25 * (paces[index] ?? 0) + 1);
    });
});

test('who is throttled at the same time comes back at different times, and always at the same ones', async () => {
  const fs = model(await world.registry().create(SCRATCH));
  // It is not called back a second time.
  const registry = world.registry({ timeoutMinutes: { DELETE: 0 } });
  const first = async (bearerToken: string) => {
    world.steps.length = 0;
    throttle('DescribeFileSystems', 1);
    await registry.delete(fs, { bearerToken });
    return delays()[0];
  };
  const all = async () => {
    const found: unknown[] = [];
    for (let stack = 0; stack < 20; stack += 1) found.push(await first(`stack-${stack}`));
    return found;
  };
  const once = await all();
  expect(await all()).toEqual(once);
  expect(new Set(once).size).toBeGreaterThan(5);
});

test('eighty throttled looks in a row do not fail an operation', async () => {
  expect(await deleteThrottled(80)).toMatchObject({ status: 'SUCCESS' });
});

test('throttling for hours without end is told', async () => {
  const answer = await deleteThrottled(10_000);
  expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'Throttling' });
  const waited = delays().reduce((sum, delay) => sum + delay, 0);
  expect(waited).toBeGreaterThanOrEqual(5 * 3600);
  expect(waited).toBeLessThan(6 * 3600);
});

test('a call that FSx takes begins the five hours anew', async () => {
  const fs = model(await world.registry().create(SCRATCH));
  // Four hours, one answer, and four hours more.
  for (const after of [0, 81])
    world.fsx.faults.add({
      fault: 'throttling',
      operation: 'DescribeFileSystems',
      after,
      times: 80,
    });
  const registry = world.registry({ timeoutMinutes: { DELETE: 1200 } });
  expect(await registry.delete(fs)).toMatchObject({ status: 'SUCCESS' });
});

test('a creation that was throttled at its start is not looked at before it can be over', async () => {
  throttle('CreateFileSystem', 2);
  model(await world.registry().create(SCRATCH));
  expect(world.fsx.requests.of('CreateFileSystem')).toHaveLength(3);
  expect(delays()[0]).toBeGreaterThanOrEqual(270);
  expect(delays()[0]).toBeLessThanOrEqual(310);
  expect(world.fsx.requests.of('DescribeFileSystems').length).toBeLessThanOrEqual(3);
});

test('a creation that was not is looked at as ever', async () => {
  model(await world.registry().create(SCRATCH));
  expect(delays().slice(0, 3)).toEqual([10, 10, 10]);
});

test.each(['read', 'list'] as const)(
  '%s, which nobody calls back, tries again by itself',
  async (action) => {
    const fs = model(await world.registry().create(SCRATCH));
    throttle('DescribeFileSystems', 6);
    const registry = world.registry();
    const answer = action === 'read' ? await registry.read(fs) : await registry.list();
    expect(answer).toMatchObject({ status: 'SUCCESS' });
  },
);
