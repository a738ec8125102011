/** Patterns: linear on any text, the same in every place, and in the schema readable for JavaScript, Java and Python. */
import fc from 'fast-check';
import { OPERATIONS, REQUESTS, type Shape as FsxShape } from '../../local/fsx/api/shapes';
import { flattened } from '../../scripts/breaking-changes';
import schema from '../../schema.json';
import {
  BUCKET_NAME,
  PROPERTY_SHAPES,
  type Shape,
  type TextShape,
} from '../../src/lustre/properties/shapes';
import { charactersOf, match, parsePattern } from './backtracking';
import { IDS, KINDS } from './examples';

const inSchema = [...flattened(schema, schema)].flatMap(([path, { pattern }]) =>
  typeof pattern === 'string' ? [[path, pattern] as const] : [],
);

function textsOf(path: string, shape: Shape): [string, TextShape][] {
  switch (shape.type) {
    case 'text':
      return [[path, shape]];
    case 'list':
      return textsOf(`${path}/*`, shape.items);
    case 'object':
      return Object.entries(shape.members).flatMap(([name, member]) =>
        textsOf(`${path}/${name}`, member),
      );
    default:
      return [];
  }
}
const inRules = [
  ...Object.entries<Shape>(PROPERTY_SHAPES).flatMap(([name, shape]) =>
    textsOf(`/properties/${name}`, shape),
  ),
  ['the name of a bucket', BUCKET_NAME] as [string, TextShape],
].filter(([, { pattern }]) => pattern !== undefined);

function fsxPatterns(
  path: string,
  shape: FsxShape,
): [string, Extract<FsxShape, { kind: 'string' }>][] {
  switch (shape.kind) {
    case 'string':
      return shape.pattern ? [[path, shape]] : [];
    case 'list':
      return fsxPatterns(path, shape.of);
    case 'structure':
      return Object.entries(shape.members).flatMap(([name, member]) =>
        fsxPatterns(`${path}.${name}`, member),
      );
    default:
      return [];
  }
}
const inFsx = OPERATIONS.flatMap((operation) => fsxPatterns(operation, REQUESTS[operation]));

const everywhere = new Map<string, string>([
  ...inSchema.map(([path, pattern]) => [pattern, `schema.json ${path}`] as const),
  ...inRules.map(([path, { pattern }]) => [pattern?.source ?? '', `src ${path}`] as const),
  ...inFsx.map(([path, { pattern }]) => [pattern?.source ?? '', `local ${path}`] as const),
]);

/** Texts that repeat a part of an example, with something at the end that fits nothing. */
const EXAMPLES = [
  ...KINDS.flatMap(({ good, bad, left = [] }) =>
    [...good, ...bad, ...left].map(([value]) => value),
  ),
  ...Object.values(IDS).flatMap(({ good, bad }) => [...good, ...bad]),
  'arn:aws:fsx:us-east-1:123456789012:file-system/fs-01234567',
  'QUJDRA==',
  'fsvol-0123456789abcdef0',
].filter((value) => value.length < 80);
const hostile = fc
  .record({
    example: fc.constantFrom(...EXAMPLES),
    at: fc.nat({ max: 79 }),
    length: fc.integer({ min: 1, max: 8 }),
    tail: fc.constantFrom('!', '\n', '\u2028', ':'),
  })
  .map(({ example, at, length, tail }) => (size: number): string => {
    const from = at % (example.length + 1);
    const part = example.slice(from, from + length) || '0';
    return example.slice(0, from) + part.repeat(Math.ceil(size / part.length)) + tail;
  });

describe.each([...everywhere].map(([pattern, where]) => [where, pattern] as const))(
  '%s',
  (_, pattern) => {
    const parsed = parsePattern(pattern);

    test('takes steps in proportion to the length of any text', () => {
      fc.assert(
        fc.property(hostile, (textOf) => {
          const [short, long] = [textOf(300), textOf(600)];
          // A few looks at each character, whatever the alternatives; squares would be ninety thousand and more.
          const most = 24 * long.length + 2_000;
          const first = match(parsed, short, most);
          const second = match(parsed, long, most);
          return second.steps < 2.5 * first.steps + 500;
        }),
        { numRuns: 300 },
      );
    });

    test('is matched here as the engine matches it', () => {
      const real = new RegExp(pattern, 'u');
      expect(
        EXAMPLES.filter((value) => match(parsed, value, 100_000).matches !== real.test(value)),
      ).toEqual([]);
    });
  },
);

test('the count tells a pattern that is not linear', () => {
  const text = `${'1'.repeat(24)}\n`;
  expect(() => match(parsePattern('^[0-9]([0-9.][0-9]*)*$'), text, 100_000)).toThrow('steps');
  expect(() => match(parsePattern('^(a+)+$'), `${'a'.repeat(24)}!`, 100_000)).toThrow('steps');
  const { steps } = match(parsePattern('^a*a*$'), `${'a'.repeat(300)}!`, 1_000_000);
  expect(steps).toBeGreaterThan(45_000);
});

test.each(inSchema)('%s means the same in JavaScript, Java and Python', (_, pattern) => {
  const parsed = parsePattern(pattern);
  expect(pattern).toMatch(/^\^/);
  for (const written of charactersOf(parsed)) {
    // \d, \w, \s and a dot differ in what they take, and Python has no \p.
    expect(written).not.toMatch(/\\(?!u[0-9a-f]{4}|[[\].\\*rn-])/);
    expect(written).not.toBe('.');
  }
});

test.each(inRules)('%s has a length, which is looked at first', (_, { length }) => {
  expect(length).toEqual([expect.any(Number), expect.any(Number)]);
});

/** Where the schema takes more than the rules, which say better what is wrong; and why it may. */
const LOOSER: Readonly<Record<string, string>> = {
  '/properties/ImportPath': 'a path without a bucket',
  '/properties/ExportPath': 'a path without a bucket',
  '/properties/KmsKeyId': 'no pattern: FSx has none but one that takes everything',
  '/properties/LogConfiguration/Destination': 'FSx returns the ARN with a log stream behind it',
  '/properties/RootSquashConfiguration/NoSquashNids/*': "FSx's own pattern, without the numbers",
  '/properties/Tags/*/Key': 'no pattern: that of FSx is none in Python',
  '/properties/Tags/*/Value': 'no pattern: that of FSx is none in Python',
  '/properties/FinalBackupTags/*/Key': 'no pattern: that of FSx is none in Python',
  '/properties/FinalBackupTags/*/Value': 'no pattern: that of FSx is none in Python',
};

describe('the schema has the patterns and lengths of the rules', () => {
  const properties = flattened(schema, schema);

  test.each(inRules.filter(([path]) => properties.has(path)))('%s', (path, shape) => {
    const { pattern, minLength, maxLength } = properties.get(path) ?? {};
    if (path in LOOSER) expect(pattern).not.toBe(asWritten(shape.pattern));
    else expect(pattern).toBe(asWritten(shape.pattern));
    const [fewest, most] = shape.length ?? [];
    // A pattern of one length needs none beside it.
    const fixed = fewest === most && !(path in LOOSER);
    expect([minLength, maxLength]).toEqual(fixed ? [undefined, undefined] : [fewest, most]);
  });

  test('what is looser is in the rules', () => {
    const paths = inRules.map(([path]) => path);
    expect(paths).toEqual(expect.arrayContaining(Object.keys(LOOSER)));
  });

  /** A slash needs no backslash outside of JavaScript. */
  const asWritten = (pattern: RegExp | undefined) => pattern?.source.replaceAll('\\/', '/');
});
