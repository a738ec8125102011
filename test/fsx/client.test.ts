/** What a call to FSx comes to when the answers are not what they should be. */
import { Fsx } from '../../src/fsx/client';
// Before any deadline begins: a busy computer takes longer to load it than the shortest of them.
import '../../src/fsx/sdk';
import { startRecorder, type Reply } from '../runtime/recorder';

let recorder: Awaited<ReturnType<typeof startRecorder>> | undefined;
afterEach(() => recorder?.close());

async function fsx(deadline: number, ...replies: Reply[]): Promise<Fsx> {
  recorder = await startRecorder((_, calls) => replies[calls.length] ?? 'silence');
  process.env.AWS_ENDPOINT_URL_FSX = recorder.url;
  const credentials = { accessKeyId: 'AK', secretAccessKey: 'secret' };
  return new Fsx({ region: 'us-east-1', credentials, attempts: 8, deadline });
}

const ID = 'fs-0123456789abcdef0';
const THROTTLED: Reply = { error: 'ThrottlingException' };
const SLOWLY: Reply = { error: 'ThrottlingException', headers: { 'retry-after': '300' } };

test('a deadline between two attempts is what FSx said to the last one', async () => {
  const client = await fsx(300, SLOWLY);
  await expect(client.describe(ID)).rejects.toMatchObject({ code: 'Throttling' });
});

test('a deadline while an attempt is under way is no answer', async () => {
  const client = await fsx(3_000, THROTTLED, 'silence');
  await expect(client.describe(ID)).rejects.toMatchObject({ code: 'NetworkFailure' });
});

test('an answer without a list of file systems does not say that one is gone', async () => {
  const client = await fsx(5_000, { success: {} }, { success: { FileSystems: null } });
  await expect(client.describe(ID)).rejects.toMatchObject({ code: 'ServiceInternalError' });
  await expect(client.page()).rejects.toMatchObject({ code: 'ServiceInternalError' });
});

const CREATION = {
  FileSystemType: 'LUSTRE' as const,
  StorageCapacity: 1200,
  SubnetIds: ['subnet-0123456789abcdef0'],
};

test.each<[string, boolean, Reply[]]>([
  ['throttled', false, [SLOWLY]],
  ['refused', false, [{ error: 'BadRequest' }]],
  ['cut, then throttled until the deadline', true, ['cut', SLOWLY]],
  ['a failure, then throttled', true, [{ error: 'InternalServerError', status: 500 }, SLOWLY]],
  ['cut, then refused', true, ['cut', { error: 'ExpiredTokenException' }]],
  ['an answer without a file system', true, [{ success: {} }]],
])('whether FSx may have acted: %s, %s', async (_, mayHaveActed, replies) => {
  const client = await fsx(3_000, ...replies);
  await expect(client.create(CREATION)).rejects.toMatchObject({ mayHaveActed });
});

test('a call that nobody took has not acted', async () => {
  process.env.AWS_ENDPOINT_URL_FSX = 'http://127.0.0.1:1';
  const nobody = new Fsx({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AK', secretAccessKey: 'secret' },
    attempts: 1,
    deadline: 5_000,
  });
  await expect(nobody.create(CREATION)).rejects.toMatchObject({ mayHaveActed: false });
  nobody.close();
});

test('what one call left open is nothing to the next', async () => {
  const client = await fsx(5_000, 'cut', { error: 'BadRequest' }, { error: 'BadRequest' });
  await expect(client.create(CREATION)).rejects.toMatchObject({ mayHaveActed: true });
  await expect(client.create(CREATION)).rejects.toMatchObject({ mayHaveActed: false });
});
