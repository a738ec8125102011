/** What a template says in so many words comes back, whether FSx describes it or leaves it out. */
import type { LustreConfiguration } from '../../local/fsx/types';
import type { Properties } from '../../local/registry/protocol';
import { describeFileSystem } from '../../src/fsx/description';
import { LEFT_OUT } from '../../src/lustre/properties/left-out';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const SCRATCH = { StorageCapacity: 1200, DeploymentType: 'SCRATCH_2', SubnetIds: [SUBNET] };
const P1 = { ...SCRATCH, DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 };
const HDD = { ...P1, StorageCapacity: 6000, StorageType: 'HDD', PerUnitStorageThroughput: 12 };
const LINKED = { ...P1, ImportPath: 's3://data' };

/** [what the template says, beside what, the members that FSx leaves out of its description of it] */
const SAID: readonly (readonly [Properties, Properties, readonly string[]])[] = [
  [{ Tags: [] }, SCRATCH, []],
  [{ Tags: [{ Key: 'a', Value: '' }] }, SCRATCH, []],
  [{ AutomaticBackupRetentionDays: 0 }, SCRATCH, []],
  [{ AutomaticBackupRetentionDays: 0 }, P1, ['AutomaticBackupRetentionDays']],
  [{ CopyTagsToBackups: false }, SCRATCH, ['CopyTagsToBackups']],
  [{ DataCompressionType: 'NONE' }, SCRATCH, ['DataCompressionType']],
  [{ DriveCacheType: 'NONE' }, HDD, ['DriveCacheType']],
  [{ EfaEnabled: false }, SCRATCH, []],
  [{ LogConfiguration: { Level: 'DISABLED' } }, SCRATCH, ['LogConfiguration']],
  [{ RootSquashConfiguration: {} }, P1, ['RootSquashConfiguration']],
  [{ RootSquashConfiguration: { RootSquash: '0:0' } }, P1, ['RootSquashConfiguration']],
  [{ RootSquashConfiguration: { NoSquashNids: [] } }, P1, ['RootSquashConfiguration']],
  [
    { RootSquashConfiguration: { RootSquash: '0:0', NoSquashNids: [] } },
    P1,
    ['RootSquashConfiguration'],
  ],
  [{ RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: [] } }, P1, []],
  [{ AutoImportPolicy: 'NONE' }, LINKED, []],
];

describe.each(['text', 'as-given'] as const)('with scalars %s', (scalars) => {
  test.each(SAID)('%j', async (said, beside, left) => {
    const registry = world.registry({ scalars });
    const template = { ...beside, ...said };
    const fs = model(await registry.create(template));
    expect(fs).toMatchObject(said);
    const id = String(fs.FileSystemId);
    const LustreConfiguration = Object.fromEntries(
      left.map((name) => [name, undefined]),
    ) as LustreConfiguration;
    world.fsx.fileSystems.change(id, { values: { LustreConfiguration } });
    // As a read has it, CloudFormation compares it with the template.
    const read = model(await registry.read(fs));
    expect(read).toMatchObject(said);
    expect(read).toEqual(fs);
    expect((await registry.list()).resourceModels).toContainEqual(fs);
    world.fsx.requests.reset();
    const Tags = [...((template.Tags as object[] | undefined) ?? []), { Key: 'b', Value: '1' }];
    const updated = model(await registry.update({ ...template, Tags }, { ...template, ...fs }));
    expect(updated).toMatchObject({ ...said, Tags });
    // What is as the template says already is not set again.
    expect(world.fsx.requests.count('UpdateFileSystem')).toBe(0);
    expect(model(await registry.update(template, { ...updated, Tags }))).toEqual(fs);
  });
});

test('the table holds everything that FSx may leave out', () => {
  const said = new Set(SAID.flatMap(([properties]) => Object.keys(properties)));
  expect([...said].sort()).toEqual(Object.keys(LEFT_OUT).sort());
});

describe('a description', () => {
  const described = (fileSystem: object) => describeFileSystem(fileSystem).properties;

  test('without any member says what FSx means by that', () => {
    const { AutoImportPolicy, DriveCacheType, ...always } = LEFT_OUT;
    expect(described({})).toEqual(always);
    expect(described({ StorageType: 'SSD' })).not.toHaveProperty('DriveCacheType');
    expect(described({ StorageType: 'HDD' })).toMatchObject({ DriveCacheType });
    const linked = {
      LustreConfiguration: { DataRepositoryConfiguration: { ImportPath: 's3://b' } },
    };
    expect(described(linked)).toMatchObject({ AutoImportPolicy });
  });

  test('with the tags of AWS alone has an empty list of tags', () => {
    expect(
      described({ Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 's' }] }).Tags,
    ).toEqual([]);
  });
});

test.each([{ SecurityGroupIds: [] }, { FinalBackupTags: [], SkipFinalBackup: false }])(
  'an empty list that FSx never returns, %j, is taken and not returned',
  async (said) => {
    const fs = model(await world.registry().create({ ...P1, ...said }));
    for (const name of Object.keys(said)) expect(fs).not.toHaveProperty(name);
    expect(model(await world.registry().read(fs))).toEqual(fs);
  },
);
