/**
 * Many stacks at once, against an account that takes a few calls a second. `CROWD=10,100,300,1000 npx jest protocol/crowd`
 * measures the table of manual/updates.md, at ten calls a second, in some minutes.
 */
import { ATTEMPTS } from '../../local/registry/retries';
import { runCrowd, type Measured } from './crowd';

/** What is said of a crowd in a row of the table. */
function rowOf(stacks: number, { calls, describes, finishes, throttled }: Measured): string {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return `| ${[
    stacks,
    calls,
    throttled,
    (sum(describes) / stacks).toFixed(1),
    Math.max(...describes),
    `${((100 * describes.filter((count) => count > 25).length) / stacks).toFixed(0)} %`,
    Math.round(sum(finishes) / finishes.length),
    Math.round(Math.max(...finishes)),
  ].join(' | ')} |`;
}

function expectNobodyLost(stacks: number, crowd: Measured): void {
  expect(crowd.failed).toEqual([]);
  expect(crowd.finishes).toHaveLength(stacks);
  expect(crowd.fileSystemsLeft).toBe(0);
  // CloudFormation gives an invocation 60 seconds.
  expect(crowd.longestInvocation).toBeLessThanOrEqual(50);
}

const meanDescribes = (stacks: number, { describes }: Measured): number =>
  describes.reduce((total, count) => total + count, 0) / stacks;

test('a hundred stacks at one call a second finish with at most 25 describes for each', async () => {
  const crowd = await runCrowd({ stacks: 100, perSecond: 1, attempts: ATTEMPTS });
  expectNobodyLost(100, crowd);
  expect(meanDescribes(100, crowd)).toBeLessThanOrEqual(25);
  expect(crowd.describes.filter((count) => count > 25).length).toBeLessThanOrEqual(10);
}, 300_000);

test('twenty stacks at one call a second finish even if CloudFormation tries nothing again', async () => {
  const crowd = await runCrowd({ stacks: 20, perSecond: 1, attempts: 1 });
  expectNobodyLost(20, crowd);
}, 300_000);

const sizes = (process.env.CROWD ?? '').split(',').filter(Boolean).map(Number);
if (sizes.length > 0)
  test.each(sizes)(
    '%i stacks at ten calls a second',
    async (stacks) => {
      const crowd = await runCrowd({ stacks, perSecond: 10, attempts: ATTEMPTS });
      process.stdout.write(`${rowOf(stacks, crowd)}\n`);
      expectNobodyLost(stacks, crowd);
    },
    3_600_000,
  );
