/** Random histories in which much goes wrong, and those in which an end was once not true. `npm run histories` plays more. */
import fc from 'fast-check';
import { histories, type History } from '../../scripts/histories/history';
import { play } from '../../scripts/histories/play';
import { SimulatedFunction } from '../../scripts/histories/simulated-function';
import { BUNDLE } from './harness';

const HISTORIES = 150;

const lambda = new SimulatedFunction(BUNDLE);

/** A history without disturbances, to be changed. */
const PLAIN: History = {
  template: 'backups',
  creationGivenUpAfter: undefined,
  updates: [],
  finalBackup: false,
  lag: 0,
  gap: 5,
  disturbances: [],
};

async function untrueEnds(history: Partial<History>): Promise<string[]> {
  const { untrue } = await play({ ...PLAIN, ...history }, lambda);
  return untrue.map(({ kind, detail }) => `${kind}: ${detail}`);
}

test(`${HISTORIES} random histories end as they say`, async () => {
  await fc.assert(
    fc.asyncProperty(histories(), async (history) => {
      expect(await untrueEnds(history)).toEqual([]);
    }),
    { numRuns: HISTORIES, seed: 20261126, endOnFailure: true },
  );
  // However busy the computer is.
}, 600_000);

/** The function is killed after that request of the first update, and CloudFormation takes the stack back at once. */
const killedUpdate = (call: number): History['disturbances'] => [
  { kind: 'kill', operation: 1, call, when: 'killed after', again: undefined },
];

describe('a rollback takes back what was accepted and is not described yet', () => {
  test.each<[string, Partial<History>]>([
    ['backup retention', { updates: [{ change: 'retention', isTakenBack: false }], gap: 5 }],
    ['compression', { updates: [{ change: 'compression', isTakenBack: false }], gap: 1 }],
    ['throughput', { updates: [{ change: 'tier', isTakenBack: false }], gap: 1 }],
    [
      'a log that was taken out',
      { template: 'logs', updates: [{ change: 'no log', isTakenBack: false }], gap: 1 },
    ],
    [
      'root squash that was taken out',
      { template: 'logs', updates: [{ change: 'no root squash', isTakenBack: false }], gap: 1 },
    ],
  ])('%s', async (_, history) => {
    expect(await untrueEnds({ lag: 30, disturbances: killedUpdate(1), ...history })).toEqual([]);
  });

  test('tags, after an update that was killed, and after one that succeeded', async () => {
    const tags = (isTakenBack: boolean) => [{ change: 'tags', isTakenBack } as const];
    const killed = { lag: 30, gap: 1, updates: tags(false), disturbances: killedUpdate(2) };
    expect(await untrueEnds(killed)).toEqual([]);
    expect(await untrueEnds({ lag: 30, gap: 1, updates: tags(true) })).toEqual([]);
  });
});

describe('a rollback is not refused', () => {
  const updates = [{ change: 'retention', isTakenBack: true } as const];

  test('because the type configuration is invalid by then', async () => {
    const disturbances: History['disturbances'] = [
      { kind: 'configuration', operation: 2, event: 0 },
    ];
    expect(await untrueEnds({ updates, disturbances })).toEqual([]);
  });

  test.each(['emptyList', 'FileSystemNotFound'] as const)('because of one %s', async (as) => {
    const disturbances: History['disturbances'] = [
      { kind: 'absent', operation: 2, call: 0, as, seconds: 20 },
    ];
    expect(await untrueEnds({ updates, disturbances })).toEqual([]);
  });
});

describe('a file system is gone when FSx has not described it for a minute', () => {
  test.each(['emptyList', 'FileSystemNotFound'] as const)('not because of one %s', async (as) => {
    const disturbances: History['disturbances'] = [
      { kind: 'absent', operation: 1, call: 0, as, seconds: 20 },
    ];
    expect(await untrueEnds({ disturbances })).toEqual([]);
  });

  test('not because it was created a moment ago', async () => {
    expect(await untrueEnds({ creationGivenUpAfter: 0, lag: 30 })).toEqual([]);
  });

  test('not because of three wrong answers in a minute', async () => {
    const disturbances = [1, 2].map(
      (call) => ({ kind: 'absent', operation: 1, call, as: 'emptyList', seconds: 5 }) as const,
    );
    const history = { template: 'scratch', creationGivenUpAfter: 8, lag: 28, gap: 5 } as const;
    expect(await untrueEnds({ ...history, disturbances })).toEqual([]);
  });
});

test('a final backup is created of a file system that is described as CREATING no longer truly', async () => {
  const history = { creationGivenUpAfter: 420, finalBackup: true, lag: 30, gap: 7 };
  expect(await untrueEnds(history)).toEqual([]);
});

describe('a file system that a creation may have left is named', () => {
  const kill = { kind: 'kill', operation: 0, call: 0, when: 'killed after' } as const;
  const refusal = { kind: 'refusal', operation: 0 } as const;

  test.each<[string, Partial<History>]>([
    ['by a function that was killed', { disturbances: [{ ...kill, again: undefined }] }],
    [
      'by a function that was killed, when the next one is refused',
      {
        lag: 30,
        disturbances: [
          { ...kill, again: 5 },
          { ...refusal, call: 1, code: 'AccessDeniedException' },
        ],
      },
    ],
    [
      'by a request without a response, when the next one is refused',
      {
        disturbances: [
          { kind: 'fault', operation: 0, call: 0, fault: 'cutAfter', times: 1 },
          { ...refusal, call: 1, code: 'ServiceLimitExceeded' },
        ],
      },
    ],
    [
      'by an event that arrives again after its creation was refused',
      {
        disturbances: [
          { kind: 'delivery', operation: 0, event: 0, how: 'late', seconds: 30 },
          { ...refusal, call: 0, code: 'ServiceLimitExceeded' },
        ],
      },
    ],
  ])('%s', async (_, history) => {
    const played = await play({ ...PLAIN, ...history }, lambda);
    expect(played).toMatchObject({ untrue: [], named: 1 });
  });
});

test('a deletion without an id that cannot ask FSx says where to look for what may be left', async () => {
  const { told } = await play(
    {
      ...PLAIN,
      creationGivenUpAfter: 1,
      gap: 1,
      disturbances: [
        { kind: 'absent', operation: 1, call: 1, as: 'FileSystemNotFound', seconds: 10 },
        { kind: 'fault', operation: 1, call: 0, fault: 'cutAfter', times: 7 },
        { kind: 'kill', operation: 0, call: 0, when: 'killed after', again: undefined },
      ],
    },
    lambda,
  );
  expect(told.join('\n')).toMatch(
    /FSx could not be reached to check whether .* Check the FSx console/,
  );
});
