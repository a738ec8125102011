/** The final backup that a template asks for: what FSx is told, and what the user is told where there can be none. */
import type { DeleteFileSystemCommandInput, FileSystem } from '@aws-sdk/client-fsx';
import { remove } from '../../src/actions/delete';
import { HandlerError } from '../../src/handler-error';
import { described, fakeFsx, ID, refusal, requestTo, run } from './fake-fsx';

interface Situation {
  desired?: object;
  fileSystem?: Partial<FileSystem>;
  /** What FSx answers; without, it accepts. */
  refuses?: HandlerError;
  backupId?: string;
}

/** What FSx was asked for, and how the deletion ended. */
async function deletion({ desired, fileSystem, refuses, backupId }: Situation) {
  const inputs: DeleteFileSystemCommandInput[] = [];
  const isAccepted = () => inputs.length > 0 && !refuses;
  const fsx = fakeFsx({
    describe: () => Promise.resolve(isAccepted() ? undefined : described(fileSystem)),
    delete: (input) => {
      inputs.push(input);
      return refuses ? Promise.reject(refuses) : Promise.resolve(backupId);
    },
  });
  const request = requestTo(fsx, {
    desired: { FileSystemId: ID, SkipFinalBackup: 'false', ...desired },
  });
  const { end, messages } = await run(remove, request);
  const asked = inputs.map(({ LustreConfiguration }) => LustreConfiguration);
  const told = end instanceof HandlerError ? `${end.code}: ${end.message}` : end;
  return { asked, told, messages };
}

const scratch = { LustreConfiguration: { DeploymentType: 'SCRATCH_2' } } as const;
const linked = (path: string) => ({
  LustreConfiguration: {
    DeploymentType: 'PERSISTENT_1' as const,
    DataRepositoryConfiguration: { ImportPath: path },
  },
});

test.each([
  ['none', {}, { SkipFinalBackup: false }, undefined],
  ['one', { backupId: 'backup-1' }, { SkipFinalBackup: false }, 'The final backup is backup-1.'],
  ['no wish', { desired: { SkipFinalBackup: undefined } }, { SkipFinalBackup: true }, undefined],
  ['true', { desired: { SkipFinalBackup: 'true' } }, { SkipFinalBackup: true }, undefined],
  [
    'an empty list of tags',
    { desired: { FinalBackupTags: [] } },
    { SkipFinalBackup: false },
    undefined,
  ],
  [
    'a tag',
    { desired: { FinalBackupTags: [{ Key: 'a', Value: 'b' }] } },
    { SkipFinalBackup: false, FinalBackupTags: [{ Key: 'a', Value: 'b' }] },
    undefined,
  ],
  [
    'another property that is wrong',
    { desired: { StorageCapacity: 'much', Colour: 'green' } },
    { SkipFinalBackup: false },
    undefined,
  ],
] as const)('with %s', async (_, situation, asked, message) => {
  const { told, ...rest } = await deletion(situation);
  expect(rest.asked).toEqual([asked]);
  expect(told).toEqual({ status: 'SUCCESS', ...(message && { message }) });
});

test.each([
  ['two tags with one key', [{ Key: 'a', Value: 'b' }, { Key: 'a', Value: 'c' }]], // oxfmt-ignore
  ['a tag without a value', [{ Key: 'a' }]],
  ['a reserved tag', [{ Key: 'aws:a', Value: 'b' }]],
  ['a text', 'a'],
  [
    'a long list of wrong tags',
    Array.from({ length: 20 }, (_, i) => ({ Key: `aws:${i}`, Value: '' })),
  ],
])('with %s the backup is made without tags, and the user is told', async (_, FinalBackupTags) => {
  const { asked, told } = await deletion({ desired: { FinalBackupTags }, backupId: 'backup-1' });
  expect(asked).toEqual([{ SkipFinalBackup: false }]);
  expect(told).toMatchSnapshot();
});

test.each(['maybe', 2, []])('SkipFinalBackup %j deletes nothing', async (SkipFinalBackup) => {
  const { asked, told } = await deletion({ desired: { SkipFinalBackup } });
  expect(asked).toEqual([]);
  expect(told).toMatchSnapshot();
});

test.each<[string, Situation]>([
  ['a scratch file system', { fileSystem: scratch }],
  ['a file system of no known type', { fileSystem: { LustreConfiguration: {} } }],
  ['a file system without details', { fileSystem: { LustreConfiguration: undefined } }],
  ['a link to S3', { fileSystem: linked('s3://bucket/a') }],
  ['a long link to S3', { fileSystem: linked(`s3://bucket/${'a'.repeat(200)}`) }],
  ['a scratch file system that has failed', { fileSystem: { ...scratch, Lifecycle: 'FAILED' } }],
])('%s is kept for the backup that there cannot be, and FSx is not asked', async (_, situation) => {
  const { asked, told } = await deletion(situation);
  expect(asked).toEqual([]);
  expect(told).toMatchSnapshot();
});

const failed = (code: HandlerError['code'], advice: string, plain = 'No.') =>
  new HandlerError(code, `${plain} ${advice}`, { cause: new Error(plain), plain });

test.each<[string, Situation]>([
  ['a refusal', { refuses: failed('InvalidRequest', 'ADVICE') }],
  ['a long refusal', { refuses: failed('InvalidRequest', '', `BEGIN${'x'.repeat(900)}END`) }],
  ['a quota', { refuses: failed('ServiceLimitExceeded', 'ADVICE') }],
  ['a permission', { refuses: failed('AccessDenied', 'ADVICE', 'fsx:CreateBackup is denied.') }],
  ['another permission', { refuses: failed('AccessDenied', 'ADVICE') }],
  ['credentials', { refuses: failed('InvalidCredentials', 'ADVICE') }],
  ['a conflict', { refuses: refusal('ResourceConflict') }],
  [
    'a refusal of one that has failed',
    { fileSystem: { Lifecycle: 'FAILED' }, refuses: failed('InvalidRequest', 'ADVICE') },
  ],
  [
    'a quota of one that has failed',
    { fileSystem: { Lifecycle: 'FAILED' }, refuses: failed('ServiceLimitExceeded', 'ADVICE') },
  ],
  [
    'a refusal of one without a state',
    { fileSystem: { Lifecycle: undefined }, refuses: failed('InvalidRequest', 'ADVICE') },
  ],
  [
    'a refusal with tags',
    {
      desired: { FinalBackupTags: [{ Key: 'a', Value: 'b' }] },
      refuses: failed('InvalidRequest', 'ADVICE', 'No tags.'),
    },
  ],
  [
    'a refusal without a wish',
    { desired: { SkipFinalBackup: 'true' }, refuses: failed('InvalidRequest', 'ADVICE') },
  ],
  [
    'a quota without a wish',
    {
      desired: { SkipFinalBackup: 'true' },
      fileSystem: { Lifecycle: 'MISCONFIGURED' },
      refuses: failed('ServiceLimitExceeded', 'ADVICE'),
    },
  ],
])('%s', async (_, situation) => {
  const { asked, told, messages } = await deletion(situation);
  expect({
    asked: asked.slice(0, 4),
    calls: asked.length,
    told,
    said: [...new Set(messages)],
  }).toMatchSnapshot();
  expect(typeof told === 'string' ? told.length : 0).toBeLessThanOrEqual(1024 + 30);
});

test('a task that runs is waited for, whatever is wanted, and a tag of that name is none', async () => {
  const waits = async (plain: string) => {
    const { messages } = await deletion({
      desired: { SkipFinalBackup: 'true' },
      refuses: failed('InvalidRequest', '', plain),
    });
    return [...new Set(messages)];
  };
  const words = [
    'A data repository TASK is EXECUTING.',
    'The tag "task" is not valid.',
    'A task has tags.',
    'A backup is in progress.',
    'A backup is underway.',
    'A backup is under way.',
    'A backup.',
    'It is being deleted.',
    'It is DELETING.',
    'It is deleting.',
    'It was deleted.',
  ];
  const said = await Promise.all(words.map(async (one) => [one, await waits(one)] as const));
  expect(Object.fromEntries(said)).toMatchSnapshot();
});
