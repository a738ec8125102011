/** Deletion: what it waits for, and what becomes of a final backup that was asked for. */
import type { ProgressEvent, Properties } from '../../local/registry/protocol';
import { model, promptThenBusy, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const P1 = {
  StorageCapacity: 1200,
  DeploymentType: 'PERSISTENT_1',
  PerUnitStorageThroughput: 50,
  SubnetIds: [SUBNET],
};
const SCRATCH = { StorageCapacity: 1200, DeploymentType: 'SCRATCH_2', SubnetIds: [SUBNET] };
const LINKED = { ...P1, ImportPath: 's3://data' };
const WISH = { SkipFinalBackup: false };

async function created(properties: Properties = P1): Promise<Properties> {
  const fs = model(await world.registry().create(properties));
  world.fsx.clock.advance(HOUR);
  world.fsx.requests.reset();
  world.steps.length = 0;
  return fs;
}

const idOf = ({ FileSystemId }: Properties): string => String(FileSystemId);

interface Deleted {
  end: ProgressEvent;
  /** Of the whole operation. */
  minutes: number;
}

const punctual = (seconds: number): number => seconds;

/**
 * A deletion as CloudFormation carries it out; `meanwhile` happens at every wait, by the minutes since it began. Whatever ends
 * because the handler gives up needs a punctual CloudFormation.
 */
async function remove(
  properties: Properties,
  meanwhile?: (minutes: number) => void,
  waitFor = promptThenBusy(),
): Promise<Deleted> {
  const begun = world.fsx.clock.now();
  const minutes = () => (world.fsx.clock.now() - begun) / MINUTE;
  const registry = world.registry({
    sleep: (seconds) => {
      world.fsx.clock.advance(waitFor(seconds) * 1000);
      meanwhile?.(minutes());
      return Promise.resolve();
    },
  });
  const end = await registry.delete(properties);
  return { end, minutes: minutes() };
}

/** What DeleteFileSystem was asked for, call by call. */
const asked = () =>
  world.fsx.requests
    .of('DeleteFileSystem')
    .map(({ input }) => (input as Properties).LustreConfiguration);

const refuse = (message: string, times: number | 'always' = 'always', code = 'BadRequest') => {
  world.fsx.faults.add({ fault: 'error', code, message, operation: 'DeleteFileSystem', times });
};

describe('a data repository task', () => {
  test.each([
    ['plain', {}],
    ['with a final backup', WISH],
  ])('is waited out, %s: then the file system is deleted', async (_, wish) => {
    const fs = await created();
    world.fsx.fileSystems.startTask(idOf(fs));
    const { end, minutes } = await remove({ ...fs, ...wish }, (passed) => {
      if (passed >= 180 && world.fsx.fileSystems.get(idOf(fs))?.Tasks)
        world.fsx.fileSystems.stopTask(idOf(fs));
    });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(minutes).toBeGreaterThan(180);
    expect(minutes).toBeLessThan(200);
    expect(asked().at(-1)).toEqual({ SkipFinalBackup: true, ...wish });
  });

  test('is told while it is waited for, with what ends it', async () => {
    const fs = await created();
    world.fsx.fileSystems.startTask(idOf(fs));
    await remove(fs, (passed) => {
      if (passed >= 5 && world.fsx.fileSystems.get(idOf(fs)))
        world.fsx.fileSystems.remove(idOf(fs));
    });
    const waiting = world.steps.find(({ progress }) => progress.status === 'IN_PROGRESS');
    expect(waiting?.progress.message).toContain('aws fsx cancel-data-repository-task');
    expect(waiting?.progress.message).toContain(idOf(fs));
    // Not every ten seconds: a task takes minutes to hours.
    expect(world.fsx.requests.count('DeleteFileSystem')).toBeLessThanOrEqual(6);
  });

  test('that goes on is told before the time of the handler is over, not after', async () => {
    const fs = await created();
    world.fsx.fileSystems.startTask(idOf(fs));
    const { end, minutes } = await remove(fs);
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(end.message).toContain('data repository task');
    expect(end.message).toContain('aws fsx cancel-data-repository-task');
    expect(minutes).toBeGreaterThan(300);
    expect(minutes).toBeLessThan(360);
    expect(world.fsx.fileSystems.get(idOf(fs))?.Lifecycle).toBe('AVAILABLE');
  });

  test('is known in other words as well', async () => {
    const fs = await created();
    refuse('The file system has Data Repository Tasks that are in progress.', 3);
    expect((await remove(fs)).end).toMatchObject({ status: 'SUCCESS' });
  });
});

describe('what FSx refuses a deletion for today only', () => {
  const own = [{ Key: 'task', Value: 'x' }];
  const wishes: readonly Properties[] = [{}, { ...WISH, FinalBackupTags: own }];
  const refusals = [
    ['DataRepositoryTaskExecuting', 'Wait until the existing one has completed.'],
    ['BackupInProgress', 'Another backup is already under way.'],
    ['BadRequest', 'A backup of the file system is in progress.'],
    ['BadRequest', 'File system is being deleted.'],
    ['BadRequest', 'The file system is in the DELETING state.'],
  ] as const;

  test.each(refusals.flatMap(([code, message]) => wishes.map((wish) => [code, message, wish])))(
    '%s, "%s", with %j: it is asked for the same again',
    async (code, message, wish) => {
      const fs = await created();
      refuse(message as string, 3, code as string);
      const { end } = await remove({ ...fs, ...(wish as Properties) });
      expect(end).toMatchObject({ status: 'SUCCESS' });
      expect(asked()).toHaveLength(4);
      for (const configuration of asked())
        expect(configuration).toEqual({ SkipFinalBackup: true, ...(wish as Properties) });
    },
  );

  test('a tag of a final backup whose key is "task" is none of it', async () => {
    const fs = await created();
    refuse("The tag policy does not allow the value for the following tag key: 'task'.", 1);
    const { end, minutes } = await remove({ ...fs, ...WISH, FinalBackupTags: own });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(end.message).toContain('without FinalBackupTags');
    expect(minutes).toBeLessThan(30);
  });

  test('a deletion that FSx says is under way, but which does not show, is given up in time', async () => {
    const fs = await created();
    refuse('File system is being deleted.');
    const { end, minutes } = await remove(fs, undefined, punctual);
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
    expect(minutes).toBeLessThan(60);
  });
});

describe('a final backup that FSx will not make', () => {
  const WAYS_OUT = ['SkipFinalBackup', 'set SkipFinalBackup to true', 'update the stack'];

  /** [what stands in the way, the properties, how it comes about, what the message names] */
  const CASES: readonly (readonly [string, Properties, (id: string) => void, readonly string[]])[] =
    [
      [
        'an association made elsewhere',
        P1,
        (id) => {
          world.fsx.fileSystems.addAssociation(id);
        },
        ['S3-linked', 'describe-data-repository-associations', 'Fix the cause'],
      ],
      [
        'scratch',
        SCRATCH,
        () => undefined,
        ['does not back up SCRATCH_2', 'Copy the data that you need'],
      ],
      ['an S3 link', LINKED, () => undefined, ['s3://data', 'Copy the data that you need']],
      ...['FAILED', 'MISCONFIGURED', 'MISCONFIGURED_UNAVAILABLE'].map(
        (lifecycle) =>
          [
            lifecycle,
            P1,
            (id: string) => {
              world.fsx.fileSystems.change(id, { lifecycle, message: 'A disk broke.' });
            },
            [lifecycle, 'Fix the cause'],
          ] as const,
      ),
      [
        'a quota of backups',
        P1,
        () => {
          world.fsx.setWorld({ quotas: { userInitiatedBackups: 0 } });
        },
        ['TOTAL_USER_INITIATED_BACKUPS'],
      ],
      [
        'a missing permission',
        P1,
        () => {
          refuse('not authorized to perform: fsx:CreateBackup', 'always', 'AccessDeniedException');
        },
        ['fsx:CreateBackup'],
      ],
    ];

  test.each(CASES)(
    '%s: the file system stays, and the message says why and what to do',
    async (_, properties, happen, words) => {
      const fs = await created(properties);
      happen(idOf(fs));
      const { end, minutes } = await remove({ ...fs, ...WISH });
      expect(end.status).toBe('FAILED');
      expect(['InvalidRequest', 'ServiceLimitExceeded', 'AccessDenied']).toContain(end.errorCode);
      for (const word of [...words, ...WAYS_OUT, '--retain-resources', idOf(fs)])
        expect(end.message).toContain(word);
      expect(end.message?.length).toBeLessThanOrEqual(1024);
      expect(end.message).not.toContain('...');
      expect(minutes).toBeLessThan(5);
      expect(world.fsx.fileSystems.get(idOf(fs))).toBeDefined();
      for (const configuration of asked()) expect(configuration).toMatchObject(WISH);
    },
  );

  test.each(CASES)(
    '%s: the way out is one, by an update and then the deletion',
    async (name, properties, happen) => {
      const fs = await created(properties);
      happen(idOf(fs));
      const before = { ...properties, ...WISH, FileSystemId: fs.FileSystemId };
      const after = { ...properties, SkipFinalBackup: true };
      expect(await world.registry().update(after, before)).toMatchObject({ status: 'SUCCESS' });
      if (name === 'a missing permission') world.fsx.faults.clear();
      const { end } = await remove({ ...after, FileSystemId: fs.FileSystemId });
      expect(end).toMatchObject({ status: 'SUCCESS' });
      for (const configuration of asked()) expect(configuration ?? {}).not.toMatchObject(WISH);
    },
  );

  test('an association that is removed lets the deletion go on when it is tried again', async () => {
    const fs = await created();
    world.fsx.fileSystems.addAssociation(idOf(fs));
    expect((await remove({ ...fs, ...WISH })).end).toMatchObject({ status: 'FAILED' });
    world.fsx.fileSystems.removeAssociation(idOf(fs));
    const { end } = await remove({ ...fs, ...WISH });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(end.message).toMatch(/final backup is backup-0/);
  });

  test.each([
    ['', {}],
    [', whatever its tags are', { FinalBackupTags: [{ Key: 'aws:own', Value: 'x' }] }],
  ])(
    'a file system that is still being created holds nothing to back up, and the message says so%s',
    async (_, tags) => {
      let first: ProgressEvent | undefined;
      const registry = world.registry({
        invoke: async (event) => {
          first ??= await world.invoke(event);
          throw new Error('given up');
        },
      });
      await registry.create(P1).catch(() => undefined);
      const { end } = await remove({ ...first?.resourceModel, ...WISH, ...tags });
      expect(end).toMatchObject({ status: 'SUCCESS' });
      expect(end.message).toContain('still being created');
      expect(end.message).not.toContain('backup is made without');
      expect(asked()).toEqual([WISH, WISH, { SkipFinalBackup: true }]);
    },
  );

  test('a creation that has failed is deleted with the stack that is rolled back', async () => {
    world.fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem', message: 'No.' });
    let id: unknown;
    const registry = world.registry({
      observe: ({ progress }) => (id ??= progress.resourceModel?.FileSystemId),
    });
    expect(await registry.create({ ...P1, ...WISH })).toMatchObject({ status: 'FAILED' });
    const { end } = await remove({ ...P1, ...WISH, FileSystemId: id });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(world.fsx.fileSystems.all()).toEqual([]);
  });

  test('while the file system is being updated, FSx is asked again later', async () => {
    const fs = await created();
    world.fsx.clock.advance(7 * HOUR);
    let invoked: unknown;
    const registry = world.registry({
      invoke: async (event) => {
        invoked ??= await world.invoke(event);
        throw new Error('given up');
      },
    });
    await registry
      .update({ ...P1, StorageCapacity: 2400 }, { ...P1, ...fs })
      .catch(() => undefined);
    world.fsx.clock.advance(MINUTE);
    refuse('Another operation is in progress.', 5);
    const { end } = await remove({ ...fs, ...WISH });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    for (const configuration of asked()) expect(configuration).toEqual(WISH);
  });
});

describe('tags of the final backup that FSx would not take', () => {
  const tags = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ Key: `key${String(i)}`, Value: 'x' }));

  test.each<[string, unknown, string]>([
    ['no list', 'keep', 'FinalBackupTags'],
    ['a list of no tags', ['keep'], 'FinalBackupTags[0]'],
    ['a tag without a key', [{ Value: 'x' }], 'FinalBackupTags[0]'],
    ['a tag without a value', [{ Key: 'keep' }], 'FinalBackupTags[0]'],
    ['one of several', [...tags(2), { Key: 'aws:own', Value: 'x' }], 'reserved'],
    ['an empty key', [{ Key: '', Value: 'x' }], 'FinalBackupTags[0].Key'],
    ['a key that is too long', [{ Key: 'k'.repeat(129), Value: 'x' }], 'FinalBackupTags[0].Key'],
    ['a key twice', [...tags(1), ...tags(1)], 'more than once'],
    ['a character', [{ Key: 'keep', Value: 'a\u0000b' }], 'FinalBackupTags[0].Value'],
    ['too many', tags(51), '50'],
    ['a member that is none', [{ Key: 'a', Value: 'b', Color: 'red' }], 'Color'],
  ])(
    '%s: the backup is made without, and the message says so',
    async (_, FinalBackupTags, words) => {
      const fs = await created({
        ...P1,
        CopyTagsToBackups: true,
        Tags: [{ Key: 'own', Value: '1' }],
      });
      const { end } = await remove({ ...fs, ...WISH, FinalBackupTags });
      expect(end).toMatchObject({ status: 'SUCCESS' });
      expect(end.message).toContain('without FinalBackupTags');
      expect(end.message).toContain(words);
      expect(end.message).toMatch(/^The final backup is backup-0[0-9a-f]{16}\. /);
      expect(asked()).toEqual([WISH]);
      for (const { progress } of world.steps.filter(({ action }) => action === 'DELETE'))
        expect(progress.message).toContain(words);
    },
  );

  test('what FSx alone knows to be wrong: it is asked again without them, once', async () => {
    const fs = await created();
    refuse('Tag key not allowed in this account.', 1);
    const { end } = await remove({ ...fs, ...WISH, FinalBackupTags: tags(1) });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(end.message).toContain('Tag key not allowed in this account.');
    expect(asked()).toEqual([{ ...WISH, FinalBackupTags: tags(1) }, WISH]);
    const tokens = world.fsx.requests
      .of('DeleteFileSystem')
      .map(({ input }) => (input as Properties).ClientRequestToken);
    expect(new Set(tokens).size).toBe(2);
  });

  test('a refusal that is not about them comes back, with the ways out', async () => {
    const fs = await created();
    world.fsx.fileSystems.addAssociation(idOf(fs));
    const { end } = await remove({ ...fs, ...WISH, FinalBackupTags: tags(1) });
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(end.message).toContain('S3-linked');
    // Once more after a minute: what is wrong may not have been described yet.
    expect(asked()).toEqual([{ ...WISH, FinalBackupTags: tags(1) }, WISH, WISH]);
  });

  test('without a final backup nobody looks at them', async () => {
    const fs = await created();
    const { end } = await remove({ ...fs, FinalBackupTags: 'keep' });
    expect(end).toMatchObject({ status: 'SUCCESS', message: '' });
    expect(asked()).toEqual([{ SkipFinalBackup: true }]);
  });

  test('an empty list asks for none', async () => {
    const fs = await created();
    const { end } = await remove({ ...fs, ...WISH, FinalBackupTags: [] });
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(end.message).not.toContain('FinalBackupTags');
  });
});

test.each(['perhaps', [], { a: 1 }])(
  'whether a final backup is wanted must be readable: %j is refused before anything is deleted',
  async (SkipFinalBackup) => {
    const fs = await created();
    const { end } = await remove({ ...fs, SkipFinalBackup });
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(end.message).toContain('SkipFinalBackup');
    expect(asked()).toEqual([]);
  },
);

test('deletion goes through whatever the other properties hold', async () => {
  const fs = await created();
  const { end } = await remove({ ...fs, StorageCapacity: 'much', Tags: 'none', Colour: 'red' });
  expect(end).toMatchObject({ status: 'SUCCESS' });
});

describe('a state that nobody knows', () => {
  const UNKNOWN = ['REBALANCING', ''];
  const force = (fs: Properties, lifecycle: string | null) => {
    if (world.fsx.fileSystems.get(idOf(fs)))
      world.fsx.fileSystems.change(idOf(fs), { lifecycle, message: 'Bear with us.' });
  };

  test.each(UNKNOWN)('%j keeps no deletion waiting that FSx accepts', async (state) => {
    const fs = await created();
    force(fs, state);
    const { end, minutes } = await remove(fs);
    expect(end).toMatchObject({ status: 'SUCCESS' });
    expect(minutes).toBeLessThan(10);
  });

  test.each(UNKNOWN)('%j that FSx refuses a deletion in is waited for', async (state) => {
    const fs = await created();
    force(fs, state);
    refuse('Not in this state.', 3);
    expect((await remove(fs)).end).toMatchObject({ status: 'SUCCESS' });
  });

  test.each(UNKNOWN)('%j is not waited for for ever, and named', async (state) => {
    const fs = await created();
    force(fs, state);
    refuse('Not in this state.');
    const { end, minutes } = await remove(fs, undefined, punctual);
    expect(end).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    for (const word of ['Not in this state.', 'Bear with us.', state || 'without a state'])
      expect(end.message).toContain(word);
    expect(minutes).toBeLessThan(60);
  });

  test.each([...UNKNOWN, 'AVAILABLE', 'FAILED'])(
    'a deletion that FSx has accepted, but which leaves it %j, is given up in time',
    async (state) => {
      const fs = await created();
      const { end, minutes } = await remove(
        fs,
        () => {
          force(fs, state);
        },
        punctual,
      );
      expect(end).toMatchObject({ status: 'FAILED', errorCode: 'NotStabilized' });
      expect(end.message).toContain(state || 'without a state');
      expect(end.message).toContain('accepted');
      expect(minutes).toBeLessThan(60);
    },
  );
});
