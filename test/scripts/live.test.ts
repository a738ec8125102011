/** The lifecycle that `make live` plays, and what it does when something fails or it is interrupted. */
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { Aws, type Command } from '../../scripts/aws';
import { DEPLOYMENTS, hourlyCost, smallest, template } from '../../scripts/live/templates';
import { checkProperties } from '../../src/lustre/rules/rules';
import { commandOf, outcome } from './fake-aws.cjs';

import {
  account,
  CALL,
  calls,
  expectNothingLeft,
  folder,
  ID,
  install,
  LOOKS,
  NAME,
  run,
  useAccounts,
} from './live-support';

useAccounts();

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
      new RegExp(
        `Possibly left, because the check failed: stack ${NAME} \\(.*stack ${NAME}-imported`,
        's',
      ),
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
    expect(said).toMatch(/Stopping[\s\S]*To look for them and remove them manually:/);
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

test.each([
  [[], 'REGION is missing: make live REGION='],
  [['--region', 'Ohio'], 'REGION takes a region, not Ohio: make live REGION='],
  [['--region', 'us-east-1'], 'SUBNET is missing: make live REGION='],
  [[...CALL.slice(0, 3), 'vpc-1'], 'SUBNET takes a subnet, not vpc-1: make live REGION='],
])('a call that lacks something says what and how: %j', async (words, message) => {
  await expect(run(words)).rejects.toThrow(message);
  expect(calls()).toEqual([]);
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
