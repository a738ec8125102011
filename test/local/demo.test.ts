import { execFile, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo } from '../../local/demo/demo';
import { startServers } from '../../local/demo/servers';
import { overHttp } from '../../local/lambda/invoke';
import { Registry } from '../../local/registry/registry';

const DEMO = 'build/local/demo.js';
const MAIN = 'build/local/main.js';

interface Run {
  code: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

const run = (script: string, ...flags: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [script, ...flags], (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });

/** The demo in this process, with servers in one of their own: most of a process's time goes into reading the demo. */
async function played(...words: string[]): Promise<Run> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const log = join(mkdtempSync(join(folder, 'log-')), 'demo.log');
  const code = await demo(words, {
    output: { write: (text) => stdout.push(text) },
    errors: { write: (text) => stderr.push(text) },
    start: (options) => startServers({ ...options, main: MAIN, log }),
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

const FAST = ['--time-scale', '2000'];
const fast = (template: string, ...flags: string[]): Promise<Run> =>
  played(template, ...FAST, ...flags);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});

/** A file of its own for each case: they run at once. */
const written = (name: string, text: string): string => {
  const file = join(mkdtempSync(join(folder, 'case-')), name);
  writeFileSync(file, text);
  return file;
};

const SCRATCH = `
    Type: Pangea::FSx::LustreFileSystem
    Properties:
      StorageCapacity: 2400
      SubnetIds: [subnet-0a1b2c3d4e5f60718]`;

/** A demo waits far more than it works, so that several go on at once. */
describe('the demo', () => {
  /** Each part, in this order. */
  const tells = (stdout: string, story: (string | RegExp)[]): void => {
    let rest = stdout;
    for (const part of story) {
      const at = typeof part === 'string' ? rest.indexOf(part) : rest.search(part);
      expect([part, at >= 0]).toEqual([part, true]);
      rest = rest.slice(at + 1);
    }
  };

  test.concurrent('takes a template through the life of a stack', async () => {
    const { code, stdout, stderr } = await run(DEMO, 'examples/hpc-scratch.yaml', ...FAST);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    tells(stdout, [
      'Stack demo  CREATE_IN_PROGRESS',
      'Create FileSystem  StorageCapacity 4800, DeploymentType SCRATCH_2',
      'IN_PROGRESS',
      'SUCCESS',
      'Stack demo  CREATE_COMPLETE',
      'Read FileSystem',
      '960 MB/s',
      '672.00 USD a month',
      'Outputs of demo',
      /Throughput +960\n/,
      'List Pangea::FSx::LustreFileSystem',
      '1 file system',
      'Plan for FileSystem',
      'The data stays: the file system is updated in place.',
      '1. StorageCapacity: clients may wait for a few minutes.',
      '672.00 → 1008.00 USD a month.',
      'Stack demo  UPDATE_IN_PROGRESS',
      'Update FileSystem  StorageCapacity 4800 → 7200',
      'FSx is changing StorageCapacity: clients may wait for a few minutes.',
      'Stack demo  UPDATE_COMPLETE',
      'Resolved in ComputeNodes  AWS::EC2::LaunchTemplate',
      '.amazonaws.com@tcp:/',
      'Delete FileSystem',
      'Stack demo  DELETE_COMPLETE',
      '0 file systems',
      'EstimatedBaselineThroughput    960 → 1,440 MB/s',
      'EstimatedMonthlyCost           672.00 → 1,008.00 USD a month',
      'MountCommand                   sudo mount -t lustre',
      'Created, read, listed, updated and deleted in',
    ]);
    expect(stdout).not.toContain('\u001B');
  });

  test.concurrent('shows a refusal and its repair first, where no template is given', async () => {
    const { code, stdout, stderr } = await run(DEMO, ...FAST);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    tells(stdout, [
      /^Pangea::FSx::LustreFileSystem {2}examples\/hpc-scratch.yaml\n/,
      'Starting an FSx and a Lambda endpoint on this computer ...\nFSx is at http://127.0.0.1:',
      'First, a template that is refused: examples/errors/ssd-capacity-5000.yaml\n',
      'Stack refused  CREATE_IN_PROGRESS',
      /\d ms {2}FAILED {7}InvalidRequest\n/,
      'Stack refused  ROLLBACK_COMPLETE',
      'Repair, as pangea-lustre check reports it before a deployment\n  examples/errors/ssd-capacity-5000.yaml:7: StorageCapacity: 4800, or StorageCapacity: 7200\n',
      'Then, one that is deployed: examples/hpc-scratch.yaml\n',
      'Stack demo  CREATE_COMPLETE',
      /SUCCESS {6}\d+\.\d s here\n/,
      'Stack demo  DELETE_COMPLETE',
      'Created, read, listed, updated and deleted in',
    ]);
    const states = stdout.match(/FSx is updating the file system/g) ?? [];
    expect(states.length).toBeLessThanOrEqual(1);
  });

  test.concurrent('makes associations with data repositories for real', async () => {
    const { code, stdout } = await fast('examples/ml-training-persistent2.yaml');
    expect(code).toBe(0);
    tells(stdout, [
      'Create FileSystem  StorageCapacity 4800',
      'Create Datasets (AWS::FSx::DataRepositoryAssociation)\n  FileSystemPath /datasets, DataRepositoryPath s3://example-training-data/datasets\n',
      'IN_PROGRESS  FSx is creating it.\n',
      'SUCCESS',
      'Create Results (AWS::FSx::DataRepositoryAssociation)\n',
      'Stack demo  CREATE_COMPLETE',
      /Delete Results \(AWS::FSx::DataRepositoryAssociation\) {2}dra-\w{17}\n/,
      'Delete Datasets',
      'Keep FileSystem',
      'Stack demo  DELETE_COMPLETE',
    ]);
  });

  test.concurrent('deploys resources in the order in which they refer to each other, and adds a tag by default', async () => {
    const file = written(
      'two.yaml',
      `Resources:
  Second: ${SCRATCH}
      Tags: [{ Key: after, Value: !Ref First }]
  First: ${SCRATCH}`,
    );
    const { code, stdout } = await fast(file);
    expect(code).toBe(0);
    const headings = stdout.split('\n').filter((line) => /^(Create|Update|Delete) /.test(line));
    expect(headings).toEqual([
      'Create First  StorageCapacity 2400',
      'Create Second  StorageCapacity 2400',
      'Update First  Tags none → UpdatedBy=demo',
      expect.stringMatching(/^Update Second {2}Tags after=fs-\w+ → after=fs-\w+, UpdatedBy=demo$/),
      expect.stringMatching(/^Delete Second/),
      expect.stringMatching(/^Delete First/),
    ]);
    expect(stdout).toContain('2 file systems');
  });

  test.concurrent('tags the stack where functions make the tags', async () => {
    const file = written(
      'tags.yaml',
      `Resources:
  Scratch: ${SCRATCH}
      Tags: !If [Tagged, [{ Key: a, Value: b }], []]
Conditions: { Tagged: !Equals [a, a] }`,
    );
    const { code, stdout } = await fast(file);
    expect(code).toBe(0);
    expect(stdout).toContain('Update Scratch  tags of the stack\n');
  });

  test.concurrent('shows why a file system is refused, and leaves nothing behind', async () => {
    const refused = 'examples/errors/ssd-capacity-5000.yaml';
    const { code, stdout, stderr } = await run(DEMO, refused, ...FAST);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    tells(stdout, [
      /\d ms {2}FAILED {7}InvalidRequest\n +StorageCapacity 5000/,
      '4800 or 7200',
      'Stack demo  ROLLBACK_IN_PROGRESS\n  The following resource(s) failed to create: [FileSystem].',
      'Stack demo  ROLLBACK_COMPLETE',
      '\nCloudFormation could not create the stack: ROLLBACK_COMPLETE.\n',
      'examples/errors/ssd-capacity-5000.yaml:7: StorageCapacity: 4800, or StorageCapacity: 7200\n',
    ]);
    expect(stdout).not.toContain('Delete FileSystem');
  });

  test.concurrent('asks the Lambda Hook of the account before the handler, with the settings that are given', async () => {
    const file = 'examples/hpc-scratch.yaml';
    const limits = '{"Guardrails":{"MaxStorageCapacity":2400}}';
    const { code, stdout } = await fast(file, '--hook', 'FAIL', '--hook-configuration', limits);
    expect(code).toBe(1);
    tells(stdout, [
      'Hook for FileSystem  HOOK_COMPLETE_FAILED  Pangea::FSx::LustreHook',
      'exceeds guardrail MaxStorageCapacity',
      'The following hook(s) failed: [Pangea::FSx::LustreHook]',
      'ROLLBACK_COMPLETE',
    ]);
    expect(stdout).not.toContain('Create FileSystem');
  });

  const native = (capacity: number, update = '{}') =>
    written(
      `native-${String(capacity)}.yaml`,
      `Metadata: { Demo: { Update: { Scratch: ${update} } } }
Resources:
  Scratch:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      StorageCapacity: ${String(capacity)}
      SubnetIds: [subnet-00000000000000000]
      LustreConfiguration: { DeploymentType: SCRATCH_2 }`,
    );

  test.concurrent('asks the hook about the native type too, and says that FSx does not make it', async () => {
    const wrong = await fast(native(5000), '--hook', 'FAIL');
    expect(wrong.code).toBe(1);
    tells(wrong.stdout, [
      'Hook for Scratch  HOOK_COMPLETE_FAILED  Pangea::FSx::LustreHook',
      'StorageCapacity 5000 is not valid for SCRATCH_2',
      'Scratch  CREATE_FAILED',
    ]);
    const moved = native(4800, '{ SubnetIds: [subnet-11111111111111111] }');
    const right = await fast(moved, '--hook', 'FAIL', '--hook-replacement', 'FAIL');
    expect(right.code).toBe(1);
    tells(right.stdout, [
      'Only the hook is invoked for AWS::FSx::FileSystem: the local FSx does not create that resource.',
      'Hook for Scratch  HOOK_COMPLETE_SUCCEEDED  Pangea::FSx::LustreHook',
      'Stack demo  CREATE_COMPLETE',
      'this hook allows no replacement',
    ]);
  });

  test.concurrent('takes the native type alone with the hook only', async () => {
    const { code, stderr } = await fast(native(4800));
    expect(code).toBe(1);
    expect(stderr).toContain('There is no resource of type Pangea::FSx::LustreFileSystem in ');
  });

  test.concurrent.each([
    ['--hook', 'BLOCK'],
    ['--hook', 'FAIL', '--hook-replacement', 'MAYBE'],
    ['--hook', 'FAIL', '--hook-configuration', '[]'],
  ])('takes no other hook: %j', async (...flags) => {
    const { code, stderr } = await fast('examples/hpc-scratch.yaml', ...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(`${flags.at(-2) ?? ''} takes `);
  });

  test.concurrent('shows what CloudFormation refuses before it invokes a handler', async () => {
    const { code, stdout } = await fast('examples/errors/two-subnets.yaml');
    expect(code).toBe(1);
    tells(stdout, [
      'FileSystem  CREATE_FAILED\n  Properties validation failed for resource FileSystem with message:',
      'Validation failed for following resources: [FileSystem]. Rollback requested by user.',
    ]);
    expect(stdout).not.toContain('Create FileSystem');
  });

  test.concurrent('takes an update back, and says so', async () => {
    const file = written(
      'shrink.yaml',
      `Metadata: { Demo: { Update: { Scratch: { StorageCapacity: 1200 } } } }
Resources:
  Scratch: ${SCRATCH}`,
    );
    const { code, stdout } = await fast(file);
    expect(code).toBe(1);
    tells(stdout, [
      /Update Scratch {2}StorageCapacity 2400 → 1200\n.*FAILED/,
      'Stack demo  UPDATE_ROLLBACK_IN_PROGRESS\n  The following resource(s) failed to update: [Scratch].',
      'Roll back Scratch  StorageCapacity 1200 → 2400',
      'SUCCESS',
      'Stack demo  UPDATE_ROLLBACK_COMPLETE\n',
      /Delete Scratch {2}fs-\w+\n(.*\n)*.*SUCCESS/,
      'CloudFormation could not update the stack: UPDATE_ROLLBACK_COMPLETE.',
    ]);
    const kept = await fast(file, '--disable-rollback');
    expect(kept.code).toBe(1);
    expect(kept.stdout).toContain('CloudFormation could not update the stack: UPDATE_FAILED.');
  });

  const replaced = (policy: string): string =>
    `Metadata: { Demo: { Update: { Scratch: { StorageType: SSD } } } }
Resources:
  Scratch: ${SCRATCH.replace('Properties:', `${policy}\n    Properties:`)}`;

  test.concurrent.each([
    [
      '',
      'FSx accepts StorageType only at creation. CloudFormation replaces it: a new, empty file system; the old one and its data are deleted.',
      ['Delete', 'Delete'],
    ],
    [
      'UpdateReplacePolicy: Retain',
      'FSx accepts StorageType only at creation. CloudFormation replaces it: a new, empty file system; the old one is retained with its data, and is still billed.',
      ['Keep', 'Delete'],
    ],
  ])('says what a replacement does, with %j', async (policy, words, fates) => {
    const file = written('replaced.yaml', replaced(policy));
    const { code, stdout } = await fast(file);
    expect(code).toBe(0);
    const data = policy === '' ? 'DATA LOST' : 'The data stays in the old file system';
    expect(stdout).toContain(`Plan for Scratch\n  ${data}`);
    expect(stdout).toContain('Replace Scratch  StorageType none → SSD\n');
    expect(stdout.replaceAll(/\n {2}/g, ' ')).toContain(words);
    const deeds = stdout.split('\n').flatMap((line) => /^(Keep|Delete) /.exec(line)?.[1] ?? []);
    expect(deeds).toEqual(fates);
    expect(stdout).toMatch(/FileSystemId +fs-\w+ → fs-\w+\n/);
  });

  test.concurrent('keeps what a policy keeps, and says that it costs', async () => {
    const { code, stdout } = await fast('examples/media-hdd.yaml');
    expect(code).toBe(0);
    tells(stdout, [
      /\nKeep FileSystem {2}fs-\w+\n/,
      'outside the stack. It is billed until you',
      'Stack demo  DELETE_COMPLETE',
      '1 file system',
      'Created, read, listed and updated, 1 kept, in',
    ]);
  });

  test.concurrent('updates to a second template, and to other values of the parameters', async () => {
    const sized = written(
      'sized.yaml',
      `Parameters: { Size: { Type: Number, Default: 2400 } }
Resources:
  Scratch: ${SCRATCH.replace('2400', '!Ref Size')}`,
    );
    const other = written('other.yaml', `Resources:\n  Other: ${SCRATCH}`);
    const resized = await fast(sized, '--update-parameter', 'Size=4800');
    expect(resized.code).toBe(0);
    expect(resized.stdout).toContain('Update Scratch  StorageCapacity 2400 → 4800');
    const replacing = await fast(sized, '--update-template', other);
    expect(replacing.code).toBe(0);
    tells(replacing.stdout, [
      'Stack demo  UPDATE_IN_PROGRESS',
      'Create Other',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Delete Scratch',
      'Stack demo  UPDATE_COMPLETE\n',
    ]);
    const same = await fast(sized, '--update-template', sized);
    expect(same.code).toBe(1);
    expect(same.stdout).toContain(
      'CloudFormation refuses the update: No updates are to be performed.',
    );
    expect(same.stdout).toContain('Stack demo  DELETE_COMPLETE');
  });

  test.concurrent.each([
    ['a missing template', ['none.yaml'], 2, 'There is no file none.yaml.'],
    ['a folder', ['examples'], 2, 'examples cannot be read: it is a folder.'],
    [
      'no region',
      ['--region', 'Ohio'],
      2,
      '--region takes a region such as us-east-1, not "Ohio".',
    ],
    [
      'what is no template',
      ['package.json'],
      1,
      'package.json: Invalid template property or properties [name, ',
    ],
    ['a template of others', ['@others.yaml'], 1, 'There is no resource of type Pangea::FSx::Lu'],
    [
      'a parameter without value',
      ['@open.yaml'],
      1,
      'Parameters: [Size] must have values; give them with --parameter Name=Value',
    ],
    [
      'an unknown parameter',
      ['examples/hpc-scratch.yaml', '--parameter', 'A=1'],
      1,
      'examples/hpc-scratch.yaml: Parameters: [A] do not exist in the template',
    ],
    [
      'an unknown parameter of the update',
      ['examples/hpc-scratch.yaml', '--update-parameter', 'A=1'],
      1,
      'Parameters: [A] do not exist in the template',
    ],
    [
      'a broken template to update to',
      ['examples/hpc-scratch.yaml', '--update-template', '@broken.yaml'],
      1,
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'a function that is wrong, with its place',
      ['@function.yaml'],
      1,
      '(Resources.A.Properties.StorageCapacity)',
    ],
    [
      'what is not carried out here',
      ['@transform.yaml'],
      1,
      'The local CloudFormation does not carry out Transform.',
    ],
    ['a wrong hint', ['@hint.yaml'], 1, 'Metadata.Demo.Update must be'],
    ['a hint for nothing', ['@nothing.yaml'], 1, 'Metadata.Demo.Update names B, which is no'],
    ['two templates', ['a.yaml', 'b.yaml'], 2, 'The demo takes one template'],
    ['an unknown flag', ['--fast'], 2, "Unknown option '--fast'; --help lists the flags."],
    [
      'a parameter of no hook',
      ['--hook-replacement', 'FAIL'],
      2,
      '--hook-replacement has no effect without a hook: specify --hook too.',
    ],
    [
      'a configuration of no hook',
      ['--hook-configuration', '{}'],
      2,
      '--hook-configuration has no effect without a hook',
    ],
    ['no number', ['--time-scale', 'many'], 2, 'from 1 to 100000, not "many".'],
    ['no assignment', ['--parameter', 'A'], 2, '--parameter takes Name=Value, not "A".'],
  ])('refuses %s in one line', async (_, flags, code, message) => {
    const own: Record<string, string> = {
      '@others.yaml': 'Resources: { A: { Type: AWS::S3::Bucket } }',
      '@open.yaml': `Parameters: { Size: { Type: Number } }\nResources:\n  A: ${SCRATCH}`,
      '@hint.yaml': `Metadata: { Demo: { Update: 7200 } }\nResources:\n  A: ${SCRATCH}`,
      '@broken.yaml': `Resources:\n  A: ${SCRATCH.replace('2400', '!Ref Nope')}`,
      '@function.yaml': `Resources:\n  A: ${SCRATCH.replace('2400', '!Join [a]')}`,
      '@transform.yaml': `Transform: AWS::Serverless-2016-10-31\nResources:\n  A: ${SCRATCH}`,
    };
    own['@nothing.yaml'] = own['@hint.yaml']?.replace('7200', '{ B: {} }') ?? '';
    const named = flags.map((flag) => (own[flag] ? written(flag, own[flag]) : flag));
    const result = await played(...named);
    expect(result).toEqual({
      code,
      stdout: '',
      stderr: expect.stringContaining(message) as string,
    });
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });

  test.concurrent('is refused in one line by its process as well', async () => {
    expect(await run(DEMO, '--fast')).toEqual({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--fast'; --help lists the flags.\n",
    });
  });

  test.concurrent('takes a large template from a bucket only', async () => {
    const file = written('large.yaml', `Resources:\n  A: ${SCRATCH}\n#${'x'.repeat(60_000)}`);
    const body = await played(file);
    expect(body.code).toBe(1);
    expect(body.stderr).toContain('Member must have length less than or equal to 51200');
    expect((await fast(file, '--s3')).code).toBe(0);
  });

  test.concurrent('ends quietly where its reader stops reading', async () => {
    const child = spawn(process.execPath, [DEMO, ...FAST]);
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  test.concurrent('tells how it is used', async () => {
    const { code, stdout } = await run(DEMO, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('npm run demo -- [TEMPLATE]');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('the local servers', () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  /** Starts them on free ports and waits for the line that says so. */
  async function start(...flags: string[]): Promise<{ child: ChildProcess; lambda: string }> {
    const child = spawn(process.execPath, [
      MAIN,
      '--fsx-port',
      '0',
      '--lambda-port',
      '0',
      ...flags,
    ]);
    started.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const form = /^ready: FSx http:\/\/127\.0\.0\.1:\d+, Lambda (\S+), time x 60\n$/;
    expect(line.toString()).toMatch(form);
    return { child, lambda: form.exec(line.toString())?.[1] ?? '' };
  }

  test('say that they are ready, serve, end when told to, and keep their state', async () => {
    const state = join(folder, 'state.json');
    const { child, lambda } = await start('--state', state);
    const first = new Registry({ invoke: overHttp(lambda), timeoutMinutes: { CREATE: 0 } });
    const subnet = 'subnet-0a1b2c3d4e5f60718';
    await first.create({ StorageCapacity: 1200, SubnetIds: [subnet] });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect(first.list()).rejects.toThrow('does not answer');

    const again = new Registry({ invoke: overHttp((await start('--state', state)).lambda) });
    const { resourceModels } = await again.list();
    expect(resourceModels).toHaveLength(1);
  });

  test.each([
    ['an unknown flag', ['--port', '1'], "Unknown option '--port'"],
    [
      'a port too high',
      ['--fsx-port', '70000'],
      '--fsx-port takes a port from 0 to 65535, not "70000".',
    ],
    ['a port that is none', ['--lambda-port', 'x'], '--lambda-port takes a port'],
    ['no time', ['--time-scale', '0'], '--time-scale takes a number from 1 to 100000, not "0".'],
    ['a missing bundle', ['--handlers', 'none.js'], 'none.js: run make build, or specify another'],
    ['no region', ['--region', 'Ohio'], '--region takes a region such as us-east-1, not "Ohio".'],
    ['a folder for the state', ['--state', 'examples'], 'cannot be read: it is not a file.'],
  ])('refuse %s in one line', async (_, flags, message) => {
    const { code, stdout, stderr } = await run(MAIN, ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  /** As a user who is not root: `nobody` where the tests run as root. */
  const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const asUser = (...flags: string[]) =>
    spawnSync(process.execPath, [MAIN, ...flags], { ...user, encoding: 'utf8' });
  const LOWEST = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
  const isRefused = existsSync(LOWEST) && Number(readFileSync(LOWEST, 'utf8')) > 1;
  const withUser = isRefused && asUser('--help').status === 0 ? test : test.skip;
  withUser('name the flag where a port needs privileges', () => {
    const { status, stderr } = asUser('--fsx-port', '1', '--lambda-port', '0');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'Port 1 needs privileges; choose another with --fsx-port.\n',
    });
  });

  test('name the variable that gives a region which is none', () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN], {
      encoding: 'utf8',
      env: { ...process.env, AWS_REGION: 'Ohio' },
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'AWS_REGION takes a region such as us-east-1, not "Ohio".\n',
    });
  });

  const withPipes = process.platform === 'win32' ? test.skip : test;
  withPipes('refuse a named pipe for the state, instead of waiting for it', () => {
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const flags = ['--fsx-port', '0', '--lambda-port', '0', '--state', pipe];
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...flags], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `The state file ${pipe} cannot be read: it is not a file.\n`,
    });
  });

  const onFull = existsSync('/dev/full') ? test : test.skip;
  onFull('end where the line that they are ready cannot be written', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [MAIN, '--fsx-port', '0', '--lambda-port', '0'],
      { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'], encoding: 'utf8', timeout: 20_000 },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'Standard output cannot be written: ENOSPC: no space left on device, write.\n',
    });
  });

  test('name the flag where a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = String((other.address() as AddressInfo).port);
    const flags = { 'fsx-port': '0', 'lambda-port': '0' };
    for (const flag of Object.keys(flags)) {
      const given = Object.entries({ ...flags, [flag]: taken }).flatMap(([name, p]) => [
        `--${name}`,
        p,
      ]);
      const { code, stderr } = await run(MAIN, ...given);
      expect(code).toBe(2);
      expect(stderr).toBe(`Port ${taken} is in use; choose another with --${flag}.\n`);
    }
    other.close();
  });
});
