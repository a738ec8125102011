import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overHttp } from '../../local/invoke';
import { Registry } from '../../local/registry';

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

const fast = (template: string, ...flags: string[]): Promise<Run> =>
  run(DEMO, template, '--time-scale', '2000', ...flags);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const SCRATCH = `
    Type: Pangea::FSx::LustreFileSystem
    Properties:
      StorageCapacity: 2400
      SubnetIds: [subnet-0a1b2c3d4e5f60718]`;

describe('the demo', () => {
  test('takes a template through the life of a stack', async () => {
    const { code, stdout, stderr } = await fast('examples/hpc-scratch.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const story = [
      'Create FileSystem  StorageCapacity 4800, DeploymentType SCRATCH_2',
      'IN_PROGRESS',
      'SUCCESS',
      'Read FileSystem',
      '960 MB/s',
      '672.00 USD a month',
      'List Pangea::FSx::LustreFileSystem',
      '1 file system',
      'Update FileSystem  StorageCapacity 4800 → 7200',
      'FSx is changing StorageCapacity: clients may wait for a few minutes.',
      'Resolved in ComputeNodes  AWS::EC2::LaunchTemplate',
      '.amazonaws.com@tcp:/',
      'Delete FileSystem',
      '0 file systems',
      'EstimatedBaselineThroughput    960 → 1,440 MB/s',
      'EstimatedMonthlyCost           672.00 → 1,008.00 USD a month',
      'MountCommand                   sudo mount -t lustre',
      'Created, read, listed, updated and deleted in',
    ];
    let from = 0;
    for (const part of story) {
      const at = stdout.indexOf(part, from);
      expect([part, at >= from]).toEqual([part, true]);
      from = at;
    }
    expect(stdout).not.toContain('\u001B');
  }, 30_000);

  test('deploys resources in the order in which they refer to each other, and adds a tag by default', async () => {
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
  }, 30_000);

  test('shows why a file system is refused, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await fast('examples/errors/ssd-capacity-5000.yaml');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/\d ms {2}FAILED {7}InvalidRequest\n +StorageCapacity 5000/);
    expect(stdout).toMatch(/4800 or 7200/);
    expect(stdout).toContain('\nCreation of FileSystem failed: InvalidRequest.\n');
    expect(stdout).not.toContain('Clean up');
  }, 30_000);

  test('deletes what it has created, where a later step fails', async () => {
    const file = written(
      'shrink.yaml',
      `Metadata: { Demo: { Update: { Scratch: { StorageCapacity: 1200 } } } }
Resources:
  Scratch: ${SCRATCH}`,
    );
    const { code, stdout } = await fast(file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Update Scratch {2}StorageCapacity 2400 → 1200\n.*FAILED/);
    expect(stdout).toMatch(
      /Clean up Scratch {2}fs-\w+\n(.*\n)*.*SUCCESS\n\nUpdate of Scratch failed/,
    );
  }, 30_000);

  test.each([
    ['a missing template', ['none.yaml'], 1, 'There is no file none.yaml.'],
    ['what is no template', ['package.json'], 1, 'package.json is not a CloudFormation template'],
    ['a template of others', ['@others.yaml'], 1, 'There is no resource of type Pangea::FSx::Lu'],
    ['a parameter without value', ['@open.yaml'], 1, '--parameter Size=VALUE'],
    [
      'an unknown parameter',
      ['examples/hpc-scratch.yaml', '--parameter', 'A=1'],
      1,
      'parameter A;',
    ],
    ['a wrong hint', ['@hint.yaml'], 1, 'Metadata.Demo.Update has to be'],
    ['a hint for nothing', ['@nothing.yaml'], 1, 'Metadata.Demo.Update names B, which is no'],
    ['two templates', ['a.yaml', 'b.yaml'], 2, 'The demo takes one template'],
    ['an unknown flag', ['--fast'], 2, "Unknown option '--fast'; --help lists the flags."],
    ['no number', ['--time-scale', 'many'], 2, 'from 1 to 100000, not "many".'],
    ['no assignment', ['--parameter', 'A'], 2, '--parameter takes Name=Value, not "A".'],
  ])('refuses %s in one line', async (_, flags, code, message) => {
    const own: Record<string, string> = {
      '@others.yaml': 'Resources: { A: { Type: AWS::S3::Bucket } }',
      '@open.yaml': `Parameters: { Size: { Type: Number } }\nResources:\n  A: ${SCRATCH}`,
      '@hint.yaml': `Metadata: { Demo: { Update: 7200 } }\nResources:\n  A: ${SCRATCH}`,
    };
    own['@nothing.yaml'] = own['@hint.yaml']?.replace('7200', '{ B: {} }') ?? '';
    const named = flags.map((flag) => (own[flag] ? written(flag, own[flag]) : flag));
    const result = await run(DEMO, ...named);
    expect(result).toEqual({
      code,
      stdout: '',
      stderr: expect.stringContaining(message) as string,
    });
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('tells how it is used', async () => {
    const { code, stdout } = await run(DEMO, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('npm run demo -- [TEMPLATE]');
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
    ['a missing bundle', ['--handlers', 'none.js'], 'none.js: run make build.'],
  ])('refuse %s in one line', async (_, flags, message) => {
    const { code, stdout, stderr } = await run(MAIN, ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
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
