import { explore, TooMuchWork, Work, type Choose } from '../../src/lustre/explore';

/** One of the numbers below `count`. */
const below = (choose: Choose, key: string, count: number) => choose(key, [...Array(count).keys()]);

test('every combination is run once, those with the fewest others first', () => {
  const { results, complete } = explore(
    (choose) => `${below(choose, 'a', 2)}${below(choose, 'b', 3)}`,
    6,
  );
  expect(results).toEqual(['00', '10', '01', '02', '11', '12']);
  expect(complete).toBe(true);
});

test('what is asked for may depend on what was chosen', () => {
  const { results } = explore(
    (choose) => (choose('a', [true, false]) ? 'x' : `y${below(choose, 'b', 2)}`),
    6,
  );
  expect(results).toEqual(['x', 'y0', 'y1']);
});

test('the same question has the same answer throughout a run', () => {
  const { results } = explore((choose) => [1, 2].map(() => choose('a', [true, false])), 6);
  expect(results).toEqual([
    [true, true],
    [false, false],
  ]);
});

test('one way is no choice', () => {
  expect(explore((choose) => [choose('a', ['x']), choose<string>('b', [])], 6)).toEqual({
    results: [['x', undefined]],
    complete: true,
  });
});

test('there is a limit', () => {
  const { results, complete } = explore(
    (choose) => ['a', 'b', 'c'].map((key) => below(choose, key, 9)),
    10,
  );
  expect(results).toHaveLength(10);
  expect(complete).toBe(false);
});

test('nothing is run that nobody waits for', () => {
  const { results } = explore(
    (choose) => below(choose, 'a', 9),
    99,
    (result) => result === 2,
  );
  expect(results).toEqual([0, 1, 2]);
});

describe('the work of a review', () => {
  test('is counted, and ends beyond a limit', () => {
    const work = new Work(10);
    work.spend();
    work.spend(9);
    expect(work.steps).toBe(10);
    expect(() => {
      work.spend();
    }).toThrow('this can resolve to too many values to check all of them');
    expect(new TooMuchWork().name).toBe('TooMuchWork');
    expect(new Work().steps).toBe(0);
  });

  test('is tried within a limit of its own, and then goes on', () => {
    const work = new Work(10);
    const spent = (steps: number) => () => {
      work.spend(steps);
      return steps;
    };
    expect(work.attempt(5, spent(5))).toBe(5);
    expect(work.attempt(2, spent(3))).toBeUndefined();
    expect(work.attempt(99, spent(3))).toBeUndefined();
    expect(() => work.attempt(5, () => JSON.parse('{') as unknown)).toThrow(SyntaxError);
    const other = new Work(10);
    expect(other.attempt(2, () => 'done')).toBe('done');
    other.spend(10);
    expect(other.steps).toBe(10);
  });
});
