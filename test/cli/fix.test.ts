/** `check --fix` through its command line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, pangea } from './command';

const template = (type: string, more: readonly string[] = []): string =>
  [
    'Resources:',
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Properties:',
    '      StorageCapacity: 1200',
    '      SubnetIds: [subnet-0123456789abcdef0]',
    `      DataCompressionType: ${type} # fast`,
    ...more.map((line) => `      ${line}`),
    '',
  ].join('\n');

test('files are rewritten, what was changed is told, and the exit code is that of what is left', () => {
  const at = folder({
    'a.yaml': `\uFEFF${template('lz4')}`,
    'b.yaml': template('lz4', ['AutomaticBackupRetentionDays: 7']),
    'c.yaml': template('LZ4'),
  });
  const { code, out, err } = pangea(['check', '--fix', 'a.yaml', 'b.yaml', 'c.yaml'], { cwd: at });
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out.split('\n').slice(0, 2)).toEqual([
    'a.yaml:7: DataCompressionType: lz4 -> LZ4',
    'b.yaml:7: DataCompressionType: lz4 -> LZ4',
  ]);
  expect(out).toContain('AutomaticBackupRetentionDays 7 cannot be used with SCRATCH_2');
  const read = (name: string) => readFileSync(join(at, name), 'utf8');
  expect(read('a.yaml')).toBe(`\uFEFF${template('LZ4')}`);
  expect(read('b.yaml')).toBe(template('LZ4', ['AutomaticBackupRetentionDays: 7']));
  expect(read('c.yaml')).toBe(template('LZ4'));
  expect(pangea(['check', '--fix', 'a.yaml'], { cwd: at }).code).toBe(0);
});

describe('lines that end with', () => {
  const lines = ['LogConfiguration.Level: DISABLED # \u2028', 'DNSName: x'];
  const put = ['# \u2028', 'LogConfiguration:', '  Level: DISABLED'];
  test.each<[string, (text: string) => string]>([
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['CR', (text) => text.replaceAll('\n', '\r')],
    ['CR up to the properties and LF after them', (text) => text.replace(/(.*\n){4}/, (all) => all.replaceAll('\n', '\r'))],
    ['CRLF and no end', (text) => text.trimEnd().replaceAll('\n', '\r\n')],
  ])('%s are counted as in an editor, and stay', (name, ended) => {
    const at = folder({ 'a.yaml': ended(template('lz4', lines)) });
    const { out } = pangea(['check', '--format', 'json', 'a.yaml'], { cwd: at });
    const found = JSON.parse(out) as { line: number; column: number; endColumn: number }[];
    expect(found.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [7, 7, 26],
      [8, 7, 29],
      [9, 7, 14],
    ]);
    const shown = pangea(['check', 'a.yaml'], { cwd: at }).out;
    expect(shown).toContain('\n    9 |       DNSName: x\n      |       ^^^^^^^\n');
    pangea(['check', '--fix', 'a.yaml'], { cwd: at });
    const fixed = readFileSync(join(at, 'a.yaml'), 'utf8');
    // A line that is put in gets one of the ends that the text has.
    const expected = template('LZ4', put);
    if (name.includes(' and LF ')) expect(fixed.replaceAll('\r', '\n')).toBe(expected);
    else expect(fixed).toBe(name.endsWith('no end') ? `${ended(expected)}\r\n` : ended(expected));
  });
}); // oxfmt-ignore

test.each([
  ['a tier of SSD', 'HDD', 200],
  ['a tier of HDD', 'SSD', 12],
])('%s is not turned into a tier of %s, because the storage type may be wrong as well', (_, storage, tier) => {
  const text = [
    'Resources:',
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Properties:',
    `      StorageCapacity: ${storage === 'HDD' ? 6000 : 1200}`,
    '      SubnetIds: [subnet-0123456789abcdef0]',
    '      DeploymentType: PERSISTENT_1',
    `      StorageType: ${storage}`,
    `      PerUnitStorageThroughput: ${tier}`,
    '',
  ].join('\n');
  const at = folder({ 'a.yaml': text });
  const { out } = pangea(['check', '--fix', 'a.yaml'], { cwd: at });
  expect(readFileSync(join(at, 'a.yaml'), 'utf8')).toBe(text);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(`or StorageType ${storage === 'HDD' ? 'SSD' : 'HDD'}, which offers`);
}); // oxfmt-ignore

test('standard input comes out fixed, and all else on standard error', () => {
  const { code, out, err } = pangea(['check', '--fix', '-'], { input: template('lz4') });
  expect({ code, out }).toEqual({ code: 0, out: template('LZ4') });
  expect(err).toBe(
    'stdin:7: DataCompressionType: lz4 -> LZ4\n1 file system in 1 template: nothing found.\n',
  );
});

test.each(['human', 'json', 'sarif', 'github'])(
  'the report about standard input is that about a file, on standard error: %s',
  (format) => {
    const input = template('LZ4').replace('1200', '5000');
    const at = folder({ stdin: input });
    const words = ['check', '--fix', '--format', format];
    const ofFile = pangea([...words, 'stdin'], { cwd: at });
    expect(ofFile.out.split('\n').length).toBeGreaterThan(format === 'github' ? 1 : 5);
    expect(pangea([...words, '-'], { input })).toEqual({ code: 1, out: input, err: ofFile.out });
  },
);

test('what is not repaired says why', () => {
  const text = `Parameters: {Kind: {Type: String, Default: lz4}}\n${template('!Ref Kind')}`;
  const { err } = pangea(['check', '--fix'], { input: text });
  expect(err).toContain(
    'DataCompressionType: not fixed, because DataCompressionType is the result of Ref\n',
  );
});

test('a report for programs stays one', () => {
  const at = folder({ 'a.yaml': template('lz4', ['AutomaticBackupRetentionDays: 7']) });
  const { code, out, err } = pangea(['check', '--fix', '--format', 'json', 'a.yaml'], { cwd: at });
  expect(code).toBe(1);
  expect(err).toContain('a.yaml:7: DataCompressionType: lz4 -> LZ4\n');
  const rules = (JSON.parse(out) as { rule: string; help: string }[]).map(({ rule }) => rule);
  expect(rules).toEqual(['not-applicable']);
});

test('what is no text in UTF-8 is not rewritten', () => {
  const at = folder({});
  const file = join(at, 'latin.yaml');
  const bytes = Buffer.from(`${template('lz4')}# caf\xe9\n`, 'latin1');
  writeFileSync(file, bytes);
  const { code, err } = pangea(['check', '--fix', 'latin.yaml'], { cwd: at });
  expect({ code, err }).toEqual({
    code: 2,
    err: 'pangea-lustre: latin.yaml: this is not text in UTF-8.\n',
  });
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('SARIF has the edits of each repair', () => {
  const at = folder({ 'a.yaml': template('lz4').replace('1200', '5000') });
  const { out } = pangea(['check', '--format', 'sarif', 'a.yaml'], { cwd: at });
  const { runs } = JSON.parse(out) as {
    runs: { results: { ruleId: string; fixes: unknown[] }[]; tool: { driver: { rules: unknown[] } } }[]; // oxfmt-ignore
  };
  const [capacity, format] = runs[0]?.results ?? [];
  expect(capacity?.fixes).toHaveLength(2);
  expect(format).toMatchObject({
    ruleId: 'format',
    fixes: [
      {
        description: { text: 'DataCompressionType LZ4 instead of lz4' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a.yaml' },
            replacements: [
              {
                deletedRegion: { startLine: 7, startColumn: 28, endLine: 7, endColumn: 31 },
                insertedContent: { text: 'LZ4' },
              },
            ],
          },
        ],
      },
    ],
  });
  expect(runs[0]?.tool.driver.rules).toContainEqual(
    expect.objectContaining({
      id: 'format',
      help: expect.objectContaining({
        markdown: expect.stringContaining('manual/rules.md#format') as string,
      }) as object,
    }),
  );
});
