import fc from 'fast-check';
import { describeViolations, type Violation } from '../../src/lustre/violations';
import { closest, either, show } from '../../src/lustre/wording';

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
    expect([either([]), either([1]), either([1, 2]), either([1, 2, 3])]).toEqual([
      '',
      '1',
      '1 or 2',
      '1, 2 or 3',
    ]);
  });

  test('given values: quoted where their ends would not be seen, shortened in the middle', () => {
    expect(show('s3://bucket/in')).toBe('s3://bucket/in');
    expect(show(' x')).toBe('" x"');
    expect(show([1n, 'a'])).toBe('["1","a"]');
    const long = show(`s3://bucket/${'x'.repeat(5000)}/end`);
    expect(long).toMatch(/^s3:\/\/bucket\/x+\.\.\.x+\/end$/);
    expect(long.length).toBeLessThan(75);
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(show(cycle)).toBe('an object');
  });

  test('the name that was meant, or none', () => {
    expect(closest('SCRATCH2', ['SCRATCH_1', 'SCRATCH_2'])).toBe('SCRATCH_2');
    expect(closest('ssd', ['SSD', 'HDD'])).toBe('SSD');
    expect(closest('x'.repeat(1e6), ['SSD'])).toBeUndefined();
    expect(closest('INTELLIGENT', ['SSD', 'HDD'])).toBeUndefined();
  });
});
