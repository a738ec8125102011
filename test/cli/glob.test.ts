import fs, { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { filesMatching, isPattern, namesMatching } from '../../src/cli/files/glob';

const FILES = ['a.yaml', 'b.json', 'c1.yml', '.hidden.yaml', 'x/a.yaml', 'x/y/a.yaml', 'x/y/b+.yaml', 'node_modules/a.yaml', '.git/a.yaml']; // oxfmt-ignore

const root = mkdtempSync(join(tmpdir(), 'pangea-glob-'));
for (const file of FILES) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
}

test.each<[string, string[]]>([
  ['*.yaml', ['a.yaml']],
  ['*.{yaml,json}', ['a.yaml', 'b.json']],
  ['?[0-9].yml', ['c1.yml']],
  ['[!b].yaml', ['a.yaml']],
  ['*/a.yaml', ['node_modules/a.yaml', 'x/a.yaml']],
  ['**/*.yaml', ['a.yaml', 'x/a.yaml', 'x/y/a.yaml', 'x/y/b+.yaml']],
  ['x/**', ['x/a.yaml', 'x/y/a.yaml', 'x/y/b+.yaml']],
  ['x/**/a.yaml', ['x/a.yaml', 'x/y/a.yaml']],
  ['x/y/*+.yaml', ['x/y/b+.yaml']],
  ['./x/../*.json', ['x/../b.json'].map((file) => `./${file}`)],
  ['.*.yaml', ['.hidden.yaml']],
  // As of a variable of the shell that ends with a slash.
  ['x//*.yaml', ['x//a.yaml']],
  ['x/*/', []],
  ['none/*.yaml', []],
  ['a.yaml/*', []],
])('%s', (pattern, files) => {
  const inRoot = filesMatching(`${root}/${pattern}`).map((file) => file.slice(root.length + 1));
  expect(inRoot).toEqual(files.sort());
  // The same of names alone, as git has them.
  const named = files.map((file) => posix.normalize(file));
  expect(namesMatching(pattern, FILES).toSorted()).toEqual(named.toSorted());
});

test('a drive of Windows is not looked for in the working folder', () => {
  const drive = new Map(
    [root, join(root, 'x')].map((folder, depth) => [
      ['C:/', 'C:/x/'][depth],
      readdirSync(folder, { withFileTypes: true }),
    ]),
  );
  const listed = jest
    .spyOn(fs, 'readdirSync')
    .mockImplementation((folder) => (drive.get(String(folder)) ?? []) as never);
  try {
    expect(filesMatching('C:\\x\\*.yaml')).toEqual(['C:/x/a.yaml']);
  } finally {
    listed.mockRestore();
  }
});

test('a range that goes downwards is told', () => {
  expect(() => filesMatching('[z-a].yaml')).toThrow(
    '[z-a].yaml is not a pattern: write a range upwards, such as [a-z].',
  );
});

test('what is a pattern', () => {
  expect(['a*', 'a?', 'a[b]', '{a,b}'].every(isPattern)).toBe(true);
  expect(['a.yaml', '-', 'x/y.json'].some(isPattern)).toBe(false);
});
