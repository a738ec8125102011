/** What is known of a value that is not known. */
import { isWithin, pathOf } from '../../src/lustre/paths';
import { Unknown, unknownsIn, valueAt, type Knowledge } from '../../src/lustre/unknown';

const ANY = new Unknown('${Any}');

test.each<[string, Knowledge, string[], string[]]>([
  ['nothing', {}, ['', 'a'], []],
  ['its values', { among: ['a', 'b'] }, ['a', 'b'], ['', 'c']],
  ['what it is not', { not: new Set(['a']) }, ['', 'b'], ['a']],
  ['both', { among: ['a', 'b'], not: new Set(['a']) }, ['b'], ['a', 'c']],
  ['what it does not contain', { lacks: '-' }, ['', 'ab'], ['a-b', '-']],
  ['that it is a number', { isNumber: true }, ['0', '12', '-1.5e3'], ['', 'a1', '-', '0x1']],
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

describe('unknown values', () => {
  const any = new Unknown('${A}');
  const of = (knowledge: Knowledge) => new Unknown('${A}', knowledge);

  test('have a text, a key and a reason', () => {
    expect([any.text, any.key, any.why, JSON.stringify({ any })]).toEqual([
      '${A}',
      '${A}',
      'it is known only at deployment',
      '{"any":"${A}"}',
    ]);
    const told = of({ key: 'k', why: 'it is late' });
    expect([told.key, told.why, told.with({ why: 'so' }).key]).toEqual(['k', 'it is late', 'k']);
  });

  test('are any text only where nothing is known', () => {
    const all: Knowledge[] = [{}, { why: 'w', like: ['a'], mayBeAbsent: true }, { among: [] }, { not: new Set() }, { isNumber: true }, { lacks: 'a' }, { parts: [] }]; // oxfmt-ignore
    expect(all.map((each) => of(each).isAny)).toEqual([true, true, false, false, false, false, false]); // oxfmt-ignore
  });

  test('are filled with texts', () => {
    const fill = (knowledge: Knowledge, fillers = ['x', 'y']) => of(knowledge).filledWith(fillers);
    expect(fill({})).toBeUndefined();
    expect(fill({ parts: [any] })).toBeUndefined();
    expect(fill({ parts: [any, '-', any] })).toEqual(['x-x', 'x-y', 'y-x', 'y-y']);
    expect(fill({ parts: ['a', any], not: new Set(['ax']) })).toEqual(['ay']);
    expect(fill({ parts: ['a', any, any] }, ['', 'b'])).toEqual(['a', 'ab', 'abb']);
    expect(fill({ parts: ['a', of({ isNumber: true })] }, ['x', '1'])).toEqual(['a1']);
    expect(fill({ parts: ['a', of({ parts: ['b', any] })] })).toEqual(['abx', 'aby']);
    expect(fill({ parts: ['a', of({ among: ['1', '2'] })] })).toEqual(['a1', 'a2']);
    expect(fill({ like: ['l'], parts: ['a'] })).toEqual(['l']);
    expect(fill({ among: ['l', 'm'], not: new Set(['l']), like: ['n'] })).toEqual(['m']);
    const many = Array.from({ length: 142 }, (_, i) => `t${i}`);
    expect(fill({ parts: ['a', any, any] }, many.slice(1))).toHaveLength(141 ** 2);
    expect(fill({ parts: ['a', any, any] }, many)).toBeUndefined();
  });

  test('have a place in a model', () => {
    const model = { a: any, list: [1, { b: any }, [any]], none: null, deep: { c: { d: any } } };
    expect(unknownsIn(model).map(([path]) => path)).toEqual(['a', 'list[1].b', 'list[2][0]', 'deep.c.d']); // oxfmt-ignore
    expect(unknownsIn(any)).toEqual([['', any]]);
    expect(unknownsIn(Array(256).fill(any))).toHaveLength(256);
    expect(unknownsIn(Array(257).fill(any))).toEqual([]);
    for (const [path, value] of unknownsIn(model)) expect(valueAt(model, path)).toBe(value);
    expect(['a.text', 'none.x', 'x.y', 'list[9].b', 'list[0].b'].map((path) => valueAt(model, path))).toEqual(Array(5).fill(undefined)); // oxfmt-ignore
    expect(valueAt(model, 'list[0]')).toBe(1);
    expect(valueAt(model, '')).toBe(model);
    expect([pathOf('', 'a'), pathOf('a', 'b'), pathOf('a', 0), pathOf('', 0)]).toEqual(['a', 'a.b', 'a[0]', '[0]']); // oxfmt-ignore
    expect(['a', 'a.b', 'a[0]', 'ab', 'b.a', 'xa.b'].filter((path) => isWithin(path, 'a'))).toEqual(['a', 'a.b', 'a[0]']); // oxfmt-ignore
  });
});
