/** `pangea-lustre` with templates of somebody who wants to reach the terminal, or the CI, of whoever checks them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaints } from '../../scripts/hostile/complaints';
import { shownComplaints, type Runner } from '../../scripts/hostile/templates';
import { folder, pangea, WRONG } from './command';

test('nothing of hostile templates is shown raw', () => {
  const cwd = folder({});
  const command: Runner = {
    write(name, text) {
      writeFileSync(join(cwd, name), text);
    },
    run: (words, { colors = false } = {}) =>
      pangea(words, { cwd, env: colors ? { FORCE_COLOR: '1' } : {} }),
  };
  expect(shownComplaints(command, 1, 150)).toEqual([]);
});

/** A template with one violation, whose logical id is given. */
const named = (logicalId: string): string =>
  JSON.stringify({
    Resources: {
      [logicalId]: {
        Type: 'Pangea::FSx::LustreFileSystem',
        Properties: { StorageCapacity: 5000, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] },
      },
    },
  });

const HOSTILE = 'a\n::stop-commands::x\u001B[2J\u001B]0;t\u0007\u009B1m\u202E\u200B##[group]';

describe('a logical id with line breaks, commands and control characters', () => {
  const input = named(HOSTILE);

  test('is one line for people, with everything seen', () => {
    expect(pangea(['check'], { input, env: { COLUMNS: '200' } }).out.split('\n')).toEqual([
      'stdin',
      '  1:132 error a\\n::stop-commands::x\\u001b[2J\\u001b]0;t\\u0007\\u009b1m\\u202e\\u200b#\\#[group] [storage-capacity]',
      '    StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200.',
      expect.stringMatching(/^ {4}1 \| .*\\u202e\\u200b#\\#\[group\].*"StorageCapacity":5000/),
      expect.stringMatching(/^ {6}\| +\^{17}$/),
      '',
      '1 file system in 1 template: 1 violation.',
      '',
    ]);
  });

  test('leaves our own colors, and no others', () => {
    const { out } = pangea(['check'], {
      input: named('\u001B[31mFs'),
      env: { FORCE_COLOR: '1' },
    });
    expect(out).toContain('\u001B[31merror\u001B[39m \\u001b[31mFs ');
    expect(out.replaceAll(/\u001B\[(1|2|22|31|33|39)m/g, '')).not.toContain('\u001B'); // oxlint-disable-line no-control-regex -- our own
  });

  test('keeps its value in JSON and SARIF', () => {
    const json = pangea(['check', '--format', 'json'], { input });
    expect(JSON.parse(json.out)).toMatchObject([{ logicalId: HOSTILE }]);
    expect(complaints({ text: json.out })).toEqual([]);
    const sarif = pangea(['check', '--format', 'sarif'], { input });
    expect(sarif.out).toContain(String.raw`a\n::stop-commands::x\u001b[2J`);
    expect(JSON.stringify(JSON.parse(sarif.out))).toContain(JSON.stringify(HOSTILE).slice(1, -1));
  });

  test('is no command of its own for GitHub', () => {
    const { out } = pangea(['check', '--format', 'github'], { input });
    expect(out).toMatch(/^::error file=stdin,line=1,col=\d+,title=a\\n%3A%3Astop-commands/);
    expect(complaints({ text: out, commands: 1 })).toEqual([]);
  });

  test('on standard error too', () => {
    const { err } = pangea(['estimate'], { input });
    expect(err).toMatch(/^pangea-lustre: stdin: a\\n::stop-commands::x\\u001b/);
    expect(complaints({ text: err })).toEqual([]);
  });

  test.each(['human', 'markdown', 'json', 'github'])('in a diff: %s', (format) => {
    const cwd = folder({ 'old.yaml': input, 'new.yaml': input.replace('5000', '4800') });
    const { out, err } = pangea(['diff', 'old.yaml', 'new.yaml', '--format', format], { cwd });
    const commands = format === 'github' ? { commands: 1 } : {};
    expect(complaints({ text: out, ...commands })).toEqual([]);
    expect(complaints({ text: err })).toEqual([]);
  });

  test('takes the room in a table that it is shown with', () => {
    const { out } = pangea(['estimate'], { input: named('a\u001Bb') });
    expect(out).toMatch(/\na\\u001bb {5}invalid/);
  });
});

test.each([
  ['::error::a', '\\::error::a'],
  [' \t::error::a', ' \t\\::error::a'],
  ['##vso[task.complete]', '#\\#vso[task.complete]'],
  ['###[group]', '##\\#[group]'],
])('a file named %j begins no line as a command', (name, shown) => {
  const { code, out } = pangea(['check', `${name}.yaml`], {
    cwd: folder({ [`${name}.yaml`]: WRONG }),
  });
  expect(code).toBe(1);
  expect(out.split('\n')[0]).toBe(`${shown}.yaml`);
});

test('words of the command line and messages of Node are shown so as well', () => {
  const word = 'a\n::b::\u001B[1m';
  const shown = 'a\\n::b::\\u001b[1m';
  expect(pangea([word]).err).toContain(`There is no command ${shown}:`);
  expect(pangea(['check', word]).err).toBe(`pangea-lustre: No file matches ${shown}.\n`);
  const given = pangea(['check', '--parameters', `ParameterKey=${word},ParameterValue=x`], {
    input: WRONG,
  });
  expect(given.err).toContain(`No template has a parameter ${shown}:`);
  const plot = ['advise', '--capacity', '1', '--throughput', '1', '--plot', `${word}/x`];
  expect(pangea(plot).err).toContain(
    `--plot ${shown}/x cannot be written: there is no such folder.`,
  );
});

test('a very long name is cut for people, and whole in JSON', () => {
  const name = 'p'.repeat(20_000);
  const input = JSON.stringify({
    Resources: {
      Fs: { Type: 'Pangea::FSx::LustreFileSystem', Properties: { [name]: 1, SubnetIds: ['a'] } },
    },
    Outputs: { O: { Value: { 'Fn::GetAtt': ['Fs', name] } } },
  });
  const { out } = pangea(['check'], { input });
  for (const line of out.split('\n')) expect(line.length).toBeLessThan(5000);
  expect(pangea(['check', '--format', 'json'], { input }).out).toContain(`"${name}"`);
});

test('what is converted stays byte for byte, and what is told of it does not', () => {
  const at = folder({
    'a.yaml': `# \u001B[31m \u202E ::warning::x\r\nResources:\r\n  "F\\es":\r\n    Type: AWS::FSx::FileSystem\r\n    Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200, SubnetIds: [!Ref Subnet]}\r\n`,
  });
  const { code, out, err } = pangea(['convert', 'a.yaml'], { cwd: at });
  expect(code).toBe(0);
  expect(out).toContain('# \u001B[31m \u202E ::warning::x\r\n');
  expect(err).toMatch(/^a\.yaml: F\\u001bs converted\./);
  expect(readFileSync(join(at, 'a.yaml'), 'utf8')).toContain('AWS::FSx::FileSystem');
});

describe('wrong words for what is wrong', () => {
  const bytes = (text: string, encoding: BufferEncoding, mark: number[]) => {
    const at = folder({ 'a.yaml': '' });
    const file = join(at, 'a.yaml');
    const content = Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
    writeFileSync(file, content);
    return pangea(['check', 'a.yaml'], { cwd: at });
  };

  test.each([
    ['with a byte order mark', [0xff, 0xfe]],
    ['without one', []],
  ])('UTF-16 %s is called so', (_, mark) => {
    expect(bytes(WRONG, 'utf16le', mark)).toEqual({
      code: 2,
      out: '',
      err: 'pangea-lustre: a.yaml: this is UTF-16: save it as UTF-8.\n',
    });
  });

  test.each([
    ['gzip', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]],
    ['an image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]],
    ['random bytes', [0x5a, 1, 0x2c, 0x96, 0x2b, 0x28, 0x1c, 0x77, 0, 0x67]],
  ])('%s is no text, for each command, and skipped where a pattern matches it', (_, content) => {
    const at = folder({ 'good.yaml': WRONG.replace('5000', '4800') });
    writeFileSync(join(at, 'a.yaml'), Buffer.from(content));
    for (const command of [['check'], ['estimate'], ['convert'], ['diff', 'good.yaml']]) {
      expect(pangea([...command, 'a.yaml'], { cwd: at })).toMatchObject({
        code: 2,
        err: 'pangea-lustre: a.yaml: this is not a text file.\n',
      });
    }
    expect(pangea(['check', '*.yaml'], { cwd: at })).toEqual({
      code: 0,
      out: '1 file system in 1 template: nothing found.\n',
      err: 'note: 1 file is not a CloudFormation template, and was skipped.\n',
    });
  });

  test('the pattern for a folder has no slash twice', () => {
    expect(pangea(['check', 'examples/']).err).toBe(
      "pangea-lustre: examples/: this is a folder; specify its templates, such as 'examples/**/*.yaml'.\n",
    );
  });

  test('a file that does not end is not read to its end', () => {
    const { code, err } = pangea(['check', '/dev/zero']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'pangea-lustre: /dev/zero: this is larger than 2 MB, and CloudFormation accepts templates of at most 1 MB.\n',
    });
    expect(pangea(['check', '--parameters', '/dev/zero'], { input: WRONG }).err).toBe(
      'pangea-lustre: --parameters /dev/zero is larger than 2000000 bytes.\n',
    );
  });

  test('a template that means too much ends with one sentence', () => {
    const input = `Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties:\n      KmsKeyId: ${'{"Fn::Sub": ["${A}${A}${A}${A}${A}${A}${A}${A}${A}${A}", {A: '.repeat(20)}aaaaaaaaaa${'}]}'.repeat(20)}\n`;
    const ended = {
      code: 2,
      err: 'pangea-lustre: stdin: this can resolve to too many values to check all of them.\n',
    };
    expect(pangea(['check'], { input })).toMatchObject(ended);
    expect(pangea(['estimate'], { input })).toMatchObject(ended);
  });
});

test('__proto__ and the like are names like any other', () => {
  const input = readFileSync(join(__dirname, 'names-of-javascript.yaml'), 'utf8');
  const { code, out } = pangea(
    ['check', '--format', 'json', '--parameters', '__proto__=x', 'constructor=z'],
    { input },
  );
  expect(code).toBe(1);
  const findings = JSON.parse(out) as { logicalId: string; message: string }[];
  expect(
    findings.map(({ logicalId, message }) => `${logicalId} ${message.replace(/: use .*/, '')}`),
  ).toEqual([
    '__proto__ StorageCapacity 1201 is not valid for SCRATCH_2',
    '__proto__ __proto__ is not a property of this type: omit it.',
    '__proto__ constructor is not a property of this type: omit it.',
    '__proto__ MetadataConfiguration.__proto__ is not a property of this type: omit it.',
    '__proto__ "Tags[0].__proto__" is not a property of this type: omit it.',
    'toString StorageCapacity 1201 is not valid for SCRATCH_2',
    'Fa StorageCapacity a is not valid: expected a whole number (GiB).',
    'Fb StorageCapacity b is not valid: expected a whole number (GiB).',
    '__proto__ __proto__ has no attribute __proto__',
  ]);
});
