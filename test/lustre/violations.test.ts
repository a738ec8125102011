import fc from 'fast-check';
import { describeViolations, type Violation } from '../../src/lustre/violations';
import { closest, cut, joinWithOr, formatValue } from '../../src/lustre/wording';

const violation = (message: string): Violation => ({
  rule: 'some-rule',
  property: 'StorageCapacity',
  message,
  kind: 'contradiction',
});

test('messages are joined, and those that do not fit are counted', () => {
  const three = ['One is wrong.', 'Two is wrong.', 'Three is wrong.'].map(violation);
  expect(describeViolations(three)).toBe('One is wrong. Two is wrong. Three is wrong.');
  expect(describeViolations(three, 42)).toBe('One is wrong. Two is wrong. (and 1 more)');
  expect(describeViolations(three, 30)).toBe('One is wrong. (and 2 more)');
  expect(describeViolations(three, 22)).toBe('One is... (and 2 more)');
  expect(describeViolations([])).toBe('');
});

test('never longer than the limit, and never half a character', () => {
  const message = fc.string({ unit: 'grapheme', maxLength: 400 });
  fc.assert(
    fc.property(fc.array(message), fc.nat(2000), (messages, limit) => {
      const text = describeViolations(messages.map(violation), limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});

test('every message is shown or counted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 30, max: 300 }),
      (count, limit) => {
        const text = describeViolations(
          Array<Violation>(count).fill(violation('It is wrong.')),
          limit,
        );
        const shown = text.split('It is wrong.').length - 1;
        const left = Number(/\(and (\d+) more\)$/.exec(text)?.[1] ?? 0);
        expect(shown + left).toBe(count);
      },
    ),
  );
});

describe('wording', () => {
  test('choices', () => {
    expect([joinWithOr([]), joinWithOr([1]), joinWithOr([1, 2]), joinWithOr([1, 2, 3])]).toEqual([
      '',
      '1',
      '1 or 2',
      '1, 2 or 3',
    ]);
  });

  test('given values: quoted where their ends would not be seen, shortened in the middle', () => {
    expect(formatValue('s3://bucket/in')).toBe('s3://bucket/in');
    expect(formatValue(' x')).toBe('" x"');
    expect(formatValue([1n, 'a'])).toBe('["1","a"]');
    const long = formatValue(`s3://bucket/${'x'.repeat(5000)}/end`);
    expect(long).toMatch(/^s3:\/\/bucket\/x+\.\.\.x+\/end$/);
    expect(long.length).toBeLessThan(75);
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(formatValue(cycle)).toBe('an object');
  });

  describe('what is too long is cut between characters', () => {
    test.each([
      ['fits', '12345', 5, {}, '12345'],
      ['at the end', '123456789', 8, {}, '12345...'],
      ['before the end', '0123456789abcdef', 11, { tail: 4 }, '0123...cdef'],
      ['with another mark', '123456', 5, { mark: '…' }, '1234…'],
      ['without a mark', '123456', 5, { mark: '' }, '12345'],
      ['no room for more than a part of the mark', '123456', 2, {}, '..'],
      ['no room', '123456', 0, {}, ''],
      ['less than no room', '123456', -3, {}, ''],
      ['an emoji over the limit', '1234\u{1F600}6789', 8, {}, '1234...'],
      ['an emoji up to the limit', '123\u{1F600}6789', 8, {}, '123\u{1F600}...'],
      [
        'an emoji before the end',
        '\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}',
        8,
        { tail: 3 },
        '\u{1F600}...\u{1F600}',
      ],
      ['half an emoji that was there before', 'a\uD83D', 5, {}, 'a\uFFFD'],
    ])('%s', (_, text, most, options, expected) => {
      expect(cut(text, most, options)).toBe(expected);
    });

    const unit = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('\u{1F600}', '\u{1F468}\u200D\u{1F469}', '\uD83D', '\uDE00', 'e\u0301'),
    );
    const texts = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));

    test('never over the limit, never half a character, and both ends are those of the text', () => {
      fc.assert(
        fc.property(
          texts,
          fc.nat(60),
          fc.nat(60),
          fc.constantFrom('...', ''),
          (text, most, tail, mark) => {
            const short = cut(text, most, { mark, tail });
            expect(short.length).toBeLessThanOrEqual(most);
            expect(short).not.toMatch(/\p{Surrogate}/u);
            const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
            if (text.length <= most) expect(short).toBe(whole);
            else if (most >= 3) {
              const [head = '', end = ''] = mark ? short.split(/\.\.\.(?!.*\.\.\.)/s) : [short];
              if (tail === 0) expect(whole.startsWith(head)).toBe(true);
              if (mark) expect(whole.endsWith(end)).toBe(true);
            }
          },
        ),
      );
    });

    test('a given value, wherever its emoji stand', () => {
      for (let at = 0; at < 100; at++) {
        const shown = formatValue(`${'x'.repeat(at)}${'\u{1F600}'.repeat(60)}`);
        expect(shown).not.toMatch(/\p{Surrogate}/u);
        expect(shown.length).toBeLessThanOrEqual(72);
      }
    });
  });

  test('the name that was meant, or none', () => {
    expect(closest('SCRATCH2', ['SCRATCH_1', 'SCRATCH_2'])).toBe('SCRATCH_2');
    expect(closest('ssd', ['SSD', 'HDD'])).toBe('SSD');
    expect(closest('x'.repeat(1e6), ['SSD'])).toBeUndefined();
    expect(closest('INTELLIGENT', ['SSD', 'HDD'])).toBeUndefined();
  });
});
