/** Each operation as it goes over the wire, what comes of its answer, and what is told of it. */
import { Fsx, type FsxCall, type FsxOptions } from '../../src/fsx/client';
import '../../src/fsx/sdk';
import { startRecorder, type Reply } from '../runtime/recorder';

const ID = 'fs-0123456789abcdef0';
const ARN = `arn:aws:fsx:us-east-1:123456789012:file-system/${ID}`;
const credentials = { accessKeyId: 'AK', secretAccessKey: 'secret' };
const OPTIONS = {
  region: 'us-east-1',
  credentials,
  attempts: 1,
  callsBack: true,
  deadline: 60_000,
};

let recorder: Awaited<ReturnType<typeof startRecorder>>;
let reply: Reply;
beforeAll(async () => (recorder = await startRecorder(() => reply)));
afterAll(() => recorder.close());
beforeEach(() => {
  recorder.calls.length = 0;
  process.env.AWS_ENDPOINT_URL_FSX = recorder.url;
});

/** What one call sends, what it comes to, and what the observer is told. */
async function called(ask: (fsx: Fsx) => Promise<unknown>, answer: Reply) {
  reply = answer;
  const observed: FsxCall[] = [];
  const fsx = new Fsx({ ...OPTIONS, observe: (call) => observed.push(call) });
  const outcome = await ask(fsx).catch((error: unknown) => error as Error);
  fsx.close();
  const [sent] = recorder.calls;
  return { sent: sent && [sent.operation, sent.input, sent.region], outcome, observed };
}

const file = { FileSystemId: ID, FileSystemType: 'LUSTRE' };
const other = { FileSystemId: 'fs-01234567', FileSystemType: 'WINDOWS' };
const CREATION = {
  FileSystemType: 'LUSTRE' as const,
  SubnetIds: ['subnet-1'],
  ClientRequestToken: 't',
};
const RESTORE = { BackupId: 'backup-1', SubnetIds: ['subnet-1'], ClientRequestToken: 't' };

const OPERATIONS: readonly (readonly [
  operation: string,
  ask: (fsx: Fsx) => Promise<unknown>,
  input: object,
  success: Record<string, unknown>,
  result: unknown,
])[] = [
  ['CreateFileSystem', (fsx) => fsx.create(CREATION), CREATION, { FileSystem: file }, file],
  [
    'CreateFileSystemFromBackup',
    (fsx) => fsx.createFromBackup(RESTORE),
    RESTORE,
    { FileSystem: file },
    file,
  ],
  [
    'DescribeFileSystems',
    (fsx) => fsx.describe(ID),
    { FileSystemIds: [ID] },
    { FileSystems: [other, file] },
    file,
  ],
  [
    'DescribeFileSystems',
    (fsx) => fsx.describe(ID),
    { FileSystemIds: [ID] },
    { FileSystems: [{ ...other, FileSystemId: ID }] },
    undefined,
  ],
  [
    'DescribeFileSystems',
    (fsx) => fsx.page(),
    {},
    { FileSystems: [other, file], NextToken: 'n' },
    { fileSystems: [file], nextToken: 'n' },
  ],
  [
    'DescribeFileSystems',
    (fsx) => fsx.page('m'),
    { NextToken: 'm' },
    { FileSystems: [] },
    { fileSystems: [] },
  ],
  [
    'UpdateFileSystem',
    (fsx) => fsx.update({ FileSystemId: ID, ClientRequestToken: 't' }),
    { FileSystemId: ID, ClientRequestToken: 't' },
    { FileSystem: file },
    file,
  ],
  [
    'DeleteFileSystem',
    (fsx) => fsx.delete({ FileSystemId: ID, ClientRequestToken: 't' }),
    { FileSystemId: ID, ClientRequestToken: 't' },
    { LustreResponse: { FinalBackupId: 'backup-1' } },
    'backup-1',
  ],
  [
    'DeleteFileSystem',
    (fsx) => fsx.delete({ FileSystemId: ID, ClientRequestToken: 't' }),
    { FileSystemId: ID, ClientRequestToken: 't' },
    {},
    undefined,
  ],
  [
    'TagResource',
    (fsx) => fsx.tag(ARN, [{ Key: 'a', Value: 'b' }]),
    { ResourceARN: ARN, Tags: [{ Key: 'a', Value: 'b' }] },
    {},
    undefined,
  ],
  [
    'UntagResource',
    (fsx) => fsx.untag(ARN, ['a']),
    { ResourceARN: ARN, TagKeys: ['a'] },
    {},
    undefined,
  ],
];

test.each(OPERATIONS)('%s', async (operation, ask, input, success, result) => {
  const { sent, outcome, observed } = await called(ask, { success });
  expect(sent).toEqual([operation, input, 'us-east-1']);
  expect(outcome).toEqual(result);
  expect(observed).toEqual([
    {
      operation,
      outcome: 'OK',
      ms: expect.any(Number) as number,
      requestId: 'request-1',
      attempts: 1,
    },
  ]);
});

test.each(OPERATIONS)('%s, refused', async (operation, ask) => {
  const { outcome, observed } = await called(ask, { error: 'BadRequest', message: 'No.' });
  expect(outcome).toMatchObject({
    code: 'InvalidRequest',
    message: `FSx ${operation}: No. (BadRequest, request request-1)`,
  });
  expect(observed).toMatchObject([
    { operation, outcome: 'InvalidRequest', requestId: 'request-1', attempts: 1 },
  ]);
  expect(observed[0]?.ms).toBeLessThan(60_000);
});

test.each([
  ['CreateFileSystem', (fsx: Fsx) => fsx.create(CREATION), 'FileSystem'],
  ['CreateFileSystemFromBackup', (fsx: Fsx) => fsx.createFromBackup(RESTORE), 'FileSystem'],
  ['UpdateFileSystem', (fsx: Fsx) => fsx.update({ FileSystemId: ID }), 'FileSystem'],
  ['DescribeFileSystems', (fsx: Fsx) => fsx.page(), 'FileSystems'],
])('%s, answered with nothing', async (operation, ask, member) => {
  const { outcome } = await called(ask, { success: {} });
  expect(outcome).toMatchObject({
    code: 'ServiceInternalError',
    plain: `FSx ${operation}: the response is not a valid FSx API response: ${member} is missing.`,
    mayHaveActed: member === 'FileSystem',
  });
});

test('one that is not there is no error, and every other refusal is', async () => {
  const describe = (fsx: Fsx) => fsx.describe(ID);
  expect((await called(describe, { error: 'FileSystemNotFound' })).outcome).toBeUndefined();
  const page = (fsx: Fsx) => fsx.page();
  expect((await called(page, { error: 'FileSystemNotFound' })).outcome).toMatchObject({
    code: 'NotFound',
  });
  expect((await called(describe, { error: 'AccessDenied' })).outcome).toMatchObject({
    code: 'AccessDenied',
  });
});

describe('without credentials', () => {
  const attempt = async () => {
    const options: FsxOptions = { ...OPTIONS };
    delete options.credentials;
    const fsx = new Fsx(options);
    const outcome = await fsx.describe(ID).catch((error: unknown) => error as Error);
    fsx.close();
    return outcome;
  };
  afterEach(() => {
    delete process.env.AWS_LAMBDA_FUNCTION_NAME;
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
  });

  test('FSx is not called in Lambda, and the way out is told', async () => {
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'f';
    expect(await attempt()).toMatchObject({
      code: 'InvalidCredentials',
      message:
        'The event has no callerCredentials, so FSx was not called. CloudFormation passes them if the type is registered with an execution role. In a test, add credentials to the event, send the calls to a local FSx with AWS_ENDPOINT_URL_FSX, or set PANGEA_FSX_ENVIRONMENT_CREDENTIALS=true to use those of the environment.',
    });
    expect(recorder.calls).toEqual([]);
  });

  test('those of the environment serve a local FSx', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'ENV';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
    reply = { success: { FileSystems: [file] } };
    expect(await attempt()).toEqual(file);
    expect(recorder.calls[0]?.accessKeyId).toBe('ENV');
  });
});

test('one that was never asked anything can be closed', () => {
  expect(() => {
    new Fsx(OPTIONS).close();
  }).not.toThrow();
});
