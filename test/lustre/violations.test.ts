import fc from 'fast-check';
import {
  describeViolations,
  errorsOf,
  withoutDeferred,
  newViolations,
  withoutMoot,
  type Violation,
} from '../../src/lustre/violations';
import { allClosest, amount, capitalized, closest, cut, distance, formatValue, joinWithAnd, joinWithOr, lengthOf, money, nearestWords } from '../../src/lustre/wording'; // oxfmt-ignore

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
  test('lists', () => {
    const lists = [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], [1, 2, 3, 4]];
    expect(lists.map(joinWithAnd)).toEqual(['', 'a', 'a and b', 'a, b and c', '1, 2, 3 and 4']);
    expect(lists.map(joinWithOr)).toEqual(['', 'a', 'a or b', 'a, b or c', '1, 2, 3 or 4']);
    expect([nearestWords([]), nearestWords([1]), nearestWords([1, 2])]).toEqual(['', ', nearest 1', ', nearest 1 or 2']); // oxfmt-ignore
  });

  test('numbers', () => {
    const numbers = [0, 1, 999, 1000, 19200, 1234567, 1e9, 0.5, 14.4, 1234.56, 12345.25];
    expect(numbers.map(money)).toEqual(['0.00', '1.00', '999.00', '1,000.00', '19,200.00', '1,234,567.00', '1,000,000,000.00', '0.50', '14.40', '1,234.56', '12,345.25']); // oxfmt-ignore
    expect(numbers.map(amount)).toEqual(['0', '1', '999', '1,000', '19,200', '1,234,567', '1,000,000,000', '0.5', '14.4', '1,234.6', '12,345.3']); // oxfmt-ignore
  });

  test('texts', () => {
    expect([capitalized(''), capitalized('a b'), capitalized('S3')]).toEqual(['', 'A b', 'S3']);
    expect([lengthOf(''), lengthOf('ab'), lengthOf('a\u{1F600}')]).toEqual([0, 2, 2]);
    const values = ['', 'a', 'a b', 'a.b/c:@+-_9', 'a,', '{', 1, -0.5, 1n, true, null, undefined, [], [1, 'a'], { a: 2n }, ['x'.repeat(100)], 'y'.repeat(72), 'y'.repeat(73)]; // oxfmt-ignore
    expect(values.map(formatValue)).toMatchSnapshot();
  });

  test('the number of letters that differ', () => {
    const pairs: [string, string, number][] = [['', '', 0], ['', 'abc', 3], ['abc', '', 3], ['abc', 'abc', 0], ['abc', 'abd', 1], ['abc', 'ab', 1], ['abc', 'abcd', 1], ['abc', 'xabc', 1], ['kitten', 'sitting', 3], ['flaw', 'lawn', 2], ['abcdef', 'badcfe', 4], ['a', 'bcdefg', 6]]; // oxfmt-ignore
    for (const [from, to, letters] of pairs) {
      expect([from, to, distance(from, to)]).toEqual([from, to, letters]);
      expect([from, to, distance(from, to, letters)]).toEqual([from, to, letters]);
      if (letters > 0) expect(distance(from, to, letters - 1)).toBeGreaterThan(letters - 1);
    }
  });

  test('what is similar', () => {
    const types = ['SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'];
    expect(allClosest('SCRATCH', types)).toEqual(['SCRATCH_1', 'SCRATCH_2']);
    expect(allClosest('scratch_2', types)).toEqual(['SCRATCH_2']);
    expect(allClosest('PERSISTENT', types)).toEqual(['PERSISTENT_1', 'PERSISTENT_2']);
    expect(allClosest('nonsense', types)).toEqual([]);
    // Two letters of a short name, a quarter of a long one.
    expect(['abc', 'abd', 'axx', 'xxx'].map((given) => closest(given, ['abc']))).toEqual(['abc', 'abc', 'abc', undefined]); // oxfmt-ignore
    expect(['abcdefghijxx', 'abcdefghixxx', 'abcdefghxxxx'].map((given) => closest(given, ['abcdefghijkl']))).toEqual(['abcdefghijkl', 'abcdefghijkl', undefined]); // oxfmt-ignore
    expect(closest('a'.repeat(64), ['a'.repeat(63)])).toBe('a'.repeat(63));
    expect(closest('a'.repeat(65), ['a'.repeat(64)])).toBeUndefined();
    expect(closest('abcx', ['abcd', 'abcx', 'abc'])).toBe('abcx');
    expect(closest('abcx', ['abcd', 'abcy'])).toBe('abcd');
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
      ['no room for more than a part of the ellipsis', '123456', 2, {}, '..'],
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
        fc.property(texts, fc.nat(60), fc.nat(60), (text, most, tail) => {
          const short = cut(text, most, { tail });
          expect(short.length).toBeLessThanOrEqual(most);
          expect(short).not.toMatch(/\p{Surrogate}/u);
          const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
          if (text.length <= most) expect(short).toBe(whole);
          else if (most >= 3) {
            const [head = '', end = ''] = short.split(/\.\.\.(?!.*\.\.\.)/s);
            if (tail === 0) expect(whole.startsWith(head)).toBe(true);
            expect(whole.endsWith(end)).toBe(true);
          }
        }),
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

describe('violations', () => {
  const one = (property: string, more: Partial<Violation> = {}): Violation => ({
    rule: 'some-rule',
    property,
    message: 'It is wrong.',
    kind: 'contradiction',
    ...more,
  });
  const warning = { severity: 'warning' } as const;
  const misplaced = { misplaced: true } as const;

  test('of a value are moot where the property may not be there', () => {
    const left = (...violations: Violation[]) => withoutMoot(violations).map(({ property, misplaced: it }) => `${property}${it ? '!' : ''}`); // oxfmt-ignore
    expect(left(one('A', misplaced), one('A'), one('A.b'), one('AB'))).toEqual(['A!', 'AB']);
    expect(left(one('A', { ...misplaced, ...warning }), one('A'))).toEqual(['A']);
    expect(left(one('A', { ...misplaced, ...warning }), one('A.b'))).toEqual(['A.b']);
    expect(left(one('A', { ...misplaced, ...warning }), one('A', warning))).toEqual(['A!']);
    expect(left(one('A', { ...misplaced, ...warning }), one('B'))).toEqual(['A!', 'B']);
    expect(left(one('A', misplaced), one('A', warning))).toEqual(['A!']);
    expect(left(one('A.b', misplaced), one('A'))).toEqual(['A.b!', 'A']);
  });

  test('stop an operation, are left to FSx, or are new', () => {
    const table = one('A', { kind: 'table' });
    expect(errorsOf([one('A'), one('B', warning)])).toEqual([one('A')]);
    expect(withoutDeferred([table, one('B')], true)).toEqual([one('B')]);
    expect(withoutDeferred([table, one('B')], false)).toEqual([table, one('B')]);
    const isNew = (violation: Violation, standing: Violation) => newViolations([violation], [standing]).length === 1; // oxfmt-ignore
    expect(isNew(one('A'), one('A'))).toBe(false);
    expect(isNew(one('A'), one('B'))).toBe(true);
    expect(isNew(one('A'), one('A', { rule: 'other' }))).toBe(true);
    expect(isNew(one('A', { value: 1 }), one('A', { value: 2 }))).toBe(true);
    expect(isNew(one('A', { value: [1] }), one('A', { value: [1] }))).toBe(false);
    expect(isNew(one('A', { value: 5, exceeding: 5 }), one('A', { value: 6, exceeding: 6 }))).toBe(false); // oxfmt-ignore
    expect(isNew(one('A', { value: 6, exceeding: 6 }), one('A', { value: 6, exceeding: 6 }))).toBe(false); // oxfmt-ignore
    expect(isNew(one('A', { value: 7, exceeding: 7 }), one('A', { value: 6, exceeding: 6 }))).toBe(true); // oxfmt-ignore
    expect(isNew(one('A', { value: 5, exceeding: 5 }), one('A', { value: 6 }))).toBe(true);
    expect(isNew(one('A', { value: 5, exceeding: 5 }), one('A', { value: 5 }))).toBe(false);
    expect(isNew(one('A', { value: 5 }), one('A', { value: 6, exceeding: 6 }))).toBe(true);
  });
});
