import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS } from '../../scripts/documents';
import { withPart } from '../../scripts/markdown';
import { describeRules } from '../../src/review/rule-table';

const TOLD: readonly string[] = describeRules().map(({ rule }) => rule);

const root = join(__dirname, '../..');

test.each(DOCUMENTS)('$path is what `npm run docs` writes', ({ path, write }) => {
  const text = readFileSync(join(root, path), 'utf8');
  expect(text).toBe(write(text));
  expect(text).not.toMatch(/undefined|NaN|\[object/);
});

test('a part without its marks is told', () => {
  expect(() => withPart('# Updates', 'interruptions', 'x')).toThrow(
    'The marks of interruptions are missing.',
  );
});

/** The text of every source of the folders where violations and findings are made. */
const sources = ['src/lustre', 'src/review', 'src/actions']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(root, folder, file),
    ),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'));

test('every rule of the sources is in it, and no other', () => {
  const names = sources.flatMap((text) =>
    [...text.matchAll(/(?:rule: |(?:refusal|irreversible)\(\s*)'([a-z0-9-]+)'/g)].map(
      ([, name]) => name,
    ),
  );
  const told = TOLD.filter((name) => !name.startsWith('guardrail-'));
  expect(told.toSorted()).toEqual([...new Set(names)].toSorted());
});

test('each rule has one address', () => {
  const text = readFileSync(join(root, 'manual/rules.md'), 'utf8');
  const anchors = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, name]) => name);
  expect(anchors.toSorted()).toEqual([...TOLD].toSorted());
});
