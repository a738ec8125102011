import { explore } from '../../src/template/explore';

test('every combination is run once, those with the fewest others first', () => {
  const { results, complete } = explore((choose) => `${choose('a', 2)}${choose('b', 3)}`);
  expect(results).toEqual(['00', '10', '01', '02', '11', '12']);
  expect(complete).toBe(true);
});

test('what is asked for may depend on what was chosen', () => {
  const { results } = explore((choose) => (choose('a', 2) === 0 ? 'x' : `y${choose('b', 2)}`));
  expect(results).toEqual(['x', 'y0', 'y1']);
});

test('the same question has the same answer throughout a run', () => {
  const { results } = explore((choose) => choose('a', 2) === choose('a', 2));
  expect(results).toEqual([true, true]);
});

test('one way is no choice', () => {
  expect(explore((choose) => choose('a', 1) + choose('b', 0))).toEqual({
    results: [0],
    complete: true,
  });
});

test('there is a limit', () => {
  const { results, complete } = explore(
    (choose) => [1, 2, 3].map((key) => choose(String(key), 9)),
    { limit: 10 },
  );
  expect(results).toHaveLength(10);
  expect(complete).toBe(false);
});

test('nothing is run that nobody waits for', () => {
  const { results } = explore((choose) => choose('a', 9), { isOver: () => true });
  expect(results).toEqual([0]);
});
