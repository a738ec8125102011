/** Whether a text with unknown parts may match a pattern: the judge is the engine of JavaScript, on every text that comes into question. */
import fc from 'fast-check';
import { PROPERTY_SHAPES, type Shape } from '../../src/lustre/properties/shapes';
import { textPattern } from '../../src/lustre/properties/reading';
import { matches } from '../../src/lustre/rules/formats';
import { Work } from '../../src/lustre/explore';
import { checkPartial } from '../../src/lustre/unresolved/check';
import { isComposable } from '../../src/lustre/unresolved/composable';
import { fits, Unknown } from '../../src/lustre/unknown';

const ANY = new Unknown('${Any}');
const B = new Unknown('${B}', { among: ['b', 'ba'] });
const INSIDE = new Unknown('${Inside}', { parts: ['a', ANY] });

/** Every text of a and b with at most eight characters. */
const TEXTS = Array.from({ length: 9 }).flatMap((_, length) =>
  Array.from({ length: 2 ** length }, (__, number) =>
    number
      .toString(2)
      .padStart(length, '0')
      .slice(0, length)
      .replaceAll('0', 'a')
      .replaceAll('1', 'b'),
  ),
);

const atoms = fc.constantFrom('a', 'b', '[ab]', '[^a]', '(a|b)', '(?:ab|b|)', '\\x61', '.');
const quantifiers = fc.constantFrom('', '', '?', '*', '+', '{2}', '{0,2}', '{1,}');
const patterns = fc
  .array(fc.tuple(atoms, quantifiers), { maxLength: 3 })
  .map((items) => items.map((item) => item.join('')).join(''))
  .chain((one) => fc.constantFrom(one, `(${one}|bb)`, `(${one})?a`, `a|${one}`))
  .map((source) => (source.includes('|') && !source.startsWith('(') ? `(${source})` : source));
const partLists = fc.array(
  fc.constantFrom<string | Unknown>('a', 'b', 'ab', 'ba', ANY, ANY, B, INSIDE),
  { maxLength: 3 },
);

test('a pattern and parts agree with the texts that match and consist of them', () => {
  fc.assert(
    fc.property(patterns, partLists, (source, parts) => {
      const pattern = new RegExp(`^${source}$`);
      const exists = TEXTS.some((text) => pattern.test(text) && fits(parts, text));
      return isComposable(parts, pattern) === exists;
    }),
    { numRuns: 3000 },
  );
});

const shapesIn = (shape: Shape): Shape[] =>
  shape.type === 'object'
    ? Object.values(shape.members).flatMap(shapesIn)
    : shape.type === 'list'
      ? shapesIn(shape.items)
      : [shape];
const SHAPES = Object.values(PROPERTY_SHAPES as Record<string, Shape>).flatMap(shapesIn);

test('every pattern of a property is understood: none takes a text that it cannot', () => {
  const patterns = [...new Set(SHAPES.flatMap((shape) => textPattern(shape) ?? []))];
  expect(patterns.length).toBeGreaterThan(12);
  expect(patterns.filter((pattern) => isComposable(['\u0000', ANY], pattern))).toEqual([]);
});

test('an example of each property is composed of its beginning, its end, or both', () => {
  const examples = SHAPES.flatMap((shape) =>
    shape.type === 'text' && shape.pattern && shape.example ? [{ shape, text: shape.example }] : [],
  );
  expect(examples.length).toBeGreaterThan(8);
  for (const { shape, text } of examples) {
    expect(matches(shape, text)).toBe(true);
    for (let cut = 0; cut <= text.length; cut++)
      for (const parts of [
        [text.slice(0, cut), ANY],
        [ANY, text.slice(cut)],
        [text.slice(0, cut), ANY, text.slice(cut)],
      ])
        // oxfmt-ignore
        expect([parts, isComposable(parts, shape.pattern ?? /^$/)]).toEqual([parts, true]);
  }
});

test('a pattern whose syntax is not supported takes everything', () => {
  expect(isComposable(['a', ANY], /^(?!a)b$/)).toBe(true);
  expect(isComposable(['a', ANY], /b/)).toBe(true);
});

test('a number has the characters of numbers', () => {
  const number = new Unknown('${N}', { isNumber: true });
  expect(isComposable([number], /^[0-9]+(\.[0-9]+)*$/)).toBe(true);
  expect(isComposable([number], /^s3:\/\/.*$/)).toBe(false);
  expect(isComposable(['s3://', number], /^s3:\/\/[^/]+$/)).toBe(true);
  expect(isComposable([number, ':', number], /^[0-9]{1,10}:[0-9]{1,10}$/)).toBe(true);
  expect(isComposable([number, ':', number], /^[f-z]+:[0-9]{1,10}$/)).toBe(false);
});

test('the work for an unknown part is proportional to the length of the pattern', () => {
  const number = new Unknown('${N}', { isNumber: true });
  const tried = jest.spyOn(RegExp.prototype, 'test');
  try {
    expect(isComposable(['a', number, 'a'], /^a[0-9]{1,500}a$/)).toBe(true);
    expect(tried.mock.calls.length).toBeLessThan(10_000);
  } finally {
    tried.mockRestore();
  }
});

test('a tag with a number in its value has one sample, as it would have with a text', () => {
  const steps = [ANY, new Unknown('${N}', { isNumber: true })].map((unknown) => {
    const work = new Work();
    const Value = new Unknown('a-${N}', { parts: ['a-', unknown] });
    const Tags = Array.from({ length: 20 }, (_, index) => ({ Key: `k${index}`, Value }));
    checkPartial({ StorageCapacity: 1200, Tags }, { work });
    return work.steps;
  });
  expect(steps[1]).toBe(steps[0]);
});
