/** The two readers of YAML agree wherever the quick one does not give up. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { Malformed, readFullYaml } from '../../src/template/full-yaml';
import { Lines } from '../../src/template/lines';
import type { Node } from '../../src/template/node';
import { readPlainYaml } from '../../src/template/plain-yaml';
import { plainValue } from '../../src/template/yaml-scalars';
import { Template } from '../../src/template/template';
import { checked } from '../review/checked';
import { ROOT } from '../cli/command';

/** What a node says and where its keys are. */
function content(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(content);
    case 'map':
      return node.entries.map(({ key, at, value }) => [key, at, content(value)]);
  }
}

function full(text: string): unknown {
  try {
    return content(readFullYaml(text));
  } catch (error) {
    if (error instanceof Malformed) return 'malformed';
    throw error;
  }
}

function agree(text: string): boolean {
  const quick = readPlainYaml(text);
  if (quick) expect(content(quick)).toEqual(full(text));
  return quick !== undefined;
}

const templates = ['examples', 'examples/errors'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => join(folder, file)),
);

test.each(templates)('%s is read quickly', (file) => {
  expect(agree(readFileSync(join(ROOT, file), 'utf8'))).toBe(true);
});

test.each(['schema.json', 'package.json', 'inputs/inputs_1_create.json'])('%s too', (file) => {
  expect(agree(readFileSync(join(ROOT, file), 'utf8'))).toBe(true);
});

const word = fc.oneof(
  fc.constantFrom('a', 'Ref', 'Fn::Sub', '2.10', '6:00:00', 'yes', 'null', '', '- a', 'a: b', '#', '~', '0x1F', '010', '1e3'), // prettier-ignore
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
  ),
}));

test('they agree on what a YAML writer writes', () => {
  fc.assert(
    fc.property(
      fc.dictionary(word, tree, { minKeys: 1, maxKeys: 4 }),
      fc.constantFrom(2, 4),
      fc.boolean(),
      fc.boolean(),
      (value, indent, indentSeq, collectionStyle) => {
        agree(
          stringify(value, {
            indent,
            indentSeq,
            collectionStyle: collectionStyle ? 'flow' : 'any',
            aliasDuplicateObjects: false,
          }),
        );
      },
    ),
    { numRuns: 400 },
  );
});

test('they agree on JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(word, tree), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      agree(JSON.stringify(value, undefined, indent));
    }),
    { numRuns: 300 },
  );
});

const piece = fc.constantFrom(
  'a',
  'b: ',
  'key:',
  ': ',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  '- ',
  '-',
  '#',
  ' # c',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '|',
  '>',
  '|-',
  '>+',
  '!Ref ',
  '!Sub',
  '&x ',
  '*x',
  '<<: ',
  '---',
  '\t',
  '\r\n',
  '\\',
  '?',
  '%',
  '@',
  '~',
  '12',
  '1.5',
  '::',
  "''",
  '""',
  '!If\n',
  'a b',
  '=', // prettier-ignore
);

test('they agree on what nobody would write', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
      agree(pieces.join(''));
    }),
    { numRuns: 4000 },
  );
});

test.each<[string, unknown]>([
  ['', null],
  ['~', null],
  ['yes', true],
  ['Off', false],
  ['y', 'y'],
  ['12', 12],
  ['+12', 12],
  ['-1_000', -1000],
  ['010', 8],
  ['0x1F', 31],
  ['0b101', 5],
  ['6:00:00', 21600],
  ['05:00', '05:00'],
  ['2.10', 2.1],
  ['.5', 0.5],
  ['012345678901', '012345678901'],
  ['2010-09-09', '2010-09-09'],
  ['None', 'None'],
  ['1.2.3', '1.2.3'],
  ['12e4567', '12e4567'],
  ['-1.5e999', '-1.5e999'],
  ['12e5', 1200000],
])('%p without quotes is %p', (text, value) => {
  expect(plainValue(text)).toBe(value);
});

test.each<[string, string, RegExp]>([
  ['a tab', 'Resources:\n\tA: 1', /2:1 .*[Tt]ab/],
  ['a map in a line', 'Resources: a: b', /1:12 /],
  ['a quote left open', 'Resources: "a', /quote/],
  ['a key twice', 'Resources: {}\nResources: {}', /2:1 .*unique/],
  ['no template', '- a', /no Resources/],
  ['nothing', '', /no Resources/],
  ['an alias of nothing', 'Resources: {A: *x}', /alias/],
  ['several documents', 'a: 1\n---\nb: 2\n', /document/],
])('%s cannot be read', async (_, text, message) => {
  const read = Template.read('t', text).catch((error: unknown) => {
    const { line, column, message } = error as { line?: number; column?: number; message: string };
    return line === undefined ? message : `${line}:${String(column)} ${message}`;
  });
  expect(await read).toMatch(message);
});

test('a template may be made by a macro', async () => {
  const include =
    "Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: s3://bucket/template}}";
  const { notes, fileSystems } = await checked(include);
  expect(fileSystems).toBe(0);
  expect(notes).toMatchObject([
    {
      logicalId: 'Fn::Transform',
      line: 1,
      column: 1,
      message: expect.stringContaining('not checked') as string,
    },
  ]);
});

test('what is unusual is read too', async () => {
  const read = async (text: string) => content((await Template.read('t', text)).root);
  expect(await read('x: &x {a: 1}\nResources:\r\n  A: {<<: *x, b: 2}\n')).toEqual([
    ['x', 0, [['a', 7, 1]]],
    ['Resources', 13, [['A', 27, [['b', 39, 2], ['a', 7, 1]]]]], // prettier-ignore
  ]);
});

test('a few aliases cannot stand for a billion nodes', async () => {
  const bomb = ['a: &a0 [x,x,x,x,x,x,x,x,x]']
    .concat(
      Array.from(
        { length: 9 },
        (_, n) => `b${n}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(',')}]`,
      ),
    )
    .concat('Resources: {}')
    .join('\n');
  await expect(Template.read('t', bomb)).rejects.toThrow('Too many aliases');
});

test('places are counted as editors count', () => {
  const lines = new Lines('ab\n\nc');
  expect([0, 1, 3, 4, 5].map((at) => lines.place(at))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 3, column: 2 },
  ]);
});
