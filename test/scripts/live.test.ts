import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { live } from '../../scripts/live';
import { Aws, AwsError, commandLine } from '../../scripts/live/aws';
import { hourlyCost, template } from '../../scripts/live/templates';
import { checkProperties } from '../../src/lustre/rules';

const { PATH = '' } = process.env;
const CALL = ['--region', 'us-east-1', '--subnet', 'subnet-0123456789abcdef0'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fake-aws-'));
  copyFileSync(join(__dirname, 'fake-aws.cjs'), join(folder, 'aws'));
  chmodSync(join(folder, 'aws'), 0o755);
  process.env.FAKE_AWS = folder;
  process.env.PATH = [folder, PATH].join(delimiter);
});
afterEach(() => {
  process.env.PATH = PATH;
  for (const name of ['FAKE_AWS', 'FAKE_AWS_FAIL', 'FAKE_AWS_UNREGISTERED'])
    Reflect.deleteProperty(process.env, name);
  rmSync(folder, { recursive: true });
});

async function run(answer: string, words = CALL) {
  const said: string[] = [];
  const status = await live(words, {
    say: (line) => said.push(line),
    ask: (question) => {
      said.push(question);
      return Promise.resolve(answer);
    },
    pause: () => Promise.resolve(),
  });
  return { status, said: said.join('\n') };
}

/** The commands so far: service and operation. */
function calls(): string[] {
  const file = join(folder, 'calls');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const words = JSON.parse(line) as string[];
    return words
      .slice(
        0,
        words.findIndex((word) => word.startsWith('--')),
      )
      .join(' ');
  });
}

const account = () =>
  JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as Record<string, unknown>;
const LOOKS = ['sts get-caller-identity', 'ec2 describe-subnets', 'cloudformation describe-type'];

test('a whole life, with its consent, and nothing left', async () => {
  const { said, status } = await run('yes');
  expect(said).toContain('In account 123456789012, region us-east-1, with version 00000003');
  expect(said).toMatch(/1200 GiB[\s\S]*0\.23 USD an hour[\s\S]*Type yes/);
  expect(said).toMatch(/9\/9 [\s\S]*Nothing is left/);
  expect(status).toBe(0);
  expect(account()).toMatchObject({ stacks: {} });
  expect(account()).not.toHaveProperty('fileSystem');
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

test.each(['', 'y', 'no', 'YES'])('without consent (%j) nothing is changed', async (answer) => {
  const { said, status } = await run(answer);
  expect([status, said]).toEqual([1, expect.stringContaining('Nothing was created.')]);
  expect(calls()).toEqual(LOOKS);
});

test('a type that is not registered is said before the question', async () => {
  process.env.FAKE_AWS_UNREGISTERED = 'yes';
  await expect(run('yes')).rejects.toThrow('not registered here: make submit REGION=us-east-1');
  expect(calls()).toEqual(LOOKS);
});

test.each([
  'cloudcontrol get-resource',
  'cloudformation create-change-set',
  'cloudformation wait stack-import-complete',
])('where %s fails, what was made is removed', async (command) => {
  process.env.FAKE_AWS_FAIL = command;
  const { said, status } = await run('yes');
  expect(status).toBe(1);
  expect(said).toMatch(/FAILED: .*No luck today/);
  expect(said).toContain('Nothing is left');
  expect(account()).toMatchObject({ stacks: {} });
  expect(account()).not.toHaveProperty('fileSystem');
});

test.each([[[]], [['--region', 'us-east-1']], [[...CALL.slice(0, 3), 'vpc-1']]])(
  'a call that lacks something says how: %j',
  async (words) => {
    const { said, status } = await run('yes', words);
    expect([status, calls()]).toEqual([2, []]);
    expect(said).toContain('make live REGION=');
  },
);

test.each([['--help'], ['-h']])(
  '%s tells what it does and takes, and calls nothing',
  async (flag) => {
    const { said, status } = await run('yes', [flag]);
    expect([status, calls()]).toEqual([0, []]);
    expect(said).toMatch(/--region REGION[\s\S]*--subnet SUBNET/);
  },
);

test('an unknown flag points to the help', async () => {
  await expect(run('yes', ['--zone', 'a'])).rejects.toThrow('--help lists the flags');
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

test('errors carry the code of the service, or say that there is no AWS CLI', async () => {
  process.env.FAKE_AWS_FAIL = 'sts get-caller-identity';
  const failed = new Aws('us-east-1').call('sts', 'get-caller-identity');
  await expect(failed).rejects.toMatchObject({ code: 'InternalError' });
  await expect(failed).rejects.toThrow('aws sts get-caller-identity: An error occurred');
  process.env.PATH = '';
  const missing = new Aws('us-east-1').call('sts', 'get-caller-identity');
  await expect(missing).rejects.toThrow(AwsError);
  await expect(missing).rejects.toThrow('not installed');
});

test('the file system is a valid one, and its price is that of its region', () => {
  const { Resources } = template({
    subnet: 'subnet-0123456789abcdef0',
    maintenance: '1:03:00',
    tags: {},
  });
  expect(checkProperties(Resources.FileSystem.Properties)).toEqual([]);
  expect(hourlyCost('us-east-1').usd).toBeCloseTo(0.23, 2);
  expect(hourlyCost('us-east-1').basis).toContain('us-east-1');
});
