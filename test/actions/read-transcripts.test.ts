/** Reads and lists, whole: what FSx is asked, what CloudFormation is told in between, and how it ends. */
import { read } from '../../src/actions/read';
import { list } from '../../src/actions/list';
import { fakeFsx, ID, requestTo } from './fake-fsx';
import { playEach, transcript, without } from './scene';

playEach({
  'read: one': { action: read, describe: [{}] },
  'read: one that is being deleted': { action: read, describe: [{ Lifecycle: 'DELETING' }] },
  'read: none': { action: read, describe: [undefined] },
  'read: without an id': { action: read, request: without },
  'read: with an empty id': { action: read, request: { desired: { FileSystemId: '' } } },
  'read: with an id that is none': {
    action: read,
    request: { desired: { FileSystemId: 'fs-x'.padEnd(100, 'y') } },
  },
  'read: with a number for an id': { action: read, request: { desired: { FileSystemId: 7 } } },
  'list: some': {
    action: list,
    page: [
      [{}, { Lifecycle: 'DELETING', FileSystemId: 'fs-00000001' }, { FileSystemId: 'fs-00000002' }],
    ],
  },
});

test('a list says where it goes on, if it does', async () => {
  const fsx = fakeFsx({
    page: (token) => Promise.resolve({ fileSystems: [], ...(token === 'a' && { nextToken: 'b' }) }),
  });
  const nothing = { status: 'SUCCESS', models: [] };
  expect(await list(requestTo(fsx, { nextToken: 'a' }))).toEqual({ ...nothing, nextToken: 'b' });
  expect(Object.keys(await list(requestTo(fsx)))).toEqual(['status', 'models']);
});

test('an id is that of a file system', async () => {
  for (const id of [ID, 'fs-01234567'])
    expect(await transcript({ action: read, describe: [{ FileSystemId: id }], request: { desired: { FileSystemId: id } } })).toEqual([`SUCCESS ${id}`]); // oxfmt-ignore
  for (const id of ['fs-0123456', `x${ID}`, `${ID}x`, `${ID}0`.padEnd(22, '0'), 'FS-01234567'])
    expect(await transcript({ action: read, request: { desired: { FileSystemId: id } } })).toEqual([
      `NotFound: There is no Lustre file system ${id} in this account and region.`,
    ]);
});
