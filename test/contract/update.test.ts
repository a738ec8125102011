import type { Properties } from '../../local/registry/protocol';
import { model, SUBNET } from '../protocol/harness';
import {
  contract,
  contractRegistry,
  EARLY_LOOKS,
  CREATE_ONLY,
  empty,
  expectFailure,
  expectSame,
  expectValid,
  IDENTIFIER,
  only,
  told,
  tooEarly,
  updateInput,
  without,
  WRITE_ONLY,
} from './life';
import { answersEveryInvocation, expectLooks, returnsTheResource, waiting } from './sentences';

contract('update', (life, world) => {
  /** A file system of the set that has rested, so that FSx takes the next change. */
  const rested = async (): Promise<Properties> => {
    const created = model(await contractRegistry(world()).create(life().set.create));
    world().fsx.clock.advance(7 * 3_600_000);
    return created;
  };

  test('is given input that is valid against the schema, with the identifier', () => {
    const { created, set } = life();
    const input = updateInput(set, model(created.end));
    expectValid(input);
    expect(input[IDENTIFIER]).toBe(model(created.end)[IDENTIFIER]);
  });

  test('is given create-only properties as they were', () => {
    const { create, update } = life().set;
    expect(only(update, CREATE_ONLY)).toEqual(only(create, CREATE_ONLY));
  });

  test('refuses a create-only property that changes', async () => {
    const created = await rested();
    const moved = { ...created, SubnetIds: [`${SUBNET.slice(0, -1)}1`] };
    const end = await contractRegistry(world()).update(moved, created);
    expectFailure(end, 'NotUpdatable', 'SubnetIds');
  });

  answersEveryInvocation(() => life().updated);
  returnsTheResource(
    () => life().updated,
    () => life().set.update,
  );

  test('returns the primary identifier that it was given in every model', () => {
    const { created, updated } = life();
    for (const { progress } of updated.moments)
      expect(progress.resourceModel?.[IDENTIFIER]).toBe(model(created.end)[IDENTIFIER]);
  });

  test('does not succeed before everything that was asked for is applied', () => {
    const { readUpdated, set, updated } = life();
    expect(updated.moments.at(-1)).toMatchObject({ lifecycle: 'AVAILABLE', isUpdating: false });
    expectSame(model(readUpdated.end), without(set.update, WRITE_ONLY));
  });

  test('is in progress as long as FSx is updating', () => {
    const moments = waiting(life().updated);
    expectLooks(moments, 'UPDATING');
    // The moment at which FSx accepts a change; one update may be several, one after the other.
    const accepted = moments.filter(({ isUpdating }) => !isUpdating);
    expect(accepted).toHaveLength(life().changes);
  });

  test('is in progress as long as FSx does not show what it has accepted', async () => {
    const created = await rested();
    const desired = updateInput(life().set, created);
    const operation = await told(world(), (registry) => registry.update(desired, created), {
      pace: tooEarly(),
    });
    const [, ...looks] = waiting(operation).slice(0, 1 + EARLY_LOOKS);
    expect(looks).toHaveLength(EARLY_LOOKS);
    for (const look of looks) expect(look.isUpdating).toBe(false);
    expectSame(model(operation.end), without(life().set.update, WRITE_ONLY));
  });

  test('returns, while in progress, what is set so far', () => {
    for (const { progress } of waiting(life().updated)) {
      expect(progress.resourceModel).toHaveProperty(IDENTIFIER);
      expect(empty(progress.resourceModel)).toEqual([]);
    }
  });

  test('fails with the reason and a fitting code where the change cannot come to be', async () => {
    const created = await rested();
    const message = 'The change did not work out.';
    world().fsx.faults.add({ fault: 'endsFailed', operation: 'UpdateFileSystem', message });
    const end = await contractRegistry(world()).update(updateInput(life().set, created), created);
    expectFailure(end, 'NotStabilized', message);
  });

  test('replaces lists as a whole', async () => {
    const created = await rested();
    const Tags = [{ Key: 'Only', Value: 'this' }];
    const updated = model(await contractRegistry(world()).update({ ...created, Tags }, created));
    expect(updated.Tags).toEqual(Tags);
  });

  test('reads the same by the identifier of the creation and by that of the update', async () => {
    const created = await rested();
    const registry = contractRegistry(world());
    const updated = model(await registry.update(updateInput(life().set, created), created));
    expect(model(await registry.read(created))).toEqual(updated);
  });

  test('is followed by a list with the primary identifier in it', () => {
    const { listUpdated, updated } = life();
    expect(listUpdated.end.resourceModels).toContainEqual(model(updated.end));
  });

  test('fails with NotFound where the file system did not exist before', () => {
    expectFailure(life().updateDeleted.end, 'NotFound');
  });

  test('never creates a file system', () => {
    expect(life().creations).toBe(1);
  });
});
