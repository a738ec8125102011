/** What the user is told where FSx refuses, and which file systems are named. */
import type { FileSystem } from '@aws-sdk/client-fsx';
import { candidates, nameCandidates } from '../../src/actions/candidates';
import { remove } from '../../src/actions/delete';
import { paced } from '../../src/actions/pacing';
import { update } from '../../src/actions/update';
import type { HandlerError } from '../../src/handler-error';
import { described, fakeFsx, ID, PROPERTIES, refusal, requestTo, run } from './fake-fsx';

const always =
  (changes: Partial<FileSystem> = {}) =>
  () =>
    Promise.resolve(described(changes));

test('a deletion that is kept for its backup says that nothing was deleted, why, and the ways out', async () => {
  const fsx = fakeFsx({
    describe: always(),
    delete: () => Promise.reject(refusal('InvalidRequest', 'FSx DeleteFileSystem: No.')),
  });
  const desired = { FileSystemId: ID, SkipFinalBackup: 'false' };
  const { end } = await run(remove, requestTo(fsx, { desired }));
  expect((end as HandlerError).message).toBe(
    [
      `File system ${ID} was not deleted: SkipFinalBackup is false, and no final backup can be created.`,
      'FSx DeleteFileSystem: No.',
      `FSx does not back up a file system that has a data repository association; \`aws fsx describe-data-repository-associations --filters Name=file-system-id,Values=${ID}\` lists them.`,
      `Fix the cause and retry the deletion, or delete without a backup: set SkipFinalBackup to true in the template, update the stack, then delete. A stack in DELETE_FAILED cannot be updated: delete it with --retain-resources, then run \`aws fsx delete-file-system --file-system-id ${ID} --lustre-configuration SkipFinalBackup=true\`.`,
    ].join(' '),
  );
});

test.each([
  ['MISCONFIGURED', 'FSx can recover it: fix what FSx names, or contact AWS Support.'],
  ['MISCONFIGURED_UNAVAILABLE', 'FSx can recover it: fix what FSx names, or contact AWS Support.'],
  [
    'FAILED',
    'FSx cannot recover it: restore a backup to a new file system (BackupId), and delete this one.',
  ],
  ['AVAILABLE', undefined],
] as const)('an update that FSx refuses of a file system that is %s', async (Lifecycle, advice) => {
  const fsx = fakeFsx({
    describe: always({ Lifecycle }),
    update: () => Promise.reject(refusal('InvalidRequest')),
  });
  const desired = { ...PROPERTIES, DataCompressionType: 'LZ4' };
  const { end } = await run(update, requestTo(fsx, { desired }));
  const state = `File system ${ID} is ${Lifecycle}: FSx gives no details.`;
  expect((end as HandlerError).message).toBe(
    ['FSx UpdateFileSystem: No.', ...(advice ? [state, advice] : [])].join(' '),
  );
});

describe('file systems that a creation may have made', () => {
  const NOW = Date.UTC(2026, 10, 26);
  beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
  afterEach(() => jest.restoreAllMocks());

  const found = async (changes: Partial<FileSystem>, stackTags = {}, more = {}) => {
    const fileSystem = described({ CreationTime: new Date(NOW), ...changes });
    const fsx = fakeFsx({ page: () => Promise.resolve({ fileSystems: [fileSystem] }) });
    const desired = { ...PROPERTIES, FileSystemId: undefined, ...more };
    return (await candidates(requestTo(fsx, { desired, stackTags })))?.length;
  };

  test.each<[string, Partial<FileSystem>, number]>([
    ['an hour old', { CreationTime: new Date(NOW - 3_600_000) }, 1],
    ['older than an hour', { CreationTime: new Date(NOW - 3_600_001) }, 0],
    ['that is being deleted', { Lifecycle: 'DELETING' }, 0],
    ['that has failed', { Lifecycle: 'FAILED' }, 1],
    ['of another capacity', { StorageCapacity: 2400 }, 0],
    ['of another subnet', { SubnetIds: ['subnet-11111111'] }, 0],
    ['with tags beside', { Tags: [{ Key: 'a', Value: 'b' }] }, 1],
  ])('one %s', async (_, changes, count) => {
    expect(await found(changes)).toBe(count);
  });

  test('one has all tags that were asked for', async () => {
    const Tags = [{ Key: 'a', Value: 'b' }];
    expect(await found({ Tags }, { a: 'b' })).toBe(1);
    expect(await found({ Tags }, { a: 'c' })).toBe(0);
    expect(await found({}, { a: 'b' })).toBe(0);
    expect(await found({ Tags: [{ Key: 'c', Value: 'b' }] }, { a: 'b' })).toBe(0);
  });

  test('one may have what FSx never describes', async () => {
    const unseen = { SecurityGroupIds: ['sg-01234567'], SkipFinalBackup: 'false' };
    expect(await found({}, {}, unseen)).toBe(1);
    expect(await found({}, {}, { ...unseen, KmsKeyId: 'alias/a' })).toBe(0);
  });

  test('an error that is not one of FSx is none of this', async () => {
    const bug = new TypeError('a bug');
    await expect(candidates(requestTo(fakeFsx({ page: () => Promise.reject(bug) })))).rejects.toBe(bug); // oxfmt-ignore
  });

  test('are looked for on twenty pages', async () => {
    let pages = 0;
    const fsx = fakeFsx({
      page: () => Promise.resolve({ fileSystems: [], nextToken: String((pages += 1)) }),
    });
    expect(await candidates(requestTo(fsx))).toEqual([]);
    expect(pages).toBe(20);
  });

  test('are told from the pages before one that fails', async () => {
    const fileSystems = [described({ CreationTime: new Date(NOW) })];
    const answers = [{ fileSystems, nextToken: '1' }];
    const fsx = fakeFsx({
      page: () => {
        const answer = answers.shift();
        return answer ? Promise.resolve(answer) : Promise.reject(refusal('Throttling'));
      },
    });
    expect(await candidates(requestTo(fsx))).toHaveLength(1);
    expect(await candidates(requestTo(fsx))).toBeUndefined();
  });

  test.each([
    [4, ''],
    [5, ' and 1 more'],
    [7, ' and 3 more'],
  ])('of %i, four are named', (count, rest) => {
    const all = Array.from({ length: count }, (_, i) => ({
      FileSystemId: `fs-0000000${String(i)}`,
    }));
    expect(nameCandidates(all)).toBe(
      `These file systems have the properties and tags of this resource and may have been created for it: fs-00000000, fs-00000001, fs-00000002, fs-00000003${rest}. If no stack uses one, delete it with \`aws fsx delete-file-system --file-system-id ID\`.`,
    );
  });
});

describe('the pace', () => {
  const outcome = (waited: number, delaySeconds: number) => ({
    status: 'IN_PROGRESS' as const,
    model: {},
    message: '',
    callback: { waited },
    delaySeconds,
  });
  const pace = (
    wasThrottled: boolean,
    callback: { pace?: number; throttledFrom?: number } = {},
    delay = 10,
  ) => {
    const request = requestTo(fakeFsx({ wasThrottled }), { callback });
    return paced(outcome(10, delay), request) as ReturnType<typeof outcome> & {
      callback: { pace?: number; throttledFrom?: number };
    };
  };

  test.each([
    ['triples where FSx throttles', true, 0, 30],
    ['triples again', true, 30, 90],
    ['is three minutes at most', true, 90, 180],
    ['stays there', true, 180, 180],
    ['shrinks by a tenth where it does not', false, 180, 162],
    ['shrinks to whole seconds', false, 35, 32],
    ['ends where the operation waits longer', false, 11, undefined],
  ])('%s', (_, wasThrottled, before, after) => {
    expect(pace(wasThrottled, { pace: before }).callback.pace).toBe(after);
  });

  test('is waited for after the shortest duration of the operation, of which nothing is asked before', () => {
    const request = requestTo(fakeFsx({ wasThrottled: true }));
    const slow = (waited: number) =>
      (paced(outcome(waited, 10), request, 240) as ReturnType<typeof outcome>).delaySeconds;
    // Three times 10 seconds by a quarter more or less, after what remains of 240 seconds. `waited` has the 10 seconds.
    const remaining = { 10: 240, 100: 150, 250: 0, 400: 0 };
    for (const [waited, rest] of Object.entries(remaining)) {
      expect(slow(Number(waited))).toBeGreaterThanOrEqual(rest + 22);
      expect(slow(Number(waited))).toBeLessThanOrEqual(rest + 38);
    }
  });

  test('differs from stack to stack, over the whole range', () => {
    const delays = Array.from({ length: 200 }, (_, stack) => {
      const request = requestTo(fakeFsx({ wasThrottled: true }), { token: `stack ${stack}` });
      return (paced(outcome(100, 100), request) as ReturnType<typeof outcome>).delaySeconds;
    });
    // 180 seconds by a quarter more or less.
    const shares = [135, 150, 165, 180, 195, 210].map(
      (from) => delays.filter((delay) => delay >= from && delay < from + 15).length,
    );
    expect(shares.filter((share) => share < 15)).toEqual([]);
  });

  test('is waited for by a quarter more or less, and counted', () => {
    const { callback, delaySeconds } = pace(true, { pace: 90 });
    expect(delaySeconds).toBeGreaterThanOrEqual(135);
    expect(delaySeconds).toBeLessThanOrEqual(225);
    expect((callback as { waited: number }).waited).toBe(10 + delaySeconds - 10);
  });

  test('has a beginning as long as FSx throttles', () => {
    expect(pace(true).callback.throttledFrom).toBe(10);
    expect(pace(true, { throttledFrom: 3 }).callback.throttledFrom).toBe(3);
    expect(pace(false, { throttledFrom: 3 }).callback.throttledFrom).toBeUndefined();
  });
});
