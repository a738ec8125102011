/** What becomes of an operation in every state that FSx may describe a file system in. */
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/registry/protocol';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { model, promptThenBusy, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const HOUR = 3_600_000;
const TEMPLATE = {
  StorageCapacity: 1200,
  DeploymentType: 'PERSISTENT_1',
  PerUnitStorageThroughput: 50,
  SubnetIds: [SUBNET],
  SkipFinalBackup: true,
};
const TAGS = [{ Key: 'Team', Value: 'cfd' }];
const REASON = 'The subnet has no way to S3.';

type State = string;
const BROKEN: readonly State[] = ['MISCONFIGURED', 'MISCONFIGURED_UNAVAILABLE', 'FAILED'];
/** One that a later FSx may have, and none at all. */
const UNKNOWN: readonly State[] = ['REBALANCING', ''];

async function created(properties: Properties = TEMPLATE): Promise<string> {
  const { FileSystemId } = model(await world.registry().create(properties));
  world.fsx.clock.advance(7 * HOUR);
  world.fsx.requests.reset();
  return String(FileSystemId);
}

const force = (id: string, lifecycle: State | null, updatable = false) => {
  world.fsx.fileSystems.change(id, { lifecycle, message: REASON, updatable });
};

interface Options {
  rollback?: boolean;
  /** What else happens while CloudFormation waits for the nth time. */
  meanwhile?: (wait: number) => void;
  /** How long CloudFormation stays away; punctual unless given. */
  waitFor?: (seconds: number) => number;
}

/** An update as CloudFormation carries it out, and how many seconds it took. */
async function update(
  id: string,
  desired: Properties,
  previous: Properties,
  { rollback = false, meanwhile, waitFor = (delay) => delay }: Options = {},
): Promise<{ end: ProgressEvent; seconds: number }> {
  let waits = 0;
  let seconds = 0;
  const registry = world.registry({
    invoke: (event: HandlerEvent) => world.deliver({ ...event, rollback }),
    sleep: (delay) => {
      const wait = waitFor(delay);
      seconds += wait;
      world.fsx.clock.advance(wait * 1000);
      meanwhile?.(waits++);
      return Promise.resolve();
    },
  });
  const end = await registry.update(desired, { ...previous, FileSystemId: id });
  return { end, seconds };
}

const CHANGED = { ...TEMPLATE, DataCompressionType: 'LZ4' };

/** What an update is about: the template before and after it. */
const SUBJECTS: Readonly<Record<string, readonly [Properties, Properties]>> = {
  nothing: [TEMPLATE, TEMPLATE],
  'write-only properties': [TEMPLATE, { ...TEMPLATE, SkipFinalBackup: false }],
  tags: [TEMPLATE, { ...TEMPLATE, Tags: TAGS }],
  'a step': [TEMPLATE, CHANGED],
};

/** In which a step is refused, or taken, by FSx: what it takes of a MISCONFIGURED file system is not on record. */
const takes = [true, false];

type Row = [state: State, subject: string, rollback: boolean, updatable: boolean];
const rows = (states: readonly State[]): Row[] =>
  states.flatMap((state) =>
    Object.keys(SUBJECTS).flatMap((subject) =>
      [false, true].flatMap((rollback) =>
        (subject === 'a step' ? takes : [false]).map((updatable): Row => [
          state,
          subject,
          rollback,
          updatable,
        ]),
      ),
    ),
  );

describe.each([
  ['a state that is broken', BROKEN, 60],
  ['a state that nobody knows', UNKNOWN, 2000],
])('%s', (_, states, patience) => {
  test.each(rows(states))(
    '%j, update of %s, rollback %j, FSx takes updates %j',
    async (state, subject, rollback, updatable) => {
      const [previous = {}, desired = {}] = SUBJECTS[subject] ?? [];
      const id = await created(previous);
      force(id, state, updatable);
      const { end, seconds } = await update(id, desired, previous, { rollback });
      const refused = subject === 'a step' && !updatable;
      expect(end).toMatchObject(
        refused && !rollback
          ? { status: 'FAILED', errorCode: 'InvalidRequest' }
          : { status: 'SUCCESS' },
      );
      // The state is named whatever becomes of the update.
      expect(end.message).toContain(REASON);
      expect(end.message).toContain(state === '' ? 'without a state' : state);
      expect(end.message).toMatch(/FSx can(not)? recover it: |Look at it in the FSx console; /);
      if (refused && rollback) expect(end.message).toContain('DataCompressionType');
      if (refused && !rollback) expect(end.message).toContain('Unable to update file system');
      expect(world.fsx.requests.count('TagResource')).toBe(subject === 'tags' ? 1 : 0);
      expect(world.fsx.requests.count('UpdateFileSystem')).toBe(
        subject === 'a step' ? (updatable ? 1 : 2) : 0,
      );
      expect(world.fsx.fileSystems.get(id)?.LustreConfiguration?.DataCompressionType).toBe(
        subject === 'a step' && updatable ? 'LZ4' : 'NONE',
      );
      expect(seconds).toBeLessThanOrEqual(patience + (subject === 'a step' ? 60 : 0));
    },
  );
});

test('what FSx can recover and what it cannot are told apart', async () => {
  const id = await created();
  for (const state of BROKEN) {
    force(id, state);
    const { end } = await update(id, CHANGED, TEMPLATE);
    expect(end.message).toContain(state === 'FAILED' ? 'cannot recover' : 'can recover');
  }
});

describe('a step that this operation has asked for, and that ended FAILED, fails it', () => {
  test.each([false, true])('on a sound file system, rollback %j', async (rollback) => {
    const id = await created();
    const message = 'The servers did not take it.';
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'UpdateFileSystem', message });
    const { end } = await update(id, CHANGED, TEMPLATE, { rollback });
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(message);
  });

  test.each([...BROKEN, ...UNKNOWN])('on one that was %j before', async (state) => {
    const id = await created();
    force(id, state, true);
    const message = 'The servers did not take it.';
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'UpdateFileSystem', message });
    const { end } = await update(id, CHANGED, TEMPLATE);
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(message);
  });

  test.each([0, 10])('although its answer was lost, %i seconds ago', async (late) => {
    const id = await created();
    const message = 'The servers did not take it.';
    // Where nothing shows that it was asked for, it is asked for once more.
    const fault = { fault: 'endsFailed', operation: 'UpdateFileSystem', message } as const;
    world.fsx.faults.add({ ...fault, times: 'always' });
    const registry = world.registry({
      invoke: async (event) => {
        if (event.requestContext.invocation === 1) await world.invoke(event);
        world.fsx.clock.advance(late * 1000);
        return world.invoke(event);
      },
    });
    const end = await registry.update(CHANGED, { ...TEMPLATE, FileSystemId: id });
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(message);
  });
});

test.each([...BROKEN, ...UNKNOWN])(
  'a file system that becomes %j after a step of this operation fails it',
  async (state) => {
    const id = await created();
    const { end } = await update(id, CHANGED, TEMPLATE, {
      meanwhile: (wait) => {
        if (wait === 0) force(id, state);
      },
    });
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(REASON);
    expect(end.message).toContain(state === '' ? 'without a state' : state);
  },
);

test('a state that becomes worse after a step of this operation fails it', async () => {
  const id = await created();
  force(id, 'MISCONFIGURED', true);
  const { end } = await update(id, CHANGED, TEMPLATE, {
    meanwhile: (wait) => {
      if (wait === 0) force(id, 'FAILED');
    },
  });
  expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
  expect(end.message).toContain('FAILED');
});

test('a file system that becomes MISCONFIGURED while an update waits for another one’s is tried', async () => {
  const id = await created();
  const elsewhere = { ...TEMPLATE, StorageCapacity: 2400 };
  let first: unknown;
  const registry = world.registry({
    invoke: async (event) => {
      first ??= await world.invoke(event);
      throw new Error('given up');
    },
  });
  await registry.update(elsewhere, { ...TEMPLATE, FileSystemId: id }).catch(() => undefined);
  world.fsx.clock.advance(10_000);
  const grown = { ...elsewhere, DataCompressionType: 'LZ4' };
  const { end } = await update(id, grown, elsewhere, {
    waitFor: promptThenBusy(),
    meanwhile: (wait) => {
      if (wait === 2) force(id, 'MISCONFIGURED', true);
    },
  });
  expect(model(end)).toMatchObject({ StorageCapacity: 2400, DataCompressionType: 'LZ4' });
});

describe('a rollback', () => {
  /** An update that CloudFormation gives up at once, before FSx shows what it has accepted. */
  async function givenUp(id: string, desired: Properties): Promise<void> {
    const registry = world.registry({
      invoke: async (event) => {
        await world.invoke(event);
        throw new Error('given up');
      },
    });
    await registry.update(desired, { ...TEMPLATE, FileSystemId: id }).catch(() => undefined);
  }

  test('does not fail because the update that it takes back did', async () => {
    const id = await created();
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'UpdateFileSystem', message: 'No.' });
    await givenUp(id, CHANGED);
    const { end } = await update(id, TEMPLATE, CHANGED, { rollback: true });
    expect(end).toMatchObject({ status: 'SUCCESS' });
  });

  test('does not fail because of what it finds, with a step of its own', async () => {
    const id = await created();
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'UpdateFileSystem', message: 'No.' });
    await givenUp(id, CHANGED);
    // A setting of the control plane has no action of its own among which FSx would show it.
    const window = { ...TEMPLATE, WeeklyMaintenanceStartTime: '3:03:00' };
    const { end } = await update(id, window, CHANGED, { rollback: true });
    expect(model(end)).toMatchObject({ WeeklyMaintenanceStartTime: '3:03:00' });
  });

  test.each(BROKEN)(
    'of a throughput change does not wait for hours where it is %s',
    async (state) => {
      const id = await created();
      const faster = { ...TEMPLATE, PerUnitStorageThroughput: 100 };
      model((await update(id, faster, TEMPLATE, { waitFor: promptThenBusy() })).end);
      force(id, state);
      const { end, seconds } = await update(id, TEMPLATE, faster, { rollback: true });
      expect(model(end)).toMatchObject({ PerUnitStorageThroughput: 100 });
      expect(end.message).toContain('PerUnitStorageThroughput');
      expect(seconds).toBeLessThan(120);
    },
  );

  test('does not fail because of a state that comes after a step that is done', async () => {
    const id = await created();
    const changed = { ...CHANGED, PerUnitStorageThroughput: 100 };
    model((await update(id, changed, TEMPLATE, { waitFor: promptThenBusy() })).end);
    const { end } = await update(id, TEMPLATE, changed, {
      rollback: true,
      // By then the settings are back, and the throughput has to rest for hours.
      meanwhile: (wait) => {
        if (wait === 20) force(id, 'MISCONFIGURED');
      },
    });
    expect(model(end)).toMatchObject({ DataCompressionType: 'NONE' });
    expect(end.message).toContain('PerUnitStorageThroughput');
  });

  test('leaves tags as well where FSx takes none', async () => {
    const id = await created();
    force(id, 'MISCONFIGURED');
    world.fsx.faults.add({
      fault: 'error',
      code: 'BadRequest',
      message: 'Not now.',
      operation: 'TagResource',
      times: 'always',
    });
    const { end } = await update(id, { ...TEMPLATE, Tags: TAGS }, TEMPLATE, { rollback: true });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(end.message).toContain('Tags');
  });

  test('leaves a step that FSx takes in a broken state without ever doing it', async () => {
    const id = await created();
    force(id, 'MISCONFIGURED', true);
    const settings = { ...TEMPLATE, AutomaticBackupRetentionDays: 3 };
    const { end } = await update(id, settings, TEMPLATE, {
      rollback: true,
      meanwhile: () => {
        world.fsx.fileSystems.change(id, {
          values: { LustreConfiguration: { AutomaticBackupRetentionDays: 0 } },
        });
      },
    });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(end.message).toContain('AutomaticBackupRetentionDays');
  });

  test('still fails where FSx refuses a step of a sound file system', async () => {
    const id = await created();
    world.fsx.faults.add({
      fault: 'error',
      code: 'BadRequest',
      message: 'Not now.',
      operation: 'UpdateFileSystem',
      times: 'always',
    });
    const { end } = await update(id, CHANGED, TEMPLATE, { rollback: true });
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
  });
});

test('a refusal of tags names the state that may be why', async () => {
  const id = await created();
  force(id, 'MISCONFIGURED');
  world.fsx.faults.add({
    fault: 'error',
    code: 'BadRequest',
    message: 'Not now.',
    operation: 'TagResource',
  });
  const { end } = await update(id, { ...TEMPLATE, Tags: TAGS }, TEMPLATE);
  expect(end).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
  expect(end.message).toContain('Not now.');
  expect(end.message).toContain(`is MISCONFIGURED: ${REASON} FSx can recover it`);
});

test.each(['Not this way', 'x'.repeat(2000)])(
  'what FSx says of a state ends as a sentence, and leaves room for what to do',
  async (message) => {
    const id = await created();
    world.fsx.fileSystems.change(id, { lifecycle: 'FAILED', message });
    const { end } = await update(id, CHANGED, TEMPLATE);
    expect(end.message).toMatch(/(way|x)\. FSx cannot recover it: .* delete this one\.$/);
  },
);

test.each(UNKNOWN)('an update waits for a state %j that passes', async (state) => {
  const id = await created();
  force(id, state);
  const { end } = await update(id, CHANGED, TEMPLATE, {
    meanwhile: (wait) => {
      if (wait === 20) force(id, null);
    },
  });
  expect(model(end)).toMatchObject({ DataCompressionType: 'LZ4' });
  expect(end.message).toBe('');
});

describe('a creation', () => {
  /** Creates while FSx describes a state of its own from the first wait to the last one given. */
  const create = (state: State, until = Infinity) => {
    let waits = 0;
    const forced = world.registry({
      sleep: (delay) => {
        world.fsx.clock.advance(delay * 1000);
        for (const { FileSystemId } of world.fsx.fileSystems.all())
          force(FileSystemId, waits < until ? state : null);
        waits += 1;
        return Promise.resolve();
      },
    });
    return forced.create(TEMPLATE);
  };

  test.each(BROKEN)('that ends %s is given up and deleted', async (state) => {
    const end = await create(state);
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(REASON);
    expect(world.fsx.requests.count('DeleteFileSystem')).toBe(1);
  });

  describe('that has failed, and whose deletion', () => {
    const failing = (message: string) => {
      world.fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem', message });
    };

    test.each(['still shows', 'is over'])('got no answer, and %s, says why', async (then) => {
      failing('The disks broke');
      world.fsx.faults.add({ fault: 'cutAfter', operation: 'DeleteFileSystem', times: 'always' });
      const registry = world.registry({
        sleep: (seconds) => {
          const over = then === 'is over' && world.fsx.requests.count('DeleteFileSystem') > 0;
          world.fsx.clock.advance(over ? HOUR : seconds * 1000);
          return Promise.resolve();
        },
      });
      const end = await registry.create(TEMPLATE);
      expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
      expect(end.message).toMatch(/: The disks broke\. The failed file system is being deleted\.$/);
    });

    test('finds nothing left is over', async () => {
      failing('The disks broke.');
      world.fsx.faults.add({
        fault: 'error',
        code: 'FileSystemNotFound',
        operation: 'DeleteFileSystem',
      });
      expect((await world.registry().create(TEMPLATE)).message).not.toContain('manually');
    });

    test('is refused is told to the end, however long the reason is', async () => {
      failing(`${'x'.repeat(200)} unable to validate access to the S3 bucket`);
      world.fsx.faults.add({
        fault: 'error',
        code: 'AccessDeniedException',
        message: `User: ${'u'.repeat(150)} is not authorized to perform: fsx:DeleteFileSystem`,
        operation: 'DeleteFileSystem',
      });
      const { message } = await world.registry().create(TEMPLATE);
      expect(message).toContain('delete it manually: FSx DeleteFileSystem: User: uuu');
      expect(message).toMatch(/fsx:DeleteFileSystem\. \(AccessDeniedException, request [^)]*\)$/);
    });
  });

  test.each(UNKNOWN)('waits for a state %j that passes', async (state) => {
    expect(await create(state, 60)).toMatchObject({ status: 'SUCCESS' });
  });

  test.each(UNKNOWN)('does not wait for ever for a state %j, and names it', async (state) => {
    const begun = world.fsx.clock.now();
    const end = await create(state);
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(state === '' ? 'without a state' : state);
    expect(end.message).toContain(REASON);
    expect(world.fsx.clock.now() - begun).toBeLessThan(HOUR);
    // CloudFormation knows its id, and deletes it.
    expect(world.fsx.requests.count('DeleteFileSystem')).toBe(0);
    expect(world.fsx.fileSystems.all()).toHaveLength(1);
  });
});

/** What FSx never ends: the operation ends before CloudFormation ends it, and says what FSx was doing. */
describe('a state that lasts longer than the operation may', () => {
  const { timeoutMinutes } = lustreFileSystem;
  const QUARTER = 900;

  /** Carries an operation out while FSx describes this state, and CloudFormation comes back every quarter of an hour. */
  async function stuck(
    state: State,
    operate: (registry: ReturnType<World['registry']>) => Promise<ProgressEvent>,
  ): Promise<{ end: ProgressEvent; minutes: number }> {
    const from = world.fsx.clock.now();
    const registry = world.registry({
      sleep: (delay) => {
        for (const { FileSystemId } of world.fsx.fileSystems.all()) force(FileSystemId, state);
        world.fsx.clock.advance(Math.max(delay, QUARTER) * 1000);
        return Promise.resolve();
      },
    });
    const end = await operate(registry);
    return { end, minutes: (world.fsx.clock.now() - from) / 60_000 };
  }

  const RETRY = 'in the FSx console, and retry the operation when its state has changed.';
  const expectTold = (
    { end, minutes }: Awaited<ReturnType<typeof stuck>>,
    limit = 0,
    advice = RETRY,
  ) => {
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain(advice);
    expect(end.message).toContain(`within the ${limit / 60} hours that CloudFormation allows`);
    expect(minutes).toBeLessThanOrEqual(limit);
    expect(minutes).toBeGreaterThan(limit - 30);
  };

  test.each(['CREATING', 'UPDATING'])('update in %s', async (state) => {
    for (const rollback of [false, true]) {
      const id = await created();
      force(id, state);
      const told = await stuck(state, (registry) =>
        registry.update(CHANGED, { ...TEMPLATE, FileSystemId: id }, { rollback }),
      );
      expectTold(told, timeoutMinutes.UPDATE);
      expect(told.end.message).toMatch(
        /^FSx is updating the file system\. .* check file system fs-/,
      );
    }
  });

  test('creation', async () => {
    const told = await stuck('CREATING', (registry) => registry.create(TEMPLATE));
    const advice = 'in the FSx console, and delete it there if the stack does not roll back.';
    expectTold(told, timeoutMinutes.CREATE, advice);
    expect(told.end.message).toMatch(/^FSx is creating the file system\. /);
  });

  test('deletion, with the final backup that FSx has promised', async () => {
    const id = await created();
    const told = await stuck('DELETING', (registry) =>
      registry.delete({ ...TEMPLATE, SkipFinalBackup: false, FileSystemId: id }),
    );
    expectTold(told, timeoutMinutes.DELETE);
    expect(told.end.message).toMatch(
      /^FSx is deleting the file system\. The final backup is backup-/,
    );
  });
});
