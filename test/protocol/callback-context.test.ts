/** The callback context comes back from outside: what is not as this type writes it is dropped. */
import fc from 'fast-check';
import type { HandlerEvent, ProgressEvent } from '../../local/registry/protocol';
import { readCallbackContext } from '../../src/actions/callback-context';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
beforeAll(async () => (world = await startWorld({ overNetwork: true })));
afterAll(() => world.close());

const TEMPLATE = { StorageCapacity: 1200, SubnetIds: [SUBNET] };

const nested = (depth: number): object => {
  let value: object = {};
  for (let level = 0; level < depth; level += 1) value = { step: value };
  return value;
};

/** The first answer to an operation whose event holds this callback context. */
async function answerTo(
  callbackContext: object,
  action: 'update' | 'delete' | 'create',
): Promise<ProgressEvent> {
  const fs = model(await world.registry().create(TEMPLATE));
  let first: ProgressEvent | undefined;
  const registry = world.registry({
    invoke: async (event: HandlerEvent) => {
      first ??= await world.invoke({ ...event, callbackContext });
      throw new Error('one is enough');
    },
  });
  const operation = {
    create: () => registry.create(TEMPLATE),
    update: () =>
      registry.update({ ...TEMPLATE, DataCompressionType: 'LZ4' }, { ...TEMPLATE, ...fs }),
    delete: () => registry.delete(fs),
  }[action];
  await operation().catch(() => undefined);
  if (!first) throw new Error('There was no answer.');
  return first;
}

describe.each(['create', 'update', 'delete'] as const)('%s', (action) => {
  test.each<[string, object]>([
    ['10,000 levels deep', nested(10_000)],
    ['500 KB long', { note: 'x'.repeat(500_000), other: 'x'.repeat(500_000) }],
    ['of other types', { waited: 'long', step: [], taken: [{}], finalBackup: 'yes', setbacks: -1 }],
    ['that is not ours', { foreign: { member: 1 } }],
  ])('takes a callback context %s', async (_, callbackContext) => {
    const answer = await answerTo(callbackContext, action);
    expect(answer).toMatchObject({ status: 'IN_PROGRESS' });
    const text = JSON.stringify(answer.callbackContext);
    expect(text.length).toBeLessThan(1000);
    expect(text).not.toMatch(/foreign|xxx/);
  });
});

test('what 0.1.0 has written is read', () => {
  const written = {
    started: true,
    seen: true,
    unseen: 2,
    waited: 70,
    setbacks: 1,
    finalBackup: { tags: [{ Key: 'a', Value: 'b' }] },
    since: 1_767_614_832_002,
    step: { name: 'settings', unseen: 3 },
    taken: ['settings'],
    cooling: 600,
  };
  expect(readCallbackContext({ ...written, secondLooks: 1 })).toEqual(written);
});

test('anything is read, and what is read is read again as the same', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const read = readCallbackContext(value);
      expect(readCallbackContext(read)).toEqual(read);
    }),
  );
});
