/**
 * The commands of manual/cloud-control.md as the handlers see them. Cloud Control sends real JSON types, knows no stack
 * and no stack tags, reads before it updates, and sends the model that it read, patched, with its read-only properties.
 */
import type { ProgressEvent, Properties } from '../../local/registry/protocol';
import type { Registry } from '../../local/registry/registry';
import { inputSets } from './fixtures';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
let registry: Registry;
beforeEach(async () => {
  world = await startWorld({ timeScale: 60 });
  registry = world.registry({ scalars: 'as-given', reinvokeWith: 'returned-model' });
});
afterEach(() => world.close());

const DESIRED = { StorageCapacity: 1200, SubnetIds: [SUBNET], Tags: [{ Key: 'Name', Value: 'a' }] };
const WRITE_ONLY = ['SecurityGroupIds', 'BackupId', 'SkipFinalBackup', 'FinalBackupTags'];

interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: unknown;
}

/** `aws cloudcontrol create-resource`, then FSx at rest. */
async function created(desired: Properties): Promise<Properties> {
  const answer = model(await registry.create(desired));
  world.fsx.clock.advance(7 * 3_600_000);
  world.fsx.requests.reset();
  return answer;
}

/** `aws cloudcontrol update-resource`. */
async function patched(id: Properties, patch: PatchOperation[]): Promise<ProgressEvent> {
  const current = model(await registry.read(id));
  world.fsx.requests.reset();
  return registry.update(apply(structuredClone(current), patch), current);
}

/** RFC 6902, as far as people write it by hand. */
function apply(document: Properties, patch: PatchOperation[]): Properties {
  for (const { op, path, value } of patch) {
    const names = path.split('/').slice(1);
    const last = names.pop() ?? '';
    let at: Properties | unknown[] = document;
    for (const name of names) at = (at as Properties)[name] as Properties | unknown[];
    if (Array.isArray(at)) {
      const index = last === '-' ? at.length : Number(last);
      at.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
    } else if (op === 'remove') Reflect.deleteProperty(at, last);
    else at[last] = value;
  }
  return document;
}

test('create, get, list and delete', async () => {
  const answer = await created(DESIRED);
  expect(model(await registry.read(answer))).toEqual(answer);
  expect((await registry.list()).resourceModels).toEqual([answer]);
  const id = { FileSystemId: answer.FileSystemId };
  expect(await registry.delete(id)).toMatchObject({ status: 'SUCCESS' });
  expect((await registry.list()).resourceModels).toEqual([]);
});

test.each(inputSets())(
  'a patch with all that input set $number changes',
  async ({ create, update }) => {
    const answer = await created(create);
    const patch = Object.entries(update)
      .filter(([name]) => !WRITE_ONLY.includes(name))
      .map(([name, value]) => ({ op: 'add', path: `/${name}`, value }) as const);
    const updated = model(await patched(answer, patch));
    for (const { path, value } of patch) {
      const is = updated[path.slice(1)];
      if (Array.isArray(value)) expect(is).toEqual(expect.arrayContaining(value as unknown[]));
      else expect({ is }).toMatchObject({ is: value });
    }
    expect(model(await registry.read(answer))).toEqual(updated);
  },
);

test('only what the patch changes is sent to FSx', async () => {
  const answer = await created(DESIRED);
  const patch = [
    { op: 'replace', path: '/StorageCapacity', value: 2400 },
    { op: 'add', path: '/Tags/-', value: { Key: 'Team', Value: 'cfd' } },
  ] as const;
  const updated = model(await patched(answer, [...patch]));
  expect(updated).toMatchObject({
    StorageCapacity: 2400,
    Tags: [
      { Key: 'Name', Value: 'a' },
      { Key: 'Team', Value: 'cfd' },
    ],
  });
  const inputs = [
    ...world.fsx.requests.of('UpdateFileSystem'),
    ...world.fsx.requests.of('TagResource'),
  ];
  expect(inputs.map(({ input }) => input)).toMatchObject([
    { StorageCapacity: 2400 },
    { Tags: [{ Key: 'Team', Value: 'cfd' }] },
  ]);
  expect(Object.keys(inputs[0]?.input as Properties).sort()).toEqual([
    'ClientRequestToken',
    'FileSystemId',
    'StorageCapacity',
  ]);
});

test('what the patch removes is turned off, or stays as FSx has it', async () => {
  const answer = await created({ ...DESIRED, DataCompressionType: 'LZ4' });
  const updated = model(
    await patched(answer, [
      { op: 'remove', path: '/DataCompressionType' },
      { op: 'remove', path: '/Tags/0' },
      { op: 'remove', path: '/WeeklyMaintenanceStartTime' },
    ]),
  );
  expect(updated.DataCompressionType).toBe('NONE');
  expect(updated.Tags).toEqual([]);
  expect(updated.WeeklyMaintenanceStartTime).toBe(answer.WeeklyMaintenanceStartTime);
});

test('a patch that changes nothing calls nothing', async () => {
  const answer = await created(DESIRED);
  const patch = [{ op: 'replace', path: '/StorageCapacity', value: 1200 }] as const;
  expect(model(await patched(answer, [...patch]))).toEqual(answer);
  expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
});

test('a write-only property can be given without a call', async () => {
  const answer = await created(DESIRED);
  const patch = [{ op: 'add', path: '/SkipFinalBackup', value: true }] as const;
  expect(model(await patched(answer, [...patch]))).toEqual(answer);
  expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
});

test.each([
  [{ path: '/DeploymentType', value: 'SCRATCH_1' }, 'NotUpdatable', 'DeploymentType'],
  [{ path: '/StorageCapacity', value: 5000 }, 'InvalidRequest', '4800'],
])('a patch with %j is refused before any change', async (change, errorCode, words) => {
  const answer = await created({ ...DESIRED, StorageCapacity: 2400 });
  const refused = await patched(answer, [{ op: 'replace', ...change }]);
  expect(refused).toMatchObject({ status: 'FAILED', errorCode });
  expect(refused.message).toContain(words);
  expect(world.fsx.requests.counts()).toEqual({ DescribeFileSystems: 1 });
});

test('import into a stack: read by its id, then the template and the tags of the stack', async () => {
  const answer = await created({ ...DESIRED, SecurityGroupIds: ['sg-0123456789abcdef0'] });
  const cloudFormation = world.registry();
  const read = model(await cloudFormation.read({ FileSystemId: answer.FileSystemId }));
  const template = { ...DESIRED, SecurityGroupIds: ['sg-0123456789abcdef0'] };
  world.fsx.requests.reset();
  const adopted = model(
    await cloudFormation.update(template, read, {
      previousStackTags: {},
      stackTags: { Stack: 'hpc' },
    }),
  );
  expect(adopted).toEqual({
    ...read,
    Tags: [
      { Key: 'Name', Value: 'a' },
      { Key: 'Stack', Value: 'hpc' },
    ],
  });
  expect(world.fsx.requests.counts()).not.toHaveProperty('UpdateFileSystem');
  expect(world.fsx.requests.of('TagResource')).toHaveLength(1);
});
