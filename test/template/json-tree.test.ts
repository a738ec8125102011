/** JSON is read as the reader of YAML reads it: the same nodes in the same places. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readJson } from '../../src/template/json-tree';
import { descendants } from '../../src/template/node';
import { readTree } from '../../src/template/source-tree';
import { ROOT } from '../cli/command';

/** As the reader of YAML reads it, which takes a comment behind the text and the other one does not. */
const asYaml = (text: string) => readTree(`${text} # YAML`);

function expectTheSame(text: string): void {
  const json = readJson(text);
  const yaml = asYaml(text);
  expect(json?.root).toEqual(yaml.root);
  const offsets = descendants(yaml.root).flatMap(({ at, end }) => [at, end]);
  expect(offsets.map((offset) => json?.placeAt(offset))).toEqual(offsets.map(yaml.placeAt));
}

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('<<', '~', 'yes', '', 'a: b', '#', '{{x}}', '\n', 'a\n  b', '\\', '"', '\u2028', '\u0085'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
); // oxfmt-ignore
const { template } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 8 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  template: fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
})); // oxfmt-ignore

test('any value, with any indentation', () => {
  fc.assert(
    fc.property(template, fc.constantFrom(undefined, 1, 2, 4), (value, indentation) => {
      expectTheSame(JSON.stringify(value, undefined, indentation));
    }),
    { numRuns: 200 },
  );
});

test.each([
  '{}',
  '{ }',
  '{"a":[],"b":{} , "c" : [ 1 , -0 , 1e3 , 1.50 ] }\n',
  '{"a":"\\u0041\\/\\ud83d\\ude00\\n"}',
  '{\r\n "a": 1,\r\n "b": [true, false, null]\r\n}\r\n',
])('%j', expectTheSame);

test('the schema, and whatever else is written in JSON here', () => {
  const files = readdirSync(ROOT).filter((file) => file.endsWith('.json'));
  for (const file of files.filter((each) => each !== 'package-lock.json' && !each.startsWith('tsconfig')))
    expectTheSame(readFileSync(join(ROOT, file), 'utf8')); // oxfmt-ignore
});

test.each([
  'a: 1',
  '[]',
  '{"a": 1, "a": 2}',
  '{"a": 1,}',
  '{a: 1}',
  "{'a': 1}",
  '{"a": 01}',
  '{"a": +1}',
  '{"a": "b" # comment\n}',
  '{"a": "\t"}',
  '{"a": "\\x41"}',
  '{"a" "b"}',
  '{"a": 1} {"b": 2}',
  '{"a": !Ref b}',
  '{"a": tru}',
  '{"a": ',
  '{"a": "',
  `{"a": ${'['.repeat(300)}${']'.repeat(300)}}`,
])('%j is left to the reader of YAML', (text) => {
  expect(readJson(text)).toBeUndefined();
});

test('a text of a megabyte takes no more than one look at each character', () => {
  const text = JSON.stringify({ Resources: { Fs: { Type: 'x'.repeat(1_000_000) } } });
  expect(readJson(text)?.root.end).toBe(text.length);
});
