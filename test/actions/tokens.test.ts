/** The client request token of each call that acts: the same whenever it is repeated, and another one for another call. */
import { create } from '../../src/actions/create';
import { remove } from '../../src/actions/delete';
import { update } from '../../src/actions/update';
import type { Action, HandlerRequest } from '../../src/actions/action';
import { described, fakeFsx, PROPERTIES, requestTo } from './fake-fsx';

afterEach(() => jest.restoreAllMocks());

const NEW = { ...PROPERTIES, FileSystemId: undefined };

/** Each call that acts: the action, and what is different from a request to {@link described}. */
const CALLS: Readonly<Record<string, [Action, Partial<HandlerRequest>, 'FAILED'?]>> = {
  create: [create, { desired: NEW }],
  'create from a backup': [create, { desired: { ...NEW, BackupId: 'backup-0123456789abcdef0', StorageCapacity: undefined } }],
  'delete what has failed': [create, { callback: { started: true } }, 'FAILED'],
  delete: [remove, {}],
  'delete with a backup': [remove, { desired: { ...PROPERTIES, SkipFinalBackup: 'false' } }],
  'delete with a backup and its tags': [
    remove,
    { desired: { ...PROPERTIES, SkipFinalBackup: 'false', FinalBackupTags: [{ Key: 'a', Value: 'b' }] } },
  ],
  update: [update, { desired: { ...PROPERTIES, DataCompressionType: 'LZ4' } }],
  'update to another value': [update, { desired: { ...PROPERTIES, WeeklyMaintenanceStartTime: '3:03:00' } }],
  'update of another kind': [update, { desired: { ...PROPERTIES, StorageCapacity: '2400' } }],
  'update once more': [
    update,
    { desired: { ...PROPERTIES, StorageCapacity: '2400' }, callback: { waited: 90, taken: ['storage'] } },
  ],
}; // oxfmt-ignore

/** The token of the only call that an invocation makes at a time. */
async function tokenOf(
  name: string,
  changes: Partial<HandlerRequest>,
  now: number,
): Promise<string> {
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const [action, request, Lifecycle] = CALLS[name] ?? [update, {}];
  const tokens: (string | undefined)[] = [];
  const told = described(Lifecycle && { Lifecycle });
  const acts = (input: { ClientRequestToken?: string | undefined }) => {
    tokens.push(input.ClientRequestToken);
    return Promise.resolve(told);
  };
  const fsx = fakeFsx({
    describe: () => Promise.resolve(told),
    create: acts,
    createFromBackup: acts,
    update: acts,
    delete: (input) => acts(input).then(() => undefined),
  });
  await action(requestTo(fsx, { ...request, ...changes })).catch(() => undefined);
  expect(tokens).toEqual([expect.stringMatching(/^[0-9a-f]{63}$/)]);
  return String(tokens[0]);
}

test.each(Object.keys(CALLS))('%s: the same token at any time, and another one for another operation', async (name) => {
  const token = await tokenOf(name, {}, 1);
  expect(await tokenOf(name, {}, 10 * 3_600_000)).toBe(token);
  expect(await tokenOf(name, { token: '123456789012/us-east-1/Fs/other' }, 1)).not.toBe(token);
}); // oxfmt-ignore

test('no two calls of one operation have the same token', async () => {
  const tokens: string[] = [];
  for (const name of Object.keys(CALLS)) tokens.push(await tokenOf(name, {}, 1));
  // A creation and one from a backup are never calls of one operation.
  expect(new Set(tokens).size).toBe(tokens.length - 1);
});
