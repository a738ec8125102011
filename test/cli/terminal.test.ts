/** What people see on a terminal: lines that fit, and a mark under the place that a finding is about. */
import fc from 'fast-check';
import { excerpt, sourceLines } from '../../src/cli/formats/excerpt';
import { displayWidth } from '../../src/cli/formats/wrapping';
import { folder, pangea, WRONG } from './command';

const TAGGED = (key: string) =>
  `Resources: {Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {Tags: [{Key: "${key}", Value: v}], StorageCapacity: 5000, SubnetIds: [subnet-0a1b2c3d4e5f60718]}}}`;

const ONE_LINE = JSON.stringify({
  Resources: Object.fromEntries(
    [1200, 1200, 5000, 1200].map((StorageCapacity, index) => [
      `Fs${index}`,
      {
        Type: 'Pangea::FSx::LustreFileSystem',
        Properties: { StorageCapacity, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] },
      },
    ]),
  ),
});

/** The line shown, and what the mark below it covers. */
function shown(text: string, columns = 80): { line: string; marked: string; out: string } {
  const { out } = pangea(['check'], { input: text, env: { COLUMNS: String(columns) } });
  const lines = out.split('\n');
  const at = lines.findIndex((line) => /^ +\| *\^+$/.test(line));
  const [line = '', mark = ''] = [lines[at - 1], lines[at]];
  return { line, marked: covered(line, mark), out };
}

/** The characters of a line above the carets. */
function covered(line: string, mark: string): string {
  let column = 0;
  return Array.from(line)
    .filter((character) => {
      const from = column;
      column += displayWidth(character);
      return mark.slice(from, column).includes('^');
    })
    .join('');
}

describe('the line of a finding', () => {
  test.each<[string, string, string]>([
    ['in a block', WRONG, '    5 |       StorageCapacity: 5000'],
    ['with CRLF', WRONG.replaceAll('\n', '\r\n'), '    5 |       StorageCapacity: 5000'],
    [
      'with tabs',
      JSON.stringify(JSON.parse(ONE_LINE), undefined, '\t'),
      '    24 |                 "StorageCapacity": 5000,',
    ],
  ])('%s is shown whole', (_, text, expected) => {
    const { line, marked } = shown(text);
    expect(line).toBe(expected);
    expect(marked).toMatch(/^"?StorageCapacity"?$/);
  });

  test.each([60, 80, 160])('is cut around the place at %i columns', (columns) => {
    for (const text of [ONE_LINE, TAGGED('a'), TAGGED('鍵'.repeat(40)), TAGGED('🎉é')]) {
      const { line, marked, out } = shown(text, columns);
      expect(marked).toMatch(/^(Key|"?StorageCapacity"?)$/);
      expect(line).toContain('...');
      for (const each of out.split('\n')) expect(displayWidth(each)).toBeLessThanOrEqual(columns);
    }
  });

  test('has its mark in the right place behind wide and combining characters', () => {
    const { marked } = shown(TAGGED('日本e\u0301🎉').replace('5000', '1200'), 160);
    expect(marked).toBe('Key');
  });

  test('shows what cannot be seen as it is escaped elsewhere', () => {
    const { line, marked } = shown(
      WRONG.replace(
        '      StorageCapacity',
        '      "\\e": 1 \u202E\n      StorageCapacity',
      ).replace('5000', '5000 # \u202Etxet'),
    );
    expect(`${line}${marked}`).not.toContain('\u202E');
  });

  test('is never wider than the terminal, and the mark stands under the place', () => {
    const word = fc.constantFrom('a', ' ', '\t', '鍵', 'e\u0301', '🎉', '"', '\u001b', 'Property');
    const line = fc.array(word, { maxLength: 300 }).map((words) => words.join(''));
    fc.assert(
      fc.property(line, line, fc.integer({ min: 15, max: 200 }), (before, behind, room) => {
        const column = before.length + 1;
        const range = { line: 2, column, endLine: 2, endColumn: column + 5 };
        const [source] = sourceLines(`x\r\n${before}PLACE${behind}\r\ny`, [range]);
        const [text = '', mark = ''] = source ? excerpt(source, room) : [];
        expect(displayWidth(text)).toBeLessThanOrEqual(room);
        expect(covered(text, mark)).toBe('PLACE');
      }),
    );
  });
});

describe('findings', () => {
  const at = folder({ 'a.yaml': WRONG, 'b.yaml': `${WRONG}      KmsKeyId: alias/a\n`, 'c.yaml': 'x: [' }); // oxfmt-ignore

  test('stand below their file, and the summary comes last', () => {
    const { out, err } = pangea(['check', 'a.yaml', 'b.yaml', 'c.yaml'], { cwd: at });
    const lines = out.split('\n');
    expect(lines.filter((line) => /^\S/.test(line))).toEqual([
      'a.yaml',
      'b.yaml',
      '1 file could not be read.',
      '2 file systems in 2 templates: 2 violations and 1 warning.',
    ]);
    expect(lines.filter((line) => /^ {2}\S/.test(line))).toEqual([
      '  5:7 error Fs [storage-capacity]',
      '  5:7 error Fs [storage-capacity]',
      '  7:7 warning Fs [not-applicable]',
    ]);
    expect(err).toMatch(/^pangea-lustre: c\.yaml:1:\d+: /);
  });

  test('say the same without colors', () => {
    const plain = pangea(['check', 'a.yaml', 'b.yaml'], { cwd: at });
    const colored = pangea(['check', 'a.yaml', 'b.yaml'], { cwd: at, env: { FORCE_COLOR: '1' } });
    // oxlint-disable-next-line no-control-regex -- the codes of colors
    expect(colored.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
    expect(colored.out).not.toBe(plain.out);
    expect(plain.out).not.toContain('\u001b');
  });
});

describe('width', () => {
  const long = 'Storage'.repeat(9);
  const input = [
    'Parameters: {Stage: {Type: String}}',
    'Conditions: {Prod: !Equals [!Ref Stage, prod]}',
    'Resources:',
    ...['日本語のファイルシステム', long].flatMap((name) => [
      `  ${name}:`,
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties:',
      '      StorageCapacity: !If [Prod, 4800, 1200]',
      '      DeploymentType: PERSISTENT_1',
      '      PerUnitStorageThroughput: 200',
      '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
      `      Tags: [{Key: "${'k'.repeat(200)}", Value: v}]`,
    ]),
  ].join('\n');

  test.each([40, 60, 80, 160])('nothing is wider than %i columns', (columns) => {
    const at = folder({ 'a.yaml': input, [`${'b'.repeat(60)}.yaml`]: input });
    const needs = ['--capacity', '20TiB', '--throughput', '4GB/s', '--needs', 's3'];
    for (const words of [
      ['estimate', 'a.yaml'],
      ['estimate', '*.yaml'],
      ['estimate', '--region', 'eu-west-3', 'a.yaml'],
      ['check', 'a.yaml'],
      ['advise', ...needs],
      ['advise', '--all', ...needs],
    ]) {
      const { out } = pangea(words, { cwd: at, env: { COLUMNS: String(columns) } });
      // What is to be pasted stays as it is.
      const [text = ''] = out.split('\n  FileSystem:');
      for (const line of text.split('\n')) expect([words, displayWidth(line) <= columns, line]).toEqual([words, true, line]); // oxfmt-ignore
    }
  });

  test('is 80 where nothing tells', () => {
    const { out } = pangea(['check'], { input: WRONG });
    expect(out).toBe(pangea(['check'], { input: WRONG, env: { COLUMNS: '80' } }).out);
    expect(out).not.toBe(pangea(['check'], { input: WRONG, env: { COLUMNS: '160' } }).out);
  });
});
