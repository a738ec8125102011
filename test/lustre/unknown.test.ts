/** What is known of a value that is not known. */
import { Unknown, type Knowledge } from '../../src/lustre/unknown';

const ANY = new Unknown('${Any}');

test.each<[string, Knowledge, string[], string[]]>([
  ['nothing', {}, ['', 'a'], []],
  ['its values', { among: ['a', 'b'] }, ['a', 'b'], ['', 'c']],
  ['what it is not', { not: new Set(['a']) }, ['', 'b'], ['a']],
  ['both', { among: ['a', 'b'], not: new Set(['a']) }, ['b'], ['a', 'c']],
  ['what it does not contain', { lacks: '-' }, ['', 'ab'], ['a-b', '-']],
  ['its form', { pattern: /^\d+$/ }, ['0', '12'], ['', 'a1']],
  ['its beginning', { parts: ['s3://', ANY] }, ['s3://', 's3://b/c'], ['', 's3:/', 'x s3://']],
  ['its end', { parts: [ANY, '-b'] }, ['-b', 'a-b-b'], ['b', '-b-']],
  [
    'its parts',
    { parts: [ANY, '-', ANY.with({ among: ['b', 'c'] }), '.', ANY.with({ lacks: '.' })] },
    ['-b.', 'a-b-c.x'],
    ['a-d.x', 'a-b.x.y'],
  ],
])('of %s follows what it may be', (_, known, may, mayNot) => {
  const open = new Unknown('${X}', known);
  expect([...may, ...mayNot].filter((text) => open.mayBe(text))).toEqual(may);
});

test('its alternatives are the texts that it may be, and what is none of them', () => {
  const open = new Unknown('${X}', { among: ['a', 'b', 'c', 'd'] });
  const [a, rest, ...none] = open.alternatives(['a', 'x']);
  expect([a, none]).toEqual(['a', []]);
  expect(rest instanceof Unknown && rest.values).toEqual(['b', 'c', 'd']);
  expect(open.alternatives(['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'd']);
  expect(new Unknown('${X}', { among: [] }).alternatives(['a'])).toEqual([]);
  const [x, other] = ANY.alternatives(['x']);
  expect(x).toBe('x');
  expect(other instanceof Unknown && [other.mayBe('x'), other.mayBe('y')]).toEqual([false, true]);
});
