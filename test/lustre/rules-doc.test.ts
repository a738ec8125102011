import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS } from '../../scripts/documents';
import { withPart } from '../../scripts/markdown';
import { RULE_NAMES } from '../../scripts/rules-doc';

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

test('every rule of the sources is in it', () => {
  const folder = join(root, 'src/lustre');
  const rules = readdirSync(join(folder, 'rules')).filter(
    (file) => !/^(guardrails|restore)/.test(file),
  );
  const sources = [...rules.map((file) => `rules/${file}`), 'properties/reading.ts'];
  const names = sources.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/rule: '([a-z0-9-]+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(new Set(RULE_NAMES)).toEqual(new Set(names));
});
