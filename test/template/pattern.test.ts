/** AllowedPattern, matched in bounded work: the same verdicts as the engine of JavaScript, without its ways to take for ever. */
import fc from 'fast-check';
import { checkTemplate } from '../../src/rules';
import { javaPattern } from '../../src/template/parameter-constraints';
import { readPattern } from '../../src/template/pattern';

const verdict = (pattern: string, text: string): boolean | undefined =>
  readPattern(pattern, '')?.matches(text);

describe('patterns that take an engine hours', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(40)}!`, false],
    ['(a+)+$', 'a'.repeat(40), true],
    ['(a|a)*b', 'a'.repeat(60), false],
    ['(a|ab)*c', 'ab'.repeat(60), false],
    ['(.*)*x', 'a'.repeat(60), false],
    ['([a-z]+[0-9]*)+!', 'a1'.repeat(60), false],
    ['(a{1,30}){1,30}b', 'a'.repeat(40), false],
    ['(?=(a+)+$)[ab]+', `${'a'.repeat(40)}b`, false],
    ['(?!(a+)+$)[ab]+', `${'a'.repeat(40)}b`, true],
    ['.*.*.*.*.*x', 'a'.repeat(4096), false],
    ['(a?){1000000000}', 'a', undefined],
    [`${'('.repeat(50)}a${'*)'.repeat(50)}b`, 'a'.repeat(4096), undefined],
    [`${'('.repeat(200)}a${')'.repeat(200)}`, 'a', undefined],
  ])('%s', (pattern, text, expected) => {
    expect(verdict(pattern, text)).toBe(expected);
  });

  test('check ends, and says what it finds beside them', () => {
    const template = (value: string) => `
Parameters: {P: {Type: String, Default: '${value}', AllowedPattern: '([a-z0-9]+)+'}}
Resources:
  FileSystem:
    Type: Pangea::FSx::LustreFileSystem
    Properties: {StorageCapacity: 5000, SubnetIds: [subnet-0123456789abcdef0], KmsKeyId: !Ref P}
`;
    const rules = (value: string) =>
      checkTemplate(template(value)).findings.map(({ rule }) => rule);
    expect(rules(`${'a'.repeat(40)}!`)).toContain('parameter-default');
    expect(rules('a'.repeat(40))).not.toContain('parameter-default');
  });
});

test.each([
  ['reference to a group', '(a)\\1'],
  ['reference by a name', '(?<x>a)\\k<x>'],
  ['flags', '(?i)a'],
  ['unclosed group', '(a'],
  ['closed group', 'a)'],
  ['nothing to repeat', '*a'],
])('%s is not read', (_, pattern) => {
  expect(readPattern(pattern, '')).toBeUndefined();
});

test.each([
  ['^abc$', 'abc', true],
  ['a^b', 'ab', false],
  ['a$b', 'ab', false],
  ['\\bab\\b c', 'ab c', true],
  ['a\\bb', 'ab', false],
  ['a\\Bb', 'ab', true],
  ['^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{8,}$', 'abcdEFG1', true],
  ['^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{8,}$', 'abcdefg1', false],
  ['.*(?<!-dev)', 'x-dev', false],
  ['.*(?<=-dev)', 'x-dev', true],
  ['^$|^s3://.+', '', true],
  ['a{2}', 'aaa', false],
  ['a{2,}', 'aaa', true],
  ['(?<name>a)+?', 'aaa', true],
  ['a{,2}', 'a{,2}', true],
  ['.', '😀', true],
  ['[^a]', '😀', true],
  ['a.b', 'a\nb', false],
  ['\\u0041\\x42', 'AB', true],
  ['[\\]a-]+', ']a-', true],
])('%s and %j: %s', (pattern, text, expected) => {
  expect(verdict(pattern, text)).toBe(expected);
});

/** The verdicts are those of java.util.regex; undefined where this does not read what Java reads, or Java refuses it. */
test.each([
  ['\\pL+', 'abc', undefined],
  ['\\v', '\n', undefined],
  ['\\V', 'a', undefined],
  ['\\07', '\u0007', undefined],
  ['\\x{41}', 'A', undefined],
  ['\\q', 'q', undefined],
  ['[\\b]', 'b', undefined],
  ['[]a]+', ']a', undefined],
  ['[^]a]+', 'b', undefined],
  ['a{,2}', 'aa', undefined],
  ['[a-z[0-9]]+', 'a1', undefined],
  ['\\P{Alpha}', '1', undefined],
  ['\\s', '\u00A0', false],
  ['\\S', '\u00A0', true],
  ['[\\s]', '\u00A0', false],
  ['[^\\s]', '\u00A0', true],
  ['[\\S]', '\u3000', true],
  ['[\\s\\S]+', 'a \u00A0', true],
  ['\\s+', ' \t\n\u000B\f\r', true],
  ['[\\p{Blank}-_]+', 'Z', false],
  ['[\\p{Blank}-_]+', ' -_', true],
  ['[\\w.-]{3,63}', 'a.b-c', true],
  ['\\uD83D\\uDE00', '😀', true],
  ['arn:aws[\\w-]*:kms:[^:]+:\\d{12}:key\\/[\\w-]+', 'arn:aws:kms:x:123456789012:key/a-1', true],
])('Java: %s and %j: %s', (source, text, expected) => {
  expect(javaPattern(source)?.matches(text)).toBe(expected);
});

const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'pattern' },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '\\B', '^', '$', '', '\\.'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '*?', '+?'))
      .map(([part, times]) => `(?:${part})${times}`),
    fc
      .tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), tie('pattern'))
      .map(([kind, part]) => `(${kind}${part})`),
  ),
}));

test('any pattern has the verdict that JavaScript has', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', ' '), maxLength: 6 });
  fc.assert(
    fc.property(pattern, text, (source, value) => {
      expect(verdict(source, value)).toBe(new RegExp(`^(?:${source})$`).test(value));
    }),
    { numRuns: 2000 },
  );
});
