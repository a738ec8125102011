import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callbackDelaySeconds } from '../../src/actions/stabilization';

/** A waiter on a simulated clock: what it looks at, and when. */
interface Waiter {
  name: string;
  /** Seconds from one look to the next, by the looks and seconds so far. */
  next(looks: number, elapsed: number): number;
}

const OURS: Waiter = { name: 'this type', next: (_, elapsed) => callbackDelaySeconds(elapsed) };

/** 30 seconds, then from half a second doubling to ten. */
const TERRAFORM: Waiter = {
  name: 'Terraform',
  next: (looks) => (looks === 0 ? 30 : Math.min(10, 0.5 * 2 ** (looks - 1))),
};

/** Looks until FSx is seen ready, and how late that is, in seconds. */
function watch(waiter: Waiter, readyAt: number): { looks: number; late: number } {
  let elapsed = 0;
  for (let looks = 0; ; looks++) {
    if (looks > 0 && elapsed >= readyAt) return { looks, late: elapsed - readyAt };
    elapsed += waiter.next(looks, elapsed);
  }
}

const seconds = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ready at any second of the given minute, on average. */
function row(minute: number) {
  const readyAt = seconds(minute * 60, minute * 60 + 60);
  const measure = (waiter: Waiter) => {
    const watched = readyAt.map((at) => watch(waiter, at));
    return {
      looks: average(watched.map(({ looks }) => looks)),
      late: average(watched.map(({ late }) => late)),
    };
  };
  return [measure(OURS), measure(TERRAFORM)] as const;
}

const MINUTES = [1, 3, 5, 6, 7, 8, 10, 20, 32, 60];

test.each(MINUTES)('ready in minute %i: answered within ten seconds on average', (minute) => {
  expect(row(minute)[0].late).toBeLessThanOrEqual(10);
});

test('a creation of seven minutes is looked at no more often than Terraform looks', () => {
  expect(watch(OURS, 420).looks).toBeLessThanOrEqual(watch(TERRAFORM, 420).looks);
});

test('the table in the documentation is this one', () => {
  const cell = (value: number) => value.toFixed(1);
  const lines = MINUTES.map((minute) => {
    const [ours, theirs] = row(minute);
    return `| ${[minute, cell(ours.looks), cell(theirs.looks), cell(ours.late), cell(theirs.late)].join(' | ')} |`;
  });
  const document = readFileSync(join(__dirname, '..', '..', 'manual', 'updates.md'), 'utf8');
  expect(document).toContain(lines.join('\n'));
});
