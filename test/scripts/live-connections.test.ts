/** What `make live` connects its file system with, and what becomes of it. */
import { EventEmitter } from 'node:events';
import { type Command } from '../../scripts/aws';
import { commandOf, outcome } from './fake-aws.cjs';

import { account, CALL, calls, expectNothingLeft, ID, LOOKS, NAME, run, useAccounts } from './live-support'; // oxfmt-ignore

useAccounts();

describe('what the file system is connected with', () => {
  const BUCKET = 'pangea-lustre-live-123456789012-us-east-1';
  const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const ALL = [...CALL, '--with', 's3,kms,logs'];
  const THEIRS = [...CALL, '--bucket', 'bucket-of-somebody', '--key', 'alias/of-somebody'];

  test('is told before the question, made, used, read back, and removed', async () => {
    const { said, status } = await run(ALL);
    const [before = ''] = said.split('Type yes');
    expect(before).toMatch(/PERSISTENT_1, 1200 GiB[\s\S]*are removed after it/);
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
    expect(said).toMatch(new RegExp(`Possibly left, because the check failed: [^\\n]*${what}`));
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
    const [, byHand = ''] = said.split('To look for them and remove them manually:');
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
    [['--with', 's4'], 'WITH takes s3, kms, logs, separated by commas, not s4.'],
    [['--deployment', 'SCRATCH_1'], 'DEPLOYMENT takes SCRATCH_2, PERSISTENT_1, PERSISTENT_2'],
    [['--with', 's3', '--deployment', 'PERSISTENT_2'], 'ImportPath'],
    [['--with', 'kms', '--deployment', 'SCRATCH_2'], 'KmsKeyId'],
  ])('%j is refused before anything is made', async (words, message) => {
    await expect(run([...CALL, ...words])).rejects.toThrow(message);
    expect(calls().filter((call) => /create|put/.test(call))).toEqual([]);
  });
});
