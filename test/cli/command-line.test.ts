/** What all commands of `pangea-lustre` have in common: help, options, mistakes, standard input and output. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { COMMAND, folder, NATIVE, pangea, ROOT, WRONG } from './command';

/** What each option reads, and a word of the output that shows that it was read. */
const OPTIONS_WITH_JSON: readonly (readonly [option: string, content: string, words: string[], shown: string])[] = [
  ['--prices', readFileSync(join(ROOT, 'test/lustre/fixtures/AmazonFSx-us-west-2.json'), 'utf8'), ['estimate'], 'us-west-2'],
  ['--configuration', '{"Guardrails": {"MaxStorageCapacity": 1200}}', ['check'], 'guardrail-max-storage-capacity'],
  ['--parameters', '[{"ParameterKey": "Size", "ParameterValue": "5000"}]', ['check'], 'StorageCapacity 5000'],
]; // oxfmt-ignore

test.each(OPTIONS_WITH_JSON)('%s reads what PowerShell has written, in UTF-16', (option, content, words, shown) => {
  const cwd = folder({
    't.yaml': [
      'Parameters: {Size: {Type: Number, Default: 2400}}',
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: {StorageCapacity: !Ref Size, SubnetIds: [subnet-0123456789abcdef0]}',
    ].join('\n'),
  });
  writeFileSync(join(cwd, 'file.json'), Buffer.from(`\uFEFF${content}`, 'utf16le'));
  const { out, err } = pangea([...words, option, 'file.json', 't.yaml'], { cwd });
  expect(err).toBe('');
  expect(out).toContain(shown);
}); // oxfmt-ignore

describe('help and mistakes', () => {
  test.each([60, 80])('there is help for all of it, in %i columns', (columns) => {
    const env = { COLUMNS: String(columns) };
    const { code, out } = pangea(['--help'], { env });
    expect(code).toBe(0);
    const texts = Object.keys(COMMANDS).map((command) => {
      expect(out).toContain(`  ${command}`);
      const help = pangea([command, '--help'], { env });
      expect(help.code).toBe(0);
      expect(help.out).toMatch(new RegExp(`^Usage: pangea-lustre ${command} `));
      // The local servers have no width of their own.
      return command === 'local' && columns < 80 ? '' : help.out;
    });
    const isWide = (line: string) => line.length > columns && !line.startsWith('https://');
    expect([out, ...texts].flatMap((text) => text.split('\n')).filter(isWide)).toEqual([]);
  });

  test('an address in the help is whole, however narrow the terminal is', () => {
    const { out } = pangea(['rules', '--help'], { env: { COLUMNS: '30' } });
    expect(out).toMatch(/^https:\/\/\S+\/manual\/in-your-tools\.md$/m);
  });
  test('help with the name of a command is that of the command', () => {
    expect(pangea(['help', 'check'])).toEqual(pangea(['check', '--help']));
    expect(pangea(['help'])).toEqual(pangea(['--help']));
  });

  test.each([
    ['human', ''],
    ['markdown', ''],
    ['csv', 'file,'],
    ['json', '{'],
  ])('an estimate of what cannot be read says nothing of file systems: %s', (format, begins) => {
    const { code, out, err } = pangea(['estimate', '--format', format, 'none.yaml']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'pangea-lustre: none.yaml: there is no such file.\n',
    });
    expect(out).not.toContain('There is no');
    expect(out.toLowerCase().startsWith(begins)).toBe(true);
    if (begins === '') expect(out).toBe('');
  });

  test.each([
    ['check', ['examples/batch.yaml']],
    ['estimate', ['examples/batch.yaml']],
    ['diff', ['examples/batch.yaml', 'examples/batch.yaml']],
    ['advise', ['--capacity', '1TiB', '--throughput', '100']],
  ])('%s says of a region that it does not know', (command, words) => {
    const { code, err } = pangea([command, '--region', 'eu-west-9', ...words]);
    expect({ code, err }).toEqual({
      code: 0,
      err: "note: What eu-west-9 offers is not known: AWS's table of 2026-06-18 does not list it.\n",
    });
  });

  // Only Linux has it.
  const onFull = existsSync('/dev/full') ? test : test.skip;
  onFull('a disk without space is said, and is a failure', () => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'rules'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'pangea-lustre: Standard output cannot be written: ENOSPC: no space left on device, write.\n',
    });
  });

  test('its version is that of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(pangea(['--version']).out).toBe(`${version}\n`);
  });

  test.each<[string[], string]>([
    [
      [],
      'Specify a command: use check, estimate, diff, advise, planner, convert, local, rules or lsp, or --help.',
    ],
    [['chek'], 'There is no command chek: did you mean check?'],
    [['check', '--formt', 'json'], 'There is no option --formt: did you mean --format?'],
    [['check', '-format', 'json'], 'There is no option -format: did you mean --format?'],
    [
      ['check', '-qqq'],
      'There is no option -qqq: use --format, --native, --parameters, --region, --strict, --configuration, --fix or --verbose.',
    ],
    [
      ['check', '--constructor'],
      'There is no option --constructor: use --format, --native, --parameters, --region, --strict, --configuration, --fix or --verbose.',
    ],
    [['check', '--format', 'xml'], '--format xml is not known: use human, json, sarif or github.'],
    [
      ['check', '--format'],
      '--format requires a value: human, json, sarif, github; default human.',
    ],
    [
      ['check', '--format='],
      '--format requires a value: human, json, sarif, github; default human.',
    ],
    [
      ['check', '--region', '--native'],
      '--region requires a value: the region of the deployment, such as eu-west-1.',
    ],
    [['check', '--native=yes'], '--native takes no value.'],
    [['check', '--region', 'a', '--region', 'b'], '--region is specified twice.'],
    [['check', 'none/*.yaml'], 'No file matches none/*.yaml.'],
    [
      ['check', 'examples/batch.yaml', '--parameters', 'Subnet=x'],
      'No template has a parameter Subnet: use SubnetId, SecurityGroupId.',
    ],
    [
      ['check', '--parameters', 'none.json'],
      '--parameters none.json is neither NAME=VALUE nor a file that can be read.',
    ],
    [['check', '--parameters', 'LICENSE'], '--parameters LICENSE is not JSON.'],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--deployment', 'PERSISTENT_3'],
      '--deployment PERSISTENT_3 is not known: did you mean PERSISTENT_1 or PERSISTENT_2?',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--needs', 's3,encryption'],
      '--needs encryption is not known: use s3, backups, efa or growth.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--max-cost', 'little'],
      '--max-cost little is not valid: use USD a month, such as 5000.',
    ],
    [
      ['advise'],
      'Specify --capacity and --throughput, for example --capacity 20TiB --throughput 4GB/s.',
    ],
    [['advise', 'x'], 'advise does not take a file: remove x.'],
    [
      ['advise', '--capacity', 'much', '--throughput', '1'],
      '--capacity much is not a size: use one such as 20TiB, 4800GiB or 50TB.',
    ],
    [
      ['advise', '--capacity', '20TiB', '--throughput', '4Gb/s'],
      '--throughput 4Gb/s is in bits: use bytes, such as MB/s or GB/s.',
    ],
    [
      ['advise', '--capacity', '20Ti', '--throughput', '4'],
      '--capacity 20Ti is not known: use GiB, TiB, PiB, GB, TB or PB.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '4GB'],
      '--throughput 4GB is not known: use MB/s, GB/s, MiB/s or GiB/s.',
    ],
    [
      ['estimate', '--region', 'Mars', 'examples/batch.yaml'],
      'Mars is not a region: use one such as eu-west-1.',
    ],
    [
      ['check', '--region', 'bogus', 'examples/batch.yaml'],
      'bogus is not a region: use one such as eu-west-1.',
    ],
    [['planner', 'a'], 'planner does not take a file: remove a.'],
    [['local', '--nope'], "Unknown option '--nope'; --help lists the flags."],
    [['local', '--fsx-port', 'x'], '--fsx-port takes a port from 0 to 65535, not "x".'],
    [
      ['local', '--state', '/none/fsx.json', '--fsx-port', '0'],
      'The state file /none/fsx.json cannot be written: there is no folder /none.',
    ],
    [
      ['local', '--handlers', '/none/handlers.js'],
      'There is no /none/handlers.js: run make build, or specify another with --handlers.',
    ],
    [
      ['local', '--fsx-port', '0', '--lambda-port', '0', '--hook', join(ROOT, 'package.json')],
      `${join(ROOT, 'package.json')} does not export handler.`,
    ],
    [
      ['local', '--fsx-port', '0', '--lambda-port', '0', '--hook', join(ROOT, 'LICENSE')],
      `${join(ROOT, 'LICENSE')} cannot be loaded: Unexpected identifier 'License'`,
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--metadata-iops', 'many'],
      '--metadata-iops many is not valid: use a whole number, such as 12000.',
    ],
    [['check', ''], 'An argument is empty: specify a file.'],
    [['diff', '', 'examples/batch.yaml'], 'An argument is empty: specify a file.'],
    [
      ['check', `${'a'.repeat(300)}*.yaml`],
      `${'a'.repeat(300)}*.yaml: this file cannot be read: its name is too long.`,
    ],
    [['help', 'chek'], 'There is no command chek: did you mean check?'],
    [
      ['check', '--configuration', 'examples', 'examples/batch.yaml'],
      '--configuration examples cannot be read: it is a folder.',
    ],
    [
      ['estimate', '--prices', 'examples', 'examples/batch.yaml'],
      '--prices examples cannot be read: it is a folder.',
    ],
    [
      ['estimate', 'LICENSE/a.yaml'],
      'LICENSE/a.yaml: this file cannot be read: a part of its path is a file, not a folder.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--plot', 'examples'],
      '--plot examples cannot be written: it is a folder.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--plot', 'none/cost.svg'],
      '--plot none/cost.svg cannot be written: there is no such folder.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--plot', 'cost.PNG'],
      '--plot cost.PNG is not the name of an SVG file: use one such as cost.svg.',
    ],
    [['convert', 'a', 'b'], 'Several templates can only be rewritten in place: specify --write.'],
  ])('%p is answered in one line', (words, message) => {
    expect(pangea(words)).toEqual({ code: 2, out: '', err: `pangea-lustre: ${message}\n` });
  });

  test('a reader that stops reading is no failure', async () => {
    const at = folder({ 'many.yaml': `Resources:\n${many(400)}` });
    const child = spawn(process.execPath, [COMMAND, 'check', join(at, 'many.yaml')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  test('what was found and what could not be read is told though nobody reads standard output', async () => {
    const child = spawn(process.execPath, [COMMAND, 'check', 'a.yaml', 'none.yaml'], {
      cwd: folder({ 'a.yaml': WRONG }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err }).toEqual({
      code: 2,
      err: 'pangea-lustre: none.yaml: there is no such file.\n',
    });
  });
});

test.each([
  ['check', 1, WRONG, /StorageCapacity 5000 is not valid/],
  ['convert', 0, NATIVE, /Type: Pangea::FSx::LustreFileSystem/],
])('%s waits for a standard input that does not block', async (command, code, input, expected) => {
  const pipe = join(folder({}), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(pipe, 'w');
  // As a fourth file, because Node lets a child's first three block.
  const child = spawn(
    'sh',
    ['-c', 'exec "$@" <&3', 'sh', process.execPath, COMMAND, command, '-'],
    {
      stdio: ['ignore', 'pipe', 'ignore', reading],
    },
  );
  closeSync(reading);
  let out = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  for (const part of [input.slice(0, 40), input.slice(40)]) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    writeSync(writing, part);
  }
  closeSync(writing);
  expect({ code: await ended, out }).toEqual({
    code,
    out: expect.stringMatching(expected) as string,
  });
});

/** Many file systems, each with a violation. */
const many = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    WRONG.split('\n').slice(1).join('\n').replace('Fs:', `Fs${index}:`),
  ).join('');
