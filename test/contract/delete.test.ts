import { model } from '../protocol/harness';
import { contract, contractRegistry, expectFailure, IDENTIFIER } from './life';
import { answersEveryInvocation, expectLooks, waiting } from './sentences';

contract('delete', (life, world) => {
  test('needs nothing but the primary identifier', () => {
    const { deleted } = life();
    const given = deleted.moments[0]?.event.requestData.resourceProperties ?? {};
    expect(Object.keys(given)).toEqual([IDENTIFIER]);
  });

  answersEveryInvocation(() => life().deleted);

  test('does not succeed before the file system is gone', () => {
    expect(life().deleted.moments.at(-1)?.lifecycle).toBeUndefined();
  });

  test('is in progress as long as FSx is deleting', () => {
    const moments = waiting(life().deleted);
    expectLooks(moments, 'DELETING');
    for (const { lifecycle } of moments) expect(lifecycle).toBe('DELETING');
  });

  test('fails with the reason and a fitting code where FSx does not delete', async () => {
    const registry = contractRegistry(world());
    const created = model(await registry.create(life().set.create));
    world().fsx.faults.add({
      fault: 'error',
      code: 'BadRequest',
      message: 'This one stays.',
      operation: 'DeleteFileSystem',
      // It is asked twice: a refusal may pass.
      times: 'always',
    });
    expectFailure(await registry.delete(created), 'InvalidRequest', 'This one stays.');
  });

  test('succeeds once the file system is gone, without a model', () => {
    const { end } = life().deleted;
    expect(end.status).toBe('SUCCESS');
    expect(end).not.toHaveProperty('resourceModel');
    expect(end).not.toHaveProperty('resourceModels');
  });

  test('fails with NotFound where the file system did not exist before', () => {
    expectFailure(life().deleteDeleted.end, 'NotFound');
  });

  test('is followed by NotFound for update, delete and read', () => {
    const { deleteDeleted, readDeleted, updateDeleted } = life();
    for (const { end } of [updateDeleted, deleteDeleted, readDeleted])
      expectFailure(end, 'NotFound');
  });

  test('is followed by a list without the primary identifier', () => {
    const { created, listDeleted } = life();
    expect(listDeleted.end.resourceModels?.map((one) => one[IDENTIFIER])).not.toContain(
      model(created.end)[IDENTIFIER],
    );
  });

  test('is followed by a creation that does not fail', () => {
    expect(life().createdAgain.end.status).toBe('SUCCESS');
  });

  test('leaves nothing that is billed: no file system, and no backup that nobody asked for', () => {
    const { created } = life();
    const id = String(model(created.end)[IDENTIFIER]);
    expect(world().fsx.fileSystems.get(id)).toBeUndefined();
    const backups = world()
      .fsx.requests.of('DeleteFileSystem')
      .map(({ input }) => (input as { LustreConfiguration?: object }).LustreConfiguration ?? {});
    for (const asked of backups) expect(asked).not.toMatchObject({ SkipFinalBackup: false });
  });
});
