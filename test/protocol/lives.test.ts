import { scalarsAsText, type Properties } from '../../local/registry/protocol';
import { inputSets, templates } from './fixtures';
import { model, startWorld, type World } from './harness';

/** Text that is a number and nothing else, for outputs and for thresholds. */
const ESTIMATES = {
  EstimatedBaselineThroughput: expect.stringMatching(/^[1-9]\d*(\.\d*[1-9])?$/) as string,
  EstimatedBurstThroughput: expect.stringMatching(/^[1-9]\d*(\.\d*[1-9])?$/) as string,
  EstimatedMonthlyCost: expect.stringMatching(/^[1-9]\d*\.\d{2}$/) as string,
};
const WRITE_ONLY = ['SecurityGroupIds', 'BackupId', 'SkipFinalBackup', 'FinalBackupTags'];

let world: World;
beforeAll(async () => (world = await startWorld()));
afterAll(() => world.close());

// CloudFormation's way, and that of the contract suite and Cloud Control.
describe.each([
  { scalars: 'text', reinvokeWith: 'desired-and-identifier' },
  { scalars: 'as-given', reinvokeWith: 'returned-model' },
] as const)('scalars $scalars, reinvoked with $reinvokeWith', ({ scalars, reinvokeWith }) => {
  const fixtures = [
    ...templates('examples'),
    ...inputSets().map(({ number, create }) => ({
      name: `inputs_${number}`,
      properties: create,
    })),
  ];

  test.each(fixtures)('$name lives: created, read, listed, deleted', async ({ properties }) => {
    const registry = world.registry({ scalars, reinvokeWith });
    const created = model(await registry.create(properties));
    expect(scalarsAsText(created)).toMatchObject(readable(properties));
    expect(created.MountCommand).toBe(
      `sudo mount -t lustre -o relatime,flock ${String(created.DNSName)}@tcp:/${String(created.MountName)} /fsx`,
    );
    expect(created).toMatchObject(ESTIMATES);
    for (const name of WRITE_ONLY) expect(created).not.toHaveProperty(name);
    expect(nulls(created)).toEqual([]);

    expect(model(await registry.read(created))).toEqual(created);
    const { resourceModels = [] } = await registry.list();
    expect(resourceModels).toContainEqual(created);

    const deleted = await registry.delete(created);
    expect(deleted).toMatchObject({ status: 'SUCCESS' });
    expect(deleted.resourceModel).toBeUndefined();
    expect(await registry.delete(created)).toMatchObject({
      status: 'FAILED',
      errorCode: 'NotFound',
    });
    expect(await registry.read(created)).toMatchObject({
      status: 'FAILED',
      errorCode: 'NotFound',
    });
    expect(await registry.update(properties, created)).toMatchObject({
      status: 'FAILED',
      errorCode: 'NotFound',
    });
    expect((await registry.list()).resourceModels).not.toContainEqual(created);
  });

  test.each(inputSets())(
    'input set $number is updated as the contract suite does it',
    async (set) => {
      const registry = world.registry({ scalars, reinvokeWith });
      const created = model(await registry.create(set.create));
      world.fsx.clock.advance(7 * 3600_000);
      const updated = model(
        await registry.update({ ...attributes(created), ...set.update }, created),
      );
      expect(scalarsAsText(updated)).toMatchObject(readable(set.update));
      expect(updated.FileSystemId).toBe(created.FileSystemId);
      expect(model(await registry.read(updated))).toEqual(updated);
      await registry.delete(updated);
    },
  );
});

test.each(inputSets())(
  'input set $number: the invalid input is refused before any call',
  async ({ invalid }) => {
    const before = world.fsx.requests.count();
    expect(await world.registry().create(invalid)).toMatchObject({
      status: 'FAILED',
      errorCode: 'InvalidRequest',
    });
    expect(world.fsx.requests.count()).toBe(before);
  },
);

/** What FSx is able to tell of the properties, as text, tags in any order. */
function readable(properties: Properties): Properties {
  const entries = Object.entries(scalarsAsText(properties) as Properties).filter(
    ([name]) => !WRITE_ONLY.includes(name),
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      name === 'Tags' ? (expect.arrayContaining(value as unknown[]) as unknown) : value,
    ]),
  );
}

function attributes(created: Properties): Properties {
  const names = [
    'FileSystemId',
    'ResourceARN',
    'DNSName',
    'MountName',
    'MountCommand',
    'EstimatedMonthlyCost',
  ];
  return Object.fromEntries(names.map((name) => [name, created[name]]));
}

function nulls(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => nulls(member, `${path}/${name}`));
}
