/** Responses that have not the form of the FSx API: members are missing or are something else, or FSx is not who answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Properties } from '../../local/registry/protocol';
import { model, startWorld, SUBNET, type World } from './harness';

let world: World;
let handle: World['fsx']['handle'];
beforeAll(async () => {
  world = await startWorld({ timeScale: 60, otherFileSystems: false });
  ({ handle } = world.fsx);
});
afterAll(() => world.close());
afterEach(() => {
  for (const { FileSystemId } of world.fsx.fileSystems.all())
    world.fsx.fileSystems.remove(FileSystemId);
  world.fsx.faults.clear();
  Object.assign(world.fsx, { handle });
  world.steps.length = 0;
});

const TEMPLATE = { StorageCapacity: 1200, SubnetIds: [SUBNET], Tags: [{ Key: 'a', Value: '1' }] };

type Change = (body: Properties) => void;

/** Changes the next responses to an operation. */
function answered(operation: string, change: Change, times = 1): void {
  const { handle: answer } = world.fsx;
  let left = times;
  const changing = (request: IncomingMessage, response: ServerResponse) => {
    const isMeant = String(request.headers['x-amz-target']).endsWith(`.${operation}`) && left > 0;
    if (isMeant) left -= 1;
    const end = response.end.bind(response);
    const endChanged = (text: string) => {
      const body = JSON.parse(text) as Properties;
      change(body);
      end(JSON.stringify(body));
    };
    answer(request, isMeant ? Object.assign(response, { end: endChanged }) : response);
  };
  Object.assign(world.fsx, { handle: changing });
}

/** Changes each file system of a response. */
const fileSystems =
  (change: Change): Change =>
  ({ FileSystem, FileSystems }) => {
    for (const each of (FileSystems ?? [FileSystem]) as Properties[]) change(each);
  };

const withMember = (name: string, value: unknown): Change =>
  fileSystems((each) => (each[name] = value));

const created = async () => model(await world.registry().create(TEMPLATE));

test.each<[string, Change, string]>([
  ['no id', withMember('FileSystemId', undefined), 'FileSystems[0].FileSystemId is missing'],
  ['another id', withMember('FileSystemId', 'fs-0123456789abcdef0'), 'does not contain fs-'],
  ['no type', withMember('FileSystemType', null), 'FileSystems[0].FileSystemType is missing'],
  ['tags that are no list', withMember('Tags', {}), 'FileSystems[0].Tags is not a list'],
  ['null as a tag', withMember('Tags', [{ Key: 5 }]), 'FileSystems[0].Tags[0].Key is not a string'],
  ['text as a number', withMember('StorageCapacity', '1200'), 'StorageCapacity is not a number'],
  ['text as a time', withMember('CreationTime', '2026-01-01T00:00:00Z'), 'HTTP status 200'],
  ['a time without end', withMember('CreationTime', 1e30), 'CreationTime is not a timestamp'],
  ['a list as the state', withMember('Lifecycle', ['AVAILABLE']), 'Lifecycle is not a string'],
  ['no list', (body) => (body.FileSystems = { a: 1 }), 'FileSystems is not a list'],
])(
  'a description with %s is no internal failure, and says what is wrong',
  async (_, change, words) => {
    const fs = await created();
    answered('DescribeFileSystems', change);
    const answer = await world.registry().read(fs);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'ServiceInternalError' });
    expect(answer.message).toContain(words);
    expect(answer.message).toContain('AWS_ENDPOINT_URL_FSX');
  },
);

test('a creation whose response has no id is asked for again, and makes one file system', async () => {
  answered('CreateFileSystem', withMember('FileSystemId', undefined));
  const fs = model(await world.registry({ attempts: 3 }).create(TEMPLATE));
  expect(world.fsx.fileSystems.all().map(({ FileSystemId }) => FileSystemId)).toEqual([
    fs.FileSystemId,
  ]);
  const [refused] = world.steps;
  expect(refused?.progress.errorCode).toBe('ServiceInternalError');
  expect(refused?.progress.message).toContain(String(fs.FileSystemId));
});

test('a deletion does not take a description without a type for a file system that is gone', async () => {
  const fs = await created();
  answered('DescribeFileSystems', withMember('FileSystemType', undefined), 8);
  expect(await world.registry().delete(fs)).toMatchObject({ status: 'SUCCESS' });
  expect(world.fsx.fileSystems.size).toBe(0);
});

test('an update goes on after a response that cannot be read', async () => {
  const fs = await created();
  answered('UpdateFileSystem', withMember('AdministrativeActions', [{ RequestTime: 'soon' }]));
  answered('DescribeFileSystems', withMember('Tags', 'none'), 2);
  const desired = { ...TEMPLATE, DataCompressionType: 'LZ4' };
  const updated = model(await world.registry().update(desired, { ...TEMPLATE, ...fs }));
  expect(updated.DataCompressionType).toBe('LZ4');
});

test.each([
  { fault: 'unavailable', status: 200 },
  { fault: 'unavailable', status: 403 },
  { fault: 'expiredToken' },
] as const)('a rollback is not failed by what is not from FSx: %j', async (fault) => {
  const fs = await created();
  const failed = { ...TEMPLATE, DataCompressionType: 'LZ4' };
  const updated = model(await world.registry().update(failed, { ...TEMPLATE, ...fs }));
  for (const operation of ['DescribeFileSystems', 'UpdateFileSystem'] as const)
    world.fsx.faults.add({ ...fault, operation });
  const rolledBack = await world
    .registry()
    .update(TEMPLATE, { ...failed, ...updated }, { rollback: true });
  expect(model(rolledBack).DataCompressionType).toBe('NONE');
});

test('a creation that a proxy answers as if FSx throttled says that FSx may have acted', async () => {
  world.fsx.faults.add({ fault: 'unavailable', operation: 'CreateFileSystem', status: 429, times: 'always' }); // oxfmt-ignore
  const answer = await world.registry().create(TEMPLATE);
  expect(answer.errorCode).toBe('Throttling');
  expect(answer.message).toContain('FSx may still have created a file system.');
});

test('an error without a message says what to do, and does not show words of the SDK', async () => {
  const fs = await created();
  world.fsx.faults.add({ fault: 'error', code: 'BadRequest', message: 'UnknownError' });
  const { message } = await world.registry().read(fs);
  expect(message).toMatch(
    /^FSx DescribeFileSystems: no message\. FSx gives no reason: look up the call in CloudTrail, .* \(BadRequest/,
  );
});
