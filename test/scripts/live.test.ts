import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { live, type LiveIo } from '../../scripts/live';
import { Aws, AwsError, type Command, commandLine } from '../../scripts/live/aws';
import { DEPLOYMENTS, hourlyCost, smallest, template } from '../../scripts/live/templates';
import { checkProperties } from '../../src/lustre/rules/rules';
import { commandOf, outcome } from './fake-aws.cjs';

const { PATH = '' } = process.env;
const CALL = ['--region', 'us-east-1', '--subnet', 'subnet-0123456789abcdef0'];
const NAME = 'pangea-lustre-live-rs';
const ID = 'fs-0123456789abcdef0';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fake-aws-'));
  process.env.FAKE_AWS = folder;
});
afterEach(() => {
  process.env.PATH = PATH;
  for (const name of Object.keys(process.env))
    if (name.startsWith('FAKE_AWS')) Reflect.deleteProperty(process.env, name);
  rmSync(folder, { recursive: true });
});

/** The fake as a command of this computer. */
function install(): void {
  copyFileSync(join(__dirname, 'fake-aws.cjs'), join(folder, 'aws'));
  chmodSync(join(folder, 'aws'), 0o755);
  process.env.PATH = [folder, PATH].join(delimiter);
}

/** Answers `yes`, on a computer where every command ends at once and whose clock stands still. */
async function run(words = CALL, io: Partial<LiveIo> = {}) {
  const said: string[] = [];
  const status = await live(words, {
    say: (line) => said.push(line),
    ask: (question) => {
      said.push(question);
      return Promise.resolve('yes');
    },
    pause: () => Promise.resolve(),
    command: (command) => Promise.resolve(outcome(command)),
    signals: new EventEmitter(),
    now: () => 1000,
    ...io,
  });
  return { status, said: said.join('\n') };
}

/** The commands so far: service and operation. */
function calls(): string[] {
  const file = join(folder, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

const account = () =>
  JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as Record<string, unknown>;
const LOOKS = ['sts get-caller-identity', 'ec2 describe-subnets', 'cloudformation describe-type'];

interface FakeAccount {
  stacks: Record<string, unknown>;
  buckets: Record<string, string[]>;
  keys: Record<string, { KeyState: string }>;
  aliases: Record<string, string>;
  logGroups: string[];
  roles: Record<string, number>;
}

/** Nothing but what somebody else has in the account, and a key that waits for its end. */
function expectNothingLeft(): void {
  expect(account()).not.toHaveProperty('fileSystem');
  const { aliases, buckets, keys, logGroups, roles, stacks } = account() as unknown as FakeAccount;
  expect({ aliases, buckets, logGroups, stacks }).toEqual({
    stacks: {},
    buckets: { 'bucket-of-somebody': ['a', 'b'] },
    aliases: { 'alias/of-somebody': 'key-of-somebody' },
    logGroups: ['/aws/fsx/lustre'],
  });
  expect(Object.values(roles).filter((looks) => looks > 0)).toEqual([]);
  const { 'key-of-somebody': theirs, ...ours } = keys;
  expect(theirs?.KeyState).toBe('Enabled');
  for (const { KeyState } of Object.values(ours)) expect(KeyState).toBe('PendingDeletion');
}

test('a whole lifecycle, with its consent, and nothing left', async () => {
  const { said, status } = await run();
  expect(said).toContain('In account 123456789012, region us-east-1, with version 00000003');
  expect(said).toMatch(/1200 GiB[\s\S]*0\.23 USD an hour[\s\S]*Type yes/);
  expect(said).toMatch(/9\/9 [\s\S]*Nothing is left/);
  expect(status).toBe(0);
  expectNothingLeft();
  expect(calls()).toEqual(
    expect.arrayContaining([
      'cloudformation create-stack',
      'cloudformation wait stack-create-complete',
      'cloudcontrol get-resource',
      'cloudformation update-stack',
      'cloudformation detect-stack-drift',
      'cloudformation create-change-set',
      'cloudformation wait stack-import-complete',
      'fsx describe-backups',
    ]),
  );
});

test('the stacks are named before the first is created', async () => {
  const { said } = await run();
  const [before = ''] = said.split('1/9 Creating a stack');
  expect(before).toContain(`The stacks: ${NAME}, then ${NAME}-imported`);
});

test.each(['', 'y', 'no', 'YES'])('without consent (%j) nothing is changed', async (answer) => {
  const { said, status } = await run(CALL, { ask: () => Promise.resolve(answer) });
  expect([status, said]).toEqual([1, expect.stringContaining('Nothing was created.')]);
  expect(calls()).toEqual(LOOKS);
});

test('a type that is not registered is said before the question', async () => {
  process.env.FAKE_AWS_UNREGISTERED = 'yes';
  await expect(run()).rejects.toThrow('not registered here: make submit REGION=us-east-1');
  expect(calls()).toEqual(LOOKS);
});

describe('where something fails', () => {
  test.each([
    'cloudcontrol get-resource',
    'cloudformation create-change-set',
    'cloudformation wait stack-import-complete',
  ])('(%s), what was made is removed', async (command) => {
    process.env.FAKE_AWS_FAIL = command;
    const { said, status } = await run();
    expect(status).toBe(1);
    expect(said).toMatch(/FAILED: .*No luck today/);
    expect(said).toContain('Nothing is left');
    expectNothingLeft();
  });

  test.each(['unknown', 'untagged'])(
    'a file system that a failed creation left is found and deleted (%s)',
    async (how) => {
      process.env.FAKE_AWS_ORPHAN = how;
      const { said, status } = await run();
      expect(said).toContain(`Deleting ${ID}, which no stack has removed`);
      expect(said).toContain('Nothing is left');
      expect(status).toBe(1);
      expectNothingLeft();
    },
  );

  test('it is not said that nothing is left before file systems were looked for by name', async () => {
    process.env.FAKE_AWS_ORPHAN = 'unknown';
    process.env.FAKE_AWS_FAIL = 'fsx delete-file-system';
    const { said, status } = await run();
    expect(said).not.toContain('Nothing is left');
    expect(said).toContain(`Left in the account, and billed: file system ${ID}`);
    expect(said).toContain(
      `  aws fsx delete-file-system --file-system-id ${ID} --region us-east-1`,
    );
    expect(status).toBe(1);
  });

  test('a stack that cannot be deleted is named with its command, and the rest is removed', async () => {
    process.env.FAKE_AWS_FAIL = 'cloudcontrol get-resource,cloudformation delete-stack';
    const { said, status } = await run();
    expect(said).toMatch(/FAILED, going on: aws cloudformation delete-stack: .*No luck today/s);
    expect(said).toContain(`Left in the account, and billed: stack ${NAME}`);
    expect(said).toContain(
      `  aws cloudformation delete-stack --stack-name ${NAME} --region us-east-1`,
    );
    expect(account()).not.toHaveProperty('fileSystem');
    expect(status).toBe(1);
  });

  test('what nobody could look for is told as perhaps left', async () => {
    process.env.FAKE_AWS_FAIL = 'cloudformation describe-stacks';
    const { said, status } = await run();
    expect(said).toMatch(
      new RegExp(`Perhaps left, nobody could look: stack ${NAME} \\(.*stack ${NAME}-imported`, 's'),
    );
    expect(said).toContain(`delete-stack --stack-name ${NAME}-imported --region us-east-1`);
    expect(account()).not.toHaveProperty('fileSystem');
    expect(status).toBe(1);
  });

  test('waiting has an end', async () => {
    process.env.FAKE_AWS_STUBBORN = 'yes';
    const { said, status } = await run();
    expect(said).toContain(
      'FAILED: gave up after 10 minutes of waiting for the maintenance window 2:04:30',
    );
    expect(status).toBe(1);
    expectNothingLeft();
  });
});

describe('Ctrl-C', () => {
  /** Stands at the commands of this name until it is cut short. */
  function standing(at: string, arrived: (standing: number) => void): Command {
    let times = 0;
    return (words, cut) => {
      if (commandOf(words) !== at) return Promise.resolve(outcome(words));
      return new Promise((_, reject) => {
        cut?.addEventListener('abort', () => {
          reject(new Error('cut short'));
        });
        arrived((times += 1));
      });
    };
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    '(%s) stops the run, removes what was made, and proves it',
    async (signal) => {
      const signals = new EventEmitter();
      const command = standing('cloudformation wait stack-update-complete', () =>
        signals.emit(signal),
      );
      const { said, status } = await run(CALL, { signals, command });
      expect(said).toMatch(/3\/9 [\s\S]*Stopping, and removing[\s\S]*Nothing is left/);
      expect(said).not.toMatch(/4\/9|FAILED/);
      expect(status).toBe(130);
      expectNothingLeft();
      expect(signals.listenerCount(signal)).toBe(0);
    },
  );

  test('a second one leaves at once and says how to remove all by hand', async () => {
    const signals = new EventEmitter();
    let milliseconds = 1000;
    const interrupt = () => {
      signals.emit('SIGINT');
      milliseconds += 1000;
    };
    const atCreation = standing('cloudformation wait stack-create-complete', interrupt);
    const atDeletion = standing('cloudformation wait stack-delete-complete', interrupt);
    const command: Command = (words, cut) =>
      words.includes('stack-delete-complete') ? atDeletion(words, cut) : atCreation(words, cut);
    const { said, status } = await run(CALL, { signals, command, now: () => milliseconds });
    expect(said).toMatch(/Stopping[\s\S]*To look and remove by hand:/);
    expect(said).not.toContain('Nothing is left');
    for (const stack of [NAME, `${NAME}-imported`])
      expect(said).toContain(
        `  aws cloudformation delete-stack --stack-name ${stack} --region us-east-1`,
      );
    expect(said).toContain(`Key=='Name' && Value=='${NAME}'`);
    expect(said).toContain(`aws fsx delete-file-system --file-system-id ${ID} --region us-east-1`);
    expect(status).toBe(130);
  });

  test('which npm passes on once more is one wish', async () => {
    const signals = new EventEmitter();
    const command = standing('cloudformation wait stack-create-complete', () => {
      signals.emit('SIGINT');
      signals.emit('SIGINT');
    });
    const { said, status } = await run(CALL, { signals, command });
    expect(said).toContain('Nothing is left');
    expect(status).toBe(130);
  });

  test('in a terminal reaches neither the command that is running nor those that clean up', async () => {
    install();
    const outfile = join(folder, 'live.js');
    buildSync({
      entryPoints: [join(__dirname, '../../scripts/live.ts')],
      ...{ bundle: true, platform: 'node', outfile, logLevel: 'error' },
    });
    process.env.FAKE_AWS_SLOW = 'cloudformation create-stack';
    // It leads a group of its own, as in a terminal, where Ctrl-C is for the whole group.
    const script = spawn(process.execPath, [outfile, ...CALL], {
      detached: true,
      env: process.env,
    });
    const ended = once(script, 'close');
    let said = '';
    script.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    script.stdin.end('yes\n');
    /** Until then, or the end of the script. */
    const seen = async (isThere: () => boolean) => {
      while (!isThere() && script.exitCode === null && script.signalCode === null) await wait(10);
    };
    await seen(() => existsSync(join(folder, 'begun')));
    process.kill(-(script.pid ?? NaN), 'SIGINT');
    await seen(() => said.includes('Stopping'));
    writeFileSync(join(folder, 'go'), '');
    expect(await ended).toEqual([130, null]);
    expect(said).toContain('Nothing is left');
    expect(calls()).toContain('cloudformation create-stack');
    expectNothingLeft();
  });

  test('cuts the AWS CLI short where it only waits', async () => {
    install();
    process.env.FAKE_AWS_SLOW = 'cloudformation wait stack-create-complete';
    const stop = new AbortController();
    const waiting = new Aws('us-east-1', undefined, stop.signal).call('cloudformation', [
      'wait',
      'stack-create-complete',
    ]);
    stop.abort();
    await expect(waiting).rejects.toThrow('aborted');
    expect(calls()).toEqual([]);
  });
});

test.each([[[]], [['--region', 'us-east-1']], [[...CALL.slice(0, 3), 'vpc-1']]])(
  'a call that lacks something says how: %j',
  async (words) => {
    await expect(run(words)).rejects.toThrow('make live REGION=');
    expect(calls()).toEqual([]);
  },
);

describe('what the file system is connected with', () => {
  const BUCKET = 'pangea-lustre-live-123456789012-us-east-1';
  const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const ALL = [...CALL, '--with', 's3,kms,logs'];
  const THEIRS = [...CALL, '--bucket', 'bucket-of-somebody', '--key', 'alias/of-somebody'];

  test('is told before the question, made, used, read back, and removed', async () => {
    const { said, status } = await run(ALL);
    const [before = ''] = said.split('Type yes');
    expect(before).toMatch(/PERSISTENT_1, 1200 GiB[\s\S]*is removed after it/);
    expect(before).toContain(`a bucket ${BUCKET} with one empty object`);
    expect(before).toContain(`a KMS key with the alias alias/${NAME}, for 1 USD a month`);
    expect(before).toContain(`a log group /aws/fsx/${NAME}`);
    expect(said).toMatch(/1\/11 Preparing[\s\S]*11\/11 /);
    expect(said).toContain(
      `KMS deletes the key ${KEY} on 2026-12-01, the soonest it can, and does not bill it until then.`,
    );
    expect(status).toBe(0);
    expectNothingLeft();
  });

  test.each(['ImportPath', 'KmsKeyId', 'LogConfiguration'])(
    'is missed where the file system does not read back %s',
    async (property) => {
      process.env.FAKE_AWS_FORGETS = property;
      const { said, status } = await run(ALL);
      expect(said).toContain(`FAILED: it does not read back {"${property}":`);
      expect(status).toBe(1);
      expectNothingLeft();
    },
  );

  test('it is looked for before it is said that nothing is left', async () => {
    const { said } = await run(ALL);
    const [, looked = ''] = said.split('Nothing is left. Looked for: ');
    for (const what of [
      BUCKET,
      `alias/${NAME}`,
      `key ${KEY}`,
      `/aws/fsx/${NAME}`,
      `role AWSServiceRoleForFSxS3Access_${ID}`,
    ])
      expect(looked).toContain(what);
  });

  test('without consent nothing is made', async () => {
    await run(ALL, { ask: () => Promise.resolve('no') });
    expect(calls()).toEqual([...LOOKS, 's3api head-bucket']);
  });

  test('what was there before is used and stays as it is', async () => {
    const { said, status } = await run(THEIRS);
    expect(said).toContain('the bucket bucket-of-somebody, which is there: FSx lists its objects');
    expect(said).toContain('the KMS key alias/of-somebody, which is there and stays as it is');
    expect(status).toBe(0);
    expect(calls().filter((call) => /^(s3api|kms|logs) (?!head|describe)/.test(call))).toEqual([]);
    expectNothingLeft();
  });

  test.each(['s3', 'kms', 'logs'])('can be %s alone', async (kind) => {
    const { said, status } = await run([...CALL, '--with', kind]);
    expect([status, said]).toEqual([0, expect.stringContaining('Nothing is left')]);
    expect(said).toContain(kind === 'kms' ? 'PERSISTENT_1' : 'SCRATCH_2');
    expectNothingLeft();
  });

  test('a bucket that is given and not there is made and removed', async () => {
    const { said, status } = await run([...CALL, '--bucket', 'another-bucket']);
    expect(said).toContain('a bucket another-bucket with one empty object');
    expect(status).toBe(0);
    expectNothingLeft();
  });

  test('outside us-east-1 the bucket is made in the region', async () => {
    const words: string[] = [];
    await run(['--region', 'eu-west-1', ...CALL.slice(2), '--with', 's3'], {
      command: (given) => {
        if (commandOf(given) === 's3api create-bucket') words.push(...given);
        return Promise.resolve(outcome(given));
      },
    });
    expect(words).toEqual(
      expect.arrayContaining([
        '--create-bucket-configuration',
        '{"LocationConstraint":"eu-west-1"}',
      ]),
    );
  });

  test('a bucket of an earlier life is not taken for one of this', async () => {
    process.env.FAKE_AWS_FAIL = 's3api delete-bucket';
    await run([...CALL, '--with', 's3']);
    process.env.FAKE_AWS_FAIL = '';
    await expect(run([...CALL, '--with', 's3'])).rejects.toThrow(
      `The bucket ${BUCKET} is there already. BUCKET=${BUCKET} uses it as it is.`,
    );
  });

  test.each([
    's3api create-bucket',
    's3api put-object',
    'kms create-key',
    'kms create-alias',
    'logs create-log-group',
    'cloudformation create-stack',
    'cloudcontrol get-resource',
    'cloudformation create-change-set',
  ])('is removed where %s fails', async (command) => {
    process.env.FAKE_AWS_FAIL = command;
    const { said, status } = await run(ALL);
    expect(status).toBe(1);
    expect(said).toMatch(/FAILED: .*No luck today[\s\S]*Nothing is left/);
    expectNothingLeft();
  });

  test.each(['s3api create-bucket', 'kms create-key', 'kms create-alias', 'logs create-log-group'])(
    'is removed where the answer to %s is lost',
    async (command) => {
      process.env.FAKE_AWS_LOST = command;
      const { said, status } = await run(ALL);
      expect(said).toMatch(/FAILED: .*the answer is lost[\s\S]*Nothing is left/);
      expect(status).toBe(1);
      expectNothingLeft();
    },
  );

  test.each([
    ['s3api delete-object', `bucket ${BUCKET}`, `s3 rb s3://${BUCKET} --force`],
    ['s3api delete-bucket', `bucket ${BUCKET}`, `s3 rb s3://${BUCKET} --force`],
    ['kms delete-alias', `alias/${NAME}`, `kms delete-alias --alias-name alias/${NAME}`],
    [
      'kms schedule-key-deletion',
      `key ${KEY}`,
      `kms schedule-key-deletion --pending-window-in-days 7 --key-id ${KEY}`,
    ],
    [
      'logs delete-log-group',
      `log group /aws/fsx/${NAME}`,
      `logs delete-log-group --log-group-name /aws/fsx/${NAME}`,
    ],
  ])('is told as left where %s fails, with the command', async (fails, what, command) => {
    process.env.FAKE_AWS_FAIL = fails;
    const { said, status } = await run(ALL);
    expect(status).toBe(1);
    expect(said).toContain(`FAILED, going on: aws ${fails}`);
    expect(said).not.toContain('Nothing is left');
    expect(said).toMatch(new RegExp(`Left in the account, and billed: [^\\n]*${what}`));
    expect(said).toContain(`  aws ${command} --region us-east-1`);
  });

  test.each([
    ['s3api head-bucket', 'bucket '],
    ['iam get-role', 'role AWSServiceRoleForFSxS3Access_'],
    ['kms describe-key', 'key '],
    ['logs describe-log-groups', 'log group '],
  ])('is told as perhaps left where %s fails', async (fails, what) => {
    // After the plan, which looks for the bucket.
    const command: Command = (words) => {
      if (commandOf(words) === 'cloudformation delete-stack') process.env.FAKE_AWS_FAIL = fails;
      return Promise.resolve(outcome(words));
    };
    const { said, status } = await run(ALL, { command });
    expect(status).toBe(1);
    expect(said).not.toContain('Nothing is left');
    expect(said).toMatch(new RegExp(`Perhaps left, nobody could look: [^\\n]*${what}`));
  });

  test('is kept while there is a file system that may use it', async () => {
    process.env.FAKE_AWS_ORPHAN = 'unknown';
    process.env.FAKE_AWS_FAIL = 'fsx delete-file-system';
    const { said, status } = await run(ALL);
    expect(said).toContain(`FAILED, going on: ${ID} is still there, so what it uses is kept`);
    expect(said).toMatch(
      new RegExp(`billed: file system ${ID}, bucket ${BUCKET}, .*key ${KEY}, log group`),
    );
    expect(account()).toMatchObject({ keys: { [KEY]: { KeyState: 'Enabled' } } });
    expect(status).toBe(1);
  });

  test('the role of a link that FSx leaves is removed', async () => {
    process.env.FAKE_AWS_ROLE_STAYS = 'yes';
    const { said, status } = await run([...CALL, '--with', 's3']);
    expect([status, said]).toEqual([0, expect.stringContaining('Nothing is left')]);
    expect(calls()).toContain('iam delete-service-linked-role');
    expectNothingLeft();
  });

  test('Ctrl-C while it is made removes it', async () => {
    const signals = new EventEmitter();
    const command: Command = (words) => {
      if (commandOf(words) === 'kms create-key') signals.emit('SIGINT');
      return Promise.resolve(outcome(words));
    };
    const { said, status } = await run(ALL, { signals, command });
    expect(said).toMatch(/1\/11 [\s\S]*Stopping, and removing[\s\S]*Nothing is left/);
    expect(calls()).not.toContain('kms create-alias');
    expect(status).toBe(130);
    expectNothingLeft();
  });

  test('a second Ctrl-C says how to remove it by hand', async () => {
    const signals = new EventEmitter();
    let milliseconds = 1000;
    const command: Command = (words) => {
      if (!commandOf(words).startsWith('cloudformation wait'))
        return Promise.resolve(outcome(words));
      return new Promise((_, reject) => {
        signals.emit('SIGINT');
        milliseconds += 1000;
        signals.emit('SIGINT');
        reject(new Error('cut short'));
      });
    };
    const { said, status } = await run(ALL, { signals, command, now: () => milliseconds });
    const [, byHand = ''] = said.split('To look and remove by hand:');
    for (const words of [
      's3 rb s3://',
      'kms delete-alias',
      'kms schedule-key-deletion',
      'logs delete-log-group',
    ])
      expect(byHand).toContain(`  aws ${words}`);
    expect(status).toBe(130);
  });

  test.each([
    [['--with', 's4'], 'WITH takes s3, kms, logs, with commas between, not s4.'],
    [['--deployment', 'SCRATCH_1'], 'DEPLOYMENT takes SCRATCH_2, PERSISTENT_1, PERSISTENT_2'],
    [['--with', 's3', '--deployment', 'PERSISTENT_2'], 'ImportPath'],
    [['--with', 'kms', '--deployment', 'SCRATCH_2'], 'KmsKeyId'],
  ])('%j is refused before anything is made', async (words, message) => {
    await expect(run([...CALL, ...words])).rejects.toThrow(message);
    expect(calls().filter((call) => /create|put/.test(call))).toEqual([]);
  });
});

test('why a stack failed is told', async () => {
  process.env.FAKE_AWS_FAIL = 'cloudformation wait stack-create-complete';
  const { said } = await run();
  expect(said).toContain(
    'No luck today\nFileSystem: unable to validate access to the S3 bucket\nRemoving what was created:',
  );
});

test.each([['--help'], ['-h']])(
  '%s tells what it does and takes, and calls nothing',
  async (flag) => {
    const { said, status } = await run([flag]);
    expect([status, calls()]).toEqual([0, []]);
    expect(said).toMatch(/--region REGION[\s\S]*--subnet SUBNET/);
  },
);

test('an unknown flag points to the help', async () => {
  await expect(run(['--zone', 'a'])).rejects.toThrow('--help lists the flags');
});

test('commands: names become flags, lists and objects JSON', () => {
  expect(
    commandLine('eu-west-1', 'cloudformation', ['wait', 'stack-create-complete'], {
      StackName: 'a b',
      ResourcesToImport: [{ ResourceType: 'X' }],
      FileSystemIds: ['fs-1'],
    }),
  ).toEqual([
    'cloudformation',
    'wait',
    'stack-create-complete',
    '--region',
    'eu-west-1',
    '--output',
    'json',
    '--stack-name',
    'a b',
    '--resources-to-import',
    '[{"ResourceType":"X"}]',
    '--file-system-ids',
    '["fs-1"]',
  ]);
});

test('the AWS CLI answers; its errors carry the code of the service', async () => {
  install();
  const aws = new Aws('us-east-1');
  expect(await aws.call('sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
  process.env.FAKE_AWS_FAIL = 'sts get-caller-identity';
  const failed = aws.call('sts', 'get-caller-identity');
  await expect(failed).rejects.toMatchObject({ code: 'InternalError' });
  await expect(failed).rejects.toThrow('aws sts get-caller-identity: An error occurred');
});

test('it is said where there is no AWS CLI', async () => {
  process.env.PATH = '';
  const missing = new Aws('us-east-1').call('sts', 'get-caller-identity');
  await expect(missing).rejects.toThrow(AwsError);
  await expect(missing).rejects.toThrow('not installed');
});

test.each(DEPLOYMENTS)(
  'the file system is a valid one, and its price that of its region: %s',
  (deployment) => {
    const { Resources } = template({
      subnet: 'subnet-0123456789abcdef0',
      maintenance: '1:03:00',
      tags: {},
      properties: { ...smallest(deployment) },
    });
    expect(checkProperties(Resources.FileSystem.Properties)).toEqual([]);
    const { basis, usd } = hourlyCost(smallest(deployment), 'us-east-1');
    expect(usd).toBeCloseTo(
      { SCRATCH_2: 0.23, PERSISTENT_1: 0.23, PERSISTENT_2: 0.24 }[deployment],
      2,
    );
    expect(basis).toContain('us-east-1');
  },
);
