/** How long each operation waits for what FSx owes it: so many answers are waited for, and one more is not. */
import type { DeleteFileSystemCommandInput, FileSystem } from '@aws-sdk/client-fsx';
import type { ActionResult, CallbackContext } from '../../src/actions/action';
import { create } from '../../src/actions/create';
import { remove } from '../../src/actions/delete';
import { update } from '../../src/actions/update';
import { HandlerError } from '../../src/handler-error';
import { described, fakeFsx, ID, PROPERTIES, refusal, requestTo, run, sum } from './fake-fsx';

const nothing = () => Promise.resolve(undefined);
const always =
  (changes: Partial<FileSystem> = {}) =>
  () =>
    Promise.resolve(described(changes));
const failing = (code: HandlerError['code']) => () => Promise.reject(refusal(code));

const ACTIONS = { create, update, delete: remove };
const EACH = Object.entries(ACTIONS);

/** A creation that has begun; the other operations begin with nothing. */
const begun = (name: string): CallbackContext => (name === 'create' ? { started: true } : {});

const compressed = { ...PROPERTIES, DataCompressionType: 'LZ4' };

describe('errors that may pass', () => {
  test.each(EACH)('%s gives up after twenty in a row', async (name, action) => {
    for (const code of ['ServiceInternalError', 'NetworkFailure'] as const) {
      const fsx = fakeFsx({ describe: failing(code) });
      const { delays, end } = await run(action, requestTo(fsx, { callback: begun(name) }));
      expect(delays).toHaveLength(20);
      expect(end).toMatchObject({ code });
    }
  });

  test.each(EACH)('%s counts anew after an answer', async (name, action) => {
    const states = { create: 'CREATING', update: 'UPDATING', delete: 'DELETING' } as const;
    const Lifecycle = states[name as keyof typeof states];
    const callback = { ...begun(name), setbacks: 20 };
    const ended = await action(
      requestTo(fakeFsx({ describe: always({ Lifecycle }) }), { callback }),
    );
    expect((ended as { callback: CallbackContext }).callback.setbacks ?? 0).toBe(0);
  });

  test.each(EACH)('%s gives up after five hours of throttling', async (name, action) => {
    const fsx = fakeFsx({ describe: failing('Throttling') });
    const after = (waited: number) =>
      action(requestTo(fsx, { callback: { ...begun(name), throttledFrom: 7, waited } }));
    expect(await after(7 + 5 * 3600 - 1)).toMatchObject({ status: 'IN_PROGRESS' });
    await expect(after(7 + 5 * 3600)).rejects.toMatchObject({ code: 'Throttling' });
  });

  test.each(EACH)(
    '%s counts the hours of throttling from its first second',
    async (name, action) => {
      const fsx = fakeFsx({ describe: failing('Throttling') });
      const callback = { ...begun(name), waited: 9 * 3600 };
      expect(await action(requestTo(fsx, { callback }))).toMatchObject({ status: 'IN_PROGRESS' });
    },
  );

  test.each(['GeneralServiceException', 'InvalidCredentials'] as const)(
    'a rollback outlasts %s twenty times, and nothing else does',
    async (code) => {
      const fsx = fakeFsx({ describe: failing(code) });
      const { delays, end } = await run(update, requestTo(fsx, { rollback: true }));
      expect(delays).toHaveLength(20);
      expect(end).toMatchObject({ code });
      for (const [name, action] of EACH)
        await expect(action(requestTo(fsx, { callback: begun(name) }))).rejects.toMatchObject({ code }); // oxfmt-ignore
    },
  );

  test.each(EACH)('%s does not count throttling among them', async (name, action) => {
    const fsx = fakeFsx({ describe: failing('Throttling') });
    const callback = { ...begun(name), setbacks: 19 };
    expect(await action(requestTo(fsx, { callback }))).toMatchObject({
      callback: { setbacks: 19 },
    });
  });
});

describe('create', () => {
  const creation = (describe: () => Promise<FileSystem | undefined>, callback = {}) =>
    requestTo(fakeFsx({ describe }), { callback: { started: true, ...callback } });

  test('six descriptions may lack the file system', async () => {
    const { delays, end } = await run(create, creation(nothing));
    expect(delays).toHaveLength(6);
    expect(end).toMatchObject({
      code: 'NotStabilized',
      message: `File system ${ID} was deleted before its creation was complete.`,
    });
  });

  test('a description counts them anew', async () => {
    const answers = [undefined, undefined, described({ Lifecycle: 'CREATING' })];
    const describe = () => Promise.resolve(answers.shift());
    const { delays } = await run(create, creation(describe));
    expect(delays).toHaveLength(3 + 6);
  });

  test('one that somebody deletes has failed', async () => {
    const { delays, end } = await run(create, creation(always({ Lifecycle: 'DELETING' })));
    expect(delays).toEqual([]);
    expect(end).toMatchObject({
      code: 'NotStabilized',
      message: `File system ${ID} is being deleted before its creation is complete.`,
    });
  });

  test('waits from the first second on', async () => {
    const fsx = fakeFsx({ create: always({ Lifecycle: 'CREATING' }) });
    const desired = { ...PROPERTIES, FileSystemId: undefined };
    expect(await create(requestTo(fsx, { desired }))).toMatchObject({
      callback: { started: true, waited: 10 },
      delaySeconds: 10,
    });
  });

  test('the deletion of one that has failed is tried twenty times more', async () => {
    const describe = always({ Lifecycle: 'FAILED', FailureDetails: { Message: 'No room.' } });
    const calls: unknown[] = [];
    const fsx = fakeFsx({
      describe,
      delete: (input) => {
        calls.push(input);
        return Promise.reject(refusal('ServiceInternalError', 'FSx DeleteFileSystem: No.'));
      },
    });
    const { delays, end } = await run(create, requestTo(fsx, { callback: { started: true } }));
    expect(delays).toHaveLength(20);
    expect(calls).toHaveLength(21);
    expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1);
    expect((end as HandlerError).message).toBe(
      `FSx could not create file system ${ID}: No room. The failed file system could not be deleted, so delete it manually: FSx DeleteFileSystem: No.`,
    );
  });
});

describe('a state that this version does not know', () => {
  test.each([
    ['constructor', 'constructor'],
    ['X'.repeat(65), `${'X'.repeat(61)}...`],
  ])('%s is told as %s', async (Lifecycle, told) => {
    const fsx = fakeFsx({ describe: always({ Lifecycle: Lifecycle as 'CREATING' }) });
    for (const [name, action] of EACH.filter(([one]) => one !== 'delete'))
      expect(await action(requestTo(fsx, { callback: begun(name) }))).toMatchObject({
        message: `Waiting: File system ${ID} is in the state ${told}, which this version of the type does not know: FSx gives no details.`,
      });
  });

  test.each(EACH.filter(([name]) => name !== 'delete'))(
    '%s waits for half an hour',
    async (name, action) => {
      const fsx = fakeFsx({ describe: always({ Lifecycle: 'HIBERNATING' as 'CREATING' }) });
      const callback = { ...begun(name), waited: 1900, unknownFrom: 101 };
      expect(await action(requestTo(fsx, { callback }))).toMatchObject({ status: 'IN_PROGRESS' });
      const later = requestTo(fsx, { callback: { ...callback, unknownFrom: 100 } });
      const end = await action(later).catch((error: unknown) => error as HandlerError);
      expect(end).not.toMatchObject({ status: 'IN_PROGRESS' });
    },
  );
});

describe('update', () => {
  const Lost = { describe: always(), update: always() };

  test('asks four times, and for thirty descriptions without a sign', async () => {
    let calls = 0;
    const fsx = fakeFsx({
      ...Lost,
      update: () => {
        calls += 1;
        return Promise.resolve(described());
      },
    });
    const { callback, end } = await run(update, requestTo(fsx, { desired: compressed }));
    expect(calls).toBe(4);
    expect(callback.step).toMatchObject({ name: 'settings', unseen: 30 });
    expect(end).toMatchObject({ code: 'NotStabilized' });
    expect((end as HandlerError).message).toBe(
      `FSx accepted the settings update of ${ID} but does not show it. Check the file system's updates in the FSx console, and retry the stack update.`,
    );
  });

  test('changes tags four times, a minute apart', async () => {
    const times: number[] = [];
    let waited = 0;
    const fsx = fakeFsx({
      describe: always(),
      tag: () => {
        times.push(waited);
        return Promise.resolve();
      },
    });
    const action = async (request: Parameters<typeof update>[0]): Promise<ActionResult> => {
      waited = request.callback.waited ?? 0;
      return update(request);
    };
    const desired = { ...PROPERTIES, Tags: [{ Key: 'A', Value: 'b' }] };
    const { end } = await run(action, requestTo(fsx, { desired }));
    expect(times).toHaveLength(4);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(gaps).toEqual(gaps.map(() => 60));
    expect(end).toMatchObject({ code: 'NotStabilized' });
    expect((end as HandlerError).message).toContain(`accepted the tags of ${ID} 4 times`);
  });

  test('waits eight hours, in steps of ten minutes, for the cooldown of what it has changed', async () => {
    const fsx = fakeFsx({ describe: always(), update: failing('InvalidRequest') });
    const { delays, end } = await run(
      update,
      requestTo(fsx, {
        desired: { ...PROPERTIES, StorageCapacity: '2400' },
        callback: { waited: 100, taken: ['throughput'] },
      }),
    );
    expect(new Set(delays)).toEqual(new Set([600]));
    expect(sum(delays)).toBe(8 * 3600);
    expect(end).toMatchObject({ code: 'InvalidRequest' });
  });

  test('asks once more, a minute later, where FSx refuses', async () => {
    const times: number[] = [];
    let waited = 0;
    const fsx = fakeFsx({
      describe: always(),
      update: () => {
        times.push(waited);
        return Promise.reject(refusal('InvalidRequest'));
      },
    });
    const { delays, end } = await run(
      (request) => {
        waited = request.callback.waited ?? 0;
        return update(request);
      },
      requestTo(fsx, { desired: compressed }),
    );
    expect(times).toEqual([0, 60]);
    expect(sum(delays)).toBe(60);
    expect(end).toMatchObject({ code: 'InvalidRequest', message: 'FSx UpdateFileSystem: No.' });
  });

  test.each(['update', 'tag'] as const)(
    'asks once more where FSx does not know what it describes, at %s',
    async (call) => {
      const fsx = fakeFsx({ describe: always(), [call]: failing('NotFound') });
      const desired = call === 'tag' ? { ...PROPERTIES, Tags: [{ Key: 'A', Value: 'b' }] } : compressed; // oxfmt-ignore
      const { delays, end } = await run(update, requestTo(fsx, { desired }));
      expect(sum(delays)).toBe(60);
      expect(end).toMatchObject({
        code: 'NotStabilized',
        message: `FSx UpdateFileSystem: No. But FSx still describes file system ${ID}. Retry the operation; if that does not help, contact AWS Support.`,
      });
    },
  );

  test.each(['NotFound', 'InvalidRequest'] as const)(
    'describes it again where FSx does not describe it after a second refusal with %s',
    async (code) => {
      const LZ4 = { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 250, DataCompressionType: 'LZ4' } as const; // oxfmt-ignore
      const answers: (FileSystem | undefined)[] = [described({ LustreConfiguration: LZ4 })];
      const fsx = fakeFsx({
        describe: () => Promise.resolve(answers.length > 1 ? answers.shift() : answers[0]),
        update: failing(code),
      });
      const callback = { waited: 100, refusedAt: 0 };
      for (const rollback of [false, true]) {
        answers.unshift(described(), undefined);
        const { delays, end } = await run(update, requestTo(fsx, { desired: compressed, callback, rollback })); // oxfmt-ignore
        expect(delays[0]).toBe(15);
        expect(end).toMatchObject({ status: 'SUCCESS' });
      }
    },
  );

  test('gives a file system that FSx does not describe a minute, in five descriptions', async () => {
    const { delays, end } = await run(update, requestTo(fakeFsx({ describe: nothing })));
    expect(delays).toEqual([15, 15, 15, 15]);
    expect(end).toMatchObject({ code: 'NotFound' });
  });

  test('gives it a minute anew after a description', async () => {
    const answers = [undefined, undefined, described({ Lifecycle: 'UPDATING' })];
    const describe = () => Promise.resolve(answers.shift());
    const { delays, end } = await run(update, requestTo(fakeFsx({ describe })));
    expect(delays).toEqual([15, 15, 10, 15, 15, 15, 15]);
    expect(end).toMatchObject({ code: 'NotFound' });
  });

  test('confirms what a description shows without being asked, three times in a minute', async () => {
    const { delays, end } = await run(
      update,
      requestTo(fakeFsx({ describe: always() }), {
        rollback: true,
        callback: { waited: 30, askedAt: 30 },
      }),
    );
    expect(delays).toEqual([20, 20, 20]);
    expect(end).toMatchObject({ status: 'SUCCESS' });
  });

  test.each(['FAILED', 'MISCONFIGURED', 'MISCONFIGURED_UNAVAILABLE'] as const)(
    'fails where the file system becomes %s',
    async (Lifecycle) => {
      const step = { name: 'settings', unseen: 0, askedAt: 0, state: 'AVAILABLE' };
      const callback = { waited: 30, step, taken: ['settings'] };
      const request = requestTo(fakeFsx({ describe: always({ Lifecycle }) }), {
        desired: compressed,
        callback,
      });
      await expect(update(request)).rejects.toMatchObject({
        code: 'NotStabilized',
        message: expect.stringMatching(
          new RegExp(
            `is ${Lifecycle}: FSx gives no details\\..*The file system was not in this state before the settings update\\.$`,
          ),
        ) as string,
      });
    },
  );

  test('fails where FSx says that the update has failed, and gives no details', async () => {
    const AdministrativeActions = [
      {
        AdministrativeActionType: 'FILE_SYSTEM_UPDATE' as const,
        Status: 'FAILED' as const,
        RequestTime: new Date(5000),
      },
    ];
    const step = { name: 'settings', unseen: 0, requestedAt: 5000 };
    const request = requestTo(fakeFsx({ describe: always({ AdministrativeActions }) }), {
      desired: compressed,
      callback: { waited: 30, since: 0, step, taken: ['settings'] },
    });
    await expect(update(request)).rejects.toMatchObject({
      code: 'NotStabilized',
      message: `FSx could not complete the settings update of ${ID}: it gives no details.`,
    });
    const later = { ...step, requestedAt: 5001 };
    const others = { ...request, callback: { ...request.callback, step: later } };
    expect(await update(others)).toMatchObject({ status: 'IN_PROGRESS' });
  });
});

describe('delete', () => {
  const deletion = (
    operations: Parameters<typeof fakeFsx>[0],
    callback: CallbackContext = {},
    desired: object = { FileSystemId: ID },
  ) =>
    requestTo(fakeFsx(operations), {
      desired: { ...desired },
      callback: { begun: Date.now(), ...callback },
    });
  const accepting = () => Promise.resolve(undefined);

  test('believes in a minute that there was none, and in three that one it has seen is gone', async () => {
    const never = await run(remove, deletion({ describe: nothing }));
    expect(never.delays).toEqual([15, 15, 15, 15]);
    expect(never.end).toMatchObject({ code: 'NotFound' });
    const seen = await run(remove, deletion({ describe: nothing }, { seen: true, waited: 5 }));
    expect(seen.delays).toEqual(Array.from({ length: 12 }, () => 15));
    expect(seen.end).toEqual({ status: 'SUCCESS' });
  });

  test('believes at once that one is gone whose deletion FSx has accepted', async () => {
    const { delays, end } = await run(
      remove,
      deletion({ describe: nothing }, { seen: true, acceptedAt: 0 }),
    );
    expect(delays).toEqual([]);
    expect(end).toEqual({ status: 'SUCCESS' });
  });

  test('gives FSx half an hour to be about it', async () => {
    const operations = { describe: always(), delete: accepting };
    const after = (waited: number) => remove(deletion(operations, { acceptedAt: 100, waited }));
    expect(await after(1899)).toMatchObject({ status: 'IN_PROGRESS' });
    await expect(after(1900)).rejects.toMatchObject({
      code: 'NotStabilized',
      message: expect.stringContaining('accepted the deletion 30 minutes ago') as string,
    });
  });

  test('waits as long as FSx says DELETING', async () => {
    const operations = { describe: always({ Lifecycle: 'DELETING' }) };
    const waiting = await remove(deletion(operations, { acceptedAt: 0, waited: 20_000 }));
    expect(waiting).toMatchObject({
      status: 'IN_PROGRESS',
      callback: { acceptedAt: 0, seen: true },
    });
  });

  test.each([
    ['a data repository task', 'InvalidRequest', 'A data repository task is executing.', 60],
    ['a backup', 'ResourceConflict', 'There is one.', 60],
    ['a backup, in words', 'InvalidRequest', 'A backup is in progress.', 60],
    ['an update', 'InvalidRequest', 'Not now.', 10],
  ] as const)('waits five and a half hours for %s', async (_, code, message, delay) => {
    const Lifecycle = message === 'Not now.' ? 'UPDATING' : 'AVAILABLE';
    const operations = {
      describe: always({ Lifecycle }),
      delete: () => Promise.reject(refusal(code, message)),
    };
    expect(await remove(deletion(operations))).toMatchObject({ delaySeconds: delay });
    const after = (waited: number) => remove(deletion(operations, { waited }));
    expect(await after(330 * 60 - 1)).toMatchObject({ status: 'IN_PROGRESS' });
    await expect(after(330 * 60)).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
    });
    const late = { begun: Date.now() - 330 * 60_000 };
    await expect(remove(deletion(operations, late))).rejects.toBeInstanceOf(HandlerError);
  });

  test('without an id looks for file systems a second time after 35 seconds', async () => {
    jest.useFakeTimers();
    try {
      let pages = 0;
      const page = () => {
        pages += 1;
        return Promise.resolve({ fileSystems: [] });
      };
      const desired = { ...PROPERTIES, FileSystemId: undefined };
      const end = remove(requestTo(fakeFsx({ page }), { desired })).catch(
        (error: unknown) => error,
      );
      await jest.advanceTimersByTimeAsync(34_999);
      expect(pages).toBe(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(pages).toBe(2);
      expect(await end).toMatchObject({ code: 'NotFound' });
    } finally {
      jest.useRealTimers();
    }
  });

  test('asks twice, a minute apart, where FSx refuses', async () => {
    let calls = 0;
    const operations = {
      describe: always(),
      delete: () => {
        calls += 1;
        return Promise.reject(refusal('InvalidRequest', 'FSx DeleteFileSystem: No.'));
      },
    };
    const { delays, end } = await run(remove, deletion(operations));
    expect(calls).toBe(2);
    expect(sum(delays)).toBe(60);
    expect(end).toMatchObject({ code: 'InvalidRequest', message: 'FSx DeleteFileSystem: No.' });
  });

  test('makes no backup of what FSx calls CREATING for a minute', async () => {
    const inputs: unknown[] = [];
    const operations = {
      describe: always({ Lifecycle: 'CREATING' }),
      delete: (input: DeleteFileSystemCommandInput) => {
        inputs.push(input.LustreConfiguration?.SkipFinalBackup);
        return input.LustreConfiguration?.SkipFinalBackup
          ? accepting()
          : Promise.reject(refusal('InvalidRequest', 'FSx DeleteFileSystem: No.'));
      },
    };
    const wish = { FileSystemId: ID, SkipFinalBackup: 'false' };
    const first = await remove(requestTo(fakeFsx(operations), { desired: wish }));
    const { callback } = first as { callback: CallbackContext };
    expect(callback).toMatchObject({ creatingFrom: 0, finalBackup: {} });
    const at = (waited: number) => remove(deletion(operations, { ...callback, waited }, wish));
    await at(59);
    expect(inputs).toEqual([false]);
    expect(await at(60)).toMatchObject({
      callback: {
        note: 'FSx does not back up a file system that is still being created: it contains no data.',
      },
    });
    expect(inputs).toEqual([false, false, true]);
  });
});
