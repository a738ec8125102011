/** Hostile events against the function as it is shipped: `npm run hostile -- events` has more of them. */
import { events } from '../../scripts/hostile/events';
import { ROOT } from '../cli/command';

test('every event gets an answer of the protocol, in which no secret stands', async () => {
  expect(await events(ROOT).run(1, 150)).toEqual([]);
});
