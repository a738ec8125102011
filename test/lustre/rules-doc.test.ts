import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_NAMES, rulesDocument } from '../../scripts/rules-doc';

const root = join(__dirname, '../..');

test('docs/rules.md is what `npm run docs` writes', () => {
  expect(readFileSync(join(root, 'docs/rules.md'), 'utf8')).toBe(rulesDocument());
});

test('every rule of the sources is in it', () => {
  const folder = join(root, 'src/lustre');
  const sources = readdirSync(folder).filter((file) => /^(rules-.*|reading)\.ts$/.test(file));
  const names = sources.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/rule: '([a-z0-9-]+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(new Set(RULE_NAMES)).toEqual(new Set(names));
});

test('nothing in it is undefined', () => {
  expect(rulesDocument()).not.toMatch(/undefined|NaN|\[object/);
});
