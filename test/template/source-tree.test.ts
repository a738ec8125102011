/** Templates as they are read: what they say, and where. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { descendants, type Node } from '../../src/template/node';
import { readTree, Unreadable } from '../../src/template/source-tree';
import { Template } from '../../src/template/template';
import { plainValue } from '../../src/template/yaml-scalars';
import { check } from '../../src/review/check';
import { ROOT } from '../cli/command';
import { handwritten, type Json } from './handwriting';

/** What a node says. */
function content(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(content);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, content(value)]));
  }
}

/** The same, with the offset of each key. */
function placed(node: Node): unknown {
  if (node.kind !== 'map') return node.kind === 'list' ? node.items.map(placed) : node.value;
  return node.entries.map(({ key, at, value }) => [key, at, placed(value)]);
}

const rootOf = (text: string): Node => readTree(text).root;

/** `line:column message` of what cannot be read. */
function refusal(text: string): string | undefined {
  try {
    Template.read('t', text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { message, place } = error;
    return place ? `${place.line}:${place.column} ${message}` : message;
  }
}

const word = fc.oneof(
  fc.constantFrom('a', 'Ref', 'Fn::Sub', '2.10', '6:00:00', 'yes', 'null', '', '- a', 'a: b', '#', '~', '0x1F', '010', '1e3', '!Sub', '\\', "'", '\u2028', '\u{1F600}'), // oxfmt-ignore
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
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

/** As JSON has it: without -0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('JSON', () => {
  const indent = fc.constantFrom<(string | number)[]>(0, 2, '\t');

  test('says what JSON.parse says, and each part of it stands in its place', () => {
    fc.assert(
      fc.property(fc.dictionary(word, tree), indent, fc.boolean(), (value, indent, crlf) => {
        const json = JSON.stringify(value, undefined, indent);
        const text = crlf ? json.replaceAll('\n', '\r\n') : json;
        const root = rootOf(text);
        expect(content(root)).toEqual(plain(value));
        const nodes = descendants(root);
        expect(nodes.map(({ at, end }): unknown => JSON.parse(text.slice(at, end)))).toEqual(
          nodes.map((node) => plain(content(node))),
        );
        const misplaced = nodes
          .flatMap((node) => (node.kind === 'map' ? node.entries : []))
          .filter(({ key, at }) => !text.startsWith(JSON.stringify(key), at));
        expect(misplaced).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['escapes', '{"a": "\\ud83d\\ude00\\/\\u00e9\\t"}'],
    ['tabs', '\t{\n\t"a":\t1,\n\t"b": [\n\t\t1\n\t]\n}\n\t'],
    ['no space behind a colon, and some before', '{"a":{"b" :1,"c"\n:2}}'],
    ['a key of 5,000 characters', `{"${'k'.repeat(5000)}":\n1}`],
    ['the name of a merge', '{"<<": {"a": 1}, "b": 2}'],
    ['separators of Unicode', '{"a": "\u2028\u2029\u0085"}'],
  ])('with %s', (_, text) => {
    expect(content(rootOf(text))).toEqual(JSON.parse(text));
  });

  test.each(['schema.json', 'package-lock.json', 'inputs/inputs_1_create.json'])('%s', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect(content(rootOf(text))).toEqual(JSON.parse(text));
  });
});

describe('YAML', () => {
  const templates = ['examples', 'examples/errors'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => join(folder, file)),
  );

  test.each(templates)('the keys of %s stand where they are', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const node of descendants(rootOf(text)))
      for (const { key, at } of node.kind === 'map' ? node.entries : [])
        expect([key, `'${key}'`, `"${key}"`, `!${key.replace('Fn::', '')}`]).toContain(
          /!\w+|'[^']*'|"[^"]*"|[^\s:]+(::?[^\s:]+)*/.exec(text.slice(at))?.[0],
        );
  });

  test('says what a writer of YAML 1.1 meant', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          word.filter((key) => key !== '<<'),
          tree,
          { minKeys: 1, maxKeys: 4 },
        ),
        fc.constantFrom(2, 4),
        fc.boolean(),
        fc.boolean(),
        (value, indent, indentSeq, flow) => {
          const collectionStyle = flow ? 'flow' : 'any';
          const text = stringify(value, { version: '1.1', indent, indentSeq, collectionStyle, aliasDuplicateObjects: false }); // oxfmt-ignore
          // The package's own reader is the judge of its writer.
          fc.pre(JSON.stringify(parse(text, { version: '1.1' })) === JSON.stringify(value));
          expect(plain(content(rootOf(text)))).toEqual(plain(value));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('says what people write in any of its ways', () => {
    const value: Json = {
      Resources: {
        A: { Type: 'x', Properties: { List: [1, true, null, 'a b'], Map: { K: 'v', 'L:M': '' } } },
        B: { Type: 'x', Properties: { List: [1, true, null, 'a b'], Map: { K: 'v', Z: 'w' } } },
        C: { 'Fn::If': ['Is', { 'Fn::Sub': '${A}-b' }, { Ref: 'AWS::NoValue' }] },
      },
    };
    fc.assert(
      fc.property(
        fc.array(fc.nat(60), { minLength: 1, maxLength: 80 }),
        fc.boolean(),
        fc.boolean(),
        (tape, comments, anchors) => {
          const text = handwritten(value, { tape, comments, anchors });
          expect(content(rootOf(text))).toEqual(value);
        },
      ),
      { numRuns: 300 },
    );
  });

  const piece = fc.constantFrom('a', 'b: ', 'key:', ': ', ' ', '  ', '\n', '\n  ', '\n    ', '- ', '-', '#', ' # c', '"', "'", '[', ']', '{', '}', ',', '|', '>', '|-', '>+', '!Ref ', '!Sub', '&x ', '*x', '<<: ', '---', '\t', '\r\n', '\\', '?', '%', '@', '~', '12', '1.5', '::', "''", '""', '!If\n', 'a b', '='); // oxfmt-ignore

  test('what nobody would write is read, each node in its place, or refused with a place', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        try {
          expect(outside(rootOf(text), 0, text.length)).toEqual([]);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          expect(error.place?.line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test.each(['b: a\n? c', 'b: !If\n? <<: ', 'b: a\n? [c]\n', '{ b: a, c }'])(
    'a key without a value does not end its map before what stands there: %j',
    (text) => {
      expect(outside(rootOf(text), 0, text.length)).toEqual([]);
    },
  );

  /** What of a node does not lie in a part of the text, itself or its parts; what an alias stands for lies elsewhere. */
  function outside(node: Node, from: number, to: number): Node[] {
    if (node.alias) return [];
    const own = from <= node.at && node.at <= node.end && node.end <= to ? [] : [node];
    const parts =
      node.kind === 'list'
        ? node.items
        : node.kind === 'map'
          ? node.entries.filter(({ merged }) => !merged).map(({ value }) => value)
          : [];
    return [...own, ...parts.flatMap((part) => outside(part, node.at, node.end))];
  }

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
    ['12e+5', 1200000],
    // Once read as 12: any plus was taken for the sign.
    ['1+2', '1+2'],
    ['2.5+3', '2.5+3'],
    ['-+5', '-+5'],
  ])('%p without quotes is %p', (text, value) => {
    expect(plainValue(text)).toBe(value);
    expect(content(rootOf(`a: ${text}\nb: '${text}'\nc: !Sub ${text || "''"}`))).toEqual({
      a: value,
      b: text,
      c: { 'Fn::Sub': text },
    });
  });

  test.each<[string, string, unknown]>([
    ['!Ref A', 'Ref', 'A'],
    ['!Condition A', 'Condition', 'A'],
    ['!GetAtt A.B', 'Fn::GetAtt', 'A.B'],
    ['!Base64 "x"', 'Fn::Base64', 'x'],
    ['!Sub [a, {b: 1}]', 'Fn::Sub', ['a', { b: 1 }]],
    ['!Transform {Name: a}', 'Fn::Transform', { Name: 'a' }],
    ['!Base64\n  !Sub |\n    x\n', 'Fn::Base64', null],
    ['!Unheard [1]', 'Fn::Unheard', [1]],
  ])('the short form %p is %s', (text, name, argument) => {
    // Of two tags YAML has no use for the second.
    if (argument === null) expect(refusal(`Resources: {}\nx: ${text}`)).toMatch(/^3:3 /);
    else expect(content(rootOf(`x: ${text}`))).toEqual({ x: { [name]: argument } });
  });

  test("YAML's own tags say how a word is written", () => {
    expect(content(rootOf('a: !!str 12\nb: !<tag:x> 012\nc: !!map {d: 1}'))).toEqual({
      a: '12',
      b: '012',
      c: { d: 1 },
    });
  });

  test('text over several lines', () => {
    const text = 'a: |\n  x\n   y\n\nb: >-\n  x\n  y\nc: x\n  y\nd: "x\n  y"\n';
    const root = rootOf(text);
    expect(content(root)).toEqual({ a: 'x\n y\n', b: 'x y', c: 'x y', d: 'x y' });
    const nodes = root.kind === 'map' ? root.entries.map(({ value }) => value) : [];
    expect(nodes.map(({ at, end }) => text.slice(at, end))).toEqual([
      '|\n  x\n   y',
      '>-\n  x\n  y',
      'x\n  y',
      '"x\n  y"',
    ]);
  });

  test('a collection ends with its last part, and not with the comments behind it', () => {
    const text = 'a:\n  - b: 1 # c\n\n  # d\ne: {f: 2} # g\n';
    const root = rootOf(text);
    const nodes = root.kind === 'map' ? root.entries.map(({ value }) => value) : [];
    expect(nodes.map(({ at, end }) => text.slice(at, end))).toEqual(['- b: 1', '{f: 2}']);
  });
});

describe('anchors', () => {
  test('merges give way to what stands beside them', () => {
    expect(placed(rootOf('x: &x {a: 1}\nResources:\r\n  A: {<<: *x, b: 2}\n'))).toEqual([
      ['x', 0, [['a', 7, 1]]],
      ['Resources', 13, [['A', 27, [['b', 39, 2], ['a', 7, 1]]]]], // oxfmt-ignore
    ]);
    const several = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y], a: 3}';
    expect(content(rootOf(several))).toMatchObject({ z: { a: 3, b: 1, c: 2 } });
  });

  test('an alias stands for the last anchor before it', () => {
    const text = 'a: &x 1\nb: &z {c: *x}\nd: &x 2\ne: [*x, *z]';
    expect(content(rootOf(text))).toEqual({ a: 1, b: { c: 1 }, d: 2, e: [2, { c: 1 }] });
  });

  test.each([
    [
      'of a billion nodes',
      ['a: &a0 [x,x,x,x,x,x,x,x,x]']
        .concat(
          Array.from(
            { length: 9 },
            (_, n) => `b${n}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(',')}]`,
          ),
        )
        .concat('Resources: {}')
        .join('\n'),
    ],
  ])('an alias %s is refused', (_, text) => {
    expect(refusal(text)).toMatch(/Too many aliases$/);
  });
});

test.each<[string, string, RegExp]>([
  ['a tab', 'Resources:\n\tA: 1', /2:1 .*[Tt]ab/],
  ['a map in a line', 'Resources: a: b', /1:12 /],
  ['a quote left open', 'Resources: "a', /quote/],
  ['a key twice', 'Resources: {}\nResources: {}', /2:1 .*unique/],
  ['a key twice, once in quotes', '{"Resources": {}, Resources: {}}', /1:19 .*unique/],
  ['two merges', 'a: &a {}\nResources: {<<: *a, <<: *a}', /2:21 .*unique/],
  ['no template', '- a', /no Resources/],
  ['nothing', '', /no Resources/],
  ['an alias of nothing', 'Resources: {A: *x}', /1:16 .*alias/],
  ['an alias of itself', 'Resources: &r {A: *r}', /1:19 .*alias/],
  ['several documents', 'Resources: {}\n---\nb: 2\n', /2:1 .*document/],
])('%s cannot be read', (_, text, message) => {
  expect(refusal(text)).toMatch(message);
});

test('a template may be made by a macro', () => {
  const include =
    "Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: s3://bucket/template}}";
  const { notes, fileSystems } = check(include);
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

test('places are counted as editors count', () => {
  const text = 'a: 1\n\nb: |\n  c\n\n  d\ne: "f\n  g"\r\nh: [\n  1]';
  const { placeAt } = readTree(text);
  for (let offset = 0; offset <= text.length; offset++) {
    const lines = text.slice(0, offset).split('\n');
    expect(placeAt(offset)).toEqual({
      line: lines.length,
      column: (lines.at(-1) ?? '').length + 1,
    });
  }
});
