import type { LocalFsx } from '../../local/fsx/server';
import {
  ACCEPTED_CREATIONS,
  REFUSED_CREATIONS,
  REFUSED_DELETIONS,
  REFUSED_RESTORES,
  REFUSED_UPDATES,
  S3_BACKUP,
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

describe('updates that FSx carries out', () => {
  test.each(UPDATES)('%s (%s)', async (_, __, input, update, result) => {
    const id = await available(input);
    const before = fsx.fileSystems.get(id);
    const answer = await call(fsx, 'UpdateFileSystem', { FileSystemId: id, ...update });
    const action = { AdministrativeActionType: 'FILE_SYSTEM_UPDATE', Status: 'PENDING' };
    expect(answer.body).toMatchObject({ FileSystem: { AdministrativeActions: [action] } });
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
      expect(body.FileSystem).toMatchObject({ AdministrativeActions: [{ Status: 'PENDING' }] });
    }
    fsx.clock.advance(MINUTE);
    expect(fsx.fileSystems.get(id)?.AdministrativeActions).toHaveLength(1);
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
