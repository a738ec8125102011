import type { Properties } from '../../local/protocol';
import { model, SUBNET } from '../protocol/world';
import {
  contract,
  contractRegistry,
  CREATE_ONLY,
  empty,
  expectComplete,
  expectFailure,
  expectSame,
  expectShape,
  expectValid,
  IDENTIFIER,
  only,
  updateInput,
  without,
  WRITE_ONLY,
} from './life';

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

  test('answers every invocation with a progress event', () => {
    const { moments } = life().updated;
    expect(moments.map(({ progress }) => progress.status)).toEqual([
      ...moments.slice(1).map(() => 'IN_PROGRESS'),
      'SUCCESS',
    ]);
  });

  test('returns a model that has the shape of the schema, every time', () => {
    for (const { progress } of life().updated.moments) expectShape(progress.resourceModel);
  });

  test('returns the primary identifier that it was given in every model', () => {
    const { created, updated } = life();
    for (const { progress } of updated.moments)
      expect(progress.resourceModel?.[IDENTIFIER]).toBe(model(created.end)[IDENTIFIER]);
  });

  test('does not succeed before everything that was asked for is applied', () => {
    const { readUpdated, set, updated } = life();
    expect(updated.moments.at(-1)?.lifecycle).toBe('AVAILABLE');
    expectSame(model(readUpdated.end), without(set.update, WRITE_ONLY));
  });

  test('is in progress until then, with what is set so far', () => {
    const waiting = life().updated.moments.slice(0, -1);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { progress } of waiting) {
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

  test('succeeds with all properties of the request, exactly, except write-only ones', () => {
    const { set, updated } = life();
    expectSame(model(updated.end), without(set.update, WRITE_ONLY));
    for (const name of WRITE_ONLY) expect(model(updated.end)).not.toHaveProperty(name);
  });

  test('succeeds with defaults and read-only properties in the model', () => {
    expectComplete(model(life().updated.end));
  });

  test('returns nothing that is null or has no value', () => {
    expect(empty(model(life().updated.end))).toEqual([]);
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
