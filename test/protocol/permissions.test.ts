import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

const { handlers, tagging } = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'schema.json'), 'utf8'),
) as { handlers: Record<string, { permissions: string[] }>; tagging: { permissions: string[] } };

/** What FSx itself asks of the caller beyond the call: the calls of these handlers imply it. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  // Tags given at creation; a final backup and its tags.
  create: ['fsx:TagResource'],
  delete: ['fsx:CreateBackup', 'fsx:TagResource'],
};

let world: World;
const used: Record<string, Set<string>> = {};

beforeAll(async () => {
  world = await startWorld({ backups: true });
  const registry = world.registry({
    invoke: async (event) => {
      world.fsx.requests.reset();
      const answer = await world.invoke(event);
      const calls = (used[event.action] ??= new Set());
      for (const { operation } of world.fsx.requests.all()) calls.add(`fsx:${operation}`);
      return answer;
    },
  });
  const before = {
    StorageCapacity: 1200,
    DeploymentType: 'PERSISTENT_2',
    PerUnitStorageThroughput: 125,
    SubnetIds: [SUBNET],
    Tags: [{ Key: 'a', Value: '1' }],
  };
  const fs = model(await registry.create(before));
  await registry.create({ SubnetIds: [SUBNET], BackupId: 'backup-00000000000000001' });
  world.fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem' });
  await registry.create(before);
  await registry.read(fs);
  await registry.list();
  const after = { ...before, DataCompressionType: 'LZ4', Tags: [{ Key: 'b', Value: '2' }] };
  model(await registry.update(after, { ...before, ...fs }));
  await registry.delete({ ...fs, SkipFinalBackup: false });
});
afterAll(() => world.close());

describe.each(['CREATE', 'READ', 'UPDATE', 'DELETE', 'LIST'] satisfies Action[])('%s', (action) => {
  const name = action.toLowerCase();
  const declared = (handlers[name]?.permissions ?? []).filter((permission) =>
    permission.startsWith('fsx:'),
  );

  test('every FSx call is among the permissions', () => {
    expect(declared).toEqual(expect.arrayContaining([...(used[action] ?? [])]));
  });

  test('every FSx permission is for a call', () => {
    const needed = [...(used[action] ?? []), ...(IMPLIED[name] ?? [])];
    expect(needed).toEqual(expect.arrayContaining(declared));
  });
});

test('the tagging permissions are those of an update', () => {
  expect(handlers.update?.permissions).toEqual(expect.arrayContaining(tagging.permissions));
});
