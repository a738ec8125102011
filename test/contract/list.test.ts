import { model, startWorld, SUBNET } from '../protocol/harness';
import { contract, contractRegistry, expectShape, IDENTIFIER, told } from './life';

contract('list', (life, world) => {
  const lists = () => [
    life().listCreated,
    life().listUpdated,
    ...life().listsDeleting,
    life().listDeleted,
  ];

  test('ends at once, with success or failure', () => {
    for (const { moments } of lists())
      for (const { progress } of moments) expect(progress.status).toBe('SUCCESS');
  });

  test('returns a list of models, each with its primary identifier', () => {
    for (const { end } of lists())
      for (const one of end.resourceModels ?? []) {
        expect(one).toHaveProperty(IDENTIFIER);
        expectShape(one);
      }
  });

  test('leaves out, as a read does, what is being deleted', () => {
    const { created, listsDeleting } = life();
    expect(listsDeleting.length).toBeGreaterThan(0);
    for (const { end } of listsDeleting)
      expect(end.resourceModels?.map((one) => one[IDENTIFIER])).not.toContain(
        model(created.end)[IDENTIFIER],
      );
  });

  test('returns nothing that a read does not find', async () => {
    const registry = contractRegistry(world());
    const { resourceModels = [] } = await registry.list();
    expect(resourceModels).not.toEqual([]);
    for (const one of resourceModels) expect(model(await registry.read(one))).toEqual(one);
  });
});

describe('list', () => {
  test('returns an empty list where there is nothing', async () => {
    const world = await startWorld();
    const end = await contractRegistry(world).list();
    expect(end).toMatchObject({ status: 'SUCCESS', resourceModels: [] });
    expect(end).not.toHaveProperty('nextToken');
    await world.close();
  });

  test('pages: a token leads to the next page, and there is none on the last', async () => {
    const world = await startWorld({ pageSize: 2 });
    const properties = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
    const ids: unknown[] = [];
    for (let i = 0; i < 5; i++)
      ids.push(model(await contractRegistry(world).create(properties))[IDENTIFIER]);

    const { end: all, moments } = await told(world, (registry) => registry.list());
    const tokens = moments.map(({ progress }) => progress.nextToken);
    expect(moments.length).toBeGreaterThan(1);
    expect(tokens.slice(0, -1).every((token) => typeof token === 'string')).toBe(true);
    expect(tokens.at(-1)).toBeUndefined();
    expect(moments.slice(1).map(({ event }) => event.nextToken)).toEqual(tokens.slice(0, -1));
    expect(all.resourceModels?.map((one) => one[IDENTIFIER]).sort()).toEqual(ids.sort());
    await world.close();
  });
});
