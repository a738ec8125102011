import * as commandsOfSdk from '@aws-sdk/client-fsx';
import type { LocalFsx } from '../../local/fsx/server';
import { OPERATIONS, UNMODELED } from '../../local/fsx/api/shapes';
import {
  ACCEPTED_CREATIONS,
  DESCRIPTIONS,
  EMPTY_LISTS,
  LINKS,
  REFUSED_COPIES,
  REFUSED_CREATIONS,
  REFUSED_DELETIONS,
  REFUSED_LINKS,
  REFUSED_RESTORES,
  REFUSED_TASKS,
  REFUSED_UPDATES,
  S3_BACKUP,
  TASKS,
  UPDATES,
  updateOf,
  type Input,
} from './fsx-conformance-table';
import {
  call,
  closeAll,
  LINKED,
  lustre,
  manualFsx,
  MINUTE,
  PERSISTENT_1,
  PERSISTENT_2,
  post,
  SCRATCH_2,
  SUBNET,
  TIERING,
  top,
  type Answer,
} from './support';

/** The behaviors of the table, and those that take more than one request to show. */
let fsx: LocalFsx;
beforeAll(async () => {
  fsx = await manualFsx();
});
afterAll(closeAll);

describe('creations that FSx accepts', () => {
  test.each(ACCEPTED_CREATIONS)('%s (%s)', async (_, __, input) => {
    const answer = await call(fsx, 'CreateFileSystem', input);
    expect(answer.body).toMatchObject({ FileSystem: { Lifecycle: 'CREATING' } });
    expect(answer.status).toBe(200);
  });
});

function expectRefusal(answer: Answer, error: string, message: string | RegExp): void {
  expect(answer.body.__type).toBe(error);
  expect(answer.headers['x-amzn-errortype']).toBe(error);
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.status).toBe(400);
  const text = String(answer.body.Message);
  expect(text.length).toBeLessThanOrEqual(256);
  if (typeof message === 'string') expect(text).toBe(message);
  else expect(text).toMatch(message);
}

describe('creations that FSx refuses', () => {
  test.each(REFUSED_CREATIONS)('%s (%s)', async (_, __, input, error, message) => {
    const before = fsx.fileSystems.all().length;
    expectRefusal(await call(fsx, 'CreateFileSystem', input), error, message);
    expect(fsx.fileSystems.all()).toHaveLength(before);
  });

  test('which member is wrong is told where the error has a place for it', async () => {
    const group = 'sg-00000000000000404';
    const unknown = await call(
      fsx,
      'CreateFileSystem',
      top(SCRATCH_2, { SecurityGroupIds: [group] }),
    );
    expect(unknown.body.InvalidSecurityGroupId).toBe(group);
    const subnet = 'subnet-00000000000000404';
    const missing = await call(fsx, 'CreateFileSystem', top(SCRATCH_2, { SubnetIds: [subnet] }));
    expect(missing.body.InvalidSubnetId).toBe(subnet);
    const drive = await call(
      fsx,
      'CreateFileSystem',
      lustre(SCRATCH_2, { DriveCacheType: 'NONE' }),
    );
    expect(drive.body.Parameter).toBe('DriveCacheType');
  });
});

async function available(input: object): Promise<string> {
  const answer = await call(fsx, 'CreateFileSystem', input);
  fsx.clock.advance(7 * MINUTE);
  return (answer.body.FileSystem as { FileSystemId: string }).FileSystemId;
}

describe('updates that FSx refuses', () => {
  test.each(REFUSED_UPDATES)('%s (%s)', async (_, __, input, update, error, message) => {
    const id = await available(input);
    const before = fsx.fileSystems.get(id);
    expect(before?.Lifecycle).toBe('AVAILABLE');
    const answer = await call(fsx, 'UpdateFileSystem', { FileSystemId: id, ...update });
    expectRefusal(answer, error, message);
    expect(fsx.fileSystems.get(id)).toEqual(before);
  });
});

const typesOf = (fileSystem: unknown): string[] =>
  (
    fileSystem as { AdministrativeActions: { AdministrativeActionType: string }[] }
  ).AdministrativeActions.map((action) => action.AdministrativeActionType);

describe('what FSx describes', () => {
  test.each(DESCRIPTIONS)('%s (%s)', async (_, __, input, shown, absent) => {
    const described = fsx.fileSystems.get(await available(input))?.LustreConfiguration;
    expect(described).toMatchObject(shown);
    for (const name of absent) expect(described).not.toHaveProperty(name);
  });
});

describe('updates that FSx carries out', () => {
  test.each(UPDATES)('%s (%s)', async (_, __, input, update, result) => {
    const id = await available(input);
    const before = fsx.fileSystems.get(id);
    const answer = await call(fsx, 'UpdateFileSystem', { FileSystemId: id, ...update });
    const { AdministrativeActions: actions } = answer.body.FileSystem as {
      AdministrativeActions: object[];
    };
    expect(actions[0]).toMatchObject({
      AdministrativeActionType: 'FILE_SYSTEM_UPDATE',
      Status: 'PENDING',
    });
    expect(fsx.fileSystems.get(id)).toEqual(before);
    fsx.clock.advance(33 * MINUTE);
    expect(fsx.fileSystems.get(id)).toMatchObject({ Lifecycle: 'AVAILABLE', ...result });
  });

  test('what is already so is no action (applied)', async () => {
    const id = await available(PERSISTENT_1);
    const update = updateOf({ DataCompressionType: 'NONE', PerUnitStorageThroughput: 50 });
    const answer = await call(fsx, 'UpdateFileSystem', { FileSystemId: id, ...update });
    expect(answer.status).toBe(200);
    expect(answer.body.FileSystem).not.toHaveProperty('AdministrativeActions');
  });

  test('an update is idempotent by its token (reference)', async () => {
    const id = await available(SCRATCH_2);
    const update = { FileSystemId: id, StorageCapacity: 2400, ClientRequestToken: 'again' };
    for (let count = 0; count < 2; count += 1) {
      const { body } = await call(fsx, 'UpdateFileSystem', update);
      expect(typesOf(body.FileSystem)).toEqual(['FILE_SYSTEM_UPDATE', 'STORAGE_OPTIMIZATION']);
    }
    fsx.clock.advance(MINUTE);
    expect(typesOf(fsx.fileSystems.get(id))).toHaveLength(2);
    const other = await call(fsx, 'UpdateFileSystem', { ...update, StorageCapacity: 4800 });
    expectRefusal(other, 'IncompatibleParameterError', /StorageCapacity/);
  });
});

describe('states in which FSx refuses', () => {
  test('an update while CREATING, FAILED or DELETING', async () => {
    const { body } = await call(fsx, 'CreateFileSystem', SCRATCH_2);
    const { FileSystemId: id } = body.FileSystem as { FileSystemId: string };
    const update = { FileSystemId: id, StorageCapacity: 2400 };
    expectRefusal(await call(fsx, 'UpdateFileSystem', update), 'BadRequest', /CREATING/);
    fsx.clock.advance(7 * MINUTE);
    fsx.fileSystems.change(id, { lifecycle: 'FAILED', message: 'A disk broke.' });
    expectRefusal(await call(fsx, 'UpdateFileSystem', update), 'BadRequest', /FAILED/);
    await call(fsx, 'DeleteFileSystem', { FileSystemId: id });
    expectRefusal(await call(fsx, 'UpdateFileSystem', update), 'BadRequest', /DELETING/);
  });
});

describe('a state that was forced on a file system', () => {
  const update = { LustreConfiguration: { DataCompressionType: 'LZ4' } };

  test('may be one that FSx does not have today, or none', async () => {
    const id = await available(SCRATCH_2);
    fsx.fileSystems.change(id, { lifecycle: 'REBALANCING' });
    expect(fsx.fileSystems.get(id)?.Lifecycle).toBe('REBALANCING');
    fsx.fileSystems.change(id, { lifecycle: '' });
    expect(fsx.fileSystems.get(id)).not.toHaveProperty('Lifecycle');
  });

  test('takes updates where it is told to', async () => {
    const id = await available(SCRATCH_2);
    fsx.fileSystems.change(id, { lifecycle: 'MISCONFIGURED' });
    const refused = await call(fsx, 'UpdateFileSystem', { FileSystemId: id, ...update });
    expectRefusal(refused, 'BadRequest', /MISCONFIGURED/);
    fsx.fileSystems.change(id, { lifecycle: 'MISCONFIGURED', updatable: true });
    await call(fsx, 'UpdateFileSystem', { FileSystemId: id, ...update });
    fsx.clock.advance(MINUTE);
    expect(fsx.fileSystems.get(id)).toMatchObject({ Lifecycle: 'MISCONFIGURED', ...update });
  });

  test('ends with the deletion, unless it is forced again', async () => {
    const id = await available(SCRATCH_2);
    fsx.fileSystems.change(id, { lifecycle: 'FAILED' });
    await call(fsx, 'DeleteFileSystem', { FileSystemId: id });
    expect(fsx.fileSystems.get(id)?.Lifecycle).toBe('DELETING');
    fsx.fileSystems.change(id, { lifecycle: 'REBALANCING' });
    fsx.clock.advance(60 * MINUTE);
    expect(fsx.fileSystems.get(id)?.Lifecycle).toBe('REBALANCING');
    fsx.fileSystems.change(id, { lifecycle: null });
    expect(fsx.fileSystems.get(id)).toBeUndefined();
  });
});

test('what has a data repository association is not backed up, nor are its backup settings changed', async () => {
  const id = await available(PERSISTENT_2);
  fsx.fileSystems.addAssociation(id);
  for (const answer of [
    await call(fsx, 'CreateBackup', { FileSystemId: id }),
    await call(fsx, 'UpdateFileSystem', {
      FileSystemId: id,
      LustreConfiguration: { AutomaticBackupRetentionDays: 0 },
    }),
    await call(fsx, 'DeleteFileSystem', {
      FileSystemId: id,
      LustreConfiguration: { SkipFinalBackup: false },
    }),
  ])
    expectRefusal(answer, 'BadRequest', /S3-linked/);
  fsx.fileSystems.removeAssociation(id);
  const { body } = await call(fsx, 'CreateBackup', { FileSystemId: id });
  expect(body).toHaveProperty('Backup');
});

describe('the size of a read cache', () => {
  const cache = (SizeGiB: number) => ({ SizingMode: 'USER_PROVISIONED', SizeGiB });
  const resize = (id: string, DataReadCacheConfiguration: object) =>
    call(fsx, 'UpdateFileSystem', {
      FileSystemId: id,
      ...updateOf({ DataReadCacheConfiguration }),
    });

  test('changes by 10 percent or more, once every six hours', async () => {
    const id = await available(TIERING);
    expect((await resize(id, cache(352))).status).toBe(200);
    fsx.clock.advance(6 * 60 * MINUTE - 1);
    expectRefusal(await resize(id, cache(640)), 'BadRequest', /only once every six hours/);
    fsx.clock.advance(1);
    expect((await resize(id, cache(64))).status).toBe(200);
  });

  test('a cache is removed and added at any time', async () => {
    const id = await available(TIERING);
    for (const each of [cache(640), { SizingMode: 'NO_CACHE' }, cache(641)]) {
      expect((await resize(id, each)).status).toBe(200);
      fsx.clock.advance(MINUTE);
    }
    expectRefusal(await resize(id, cache(64)), 'BadRequest', /only once every six hours/);
  });

  test('the same size is no change', async () => {
    const id = await available(TIERING);
    expect((await resize(id, cache(640))).status).toBe(200);
    fsx.clock.advance(MINUTE);
    expect((await resize(id, cache(640))).status).toBe(200);
  });
});

describe('deletions that FSx refuses', () => {
  const backup = { SkipFinalBackup: false };
  test.each(REFUSED_DELETIONS)('%s (%s)', async (_, __, input, configuration, message) => {
    const id = await available(input);
    const answer = await call(fsx, 'DeleteFileSystem', {
      FileSystemId: id,
      LustreConfiguration: configuration,
    });
    expectRefusal(answer, 'BadRequest', message);
    expect(fsx.fileSystems.get(id)?.Lifecycle).toBe('AVAILABLE');
  });

  test('a final backup is not the default, and its tags may be those of the file system', async () => {
    const plain = await available(PERSISTENT_2);
    const { body } = await call(fsx, 'DeleteFileSystem', {
      FileSystemId: plain,
      LustreConfiguration: {},
    });
    expect(body).toEqual({ FileSystemId: plain, Lifecycle: 'DELETING' });
    const copying = await available(
      lustre(top(PERSISTENT_2, { Tags: [{ Key: 'a', Value: 'b' }] }), { CopyTagsToBackups: true }),
    );
    const deletion = { FileSystemId: copying, LustreConfiguration: backup };
    expect((await call(fsx, 'DeleteFileSystem', deletion)).body.LustreResponse).toEqual({
      FinalBackupId: expect.any(String) as string,
      FinalBackupTags: [{ Key: 'a', Value: 'b' }],
    });
  });
});

describe('backups and restores that FSx refuses', () => {
  const restore = async (changes: Input) => {
    const id = await available(top(PERSISTENT_2, { FileSystemTypeVersion: '2.15' }));
    const { body } = await call(fsx, 'CreateBackup', { FileSystemId: id });
    const { BackupId } = body.Backup as { BackupId: string };
    fsx.clock.advance(10 * MINUTE);
    const input = { BackupId, SubnetIds: [SUBNET], ...changes };
    return call(fsx, 'CreateFileSystemFromBackup', input);
  };
  test.each(REFUSED_RESTORES)('%s (%s)', async (_, __, changes, error, message) => {
    expectRefusal(await restore(changes), error, message);
  });

  test('backups of scratch and linked file systems, and a second one at a time', async () => {
    const backup = async (id: string) => call(fsx, 'CreateBackup', { FileSystemId: id });
    expectRefusal(await backup(await available(SCRATCH_2)), 'BadRequest', /SCRATCH_2/);
    expectRefusal(await backup(await available(LINKED)), 'BadRequest', S3_BACKUP);
    const id = await available(PERSISTENT_1);
    expect((await backup(id)).status).toBe(200);
    expectRefusal(await backup(id), 'BackupInProgress', /already under way/);
    expectRefusal(await backup('fs-01234567'), 'FileSystemNotFound', /fs-01234567/);
  });
});

describe('data repository associations', () => {
  const link = (FileSystemId: string, input: Input) =>
    call(fsx, 'CreateDataRepositoryAssociation', { FileSystemId, ...input });

  test.each(LINKS)('%s has one (%s)', async (_, __, input, members) => {
    const { body } = await link(await available(input), members);
    expect(body).toMatchObject({ Association: { Lifecycle: 'CREATING', ...members } });
  });

  test.each(REFUSED_LINKS)('with %s there is none (%s)', async (_, __, input, members, message) => {
    const id = await available(input);
    expectRefusal(await link(id, members), 'BadRequest', message);
    expect(fsx.fileSystems.get(id)?.Associations).toBe(0);
  });

  const linked = async () => {
    const id = await available(PERSISTENT_2);
    await link(id, { FileSystemPath: '/data', DataRepositoryPath: 's3://bucket/data' });
    fsx.clock.advance(3 * MINUTE);
    return id;
  };
  test.each(TASKS)('and a task: %s (%s)', async (_, __, members) => {
    const FileSystemId = await linked();
    const { body } = await call(fsx, 'CreateDataRepositoryTask', { FileSystemId, ...members });
    expect(body).toMatchObject({ DataRepositoryTask: { Lifecycle: 'PENDING', ...members } });
  });

  test.each(REFUSED_TASKS)('and no task: %s (%s)', async (_, __, members, message) => {
    const FileSystemId = await linked();
    const answer = await call(fsx, 'CreateDataRepositoryTask', { FileSystemId, ...members });
    expectRefusal(answer, 'BadRequest', message);
    expect(fsx.fileSystems.get(FileSystemId)?.Tasks).toBe(0);
  });
});

describe('copies of backups', () => {
  const backedUp = async (input: object = PERSISTENT_1) => {
    const id = await available(input);
    const { body } = await call(fsx, 'CreateBackup', {
      FileSystemId: id,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '1' },
      ],
    });
    return (body.Backup as { BackupId: string }).BackupId;
  };
  const copy = (SourceBackupId: string, members: Input = {}) =>
    call(fsx, 'CopyBackup', { SourceBackupId, ...members });
  const stateOf = async (id: string) => {
    const { body } = await call(fsx, 'DescribeBackups', { BackupIds: [id] });
    return (body.Backups as { Lifecycle: string }[])[0]?.Lifecycle;
  };
  const idIn = (answer: Answer) => (answer.body.Backup as { BackupId: string }).BackupId;

  test.each(REFUSED_COPIES)('%s (%s)', async (_, __, members, error, message) => {
    const id = await backedUp();
    fsx.clock.advance(10 * MINUTE);
    expectRefusal(await copy(id, members), error, message);
  });

  test('a backup that is not AVAILABLE (reference), or of INTELLIGENT_TIERING (guide)', async () => {
    const id = await backedUp();
    const early = await copy(id);
    expectRefusal(early, 'SourceBackupUnavailable', /isn't AVAILABLE/);
    expect(early.body.BackupId).toBe(id);
    const tiering = await backedUp(TIERING);
    fsx.clock.advance(10 * MINUTE);
    expectRefusal(await copy(tiering), 'UnsupportedOperation', /Intelligent-Tiering/);
  });

  test('COPYING, then AVAILABLE; its source is not deleted before, and for a moment (guide)', async () => {
    const id = await backedUp();
    fsx.clock.advance(10 * MINUTE);
    const made = await copy(id, { CopyTags: true, Tags: [{ Key: 'b', Value: '2' }] });
    expect(made.body.Backup).toMatchObject({
      Lifecycle: 'COPYING',
      Type: 'USER_INITIATED',
      SourceBackupId: id,
      SourceBackupRegion: 'us-east-1',
      FileSystem: { StorageCapacity: 1200 },
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    const copied = idIn(made);
    const remove = (BackupId: string) => call(fsx, 'DeleteBackup', { BackupId });
    expectRefusal(await remove(id), 'BackupBeingCopied', /being copied/);
    expectRefusal(await remove(copied), 'BackupInProgress', /being created/);
    fsx.clock.advance(10 * MINUTE);
    expect(await stateOf(copied)).toBe('AVAILABLE');
    expectRefusal(await remove(id), 'BackupBeingCopied', /being copied/);
    fsx.clock.advance(MINUTE);
    expect((await remove(id)).body).toMatchObject({ Lifecycle: 'DELETED' });
    const restore = await call(fsx, 'CreateFileSystemFromBackup', {
      BackupId: copied,
      SubnetIds: [SUBNET],
    });
    expect(restore.body).toHaveProperty('FileSystem');
    expectRefusal(await remove(copied), 'BackupRestoring', /to restore a file system/);
  });

  test('five at a time, and none beyond the quota of backups (guide)', async () => {
    const limited = await manualFsx({ backups: true });
    const copies = () =>
      call(limited, 'CopyBackup', { SourceBackupId: 'backup-00000000000000001' });
    for (let count = 0; count < 5; count += 1) expect((await copies()).status).toBe(200);
    const sixth = await copies();
    expectRefusal(sixth, 'ServiceLimitExceeded', /at most 5/);
    expect(sixth.body.Limit).toBe('TOTAL_IN_PROGRESS_COPY_BACKUPS');
    limited.clock.advance(10 * MINUTE);
    limited.setWorld({ quotas: { userInitiatedBackups: 8 } });
    expect((await copies()).body).toMatchObject({ Limit: 'TOTAL_USER_INITIATED_BACKUPS' });
  });

  test('a token gives the same copy (reference)', async () => {
    const id = await backedUp();
    fsx.clock.advance(10 * MINUTE);
    const token = { ClientRequestToken: 'copy-once' };
    expect(idIn(await copy(id, token))).toBe(idIn(await copy(id, token)));
    const other = await copy(id, { ...token, CopyTags: true });
    expectRefusal(other, 'IncompatibleParameterError', /CopyTags/);
  });
});

describe('a growth and a backup of the same file system (guide)', () => {
  const grow = (id: string) =>
    call(fsx, 'UpdateFileSystem', { FileSystemId: id, StorageCapacity: 2400 });
  const backUp = async (id: string) => {
    const { body } = await call(fsx, 'CreateBackup', { FileSystemId: id });
    return (body.Backup as { BackupId: string }).BackupId;
  };
  const states = async (id: string, backup: string) => {
    const { body } = await call(fsx, 'DescribeBackups', { BackupIds: [backup] });
    const { Lifecycle, AdministrativeActions: [action] = [] } = fsx.fileSystems.get(id) ?? {};
    return [Lifecycle, action?.Status, (body.Backups as { Lifecycle: string }[])[0]?.Lifecycle];
  };

  test('the backup waits until the growth is optimizing', async () => {
    const id = await available(PERSISTENT_1);
    await grow(id);
    fsx.clock.advance(MINUTE);
    const backup = await backUp(id);
    expect(await states(id, backup)).toEqual(['UPDATING', 'IN_PROGRESS', 'PENDING']);
    fsx.clock.advance(31 * MINUTE - 1);
    expect(await states(id, backup)).toEqual(['UPDATING', 'IN_PROGRESS', 'PENDING']);
    fsx.clock.advance(MINUTE);
    expect(await states(id, backup)).toEqual(['AVAILABLE', 'UPDATED_OPTIMIZING', 'CREATING']);
    fsx.clock.advance(10 * MINUTE);
    expect(await states(id, backup)).toEqual(['AVAILABLE', 'UPDATED_OPTIMIZING', 'AVAILABLE']);
  });

  test('the growth waits until the backup is transferred, and the file system is AVAILABLE meanwhile', async () => {
    const id = await available(PERSISTENT_1);
    const backup = await backUp(id);
    fsx.clock.advance(30_000);
    await grow(id);
    fsx.clock.advance(29_999);
    expect(await states(id, backup)).toEqual(['AVAILABLE', 'PENDING', 'CREATING']);
    fsx.clock.advance(1);
    expect(await states(id, backup)).toEqual(['UPDATING', 'PENDING', 'TRANSFERRING']);
    fsx.clock.advance(20_000);
    expect(await states(id, backup)).toEqual(['UPDATING', 'IN_PROGRESS', 'TRANSFERRING']);
    fsx.clock.advance(32 * MINUTE);
    expect(fsx.fileSystems.get(id)?.StorageCapacity).toBe(2400);
  });

  test('where both are pending, the growth waits for all of the backup', async () => {
    const id = await available(PERSISTENT_1);
    await grow(id);
    fsx.clock.advance(10_000);
    const backup = await backUp(id);
    fsx.clock.advance(10 * MINUTE - 1);
    expect(await states(id, backup)).toEqual(['AVAILABLE', 'PENDING', 'TRANSFERRING']);
    fsx.clock.advance(MINUTE);
    expect(await states(id, backup)).toEqual(['UPDATING', 'IN_PROGRESS', 'AVAILABLE']);
    fsx.clock.advance(32 * MINUTE);
    expect(fsx.fileSystems.get(id)).toMatchObject({
      Lifecycle: 'AVAILABLE',
      StorageCapacity: 2400,
    });
  });

  test('a final backup waits too, and the deletion for it', async () => {
    const id = await available(PERSISTENT_1);
    await grow(id);
    fsx.clock.advance(MINUTE);
    const { body } = await call(fsx, 'DeleteFileSystem', {
      FileSystemId: id,
      LustreConfiguration: { SkipFinalBackup: false },
    });
    const { FinalBackupId: backup } = body.LustreResponse as { FinalBackupId: string };
    fsx.clock.advance(31 * MINUTE + 12 * MINUTE - 1);
    expect(await states(id, backup)).toEqual(['DELETING', 'UPDATED_OPTIMIZING', 'AVAILABLE']);
    fsx.clock.advance(1);
    expect(fsx.fileSystems.get(id)).toBeUndefined();
  });

  test('a growth has two actions of one time, and the optimization is gone when it is done', async () => {
    const id = await available(PERSISTENT_1);
    await grow(id);
    const actions = () => fsx.fileSystems.get(id)?.AdministrativeActions ?? [];
    const seen: string[][] = [];
    for (const wait of [MINUTE, 31 * MINUTE, 60 * MINUTE]) {
      fsx.clock.advance(wait);
      seen.push(actions().map(({ Status: status }) => status));
      expect(new Set(actions().map(({ RequestTime: time }) => time)).size).toBe(1);
    }
    expect(seen).toEqual([
      ['IN_PROGRESS', 'PENDING'],
      ['UPDATED_OPTIMIZING', 'IN_PROGRESS'],
      ['COMPLETED'],
    ]);
  });

  test('a change of the tier waits for nothing, and passes UPDATED_OPTIMIZING', async () => {
    const id = await available(PERSISTENT_2);
    const backup = await backUp(id);
    await call(fsx, 'UpdateFileSystem', {
      FileSystemId: id,
      ...updateOf({ PerUnitStorageThroughput: 250 }),
    });
    fsx.clock.advance(20 * MINUTE);
    expect(await states(id, backup)).toEqual(['AVAILABLE', 'UPDATED_OPTIMIZING', 'AVAILABLE']);
    expect(fsx.fileSystems.get(id)?.LustreConfiguration?.PerUnitStorageThroughput).toBe(250);
    expect(typesOf(fsx.fileSystems.get(id))).toEqual(['FILE_SYSTEM_UPDATE']);
    fsx.clock.advance(60 * MINUTE);
    expect(await states(id, backup)).toEqual(['AVAILABLE', 'COMPLETED', 'AVAILABLE']);
  });
});

test('an update shows as late as the world says, or at once', async () => {
  const id = await available(PERSISTENT_1);
  const shown = () => fsx.fileSystems.get(id)?.AdministrativeActions?.length ?? 0;
  fsx.setWorld({ hiddenUpdateSeconds: 60 });
  await call(fsx, 'UpdateFileSystem', {
    FileSystemId: id,
    ...updateOf({ DataCompressionType: 'LZ4' }),
  });
  fsx.clock.advance(59_999);
  expect(shown()).toBe(0);
  fsx.clock.advance(1);
  expect(shown()).toBe(1);
  fsx.setWorld({ hiddenUpdateSeconds: 0 });
  await call(fsx, 'UpdateFileSystem', {
    FileSystemId: id,
    ...updateOf({ DataCompressionType: 'NONE' }),
  });
  expect(shown()).toBe(2);
  fsx.setWorld({ hiddenUpdateSeconds: 4 });
});

test("AWS's own tags are neither looked at nor counted", async () => {
  const id = await available(SCRATCH_2);
  const ResourceARN = fsx.fileSystems.get(id)?.ResourceARN;
  fsx.fileSystems.change(id, {
    tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'x' }],
  });
  const keys = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ Key: `k${from + index}`, Value: '' }));
  const tag = (Tags: object[]) => call(fsx, 'TagResource', { ResourceARN, Tags });
  expect((await tag(keys(0, 50))).status).toBe(200);
  expectRefusal(await tag(keys(50, 1)), 'BadRequest', /at most 50 tags/);
  expectRefusal(await tag([{ Key: 'aws:a', Value: '' }]), 'BadRequest', /reserved/);
  expect(fsx.fileSystems.get(id)?.Tags).toHaveLength(51);
});

describe('what other types have', () => {
  test.each(EMPTY_LISTS)('%s lists none (%s)', async (operation, _, list, byId, error) => {
    expect((await call(fsx, operation, {})).body).toEqual({ [list]: [] });
    expectRefusal(await call(fsx, operation, byId), error, /does not exist\.$/);
  });

  test('the shared VPC configuration is off, and aliases are of Windows (reference)', async () => {
    const { body } = await call(fsx, 'DescribeSharedVpcConfiguration', {});
    expect(body).toEqual({ EnableFsxRouteTableUpdatesFromParticipantAccounts: 'false' });
    const aliases = (FileSystemId: string) =>
      call(fsx, 'DescribeFileSystemAliases', { FileSystemId });
    const fresh = await manualFsx();
    const { body: all } = await call(fresh, 'DescribeFileSystems', {});
    const windows = (all.FileSystems as { FileSystemId: string; FileSystemType: string }[]).find(
      ({ FileSystemType: type }) => type === 'WINDOWS',
    );
    const ofWindows = await call(fresh, 'DescribeFileSystemAliases', {
      FileSystemId: windows?.FileSystemId,
    });
    expect(ofWindows.body).toEqual({ Aliases: [] });
    expectRefusal(await aliases(await available(SCRATCH_2)), 'BadRequest', /WINDOWS/);
    expectRefusal(await aliases('fs-01234567'), 'FileSystemNotFound', /fs-01234567/);
  });

  test('what is not modeled says so, with what is; a typing error does not', async () => {
    const { body, status } = await call(fsx, 'CreateVolume', {});
    expect({ status, type: body.__type }).toEqual({
      status: 400,
      type: 'UnknownOperationException',
    });
    expect(body.message).toMatch(/^The local FSx does not model CreateVolume\. It models /);
    for (const operation of OPERATIONS) expect(body.message).toContain(operation);
    const typing = await call(fsx, 'CreateFilesystem', {});
    expect(typing.body.message).toMatch(/^Unknown: .*CreateFilesystem$/);
  });

  test('every operation of the SDK is modeled, or said not to be', () => {
    const commands = Object.keys(commandsOfSdk)
      .filter((name) => /^[A-Z].*Command$/.test(name))
      .map((name) => name.replace(/Command$/, ''));
    expect([...OPERATIONS, ...UNMODELED].sort()).toEqual(expect.arrayContaining(commands));
    expect(commands.length).toBeGreaterThan(40);
  });
});

describe('the region that a request is signed for', () => {
  const signed = (region: string) =>
    post(fsx, '{}', {
      'X-Amz-Target': 'AWSSimbaAPIService_v20180301.DescribeFileSystems',
      Authorization: `AWS4-HMAC-SHA256 Credential=local/20261126/${region}/fsx/aws4_request, SignedHeaders=host, Signature=0`,
    });

  test('must be that of the local FSx; the message says how (guide of IAM)', async () => {
    expect((await signed('us-east-1')).status).toBe(200);
    const { status, body } = await signed('eu-west-1');
    expect({ status, type: body.__type }).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
    });
    expect(body.message).toContain('signed for "eu-west-1"');
    expect(body.message).toContain('--region');
    // A request that nobody has signed is taken: signatures are not checked.
    expect((await call(fsx, 'DescribeFileSystems', {})).status).toBe(200);
  });
});

describe('quotas, where they are set', () => {
  const SETS: [string, object, object, string][] = [
    ['file systems', { fileSystems: 1 }, SCRATCH_2, 'FILE_SYSTEM_COUNT'],
    ['storage', { storageGiB: 2000 }, SCRATCH_2, 'TOTAL_STORAGE'],
    ['throughput', { throughputCapacityMbps: 4000 }, TIERING, 'TOTAL_THROUGHPUT_CAPACITY'],
  ];
  test.each(SETS)('of %s, per class of deployment', async (_, quotas, input, limit) => {
    const limited = await manualFsx({ world: { quotas } });
    expect((await call(limited, 'CreateFileSystem', input)).status).toBe(200);
    const answer = await call(limited, 'CreateFileSystem', input);
    expectRefusal(answer, 'ServiceLimitExceeded', /at most/);
    expect(answer.body.Limit).toBe(limit);
    expect((await call(limited, 'CreateFileSystem', PERSISTENT_1)).status).toBe(200);
    limited.setWorld({ quotas: {} });
    expect((await call(limited, 'CreateFileSystem', input)).status).toBe(200);
  });

  test('of storage at growth, of backups', async () => {
    const limited = await manualFsx({
      world: { quotas: { storageGiB: 2400, userInitiatedBackups: 1 } },
    });
    const { body } = await call(limited, 'CreateFileSystem', PERSISTENT_1);
    const { FileSystemId: id } = body.FileSystem as { FileSystemId: string };
    limited.clock.advance(7 * MINUTE);
    const grow = (StorageCapacity: number) =>
      call(limited, 'UpdateFileSystem', { FileSystemId: id, StorageCapacity });
    expectRefusal(await grow(4800), 'ServiceLimitExceeded', /2400 GiB/);
    expect((await grow(2400)).status).toBe(200);
    expect((await call(limited, 'CreateBackup', { FileSystemId: id })).status).toBe(200);
    limited.clock.advance(60 * MINUTE);
    const second = await call(limited, 'CreateBackup', { FileSystemId: id });
    expect(second.body).toMatchObject({ Limit: 'TOTAL_USER_INITIATED_BACKUPS' });
  });
});

describe('file systems of other types', () => {
  test('are described, can be tagged and deleted, and are not updated', async () => {
    const fresh = await manualFsx();
    const { body } = await call(fresh, 'DescribeFileSystems', {});
    const all = body.FileSystems as { FileSystemType: string; FileSystemId: string }[];
    const windows = all.find((fileSystem) => fileSystem.FileSystemType === 'WINDOWS');
    const id = windows?.FileSystemId;
    const update = { FileSystemId: id, ...updateOf({ DataCompressionType: 'LZ4' }) };
    const answer = await call(fresh, 'UpdateFileSystem', update);
    expectRefusal(
      answer,
      'BadRequest',
      'LustreConfiguration cannot be applied to update a WINDOWS file system.',
    );
    expect((await call(fresh, 'DeleteFileSystem', { FileSystemId: id })).status).toBe(200);
    const gone = await call(fresh, 'DescribeFileSystems', { FileSystemIds: [id] });
    expectRefusal(gone, 'FileSystemNotFound', `File system '${id ?? ''}' does not exist.`);
  });

  test('are absent where they are not wanted', async () => {
    const bare = await manualFsx({ otherFileSystems: false });
    const { body } = await call(bare, 'DescribeFileSystems', {});
    expect(body).toEqual({ FileSystems: [] });
  });
});

describe('the partition follows the region', () => {
  test.each([
    ['cn-north-1', 'arn:aws-cn:fsx:cn-north-1:', '.fsx.cn-north-1.amazonaws.com'],
    ['us-gov-west-1', 'arn:aws-us-gov:fsx:us-gov-west-1:', '.fsx.us-gov-west-1.amazonaws.com'],
  ])('%s', async (region, arn, dns) => {
    const elsewhere = await manualFsx({ region });
    const { body } = await call(elsewhere, 'CreateFileSystem', SCRATCH_2);
    const made = body.FileSystem as { ResourceARN: string; DNSName: string };
    expect(made.ResourceARN.startsWith(arn)).toBe(true);
    expect(made.DNSName.endsWith(dns)).toBe(true);
  });
});
